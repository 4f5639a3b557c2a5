#!/usr/bin/env python3
"""Compositor's command line: `python build.py pdf`, `epub`, `all`, `check`, `doctor` … (`--help` lists them all).

Calls compositor.cli, inside .venv even when it is started outside. `doctor` without a book needs no .venv.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / ".venv"
PYTHON = FOLDER / "bin" / "python"
ENVIRONMENT_MISSING = 3


def main() -> int:
    """Run the command and return the exit code."""
    named = [word for word in sys.argv[2:] if not word.startswith("-") and word not in ("text", "json")]
    if sys.argv[1:2] == ["doctor"] and not named:
        from compositor.machine import doctor

        return doctor.run(sys.argv[2:])
    if Path(sys.prefix).resolve() != FOLDER.resolve():
        if not (PYTHON.exists() and (FOLDER / "pyvenv.cfg").exists()):
            print("Not set up yet: run `make pdf` (or `python tools/bootstrap.py build`) first.", file=sys.stderr)
            return ENVIRONMENT_MISSING
        os.execv(PYTHON, [str(PYTHON), __file__, *sys.argv[1:]])
    from compositor.cli import main as command

    return command()


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:  # while the program itself is still being loaded
        raise SystemExit(130) from None
