"""Structure types of pictures and formulas in the PDF."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from lxml import etree

from compositor.typeset.document.roles import ARTIFACT, role


@pytest.mark.parametrize(
    ("attributes", "kind"),
    [
        ({"alt": "a dial"}, "Figure"),
        ({"alt": ""}, ARTIFACT),
        ({"alt": "x^2", "class": "math"}, "Formula"),
        ({"alt": "", "aria-hidden": "true", "class": "math"}, ARTIFACT),
    ],
)
def test_what_has_no_words_is_no_part_of_the_structure(attributes: dict[str, str], kind: str) -> None:
    """Ornaments and the second piece of a formula that is broken within a line have none (PDF/UA-1, 7.7)."""
    box = SimpleNamespace(element_tag="img", element=etree.Element("img", attributes))
    assert role(box, in_contents=False) == kind
