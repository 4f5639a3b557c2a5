"""The state of the desk -> JSON for the browser."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from compositor.errors import as_json, in_order
from compositor.live.values import Glanced, Seen, Sheets
from compositor.model import Finding


def seen_of(seen: Seen) -> dict[str, object]:
    """Return the book as it was read."""
    edits = [asdict(one) for one in seen.edits]
    return {
        "good": seen.good, "title": seen.title, "language": seen.language, "build": seen.build, "edits": edits,
        "looks": seen.looks, "remark": seen.remark,
    }  # fmt: skip


def chapters_of(
    seen: Seen, glanced: Glanced | None, sheets: Sheets | None, findings: Iterable[Finding]
) -> list[dict[str, object]]:
    """Return each source file: its place, its length, its findings, and whether it has changed."""
    words = dict(glanced.words) if glanced is not None else {}
    changed = glanced.changed if glanced is not None else None
    pages = Counter(page.unit for page in sheets.pages) if sheets is not None else None
    said = Counter((one.place.file, one.severity) for one in findings)
    return [
        {
            **asdict(one),
            "words": words.get(one.file),
            "pages": pages[one.key] if pages is not None else None,
            "errors": said[one.file, "error"],
            "warnings": said[one.file, "warning"],
            "changed": one.file in changed if changed is not None else None,
        }
        for one in seen.chapters
    ]


def findings_of(findings: Iterable[Finding]) -> list[object]:
    """Return findings, errors first, then by place."""
    ordered = sorted(in_order(findings), key=lambda one: one.severity == "warning")
    return [json.loads(as_json(one)) for one in ordered]


def sheets_of(sheets: Sheets) -> dict[str, object]:
    """Return all pages: sheet, page of it, printed number, unit, side, file and line of what begins on it."""
    pages: Sequence[Sequence[object]] = [
        (one.sheet, one.page, one.folio, one.unit, one.side, one.file, one.line) for one in sheets.pages
    ]
    return {"pages": pages, "build": sheets.build, "backward": sheets.backward}


def event(kind: str, what: Mapping[str, object]) -> str:
    """Return an event as it is sent to one listener."""
    return f"event: {kind}\ndata: {json.dumps(what, ensure_ascii=False)}\n\n"
