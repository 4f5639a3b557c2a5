"""Code -> explanation: the tables of all modules that find something, in one."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from importlib import import_module

from compositor import assemble, dialects, markdown, samples, theme
from compositor.assemble import edition
from compositor.checks import finished, sources
from compositor.fence import EXPLANATIONS as FENCE
from compositor.folder import paths, text
from compositor.formats import FORMATS
from compositor.formats.epub import cover
from compositor.formats.writing import files, siblings
from compositor.settings.explanations import EXPLANATIONS as SETTINGS

TABLES = (
    SETTINGS,
    paths.EXPLANATIONS,
    text.EXPLANATIONS,
    dialects.EXPLANATIONS,
    markdown.EXPLANATIONS,
    assemble.EXPLANATIONS,
    sources.EXPLANATIONS,
    finished.EXPLANATIONS,
    theme.EXPLANATIONS,
    edition.EXPLANATIONS,
    *(getattr(import_module(format_.module), "EXPLANATIONS", {}) for format_ in FORMATS),
    cover.EXPLANATIONS,
    files.EXPLANATIONS,
    FENCE,
    siblings.EXPLANATIONS,
    samples.EXPLANATIONS,
)


def explanations() -> Mapping[str, str]:
    """Every code of the press, sorted, with what it means and what mends it, as one paragraph."""
    merged = ChainMap(*(dict(table) for table in TABLES))
    return {code: " ".join(merged[code].split()) for code in sorted(merged)}
