"""One command draws the drawings that are written as text, within limits; a build uses the results."""

from __future__ import annotations

import os
import stat
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from compositor.cli import press
from compositor.commands import drawing
from compositor.commands.drawing import Drawing, Failed, by_program, draw_all
from compositor.markdown.figures.drawn import kept_name
from compositor.model import Place
from compositor.press import Timings, read_book
from tests.finished import built

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40"><rect width="90" height="40" fill="#ddd"/>'
    '<text x="9" y="20"><tspan>The</tspan><tspan> start</tspan></text></svg>'
)
BOOK = 'format = 1\ntitle = "Small"\nauthors = ["A"]\n'
MERMAID = "```mermaid\ngraph TD\nA --> B\n```"
TEXT = f"# One\n\n{MERMAID}\n\n{MERMAID}\n\n- x\n\n  ```puml\n  A -> B\n  ```\n"
HUNGRY = f"exec {sys.executable} -c 'import time; a = b\"1\" * 300_000_000; time.sleep(9)'"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a book with one drawing of Mermaid, twice, and one of PlantUML in a list."""
    (tmp_path / "book.toml").write_text(BOOK)
    (tmp_path / "01-one.md").write_text(TEXT)
    return tmp_path


def drawn(folder: Path, answer: bytes | Failed) -> list[str]:
    """Return the findings on each drawing when the programs give this output."""

    def draw(one: Drawing) -> bytes:
        if isinstance(answer, Failed):
            raise answer
        return answer

    book = read_book(folder, Timings()).book
    assert book is not None
    return [str(one) for one in draw_all(book, draw)]


def codes(folder: Path) -> list[str]:
    """Return the codes of the findings of a book."""
    return [finding.code for finding in read_book(folder, Timings()).findings]


def test_a_drawing_is_drawn_once_and_printed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Before it is drawn, its words are a listing; then it is a picture, with its words as alternative text."""
    assert codes(folder) == ["L148", "L148", "L148"]
    said = drawn(folder, SVG.encode())
    assert [line.partition(": ")[0] for line in said] == ["drawn", "drawn"]
    name = kept_name("mermaid", "graph TD\nA --> B\n")
    assert (folder / f"_drawn/{name}.svg").read_text() == SVG
    proof = read_book(folder, Timings())
    assert proof.book is not None
    assert [finding.code for finding in proof.findings] == []
    assert len(proof.book.units[0].chapter.images) == 3
    assert drawn(folder, Failed("is asked for again")) == [
        f"there already: {image.place} as {image.path}" for image in proof.book.units[0].chapter.images
    ]
    with zipfile.ZipFile(built(folder, tmp_path_factory.mktemp("out")).epub) as epub:
        texts = [epub.read(name).decode() for name in epub.namelist() if name.endswith(".xhtml")]
    assert sum(text.count('alt="The start"') for text in texts) == 3


@pytest.mark.parametrize("data", [b"", b"<html/>", b"<svg", b"<svg " + b" " * drawing.LARGEST])
def test_nothing_but_a_drawing_is_kept(folder: Path, data: bytes) -> None:
    """An output that is not SVG for a book, or is too large, is not written anywhere."""
    assert all(line.startswith("not drawn: ") for line in drawn(folder, data))
    assert not (folder / "_drawn").exists()


def program(folder: Path, name: str, script: str) -> None:
    """Write a program of this name as a shell script."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(stat.S_IRWXU)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that comes first on PATH."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return tmp_path / "bin"


ONE = Drawing("mermaid", "graph TD\n$(touch /tmp/never) `id` ; A --> B\n", Place("01-one.md", 3))


def test_the_words_are_given_in_a_file(place: Path) -> None:
    """The words reach the program unchanged, and no shell reads them on the way."""
    program(place, "mmdc", 'cat "$2" > "$4"')
    assert by_program(ONE).decode() == ONE.source


def test_plantuml_gets_the_lines_that_it_wants(place: Path) -> None:
    """PlantUML is told to make SVG, and may read nothing else."""
    last = 'for file; do :; done; { cat "$file"; echo "$PLANTUML_SECURITY_PROFILE"; } > "${file%.*}.svg"'
    program(place, "plantuml", last)
    words = by_program(Drawing("plantuml", "A -> B\n", Place("a.md"))).decode()
    assert words == "@startuml\nA -> B\n@enduml\nSANDBOX\n"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo wrong >&2; exit 3", "cannot be drawn; mmdc says: wrong"),
        ("exit 0", "cannot be drawn; mmdc says: nothing"),
        ("sleep 60", "took too much time and was stopped"),
        (HUNGRY, "took too much memory and was stopped"),
    ],
)
def test_a_program_that_fails_is_told(place: Path, script: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message has the program's own words, or names the limit that it exceeded."""
    monkeypatch.setattr(drawing, "SECONDS", 3.0)
    monkeypatch.setattr(drawing, "BYTES", 200_000_000)
    program(place, "mmdc", script)
    with pytest.raises(Failed, match=said):
        by_program(ONE)


def test_the_command_says_what_is_missing(folder: Path, place: Path) -> None:
    """Without the programs nothing is drawn, and the exit code says that something is missing."""
    result = CliRunner().invoke(press, ["draw", str(folder)])
    assert result.exit_code == 4
    assert "needs mmdc of Mermaid, which is not installed: npm install" in result.output
    assert "needs plantuml of PlantUML" in result.output
