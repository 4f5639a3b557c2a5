"""Command -> what it printed, and why it failed: how the set-up runs installers, reports, and gives up.

Standard library only, in the syntax of Python 3.9.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from typing import Optional

from compositor.machine import native
from compositor.machine.doctor import Ended, run_program

# Variables that would install packages somewhere else than in .venv.
DISTURBING = ("PIP_PREFIX", "PIP_TARGET", "PIP_USER", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")
QUIET = {"DEBIAN_FRONTEND": "noninteractive", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}

# Output of an installer -> what it means. The first match counts: being offline has many consequences.
CAUSES = (
    (
        r"certificate[ _]verify[ _]failed|invalid peer certificate|unknownissuer",
        "This machine does not trust the package index. Most often its root certificates are missing:\n"
        "  {certificates}",
    ),
    (r"no space left|disk quota", "The disk is full; the environment takes about 300 MB."),
    (
        r"hash mismatch|do not match the hashes",
        "A downloaded file is not the one in the lock file, so nothing was installed. A proxy or a mirror may have\n"
        "  changed it.",
    ),
    (
        r"newconnectionerror|name resolution|connection refused|unreachable|timed? ?out|dns error"
        r"|error sending request|failed to fetch|max retries",
        "The package index did not answer. Is this machine online?\n"
        "  Behind a proxy, set HTTPS_PROXY. A mirror is named in PIP_INDEX_URL (UV_DEFAULT_INDEX for uv); a folder of\n"
        "  wheels with PIP_NO_INDEX=1 and PIP_FIND_LINKS=<folder>.",
    ),
    (
        r"no matching distribution|no usable wheels|no compatible wheels|has no wheels",
        "For this processor, system or Python, the index has no ready-made package of the version in the lock file.\n"
        "  The lock file is for Python 3.11 to 3.14 on Linux or macOS.",
    ),
)


class Missing(Exception):
    """The machine lacks something; the message says what, and the command that installs it."""


def run(words: Sequence[str]) -> Ended:
    """Run a command that may ask nothing; its output is kept in case it fails."""
    environment = {name: value for name, value in os.environ.items() if name not in DISTURBING}
    return run_program(words, {**environment, **QUIET}, together=True)


def installs_itself(system: Optional[native.System]) -> bool:
    """Return whether the set-up may install without asking: apt as root or by passwordless sudo, or Homebrew."""
    if system is None or shutil.which(system.install[0]) is None:
        return False
    if system is native.HOMEBREW:
        return not native.is_root()  # Homebrew refuses to run as root
    return system is native.DEBIAN and (native.is_root() or _passwordless_sudo())


def install_packages(system: native.System, need: str) -> None:
    """Install packages of the system, with a message; apt's lists are fetched only if it fails without."""
    line = native.command_line(system, [need])
    say(f"Installing for {system.name}: {' '.join(line)}")
    line = [line[0], "-n", *line[1:]] if line[0] == "sudo" else line
    result = run(line)
    if result.returncode and system is native.DEBIAN:
        run([*line[: line.index("install")], "update"])
        result = run(line)
    if result.returncode:
        remedy = native.command(system, need)
        raise Missing(f"{tail(result.stdout)}\nThat did not work. Install it by hand:\n  {remedy}")


def explain(output: str) -> str:
    """Return the cause of an installer's failure and the remedy, from its output."""
    for pattern, meaning in CAUSES:
        if re.search(pattern, output, re.IGNORECASE):
            return meaning.replace("{certificates}", native.command(native.this_system(), "certificates"))
    return "The packages of the lock file could not be installed."


def tail(output: str) -> str:
    """Return the last lines of a command's output, without pip's attempts before its verdict."""
    lines = [line for line in output.splitlines() if line.strip() and not line.startswith("WARNING:")]
    return "\n".join(lines[-12:])


def say(text: str) -> None:
    """Print a message on stderr."""
    print(text, file=sys.stderr, flush=True)


def _passwordless_sudo() -> bool:
    sudo = shutil.which("sudo")
    return sudo is not None and run([sudo, "-n", "true"]).returncode == 0
