"""Books of other tools, made by one command without an option: both files, complete, with correct links."""

from __future__ import annotations

import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from lxml import etree

from compositor.cli import press
from compositor.formats import EDITIONS
from compositor.making import make
from compositor.press import Timings, read_book
from tests.finished import BOOKS
from tests.validators import broken_rules


@dataclass(frozen=True)
class Guest:
    """A book of another tool: the findings on its sources, and its files."""

    name: str
    codes: set[str]
    pdf: Path
    epub: Path


LINKS = ".//{http://www.w3.org/1999/xhtml}section//{http://www.w3.org/1999/xhtml}a"
GUESTS = {
    "mdbook": (
        {"M010", "M018", "M031", "A102", "C108", "L141", "L142", "L144", "L147", "L148", "L173"},
        (
            *("let_go", "Therulei", "Listing1-1", "aquarterturn", "Itsfuse"),
            *("Rowwiththetide", "Itiswrittenbelow", "ashore", "Oar-->Boat", "Theoar", "foursp"),
            *("[watch.night]", "Atnighttwo"),
        ),
        {
            **{"how to cast off": "ferry.xhtml#ferry", "above": "#thruster-deep-at-once", "a place": "#deep"},
            **{"a page": "ferry.xhtml#ferry", "the same": "ferry.xhtml#ferry", "once more": "ferry.xhtml#ferry"},
            **{"with a sign": "left-over.xhtml#left-over", "by its page": "ferry.xhtml#ferry"},
            **{"the rule": "#watches-r-watch-night"},
        },
    ),
    "gitbook": (
        {"M018", "M031", "L371"},
        (
            *("threeinchesdeep", "Clay", "Everyevening", "water(", "Raw", "letbeans=12", "sow.js", "Aseed"),
            *("Neverintherain", "cellar.txt", "Showninabook"),
        ),
        {"the shop": "https://example.org/beans", "sowing": "sowing.xhtml#sowing-depth"},
    ),
    "site": (
        {"M010", "M018", "M031", "A111"},
        (
            *("Readallofit", "Nevernearwires", "Bamboo", "clovehitch", "Stayathome", "Waitforabreeze", "Thetail"),
            *("Unfoldit", "Mindthewires", "Incolons", "Inafence", "Pullleft", "fly.py"),
            *("MarkdownwithinHTML", "Underit"),
        ),
        {
            **{"knot": "frame.xhtml#knot", "above": "frame.xhtml#knot", "by address": "flying.xhtml#flying"},
            **{"the frame": "frame.xhtml#frame", "home": "home.xhtml#home", "the knot": "frame.xhtml#knot"},
            **{"fly": "flying.xhtml#flying-in-a-storm"},
        },
    ),
    "project": (
        {"M018", "L373", "L173"},
        (
            *("Alamp", "Itishot", "Theyrise", "Cotton", "pour.py", "pour(oil)", "Kindsofoil", "Manylamps", "Thefilm"),
            *("Lampsinaroom", "•oneofglass", "whale,old", "Theflamealone", "Howlongisthewick", "Answer:", "Afinger"),
        ),
        {
            **{"Trimming it": "wick.xhtml#wick-trim", "Oil": "oil.xhtml#oil", "the oil": "oil.xhtml#oil-of-oil"},
            **{"equation (2.1)": "#level", "Table 2.1": "#oil-kinds", "Table 3.1": "#practice-rooms"},
            **{"burner": "#practice-entry-burner", "wick": "#practice-entry-wick", "Figure 3.1": "#practice-of-flame"},
            **{"Exercise 3.1": "#practice-ex-trim"},
        },
    ),
    "chapters": (
        {"M018"},
        ("a.Hem", "b.Fold", "iv.Steam", "Number(2)of", "Afirstbox", "Mindthesteam", "x<-1"),
        {"2": "#sewing-example-iron", "chapter\u00a01": "sewing.xhtml#sec-sewing"},
    ),
}
"""Book -> the codes of its findings, words that the PDF shows, words of links -> their targets in the EPUB."""


