"""Drawings in the languages of Mermaid and PlantUML -> SVG in the book's folder `_drawn`, by their own programs.

Only the command `draw` starts them. Each drawing has limits on time and memory; its text is passed in a file and never
in a shell. A build takes the files in that folder; their names are made from the text.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from compositor.errors import one_line
from compositor.fence import Worker
from compositor.formats.writing.files import write_all
from compositor.machine.scratch import Scratch
from compositor.machine.steps import step
from compositor.markdown.figures.drawn import FOLDER, NAMES, kept_name
from compositor.markdown.reading import walk
from compositor.model import Book, Finding, Place
from compositor.pictures.svg import drawing
from compositor.press import Timings, read_book
from compositor.samples.running import Order, Runner

SECONDS, BYTES, LARGEST = 60.0, 2_000_000_000, 5_000_000
"""Limits on time, memory and file size for each drawing."""
PLAIN = {"htmlLabels": False, "deterministicIds": True, "securityLevel": "strict", "flowchart": {"htmlLabels": False}}
"""Mermaid's settings: labels as SVG text, and the same ids for the same source."""
PROGRAMS = {"mermaid": "mmdc", "plantuml": "plantuml"}
REMEDIES = {
    "mermaid": "npm install -g @mermaid-js/mermaid-cli, and name a Chromium in PUPPETEER_EXECUTABLE_PATH",
    "plantuml": "install PlantUML, the package plantuml of most systems",
}
SAFE = {"PLANTUML_SECURITY_PROFILE": "SANDBOX", "JAVA_TOOL_OPTIONS": "-Xmx1g -Djava.awt.headless=true"}
"""PlantUML reads no other file and nothing from the web."""


class Failed(Exception):
    """Why nothing was drawn, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The text of a drawing, and where it first occurs."""

    kind: str
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class Drawn:
    """The result for a drawing: its file, or the reason why there is no file."""

    place: Place
    path: str = ""
    fault: str = ""
    is_new: bool = False

    def __str__(self) -> str:
        if self.fault:
            return f"not drawn: {self.place} {self.fault}"
        return f"{'drawn' if self.is_new else 'there already'}: {self.place} as {self.path}"


@dataclass(frozen=True, slots=True)
class Done:
    """What became of every drawing, or why the book could not be read."""

    findings: tuple[Finding, ...] = ()
    drawn: tuple[Drawn, ...] = ()

    @property
    def faults(self) -> bool:
        """Whether some drawing failed."""
        return any(one.fault for one in self.drawn)


Draw = Callable[[Drawing], bytes]
"""Source of a drawing -> its SVG; raises Failed."""


def drawn(book: Path, worker: Worker) -> Done:
    """Run the command, inside the fence."""
    proof = read_book(book, Timings(worker.stage))
    if proof.book is None:
        return Done(proof.errors)
    with step("having it drawn", limited=False):
        return Done(drawn=tuple(draw_all(proof.book, by_program)))


def lines(done: Done) -> Iterator[tuple[str, bool]]:
    """Yield a line for each drawing, and whether it reports a fault."""
    for one in done.drawn:
        yield one_line(str(one)), bool(one.fault)


def drawings(book: Book) -> Iterator[Drawing]:
    """Yield the drawings of a book that are printed as listings, each once."""
    seen: set[tuple[str, str]] = set()
    for unit in book.units:
        blocks: Iterable[object] = (unit.chapter.tokens, *(note.tokens for note in unit.chapter.notes))
        for token in (token for tokens in blocks for token in walk(tokens)):  # type: ignore[arg-type]
            known = token.meta.get("drawing", "")
            if known and (known, token.content) not in seen:
                seen.add((known, token.content))
                file = unit.chapter.source.path
                yield Drawing(known, token.content, token.meta.get("drawing_place") or Place(file))


def draw_all(book: Book, draw: Draw) -> Iterator[Drawn]:
    """Draw what is not there yet, each drawing once."""
    folder = book.manuscript.folder
    for unit in book.units:
        for image in unit.chapter.images:
            if image.path.startswith(f"{FOLDER}/"):
                yield Drawn(image.place, image.path)
    for one in drawings(book):
        try:
            data = draw(one)
            if len(data) > LARGEST:
                raise Failed(f"is larger than {LARGEST} bytes")
            if fault := drawing(data).fault:
                raise Failed(f"is not a drawing that a book can use: {fault}")
            path = f"{FOLDER}/{kept_name(one.kind, one.source)}.svg"
            (folder / FOLDER).mkdir(exist_ok=True)
            if (folder / FOLDER).is_symlink():
                raise Failed(f"has no place: {FOLDER} is a link")
            write_all({folder / path: data})
        except (Failed, OSError) as problem:
            yield Drawn(one.place, fault=str(problem))
        else:
            yield Drawn(one.place, path, is_new=True)


def by_program(one: Drawing) -> bytes:
    """Return what the drawing program gives; raises Failed."""
    program = shutil.which(PROGRAMS[one.kind])
    if program is None:
        raise Failed(f"needs {PROGRAMS[one.kind]} of {NAMES[one.kind]}, which is not installed: {REMEDIES[one.kind]}")
    with Scratch("draw") as name:
        scratch = Path(name)
        source, target = scratch / f"drawing.{one.kind[:4]}", scratch / "drawing.svg"
        source.write_text(_with_ends(one), encoding="utf-8")
        (scratch / "settings.json").write_text(json.dumps(PLAIN), encoding="utf-8")
        words = tuple(_words(program, one.kind, scratch))
        ended = Runner().run(Order(words, scratch, scratch, {**os.environ, **SAFE}, SECONDS, BYTES))
        if ended.limit:
            raise Failed(f"took too much {ended.limit} and was stopped")
        if ended.code or not target.is_file():
            said = (ended.errors.strip() or ended.output.strip() or "nothing").split("\n")
            raise Failed(f"cannot be drawn; {PROGRAMS[one.kind]} says: {said[0][:200]}")
        return target.read_bytes()


def _words(program: str, kind: str, scratch: Path) -> Iterator[str]:
    source = str(scratch / f"drawing.{kind[:4]}")
    yield program
    if kind == "mermaid":
        yield from ("-i", source, "-o", str(scratch / "drawing.svg"), "-e", "svg", "-b", "transparent", "-q")
        yield from ("-c", str(scratch / "settings.json"))
    else:
        yield from ("-tsvg", "-charset", "UTF-8", "-Sshadowing=false", source)


def _with_ends(one: Drawing) -> str:
    """Add the first and last line that PlantUML requires and many sources omit."""
    if one.kind != "plantuml" or "@start" in one.source:
        return one.source
    return f"@startuml\n{one.source}@enduml\n"
