"""Findings about a book.toml that is not TOML, or has unknown keys, missing keys, or wrong types."""

from __future__ import annotations

from dataclasses import fields

import pytest

from compositor.settings import read_settings
from compositor.settings.findings import TABLES as KNOWN
from tests.settings.report import HEAD, only, said


@pytest.mark.parametrize(
    ("text", "start", "remedy"),
    [
        ("title = My Book", "S001 1:9 this is not TOML: invalid value", 'key = "text"'),
        ('format = 1\ntitle = "a\n', "S001 2:11 this is not TOML: illegal character", "ends on the same line"),
        ('title = "a"\ntitle = "b"', "S001 2:12 this is not TOML: cannot overwrite a value", "twice"),
        ("[order]\n[order]", "S001 2:7 this is not TOML: cannot declare order twice", "merge its keys"),
        ('title = "C:\\User"', "S001 1:14 this is not TOML: invalid hex value", "backslash"),
        ("authors = [\n  'a',\n", "S001 2:", "close every quotation mark and bracket"),
        ("just words", "S001 1:6 this is not TOML: expected '='", "key ="),
    ],
)
def test_not_toml(text, start, remedy):
    """Invalid TOML is reported where reading it stopped, with the usual remedy."""
    finding = only(text)
    assert said(finding).startswith(start)
    assert remedy in " ".join(finding.helps)


def test_too_many_brackets():
    """Endless brackets are refused rather than followed."""
    assert only(f"a = {'[' * 100_000}").code == "S001"


@pytest.mark.parametrize(
    ("line", "expected", "remedy"),
    [
        ('autors = ["A"]', 'S002 4:1 unknown key "autors"', 'did you mean "authors"?'),
        ("first_chapter = 2", 'S002 4:1 unknown key "first_chapter"', 'did you mean "first-chapter"?'),
        ('chapters = ["a.md"]', 'S002 4:1 unknown key "chapters"', 'put "chapters" under [order]'),
        ("pubdate = 2024-01-01", 'S002 4:1 unknown key "pubdate"', 'date = "2024-01-01"'),
        ("pubdate = 'last May'", 'S002 4:1 unknown key "pubdate"', 'date = "YYYY-MM-DD"'),
        ("year = 2024", 'S002 4:1 unknown key "year"', 'date = "2024"'),
        ("[book]\nlanguage = 'en'", 'S002 4:2 unknown key "book"', "mdBook"),
        ("[order]\nlanguage = 'en'", 'S002 5:1 unknown key "language" in "order"', "above the first [table]"),
        ("[order]\nfronts = []", 'S002 5:1 unknown key "fronts" in "order"', 'did you mean "front"?'),
        ("[sources.python]\nrun = 'x'", 'S002 4:2 unknown key "sources"', "there are title,"),
        (
            "[samples.python]\nrun = ['{file}']",
            'S002 4:10 unknown table "python" in "samples"',
            "[samples.languages.python]",
        ),
        ("[samples.language.c]\nrun = ['{file}']", 'S002 4:10 unknown table "language" in "samples"', '"languages"'),
        (
            "[samples.languages.sql.pg]\nrun = ['{file}']",
            'S002 4:24 unknown table "pg" in "samples.languages.sql"',
            '[samples.languages."sql.pg"]',
        ),
        (
            "[samples.languages.\"sql.pg\"]\nchek = ['{file}']\nrun = ['{file}']",
            'S002 5:1 unknown key "chek" in "samples.languages.sql.pg"',
            'did you mean "check"?',
        ),
        (
            "[samples.environments.tools]\nlocks = 'x'",
            'S002 5:1 unknown key "locks" in "samples.environments.tools"',
            'did you mean "lock"?',
        ),
        (
            "[order]\nchapters = [{ file = 'a.md', section = [] }]",
            'S002 5:30 unknown key "section" in "order.chapters.0"',
            'did you mean "sections"?',
        ),
        (
            "[[order.parts]]\ntitle = 'T'\nchapter = []\nchapters = ['a.md']",
            'S002 6:1 unknown key "chapter" in "order.parts.0"',
            'did you mean "chapters"?',
        ),
    ],
)
def test_unknown_key(line, expected, remedy):
    """An unknown key is an error at the key, with what was probably meant."""
    finding = only(HEAD + line)
    assert said(finding) == expected
    assert finding.severity == "error"
    assert remedy in finding.helps[0]


