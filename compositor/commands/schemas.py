"""The name of a kind of settings -> its JSON Schema, as a text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from compositor.model import FrontMatter
from compositor.settings.notes import field_notes
from compositor.settings.schema import DIALECT, book_schema, compositor_schema

SCALAR = ["string", "number", "boolean"]
"""Types that YAML may read from a line of text; Compositor takes all of them as they are written."""


def front_matter_schema() -> dict[str, Any]:
    """Return the schema of what may be between the `---` lines of a chapter, including keys of other tools."""
    from compositor.markdown.book.front_matter import KEYS, SILENT  # `init` needs no parser

    notes = field_notes(FrontMatter)
    said = {one.name: {"description": notes[one.name]} if one.name in notes else {} for one in KEYS.values()}
    keys = {key: {"type": "boolean" if one.type == "bool" else SCALAR, **said[one.name]} for key, one in KEYS.items()}
    others = {key: {"description": "For other tools; it has no meaning here."} for key in sorted(SILENT)}
    return {
        "$schema": DIALECT,
        "title": "Front matter",
        "description": "The settings of a chapter file between its `---` lines.",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {**keys, **others},
    }


SCHEMAS: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "book": book_schema,
    "compositor": compositor_schema,
    "front-matter": front_matter_schema,
}
"""The names that the command uses."""


def schema_text(name: str) -> str:
    """Return a schema as the text of a file, without the last line end."""
    return json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2)
