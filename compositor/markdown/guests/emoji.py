"""`:tada:` -> the character that web pages show for it; a word between colons that is none of these stays as it is.

Source: the names that GitHub and Python-Markdown's extensions give to characters of Unicode.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from compositor.markdown.extension import Extension

NAMES = {
    **{"smile": "😄", "grin": "😁", "joy": "😂", "wink": "😉", "blush": "😊", "thinking": "🤔", "cry": "😢"},
    **{"heart": "❤", "star": "⭐", "fire": "🔥", "rocket": "🚀", "tada": "🎉", "sparkles": "✨", "zap": "⚡"},
    **{"+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎", "clap": "👏", "wave": "👋", "eyes": "👀"},
    **{"warning": "⚠", "x": "❌", "white_check_mark": "✅", "heavy_check_mark": "✔", "no_entry": "⛔"},
    **{"bulb": "💡", "book": "📖", "books": "📚", "memo": "📝", "bug": "🐛", "wrench": "🔧", "hammer": "🔨"},
    **{"information_source": "ℹ", "question": "❓", "exclamation": "❗", "lock": "🔒", "key": "🔑", "link": "🔗"},
    **{"arrow_right": "➡", "arrow_left": "⬅", "arrow_up": "⬆", "arrow_down": "⬇", "octocat": "🐙", "snake": "🐍"},
}
_NAME = re.compile(r":(?P<name>[a-z0-9_+-]+):")


def syntax(md: MarkdownIt) -> None:
    """Within a line, never in code."""
    md.inline.ruler.before("escape", "emoji", emoji)


def emoji(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: the character is part of the text round it."""
    match = _NAME.match(state.src, state.pos) if state.src[state.pos] == ":" else None
    if match is None or match["name"] not in NAMES:
        return False
    if not silent:
        state.pending += NAMES[match["name"]]
    state.pos = match.end()
    return True


EXTENSION = Extension("emoji", syntax)
