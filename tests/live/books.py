"""Books for `serve`, and how a command asks for them."""

from __future__ import annotations

from pathlib import Path

from compositor.commands.asking import Reading
from compositor.commands.work import Build
from compositor.formats import PDF, WEB, Format
from compositor.model import Paper

FIRST = """# One

A paragraph, which goes on
over a second line.[^1]

## Who holds it {#sec-holds}

Another one, before the listing.

```python
print("set")
```

[^1]: A note.
"""
SECOND = """# Two

What @sec-holds says.
"""


def write_two(folder: Path) -> Path:
    """Write a second chapter, which refers to the one of the small book."""
    (folder / "01-one.md").write_text(FIRST, encoding="utf-8")
    (folder / "02-two.md").write_text(SECOND, encoding="utf-8")
    return folder


def asked(book: Path, formats: tuple[Format, ...] = (PDF, WEB), only: str = "") -> Build:
    """Ask for the book as `serve` does."""
    reading = Reading(False, "", "", Paper())
    return Build(book, formats, f"{book.parent}/none/", reading, words=None, only=only)
