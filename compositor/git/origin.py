"""A work tree -> the address it was cloned from, and its commit: read as plain data, without a network."""

from __future__ import annotations

from pathlib import Path

from compositor.git.files import Unreadable
from compositor.git.places import at
from compositor.git.references import head
from compositor.git.settings import ORIGIN, settings_of_all


def origin(work: Path) -> tuple[str, str] | None:
    """Return address and commit; None for a folder that is not a work tree, has no origin, or cannot be read."""
    try:
        places = at(work)
        commit = head(places) if places is not None else None
        if places is None or commit is None:
            return None
        address = settings_of_all(places.common, places.git, places.roots).get(ORIGIN, "")
    except (OSError, ValueError, Unreadable):
        return None
    return (address, commit) if address else None
