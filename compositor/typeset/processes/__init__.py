"""Typesetters in processes of their own, which are watched: their time, their memory, their end.

work.py         messages between the two sides
child.py        the side that sets pages
forks.py        the server that forks it, with everything imported
beginnings.py   how it starts: forked, or from scratch
parent.py       the side that asks: one process
early.py        a process that starts before it is needed
pool.py         several of them in parallel, and what each of them has set
"""
