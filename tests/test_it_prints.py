"""What the sources get wrong: each fault is told with a warning, both files are made, and their proof is silent."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from compositor.formats import FORMATS
from compositor.making import make
from compositor.press import Timings, read_book
from tests.validators import broken_rules

BOOK = 'format = 1\ntitle = "Small"\nauthors = ["A"]\n'
LISTED = BOOK + 'bibliography = ["works.json"]\n'
WORKS = '[{"id": "knuth84", "type": "book", "title": "The TeXbook", "issued": {"date-parts": [[1984]]}}]'
EXERCISE = "::: {.exercise}\nWhat?\n\n::: {.answer}\nFour.\n:::\n:::\n"
BIB = "@book{knuth84, title={The TeXbook}, year=1984}\n"
Files = dict[str, str | bytes]


def chapter(text: str, **others: str | bytes) -> Files:
    """A book of one chapter with this text below its title, and other files under their names."""
    return {"01-one.md": f"# One\n\n{text}\n", "book.toml": BOOK} | others


def whole(text: str) -> Files:
    """A book of one chapter that is nothing but this text."""
    return {"01-one.md": text, "book.toml": BOOK}


def cited(text: str) -> Files:
    """A book with a bibliography of one work."""
    return {"01-one.md": f"# One\n\n{text}\n", "book.toml": LISTED, "works.json": WORKS}


def listed(bib: str, style: str = "", **others: str) -> Files:
    """A book that cites a work of this bibliography, by a style of its own if there is one."""
    toml = BOOK + 'bibliography = "works.bib"\n' + ('citation-style = "own.csl"\n' if style else "")
    text = "# One\n\nAs [@knuth84].\n\n::: {#refs}\n:::\n"
    files: Files = {"01-one.md": text, "book.toml": toml, "works.bib": bib}
    return files | ({"own.csl": style} if style else {}) | dict(others)


CSL = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>a</title><id>a</id></info>
<citation><layout><text macro="{0}"/></layout></citation>
<bibliography><layout><number variable="volume"/></layout>
</bibliography><macro name="a"><text macro="a"/></macro><macro name="b"><date variable="issued" form="c"/></macro>
</style>"""
MOVING = BytesIO()
Image.new("RGB", (9, 9), "red").save(
    MOVING, "GIF", save_all=True, append_images=[Image.new("RGB", (9, 9))], duration=9
)
SERIF = (Path(__file__).parents[1] / "styles/fonts/SourceSerif4-Regular.ttf").read_bytes()
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
HTML = '<p xmlns="http://www.w3.org/1999/xhtml">in the harbour</p>'
LABEL = f'<foreignObject width="99" height="20">{HTML}</foreignObject>'
ALONG = '<path id="p" d="M5 50H95"/><text><textPath href="#p">along a line</textPath></text>'


