"""docs/manual/markdown.md -> its examples: the sources that are followed by pictures, as chapters of the specimen.

An example is the last fence marked `markdown` before a picture `pictures/NAME-print.png`. What the examples need, such
as figures, works and a glossary, comes from the specimen; so they can be built, and a test builds them.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "manual" / "markdown.md"
SPECIMEN = ROOT / "specimen"
_PICTURE = re.compile(r"pictures/(?P<name>[\w-]+)-print\.png\Z")
_CHAPTERS = re.compile(r"^chapters = \[(?P<files>[^\]]*)\]", re.MULTILINE)
PAGE_SIZE, TOP, BOTTOM = (504, 666), 64, 70
"""Points: the page that pictures are taken of, and its margins above and below the text."""
STYLE = f"""
[style]
page-size = "{PAGE_SIZE[0]}pt {PAGE_SIZE[1]}pt"
margin-top = "{TOP}pt"
margin-bottom = "{BOTTOM}pt"
head-left = "none"
head-right = "none"
"""
OPENER = 'section[aria-labelledby^="hidden-"] > .opener'
"""The title of an example's file, which is not shown."""
FIRST = ".example > p:first-child { text-indent: 0 }\n"
"""The first paragraph of a text, which the block around the example would hide from the style sheet."""
ON_PAPER = f"""{FIRST}
{OPENER} {{ visibility: hidden; height: 0; min-height: 0; margin: 0; padding: 0; overflow: hidden }}
"""
ON_SCREENS = f"{FIRST}{OPENER} {{ display: none }}\n"


@dataclass(frozen=True, slots=True)
class Example:
    """A source of the manual and the name of its pictures."""

    name: str
    source: str

    @property
    def is_chapter(self) -> bool:
        """Whether it is a whole file, with its title."""
        return self.source.startswith(("# ", "---\n"))

    @property
    def chapter(self) -> str:
        """Its text as a file of a book."""
        if self.is_chapter:
            return self.source
        return f"# {self.name} {{#hidden-{self.name}}}\n\n:::::: {{.example}}\n{self.source}\n::::::\n"


def examples(page: Path = PAGE) -> tuple[Example, ...]:
    """Return the examples of a page, in order."""
    return tuple(_examples(page.read_text(encoding="utf-8")))


def _examples(text: str) -> Iterator[Example]:
    source = ""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "fence" and token.info.split()[:1] == ["markdown"]:
            source = token.content
        for child in token.children or ():
            match = _PICTURE.search(str(child.attrs.get("src", "")))
            if match is not None:
                yield Example(match["name"], source)


def is_of_specimen(example: Example) -> bool:
    """Return whether its pictures show a file of the specimen, such as its index, which no book has twice."""
    file = SPECIMEN / f"{example.name}.md"
    return file.is_file() and example.source.strip() in file.read_text(encoding="utf-8")


def make_book(shown: Sequence[Example], folder: Path) -> None:
    """Write the specimen into a folder, with a further chapter for each example."""
    shutil.copytree(SPECIMEN, folder, dirs_exist_ok=True)
    added = [example for example in shown if not is_of_specimen(example)]
    for example in added:
        (folder / f"example-{example.name}.md").write_text(example.chapter, encoding="utf-8")
    settings = (folder / "book.toml").read_text(encoding="utf-8")
    files = "".join(f', "example-{example.name}.md"' for example in added)
    settings = _CHAPTERS.sub(lambda match: f"chapters = [{match['files'].rstrip(', ')}{files}]", settings)
    (folder / "book.toml").write_text(settings + STYLE, encoding="utf-8")
    (folder / "styles").mkdir()
    (folder / "styles" / "print.css").write_text(ON_PAPER, encoding="utf-8")
    (folder / "styles" / "epub.css").write_text(ON_SCREENS, encoding="utf-8")
