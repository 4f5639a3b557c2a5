"""A chapter that becomes longer moves those after it: they get other page numbers, and are not set again."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from compositor.formats import PDF
from tests.test_cached_builds import Builds

WORDS = "A paragraph of some length, which says little, but fills three lines or four of a page of the usual size. " * 4
TEXT = f"""# {{0}}

Words of the chapter {{0}}, with a note.[^n]

{WORDS}

[^n]: A note of {{0}}.

```python
print("{{0}}")
```

![A dot](dot.svg)

""" + f"{WORDS}\n\n" * 9
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><circle cx="9" cy="9" r="5"/></svg>'
NAMES = ("one", "two", "three", "four")
SETTINGS = 'format = 1\ntitle = "Small"\nauthors = ["A"]\n'
LONGER = 1 + 1 + 1
"""What is set when a chapter is longer: the chapter, the page with the build id, and the contents."""


def builds_of(tmp_path: Path, settings: str = "", style: str = "", text: str = TEXT) -> Builds:
    """Return builds of a book of four chapters of several pages."""
    folder = tmp_path / "book"
    (folder / "styles").mkdir(parents=True)
    (folder / "book.toml").write_text(SETTINGS + settings, encoding="utf-8")
    (folder / "dot.svg").write_text(DOT, encoding="utf-8")
    (folder / "styles/print.css").write_text(style, encoding="utf-8")
    for number, name in enumerate(NAMES, 1):
        (folder / f"0{number}-{name}.md").write_text(text.format(name.title()), encoding="utf-8")
    return Builds(folder)


def grow(builds: Builds) -> int:
    """Make the first chapter two pages longer, and return how many units a build sets; its bytes are checked."""
    builds.edit("01-one.md", "# One\n", "# One\n\n" + f"{WORDS}\n\n" * 12)
    return int(builds.built()["units_set"])


@pytest.mark.parametrize(
    "settings",
    [
        "",
        'theme = "plain"\n',
        'theme = "manual"\n',
        '[print]\nbleed = "3mm"\ncrop-marks = true\n',
    ],
    ids=["quiet", "plain", "manual", "bleed"],
)
def test_chapters_that_move_are_not_set_again(settings: str, tmp_path: Path) -> None:
    """Only their margins are set, in every theme and with a bleed, although some numbers get another digit."""
    builds = builds_of(tmp_path, settings)
    assert builds.built()["units_set"] >= len(NAMES)
    assert grow(builds) == LONGER


def test_a_chapter_that_moves_back_and_forth(tmp_path: Path) -> None:
    """What was moved can be moved again, and comes from the cache if it stood there before."""
    builds = builds_of(tmp_path)
    builds.built()
    before = (builds.book / "01-one.md").read_text(encoding="utf-8")
    assert (grow(builds), grow(builds)) == (LONGER, LONGER)
    (builds.book / "01-one.md").write_text(before, encoding="utf-8")
    assert builds.built().get("units_set", 0) <= LONGER


def test_margins_are_set_in_other_processes(tmp_path: Path) -> None:
    """The processes that set pages do it, although they have not set the units."""
    builds = builds_of(tmp_path)
    builds._where = nullcontext
    builds.files(builds.cache, (PDF,))
    assert grow(builds) == LONGER


@pytest.mark.parametrize(
    "style",
    [
        '@page { @top-center { content: counter(folio) " of " counter(pages) } }',
        '@page { @bottom-center { content: "No. " counter(folio, upper-roman); background: #eee; border: 1pt solid } }',
        "p.note-words { position: running(said) } @page { @top-center { content: element(said) } }",
        "@page { @top-center { content: url(../dot.svg) } }",
        "h1 { string-set: here content() } @page { @top-center { content: string(here, start) } }",
        "@page { counter-increment: mine 3; @top-center { content: counter(mine) counter(page) } }",
        'p { counter-increment: lines } @page { @top-center { content: "p" counter(lines) } }',
        "@page { @top-center { content: counter(folio); opacity: 0.5 } }",
    ],
    ids=["of", "roman", "running", "picture", "start", "counters", "paragraphs", "faint"],
)
def test_margins_of_other_styles(style: str, tmp_path: Path) -> None:
    """Whatever a style puts into the margins, the bytes are those of a build without a cache."""
    builds = builds_of(tmp_path, style=style)
    builds.built()
    assert grow(builds) in (LONGER, LONGER + len(NAMES) - 1)


def test_a_book_from_right_to_left(tmp_path: Path) -> None:
    """Its margins are set again too."""
    builds = builds_of(tmp_path, 'language = "he"\n', text=TEXT.replace("Words", "מילים"))
    builds.built()
    assert grow(builds) == LONGER


@pytest.mark.parametrize("fault", [None, ValueError])
def test_margins_that_cannot_be_set_again(
    fault: type[Exception] | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If they come out otherwise, or WeasyPrint fails, the chapters are set again, as without a cache."""

    def refilled(*_: object) -> None:
        if fault is not None:
            raise fault

    builds = builds_of(tmp_path)
    builds.built()
    monkeypatch.setattr("compositor.typeset.typesetter.refilled", refilled)
    assert grow(builds) == LONGER + len(NAMES) - 1
