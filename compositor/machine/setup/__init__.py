"""Lock -> environment: finding a Python, making an environment of it, installing into that with hashes.

Standard library alone, in the syntax of Python 3.9: the set-up of the press runs it before anything is installed.

commands.py   runs installers, says which may be run unasked, and reads from what they print why they failed
pythons.py    the Pythons of this machine
pip_wheel.py  one pinned wheel of pip, for a Python that came without
installing.py an environment, and what a lock names, in a folder
"""
