"""The language of the book: American spelling, in the text and in the figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

BOOK = Path(__file__).parents[2] / "book"
BRITISH = re.compile(
    r"\b(?:behaviour|colour|favour|flavour|honour|harbour|labour|neighbour|rumour|rigour|vapour|armour|humour)\w*|"
    r"\b(?:centre|fibre|litre|metre|theatre|calibre)s?\b|"
    r"\b(?:organis|recognis|summaris|utilis|normalis|optimis(?!tic)|minimis|maximis|analys(?=e[ds]?\b|ing)|prioritis|parallelis)\w*|"
    r"\b(?:cancelled|cancelling|labelled|labelling|modelling|modelled|travelled|signalled|fulfil|enrolment|instalment)\b|"
    r"\b(?:defence|offence|licence|pretence|catalogue|dialogue|analogue|programme|cheque|grey|judgement|artefact)s?\b|"
    r"\b(?:whilst|amongst|learnt|spelt|burnt|towards)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", [*BOOK.glob("*.md"), *BOOK.glob("figures/*.svg")], ids=lambda path: path.name)
def test_spelling_is_american(path: Path) -> None:
    """No word of the book is spelled the British way."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [
        f"{path.name}:{number}: {match[0]}" for number, line in enumerate(lines, 1) for match in BRITISH.finditer(line)
    ]
    assert found == []
