"""The built-in fonts of signs and emoji: in both files, where they are needed, and nowhere else."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from compositor.formats import FORMATS
from compositor.making import make
from compositor.press import Timings
from tests.finished import Built, built
from tests.validators import broken_rules

SIGNS = "✅ ⚠ 🚀 ← ⌘ ⏎ ⓐ ☑ ★ ✔ ✘ → ▶ ❌ ⭐ 🅰 ⎈ ➡ ∮ 𝔸"
SEQUENCES = ("1️⃣", "⚠️", "⚠︎", "👩‍💻", "👍🏽", "👍", "👨‍👩‍👧", "🇩🇪", "🇽🇽", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "❤️‍🔥", "ℹ️", "©️")
TEXT = f"""# Done ✅ now

Text {SIGNS} and **bold ⚠ ✅**, *italic 🚀*, `code ⏎`.[^n] Sequences: {" ".join(SEQUENCES)}.

[^n]: A note 📦.

## Heading 🚀 ⌘

```text
ok ✅ | no ❌ | 🚀
ok ok | no no | 12
```

| ✅ yes | b |
|---|---|
| ⚠️ no | 👨‍👩‍👧 |

: The table 💡. {{#tbl-a}}

> [!NOTE] Mind 🔥
> Words ⓐ, in @tbl-a.
"""


@pytest.fixture(scope="module", params=["default", "plain"])
def signed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a book with signs in every place where letters can be."""
    folder = tmp_path_factory.mktemp("signed")
    told = f'format = 1\ntitle = "Ship it 🚀"\nauthors = ["A ★"]\ntheme = "{request.param}"\n'
    (folder / "book.toml").write_text(told, encoding="utf-8")
    (folder / "01-one.md").write_text(TEXT, encoding="utf-8")
    return built(folder, folder)


def test_signs_need_no_font_of_the_book(signed: Built) -> None:
    """The only finding is that the cover cannot show them."""
    assert signed.proof.findings == ()
    assert {one.code for one in make(signed.proof, FORMATS, None, Timings()).findings} <= {"E010"}


def test_signs_are_copied_as_they_were_written(signed: Built) -> None:
    """Signs in text, titles, contents, code, tables, notes, captions and heads are copied, whole sequences included."""
    text = "".join("".join(signed.page_texts()).split())
    for words in (SIGNS, "Done ✅ now", "bold ⚠ ✅", "code ⏎", "A note 📦", "Heading 🚀 ⌘", "ok ✅ | no ❌", "Mind 🔥"):
        assert "".join(words.split()) in text, words
    for words in SEQUENCES:
        bare = words.replace("\ufe0f", "").replace("\ufe0e", "").replace("\u200d", "")
        assert bare in text.replace("\ufe0f", "").replace("\u200d", ""), words
    assert text.count("Done✅now") >= 2  # the contents too
    assert text.count("👍🏽") == 1


def test_a_book_with_signs_conforms(signed: Built, epubcheck: Callable[[Path], list[str]]) -> None:
    """Both files are valid, and the PDF is accessible and fit for archiving."""
    for profile in ("ua1", "2a"):
        assert broken_rules(signed.pdf, profile) == []
    assert epubcheck(signed.epub) == []


def test_an_epub_carries_the_signs_that_it_uses(signed: Built) -> None:
    """The fonts are subset and have their licence; signs shown as pictures come from the emoji font."""
    with zipfile.ZipFile(signed.epub) as archive:
        names = {name.rpartition("/")[2]: name for name in archive.namelist() if "styles/faces/" in name}
        text = archive.read("EPUB/one.xhtml").decode()
        emoji = archive.read(names["fonts-NotoEmoji-Regular.ttf"])
    assert {"fonts-OFL-NotoEmoji.txt", "fonts-OFL-NotoSansSymbols.txt", "fonts-OFL-NotoSansMath.txt"} <= set(names)
    assert '<span class="book-emoji">👩‍💻</span> <span class="book-emoji">👍🏽</span>' in text
    assert "ok ✅ | no ❌" in text
    with TTFont(BytesIO(emoji)) as font:
        assert ord("🚀") in font.getBestCmap()
        assert ord("🦀") not in font.getBestCmap()


def test_a_book_without_signs_carries_none(small_book: Path, tmp_path: Path) -> None:
    """Neither file has a font that it does not need."""
    made = built(small_book, tmp_path)
    with zipfile.ZipFile(made.epub) as archive:
        assert not [name for name in archive.namelist() if "Noto" in name]
    with made.open_pdf() as pdf:
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert not [name for name in fonts if "Emoji" in name or "Symbols" in name]
