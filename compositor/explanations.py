"""Code -> explanation: the tables of all modules that report findings, in one."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module

import click

from compositor import assemble, dialects, markdown, samples, theme
from compositor.assemble import edition
from compositor.changes import news
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
    news.EXPLANATIONS,
    *(getattr(import_module(format_.module), "EXPLANATIONS", {}) for format_ in FORMATS),
    cover.EXPLANATIONS,
    files.EXPLANATIONS,
    FENCE,
    siblings.EXPLANATIONS,
    samples.EXPLANATIONS,
)


def explanations() -> Mapping[str, str]:
    """Return every code, sorted, with one paragraph on what it means and how to fix it."""
    merged = ChainMap(*(dict(table) for table in TABLES))
    return {code: " ".join(merged[code].split()) for code in sorted(merged)}


def explained(code: str) -> str:
    """Return the explanation in lines. Raises BadParameter, with the most similar code, if the code does not exist."""
    known = explanations()
    wanted = code.strip("[]").upper()
    if wanted not in known:
        near = get_close_matches(wanted, known, 1, 0.5)
        hint = f" Did you mean {near[0]}?" if near else f" They run from {min(known)} to {max(known)}."
        raise click.BadParameter(f"there is no code {code!r}.{hint}", param_hint="CODE")
    return click.wrap_text(f"{wanted}: {known[wanted]}", width=88)
