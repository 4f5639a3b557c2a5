"""What became of the typesetter -> a finding: which file was being set, what happened, and what helps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from compositor.errors import BookError, error
from compositor.machine.scratch import temporary_folder
from compositor.model import Book, Finding, Place
from compositor.typeset import TypesettingFailed, UnitText
from compositor.typeset.document.parts import Paint
from compositor.typeset.processes.work import Start

LOOK_FOR = "look for a very large table or image, or a drawing that repeats itself"
OTHER_PLACE = "name a folder of your own on a disk with room: TMPDIR=/path/to/folder, in front of the command"
HALVE = "take the file apart by halves to find the place, and report this as a fault of the press"


@contextmanager
def explained(book: Book) -> Iterator[None]:
    """Inside, what befalls the typesetter is raised as BookError; faults of the press stay exceptions."""
    try:
        yield
    except TypesettingFailed as failed:
        if failed.why == "bug":
            raise RuntimeError(f"in the process that sets the pages:\n{failed.detail}") from None
        raise BookError([_finding(book, failed)]) from None


def _finding(book: Book, failed: TypesettingFailed) -> Finding:
    (task, place), limits = _task(book, failed), book.manuscript.limits
    match failed.why:
        case "memory":
            message = f"{limits.memory} of memory were not enough: they ran out while {task}"
            whole = 'for a book of many pages allow more: [limits] memory = "…" in book.toml'
            return error("P110", message, place, LOOK_FOR, whole)
        case "time":
            longer = "if the file is in the right, allow more: [limits] seconds = … in book.toml"
            return error("P110", f"{task} takes more than {limits.seconds} seconds", place, LOOK_FOR, longer)
        case "depth":
            return error("P111", f"{task} fails: too much stands one inside the other", place, "nest less deeply")
        case "room" | "place":
            return _of_temporary_files(failed)
        case "death":
            return error("P112", f"{task} has ended the typesetter ({failed.detail})", place, *_after(failed))
        case _:
            return error("P113", f"{task} fails in WeasyPrint: {failed.detail}", place, HALVE)


def _of_temporary_files(failed: TypesettingFailed) -> Finding:
    if failed.why == "place":
        return error("P114", f"temporary files cannot be made: {failed.detail}", Place("(environment)"), OTHER_PLACE)
    message = f"there is no room for temporary files in TMPDIR ({temporary_folder()})"
    return error("P114", message, Place("(environment)"), "make room there", OTHER_PLACE)


def _task(book: Book, failed: TypesettingFailed) -> tuple[str, Place]:
    """What was being done, and the file that it was done to."""
    settings = Place("book.toml")
    match failed.work:
        case UnitText(key=key) | Paint(unit=UnitText(key=key)):
            file = next((unit.chapter.source.path for unit in book.units if unit.key == key), f"templates/{key}.xhtml")
            return "setting this file", Place(file) if key else settings
        case Start():
            return "reading the style sheets", Place("styles/print.css")
        case _:
            return "joining all pages", settings


def _after(failed: TypesettingFailed) -> tuple[str, ...]:
    if failed.detail.startswith("SIGKILL"):
        return "as a rule the system ends a process so when memory runs out: close other programs", LOOK_FOR
    return (HALVE,)


EXPLANATIONS = {
    "P110": """The pages are set in a process of its own, which may take so much memory and, for each file, so much
time as `[limits]` in book.toml says. It has passed one of them, and was ended. As a rule something in the file is far
larger than it looks: a drawing whose parts repeat each other, a cell that spans a million columns, a table of thousands
of rows, an enormous image. But the memory is that of all pages up to there, about 3 MB each: a very large book needs
more. Example: [limits] memory = "8 GB".""",
    "P111": """WeasyPrint goes down into a document step by step, and this one is deeper than its stack. Lists,
quotations or boxes stand one inside the other hundreds of times.""",
    "P112": """The process that sets the pages has ended in the middle of its work, without a word or with the one in
brackets: a fault in one of the libraries below, or the system has ended it because memory ran out. No file was written.
Which place in the file does it can be found by leaving out half of it, and again.""",
    "P113": """WeasyPrint has met something in this file that it cannot set, and has given up with the words in the
message. No file was written. Which place in the file does it can be found by leaving out half of it, and again. The
press should have refused such a thing before: please report it.""",
    "P114": """The pages are set with the help of temporary files, some megabytes, in the folder that the variable
TMPDIR names, as a rule `/tmp`. It has no room left, or the limit of your shell on the size of files (`ulimit -f`) is
too small, or the folder in it that is called `compositor-` and your number belongs to somebody else. Nothing is wrong
with the book. Example: TMPDIR=$HOME/tmp compositor pdf book""",
}
