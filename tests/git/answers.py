"""Calls of the repository reader, with limits: a test that would hang or use up memory fails here."""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from compositor.cli import main
from compositor.git import Checkout, Unreadable, read_checkout
from tests.git.repositories import Told

SECONDS = 60
"""Far more than any answer takes; it only prevents a missing answer from blocking all other tests."""
MEMORY = 3 << 30
REFUSALS = {"none", "unreadable"}
ANYTHING = {"none", "unreadable", "unknown", "changed", "clean"}
"""For tests that only need any answer."""
Answer = Checkout | Unreadable | None


@contextmanager
def guarded() -> Iterator[None]:
    """Run a block that fails its test if it hangs, with as much memory as it can need."""

    def stop(number: int, frame: FrameType | None) -> None:
        pytest.fail("no answer came")

    before, limits = signal.signal(signal.SIGALRM, stop), resource.getrlimit(resource.RLIMIT_AS)
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, limits[1]))
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, limits)


def answer(folder: Path) -> Answer:
    """Return the reader's answer or refusal; any other exception fails the test."""
    with guarded():
        try:
            found = read_checkout(folder)
        except Unreadable as refusal:
            found = None
            assert_helpful(refusal)
            return refusal
    if found is not None:
        assert bool(found.doubts) == (found.state == "unknown")
        for doubt in found.doubts:
            assert_helpful(doubt)
    return found


def assert_helpful(refusal: Unreadable) -> None:
    """Assert that a refusal names a place, a cause and a remedy, each in one line."""
    assert isinstance(refusal.path, Path)
    for words in (refusal.why, refusal.remedy):
        assert words.strip()
        assert words.isprintable()


def kind(found: Answer) -> str:
    """Return an answer in one word: `none`, `unreadable`, or the state."""
    return "none" if found is None else "unreadable" if isinstance(found, Unreadable) else found.state


def words(found: Answer) -> str:
    """Return all words of an answer that a person would see."""
    refusals = (found,) if isinstance(found, Unreadable) else found.doubts if found else ()
    return "\n".join(f"{refusal.path} {refusal.why} {refusal.remedy} {refusal}" for refusal in refusals)


def told(folder: Path) -> Told:
    """Return commit, seconds and state of a readable repository."""
    found = answer(folder)
    assert isinstance(found, Checkout), words(found)
    return found.commit, found.seconds, found.state


def pressed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """Return what the command line prints; it must not report a bug in itself."""
    with guarded():
        code = main([*map(str, arguments)])
    output = "\n".join(capsys.readouterr())
    assert code in (0, 1), output
    assert "This is a bug in Compositor" not in output
    return output
