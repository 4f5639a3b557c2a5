"""A change that the system reports ends a wait; without such reports, a folder is checked often."""

from __future__ import annotations

import time
from pathlib import Path

from compositor.folder.events import Events

LONG = 30.0


def seconds(events: Events, most: float = LONG, idle: bool = False) -> float:
    """Return how long a wait takes."""
    start = time.monotonic()
    events.wait(most, idle)
    return time.monotonic() - start


def test_a_wait_ends_with_a_change(tmp_path: Path) -> None:
    """Changes in subfolders count too; the same change does not end the next wait."""
    (tmp_path / "chapters").mkdir()
    with Events(str(tmp_path)) as events:
        time.sleep(0.3)
        (tmp_path / "chapters" / "one.md").write_text("# One\n", encoding="utf-8")
        assert seconds(events) < LONG / 2
        events.found()
        events.wait(0.3)
        assert seconds(events, 0.01, idle=True) > 0.9


def test_a_change_that_is_not_reported_ends_the_long_waits(tmp_path: Path) -> None:
    """A check has found the change; from then on no wait relies on reports."""
    with Events(str(tmp_path)) as events:
        assert seconds(events, 0.01, idle=True) > 0.9
        events.found()
        assert seconds(events, 0.01, idle=True) < 0.9


def test_a_folder_that_is_not_there_is_looked_at_often(tmp_path: Path) -> None:
    """The system cannot report on it, and that is no error."""
    with Events(str(tmp_path / "none")) as events:
        events.wait(0.5)
        assert seconds(events, 0.01, idle=True) < 0.9
