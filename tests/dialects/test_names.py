"""File and folder names that are not UTF-8: a book in such a folder is made, and such a file is reported."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from compositor.formats import EDITIONS
from compositor.making import make
from compositor.press import Timings, read_book

TEXT = """# One

![A grey picture](grey.png){fig-alt="Grey."}

![A drawing](drawn.svg){fig-alt="A word."}

{{< include _part.md >}}

``` {.python include="code.py"}
```

::: {.csv file=data.csv}
:::

{{< var told.word >}}
"""
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><text x="5" y="20">Drawn</text></svg>'


@pytest.fixture
def folder(small_book: Path) -> Path:
    """Return a book in a folder that an old system has named, with a file of each kind in it."""
    (small_book / "01-one.md").write_text(TEXT, encoding="utf-8")
    Image.new("L", (1200, 200), 128).save(small_book / "grey.png")
    others = {"drawn.svg": DRAWN, "_part.md": "Included.\n", "code.py": "x = 1\n", "data.csv": "a,b\n1,2\n"}
    for name, text in others.items():
        (small_book / name).write_text(text, encoding="utf-8")
    (small_book / "told.json").write_text('{"word": "Told."}', encoding="utf-8")
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write('[data]\ntold = "told.json"\n')
    other = Path(os.fsdecode(os.fsencode(small_book.parent) + b"/b\xfccher"))
    shutil.move(small_book, other)
    return other


def test_a_book_in_a_folder_with_such_a_name_is_made_with_its_pictures(folder: Path, tmp_path: Path) -> None:
    """Pictures, drawings, included text, listings, tables and data are in both files."""
    proof = read_book(folder, Timings())
    assert [one.code for one in proof.findings] == []
    made = make(proof, EDITIONS, f"{tmp_path}/out/", Timings())
    assert {one.code for one in made.findings} <= {"P225", "P207", "P214"}
    pdf, epub = made.paths
    with pikepdf.open(pdf) as document:
        images = {name for page in document.pages for name in page.get_images()}
    assert len(images) == 1
    with zipfile.ZipFile(epub) as archive:
        assert {Path(name).name for name in archive.namelist()} >= {"grey.png", "drawn.svg"}


def test_a_file_with_such_a_name_is_told_and_left_out(small_book: Path) -> None:
    """A chapter, a picture, a file in a folder and a style sheet are reported and left out; none causes a crash."""
    names = (b"02-\xfc.md", b"p\xe4.png", b"b\xe4r/03-c.md", b"styles/\xfc.css", b"_\xfc.md")
    for name in names:
        path = Path(os.fsdecode(os.fsencode(small_book) + b"/" + name))
        path.parent.mkdir(exist_ok=True)
        path.write_text("# Two\n", encoding="utf-8")
    proof = read_book(small_book, Timings())
    assert proof.book is not None
    assert [(one.code, os.fsencode(one.place.file)) for one in proof.findings] == [
        ("M019", name) for name in (b"02-\xfc.md", b"b\xe4r/03-c.md", b"p\xe4.png")
    ]
    assert make(proof, EDITIONS[1:], None, Timings()).findings == ()


def test_a_folder_with_nothing_but_such_names_is_told(tmp_path: Path) -> None:
    """Such a folder is not a book, and the findings about the names say why."""
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xfc.md")).write_text("# One\n", encoding="utf-8")
    assert [one.code for one in read_book(tmp_path, Timings()).findings] == ["M001", "M019"]
