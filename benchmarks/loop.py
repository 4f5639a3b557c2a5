"""How long it takes from a saved file to the page in a browser: with `serve`, and with the previews of other tools.

    .venv/bin/python -m benchmarks.loop [--book FOLDER FILE] [--chapters 75] [--rounds 5] [--others]

Without --book, in our own book and in a generated one of 75 chapters, more than 825 pages. A word is written into a
chapter; then the times are measured until the server has the page of the site with it, and the picture of the PDF page
that shows it. `--others` installs HonKit and Vivliostyle from npm into a temporary folder, and measures when their
servers have the word. Seconds are those of this machine under its present load, which is printed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from typing import Any
from urllib.request import urlopen

from benchmarks.generated import write_book
from benchmarks.trials import edited

HERE = Path(__file__).resolve().parent.parent
WAIT = 1800.0
"""Seconds after which a page is given up."""
OURS, FILE = HERE / "book", "18.03-endpoints.md"
SERVERS = (
    ("honkit@6", ("honkit", "serve", "--port", "4321", "--lrport", "4322"), "http://127.0.0.1:4321/{page}.html"),
    (
        "@vivliostyle/cli@9",
        ("vivliostyle", "preview", "--no-open-viewer", "--port", "4331"),
        "http://127.0.0.1:4331/vivliostyle/{page}.html",
    ),
)
"""Package of npm, its command, and where it shows the page of a file."""
NO_BROWSERS = {"PUPPETEER_SKIP_DOWNLOAD": "1", "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"}


class Client:
    """Listens to a server of `serve`, and requests pages from it."""

    def __init__(self, address: str) -> None:
        self._port = int(address.split(":")[2].partition("/")[0])
        self._cookie = {"Cookie": f"compositor-{self._port}={address.partition('token=')[2]}"}
        self.events: Queue[tuple[str, dict[str, Any]]] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def get(self, path: str) -> bytes:
        """Return the answer at a path."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=WAIT)
        connection.request("GET", path, headers=self._cookie)
        data = connection.getresponse().read()
        connection.close()
        return data

    def _listen(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port)
        connection.request("GET", "/events", headers=self._cookie)
        answer, kind = connection.getresponse(), ""
        for line in iter(answer.readline, b""):
            if line.startswith(b"event: "):
                kind = line[7:].decode().strip()
            elif line.startswith(b"data: "):
                self.events.put((kind, json.loads(line[6:])))

    def until(self, kind: str, has: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for the next event of a kind that is not empty, and return it."""
        while True:
            name, told = self.events.get(timeout=WAIT)
            if name == kind and has(told):
                return told


@contextmanager
def running(command: Sequence[str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Return a server, which is stopped with all that it has started."""
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 15)
        process.wait()


def measured(book: Path, name: str, rounds: int) -> Iterator[tuple[float, float]]:
    """Yield seconds until the page of the site, and until the PDF page, for each edit."""
    with running([sys.executable, str(HERE / "build.py"), "serve", str(book)], HERE) as process:
        assert process.stdout is not None
        client = Client(process.stdout.readline().strip())
        first = client.until("sheets", lambda told: not told["setting"])
        page, key = next((one["page"], one["key"]) for one in first["chapters"] if one["file"] == name)
        print(f"  {len(first['sheets']['pages'])} pages, {len(first['chapters'])} files", flush=True)
        client.get(f"/site/{page}")
        for number in range(rounds):
            time.sleep(6)  # a writer's pause, long enough for the work that is done when nobody is writing
            while not client.events.empty():
                with suppress(Empty):
                    client.events.get_nowait()
            start = edited(book / name, f"Word{number}")
            build = client.until("seen", lambda told: told["book"]["good"])["book"]["build"]
            assert f"Word{number}".encode() in client.get(f"/site/{page}")
            screen = time.monotonic() - start
            told = client.until("sheets", lambda told, build=build: told["sheets"]["build"] == build)  # type: ignore[misc]
            sheet = next(one for one in told["sheets"]["pages"] if one[3] == key)
            assert client.get(f"/page/{sheet[0]}/{sheet[1]}?w=960").startswith(b"\x89PNG")
            yield screen, time.monotonic() - start


