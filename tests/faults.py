"""What the sources of a book may get wrong though it is made: the smallest book for each warning code."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

BOOK = 'format = 1\ntitle = "Small"\nauthors = ["A"]\n'
LISTED = BOOK + 'bibliography = ["works.json"]\n'
WORKS = '[{"id": "knuth84", "type": "book", "title": "The TeXbook", "issued": {"date-parts": [[1984]]}}]'
EXERCISE = "::: {.exercise}\nWhat?\n\n::: {.answer}\nFour.\n:::\n:::\n"
BIB = "@book{knuth84, title={The TeXbook}, year=1984}\n"
Files = dict[str, str | bytes]


def chapter(text: str, **others: str | bytes) -> Files:
    """Return a book of one chapter with this text below its title, and other files under their names."""
    return {"01-one.md": f"# One\n\n{text}\n", "book.toml": BOOK} | others


def whole(text: str) -> Files:
    """Return a book of one chapter that is nothing but this text."""
    return {"01-one.md": text, "book.toml": BOOK}


def cited(text: str) -> Files:
    """Return a book with a bibliography of one work."""
    return {"01-one.md": f"# One\n\n{text}\n", "book.toml": LISTED, "works.json": WORKS}


def listed(bib: str, style: str = "", **others: str) -> Files:
    """Return a book that cites a work of this bibliography, by a style of its own if there is one."""
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
SMALL = BytesIO()
Image.new("L", (300, 480)).save(SMALL, "PNG")
SERIF = (Path(__file__).parents[1] / "styles/fonts/SourceSerif4-Regular.ttf").read_bytes()
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
HTML = '<p xmlns="http://www.w3.org/1999/xhtml">in the harbour</p>'
LABEL = f'<foreignObject width="99" height="20">{HTML}</foreignObject>'
ALONG = '<path id="p" d="M5 50H95"/><text><textPath href="#p">along a line</textPath></text>'


def drawn(inside: str) -> str:
    """Return a drawing that contains this."""
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
    ("A114", chapter('[One]{.index see="b"} two [b]{.index}.\n\n## Index\n\n::: {#index}\n:::'), "One"),
    ("A115", chapter("[One]{.index} and [one]{.index}.\n\n## Index\n\n::: {#index}\n:::"), "One"),
    ("A116", chapter("A [word]{.index}."), "word"),
    ("A122", cited("Text."), "Text."),
    ("C104", chapter("Text.") | {"book.toml": BOOK + 'cover = "c.png"\n', "c.png": SMALL.getvalue()}, "Text."),
    ("E009", chapter("Text.") | {"book.toml": BOOK + 'cover = "c.svg"\n', "c.svg": SVG}, "Text."),
    ("L133", chapter("To [words with @sec-a](https://example.org/).\n\n## A {#sec-a}\n\nText."), "words with"),
    ("L135", chapter("Text.\n\n[c]: https://example.org/"), "Text."),
    ("L144", chapter("![A.](a.svg)", **{"a.svg": SVG}), "A."),
    ("L152", chapter("```pythn\nx = 1\n```"), "x = 1"),
    ("L153", chapter(f"```text\n{'x' * 50} {'y' * 50}\n```"), "x" * 50),
    ("L157", chapter("```text\nx = 1\n\n## Two\n\nText."), "## Two"),
    ("L184", chapter("Text.[^a]\n\n[^a]: One.\n\n    ## Two"), "Two"),
    ("L185", chapter("Text.[^a]\n\n[^a]: One.[^b]\n\n[^b]: Two."), "Two."),
    ("L270", chapter("| a | b |\n| 1 | 2 |"), "1 | 2 |"),
    ("L275", chapter("[Words]{#fig-a}."), "Words"),
    ("L293", chapter("::: {#glossary}\nb\n: One.\n\na\n: Two.\n:::"), "Two."),
    ("L301", chapter("*[AZ]: One zone\n\nText."), "Text."),
    ("L342", chapter("A {{< var price >}} here.") | {"book.toml": f"{BOOK}[variables.price]\nhour = 1\n"}, "here."),
    ("L372", chapter(":::info\nWords.\n:::"), "Words."),
    ("S008", chapter("Text.") | {"book.toml": 'format = 1\ntitle = "Small"\n'}, "Text."),
    ("S017", chapter("Text.") | {"book.toml": f'{BOOK}[identifiers]\npdf = "urn:x:1"\nepub = "urn:x:1"\n'}, "Text."),
    ("S044", chapter("Text.") | {"book.toml": f'{BOOK}tolerate = ["P215"]\n'}, "Text."),
    ("T013", chapter("```text\nx = 1\n```") | {"book.toml": f'{BOOK}[style]\ncode-size = "9pt"\n'}, "x = 1"),
    ("T014", chapter("Text.") | {"book.toml": f'{BOOK}[style]\ntext-size = "15pt"\n'}, "Text."),
    ("T018", chapter("Text.") | {"book.toml": f'{BOOK}[style]\naccent = "#cccccc"\n'}, "Text."),
)
"""Code, the smallest book with such a fault, and text that both files must still have."""

NO_BOOK = "an error: no book can be made of this, or it would be false"
OF_THE_PAGES = "of the pages; tests/remedies/of_pages.py and tests/formats/pdf have a book for each"
OF_A_FILE = "of the finished file; tests/formats/epub has a book for each"
OF_THE_PRESS = "a fault of the press, and no author's"
OF_THE_MACHINE = "of the machine, the disk or the web, and not of the book"


def _named(letter: str, *numbers: int | range) -> tuple[str, ...]:
    """Return the codes of one part of the program."""
    each = (one if isinstance(one, range) else (one,) for one in numbers)
    return tuple(f"{letter}{number:03}" for group in each for number in group)


NOT_HERE = {
    "M006": "it names the file as a command needs it; tests/remedies follows it",
    "A127": "no work is known at which citeproc fails",
    "L335": "of a thousand files; tests/markdown/test_bounds.py has it",
    **dict.fromkeys(_named("B", range(101, 105)), OF_THE_MACHINE),
    **dict.fromkeys(_named("C", 201, 202, 203, 204, *range(211, 217), 221, 241, 242), OF_THE_PRESS),
    **dict.fromkeys(_named("E", *range(1, 6), 7), NO_BOOK),
    **dict.fromkeys(_named("E", range(10, 16)), OF_A_FILE),
    **dict.fromkeys(("E008", "F008", "P101", "P102", "P113"), OF_THE_PRESS),
    **dict.fromkeys(("C231", *_named("F", range(1, 8)), "F009", "F010", "M005", "P114"), OF_THE_MACHINE),
    **dict.fromkeys(("L192", "P111", *_named("M", 1, 3, 4, 16), *_named("T", range(1, 13), 15)), NO_BOOK),
    **dict.fromkeys(_named("S", range(1, 7), range(9, 17), 18, range(20, 23)), NO_BOOK),
    **dict.fromkeys(_named("S", range(30, 34), range(40, 44), range(45, 48)), NO_BOOK),
    **dict.fromkeys(_named("P", 103, 104, range(201, 223), 223, 225, 226, 227, 228, 229, 232, 233, 234), OF_THE_PAGES),
    **dict.fromkeys(_named("W", range(1, 4)), OF_THE_MACHINE),
}
"""Every other code, and why it has no book above. Those of samples are about the commands that a book names."""
