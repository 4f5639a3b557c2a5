"""How the paragraphs of a book are set: which as a whole, which spreads end on one line, and the time it takes.

    .venv/bin/python -m benchmarks.paragraphs BOOK

Each unit is set in this process, once with `--lines: each` and once with `--lines: whole`, one after the other, so that
both have the same machine; the time is processor time. Then only its paragraphs, as plain words in the same font and
column, are set by Typst and by LuaLaTeX with microtype if they are installed (the package `typst`; `lualatex` on PATH),
and by Compositor, and their spaces are measured (justification.py).
"""

from __future__ import annotations

import argparse
import importlib
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.justification import justified, table
from compositor.formats.pdf import look
from compositor.formats.pdf.page_numbers import settle
from compositor.press import Timings, read_book
from compositor.skeleton import shipped
from compositor.typeset import Context, Look, Typesetter, UnitText
from compositor.typeset.layout.grid import spreads
from compositor.typeset.layout.reader import SheetReader
from compositor.typeset.layout.sheets import Setting
from compositor.typeset.lines.state import TALLY, WHOLE

EACH = ":root { --lines: each }"
EVEN = 0.5
"""Points between the ends of two pages that count as one line."""
FEWEST = 80
"""Letters of a paragraph that is compared."""


@dataclass(slots=True)
class Found:
    """The results of setting a book."""

    seconds: dict[str, float] = field(default_factory=lambda: {"each": 0.0, "whole": 0.0})
    reasons: Counter[str] = field(default_factory=Counter)
    even: int = 0
    uneven: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def units_of(folder: Path) -> tuple[Look, list[UnitText]]:
    """Return the look of a book, and its units as they are finally set."""
    proof = read_book(folder, Timings())
    if proof.book is None or proof.theme is None:
        raise SystemExit(f"{folder}: no book can be read there")
    seen = look(proof.book, proof.theme)
    placed, _ = settle(proof.book, proof.theme, Typesetter(seen))
    return seen, list(dict.fromkeys(one.laid.unit for one in placed))


def set_both(seen: Look, units: Sequence[UnitText]) -> Found:
    """Set each unit in both ways."""
    found = Found()
    setters = {
        "each": Typesetter(replace(seen, sheets=(*seen.sheets, (EACH, seen.folder)))),
        "whole": Typesetter(seen),
    }
    for number, unit in enumerate(units):
        for name in sorted(setters, reverse=bool(number % 2)):
            TALLY.clear()
            start = time.process_time()
            setters[name].typeset(unit)
            found.seconds[name] += time.process_time() - start
            found.reasons.update(TALLY)
        _look_at(found, unit, setters["whole"].document(unit).pages)
    return found


def _look_at(found: Found, unit: UnitText, pages: Sequence[Any]) -> None:
    sheets = SheetReader().sheets(pages)
    for page, more in spreads(Setting(sheets, {}, "")):
        if abs(more) <= EVEN:
            found.even += 1
        else:
            found.uneven.append(f"{unit.key}, pages {page + 1} and {page + 2}: {more:+.0f} pt")
    found.words += paragraphs(pages)


def paragraphs(pages: Sequence[Any]) -> Iterator[str]:
    """Yield the words of the justified paragraphs of a unit."""
    boxes = (box for page in pages for box in page._page_box.descendants() if type(box).__name__ == "LineBox")
    lines = (box for box in boxes if box.style["text_align_all"] == "justify")
    for element in dict.fromkeys(box.element for box in lines):
        words = " ".join("".join(element.itertext()).replace("\u200b", "").split())
        if len(words) >= FEWEST and words.isascii():
            yield words


def shares(reasons: Counter[str]) -> Iterator[str]:
    """Yield how many paragraphs were set as a whole, and why others were not."""
    count = sum(reasons.values())
    for reason, number in reasons.most_common():
        yield f"{reason}: {number} of {count}, {100 * number / count:.2f} %"
    if not reasons[WHOLE]:
        yield f"{WHOLE}: none"


