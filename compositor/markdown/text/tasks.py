"""Task lists: `- [ ] to do` and `- [x] done`, as on GitHub."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension, Rendering

_BOX = re.compile(r"\[(?P<mark>[ xX])\]\s+(?=\S)")


def syntax(md: MarkdownIt) -> None:
    """The box is removed from the text before the text is parsed."""
    md.core.ruler.before("inline", "tasks", find_tasks)
    md.core.ruler.after("inline", "task_boxes", put_boxes)


def find_tasks(state: StateCore) -> None:
    """Mark list items that begin with a box, and the lists that contain them."""
    lists: list[Token] = []
    for i, token in enumerate(state.tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "inline" and state.tokens[i - 2].type == "list_item_open":
            match = _BOX.match(token.content)
            if match is not None:
                token.meta["box"] = "☑" if match["mark"] in "xX" else "☐"
                token.content = token.content[match.end() :]
                state.tokens[i - 2].attrs["class"] = "task"
                lists[-1].attrs["class"] = "tasks"


def put_boxes(state: StateCore) -> None:
    """Make the box the first child of the item's text."""
    for token in state.tokens:
        if "box" in token.meta:
            box = Token("checkbox", "", 0, content=token.meta["box"])
            token.children = [box, *(token.children or [])]


def checkbox(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render a box as a character: unlike a form field, it is printed, read aloud, and copied."""
    mark = tokens[index].content
    done = rendering.words.task_done if mark == "☑" else rendering.words.task_open
    return f'<span class="checkbox" role="img" aria-label="{done}">{mark}</span> '


EXTENSION = Extension("tasks", syntax, {"checkbox": checkbox})
