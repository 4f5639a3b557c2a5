"""Changes -> lines for a terminal: `[-gone-]`, `{+new+}`, and the neighbouring words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compositor.changes.comparing import Change, Changes, numbers_of

AROUND = 6
"""Words that are shown on each side of a change."""
LONG = 60
"""Words of a passage that is shown whole if all of it was inserted, deleted or moved."""
SIGNS: Mapping[str, str] = {"inserted": "+", "deleted": "-", "changed": "~", "moved": ">"}


def as_lines(changes: Changes, pages: Mapping[str, str]) -> Iterator[str]:
    """Yield the changes section by section; `pages` is the page of each heading, if known."""
    for section, inside in changes.sections:
        where = f" (page {pages[section.anchor]})" if pages.get(section.anchor) else ""
        gone = ", which is no longer there" if section.anchor in changes.gone else ""
        yield f"{section.name}{where}{gone}"
        for change in inside:
            for number, line in enumerate(_said(change).split("\n")):
                yield f"  {SIGNS[change.kind] if not number else ' '} {line}"
        yield ""
    yield "; ".join(f"{name}: {count:,}" for name, count in numbers_of(changes).items())


def _said(change: Change) -> str:
    if change.what == "listing":
        marks = {"=": "    ", "+": "  + ", "-": "  - "}
        parts = (marks[sign] + line for sign, text in change.pieces for line in text.rstrip("\n").split("\n"))
        return "\n".join([f"listing{_origin(change)}:", *parts])
    kind = "" if change.what in ("paragraph", "block") else f"{change.what}: "
    if change.kind != "changed":
        return f"{kind}{_origin(change)}{_shortened(change.pieces[0][1])}"
    last = len(change.pieces) - 1
    return kind + "".join(_piece(sign, text, not number, number == last) for number, (sign, text) in
                          enumerate(change.pieces)).strip()  # fmt: skip


def _origin(change: Change) -> str:
    if change.origin is None:
        return ""
    if change.what == "heading":
        return "from elsewhere: "
    same = change.origin.anchor == change.section.anchor
    return "from elsewhere in this section: " if same else f"from {change.origin.name}: "


def _shortened(text: str) -> str:
    words = text.split()
    return text if len(words) <= LONG else f"{' '.join(words[:LONG])} …"


def _piece(sign: str, text: str, first: bool, last: bool) -> str:
    if sign != "=":
        return f"{{+{text.strip()}+}} " if sign == "+" else f"[-{text.strip()}-] "
    words = text.split()
    head, tail = ([] if first else words[:AROUND]), ([] if last else words[-AROUND:])
    if len(words) <= len(head) + len(tail):
        return f"{' '.join(words)} "
    return f"{' '.join([*head, '…', *tail])} "
