"""The layers of the program, read from the source: which package may import from which, and how large each may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.finished import ROOT

PACKAGE = ROOT / "compositor"
LAYERS = (
    {"machine", "git", "model", "language", "pictures"},
    {"errors", "cache"},
    {"folder", "skeleton", "fonts"},
    {"settings"},
    {"theme"},
    {"dialects"},
    {"markdown"},
    {"assemble"},
    {"render"},
    {"typeset"},
    {"formats"},
    {"fence"},
    {"checks"},
    {"fidelity", "changes"},
    {"press"},
    {"made_before"},
    {"making"},
    {"samples"},
    {"proof"},
    {"explanations", "report"},
    {"commands", "specimen"},
    {"watching", "live"},
    {"cli"},
)
"""A package may import from those above it, and from itself; packages on the same line do not import each other."""
ALONE = {"machine", "git", "model", "language", "pictures"}
"""Packages without dependencies: they import only themselves from Compositor."""
LONGEST_FUNCTION, LONGEST_FILE, MOST_FILES, MOST_LOOSE = 40, 300, 22, 10


def room(file: Path) -> str:
    """Return the package folder, or the module, that a file belongs to."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def module(file: Path) -> str:
    """Return the dotted name of a file."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


FILES = sorted(path for path in PACKAGE.rglob("*.py") if "_theme" not in path.parts)
MODULES = {module(file) for file in FILES}
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def imports(file: Path) -> set[str]:
    """Return the modules of Compositor that a file imports, anywhere in it."""
    return {name for name in _named(file) if name != "compositor"}


def _named(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "compositor":
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from (name if name in MODULES else str(node.module) for name in names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "compositor")


def rooms(file: Path) -> set[str]:
    """Return the packages that a file imports from."""
    return {name.split(".")[1] for name in imports(file)}


def named(file: Path) -> str:
    """Return the file that a test names."""
    return str(file.relative_to(PACKAGE))


@pytest.mark.parametrize("file", FILES, ids=named)
def test_imports_go_one_way(file: Path) -> None:
    """No file imports from a package that is later in the list of layers, nor from one beside it."""
    if file.parent == PACKAGE and file.stem == "__init__":
        assert rooms(file) == set()
        return
    here = room(file)
    assert {name for name in rooms(file) - {here} if LEVEL[name] >= LEVEL[here]} == set()


def test_no_files_import_each_other_in_a_circle() -> None:
    """Every file can be read before those that import it, also within a package."""
    try:
        TopologicalSorter({module(file): imports(file) - {module(file)} for file in FILES}).prepare()
    except CycleError as circle:
        pytest.fail(f"these import each other: {' -> '.join(circle.args[1])}")


def test_every_import_names_a_module_that_is_there() -> None:
    """This test finds the modules that Python would find."""
    assert {name for file in FILES for name in imports(file)} <= MODULES


@pytest.mark.parametrize("file", FILES, ids=named)
def test_every_import_names_the_whole_module(file: Path) -> None:
    """The tests of imports and processes read absolute names, so no import begins with a dot."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    assert not [node.lineno for node in nodes if isinstance(node, ast.ImportFrom) and node.level]


def test_no_room_is_missing_from_the_layers() -> None:
    """A new module needs a layer before it can be imported."""
    assert {room(file) for file in FILES} - {"__init__"} == set(LEVEL)


@pytest.mark.parametrize("file", FILES, ids=named)
def test_a_room_can_be_overlooked(file: Path) -> None:
    """No file and no function is too long to be read at once."""
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    assert [one.name for one in functions if (one.end_lineno or 0) - one.lineno >= LONGEST_FUNCTION] == []


def test_no_room_is_a_heap() -> None:
    """No folder has more files than fit on a screen, and few modules are outside folders."""
    folders = [file.parent for file in FILES]
    assert {named(folder): n for folder in folders if (n := folders.count(folder)) > MOST_FILES} == {}
    assert len([file for file in PACKAGE.glob("*.py") if file.stem != "__init__"]) <= MOST_LOOSE


@pytest.mark.parametrize("folder", sorted({file.parent for file in FILES}), ids=named)
def test_every_room_says_what_it_is_for(folder: Path) -> None:
    """A folder has a docstring, as every file does."""
    for file in folder.glob("*.py"):
        said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
        assert said and said.split("\n")[0].endswith((".", ":")), file


@pytest.mark.parametrize("file", FILES, ids=named)
def test_only_its_command_can_run_the_code_of_a_book(file: Path) -> None:
    """`samples/` is imported only by its command and, for the texts of `explain`, by the table of codes."""
    assert "samples" not in rooms(file) or room(file) in {"samples", "cli", "explanations", "commands"}


@pytest.mark.parametrize("file", FILES, ids=named)
def test_only_typeset_knows_weasyprint(file: Path) -> None:
    """Only `typeset/` imports WeasyPrint."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add((node.module or "").split(".")[0])
    uses = bool({"weasyprint", "pydyf"} & modules)
    assert not uses or room(file) == "typeset"


@pytest.mark.parametrize("file", [file for file in FILES if room(file) in ALONE], ids=named)
def test_the_ground_floor_stands_on_nothing(file: Path) -> None:
    """Shared types, languages, the machine and the repository can be understood without the other packages."""
    assert rooms(file) <= {room(file)}


def test_importing_the_package_imports_nothing_else() -> None:
    """`import compositor` needs only the standard library, so that `doctor` can run on a bare machine."""
    code = "import sys, compositor.machine.doctor; print(*{'click', 'jinja2', 'pydantic'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_the_epub_is_made_without_weasyprint(small_book: Path) -> None:
    """`epub` works where WeasyPrint cannot even be imported."""
    code = (
        "import sys; sys.modules['weasyprint'] = None; sys.modules['pydyf'] = None\n"
        "from compositor.cli import main; raise SystemExit(main(['epub', sys.argv[1], '-o', sys.argv[2]]))"
    )
    target = small_book.parent / "out.epub"
    command = [sys.executable, "-c", code, str(small_book), str(target)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert target.stat().st_size > 0
