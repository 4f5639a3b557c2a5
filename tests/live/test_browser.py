"""`serve` in Chromium: after an edit both pages change in place, and clicks land; skipped without Chromium."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.generated import write_book
from tests.corpora.corpora import content
from tests.finished import ROOT
from tests.formats.web.browser import needs_chromium
from tests.formats.web.test_browser import AXE
from tests.live.chromium import Page, page
from tests.process_trees import is_running, until

pytestmark = [pytest.mark.slow, needs_chromium]
READY = "document.body.dataset.pages === document.body.dataset.build && document.body.dataset.build !== ''"
TRUE = f"""{READY} && !document.querySelector("#spreads.stale")
  && [...document.querySelectorAll(".page")].some(one => one.dataset.near)
  && [...document.querySelectorAll(".page")].every(one => !one.dataset.near || one.dataset.shown === one.dataset.key)"""
TEXT = 'document.getElementById("text").contentDocument'
PLACE = 'import("/desk/text.js").then(one => one.place())'
PAPER = 'import("/desk/paper.js").then(one => one.place())'
POINT = """(() => {
  const frame = document.getElementById("text"), all = frame.contentDocument.createTreeWalker(
    frame.contentDocument.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (all.nextNode()) {
    const at = all.currentNode.data.indexOf("%s");
    if (at < 0) continue;
    const range = frame.contentDocument.createRange();
    range.setStart(all.currentNode, at);
    range.setEnd(all.currentNode, at + 4);
    range.startContainer.parentElement.scrollIntoView({block: "center", behavior: "instant"});
    const box = range.getBoundingClientRect(), around = frame.getBoundingClientRect();
    return [around.left + box.left + 3, around.top + box.top + box.height / 2];
  }
})()"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIOLATIONS = f"""axe.run(document, {{resultTypes: ["violations"], runOnly: {RULES}}})
  .then(found => found.violations.map(one => `${{one.id}} ${{one.nodes.length}} ${{one.nodes[0].target}}`))"""


@contextmanager
def served(book: Path, *words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Yield the address that the command prints, and its process."""
    command = [sys.executable, str(ROOT / "build.py"), "serve", str(book), *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), process
        finally:
            process.send_signal(signal.SIGHUP)
            said = process.communicate(timeout=60)[1]
        assert (process.returncode, "Traceback" in said) == (129, False), said


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return two chapters of eleven pages."""
    folder = tmp_path / "book"
    write_book(folder, 2)
    return folder


def opened(one: Page, address: str) -> None:
    """Open the page, and wait until both panes show something."""
    one.open(address)
    one.until(f'!!{TEXT}?.querySelector("main h1")')
    one.until(TRUE, 240)


def clicked(one: Page, word: str) -> str:
    """Return the address that a click on a word of the screen page opens."""
    one.ask("delete document.body.dataset.edited")
    one.click(*one.ask(POINT % word))
    return str(one.until("document.body.dataset.edited"))


def test_an_edit_is_seen_in_its_place(book: Path) -> None:
    """New words appear on both sides while the top line stays in place; a click leads to the line of the word."""
    chapter = book / "01-matter-001.md"
    with served(book, "--editor", "zed") as (address, _), page() as one:
        opened(one, address)
        one.ask(f"{TEXT}.defaultView.scrollTo(0, 3000)")
        before, paper = one.ask(PLACE), one.ask(PAPER)
        lines = chapter.read_text(encoding="utf-8").split("\n")
        lines[4:4] = ["Here is a heliotrope,", "and in its second line a marigold.", ""]
        chapter.write_text("\n".join(lines), encoding="utf-8")
        one.until(f'{TEXT}.body.textContent.includes("marigold")')
        one.until(TRUE, 120)
        after = one.ask(PLACE)
        assert (after["line"], abs(after["above"] - before["above"]) < 2) == (before["line"] + 3, True)
        assert one.ask(PAPER)["n"] == paper["n"]
        assert clicked(one, "heliotrope") == f"zed://file{chapter.resolve()}:5"
        assert clicked(one, "marigold") == f"zed://file{chapter.resolve()}:6"


def test_an_editor_and_a_key_lead_to_a_place(book: Path) -> None:
    """`--goto` shows both sides; from there a click on the PDF page leads back into the file."""
    with served(book) as (address, _), page() as one:
        opened(one, address)
        lines = (book / "02-matter-002.md").read_text(encoding="utf-8").split("\n")
        line = next(number for number, text in enumerate(lines, 1) if number > 60 and len(text) > 200)
        place = f"{book}/02-matter-002.md:{line}"
        subprocess.run([sys.executable, "build.py", "serve", "--goto", place], cwd=ROOT, check=True, timeout=60)
        one.until(f'{TEXT}.location.pathname.endsWith("matter-002.html") && !!{TEXT}.querySelector(".desk-new")')
        one.until(f'{PAPER}.then(place => place.unit === "matter-002")')
        one.until(TRUE, 60)
        x, y = one.ask("""(() => {
          const sheet = document.querySelector(".page.shown .sheet") ?? [...document.querySelectorAll(".page")]
            .find(one => one.dataset.near && one.getBoundingClientRect().top > 0).querySelector(".sheet");
          const box = sheet.getBoundingClientRect();
          return [box.left + box.width / 2, Math.max(box.top, 60) + 160];
        })()""")
        one.click(x, y)
        edited = one.until("document.body.dataset.edited")
        assert edited.startswith(f"vscode://file{book.resolve()}/02-matter-002.md:")
        assert abs(int(edited.rpartition(":")[2]) - line) < 30
        one.press("[")
        one.until(f'{TEXT}.location.pathname.endsWith("matter-001.html")')


def test_what_is_broken_is_told_and_what_was_good_stays(book: Path) -> None:
    """Findings are in the list and in the margin; an error keeps the last good page until it is mended."""
    chapter, settings = book / "01-matter-001.md", book / "book.toml"
    with served(book) as (address, process), page() as one:
        opened(one, address)
        right = chapter.read_text(encoding="utf-8")
        lines = right.split("\n")
        lines[2] = "See @fig-lost, if it were there."
        chapter.write_text("\n".join(lines), encoding="utf-8")
        one.until(f'!!{TEXT}.querySelector(".desk-mark")')
        one.ask(f'{TEXT}.querySelector(".desk-mark").click()')
        assert "fig-lost" in one.until('document.querySelector("#findings li.shown .message").textContent')
        told = settings.read_text(encoding="utf-8")
        settings.write_text(f"{told}spelt-wrong = 1\n", encoding="utf-8")
        told_there = 'document.getElementById("broken")'
        assert "book.toml" in one.until(f"!{told_there}.hidden && {told_there}.textContent")
        assert one.ask(f'{TEXT}.body.textContent.includes("if it were there")')
        assert one.ask('!!document.querySelector("#spreads.stale .page img[src]")')
        settings.write_text(told, encoding="utf-8")
        chapter.write_text(right, encoding="utf-8")
        one.until('document.getElementById("broken").hidden')
        one.until(TRUE, 120)
        workers = [int(line) for line in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
    until(lambda: not any(map(is_running, workers)))


def test_axe_finds_nothing_on_the_desk(book: Path) -> None:
    """axe checks the page of `serve` with its pages and a finding in the list, and the chapter as the site's page."""
    script = content(AXE)
    if script is None:
        pytest.skip("not run: axe-core cannot be had")
    chapter = book / "01-matter-001.md"
    chapter.write_text(f"{chapter.read_text(encoding='utf-8')}\nSee @fig-lost.\n", encoding="utf-8")
    with served(book) as (address, _), page() as one:
        opened(one, address)
        one.until('!!document.querySelector("#findings li")')
        one.ask(f"{script.decode('utf-8')}; true")
        assert one.ask(VIOLATIONS) == []
        one.ask('document.documentElement.style.colorScheme = "dark"')
        assert one.ask(VIOLATIONS) == []
