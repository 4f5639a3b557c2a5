"""Texts written for another tool: headings, front matter and links are accepted as they are, without messages.

The rules of those constructs check this (`Reading.of_guest`); this module only gives it a name.
"""

from __future__ import annotations

from compositor.markdown.extension import Extension
from compositor.markdown.reading import HABITS

EXTENSION = Extension(HABITS)
