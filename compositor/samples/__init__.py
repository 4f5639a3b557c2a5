"""Book -> proved samples: every piece of code checked and run by the commands that book.toml names for its language.

The one place where commands of a book are run: nothing but the command `samples` imports it,
and `draw` its running.py.

fences.py        the samples of a book and their outputs, with the place of every line
calls.py         which command is given which of them
environments.py  what the commands find, made from locks and kept
running.py       one command, with limits, stopped with all that it has started
messages.py      what a tool printed -> findings in the book
outputs.py       what the book says a sample prints, against what it printed
giving.py        the files, words and variables of a call
lines.py         the source line of a place
keeping.py       good results, kept by everything that could change them
calling.py       all calls, two at a time, each with its result
proving.py       the whole: how each sample stands, and everything that was found
table.py         how many are checked and executed, and the reason for each that is not
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
