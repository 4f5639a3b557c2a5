"""Code from files: an empty fence with `{include="samples/x.sh"}`; whole, by anchor, or by lines."""

from __future__ import annotations

import posixpath
import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.errors import BookError
from compositor.markdown.code.code import attribute_place, code_of, line_range
from compositor.markdown.code.languages import code_language
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, reading_of

ONLY_WITH_A_FILE = ("anchor", "lines", "dedent")
_ANCHOR = re.compile(r"\bANCHOR(?P<end>_END)?:[ \t]*(?P<name>[\w-]+)")
"""Source: mdBook's guide, "Including portions of a file"."""
Lines = list[tuple[int, str]]
"""Lines with their numbers in their file."""


def syntax(md: MarkdownIt) -> None:
    """The files are read before any other rule sees the code."""
    md.core.ruler.after("listings", "excerpts", read_excerpts)


def read_excerpts(state: StateCore) -> None:
    """Fill every fence that names a file, or report a finding."""
    reading = reading_of(state)
    for token in state.tokens:
        if token.type != "fence":
            continue
        pairs = code_of(token).attributes.pairs
        if "include" in pairs:
            _include(reading, token, pairs["include"])
        else:
            for key in (key for key in ONLY_WITH_A_FILE if key in pairs):
                remedy = 'name the file: include="samples/example.py"'
                where = attribute_place(reading, token, key)
                message = f'"{key}" chooses from a file, but no file is named; it is ignored'
                reading.warning("L214", message, where, remedy)


def _include(reading: Reading, token: Token, name: str) -> None:
    place = attribute_place(reading, token, "include")
    if token.content.strip():
        remedy = "delete one of them: the code between the fences, or include="
        message = "this fence has code and an included file; the code is printed"
        reading.warning("L213", message, place, remedy)
        return
    path = posixpath.normpath(posixpath.join(posixpath.dirname(place.file), name))
    try:
        text = reading.context.read(path)
    except BookError as problem:
        helps = [help_ for finding in problem.findings for help_ in finding.helps]
        message = f"{problem.findings[0].message}; its path is printed in the listing"
        report = reading.error if problem.findings[0].code == "M003" else reading.warning
        report("L210", message, place, *helps)
        token.content = f"{name}\n"
        return
    except OSError:
        message = f'"{name}" cannot be read; its path is printed in the listing'
        reading.warning("L210", message, place, "put the file there, or correct the path")
        token.content = f"{name}\n"
        return
    reading.files.append(path)
    lines = _chosen(reading, token, text.removesuffix("\n").split("\n"))
    if not any(line.strip() for _, line in lines):
        message = "the included lines are empty; their path is printed"
        reading.warning("L216", message, place, "choose other lines, or fill the file")
        token.content = f"{name}\n"
    else:
        _fill(reading, token, path, _dedented(reading, token, lines))


def _fill(reading: Reading, token: Token, path: str, lines: Lines) -> None:
    code = code_of(token)
    ending = posixpath.splitext(path)[1].removeprefix(".").lower()
    language = code.language if token.meta["named"] else code_language(ending) or code.language
    token.meta["named"] = token.meta["named"] or language is not code.language
    numbers = tuple(number for number, _ in lines)
    token.meta["code"] = replace(code, file=path, numbers=numbers, language=language)
    token.content = "".join(f"{text}\n" for _, text in lines)


def _chosen(reading: Reading, token: Token, text: Sequence[str]) -> Lines:
    """Return the chosen lines without the marks of anchors; all of them if none are chosen."""
    pairs = code_of(token).attributes.pairs
    lines = list(enumerate(text, 1))
    if "anchor" in pairs and "lines" in pairs:
        where = attribute_place(reading, token, "lines")
        reading.warning("L214", "a fence has both anchor and lines; the anchor counts", where, "keep one of them")
    if "anchor" in pairs:
        return _anchored(reading, token, lines, pairs["anchor"])
    if "lines" in pairs:
        found = line_range(pairs["lines"], len(lines))
        if found is None:
            where = attribute_place(reading, token, "lines")
            message = f'"{pairs["lines"]}" is not a range of the file\'s lines (1 to {len(lines)}); all are printed'
            reading.warning("L212", message, where, f"choose from them: lines=1-{len(lines)}, or lines=1-")
        else:
            lines = [lines[index] for index in found]
    return _without_marks(lines)


def _without_marks(lines: Lines) -> Lines:
    return [(number, line) for number, line in lines if not _ANCHOR.search(line)]


def _anchored(reading: Reading, token: Token, lines: Lines, name: str) -> Lines:
    found: Lines = []
    state = "before"
    for number, line in lines:
        match = _ANCHOR.search(line)
        if match is None:
            found += [(number, line)] if state == "inside" else []
        elif match["name"] == name:
            state = "after" if match["end"] else "inside"
    if state == "after":
        return found
    where = attribute_place(reading, token, "anchor")
    if state == "inside":
        remedy = f"write ANCHOR_END: {name} in a comment where it ends"
        message = f'the anchor "{name}" is never closed; it continues to the end of the file'
        reading.warning("L211", message, where, remedy)
        return found
    known = [match["name"] for _, line in lines if (match := _ANCHOR.search(line)) and not match["end"]]
    near = get_close_matches(name, known, 1)
    remedy = f'did you mean "{near[0]}"?' if near else f"write ANCHOR: {name} and ANCHOR_END: {name} in comments there"
    message = f'the file has no anchor "{name}"; the whole file is printed'
    reading.warning("L211", message, where, remedy, meant=(name, near[0]) if near else ("", ""))
    return _without_marks(lines)


def _dedented(reading: Reading, token: Token, lines: Lines) -> Lines:
    """Remove the indent that all lines share (`dedent=auto`), or so many columns of it."""
    wanted = code_of(token).attributes.pairs.get("dedent", "0")
    texts = [text for _, text in lines]
    if wanted == "auto":
        texts = textwrap.dedent("\n".join(texts)).split("\n")
    elif wanted.isdecimal():
        texts = [text[min(int(wanted), len(text) - len(text.lstrip())) :] for text in texts]
    else:
        where = attribute_place(reading, token, "dedent")
        message = f'"{wanted}" is not a number of columns, and is ignored'
        reading.warning("L215", message, where, "write dedent=auto, or dedent=4")
    return [(number, text) for (number, _), text in zip(lines, texts, strict=True)]


EXTENSION = Extension(
    "excerpts",
    syntax,
    {},
    {
        "L210": """A fence includes a file that does not exist, is outside the book's folder or is not text. The path
starts from the folder of the file with the fence.""",
        "L211": """A fence includes a part of a file by an anchor that the file does not have, or never closes. An
anchor is a pair of comments in the file, `ANCHOR: name` and `ANCHOR_END: name`; the lines between them are printed, the
comments are not.""",
        "L212": """A fence includes lines of a file that the file does not have: it was shortened, or the range was
mistyped. An anchor moves with the code and is safer than numbers.""",
        "L213": """A fence includes a file and has code of its own as well. Only the code is printed.""",
        "L214": """`anchor`, `lines` and `dedent` choose from an included file. Without `include` there is nothing to
choose from, and an anchor and a range of lines exclude each other.""",
        "L215": """`dedent` removes the indent that all lines have in common (`auto`), or so many columns of it.""",
        "L216": """The part of a file that a fence includes has only empty lines, or anchor marks, which are not
printed.""",
    },
)
