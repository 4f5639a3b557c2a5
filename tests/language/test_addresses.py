"""Addresses in prose: what counts as one, and where it may break."""

from __future__ import annotations

import pytest

from compositor.language.addresses import ADDRESS, WHOLE, parts, pieces


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://example.org/a?b=1&c=2 there", ["https://example.org/a?b=1&c=2"]),
        ("from “www.example.org/page”, say", ["www.example.org/page"]),
        ("mail to harbor.master+tides@example.org.", ["harbor.master+tides@example.org"]),
        ("the host measurements.example.org too", ["measurements.example.org"]),
        ("The file 18.03-endpoints.md has it", ["18.03-endpoints.md"]),
        ("of ../../source/harbour/tides_of_march.py too", ["../../source/harbour/tides_of_march.py"]),
        ("in /usr/local/share/applications, a list", ["/usr/local/share/applications"]),
        ("the name tides_of_march_and_april is long", ["tides_of_march_and_april"]),
        ("yes/no/maybe, a_short_name and __init__", []),
        ("e.g. 1.234.567.890 of them, z.B. in v1.2.3-4", []),
        ("A sentence. Another one, and/or more @fig-a", []),
    ],
)
def test_addresses_are_told_from_words(text: str, found: list[str]) -> None:
    """Web and mail addresses, hosts and files are addresses; numbers and abbreviations are not."""
    assert [part for kind, part in parts(text) if kind == ADDRESS] == found
    assert "".join(part for _, part in parts(text)) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a matter of I/O.", ["I/O."]),
        ("at 40 km/h, w/o stops, 24/7", ["km/h,", "w/o", "24/7"]),
        ("on 12/31/2026, /usr/lib/x, reader/writer", []),
    ],
)
def test_short_forms_with_a_slash_stay_whole(text: str, found: list[str]) -> None:
    """A form that is short on both sides of a slash is not broken there, nor at a point; dates and paths are longer."""
    assert [part for kind, part in parts(text) if kind == WHOLE] == found


def test_an_address_is_broken_behind_its_signs() -> None:
    """Each piece but the last ends with a sign, and the scheme stays with the host."""
    address = "https://mail.example.org/a-page/of_it?first=one&second=two#there"
    found = ["https://mail.", "example.", "org/", "a-", "page/", "of_", "it?", "first=", "one&", "second=", "two#"]
    assert pieces(address) == [*found, "there"]


def test_what_has_no_sign_for_long_is_cut() -> None:
    """A hash of a hundred letters is cut into pieces of thirty."""
    assert [len(piece) for piece in pieces("x" * 100)] == [30, 30, 30, 10]


def test_a_path_does_not_leave_its_first_sign_behind() -> None:
    """A slash alone at the end of a line says nothing."""
    assert pieces("/usr/share/tides") == ["/usr/", "share/", "tides"]
