"""`serve`: from the first reading of a book until the end; and a place that an editor asks to show."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from compositor.commands.work import Build
from compositor.errors import EnvironmentMissing, one_line
from compositor.folder.events import Events
from compositor.formats import PDF, WEB
from compositor.live import browser
from compositor.live.desk import Desk
from compositor.live.folder import changes
from compositor.live.running import Running, known_as, running_for, show
from compositor.live.server import Server
from compositor.made_before.of_a_folder import Asked, Inputs

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Serving:
    """How a book is to be served."""

    port: int = 0
    """0 is any free port."""
    editor: str = ""
    """The address that opens a file in an editor."""
    opens: bool = False
    """Whether the user's browser is to show it."""


def serve(wanted: Build, how: Serving, say: Say, paged: bool = True) -> None:
    """Serve a book until interrupted. Raises EnvironmentMissing if the port is not available.

    `paged`: whether this machine can set pages.
    """
    desk = Desk(wanted, lambda line: say(one_line(f"{datetime.now():%H:%M:%S}  {line}")), paged)
    try:
        server = Server(desk, how.port, how.editor)
    except OSError as problem:
        raise EnvironmentMissing(f"port {how.port} is not available: {problem.strerror}; use another --port") from None
    guard = server.served.guard
    try:
        desk.begin()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with known_as(Running(str(desk.root), guard.port, guard.token)):
            say(server.address)
            if how.opens and not browser.show(server.address):
                say("no browser was found; open the address above in one")
            formats = (PDF, WEB)
            inputs = Inputs(Asked(wanted.book, formats, wanted.output, None))
            with Events(inputs.root) as events:
                for names in changes(inputs, events):
                    desk.changed(names)
    finally:
        desk.close()
        server.server_close()


def go_to(place: str, say: Say) -> None:
    """Make the server of a book show a place, `file:line`. Raises UsageError if no server has that file."""
    file, mark, line = place.rpartition(":")
    if not mark or not line.isascii() or not line.isdecimal() or not file:
        raise click.BadParameter(f'"{place}" is not a place; write a file and a line, as in 01-one.md:12')
    found = running_for(Path(file))
    if found is None:
        raise click.UsageError(f"no `serve` of yours has a book with the file {file}; start one first")
    running, path = found
    try:
        listeners = show(running, path, int(line))
    except OSError as problem:
        raise click.UsageError(f"the server does not answer: {problem}") from None
    if not listeners:
        say("the server runs, and no browser shows its page")
