"""Changes -> one self-contained page of HTML: insertions are underlined, deletions struck through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from compositor.changes.comparing import Change, Changes, numbers_of
from compositor.changes.passages import Section

STYLE = """
:root { color-scheme: light dark }
body { max-width: 42em; margin: 2em auto; padding: 0 1em; font: 1em/1.6 Georgia, serif }
h1, h2, .what, .sum { font-family: system-ui, sans-serif }
h1 { overflow-wrap: anywhere }
h2 { margin-top: 2em; font-size: 1.2em }
.what { display: block; font-size: 0.8em; opacity: 0.75 }
.change { margin: 1em 0; padding-left: 1em; border-left: 3px solid }
.inserted { border-color: #1a7f37 } .deleted { border-color: #cf222e }
.changed { border-color: #9a6700 } .moved { border-color: #0969da }
ins { background: #1a7f3733; text-decoration: underline }
del { background: #cf222e33; text-decoration: line-through }
pre { overflow-x: auto; font: 0.85em/1.5 ui-monospace, monospace }
"""
TAGS = {"=": ("", ""), "+": ("<ins>", "</ins>"), "-": ("<del>", "</del>")}


def as_html(changes: Changes, title: str, language: str, pages: Mapping[str, str]) -> str:
    """Return the page; `title` says of what, from when and to when."""
    counted = "; ".join(f"{name}: {count:,}" for name, count in numbers_of(changes).items())
    body = "".join(part for section, inside in changes.sections for part in _section(changes, section, inside, pages))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<h1>{escape(title)}</h1>\n<p class="sum">{counted}</p>\n'
        f'<div lang="{escape(language)}">\n{body}</div>\n</main>\n</body>\n</html>\n'
    )


def _section(
    changes: Changes, section: Section, inside: tuple[Change, ...], pages: Mapping[str, str]
) -> Iterator[str]:
    page = f", page {pages[section.anchor]}" if pages.get(section.anchor) else ""
    gone = ", no longer there" if section.anchor in changes.gone else ""
    yield f"<h2>{escape(section.name)}{escape(page)}{gone}</h2>\n"
    yield from map(_change, inside)


def _change(change: Change) -> str:
    tag = "pre" if change.what == "listing" else "p"
    marks = {"inserted": "+", "deleted": "-"}
    signs = ((marks.get(change.kind, sign), text) for sign, text in change.pieces)
    words = "".join(f"{TAGS[sign][0]}{escape(text)}{TAGS[sign][1]}" for sign, text in signs)
    what = f'<span class="what">{escape(_what(change))}</span>'
    return f'<div class="change {change.kind}">{what}<{tag}>{words}</{tag}></div>\n'


def _what(change: Change) -> str:
    if change.origin is None:
        return f"{change.what}, {change.kind}"
    if change.kind == "moved" and change.what == "heading":
        return "heading, moved"
    same = change.origin.anchor == change.section.anchor
    return f"{change.what}, moved {'within the section' if same else f'here from {change.origin.name}'}"
