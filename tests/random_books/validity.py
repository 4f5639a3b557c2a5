"""The files of a random book -> the messages of EPUBCheck and the validator of PDF/UA-1 about them."""

from __future__ import annotations

from pathlib import Path

from tests.validators import broken_rules, epubcheck_says


def invalid(output: Path) -> tuple[str, ...]:
    """Return the validators' messages about the files of a folder; nothing if all are valid."""
    rules = (rule for pdf in sorted(output.glob("*.pdf")) for rule in broken_rules(pdf, "ua1"))
    said = [f"UA-{rule} in the PDF: {message}" for rule, message in rules]
    said += [one for epub in sorted(output.glob("*.epub")) for one in epubcheck_says(epub)]
    return tuple(dict.fromkeys(said))
