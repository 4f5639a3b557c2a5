"""Samples + [samples] -> calls: which command gets which samples, per chapter or one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from compositor.markdown.code.languages import code_language
from compositor.model import SampleLanguage, Samples
from compositor.samples.fences import Sample
from compositor.settings.rules import FILE

Kind = Literal["check", "run"]
KINDS: tuple[Kind, ...] = ("check", "run")
EXCEPTION: Mapping[Kind, str] = {"check": "nocheck", "run": "norun"}
"""The attribute with which a sample excludes itself, and gives the reason."""


@dataclass(frozen=True, slots=True)
class Call:
    """One start of a command."""

    kind: Kind
    name: str
    """The language in book.toml: `bash`, `sql.pg`."""
    language: SampleLanguage
    samples: tuple[Sample, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The command, as book.toml gives it."""
        return self.language.check if self.kind == "check" else self.language.run

    @property
    def chapter(self) -> str:
        """The file of the book that all its samples are printed in."""
        return self.samples[0].fence.chapter

    @property
    def one_by_one(self) -> bool:
        """Whether it gets one sample, so that all of its output belongs to this sample."""
        return any(FILE in word for word in self.words)


def name_for(sample: Sample, languages: Mapping[str, SampleLanguage]) -> str:
    """Return the language of book.toml for this sample: the one with the most classes; empty for none."""
    best, most = "", -1
    for name in languages:
        language, *classes = name.split(".")
        fits = canonical(language) == sample.fence.language and set(classes) <= set(sample.fence.classes)
        if fits and len(classes) > most:
            best, most = name, len(classes)
    return best


def canonical(name: str) -> str:
    """Return Compositor's name of a language: `bash` for `sh`."""
    known = code_language(name.lower())
    return known.name if known is not None else name.lower()


def calls(samples: Sequence[Sample], settings: Samples) -> Iterator[Call]:
    """Yield every call that the book asks for, in the order of the chapters; excluded samples are in none."""
    for (_, name), group in _grouped(samples, settings).items():
        language = settings.languages[name]
        for kind in KINDS:
            wanted = tuple(sample for sample in group if sample.fence.without(EXCEPTION[kind]) is None)
            call = Call(kind, name, language, wanted)
            if not call.words or not wanted:
                continue
            if call.one_by_one:
                yield from (Call(kind, name, language, (sample,)) for sample in wanted)
            else:
                yield call


def _grouped(samples: Sequence[Sample], settings: Samples) -> dict[tuple[str, str], list[Sample]]:
    groups: dict[tuple[str, str], list[Sample]] = {}
    for sample in samples:
        name = name_for(sample, settings.languages)
        if name:
            groups.setdefault((sample.fence.chapter, name), []).append(sample)
    return groups
