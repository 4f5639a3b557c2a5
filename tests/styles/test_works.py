"""The bibliography: many web pages are set smaller than a few works."""

from __future__ import annotations

import pytest

from tests.typeset.test_lines import paragraph

WORK = '<li class="work">Someone, “A page”. <a class="external" href="https://example.org/">example.org</a>.</li>'


@pytest.mark.parametrize(("count", "size"), [(39, 8.2), (40, 7.4)])
def test_a_long_list_of_web_pages_is_set_smaller(count: int, size: float) -> None:
    """This begins with forty; the letters are those of the running text before and after."""
    _, _, document = paragraph(f'<ul class="works">{WORK * count}</ul>')
    boxes = (box for page in document.pages for box in page._page_box.descendants())
    sizes = {round(box.style["font_size"] * 0.75, 2) for box in boxes if box.element_tag == "a"}
    assert sizes == {size}
