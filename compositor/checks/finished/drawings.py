"""Words in drawings: each file shows those of the author's own file, as far as its letters can be recognised.

They are no text of the book, since an alternative text stands for a drawing; but a sighted reader would miss a lost
label. Letters are counted, not read in order: a label may be rotated, curved, or set letter by letter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from markdown_it.token import Token

from compositor.checks.finished.parity import shown_tokens
from compositor.checks.finished.screen import package_of
from compositor.checks.finished.website import site_of
from compositor.errors import error
from compositor.markdown.figures.figures import is_decorative
from compositor.model import Book, Finding, PageMap, Place, Unit, plain_letters
from compositor.pictures.svg.words import words, words_seen

KNOWN = "\u0530"
"""Letters below this one (Latin, Greek and Cyrillic) are in Compositor's fonts, each with one code point."""
REMEDY = "report this with the drawing: Compositor has lost a label"


def compare(book: Book, finished: Mapping[str, bytes], pages: PageMap | None) -> Iterator[Finding]:
    """Yield findings for the drawings whose words a finished file lacks."""
    if "epub" in finished:
        yield from _on_screens(book, "EPUB", package_of(finished["epub"]).files)
    if "web" in finished:
        yield from _on_screens(book, "site", site_of(finished["web"]).files)
    if "pdf" in finished and pages is not None:
        yield from _on_paper(book, finished["pdf"], pages)


def _on_screens(book: Book, called: str, files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Check that each drawing of the book is a file of the EPUB, or of the site, with all its letters."""
    made = [_letters(words(content)) for name, content in files.items() if name.lower().endswith(".svg")]
    for unit in book.units:
        for token, path in _drawings(unit, called):
            owed = _owed(book.manuscript.folder / path)
            missing = min((owed - shown for shown in made), key=Counter.total, default=owed)
            if missing:
                yield _lost(unit, token, path, f"the {called}", missing)


def _on_paper(book: Book, data: bytes, pages: PageMap) -> Iterator[Finding]:
    """Check that the pictures of a unit's pages have the letters of all its drawings; name the first that fails."""
    from compositor.checks.finished.parts.pages import letters_in_pictures

    found: dict[str, Counter[str]] = {}
    drawings = {unit.key: list(_drawings(unit, "PDF")) for unit in book.units}
    if any(drawings.values()):
        for page, text in zip(pages.pages, letters_in_pictures(data), strict=False):
            found.setdefault(page.unit, Counter()).update(_letters([text]))
    for unit in book.units:
        rest = found.get(unit.key, Counter())
        for token, path in drawings[unit.key]:
            owed = _owed(book.manuscript.folder / path)
            if not owed <= rest:
                yield _lost(unit, token, path, "the PDF", owed - rest)
                break
            rest = rest - owed


def _drawings(unit: Unit, file: str) -> Iterator[tuple[Token, str]]:
    """Yield the drawings that a file shows of a unit, without ornaments."""
    for token in shown_tokens(unit, file):
        path = str(token.meta.get("path", ""))
        if token.type in ("image", "picture") and path.lower().endswith(".svg") and not is_decorative(token):
            yield token, path


def _owed(file: Path) -> Counter[str]:
    """Return the letters that a drawing shows; none for a missing one, which is replaced by a frame with words."""
    return _letters(_seen(file.read_bytes())) if file.is_file() else Counter()


@lru_cache(maxsize=256)
def _seen(data: bytes) -> tuple[str, ...]:
    return words_seen(data)


def _letters(texts: Iterable[str]) -> Counter[str]:
    return Counter(letter for letter in plain_letters("".join(texts)) if letter < KNOWN)


def _lost(unit: Unit, token: Token, path: str, where: str, letters: Counter[str]) -> Finding:
    place = token.meta.get("place") or Place(*unit.chapter.line_of((token.map or [0])[0] + 1))
    message = f'letters in the drawing "{path}" are not in {where}: {" ".join(sorted(letters.elements()))[:60]}'
    return error("C216", message, place, REMEDY)


EXPLANATIONS = {
    "C216": """A drawing has words, but a finished file does not have all of their letters. Compositor redraws drawings
for paper and for screens, and has lost a label on the way. This is a bug in Compositor.""",
}
