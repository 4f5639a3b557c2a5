"""Remedies of faults in a bibliography and its style."""

from __future__ import annotations

from tests.faults import BIB, CSL, listed
from tests.remedies.cases import Case

COLOURED = BIB.replace("year", "colour={red}, year")
HEIR = BIB.replace("year", "crossref={none}, year")
NOBODY = BIB.replace("The", "\\nobody{The}")

CASES = (
    Case("A125", listed(COLOURED), "move what readers need to a printed field",
         listed(COLOURED.replace("colour", "publisher"))),
    Case("A126", listed(BIB, CSL.format("b")), "take a style from", listed(BIB)),
    Case("S026", listed(HEIR), "correct the key, or add the entry", listed(BIB)),
    Case("S027", listed(NOBODY), "write the characters themselves, in UTF-8", listed(BIB)),
)  # fmt: skip
"""Faults that appear when a bibliography is read."""
