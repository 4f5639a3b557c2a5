"""Folder, lock file -> a Python environment in that folder with the packages of the lock file, by uv or by pip.

Standard library only, in the syntax of Python 3.9.
"""

from __future__ import annotations

import re
import shutil
from http.client import HTTPException
from pathlib import Path
from typing import Optional

from compositor.machine import native
from compositor.machine.setup import pip_wheel, pythons
from compositor.machine.setup.commands import Missing, explain, install_packages, installs_itself, run, say, tail

DEBIAN_WHEELS = Path("/usr/share/python-wheels")  # python3-pip-whl keeps pip's own wheel here


def python_of(folder: Path) -> Path:
    """Return the Python of the environment in a folder."""
    return folder / "bin" / "python"


def make_environment(folder: Path, name: str, pip: bool = True) -> None:
    """Make an empty environment in the folder: by uv, else by venv, with pip or (if Debian left it out) without."""
    base = pythons.find()
    if _made_by_uv(folder, name, base):
        return
    if base is None:
        raise Missing(pythons.none_found())
    if pip and "ensurepip" not in base.modules and installs_itself(native.this_system()):
        system = native.this_system()
        assert system is not None
        install_packages(system, "venv")
        base = pythons.describe(base.path) or base
    without = [] if pip and "ensurepip" in base.modules else ["--without-pip"]
    say(f"Making {name} with Python {'.'.join(map(str, base.version))} ({base.path})")
    result = run([base.path, "-m", "venv", *without, str(folder)])
    if result.returncode:
        raise Missing(f"{result.stdout.strip()}\nPython's venv could not make {folder}.")


def install(lock: Path, folder: Path, name: str) -> None:
    """Install the packages of the lock file, each file checked against its SHA-256: by uv, else by pip.

    Only ready-made packages: nothing is compiled, and nothing runs for which the lock file has no checksum.
    """
    count = len(re.findall(r"^\S+==", lock.read_text(encoding="utf-8"), re.MULTILINE))
    say(f"Installing the {count} packages of {lock.name} into {name} (once)")
    options = ["--quiet", "--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", str(lock)]
    uv = shutil.which("uv")
    if uv and run([uv, "pip", "install", "--python", str(python_of(folder)), *options]).returncode == 0:
        return
    result = run([*pip_command(folder), "install", "--retries", "2", *options])
    if result.returncode:
        raise Missing(f"{tail(result.stdout)}\n{explain(result.stdout)}")


def pip_command(folder: Path) -> list[str]:
    """Return the words that start pip for an environment: its own, from its ensurepip, the base's, or a wheel's."""
    python = str(python_of(folder))
    own = pythons.describe(python)
    if own and "pip" not in own.modules and "ensurepip" in own.modules:
        run([python, "-m", "ensurepip"])
        own = pythons.describe(python)
    if own and "pip" in own.modules:
        return [python, "-m", "pip"]
    base = pythons.find()
    if base and "pip" in base.modules:
        return [base.path, "-m", "pip", "--python", python]
    wheel = _pip_wheel(folder)
    if wheel:
        return [python, str(wheel / "pip")]
    remedy = native.command(native.this_system(), "venv")
    raise Missing(
        f"This Python has neither pip nor ensurepip, which installs it.\n  {remedy}\nThen run it again. "
        "(Or name your package index in PIP_INDEX_URL, and pip is fetched from there.)"
    )


def _made_by_uv(folder: Path, name: str, base: Optional[pythons.Python]) -> bool:
    uv = shutil.which("uv")
    if uv is None:
        return False
    wanted = base.path if base else ">=" + ".".join(map(str, native.OLDEST))
    say(f"Making {name} with uv ({wanted})")
    result = run([uv, "venv", "--quiet", "--no-project", "--allow-existing", "--python", wanted, str(folder)])
    if result.returncode:
        say(tail(result.stdout))
    return result.returncode == 0


def _pip_wheel(folder: Path) -> Optional[Path]:
    """Return a wheel of pip: a local one, else the pinned one from the index in the user's settings."""
    for wheel in (folder / pip_wheel.NAME, *sorted(DEBIAN_WHEELS.glob("pip-*.whl"), reverse=True)):
        if wheel.exists():
            return wheel
    index = pip_wheel.index_of_user()
    if index is None:
        return None
    say(f"Fetching {pip_wheel.NAME}")
    try:
        return pip_wheel.fetch(folder, index)
    except (OSError, ValueError, HTTPException) as problem:
        raise Missing(f"{problem}\n{explain(str(problem))}") from problem
