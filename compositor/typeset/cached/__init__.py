"""Units that were set and painted in an earlier build -> taken from the cache, by all that their pages depend on.

keys.py         a look, a unit, a page with its number, a font -> the key of the result
kept.py         keys -> values that are still valid
latest.py       a unit that has changed -> what is kept of it as it was set last
typesetter.py   the typesetter that looks in the cache first, and lets another set the rest
sections.py     parts of the PDF: taken from the cache if they are there, else made and kept
"""
