"""A book that asks what is new since a revision -> its manuscript and chapters, with a chapter on that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from compositor.changes.chapter import chapter_of
from compositor.changes.comparing import compared
from compositor.changes.earlier import told_in
from compositor.errors import warning
from compositor.git.files import Unreadable
from compositor.git.revisions import NoRevision, is_shallow, names_of
from compositor.language import Language
from compositor.model import Book, Chapter, Entry, Finding, Manuscript, Role

ID = 40
"""Digits of a full id, which the page shortens."""
SHOWN = 12


@dataclass(frozen=True, slots=True)
class News:
    """A book with its chapter "What is new", or why it has none."""

    manuscript: Manuscript
    chapters: Mapping[str, Chapter]
    findings: tuple[Finding, ...] = ()


def with_news(
    book: Book, chapters: Mapping[str, Chapter], words: Language, read: Callable[[Path], Book | None], *asked: str
) -> News:
    """Return the chapters of a book, by path, and its manuscript, with one more if the earlier state is available.

    `read` makes a book of the folder of the earlier state; `asked` are the other inputs of that.
    """
    manuscript = book.manuscript
    revision = manuscript.changes_since.strip()
    try:
        before = told_in(manuscript.folder, revision, read, *asked)
    except (NoRevision, Unreadable) as problem:
        return News(manuscript, chapters, (_unknown(manuscript, revision, problem),))
    chapter = chapter_of(compared(before, book), book, words, _short(revision))
    entry = Entry(Role.BACK, chapter.source)
    entries = list(manuscript.entries)
    place = len(entries)
    while place and entries[place - 1].role is Role.BACK:
        place -= 1
    entries.insert(place, entry)
    return News(replace(manuscript, entries=tuple(entries)), {**chapters, chapter.source.path: chapter})


def _short(revision: str) -> str:
    """Return the name for readers; a commit id is shortened."""
    is_id = len(revision) >= ID and all(letter in "0123456789abcdef" for letter in revision)
    return revision[:SHOWN] if is_id else revision


def _unknown(manuscript: Manuscript, revision: str, problem: NoRevision | Unreadable) -> Finding:
    why = problem.why if isinstance(problem, Unreadable) else str(problem)
    message = f'the book has no page "What is new": {why}'
    remedies = [problem.remedy] if isinstance(problem, Unreadable) and problem.remedy else []
    tags = names_of(manuscript.folder)
    if is_shallow(manuscript.folder):
        remedies.append(f"the clone is shallow; fetch the tag: git fetch --depth=1 origin tag {revision}")
        remedies.append("in a workflow, give actions/checkout the line `fetch-depth: 0`")
    elif near := get_close_matches(revision, tags, 1):
        remedies.append(f'did you mean "{near[0]}"?')
    elif not remedies:
        remedies.append("build from a clone of the repository that has this tag, or delete the line")
    return warning("B104", message, manuscript.changes_place, *remedies)


EXPLANATIONS = {
    "B104": """book.toml sets `changes-since`, but the earlier state of the book that it names is not available.
Compositor reads it from the repository of the book and downloads nothing. Perhaps there is no repository, as in a
downloaded archive; or no such tag, branch or commit; or the clone has no history, which is the default of
`actions/checkout`; or the folder was not a book at that time. The book is built without the page "What is new". `git
fetch --depth=1 origin tag NAME` fetches one tag; `fetch-depth: 0` in a workflow fetches the whole history.""",
}
