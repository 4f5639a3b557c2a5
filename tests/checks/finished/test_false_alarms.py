"""Correct input that once caused false alarms: the checks are silent about it, and still find the error beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from compositor.checks.finished import check_finished
from tests.checks.finished.mutations import CHANGES, Files, changed_epub, changed_pdf, files_of

SAME = (
    "The ferry leaves the old quay when the water is high enough to carry it across the bar. Nobody on the island "
    "remembers a week in which every crossing went as the timetable promised."
)
OTHER = "A gauge at the foot of the steps tells the pilot how much water there is, to the nearest hand."
EQUAL = " ".join(["This sentence is here so that the page holds something, and a second one follows it at once."] * 3)
TALL = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="{height}"><rect width="90" height="9"/></svg>'
CHAPTERS = {
    "rows": f"""\
# Rows

| Heron | Kestrel | Merlin | Osprey |
|:------|:--------|:-------|:-------|
| {" ".join(f"{SAME} {n}" for n in range(40))} | and so on | and so on | and so on |
| and so on | and so on | {" ".join(f"{OTHER} {n}" for n in range(40))} | and so on |
""",
    "items": """\
# Items

1. Bluethroat redstart opens it.
   ![The dialog](tall.svg)
2. ![Alone](tall.svg)
3. ![First](tall.svg) Nightjar swift behind it.

- a ![between](tall.svg) c
""",
    "notes": """\
# Notes

A.[^a] B.[^b] C.[^c] D.[^d] E.[^e] F.[^f] G.[^g]

[^a]: `SELECT` goldcrest firecrest reads a row.

[^b]: &lt; while nuthatch treecreeper runs.

[^c]: $x^2$ is crossbill serin squared.

[^d]: ![A picture](tall.svg) of bullfinch hawfinch.

