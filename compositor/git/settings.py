"""The text of a git configuration -> the few values that say what the files look like; nothing is carried out.

Of all that a configuration may hold (programs to start, files to include), these values are read as plain data.
Source: git-config(1), "Syntax".
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from compositor.git.files import MEBIBYTE, Unreadable, read

OF_USERS = frozenset({"core.autocrlf", "core.excludesfile", "core.attributesfile"})
ORIGIN = "remote.origin.url"
READ = OF_USERS | {ORIGIN, "core.worktree", "core.bare", "core.symlinks", "extensions.worktreeconfig"}
LIMIT = MEBIBYTE
SECTION = re.compile(r'\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]')
KEY = re.compile(r"\s*([A-Za-z][\w-]*)\s*(=?)")
ESCAPES = {"n": "\n", "t": "\t", "b": "\b"}
TRUE = frozenset({"", "true", "yes", "on", "1"})


def settings_of(data: bytes) -> dict[str, str]:
    """Name -> the last value given for it, of the names that are read; what is no configuration says nothing."""
    found = {}
    section = ""
    for line in _lines(data.decode("utf-8", "surrogateescape")):
        at = 0
        while heading := SECTION.match(line, at):
            section = f"{heading[1].lower()}.{heading[2]}" if heading[2] is not None else heading[1].lower()
            at = heading.end()
        key = KEY.match(line, at)
        name = f"{section}.{key[1].lower()}" if key else ""
        if key and name in READ:
            found[name] = _value(line[key.end() :]) if key[2] else "true"
    return found


def settings_of_all(common: Path, git: Path, roots: tuple[str, ...]) -> dict[str, str]:
    """The settings of a repository, and where it keeps such, those of one work tree; raises Unreadable."""
    found = settings_of(read(common / "config", roots, LIMIT) or b"")
    if is_true(found, "extensions.worktreeconfig"):
        found |= settings_of(read(git / "config.worktree", roots, LIMIT) or b"")
    return found


def is_true(settings: Mapping[str, str], name: str) -> bool:
    """Whether a setting is switched on."""
    return name in settings and settings[name].lower() in TRUE


def user_settings() -> dict[str, str]:
    """What the machine and the user who builds have set for all repositories; files that they include are not read."""
    found: dict[str, str] = {}
    for path in (Path("/etc/gitconfig"), user_folder() / "config", Path(os.path.expanduser("~/.gitconfig"))):
        found |= settings_of(_of_user(path))
    return {name: value for name, value in found.items() if name in OF_USERS}


def user_file(setting: str, usual: str) -> bytes:
    """A file that the settings of the user name for all repositories, or else the usual one; nothing without it."""
    return _of_user(Path(os.path.expanduser(setting)) if setting else user_folder() / usual)


def user_folder() -> Path:
    """Where a user keeps what git is to know everywhere."""
    given = os.environ.get("XDG_CONFIG_HOME", "")
    return Path(given if given.startswith("/") else os.path.expanduser("~/.config")) / "git"


def _of_user(path: Path) -> bytes:
    """What stands in a file of the user's own; nothing where it cannot be read."""
    with suppress(Unreadable):
        return (path.is_absolute() and read(path, ("/",), LIMIT)) or b""
    return b""


def _lines(text: str) -> Iterator[str]:
    """Lines, with those put together that a backslash at the end joins."""
    kept = ""
    for line in text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"):
        if (len(line) - len(line.rstrip("\\"))) % 2:
            kept += line[:-1]
        else:
            yield kept + line
            kept = ""


def _value(text: str) -> str:
    """A value without its quotation marks, escapes and comment."""
    out: list[str] = []
    quoted = False
    kept = 0  # blanks at the end do not count, unless they stand in quotation marks
    letters = iter(text.strip())
    for letter in letters:
        if letter == '"':
            quoted = not quoted
        elif letter in "#;" and not quoted:
            break
        else:
            after = next(letters, "") if letter == "\\" else letter
            out.append(ESCAPES.get(after, after) if letter == "\\" else letter)
        kept = len(out) if quoted or not letter.isspace() else kept
    return "".join(out[:kept])
