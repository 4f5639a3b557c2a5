"""The running program -> where on GitHub it comes from, so that a workflow can name it."""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlsplit

from compositor.git.origin import origin

EXAMPLE = "OWNER/REPOSITORY"
"""The placeholder for a repository in the files of the skeleton."""
WORKFLOW = ".github/workflows/book.yml"
_REVISION = "@COMMIT"
_SOURCE = re.compile(r"[\w.-]+/[\w.-]+@[\w./+-]+")
_CHOICE = re.compile(r"<!-- without a source:\n(?P<without>.*?)-->\n(?P<with>.*?)<!-- end -->\n", re.DOTALL)
"""A part of the README in two versions."""
_GITHUB = re.compile(
    r"(?:git\+)?(?:https://(?:[^@/]+@)?github\.com/|(?:ssh://)?git@github\.com[:/])"
    r"(?P<name>[\w.-]+/[\w.-]+?)(?:\.git)?/?"
)


def filled_in(text: str, source: str) -> str:
    """Return a file of the skeleton with the source of the program, `owner/name@version`; empty if it is none."""
    if not _SOURCE.fullmatch(source):
        return ""
    name, _, version = source.partition("@")
    return _CHOICE.sub(r"\g<with>", text).replace(EXAMPLE, name).replace(_REVISION, f"@{version}")


def without_source(text: str, version: str) -> str:
    """Return the README for a program whose source is unknown."""
    return _CHOICE.sub(r"\g<without>", text).replace("VERSION", version)


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
