"""What the system reports of a folder ends a wait; where it reports nothing, a folder is looked at often."""

from __future__ import annotations

import time
from pathlib import Path

from compositor.folder.events import Events

LONG = 30.0


def seconds(events: Events, most: float = LONG, idle: bool = False) -> float:
    """How long a wait takes."""
    start = time.monotonic()
    events.wait(most, idle)
    return time.monotonic() - start


def test_a_wait_ends_with_a_change(tmp_path: Path) -> None:
    """In a folder in the folder, too; the next wait is not ended by the same change."""
    (tmp_path / "chapters").mkdir()
    with Events(str(tmp_path)) as events:
        time.sleep(0.3)
        (tmp_path / "chapters" / "one.md").write_text("# One\n", encoding="utf-8")
        assert seconds(events) < LONG / 2
        events.found()
        events.wait(0.3)
        assert seconds(events, 0.01, idle=True) > 0.9


def test_a_change_that_is_not_reported_ends_the_long_waits(tmp_path: Path) -> None:
    """A look has found it; from then on nobody waits for reports."""
    with Events(str(tmp_path)) as events:
        assert seconds(events, 0.01, idle=True) > 0.9
        events.found()
        assert seconds(events, 0.01, idle=True) < 0.9


def test_a_folder_that_is_not_there_is_looked_at_often(tmp_path: Path) -> None:
    """Nothing can be reported of it, and that is no error."""
    with Events(str(tmp_path / "none")) as events:
        events.wait(0.5)
        assert seconds(events, 0.01, idle=True) < 0.9
