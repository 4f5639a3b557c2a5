"""Paragraphs are set as a whole: the lines that are best together, and spaces of justified ones that also shrink.

WeasyPrint fills each line before it begins the next, and only ever widens its spaces. Here, a paragraph is shaped once
(`paragraph.py`, `shapes.py`), its lines are chosen (`plan.py`; `ragged.py` for what is not justified), and WeasyPrint
lays out each of them with a given end (`steering.py`). All boxes are made by WeasyPrint: this package decides where its
lines end, never what is in them. A page is examined when it is laid out (`pages.py`), a unit when it is set
(`last_page.py`): if a paragraph can have a line more or less unnoticed, that corrects the foot of a page. A page that
would stop short is set closer (`filled.py`), and a listing is broken where its code has a joint (`parted.py`).
"""

from compositor.typeset.lines.steering import set_paragraphs_whole

__all__ = ["set_paragraphs_whole"]
