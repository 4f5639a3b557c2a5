"""Web addresses are checked against a server on this machine: only on demand, once each, and with a time limit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from compositor.checks.finished.links import external
from compositor.press import Timings, read_book
from tests.test_cli import run

ASKED: list[str] = []
SLOW = threading.Event()


class Web(BaseHTTPRequestHandler):
    """A small web server whose answer follows from the path."""

    def do_HEAD(self) -> None:
        """Answer with the number in the path; `/moved` sends on, `/slow` waits, `/no-head` wants a GET."""
        ASKED.append(f"{self.command} {self.path}")
        if self.path == "/slow":
            SLOW.wait(5)
        code = {"/gone": 404, "/no-head": 405 if self.command == "HEAD" else 200, "/moved": 301}.get(self.path, 200)
        self.send_response(code)
        if code == 301:
            self.send_header("Location", "/fine")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def web() -> Iterator[str]:
    """Yield the address of the server."""
    ASKED.clear()
    SLOW.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    SLOW.set()
    server.shutdown()
    server.server_close()


def write(folder: Path, *addresses: str) -> None:
    """Write a chapter with these links, one a line, from its third line on."""
    lines = "\n".join(f"[words]({address})" for address in addresses)
    (folder / "01-one.md").write_text(f"# One\n\n{lines}\n", encoding="utf-8")


def test_who_answers_and_who_does_not(small_book: Path, web: str) -> None:
    """A missing page and a silent server are found at their place; all others pass, and each is asked once."""
    write(small_book, f"{web}/fine", f"{web}/moved", f"{web}/no-head", f"{web}/gone", f"{web}/fine", f"{web}/slow")
    book = read_book(small_book, Timings()).book
    assert book is not None
    found = list(external(book, timeout=0.5))
    assert [(f.code, f.severity, f.place.line) for f in found] == [("C231", "warning", 6), ("C231", "warning", 8)]
    assert found[0].message == f"{web}/gone answers 404"
    assert found[1].message.startswith(f"{web}/slow does not answer")
    assert sorted(a for a in ASKED if "no-head" in a) == ["GET /no-head", "HEAD /no-head"]


def test_places_on_one_page_are_one_question(small_book: Path, web: str) -> None:
    """A page is requested once, whatever fragments of it are linked; other schemes are not followed."""
    write(small_book, f"{web}/fine#a", f"{web}/fine#b", "mailto:a@example.org", "tel:+4930123")
    book = read_book(small_book, Timings()).book
    assert book is not None
    assert list(external(book, timeout=0.5)) == []
    assert ASKED == ["HEAD /fine"]


def test_nobody_is_asked_without_demand(small_book: Path, web: str) -> None:
    """A check sends requests to the web only on demand."""
    write(small_book, f"{web}/gone")
    assert run("check", str(small_book)).returncode == 0
    assert ASKED == []
    asked = run("check", str(small_book), "--external")
    assert "C231" in asked.stderr
    assert ASKED == ["HEAD /gone"]


def test_addresses_that_are_none(small_book: Path) -> None:
    """A server that does not exist and an address that no program can read are findings, not exceptions."""
    write(small_book, "http://127.0.0.1:1/", "http://[::1/")
    book = read_book(small_book, Timings()).book
    found = list(external(book, timeout=0.5)) if book else []
    assert all(f.code == "C231" for f in found)
    assert len(found) >= 1
