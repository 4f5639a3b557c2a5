"""The text of a git configuration -> the few values that determine the content of files; nothing is run.

Of all that a configuration may contain (programs to start, files to include), only these values are read, as plain
data. Source: git-config(1), "Syntax".
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
    """Return name -> the last value given for it, of the names that are read; invalid lines are ignored."""
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
    """Return the settings of a repository: its own, and those of one work tree. Raises Unreadable."""
    found = settings_of(read(common / "config", roots, LIMIT) or b"")
    if is_true(found, "extensions.worktreeconfig"):
        found |= settings_of(read(git / "config.worktree", roots, LIMIT) or b"")
    return found


def is_true(settings: Mapping[str, str], name: str) -> bool:
    """Return whether a setting is switched on."""
    return name in settings and settings[name].lower() in TRUE


def user_settings() -> dict[str, str]:
    """Return the settings of the machine and the user for all repositories, without files that they include."""
    found: dict[str, str] = {}
    for path in (Path("/etc/gitconfig"), user_folder() / "config", Path(os.path.expanduser("~/.gitconfig"))):
        found |= settings_of(_of_user(path))
    return {name: value for name, value in found.items() if name in OF_USERS}


def user_file(setting: str, usual: str) -> bytes:
    """Return a file that the user's settings name for all repositories, or else the usual one; empty without it."""
    return _of_user(Path(os.path.expanduser(setting)) if setting else user_folder() / usual)


def user_folder() -> Path:
    """Return the folder of the user's global git files."""
    given = os.environ.get("XDG_CONFIG_HOME", "")
    return Path(given if given.startswith("/") else os.path.expanduser("~/.config")) / "git"


def _of_user(path: Path) -> bytes:
    """Return the content of a user's file; empty if it cannot be read."""
    with suppress(Unreadable):
        return (path.is_absolute() and read(path, ("/",), LIMIT)) or b""
    return b""


def _lines(text: str) -> Iterator[str]:
    """Yield lines, joined if a backslash is at the end."""
    kept = ""
    for line in text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"):
        if (len(line) - len(line.rstrip("\\"))) % 2:
            kept += line[:-1]
        else:
            yield kept + line
            kept = ""


def _value(text: str) -> str:
    """Return a value without its quotation marks, escapes and comment."""
    out: list[str] = []
    quoted = False
    kept = 0  # trailing blanks do not count, unless they are quoted
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
