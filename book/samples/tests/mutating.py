"""The listings of the book -> each with one thing changed, by rules that are few and blind.

A number goes up by one; an option goes with its value, a clause, an argument, a member or a line whole; a word loses
its last letter for another; a keyword becomes its opposite. Whether the change is a mistake no rule knows.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fences import Fence

BOOK = Path(__file__).resolve().parents[2]
LANGUAGES = ("bash", "console", "sql.pg", "sql.my", "yaml", "hcl", "json", "python")
KINDS = ("option", "value", "keyword", "number")
_FENCE = re.compile(r"^```([\w]+)(?: \{([^\n]*)\})?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_ATTRIBUTE = re.compile(r"(\w[\w-]*)=\"([^\"]*)\"")
_VARIABLE = re.compile(r"\{\{<\s*var\s+price\.([\w-]+)\s*>\}\}")
_COMMENTS = {"bash": r"(?m)(^|\s)#.*$", "python": r"(?m)(^|\s)#[^\n]*|\"\"\".*?\"\"\"", "yaml": r"(?m)\s#.*$",
             "sql.pg": r"--[^\n]*", "sql.my": r"--[^\n]*"}  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.$#-])\d+(?:\.\d+)?(?![\w.]|-\d)")
_WORD = re.compile(r"(?<=[ =,:'\"])[A-Za-z][\w.-]{3,}(?=['\",\s])")
_NAME = re.compile(r"(?<![\w\\])[A-Za-z_]\w+")
_STRING = re.compile(r"(?<=[\"'])[^\"'{}\n\\]{2,}(?=[\"'])")
_SQL = frozenset(
    """add all alter and as asc begin by cascade case cast char check coalesce column command comment commit constraint
    create cross database default delete desc distinct double drop else end exclude execute exists explain extension
    false first for foreign from full function generated grant group having identity if in index inner insert int into
    is join key language last left like limit not null nulls of on option or order out over partition password primary
    privileges references replace return returns revoke right role row rows schema select sequence set show status sum
    table tables temporary text then to true truncate union unique update usage use user using values when where with
    """.split()  # noqa: SIM905 -- a list of words reads better so
)
"""Words of the grammar: another letter in one of them is found by every parser, and would only flatter the share."""
_OPTIONS = {
    "bash": (r" --[a-z][\w-]*(?: (?!--|\\|\|)(?:'[^']*'|\"[^\"]*\"|[^\s'\"]+))?",),
    "console": (r" -A?tc? ", r" \w+=[\w-]+(?=\")"),
    "hcl": (r"\n  \w+ += [^\n]*",),
    "json": (r",\n\s*\"\w+\": (?:\"[^\"\n]*\"|[\d.]+)(?=\s*\})", r"(?<=\n)\s*\"\w+\": (?:\"[^\"\n]*\"|[\d.]+),\n"),
    "yaml": (r"\n +\w[\w:]*: \S[^\n]*", r"\n +- [^:\n]+(?=\n)"),
    "sql.pg": (),
    "sql.my": (),
    "python": (r", \w+=(?!=)[^,()\n]+(?=[,)])",),
}
_CLAUSES = (
    r"\s+ORDER BY [^;()]*?(?=\s+LIMIT|\s*[;)])", r"\s+LIMIT \d+", r"\s+FOR UPDATE SKIP LOCKED", r" SKIP LOCKED",
    r" NOT NULL", r" PRIMARY KEY", r" DEFAULT (?!PRIV|ROLE|VALUES)[\w_]+(?:\(\))?", r" PARALLEL SAFE", r" COST \d+",
    r" NULLS LAST", r" IF NOT EXISTS", r" CASCADE", r" DESC\b", r"\s+WHERE [^;()]*?(?=\s+ORDER|\s+GROUP|\s*[;)])",
)  # fmt: skip
_OPPOSITES = {
    "python": {"==": "!=", "<=": "<", " and ": " or ", " not ": " ", "True": "False", "max(": "min(", "all(": "any(",
               "min(": "max(", " < ": " <= ", " + ": " - ", " * ": " / ", "ceil(": "int("},
    "sql": {" <> ": " = ", " AND ": " OR ", " IS NULL": " IS NOT NULL", " IN (": " NOT IN (", "<=>": "<->",
            "UTC_TIMESTAMP()": "NOW()", "_cosine_ops": "_l2_ops", "FULL JOIN": "JOIN", " < ": " <= ", " + ": " - ",
            "SESSION ": "GLOBAL ", " max(": " min(", " = on": " = off"},
    "bash": {" || true": "", " -r ": " ", "Available": "Deleted", "-available ": "-deleted ", " | tail": " | head",
             "--no-": "--", "us-east-1": "eu-west-1"},
    "yaml": {"true": "false", "Allow": "Deny", "Snapshot": "Delete"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A listing with one change."""

    kind: str
    fence: Fence
    text: str
    line: str
    """The line of the listing on which the change begins, as it is in the book."""
    old: str
    new: str

    @property
    def name(self) -> str:
        """The listing, the line and the change, for people and for equivalents.toml."""
        old, new = (" ".join(part.split()) for part in (self.old, self.new))
        return f"{self.fence.chapter_name} {self.fence.name}: {self.line.strip()}: {old!r} -> {new!r}"


