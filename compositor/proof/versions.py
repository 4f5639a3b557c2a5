"""This machine -> the versions of everything on which the bytes of a PDF and an EPUB depend."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from compositor import __version__
from compositor.machine import native

PACKAGES = ("weasyprint", "pydyf", "fonttools", "pikepdf", "ebooklib", "lxml", "pygments", "pillow", "markdown-it-py")


def versions() -> Iterator[tuple[str, str]]:
    """Yield name and version of Compositor, of Python, of its packages, and of the system libraries."""
    yield "Compositor", __version__
    yield "Python", platform.python_version()
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "not here"
    yield from native.versions().items()
