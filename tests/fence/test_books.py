"""Books that have no end, through the command line: one finding that names the file, and the last good files stay."""

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
    """`build.py` with these words."""
    command, place = [sys.executable, ROOT / "build.py", *words], {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=place)


def test_the_same_bytes_however_the_work_is_shared(small_book: Path) -> None:
    """One process that sets the pages or many, begun by a fork or from nothing: nobody sees it in the files."""
    (small_book / "02-two.md").write_text("# Two\n\nSee [one](01-one.md).\n", encoding="utf-8")
    (small_book / "03-three.md").write_text("# Three\n\nText.\n", encoding="utf-8")
    alone, many = small_book.parent / "alone", small_book.parent / "many"
    first = run("all", small_book, "-o", f"{alone}/", "--serial")
    second = run("all", small_book, "-o", f"{many}/", COMPOSITOR_WORKERS="3", COMPOSITOR_START="spawn")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert first.stderr.replace("alone", "many") == second.stderr
    files = {path.name: path.read_bytes() for path in alone.iterdir()}
    assert len(files) == 2 and files == {path.name: path.read_bytes() for path in many.iterdir()}


@pytest.mark.parametrize("text", [pytest.param(LOOP, marks=pytest.mark.slow), POWER], ids=["loop", "power"])
def test_a_template_without_an_end_is_a_finding(small_book: Path, text: str) -> None:
    """W001 names the template; the file of the last build stays, and the remedy, followed, makes the book."""
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
