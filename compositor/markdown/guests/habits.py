"""Texts that were written for another tool: headings, front matter and links are taken as they are, without a word.

The rules of those constructs ask for it (`Reading.of_guest`); here it has its name.
"""

from __future__ import annotations

from compositor.markdown.extension import Extension
from compositor.markdown.reading import HABITS

EXTENSION = Extension(HABITS)
