"""Metadata -> addresses on the web: of the pages of the site, of the sources where they can be edited; the sitemap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from markupsafe import escape

from compositor.model import Book, Unit

PATH = "{path}"
"""In the address of a repository, the place of the path of a file."""
FORMS = (
    (re.compile(r"(/[^/]+/[^/]+)/tree/(.+)"), r"\1/edit/\2/"),
    (re.compile(r"(/.+)/-/tree/(.+)"), r"\1/-/edit/\2/"),
    (re.compile(r"(/[^/]+/[^/]+)/src/branch/(.+)"), r"\1/_edit/\2/"),
    (re.compile(r"(/[^/]+/[^/]+)"), r"\1/blob/HEAD/"),
)
"""Path of a folder as GitHub, GitLab, and Forgejo or Gitea show it -> of the pages on which its files are edited.

A repository as a whole, whose main branch is not named: the page of GitHub that shows a file and has a button for it.
"""


def website_of(book: Book) -> str:
    """Where the site will stand, with a stroke at the end; empty where nobody has said it."""
    given = book.metadata.website
    return f"{given.rstrip('/')}/" if given else ""


def edit_address(book: Book, unit: Unit) -> str:
    """The page on which the source of a unit can be edited; empty where the book does not say where it lies."""
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
    """The pages of the site for search engines, with the date of the edition. Source: sitemaps.org, protocol 0.9."""
    day = f"<lastmod>{book.edition.date:%Y-%m-%d}</lastmod>" if book.edition.dated else ""
    lines = (f"<url><loc>{escape(website_of(book) + quote(name))}</loc>{day}</url>\n" for name in names)
    opening = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{opening}{''.join(lines)}</urlset>\n".encode()
