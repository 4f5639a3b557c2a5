"""Small books made in memory, and EPUBCheck, for the tests of the outputs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from compositor.assemble import assemble
from compositor.language import language_for
from compositor.markdown import EXTENSIONS, Context, parse
from compositor.model import Book, Edition, Entry, Manuscript, Metadata, Role
from tests.formats.epub.unpacked import BookMaker, drawing, entry

DATE = datetime(2026, 11, 23, 10, 20, 30, tzinfo=UTC)
RICH = """# Signals

One *and* two.[^why] See @fig-red, @tbl-means, @lst-code and [the start](chapter-1.md).

[^why]: Because. With `code`.

![A red light.](<figures/my red é%231.svg>){#fig-red fig-alt="A red square."}

| Light | Means |
|-------|------:|
| red   |     1 |

: What lights mean. {#tbl-means}

```python {#lst-code caption="Code that says so."}
def stop():  # now
    return "red" < "green"
```

> [!WARNING]
> Look.

Term
: What it means.

- [x] done
- [ ] open

## A heading & more

~~Gone~~ and <https://example.com>.
"""


@pytest.fixture
def make_book(tmp_path: Path) -> BookMaker:
    """Return a function that makes a book of these entries (or of chapters given as text) in a folder of its own."""

    def make(
        *entries: Entry | str, made_on: datetime = DATE, style: Mapping[str, str] | None = None, **settings
    ) -> Book:
        given = {"title": "A Small Book", "authors": ("Ada Example",), "slug": "small"} | settings
        metadata = Metadata(**given)
        tree = [entry(f"chapter-{n}.md", e) if isinstance(e, str) else e for n, e in enumerate(entries, 1)]
        words, names = language_for(metadata.language), frozenset(extension.name for extension in EXTENSIONS)
        manuscript = Manuscript(tmp_path, metadata, tuple(tree), names, style=style or {})
        sources = [one.source for top in tree for one in _walk(top)]
        chapters = {source.path: parse(source, Context(names, words)) for source in sources}
        book, findings = assemble(manuscript, chapters, words, Edition("0123456789ab", made_on, "abc1234"))
        assert not findings
        return book

    return make


@pytest.fixture
def rich(make_book: BookMaker, tmp_path: Path) -> Book:
    """Return a book with one of everything: front matter, a part, sections, an appendix, every construct."""
    drawing(tmp_path, "figures/my red é#1.svg")
    return make_book(
        entry("preface.md", "# Preface\n\nHello.\n", Role.FRONT),
        entry(
            "road.md",
            "# The Road\n\nA part.\n",
            Role.PART,
            [
                entry(
                    "chapter-1.md",
                    "---\nepigraph: Red & green\n---\n\n# First `code` & more\n\nText.\n",
                    children=[
                        entry("one.md", RICH, Role.SECTION),
                        entry("two.md", "# Two\n\nText.\n", Role.SECTION),
                    ],
                )
            ],
        ),
        entry("more.md", "# More\n\n## Deep\n\n### Deeper\n\nText.\n", Role.APPENDIX),
        entry("end.md", "# The End\n\nText.\n", Role.BACK),
        subtitle="With a subtitle",
        authors=("Ada Example", "Ben Sample"),
        publisher="The Press",
        rights="All rights reserved.",
        description="What it is about.",
        keywords=("roads", "rails"),
    )


def _walk(top: Entry) -> list[Entry]:
    return [top, *(one for child in top.children for one in _walk(child))]
