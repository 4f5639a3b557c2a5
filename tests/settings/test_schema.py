"""The JSON Schemas accept and refuse what Compositor does, and describe each key."""

from __future__ import annotations

import datetime
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from compositor.cli import main
from compositor.commands.schemas import SCHEMAS
from compositor.press import Timings, read_book
from compositor.settings import read_settings
from compositor.settings.schema import RULES
from tests.finished import BOOKS, ROOT

LEAST = 'format = 1\ntitle = "A"\nauthors = ["B"]\n'
OURS = [ROOT / name / "book.toml" for name in ("book", "specimen", "skeleton/book")]
OURS += [path for path in sorted(BOOKS.glob("*/book.toml")) if path.parent.name != "mdbook"]


def as_json(value: Any) -> Any:
    """Return what an editor makes of a value of TOML or YAML: JSON has no dates."""
    if isinstance(value, dict):
        return {key: as_json(member) for key, member in value.items()}
    if isinstance(value, list):
        return [as_json(member) for member in value]
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value


def faults(name: str, value: Any) -> list[str]:
    """Return the places where a schema refuses a value."""
    found = Draft202012Validator(SCHEMAS[name]()).iter_errors(as_json(value))
    return sorted("/".join(map(str, one.absolute_path)) for one in found)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_one(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints JSON that conforms to the schema of schemas."""
    assert main(["schema", name]) == 0
    printed = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(printed)
    assert printed["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert "$id" not in printed


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.parent.name))
def test_books_of_the_press_are_taken(path: Path) -> None:
    """Every book.toml of this repository is right."""
    assert faults("book", tomllib.loads(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "more",
    [
        "",
        "date = 2026-11-29",
        'date = "2026"',
        "series-index = 1.5",
        'bibliography = "works.bib"',
        'bibliography = ["a.bib", "b.json"]',
        "[style]\naccent = 3",
        '[fonts]\ntext = "a.otf"',
        '[order]\nchapters = ["a.md", { file = "b.md", sections = ["c.md"] }]',
        '[[order.parts]]\ntitle = "I"\nchapters = ["a.md"]',
        '[callouts.my-kind]\ntitle = "Mine"\nicon = "tip"',
        '[print]\nbleed = " 3mm "',
        '[accessibility-review]\nby = "A"\ndate = 2026-11-29',
        '[strict]\ncodes = "P2"',
        'tolerate = ["P2"]',
        '[variables.deep]\nin = { it = [1, 2] }',
        '[identifiers]\npdf = "urn:isbn:9780306406157"\nweb = "urn:x:y"',
    ],
)
def test_what_the_press_takes_the_schema_takes(more: str) -> None:
    """A schema that refuses correct files would teach authors to ignore it."""
    text = f"{LEAST}{more}\n"
    settings, _ = read_settings(text, "book.toml")
    assert settings is not None
    assert faults("book", tomllib.loads(text)) == []


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ('titel = "A"', "titel"),
        ('[print]\nbleeds = "3mm"', "print/bleeds"),
        ('authors = "B"', "authors"),
        ('keywords = [""]', "keywords/0"),
        ('date = "soon"', "date"),
        ("numbered-levels = 4", "numbered-levels"),
        ("first-chapter = -1", "first-chapter"),
        ('drafts = "no"', "drafts"),
        ('links = "feet"', "links"),
        ("[pages]\nlists = -1", "pages/lists"),
        ('[print]\nbleed = "3 miles"', "print/bleed"),
        ('[limits]\nmemory = "much"', "limits/memory"),
        ('[strict]\ncodes = "p2"', "strict/codes"),
        ("[samples]\nleast-run = 101", "samples/least-run"),
        ("[style]\n\"a b\" = 1", "style"),
        ('[order]\nchapters = []', "order/chapters"),
        ('[order]\nchapters = ["a.md"]\n[[order.parts]]\ntitle = "I"\nchapters = ["b.md"]', "order"),
        ('[[order.parts]]\nchapters = ["b.md"]', "order/parts/0"),
        ('[callouts.Question]\ntitle = "Q"', "callouts"),
        ('[callouts.question]\ntitle = "Q"\nicon = "tipp"', "callouts/question/icon"),
    ],
)
def test_what_the_press_refuses_the_schema_refuses(more: str, where: str) -> None:
    """The fault is shown at its key."""
    known = LEAST.replace('authors = ["B"]\n', "") if "authors" in more else LEAST
    text = f"{known}{more}\n"
    settings, _ = read_settings(text, "book.toml")
    assert settings is None
    assert faults("book", tomllib.loads(text)) == [where]


def test_a_book_needs_its_title_and_its_format() -> None:
    """Beside a book of another tool no key is required, because that tool's files supply everything."""
    assert faults("book", {}) == ["", ""]
    assert faults("compositor", {}) == []
    assert faults("compositor", {"numbered-levels": 9}) == ["numbered-levels"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("title: A\nshort-title: 2026\ndraft: true\nepigraph: Words.\nepigraph-source: Me", []),
        ("date: 2026-11-29\nauthors: [A, B]", []),
        ("draft: maybe", ["draft"]),
        ("shorttitle: A", [""]),
        ("title: [A]", ["title"]),
        ("", []),
    ],
)
def test_front_matter(text: str, where: list[str], small_book: Path) -> None:
    """The schema refuses what Compositor reports with a warning."""
    assert faults("front-matter", yaml.safe_load(text)) == where
    (small_book / "01-one.md").write_text(f"---\n{text}\n---\n\n# One\n\nText.\n", encoding="utf-8")
    assert bool(read_book(small_book, Timings()).findings) is bool(where)


def described(schema: Any) -> list[str]:
    """Return the keys of a schema that have no description."""
    tables = [schema, *schema.get("$defs", {}).values()]
    keys = [(key, said) for table in tables for key, said in table.get("properties", {}).items()]
    return [key for key, said in keys if "description" not in said and "$ref" not in said]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_says_what_it_is_for(name: str) -> None:
    """An editor shows the description beside the key."""
    assert described(SCHEMAS[name]()) == []


def test_every_rule_of_the_schema_is_at_work() -> None:
    """A rule without a table would stay here for ever."""
    printed = json.dumps(SCHEMAS["book"]())
    unused = [rule for rule, said in RULES.items() if not all(json.dumps(value) in printed for value in said.values())]
    assert unused == []


def test_a_new_book_has_its_schema_beside_it(tmp_path: Path) -> None:
    """The first line of its book.toml names a local file, so that no network is needed."""
    assert main(["init", str(tmp_path / "new")]) == 0
    folder = tmp_path / "new" / "book"
    first = (folder / "book.toml").read_text(encoding="utf-8").split("\n")[0]
    schema = json.loads((folder / first.removeprefix("#:schema ")).read_text(encoding="utf-8"))
    assert schema == SCHEMAS["book"]()
