"""Addresses in the list of works break in print only where they may."""

from __future__ import annotations

import re

import pytest

from compositor.assemble.citations import list


@pytest.mark.parametrize(
    "address",
    [
        "https://docs.example.org/guide/Working.With.A.Very.Long.Name.Of.A.Page.In.A.Manual.html",
        "https://docs.example.org/guide/page_of_a_manual_that_has_no_end?a=1&amp;b=2",
        "https://docs.example.org/" + "x" * 100,
    ],
)
def test_no_piece_of_an_address_is_longer_than_a_line(address: str) -> None:
    """An address loses only "https://", and has a place to break within every 40 letters."""
    linked = list._linked(f"Available: {address}")
    shown = re.sub(r"</?(?:a|span)\b[^<>]*>", "", linked.partition("Available: ")[2])
    assert shown.replace("<wbr/>", "") == address.removeprefix("https://")
    assert max(len(piece) for piece in re.split(r"<wbr/>|(?<=[/-])", shown)) <= 40
