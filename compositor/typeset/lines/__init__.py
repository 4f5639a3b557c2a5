"""Justified paragraphs are set as a whole: the lines that are best together, and spaces that also shrink.

WeasyPrint fills each line before it begins the next, and only ever widens its spaces. Here a paragraph is shaped once
(`paragraph.py`, `shapes.py`), its lines are chosen (`plan.py`), and WeasyPrint lays out each of them, told where it
ends (`steering.py`). All boxes are made by WeasyPrint: what is said here is where its lines end, never what is in them.
"""

from compositor.typeset.lines.steering import set_paragraphs_whole

__all__ = ["set_paragraphs_whole"]
