"""A mistake of each kind, put into a copy of the book, is found by `build.py samples`, with chapter and line."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import seeds
from seeds import Seed

ROOT = Path(__file__).resolve().parents[3]
BOOK = ROOT / "book"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def found_by_checks(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The findings about a book with every mistake that reading finds; nothing is run."""
    return find(tmp_path_factory.mktemp("checked"), seeds.CHECKED, without="run")


@pytest.fixture(scope="module")
def found_by_runs(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The findings about a book with every mistake that only a run finds; nothing is checked."""
    return find(tmp_path_factory.mktemp("run"), seeds.RUN, without="check")


@pytest.mark.parametrize("seed", seeds.CHECKED, ids=lambda seed: seed.kind)
def test_reading_finds(seed: Seed, found_by_checks: list[dict[str, Any]]) -> None:
    """A mistake that a parser, a linter or a model can see is found where it is."""
    assert_found(seed, seeds.CHECKED, found_by_checks)


@pytest.mark.parametrize("seed", seeds.RUN, ids=lambda seed: seed.kind)
def test_running_finds(seed: Seed, found_by_runs: list[dict[str, Any]]) -> None:
    """A mistake that shows only when the sample is run is found at its sample or its line."""
    assert_found(seed, seeds.RUN, found_by_runs)


@pytest.mark.parametrize(("fixture", "planted"), [("found_by_checks", seeds.CHECKED), ("found_by_runs", seeds.RUN)])
def test_nothing_else_is_found(fixture: str, planted: tuple[Seed, ...], request: pytest.FixtureRequest) -> None:
    """Every finding about the copy stands beside a mistake that was put in: one may have several consequences."""
    places = [place(seed, planted) for seed in planted]
    places += [line_of(text, with_mistakes(file, planted), file) for file, text in (s.also for s in planted) if file]
    for finding in request.getfixturevalue(fixture):
        if finding["code"] in ("X101", "X102", "X103", "X110"):
            near = [line for file, line in places if file == finding["file"] and abs(line - finding["line"]) <= 4]
            assert near, (finding["file"], finding["line"], finding["message"])


def find(folder: Path, planted: Iterable[Seed], without: str) -> list[dict[str, Any]]:
    """Copy the book, put the mistakes in, and prove it without one of the two kinds of commands."""
    book = folder / "book"
    shutil.copytree(BOOK, book, ignore=shutil.ignore_patterns(".samples", "__pycache__"))
    (BOOK / ".samples").mkdir(exist_ok=True)
    (book / ".samples").symlink_to(BOOK / ".samples")  # the environments are made once
    settings = (book / "book.toml").read_text(encoding="utf-8")
    (book / "book.toml").write_text(without_commands(settings, without), encoding="utf-8")
    for name in {seed.file for seed in planted}:
        (book / name).write_text(with_mistakes(name, planted), encoding="utf-8")
    numbers = ["--least-checked", "0", "--least-run", "0"]
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "samples", str(book), "--quiet", "--format", "json", *numbers],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (1, 3), done.stderr
    entries = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return [entry | {"file": relative(entry, book)} for entry in entries if "code" in entry]


def without_commands(settings: str, kind: str) -> str:
    """A book.toml whose languages have no commands of a kind; a language that is left with none goes."""
    fewer = re.sub(rf"(?m)^{kind} = .*\n", "", settings)
    tables = re.split(r"(?m)^(?=\[)", fewer)
    return "".join(t for t in tables if not t.startswith("[samples.languages.") or re.search(r"(?m)^(check|run) =", t))


def with_mistakes(name: str, planted: Iterable[Seed]) -> str:
    """A file of the book with its mistakes; each leaves the lines where they are."""
    text = (BOOK / name).read_text(encoding="utf-8")
    for seed in planted:
        if seed.file == name:
            assert text.count(seed.right) == 1, f"{seed.kind}: the book has {text.count(seed.right)} of {seed.right!r}"
            assert seed.right.count("\n") == seed.wrong.count("\n")
            text = text.replace(seed.right, seed.wrong)
    return text


def place(seed: Seed, planted: Iterable[Seed]) -> tuple[str, int]:
    """File and line at which a mistake is to be found."""
    text = with_mistakes(seed.file, planted)
    if seed.at:
        return line_of(seed.at, text, seed.file)
    first = text[: text.index(seed.wrong)].count("\n") + 1
    lines = zip(seed.right.splitlines(), seed.wrong.splitlines(), strict=True)
    return seed.file, first + next(number for number, (right, wrong) in enumerate(lines) if right != wrong)


def line_of(wanted: str, text: str, file: str) -> tuple[str, int]:
    """The file with the line on which a text first stands in it."""
    assert wanted in text, f"{file} has no {wanted!r}"
    return file, text[: text.index(wanted)].count("\n") + 1


def assert_found(seed: Seed, planted: Iterable[Seed], findings: list[dict[str, Any]]) -> None:
    """There is a finding with the right words at the right place; or the environment is not on this machine."""
    needed = (f'environment "{seed.environment}"', 'environment "emulator"')
    for finding in findings:
        if finding["code"] in ("X121", "X122") and any(words in finding["message"] for words in needed):
            pytest.skip(f"this machine cannot prove these samples: {finding['message']}")
    there = [each["message"] for each in findings if (each["file"], each["line"]) == place(seed, planted)]
    assert any(seed.said in message for message in there), (there, [each["message"] for each in findings])


def relative(entry: dict[str, Any], book: Path) -> str:
    """A finding's file, seen from the book."""
    file = Path(entry["file"])
    return file.relative_to(book).as_posix() if file.is_absolute() else file.as_posix()