def told(name: str, times: Sequence[float]) -> None:
    """Print a line of the table: the median, and the range."""
    if times:
        print(f"  {name:<28} {statistics.median(times):6.2f} s   ({min(times):.2f} to {max(times):.2f})", flush=True)


def ours(book: Path, name: str, rounds: int) -> None:
    """Measure a copy of a book."""
    print(f"{book.name}, {name}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "book"
        shutil.copytree(book, copy, ignore=shutil.ignore_patterns(".*"))  # environments of samples: 40,000 files
        times = list(measured(copy, name, rounds))
    told("the page for the screen", [one for one, _ in times])
    told("the true page", [one for _, one in times])


def others(chapters: int, rounds: int) -> None:
    """Measure the previews of HonKit and Vivliostyle, with the generated book, if npm has them."""
    npm = shutil.which("npm")
    if npm is None:
        print("HonKit and Vivliostyle: not run, there is no npm")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = _as_they_read_it(folder / "book", chapters)
        for package, command, address in SERVERS:
            got = subprocess.run(
                [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), package],
                capture_output=True, text=True, check=False, env={**os.environ, **NO_BROWSERS},
            )  # fmt: skip
            if got.returncode:
                print(f"{package}: not run, npm cannot install it: {got.stderr.strip().splitlines()[-1:]}")
                continue
            program = str(folder / "node_modules" / ".bin" / command[0])
            _other(package, [program, *command[1:]], folder / "book", (files[0], address), rounds)


def _as_they_read_it(book: Path, chapters: int) -> list[str]:
    """Write the generated book with the files that HonKit and Vivliostyle want; return its chapters."""
    write_book(book, chapters)
    files = sorted(file.name for file in book.glob("*.md"))
    lines = "\n".join(f"* [{file}]({file})" for file in files)
    (book / "SUMMARY.md").write_text(f"# Summary\n\n{lines}\n", encoding="utf-8")
    (book / "README.md").write_text("# A Long Book\n", encoding="utf-8")
    told = f'{{title: "A Long Book", entry: {json.dumps(files)}}}'
    (book / "vivliostyle.config.js").write_text(f"module.exports = {told};\n", encoding="utf-8")
    return files


def _other(package: str, command: list[str], book: Path, shown: tuple[str, str], rounds: int) -> None:
    file, address = shown
    print(f"{package}; load {os.getloadavg()[0]:.1f}", flush=True)
    times = []
    with running(command, book) as process:
        threading.Thread(target=lambda: list(process.stdout or ()), daemon=True).start()
        found = address.format(page=file.removesuffix(".md"))
        try:
            _until(found, "Matter")
            for number in range(rounds):
                time.sleep(2)
                start = edited(book / file, f"Word{number}")
                times.append(_until(found, f"Word{number}") - start)
        except TimeoutError:
            print("  not run: its server did not have the page in time")
            return
    told("its page", times)


def _until(address: str, word: str, most: float = 240.0) -> float:
    """Wait until a server has a word at an address, and return the time. Raises TimeoutError."""
    end = time.monotonic() + most
    while time.monotonic() < end:
        with suppress(OSError, http.client.HTTPException), urlopen(address, timeout=10) as answer:
            if word.encode() in answer.read():
                return time.monotonic()
        time.sleep(0.02)
    raise TimeoutError


def main() -> int:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--book", nargs=2, metavar=("FOLDER", "FILE"))
    parser.add_argument("--chapters", type=int, default=75)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--others", action="store_true")
    options = parser.parse_args()
    if options.book:
        ours(Path(options.book[0]), options.book[1], options.rounds)
        return 0
    ours(OURS, FILE, options.rounds)
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "generated"
        write_book(book, options.chapters)
        ours(book, sorted(book.glob("*.md"))[options.chapters // 2].name, options.rounds)
    if options.others:
        others(options.chapters, options.rounds)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
