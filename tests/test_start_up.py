"""A command imports only what it needs, because imports take most of its start-up time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.finished import ROOT

SLOW = (
    "PIL", "bibtexparser", "charset_normalizer", "citeproc", "ebooklib", "fontTools", "jinja2", "lxml", "markdown_it",
    "math_core", "mdit_py_plugins", "pikepdf", "pydantic", "pygments", "pylatexenc", "pypdfium2", "resvg_py",
    "tinycss2", "weasyprint", "yaml", "ziamath",
)  # fmt: skip
SAID = """
import sys
from compositor.cli import main
main(sys.argv[2:])
found = [name for name in sys.argv[1].split(",") if name in sys.modules]
print(*found, sum(name.startswith("compositor") for name in sys.modules))
"""
TO_READ = {"PIL", "fontTools", "jinja2", "lxml", "markdown_it", "math_core", "mdit_py_plugins", "pydantic", "pygments",
           "tinycss2", "yaml"}  # fmt: skip
NOT_TO_CHECK = ("compositor.making", "compositor.proof", "compositor.checks.finished", "compositor.typeset",
                "compositor.formats.epub", "compositor.theme.made_fonts", "fontTools.subset")  # fmt: skip


def imported(*words: str, of: tuple[str, ...] = SLOW) -> tuple[set[str], int]:
    """Return which of these packages a command has imported at its end, and how many modules of Compositor."""
    command = [sys.executable, "-c", SAID, ",".join(of), *words]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    *names, modules = run.stdout.splitlines()[-1].split()
    return set(names), int(modules)


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("pdf", "--help"), ("check", "--help")])
def test_help_imports_nothing_that_reads_a_book(words: tuple[str, ...]) -> None:
    """It imports the help texts, the messages, and the worker module."""
    names, modules = imported(*words)
    assert names == set()
    assert modules <= 47


def test_a_new_book_is_started_without_reading_one(tmp_path: Path) -> None:
    """`init` copies files, and makes the schema of book.toml with pydantic."""
    assert imported("init", str(tmp_path / "new"))[0] == {"pydantic"}


def test_a_check_imports_what_reading_takes(small_book: Path) -> None:
    """The process that starts a check imports nothing that makes files, and no library for citations or pages."""
    found, _ = imported("check", str(small_book), of=(*SLOW, *NOT_TO_CHECK))
    assert found <= TO_READ


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("compositor.press", ("compositor.dialects.gitbook", "compositor.dialects.plain")),
        ("compositor.markdown", ("fontTools.ttLib", "uharfbuzz", "compositor.theme.made_fonts")),
        ("compositor.checks.finished", ("pikepdf", "pypdfium2", "ssl", "concurrent.futures")),
        ("compositor.typeset.processes.child", ("jinja2", "markdown_it", "yaml", "pydantic", "compositor.theme")),
        ("compositor.formats.pdf", ("weasyprint", "compositor.typeset.typesetter", "compositor.theme.made_fonts")),
    ],
)
def test_what_an_edit_has_no_use_for_waits(module: str, unwanted: tuple[str, ...]) -> None:
    """Readers of other tools' books, readers of PDFs without a PDF, and the typesetter are not imported."""
    said = f"import sys, {module}; print(*[name for name in sys.argv[1:] if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", said, *unwanted], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.split() == []
