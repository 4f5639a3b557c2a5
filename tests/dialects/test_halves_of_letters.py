"""Escapes for a lone surrogate or a control character, in YAML and JSON: no book holds either."""

from __future__ import annotations

from pathlib import Path

import pytest

from compositor.assemble.letters import letters_of
from compositor.press import Timings, read_book

SETTINGS = 'format = 1\ntitle = "T"\nauthors = ["A"]\n'
BAD = r"\ud800 \u0000 \ufffe"
TEXT = "# A\n\nText.\n"
BOOKS = {
    "front matter": {"book.toml": SETTINGS, "01-a.md": f'---\nshort-title: "ж {BAD}"\n---\n\n{TEXT}'},
    "epigraph": {"book.toml": SETTINGS, "01-a.md": f'---\nepigraph: "ж {BAD}"\n---\n\n{TEXT}'},
    "data": {
        "book.toml": f'{SETTINGS}[data]\nd = "d.json"\n',
        "d.json": f'{{"x": "ж {BAD}"}}',
        "01-a.md": "# A\n\n{{< var d.x >}}\n",
    },
    "works": {
        "book.toml": f'{SETTINGS}bibliography = ["r.json"]\n',
        "r.json": f'[{{"id": "a", "type": "book", "title": "ж {BAD}"}}]',
        "01-a.md": "# A\n\nA work [@a].\n",
    },
    "book of GitBook": {
        "book.json": f'{{"title": "ж {BAD}", "author": "{BAD}"}}',
        "SUMMARY.md": "* [a](01-a.md)\n",
        "01-a.md": TEXT,
    },
    "MkDocs": {"mkdocs.yml": f'site_name: "ж {BAD}"\nnav:\n- "ж {BAD}": a.md\n', "docs/a.md": TEXT},
    "category of Docusaurus": {
        "docusaurus.config.js": "module.exports = {};\n",
        "docs/b/_category_.json": f'{{"label": "ж {BAD}"}}',
        "docs/b/a.md": TEXT,
    },
}


@pytest.mark.parametrize("name", BOOKS)
def test_no_text_of_the_book_holds_half_a_letter(tmp_path: Path, name: str) -> None:
    """The words around it stay; all messages and files are UTF-8."""
    for path, text in BOOKS[name].items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    proof = read_book(tmp_path, Timings())
    assert proof.book is not None, proof.findings
    letters = letters_of(proof.book)
    assert letters & {0, 0xD800, 0xFFFE} == set()
    assert ord("ж") in letters
    "".join(finding.message for finding in proof.findings).encode("utf-8")
