"""The server: who gets answers, what is sent, how changes are announced; without a worker and a browser."""

from __future__ import annotations

import http.client
import json
import os
import socket
import stat
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from compositor.commands.editors import EDITORS, address_of
from compositor.live import running
from compositor.live.guard import ADDRESS
from compositor.live.news import News
from compositor.live.running import NAME, Running, known_as, running_for
from compositor.live.server import Server
from compositor.live.serving import go_to
from compositor.live.values import Fetch, File, Picture, Point
from compositor.machine.scratch import in_use

TOKEN = "a-token-of-the-tests"
SITE = {"one.html": File(b"<h1>One</h1>", "text/html; charset=utf-8")}


class FakeDesk:
    """A desk that has one page and one picture."""

    def __init__(self, root: Path) -> None:
        self.root, self.news = root, News()
        self.asked: list[object] = []

    def state(self, kind: str = "") -> dict[str, object]:
        """Return an almost empty state."""
        return {"findings": []}

    def ask_screen(self, question: Fetch) -> File | None:
        """Return a file, if it exists."""
        self.asked.append(question)
        return SITE.get(question.name)

    def ask_paper(self, question: object) -> Any:
        """Return a picture, or a place."""
        self.asked.append(question)
        match question:
            case Picture(sheet="abc"):
                return File(b"\x89PNG", "image/png")
            case Point(sheet="abc"):
                return "01-one.md", 4
        return None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Yield a running server."""
    made = Server(FakeDesk(tmp_path), 0, EDITORS["vscode"], TOKEN)
    thread = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    made.served.desk.news.close()
    made.shutdown()
    made.server_close()
    thread.join()


def questions(server: Server) -> list[object]:
    """Return the questions that the desk was asked."""
    desk: Any = server.served.desk
    found: list[object] = desk.asked
    return found


@dataclass(frozen=True)
class Answer:
    """The answer of the server."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@contextmanager
def sent(
    server: Server, path: str, headers: Mapping[str, str] | None = None, method: str = "GET", body: str = ""
) -> Iterator[http.client.HTTPResponse]:
    """Send a request with the token, unless other headers are given."""
    port = server.served.guard.port
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    given = {"Host": f"{ADDRESS}:{port}", "Cookie": f"compositor-{port}={TOKEN}", **(headers or {})}
    for name, value in given.items():
        if value:
            connection.putheader(name, value)
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body.encode())
    answer = connection.getresponse()
    try:
        yield answer
    finally:
        answer.close()
        connection.close()


def asked(server: Server, path: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Return the answer to a request."""
    with sent(server, path, headers) as answer:
        return Answer(answer.status, dict(answer.headers.items()), answer.read())


def posted(server: Server, body: str, headers: Mapping[str, str] | None = None) -> int:
    """Return the answer to a place that is sent."""
    with sent(server, "/goto", headers, "POST", body) as answer:
        return answer.status


def test_only_this_machine_is_listened_to(server: Server) -> None:
    """The address is that of the loopback interface."""
    assert server.socket.getsockname()[0] == "127.0.0.1"


def test_the_printed_address_lets_in(server: Server) -> None:
    """It is exchanged for a cookie that no script can read and no other site can use; then the page is sent."""
    port = server.served.guard.port
    answer = asked(server, f"/?token={TOKEN}", {"Cookie": ""})
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert cookie == f"compositor-{port}={TOKEN}; HttpOnly; SameSite=Strict; Path=/"
    page = asked(server, "/", {"Cookie": cookie.partition(";")[0]})
    assert page.status == 200 and b"<iframe" in page.body
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self';" in policy and "frame-ancestors 'self'" in policy


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": ""},
        {"Cookie": "", "Authorization": "Bearer wrong"},
        {"Cookie": "", "Authorization": f"Basic {TOKEN}"},
        {"Host": "example.org"},
        {"Host": "127.0.0.1"},
        {"Host": ""},
        {"Origin": "http://example.org"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_others_are_refused(server: Server, headers: Mapping[str, str]) -> None:
    """Requests without the token, for another host name, or from another site's page get nothing and ask nothing."""
    for path in ("/", "/state", "/events", "/site/one.html", "/page/abc/0?w=100", "/desk/desk.js"):
        answer = asked(server, path, headers)
        assert (answer.status, answer.body) == (403, b"")
    assert posted(server, '{"file": "a.md", "line": 1}', headers) == 403
    assert questions(server) == []


def test_a_wrong_token_gives_no_cookie(server: Server) -> None:
    """The right token on another address than the page's gives none either."""
    for path in ("/?token=wrong", f"/state?token={TOKEN}"):
        answer = asked(server, path, {"Cookie": ""})
        assert answer.status == 403 and "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/../book.toml", "/desk/../guard.py", "/desk/%2e%2e/guard.py", "/site/..%2fbook.toml", "/etc/passwd", "/x"]
)
def test_no_address_leads_to_a_file(server: Server, path: str) -> None:
    """Only names of generated files exist."""
    assert asked(server, path).status == 404


