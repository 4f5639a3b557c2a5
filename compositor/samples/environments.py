"""[samples.environments] -> folders with what a lock file names, made once and cached; or what is missing."""

from __future__ import annotations

import fcntl
import os
import posixpath
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import takewhile
from pathlib import Path

from compositor.errors import error
from compositor.folder.paths import list_files, locate
from compositor.machine.setup.commands import Missing, explain, run, say, tail
from compositor.machine.setup.installing import install, make_environment
from compositor.model import Book, Finding, Place, SampleEnvironment

FOLDER = ".samples"
"""Next to book.toml: environments and cached results; everything in it can be made again."""
COMPLETE = ".complete"
"""Written last into an environment. It is made in place, because its scripts contain its path."""
NPM_FILES = ("package.json", "package-lock.json")
TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by `compositor samples`; may be deleted at any time.\n"
"""Source: https://bford.info/cachedir/"""


@dataclass(slots=True)
class Environments:
    """What the commands of this run need."""

    folders: dict[str, Path] = field(default_factory=dict)
    """Name -> folder; the empty name is a Python with its standard library."""
    missing: dict[str, str] = field(default_factory=dict)
    """Name -> why it cannot be used."""
    digests: dict[str, str] = field(default_factory=dict)
    """Name -> digest of its inputs."""
    findings: list[Finding] = field(default_factory=list)


def cache(book: Book) -> Path:
    """Make the cache folder, with files that tell git and backups to ignore it, and return it. Raises OSError."""
    folder = Path(os.path.abspath(book.manuscript.folder)) / FOLDER
    folder.mkdir(exist_ok=True)
    for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", TAG)):
        if not (folder / name).exists():
            (folder / name).write_text(text, encoding="ascii")
    return folder


def prepare(book: Book, names: Iterable[str]) -> Environments:
    """Make these environments if they do not exist; one that cannot be made is missing, with a finding."""
    made = Environments()
    described: Mapping[str, SampleEnvironment] = {"": SampleEnvironment(), **book.manuscript.samples.environments}
    for name in names:
        environment = described[name]
        inputs = _inputs(book, name, environment, made)
        if inputs is None:
            continue
        made.digests[name] = digest = _digest(inputs)
        try:
            folder = cache(book) / "environments" / digest[:16]
            with _one_at_a_time(cache(book)):
                _make(folder, _Parts(name, posixpath.basename(environment.lock), inputs))
        except (Missing, OSError) as problem:
            _report(made, name, _place(book, name, "lock"), str(problem))
            continue
        made.folders[name] = folder
        _look_for_programs(book, name, environment, made)
    return made


def search_path(folder: Path) -> str:
    """Return PATH for a command: the environment's programs, then the caller's."""
    inside = (folder / "bin", folder / "node_modules" / ".bin")
    return os.pathsep.join([*map(str, inside), os.environ.get("PATH", os.defpath)])


def _place(book: Book, name: str, key: str) -> Place:
    places = book.manuscript.sample_places
    wanted = (f"environments.{name}.{key}", f"environments.{name}", "environments")
    return next((places[path] for path in wanted if path in places), Place("book.toml"))


def _inputs(book: Book, name: str, environment: SampleEnvironment, made: Environments) -> dict[str, bytes] | None:
    """Return the files that say what is installed; None, and findings, if one of them cannot be read."""
    wanted = [(environment.lock, posixpath.basename(environment.lock), "lock")] if environment.lock else []
    wanted += [(f"{environment.npm}/{file}", file, "npm") for file in NPM_FILES if environment.npm]
    folder, inputs = book.manuscript.folder, dict[str, bytes]()
    for path, kept, key in wanted:
        file, findings = locate(folder, path, _place(book, name, key), list_files(folder))
        made.findings += findings
        if file is not None:
            inputs[kept] = file.read_bytes()
    if len(inputs) < len(wanted):
        made.missing[name] = f'the environment "{name}" is not complete'
        return None
    return inputs


