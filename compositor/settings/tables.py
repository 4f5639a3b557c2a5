"""The tables of book.toml: dataclasses that pydantic validates."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Strict, TypeAdapter

from compositor.model import (
    Callout,
    Limits,
    Metadata,
    Paper,
    Preliminaries,
    Review,
    SampleEnvironment,
    SampleLanguage,
    Samples,
)
from compositor.settings import identifiers, publication, rules, style_rules


def _hyphenated(name: str) -> str:
    return name.replace("_", "-")


CONFIG = ConfigDict(extra="forbid", alias_generator=_hyphenated, str_strip_whitespace=True)


@dataclass(frozen=True, slots=True)
class ListedChapter:
    """A chapter or an appendix as `[order]` lists it; a bare file name is one without sections."""

    __pydantic_config__ = CONFIG

    file: str
    """Its file, by its path in the book's folder."""
    sections: tuple[str, ...] = ()
    """The files of its sections, in order."""


FontFiles = Annotated[tuple[str, ...], BeforeValidator(rules.one_or_more)]


def with_file(value: object) -> object:
    """Turn a bare file name into the equivalent table."""
    return {"file": value} if isinstance(value, str) else value


Listed = Annotated[ListedChapter, BeforeValidator(with_file)]


@dataclass(frozen=True, slots=True)
class ListedPart:
    """A part as `[[order.parts]]` lists it: it has a title or a file of its own."""

    __pydantic_config__ = CONFIG

    title: str = ""
    """Its title, if it has no file."""
    file: str = ""
    """A file whose heading is its title."""
    chapters: tuple[Listed, ...] = ()
    """The files of its chapters, in order."""


