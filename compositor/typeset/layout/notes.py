"""Rules of notes: a note stands on the page of its call."""

from __future__ import annotations

from collections.abc import Iterator

from compositor.typeset.layout.faults import Fault
from compositor.typeset.layout.sheets import Setting


def note_parted(setting: Setting) -> Iterator[Fault]:
    """A note begins on another page than its call, or is on no page.

    Readers look for it at the foot of the page with the call. A long note begins there and continues on the next page;
    here, more notes are called than can begin. Shorten them, or move some into the text.
    """
    where = {number: page for page, sheet in reversed(list(enumerate(setting.sheets))) for number in sheet.notes}
    for page, sheet in enumerate(setting.sheets):
        for number, block in sheet.calls.items():
            stands = where.get(number)
            if stands != page:
                there = "on no page" if stands is None else _distance(stands - page)
                message = f"a note that is called here is {there}"
                yield Fault(page, block.position, message, "shorten the notes here, or move some into the text")


def _distance(pages: int) -> str:
    return f"{abs(pages)} page{'s' * (abs(pages) > 1)} {'further on' if pages > 0 else 'before'}"
