"""Window and price for other rates; a window ends at 72 hours, whatever the budget."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing import read_listing, says

listing = read_listing()
assert listing.stored_millions(1000, 10) == 36.0
assert listing.per_month(1000, 10, price=0.01) == 262.80
assert listing.window_for(1_000_000, 1) == 72
assert listing.window_for(1000, 1000, price=0.01) == 38.1
assert listing.window_for(1_000_000, 10_000, price=0.01, hours=730) == 72
assert listing.window_for(1000, 1234, price=0.01) == 30.8
says(
    "assert round(stored_millions(500, 24), 1) == 43.2",
    "assert window_for(100, 500) == 6.3",
    "return round(min(72, budget / one_hour), 1)",
    "one_hour = per_second * 3600 / 1e6",
    "def window_for(budget, per_second, price=PRICE, hours=730)",
)