def listings(language: str) -> Iterator[tuple[Fence, str]]:
    """Fence and code of every listing in a language; its number is that among the fences of its chapter."""
    for chapter in sorted(BOOK.glob("*.md")):
        number = 0
        for match in _FENCE.finditer(chapter.read_text(encoding="utf-8")):
            attributes = match[2] or ""
            if language_of(match[1], attributes) != language:
                continue
            known = dict(_ATTRIBUTE.findall(attributes))
            name = re.search(r"#([\w-]+)", attributes)
            text = (BOOK / known["include"]).read_text(encoding="utf-8") if "include" in known else match[3]
            number += 1
            classes = tuple(re.findall(r"(?<!\S)\.([\w-]+)", attributes))
            fence = Fence(Path(), chapter.name, 1, name[1] if name else "", match[1], classes, known, number)
            yield fence, _VARIABLE.sub(_price, text)


def language_of(word: str, attributes: str) -> str:
    """The name of its commands in book.toml."""
    return {"sql": "sql.my" if ".my" in attributes.split() else "sql.pg"}.get(word, word)


def changes(language: str, text: str) -> Iterator[tuple[str, int, int, str]]:
    """Kind, place and new words of each change that the rules make of a text; comments stay."""
    flags = re.DOTALL if language == "python" else 0
    code = re.sub(_COMMENTS.get(language, r"(?!)"), lambda comment: " " * len(comment[0]), text, flags=flags)
    for match in _NUMBER.finditer(code):
        yield "number", *match.span(), str(int(match[0]) + 1) if match[0].isdigit() else match[0] + "1"
    sql = language.startswith("sql")
    for pattern in _CLAUSES if sql else _OPTIONS[language]:
        for match in re.finditer(pattern, code):
            yield "option", *match.span(), ""
    for match in (_NAME if sql else _STRING if language == "python" else _WORD).finditer(code):
        if not (sql and match[0].lower() in _SQL):
            yield "value", match.end() - 1, match.end(), "x" if match[0][-1] != "x" else "y"
    for word, other in _OPPOSITES.get("sql" if sql else language, {}).items():
        for match in re.finditer(re.escape(word), code):
            yield "keyword", *match.span(), other


def mutants(language: str) -> Iterator[Mutant]:
    """Every change of every listing in a language."""
    for fence, text in listings(language):
        for kind, start, end, new in changes(language, text):
            line = text.splitlines()[text.count("\n", 0, start + (text[start] == "\n"))]
            begins = _begins(text, start) if kind == "value" else start
            old, other = text[begins:end], text[begins:start] + new
            yield Mutant(kind, fence, text[:start] + new + text[end:], line, old, other)


def _begins(text: str, at: int) -> int:
    """Where the word begins of which a letter is changed."""
    while at and (text[at - 1].isalnum() or text[at - 1] in "_-."):
        at -= 1
    return at


def _price(match: re.Match[str]) -> str:
    prices = tomllib.loads((BOOK / "prices.toml").read_text(encoding="utf-8"))
    return format(prices[match[1]]["value"], prices[match[1]]["format"])