[^e]: [*Emphasis*](https://example.org) and dotterel knot.

[^f]: `only()`

[^g]: $y$
""",
    "jokes": """\
# Jokes

> [!JOKE] Whitethroat blackcap
> Ha.

Between.

> [!JOKE]
> Ha ha.

> [!JOKE] A [link](https://example.org) and `code` in a title that is so long that it goes on in another line, *really*
""",
    "hyphens": """\
# Hyphens

Yellow\u00adhammer cirl bun\u00adting in the first line of a chapter that has more lines than this first one, as it \
goes on and on with one sentence that nobody would want to read aloud.

- An it\u00adem with \u00ad alone.

> [!NOTE] Ti\u00adtle
> Don\u00adau\u00addampf\u00adschiff\u00adfahrts\u00adgesell\u00adschafts\u00adkapitän.
""",
    "again": f"""\
# Again

> {SAME}[^a] {SAME}[^b]

[^a]: {SAME}

[^b]: {SAME} {OTHER}
""",
    "equal": "# Equal\n\n" + "\n\n".join(f"{EQUAL}\n\n![Caption {n}.](figure.png)" for n in range(7)),
    "marks": "# Marks\n\n" + "\n".join(f"{n}. x" for n in range(1, 90)) + "\n\n" + "- y\n" * 90,
    "short": "# Short\n\nFirst call.[^n]\n\n::: {.page-break}\n:::\n\nThe end.\n\n[^n]: Corncrake moorhen.\n",
    "panels": """\
# Panels

::: {#fig-beside layout-ncol=2}
![](tall.svg){#fig-lark fig-alt="Tall."}
![Skylark woodlark.](flat.svg){#fig-flat fig-alt="Flat."}

The caption.
:::
""",
    "stacked": f"""\
# Stacked

{SAME}

::: {{#fig-stack}}
![](upright.png){{#fig-stack-a fig-alt="One."}}
![](upright.png){{#fig-stack-b fig-alt="Two."}}
![](upright.png){{#fig-stack-c fig-alt="Three."}}

Sandpiper greenshank.
:::

{SAME}

{EQUAL}
""",
    "formula": """\
# Formula

Text.

::: {.page-break}
:::

## Ruff {-}

$$
a = b
$$ {#eq-gap}

Lapwing avocet follows it at once.
""",
    "accents": "# Accents\n\nA a\u0323\u0302 in `co\u0323\u0302de`.\n\n```text\na\u0323\u0302 n\u0303\n```\n",
    "ignorable": (
        "# Ignorable\n\nThe flag \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f, "
        "a\U000e0100 variant, b\u034fc \u180e d\u180be \u3164f \uffa0 g\U0001d173h \u17b4i.\n"
    ),
    "ornaments": "# Ornaments\n\n![](spoken.svg){.decorative}\n\nWryneck hoopoe a ![](spoken.svg) behind it.\n",
    "twins": (
        "# Twins\n\nRuff Δ and ∆, 5 µs and 5 μs, ϕ and φ, Ω and \u2126, \u02bbokina, ‘so’, don’t, don\u02bct, a∕b.\n\n"
        "Dotterel 𝟏𝟐𝟑 𝟭𝟮𝟯 𝒙 𝐱𝗑.\n\n```text\n𝟏𝟐𝟑𝟜𝟝𝟞𝟩𝟪𝟫𝟬𝟭𝟮𝟯𝟺𝟻𝟼 Δ∆\n```\n\n| Dunlin | Knot |\n|---|---|\n| ∆ | Δ |\n"
    ),
    "apart": "# Apart\n\n![](apart.svg){.decorative}\n\nGoshawk goldcrest.\n",
    "pictures": "# Pictures\n\n" + "\n".join(f"![number {n}](large.png)" for n in range(6)) + "\n",
}


@pytest.fixture(scope="module")
def alarming(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return a book of everything that once was a false alarm, a chapter each."""
    folder = tmp_path_factory.mktemp("alarming")
    (folder / "book.toml").write_text('format = 1\ntitle = "Quiet"\nauthors = ["A"]\n', encoding="utf-8")
    for number, (name, text) in enumerate(CHAPTERS.items(), 1):
        (folder / f"{number:02}-{name}.md").write_text(text, encoding="utf-8")
    for name, height in (("tall", 60), ("flat", 20)):
        (folder / f"{name}.svg").write_text(TALL.format(height=height), encoding="utf-8")
    spoken = '<text x="3" y="9">Layer <tspan>of words</tspan></text><text x="3" y="19">Another</text></svg>'
    (folder / "spoken.svg").write_text(TALL.format(height=20).replace("</svg>", spoken), encoding="utf-8")
    apart = spoken.replace("<text", '<text text-anchor="middle"')
    (folder / "apart.svg").write_text(TALL.format(height=20).replace("</svg>", apart), encoding="utf-8")
    Image.new("RGB", (1600, 900), "gray").save(folder / "figure.png")
    Image.new("RGB", (900, 700), "gray").save(folder / "large.png")
    Image.new("RGB", (800, 1100), "gray").save(folder / "upright.png")
    return files_of(folder)


def codes(files: Files, place: str = "", **changed: bytes) -> set[str]:
    """Return the codes of all findings, or of those about one source file."""
    findings = check_finished(files.book, {**files.both, **changed}, files.pages)
    return {finding.code for finding in findings if place in finding.place.file}


@pytest.mark.parametrize("name", CHAPTERS)
def test_nothing_is_said_of_what_is_right(alarming: Files, name: str) -> None:
    """Pictures in items, notes of all kinds, titled jokes, soft hyphens and equal passages cause no finding."""
    assert codes(alarming, f"-{name}.md") == set()


def test_nothing_is_said_of_the_whole_book(alarming: Files) -> None:
    """The checks report nothing about generated text, which has no source file, either."""
    assert codes(alarming) == set()


WORDS = {
    "items": ("Nightjar", "swift"),
    "notes": ("goldcrest", "firecrest"),
    "jokes": ("Whitethroat", "blackcap"),
    "hyphens": ("goes", "on"),
    "again": ("Nobody", "on"),
    "equal": ("follows", "it"),
    "short": ("Corncrake", "moorhen"),
    "panels": ("Skylark", "woodlark"),
    "stacked": ("Sandpiper", "greenshank"),
    "formula": ("Lapwing", "avocet"),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", WORDS)
def test_a_word_beside_it_is_missed(alarming: Files, name: str, change: str) -> None:
    """Where the checks report nothing, they still find a word that is lost, doubled or swapped, in both files."""
    words = WORDS[name]
    pages = [n for n, page in enumerate(alarming.pages.pages, 1) if page.unit == name]
    found = codes(alarming, f"-{name}.md", pdf=changed_pdf(alarming.pdf, pages, words, CHANGES[change]))
    assert found & {"C201", "C202", "C203"}
    new = "".join(CHANGES[change]([words[0]], [" "], [words[1]]))
    found = codes(alarming, f"-{name}.md", epub=changed_epub(alarming.epub, f"EPUB/{name}.xhtml", " ".join(words), new))
    assert found & {"C201", "C202", "C203"}


def test_one_of_equal_paragraphs_is_missed(alarming: Files) -> None:
    """Equal paragraphs do not hide the loss of one of them."""
    text = f"<p>{EQUAL}</p>"
    assert "C201" in codes(alarming, epub=changed_epub(alarming.epub, "EPUB/equal.xhtml", text, "<p></p>"))


@pytest.mark.parametrize("style", ["section.unit > ol { counter-reset: list-item 6; }", 'li::after { content: "1."; }'])
def test_a_wrong_mark_beside_a_picture(tmp_path: Path, style: str) -> None:
    """A mark that no list has is found, and so is one after its item, although a picture moves marks up."""
    (tmp_path / "book.toml").write_text('format = 1\ntitle = "Marks"\nauthors = ["A"]\n', encoding="utf-8")
    (tmp_path / "01-items.md").write_text(CHAPTERS["items"], encoding="utf-8")
    (tmp_path / "tall.svg").write_text(TALL.format(height=60), encoding="utf-8")
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "print.css").write_text(style, encoding="utf-8")
    assert "C202" in codes(files_of(tmp_path))


@pytest.mark.parametrize("name", ["short", "pictures"])
def test_a_mark_in_a_wrong_place_is_found(alarming: Files, name: str) -> None:
    """A page's mark at the end of its document is found, even with short pages and pictures."""
    page = [page for page in alarming.pages.pages if page.unit == name][-1]
    mark = f'<span id="{page.mark}" role="doc-pagebreak" aria-label="{page.folio}" epub:type="pagebreak"/>'
    gone = changed_epub(alarming.epub, f"EPUB/{name}.xhtml", mark, "")
    assert "C242" in codes(alarming, epub=changed_epub(gone, f"EPUB/{name}.xhtml", "</body>", f"{mark}</body>"))
