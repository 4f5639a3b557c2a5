"""Slow parts that these tests do not check are left out of the sites: the cover, and font subsetting."""

from __future__ import annotations

import pytest

from compositor.formats.epub import faces
from compositor.formats.web import site


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Skip covers and font subsetting; a test that checks them reverts this."""
    monkeypatch.setattr(site, "make_cover", lambda book, theme: (b"\xff\xd8\xff", ()))
    monkeypatch.setattr(faces, "renamed", lambda data, letters, cut: b"wOF2")
    return monkeypatch