def drawn(inside: str) -> str:
    """A drawing with this in it."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99">{inside}</svg>'


ORDERED = BOOK + '[order]\nchapters = ["01-one.md", "02.1-c.md"]\n'
CSV = "::: {.csv file=data.csv}\n:::"
FAULTS: tuple[tuple[str, Files, str], ...] = (
    ("A101", chapter("See @fig-nowhere, and [@fig-a; @sec-b]."), "[fig-nowhere?]"),
    ("A102", chapter("To [another file](02-two.md)."), "another file"),
    ("A103", chapter("To [a *place*](#nowhere)."), "a place"),
    ("A111", chapter("A [quorum]{.term}."), "quorum"),
    ("A112", chapter('[One]{.index term="a" range=start} two.\n\n## Index\n\n::: {#index}\n:::'), "a"),
    ("A113", chapter('[One]{.index see="b"} two.\n\n## Index\n\n::: {#index}\n:::'), "[b?]"),
    ("A117", chapter("::: {#index}\n:::") | {"02-two.md": "# Two\n\nA [word]{.index}.\n"}, "word"),
    ("A118", chapter(EXERCISE), "Four."),
    ("A119", chapter(f"{EXERCISE}\n::: {{#answers}}\n:::\n\n::: {{#answers}}\n:::"), "Four."),
    ("A121", cited("As [see @knuth, p. 3; @knuth84].\n\n::: {#refs}\n:::"), "[knuth?]"),
    ("A123", cited("As [@knuth84]."), "[1]"),
    ("A124", cited("As [@knuth84].\n\n::: {#refs}\n:::\n\n::: {#refs}\n:::"), "TeXbook"),
    ("A125", listed(BIB.replace("year", "colour={red}, year")), "TeXbook"),
    ("A126", listed(BIB, CSL.format("b")), "TeXbook"),
    ("C101", chapter('![A dial.](a.png){fig-alt="What it shows"}\n\nAn ![icon](b.png) here.'), "What it shows a.png"),
    ("C102", chapter("![](a.png){fig-alt=x}\n\n- ![a drawing](b.svg)", **{"a.png": "x", "b.svg": "<svg"}), "b.svg"),
    ("C105", chapter("![A drawing](a.svg)", **{"a.svg": drawn("<script/>")}), "A drawing"),
    ("C106", chapter("![A drawing](a.svg)", **{"a.svg": drawn(LABEL)}), "in the harbour"),
    ("C107", chapter("![A drawing](a.svg)", **{"a.svg": drawn(ALONG)}), "along a line"),
    ("C108", chapter("![](a.gif){fig-alt=x}\n\nText.", **{"a.gif": MOVING.getvalue()}), "Text."),
    ("L101", chapter("Some [words]{x y}.\n\n::: {x y}\nA block.\n:::"), "A block."),
    ("L102", chapter("## A {#sec-a}\n\n## B {#sec-a}") | {"02-two.md": "# T {#sec-a}\n\nIn @sec-a.\n"}, "Inchapter2"),
    ("L111", whole("---\nshort-title: [a\n---\n\n# One\n\nText.\n"), "Text."),
    ("L112", whole("---\nlayout: page\ntitle: x\ndate: 2026-01-01\nslug: s\n---\n\n# One\n\nText.\n"), "Text."),
    ("L113", whole("---\nshort-title: [a]\n---\n\n# One\n\nText.\n"), "Text."),
    ("L114", whole("---\nepigraph-source: Somebody\n---\n\n# One\n\nText.\n"), "Text."),
    ("L121", chapter("##\n\nText."), "Text."),
    ("L122", whole("## Second level\n\nText.\n"), "Second level"),
    ("L123", chapter("Text.\n\n# Two\n\nMore.\n\n## Three\n\nText."), "Two"),
    ("L124", chapter("#### Deep\n\nText.\n\n### Less\n\nText.\n\n###### Deepest\n\nText."), "Deepest"),
    ("L131", chapter("To [a file](x.pdf) and [a folder](../x/)."), "a folder"),
    ("L132", chapter("To [a place](ftp://example.org/), and [there](http://[)."), "a place"),
    ("L134", chapter("To [a place](my file.md), and [b][c]."), "(my file.md)"),
    ("L136", chapter("To [](https://example.org/a)."), "https://example.org/a"),
    ("L141", chapter("![A badge.](https://example.org/a.png)\n\nA ![b](data:image/png;base64,AA)."), "example.org"),
    ("L142", chapter("A ![](a.svg) here.", **{"a.svg": SVG}), "A"),
    ("L143", chapter("![A.](a.png){wdth=3}"), "A."),
    ("L145", chapter("![](a.png){#fig-a fig-alt=words}\n\n@fig-a"), "words"),
    ("L146", chapter("An ![a](a.png){#fig-a} here."), "a.png"),
    ("L147", chapter("[![b](https://img.shields.io/x.svg)](https://example.org/)\n\nText."), "Text."),
    ("L151", chapter("```text {colour=red}\nx = 1\n```"), "x = 1"),
    ("L154", chapter("```text {#lst-a}\nx = 1\n```"), "x = 1"),
    ("L156", chapter('```text {lst-cap="Of `x`."}\nx = 1\n```'), "x = 1"),
    ("L161", chapter("> [!FOO]\n> Words."), "Words."),
    ("L171", chapter("<x-box>\n<b>Bold</b> &amp;\n</x-box>\n\nIn a Vec<T> of it, <drawn>drawn</drawn>."), "Vec<T>"),
    ("L172", chapter("<script>run()</script>\n<style>\np { color: red }\n</style>\n\nText."), "Text."),
    ("L173", chapter('<iframe src="https://example.org/v" title="A talk">x</iframe>\n\nA <video>.'), "Atalk"),
    ("L174", chapter("A <h4>head</h4>.\n\n<table><tr><td>\n\n- a\n\n</td><td>b</td></tr></table>"), "head"),
    ("L181", chapter("A call.[^a]"), "[^a]"),
    ("L182", chapter("Text.\n\n[^a]: The note."), "The note."),
    ("L183", chapter("Text.[^a]\n\n[^a]: One.\n\n[^a]: Second."), "Second."),
    ("L191", whole("<!-- nothing -->\n"), "One"),
    ("L193", chapter("A&#27;b."), "Ab."),
    ("L201", chapter("::: {.x}\nWords."), "Words."),
    ("L210", chapter("```python {include=a.py}\n```"), "a.py"),
    ("L211", chapter("```python {include=a.py anchor=x}\n```", **{"a.py": "x = 1\n"}), "x = 1"),
    ("L212", chapter("```python {include=a.py lines=5-9}\n```", **{"a.py": "x = 1\n"}), "x = 1"),
    ("L213", chapter("```python {include=a.py}\ny = 2\n```", **{"a.py": "x = 1\n"}), "y = 2"),
    ("L214", chapter("```python {lines=1}\ny = 2\n```"), "y = 2"),
    ("L215", chapter("```python {include=a.py dedent=x}\n```", **{"a.py": "x = 1\n"}), "x = 1"),
    ("L216", chapter("```python {include=a.py}\n```", **{"a.py": "\n"}), "a.py"),
    ("L220", chapter('```python {code-line-numbers="7"}\ny = 2\n```'), "y = 2"),
    ("L221", chapter("```python {.number-lines startFrom=x}\ny = 2\n```"), "y = 2"),
    ("L230", chapter("```python\ny = 2  # <1> <2>\n```\n\n1. First."), "# <2>"),
    ("L231", chapter("```python\ny = 2  # <1>\n```\n\n1. First.\n2. Second."), "Second."),
    ("L232", chapter("```python {code-annotations=no}\ny = 2  # <1>\n```\n\n1. First."), "First."),
    ("L240", chapter("::: {#fig-a}\n![A.](a.png)\n\n![B.](b.png)\n:::"), "A."),
    ("L241", chapter("::: {#fig-a layout-ncol=2}\n![A.](a.png)\n\n- an item\n\nThe caption.\n:::"), "an item"),
    ("L242", chapter("::: {#fig-a layout-ncol=7}\n![A.](a.png)\n\nThe caption.\n:::"), "The caption."),
    ("L243", chapter('![A.](a.png){width="wide"}'), "A."),
    ("L250", chapter("| a |\n|---|\n| 1 |\n\n: {#tbl-a}"), "1"),
    ("L251", chapter('| a |\n|---|\n| 1 |\n\n: C. {tbl-colwidths="[1,2]"}'), "C."),
    ("L252", chapter("| < | b |\n|---|---|\n| 1 | 2 |"), "1"),
    ("L253", chapter("| a | b |\n|---|---|\n| 1 | < |\n| ^ | 2 |"), "1"),
    ("L254", chapter("| a |\n|---|\n| 1 |\n\n: C. {header-rows=7}"), "C."),
    ("L255", chapter("| a |\n|---|\n| 1 |\n\n: C. {colour=red}"), "C."),
    ("L256", chapter("::: {.table-notes}\nWords.\n:::"), "Words."),
    ("L257", chapter("| a | b |\n|---|---|\n| 1 | 2 | 3 |"), "2 3"),
    ("L258", chapter("| a | b |\n|---|---|\n| 1 | 2 |\nand so on"), "and so on"),
    ("L260", chapter(CSV), "data.csv"),
    ("L261", chapter(CSV, **{"data.csv": "a,b\n1,2,3\n4\n"}), "2,3"),
    ("L262", chapter("::: {.csv file=data.csv align=x}\n:::", **{"data.csv": "a,b\n1,2\n"}), "2"),
    ("L263", chapter("::: {.csv file=data.csv}\nWords.\n:::", **{"data.csv": "a,b\n1,2\n"}), "Words."),
    ("L264", chapter("Text.\n\n::: {.csv}\n:::"), "Text."),
    ("L271", chapter("::: {.page-break}\nWords.\n:::"), "Words."),
    ("L272", chapter("[Words]{colour=red}."), "Words."),
    ("L273", chapter("[Words]{lang=deutschland}."), "Words."),
    ("L274", chapter("## Two {colour=red}\n\nText."), "Two"),
    ("L281", chapter("A []{.index} mark."), "mark."),
    ("L282", chapter("A [word]{.index sort=x} here."), "word"),
    ("L283", chapter('A [word]{.index term="a!b!c"} here.'), "word"),
    ("L284", chapter("An ![a [cat]{.index}](a.png) here."), "a.png"),
    ("L291", chapter("::: {#glossary}\nNode\n: One.\n\nnode\n: Two.\n:::"), "Two."),
    ("L292", chapter("::: {#glossary}\nWords.\n:::"), "Words."),
    ("L294", chapter("A [quorum]{.term colour=red}."), "quorum"),
    ("L302", chapter("*[AZ]: One zone\n\n*[AZ]: Two zones\n\nAn AZ."), "AZ"),
    ("L303", chapter("- {#item-a} One."), "One."),
    ("L311", chapter("::: {.answer}\nFour.\n:::"), "Four."),
    ("L312", chapter(f"{EXERCISE[:-4]}\n::: {{.answer}}\nFive.\n:::\n:::\n\n::: {{#answers}}\n:::"), "Five."),
    ("L313", chapter("::: {.exercise}\nWhat?\n\n::: {.answer}\n## Four\n\nOr.[^a]\n:::\n:::\n\n[^a]: Note."), "Note."),
    ("L321", chapter("As [see @knuth84, p. 3]."), "[knuth84?], p. 3"),
    ("L322", chapter("Text.\n\n::: {#refs}\n:::"), "Text."),
    ("L331", chapter("{{< include _a.md >}}"), "_a.md"),
    ("L332", chapter("{{< include _a.md >}}", **{"_a.md": "Round.\n\n{{< include _a.md >}}\n"}), "Round."),
    ("L333", chapter("{{< include 02-two.md >}}") | {"02-two.md": "# Two\n\nText of two.\n"}, "Text of two."),
    ("L334", chapter("{{< include _a.md >}}", **{"_a.md": "---\ntitle: x\n---\n\nInside.\n"}), "Inside."),
    ("L341", chapter("A {{< var nothing >}} here."), "{{< var nothing >}}"),
    ("L343", chapter("A {{< var >}} here."), "{{< var >}}"),
    ("L344", chapter("A {{< include _a.md >}} here."), "{{< include _a.md >}}"),
    ("L345", chapter("A <kbd>key here."), "key here."),
    ("L346", chapter('A <kbd onclick="x">key</kbd> here.'), "key"),
    ("M009", chapter("Text.") | {"book.toml": BOOK + '[order]\nchapters = ["01-one.md", "01-one.md"]'}, "Text."),
    ("M010", chapter("Text.") | {"idea.md": "# Idea\n"}, "Text."),
    ("M011", chapter("Text.") | {"03-c.md": "# Three\n\nMore.\n"}, "More."),
    ("M012", chapter("Text.") | {"1-c.md": "# Other\n\nMore.\n"}, "More."),
    ("M013", chapter("Text.") | {"02.1-c.md": "# C\n\nMore.\n", "book.toml": ORDERED}, "More."),
    ("M014", {"02-c.md": "# Two\n\nMore.\n", "book.toml": BOOK}, "More."),
    ("M015", chapter("Text.") | {"02.1-c.md": "# Section\n\nMore.\n"}, "More."),
    ("M017", chapter("Text.") | {"01.1.1-c.md": "# Deep\n\nMore.\n"}, "More."),
    ("M019", chapter("Text.") | {"02-b\udcfc.md": "# Two\n\nMore.\n"}, "Text."),
    ("M031", {"src/SUMMARY.md": "- [A](a.md)\n- [B](b.md)\n", "src/a.md": "# A\n\nMore.\n"}, "More."),
    ("M032", {"LANGS.md": "* [E](en)\n", "en/SUMMARY.md": "* [A](a.md)\n", "en/a.md": "# A\n\nMore.\n"}, "More."),
    ("L148", chapter("```mermaid\ngraph TD\n```"), "graph TD"),
    ("M033", {"mkdocs.yml": "nav: [a.md\n", "a.md": "# A\n\nMore.\n", "b.md": "# B\n\nText.\n"}, "More."),
    ("L373", {"a.md": "# A\n\n:::{gallery} Title\nMore.\n:::\n"}, "More."),
    ("M018", {"intro.md": "# Intro\n\nMore.\n", "book.toml": BOOK}, "More."),
    ("M007", chapter("A\x07b\u2028c, and:\n\n```text\n\x1b[31mred\x1b[0m\n```"), "Abc,and:red"),
    ("L361", chapter('::: {.content-visible unless-format="docx"}\nWords.\n:::'), "Words."),
    ("L362", chapter("::: {.content-hidden}\nWords.\n:::"), "Words."),
    ("P105", chapter("The letter 文 and `\U000f0000`."), "文"),
    ("T019", chapter("Text.") | dict.fromkeys(("styles/print.css", "styles/epub.css"), "@import 'a.css';"), "Text."),
    ("T016", chapter("Text.") | {"book.toml": BOOK + '[fonts]\nfallback = "a.ttf"\n'}, "Text."),
    ("T017", chapter("Some *text*.", **{"book.toml": BOOK + '[fonts]\ntext = "a.ttf"', "a.ttf": SERIF}), "Some text."),
    ("L351", chapter("A $\\ce{H2O}$ here.\n\n$$\n\\frac{1}\n$$"), "\\ce{H2O}"),
    ("L352", chapter("A $$a^2$$ here."), "A"),
    ("L353", chapter("$$\na^2 never closed."), "a^2 never closed."),
    ("L371", chapter("{{< pagebreak >}} and ==marked== words."), "==marked=="),
    ("L363", chapter('::: {.content-visible when-format="pdf"}\n## Two\n\nText.[^a]\n:::\n\n[^a]: Note.'), "Note."),
    ("M002", {name: text for name, text in listed(BIB).items() if name != "works.bib"}, "[knuth84?]"),
    ("M007", listed(BIB.replace("The", "The\x08")), "TeXbook"),
    ("S023", listed(f"@book{{a, title={{A\n\n{BIB}"), "TeXbook"),
    ("S023", listed("nothing", **{"book.toml": BOOK + 'bibliography = "works.txt"', "works.txt": "x"}), "[knuth84?]"),
    ("S024", listed(BIB + BIB.replace("The", "A")), "TheTeXbook"),
    ("S025", listed(BIB, CSL.format("a")), "TeXbook"),
    ("S025", listed(BIB, CSL[:200]), "TeXbook"),
    ("S026", listed(BIB.replace("year", "crossref={none}, year")), "TeXbook"),
    ("S007", {"01-one.md": "# One\n\nText.\n", "book.toml": BOOK + 'language = "eo"\n'}, "Text."),
    ("S027", listed(BIB.replace("The", "\\nobody{The}")), "TheTeXbook"),
)
"""Code, the smallest book with such a fault, and what stands in both files nevertheless."""


EVERY = pytest.mark.parametrize(("code", "files", "words"), [pytest.param(*fault, id=fault[0]) for fault in FAULTS])
TOGETHER = ("A101", "A103", "C101", "L124", "L131", "L142", "L171", "L181", "L230", "L257")
"""Faults of one book: the most frequent in the books of others."""


def written(folder: Path, files: Files) -> Path:
    """The folder of a book with these files."""
    folder.mkdir()
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def made_of(folder: Path, output: Path) -> tuple[Path, ...]:
    """Both files of a book, of which the proof finds no errors."""
    made = make(read_book(folder, Timings()), FORMATS, f"{output}/", Timings())
    assert [finding for finding in made.findings if finding.severity == "error"] == []
    return made.paths


@EVERY
def test_a_fault_of_the_sources_is_a_warning(code: str, files: Files, words: str, tmp_path: Path) -> None:
    """A book with the fault has no errors, and the fault is told, without a path of this machine."""
    proof = read_book(written(tmp_path / "book", files), Timings())
    assert [one for one in proof.findings if str(tmp_path) in " ".join((one.message, *one.helps))] == []
    assert (code, "warning") in {(finding.code, finding.severity) for finding in proof.findings}
    assert proof.errors == ()


@pytest.mark.slow
@EVERY
def test_a_fault_of_the_sources_is_printed(code: str, files: Files, words: str, tmp_path: Path) -> None:
    """A book with the fault becomes both files, which are proved, and its words stand in them."""
    pdf, epub = made_of(written(tmp_path / "book", files), tmp_path / "out")
    assert "".join(words.split()) in letters(pdf)
    assert epub.is_file()


def test_many_faults_make_a_book_that_is_valid(tmp_path: Path, epubcheck: Callable[[Path], list[str]]) -> None:
    """The most frequent faults, a chapter each, make a PDF that conforms and an EPUB that is valid."""
    faults = [files for code, files, _ in FAULTS if code in TOGETHER]
    files = {f"{number:02}-{key(number)}.md": one["01-one.md"] for number, one in enumerate(faults, 1)}
    others = {name: text for one in faults for name, text in one.items() if name != "01-one.md"}
    pdf, epub = made_of(written(tmp_path / "book", files | others), tmp_path / "out")
    assert broken_rules(pdf, "ua1") == []
    assert epubcheck(epub) == []


def key(number: int) -> str:
    """A name for a chapter."""
    return "abcdefghijklmnop"[number] * 3


def letters(pdf: Path) -> str:
    """The letters of a PDF, without spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()
