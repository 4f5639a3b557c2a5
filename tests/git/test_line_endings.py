"""Line endings and other conversions: a file counts as changed if git would store something else than it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.git.conversions import Thoroughness, committed, differences
from tests.git.repositories import write

TEXTS = {
    "plain": b"one\ntwo\n",
    "nul": b"one\n\0two\n",
    "late-nul": b"one\n" * 3000 + b"\0two\n",
    "controls": b"\1\2\3\4\5\6 one\ntwo\n",
    "few-controls": b"one " * 200 + b"\x1b\ntwo\n",
    "ctrl-z": b"one\ntwo\n\x1a",
    "letters": "Füße\n日本\n".encode(),
    "bytes": bytes(range(128, 256)) + b"\ntwo\n",
    "lone-cr": b"one\rtwo\nthree\n",
    "cr-at-the-end": b"one\ntwo\r",
    "no-end": b"one\ntwo",
    "blank": b"\n\n",
}
ENDINGS = {
    "lf": lambda data: data,
    "crlf": lambda data: data.replace(b"\n", b"\r\n"),
    "mixed": lambda data: data.replace(b"\n", b"\r\n", 1),
    "crcrlf": lambda data: data.replace(b"\n", b"\r\r\n"),
}
FILES = {f"{text}.{ending}": give(data) for text, data in TEXTS.items() for ending, give in ENDINGS.items()}
VARIANTS = {
    f"as {ending}": {name: give(TEXTS[name.partition(".")[0]]) for name in FILES} for ending, give in ENDINGS.items()
}
ATTRIBUTES = (
    "", "* text=auto", "* text", "* -text", "* !text", "* binary", "* text eol=crlf", "* text eol=lf", "* eol=crlf",
    "* eol=lf", "* text=auto eol=crlf", "* text=auto eol=lf", "* crlf", "* -crlf", "* crlf=input", "* crlf=auto",
    "* -text eol=crlf", "* text=nonsense", "* eol=nonsense", "* text -crlf", "* -text crlf", "* text=input",
    "* !crlf text",
)  # fmt: skip
SETTINGS = ("", "autocrlf = true", "autocrlf = input")
OTHER_WORDS = ("AutoCRLF = yes", "autocrlf = false\n\teol = crlf", "autocrlf", "autocrlf = Input")
USUAL = ("", "* text=auto", "* -text", "* text eol=crlf", "* eol=crlf")
TOGETHER = [
    *((attributes, "") for attributes in ATTRIBUTES),
    *((attributes, setting) for attributes in USUAL for setting in SETTINGS[1:]),
    *(("* text=auto", setting) for setting in OTHER_WORDS),
]


@pytest.mark.parametrize(("attributes", "setting"), TOGETHER)
def test_line_endings_change_nothing_where_git_converts_them(tmp_path: Path, attributes: str, setting: str) -> None:
    """The reader agrees with git on every text with every line ending, committed and in the work tree."""
    _compare_endings(tmp_path, attributes, setting, 12)


@pytest.mark.slow
@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("attributes", ATTRIBUTES)
def test_every_attribute_goes_with_every_setting(tmp_path: Path, attributes: str, setting: str) -> None:
    """They also agree for all attributes with all settings, and for each changed file."""
    _compare_endings(tmp_path, attributes, setting, 1)


def _compare_endings(tmp_path: Path, attributes: str, setting: str, step: int) -> None:
    files = {".gitattributes": attributes.encode(), **FILES}
    committed(tmp_path, files)
    with (tmp_path / ".git/config").open("a") as config:
        config.write(f"[core]\n\t{setting}\n")
    assert differences(tmp_path, files, VARIANTS, Thoroughness(step)) == {}


FOLDERS = ("", "a/", "a/b/", "a b/", "ü/")
NAMES = ("x.md", "x.txt", "Makefile", "y z.md", "#x.md", "[x].md", 'q".md')
PATHS = {folder + name: b"one\ntwo\n" for folder in FOLDERS for name in NAMES}
RULES: tuple[dict[str, str | bytes], ...] = (
    {".gitattributes": "*.md text"},
    {".gitattributes": "*.md text\n*.md -text\n"},
    {".gitattributes": "*.md text\nx.md !text\n"},
    {".gitattributes": "/x.md text\na/*.md text\n"},
    {".gitattributes": "a/** text\n"},
    {".gitattributes": "**/x.md text\n"},
    {".gitattributes": "a/ text\nb text\n"},
    {".gitattributes": "a/b/x.* text"},
    {".gitattributes": "* text\n", "a/.gitattributes": "* -text\n"},
    {".gitattributes": "* -text\n", "a/.gitattributes": "*.md text\n", "a/b/.gitattributes": "x.md -text\n"},
    {".gitattributes": "* text\n", "a/.gitattributes": "* !text\n"},
    {"a/.gitattributes": "/x.md text\nb/x.md text\n"},
    {"a/.gitattributes": "../x.md text\n/a/x.md text\na/x.md text\n"},
    {".git/info/attributes": "*.md text\n"},
    {".git/info/attributes": "*.md -text\n", ".gitattributes": "* text\n"},
    {".git/info/attributes": "a/x.md text\n", "a/.gitattributes": "x.md -text\n"},
    {".gitattributes": "[attr]prose text eol=crlf\n*.md prose\n"},
    {".gitattributes": "*.md prose\n[attr]prose text\n"},
    {".gitattributes": "[attr]prose text\n[attr]novel prose\n*.md novel\n"},
    {".gitattributes": "[attr]prose text\n*.md prose\nx.md -prose\n"},
    {".gitattributes": "[attr]prose text\n*.md prose\nx.md !prose\n"},
    {".gitattributes": "[attr]prose text\n*.md prose\nx.md -text\n"},
    {".gitattributes": "[attr]prose text\n*.md -text prose\nx.md prose -text\n"},
    {".gitattributes": "[attr]binary text\n* binary\n"},
    {".gitattributes": "* text\n*.md binary\nx.md -binary\n"},
    {".git/info/attributes": "[attr]prose text\n", ".gitattributes": "*.md prose\n"},
    {".gitattributes": "[attr]prose text\n", "a/.gitattributes": "*.md prose\n"},
    {"a/.gitattributes": "[attr]prose text\n*.md prose\n"},
    {".gitattributes": "* text\n", "a/.gitattributes": "[attr]text -crlf\n"},
    {".gitattributes": "[attr]one two\n[attr]two one text\n*.md one\n"},
    {".gitattributes": '"y z.md" text\n'},
    {".gitattributes": '"\\#x.md" text\n"a b/x.md" text\n'},
    {".gitattributes": '"q\\".md" text\n"\\303\\274/x.md" text\n'},
    {".gitattributes": "y z.md text\n"},
    {".gitattributes": "#x.md text\n"},
    {".gitattributes": "\\#x.md text\n"},
    {".gitattributes": "[[]x].md text\n"},
    {".gitattributes": "!*.txt text\n*.md text\n"},
    {".gitattributes": "\\!x.md text\n[xy]*.md text\n"},
    {".gitattributes": "*.md\ttext\n  *.txt   text  \n"},
    {".gitattributes": "*.md text\r\n*.txt text\r\n"},
    {".gitattributes": "\ufeff*.md text\n"},
    {".gitattributes": "*.md -text text\n*.txt text -text\n"},
    {".gitattributes": "*.md text= \n*.txt text=set\n"},
    {".gitattributes": "*.md --text\n*.txt -!text\nMakefile !-text\n"},
    {".gitattributes": "*.md text=auto diff=md merge=union -whitespace\n"},
    {".gitattributes": "*.MD text\nX.txt text\n"},
    {".gitattributes": "ü/* text\n"},
    {".gitattributes": b"\xff*.md text\n*.txt text\n"},
    {".gitattributes": "*.md text\n" + "#" * 3000 + "\n" + "a" * 3000 + " text\n*.txt text\n"},
    {".gitattributes": "*.md " + "text -text " * 100 + "text\n*.txt text\n"},
    {".gitattributes": "*.md text bad@name\n*.txt 1text text\nMakefile builtin_x text\n"},
)


@pytest.mark.parametrize("rules", RULES, ids=range(len(RULES)))
def test_attributes_hold_for_the_files_for_which_they_hold_in_git(
    tmp_path: Path, rules: dict[str, str | bytes]
) -> None:
    """Attribute files of folders and of the repository, with macros and quotations, mean what they mean to git."""
    given = {name: text.encode() if isinstance(text, str) else text for name, text in rules.items()}
    files = {**{name: data for name, data in given.items() if not name.startswith(".git/")}, **PATHS}
    committed(tmp_path, files)
    write(tmp_path, given)
    crlf = {name: data.replace(b"\n", b"\r\n") for name, data in PATHS.items()}
    assert differences(tmp_path, files, {"crlf": crlf}, Thoroughness(4)) == {}


IDENTS = {
    "bare": b"a $Id$ z\n", "filled": b"a $Id: 0123456789abcdef $ z\n", "other": b"a $Id: one two three $ z\n",
    "empty": b"a $Id:$ z\n", "blank": b"a $Id: $ z\n", "tight": b"a $Id:x$ z\n", "open": b"a $Id: 01 z\n",
    "lines": b"a $Id: 01\n$ z\n", "twice": b"$Id: 1 $ $Id: 2 $\n", "once": b"$Id$ $Id$\n", "case": b"a $id: 1 $ z\n",
    "crlf": b"a $Id: 01 $ z\r\n", "nothing": b"a z\n", "longer": b"a $Idx: 01 $ z\n", "start": b"$Id: 1 $",
    "nul": b"a $Id: \0 $ z\n",
}  # fmt: skip


@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "attributes", ["* ident", "* ident text", "* -ident", "* ident=x", "* ident text=auto", "*.md ident"]
)
def test_a_filled_in_id_is_no_change(tmp_path: Path, attributes: str, step: int) -> None:
    """With `ident`, the id that git fills in between the dollars does not count."""
    files = {".gitattributes": attributes.encode(), **{f"{name}.txt": data for name, data in IDENTS.items()}}
    committed(tmp_path, files)
    variants = {f"as {label}": {f"{name}.txt": data for name in IDENTS} for label, data in IDENTS.items()}
    assert differences(tmp_path, files, variants, Thoroughness(step)) == {}


WORDS = "Füße, zwei\nZeilen\n"
ENCODED = {
    "utf-8": WORDS.encode(), "utf-8-bom": WORDS.encode("utf-8-sig"), "latin": WORDS.encode("latin-1"),
    "16le": WORDS.encode("utf-16-le"), "16be": WORDS.encode("utf-16-be"),
    "16le-bom": b"\xff\xfe" + WORDS.encode("utf-16-le"),
    "16be-bom": b"\xfe\xff" + WORDS.encode("utf-16-be"), "32le": WORDS.encode("utf-32-le"),
    "32be-bom": b"\0\0\xfe\xff" + WORDS.encode("utf-32-be"),
    "16le-bom-crlf": b"\xff\xfe" + WORDS.replace("\n", "\r\n").encode("utf-16-le"), "odd": b"\xff\xfea\0b",
    "empty": b"",
    "surrogate": b"\xff\xfe\x00\xd8a\0", "latin-crlf": WORDS.replace("\n", "\r\n").encode("latin-1"),
}  # fmt: skip
ENCODINGS = (
    "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-16LE-BOM", "utf16", "UTF-32", "UTF-32LE", "UTF-8", "utf8", "ISO-8859-1",
    "latin1", "nonsense",
)  # fmt: skip


@pytest.mark.parametrize("more", ["", " text", " text eol=crlf", " -text"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_another_encoding_in_the_work_tree_is_no_change(tmp_path: Path, encoding: str, more: str) -> None:
    """With `working-tree-encoding`, git stores UTF-8; byte order marks are required or forbidden by its rules.

    The state of text that is invalid in that encoding may be unknown.
    """
    attributes = f"* !text\n*.txt working-tree-encoding={encoding}{more}".encode()
    files = {".gitattributes": attributes, **{f"{name}.txt": WORDS.encode() for name in ENCODED}}
    committed(tmp_path, files)
    variant = {f"{name}.txt": data for name, data in ENCODED.items()}
    assert differences(tmp_path, files, {encoding: variant}, Thoroughness(1, {"changed", "unknown"})) == {}
