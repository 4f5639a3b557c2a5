"""Which code may start a process, and that none uses the network: in the source, and by a hook during a build."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from compositor.machine.doctor import run_program
from compositor.machine.setup import commands
from compositor.proof import rows
from compositor.typeset.processes.beginnings import BEGIN
from tests.finished import ROOT
from tests.process_names import used_by_strangers, ways_to_start

PACKAGE = ROOT / "compositor"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "_theme" not in path.parts)
HERE = (
    *("fence/watcher.py", "fence/beside.py", "samples/", "machine/doctor.py", "live/browser.py"),
    *("typeset/processes/beginnings.py", "typeset/processes/forks.py"),
)
"""Where a process may be started: the worker of the fence and its copy, the code of a book, the typesetter's own
process, programs of the machine, and the user's browser, if `serve --open` asks for it."""


# --- In the source ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_process_is_started_in_few_places_alone(file: Path) -> None:
    """Only the worker, `samples`, the typesetter, `doctor` and `serve --open` can start a process."""
    if not file.relative_to(PACKAGE).as_posix().startswith(HERE):
        assert ways_to_start(file.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_programs_are_run_for_the_set_up_and_the_report_alone(file: Path) -> None:
    """No stage of a build lets another module start a program for it."""
    parts = file.relative_to(PACKAGE).parts
    drawer = parts[parts[0] == "machine"].removesuffix(".py")
    assert used_by_strangers(file.read_text(encoding="utf-8"), drawer) == set()


@pytest.mark.parametrize(
    "source",
    [
        "import subprocess",
        "import json, subprocess as s",
        "from subprocess import run",
        "from subprocess import *",
        "def f():\n    from subprocess import Popen as P",
        "import _posixsubprocess",
        "from _posixsubprocess import fork_exec",
        "import multiprocessing",
        "import multiprocessing.connection\nmultiprocessing.Process()",
        "from multiprocessing import Pipe, Process",
        "from multiprocessing import get_context",
        "from multiprocessing.pool import Pool",
        "import pty",
        "from pty import spawn",
        "import asyncio.subprocess",
        "from asyncio import subprocess",
        "from asyncio.subprocess import create_subprocess_exec",
        "import asyncio\nasyncio.create_subprocess_shell('ls')",
        "import asyncio\nasyncio.get_running_loop().subprocess_exec(None, 'ls')",
        "from concurrent.futures import ThreadPoolExecutor, ProcessPoolExecutor",
        "import concurrent.futures\nconcurrent.futures.ProcessPoolExecutor()",
        "from concurrent import futures as f\nf.ProcessPoolExecutor()",
        "from concurrent.futures import *",
        "from concurrent.futures.process import ProcessPoolExecutor as Pool",
        "import webbrowser",
        "from ctypes.util import find_library",
        "import ctypes.util\nctypes.util.find_library('c')",
        "from ctypes import util\nutil.find_library('c')",
        "import venv",
        "import uuid\nuuid.getnode()",
        "import click\nclick.launch('x')",
        "import os\nos.popen('ls')",
        "import os\nos.fork()",
        "import os\nos.forkpty()",
        "import os\nos.execvp('ls', ['ls'])",
        "import os\nos.spawnlp(0, 'ls')",
        "import os\nos.posix_spawn('ls', [], {})",
        "import os\nos.startfile('x')",
        "import os\nrun = os.system",
        "import os as x\nx.system('ls')",
        "import os.path\nos.system('ls')",
        "def f():\n    import os as x\n    x.system('ls')\ndef g():\n    import json as x",
        "from os import system",
        "from os import path, execv as go",
        "from os import *",
        "import posix\nposix.system('ls')",
        "import shutil\nshutil.os.system('ls')",
        "from pathlib import os as x\nx.system('ls')",
        "from compositor.machine.doctor import subprocess as s",
        "from compositor.machine import doctor\ndoctor.subprocess.run([])",
        "__import__('subprocess')",
        "__import__('os').system('ls')",
        "import importlib\nimportlib.import_module('subprocess')",
        "import importlib as i\ni.import_module('os').popen('ls')",
        "from importlib import import_module as get\nget('pty')",
    ],
)
def test_every_way_to_start_a_process_is_found(source: str) -> None:
    """However it is imported and called, it has a name that the test finds."""
    assert ways_to_start(source)


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.path.join('a', os.environ['B'])\nos.kill(1, 2)",
        "from os import path, environ",
        "from multiprocessing import Pipe\nPipe()",
        "from multiprocessing.connection import Connection\nConnection(3).recv()",
        "from concurrent.futures import Future, ThreadPoolExecutor",
        "import ctypes\nctypes.CDLL('libc.so.6')",
        "import ctypes.util\nctypes.util.find_library = lambda name: None",
        "from importlib import import_module\nimport_module('json')\nimport_module(f'a.{b}')",
        "import platform\nplatform.python_version()",
        "from compositor.machine import native\nnative.this_system()",
    ],
)
def test_what_starts_nothing_is_not_found(source: str) -> None:
    """The other functions of those modules are allowed."""
    assert ways_to_start(source) == set()