def test_missing_keys():
    """A file without format and title is reported for both at once."""
    findings = read_settings('authors = ["A"]', "book.toml")[1]
    assert [finding.message for finding in findings] == [
        'the file has no "title"',
        "the file does not say which format it is in",
    ]
    assert all(finding.code == "S003" and str(finding.place) == "book.toml:1:1" for finding in findings)


@pytest.mark.parametrize(
    ("line", "expected", "remedy"),
    [
        ("subtitle = 7", 'S004 4:12 "subtitle" should be a text, not the number 7', "quotation marks"),
        ('first-chapter = "2"', 'S004 4:17 "first-chapter" should be a whole number, not the text "2"', "digits"),
        ("first-chapter = 1.5", 'S004 4:17 "first-chapter" should be a whole number, not the number 1.5', "digits"),
        ('drafts = "no"', 'S004 4:10 "drafts" should be true or false, not the text "no"', "lower case"),
        ('keywords = "a, b"', 'S004 4:12 "keywords" should be a list, not the text "a, b"', '["…"]'),
        ("keywords = ['a', 1]", 'S004 4:18 "keywords.1" should be a text, not the number 1', "quotation marks"),
        ("edition = 2026-01-01", 'S004 4:11 "edition" should be a text, not the date or time 2026-01-01', "quotation"),
        ('order = "a.md"', 'S004 4:9 "order" should be a table, not the text "a.md"', "[table]"),
        ('style = "plain"', 'S004 4:9 "style" should be a table, not the text "plain"', "[table]"),
        ("[style]\ncolour = true", 'S004 5:10 "style.colour" should be a text, not true', "quotation marks"),
        (
            "[order]\nchapters = [1]",
            'S004 5:13 "order.chapters.0" should be the name of a file, not the number 1',
            '"01-first.md"',
        ),
    ],
)
def test_wrong_type(line, expected, remedy):
    """A value of the wrong type is reported at the value, with an example of the right type."""
    finding = only(HEAD + line)
    assert said(finding) == expected
    assert remedy in finding.helps[0]


@pytest.mark.parametrize(
    ("line", "expected", "remedy"),
    [
        ("[samples.languages.c]", "S030 4:20 this language has no command", 'check = ["…", "{files}"]'),
        ("check = ['cc']", "S030 5:9 the command gets no code: it has neither {file} nor {files}", "{files}"),
        ("check = ['cc', '{fils}']", 'S030 5:16 "{fils}" is not a placeholder', 'did you mean "{files}"?'),
        ("check = ['cc', '{x}']", 'S030 5:16 "{x}" is not a placeholder', "there are {file}, {files}, {manifest}"),
        ("run = ['', '{file}']", "S030 5:7 the command has no name", "{file} for one"),
        ("run = ['a', '{file}', '{files}']", "S030 5:7 the command has both {file} and {files}", "{file} for one"),
        ("run = ['a', '--x={files}']", "S030 5:7 the command has {files} inside a word", "a word of its own"),
        ("run = ['a {file}']\ntimeout = 0", "S032 6:11 a time limit of 0 seconds", "seconds that one call"),
        ("run = ['a {file}']\nenvironment = 'tool'", 'S031 6:15 there is no environment "tool"', '"tools"?'),
        ("run = ['a {file}']\nneeds = ['x']", 'S031 6:9 there is no environment "x"', "[samples.environments.x]"),
    ],
)
def test_commands_for_samples_that_cannot_be_right(line, expected, remedy):
    """A command that could not get any code, or an undefined environment, is reported with its place."""
    head = "" if line.startswith("[") else "[samples.languages.c]\n"
    finding = only(f"{HEAD}{head}{line}\n[samples.environments.tools]\n")
    assert said(finding).startswith(expected)
    assert remedy in finding.helps[0]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("least-run = 101", "S032 5:13 101 is not a percentage"),
        ("least-run = -1", "S032 5:13 -1 is not a percentage"),
        ("[samples.environments.1a]", 'S033 5:23 "1a" is not a name for an environment'),
    ],
)
def test_numbers_and_names_for_samples(line, expected):
    """A share is 0 to 100, and the name of an environment can be part of a variable's name."""
    assert said(only(f"{HEAD}[samples]\n{line}")) == expected


