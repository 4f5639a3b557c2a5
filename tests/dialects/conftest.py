"""Small books that a test makes."""

from __future__ import annotations

import pytest

HEAD = 'format = 1\ntitle = "A Book"\nauthors = ["Ada"]\n'
"""A correct book.toml; the lines that a test adds begin on line 4."""


@pytest.fixture
def book(tmp_path):
    """Make a book: what book.toml adds to HEAD, and names of files, each with a heading unless it is given."""

    def make(toml, *names, **texts):
        (tmp_path / "book.toml").write_text(HEAD + toml, encoding="utf-8")
        for name in (*names, *texts):
            path = tmp_path / name.replace("__", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            text = texts.get(name, f"# {name}\n")
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return make
