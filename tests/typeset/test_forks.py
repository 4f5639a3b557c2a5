"""The fork server: a forked typesetter equals a spawned one, whatever happens to the server."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from compositor.machine.beginnings import VARIABLE
from compositor.model import Limits
from compositor.typeset import ChildTypesetter, Look
from compositor.typeset.processes import beginnings
from compositor.typeset.processes.beginnings import Forked, ForkServer, forked_inside, server_kept
from tests.finished import ROOT
from tests.process_trees import until
from tests.typeset.test_child import FONTS, lives, unit, volume

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a fork is not safe, and nothing is forked")


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[ForkServer]]:
    """Yield the servers of a test, and no others."""
    own: list[ForkServer] = []
    monkeypatch.setattr(beginnings, "_servers", own)
    yield own
    for one in own:
        one.close()


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Return a page with the book's text font."""
    return Look(((FONTS, ROOT / "styles"), ('html { font-family: "Book Text" }', tmp_path)), tmp_path)


def made(look: Look) -> tuple[bytes, object]:
    """Return a file of one page, and the process that has made it."""
    one = unit("<p>Text.</p>")
    with ChildTypesetter(look, Limits()) as typesetter:
        typesetter.typeset(one)
        return typesetter.join(volume(one))[0], typesetter.children[0]._process


def test_a_forked_typesetter_makes_the_same_bytes(servers: list[ForkServer], look: Look) -> None:
    """A spawned one and two from a server that has forked before give the same bytes."""
    (plain, process), forked = made(look), []
    assert not isinstance(process, Forked)
    with forked_inside():
        assert len(servers) == 1
        with forked_inside():
            assert len(servers) == 1
        forked = [made(look) for _ in range(2)]
    assert [(data == plain, type(process)) for data, process in forked] == [(True, Forked)] * 2
    assert servers == []


def test_a_server_that_is_killed_takes_nothing_with_it(servers: list[ForkServer], look: Look) -> None:
    """Forked processes continue; new ones are spawned; the next build has a server again."""
    with server_kept() as see_to_it:
        see_to_it()
        first = servers[0]
        with ChildTypesetter(look, Limits()) as typesetter:
            typesetter.typeset(unit("<p>Text.</p>"))
            process = typesetter.children[0].process
            first._process.kill()
            assert until(lambda: not first.is_alive())
            assert typesetter.typeset(unit("<p>More.</p>", "two")).pages
            assert not isinstance(made(look)[1], Forked)
        assert until(lambda: not lives(process))
        see_to_it()
        assert servers != [first]
        assert isinstance(made(look)[1], Forked)


def test_the_end_of_a_forked_process_is_told(servers: list[ForkServer]) -> None:
    """The exit code or signal is reported once it has ended, or as a kill if nobody knows any more."""
    with forked_inside():
        with ChildTypesetter(Look((), ROOT), Limits()) as typesetter:
            child = typesetter.children[0]
            os.kill(child.process, signal.SIGSEGV)
            assert child._process.wait() == -signal.SIGSEGV
        with ChildTypesetter(Look((), ROOT), Limits()) as typesetter:
            child = typesetter.children[0]
            assert lives(child.process)
            servers[0]._process.kill()
            assert until(lambda: not servers[0].is_alive())
            assert child._process.wait() == -signal.SIGKILL


def test_a_server_ends_with_who_began_it(servers: list[ForkServer]) -> None:
    """No process is left that could use it, and its folder is removed with it."""
    server = ForkServer()
    scratch, process = Path(server._scratch.name), server._process
    assert server.is_alive()
    server._asked.close()
    assert process.wait(30) == 0
    assert not scratch.exists()
    server.close()


def test_where_a_fork_is_not_safe_there_is_no_server(
    servers: list[ForkServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """macOS is such a system."""
    monkeypatch.setenv(VARIABLE, "spawn")
    with forked_inside():
        assert servers == []


def test_who_cannot_hear_that_it_is_to_end_is_ended(servers: list[ForkServer], tmp_path: Path) -> None:
    """The process is inside a library and has the interpreter's lock when its parent ends."""
    server = ForkServer()
    ours, theirs = socket.socketpair()
    with theirs, (tmp_path / "said").open("wb") as said:
        forked = server.fork(theirs.fileno(), said, str(tmp_path / "scratch"))
    process = forked.pid
    assert lives(process)
    os.kill(process, signal.SIGSTOP)
    ours.close()
    forked._lines.close()
    forked._status.close()
    assert until(lambda: not lives(process))
    server.close()
    assert server._process.returncode == 0
