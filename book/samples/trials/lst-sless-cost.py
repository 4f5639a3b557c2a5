"""A month of several loads, to the cent, and a month that is too long."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing import read_listing, says

listing = read_listing()
assert listing.month([(1, 0.123), (2, 1.5)]) == 0.37
try:
    listing.month([(731, 1)])
except AssertionError:
    pass
else:
    raise AssertionError("a month has 730 hours")
says(
    "round(R6G_LARGE * MONTH, 2) == 189.80",
    "round(2 * 256 * ACU_HOUR * 60, 2) == 3686.40",
    "for h, acu in profile) * ACU_HOUR, 2)",
)
