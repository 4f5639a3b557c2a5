"""Paragraphs are set as a whole: their lines are chosen together, and the spaces of justified lines may also shrink.

WeasyPrint fills each line before it begins the next, and only ever widens its spaces. Here, a paragraph is shaped once
(`paragraph.py`, `shapes.py`), its lines are chosen (`plan.py`; `ragged.py` for text that is not justified), and
WeasyPrint lays out each line with a given end (`steering.py`). WeasyPrint makes all boxes: this package decides where
its lines end, never what they contain. A page is examined when it has been laid out (`pages.py`), a unit when it has
been set (`last_page.py`): if a paragraph can be a line longer or shorter without anybody noticing, that corrects the
foot of a page. A page that would end short is set closer (`filled.py`), and a listing is divided at a good place in its
code (`parted.py`).
"""

from compositor.typeset.lines.steering import set_paragraphs_whole

__all__ = ["set_paragraphs_whole"]
