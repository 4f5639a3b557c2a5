"""`watch` notes each change of address once, and a name that does not resolve."""

import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing import Clock, defaults, read_listing, says

listing = read_listing()
Clock()
answers = iter(["10.0.0.1", "10.0.0.1", None, "10.0.0.2", "10.0.0.3"])


def resolve(host: str, port: object) -> list[tuple[object, ...]]:
    assert (host, port) == ("writer", None)
    address = next(answers)
    if address is None:
        raise socket.gaierror(socket.EAI_AGAIN, "later")
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0))]


listing.socket.getaddrinfo = resolve
seen = listing.watch("writer", seconds=2, pause=0.5)
assert seen == [(0.0, "10.0.0.1"), (1.0, f"no answer ({socket.EAI_AGAIN})"), (1.5, "10.0.0.2")], seen
assert next(answers) == "10.0.0.3"  # nobody asks at the end itself
assert defaults(listing.watch) == {"seconds": 120, "pause": 0.5}
says(
    '", ".join(sorted(found))', "flush=True", "round(time.monotonic() - start, 1)", "watch(sys.argv[1])",
    'if __name__ == "__main__" and len(sys.argv) > 1:',
)  # fmt: skip
