"""Examples -> failures: many short chapters as one book, halved until a failure has the name of its example."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree, html

from compositor.errors import BookError
from compositor.formats import FORMATS
from compositor.making import make
from compositor.press import Timings, read_book
from tests.corpora.corpora import Example

SETTINGS = 'format = 1\ntitle = "Inputs"\nauthors = ["A"]\n'
OF_THE_LOOK = ("P", "E", "T")
"""Codes with these beginnings are about pages, reading systems or fonts: no word is lost."""
HIDDEN = {"script", "style"}


@dataclass(slots=True)
class Outcome:
    """The results of many examples."""

    tried: int = 0
    told: int = 0
    """The number of examples with findings."""
    failures: dict[str, str] = field(default_factory=dict)
    """Example -> why it is refused, or which word is lost without a message."""


def try_all(examples: Sequence[Example], size: int = 60) -> Outcome:
    """Make both files of all examples, in books of so many chapters."""
    outcome = Outcome()
    for start in range(0, len(examples), size):
        _try(examples[start : start + size], outcome)
    return outcome


def _try(examples: Sequence[Example], outcome: Outcome) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fault, told, texts = _made(Path(folder), examples)
    if fault and len(examples) > 1:
        half = len(examples) // 2
        _try(examples[:half], outcome)
        _try(examples[half:], outcome)
        return
    outcome.tried += len(examples)
    outcome.told += len(told)
    if fault:
        outcome.failures[examples[0].name] = fault
        return
    for number, example in enumerate(examples):
        if number not in told and (lost := missing(example, texts[number])):
            outcome.failures[example.name] = f"without a word there is no {lost!r} in {texts[number]!r}"


def _made(folder: Path, examples: Sequence[Example]) -> tuple[str, set[int], list[str]]:
    """Return why there are no good files, the numbers of the examples with findings, and the text of each."""
    (folder / "book.toml").write_text(SETTINGS, encoding="utf-8")
    names = [f"{number + 1:03}-example.md" for number in range(len(examples))]
    for number, (name, example) in enumerate(zip(names, examples, strict=True)):
        text = f"# Example {number + 1}\n\n{example.text}\n"
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        proof = read_book(folder, Timings())
        if proof.errors:
            return _said(proof.errors), set(), []
        made = make(proof, FORMATS, f"{folder}/out/", Timings())
    except BookError as problem:
        return _said(problem.findings), set(), []
    except Exception as problem:  # the result that a trial collects
        return f"{type(problem).__name__}: {problem}", set(), []
    errors = [one for one in made.findings if one.severity == "error"]
    if errors or made.missing:
        return _said(errors) or "a file is missing", set(), []
    said = (one for one in (*proof.findings, *made.findings) if not one.code.startswith(OF_THE_LOOK))
    told = {names.index(one.place.file) for one in said if one.place.file in names}
    return "", told, texts_of(next(path for path in made.paths if path.suffix == ".epub"), len(examples))


def _said(findings: Sequence[object]) -> str:
    return "; ".join(dict.fromkeys(f"{one.code} {one.message}" for one in findings))[:300]  # type: ignore[attr-defined]


def texts_of(epub: Path, count: int) -> list[str]:
    """Return the words of each chapter of an EPUB, without white space."""
    with ZipFile(BytesIO(epub.read_bytes())) as archive:
        names = sorted((one for one in archive.namelist() if "example" in one), key=_number)
        trees = [etree.fromstring(archive.read(name)) for name in names]
    assert len(trees) == count
    return ["".join(map(str, tree.xpath("//text() | //@alt | //@href"))) for tree in trees]


def _number(name: str) -> int:
    found = re.search(r"example-?(\d+)?", name)
    return int((found and found[1]) or 1)


def missing(example: Example, text: str) -> str:
    """Return the first word in other programs' output of an example that is missing in its chapter."""
    if not re.sub(r"<[!?][^>]*>", "", example.html).strip():  # nothing, or a declaration alone
        return ""
    tree = html.fragment_fromstring(example.html, create_parent="div")
    for hidden in list(tree.iter(*HIDDEN)):
        hidden.drop_tree()
    there = letters(text)
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", " ".join(map(str, tree.itertext()))))
    return next((word for word in words if letters(word) not in there), "")


def letters(text: str) -> str:
    """Return the letters and digits of a text, in one normal form."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))
