"""The model and all files agree: labels, numbers, captions, alternative texts, notes, contents, and links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from urllib.parse import unquote

from markdown_it.token import Token

from compositor.checks.finished.blocks import FOLDED, notes_of, title_of
from compositor.checks.finished.facts import Facts, Link
from compositor.checks.finished.runs import loose
from compositor.errors import error
from compositor.formats import FORMATS
from compositor.language import language_for
from compositor.markdown.attributes import Attributes
from compositor.markdown.figures.figures import alternative
from compositor.markdown.notes.several_calls import id_of_call
from compositor.markdown.references.references import is_linked
from compositor.model import Book, ContentsEntry, Finding, Medium, PageMap, Place, Unit
from compositor.render.preliminaries import headings, opener_contents

LEVELS = 3
"""Levels of the contents in the EPUB's navigation, without parts; the outline of the PDF has all."""
LABELLED = ("chapter", "section", "figure", "table", "listing", "exercise")
"""Kinds of anchors where number and title are printed; for the others, the place is enough."""
COMPARED = 24
"""Letters of a note that are looked for at its anchor."""
REMEDY = "report this: Compositor has made the two files differ"


def compare(book: Book, facts: Sequence[Facts], pages: PageMap | None) -> Iterator[Finding]:
    """Yield findings for what one file has and another file, or the model, does not."""
    for file in facts:
        yield from _labels(book, file, pages)
        yield from _contents(book, file)
        yield from _index(book, file) if file.file != "PDF" else ()
        for unit in book.units:
            yield from _alternatives(unit, file)
            yield from _links_of_model(book, unit, file)
    for other in facts[1:]:
        for unit in book.units:
            yield from _same_alternatives(unit, facts[0], other)
            yield from _same_links(book, unit, facts[0], other)


def _labels(book: Book, facts: Facts, pages: PageMap | None) -> Iterator[Finding]:
    """Check label, number and title of everything that can be referred to, and the number of every note.

    The caption of several images is after the last of them, which may be pages after the first.
    """
    medium = _medium(facts.file)
    panels = Counter(target.anchor.within for target in book.targets.values())
    for name, target in book.targets.items():
        anchor = target.anchor
        panel = anchor.kind == "figure" and target.number[-1:].isalpha()
        number = (
            f"({target.number[-1]})" if panel else target.label if not anchor.level and target.number else target.number
        )
        if anchor.kind not in LABELLED and name in facts.labelled:
            continue
        title = title_of(book, target, medium, pages if medium.paged else None)
        wanted = [number, title] if anchor.level == 1 else [f"{number} {title}"]
        shown = facts.labelled.get(name, "") + _below_panels(panels[name], name, facts)
        if any(loose(words) not in shown and not _goes_on(loose(words), name, facts) for words in wanted):
            message = f'"{" ".join(wanted).strip()}" is not where "{name}" is in the {facts.file}'
            yield error("C212", message, anchor.place, REMEDY)
    for unit in book.units:
        yield from _notes(book, unit, facts, pages if medium.paged else None)


def _below_panels(panels: int, name: str, facts: Facts) -> str:
    """Return the letters of the pages after that of a caption, which may continue there, and after its panels."""
    behind = facts.behind.get(name, ())
    return "".join(behind[1:3]) + "".join(behind[:panels])


def _goes_on(words: str, name: str, facts: Facts) -> bool:
    """Return whether words begin on the page of an anchor and end on the next; the notes are between."""
    behind = facts.behind.get(name, ())[:2]
    pages = (facts.labelled.get(name, "").removesuffix("".join(behind[:1])), *behind)
    cuts = range(1, len(words)) if behind else ()
    return any(words[:cut] in one and words[cut:] in other for one, other in pairwise(pages) for cut in cuts)


def _notes(book: Book, unit: Unit, facts: Facts, pages: PageMap | None) -> Iterator[Finding]:
    """Check the number of every note, and its first words."""
    for note, block in notes_of(book, unit, _medium(facts.file), pages):
        if loose(block.words)[:COMPARED] not in facts.labelled.get(note.id, ""):
            message = f'note {note.number} is not where "{note.id}" is in the {facts.file}'
            yield error("C212", message, block.place, REMEDY)


def _index(book: Book, facts: Facts) -> Iterator[Finding]:
    """Check that every index entry of the model is at its anchor. In the PDF, only link targets have anchors, by the
    same rule; there, the letters are compared."""
    printed = [u for u in book.units if any(token.type == "index_list" for token in u.chapter.tokens)]
    waiting = list(book.matter.index) if printed else []
    while waiting:
        entry = waiting.pop()
        waiting += entry.children
        if loose(entry.name) not in facts.labelled.get(entry.id, ""):
            message = f'"{entry.name}" is not in the index of the {facts.file} where "{entry.id}" is'
            yield error("C212", message, Place(printed[0].chapter.source.path), REMEDY)


def _contents(book: Book, facts: Facts) -> Iterator[Finding]:
    """Check that the outline and the navigation document have the lines of the contents, in order."""
    opening = headings(book, language_for(book.metadata.language)) if facts.file == "PDF" else ()
    found = [loose(words) for words, _ in facts.contents]
    for number, (_, title) in enumerate(opening):
        if number >= len(found) or found[number] != loose(title):
            message = f'"{title}" is not line {number + 1} of the outline of the PDF'
            yield error("C213", message, Place("book.toml"), REMEDY)
            return
    wanted = list(_lines(book.contents, LEVELS if facts.file != "PDF" else 9))
    for number, entry in enumerate(wanted, len(opening)):
        line = loose(entry.number + entry.title)
        if number >= len(found) or not found[number].endswith(line):
            message = f'"{entry.title}" is not line {number + 1} of the contents in the {facts.file}'
            yield error("C213", message, book.targets[entry.anchor].anchor.place, REMEDY)
            return
    if len(found) > len(opening) + len(wanted):
        count = len(opening) + len(wanted)
        message = f"the {facts.file} has {len(found)} lines of contents, but the book has {count}"
        yield error("C213", message, Place("book.toml"), REMEDY)


