"""Badges of a project's web page, such as `[![build](https://img.shields.io/…)](…)`: left out, and reported once.

A picture for dark grounds, `![](a.png#only-dark)`, which comes with one for light grounds, is left out too, and not
reported. Sources: GitHub's documentation, "Specifying the theme an image is shown to"; Material for MkDocs, "Images".
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
"""Servers of badges, with their subdomains: what is named like one there, or is an SVG."""
CALLED = ("badge", "status.svg", "status.png", "shield", "button")
"""Parts of the path of a badge on a server with other pictures too."""
FILES = ("badge", "badge.svg", "badge.png")
"""Names of badges on any server."""
DARK, LIGHT = ("only-dark", "gh-dark-mode-only"), ("only-light", "gh-light-mode-only")
"""What follows the address of a picture for one ground."""
ALWAYS = ("shields.io", "badgen.net", "badge.fury.io", "badges.gitter.im", "codecov.io", "coveralls.io", "pepy.tech")


def syntax(md: MarkdownIt) -> None:
    """This rule runs before the rules for pictures."""
    md.core.ruler.before("figures", "badges", leave_out)


def leave_out(state: StateCore) -> None:
    """Remove badges, with the links around them and with paragraphs that contain nothing else."""
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
        what = "a web badge is" if len(places) == 1 else f"{len(places)} web badges are"
        remedy = "delete them; readers find them on the project's web page"
        reading_of(state).warning("L147", f"{what} left out", places[0], remedy)


def _ground(image: Token) -> str:
    return str(image.attrs.get("src", "")).rpartition("#")[2]


def _goes(image: Token) -> bool:
    return bool(image.meta.get("for_dark")) or is_badge(image)


def is_badge(image: Token) -> bool:
    """Return whether a picture is on a server of badges, or is named like one."""
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
    """Yield a line without badges, and without links around nothing else."""
    position = 0
    while position < len(line):
        end = _end(line, position)
        if end > position:
            places += (place_of(token) for token in line[position:end] if token.type == "image" and is_badge(token))
        else:
            yield line[position]
        position = max(end, position + 1)


def _end(line: Sequence[Token], start: int) -> int:
    """Return the end of the badge that begins here, or of the link around it; the start if there is none."""
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
    """Yield the blocks without paragraphs that contained only badges."""
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
downloaded; a book would show one state forever, and a build downloads nothing. They are left out with their links.""",
    },
)
