"""The lock of a folder: two builds do not mix their files."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

PATIENCE = 10.0
"""Seconds to wait for another build that holds a folder's lock; then it is probably suspended, and its lock ignored."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let no other build begin or place drafts in this folder inside the block, if folders can be locked."""
    with ExitStack() as stack:
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, descriptor)
            _wait_for(descriptor)
        yield


def _wait_for(descriptor: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise
        time.sleep(0.01)
