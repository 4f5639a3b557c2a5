"""What a file may contain, and which files may be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from compositor import dialects
from compositor.press import Timings, read_book
from tests.dialects.report import only, order, said


def test_line_ends_and_byte_order_mark(book):
    """A byte order mark is dropped, and every line end becomes a line feed."""
    manuscript, findings = dialects.read(book("", **{"01-a__md": b"\xef\xbb\xbf# A\r\n\rb\tc\r"}))
    assert findings == ()
    assert manuscript is not None
    assert manuscript.entries[0].source.text == "# A\n\nb\tc\n"


@pytest.mark.parametrize(
    ("data", "place", "encoding", "letter"),
    [
        ("# A\r\n\r\nä é x".encode("cp1252"), "3:1", "WINDOWS-1252", "ä"),
        (b"# A\n\x93x\x94", "2:1", "WINDOWS-1252", "“"),
        ("# Ä".encode("utf-16"), "1:3", "UTF-16", "Ä"),
        ("# One, in letters that ASCII has".encode("utf-16-le"), "1:1", "UTF-16LE", ""),
        ("# 漢字\n\nこれは日本語の文章です。".encode("shift_jis"), "1:3", "SHIFT_JIS", "漢"),
        ("# Привет\n\nЭто русский текст о книгах.".encode("koi8_r"), "1:3", "KOI8-R", "П"),
        ("# Żlub\n\nZażółć gęślą jaźń.".encode("cp1250"), "1:3", "WINDOWS-1250", "Ż"),
    ],
)
def test_not_utf8(book, data, place, encoding, letter):
    """A file that is not UTF-8 is read in its probable encoding; the message names the first letter that differs."""
    manuscript, (finding,) = dialects.read(book("", **{"01-a__md": data}))
    where = f', where this letter is "{letter}"' if letter else ""
    message = f"the file is not in UTF-8; it is read as {encoding}{where}"
    assert (finding.code, str(finding.place), finding.message) == ("M006", f"01-a.md:{place}", message)
    assert (finding.severity, f"-f {encoding} " in finding.helps[0]) == ("warning", True)
    assert manuscript.entries[0].source.text.split("\n") == data.decode(encoding).removeprefix("\ufeff").splitlines()


def test_utf8_with_a_stray_byte(book):
    """A file that is nearly all UTF-8 keeps its letters; a stray byte is read as in Windows-1252."""
    manuscript, (finding,) = dialects.read(book("", **{"01-a__md": "# ÄÖÜ\n\näöü ".encode() + b"caf\xe9"}))
    assert manuscript.entries[0].source.text == "# ÄÖÜ\n\näöü café"
    assert (finding.code, finding.severity, str(finding.place)) == ("M006", "warning", "01-a.md:3:8")
    assert finding.message.endswith('where this letter is "é"')


@pytest.mark.parametrize("data", [b"PK\x03\x04\0\0\xff", bytes(range(256)), b"\x89PNG\r\n\x1a\n\0\0\0\rI\xff\xfe"])
def test_no_text(book, data):
    """A file that is not text in any encoding is an error."""
    finding = only(book("", **{"01-a__md": data}))
    assert (finding.code, finding.message, finding.severity) == ("M006", "this is not a text file", "error")


@pytest.mark.parametrize(
    ("letter", "name"),
    [
        ("\x00", "U+0000 (null)"),
        ("\x07", "U+0007 (control character)"),
        ("\x0c", "U+000C (form feed)"),
        ("\x1b", "U+001B (escape)"),
        ("\x7f", "U+007F (control character)"),
        ("\x85", "U+0085 (next line)"),
        ("\u2028", "U+2028 (line separator)"),
        ("\u2029", "U+2029 (paragraph separator)"),
        ("\ufffe", "U+FFFE (noncharacter)"),
        ("\uffff", "U+FFFF (noncharacter)"),
        ("\ufdd0", "U+FDD0 (noncharacter)"),
        ("\U0001ffff", "U+1FFFF (noncharacter)"),
    ],
)
def test_unfit_characters(book, letter, name):
    """Characters that no book can hold are left out and reported with their place; line separators become spaces."""
    manuscript, (finding,) = dialects.read(book("", **{"01-a__md": f"# A\n\nä{letter}b"}))
    assert (finding.code, str(finding.place), finding.severity) == ("M007", "01-a.md:3:2", "warning")
    between, done = (" ", "becomes a space") if letter in "\x0c\x85\u2028\u2029" else ("", "is removed")
    assert finding.message == f"the character {name} cannot be in a book, and {done}"
    assert manuscript.entries[0].source.text == f"# A\n\nä{between}b"


def test_many_unfit_characters(book):
    """Of many unfit characters in a file the first few are reported one by one."""
    findings = dialects.read(book("", **{"01-a__md": "# A\n" + "\x07\n" * 9}))[1]
    assert [finding.place.line for finding in findings] == [2, 3, 4, 5, 6, 6]
    assert findings[-1].message == "4 more characters in this file cannot be in a book"


def test_unusual_but_fit(book):
    """Tabs, emoji, joiners and private-use characters may be in a book."""
    assert order(book("", **{"01-a__md": "# A\t👩‍🚀 \u200d\u00ad\ue000\ufeff\ufffd\n"})) == ["01-a.md"]


def test_all_files_are_read_even_when_settings_are_wrong(book):
    """A mistake in book.toml does not hide those in the chapters."""
    found = said(book("colour = 1", **{"01-a__md": b"\xff", "b__md": b"x\x00 and words"}))
    assert [finding.split()[0] for finding in found] == ["M006", "M007", "S002"]


def test_settings_that_are_no_text(book):
    """book.toml is read with the same rules as a chapter."""
    folder = book("", "01-a.md")
    (folder / "book.toml").write_bytes(b"format = 1\ntitle = 'B\xfccher'\nauthors = ['A']")
    letter = 'it is read as WINDOWS-1252, where this letter is "ü"'
    assert said(folder) == [f"M006 book.toml:2:11 the file is not in UTF-8; {letter}"]


# Ways out of the folder


@pytest.mark.parametrize(
    ("listed", "fault"),
    [
        ("../secret.md", "leads out of the book's folder"),
        ("sub/../../secret.md", "leads out of the book's folder"),
        ("/etc/hostname", "is an absolute path"),
        ("C:/secret.md", "is an absolute path"),
    ],
)
def test_paths_that_lead_out(book, listed, fault):
    """A path that leads out of the book's folder is an error, and is not read."""
    folder = book(f'[order]\nfront = ["{listed}"]', "01-a.md")
    (folder.parent / "secret.md").write_text("# Secret")
    finding = only(folder)
    assert finding.code == "M003"
    assert str(finding.place) == "book.toml:5:10"
    assert finding.message.endswith(fault)
    assert dialects.read(folder)[0] is None


