"""`stale_reads` counts what a slow reader does not see; `longest_gap` measures a time without an answer."""

import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing import Clock, defaults, read_listing, says

listing = read_listing()

writer, reader = (sqlite3.connect(":memory:", isolation_level=None) for _ in range(2))
for connection in (writer, reader):
    connection.execute("CREATE TABLE probe (n integer)")
assert listing.stale_reads(writer, reader, 10) == 10

clock, probed = Clock(), []


def probe() -> None:
    probed.append(clock.now)
    if 0.25 <= clock.now < 0.75:
        raise ConnectionError


assert listing.longest_gap(probe, seconds=1.25, pause=0.25, failure=ConnectionError) == 0.75
assert probed == [0.0, 0.25, 0.5, 0.75, 1.0]  # and none at the end itself
assert defaults(listing.stale_reads) == {"rounds": 1000}
assert defaults(listing.longest_gap) == {"seconds": 120, "pause": 0.2, "failure": Exception}
says(
    "stale_reads(db, db, 10) == 0",
    "    worst = 0.0\n",
    'connect(":memory:", isolation_level=None)',
    "round(time.monotonic() - start, 1)",
)
