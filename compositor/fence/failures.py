"""What happened to the worker -> a finding: its file, what was done to it, and the remedy."""

from __future__ import annotations

import signal

from compositor.errors import error
from compositor.machine.steps import Allowance, Step
from compositor.model import Finding, Place

SETTINGS = Place("book.toml")
NOTHING = "no file was written; the last good ones are unchanged"


def took_too_long(step: Step, seconds: float) -> Finding:
    """Return the finding for a step that exceeded its time."""
    message = f"{step.task or 'working on it'} took more than {seconds:g} s; {NOTHING}"
    remedy = "look for something that repeats or nests endlessly; to find it, remove half of the file, then half again"
    more = () if step.most else ("if the file is correct, allow more: [limits] reading = … in book.toml",)
    return error("W001", message, _place(step), remedy, *more)


def took_too_much(step: Step, allowed: Allowance) -> Finding:
    """Return the finding for a worker that exceeded its memory."""
    message = f"{step.task or 'working on it'} took more than {allowed.memory} of memory; {NOTHING}"
    remedy = "look for something that repeats itself or is far larger than it looks"
    more = 'for a book of many pages allow more: [limits] memory = "…" in book.toml'
    return error("W002", message, _place(step), remedy, more)


def was_ended(step: Step, code: int | None) -> Finding:
    """Return the finding for a worker that ended without an answer."""
    how = f"exit code {code}" if code is None or code >= 0 else signal.Signals(-code).name
    message = f"{step.task or 'working on it'} crashed the process that reads the book ({how}); {NOTHING}"
    memory = "the system usually does this when memory runs out: close other programs"
    halve = "to find the place, remove half of the file, then half again; then report this"
    return error("W003", message, _place(step), memory if code == -signal.SIGKILL else halve)


def _place(step: Step) -> Place:
    return Place(step.file) if step.file else SETTINGS


EXPLANATIONS: dict[str, str] = {
    "W001": (
        "Separate processes read a book and set its pages. One worked on this file for longer than [limits] allows, "
        "and was stopped; a template has ten seconds. Usually the file contains something endless, such as a loop in "
        "a template, or something that multiplies, such as a drawing whose parts repeat each other, or a cell that "
        "spans a million columns. Nothing was written. If the file is correct and only very large, allow more. "
        "Example: [limits] reading = 300, or, for setting pages, seconds = 3600"
    ),
    "W002": (
        "Separate processes read a book and set its pages. They took more memory than [limits] allows while this "
        "file was worked on, and were stopped. Usually something in the file repeats itself or is far larger than it "
        "looks, such as a drawing or an enormous image. But setting pages needs about 3 MB for each page so far: a "
        'very large book needs more memory. Nothing was written. Example: [limits] memory = "8 GB"'
    ),
    "W003": (
        "A process that reads the book or sets its pages ended without an answer while it worked on this file. The "
        "system stops a process like this when memory runs out; otherwise a library crashed. Nothing was written. To "
        "find the place, remove half of the file, then half again."
    ),
}
"""Code -> what it means and how to fix it."""
