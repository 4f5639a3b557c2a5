"""Events -> everybody who listens, as server-sent events. Source: HTML Living Standard, section 9.2."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator, Mapping

ALIVE = 15.0
"""Seconds after which something is sent without an event, to notice that a listener has gone."""
MOST = 64
"""Events that wait for a slow listener; it gets the newest."""


class News:
    """Sends events to listeners."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._listening: list[deque[str]] = []
        self._closed = False

    @property
    def listeners(self) -> int:
        """How many listen now."""
        return len(self._listening)

    def tell(self, kind: str, what: Mapping[str, object]) -> None:
        """Send an event to everybody who listens."""
        text = f"event: {kind}\ndata: {json.dumps(what, ensure_ascii=False)}\n\n"
        with self._changed:
            for waiting in self._listening:
                waiting.append(text)
            self._changed.notify_all()

    def heard(self, first: str = "") -> Iterator[str]:
        """Yield what a listener is sent, until the end; `first`: its first event."""
        waiting = deque([first] if first else [": \n\n"], MOST)
        with self._changed:
            self._listening.append(waiting)
        try:
            while True:
                with self._changed:
                    if not waiting and not self._closed:
                        self._changed.wait(ALIVE)
                    if self._closed:
                        return
                    text = waiting.popleft() if waiting else ": \n\n"
                yield text
        finally:
            with self._changed:
                self._listening = [one for one in self._listening if one is not waiting]

    def close(self) -> None:
        """End: no more events follow."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
