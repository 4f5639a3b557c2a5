"""Cache entries are whole or absent, private to the user, and limited in total size."""

from __future__ import annotations

import multiprocessing
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from compositor.cache import Cache, cache_for, digest, folder_of_the_user
from compositor.cache.entries import NEW

KEY, OTHER = digest("one"), digest("other")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """An empty cache with room for a hundred thousand bytes."""
    return Cache(tmp_path / "cache", 100_000)


def file_of(cache: Cache, key: str) -> Path:
    """Return the file of an entry."""
    return cache.folder / key[:2] / key[2:]


def test_what_is_kept_is_there(cache: Cache) -> None:
    """Another cache object on the same folder finds the entry; no other user may read it."""
    assert cache.get(KEY) is None
    cache.put(KEY, b"kept")
    assert Cache(cache.folder, 1).get(KEY) == b"kept"
    assert cache.get(OTHER) is None
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file_of(cache, KEY).stat().st_mode) == 0o600


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def _change(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _of_another_key(file: Path) -> None:
    other = Cache(file.parent.parent, 1000)
    other.put(OTHER, b"other")
    file_of(other, OTHER).rename(file)


def _open_to_all(file: Path) -> None:
    file.chmod(0o666)


def _link(file: Path) -> None:
    kept = file.rename(file.parent.parent / "elsewhere")
    file.symlink_to(kept)


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


@pytest.mark.parametrize("spoil", [_cut, _change, _empty, _of_another_key, _open_to_all, _link, _folder, _pipe])
def test_a_damaged_or_foreign_entry_is_as_if_it_were_not_there(cache: Cache, spoil: Callable[[Path], None]) -> None:
    """A damaged or foreign entry counts as missing, and nothing of it is read."""
    cache.put(KEY, b"kept")
    spoil(file_of(cache, KEY))
    assert cache.get(KEY) is None


def test_what_another_user_has_left_is_not_read(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the folder of another user nor anything put beside it is read."""
    cache.put(KEY, b"kept")
    monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)
    cache.put(OTHER, b"new")
    assert (cache.get(KEY), cache.get(OTHER)) == (None, None)
    assert not file_of(cache, OTHER).exists()


def test_what_was_of_no_use_for_longest_goes_first(cache: Cache) -> None:
    """Reading an entry makes it one of the newest; tidying leaves four fifths of the size limit at most."""
    keys = [digest(str(number)) for number in range(12)]
    for number, key in enumerate(keys):
        cache.put(key, bytes(9_900))
        os.utime(file_of(cache, key), (number * 10_000, number * 10_000))
    assert cache.get(keys[0]) is not None
    cache.tidy()
    left = [number for number, key in enumerate(keys) if cache.get(key) is not None]
    assert left == [0, 6, 7, 8, 9, 10, 11]
    assert cache.size()[1] <= 80_000


def test_what_a_killed_build_has_left_goes_after_a_day(cache: Cache) -> None:
    """A file that is still being written stays; its age is measured against the newest file, not against a clock."""
    cache.put(KEY, b"kept")
    old, new = (file_of(cache, KEY).parent / f"{NEW}{name}" for name in ("old", "new"))
    for file, age in ((old, 90_000), (new, 60)):
        file.write_bytes(b"")
        then = file_of(cache, KEY).stat().st_mtime - age
        os.utime(file, (then, then))
    cache.tidy()
    assert (old.exists(), new.exists(), cache.get(KEY)) == (False, True, b"kept")


def test_what_is_too_large_is_not_kept(cache: Cache) -> None:
    """An entry that is too large would push out all others."""
    cache.put(KEY, bytes(100_000))
    assert cache.get(KEY) is None


def test_where_nothing_can_be_written_nothing_fails(tmp_path: Path) -> None:
    """A folder that cannot be made is not an error of the book."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    cache = Cache(tmp_path / "file" / "cache", 1000)
    cache.put(KEY, b"kept")
    cache.tidy()
    assert cache.get(KEY) is None
    assert cache.clear() == (0, 0)


def _put_often(folder: Path, letter: bytes) -> None:
    cache = Cache(folder, 1 << 20)
    for _ in range(50):
        cache.put(KEY, letter * 5_000)
        assert len(set(cache.get(KEY) or letter)) == 1


def test_builds_side_by_side_read_whole_entries(cache: Cache) -> None:
    """Each build writes the same entry again and again, and always reads a whole one."""
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_put_often, args=(cache.folder, letter)) for letter in (b"a", b"b", b"c")]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert len(list(file_of(cache, KEY).parent.iterdir())) == 1


def test_clearing_leaves_what_is_no_entry(cache: Cache) -> None:
    """A folder named by mistake loses nothing; leftovers of a killed build are removed too."""
    cache.put(KEY, b"kept")
    (file_of(cache, KEY).parent / f"{NEW}left").write_bytes(b"")
    mine = cache.folder / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    assert cache.clear()[0] == 1
    assert list(cache.folder.iterdir()) == [mine]
    mine.unlink()
    cache.put(KEY, b"kept")
    cache.clear()
    assert not cache.folder.exists()


@pytest.mark.parametrize(
    ("told", "base", "folder"),
    [("", "/x", "/x/compositor"), ("", "x", "/home/me/.cache/compositor"), ("/y", "/x", "/y"), ("off", "/x", None)],
)
def test_the_folder_is_that_of_the_user(
    monkeypatch: pytest.MonkeyPatch, told: str, base: str, folder: str | None
) -> None:
    """The cache folder follows the platform's convention, unless the user names another one or turns the cache off."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("XDG_CACHE_HOME", base)
    monkeypatch.setenv("COMPOSITOR_CACHE", told)
    assert folder_of_the_user() == (None if folder is None else Path(folder))


def test_no_book_brings_a_cache_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder inside the book is never used, whatever its name: whoever sent the book could have filled it."""
    book = tmp_path / "book"
    (book / "kept").mkdir(parents=True)
    (tmp_path / "link").symlink_to(book / "kept")
    for folder in (book, book / "kept", tmp_path / "link"):
        monkeypatch.setenv("COMPOSITOR_CACHE", str(folder))
        assert cache_for(book) is None
    monkeypatch.setenv("COMPOSITOR_CACHE", str(tmp_path / "cache"))
    assert cache_for(book) is not None
