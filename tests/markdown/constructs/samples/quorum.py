"""Which copies make a quorum."""

from itertools import combinations


class Volume:
    # ANCHOR: quorum
    def writes(self, size):
        # ANCHOR: inner
        return set(combinations(range(6), size))
        # ANCHOR_END: inner
    # ANCHOR_END: quorum

    def reads(self):  # <1>
        return range(6)
    # ANCHOR: open
