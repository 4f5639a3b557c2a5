"""`stale_reads` counts what a slow reader does not see; `longest_gap` measures a time without an answer."""

import sqlite3
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing import defaults, read_listing, says

listing = read_listing()

writer, reader = (sqlite3.connect(":memory:", isolation_level=None) for _ in range(2))
for connection in (writer, reader):
    connection.execute("CREATE TABLE probe (n integer)")
assert listing.stale_reads(writer, reader, 10) == 10

start = time.monotonic()


def probe() -> None:
    if 0.1 < time.monotonic() - start < 0.5:
        raise ConnectionError


assert 0.3 < listing.longest_gap(probe, seconds=1.0, pause=0.01, failure=ConnectionError) < 1.0
assert defaults(listing.stale_reads) == {"rounds": 1000}
assert defaults(listing.longest_gap) == {"seconds": 120, "pause": 0.2, "failure": Exception}
says(
    "stale_reads(db, db, 10) == 0",
    "    worst = 0.0\n",
    'connect(":memory:", isolation_level=None)',
    "round(time.monotonic() - start, 1)",
)
