"""The program -> docs/manual/reference.md: commands, keys, callouts, custom properties and codes, as they are.

    python3 tools/reference.py            write the page again
    python3 tools/reference.py --check    exit code 1 when it is not up to date

None of the text is kept here: the meaning of a command, a key or a code is in the program, next to its code.
"""

from __future__ import annotations

import argparse
import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# Found only once the root of the repository is on the path.
from compositor.cli import press  # noqa: E402
from compositor.explanations import explanations  # noqa: E402
from compositor.language import LANGUAGES  # noqa: E402
from compositor.markdown.text.callouts import KINDS  # noqa: E402
from compositor.model import FrontMatter  # noqa: E402
from compositor.settings.notes import field_notes  # noqa: E402
from compositor.settings.tables import (  # noqa: E402
    CalloutKind,
    File,
    ListedChapter,
    ListedEnvironment,
    ListedFonts,
    ListedLanguage,
    ListedLimits,
    ListedPaper,
    ListedPart,
    ListedReview,
    ListedSamples,
    Order,
    Pages,
)
from compositor.theme.properties import declared  # noqa: E402

PAGE = ROOT / "docs" / "manual" / "reference.md"
STYLES = ROOT / "styles"
TABLES = (
    ("`[fonts]`", ListedFonts),
    ("`[callouts.…]`", CalloutKind),
    ("`[order]`", Order),
    ("`[[order.parts]]`", ListedPart),
    ("A chapter or an appendix", ListedChapter),
    ("`[pages]`", Pages),
    ("`[print]`", ListedPaper),
    ("`[samples]`", ListedSamples),
    ("`[samples.environments.NAME]`", ListedEnvironment),
    ("`[samples.languages.NAME]`", ListedLanguage),
    ("`[limits]`", ListedLimits),
    ("`[accessibility-review]`", ListedReview),
)
"""Heading, and the table of `book.toml` below it."""
GROUPS = {
    "A": "References and links",
    "B": "Date and edition",
    "C": "Pictures and other checks of the sources",
    "E": "EPUB",
    "F": "Writing the output",
    "L": "Markdown and front matter",
    "M": "The files of the book",
    "P": "PDF",
    "S": "book.toml",
    "T": "Templates, style sheets, theme",
    "X": "Samples",
}
"""First letter of a code -> the heading of these codes; a new letter is its own heading."""
PLURALS = {"text": "texts", "whole number": "whole numbers", "table": "tables"}
TABLES_OF: dict[Any, str] = {Any: "table of values"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page, or say whether it is up to date; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 when the page is out of date")
    wanted = page()
    if not parser.parse_args(arguments).check:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(wanted, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == wanted:
        return 0
    print(f"{PAGE.relative_to(ROOT)} is not up to date: run `make reference`.", file=sys.stderr)
    return 1


def page() -> str:
    """Return the whole page."""
    parts = (opening(), commands(), settings(), front_matter(), callouts(), properties(), codes())
    return "\n".join(line for part in parts for line in part)


def opening() -> Iterator[str]:
    """Yield the title, and where the page comes from."""
    yield "# Reference"
    yield ""
    yield "<!-- Written by tools/reference.py. Do not edit it: change the program and run `make reference`. -->"
    yield ""
    yield "All commands, keys, callouts, properties and codes. This page is generated from the program. The"
    yield "[manual](index.md) explains how to use them."
    yield ""


def commands() -> Iterator[str]:
    """Yield every command with its arguments and options."""
    yield "## Commands"
    yield ""
    context = click.Context(press, info_name="compositor")
    for name in press.list_commands(context):
        command = press.commands[name]
        yield from (f"### `{name}`", "", inspect.cleandoc(command.help or ""), "")
        own = click.Context(command, info_name=name, parent=context)
        yield from ("```text", command.get_usage(own).removeprefix("Usage: "), "```", "")
        yield from table(("option", "values", "default", "what it does"), map(option, options(command)))


def options(command: click.Command) -> Iterator[click.Option]:
    """Yield the options of a command, without `--help`, which all of them have."""
    return (param for param in command.params if isinstance(param, click.Option))


def option(one: click.Option) -> tuple[str, ...]:
    """Return a row of the table of options."""
    names = ", ".join(f"`{name}`" for name in (*one.opts, *one.secondary_opts))
    values = ", ".join(f"`{choice}`" for choice in one.type.choices) if isinstance(one.type, click.Choice) else ""
    values = f"{one.type.min} to {one.type.max}" if isinstance(one.type, click.IntRange) else values
    values = values or ("" if one.is_flag else one.type.name)
    default = f"`{one.default}`" if isinstance(one.default, (str, int)) and not one.is_flag else ""
    return names, values, default, escaped(one.help or "")


def settings() -> Iterator[str]:
    """Yield every key of book.toml, table by table."""
    yield "## Keys of book.toml"
    yield ""
    yield "Each key is explained, with an example, in [book.toml](book-toml.md)."
    yield ""
    yield from ("### At the top of the file", "")
    yield from keys(File)
    for heading, kind in TABLES:
        yield from (f"### {heading}", "", escaped(inspect.getdoc(kind) or ""), "")
        yield from keys(kind)


def front_matter() -> Iterator[str]:
    """Yield every key that may be between the `---` lines of a chapter."""
    yield "## Keys of the front matter"
    yield ""
    yield from keys(FrontMatter)


def keys(kind: type) -> Iterator[str]:
    """Yield the fields of a dataclass, as the keys that authors write."""
    hints, notes = get_type_hints(kind), field_notes(kind)
    rows = (
        (f"`{key(one)}`", type_in_words(hints[one.name]), default(one), escaped(notes.get(one.name, "")))
        for one in fields(kind)
    )
    return table(("key", "type", "default", "note"), rows)


def key(one: Field[Any]) -> str:
    """Return a field's name as authors write it."""
    return one.name.replace("_", "-")


def type_in_words(hint: Any) -> str:
    """Return `list of texts` for `tuple[str, ...]`."""
    arguments = [argument for argument in get_args(hint) if argument not in (type(None), Ellipsis)]
    if get_origin(hint) in (Union, UnionType):
        return " or ".join(map(type_in_words, arguments))
    if get_origin(hint) is tuple:
        inside = type_in_words(arguments[0])
        return f"list of {PLURALS.get(inside, inside)}"
    if get_origin(hint) is Literal:
        return " or ".join(f'`"{one}"`' for one in arguments)
    if get_origin(hint) is not None:
        return "table of tables" if is_dataclass(arguments[-1]) else TABLES_OF.get(arguments[-1], "table of texts")
    if is_dataclass(hint):
        return "table"
    return {str: "text", int: "whole number", float: "number", bool: "true or false", date: "date"}[hint]


def default(one: Field[Any]) -> str:
    """Return the default of a key, in TOML."""
    value = one.default_factory() if one.default_factory is not MISSING else one.default
    if value is MISSING:
        return "required"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, (str, int)):
        return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"
    return "" if value is None or is_dataclass(value) else ("`[]`" if value == () else "none")


def callouts() -> Iterator[str]:
    """Yield every kind of callout, with its title in each language."""
    yield "## Kinds of callout"
    yield ""
    rows = ((f"`[!{kind.upper()}]`", *(words.callouts[kind] for words in LANGUAGES.values())) for kind in KINDS)
    yield from table(("written", *(f"title in `{tag}`" for tag in LANGUAGES)), rows)


def properties() -> Iterator[str]:
    """Yield every custom property of the theme, sheet by sheet."""
    yield "## Custom properties of the theme"
    yield ""
    yield "Set under `[style]` in `book.toml`, without the two hyphens: see [Themes](themes.md)."
    yield ""
    for sheet in sorted(STYLES.rglob("*.css"), key=lambda path: (path != STYLES / "print.css", path)):
        found = list(declared(sheet.read_text(encoding="utf-8")))
        if found:
            yield from (f"### `styles/{sheet.relative_to(STYLES).as_posix()}`", "")
            yield from table(("property", "value"), ((f"`{name}`", f"`{value}`") for name, value in found))


def codes() -> Iterator[str]:
    """Yield every code of a finding, with what `explain` prints about it."""
    yield "## Codes of findings"
    yield ""
    yield "`compositor explain CODE` prints the same. The message itself says whether it is an error or a warning."
    yield ""
    known = explanations()
    for letter in sorted({code[0] for code in known}):
        yield from (f"### {letter}: {GROUPS.get(letter, letter)}", "")
        here = {code: text for code, text in known.items() if code.startswith(letter)}
        rows = ((f'<a id="{code.lower()}"></a>`{code}`', escaped(text)) for code, text in here.items())
        yield from table(("code", "what it means, and what mends it"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield rows as a table of GitHub's Markdown; nothing without rows."""
    found = list(rows)
    if found:
        for row in (head, ["---"] * len(head), *found):
            yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
        yield ""


def escaped(text: str) -> str:
    """Return a text that is literal in Markdown; text between back-ticks stays code."""
    parts = re.split(r"(`[^`]*`)", " ".join(text.split()))
    return "".join(part if part.startswith("`") else re.sub(r"([\\<>*_\[\]])", r"\\\1", part) for part in parts)


if __name__ == "__main__":
    raise SystemExit(main())
