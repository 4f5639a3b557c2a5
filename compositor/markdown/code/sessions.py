"""Console sessions -> prompts, input and output, recognised by the prompts of shells and database clients."""

from __future__ import annotations

import re
from collections.abc import Iterator

SESSIONS = frozenset({"console", "pycon", "psql", "mysql-console"})
"""The languages of `languages.py` that are sessions."""
PROMPT = re.compile(
    r"""(?: (?:\([\w.\- ]+\)[ ])?                                           # (venv)
            (?: [\w.-]+@[\w.-]+ (?:[: ][^\s$\#%]*)? [ ]? | \[[^\]\n]+\] )?  # user@host:~  [user@host dir]
            [$\#%]
        | (?:mysql|MariaDB|sqlite|redis|mongosh?|irb|gdb|node|ftp|sftp)[^\s>]*(?:[ ]\[[^\]\n]*\])? >
        | [\w.-]+ (?:=|-|\(|\*|!|\^|\$|'|") [>\#]                           # postgres=>  postgres-#
        | \d{1,3}(?:\.\d{1,3}){3}:\d+ (?:\[\d+\])? >                        # 127.0.0.1:6379>
        | >>> | \.\.\.
        | PS[ ][^>\n]* > | [A-Z]:\\[^>\n]* >
        ) (?:[ ]|(?=\n|\Z))""",
    re.VERBOSE,
)
GOES_ON = re.compile(r"(?:> | {4,}-> | {3,}\.\.\.> )")
"""The prompt of a continued command; it counts only after a typed line."""


def session(code: str) -> Iterator[tuple[str, str]]:
    """Yield prompts as `p`, output as `o`, and input unchanged; a line that ends in a backslash continues."""
    typed = open_end = False
    for line in code.splitlines(keepends=True):
        prompt = PROMPT.match(line) or (GOES_ON.match(line) if typed else None)
        if prompt is not None:
            yield "p", prompt[0]
            yield "", line[prompt.end() :]
        else:
            yield "" if open_end else "o", line
        typed = prompt is not None or open_end
        open_end = typed and line.rstrip("\n").endswith("\\")
