"""Names that no file can have, too long or with a NUL, give a finding wherever a book uses them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from compositor.press import Timings, read_book

SETTINGS = 'format = 1\ntitle = "T"\nauthors = ["A"]\n'
LONG = "x" * 256
TEXT = "# A\n\nText.\n"
BOOKS = {
    "picture": {"book.toml": SETTINGS, "01-a.md": f"# A\n\n![x]({LONG}.png)\n"},
    "picture with a NUL": {"book.toml": SETTINGS, "01-a.md": "# A\n\n![x](a%00.png)\n"},
    "include": {"book.toml": SETTINGS, "01-a.md": f"# A\n\n{{{{< include {LONG}.md >}}}}\n"},
    "listing": {"book.toml": SETTINGS, "01-a.md": f'# A\n\n```{{.python include="{LONG}.py"}}\n```\n'},
    "cover": {"book.toml": f'{SETTINGS}cover = "{LONG}.png"\n', "01-a.md": TEXT},
    "font": {"book.toml": f'{SETTINGS}[fonts]\ntext = ["{LONG}.ttf"]\n', "01-a.md": TEXT},
    "fonts": {"book.toml": f'{SETTINGS}[fonts]\ntext = ["{LONG}/*.ttf"]\n', "01-a.md": TEXT},
    "order": {"book.toml": f'{SETTINGS}[order]\nchapters = ["01-a.md", "{LONG}.md"]\n', "01-a.md": TEXT},
    "summary of mdBook": {
        "book.toml": '[book]\ntitle = "T"\n',
        "src/SUMMARY.md": f"# S\n\n- [a](a.md)\n- [b]({LONG}.md)\n- [c](a%00.md)\n",
        "src/a.md": TEXT,
    },
    "summary of GitBook": {
        "SUMMARY.md": f"# S\n\n* [a](a.md)\n* [b]({LONG}.md)\n",
        ".gitbook.yaml": f"structure:\n  summary: {LONG}/SUMMARY.md\n",
        "a.md": TEXT,
    },
    "languages of GitBook": {"LANGS.md": f"* [a](a)\n* [b]({LONG})\n", "a/SUMMARY.md": "* [a](a.md)\n", "a/a.md": TEXT},
    "MkDocs": {"mkdocs.yml": f"site_name: T\nnav: [a.md, {LONG}.md, {LONG}/]\n", "docs/a.md": TEXT},
    "MyST": {"myst.yml": f"project:\n  toc:\n  - file: a.md\n  - file: {LONG}.md\n", "a.md": TEXT},
}


@pytest.mark.parametrize("name", BOOKS)
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, name: str) -> None:
    """The book is read, or there is an error, but never an exception of the system."""
    for path, text in BOOKS[name].items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert read_book(tmp_path, Timings()).findings


def test_a_pipe_is_read_nowhere(tmp_path: Path) -> None:
    """Reading a pipe would block the build for ever, whatever the book uses it for."""
    names = ("x.csv", "x.py", "p.png", "p.svg", "c.svg")
    for name in names:
        os.mkfifo(tmp_path / name)
    (tmp_path / "book.toml").write_text(f'{SETTINGS}cover = "c.svg"\n', encoding="utf-8")
    calls = '![a](p.png)\n\n![a](p.svg)\n\n{{< include x.py >}}\n\n::: {.csv file="x.csv"}\n:::\n\n'
    (tmp_path / "01-a.md").write_text(f'# A\n\n{calls}```{{.python include="x.py"}}\n```\n', encoding="utf-8")
    told = {one.code for one in read_book(tmp_path, Timings()).findings}
    assert told >= {"C101"}
