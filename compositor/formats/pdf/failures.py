"""A failure of the typesetter -> a finding: which file was being set, what happened, and what helps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from compositor.errors import BookError, error
from compositor.machine.scratch import temporary_folder
from compositor.model import Book, Finding, Place
from compositor.typeset import TypesettingFailed, UnitText
from compositor.typeset.document.parts import WriteFrame
from compositor.typeset.processes.work import Start

NOTHING = "no PDF was written; the last good one is unchanged"
LOOK_FOR = "look for a very large table or image, or a drawing that repeats itself"
OTHER_PLACE = "use your own folder on a disk with free space: put TMPDIR=/path/to/folder before the command"
HALVE = "to find the place, remove half of the file, then half again; then report this"


@contextmanager
def explained(book: Book) -> Iterator[None]:
    """Turn failures of the typesetter inside the block into BookError; bugs in Compositor stay exceptions."""
    try:
        yield
    except TypesettingFailed as failed:
        if failed.why == "bug":
            raise RuntimeError(f"in the process that sets the pages:\n{failed.detail}") from None
        raise BookError([_finding(book, failed)]) from None


def files_of(book: Book) -> Mapping[str, str]:
    """Return the key of each unit -> the file that it was written in; generated pages are not included."""
    return {unit.key: unit.chapter.source.path for unit in book.units}


def _finding(book: Book, failed: TypesettingFailed) -> Finding:
    (task, place), limits = _task(book, failed), book.manuscript.limits
    match failed.why:
        case "memory":
            message = f"{task} took more than {limits.memory} of memory; {NOTHING}"
            whole = 'for a book of many pages allow more: [limits] memory = "…" in book.toml'
            return error("W002", message, place, LOOK_FOR, whole)
        case "time":
            longer = "if the file is correct, allow more: [limits] seconds = … in book.toml"
            return error("W001", f"{task} took more than {limits.seconds} s; {NOTHING}", place, LOOK_FOR, longer)
        case "depth":
            return error("P111", f"{task} fails: too many elements are nested in each other", place, "nest less deeply")
        case "room" | "place":
            return _of_temporary_files(failed)
        case "death":
            message = f"{task} crashed the process that sets the pages ({failed.detail}); {NOTHING}"
            return error("W003", message, place, *_after(failed))
        case _:
            return error("P113", f"{task} failed in WeasyPrint: {failed.detail}", place, HALVE)


def _of_temporary_files(failed: TypesettingFailed) -> Finding:
    if failed.why == "place":
        return error("P114", f"temporary files cannot be written: {failed.detail}", Place("(environment)"), OTHER_PLACE)
    message = f"there is no space for temporary files in TMPDIR ({temporary_folder()})"
    return error("P114", message, Place("(environment)"), "make room there", OTHER_PLACE)


def _task(book: Book, failed: TypesettingFailed) -> tuple[str, Place]:
    """Return what was being done, and to which file."""
    match failed.work, failed.unit:
        case Start(), _:
            return "reading it", Place("styles/print.css")
        case WriteFrame(), _:
            return "joining all pages", Place("book.toml")
        case _, UnitText(key=key):
            return "setting it", _place(book, key)
        case _:
            return "joining all pages", Place("book.toml")


def _place(book: Book, key: str) -> Place:
    return Place(files_of(book).get(key, f"templates/{key}.xhtml") if key else "book.toml")


def _after(failed: TypesettingFailed) -> tuple[str, ...]:
    if failed.detail.startswith("SIGKILL"):
        return "the system usually does this when memory runs out: close other programs", LOOK_FOR
    return (HALVE,)


EXPLANATIONS = {
    "P111": """WeasyPrint follows a document level by level, and this one is deeper than its stack. Lists, quotations
or boxes are nested hundreds of times. Nest less deeply.""",
    "P113": """WeasyPrint met something in this file that it cannot set, and gave up with the words in the message. No
file was written. To find the place, remove half of the file, then half again. Compositor should have refused this
earlier: please report it.""",
    "P114": """Setting the pages needs some megabytes of temporary files in the folder that the variable TMPDIR names,
usually `/tmp`. Either that folder is full, or your shell limits the size of files too much (`ulimit -f`), or its
subfolder `compositor-` with your user number belongs to somebody else. Nothing is wrong with the book. Example:
TMPDIR=$HOME/tmp compositor pdf book""",
}
