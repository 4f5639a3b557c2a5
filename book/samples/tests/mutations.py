"""Every listing of the book with one thing changed -> the share of changes that its proof finds, by kind.

Run in the environment of the checkers: `python tests/mutations.py [bash] [python] [hcl] [json]`. The rules are few and
blind: a number goes up by one, an option goes with its value, a word gets another letter, a keyword its opposite. What
is not found is printed, for somebody to look at: it is a gap, or it changes nothing.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
BOOK = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))

from fences import Fence  # noqa: E402 -- the folder of the checkers is none on the path

_FENCE = re.compile(r"^```(\w+)(?: \{([^\n]*)\})?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_INCLUDED = re.compile(r'include="([^"]+)"')
_NUMBER = re.compile(r"(?<![\w.$#-])\d+(?:\.\d+)?(?![\w.]|-\d)")
_OPTION = re.compile(r" --[a-z][\w-]*(?: (?!--|\\|\|)(?:'[^']*'|\"[^\"]*\"|[^\s'\"]+))?")
_WORD = re.compile(r"(?<=[ =,:'\"])[A-Za-z][\w.-]{3,}(?=['\",\s])")
_OPPOSITES = {"==": "!=", "<=": "<", " and ": " or ", " not ": " ", "True": "False", "max(": "min(", "all(": "any("}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A listing with one change."""

    kind: str
    fence: Fence
    text: str
    change: str


def listings(language: str) -> Iterator[tuple[str, Fence, str]]:
    """Chapter, fence and code of every listing in a language; its number is that among the fences of its chapter."""
    for chapter in sorted(BOOK.glob("*.md")):
        number = 0
        for match in _FENCE.finditer(chapter.read_text(encoding="utf-8")):
            if match[1] != language:
                continue
            number += 1
            attributes = match[2] or ""
            name = re.search(r"#([\w-]+)", attributes)
            included = _INCLUDED.search(attributes)
            text = (BOOK / included[1]).read_text(encoding="utf-8") if included else match[3]
            if "{{<" not in text:
                fence = Fence(Path(), chapter.name, 1, name[1] if name else "", language, number=number)
                yield chapter.name, fence, text


def changes(language: str, text: str) -> Iterator[tuple[str, int, int, str]]:
    """Kind, place and new words of each change that the rules make of a text; comments stay."""
    code = re.sub(r"(?m)(^|\s)#.*$", lambda comment: " " * len(comment[0]), text)
    for match in _NUMBER.finditer(code):
        yield "number", *match.span(), str(int(match[0]) + 1) if match[0].isdigit() else match[0] + "1"
    if language == "bash":
        for match in _OPTION.finditer(code):
            yield "option", *match.span(), ""
    if language != "python":
        for match in _WORD.finditer(code):
            yield "word", match.end() - 1, match.end(), "x" if match[0][-1] != "x" else "y"
        return
    for word, other in _OPPOSITES.items():
        for match in re.finditer(re.escape(word), code):
            yield "keyword", *match.span(), other


def mutants(language: str) -> Iterator[Mutant]:
    """Every change of every listing in a language."""
    for _, fence, text in listings(language):
        for kind, start, end, new in changes(language, text):
            line = text.count("\n", 0, start) + 1
            change = f"{fence.chapter} {fence.name}:{line} {text[start:end].strip() or '?'!r} -> {new!r}"
            yield Mutant(kind, fence, text[:start] + new + text[end:], change)


def neighbours(fence: Fence) -> Iterator[Fence]:
    """The other listings of its chapter in its language, as they are in the book."""
    for chapter, other, text in listings(fence.language):
        if chapter == fence.chapter and other.name != fence.name:
            file = fence.file.with_name(f"neighbour-{other.number}.{fence.language}")
            file.write_text(text, encoding="utf-8")
            yield Fence(file, chapter, 1, other.id, other.language, number=other.number)


def survives(mutant: Mutant, faults: Callable[[Fence], Iterator[object]], folder: Path) -> bool:
    """Whether nothing is said about a mutant, or about a listing as it is."""
    fence = mutant.fence
    file = folder / f"mutant.{fence.language}"
    file.write_text(mutant.text, encoding="utf-8")
    tried = Fence(file, fence.chapter, 1, fence.id, fence.language, number=fence.number)
    return next(iter(faults(tried)), None) is None


def proofs(language: str) -> Callable[[Fence], Iterator[object]]:
    """What says something about one listing of a language: its check, and its run where that needs no neighbour."""
    if language == "bash":
        import check_shell  # noqa: PLC0415 -- each in its own environment

        return check_shell.faults_of
    if language == "hcl":
        import check_terraform  # noqa: PLC0415

        return check_terraform.faults_of
    if language == "json":
        import check_json  # noqa: PLC0415
        import run_json  # noqa: PLC0415

        return lambda fence: iter([*check_json.faults_of(fence), *run_json.faults_of([fence, *neighbours(fence)])])
    import check_python  # noqa: PLC0415
    import run_python  # noqa: PLC0415

    return lambda fence: iter([*check_python.faults_of(fence), *run_python.faults_of(fence)])


def main(languages: list[str]) -> int:
    """Print the share of each kind, and each change that nobody has found."""
    found, made, left = Counter[tuple[str, str]](), Counter[tuple[str, str]](), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        for language in languages:
            faults = proofs(language)
            for _, fence, text in listings(language):
                if not survives(Mutant("none", fence, text, ""), faults, Path(folder)):
                    print(f"{fence.chapter} {fence.name} is at fault as it is, so its changes would all count as found")
                    return 1
            for mutant in mutants(language):
                key = (language, mutant.kind)
                made[key] += 1
                if survives(mutant, faults, Path(folder)):
                    left.append(mutant.change)
                else:
                    found[key] += 1
    for key, count in sorted(made.items()):
        print(f"{key[0]:<8}{key[1]:<10}{found[key]:>5} of {count:>5}  {100 * found[key] / count:5.1f} %")
    print(*left, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["bash", "hcl", "python"]))
