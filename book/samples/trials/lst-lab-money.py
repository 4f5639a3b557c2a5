"""The lab's formula to the cent."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing import read_listing

listing = read_listing()
assert listing.lab(1, 1, 0.333, price=0.1) == 0.03
assert listing.lab(3, 2, 0.5, price=0.1) == 0.3
