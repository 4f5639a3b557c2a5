"""When the ferry can leave: a table of tides, and a question asked of it."""

from dataclasses import dataclass

DRAUGHT = 1.4


@dataclass(frozen=True)
class Tide:
    """The height of the water at an hour, in metres above the sill."""

    hour: int
    height: float


# ANCHOR: leaves
def leaves(tides: list[Tide], hour: int) -> bool:
    """Whether there is water enough; no tide known, no crossing."""
    known = [tide for tide in tides if tide.hour == hour]  # <1>
    if not known:
        return False  # <2>
    return known[0].height > DRAUGHT  # <3>
# ANCHOR_END: leaves


class Timetable:
    """The crossings of a day."""

    def __init__(self, tides: list[Tide]) -> None:
        self.tides = tides

    def hours(self) -> list[int]:
        """The hours at which the boat leaves, in their order."""
        hours = {tide.hour for tide in self.tides}
        return sorted(hour for hour in hours if leaves(self.tides, hour))

    def first(self) -> int | None:
        """The first of them."""
        return next(iter(self.hours()), None)

    def line(self, hour: int) -> str:
        """What is chalked on the board."""
        word = "leaves" if leaves(self.tides, hour) else "stays"
        return f"{hour:02}:00  {word}"

    def board(self) -> str:
        """The whole board, an hour a line."""
        return "\n".join(self.line(tide.hour) for tide in self.tides)


if __name__ == "__main__":
    print(Timetable([Tide(6, 0.9), Tide(9, 1.8), Tide(12, 2.2)]).board())
