"""What became of a book -> a part of the report: what was kept, changed, and left out, and the promises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from compositor.fidelity import Fidelity
from compositor.fidelity.kinds import Kind

SECTION = Markup("""<h2>What became of the book</h2>
<p>{origin}Words, links and pictures are counted in the texts as they were read.</p>
{tables}
""")
TABLE = Markup("""<div class="scroll" tabindex="0" role="region" aria-labelledby="{id}">
<table>
<caption id="{id}">{caption}</caption>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>""")
OF_KINDS = ("Kind", "How often", "In files", "First message", "Where", "In the source")


def became(fidelity: Fidelity) -> Markup:
    """Return a table for each outcome that occurs."""
    tables = [_table("kept", "Kept", ("What", "How often", "In texts", "The first"), (
        (one.what, f"{one.count:,}", str(one.texts), str(one.first)) for one in fidelity.kept
    ))]  # fmt: skip
    kinds = (
        ("changed", "Changed", fidelity.changed),
        ("left-out", "Left out", fidelity.left_out),
        ("better", "In the files, but could be better", fidelity.could_be_better),
    )
    tables += [_table(name, caption, OF_KINDS, map(_kind, group)) for name, caption, group in kinds if group]
    promised = ((one.promise, one.standing, one.why) for one in fidelity.promises)
    tables.append(_table("promised", "Promises about this book", ("Promise", "State", "Why"), promised))
    origin = f"It was read as {fidelity.origin}. " if fidelity.origin else ""
    return SECTION.format(origin=origin, tables=Markup("\n").join(tables))


def _kind(one: Kind) -> Sequence[str]:
    more = ", …" if one.count > len(one.places) else ""
    return one.code, str(one.count), str(one.files), one.first, ", ".join(one.places) + more, one.example


def _table(name: str, caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(one) for one in heads)
    return TABLE.format(id=name, caption=caption, heads=head, rows=Markup("\n").join(map(_row, rows)))


def _row(cells: Sequence[str]) -> Markup:
    first, *others = cells
    rest = Markup("").join(Markup("<td>{}</td>").format(one) for one in others)
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(first, rest)
