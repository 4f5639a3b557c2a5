"""Manuscript -> the same without an unusable cover: Compositor then makes one, and reports that."""

from __future__ import annotations

from dataclasses import replace

from compositor.assemble.pictures import picture_fault, picture_file
from compositor.errors import warning
from compositor.model import Finding, Manuscript, Place


def with_usable_cover(manuscript: Manuscript) -> tuple[Manuscript, tuple[Finding, ...]]:
    """Return the manuscript, and what is wrong with its cover."""
    name = manuscript.metadata.cover
    file = picture_file(manuscript.folder, name) if name else None
    fault = picture_fault(file) if file is not None else ""
    if not fault:
        return manuscript, ()
    message = f'the cover "{name}" {fault}; a cover is made from the theme'
    told = warning("C102", message, Place("book.toml"), "export it again, as JPEG or PNG")
    return replace(manuscript, metadata=replace(manuscript.metadata, cover="")), (told,)
