"""Code -> explanation: the tables of all modules that find something, in one."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from importlib import import_module

from compositor import assemble, backmatter, checks, dialects, edition, markdown, samples, theme
from compositor.checks import finished
from compositor.formats import FORMATS, cover, files, siblings
from compositor.settings.explanations import EXPLANATIONS as SETTINGS

TABLES = (
    SETTINGS,
    dialects.EXPLANATIONS,
    markdown.EXPLANATIONS,
    assemble.EXPLANATIONS,
    backmatter.EXPLANATIONS,
    checks.EXPLANATIONS,
    finished.EXPLANATIONS,
    theme.EXPLANATIONS,
    edition.EXPLANATIONS,
    *(getattr(import_module(format_.module), "EXPLANATIONS", {}) for format_ in FORMATS),
    cover.EXPLANATIONS,
    files.EXPLANATIONS,
    siblings.EXPLANATIONS,
    samples.EXPLANATIONS,
)


def explanations() -> Mapping[str, str]:
    """Every code of the press, sorted, with what it means and what mends it, as one paragraph."""
    merged = ChainMap(*(dict(table) for table in TABLES))
    return {code: " ".join(merged[code].split()) for code in sorted(merged)}
