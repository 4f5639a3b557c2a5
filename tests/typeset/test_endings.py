"""No stream of a PDF ends in a carriage return, whichever bytes a book comes to."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pydyf
import pytest

from compositor.typeset.document.endings import IN_DOUBT, avoid_carriage_returns


def written(text: str, mend: bool) -> bytes:
    """A PDF with a compressed stream, and the streams that pydyf makes for its objects."""
    pdf = pydyf.PDF()
    page = {"Type": "/Page", "Parent": pdf.pages.reference, "MediaBox": pydyf.Array([0, 0, 9, 9])}
    pdf.add_page(pydyf.Dictionary({**page, "Resources": pydyf.Dictionary()}))
    pdf.add_object(pydyf.Stream([text], compress=True))
    pdf.info["Title"] = pydyf.String(text)
    if mend:
        avoid_carriage_returns(pdf)
    target = BytesIO()
    pdf.write(target, compress=True)
    return target.getvalue()


@pytest.fixture(scope="module")
def in_doubt() -> list[str]:
    """Texts whose PDF has a stream in doubt, where nothing is done about it."""
    texts = (chr(97 + number % 26) * (number // 26 + 1) for number in range(1300))
    return [text for text in texts if IN_DOUBT in written(text, mend=False)]


def test_such_streams_are_not_rare(in_doubt: list[str]) -> None:
    """Without the remedy one PDF in a hundred has such a stream."""
    assert len(in_doubt) >= 5


def test_no_stream_is_left_in_doubt(in_doubt: list[str]) -> None:
    """With it none has, and all of them can be read."""
    for text in in_doubt:
        data = written(text, mend=True)
        assert IN_DOUBT not in data
        with pikepdf.open(BytesIO(data)) as pdf:
            assert len(pdf.pages) == 1 and str(pdf.docinfo.Title) == text
            assert pdf.check_pdf_syntax() == []


def test_the_same_text_gives_the_same_bytes(in_doubt: list[str]) -> None:
    """Writing again is no matter of chance."""
    assert [written(text, mend=True) for text in in_doubt] == [written(text, mend=True) for text in in_doubt]
