"""Costly results are made once and kept in the cache of a build; without a cache they are made each time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from compositor.cache import Cache, remembered, using
from compositor.cli import press
from compositor.machine.variables import CACHE


def test_what_was_made_before_is_not_made_again(tmp_path: Path) -> None:
    """A result is made again only if something that it depends on has changed, or if the cached result is damaged."""
    made: list[str] = []

    def make() -> tuple[str, int]:
        made.append("once")
        return "made", len(made)

    cache = Cache(tmp_path / "cache", 1 << 20)
    for _ in range(2):
        with using(cache):
            assert remembered(make, "a", "b") == ("made", 1)
    with using(cache):
        assert remembered(make, "ab", "") == ("made", 2)
        for file in cache.folder.glob("??/*"):
            file.write_bytes(b"damaged")
        assert remembered(make, "a", "b") == ("made", 3)
    assert remembered(make, "a", "b") == ("made", 4)


def test_what_has_no_form_is_made_each_time(tmp_path: Path) -> None:
    """A value that cannot be cached, such as a date that the author has put into a file, does not stop the build."""
    made: list[object] = []
    with using(Cache(tmp_path / "cache", 1 << 20)):
        for _ in range(2):
            made.append(remembered(object, "a"))
    assert made[0] is not made[1]


def test_what_fails_is_not_kept(tmp_path: Path) -> None:
    """A failing computation fails each time, in its own way."""

    def fail() -> str:
        raise ValueError("not so")

    with using(Cache(tmp_path / "cache", 1 << 20)):
        for _ in range(2):
            with pytest.raises(ValueError, match="not so"):
                remembered(fail, "a")


def test_a_build_that_ends_leaves_no_more_than_there_is_room_for(tmp_path: Path) -> None:
    """When a build ends, it removes entries until the cache fits its size limit."""
    cache = Cache(tmp_path / "cache", 10_000)
    with using(cache):
        for number in range(20):
            remembered(lambda: bytes(1_000), str(number))
        assert cache.size()[1] > 10_000
    assert cache.size()[1] <= 8_000


def test_clean_throws_the_cache_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`clean` deletes the user's cache, or the named folder; if there is none, it says so."""
    monkeypatch.setenv(CACHE, "off")
    assert CliRunner().invoke(press, ["clean"]).output == "there is no cache\n"
    folder = tmp_path / "cache"
    with using(Cache(folder, 1 << 20)):
        remembered(lambda: 1, "a")
    assert CliRunner().invoke(press, ["clean", "--cache-dir", str(folder)]).output.startswith("1 entry, 0.0 MB ")
    assert not folder.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [([], "/kept"), (["--no-cache"], "off"), (["--serial"], "off"), (["--cache-dir", "/x"], "/x")],
)
def test_the_command_says_which_cache(
    small_book: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    """An option outranks the variable; a build in one process does not use cached pages."""
    monkeypatch.setenv(CACHE, "/kept")
    monkeypatch.setenv("COMPOSITOR_WORKERS", "")
    monkeypatch.setattr("compositor.cli.build", lambda *_: None)
    assert CliRunner().invoke(press, ["pdf", str(small_book), *words]).exit_code == 0
    assert os.environ[CACHE] == told