def _lines(entries: Iterable[ContentsEntry], levels: int) -> Iterator[ContentsEntry]:
    for entry in entries:
        yield entry
        deeper = levels if entry.role == "part" else levels - 1
        yield from _lines(entry.below(deeper), deeper)


def shown_tokens(unit: Unit, file: str) -> Iterator[Token]:
    """Yield the tokens of a unit that a file shows."""
    medium = _medium(file)
    stack = list(unit.chapter.everything[::-1])
    while stack:
        token = stack.pop()
        yield token
        if token.type not in FOLDED or FOLDED[token.type](token, medium):
            stack += (token.children or [])[::-1]


def _medium(file: str) -> Medium:
    return next(format_.medium for format_ in FORMATS if format_.called == file)


def _alternatives(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Check that every alternative text of the model is in the file, as often as in the model."""
    found = Counter(map(_plain, facts.alternatives.get(unit.key, ())))
    for token in shown_tokens(unit, facts.file):
        text = _plain(_described(token))
        if text and not found[text]:
            place = token.meta.get("place") or Place(*unit.chapter.line_of((token.map or [0])[0] + 1))
            message = f'the alternative text "{_short(text)}" is not in the {facts.file}'
            yield error("C211", message, place, REMEDY)
        found[text] -= 1


def _described(token: Token) -> str:
    """Return the alternative text of a picture or a formula; empty if none is needed."""
    if token.type in ("math_inline", "math_block"):
        return token.content
    if token.type == "picture" or (token.type == "image" and "place" in token.meta):
        given: Attributes = token.meta.get("attributes", Attributes())
        return "" if "decorative" in given.classes else str(token.meta.get("alternative") or alternative(token))
    return ""


def _plain(text: str) -> str:
    return " ".join(text.split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _same_alternatives(unit: Unit, one: Facts, other: Facts) -> Iterator[Finding]:
    """Check that texts outside the model, such as those of content from elsewhere, are the same in both files."""
    first, second = (
        Counter(map(_plain, facts.alternatives.get(unit.key, ())))
        - Counter(_plain(_described(token)) for token in shown_tokens(unit, facts.file))
        for facts in (one, other)
    )
    for text in sorted((first - second) + (second - first)):
        has, lacks = (one, other) if first[text] > second[text] else (other, one)
        message = f'the {has.file} has the alternative text "{_short(text)}", but the {lacks.file} does not'
        yield error("C211", message, Place(unit.chapter.source.path), REMEDY)


def _links_of_model(book: Book, unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Check that every link and reference of the text is in the file."""
    found = {_address(link) for link in facts.links.get(unit.key, ())}
    for token in shown_tokens(unit, facts.file):
        place = token.meta.get("place", Place(unit.chapter.source.path))
        for target in _targets(book, token):
            if target not in found:
                yield error("C214", f'the link to "{target}" is not in the {facts.file}', place, REMEDY)


def _targets(book: Book, token: Token) -> Iterator[str]:
    """Yield the anchors and addresses that a token leads to; a new kind of link is a line here."""
    target = token.meta.get("target", "")
    if not is_linked(token):
        return
    if token.type == "link_open":
        yield book.links.get(target, "") if target else unquote(str(token.attrs["href"]))
    elif token.type == "term_open":
        yield book.links[target]
    elif token.type == "reference":
        yield target
    elif token.type == "reference_group":
        yield from (one["target"] for one in token.meta["targets"])


def _of_one_format(book: Book, unit: Unit, one: Facts, other: Facts) -> set[str]:
    """Return the targets of a unit in one format alone, because the author wants it so."""
    first, second = (
        {target for token in shown_tokens(unit, file) for target in _targets(book, token)}
        for file in (one.file, other.file)
    )
    return first ^ second


def _address(link: Link) -> str:
    return unquote(link.target)


def _same_links(book: Book, unit: Unit, one: Facts, other: Facts) -> Iterator[Finding]:
    """Check that both files have the same targets. Exceptions: links to and from notes, those of the index, which names
    a page once, those between a listing and its annotations, which are drawn on paper, and the lists in openers."""
    calls = ((note, number) for note in unit.chapter.notes for number in range(1, note.calls + 1))
    notes = {name for note, number in calls for name in (note.id, id_of_call(note, number))}
    notes |= {name for name, target in book.targets.items() if target.anchor.kind == "term"}
    notes |= {link.target for facts in (one, other) for link in facts.links.get(unit.key, ()) if link.mark}
    notes |= _of_one_format(book, unit, one, other) | {entry.anchor for entry in opener_contents(book, unit)}
    first, second = ({_address(link) for link in facts.links.get(unit.key, ())} - notes for facts in (one, other))
    for target in sorted(first ^ second):
        has, lacks = (one, other) if target in first else (other, one)
        message = f'the {has.file} has a link to "{target}", but the {lacks.file} has none'
        yield error("C214", message, Place(unit.chapter.source.path), REMEDY)


EXPLANATIONS = {
    "C211": """The alternative text of a picture or a formula is in only one of the finished files, or in neither.
Readers who cannot see the picture would miss it. This is a bug in Compositor.""",
    "C212": """A number, a label, a caption or the number of a note is not at its anchor in a finished file. A reader
of one format would be sent to something that has another name in the other.""",
    "C213": """The outline of the PDF or the navigation of the EPUB does not have the lines of the contents.""",
    "C214": """A link goes to different places in PDF and EPUB, or is missing in one of them.""",
}
