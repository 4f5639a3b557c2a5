"""Metadata -> addresses on the web: of the pages of the site, and of the sources for editing; the sitemap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from markupsafe import escape

from compositor.model import Book, Unit

PATH = "{path}"
"""The placeholder for the path of a file in the address of a repository."""
FORMS = (
    (re.compile(r"(/[^/]+/[^/]+)/tree/(.+)"), r"\1/edit/\2/"),
    (re.compile(r"(/.+)/-/tree/(.+)"), r"\1/-/edit/\2/"),
    (re.compile(r"(/[^/]+/[^/]+)/src/branch/(.+)"), r"\1/_edit/\2/"),
    (re.compile(r"(/[^/]+/[^/]+)"), r"\1/blob/HEAD/"),
)
"""Address of a folder on GitHub, GitLab, Forgejo or Gitea -> address of the pages where its files are edited.

For a repository without a named branch: the page of GitHub that shows a file and has an edit button.
"""


def website_of(book: Book) -> str:
    """Return where the site will be published, with a slash at the end; empty if unknown."""
    given = book.metadata.website
    return f"{given.rstrip('/')}/" if given else ""


def edit_address(book: Book, unit: Unit) -> str:
    """Return the page on which the source of a unit can be edited; empty if the book does not name a repository."""
    given, path = book.metadata.repository, quote(unit.chapter.source.path)
    if unit.chapter.source.is_made:
        return ""
    if PATH in given or not given:
        return given.replace(PATH, path)
    parts = urlsplit(given)
    shown = parts.path.rstrip("/").removesuffix(".git")
    for form, edited in FORMS:
        if form.fullmatch(shown):
            return f"{parts.scheme}://{parts.netloc}{form.sub(edited, shown)}{path}"
    return ""


def sitemap(book: Book, names: Iterable[str]) -> bytes:
    """Return the pages of the site for search engines, with the edition's date. Source: sitemaps.org, protocol 0.9."""
    day = f"<lastmod>{book.edition.date:%Y-%m-%d}</lastmod>" if book.edition.dated else ""
    lines = (f"<url><loc>{escape(website_of(book) + quote(name))}</loc>{day}</url>\n" for name in names)
    opening = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{opening}{''.join(lines)}</urlset>\n".encode()
