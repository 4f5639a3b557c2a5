"""A desk -> pages in a browser of this machine: the desk's page, the site, pictures of the PDF pages, events.

Everything that is sent was made in memory for this: a name in an address is looked up among these, and no file is
opened for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from compositor.live.desk import Desk
from compositor.live.guard import ADDRESS, HEADERS, Guard
from compositor.live.told import event
from compositor.live.values import Fetch, File, Picture, Point

OWN = {
    "/": ("desk.html", "text/html; charset=utf-8"),
    "/desk/desk.css": ("desk.css", "text/css; charset=utf-8"),
    "/desk/look.js": ("look.js", "text/javascript; charset=utf-8"),
    "/desk/text.js": ("text.js", "text/javascript; charset=utf-8"),
    "/desk/paper.js": ("paper.js", "text/javascript; charset=utf-8"),
    "/desk/desk.js": ("desk.js", "text/javascript; charset=utf-8"),
}
"""Address -> file in this folder, and its media type."""
LONGEST = 4096
"""Most bytes of a request."""
KEPT = "private, max-age=3600, immutable"
"""Caching of pictures of pages, whose address changes with the page."""


@dataclass(frozen=True, slots=True)
class Served:
    """What handlers have in common."""

    desk: Desk
    guard: Guard
    editor: str
    """The address that opens an editor."""


class Server(ThreadingHTTPServer):
    """Listens only on this machine's loopback address; port 0 is any free one."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, desk: Desk, port: int, editor: str, token: str = "") -> None:
        """Raises OSError if the port is taken."""
        super().__init__((ADDRESS, port), _Handler)
        number = int(self.server_address[1])
        self.served = Served(desk, Guard(number, token) if token else Guard(number), editor)

    @property
    def address(self) -> str:
        """The address to open, with the token."""
        return f"{self.served.guard.address}?token={self.served.guard.token}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore a browser that disconnects during an answer."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server
    server_version, sys_version = "Compositor", ""

    def log_message(self, *_: Any) -> None:
        """Log no requests."""

    def do_GET(self) -> None:
        """Answer a request."""
        asked = urlsplit(self.path)
        words = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if not self._is_let_in(asked.path, words):
            return
        if asked.path in OWN:
            self._own(*OWN[asked.path])
        elif asked.path == "/state":
            self._json(self._state())
        elif asked.path == "/events":
            self._events()
        elif asked.path.startswith("/site/"):
            self._file(self._desk.ask_screen(Fetch(unquote(asked.path.removeprefix("/site/")))))
        elif asked.path.startswith(("/page/", "/at/")):
            self._page(asked.path.split("/")[1:], words)
        else:
            self._refuse(404)

    do_HEAD = do_GET

    def do_POST(self) -> None:
        """Show a place in the book, at the request of an editor."""
        if not self._is_let_in(self.path, {}):
            return
        try:
            told = json.loads(self.rfile.read(min(int(self.headers.get("Content-Length", "0")), LONGEST)))
            place = {"file": str(told["file"]), "line": int(told["line"])}
        except (ValueError, KeyError, TypeError):
            return self._refuse(400)
        if self.path != "/goto":
            return self._refuse(404)
        self._desk.news.tell("goto", place)
        self._json({"listeners": self._desk.news.listeners})

    @property
    def _desk(self) -> Desk:
        return self.server.served.desk

    def _is_let_in(self, path: str, words: Mapping[str, str]) -> bool:
        """Return whether the request may be answered; otherwise refuse it here."""
        guard, headers = self.server.served.guard, dict(self.headers.items())
        if not guard.is_from_here(headers):
            self._refuse(403)
        elif path == "/" and guard.is_token(words.get("token", "")):
            self._send(303, b"", "text/plain", {"Location": "/", "Set-Cookie": guard.given_cookie()})
        elif not guard.is_let_in(headers):
            self._refuse(403)
        else:
            return True
        return False

    def _state(self) -> dict[str, object]:
        served = self.server.served
        return {**self._desk.state(), "root": self._desk.root.as_posix(), "editor": served.editor}

    def _own(self, name: str, kind: str) -> None:
        self._send(200, files("compositor.live").joinpath("page", name).read_bytes(), kind)

    def _file(self, file: File | None, kept: str = "no-store") -> None:
        if file is None:
            return self._refuse(404)
        self._send(200, file.data, file.kind, {"Cache-Control": kept})

    def _page(self, parts: list[str], words: Mapping[str, str]) -> None:
        """Answer `/page/<sheet>/<number>` with a picture, `/at/<sheet>/<number>` with the source place of a point."""
        try:
            kind, sheet, number = parts
            if kind == "page":
                picture = Picture(sheet, int(number), int(words.get("w", "800")))
                return self._file(self._desk.ask_paper(picture), KEPT)
            point = Point(sheet, int(number), float(words["x"]), float(words["y"]))
        except (ValueError, KeyError):
            return self._refuse(400)
        found = self._desk.ask_paper(point)
        self._json({"file": found[0], "line": found[1]} if found is not None else {})

    def _events(self) -> None:
        self.send_response(200)
        for name, value in {**HEADERS, "Content-Type": "text/event-stream", "Cache-Control": "no-store"}.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        for text in self._desk.news.heard(event("state", self._state())):
            try:
                self.wfile.write(text.encode())
                self.wfile.flush()
            except OSError:
                return

    def _json(self, what: Mapping[str, object]) -> None:
        data = json.dumps(what, ensure_ascii=False).encode()
        self._send(200, data, "application/json", {"Cache-Control": "no-store"})

    def _refuse(self, status: int) -> None:
        self.close_connection = True
        self._send(status, b"", "text/plain")

    def _send(self, status: int, data: bytes, kind: str, more: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        told = {**HEADERS, "Content-Type": kind, "Content-Length": str(len(data)), **(more or {})}
        for name, value in told.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
