"""Lock files -> .venv: makes Compositor's environment once, or says what this machine lacks and how to get it.

    python3 tools/bootstrap.py build     what a build needs (requirements.lock)
    python3 tools/bootstrap.py tests     what the tests need on top (requirements-test.lock)
    python3 tools/bootstrap.py native    the libraries that only the PDF needs

The Makefile calls it when a stamp (.venv/.ok-build, -tests, -native) is missing or older than its lock file. Only the
standard library, in the syntax of Python 3.9, so that an old Python can still say which Python is needed. The
environment is made in place, because its scripts contain its path; while anything is unfinished, it has a mark
(.venv/.unfinished), and a marked environment is removed at the next start. Exit codes: 0 done, 3 the machine lacks
something, 130 interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Optional

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# Found only once the root of the repository is on the path.
from compositor.machine import native  # noqa: E402
from compositor.machine.setup import pythons  # noqa: E402
from compositor.machine.setup.commands import Missing, install_packages, installs_itself, say  # noqa: E402
from compositor.machine.setup.installing import install, make_environment  # noqa: E402

FOLDER = ROOT / ".venv"
PYTHON = FOLDER / "bin" / "python"
UNFINISHED = FOLDER / ".unfinished"
LOCKS = {"build": ROOT / "requirements.lock", "tests": ROOT / "requirements-test.lock"}


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Do one part of the set-up; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("part", choices=[*LOCKS, "native"])
    part = parser.parse_args(arguments).part
    try:
        if part == "native":
            set_up_libraries()
        else:
            set_up(part)
    except Missing as problem:
        say(str(problem))
        return native.ENVIRONMENT
    except OSError as problem:
        say(f"{problem}\nThe set-up writes into {FOLDER}: that folder must be yours to write in.")
        return native.ENVIRONMENT
    except KeyboardInterrupt:
        say("\nInterrupted. The next run starts where it is safe to.")
        return 130
    return 0


def set_up(group: str) -> None:
    """Bring .venv to the state of the group's lock file; if it is there already, only check it."""
    lock, stamp = LOCKS[group], FOLDER / f".ok-{group}"
    with _one_at_a_time(lock):
        if UNFINISHED.exists() or (FOLDER.exists() and not usable()):
            say("The environment in .venv is unfinished, or its Python has gone; it is made anew.")
            shutil.rmtree(FOLDER)
        fingerprint = hashlib.sha256(lock.read_bytes()).hexdigest()
        if usable() and stamp.exists() and stamp.read_text(encoding="ascii").strip() == fingerprint:
            stamp.touch()
            return
        with _marked():
            if not usable():
                make_environment(FOLDER, FOLDER.name)
            install(lock, FOLDER, FOLDER.name)
        stamp.write_text(fingerprint + "\n", encoding="ascii")


def set_up_libraries() -> None:
    """Check that the libraries of the PDF exist, and install them if that needs no question."""
    system = native.this_system()
    missing = native.missing_libraries()
    if missing and installs_itself(system):
        assert system is not None
        install_packages(system, "pango")
        missing = _libraries_seen_afresh()
    if missing:
        raise Missing(native.explanation(missing, system))
    (FOLDER / ".ok-native").write_text("", encoding="ascii")


def usable() -> bool:
    """Return whether .venv is a complete environment whose Python runs and is new enough."""
    python = pythons.describe(str(PYTHON)) if (FOLDER / "pyvenv.cfg").exists() else None
    return python is not None and python.new_enough


def _libraries_seen_afresh() -> list[str]:
    # A new process, because the loader of this one remembers that they were missing.
    question = "from compositor.machine import native; print(*native.missing_libraries())"
    return subprocess.run(
        [sys.executable, "-c", question], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()


@contextlib.contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("rb") as handle:
        with contextlib.suppress(OSError):  # some network file systems have no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def _marked() -> Iterator[None]:
    """Mark .venv as unfinished. If an installer fails, a new .venv is removed; a good one is unchanged and stays."""
    was_good = usable()
    FOLDER.mkdir(exist_ok=True)
    UNFINISHED.touch()
    held = {stamp: stamp.with_name(stamp.name.replace(".ok-", ".held-")) for stamp in FOLDER.glob(".ok-*")}
    for stamp, aside in held.items():  # moved, not copied: make goes by their time
        stamp.rename(aside)
    try:
        yield
    except Missing:
        if was_good:
            _unmark(held)
        else:
            shutil.rmtree(FOLDER)
        raise
    _unmark(held)


def _unmark(held: dict[Path, Path]) -> None:
    for stamp, aside in held.items():
        aside.rename(stamp)
    UNFINISHED.unlink()


if __name__ == "__main__":
    raise SystemExit(main())