def test_link_that_leads_out(book):
    """A symbolic link that leads out of the book's folder is an error; one that stays inside is an ordinary file."""
    folder = book("", "02-b.md", "_c.md")
    outside = folder.parent / f"{folder.name}-secret.md"
    outside.write_text("# Secret")
    (folder / "01-a.md").symlink_to(outside)
    assert said(folder) == ['M003 01-a.md "01-a.md" is a link that leads out of the book\'s folder']
    (folder / "01-a.md").unlink()
    (folder / "01-a.md").symlink_to("_c.md")
    assert order(folder) == ["01-a.md", "02-b.md"]


@pytest.mark.parametrize("path", [".git/config", ".GIT/config", "a/../.git/config", "sub/.git/config", "config"])
def test_files_of_a_repository_are_no_files_of_the_book(book, path):
    """A repository's configuration may hold a password: neither a path nor a link can bring it into a book."""
    folder = book("", "01-a.md")
    for name in (".git", ".GIT", "sub/.git"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "config").write_text("secret-1")
    (folder / "config").symlink_to(".git/config")
    text = f'# A\n\n```{{.text include="{path}"}}\n```\n'
    (folder / "01-a.md").write_text(text)
    found = read_book(folder, Timings()).errors
    assert [(one.code, "belongs to git" in one.message) for one in found] == [("L210", True)]
    assert "secret-1" not in str(found)


def test_link_to_nothing(book):
    """A symbolic link to a missing file is reported as that."""
    folder = book("", "02-b.md")
    (folder / "01-a.md").symlink_to("nowhere.md")
    assert said(folder) == ['M002 01-a.md "01-a.md" is a link to a file that does not exist']


def test_linked_folder_that_leads_out(book):
    """A file in a linked folder is outside as well, and a linked folder is not searched."""
    folder = book('[order]\nfront = ["sub/01-x.md"]', "01-a.md")
    outside = folder.parent / f"{folder.name}-sub"
    outside.mkdir()
    (outside / "01-x.md").write_text("# X")
    (folder / "sub").symlink_to(outside)
    assert said(folder) == ['M003 book.toml:5:10 "sub/01-x.md" is a link that leads out of the book\'s folder']


def test_settings_that_lead_out(book):
    """A book.toml that is a link to elsewhere is not read."""
    folder = book("", "01-a.md")
    (folder / "book.toml").rename(folder.parent / f"{folder.name}.toml")
    (folder / "book.toml").symlink_to(folder.parent / f"{folder.name}.toml")
    assert [finding.split()[0] for finding in said(folder)] == ["M003"]


def test_folder_instead_of_a_file(book):
    """A folder where a file is listed is an error."""
    finding = only(book('[order]\nchapters = ["sub"]', "sub/_a.md"))
    assert (finding.code, str(finding.place), finding.message) == ("M004", "book.toml:5:13", '"sub" is a folder')


def test_pipe_instead_of_a_file(book):
    """A build does not wait for a pipe."""
    folder = book('[order]\nchapters = ["a.md"]')
    os.mkfifo(folder / "a.md")
    assert only(folder).code == "M004"


def test_unreadable_file(book, monkeypatch):
    """A file that cannot be opened is reported where it is listed."""
    folder = book('[order]\nchapters = ["a.md"]', "a.md")
    given = Path.read_bytes

    def refuse(path):
        if path.name == "a.md":
            raise PermissionError(13, "Permission denied", str(path))
        return given(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    finding = only(folder)
    assert (finding.code, str(finding.place)) == ("M005", "book.toml:5:13")
    assert finding.message == '"a.md" cannot be read: permission denied'


def test_overlong_name(book):
    """A name that no file system can hold counts as a missing file."""
    assert only(book(f'[order]\nchapters = ["{"a" * 5000}.md"]')).code == "M002"
