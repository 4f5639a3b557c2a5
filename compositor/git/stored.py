"""A file of a work tree, an object's id -> whether git would store the file as that object.

The bytes are first compared as they are. Then they are converted as git converts them when storing: from another
encoding, to line feeds, to a bare `$Id$`, to the pointer of a large file. A filter that is a program is never started.
Source: gitattributes(5), "Effects"; the specification of Git LFS, "The Pointer".
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from compositor.git.attributes import Value
from compositor.git.files import MEBIBYTE, Budget, opened
from compositor.git.objects import algorithm, digest

LIMIT = 64 * MEBIBYTE
"""Bytes of a file that is converted before it is compared."""
LFS = "https://git-lfs.github.com/spec/v1"
POINTER_LIMIT = 4096
POINTER = re.compile(rb"version https://[^\n]{1,200}\noid sha256:([0-9a-f]{64})\nsize (\d+)\n?")
ID = re.compile(rb"\$Id:[^$\n]*\$")
TEXT, GUESS, AS_IT_IS = "text", "guess", "as it is"
FORBID_A_MARK = frozenset({"utf-16le", "utf-16be", "utf-32le", "utf-32be"})
WANT_A_MARK = frozenset({"utf-16", "utf-32"})
OF_PYTHON = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"})
"""Codecs that other programs do not know as encodings; two of them take forever on a long text."""
ENCODING = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,39}")


class Untold(Exception):
    """It cannot be determined whether a file is as committed; the message says why."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How the files of a repository are converted, and what that may cost."""

    attributes: Callable[[bytes], Mapping[str, Value]]
    autocrlf: str
    """`core.autocrlf`, in lower case."""
    symlinks: bool
    """`core.symlinks`: without it, git writes a link as a file with its target."""
    blob: Callable[[str], bytes]
    """The bytes of a small object."""
    budget: Budget


def is_stored_as(file: bytes, path: bytes, name: str, rules: Rules) -> bool:
    """Return whether the file, at `path` in its repository, is the object with this name. Raises Untold, OSError."""
    size = os.lstat(file).st_size
    if _hashed(file, algorithm(name)(b"blob %d\0" % size), rules.budget) == name:
        return True
    attributes = rules.attributes(path)
    filtered = attributes.get("filter")
    if filtered == "lfs":
        return _is_pointed_at(file, size, name, rules)
    if isinstance(filtered, str) and filtered:
        raise Untold("this file passes through a filter, which is a program; Compositor starts none")
    if size > LIMIT:
        raise Untold("this file differs in its bytes, and is too large to be compared by its text")
    rules.budget.spend(files=size)
    with open(opened(file), "rb") as stream:
        turned = _turned(stream.read(LIMIT + 1), attributes, rules.autocrlf)
    if digest(name, "blob", turned) == name:
        return True
    encoding = attributes.get("working-tree-encoding")
    if isinstance(encoding, str) and encoding and not encoding.lower().startswith("utf"):
        raise Untold("this file is in an encoding that git may read differently")
    return False


def link_is_stored_as(file: bytes, name: str) -> bool:
    """Return whether a symbolic link has the target in the object."""
    target = os.readlink(file)
    return digest(name, "blob", target) == name


def _hashed(file: bytes, sum_: hashlib._Hash, budget: Budget) -> str:
    with open(opened(file), "rb", buffering=0) as stream:
        while chunk := stream.read(MEBIBYTE):
            budget.spend(files=len(chunk))
            sum_.update(chunk)
    return sum_.hexdigest()


def _is_pointed_at(file: bytes, size: int, name: str, rules: Rules) -> bool:
    """Return whether the object is the pointer to a large file with this content."""
    content = _hashed(file, hashlib.sha256(), rules.budget)
    usual = f"version {LFS}\noid sha256:{content}\nsize {size}\n".encode()
    if digest(name, "blob", usual) == name:
        return True
    stored = rules.blob(name)[:POINTER_LIMIT]
    if b"\next-" in stored:
        raise Untold("this file passes through an extension of LFS, which is a program; Compositor starts none")
    pointer = POINTER.fullmatch(stored)
    return pointer is not None and pointer.groups() == (content.encode(), str(size).encode())


def _turned(data: bytes, attributes: Mapping[str, Value], autocrlf: str) -> bytes:
    """Return the bytes that git would store."""
    encoding = attributes.get("working-tree-encoding")
    if isinstance(encoding, str) and encoding.lower() not in ("utf-8", "utf8", "") and data:
        data = _from_encoding(data, encoding)
    how = _line_ends(attributes, autocrlf)
    if how == TEXT or (how == GUESS and not _is_binary(data)):
        data = data.replace(b"\r\n", b"\n")
    return ID.sub(b"$Id$", data) if attributes.get("ident") is True else data


def _from_encoding(data: bytes, encoding: str) -> bytes:
    """Return the text in UTF-8; unchanged if it is not in that encoding, as in git."""
    name = re.sub(r"^utf-?", "utf-", encoding.lower())
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
    if name in (FORBID_A_MARK if marked else WANT_A_MARK):
        return data
    try:
        if not ENCODING.fullmatch(name) or codecs.lookup(name.removesuffix("-bom")).name in OF_PYTHON:
            return data
        return data.decode("utf-16" if name == "utf-16le-bom" else name).encode()
    except (LookupError, ValueError):
        return data


def _line_ends(attributes: Mapping[str, Value], autocrlf: str) -> str:
    """Return which line ends of a file are converted: of every file, of what looks like text, or of none."""
    text = attributes.get("text")
    text = text if text in (True, False, "auto", "input") else attributes.get("crlf")
    if text is False:
        return AS_IT_IS
    if text == "auto":
        return GUESS
    if text is True or text == "input" or attributes.get("eol") in ("lf", "crlf"):
        return TEXT
    return GUESS if autocrlf in ("true", "input", "yes", "on", "1") else AS_IT_IS


PRINTED = bytes(code for code in range(256) if code not in (*range(0x20), 0x7F) or code in b"\b\t\x1b\f")
"""Bytes that count as text; above 127 all do."""


def _is_binary(data: bytes) -> bool:
    """Return whether git takes a file for binary: it has a lone carriage return, a NUL, or many control characters."""
    if b"\0" in data or data.count(b"\r") != data.count(b"\r\n"):
        return True
    others = len(data.translate(None, PRINTED))
    unseen = others - data.count(b"\r") - data.count(b"\n") - data.endswith(b"\x1a")
    return len(data) - others >> 7 < unseen
