"""A unit that was set before, and its text now -> its pages; only those are set again that the edit can have changed.

Pages are kept as plain values: of each box, what the layout changed in the box from which it was made.

index.py    the boxes of a unit before layout: their numbers, and what each block of the unit consists of
boxes.py    boxes that were laid out <-> plain values
record.py   what is kept of a unit that was set
state.py    what is known where a page begins, and whether the layout can begin there
plan.py     the page with which the layout begins, and where it may end
loop.py     WeasyPrint's loop over the pages
watch.py    WeasyPrint, observed while it sets a unit
"""
