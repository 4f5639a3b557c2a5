"""COMPOSITOR_REPOSITORY -> the addresses that the package names; without it, it names none.

The program does not know where it is published. The release workflow does, and says so when it builds the wheel.
"""

from __future__ import annotations

import os
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

VARIABLE = "COMPOSITOR_REPOSITORY"


class Addresses(MetadataHookInterface):
    """What hatchling asks while it reads pyproject.toml."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Put the addresses in, if there is a repository."""
        metadata["urls"] = addresses(os.environ.get(VARIABLE, "").rstrip("/"), str(metadata["version"]))


def addresses(repository: str, version: str) -> dict[str, str]:
    """Label -> address in a repository of this version; none without a repository."""
    if not repository:
        return {}
    files = f"{repository}/blob/v{version}"
    return {
        "Repository": repository,
        "Documentation": f"{files}/docs/manual/index.md",
        "Changelog": f"{files}/CHANGELOG.md",
        "Issues": f"{repository}/issues",
    }
