"""Source -> the names in it by which it can start a process, for the tests of processes.

Names that are put together at run time (`getattr`, `exec`) are not found; no code here does that by accident.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

OF_THE_SYSTEM = "system popen startfile fork forkpty posix_spawn posix_spawnp"
OF_THE_SYSTEM += " execl execle execlp execlpe execv execve execvp execvpe"
OF_THE_SYSTEM += " spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe"
STARTERS = (
    *(f"{module}.{name}" for module in ("os", "posix") for name in OF_THE_SYSTEM.split()),
    *("subprocess", "_posixsubprocess", "multiprocessing", "pty", "webbrowser", "venv", "ensurepip"),
    *("asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell", "subprocess_exec", "subprocess_shell"),
    *("concurrent.futures.process", "ProcessPoolExecutor"),
    "ctypes.util.find_library",  # asks ldconfig and gcc
    *("platform.architecture", "platform.processor", "platform.uname", "uuid.getnode", "uuid.uuid1"),
    *("click.edit", "click.launch", "click.echo_via_pager"),
)
HARMLESS = ("multiprocessing.Pipe", "multiprocessing.connection.Connection", "multiprocessing.connection.wait")

MAY_NAME = {
    "run_program": {"doctor", "setup", "proof", "samples"},
    "compositor.machine.doctor": {"doctor", "setup", "proof", "samples", "cli"},
    "compositor.machine.setup": {"setup", "samples"},
    "compositor.proof.rows.call": {"proof"},
}
"""Helper that starts processes -> the folders that may use it."""


class Names(ast.NodeVisitor):
    """Collects the dotted names that a source imports or uses, each under its original name."""

    def __init__(self, source: str) -> None:
        self.found: set[str] = set()
        self._aliases: dict[str, set[str]] = defaultdict(set)
        tree = ast.parse(source)
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                self._import(node)
        self.visit(tree)

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            whole = f"{node.module}.{alias.name}" if isinstance(node, ast.ImportFrom) else alias.name
            self.found.add(whole)
            if isinstance(node, ast.ImportFrom) or alias.asname:
                self._aliases[alias.asname or alias.name].add(whole)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Note `x.system` as `os.system` if x is os."""
        if isinstance(node.ctx, ast.Load):  # replacing it starts nothing
            self.found |= set(self._called(node))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Note that `__import__("os")` imports os."""
        self.found |= set(self._called(node))
        self.generic_visit(node)

    def _called(self, node: ast.expr) -> Iterator[str]:
        """Yield the original name of an expression; a name that nothing has imported stays as it is."""
        if isinstance(node, ast.Name):
            yield from self._aliases.get(node.id, {node.id})
        elif isinstance(node, ast.Attribute):
            yield from (f"{base}.{node.attr}" for base in self._called(node.value))
        elif isinstance(node, ast.Call) and self._imports(node):
            yield str(node.args[0].value) if isinstance(node.args[0], ast.Constant) else ""
        else:
            yield ""

    def _imports(self, node: ast.Call) -> bool:
        last = {name.rpartition(".")[2] for name in self._called(node.func)}
        return bool(node.args and last & {"__import__", "import_module"})


def names(source: str) -> set[str]:
    """Return the dotted names in a source."""
    return Names(source).found


def ways_to_start(source: str) -> set[str]:
    """Return the names in a source by which it could start a process."""
    return {name for name in names(source) if _starts(name)}


def _starts(name: str) -> bool:
    if any(f"{name}.".startswith(f"{each}.") for each in HARMLESS):
        return False
    module, _, last = name.rpartition(".")
    everything = last == "*" and any(each.startswith(f"{module}.") for each in STARTERS)
    return everything or any(_within(each, name) for each in STARTERS)


def _within(part: str, name: str) -> bool:
    return f".{part}." in f".{name}."


def used_by_strangers(source: str, drawer: str) -> set[str]:
    """Return the process helpers that a source uses although its folder may not."""
    wanted = {each for each, drawers in MAY_NAME.items() if drawer not in drawers}
    return {name for name in names(source) if any(_within(each, name) for each in wanted)}
