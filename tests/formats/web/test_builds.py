"""Builds of the site: by its own command, and together with the PDF and the EPUB."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from compositor.checks.finished import check_finished
from compositor.formats import FORMATS, WEB
from compositor.made_before.of_a_folder import Asked, Inputs
from compositor.making import make
from compositor.press import Timings, read_book
from tests.finished import ROOT

SAID = """
import sys
from compositor.cli import main
code = main(sys.argv[1:])
print(code, sorted({"weasyprint", "pikepdf", "pypdfium2"} & set(sys.modules)))
"""


def command(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a command that prints its exit code and the imported modules for the PDF at its end."""
    call = [sys.executable, "-c", SAID, *words]
    return subprocess.run(call, capture_output=True, text=True, cwd=ROOT, check=False)


def test_the_command_makes_a_folder_and_needs_no_weasyprint(small_book: Path, tmp_path: Path) -> None:
    """The site is made, and the process that started the build has imported nothing for the PDF."""
    done = command("web", str(small_book), "-o", f"{tmp_path}/site")
    assert done.stdout.splitlines() == [f"{tmp_path}/site", "0 []"], done.stderr
    assert {"index.html", "one.html", "404.html", "search.js"} <= {path.name for path in (tmp_path / "site").iterdir()}


def test_making_a_site_imports_no_weasyprint() -> None:
    """The modules that make and check the site do not import it either, in whichever process they run."""
    modules = "compositor.formats.web.single, compositor.checks.finished.website"
    code = f"import sys, {modules}; print('weasyprint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "False"


def test_the_two_ways_to_one_file_exclude_each_other(small_book: Path) -> None:
    """A zip holds a folder, and a single page is one file."""
    done = command("web", str(small_book), "--zip", "--single")
    assert "choose one" in done.stderr and done.stdout.split()[-2:] == ["2", "[]"]


def test_a_build_of_all_three_gives_the_site_pages_and_files(small_book: Path, tmp_path: Path) -> None:
    """The site names the pages of the PDF and contains both files; the checks compare all three."""
    proof = read_book(small_book, Timings())
    made = make(proof, FORMATS, f"{tmp_path}/out/", Timings())
    assert made.is_whole and proof.book is not None
    site, out = tmp_path / "out" / "small-web", tmp_path / "out"
    assert (site / "small.pdf").read_bytes() == (out / "small.pdf").read_bytes()
    assert (site / "small.epub").read_bytes() == (out / "small.epub").read_bytes()
    assert 'aria-label="1"' in (site / "one.html").read_text(encoding="utf-8")
    files = {one.name: output.data for one, output in zip(FORMATS, made.outputs, strict=True)}
    assert check_finished(proof.book, files, made.outputs[0].pages) == ()


def test_a_site_that_does_not_hold_is_set_aside(
    small_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last good site stays; the faulty one is put into `unproved`, until the next good build removes it."""
    make(read_book(small_book, Timings()), (WEB,), f"{tmp_path}/out/", Timings())
    (small_book / "styles").mkdir()
    (small_book / "styles" / "web.css").write_text(".unit p { display: none }\n", encoding="utf-8")
    site = tmp_path / "out" / "small-web"
    made = make(read_book(small_book, Timings()), (WEB,), f"{tmp_path}/out/", Timings())
    assert {one.code for one in made.findings} == {"C204", "F008"}
    assert ".unit p { display: none }" not in (site / "styles" / "web.css").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "unproved" / "small-web" / "index.html").exists()
    (small_book / "styles" / "web.css").unlink()
    make(read_book(small_book, Timings()), (WEB,), f"{tmp_path}/out/", Timings())
    assert not (tmp_path / "out" / "unproved").exists()


@pytest.mark.parametrize(("output", "site"), [("public", "public"), ("dist/", "dist/small-web")])
def test_what_a_build_has_written_is_no_change_of_the_book(small_book: Path, output: str, site: str) -> None:
    """A watcher of the folder, or a check for changes, does not count the site as a change."""
    inputs = Inputs(Asked(small_book, (WEB,), f"{small_book}/{output}", None))
    before = inputs.listed()
    (small_book / site / "styles").mkdir(parents=True)
    (small_book / site / "styles" / "web.css").write_text("p {}", encoding="utf-8")
    assert inputs.listed() == before
    (small_book / "new.md").write_text("# New\n", encoding="utf-8")
    assert inputs.listed() != before


def test_a_site_in_the_folder_of_its_book_is_no_part_of_it(small_book: Path) -> None:
    """If the site of the first build is next to the chapters, the same book is read and the same bytes are made."""
    first, second = (
        make(read_book(small_book, Timings()), (WEB,), f"{small_book}/public", Timings()).outputs[0].data for _ in "12"
    )
    assert first == second
    with zipfile.ZipFile(BytesIO(second)) as archive:
        assert [name for name in archive.namelist() if name.endswith(".html")] == ["404.html", "index.html", "one.html"]
