"""A running server <-> a file by which a command of the same user finds it; nobody else may read it."""

from __future__ import annotations

import http.client
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from compositor.live.guard import ADDRESS
from compositor.machine.scratch import Scratch, in_use

KIND, NAME = "desk", "running.json"
SECONDS = 5.0
"""Seconds in which a server answers."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server: the folder of its book, its port, and its token."""

    book: str
    port: int
    token: str


@contextmanager
def known_as(running: Running) -> Iterator[None]:
    """Let commands of this user find the server inside the block, unless the file cannot be written."""
    try:
        scratch = Scratch(KIND)
    except OSError:
        yield
        return
    with scratch as folder:
        file = os.open(Path(folder, NAME), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w", encoding="utf-8") as text:
            json.dump(asdict(running), text)
        yield


def running_for(file: Path) -> tuple[Running, str] | None:
    """Return the server of the book with a file, the innermost of several, and the file's path in that book."""
    whole = Path(os.path.realpath(file))
    found = [one for one in _all() if whole.is_relative_to(one.book)]
    if not found:
        return None
    inner = max(found, key=lambda one: len(one.book))
    return inner, whole.relative_to(inner.book).as_posix()


def _all() -> Iterator[Running]:
    for folder in in_use(KIND):
        try:
            told = json.loads((folder / NAME).read_text(encoding="utf-8"))
            yield Running(str(told["book"]), int(told["port"]), str(told["token"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue


def show(running: Running, file: str, line: int) -> int:
    """Make a server show a place; return how many pages in browsers got the message. Raises OSError."""
    connection = http.client.HTTPConnection(ADDRESS, running.port, timeout=SECONDS)
    try:
        told = json.dumps({"file": file, "line": line})
        connection.request("POST", "/goto", told, {"Authorization": f"Bearer {running.token}"})
        answer = connection.getresponse()
        if answer.status != 200:
            raise OSError(f"the server has refused it ({answer.status})")
        return int(json.loads(answer.read())["listeners"])
    except (http.client.HTTPException, ValueError, KeyError) as problem:
        raise OSError(str(problem)) from None
    finally:
        connection.close()
