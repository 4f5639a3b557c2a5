"""The book's own `styles/epub.css` -> rules that override a reader's choice, or are lost in some reading systems.

Source of the rules: E1, E5 and E14 of docs/epub-rules.md; tests apply them to the theme's own sheets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tinycss2

from compositor.errors import warning
from compositor.model import Finding, Place
from compositor.theme import OWN, Theme

NAME = "epub.css"
_TEXT = re.compile(r"(?:html|body|section|div|p|li)")
_CHOICES = ("background", "background-color", "color", "font", "font-family")
_SIZES = ("font-size", "line-height")
_FIXED = re.compile(r"\d(?:px|pt|pc|cm|mm|in)\b")
_NOT_ON_KINDLE = {"position": ("static", "relative"), "float": ("none",)}
_UNKNOWN = re.compile(r"[$^*]=|:(?:not|nth)|~(?!=)")


@dataclass(frozen=True, slots=True)
class _Declaration:
    selector: str
    name: str
    value: str
    line: int


def check_own_sheet(theme: Theme) -> Iterator[Finding]:
    """A rule in the book's style sheet for the EPUB overrides its readers' choices, or does not work everywhere.

    Readers choose font, size, line spacing and colours of running text, and the background; rules for `body`, `p` and
    similar elements override that choice. Kindle does not support positions, floats and negative margins. MuPDF drops
    the whole style sheet because of one unknown selector, such as `:not()`.
    """
    for layer, text in theme.sheets(NAME):
        if layer.name == OWN:
            rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
            faults = {fault: one.line for one in reversed(list(_declarations(rules))) if (fault := _fault(one))}
            for (message, remedy), line in reversed(faults.items()):
                yield warning("E015", message, Place(f"styles/{NAME}", line), remedy)


def _declarations(rules: list[Any]) -> Iterator[_Declaration]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selector = " ".join(tinycss2.serialize(rule.prelude).split())
            for one in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                if one.type == "declaration":
                    value = tinycss2.serialize(one.value).strip()
                    yield _Declaration(selector, one.lower_name, value, one.source_line)
        elif rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in ("media", "supports"):
            yield from _declarations(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


def _fault(one: _Declaration) -> tuple[str, str] | None:
    """Return what is wrong, and the remedy."""
    written = f'"{one.name}: {one.value}"'
    is_text = any(_TEXT.fullmatch(part.strip()) for part in one.selector.split(","))
    if is_text and (one.name in _CHOICES or (one.name in _SIZES and _FIXED.search(one.value))):
        return f"{written} of running text is the reader's choice", "set it on a class of your own"
    if one.name in _NOT_ON_KINDLE and one.value not in _NOT_ON_KINDLE[one.name]:
        return f"Kindle does not support {written}", "leave the element where it is in the text"
    if one.name.startswith("margin") and re.search(r"(?:^|\s)-", one.value):
        return f"Kindle does not support negative margins, {written}", "use a smaller margin"
    if _UNKNOWN.search(one.selector):
        return f'MuPDF drops the style sheet for the selector "{one.selector}"', "use a class instead"
    return None
