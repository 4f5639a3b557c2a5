"""MDX -> HTML that Markdown may contain: `<img src={require('./a.png').default} />`, `<Link to="/x">`, `import`.

Values that a program would compute are left out; text between tags stays. Source: https://mdxjs.com/docs/what-is-mdx/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from compositor.markdown.extension import Extension
from compositor.markdown.reading import reading_of

_FENCE = re.compile(
    r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*(?P<marks>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)", re.MULTILINE
)
_INDENTED = re.compile(r"(?: {4}|\t)[ \t]*\S")
_SPACE, _BRACE = re.compile(r"\s*"), re.compile(r"[{}]")
_IMPORT = re.compile(r"import\s+(?:[\w$*{][\w$*{},\s]*\sfrom\s+)?(?:\"[^\"\n]+\"|'[^'\n]+')[ \t]*;?\s*\Z")
_EXPORT = re.compile(
    r"export\s+(?:(?:const|let|var)\s+[\w$]+\s*=|(?:default\s+)?(?:async\s+)?function\b"
    r"|default\s+(?:[({]|\w+\(|\w+\s*;?\s*$)|\*|\{)"
)
MOST_LINES = 200
"""Most lines of an import or an export."""
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
"""Component -> its element."""
TITLED, KNOWN = "TabItem", ("Tabs", "TabItem", "Admonition", "Listing", "Link")
"""The component with a line above its content, and those recognised by name."""
_TITLED = re.compile(r"^[ \t]*<[A-Z][\w.]*\s[^<>]*\btitle=", re.MULTILINE)
DEEPEST = 20
"""Depth of nested braces."""
LONGEST = 4000
"""Letters of a tag; a longer one is a program."""


def syntax(md: MarkdownIt) -> None:
    """This runs before anything is read, as in MDX; line numbers do not change."""
    md.core.ruler.before("normalize", "mdx", read_components)


def read_components(state: StateCore) -> None:
    """Turn components into elements, outside code."""
    if any(sign in state.src for sign in ("={", "<Link", "{/*", "import ", "export ")) or _TITLED.search(state.src):
        titled, is_mdx = set[str](), reading_of(state).source.path.lower().endswith(".mdx")
        made = list[str]()
        for text, is_code in _parts(state.src):
            pieces = [(text, True)] if is_code else _apart(_without_modules(text), is_mdx)
            made += (piece if is_kept else _marked(piece, titled, is_mdx) for piece, is_kept in pieces)
        state.src = "".join(made)


def _parts(source: str) -> Iterator[tuple[str, bool]]:
    """Yield runs of lines, and whether they are a fence."""
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


def _apart(text: str, is_mdx: bool) -> Iterator[tuple[str, bool]]:
    """Yield runs of lines, and whether they are indented code, which MDX does not have."""
    run: list[str] = []
    before, in_code = "", False
    for line in text.splitlines(keepends=True):
        is_code = not is_mdx and _INDENTED.match(line) is not None and (in_code or not before.strip())
        if is_code != in_code and line.strip():
            yield "".join(run), in_code
            run, in_code = [], is_code
        run.append(line)
        before = line
    yield "".join(run), in_code


def _without_modules(text: str) -> str:
    """Return the text without imports and exports, whose lines become empty."""
    lines = text.split("\n")
    opened = [sum(map(line.count, "([{")) - sum(map(line.count, ")]}")) for line in lines]
    for start, line in enumerate(lines):
        if line.startswith(("import ", "export ")) and (end := _end_of_module(lines, opened, start)):
            lines[start:end] = [""] * (end - start)
    return "\n".join(lines)


def _end_of_module(lines: list[str], opened: list[int], start: int) -> int:
    """Return the line after an import or an export that begins here; 0 if it is ordinary text.

    `opened`: how many brackets each line opens and does not close.
    """
    is_export, depth = _EXPORT.match(lines[start]) is not None, 0
    for end in range(start + 1, min(len(lines), start + MOST_LINES) + 1):
        depth += opened[end - 1]
        is_last = end == len(lines) or not lines[end].strip()
        if depth <= 0 and (is_last if is_export else _IMPORT.match("\n".join(lines[start:end]))):
            return end
        if not is_export and (is_last or depth <= 0):
            break
    return 0


def _marked(text: str, titled: set[str], is_mdx: bool) -> str:
    """Return the text with elements for components, without comments, and in MDX with strings instead of braces.

    `titled`: components that have shown a title, which is a line above their content.
    """
    made: list[str] = []
    at, last = 0, text.rfind("*/}")
    while (match := _SPECIAL.search(text, at)) is not None:
        made.append(text[at : match.start()])
        piece, at = match[0], match.end()
        if match["name"]:
            piece, at = _tag(text, match, titled)
        elif match["remark"] and at <= last:
            end = text.index("*/}", at)
            piece, at = "\n" * text.count("\n", at, end), end + 3
        elif is_mdx and (match["said"] is not None or match["words"] is not None):
            piece = match["said"] or match["words"] or ""
        made.append(piece)
    return "".join([*made, text[at:]])


def _tag(text: str, match: re.Match[str], titled: set[str]) -> tuple[str, int]:
    """Return the tag as HTML, and where it ends; unchanged if it is not of MDX."""
    written, name = match["name"], ELEMENTS.get(match["name"], match["name"].replace(".", ""))
    if match["close"] and written in titled:
        name = TITLED
    found = list[tuple[str, str]]()
    at, is_theirs = match.end(), name != written
    while at < min(len(text), match.start() + LONGEST):
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        if text.startswith((">", "/>"), at):
            end = at + (1 if text[at] == ">" else 2)
            if title := _title(text, match, found):
                titled |= {written} if text[at] == ">" else set()
                name, found, is_theirs = TITLED, [("label", title)], True
            if not is_theirs:
                return text[match.start() : end], end
            return _written(match["close"] + name, found, text[at:end], text.count("\n", match.start(), end)), end
        if text.startswith("{", at):
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
    """Return the title that a component shows above its content, if it begins a line and is not an element of HTML."""
    is_component = match["name"][0].isupper() and match["name"] not in KNOWN and not match["close"]
    before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    return "" if not is_component or before.strip() else next((value for key, value in found if key == "title"), "")


def _closed(text: str, start: int) -> int:
    """Return where the braces that open here end."""
    depth = 0
    for match in _BRACE.finditer(text, start, min(len(text), start + LONGEST)):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.end()
        if depth > DEEPEST:
            break
    return len(text)


def _said(name: str, value: str) -> str:
    """Return a value in braces if it is a string, a number, a path or a style; empty otherwise."""
    if name == "style":
        rules = ((one["key"], one["said"] or f"{one['number']}px") for one in _RULE.finditer(value))
        return ";".join(f"{re.sub('([A-Z])', lambda up: '-' + up[0].lower(), key)}:{said}" for key, said in rules)
    match = _VALUE.match(value)
    return "" if match is None else match["double"] or match["single"] or match["tick"] or match["number"] or ""


def _written(name: str, found: list[tuple[str, str]], end: str, lines: int) -> str:
    """Return the tag over as many lines as in the source, as far as it has places for line ends."""
    said = [f'{NAMES.get(key, key)}="{escape(value)}"' for key, value in found if value]
    gaps = ["\n" if number < lines else " " for number in range(len(said))]
    return f"<{name}{''.join(gap + one for gap, one in zip(gaps, said, strict=True))}{end}" + "\n" * (lines - len(said))


EXTENSION = Extension("mdx", syntax)
