"""COMPOSITOR_REPOSITORY, or the clone that is built from -> the addresses in the package, with its commit.

The program does not know where it is published. The release workflow does, and sets the variable when it builds the
wheel; a clone from GitHub knows its origin. Without either, the package has no address. `init` of a wheel reads them.
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
    """The metadata hook that hatchling calls when it reads pyproject.toml."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the addresses, if there is a repository."""
        repository, commit = cloned(Path(self.root))
        given = os.environ.get(VARIABLE, "").rstrip("/")
        known = commit if given in ("", repository) else ""
        metadata["urls"] = addresses(given or repository, str(metadata["version"]), known)


def cloned(folder: Path) -> tuple[str, str]:
    """Return the repository on GitHub that was cloned, and its commit; empty for any other folder."""
    if HERE not in sys.path:
        sys.path.append(HERE)
    from compositor.commands.press_source import source_of_clone  # noqa: PLC0415  # needs the standard library alone

    name, _, commit = source_of_clone(folder).partition("@")
    return (f"https://github.com/{name}", commit) if commit else ("", "")


def addresses(repository: str, version: str, commit: str = "") -> dict[str, str]:
    """Return label -> address in a repository, for this version; none without a repository."""
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
