"""A dataclass -> what its source says below each field: the description that reference and schema give of a key."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise


def field_notes(kind: type) -> Mapping[str, str]:
    """Field -> the text in quotation marks that stands below it in the source, of this class and its parents."""
    notes: dict[str, str] = {}
    for parent in reversed(kind.__mro__[:-1]):
        tree = ast.parse(textwrap.dedent(inspect.getsource(parent))).body[0]
        assert isinstance(tree, ast.ClassDef)
        notes.update(_notes_below(tree.body))
    return notes


def _notes_below(body: Sequence[ast.stmt]) -> Iterator[tuple[str, str]]:
    for one, below in pairwise(body):
        match one, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(note))):
                yield name, " ".join(note.split())
