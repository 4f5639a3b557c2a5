"""Pictures of the web that a book names -> files in its folder `_fetched`. This is the only command that downloads.

A build opens no socket. It takes the files in that folder, whose names are made from the addresses, and prints a frame
for the others.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from PIL import UnidentifiedImageError

from compositor.errors import one_line
from compositor.fence import Worker
from compositor.formats.writing.files import write_all
from compositor.machine.steps import step
from compositor.markdown.figures.remote import FOLDER, kept_name
from compositor.model import Book, Finding
from compositor.pictures import open_picture
from compositor.pictures.svg import drawing
from compositor.press import Timings, read_book

LARGEST, ALL, MOST = 20_000_000, 200_000_000, 500
"""Most bytes of a picture, of all pictures, and most pictures."""
REDIRECTS, TIMEOUT = 5, 20.0
"""Most redirects in a row; seconds that a server has for each step."""
ENDINGS = {"PNG": ".png", "JPEG": ".jpg", "MPO": ".jpg", "GIF": ".gif", "WEBP": ".webp", "AVIF": ".avif"}
CHUNK = 1 << 16


class Refused(Exception):
    """Why a picture is not downloaded, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Brought:
    """The result for an address: its file, or the reason why there is no file."""

    address: str
    path: str = ""
    size: int = 0
    fault: str = ""
    is_new: bool = False

    def __str__(self) -> str:
        if self.fault:
            return f"not downloaded: {self.address} {self.fault}"
        return f"{'downloaded' if self.is_new else 'there already'}: {self.address} as {self.path}, {self.size} bytes"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of every address, or why the book could not be read."""

    findings: tuple[Finding, ...] = ()
    brought: tuple[Brought, ...] = ()

    @property
    def faults(self) -> bool:
        """Whether some picture was not downloaded."""
        return any(one.fault for one in self.brought)


def fetched(book: Path, worker: Worker) -> Fetched:
    """Run the command, inside the fence."""
    proof = read_book(book, Timings(worker.stage))
    if proof.book is None:
        return Fetched(proof.errors)
    with step("asking the web", limited=False):
        return Fetched(brought=tuple(fetch_all(proof.book)))


def lines(done: Fetched) -> Iterator[tuple[str, bool]]:
    """Yield a line for each address, and whether it reports a fault."""
    for one in done.brought:
        yield one_line(str(one)), bool(one.fault)


Get = Callable[[str, int], bytes]
"""An address and the most bytes that it may have -> its content; raises Refused."""


def fetch_all(book: Book, get: Get | None = None) -> Iterator[Brought]:
    """Download the missing pictures of the web, each once, until the limits are reached."""
    folder = book.manuscript.folder / FOLDER
    kept = {file.stem: file for file in sorted(folder.glob("*.*"))} if folder.is_dir() else {}
    room = ALL - sum(file.stat().st_size for file in kept.values())
    addresses = dict.fromkeys(image.path for unit in book.units for image in unit.chapter.remote)
    for number, address in enumerate(addresses):
        there = kept.get(kept_name(address))
        if there is not None:
            yield Brought(address, f"{FOLDER}/{there.name}", there.stat().st_size)
            continue
        try:
            if number >= MOST or room <= 0:
                raise Refused(f"is beyond the limit: {MOST} pictures, {ALL // 10**6} MB")
            data = (get or download)(address, min(LARGEST, room))
            path = f"{FOLDER}/{kept_name(address)}{_ending(data)}"
            _keep(book.manuscript.folder / path, data)
        except (Refused, OSError) as problem:
            yield Brought(address, fault=str(problem))
        else:
            room -= len(data)
            yield Brought(address, path, len(data), is_new=True)


def _keep(file: Path, data: bytes) -> None:
    file.parent.mkdir(exist_ok=True)
    if file.parent.is_symlink():
        raise Refused(f"has no place: {FOLDER} is a link")
    write_all({file: data})


def _ending(data: bytes) -> str:
    """Return the ending for the file, from its content. Raises Refused for a format that no book takes."""
    try:
        with open_picture(BytesIO(data)) as picture:
            ending = ENDINGS.get(str(picture.format), "")
            picture.verify()
        return ending
    except UnidentifiedImageError:
        pass
    except (OSError, SyntaxError, ValueError) as problem:
        raise Refused(f"is broken: {problem}") from None
    if b"<svg" in data[:10_000] and not drawing(data).fault:
        return ".svg"
    raise Refused("is not a PNG, JPEG, GIF, WebP, AVIF or SVG")


def download(address: str, most: int) -> bytes:
    """Download an address over https, from a public server, within the limits."""
    for _ in range(REDIRECTS + 1):
        parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
        if parts.scheme != "https" or not parts.hostname:
            raise Refused("is not https")
        connection = _Connection(parts.hostname, parts.port or 443)
        try:
            path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
            connection.request("GET", path, headers={"User-Agent": "compositor", "Accept": "image/*"})
            answer = connection.getresponse()
            if answer.status in (301, 302, 303, 307, 308):
                address = urljoin(parts.geturl(), answer.headers.get("Location", ""))
                continue
            if answer.status != 200:
                raise Refused(f"answers {answer.status}")
            return _read(answer, most)
        except (http.client.HTTPException, ValueError) as problem:
            raise Refused(f"does not answer properly: {problem}") from None
        finally:
            connection.close()
    raise Refused(f"redirects more than {REDIRECTS} times")


def _read(answer: http.client.HTTPResponse, most: int) -> bytes:
    """Read the whole answer, but never more than the limit, whatever length the answer claims."""
    data = bytearray()
    while chunk := answer.read(CHUNK):
        data += chunk
        if len(data) > most:
            raise Refused(f"is larger than {most} bytes")
    return bytes(data)


class _Connection(http.client.HTTPSConnection):
    """A connection to a public server: the address that it connects to is the one that was checked."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
        self.secure = ssl.create_default_context()

    def connect(self) -> None:
        """Look up the name once, and connect to the result unless it is in a private network."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        public = [one for one in found if ipaddress.ip_address(one[4][0]).is_global]
        if not public:
            raise Refused("is not in a public network")
        family, kind, protocol, _, where = public[0]
        plain = socket.socket(family, kind, protocol)
        plain.settimeout(TIMEOUT)
        plain.connect(where)
        self.sock = self.secure.wrap_socket(plain, server_hostname=self.host)
