"""Pictures of books of other tools are found as relative to a text, a web page, or the top of a site."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from compositor.press import Timings, read_book

DOT = BytesIO()
Image.new("RGB", (9, 9), "red").save(DOT, "PNG")
WAYS = (
    ('<img src="../../img/a.png" alt="A dot">', "docs/img/a.png"),
    ('<p align="center"><img src="../../img/a.png" alt="A dot"></p>', "docs/img/a.png"),
    ("![A dot](../img/a.png)", "docs/img/a.png"),
    ("![A dot](img/a.png)", "docs/img/a.png"),
    ('<img src="/img/a.png" alt="A dot">', "docs/img/a.png"),
    ('<img src="/logo.png" alt="A dot">', "static/logo.png"),
    ("Words and ![A dot](/logo.png).", "static/logo.png"),
    ('<img src="none.png" alt="A dot">', "docs/guide/none.png"),
    ('<img src="../../../outside.png" alt="A dot">', "../outside.png"),
)
"""The address of a picture in a text of a site -> the file in its folder."""


@pytest.mark.parametrize(("text", "path"), WAYS)
def test_where_a_picture_lies(tmp_path: Path, text: str, path: str) -> None:
    """The file is the one that the tool's page shows; a missing one is named as in the text."""
    folder = tmp_path / "site"
    for name in ("docs/guide", "docs/img", "static"):
        (folder / name).mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: A\nnav:\n  - guide/one.md\n", encoding="utf-8")
    (folder / "docs/guide/one.md").write_text(f"# One\n\n{text}\n", encoding="utf-8")
    for name in ("site/docs/img/a.png", "site/static/logo.png", "outside.png"):
        (tmp_path / name).write_bytes(DOT.getvalue())
    proof = read_book(folder, Timings())
    assert proof.book is not None
    assert [image.path for unit in proof.book.units for image in unit.chapter.images] == [path]
    missing = [finding for finding in proof.findings if finding.code == "C101"]
    assert len(missing) == ("none" in path or "outside" in path)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("wave.png", "Assets/sea/wave.png"),
        ("sea/wave.png", "Assets/sea/wave.png"),
        ("tide", "Assets/tide@2x.png"),
        ("moon", "Assets/moon.png"),
        ("Tide", "Assets/tide@2x.png"),
        ("../wave.png", "wave.png"),
        ("other/wave.png", "Guide/other/wave.png"),
        ("star", "Guide/star"),
    ],
)
def test_a_picture_is_found_by_its_name(tmp_path: Path, address: str, path: str) -> None:
    """As in Obsidian, with the folders that are said; as in DocC, without its ending and the scale of its dots."""
    (tmp_path / "Guide").mkdir()
    (tmp_path / "Guide/one.md").write_text(f"# One\n\n![A dot]({address})\n\n# Two\n", encoding="utf-8")
    for name in ("sea/wave.png", "tide@2x.png", "moon.png", "moon@2x.png", "moon~dark.png"):
        (tmp_path / "Assets" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "Assets" / name).write_bytes(DOT.getvalue())
    proof = read_book(tmp_path, Timings())
    assert proof.book is not None
    assert [image.path for unit in proof.book.units for image in unit.chapter.images] == [path]
