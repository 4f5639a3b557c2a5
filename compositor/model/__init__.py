"""The types that travel between the stages: plain frozen values, no behaviour beyond small look-ups.

Paths are POSIX strings relative to the book's folder, lines and columns count from 1, lengths on paper are points.
"""

from compositor.model.book import Book, Cited, ContentsEntry, Edition, ListedWork, Target, Unit
from compositor.model.chapter import (
    Anchor,
    Chapter,
    Citation,
    Cite,
    Image,
    Inclusion,
    Kind,
    Note,
    Reference,
    behind_title,
    inclusion_at,
)
from compositor.model.findings import Finding, Meant, Place, Severity, Strictness
from compositor.model.limits import Limits
from compositor.model.manuscript import (
    FREE_EDGE,
    Bibliography,
    Callout,
    Entry,
    Fonts,
    FrontMatter,
    Manuscript,
    Metadata,
    Paper,
    Preliminaries,
    Review,
    Role,
    Source,
    Work,
)
from compositor.model.pages import Measure, Medium, Page, PageMap, PageStart, plain_letters
from compositor.model.samples import SampleEnvironment, SampleLanguage, Samples

__all__ = [
    "FREE_EDGE",
    "Anchor",
    "Bibliography",
    "Book",
    "Callout",
    "Chapter",
    "Citation",
    "Cite",
    "Cited",
    "ContentsEntry",
    "Edition",
    "Entry",
    "Finding",
    "Fonts",
    "FrontMatter",
    "Image",
    "Inclusion",
    "Kind",
    "Limits",
    "ListedWork",
    "Manuscript",
    "Meant",
    "Measure",
    "Medium",
    "Metadata",
    "Note",
    "Page",
    "PageMap",
    "PageStart",
    "Paper",
    "Place",
    "Preliminaries",
    "Reference",
    "Review",
    "Role",
    "SampleEnvironment",
    "SampleLanguage",
    "Samples",
    "Severity",
    "Source",
    "Strictness",
    "Target",
    "Unit",
    "Work",
    "behind_title",
    "inclusion_at",
    "plain_letters",
]
