"""Names of files -> which of them are translations of others, so that a book has each text in one language.

Three habits are known: `README-de.md` or `README.german.md` next to `README.md`; a folder `translations` with a file or
a folder for each language; folders `en` and `de` with the same files in both.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from compositor.dialects.guests import some
from compositor.dialects.orders.nodes import OPENING
from compositor.dialects.tags import tag_of
from compositor.errors import warning
from compositor.model import Finding, Place

FOLDERS = frozenset({"translations", "translation", "i18n", "l10n", "locale", "locales"})
MARKDOWN = (".md", ".markdown")
WORDS = frozenset(re.findall("[a-z]+", "ii io ie ia as am an be he hi id in is it my no or so to"))
"""Tags that are words or numbers of English too: at the end of a name they are taken for such."""
SEVERAL = 3
"""Texts with the same tag after `-` or `_` from which on it names a language: other words may end so by chance."""
_SIGN = re.compile(r"[-_.]")


@dataclass(frozen=True, slots=True)
class Translation:
    """A text that is another one in another language."""

    path: str
    original: str
    language: str
    """Its tag."""


def translations(names: Sequence[str]) -> tuple[Translation, ...]:
    """Return the texts among these files that are translations of others, sorted."""
    texts = [name for name in names if name.lower().endswith(MARKDOWN)]
    found: dict[str, Translation] = {}
    for one in (*_beside(texts), *_in_their_folder(texts), *_in_folders(texts)):
        found.setdefault(one.path, one)
    return tuple(found[path] for path in sorted(found))


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]


def _parted(stem: str) -> tuple[str, str, str]:
    """Return a name without its language, the sign between them, and the tag; all of them empty if it has none."""
    signs = (match for match in _SIGN.finditer(stem) if match.start())
    found = ((stem[: match.start()], match[0], tag_of(stem[match.end() :])) for match in signs)
    return next((one for one in found if one[2]), ("", "", ""))


def _beside(texts: Sequence[str]) -> Iterator[Translation]:
    """Yield texts that have the name of one beside them, with a language."""
    there = {posixpath.splitext(path)[0].casefold(): path for path in texts}
    found: list[tuple[str, Translation]] = []
    for path in texts:
        name, sign, tag = _parted(_stem(path))
        original = there.get(posixpath.join(posixpath.dirname(path), name).casefold(), "") if tag else ""
        if original:
            is_sure = sign == "." or name.casefold() in OPENING
            if is_sure or tag not in WORDS:
                found.append(("" if is_sure else tag, Translation(path, original, tag)))
    often = Counter(tag for tag, _ in found if tag)
    yield from (one for tag, one in found if not tag or often[tag] >= SEVERAL)


def _in_their_folder(texts: Sequence[str]) -> Iterator[Translation]:
    """Yield texts in a folder for translations: the original is the text at their place outside, or the first."""
    outside = [path for path in texts if not FOLDERS.intersection(path.casefold().split("/"))]
    first = min(outside, key=_opens_first, default="")
    there = set(outside)
    for path in texts:
        *above, last = path.split("/")
        at = next((index for index, name in enumerate(above) if name.casefold() in FOLDERS), None)
        if at is None or not outside:
            continue
        inside = above[at + 1 :]
        if tag := tag_of(inside[0]) if inside else tag_of(_stem(last)) or _parted(_stem(last))[2]:
            rest = "/".join((*above[:at], *inside[1:], last)) if inside else ""
            yield Translation(path, rest if rest in there else first, tag)


def _opens_first(path: str) -> tuple[int, bool, str]:
    """Return a value that is smallest for the text that opens a folder: its README, or the first."""
    return path.count("/"), _stem(path).casefold() not in OPENING, path


def _in_folders(texts: Sequence[str]) -> Iterator[Translation]:
    """Yield texts in folders of languages that have mostly the same files as that of English beside them."""
    for above, inside in _folders(texts).items():
        first = next((name for name in sorted(inside) if tag_of(name) == "en"), None)
        for name in sorted(inside) if first is not None else ():
            same = inside[name] & inside[first or ""]
            if name == first or not tag_of(name) or 2 * len(same) <= min(len(inside[name]), len(inside[first or ""])):
                continue
            for rest in inside[name]:
                original = rest if rest in same else min(inside[first or ""])
                yield Translation(f"{above}{name}/{rest}", f"{above}{first}/{original}", tag_of(name))


def _folders(texts: Iterable[str]) -> Mapping[str, dict[str, set[str]]]:
    """Return folder -> the folders in it -> the paths of the texts below these."""
    found: dict[str, dict[str, set[str]]] = {}
    for path in texts:
        parts = path.split("/")
        for at in range(len(parts) - 1):
            above = "".join(f"{name}/" for name in parts[:at])
            found.setdefault(above, {}).setdefault(parts[at], set()).add("/".join(parts[at + 1 :]))
    return found


def in_one_language(names: Sequence[str], wanted: str) -> tuple[list[str], Finding | None]:
    """Return the files without the translations, or with those into the wanted language alone; and what to tell."""
    found = translations(names)
    chosen = {one.path for one in found if wanted and one.language.casefold() == wanted.casefold()}
    if chosen:
        return [name for name in names if name in chosen or not name.lower().endswith(MARKDOWN)], None
    if not found:
        return list(names), None
    paths = dict.fromkeys(one.path for one in found)
    tags = list(dict.fromkeys(one.language for one in found))
    count = f"{len(paths)} translations are" if len(paths) > 1 else "a translation is"
    message = f"{count} left out: {some(list(paths))}"
    message = f"{message}; there is none in \"{wanted}\"" if wanted else message
    remedy = f"print another language with --language, such as --language {tags[0]}"
    told = replace(warning("M032", message, Place(found[0].path), remedy), count=len(paths))
    return [name for name in names if name not in paths], told