@pytest.mark.parametrize(
    "source",
    [
        "from compositor.machine.doctor import run_program",
        "from compositor.machine import doctor as d\nd.run_program(['ls'])",
        "from compositor.machine.doctor import tool",
        "from compositor.proof.rows import call",
        "from compositor.proof import rows\nrows.call(['ls'])",
        "from compositor.proof.rows import run_program",
        "from compositor.machine.setup.commands import run",
        "from compositor.machine import setup",
    ],
)
def test_every_use_of_somebody_else_is_found(source: str) -> None:
    """A stage of the build uses none of the modules that may start programs."""
    assert used_by_strangers(source, "edition")


# --- While it runs ----------------------------------------------------------------------------------------------

HOOK = """\
import json, os, sys

STARTS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty",
          "pty.spawn", "os.startfile", "socket.connect", "socket.sendto", "socket.bind", "socket.getaddrinfo",
          "socket.gethostbyname", "socket.gethostbyaddr"}


def write(event, words):
    target = os.open(os.environ["JOURNAL"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(target, json.dumps([event, words], default=repr).encode() + b"\\n")
    os.close(target)


def hook(event, arguments):
    if event in STARTS:
        write(event, arguments[1] if event == "subprocess.Popen" else arguments)


sys.addaudithook(hook)
write("begun", sys.orig_argv)
"""
"""A `sitecustomize` module: every Python with its folder on PYTHONPATH has the hook, also the typesetter."""
PRESS = "import sys; from compositor.cli import main; raise SystemExit(main(sys.argv[1:]))"
SAMPLES = '\n[samples.languages.python]\nrun = ["python", "{file}"]\n'


def journal(folder: Path, *words: str) -> list[tuple[str, list[str]]]:
    """Return what begins, and what is started, while Python runs with these arguments."""
    (folder / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    written = folder / "journal"
    place = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "JOURNAL": str(written)}
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [tuple(json.loads(line)) for line in written.read_text(encoding="utf-8").splitlines()]


WEB = "https://127.0.0.1:9/"
ADDRESSES = f"""[A link]({WEB}), and a picture: ![one]({WEB}one.png)

![Another]({WEB}two.svg)

<img src="{WEB}three.png" alt="a third"> <video src="{WEB}four.mp4" title="a film"></video>

<iframe src="{WEB}five.html" title="a page"></iframe>
"""
"""Addresses that a browser would fetch."""


