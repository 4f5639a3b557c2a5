"""`beat` numbers every try and keeps those that were answered."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing import read_listing

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
