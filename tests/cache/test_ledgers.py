"""Ledgers keep small values of many things; those that a build asks for stay until the next build."""

from __future__ import annotations

from pathlib import Path

from compositor.cache import Cache, Ledger, using


def asked(cache: Cache, *digests: str) -> list[str]:
    """Return what is made again for these requests."""
    made: list[str] = []

    def make(digest: str) -> int:
        made.append(digest)
        return len(digest)

    with using(cache), Ledger("lengths", "book") as ledger:
        for digest in digests:
            assert ledger.of(digest, lambda digest=digest: make(digest)) == len(digest)
    return made


def test_what_is_known_is_not_made_again(tmp_path: Path) -> None:
    """Unused entries are dropped, those without a digest are made each time, and damaged ones count as missing."""
    cache = Cache(tmp_path / "cache", 1 << 20)
    assert asked(cache, "a", "bb", "a") == ["a", "bb"]
    assert asked(cache, "a", "ccc", "", "") == ["ccc", "", ""]
    assert asked(cache, "a", "ccc") == []
    assert asked(cache, "bb") == ["bb"]
    for file in cache.folder.glob("??/*"):
        file.write_bytes(b"damaged")
    assert asked(cache, "bb") == ["bb"]


def test_nothing_is_kept_of_what_failed(tmp_path: Path) -> None:
    """A build that ends in the middle leaves the ledger as it was."""
    cache = Cache(tmp_path / "cache", 1 << 20)
    assert asked(cache, "a") == ["a"]
    with using(cache):
        try:
            with Ledger("lengths", "book") as ledger:
                ledger.of("bb", lambda: 2)
                raise OSError
        except OSError:
            pass
    assert asked(cache, "a") == []


def test_without_a_cache_each_is_made() -> None:
    """Without a cache, a ledger keeps nothing and each value is made."""
    with Ledger("lengths", "book") as ledger:
        assert [ledger.of("a", lambda: 1), ledger.of("a", lambda: 2)] == [1, 2]
