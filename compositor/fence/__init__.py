"""All work on a book, inside a fence: in a process that is watched from outside, with limits on time and memory.

The command line and the writing of files stay outside; whatever a book does to the process inside, the answer is a
finding that names the file it was at, and no file is lost.

messages.py   messages between the two sides
worker.py     the side inside: does the work
watcher.py    the side outside: watches time and memory, and writes the files
beside.py     a copy of the worker, which does a piece of the work meanwhile
resident.py   a lasting worker, which gets questions again and again
failures.py   what happened to the worker -> a finding
"""

from __future__ import annotations

from compositor.fence.failures import EXPLANATIONS
from compositor.fence.watcher import WorkerFault, fenced
from compositor.fence.worker import Worker

__all__ = ["EXPLANATIONS", "Worker", "WorkerFault", "fenced"]
