"""A unit that was set before, and its text as it is now -> its pages, of which those are set that the edit can reach.

Pages are kept as plain values; what is kept of a box is what the layout has made of the box that it had before.

index.py    the boxes of a unit before they are laid out: their numbers, and what each block of the unit is made of
boxes.py    boxes that were laid out <-> plain values
record.py   what is kept of a unit that was set
state.py    what is known where a page begins, and whether the layout can begin there
plan.py     the page that the layout begins with, and where it may end
loop.py     WeasyPrint's loop over the pages
watch.py    WeasyPrint, watched while it sets a unit
"""
