"""Typesetters in processes of their own, which are watched: their time, their memory, their end.

work.py         what the two sides say to each other
child.py        the side that sets pages
forks.py        the server that forks it, with everything imported
beginnings.py   how it begins: forked, or from nothing
parent.py       the side that asks: one process
early.py        one that has begun before it is asked for
pool.py         several of them side by side, and what each has
"""
