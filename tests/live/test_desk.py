"""The server behind `serve` with its workers: it reads again after each change, and survives a worker."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from compositor.formats import WEB
from compositor.live.desk import Desk
from compositor.live.folder import changes
from compositor.live.values import Fetch
from compositor.made_before.of_a_folder import Asked, Inputs
from tests.live.books import FIRST, asked, write_two
from tests.process_trees import is_running, until
from tests.test_watching import Ended, Steps


@pytest.fixture
def desk(small_book: Path) -> Iterator[Desk]:
    """Yield the desk of the small book, without PDF pages."""
    made = Desk(asked(write_two(small_book), (WEB,)), lambda line: None, paged=False)
    made.begin()
    yield made
    process = made.screen.worker.process
    made.close()
    assert not is_running(process)


def page(desk: Desk) -> bytes:
    """Return the first chapter's page, once there is one."""
    found = desk.ask_screen(Fetch("one.html"))
    return found.data if found is not None else b""


def test_a_change_is_read_and_a_worker_that_dies_is_replaced(small_book: Path, desk: Desk) -> None:
    """Later requests get the same page, from another process that has read the book again."""
    until(lambda: b"second line" in page(desk))
    (small_book / "01-one.md").write_text(FIRST.replace("second", "third"), encoding="utf-8")
    desk.changed(["01-one.md"])
    until(lambda: b"third line" in page(desk))
    first = desk.screen.worker.process
    os.kill(first, signal.SIGKILL)
    until(lambda: b"third line" in page(desk))
    assert desk.screen.worker.process not in (0, first)
    told: dict[str, Any] = desk.state()
    assert [one["file"] for one in told["chapters"]] == ["01-one.md", "02-two.md"]
    assert told["findings"] == [] and not told["setting"]


def seen(folder: Path, steps: list[Callable[[], object]]) -> list[frozenset[str]]:
    """Return what is reported of a folder while this is done to it."""
    found = []
    with pytest.raises(Ended):
        for names in changes(Inputs(Asked(folder, (WEB,), "dist/", None)), Steps(steps)):
            found.append(names)
    return found


def test_what_has_changed_in_a_folder_is_told_by_name(small_book: Path) -> None:
    """Written, new and removed files are named; a folder that disappears for a while is none of these."""
    chapter, picture, away = small_book / "01-one.md", small_book / "a.png", Path(f"{small_book}-away")
    steps: list[Callable[[], object]] = [
        lambda: chapter.write_text("# Other\n", encoding="utf-8"),
        lambda: picture.write_bytes(b"1"),
        lambda: None,
        picture.unlink,
        lambda: small_book.rename(away),
        lambda: away.rename(small_book),
    ]
    assert seen(small_book, steps) == [{"01-one.md"}, {"a.png"}, {"a.png"}]
