"""What the templates of the site are told of a page: where it stands, what is before it, behind it and with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The page before another one, or behind it."""

    href: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file that readers can take away."""

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
    """The key of the source file that it shows; empty on pages that no author writes."""
    website: str = ""
    """Where the site will stand, with a stroke at its end; empty where nobody has said it."""
    address: str = ""
    """The whole address of the page, where that is known."""
    picture: str = ""
    """The cover, from the site's folder."""
    edit: str = ""
    """Where its source can be edited; empty where the book names no repository."""
    previous: Neighbour | None = None
    next: Neighbour | None = None
    downloads: tuple[Download, ...] = ()
    """The other files of the same build."""
