"""The copies are those of the figure, and a chain ends at its first hole."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing import defaults, read_listing, says

listing = read_listing()
figure = (Path(__file__).parents[2] / "figures" / "arch-lsn-ruler.svg").read_text(encoding="utf-8")
texts = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>(\d+)</text>', figure)
lsn_at = {x: int(text) for x, y, text in texts if y == "34"}
drawn = {
    group: {lsn_at[x]: int(text) for x, y, text in texts if y == height}
    for group, height in ((1, "57.5"), (2, "103.5"))
}
assert drawn == listing.COPIES, drawn
assert listing.ENDS == [502, 504, 507, 510, 512]
assert defaults(listing.complete_to) == {"quorum": 4}
assert listing.complete_to({1: 4, 2: 5, 3: 3, 4: 6}) == 2
assert listing.complete_to({1: 3}) is None
assert listing.complete_to({1: 2, 2: 1}, quorum=2) == 1
says("vcl = complete_to(COPIES[1] | COPIES[2])", "if end <= vcl)")
