"""The running program -> where on GitHub it comes from, so that a workflow can name it."""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlsplit

from compositor.git.origin import origin

BLANK = "OWNER/REPOSITORY@COMMIT"
"""The placeholder in the workflow of the skeleton."""
WORKFLOW = ".github/workflows/book.yml"
NAMING = (WORKFLOW, "README.md")
"""The files of the skeleton that name the program."""
_GITHUB = re.compile(
    r"(?:git\+)?(?:https://(?:[^@/]+@)?github\.com/|(?:ssh://)?git@github\.com[:/])"
    r"(?P<name>[\w.-]+/[\w.-]+?)(?:\.git)?/?"
)


def filled_in(workflow: str) -> str:
    """Return the workflow with the source of the running program; unchanged if the source is unknown."""
    source = press_source()
    return workflow.replace(BLANK, source) if source else workflow


def press_source() -> str:
    """Return `owner/name@commit`, or the tag of a release; empty if unknown."""
    return _installed() or source_of_clone(Path(__file__).resolve().parent.parent.parent) or _released()


def source_of_clone(folder: Path) -> str:
    """Return the same for a clone from GitHub in a folder; empty for any other."""
    found = origin(folder)
    return _named(*found) if found else ""


def _installed() -> str:
    """Return what pip recorded about the repository, or the clone, that it installed from (PEP 610)."""
    try:
        told = json.loads(metadata.distribution("compositor").read_text("direct_url.json") or "{}")
    except (metadata.PackageNotFoundError, ValueError):
        return ""
    address = str(told.get("url", ""))
    if address.startswith("file://"):
        return source_of_clone(Path(unquote(urlsplit(address).path)))
    return _named(address, str(told.get("vcs_info", {}).get("commit_id", "")))


def _released() -> str:
    """Return the repository that the package names, and the commit it was built from, else the tag of its version."""
    try:
        told = metadata.metadata("compositor")
    except metadata.PackageNotFoundError:
        return ""
    urls = dict(one.split(", ", 1) for one in told.get_all("Project-URL") or () if ", " in one)
    repository, source = urls.get("Repository", ""), urls.get("Source", "")
    commit = source.removeprefix(f"{repository}/tree/") if source.startswith(f"{repository}/tree/") else ""
    return _named(repository, commit or f"v{told['Version']}")


def _named(address: str, version: str) -> str:
    match = _GITHUB.fullmatch(address.strip())
    return f"{match['name']}@{version}" if match and version else ""
