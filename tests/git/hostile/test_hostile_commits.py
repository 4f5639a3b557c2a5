"""Malicious commits: invalid dates and missing lines; each gets an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.git.answers import answer, kind, pressed
from tests.git.made_by_hand import WHO, begin, book_tree, commit_text, loose, point

DATES = (
    "-1 +0000", "-99999999999 +0000", "x +0000", "", " ", "1e9 +0000", "0x10 +0000", "1709208000.5 +0000",
    "\u0661\u0662 +0000", "9" * 400 + " +0000",
    "568971820800 +0000", "253402300800 +0000", "18446744073709551616 +0000", "9223372036854775807 +0000",
    "9" * 5000 + " +0000", "²³ +0000",
    "1709208000", "1709208000 nonsense", "1709208000 +99999999999", "  1709208000   +0000", "1_709_208_000 +0000",
    "+5 +0000", "\t12 +0000",
)  # fmt: skip


@pytest.mark.parametrize("when", DATES, ids=lambda when: ascii(when[:20]))
def test_a_date_that_is_none_is_no_fault(tmp_path: Path, when: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The year 20000, a time before 1970, words or nothing: the command line answers, and so does the reader."""
    book = begin(tmp_path)
    point(tmp_path, loose(tmp_path, "commit", commit_text(book_tree(tmp_path), when)))
    found = answer(book)
    assert kind(found) in {"unreadable", "clean"}
    pressed(capsys, "check", book)
    if when in DATES[:2] + DATES[10:14]:
        pressed(capsys, "epub", book, "-o", tmp_path / "made.epub")


COMMITS = (
    "", "\n", "tree\n", "tree x\n", f"author {WHO} 1 +0000\ncommitter {WHO} 1 +0000\n\nm\n", "TREE\n\nm\n", "TREE",
    f"TREE\nauthor {WHO} 1 +0000\n\nm\n", f"TREE\n\ncommitter {WHO} 1 +0000\n", "TREE\ncommitter\n\nm\n",
    "TREE\ncommitter \n\nm\n",
    "TREE\ncommitter A 1 +0000\n\nm\n", "TREE\ncommitter <> 1 +0000\n\nm\n", "TREE\ncommitter A <a> \n\nm\n",
    "TREE\ncommitter > < 1 +0000\n\nm\n",
    f"committer {WHO} 1 +0000\nTREE\n\nm\n", f"TREE\ncommitter {WHO} 1 +0000\ncommitter {WHO} 2 +0000\n\nm\n",
    f"TREE\nTREE\ncommitter {WHO} 1 +0000\n\nm\n",
    "TREE\n" + f"parent {'1' * 40}\n" * 50_000 + f"committer {WHO} 1 +0000\n\nm\n",
    f"TREE\ncommitter {WHO} 1 +0000", f"TREE\r\ncommitter {WHO} 1 +0000\r\n\r\n", f"TREE\ncommitter {'<' * 50_000}\n\n",
    "TREE\ncommitter \0 <> 1 +0000\n\n",
)  # fmt: skip


@pytest.mark.parametrize("text", COMMITS, ids=range(len(COMMITS)))
def test_a_commit_that_is_none_is_refused_or_told(tmp_path: Path, text: str) -> None:
    """Missing, doubled or reordered lines never cause an exception."""
    book = begin(tmp_path)
    body = text.replace("TREE", f"tree {book_tree(tmp_path)}").encode()
    point(tmp_path, loose(tmp_path, "commit", body))
    assert kind(answer(book)) in {"unreadable", "clean", "unknown", "changed"}
