"""Book -> checked samples: every piece of code checked and run by the commands that book.toml names for its language.

Commands of a book are run only here: nothing but the command `samples` imports this package, and `draw` its running.py.

fences.py        the samples of a book and their outputs, with the place of every line
calls.py         which command gets which of them
environments.py  what the commands need, made from lock files and kept
running.py       one command, with limits, stopped with all that it has started
messages.py      what a tool printed -> findings in the book
outputs.py       the outputs in the book, compared with what was printed
giving.py        the files, words and variables of a call
lines.py         the source line of a place
keeping.py       good results, kept by everything that could change them
calling.py       all calls, two at a time, each with its result
proving.py       the whole: the state of each sample, and all findings
table.py         how many are checked and run, and the reason for each that is not
"""

from __future__ import annotations

from collections.abc import Mapping

from compositor.samples import environments, fences, messages, outputs, proving
from compositor.samples.proving import Proved, Wanted, chapters_named, prove

__all__ = ["EXPLANATIONS", "Proved", "Wanted", "chapters_named", "prove"]

EXPLANATIONS: Mapping[str, str] = {
    **fences.EXPLANATIONS,
    **messages.EXPLANATIONS,
    **outputs.EXPLANATIONS,
    **environments.EXPLANATIONS,
    **proving.EXPLANATIONS,
}
