"""The site in Chromium: what works without a script, what a script adds, and axe's findings; skipped without Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from compositor.formats import PDF, SINGLE, WEB, Format
from compositor.making import make
from compositor.press import Timings, read_book
from tests.corpora.corpora import Package, content
from tests.finished import ROOT
from tests.formats.web.browser import asked, needs_chromium
from tests.validators import java

AXE = Package(
    "axe-core", "4.14.1", "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745", "package/axe.min.js"
)
NU = Package(
    "vnu-jar",
    "26.9.27",
    "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7",
    "package/build/dist/vnu.jar",
)
GROUNDS = ((390, "dark"), (820, "sepia"), (1440, "light"))
RUN_AXE = """
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const said = [];
async function ask(state) {
  const found = await axe.run(document, {resultTypes: ["violations"], runOnly: rules});
  said.push(...found.violations.map(one => `${state}${one.id} ${one.nodes.length} ${one.nodes[0].target}`));
}
await ask("");
for (const one of location.pathname.endsWith("preface.html") ? document.querySelectorAll("[popover]") : []) {
  if (getComputedStyle(one).position === "sticky") continue;
  one.showPopover();
  await ask(`${one.id}: `);
  one.hidePopover();
}
return said;
"""
LOOK = """
const style = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
const place = selector => document.querySelector(selector).getBoundingClientRect();
const fields = {
  ground: style("html", "backgroundColor"),
  face: document.fonts.check("16px 'Book Text'"),
  overflow: document.documentElement.scrollWidth > innerWidth,
  contents: style("nav.contents", "display"),
  beside: place("div.note").left >= place("main p").right,
  level: Math.abs(place("div.note").top - place("a.noteref").top) < 30,
};
const query = document.querySelector("#press-search input");
document.getElementById("press-search").showPopover();
for (let wait = 0; wait < 100 && !window.compositorIndex; wait++) await new Promise(done => setTimeout(done, 20));
query.value = "pager";
query.dispatchEvent(new Event("input"));
fields.found = Array.from(document.querySelectorAll(".results a"), one => one.getAttribute("href"));
query.value = "unheard-of";
query.dispatchEvent(new Event("input"));
fields.said = document.querySelector(".outcome").textContent;
fields.copies = Array.from(document.querySelectorAll("main .copy"), one => one.textContent);
document.querySelector('#press-grounds [value="dark"]').click();
fields.kept = localStorage.getItem("compositor-ground");
fields.dark = style("html", "backgroundColor");
return fields;
"""
FIND = """
document.getElementById("press-search").showPopover();
await new Promise(done => setTimeout(done, 50));
const query = document.querySelector("#press-search input"), answers = {};
for (const words of ["pager", "paragraph first", "copied", "paragraph.1"]) {
  query.value = words;
  query.dispatchEvent(new Event("input"));
  answers[words] = Array.from(document.querySelectorAll(".results a"),
    one => `${one.getAttribute("href")} ${one.querySelector("b").textContent}`);
}
return answers;
"""
CHAPTER = """# One

Words of the first paragraph.[^1]

[^1]: A note with some words.

## Who has the pager {#sec-pager}

```python
print("copied")
```
"""


def site_of(book: Path, folder: Path, *others: Format) -> Path:
    """Return the site of a book, in a folder, made together with other formats."""
    made = make(read_book(book, Timings()), (*others, WEB), f"{folder}/" if others else str(folder), Timings())
    assert made.is_whole, made.findings
    return made.paths[-1]


@needs_chromium
def test_a_page_in_a_browser(small_book: Path, tmp_path: Path, quick: pytest.MonkeyPatch) -> None:
    """Contents and notes are beside the text on a wide screen only; the search works; a chosen background is kept."""
    quick.undo()
    (small_book / "01-one.md").write_text(CHAPTER, encoding="utf-8")
    site = site_of(small_book, tmp_path / "site")
    narrow, wide = (answer for _, _, _, answer in asked(site, ["one.html"], LOOK, [(390, "sepia"), (1440, "")]))
    assert narrow["ground"] == "rgb(246, 237, 218)"
    for fields in (narrow, wide):
        assert fields["face"] and not fields["overflow"] and fields["copies"] == ["Copy"]
        assert fields["found"] == ["one.html#sec-pager"] and fields["said"] == "Nothing found"
        assert (fields["kept"], fields["dark"]) == ("dark", "rgb(22, 24, 26)")
    assert (narrow["contents"], narrow["beside"]) == ("none", False)
    assert (wide["contents"], wide["beside"], wide["level"]) == ("block", True, True)


@needs_chromium
def test_the_search_of_a_single_page(small_book: Path, tmp_path: Path) -> None:
    """It has no index, and finds a section by the words of its text and title, without the numbers of note calls."""
    (small_book / "01-one.md").write_text(CHAPTER, encoding="utf-8")
    made = make(read_book(small_book, Timings()), (SINGLE,), f"{tmp_path}/one.html", Timings())
    assert made.is_whole, made.findings
    ((_, _, _, answer),) = asked(tmp_path, ["one.html"], FIND, [(1440, "")])
    assert answer == {
        "pager": ["#sec-pager 1.1 Who has the pager"],
        "paragraph first": ["#one 1 One"],
        "copied": ["#sec-pager 1.1 Who has the pager"],
        "paragraph.1": [],
    }


@pytest.fixture(scope="module")
def our_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the book in book/, with the page numbers of its PDF."""
    return site_of(ROOT / "book", tmp_path_factory.mktemp("ours") / "site", PDF)


@pytest.mark.slow
@needs_chromium
def test_axe_finds_nothing_on_any_page(our_site: Path, tmp_path: Path) -> None:
    """axe checks every page of our book, with three backgrounds and at three widths."""
    script = content(AXE)
    if script is None:
        pytest.skip("not run: axe-core cannot be had")
    site = tmp_path / "with-axe"
    shutil.copytree(our_site, site)
    (site / "axe.js").write_bytes(script)
    pages = sorted(path.name for path in our_site.glob("*.html"))
    answers = asked(site, pages, RUN_AXE, GROUNDS, "axe.js")
    assert len(answers) == len(pages) * len(GROUNDS) and len(pages) > 15
    assert {f"{page} {width} {ground}": found for page, width, ground, found in answers if found} == {}


@pytest.mark.slow
def test_a_validator_of_html_finds_nothing(our_site: Path, tmp_path: Path) -> None:
    """Every page of our book is valid HTML to the Nu Html Checker."""
    checker = content(NU) if java() else None
    if checker is None:
        pytest.skip("not run: the Nu Html Checker needs Java and npm")
    jar = tmp_path / "vnu.jar"
    jar.write_bytes(checker)
    pages = sorted(map(str, our_site.glob("*.html")))
    command = [java() or "java", "-jar", str(jar), "--errors-only", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    said = done.stderr.replace("Document checking completed. No errors found.", "").strip()
    assert (done.returncode, said) == (0, "")
