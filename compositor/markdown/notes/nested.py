"""Notes that are called in notes: the number, if the text calls it too; otherwise its words, in parentheses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from compositor.markdown.reading import Reading, place_of, walk


def calls(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield the labels of the notes that are called here."""
    return (token.meta["label"] for token in walk(tokens) if token.type == "footnote_ref")


def reachable(tokens: Iterable[Token], written: Mapping[str, Sequence[Token]]) -> Iterator[str]:
    """Yield the labels of the notes that are called here, and of those that they call."""
    waiting, seen = list(calls(tokens)), set[str]()
    while waiting:
        label = waiting.pop()
        if label not in seen:
            seen.add(label)
            yield label
            waiting += calls(written.get(label, ()))


@dataclass(frozen=True, slots=True)
class _Nesting:
    """What is known while the calls in notes are replaced."""

    reading: Reading
    written: Mapping[str, Sequence[Token]]
    numbered: frozenset[str]


def resolve_in_notes(reading: Reading, written: Mapping[str, Sequence[Token]]) -> None:
    """Replace the calls in notes by their targets."""
    nesting = _Nesting(reading, written, frozenset(note.label for note in reading.notes))
    for note in reading.notes:
        for block in note.tokens:
            if block.children:
                block.children[:] = _resolved(nesting, block.children, (note.label,))


def _resolved(nesting: _Nesting, line: Sequence[Token], above: tuple[str, ...]) -> list[Token]:
    made: list[Token] = []
    for token in line:
        label = token.meta["label"] if token.type == "footnote_ref" else None
        if label is None:
            made.append(token)
        elif label in nesting.numbered and label not in above:
            token.meta |= {"note": label, "again": True}
            made.append(token)
        else:
            after_space = bool(made) and made[-1].content.endswith(" ")
            words = list(_in_parentheses(nesting, token, above))
            words[0].content = words[0].content[after_space and words[0].content.startswith(" ") :]
            made += words
    return made


def _in_parentheses(nesting: _Nesting, call: Token, above: tuple[str, ...]) -> Iterator[Token]:
    """Yield the words of a note within another one; the call as written, if it is missing or calls itself."""
    label = call.meta["label"]
    if label in above or label not in nesting.written:
        message = "a note calls a note that does not exist; the call is printed as it is"
        nesting.reading.warning("L185", message, place_of(call), "take it out")
        yield Token("text", "", 0, content=f"[^{label}]")
        return
    remedy = "write it in parentheses, or call it in the text as well"
    message = "a note calls another note, which is printed in parentheses"
    nesting.reading.warning("L185", message, place_of(call), remedy)
    yield Token("text", "", 0, content=" (")
    body = [token for token in nesting.written[label] if token.children or token.type in ("fence", "code_block")]
    for number, token in enumerate(body):
        yield from [Token("text", "", 0, content=" ")] if number else ()
        yield from _resolved(nesting, token.children or [_code(token.content)], (*above, label))
    yield Token("text", "", 0, content=")")


def _code(content: str) -> Token:
    return Token("code_inline", "code", 0, content=" ".join(content.split()), markup="`")


NESTED = {
    "L185": """A note calls another note, which the text does not call. A note cannot have notes of its own, so the
words of the other note are printed in parentheses. Write them in parentheses, or call the note in the text as well.""",
}
