"""The one direction of imports, read from the source."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.finished import ROOT

PACKAGE = ROOT / "compositor"
LAYERS = (
    {"native", "doctor", "setup", "interruption"},
    {"git", "model", "matter", "errors", "language", "ornament", "pictures"},
    {"settings"},
    {"dialects", "markdown"},
    {"assemble", "backmatter", "bibliography", "edition", "preliminaries", "references", "theme", "titles", "works"},
    {"cover"},
    {"render"},
    {"typeset"},
    {"formats"},
    {"checks"},
    {"press"},
    {"samples"},
    {"proof"},
    {"explanations", "report", "skeleton", "specimen"},
    {"cli"},
)
"""A drawer may import from those above it, and from itself."""


def drawer(file: Path) -> str:
    """The module of the package, or its folder, that a file belongs to."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(file: Path) -> set[str]:
    """The drawers that a file imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "compositor":
            found |= {alias.name for alias in node.names if alias.name != "__version__"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("compositor."):
            found.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {name.name.split(".")[1] for name in node.names if name.name.startswith("compositor.")}
    return found


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py" and "_theme" not in path.parts)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_go_one_way(file: Path) -> None:
    """No file imports from a drawer that comes after its own."""
    here = drawer(file)
    assert {name for name in imports(file) if LEVEL[name] > LEVEL[here]} == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_every_import_names_the_whole_module(file: Path) -> None:
    """The tests of imports and of processes read whole names, so no import begins with a dot."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    assert not [node.lineno for node in nodes if isinstance(node, ast.ImportFrom) and node.level]


def test_no_drawer_is_missing_from_the_layers() -> None:
    """A new module has to be given its place before it can be imported."""
    assert {drawer(file) for file in FILES} == set(LEVEL)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_only_its_command_can_run_the_code_of_a_book(file: Path) -> None:
    """`samples/` is imported by the command line and, for what `explain` prints, by the table of codes."""
    assert "samples" not in imports(file) or drawer(file) in {"samples", "cli", "explanations"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_only_typeset_knows_weasyprint(file: Path) -> None:
    """WeasyPrint is imported in `typeset/` and nowhere else."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add((node.module or "").split(".")[0])
    uses = bool({"weasyprint", "pydyf"} & modules)
    assert not uses or drawer(file) == "typeset"


def test_importing_the_package_imports_nothing_else() -> None:
    """`import compositor` needs the standard library alone, so that `doctor` can run on a bare machine."""
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
