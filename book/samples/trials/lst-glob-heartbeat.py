"""`beat` numbers every try and keeps those that were answered."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing import Clock, defaults, read_listing, says

listing = read_listing()
tried: list[int] = []


def write(number: int) -> None:
    tried.append(number)
    if number == 3:
        raise ConnectionError


Clock()
acked = listing.beat(write, seconds=2.5, pause=0.5)
assert tried == [1, 2, 3, 4, 5]  # and no beat at the end itself
assert acked == [(1, 0.0), (2, 0.5), (4, 1.5), (5, 2.0)]
assert listing.verdict(acked, found={2, 3, 4, 5}) == (1.0, [1])
assert defaults(listing.beat) == {"pause": 0.1}
assert listing.verdict([], found=set()) == (0.0, [])
assert listing.verdict([(1, 0.0), (2, 0.24)], found={1, 2}) == (0.2, [])
says("again and again", "default=0.0)\n", "acked = [(1, 0.0), (2, 0.1), (3, 0.2), (4, 0.3), (95, 41.3), (96, 41.4)]")