@pytest.mark.parametrize("code", ["p215", "P2155", "", "all"])
def test_what_is_no_code(code):
    """A code, or the beginning of one, is a letter and at most three digits."""
    expected = f'S043 5:18 "{code}" is not a code of a finding'
    assert said(only(f'{HEAD}[strict]\ncodes = ["P215", "{code}"]')).startswith(expected)


def test_tolerate_has_moved():
    """The old key still works, and the finding says where it is now."""
    found = only(f'{HEAD}tolerate = ["P215", "P203"]')
    assert (found.code, found.severity) == ("S044", "warning")
    assert found.helps == ('write [strict], and below it tolerate = ["P215", "P203"]',)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('memory = "4"', 'S040 5:10 "4" is not a size of memory'),
        ('memory = "-4 GB"', 'S040 5:10 "-4 GB" is not a size of memory'),
        ('memory = "4 gigabytes"', 'S040 5:10 "4 gigabytes" is not a size of memory'),
        ('memory = "399 MB"', "S040 5:10 399 MB is too little to set a page"),
        ("memory = 4", 'S004 5:10 "limits.memory" should be a text, not the number 4'),
        ("seconds = 0", "S041 5:11 a time limit of 0 seconds"),
        ("seconds = 1.5", 'S004 5:11 "limits.seconds" should be a whole number'),
    ],
)
def test_limits_that_are_none(line, expected):
    """A limit is a size with its unit, or whole seconds; a limit too small for any page is refused at once."""
    assert said(only(f"{HEAD}[limits]\n{line}")).startswith(expected)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ('by = "A"', 'S003 4:2 "accessibility-review" has no "date"'),
        ('by = "A"\ndate = "2026-11-20"', 'S004 6:8 "accessibility-review.date" should be a date'),
        ('by = ""\ndate = 2026-11-20', "S042 5:6 a review without a reviewer"),
        ('by = "A"\ndate = 2026-11-20\nreport = "here"', 'S042 7:10 "here" is not an address'),
    ],
)
def test_reviews_that_are_none(lines, expected):
    """A review of accessibility needs a reviewer and a date."""
    assert said(only(f"{HEAD}[accessibility-review]\n{lines}")).startswith(expected)


@pytest.mark.parametrize("text", [f"[variables]\n{'a.' * 5000}b = 1\n", f"[{'a.' * 500}b]\nc = 1\n"])
def test_tables_that_are_nested_too_deeply_are_told(text: str) -> None:
    """Dotted keys nest tables as brackets do, and would exceed the stack."""
    settings, findings = read_settings(f'format = 1\ntitle = "T"\nauthors = ["A"]\n{text}', "book.toml")
    assert settings is None
    assert [one.code for one in findings] == ["S001"]


TABLES = (
    *("order", "pages", "print", "fonts", "strict", "limits", "samples", "accessibility-review", "callouts.question"),
    *("samples.languages.sh", "samples.environments.e", '"order".parts.p', "a.b.c"),
)
KEYS = ("nosuch = 1", 'nosuch = "x"', "nosuch = [1]", "nosuch = {a = 1}", '"" = 1', '"a b" = 2', '"a.b" = 3', "0 = 1")


@pytest.mark.parametrize("table", TABLES)
def test_no_table_takes_a_key_that_it_does_not_know(table: str) -> None:
    """An unknown key of any name in any table is reported with its line."""
    for key in KEYS:
        settings, findings = read_settings(f"{HEAD}[{table}]\n{key}\n", "book.toml")
        assert settings is None
        assert all(one.code.startswith("S") and (one.place.line or 0) >= 1 for one in findings), key


@pytest.mark.parametrize("table", [*TABLES, ""])
def test_no_kind_of_value_is_too_much_for_a_key(table: str) -> None:
    """Any value for any key of any table is accepted or reported."""
    values = ("1", "-1", "1.5", '"x"', '""', "[]", "[1]", "[[]]", "{}", "{a = 1}", "true", "2026-01-01", '["a", 1]')
    names = {name for one in KNOWN.values() for name in (f.name.replace("_", "-") for f in fields(one))}
    for name in sorted(names):
        for value in values:
            above = f"{HEAD}[{table}]\n" if table else HEAD
            settings, findings = read_settings(f"{above}{name} = {value}\n", "book.toml")
            assert settings is not None or any(one.severity == "error" for one in findings), f"{table} {name} {value}"
