"""Bytes -> files: all of a build, or none.

places.py   where an output may lie
drafts.py   new files under hidden names
files.py    the drafts, put in place together
"""
