"""A folder of Markdown and no book.toml -> Manuscript: its files in the order of their names, and what was assumed."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Sequence
from pathlib import Path

from compositor.dialects import native
from compositor.dialects.order import in_natural_order, markdown_files
from compositor.errors import BookError, in_order, warning
from compositor.folder.paths import list_files
from compositor.folder.text import reader
from compositor.model import Finding, Manuscript, Place

NOT_ASKED = frozenset({"S008", "M009", "M010", "M011", "M012", "M013", "M014", "M015", "M017"})
"""What is said of a book.toml, and of numbers that have to agree with it; nobody has written one here."""
TITLE = re.compile(r"^ {0,3}#[ \t]+(?P<words>.*?)[ \t#]*$|^(?P<above>\S.*)\n=+[ \t]*$", re.MULTILINE)
ATTRIBUTES = re.compile(r"\s*\{[^{}]*\}\s*$")
MARKUP = re.compile(r"[*_`]+|!?\[(?P<words>[^\]]*)\]\([^)]*\)")


def recognises(folder: Path) -> bool:
    """Whether there are chapters, and no file that was meant for a book.toml."""
    if not folder.is_dir() or native.recognises(folder):
        return False
    names = list_files(folder)
    return bool(chapters_of(names)) and not difflib.get_close_matches(native.SETTINGS, names, 1, 0.7)


def read(folder: Path) -> tuple[Manuscript | None, tuple[Finding, ...]]:
    """The manuscript, with a finding that says what was assumed; None when it cannot be put together."""
    chapters = chapters_of(list_files(folder))
    title, where = _title(folder, chapters)
    order = json.dumps(chapters, ensure_ascii=False)
    settings = f"format = 1\ntitle = {_quoted(title)}\n\n[order]\nchapters = {order}\n"
    manuscript, findings = native.read(folder, settings)
    listed = ", ".join(chapters[:3]) + (f" and {len(chapters) - 3} more" if len(chapters) > 3 else "")
    message = f'there is no book.toml: the title "{title}" is {where}, the order that of the names: {listed}'
    remedy = f'to say otherwise, write {native.SETTINGS} there: format = 1, title = "…", authors = ["…"]'
    assumed = warning("M018", message, Place(chapters[0]), remedy)
    return manuscript, in_order((assumed, *(one for one in findings if one.code not in NOT_ASKED)))


def chapters_of(names: Sequence[str]) -> list[str]:
    """The Markdown files in the order of their names, numbers as numbers; a README is one where it is alone."""
    alone = [name for name in names if name.lower().endswith((".md", ".markdown"))]
    return in_natural_order(markdown_files(names)) or (alone if len(alone) == 1 else [])


def _title(folder: Path, chapters: Sequence[str]) -> tuple[str, str]:
    """The title of the book, and where it was found."""
    try:
        text = native.FRONT_MATTER.sub("", reader(folder, [])(chapters[0]))
    except BookError:  # reported by the reading that follows
        text = ""
    found = TITLE.search(text) if len(chapters) == 1 else None
    words = _plain((found["words"] or found["above"] or "") if found else "")
    return (words, "its heading") if words else (folder.resolve().name or "Book", "the name of the folder")


def _plain(words: str) -> str:
    bare = MARKUP.sub(lambda match: match["words"] or "", ATTRIBUTES.sub("", words))
    return " ".join(bare.split())


def _quoted(text: str) -> str:
    """A text as TOML has it; what cannot stand in one is left out."""
    return json.dumps("".join(letter for letter in text if letter.isprintable()), ensure_ascii=False)
