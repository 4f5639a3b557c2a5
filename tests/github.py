"""The steps of an action in a folder, run as a runner of GitHub runs them; expressions are filled in from a table."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.finished import ROOT

EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
IN_IT = ("action.yml", "build.py", "compositor", "requirements.lock", "tools")
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
"""How a runner calls `shell: bash`. Source:
https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell."""


def press_in(folder: Path) -> Path:
    """Return what a checkout of this repository in a folder has, with the Python of the tests as its environment."""
    press = folder / ".press"
    press.mkdir()
    for name in (*IN_IT, "skeleton", "styles", "templates"):
        (press / name).symlink_to(ROOT / name)
    python = press / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    _script(python, f'exec "{sys.executable}" "$@"')
    return press


def _script(file: Path, line: str) -> None:
    file.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    file.chmod(0o755)


@dataclass
class Runner:
    """A job in a workspace: `values` are the contexts, by expression; what steps write is in `outputs` and `summary`.

    Nothing is installed: `sudo`, and the Python that sets up the environment, only note that they were called.
    """

    workspace: Path
    place: Path
    values: dict[str, str]
    used: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    log: str = ""

    def __post_init__(self) -> None:
        """Put the two programs that must not work here in front of the others."""
        tools = self.place / "bin"
        tools.mkdir()
        (self.place / "temp").mkdir()
        _script(tools / "sudo", f'echo "$@" >> "{self.place}/asked"')
        only_noted = f'case "$1" in */bootstrap.py) echo "$@" >> "{self.place}/asked"; exit 0;; esac'
        _script(tools / "python", f'{only_noted}\nexec "{sys.executable}" "$@"')

    @property
    def asked(self) -> str:
        """What was to be installed."""
        return (self.place / "asked").read_text(encoding="utf-8")

    @property
    def summary(self) -> str:
        """The summary of the job, in Markdown."""
        return (self.place / "summary").read_text(encoding="utf-8")

    def run(self, steps: list[dict[str, Any]], press: Path, met: Mapping[str, bool]) -> bool:
        """Run steps one after the other; return whether all succeeded. `met`: the value of each condition."""
        well = True
        for step in steps:
            condition = " ".join(str(step.get("if", "")).split())
            if (condition and not met[condition]) or not (well or condition.startswith("always()")):
                continue
            if "uses" in step:
                self.used.append((step["uses"].partition("@")[0], self._filled(step.get("with", {}))))
            else:
                well = self._bash(step, press) and well
        return well

    def _filled(self, values: Mapping[str, Any]) -> dict[str, str]:
        return {key: EXPRESSION.sub(lambda one: self.values[one[1]], str(value)) for key, value in values.items()}

    def _bash(self, step: dict[str, Any], press: Path) -> bool:
        script, told = self.place / "step.sh", self.place / "told"
        script.write_text(self._filled({"run": step["run"]})["run"], encoding="utf-8")
        told.write_text("", encoding="utf-8")
        place = {
            **os.environ, **self._filled(step.get("env", {})), "PATH": f"{self.place}/bin:{os.environ['PATH']}",
            "GITHUB_ACTION_PATH": str(press), "GITHUB_OUTPUT": str(told), "RUNNER_TEMP": str(self.place / "temp"),
            "GITHUB_STEP_SUMMARY": str(self.place / "summary"), "GITHUB_REF": self.values["github.ref"],
            "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64", "CI": "true", "GITHUB_ACTIONS": "true",
        }  # fmt: skip
        command, folder = [*BASH, str(script)], self.workspace
        done = subprocess.run(command, env=place, cwd=folder, capture_output=True, text=True, check=False)
        self.ran.append(step.get("name", ""))
        self.log += done.stdout + done.stderr
        for line in told.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            self.values[f"steps.{step['id']}.outputs.{name}"] = value
        return done.returncode == 0
