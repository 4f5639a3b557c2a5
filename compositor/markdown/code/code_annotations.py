"""Annotations in code: `# <1>` at the end of a line, explained by the numbered list that follows, as in Quarto."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.code.code import attribute_place, code_of, line_place, lines_of
from compositor.markdown.code.languages import CodeLanguage
from compositor.markdown.code.shown import circled
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.reading import Reading, reading_of
from compositor.markdown.slugs import slugify

CLOSERS = r"(?:\*/|-->|\*\)|\#\})"


def syntax(md: MarkdownIt) -> None:
    """Marks are taken out of the code early; the numbers of the list are added when its text is parsed."""
    md.core.ruler.before("inline", "code_annotations", read_annotations)
    md.core.ruler.before("text_join", "annotation_numbers", number_explanations)  # notes are still in the stream


def read_annotations(state: StateCore) -> None:
    """Read every listing with marks, and the list after it."""
    reading = reading_of(state)
    roots: set[str] = set()
    for i, token in enumerate(state.tokens):
        if token.type != "fence":
            continue
        wanted = code_of(token).attributes.pairs.get("code-annotations", "true")
        if wanted not in ("true", "false"):
            where = attribute_place(reading, token, "code-annotations")
            message = f'code-annotations is "true" or "false", not "{wanted}"; it is taken as true'
            reading.warning("L232", message, where, "write code-annotations=true, or false to print the marks")
        if wanted != "false" and _take_marks(token):
            root = _root(reading, token, roots)
            roots.add(root)
            token.meta["code"] = replace(code_of(token), root=root)
            _explain(reading, token, state.tokens[i + 1 :])


def _root(reading: Reading, token: Token, taken: set[str]) -> str:
    """Return the prefix of ids: the id of the listing, or the file and the first words of the code."""
    words = slugify(next((text for text in lines_of(token) if text.strip()), ""))[:40].strip("-") or "listing"
    wanted = code_of(token).attributes.id or f"{reading.source.key}-code-{words}"
    return next(name for name in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if name not in taken)


def _pattern(language: CodeLanguage) -> re.Pattern[str]:
    openers = "|".join(re.escape(opener) for opener in language.comments)
    return re.compile(rf"[ \t]*(?:{openers})[ \t]*(?P<marks>(?:<[1-9][0-9]?>[ \t]*)+){CLOSERS}?[ \t]*\Z")


def _take_marks(token: Token) -> bool:
    """Take marks out of the code, so that they are not copied; return whether there are any."""
    code = code_of(token)
    pattern = _pattern(code.language)
    lines, marks, comments = lines_of(token), {}, {}
    for number, text in enumerate(lines):
        match = pattern.search(text)
        if match is not None:
            lines[number] = text[: match.start()]
            comments[number] = match[0]
            marks[number] = tuple(int(mark) for mark in re.findall(r"\d+", match["marks"]))
    if marks:
        token.content = "\n".join(lines) + "\n"
        token.meta |= {"code": replace(code, marks=marks), "comments": comments}
    return bool(marks)


def _explain(reading: Reading, token: Token, behind: Sequence[Token]) -> None:
    """Turn the list into one of explanations, and report items and marks without a partner."""
    items = list(_items(behind))
    code = code_of(token)
    for number, item in items:
        marked = any(number in numbers for numbers in code.marks.values())
        item.meta["annotation"] = (code.root if marked else "", number)
        if not marked:
            remedy = f"write the mark as a comment at the end of a line, as in `# <{number}>`"
            message = f"no line of the listing is marked <{number}>"
            reading.warning("L231", message, reading.line_place(item), remedy)
    explained = {number for number, _ in items}
    for line, numbers in code.marks.items():
        lost = [number for number in numbers if number not in explained]
        for number in lost:
            _unexplained(reading, token, line, number)
        _put_back(token, line, lost)


def _put_back(token: Token, line: int, numbers: Sequence[int]) -> None:
    """Put marks that lead nowhere back into their line, as the comment that was written."""
    if numbers:
        code, lines = code_of(token), lines_of(token)
        kept = "".join(f"<{number}>" for number in numbers)
        lines[line] += re.sub(r"(?:<[1-9][0-9]?>[ \t]*)+", kept, token.meta["comments"][line], count=1)
        rest = tuple(number for number in code.marks[line] if number not in numbers)
        marks = {at: rest if at == line else those for at, those in code.marks.items()}
        token.content = "\n".join(lines) + "\n"
        token.meta["code"] = replace(code, marks={at: those for at, those in marks.items() if those})


def _unexplained(reading: Reading, token: Token, line: int, number: int) -> None:
    code = code_of(token)
    place = line_place(reading, token, line, len(lines_of(token)[line]), 1)
    if not code.file:
        place = reading.after(place, f"<{number}>")
    remedy = "explain it in a numbered list directly after the listing, or write {code-annotations=false}"
    reading.warning("L230", f"nothing explains the mark <{number}>; it stays in the code", place, remedy)


def _items(behind: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """Yield the items of the numbered list that follows, with their numbers."""
    rest = behind[1:] if behind and behind[0].type == "listing_close" else behind
    if not rest or rest[0].type != "ordered_list_open":
        return
    opening = rest[0]
    opening.meta["annotations"] = True
    number = int(opening.attrs.get("start", 1))
    for token in rest[1:]:
        if token.type == "ordered_list_close" and token.level == opening.level:
            return
        if token.type == "list_item_open" and token.level == opening.level + 1:
            yield number, token
            number += 1


def number_explanations(state: StateCore) -> None:
    """Put the number in front of the first words of an explanation."""
    made: list[Token] = []
    for i, token in enumerate(state.tokens):
        made.append(token)
        annotation = token.meta.get("annotation") if token.type == "list_item_open" else None
        if annotation is not None:
            number = Token("annotation_number", "", 0, meta={"annotation": annotation})
            words = next(iter(state.tokens[i + 2 : i + 3]), None)
            if state.tokens[i + 1].type == "paragraph_open" and words is not None and words.children is not None:
                words.children.insert(0, number)
            else:
                made.append(Token("inline", "", 0, children=[number], level=token.level + 1, block=True))
        if token.type == "ordered_list_open" and token.meta.get("annotations"):
            token.type = "annotations_open"
    state.tokens = made


def annotations_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<ol class="annotations">`; the numbers are in its text."""
    shown = attributes({"class": "annotations", "role": "list"} | {k: str(v) for k, v in tokens[index].attrs.items()})
    return f"<ol{shown}{rendering.position(tokens[index])}>\n"


def annotation_number(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the number: a disc on paper; on a screen, a link back to the line."""
    root, number = tokens[index].meta["annotation"]
    if rendering.medium.paged:
        return f'<span class="annotation">{number}</span> '
    if not root:
        return f'<span class="annotation">{circled(number)}</span> '
    shown = attributes(
        {
            "class": "annotation",
            "id": f"{root}-note-{number}",
            "href": f"#{root}-mark-{number}",
            "aria-label": f"{rendering.words.note} {number}. {rendering.words.back_to_text}",
        }
    )
    return f"<a{shown}>{circled(number)}</a> "


EXTENSION = Extension(
    "code_annotations",
    syntax,
    {"annotations_open": annotations_open, "annotation_number": annotation_number},
    {
        "L230": """A line of code ends in a mark such as `# <1>`, but the numbered list directly after the listing does
not explain it, or there is no such list. If the mark is part of the code, write `{code-annotations=false}`.""",
        "L231": """The numbered list after a listing explains a mark that no line of the listing has. Mark a line, or
put a paragraph between the listing and a list that has nothing to do with it.""",
        "L232": """`code-annotations` is `true` or `false`. With `false`, marks such as `# <1>` are code like any
other.""",
    },
)
