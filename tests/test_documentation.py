"""The documentation and the skeleton are compared with the program: nothing is missing, and nothing is obsolete."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

import click
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from compositor.cli import main, press
from compositor.errors import REFERENCE, address
from compositor.explanations import explanations
from compositor.markdown.reading import plain_text, walk
from compositor.markdown.slugs import github_slug
from compositor.markdown.text.callouts import KINDS
from compositor.model import FrontMatter
from compositor.press import Timings, read_book
from compositor.settings.tables import (
    CalloutKind,
    File,
    ListedChapter,
    ListedEnvironment,
    ListedFonts,
    ListedLanguage,
    ListedLimits,
    ListedPart,
    ListedReview,
    ListedSamples,
    Order,
    Pages,
)
from compositor.theme.properties import declared
from tests.finished import ROOT
from tools import look_pictures, reference, release_notes

SKELETON = ROOT / "skeleton"
MANUAL = ROOT / "docs" / "manual"
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / folder / "README.md" for folder in ("templates", "styles/fonts", "skeleton")),
    ]
)
TARGETS = re.findall(r"^## make (\S+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
TABLES = (ListedFonts, CalloutKind, Order, ListedPart, ListedChapter, ListedReview, Pages)
SAMPLES = (ListedSamples, ListedEnvironment, ListedLanguage)
PARSER = MarkdownIt("commonmark").enable("table")


def text(page: str) -> str:
    """Return a page of the manual."""
    return (MANUAL / page).read_text(encoding="utf-8")


def tokens(page: Path) -> list[Token]:
    """Return the page as GitHub parses it: code is code."""
    return list(walk(PARSER.parse(page.read_text(encoding="utf-8"))))


def links(page: Path) -> Iterator[str]:
    """Yield the relative addresses of a page's links and pictures."""
    for token in tokens(page):
        address = str(token.attrs.get("href") or token.attrs.get("src") or "")
        if address and not urlsplit(address).scheme:
            yield address


def fragments(page: Path) -> set[str]:
    """Return the fragments that GitHub gives to the headings of a page."""
    found = tokens(page)
    titles = [after for token, after in pairwise(found) if token.type == "heading_open"]
    return {github_slug(plain_text(title.children)) for title in titles}


def options(command: click.Command) -> set[str]:
    """Return every spelling of every option of a command."""
    return {name for param in command.params if isinstance(param, click.Option) for name in param.opts}


@pytest.mark.parametrize("name", sorted(press.commands))
def test_every_command_and_its_options_are_in_the_manual(name: str) -> None:
    """The page on the commands names each of them, with each of its options."""
    page = text("commands.md")
    assert re.search(rf"^\| `{name}[` ]", page, re.MULTILINE)
    assert {option for option in options(press.commands[name]) if f"`{option}" not in page} == set()


@pytest.mark.parametrize("key", [reference.key(one) for one in fields(File)])
def test_every_key_of_the_book_is_in_the_manual(key: str) -> None:
    """Each key at the top of book.toml has a heading of its own."""
    assert re.search(rf"^### {key}$", text("book-toml.md"), re.MULTILINE)


@pytest.mark.parametrize("key", sorted({reference.key(one) for kind in TABLES for one in fields(kind)}))
def test_every_key_of_a_table_is_in_the_manual(key: str) -> None:
    """Each key under [order] and [pages] has a heading or a line in a table."""
    assert re.search(rf"^(### {key}$|\| `{key}` \|)", text("book-toml.md"), re.MULTILINE)


@pytest.mark.parametrize("key", sorted({reference.key(one) for kind in SAMPLES for one in fields(kind)}))
def test_every_key_of_the_samples_is_in_the_manual(key: str) -> None:
    """Each key under [samples] is in a table of the page on samples or of that on book.toml."""
    assert f"| `{key}` |" in text("samples.md") + text("book-toml.md")


@pytest.mark.parametrize("key", [reference.key(one) for one in fields(ListedLimits)])
def test_every_key_of_the_limits_is_in_the_manual(key: str) -> None:
    """Each key under [limits] is in the table of the page on book.toml."""
    assert f"| `{key}` |" in text("book-toml.md")


@pytest.mark.parametrize("key", [reference.key(one) for one in fields(FrontMatter)])
def test_every_key_of_the_front_matter_is_in_the_manual(key: str) -> None:
    """Each key between the lines at the top of a chapter is in the table of the page on Markdown."""
    assert f"| `{key}` |" in text("markdown.md")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_callout_is_in_the_manual(kind: str) -> None:
    """Each kind of callout is in the table of the page on Markdown."""
    assert f"| `[!{kind.upper()}]` |" in text("markdown.md")


def test_every_property_of_the_theme_is_in_the_manual() -> None:
    """Each custom property of the printed page is in the table of the page on themes."""
    names = {name for name, _ in declared((ROOT / "styles" / "print.css").read_text(encoding="utf-8"))}
    assert {name for name in names if f"`{name}`" not in text("themes.md")} == set()


def test_every_look_has_a_picture_in_the_manual() -> None:
    """Each picture setting of the tool is shown, and no picture is left over."""
    shown = "".join(text(page) for page in ("themes.md", "book-toml.md"))
    made = {path.stem.removeprefix("look-") for path in (MANUAL / "pictures").glob("look-*.png")}
    assert made == set(look_pictures.LOOKS)
    assert {name for name in made if f"(pictures/look-{name}.png)" not in shown} == set()


