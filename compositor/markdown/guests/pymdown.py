"""PyMdown's signs within a line: `==marked==`, `^^inserted^^`, `++ctrl+c++`, `:material-icon:`, `{++CriticMarkup++}`.

Source: https://facelessuser.github.io/pymdown-extensions/. An icon only repeats the words, and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from compositor.markdown.attributes import Attributes
from compositor.markdown.extension import Extension

_PAIR = re.compile(r"(?P<sign>==|\^\^)(?P<words>(?=[^\s=^])(?:(?!(?P=sign))[^`])+?(?<=\S))(?P=sign)")
_KEYS = re.compile(r"\+\+(?P<keys>(?:[a-z0-9-]+|\"[^\"+]+\")(?:\+(?:[a-z0-9-]+|\"[^\"+]+\"))*)\+\+")
_ICON = re.compile(r":(?:material|octicons|fontawesome|simple|custom)-[a-z0-9-]+:(?:\{[^{}\n]*\})?")
_CRITIC = re.compile(
    r"\{(?:\+\+(?P<added>[^{}]+?)\+\+|--(?P<gone>[^{}]+?)--|==(?P<marked>[^{}]+?)==|>>[^{}]*?<<"
    r"|~~(?P<old>[^{}]+?)~>(?P<new>[^{}]*?)~~)\}"
)
_TAGS = {"==": "mark", "^^": "ins"}
Rule = Callable[[StateInline, re.Match[str]], None]
NAMES = {"ctrl": "Ctrl", "del": "Del", "esc": "Esc", "cmd": "Cmd", "page-up": "Page Up", "page-down": "Page Down"}
"""Keys whose printed name is not their name with a capital."""


def syntax(md: MarkdownIt) -> None:
    """This runs before all rules that read the same signs."""
    for name, rule in (("pymdown_critic", critic), ("pymdown_icon", icon), ("pymdown_pair", pair)):
        md.inline.ruler.before("escape", name, rule)
    md.inline.ruler.before("escape", "pymdown_keys", keys)


def _matched(state: StateInline, silent: bool, pattern: re.Pattern[str], make: Rule) -> bool:
    match = pattern.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        make(state, match)
    state.pos = match.end()
    return True


def pair(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: marked and inserted words."""
    return _matched(state, silent, _PAIR, lambda state, match: _span(state, match, "words", _TAGS[match["sign"]]))


def icon(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: an icon is removed, with the space after it if there is one before it too."""
    if not _matched(state, silent, _ICON, lambda state, match: None):
        return False
    before = state.pending[-1:] if not silent else " "
    if before in ("", " ", "\n") and state.src[state.pos : state.pos + 1] == " ":
        state.pos += 1
    return True


def keys(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: keys that are pressed together."""
    return _matched(state, silent, _KEYS, _push_keys)


def _push_keys(state: StateInline, match: re.Match[str]) -> None:
    names = (NAMES.get(name, name.strip('"').replace("-", " ").title()) for name in match["keys"].split("+"))
    token = state.push("keys", "kbd", 0)
    token.content, token.meta = "+".join(names), {"offset": match.start(), "attributes": Attributes(classes=("kbd",))}


def critic(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: an editor's changes; comments are left out."""
    return _matched(state, silent, _CRITIC, _push_critic)


def _push_critic(state: StateInline, match: re.Match[str]) -> None:
    for group in ("gone", "old"):
        if match[group]:
            state.push("s_open", "s", 1)
            _inside(state, match.span(group))
            state.push("s_close", "s", -1)
    for group, tag in (("added", "ins"), ("new", "ins"), ("marked", "mark")):
        if match[group]:
            _span(state, match, group, tag)


def _span(state: StateInline, match: re.Match[str], group: str, tag: str) -> None:
    token = state.push("span_open", tag, 1)
    token.meta = {"offset": match.start(), "attributes": Attributes(classes=(tag,))}
    _inside(state, match.span(group))
    state.push("span_close", tag, -1)


def _inside(state: StateInline, span: tuple[int, int]) -> None:
    """Put the words between two places, with the tokens in them."""
    old, limit = state.pos, state.posMax
    state.pos, state.posMax = span
    state.md.inline.tokenize(state)
    state.pos, state.posMax = old, limit


EXTENSION = Extension("pymdown", syntax)
