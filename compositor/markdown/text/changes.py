"""The content of the page "What is new": inserted and deleted words, and the section that they are in.

No author writes these tokens: `compositor/changes/chapter.py` makes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markdown_it.token import Token

from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.references.reference_groups import on_page
from compositor.markdown.references.references import link_to


def open_(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<ins>` or `<del>`, with a word for those who do not see the style."""
    token = tokens[index]
    said = rendering.words.changes["inserted" if token.tag == "ins" else "deleted"]
    return f"<{token.tag}{attributes({'data-said': said})}>"


def section(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render number and title of a section, as a link, and its page; only the words if the book no longer has it."""
    name = tokens[index].meta["target"]
    target = rendering.book.targets.get(name)
    if target is None:
        return escape(tokens[index].content, quote=False)
    page = on_page(name, rendering) if tokens[index].meta["page"] else ""
    return link_to(name, f"{target.number} {target.anchor.title}".strip(), rendering) + page


EXTENSION = Extension(
    "changes", render={"inserted_open": open_, "deleted_open": open_, "changed_section": section}
)
