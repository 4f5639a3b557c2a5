"""A book by this program and by others, by turns: the PDF, the EPUB, and how long the command line takes to start.

    .venv/bin/python -m benchmarks.peers BOOK [--rounds 3] [--tools FOLDER] [--without xelatex]

pandoc and Typst come from PyPI (pypandoc-binary, typst) and are installed into FOLDER. XeLaTeX and the command of
WeasyPrint are used if they are on PATH or in `.venv`: `apt-get install texlive-xetex lmodern`.
What is missing is left out and named. The others get the texts in the order of the book, with contents and numbered
sections. Their PDFs have no tags, except Typst's, and nothing checks them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.trials import Trial, table
from compositor.dialects import read
from compositor.errors import BookError
from compositor.model import Entry

HERE = Path(__file__).resolve().parent.parent
FROM_PYPI = ("pypandoc-binary==1.15", "typst==0.15.2")
PLACE = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""What all programs are started with: Python keeps what it has compiled, as it does for users."""
PAGE = ("-V", "geometry:paperwidth=7in", "-V", "geometry:paperheight=9.25in", "-V", "geometry:margin=1in")
SHARED = ("--from", "gfm-yaml_metadata_block", "--toc", "--number-sections", "--quiet", "--metadata", "title=Book")
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], root=sys.argv[3])"


@dataclass(slots=True, kw_only=True)
class Tool(Trial):
    """A program and the commands that make the file with it."""

    commands: tuple[tuple[str, ...], ...]
    folder: Path
    made: Path
    place: dict[str, str]

    def make(self) -> bool:
        """Make the file once; returns whether it is there, and prints the last words of a program that made none."""
        self.made.unlink(missing_ok=True)
        with self.timed():
            for command in self.commands:
                run = subprocess.run(
                    command, cwd=self.folder, env=self.place, capture_output=True, text=True, check=False
                )
        if not self.made.exists():
            print(f"{self.name} made no file:", *(run.stdout + run.stderr).splitlines()[-2:], sep="\n", file=sys.stderr)
        return self.made.exists()


def texts(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield the paths of the texts of a book, in their order."""
    for entry in entries:
        if "#" not in entry.source.path:
            yield entry.source.path
        yield from texts(entry.children)


def pandoc_in(tools: Path) -> str:
    """Install pandoc and Typst there if they are missing; return the path of pandoc."""
    if not (tools / "pypandoc").exists():
        words = (sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tools), *FROM_PYPI)
        subprocess.run(words, check=True)
    return str(tools / "pypandoc" / "files" / "pandoc")


def ours(name: str, book: Path, output: Path) -> Tool:
    """Return a cold build by this program, with all its checks."""
    made = output / f"ours.{name}"
    command = (sys.executable, str(HERE / "build.py"), name, str(book), "-o", str(made), "--quiet")
    place = {**PLACE, "COMPOSITOR_CACHE": "off"}
    return Tool(name=f"this program, {name}", commands=(command,), folder=HERE, made=made, place=place)


def pandoc_for(book: Path, tools: Path) -> tuple[str, ...]:
    """Return the command that gives pandoc the texts of a book; raises BookError if nobody can tell their order."""
    manuscript, findings = read(book)
    if manuscript is None:
        raise BookError(findings)
    files = [path for path in texts(manuscript.entries) if path.lower().endswith((".md", ".markdown"))]
    folders = dict.fromkeys((str(book), *(str((book / path).parent) for path in files)))
    return (pandoc_in(tools), *SHARED, "--resource-path", os.pathsep.join(folders), *files)


def others(pandoc: Sequence[str], book: Path, output: Path, tools: Path, without: Sequence[str]) -> Iterator[Tool]:
    """Yield the other programs that make a PDF and are here; name those that are not."""
    place = {**PLACE, "PYTHONPATH": str(tools)}
    for engine, words in (("xelatex", PAGE), ("weasyprint", ())):
        program = shutil.which(engine) or shutil.which(engine, path=str(Path(sys.executable).parent))
        if engine in without or program is None:
            print(f"left out: pandoc with {engine}", file=sys.stderr)
            continue
        made = output / f"{engine}.pdf"
        command = (*pandoc, "--pdf-engine", program, *words, "-o", str(made))
        yield Tool(name=f"pandoc and {engine}", commands=(command,), folder=book, made=made, place=place)
    if "typst" not in without:
        made, source = output / "typst.pdf", book / "benchmark-of-peers.typ"
        steps = (
            (*pandoc, "--standalone", "--to", "typst", "-o", str(source)),
            (sys.executable, "-c", TYPST, str(source), str(made), "/"),
        )
        yield Tool(name="pandoc and typst", commands=steps, folder=book, made=made, place=place)


def starts(output: Path) -> Iterator[Tool]:
    """Yield the commands whose time is mostly that of starting: `--help`, and `check` of the book of `init`."""
    made = output / "said"
    folder = output / "small"
    subprocess.run([sys.executable, HERE / "build.py", "init", str(folder)], check=True, capture_output=True)
    for name, words in (("--help", "--help"), ("check of a small book", f"check {folder / 'book'}")):
        command = ("sh", "-c", f"{sys.executable} {HERE / 'build.py'} {words} > {made}")
        place = {**PLACE, "COMPOSITOR_CACHE": "off"}
        yield Tool(name=name, commands=(command,), folder=HERE, made=made, place=place)


def main() -> int:
    """Make the book by all programs by turns, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("book", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tools", type=Path, default=Path(tempfile.gettempdir()) / "compositor-peers")
    parser.add_argument("--without", action="append", default=[], choices=("xelatex", "weasyprint", "typst"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        output, book = Path(scratch), Path(scratch) / "book"
        shutil.copytree(options.book.resolve(), book, ignore=shutil.ignore_patterns(".git"))
        pandoc = pandoc_for(book, options.tools)
        papers = (ours("pdf", book, output), *others(pandoc, book, output, options.tools, options.without))
        made = output / "pandoc.epub"
        command = (*pandoc, "-o", str(made))
        other = Tool(name="pandoc, epub", commands=(command,), folder=book, made=made, place=PLACE)
        screens = (ours("epub", book, output), other)
        groups = (papers, screens, tuple(starts(output)))
        for group in groups:
            left = list(group)
            for _ in range(options.rounds):
                left = [one for one in left if one.make()]
            print(*table(left), "", sep="\n", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
