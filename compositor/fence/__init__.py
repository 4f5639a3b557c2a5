"""All work on a book, behind a fence: in a process that is watched from outside, by its time and its memory.

The command line and the writing of files stay outside; whatever a book does to the process inside, the answer is a
finding that names the file it was at, and no file is lost.

messages.py   what the two sides say to each other
worker.py     the side inside: does the work
watcher.py    the side outside: looks at the clock and at the memory, writes what is to be written
beside.py     a copy of the worker, which does a piece of the work meanwhile
resident.py   a worker that stays, and is asked again and again
failures.py   what befell the worker -> a finding
"""

from __future__ import annotations

from compositor.fence.failures import EXPLANATIONS
from compositor.fence.watcher import WorkerFault, fenced
from compositor.fence.worker import Worker

__all__ = ["EXPLANATIONS", "Worker", "WorkerFault", "fenced"]
