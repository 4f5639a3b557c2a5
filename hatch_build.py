"""COMPOSITOR_REPOSITORY, or the clone that is built from -> the addresses that the package names, with its commit.

The program does not know where it is published. The release workflow does, and says so when it builds the wheel; a
clone from GitHub knows where it comes from. Without either, the package names no address. `init` of a wheel reads them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

VARIABLE = "COMPOSITOR_REPOSITORY"
HERE = str(Path(__file__).resolve().parent)


class Addresses(MetadataHookInterface):
    """What hatchling asks while it reads pyproject.toml."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Put the addresses in, if there is a repository."""
        repository, commit = cloned(Path(self.root))
        given = os.environ.get(VARIABLE, "").rstrip("/")
        known = commit if given in ("", repository) else ""
        metadata["urls"] = addresses(given or repository, str(metadata["version"]), known)


def cloned(folder: Path) -> tuple[str, str]:
    """The repository on GitHub that a clone is of, and its commit; nothing for what is none."""
    if HERE not in sys.path:
        sys.path.append(HERE)
    from compositor.commands.press_source import source_of_clone  # noqa: PLC0415  # needs the standard library alone

    name, _, commit = source_of_clone(folder).partition("@")
    return (f"https://github.com/{name}", commit) if commit else ("", "")


def addresses(repository: str, version: str, commit: str = "") -> dict[str, str]:
    """Label -> address in a repository of this version; none without a repository."""
    if not repository:
        return {}
    files = f"{repository}/blob/v{version}"
    return {
        "Repository": repository,
        **({"Source": f"{repository}/tree/{commit}"} if commit else {}),
        "Documentation": f"{files}/docs/manual/index.md",
        "Changelog": f"{files}/CHANGELOG.md",
        "Issues": f"{repository}/issues",
    }