def test_what_was_made_is_sent(server: Server) -> None:
    """Pages are sent again each time; pictures may be cached, because their addresses change with them."""
    page = asked(server, "/site/one.html")
    assert (page.status, page.body, page.headers["Cache-Control"]) == (200, b"<h1>One</h1>", "no-store")
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    picture = asked(server, "/page/abc/2?w=640")
    assert (picture.body, "immutable" in picture.headers["Cache-Control"]) == (b"\x89PNG", True)
    assert json.loads(asked(server, "/at/abc/2?x=0.5&y=0.25").body) == {"file": "01-one.md", "line": 4}
    assert questions(server) == [Fetch("one.html"), Picture("abc", 2, 640), Point("abc", 2, 0.5, 0.25)]
    for path in ("/page/abc", "/page/abc/x", "/at/abc/2?x=1"):
        assert asked(server, path).status == 400
    assert asked(server, "/page/other/0").status == 404


def test_changes_are_heard_as_events(server: Server) -> None:
    """The stream begins with the current state, then has each change; it ends with the server."""
    with sent(server, "/events") as answer:
        assert answer.headers["Content-Type"] == "text/event-stream"
        assert answer.readline() == b"event: state\n"
        assert json.loads(answer.readline().removeprefix(b"data: "))["editor"] == EDITORS["vscode"]
        assert answer.readline() == b"\n"
        server.served.desk.news.tell("saved", {"files": ["ä.md"]})
        assert answer.readline() == b"event: saved\n"
        assert json.loads(answer.readline().removeprefix(b"data: ")) == {"files": ["ä.md"]}
        server.served.desk.news.close()
        answer.readline()
        assert answer.readline() == b""


def test_an_editor_shows_a_place(server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It uses a file that the server leaves for this user; nobody else may read it, and the server removes it."""
    chapter = tmp_path / "01-one.md"
    chapter.write_text("# One\n", encoding="utf-8")
    guard = server.served.guard
    with known_as(Running(str(tmp_path.resolve()), guard.port, guard.token)):
        left = [folder / NAME for folder in in_use("desk") if guard.token in (folder / NAME).read_text()]
        assert [stat.S_IMODE(file.stat().st_mode) for file in left] == [0o600]
        go_to(f"{chapter}:7", print)
        assert "no browser" in capsys.readouterr().out
        heard = server.served.desk.news.heard("first")
        next(heard)
        go_to(f"{chapter}:7", print)
        assert capsys.readouterr().out == ""
        assert next(heard) == 'event: goto\ndata: {"file": "01-one.md", "line": 7}\n\n'
    assert not left[0].exists()
    assert running_for(chapter) is None
    with pytest.raises(click.UsageError, match="no `serve`"):
        go_to(f"{chapter}:7", print)


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"file": "a.md"}', '{"file": "a.md", "line": "x"}', "x" * 9000])
def test_what_is_no_place_is_refused(server: Server, body: str) -> None:
    """The invalid place is announced to nobody."""
    assert posted(server, body) == 400


@pytest.mark.parametrize("place", ["01-one.md", "01-one.md:", ":3", "01-one.md:x", ""])
def test_a_place_is_a_file_and_a_line(place: str) -> None:
    """Anything else is wrong usage."""
    with pytest.raises(click.BadParameter):
        go_to(place, print)


def test_the_innermost_book_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book may be in the folder of another."""
    inner = tmp_path / "inner"
    inner.mkdir()
    both = [Running(str(one.resolve()), 1, "t") for one in (tmp_path, inner)]
    monkeypatch.setattr(running, "_all", lambda: iter(both))
    assert running_for(inner / "a.md") == (both[1], "a.md")
    assert running_for(tmp_path / "a.md") == (both[0], "a.md")


def test_a_port_that_is_taken_is_an_error(tmp_path: Path) -> None:
    """Two servers do not share one port."""
    with socket.socket() as taken:
        taken.bind((ADDRESS, 0))
        taken.listen()
        with pytest.raises(OSError):
            Server(FakeDesk(tmp_path), taken.getsockname()[1], "")


def test_editors_are_known_by_name_or_address() -> None:
    """An address that would run code in the page, or lead it away, is not an editor's."""
    assert address_of("idea") == "idea://open?file={path}&line={line}"
    assert address_of("my-editor://go?f={path}") == "my-editor://go?f={path}"
    for wrong in ("notepad", "javascript://{path}", "http://a/{path}", "vscode://file", "://{path}", ""):
        with pytest.raises(ValueError, match="name one of"):
            address_of(wrong)


def test_a_slow_listener_hears_the_newest() -> None:
    """The queue of a listener is bounded."""
    news = News()
    heard = news.heard("first")
    next(heard)
    for number in range(500):
        news.tell("n", {"n": number})
    assert news.listeners == 1
    news.close()
    assert list(heard) == []
    assert news.listeners == 0


def test_tokens_of_two_servers_differ(tmp_path: Path) -> None:
    """Each server has its own token."""
    made = [Server(FakeDesk(tmp_path), 0, "") for _ in range(2)]
    assert len({one.served.guard.token for one in made}) == 2
    assert all(len(one.served.guard.token) >= 32 for one in made)
    for one in made:
        one.server_close()


def test_the_file_of_a_dead_server_is_passed_over(tmp_path: Path) -> None:
    """The folder of a dead server is not locked."""
    with known_as(Running(str(tmp_path.resolve()), 1, "t")):
        (folder,) = [one for one in in_use("desk") if json.loads((one / NAME).read_text())["book"] == str(tmp_path)]
        other = folder.with_name("desk-left-over")
        other.mkdir()
        try:
            assert other not in in_use("desk")
        finally:
            os.rmdir(other)