@pytest.fixture(scope="module", params=GUESTS)
def guest(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Guest:
    """Return a book of another tool, made once in both formats."""
    timings = Timings()
    proof = read_book(BOOKS / request.param, timings)
    made = make(proof, EDITIONS, f"{tmp_path_factory.mktemp(request.param)}/", timings)
    findings = (*proof.findings, *made.findings)
    assert (made.missing, [finding for finding in findings if finding.severity == "error"]) == ((), [])
    return Guest(request.param, {finding.code for finding in proof.findings}, *made.paths)


def test_what_is_told_of_a_book_of_another_tool(guest: Guest) -> None:
    """Each fault in the book gives its finding, and there is no other finding."""
    assert guest.codes == GUESTS[guest.name][0]


def test_the_words_of_a_book_of_another_tool(guest: Guest) -> None:
    """The constructs of the other tool show their words on paper."""
    shown = _letters(guest.pdf.read_bytes())
    assert [word for word in GUESTS[guest.name][1] if word not in shown] == []


def test_the_links_of_a_book_of_another_tool(guest: Guest) -> None:
    """Links in the EPUB lead to their targets in the other tool."""
    links = GUESTS[guest.name][2]
    assert {text: address for text, address in _links(guest.epub.read_bytes()) if text in links} == links


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_a_book_of_another_tool_conforms(guest: Guest, profile: str) -> None:
    """The PDF passes PDF/UA-1 and PDF/A-2a."""
    assert broken_rules(guest.pdf, profile) == []


def test_a_book_of_another_tool_is_valid(guest: Guest, epubcheck: Callable[[Path], list[str]]) -> None:
    """EPUBCheck reports nothing."""
    assert epubcheck(guest.epub) == []


def _letters(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)


def _links(data: bytes) -> list[tuple[str, str]]:
    """Return words and address of every link in the text of an EPUB."""
    archive = zipfile.ZipFile(BytesIO(data))
    trees = (etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xhtml"))
    found = (link for tree in trees for link in tree.iterfind(LINKS))
    return [("".join(link.itertext()), link.get("href", "")) for link in found]


@pytest.mark.parametrize("name", GUESTS)
def test_doctor_says_what_a_folder_is(name: str) -> None:
    """`doctor BOOK` names the kind of book and the origin of its order, and exits with 0."""
    result = CliRunner().invoke(press, ["doctor", str(BOOKS / name)])
    kinds = {"mdbook": "an mdBook", "gitbook": "a book of GitBook", "site": "a site of MkDocs"}
    kinds |= {"project": "a project of MyST", "chapters": "a book of Quarto"}
    assert (result.exit_code, f"read as {kinds[name]}" in result.output) == (0, True)


def test_doctor_names_the_files_of_fonts(tmp_path: Path) -> None:
    """Letters that no font has are listed with a font file that has them; the build names the same file."""
    (tmp_path / "one.md").write_text("# ภาษาไทย\n\nWords.\n", encoding="utf-8")
    result = CliRunner().invoke(press, ["doctor", str(tmp_path)])
    assert (result.exit_code, "NotoSansThai-Regular.ttf" in result.output) == (0, True)
    told = [one for one in read_book(tmp_path, Timings()).findings if one.code == "P105"]
    assert [one.place.file for one in told] == ["compositor.toml"]
    assert any("name it in compositor.toml" in remedy for remedy in told[0].helps)


def test_doctor_says_what_is_no_book(tmp_path: Path) -> None:
    """A folder that is not a book is reported, with exit code 1."""
    result = CliRunner().invoke(press, ["doctor", str(tmp_path)])
    assert (result.exit_code, "not a book" in result.output) == (1, True)


@pytest.mark.parametrize("name", GUESTS)
def test_going_on_with_a_book_of_another_tool(name: str, tmp_path: Path) -> None:
    """`init --from` leaves a native book with the same texts in the same order, in a folder of its own."""
    target = tmp_path / "ours"
    before = sorted(path for path in (BOOKS / name).rglob("*"))
    assert CliRunner().invoke(press, ["init", "--from", str(BOOKS / name), str(target)]).exit_code == 0
    assert sorted(path for path in (BOOKS / name).rglob("*")) == before
    theirs, ours = read_book(BOOKS / name, Timings()), read_book(target, Timings())
    assert theirs.book is not None
    assert ours.book is not None
    assert ours.errors == ()
    paths = [[unit.chapter.source.path for unit in book.units] for book in (theirs.book, ours.book)]
    files = [[path for path in row if "#" not in path] for row in paths]
    assert files[1] == [path for path in files[0] if path in files[1]]
    assert len(files[1]) == len(files[0])
    assert CliRunner().invoke(press, ["init", "--from", str(BOOKS / name), str(target)]).exit_code == 2


def test_what_is_taken_into_a_book_of_the_press(tmp_path: Path) -> None:
    """The book's settings stay, texts below a chapter without a file are in its order, and no output is copied."""
    book, made = tmp_path / "theirs", tmp_path / "ours"
    files = {
        "book.toml": '[book]\ntitle = "Theirs"\n',
        "compositor.toml": 'subtitle = "Ours"\n[style]\npage-size = "A5"\n',
        "src/SUMMARY.md": "- [One](one.md)\n- [Draft]()\n  - [Two](two.md)\n",
        "src/one.md": "# One\n",
        "src/two.md": "# Two\n",
        "src/out/fidelity.json": "{}",
        "src/out/theirs.pdf": "",
        "src/plan.pdf": "",
    }
    for name, text in files.items():
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_text(text, encoding="utf-8")
    assert CliRunner().invoke(press, ["init", "--from", str(book), str(made)]).exit_code == 0
    told = tomllib.loads((made / "book.toml").read_text(encoding="utf-8"))
    assert (told["title"], told["subtitle"], told["style"]) == ("Theirs", "Ours", {"page-size": "A5"})
    assert told["order"]["chapters"] == ["src/one.md", "src/two.md"]
    assert {path.name for path in made.rglob("*.*")} >= {"one.md", "two.md", "plan.pdf"}
    assert not {"theirs.pdf", "fidelity.json"} & {path.name for path in made.rglob("*.*")}
