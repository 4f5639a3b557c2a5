"""Lists of files -> an order: Leanpub's `Book.txt`, and the links in a README."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from compositor.dialects.guests import text_of
from compositor.dialects.order import markdown_files
from compositor.dialects.orders.nodes import OPENING, Node, Written, readme_of, text_named
from compositor.dialects.syntax import PANDOC
from compositor.model import Role

LIST, BEFORE = "Book.txt", "manuscript"
MATTERS = {"{frontmatter}": Role.FRONT, "frontmatter:": Role.FRONT, "{backmatter}": Role.BACK, "backmatter:": Role.BACK}
MAIN = ("{mainmatter}", "mainmatter:")
_LINK = re.compile(
    r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(<?(?P<address>[^()\s<>]+)>?(?:\s+\"[^\"]*\")?\)"
    r"|<a\s[^<>]*href=\"(?P<href>[^\"]+)\""
)
_BLOB = re.compile(r"https://(?:github|gitlab)\.com/[\w.-]+/[\w.-]+/(?:-/)?(?:blob|tree)/[\w.-]+/")
"""The beginning of the address of a file in a repository."""
FEWEST = 2
"""Links to texts from which on a README makes an order."""


def read_book_txt(folder: Path, names: Sequence[str]) -> Written | None:
    """Return the order of a manuscript of Leanpub; None if there is none.

    Source: https://leanpub.com/manual, "Book.txt".
    """
    file = next((name for name in (LIST, f"{BEFORE}/{LIST}") if name in names), "")
    above, role, nodes, missing = posixpath.dirname(file), None, list[Node](), list[str]()
    for line in text_of(folder, file).split("\n"):
        word = line.strip()
        if word.casefold() in (*MATTERS, *MAIN):
            role = MATTERS.get(word.casefold())
        elif word and not word.startswith("#"):
            path = text_named(word, above, names)
            nodes += [Node("", path, (), role)] if path else []
            missing += [] if path else [word]
    return Written(file, tuple(nodes), {}, above, "a manuscript of Leanpub", True, tuple(missing)) if nodes else None


def read_readme(folder: Path, names: Sequence[str]) -> Written | None:
    """Return the order of the links in the README, if it links to most of the texts; None otherwise."""
    file = readme_of(names)
    texts = [name for name in markdown_files(names) if name != file]
    others = [name for name in names if name != file]
    first = linked(_at_home(text_of(folder, file)), "", others, opening=True)
    paths = list(dict.fromkeys(_with_those_below(folder, first, others)))
    if len(paths) < FEWEST or 2 * len([path for path in paths if path in texts]) < len(texts):
        return None
    return Written(file, tuple(Node("", path) for path in paths), extensions=PANDOC)


def _at_home(text: str) -> str:
    """Return a README in which the addresses of its repository's files are paths; the most frequent is taken for it."""
    named = Counter(match[0] for match in _BLOB.finditer(text))
    home = next((address for address, count in named.most_common(1) if count >= FEWEST), None)
    return text.replace(home, "/") if home is not None else text


def _with_those_below(folder: Path, paths: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Return the texts; the opening one of a folder is followed by those it links to, unless another has them first."""
    for path in paths:
        above = posixpath.dirname(path)
        yield path
        if _opens(path):
            yield from (one for one in linked(text_of(folder, path), above, names) if one not in paths)


def _opens(path: str) -> bool:
    """Return whether a text is the opening one of a folder."""
    return "/" in path and posixpath.splitext(posixpath.basename(path))[0].casefold() in OPENING


def linked(text: str, above: str, names: Sequence[str], opening: bool = False) -> list[str]:
    """Return the texts that a text links to, each once, in the order of the links; with `opening`, folders too."""
    addresses = (match["address"] or match["href"] for match in _LINK.finditer(text))
    inside = (unquote(one.partition("#")[0].partition("?")[0]).strip("/") for one in addresses if "://" not in one)
    found = (text_named(one, above, names) for one in inside if one)
    wanted = (path for path in found if path and (markdown_files([path]) or (opening and _opens(path))))
    return list(dict.fromkeys(wanted))
