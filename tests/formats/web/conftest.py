"""What takes long and is not looked at is left out of the sites of the tests: the cover, and the cutting of fonts."""

from __future__ import annotations

import pytest

from compositor.formats.epub import faces
from compositor.formats.web import site


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A test that looks at covers or fonts takes this back."""
    monkeypatch.setattr(site, "make_cover", lambda book, theme: (b"\xff\xd8\xff", ()))
    monkeypatch.setattr(faces, "renamed", lambda data, letters, cut: b"wOF2")
    return monkeypatch
