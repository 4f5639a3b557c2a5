"""The two price models for numbers that round and for a bill without compute or without data."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing import read_listing, says

listing = read_listing()
assert listing.bills(100.123, 7, 3) == (101.42, 131.73)
assert listing.break_even(100, 1) == (150.6, 23.1)
assert listing.break_even(1000, 100) == (1562.5, 23.6)
says(
    "break_even(C, 0)[1] == 23.1 and break_even(0, 500)[1] == 55.6",
    "return round(n, 1), round(100 * IO * n / bills(compute, gb, n)[0], 1)",
)
