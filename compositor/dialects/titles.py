"""A text of Markdown -> its title, before it is parsed: from the front matter, else its first heading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

import yaml

from compositor.dialects.entries import FRONT_MATTER
from compositor.dialects.loose_yaml import Loose

TITLE = re.compile(
    r"^ {0,3}#[ \t]+(?P<words>.*?)[ \t#]*$|^(?P<above>\S.*)\n=+[ \t]*$"
    r"|<h1\b[^<>]*>(?P<html>(?:[^<]|<(?!/?h1\b))*)</h1>",
    re.MULTILINE | re.IGNORECASE,
)
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
ATTRIBUTES = re.compile(r"\s*\{[^{}]*\}\s*$")
MARKUP = re.compile(r"[*_`]+|!?\[(?P<words>[^\]]*)\]\([^)]*\)|<[^<>]*>")
_FENCE = re.compile(r"`{3,}|~{3,}")
_COMMENT = re.compile(r"<!--(?:[^<]|<(?!!--))*?-->")


def without_code(text: str) -> str:
    """Return a text without fenced code and without comments, in one pass."""
    kept, fence = [], ""
    for line in text.split("\n"):
        marks = _FENCE.match(line)
        if fence:
            fence = "" if marks is not None and line.rstrip() == fence else fence
        elif marks is not None:
            fence = marks[0]
        else:
            kept.append(line)
    return _COMMENT.sub("", "\n".join(kept))


def matter_of(text: str) -> Mapping[str, Any]:
    """Return the front matter of a text; empty if there is none that can be read."""
    match = FRONT_MATTER.match(text)
    if match is None:
        return {}
    try:
        told = yaml.load(match["yaml"], Loader=Loose)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def heading_of(text: str) -> str:
    """Return the title of a text; empty if it has none."""
    told = matter_of(text).get("title")
    if isinstance(told, str) and told.strip():
        return told.strip()
    found = TITLE.search(without_code(FRONT_MATTER.sub("", text)))
    return plain(found["words"] or found["above"] or found["html"] or "") if found else ""


def plain(words: str) -> str:
    """Return the words of a heading without their markup, and without pictures such as badges."""
    bare = MARKUP.sub(lambda match: match["words"] or "", IMAGE.sub("", ATTRIBUTES.sub("", words)))
    return " ".join(unescape(bare).split())
