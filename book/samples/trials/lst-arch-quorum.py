"""Every pair of sets has to meet, and the claims are made for the quorums of the text."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing import read_listing, says

listing = read_listing()
assert listing.AZ_OF == {"A": "1", "B": "1", "C": "2", "D": "2", "E": "3", "F": "3"}
assert len(listing.any_of(2)) == 15
assert listing.safe([{1, 2}, {2, 3}], [{2}])
assert not listing.safe([{1, 2}, {2, 3}], [{2}, {3}])  # a read that misses a write
assert not listing.safe([{1, 9}, {2, 9}, {3}], [{1, 2, 3}])  # two writes that do not meet
assert listing.left == {"D", "E", "F"}
says(
    "assert safe(any_of(4), any_of(3))",
    "assert not safe(any_of(3), any_of(3))",
    "assert any(w <= left for w in any_of(4))        # four left",
    "assert not any(w <= left for w in any_of(4))    # three left",
    "assert any(r <= left for r in any_of(3))",
)
