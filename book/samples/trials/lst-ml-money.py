"""A text counts as three units at least, and a started unit counts as one."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing import read_listing, says

listing = read_listing()
for characters, units in ((1, 3), (300, 3), (301, 4), (1000, 10), (1001, 11)):
    assert round(listing.comprehend_usd(1, characters, per_unit=1)) == units, characters
says(
    "assert ceil(1_000_000 / 10_000) == 100",
    "assert ceil(1_000_000 / 25) == 40_000",
    "round(comprehend_usd(1_000_000, 250), 2)",
    "round(288 * comprehend_usd(4_000, 250), 2)",
    "round(365 / 12 / 730 * 100, 1)",
)
