"""A typesetter process that starts early: the first request gets it, and none is left over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from compositor.model import Limits
from compositor.typeset import ChildTypesetter, Look, Typesetter
from compositor.typeset.processes import early
from compositor.typeset.processes.early import begun_early
from tests.finished import ROOT
from tests.typeset.test_child import FONTS, lives, unit, volume


def test_the_first_that_asks_has_the_process_that_has_begun(tmp_path: Path) -> None:
    """It gives the same bytes as any other, and an unused one ends."""
    style = 'html { font-family: "Book Text" }'
    one, look = unit("<p>Text.</p>"), Look(((FONTS, ROOT / "styles"), (style, tmp_path)), tmp_path)
    with begun_early():
        process = early._ready[0].process
        with ChildTypesetter(look, Limits()) as first, ChildTypesetter(look, Limits()) as second:
            assert [first.children[0].process, early._ready] == [process, []] != [second.children[0].process, []]
            first.typeset(one)
            data = first.join(volume(one))
        assert not lives(process)
    with begun_early():
        process = early._ready[0].process
        assert lives(process)
    assert not lives(process)
    here = Typesetter(look)
    here.typeset(one)
    assert data == here.join(volume(one))


def test_where_no_process_can_begin_it_is_told_by_who_needs_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing folder for temporary files does not stop a build that makes no pages."""
    monkeypatch.setattr("tempfile.tempdir", os.fspath(tmp_path / "none"))
    with begun_early():
        assert early._ready == []
