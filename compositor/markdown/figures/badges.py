"""Badges of a project's page on the web, such as `[![build](https://img.shields.io/…)](…)`: left out, and told once.

So is a picture for dark grounds, `![](a.png#only-dark)`, of which there is one for light grounds; that is not told.
Sources: GitHub's documentation, "Specifying the theme an image is shown to"; Material for MkDocs, "Images".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.extension import Extension
from compositor.markdown.reading import place_of, reading_of, walk
from compositor.model import Place

HOSTS = (
    *("shields.io", "badge.fury.io", "badgen.net", "badges.gitter.im", "badge.buildkite.com", "badges.greenkeeper.io"),
    *("travis-ci.org", "travis-ci.com", "ci.appveyor.com", "circleci.com", "codecov.io", "coveralls.io", "snyk.io"),
    *("david-dm.org", "isitmaintained.com", "deps.rs", "zenodo.org", "api.netlify.com", "mybinder.org"),
    *("deepwiki.com", "api.codacy.com", "app.codacy.com", "codeclimate.com", "opencollective.com"),
    *("bettercodehub.com", "requires.io", "sonarcloud.io", "pepy.tech", "static.pepy.tech", "badge.waffle.io"),
    *("readthedocs.org", "readthedocs.com", "colab.research.google.com", "bestpractices.coreinfrastructure.org"),
)
"""Servers that have badges, with those below them: what is called so there, or is a drawing."""
CALLED = ("badge", "status.svg", "status.png", "shield", "button")
"""What stands in the path of a badge on a server that has other pictures as well."""
FILES = ("badge", "badge.svg", "badge.png")
"""What a badge is called on whatever server."""
DARK, LIGHT = ("only-dark", "gh-dark-mode-only"), ("only-light", "gh-light-mode-only")
"""What stands behind the address of a picture for one ground."""
ALWAYS = ("shields.io", "badgen.net", "badge.fury.io", "badges.gitter.im", "codecov.io", "coveralls.io", "pepy.tech")


def syntax(md: MarkdownIt) -> None:
    """Before pictures are looked at."""
    md.core.ruler.before("figures", "badges", leave_out)


def leave_out(state: StateCore) -> None:
    """Take badges out, with the links around them and with paragraphs that hold nothing else."""
    places: list[Place] = []
    pictures = [token for token in walk(state.tokens) if token.type == "image"]
    if reading_of(state).of_guest and any(_ground(one) in LIGHT for one in pictures):
        for picture in pictures:
            picture.meta["for_dark"] = _ground(picture) in DARK
    for token in walk(state.tokens):
        line = token.children or []
        if any(child.type == "image" and _goes(child) for child in line):
            token.children = list(_without(line, places))
            token.meta["emptied"] = not any(child.content.strip() or not _is_space(child) for child in token.children)
    state.tokens = list(_without_empty(state.tokens))
    if places:
        what = "a badge of the web is" if len(places) == 1 else f"{len(places)} badges of the web are"
        remedy = "delete them; readers find them on the web page of the project"
        reading_of(state).warning("L147", f"{what} left out", places[0], remedy)


def _ground(image: Token) -> str:
    return str(image.attrs.get("src", "")).rpartition("#")[2]


def _goes(image: Token) -> bool:
    return bool(image.meta.get("for_dark")) or is_badge(image)


def is_badge(image: Token) -> bool:
    """Whether a picture lies on a server of badges, or is called one."""
    try:
        parts = urlsplit(str(image.attrs.get("src", "")))
    except ValueError:
        return False
    host, path = (parts.hostname or "").lower(), parts.path.lower()
    is_one = any(host == name or host.endswith(f".{name}") for name in ALWAYS)
    is_one = is_one or (bool(host) and path.rpartition("/")[2] in FILES)
    called = any(word in path for word in CALLED)
    known = host == "github.com" or any(host == name or host.endswith(f".{name}") for name in HOSTS)
    return is_one or (known and called) or (known and host != "github.com" and path.endswith(".svg"))


def _without(line: Sequence[Token], places: list[Place]) -> Iterator[Token]:
    """A line without badges, and without links around nothing else."""
    position = 0
    while position < len(line):
        end = _end(line, position)
        if end > position:
            places += (place_of(token) for token in line[position:end] if token.type == "image" and is_badge(token))
        else:
            yield line[position]
        position = max(end, position + 1)


def _end(line: Sequence[Token], start: int) -> int:
    """Behind the badge that begins here, or the link around it; where none does, the start."""
    if line[start].type == "image" and _goes(line[start]):
        return start + 1
    if line[start].type != "link_open":
        return start
    end = next(i for i in range(start, len(line)) if line[i].type == "link_close")
    inside = [token for token in line[start + 1 : end] if not _is_space(token)]
    whole = inside and all(token.type == "image" and _goes(token) for token in inside)
    return end + 1 if whole else start


def _is_space(token: Token) -> bool:
    return token.type in ("softbreak", "hardbreak") or (token.type == "text" and not token.content.strip())


def _without_empty(tokens: Sequence[Token]) -> Iterator[Token]:
    """The blocks without paragraphs that have held badges alone."""
    skip = 0
    for number, token in enumerate(tokens):
        empty = number + 1 < len(tokens) and tokens[number + 1].meta.get("emptied")
        if skip:
            skip -= 1
        elif token.type == "paragraph_open" and empty:
            skip = 2
        else:
            yield token


EXTENSION = Extension(
    "badges",
    syntax,
    explanations={
        "L147": """The text contains web badges. They show whether a project builds today, or how often it was
downloaded; a book would show one state for ever, and a build downloads nothing. They are left out with their
links.""",
    },
)
