"""Data for the templates of the site about a page: its address, its neighbours, and its downloads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The page before another one, or after it."""

    href: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file that readers can download."""

    href: str
    kind: str
    """`PDF`, `EPUB`."""
    size: str
    """`1.4 MB`."""


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page of the site."""

    file: str
    """`endpoints.html`."""
    title: str
    description: str = ""
    unit: str = ""
    """The key of the source file that it shows; empty on generated pages."""
    website: str = ""
    """Where the site will be published, with a slash at its end; empty if unknown."""
    address: str = ""
    """The full address of the page, if known."""
    picture: str = ""
    """The cover, from the site's folder."""
    edit: str = ""
    """Where its source can be edited; empty if the book names no repository."""
    previous: Neighbour | None = None
    next: Neighbour | None = None
    downloads: tuple[Download, ...] = ()
    """The other files of the same build."""
