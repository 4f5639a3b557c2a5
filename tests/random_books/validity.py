"""The files of a random book -> what EPUBCheck and the validator of PDF/UA-1 say of them."""

from __future__ import annotations

from pathlib import Path

from tests.validators import broken_rules, epubcheck_says


def invalid(output: Path) -> tuple[str, ...]:
    """What is not valid in the files of a folder, each as the validator has it; nothing where all are silent."""
    rules = (rule for pdf in sorted(output.glob("*.pdf")) for rule in broken_rules(pdf, "ua1"))
    said = [f"UA-{rule} in the PDF: {message}" for rule, message in rules]
    said += [one for epub in sorted(output.glob("*.epub")) for one in epubcheck_says(epub)]
    return tuple(dict.fromkeys(said))