def _digest(inputs: Mapping[str, bytes]) -> str:
    digest = sha256(f"{sys.version} {sys.platform}".encode())
    for name, data in inputs.items():
        digest.update(f"{len(name)} {name} {len(data)} ".encode() + data)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Parts:
    """The inputs of an environment."""

    name: str
    lock: str
    """The name of the file; empty without one."""
    inputs: Mapping[str, bytes]

    @property
    def called(self) -> str:
        """The name of the environment in messages."""
        return f'the environment "{self.name}"' if self.name else "an environment for samples"


def _make(folder: Path, parts: _Parts) -> None:
    """Make a whole environment in the folder; an unfinished one is deleted. Raises Missing or OSError."""
    if (folder / COMPLETE).exists():
        return
    if folder.exists():
        shutil.rmtree(folder)
    folder.parent.mkdir(exist_ok=True)
    make_environment(folder, parts.called, pip=bool(parts.lock))
    for name, data in parts.inputs.items():
        (folder / name).write_bytes(data)
    if parts.lock:
        install(folder / parts.lock, folder, parts.called)
    if NPM_FILES[0] in parts.inputs:
        _install_npm(folder, parts.called)
    (folder / COMPLETE).touch()


def _install_npm(folder: Path, called: str) -> None:
    """Install what package-lock.json names, without its scripts. Source: https://docs.npmjs.com/cli/commands/npm-ci"""
    npm = shutil.which("npm")
    if npm is None:
        raise Missing("npm, which comes with Node.js, is not on PATH")
    say(f"Installing the packages of {NPM_FILES[1]} into {called} (once)")
    real = str(folder.resolve())  # through a link, npm takes the folder for a package that its lock file lacks
    result = run([npm, "ci", "--prefix", real, "--ignore-scripts", "--no-audit", "--no-fund"])
    if result.returncode:
        raise Missing(f"{_verdict(result.stdout)}\n{explain(result.stdout)}")


def _verdict(output: str) -> str:
    """Return npm's error message, without its usage and the path of its log."""
    lines = [line.removeprefix("npm error").strip() for line in output.splitlines() if line.startswith("npm error")]
    said = list(takewhile(lambda line: not line.startswith(("Clean install", "A complete log")), lines))
    return "\n".join(line for line in said if line) or tail(output)


def _report(made: Environments, name: str, place: Place, problem: str) -> None:
    made.missing[name] = f'the environment "{name}" cannot be made'
    first, *rest = problem.strip().splitlines()
    remedy = "fix the lock file or the machine; until then the samples that need it are not run"
    finding = error("X121", f'the environment "{name}" cannot be made: {first}', place, remedy)
    made.findings.append(replace(finding, said=tuple(rest)))


def _look_for_programs(book: Book, name: str, environment: SampleEnvironment, made: Environments) -> None:
    path = search_path(made.folders[name])
    gone = [program for program in environment.programs if shutil.which(program, path=path) is None]
    if gone:
        listed = ", ".join(f'"{program}"' for program in gone)
        made.missing[name] = f'the environment "{name}" needs {listed}'
        where = environment.programs_from or "install it, or check PATH"
        remedy = f"{where}; until then the samples that need it are not run"
        message = f'the environment "{name}" needs {listed}, which is not installed'
        made.findings.append(error("X122", message, _place(book, name, "programs"), remedy))


def forget_others(book: Book, made: Environments) -> None:
    """Delete environments that the book no longer describes."""
    folder = cache(book) / "environments"
    for other in folder.iterdir() if folder.is_dir() else ():
        if other not in made.folders.values():
            shutil.rmtree(other, ignore_errors=True)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("wb") as handle:
        with suppress(OSError):  # some network file systems have no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


EXPLANATIONS = {
    "X121": """An environment for samples cannot be made: its lock file names packages that the index does not have, or
lacks hashes, or the machine is offline. The message quotes the installer. The lock file has exact versions with hashes,
as written by `uv pip compile --generate-hashes` or `pip-compile --generate-hashes`; only ready-made packages (wheels)
are installed. For npm there is a package-lock.json. The exit code is 3, and nothing counts as checked that was not.""",
    "X122": """A program is not on this machine, or cannot be run: one that an environment names in `programs`, or the
first word of a command. The samples that need it count as not checked or not run, and the exit code is 3.""",
}
