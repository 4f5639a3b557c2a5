"""Machine -> what is missing for the PDF, and the command of this system that installs it.

Uses only the standard library and the syntax of Python 3.9: the set-up and `doctor` run it before anything is
installed, with any Python on the machine.
"""

from __future__ import annotations

import ctypes
import os
import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Optional

OLDEST = (3, 11)  # the oldest supported Python, like requires-python in pyproject.toml
ENVIRONMENT = 3  # the exit code for "this machine lacks something", as in errors.py


class Library(NamedTuple):
    """A shared library that WeasyPrint loads by name (weasyprint/text/ffi.py)."""

    linux: str
    macos: str

    @property
    def name(self) -> str:
        """The name under which this system looks for the library."""
        return self.macos if sys.platform == "darwin" else self.linux


LIBRARIES = (
    Library("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
    Library("libpango-1.0.so.0", "libpango-1.0.0.dylib"),
    Library("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    Library("libfontconfig.so.1", "libfontconfig.1.dylib"),
    Library("libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib"),
    Library("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
)

# Name, library, and the function that returns the library's version: as text, or as a number such as 21401.
VERSIONS = (
    ("pango", LIBRARIES[1], "pango_version_string"),
    ("harfbuzz", LIBRARIES[2], "hb_version_string"),
    ("fontconfig", LIBRARIES[3], "FcGetVersion"),
    ("harfbuzz-subset", LIBRARIES[5], ""),
)

# Where Homebrew (Apple and Intel processors) and MacPorts keep libraries; macOS does not search them by itself.
MACOS_PREFIXES = ("/opt/homebrew", "/usr/local", "/opt/local")


class System(NamedTuple):
    """A family of systems: how it is recognised, how it installs, and its names for the packages that we may need."""

    name: str
    family: frozenset[str]  # values of ID and ID_LIKE in os-release
    install: tuple[str, ...]
    as_root: bool
    packages: Mapping[str, str]  # our word for a need -> names of packages


_COMMON = {
    "certificates": "ca-certificates",
    "chromium": "chromium",
    "git": "git",
    "java": "default-jre-headless",
    "mupdf": "mupdf-tools",
    "node": "nodejs",
    "pango": "pango",
    "poppler": "poppler-utils",
    "python": "python3",
    "venv": "python3",
}

DEBIAN = System(
    "Debian/Ubuntu",
    frozenset({"debian", "ubuntu"}),
    ("apt-get", "install", "-y"),
    True,
    {
        **_COMMON,
        "pango": "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        "python": "python3 python3-venv",
        "venv": "python3-venv",
    },
)

FEDORA = System(
    "Fedora/RHEL",
    frozenset({"fedora", "rhel", "centos"}),
    ("dnf", "install", "-y"),
    True,
    {**_COMMON, "java": "java-latest-openjdk-headless", "mupdf": "mupdf", "venv": "python3 python3-pip"},
)

SUSE = System(
    "openSUSE",
    frozenset({"suse", "opensuse"}),
    ("zypper", "install", "-y"),
    True,
    {
        **_COMMON,
        "certificates": "ca-certificates-mozilla",
        "java": "java-headless",
        "mupdf": "mupdf",
        "pango": "libpango-1_0-0 libharfbuzz-subset0",
        "poppler": "poppler-tools",
        "python": "python313",
        "venv": "python313",
    },
)

ARCH = System(
    "Arch",
    frozenset({"arch"}),
    ("pacman", "-S", "--needed"),
    True,
    {**_COMMON, "java": "jre-openjdk-headless", "poppler": "poppler", "python": "python", "venv": "python"},
)

ALPINE = System(
    "Alpine",
    frozenset({"alpine"}),
    ("apk", "add"),
    True,
    {**_COMMON, "java": "openjdk21-jre-headless", "pango": "pango fontconfig harfbuzz-subset"},
)

HOMEBREW = System(
    "macOS with Homebrew",
    frozenset(),
    ("brew", "install"),
    False,
    {
        **_COMMON,
        "java": "openjdk",
        "node": "node",
        "poppler": "poppler",
        "python": "python@3.13",
        "venv": "python@3.13",
    },
)

SYSTEMS = (DEBIAN, FEDORA, SUSE, ARCH, ALPINE, HOMEBREW)


def missing_libraries() -> list[str]:
    """Return the libraries that the dynamic loader does not find; empty on a machine that can make a PDF."""
    return [library.name for library in LIBRARIES if not _loads(library)]


def versions() -> dict[str, str]:
    """Return the version of each library that affects the bytes of a PDF; `?` if it is unknown."""
    prepare_search_path()
    return {name: _version(library, function) for name, library, function in VERSIONS}


def prepare_search_path() -> None:
    """Let WeasyPrint find Homebrew's libraries: call it before the import of weasyprint.

    macOS strips DYLD_* from what it starts through /bin/sh or /usr/bin/make, so the variable is set in the running
    process, where cffi's fallback (`ctypes.util.find_library`) reads it at the time of the call.
    """
    if sys.platform == "darwin":
        name = "DYLD_FALLBACK_LIBRARY_PATH"
        given = [part for part in os.environ.get(name, "").split(":") if part]
        wanted = [*given, *(str(folder) for folder in _macos_folders()), "/usr/lib"]
        os.environ[name] = ":".join(dict.fromkeys(wanted))


def this_system(os_release: Path = Path("/etc/os-release"), platform: str = sys.platform) -> Optional[System]:
    """Return the family that this machine belongs to; None for an unknown one."""
    if platform == "darwin":
        return HOMEBREW
    identity = _identity(os_release)
    return next((system for system in SYSTEMS if system.family & identity), None)


def command(system: Optional[System], *needs: str) -> str:
    """Return the line that installs the needs here, ready for pasting; a line per system if this one is unknown."""
    if system is not None:
        return shlex.join(command_line(system, needs))
    return "\n".join(f"{other.name}: {command(other, *needs)}" for other in SYSTEMS)


def command_line(system: System, needs: Iterable[str]) -> list[str]:
    """Return the same as a list of words, with sudo before it if this user is not root."""
    words = [word for need in needs for word in system.packages[need].split()]
    sudo = ["sudo"] if system.as_root and not is_root() else []
    return [*sudo, *system.install, *dict.fromkeys(words)]


def explanation(missing: Sequence[str], system: Optional[System]) -> str:
    """Return what to print if the libraries are missing: which, the command, and what works without them."""
    label = f"{system.name}:  " if system else ""
    remedy = command(system, "pango").replace("\n", "\n  ")
    return (
        "PDF needs the Pango text library, which is not complete on this machine.\n"
        f"  missing: {', '.join(missing)}\n"
        f"  {label}{remedy}\n"
        "Then run `make pdf` again.  `make epub` works without it."
    )


def is_root() -> bool:
    """Return whether this process may install packages without sudo."""
    return os.geteuid() == 0


def _version(library: Library, function: str) -> str:
    for name in (library.name, *_macos_paths(library)):
        try:
            loaded = ctypes.CDLL(name)
        except OSError:
            continue
        if not function:
            return "there"
        tell = loaded[function]
        tell.restype = ctypes.c_int if function == "FcGetVersion" else ctypes.c_char_p
        told = tell()
        return told.decode() if isinstance(told, bytes) else f"{told // 10000}.{told // 100 % 100}.{told % 100}"
    return "?"


def _loads(library: Library) -> bool:
    return any(_opens(name) for name in (library.name, *_macos_paths(library)))


def _opens(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _macos_paths(library: Library) -> list[str]:
    return [str(folder / library.macos) for folder in _macos_folders()] if sys.platform == "darwin" else []


def _macos_folders() -> list[Path]:
    prefixes = dict.fromkeys([os.environ.get("HOMEBREW_PREFIX", ""), *MACOS_PREFIXES])
    return [Path(prefix) / "lib" for prefix in prefixes if prefix]


def _identity(os_release: Path) -> set[str]:
    try:
        lines = os_release.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return set()
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    return {word for key in ("ID", "ID_LIKE") for word in values.get(key, "").strip("\"'").split()}
