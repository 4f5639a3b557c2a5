"""`beat` numbers every try and keeps those that were answered."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing import defaults, read_listing, says

listing = read_listing()
tried: list[int] = []


def write(number: int) -> None:
    tried.append(number)
    if number == 3:
        raise ConnectionError


acked = listing.beat(write, seconds=0.2, pause=0.02)
assert tried == list(range(1, len(tried) + 1)) and len(tried) > 4
assert [n for n, _ in acked] == [n for n in tried if n != 3]
outage, lost = listing.verdict(acked, found=set(tried) - {1})
assert lost == [1]
assert 0 <= outage < 0.2
assert defaults(listing.beat) == {"pause": 0.1}
assert listing.verdict([], found=set()) == (0.0, [])
assert listing.verdict([(1, 0.0), (2, 0.24)], found={1, 2}) == (0.2, [])
says("again and again", "default=0.0)\n", "acked = [(1, 0.0), (2, 0.1), (3, 0.2), (4, 0.3), (95, 41.3), (96, 41.4)]")
