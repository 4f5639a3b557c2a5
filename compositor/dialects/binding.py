"""Settings + a tree of files -> Manuscript: every file read once, drafts left out, bibliography and variables read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from compositor.dialects.bibliography import read_bibliography
from compositor.dialects.data import read_data
from compositor.dialects.desk import Desk
from compositor.dialects.entries import entries, kept
from compositor.dialects.numbers import Planned
from compositor.dialects.order import walk
from compositor.folder.paths import locate
from compositor.language import language_for
from compositor.language.typography import curled
from compositor.model import Entry, Finding, Manuscript, Metadata, Source
from compositor.settings import Settings

NO_BOOK = frozenset({"M016"})
"""Codes after which nothing more can be said about a tree: a file twice, no chapters."""


def bind(
    desk: Desk, settings: Settings, tree: Sequence[Planned], extensions: frozenset[str]
) -> tuple[Manuscript | None, tuple[Finding, ...]]:
    """Return the manuscript and everything found in the folder; None if the book cannot be put together at all."""
    metadata = _with_cover(settings, desk)
    for file in walk(tree):
        if file.path and file.path not in desk.texts:
            desk.open(file.path, file.place)
    left = kept(tree, desk, settings)
    variables, faults = read_data(settings, desk.given)
    desk.findings += faults
    bibliography, faults = read_bibliography(settings, desk.cited)
    desk.findings += faults
    findings = desk.report()
    if not _whole(left, desk.texts) or any(finding.code in NO_BOOK for finding in findings):
        return None, findings
    told = replace(settings, metadata=metadata)
    manuscript = _manuscript(desk, told, entries(left, desk.texts, set()), extensions)
    name = settings.places.file
    ours = Source(name, desk.texts.get(name, ""), "")
    return replace(manuscript, settings=ours, variables=variables, bibliography=bibliography), findings


def _with_cover(settings: Settings, desk: Desk) -> Metadata:
    """Return the metadata without a missing cover; a path out of the folder stays an error."""
    asked = settings.metadata.cover
    if not asked:
        return settings.metadata
    _, findings = locate(desk.folder, asked, settings.place("cover"), desk.names)
    for one in findings:
        told = f"{one.message}, and a cover is made"
        desk.findings.append(replace(one, severity="warning", message=told) if one.code != "M003" else one)
    return replace(settings.metadata, cover="") if findings else settings.metadata


def _whole(tree: Iterable[Planned], texts: Mapping[str, str]) -> bool:
    """Return whether every file was read. With other faults, such as a gap, the book can still be checked further."""
    return all(file.path in texts for file in walk(tree) if file.path)


def _manuscript(desk: Desk, settings: Settings, made: tuple[Entry, ...], extensions: frozenset[str]) -> Manuscript:
    return Manuscript(
        folder=desk.folder,
        metadata=_typographic(settings.metadata),
        entries=made,
        extensions=extensions,
        style=settings.style,
        callouts=settings.callouts,
        fonts=settings.fonts,
        style_places={name: settings.place(f"style.{name}") for name in settings.style},
        theme=settings.theme,
        samples=settings.samples,
        limits=settings.limits,
        strictness=settings.strictness,
        sample_places=settings.places.below("samples"),
        changes_since=settings.changes_since,
        changes_place=settings.place("changes-since"),
        preliminaries=settings.preliminaries,
        paper=settings.paper,
    )


def _typographic(metadata: Metadata) -> Metadata:
    """Return the titles with the quotation marks of the language, like titles in a chapter."""
    words = language_for(metadata.language)
    return replace(metadata, title=curled(metadata.title, words), subtitle=curled(metadata.subtitle, words))
