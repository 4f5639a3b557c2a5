"""MDX -> HTML that Markdown may hold: `<img src={require('./a.png').default} />`, `<Link to="/x">`, `import`.

Values that a program would give are left out, and what stands between tags stays.
Source: https://mdxjs.com/docs/what-is-mdx/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from compositor.markdown.extension import Extension

_FENCE = re.compile(r"[ \t>]*(?P<marks>`{3,}|~{3,})(?P<info>[^\n]*)")
_IMPORT = re.compile(r"import\s+(?:[\w$*{][\w$*{},\s]*\sfrom\s+)?(?:\"[^\"\n]+\"|'[^'\n]+')[ \t]*;?\s*\Z")
_EXPORT = re.compile(
    r"export\s+(?:(?:const|let|var)\s+[\w$]+\s*=|(?:default\s+)?(?:async\s+)?function\b"
    r"|default\s+(?:[({]|\w+\(|\w+\s*;?\s*$)|\*|\{)"
)
MOST_LINES = 200
"""Lines that an import or an export may go over."""
_SPECIAL = re.compile(
    r"(?P<code>`+)(?!`).*?(?<!`)(?P=code)(?!`)|<(?P<close>/?)(?P<name>[A-Za-z][\w.-]*)|(?P<remark>\{/\*)"
    r"|\{[ ]*(?:'(?P<said>[^'\n{}]*)'|\"(?P<words>[^\"\n{}]*)\")[ ]*\}",
    re.DOTALL,
)
_NAME = re.compile(r"\s*(?P<name>[A-Za-z_][\w:.-]*)(?P<has>\s*=\s*)?")
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_VALUE = re.compile(
    r"\{\s*(?:[\w.]+\(\s*)?(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'|`(?P<tick>[^`$]*)`|(?P<number>[\d.]+))\s*\)?"
)
_RULE = re.compile(r"(?P<key>[A-Za-z]+)\s*:\s*(?:[\"'](?P<said>[^\"']*)[\"']|(?P<number>\d+))")
NAMES = {"className": "class", "htmlFor": "for", "to": "href"}
ELEMENTS = {"Link": "a"}
"""Component -> the element that it makes."""
TITLED, KNOWN = "TabItem", ("Tabs", "TabItem", "Admonition", "Listing", "Link")
"""The component that has a line above what it holds, and those that are known by their names."""
_TITLED = re.compile(r"^[ \t]*<[A-Z][\w.]*\s[^<>]*\btitle=", re.MULTILINE)
LONGEST = 4000
"""Letters of a tag; what is longer is a program."""


def syntax(md: MarkdownIt) -> None:
    """Before anything is read, as MDX does; lines stay where they are."""
    md.core.ruler.before("normalize", "mdx", read_components)


def read_components(state: StateCore) -> None:
    """The source in which components are elements, outside of code."""
    if any(sign in state.src for sign in ("={", "<Link", "{/*", "import ", "export ")) or _TITLED.search(state.src):
        parts, titled = _parts(state.src), set[str]()
        state.src = "".join(text if is_code else _marked(_without_modules(text), titled) for text, is_code in parts)


def _parts(source: str) -> Iterator[tuple[str, bool]]:
    """Runs of lines, and whether they are a fence."""
    run: list[str] = []
    marks = ""
    for line in source.splitlines(keepends=True):
        fence = _FENCE.match(line)
        if marks:
            run.append(line)
            if fence and fence["marks"].startswith(marks) and not fence["info"].strip():
                yield "".join(run), True
                run, marks = [], ""
        elif fence:
            yield "".join(run), False
            run, marks = [line], fence["marks"]
        else:
            run.append(line)
    yield "".join(run), bool(marks)


def _without_modules(text: str) -> str:
    """The text without imports and exports, whose lines are empty then."""
    lines = text.split("\n")
    for start, line in enumerate(lines):
        if line.startswith(("import ", "export ")) and (end := _end_of_module(lines, start)):
            lines[start:end] = [""] * (end - start)
    return "\n".join(lines)


def _end_of_module(lines: list[str], start: int) -> int:
    """The line behind an import or an export that begins here; 0 where these are words."""
    is_export = _EXPORT.match(lines[start]) is not None
    for end in range(start + 1, min(len(lines), start + MOST_LINES) + 1):
        whole = "\n".join(lines[start:end])
        is_last = end == len(lines) or not lines[end].strip()
        if _IMPORT.match(whole) or (is_export and is_last and not _is_open(whole)):
            return end
        if is_last and not is_export:
            break
    return 0


def _is_open(text: str) -> bool:
    return any(text.count(one) > text.count(other) for one, other in ("()", "{}", "[]"))


def _marked(text: str, titled: set[str]) -> str:
    """The text with elements for components, the words of strings in braces, and no remarks.

    `titled`: components that have shown a title, which is a line above what they hold.
    """
    made: list[str] = []
    at = 0
    while (match := _SPECIAL.search(text, at)) is not None:
        made.append(text[at : match.start()])
        piece, at = match[0], match.end()
        if match["name"]:
            piece, at = _tag(text, match, titled)
        elif match["remark"] and (end := text.find("*/}", at)) >= 0:
            piece, at = "\n" * text.count("\n", at, end), end + 3
        elif match["said"] is not None or match["words"] is not None:
            piece = match["said"] or match["words"] or ""
        made.append(piece)
    return "".join([*made, text[at:]])


def _tag(text: str, match: re.Match[str], titled: set[str]) -> tuple[str, int]:
    """A tag as HTML has it, and where it ends; as it is written where it is none of MDX."""
    written, name = match["name"], ELEMENTS.get(match["name"], match["name"].replace(".", ""))
    if match["close"] and written in titled:
        name = TITLED
    found = list[tuple[str, str]]()
    at, is_theirs = match.end(), name != written
    while at < min(len(text), match.start() + LONGEST):
        rest = text[at:].lstrip()
        at = len(text) - len(rest)
        if rest.startswith((">", "/>")):
            end = at + (1 if rest[0] == ">" else 2)
            if title := _title(text, match, found):
                titled |= {written} if rest[0] == ">" else set()
                name, found, is_theirs = TITLED, [("label", title)], True
            if not is_theirs:
                return text[match.start() : end], end
            return _written(match["close"] + name, found, text[at:end], text.count("\n", match.start(), end)), end
        if rest.startswith("{"):
            at, is_theirs = _closed(text, at), True
            continue
        attribute = _NAME.match(text, at)
        if attribute is None:
            break
        at = attribute.end()
        value = ""
        if attribute["has"] and text.startswith("{", at):
            end, is_theirs = _closed(text, at), True
            value, at = _said(attribute["name"], text[at:end]), end
        elif attribute["has"] and (string := _STRING.match(text, at)):
            value, at = string[0][1:-1], string.end()
        elif attribute["has"]:
            break
        found.append((attribute["name"], value))
    return match[0], match.end()


def _title(text: str, match: re.Match[str], found: list[tuple[str, str]]) -> str:
    """The title that a component shows above what it holds, where it begins a line and is no element of HTML."""
    is_component = match["name"][0].isupper() and match["name"] not in KNOWN and not match["close"]
    before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    return "" if not is_component or before.strip() else next((value for key, value in found if key == "title"), "")


def _closed(text: str, start: int) -> int:
    """Where braces end that open here."""
    depth = 0
    for at in range(start, min(len(text), start + LONGEST)):
        depth += (text[at] == "{") - (text[at] == "}")
        if not depth:
            return at + 1
    return len(text)


def _said(name: str, value: str) -> str:
    """A value in braces that is a string, a number, a path or a style; empty where it is anything else."""
    if name == "style":
        rules = ((one["key"], one["said"] or f"{one['number']}px") for one in _RULE.finditer(value))
        return ";".join(f"{re.sub('([A-Z])', lambda up: '-' + up[0].lower(), key)}:{said}" for key, said in rules)
    match = _VALUE.match(value)
    return "" if match is None else match["double"] or match["single"] or match["tick"] or match["number"] or ""


def _written(name: str, found: list[tuple[str, str]], end: str, lines: int) -> str:
    """The tag over as many lines as it was written in, as far as it has places for their ends."""
    said = [f'{NAMES.get(key, key)}="{escape(value)}"' for key, value in found if value]
    gaps = ["\n" if number < lines else " " for number in range(len(said))]
    return f"<{name}{''.join(gap + one for gap, one in zip(gaps, said, strict=True))}{end}" + "\n" * (lines - len(said))


EXTENSION = Extension("mdx", syntax)
