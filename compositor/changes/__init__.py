"""Two states of a book -> what has changed for a reader: words inserted and deleted, passages moved, by section.

passages.py    a book -> its paragraphs, headings, cells, notes, each with the section it stands in
comparing.py   the passages of two books -> changes
spoken.py      changes as lines for a terminal
page.py        changes as a page of HTML
"""

from __future__ import annotations

from compositor.changes.comparing import Change, Changes, compared

__all__ = ["Change", "Changes", "compared"]
