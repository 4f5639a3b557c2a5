"""Lock file -> environment: finding a Python, making an environment with it, installing into that with hashes.

Standard library only, in the syntax of Python 3.9: the set-up of Compositor runs it before anything is installed.

commands.py   runs installers, says which may be run unasked, and finds in their output why they failed
pythons.py    the Pythons of this machine
pip_wheel.py  one pinned wheel of pip, for a Python that came without
installing.py an environment, and the packages of a lock file, in a folder
"""