@dataclass(frozen=True, slots=True)
class Order:
    """The order of the book, if the numbers in the file names do not give it."""

    __pydantic_config__ = CONFIG

    front: tuple[str, ...] = ()
    """Files before the first chapter: a preface."""
    chapters: tuple[Listed, ...] | None = None
    """Files of the chapters; without them, the numbers in the file names give the order."""
    parts: tuple[ListedPart, ...] | None = None
    """Parts with their chapters, instead of `chapters`."""
    appendices: tuple[Listed, ...] = ()
    """Files of the appendices."""
    back: tuple[str, ...] = ()
    """Files after all others: glossary, index, colophon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFonts:
    """The book's own font files, `[fonts]`: for each family, weights and slants."""

    __pydantic_config__ = CONFIG

    text: FontFiles = ()
    """Running text."""
    display: FontFiles = ()
    """Titles."""
    small: FontFiles = ()
    """Notes and running heads."""
    label: FontFiles = ()
    """Headings, captions and tables."""
    code: FontFiles = ()
    """Code."""
    fallback: FontFiles = ()
    """For letters that no other font has, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalloutKind(Callout):
    """A kind of callout, `[callouts.question]`: the book's own, or a built-in one with another title."""

    __pydantic_config__ = CONFIG

    title: Annotated[str, AfterValidator(rules.called)]
    icon: Annotated[str, AfterValidator(rules.icon)] = ""
    colour: Annotated[str, AfterValidator(style_rules.style_declaration)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEnvironment(SampleEnvironment):
    """An environment that commands run in, as `[samples.environments.NAME]` describes it."""

    __pydantic_config__ = CONFIG


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLanguage(SampleLanguage):
    """The commands for a language, as `[samples.languages.NAME]` gives them; NAME is `bash`, or `"sql.pg"`."""

    __pydantic_config__ = CONFIG

    check: tuple[Annotated[str, AfterValidator(rules.command_word)], ...] = ()
    run: tuple[Annotated[str, AfterValidator(rules.command_word)], ...] = ()
    timeout: Annotated[int, Strict(), AfterValidator(rules.seconds)] = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSamples(Samples):
    """The table `[samples]`: how much of the code must be checked, and by which commands."""

    __pydantic_config__ = CONFIG

    least_checked: Annotated[int, Strict(), AfterValidator(rules.percent)] = 0
    least_run: Annotated[int, Strict(), AfterValidator(rules.percent)] = 0
    environments: dict[Annotated[str, AfterValidator(rules.environment_name)], ListedEnvironment] = field(
        default_factory=dict
    )
    """Environments for the commands, by name."""
    languages: dict[str, ListedLanguage] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages(Preliminaries):
    """The generated pages before the text."""

    __pydantic_config__ = CONFIG

    cover: Annotated[bool, Strict()] = True
    half_title: Annotated[bool, Strict()] = True
    lists: Annotated[int, Strict(), AfterValidator(rules.threshold)] = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPaper(Paper):
    """The table `[print]`: what a printer asks of the PDF."""

    __pydantic_config__ = CONFIG

    bleed: Annotated[str, AfterValidator(rules.bleed)] = ""
    crop_marks: Annotated[bool, Strict()] = False
    interior: Annotated[bool, Strict()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedReview(Review):
    """The table `[accessibility-review]`: the people who checked the EPUB."""

    __pydantic_config__ = CONFIG

    by: Annotated[str, AfterValidator(rules.reviewer)]
    date: Annotated[datetime.date, Strict()]
    report: Annotated[str, AfterValidator(rules.web_address)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLimits(Limits):
    """The table `[limits]`: how much of a machine the work on the book may use."""

    __pydantic_config__ = CONFIG

    memory: Annotated[str, AfterValidator(rules.memory)] = "4 GB"
    reading: Annotated[int, Strict(), AfterValidator(rules.time_limit)] = 60
    seconds: Annotated[int, Strict(), AfterValidator(rules.time_limit)] = 600


Codes = Annotated[tuple[Annotated[str, AfterValidator(rules.code)], ...], BeforeValidator(rules.one_or_more)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedStrict:
    """The table `[strict]`: which warnings stop this book."""

    __pydantic_config__ = CONFIG

    everything: Annotated[bool, Strict()] = False
    """Whether every warning stops the book."""
    codes: Codes = ()
    """Codes of the warnings that stop it, or prefixes of codes."""
    tolerate: Codes = ()
    """Codes of those that stay warnings anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File(Metadata):
    """The whole of book.toml; fields of Metadata are repeated here if a rule is added to their type."""

    __pydantic_config__ = CONFIG

    format: Annotated[int, Strict(), AfterValidator(rules.readable_format)]
    """The form of this file: 1."""
    title: Annotated[str, AfterValidator(rules.named)]
    authors: tuple[Annotated[str, AfterValidator(rules.nonempty)], ...] = ()
    file_as: tuple[str, ...] = ()
    date: Annotated[str, BeforeValidator(publication.publication_date)] = ""
    series_index: Annotated[float | None, AfterValidator(publication.place_in_series)] = None
    keywords: tuple[Annotated[str, AfterValidator(rules.nonempty)], ...] = ()
    language: Annotated[str, AfterValidator(rules.spoken)] = "en"
    slug: Annotated[str, AfterValidator(rules.file_name)] = ""
    first_chapter: Annotated[int, Strict(), AfterValidator(rules.counted)] = 1
    numbered_levels: Annotated[int, Strict(), AfterValidator(rules.levels)] = 3
    numbered_parts: Annotated[bool, Strict()] = True
    drafts: Annotated[bool, Strict()] = True
    resample: Annotated[bool, Strict()] = True
    identifiers: dict[
        Annotated[str, AfterValidator(rules.format_name)], Annotated[str, AfterValidator(identifiers.identifier)]
    ] = field(default_factory=dict)
    repository: Annotated[str, AfterValidator(publication.public_address)] = ""
    website: Annotated[str, AfterValidator(publication.public_address)] = ""
    accessibility_review: ListedReview | None = None
    changes_since: str = ""
    """The revision of its repository, such as a tag, since which the page "What is new" lists the changes."""
    theme: Annotated[str, AfterValidator(rules.theme_name)] = "default"
    """The theme to use."""
    order: Order = Order()
    pages: Pages = Pages()
    print: ListedPaper = ListedPaper()
    style: dict[
        Annotated[str, AfterValidator(style_rules.style_name)],
        Annotated[str, BeforeValidator(style_rules.style_value), AfterValidator(style_rules.style_declaration)],
    ] = field(default_factory=dict)
    """Properties of the theme that this book changes, without their two hyphens."""
    fonts: ListedFonts = ListedFonts()
    callouts: dict[Annotated[str, AfterValidator(rules.callout_name)], CalloutKind] = field(default_factory=dict)
    """Callouts of its own, or built-in ones with another title."""
    variables: dict[str, Any] = field(default_factory=dict)
    """Values that a text may name instead of writing them."""
    data: dict[Annotated[str, AfterValidator(rules.variable_name)], str] = field(default_factory=dict)
    """Data files whose values a text may name: name, and path."""
    bibliography: Annotated[tuple[str, ...], BeforeValidator(rules.one_or_more)] = ()
    """Bibliography files."""
    citation_style: str = "ieee"
    """A built-in style, or a CSL file of the book."""
    tolerate: Codes = ()
    """The former place of `[strict] tolerate`."""
    strict: ListedStrict = field(default_factory=ListedStrict)
    samples: ListedSamples = field(default_factory=ListedSamples)
    limits: ListedLimits = field(default_factory=ListedLimits)


LISTED = (
    Order, ListedPart, ListedChapter, ListedSamples, ListedEnvironment, ListedLanguage, ListedPaper, ListedReview,
    ListedLimits, Pages, CalloutKind,
)  # fmt: skip
"""The classes of tables that settings contain as they were read."""


@cache
def validator() -> TypeAdapter[File]:
    """Return the validator for tomllib's tables; keys have hyphens where fields have underscores. It is slow."""
    return TypeAdapter(File)
