"""Bytes -> files: all of a build, or none.

places.py   where an output may be written
drafts.py   new files under hidden names
folders.py  a folder of files, which replaces the previous one as a whole
files.py    the drafts, put in place together
outputs.py  which output goes where, and the files beside it
siblings.py files of other builds in the same folder
"""
