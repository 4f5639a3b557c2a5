"""Bytes -> files: all of a build, or none.

places.py   where an output may lie
drafts.py   new files under hidden names
folders.py  a folder of files, which takes the place of the one before as a whole
files.py    the drafts, put in place together
outputs.py  which output goes where, and what is written beside it
siblings.py files of other builds that lie beside them
"""
