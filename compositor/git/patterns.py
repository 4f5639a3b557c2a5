"""A pattern of .gitignore and .gitattributes, a path -> whether it matches, as git's wildmatch does it, byte by byte.

One regular expression for a whole pattern could take forever on a malicious one. So the parts between the slashes are
compared one by one, and within a part no `*` is backtracked, which is enough, since the text between two of them has a
fixed length. The time grows with the length of the pattern times that of the path. Source: gitignore(5), "Pattern
format".
"""

from __future__ import annotations

import re
from functools import lru_cache

CLASSES = {
    b"alnum": rb"A-Za-z0-9", b"alpha": rb"A-Za-z", b"blank": rb" \t", b"cntrl": rb"\x00-\x1f\x7f", b"digit": rb"0-9",
    b"graph": rb"\x21-\x7e", b"lower": rb"a-z", b"print": rb"\x20-\x7e", b"punct": rb"!-/:-@\[-`{-~",
    b"space": rb" \t\n\r\f\v", b"upper": rb"A-Z", b"xdigit": rb"0-9A-Fa-f",
}  # fmt: skip
NEVER = re.compile(rb"(?!)")
SPECIAL = frozenset(b"*?[\\")
LONGEST = 4096
"""Bytes of one part of a pattern; no name is as long."""


def matches(pattern: bytes, path: bytes) -> bool:
    """Return whether a pattern without `!`, and without a slash at its beginning or end, matches a whole path.

    For a pattern that is compared with a name only, pass the name as the path.
    """
    wanted = _parts(pattern)
    names = path.split(b"/")
    if len(wanted) == 1:
        return len(names) == 1 and _matches_name(pattern, path)
    places = {0}  # possible positions in the path after each part of the pattern
    for number, part in enumerate(wanted, 1):
        if len(part) > 1 and not part.strip(b"*"):
            least = 1 if number == len(wanted) else 0  # at the end it matches what is inside, and not the folder
            places = set(range(min(places) + least, len(names) + 1))
        else:
            places = {place + 1 for place in places if place < len(names) and _matches_name(part, names[place])}
        if not places:
            return False
    return len(names) in places


@lru_cache(maxsize=10_000)
def _parts(pattern: bytes) -> list[bytes]:
    """Return the parts between slashes, not counting those in sets; several `**` in a row count as one."""
    parts = [b""]
    at = 0
    while at < len(pattern):
        start = at
        if pattern[at : at + 1] == b"[":
            found, end = _bracket(pattern, at + 1)
            at = end if found is not None else at + 1
        else:
            at += 2 if pattern[at : at + 1] == b"\\" else 1
        if pattern[start:at] in (b"/", b"\\/"):
            parts.append(b"")
        else:
            parts[-1] += pattern[start:at]
    return [part for part, after in zip(parts, [*parts[1:], b""], strict=True) if not part == after == b"**"]


def _matches_name(pattern: bytes, name: bytes) -> bool:
    if SPECIAL.isdisjoint(pattern):
        return pattern == name
    return _compiled(pattern).fullmatch(name) is not None


@lru_cache(maxsize=10_000)
def _compiled(pattern: bytes) -> re.Pattern[bytes]:
    """Return the expression of one part of a pattern; a malformed one matches nothing."""
    pieces = _pieces(pattern)
    if pieces is None or len(pattern) > LONGEST:
        return NEVER
    first, *others = pieces
    if not others:
        return re.compile(b"".join(first), re.DOTALL)
    middle = b"".join(rb"(?>.*?" + b"".join(piece) + rb")" for piece in others[:-1] if piece)
    last = rb".{%d,}+(?<=%s)" % (len(others[-1]), b"".join(others[-1])) if others[-1] else rb".*+"
    return re.compile(b"".join(first) + middle + last, re.DOTALL)


def _pieces(pattern: bytes) -> list[list[bytes]] | None:
    """Return the text between the stars: for each letter that it matches, an expression."""
    pieces: list[list[bytes]] = [[]]
    at = 0
    while at < len(pattern):
        letter = pattern[at : at + 1]
        at += 1
        if letter == b"*":
            pieces.append([])
            continue
        found: bytes | None = re.escape(letter)
        if letter == b"[":
            found, at = _bracket(pattern, at)
        elif letter == b"?":
            found = b"."
        elif letter == b"\\":
            found = re.escape(pattern[at : at + 1]) or None
            at += 1
        if found is None:
            return None
        pieces[-1].append(found)
    return pieces


def _bracket(pattern: bytes, at: int) -> tuple[bytes | None, int]:
    """Return the expression of a set such as `[!a-z]`, and where it ends; None if it does not end."""
    negated = pattern[at : at + 1] in (b"!", b"^")
    at += negated
    start, inner = at, b""
    while at == start or pattern[at : at + 1] != b"]":
        if at >= len(pattern):
            return None, at
        found, at = _class(pattern, at) if pattern[at : at + 2] == b"[:" else _range(pattern, at)
        if found is None:
            return None, at
        inner += found
    if not inner:
        return (b"." if negated else b"(?!)."), at + 1
    return b"[" + (b"^" if negated else b"") + inner + b"]", at + 1


def _class(pattern: bytes, at: int) -> tuple[bytes | None, int]:
    """Return a class such as `[:alpha:]` within a set; None for an unknown one. Without its end it is a bracket."""
    end = pattern.find(b"]", at + 2)
    if end < 0 or pattern[end - 1 : end] != b":" or end - 1 < at + 2:
        return (None if end < 0 else rb"\["), at + 1
    return CLASSES.get(pattern[at + 2 : end - 1]), end + 1


def _range(pattern: bytes, at: int) -> tuple[bytes, int]:
    """Return a letter of a set, or all from one to another."""
    low, at = _letter(pattern, at)
    high = low
    if pattern[at : at + 1] == b"-" and pattern[at + 1 : at + 2] not in (b"", b"]"):
        high, at = _letter(pattern, at + 1)
    return (b"\\x%02x-\\x%02x" % (low, high) if low <= high else b""), at


def _letter(pattern: bytes, at: int) -> tuple[int, int]:
    """Return one letter of a set, which may follow a backslash."""
    at += pattern[at : at + 1] == b"\\"
    return (pattern[at] if at < len(pattern) else 0), at + 1
