"""Rules of notes: they stand where they are called."""

from __future__ import annotations

from collections.abc import Iterator

from compositor.typeset.layout.faults import Fault
from compositor.typeset.layout.sheets import Setting


def note_parted(setting: Setting) -> Iterator[Fault]:
    """A note stands on another page than its call, or on none.

    A reader looks for it at the foot of the page where the call is. The note is too long for the room below its line:
    shorten it, or make it part of the text.
    """
    where = {number: page for page, sheet in reversed(list(enumerate(setting.sheets))) for number in sheet.notes}
    for page, sheet in enumerate(setting.sheets):
        for number, block in sheet.calls.items():
            stands = where.get(number)
            if stands != page:
                there = (
                    "on no page" if stands is None else f"{stands - page} page{'s' * (stands - page > 1)} further on"
                )
                message = f"a note that is called here stands {there}"
                yield Fault(page, block.position, message, "shorten the note, or make it part of the text")