def test_every_code_is_in_the_reference() -> None:
    """The reference has each code that `explain` knows, at the address that findings give to programs."""
    page = text("reference.md")
    assert {code for code in explanations() if f'| <a id="{code.lower()}"></a>`{code}` |' not in page} == set()
    assert {address(code) for code in explanations()} == {f"{REFERENCE}#{code.lower()}" for code in explanations()}
    assert (ROOT / REFERENCE).samefile(MANUAL / "reference.md")


def test_every_code_that_is_found_is_explained() -> None:
    """Each code in the program's source has an explanation, and each explanation a place that uses it."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "compositor").rglob("*.py")]
    written = {code for source in sources for code in re.findall(r'"([A-Z][0-9]{3})"', source)}
    assert written == set(explanations())


def test_the_reference_is_up_to_date() -> None:
    """`tools/reference.py --check` passes; if not, run `make reference`."""
    assert reference.main(["--check"]) == 0


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Literal["words", "notes"], '`"words"` or `"notes"`'),
        (dict[str, Any], "table of values"),
        (dict[str, str], "table of texts"),
        (tuple[str, ...], "list of texts"),
    ],
)
def test_a_type_is_named_in_words(kind: Any, words: str) -> None:
    """A key with a choice names its values."""
    assert reference.type_in_words(kind) == words


def test_an_old_reference_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The check fails on an outdated page, and writing it again fixes that."""
    monkeypatch.setattr(reference, "ROOT", tmp_path)
    monkeypatch.setattr(reference, "PAGE", tmp_path / "reference.md")
    assert reference.main(["--check"]) == 1
    assert reference.main([]) == 0
    assert reference.main(["--check"]) == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    """Each relative link leads to an existing file, and each fragment to a heading in it."""
    for link in links(page):
        parts = urlsplit(link)
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        assert target.exists(), link
        assert not parts.fragment or parts.fragment in fragments(target), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_make_target_exists(page: Path) -> None:
    """A page names no target of make that the Makefile does not have."""
    found = tokens(page)
    code = [token.content for token in found if token.type in ("code_inline", "fence", "code_block")]
    named = {match for piece in code for match in re.findall(r"^make ([a-z][a-z-]*)", piece, re.MULTILINE)}
    assert named <= {*TARGETS, "all", "help"}


def test_the_page_for_contributors_shows_the_real_tree() -> None:
    """The tree in CONTRIBUTING names every top-level folder, and no other."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([\w.]+)/` \|", page, re.MULTILINE))
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not run: git knows which folders belong here")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    assert named == {file.partition("/")[0] for file in files if "/" in file}


def test_the_changelog_has_notes_for_this_version() -> None:
    """A release of this version would have notes."""
    from compositor import __version__

    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert release_notes.section(changelog, f"v{__version__}")


def test_the_skeleton_has_no_findings() -> None:
    """The book that `init` copies is without errors and warnings."""
    assert read_book(SKELETON / "book", Timings()).findings == ()


def test_init_copies_every_file_of_the_skeleton(tmp_path: Path) -> None:
    """Hidden files and folders are copied too, the workflow among them; the schema of book.toml is made."""
    assert main(["init", "--source", "some-body/press@v1.2", str(tmp_path / "new")]) == 0
    copied = {path.relative_to(tmp_path / "new") for path in (tmp_path / "new").rglob("*") if path.is_file()}
    ours = {path.relative_to(SKELETON) for path in SKELETON.rglob("*") if path.is_file()}
    assert copied == ours | {Path("book/book.schema.json")}
    assert {Path(".gitignore"), Path(".github/workflows/book.yml")} <= copied


def test_the_skeleton_shows_the_constructs_that_authors_need() -> None:
    """Figure, table, listing, reference, note and callout are in the two chapters."""
    chapters = [unit.chapter for unit in read_book(SKELETON / "book", Timings()).book.units]
    kinds = {anchor.kind for chapter in chapters for anchor in chapter.anchors}
    shown = {token.type for chapter in chapters for token in walk(chapter.tokens)}
    assert kinds >= {"section", "figure", "table", "listing"}
    assert shown >= {"reference", "callout_open", "footnote_ref", "link_open", "dl_open", "checkbox"}


def test_the_workflow_of_the_skeleton_is_valid() -> None:
    """GitHub's schema accepts the workflow that `init` brings along."""
    workflow = SKELETON / ".github" / "workflows" / "book.yml"
    checker = Path(sys.executable).with_name("check-jsonschema")
    if not checker.exists():
        pytest.skip("not run: check-jsonschema is not installed")
    command = [str(checker), "--builtin-schema", "vendor.github-workflows", str(workflow)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_nothing_of_our_book_is_in_the_skeleton() -> None:
    """The skeleton teaches by example and has nothing of the book in this repository."""
    words = re.compile(r"aurora|\baws\b|amazon", re.IGNORECASE)
    texts = [path.read_text(encoding="utf-8") for path in SKELETON.rglob("*") if path.is_file()]
    assert not [found for one in texts for found in words.findall(one)]
