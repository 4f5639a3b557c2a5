"""A process with a memory limit, and a program of the machine that needs more."""

from __future__ import annotations

import subprocess
import sys

import pytest

WORDS = """
import resource, subprocess, sys
from compositor.machine import memory
memory.refuse_more_than(8 << 30)
ask = [sys.executable, "-c", "import resource; print(resource.getrlimit(resource.RLIMIT_AS)[0])"]
say = lambda: print(subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip())
say()
with memory.unlimited():
    say()
say()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="not run: the address space is limited on Linux alone")
def test_what_is_started_without_a_limit_has_none() -> None:
    """A browser reserves more memory than it uses; the limit applies before and after it is started."""
    done = subprocess.run([sys.executable, "-c", WORDS], capture_output=True, text=True, check=True)
    before, inside, after = map(int, done.stdout.split())
    assert before == after == 8 << 30
    assert inside < 0 or inside > before
