"""Two states of a book -> what has changed for a reader: words inserted and deleted, passages moved, by section.

passages.py    a book -> its paragraphs, headings, cells, notes, each with its section
earlier.py     a revision of the book's repository -> the book's text then
comparing.py   the texts of two books -> changes
spoken.py      changes as lines for a terminal
page.py        changes as a page of HTML
chapter.py     changes as a chapter of the book itself, "What is new"; telling.py one change as tokens
news.py        a book that asks for this -> that chapter in its place
"""

from __future__ import annotations

from compositor.changes.comparing import Change, Changes, compared
from compositor.changes.passages import told

__all__ = ["Change", "Changes", "compared", "told"]
