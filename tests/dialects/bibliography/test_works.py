"""BibTeX and biblatex -> works: a golden table of every type, and the findings on dropped or unknown fields."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compositor.dialects.bibliography.reading import read_bibtex
from compositor.dialects.bibliography.vocabulary import DATES, FIELDS, NAMES, PUBLISHERS, TITLES, TYPES, VERBATIM
from compositor.language import ENGLISH, language_for
from tests.finished import ROOT

HERE = Path(__file__).parent
TEXT = (HERE / "works.bib").read_text(encoding="utf-8")


def fields_of(text: str, words=ENGLISH) -> dict:
    """Return the fields of the only work of a file."""
    works, _, findings = read_bibtex(text, "w.bib", words)
    assert findings == []
    assert len(works) == 1
    return {name: value for name, value in works[0].fields.items() if name not in ("id", "type")}


def said(text: str) -> list[str]:
    """Return code, place and message of all findings of a file."""
    return [f"{one.code} {one.place} {one.message}" for one in read_bibtex(text, "w.bib", ENGLISH)[2]]


def test_every_entry_is_the_work_that_the_table_has():
    """Each entry of the golden file becomes the CSL-JSON beside it."""
    works, _, findings = read_bibtex(TEXT, "works.bib", ENGLISH)
    wanted = json.loads((HERE / "works.json").read_text(encoding="utf-8"))
    assert [dict(work.fields) for work in works] == wanted
    assert [one.message for one in findings] == ['there is no type @foo, and "unk1" is printed as @misc']
    assert [work.key for work in works if work.dropped] == []


def test_the_table_has_most_types():
    """The golden file would prove nothing if types were missing from it."""
    missing = {kind for kind in TYPES if f"@{kind}{{" not in TEXT}
    assert missing <= {
        *("bookinbook", "commentary", "image", "jurisdiction", "legal", "music", "mvcollection", "mvproceedings"),
        *("mvreference", "performance", "suppcollection", "suppperiodical"),
    }


def test_the_manual_names_every_type_and_field():
    """The manual names exactly the types and fields that are read from a `.bib` file."""
    page = (ROOT / "docs" / "manual" / "bibliographies.md").read_text(encoding="utf-8")
    fields = {*TITLES, *TITLES["title"], *FIELDS, *NAMES, *DATES, *PUBLISHERS, *VERBATIM} - {"arxiv"}
    silent = {name for name, variable in FIELDS.items() if not variable} | {"abbreviation", "journalabbr"}
    assert [kind for kind in TYPES if f"`@{kind}`" not in page] == []
    assert [name for name in sorted(fields - silent) if f"`{name}`" not in page] == []


def test_a_work_of_another_language():
    """Compositor's words about a work are in the language of the book; the work's own language goes to the style."""
    entry = "@thesis{a, title={T}, type={phdthesis}, langid={british}, pubstate={inpress}}"
    told = fields_of(entry, language_for("de"))
    assert told == {"title": "T", "genre": "Dissertation", "status": "im Druck", "language": "en-GB"}


@pytest.mark.parametrize(
    ("entry", "name", "wanted"),
    [
        ("@misc{a, title={T}, howpublished={Leaflet, \\url{http://x.org/~a_b}}}", "publisher", "Leaflet"),
        ("@misc{a, title={T}, howpublished={Leaflet, \\url{http://x.org/~a_b}}}", "URL", "http://x.org/~a_b"),
        ("@misc{a, title={T}, howpublished={http://x.org/a\\_b}}", "URL", "http://x.org/a_b"),
        ("@misc{a, title={T}, eprint={hep-ph/9601}, archivePrefix={arXiv}}", "URL", "https://arxiv.org/abs/hep-ph/9601"),
        ("@misc{a, title={T}, eprint={2101.00001}}", "archive", "arXiv"),
        ("@misc{a, title={T}, eprint={77}, eprinttype={own}, note={N.}}", "note", "N. own: 77"),
        ("@article{a, title={T}, doi={https://doi.org/10.1/x\\_y}}", "DOI", "10.1/x_y"),
        ("@article{a, title={T}, eid={042}}", "number", "042"),
        ("@article{a, title={T}, number={1}, issue={Spring}}", "issue", "1, Spring"),
        ("@book{a, title={T}, volume={2}, part={3}}", "volume", "2.3"),
        ("@book{a, title={Why?}, subtitle={Because}}", "title", "Why? Because"),
        ("@book{a, title={Main.}, titleaddon={More}}", "title", "Main. More"),
        ("@book{a, title={T}, note={One.}, addendum={Two}}", "note", "One. Two"),
        ("@book{a, title={T}, location={Ulm and Bonn}}", "publisher-place", "Ulm; Bonn"),
        ("@book{a, title={T}, shorthand={ABC}}", "citation-label", "ABC"),
        ("@movie{a, title={T}, editor={Lee}, editortype={director}}", "author", [{"family": "Lee"}]),
        ("@book{a, title={T}, address={Ulm}, location={Rome}}", "publisher-place", "Ulm"),
        ("@book{a, title={T}, address={Ulm}, location={Rome}}", "event-place", "Rome"),
        ("@book{a, title={T}, origyear={1975}}", "original-date", {"date-parts": [[1975]]}),
        ("@patent{a, title={T}, holder={{Firm}}}", "author", [{"literal": "Firm"}]),
    ],
)
def test_a_field(entry, name, wanted):
    """One or several fields become the variable of CSL that means the same."""
    assert fields_of(entry)[name] == wanted


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Charles de Gaulle", {"family": "Gaulle", "given": "Charles", "non-dropping-particle": "de"}),
        ("de Gaulle, Charles", {"family": "Gaulle", "given": "Charles", "non-dropping-particle": "de"}),
        ("King, Jr., Martin Luther", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        ("{Simon and Schuster}", {"literal": "Simon and Schuster"}),
        ("{\\'E}mile Zola", {"family": "Zola", "given": "Émile"}),
        ("family=Ruiz, given={Ana, Li}, suffix=Jr", {"family": "Ruiz", "given": "Ana, Li", "suffix": "Jr"}),
        ("Donald~E. Knuth", {"family": "Knuth", "given": "Donald E."}),
    ],
)
def test_a_name(written, wanted):
    """Particles, suffixes, organisations and accents of a name are read."""
    assert fields_of(f"@misc{{a, title={{T}}, author={{{written}}}}}")["author"] == [wanted]


def test_a_name_that_begins_with_a_command_keeps_it():
    """An accent is not lost after `and`."""
    told = fields_of("@misc{a, title={T}, author={A. Lee and \\'{E}mile Zola and others}}")["author"]
    assert told[1:] == [{"family": "Zola", "given": "Émile"}, {"literal": "others"}]


def test_a_particle_that_is_no_part_of_the_name():
    """`useprefix=false` lets a name be sorted and cited without it."""
    told = fields_of("@misc{a, title={T}, author={Ludwig van Beethoven}, options={useprefix=false}}")["author"]
    assert told == [{"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"}]


def test_inheritance():
    """A part inherits from its book under the field names of a part; xdata and chains work too, and cycles end."""
    text = (
        "@inbook{part, title={Part}, crossref={BOOK}}\n"
        "@book{book, title={Book}, subtitle={All}, author={Ann Lee}, crossref={whole}, ids={other}}\n"
        "@mvbook{whole, title={Whole}, xdata={house}}\n@xdata{house, publisher={House}, xdata={more}}\n"
        "@xdata{more, location={Ulm}, xdata={house}}\n@article{x, title={X}, crossref={y}}\n"
        "@article{y, journaltitle={J}, crossref={x}}"
    )
    works, others, findings = read_bibtex(text, "w.bib", ENGLISH)
    part, book, whole, x, y = (work.fields for work in works)
    assert (part["title"], part["container-title"]) == ("Part", "Whole. Book: All")
    assert part["container-author"] == [{"family": "Lee", "given": "Ann"}]
    assert [one["publisher"] for one in (part, book, whole)] == ["House"] * 3
    assert [one["publisher-place"] for one in (part, book, whole)] == ["Ulm"] * 3
    assert (x["container-title"], y["title"]) == ("J", "X")
    assert [(name, key) for name, key, _ in others] == [("other", "book")]
    assert [work.key for work in works if work.is_source] == ["book", "whole", "x", "y"]
    assert findings == []


@pytest.mark.parametrize(
    ("written", "issued"),
    [
        ("2013-19", {"date-parts": [[2013], [2019]]}),
        ("2019-13", {"literal": "2019-13"}),
        ("2019-02", {"date-parts": [[2019, 2]]}),
    ],
)
def test_years_are_a_range_in_their_order_alone(written: str, issued: dict[str, object]):
    """An invalid month makes no range that goes backwards."""
    works, _, _ = read_bibtex(f"@book{{a, title={{T}}, date={{{written}}}}}", "w.bib", ENGLISH)
    assert works[0].fields["issued"] == issued


def test_what_is_dropped_is_kept_for_the_report():
    """A field without a counterpart in CSL is reported with its place; a field that nobody prints is not."""
    text = "@book{a,\n title={T}, abstract={A}, keywords={k}, file={f}, owner={o},\n  timestamp={t}, colour={red}}"
    works, _, _ = read_bibtex(text, "w.bib", ENGLISH)
    assert [(name, str(place)) for name, place in works[0].dropped] == [("colour", "w.bib:3:18")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("@book{a, title={T}, crossref={b}}", 'S026 w.bib:1:21 the work "a" inherits from "b", which does not exist'),
        (
            "@book{a, title={T},\n title={U}}",
            'S026 w.bib:2:2 the work "a" has the field "title" twice; the first is used',
        ),
        ("@set{a, entryset={b}}", 'S026 w.bib:1:1 "a" is a set of works and cannot be cited itself'),
        (
            "@x{a, title={T}}\n@x{b, title={T}}",
            'S026 w.bib:1:1 there is no type @x, and 2 works are ("a", "b") printed as @misc',
        ),
        (
            "@book{a, title=no}",
            'S026 w.bib:1:10 the value "no" is neither a number nor an @string, and is read as words',
        ),
        (
            "@book{a, title={\\foo{x}}}\n@book{b, title={\\foo{y}}}",
            "S027 w.bib:1:1 unknown TeX command \\foo; its argument is printed as it is: a, b",
        ),
        ("@book{a, title={T} year=2000}", 'S023 w.bib:1:10 "year=2000" is not part of a field, and is ignored'),
    ],
)
def test_what_is_told(text, wanted):
    """Each matter is reported once, at its place."""
    assert said(text) == [wanted]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("@book{a,\n title = {A\n}\n", "w.bib:3:1", "this entry has no end, and is ignored"),
        (
            *("@book{a,\n title {A},\n}\n", "w.bib:2:2"),
            "an entry continues with something that is not a field, and is ignored",
        ),
        ("@book{, title = {A}}", "w.bib:1:1", "an entry without a key"),
        ("@book{title = {A}}", "w.bib:1:1", "an entry without a key, and is ignored"),
        ('@book{a, title = "A}', "w.bib:1:18", "this entry has no end, and is ignored"),
        ("@book{a, title = {A}", "w.bib:1:20", "this entry has no end, and is ignored"),
    ],
)
@pytest.mark.parametrize("before", [0, 3])
def test_broken_entries(text, place, message, before):
    """A broken entry is found at its place, wherever it is in the file, and the entries around it are read."""
    above = "@misc{z, title={Z}}\n" * (before > 0) + "\n" * before
    works, _, findings = read_bibtex(f"{above}{text}\n@book{{b, title = {{B}}}}", "w.bib", ENGLISH)
    file, line, column = place.split(":")
    shifted = f"{file}:{int(line) + before + (before > 0)}:{column}"
    assert [(str(finding.place), finding.message) for finding in findings] == [(shifted, message)]
    assert [work.key for work in works] == ["z"] * (before > 0) + ["b"]


def test_texts_that_are_joined():
    """`@string` and `#` join texts; the names of months are strings in every file."""
    text = '@string{a = "A"}\n@STRING{b = a # { B}}\n@book{k, title = b # " C", month = jan # "~12", year = 2000}'
    assert fields_of(text) == {"title": "A B C", "issued": {"date-parts": [[2000, 1, 12]]}}


def test_strings_that_double_are_bounded():
    """A text that grows with each string is left out and reported."""
    text = "@string{s0 = {xxxxxxxxxx}}\n" + "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 40))
    assert said(f"{text}@book{{a, title = {{T}}, note = s39}}") == [
        "S023 w.bib:15:1 a value of more than 100000 letters is left out"
    ]


def test_what_inherits_from_many_is_bounded():
    """Each entry inherits once, however many paths lead to it."""
    chain = "".join(
        f"@xdata{{x{n}, note = {{n}}, xdata = {{{','.join(f'x{m}' for m in range(n + 1, n + 9))}}}}}\n"
        for n in range(60)
    )
    works, _, _ = read_bibtex(f"{chain}@book{{a, title = {{T}}, xdata = {{x0}}}}", "w.bib", ENGLISH)
    assert works[0].fields["note"] == "n"
