"""The lock file in tools/ace -> Ace next to it, once: `make proof` runs it on the EPUB. Without Node it is left out.

    python tools/install_ace.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "ace"
STAMP = FOLDER / "node_modules" / ".lock-installed"
NO_DOWNLOADS = {"PUPPETEER_SKIP_DOWNLOAD": "1", "ELECTRON_SKIP_BINARY_DOWNLOAD": "1"}
"""Ace uses the installed Chromium; its own download would be 300 MB."""


def main() -> int:
    """Install the packages of the lock file, unless they are there; always 0: a missing tool is a row of the report."""
    lock = (FOLDER / "package-lock.json").read_bytes()
    if STAMP.exists() and STAMP.read_bytes() == lock:
        return 0
    npm = shutil.which("npm")
    if npm is None:
        print("Ace is not asked: Node 20 with npm is not installed.", file=sys.stderr)
        return 0
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=FOLDER, env={**os.environ, **NO_DOWNLOADS}, stdout=sys.stderr, check=False)
    if done.returncode == 0:
        STAMP.write_bytes(lock)
    else:
        print(f"Ace is not asked: npm could not install it (exit code {done.returncode}).", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
