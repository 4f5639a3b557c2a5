"""Names of boxes and tabs in other tools -> the tokens of a callout, and of a title with its content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from compositor.markdown.reading import Context
from compositor.markdown.text.callouts import callout_meta

KINDS = {
    **dict.fromkeys(("note", "info", "information", "notes", "seealso", "primary", "secondary", "default"), "note"),
    **dict.fromkeys(("abstract", "summary", "tldr", "question", "help", "faq", "example", "quote", "cite"), "note"),
    **dict.fromkeys(("todo", "aside", "details", "admonition", "topic", "sidebar", "versionadded"), "note"),
    **dict.fromkeys(("tip", "hint", "success", "check", "done"), "tip"),
    **dict.fromkeys(("important", "key"), "important"),
    **dict.fromkeys(("warning", "attention", "warn", "deprecated"), "warning"),
    **dict.fromkeys(("caution", "danger", "error", "failure", "fail", "missing", "bug", "fatal"), "caution"),
    **dict.fromkeys(("exercise", "challenge", "exercises"), "exercise"),
}
"""Name of a box in another tool -> our kind of callout."""
AS_TITLE = ("abstract", "summary", "question", "faq", "example", "quote", "todo", "bug", "exercise")
"""Kinds more specific than ours, so that their name is the title of a box without one."""

TITLE = "tab-title"
"""The class of the line above the content of a tab."""
WITHOUT_BOX = frozenset(("tab-set", "tab-set-code", "grid", "only", "div", "container", "margin", "tabs", "steps"))
"""Blocks of web pages that are not shown on paper."""
TABS = frozenset(("tab-item", "tab", "card", "grid-item-card", "tabitem", "dropdown", "collapse", "code-group"))
"""Blocks that are stacked, each below its title."""


def opening(kind: str, title: str, like: Token, context: Context) -> list[Token]:
    """Return the beginning of a callout: its kind is one of `KINDS`, or any other word, which becomes its title."""
    name = kind.lower()
    ours = KINDS.get(name, "note")
    says_more = name not in KINDS or (name in AS_TITLE and name != ours)
    own = title.strip() or (name.capitalize() if says_more else "")
    meta = callout_meta(ours, context)
    made = [
        Token("callout_open", "aside", 1, meta=meta),
        Token("callout_title_open", "p", 1),
        Token("inline", "", 0, content=own, children=[]),
        Token("callout_title_close", "p", -1),
    ]
    for token, deeper in zip(made, (0, 1, 2, 1), strict=True):
        token.block, token.level = True, like.level + deeper
        token.map = list(like.map) if like.map else None
    return made


def closing(like: Token) -> Token:
    """Return the end of a callout."""
    return Token("callout_close", "aside", -1, level=like.level, block=True)


def title_paragraph(words: str, like: Token) -> list[Token]:
    """Return a line of strong words, such as the title of a tab."""
    made = paragraph(f"**{words}**", like)
    made[0].attrs["class"] = TITLE
    return made


def paragraph(content: str, like: Token) -> list[Token]:
    """Return a paragraph with these words of Markdown."""
    level = like.level
    inline = Token("inline", "", 0, content=content, children=[], level=level + 1, map=like.map, block=True)
    return [
        Token("paragraph_open", "p", 1, level=level, map=like.map, block=True),
        inline,
        Token("paragraph_close", "p", -1, level=level, block=True),
    ]


def nested(state: StateBlock, lines: tuple[int, int], name: str, title: str, indent: int) -> None:
    """Parse the blocks between two lines, with a token before and after them."""
    start, last = lines
    opening = state.push("box_open", "div", 1)
    opening.info, opening.map, opening.meta = name, [start, last], {"title": title.strip()}
    inside(state, start + 1, last, indent)
    state.push("box_close", "div", -1)


def inside(state: StateBlock, first: int, last: int, indent: int = 0) -> None:
    """Parse the blocks of some lines, without the others."""
    old_parent, old_max, old_indent = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "blockquote", last, state.blkIndent + indent
    state.md.block.tokenize(state, first, last)
    state.parentType, state.lineMax, state.blkIndent = old_parent, old_max, old_indent


@dataclass(slots=True)
class Boxes:
    """The open boxes while blocks are walked through; each ends at the latest with its container."""

    context: Context
    open: list[tuple[Token, int]] = field(default_factory=list)
    """The beginning of each, and the level at which it was written."""

    def begin(self, like: Token, kind: str, title: str) -> Iterator[Token]:
        """Yield the beginning of a box."""
        written = like.level
        like.level += len(self.open)
        made = opening(kind, title, like, self.context)
        self.open.append((made[0], written))
        yield from made

    def end(self) -> Iterator[Token]:
        """Yield the end of the innermost box, if one is open."""
        if self.open:
            yield closing(self.open.pop()[0])

    def inside(self, token: Token) -> Iterator[Token]:
        """Yield any other block, one level deeper for each box; boxes that were never closed end before it."""
        while self.open and token.nesting < 0 and token.level < self.open[-1][1]:
            yield from self.end()
        token.level += len(self.open)
        yield token

    def ends(self) -> list[Token]:
        """Return the ends of all boxes that are still open."""
        return [token for _ in tuple(self.open) for token in self.end()]