def by_press(words: Sequence[str], folder: Path, seen: Look) -> Path:
    """Set the paragraphs with Compositor."""
    body = "".join(f"<p>{escape(line)}</p>" for line in words)
    xhtml = f'<html lang="en"><body><section class="unit">{body}</section></body></html>'
    unit, made = UnitText("words", xhtml, Context(1, "decimal", "right")), folder / "press.pdf"
    typesetter = Typesetter(seen)
    typesetter.typeset(unit)
    typesetter.document(unit).write_pdf(str(made))
    return made


TYPST = """#set page(width: 504pt, height: 666pt, margin: (top: 64pt, bottom: 70pt, left: 72pt, right: 96pt))
#set text(font: "Source Serif 4", size: 10.5pt, lang: "en", number-type: "old-style")
#set par(justify: true, leading: 5pt, spacing: 5pt, first-line-indent: 14pt)
"""
TEX = r"""\documentclass{article}
\usepackage[paperwidth=504bp,paperheight=666bp,left=72bp,right=96bp,top=64bp,bottom=70bp]{geometry}
\usepackage{fontspec,microtype}\usepackage[english]{babel}
\setmainfont{SourceSerif4-Regular.ttf}[Path=FONTS/,Numbers=OldStyle]
\parindent=14bp\parskip=0pt\begin{document}\fontsize{10.5bp}{14bp}\selectfont
"""


def by_typst(words: Sequence[str], folder: Path) -> Path:
    """Set the paragraphs with the package `typst`. Raises ImportError without it."""
    typst = importlib.import_module("typst")
    source, made = folder / "words.typ", folder / "typst.pdf"
    lines = "\n\n".join(f"#{_quoted(line)}" for line in words)
    source.write_text(TYPST + lines, encoding="utf-8")
    faces = [str(shipped("styles") / "fonts")]
    typst.compile(str(source), output=str(made), font_paths=faces, ignore_system_fonts=True)
    return made


def _quoted(line: str) -> str:
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'


def by_lualatex(words: Sequence[str], folder: Path) -> Path | None:
    """Set the paragraphs with `lualatex`, if it is installed."""
    if not (program := shutil.which("lualatex")):
        return None
    named = {"\\": r"\textbackslash ", "~": r"\textasciitilde ", "^": r"\textasciicircum "}
    special = str.maketrans({one: f"\\{one}" for one in "#$%&_{}"} | named)
    lines = "\n\n".join(line.translate(special) for line in words)
    text = TEX.replace("FONTS", str(shipped("styles") / "fonts")) + lines + "\n\\end{document}\n"
    (folder / "words.tex").write_text(text, encoding="utf-8")
    command = [program, "-interaction=batchmode", "words.tex"]
    subprocess.run(command, cwd=folder, check=False, capture_output=True)
    made = folder / "words.pdf"
    return made if made.exists() else None


def compare(words: Sequence[str], seen: Look) -> None:
    """Print a table for each installed program."""
    setters: dict[str, Callable[[Sequence[str], Path], Path | None]] = {
        "press": partial(by_press, seen=seen),
        "Typst": by_typst,
        "LuaLaTeX and microtype": by_lualatex,
    }
    for name, make in setters.items():
        with tempfile.TemporaryDirectory() as folder:
            try:
                made = make(words, Path(folder))
                lines = justified(made) if made else []
            except (ImportError, ZeroDivisionError):  # not installed; a file without spaces
                lines = []
            print(table(name, lines) if lines else f"{name}: it is not there, or lacks a package")


def main(arguments: Sequence[str] | None = None) -> None:
    """Set the book, and print the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", type=Path)
    parser.add_argument("--alone", action="store_true", help="do not compare with other programs")
    given = parser.parse_args(arguments)
    seen, units = units_of(given.book)
    found = set_both(seen, units)
    each, whole = found.seconds["each"], found.seconds["whole"]
    print(f"time: {whole:.1f} s as a whole, {each:.1f} s each: {whole / each:.2f}")
    print(*(f"paragraphs {line}" for line in shares(found.reasons)), sep="\n")
    print(f"spreads of text: {found.even} of {found.even + len(found.uneven)} end on one line")
    print(*(f"  {line}" for line in found.uneven), sep="\n")
    if not given.alone:
        compare(found.words, seen)


if __name__ == "__main__":
    main()
