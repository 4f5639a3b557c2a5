"""Books that never end, through the command line: one finding names the file, and the last good files stay."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.finished import ROOT

LOOP = "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}"
POWER = "{{ 10 ** (10 ** 10) }}"


def run(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `build.py` with these arguments."""
    command, place = [sys.executable, ROOT / "build.py", *words], {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=place)


def run_code(code: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Python code with these arguments in a process of its own."""
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, cwd=ROOT)


def test_the_same_bytes_however_the_work_is_shared(small_book: Path) -> None:
    """The files are the same whether one process sets the pages or many, and whether they are forked or spawned."""
    (small_book / "02-two.md").write_text("# Two\n\nSee [one](01-one.md).\n", encoding="utf-8")
    (small_book / "03-three.md").write_text("# Three\n\nText.\n", encoding="utf-8")
    alone, many = small_book.parent / "alone", small_book.parent / "many"
    first = run("all", small_book, "-o", f"{alone}/", "--serial")
    second = run("all", small_book, "-o", f"{many}/", COMPOSITOR_WORKERS="3", COMPOSITOR_START="spawn")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert first.stderr.replace("alone", "many") == second.stderr
    files = {path.name: path.read_bytes() for path in alone.iterdir()}
    assert len(files) == 2 and files == {path.name: path.read_bytes() for path in many.iterdir()}


LISTENING = """
import os, sys
watched, here = os.path.realpath(sys.argv[1]), os.getpid()
def heard(event, words):
    if os.getpid() != here:
        return
    if event == "open" and isinstance(words[0], str | bytes) and os.path.isfile(words[0]):
        if os.path.realpath(os.fsdecode(words[0])).startswith(watched + os.sep):
            print("opened", os.fsdecode(words[0]))
    if event == "pickle.find_class" and words[0].partition(".")[0] not in ("compositor", "pathlib", "builtins"):
        print("found", *words)
sys.addaudithook(heard)
from compositor.cli import main
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize(
    "words",
    [("doctor",), ("all", "-o"), *(pytest.param(one, marks=pytest.mark.slow) for one in (("check",), ("epub", "-o")))],
)
def test_the_parent_reads_nothing_of_a_book(small_book: Path, words: tuple[str, ...]) -> None:
    """The parent opens no file of the book's folder, and receives only words, numbers and Compositor's types."""
    (small_book / "p.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>', encoding="utf-8"
    )
    (small_book / "01-one.md").write_text('# One\n\n![P](p.svg){fig-alt="P"}\n\n[@no]\n', encoding="utf-8")
    given = [words[0], small_book, *words[1:], *([f"{small_book.parent}/out/"] if "-o" in words else [])]
    done = run_code(LISTENING, small_book, *given)
    assert done.returncode == 0, done.stderr
    assert not {"opened", "found"} & {line.partition(" ")[0] for line in done.stdout.splitlines()}, done.stdout


@pytest.mark.parametrize("text", [pytest.param(LOOP, marks=pytest.mark.slow), POWER], ids=["loop", "power"])
def test_a_template_without_an_end_is_a_finding(small_book: Path, text: str) -> None:
    """W001 names the template; the file of the last build stays, and the book is made after the remedy."""
    output = small_book.parent / "out"
    assert run("epub", small_book, "-o", f"{output}/").returncode == 0
    before = {path.name: path.read_bytes() for path in output.iterdir()}
    template = small_book / "templates" / "unit.xhtml"
    template.parent.mkdir()
    ours = '{% extends "default/unit.xhtml" %}{% block body %}'
    template.write_text(ours + text + "{% endblock %}", encoding="utf-8")
    done = run("epub", small_book, "-o", f"{output}/")
    assert done.returncode == 1
    assert "error[W001]: filling it in took more than 10 s" in done.stderr
    assert "templates/unit.xhtml" in done.stderr
    assert {path.name: path.read_bytes() for path in output.iterdir()} == before
    template.unlink()
    assert run("epub", small_book, "-o", f"{output}/").returncode == 0
