"""Units that were set and painted in an earlier build -> taken from the cache, by all that their pages depend on.

keys.py         a look, a unit, a page with its folio, a face -> the key of what was made of it
kept.py         keys -> values that still hold
typesetter.py   the typesetter that looks there first, and has the rest set
sections.py     parts of the PDF: taken from the cache where they are there, else asked for and kept
"""