@pytest.fixture
def committed_book(small_book: Path) -> Path:
    """Return the small book in a git repository, with code and a command for it, and with web addresses."""
    with (small_book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write(SAMPLES)
    with (small_book / "01-one.md").open("a", encoding="utf-8") as chapter:
        chapter.write(f"\n```python\nprint(1)\n```\n\n{ADDRESSES}")
    (small_book / "styles").mkdir()
    (small_book / "styles" / "print.css").write_text(f"@import '{WEB}a.css';\nli {{ list-style: url({WEB}b.png) }}\n")
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-q", "-m", "one")):
        subprocess.run(("git", *words), cwd=small_book, check=True)
    return small_book


@pytest.mark.parametrize(
    ("command", "started", "forked"),
    [("check", "", 1), ("check --full", "child", 2), ("epub", "", 1), ("pdf", "forks", 2), ("all", "forks", 3)],
)
def test_a_build_starts_its_worker_and_its_typesetter_and_nothing_else(
    committed_book: Path, tmp_path: Path, command: str, started: str, forked: int
) -> None:
    """A build forks its worker, which starts the fork server of the typesetter; git and the book's commands do not run.

    For both files the worker also forks a copy of itself, which makes the EPUB. None of them uses the network.
    """
    made = [] if "check" in command else ["-o", str(tmp_path / "made") + os.sep]
    (first, words), *rest = journal(tmp_path, "-c", PRESS, *command.split(), str(committed_book), *made)
    assert (first, words[2]) == ("begun", PRESS)
    assert [event for event, _ in rest].count("os.fork") == forked
    assert [event for event, _ in rest if event.startswith("socket.")] == []
    starts = [words for event, words in rest if event not in ("begun", "os.fork")]
    wanted = [[sys.executable, "-P", "-c", BEGIN, started]] if started else []
    assert [[*words[:4], words[-1]] for words in starts] == wanted
    assert [words for event, words in rest if event == "begun"] == starts
    assert not made or any((tmp_path / "made").iterdir())


def test_the_hook_sees_what_is_started(tmp_path: Path) -> None:
    """Each way to start a process and each use of the network adds its line."""
    code = [
        "import os, socket, subprocess, urllib.request",
        "from contextlib import suppress",
        "def wait(child):\n    os.waitpid(child, 0) if child else os._exit(0)",
        "subprocess.run(['true'])",
        "os.system('true')",
        "wait(os.posix_spawnp('true', ['true'], {}))",
        "wait(os.fork())",
        "wait(os.forkpty()[0])",
        "with suppress(OSError): urllib.request.urlopen('http://127.0.0.1:9/')",
        "os.execvp('true', ['true'])",
    ]
    events = [event for event, _ in journal(tmp_path, "-c", "\n".join(code))]
    assert list(dict.fromkeys(events)) == [
        *("begun", "subprocess.Popen", "os.system", "os.posix_spawn", "os.fork", "os.forkpty"),
        *("socket.getaddrinfo", "socket.connect", "os.exec"),
    ]


# --- The one function -------------------------------------------------------------------------------------------


def test_a_program_gets_words_and_no_input() -> None:
    """No shell is used, and a program that asks for input gets none."""
    done = run_program(["sh", "-c", 'cat; echo "$1" "$A"; echo said >&2; exit 4', "sh", "$A; *"], {"A": "b"})
    assert (done.returncode, done.stdout, done.stderr) == (4, "$A; * b\n", "said\n")


def test_what_the_set_up_runs_is_kept_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installer's stderr is in order with the rest, and no setting of the shell affects it."""
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    done = commands.run(["sh", "-c", 'echo 1; echo 2 >&2; echo 3 "$PIP_TARGET" "$PIP_NO_INPUT"; exit 5'])
    assert (done.returncode, done.stdout) == (5, "1\n2\n3  1\n")


def test_what_the_report_asks_gives_an_answer_always(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program that does not end, or cannot be started, gets the exit status that a shell would give it."""
    assert rows.call(["sh", "-c", "echo 1 >&2; echo 2; exit 3"]) == (3, "2\n1\n")
    assert rows.call([str(tmp_path / "none")]) == (126, "No such file or directory")
    monkeypatch.setattr(rows, "SECONDS", 0.1)
    assert rows.call(["sleep", "60"]) == (124, "gave no answer in 0.1 seconds")
