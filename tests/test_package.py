"""The wheel: its metadata names no invented host, and only an owner publishes it."""

from __future__ import annotations

import tomllib
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from markdown_it import MarkdownIt

from compositor.commands import press_source
from compositor.markdown.reading import walk
from hatch_build import VARIABLE, Addresses, addresses
from tests.finished import ROOT
from tests.git.repositories import git, start

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RELEASE = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")


def test_the_package_names_the_repository_that_publishes_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The workflow of a release knows the address; a build by hand outside a clone names none."""
    told: dict[str, Any] = {"version": "1.2"}
    monkeypatch.delenv(VARIABLE, raising=False)
    Addresses(str(tmp_path), {}).update(told)
    assert told["urls"] == {}
    monkeypatch.setenv(VARIABLE, "https://example.org/a/b/")
    Addresses(str(tmp_path), {}).update(told)
    assert told["urls"]["Repository"] == "https://example.org/a/b"
    assert told["urls"]["Documentation"] == "https://example.org/a/b/blob/v1.2/docs/manual/index.md"
    assert "urls" in PROJECT["dynamic"] and "urls" not in PROJECT
    assert f"{VARIABLE}: ${{{{ github.server_url }}}}/${{{{ github.repository }}}}" in RELEASE


def test_a_wheel_that_is_built_from_a_clone_knows_its_commit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`init` of that wheel names the program with its commit, and leaves no placeholder in the workflow."""
    monkeypatch.delenv(VARIABLE, raising=False)
    start(tmp_path / "clone")
    git(tmp_path / "clone", "remote", "add", "origin", "git@github.com:some-body/press.git")
    commit = git(tmp_path / "clone", "rev-parse", "HEAD")
    told: dict[str, Any] = {"version": "1.2"}
    Addresses(str(tmp_path / "clone"), {}).update(told)
    assert told["urls"]["Source"] == f"https://github.com/some-body/press/tree/{commit}"
    package = Message()
    package["Version"] = "1.2"
    for label, address in told["urls"].items():
        package["Project-URL"] = f"{label}, {address}"
    monkeypatch.setattr("compositor.commands.press_source.metadata.metadata", lambda name: package)
    assert press_source._released() == f"some-body/press@{commit}"
    del package["Project-URL"]
    package["Project-URL"] = "Repository, https://github.com/some-body/press"
    assert press_source._released() == "some-body/press@v1.2"


def test_every_address_leads_to_a_file_that_is_there() -> None:
    """The manual and the changelog are where the package says."""
    for address in addresses("https://example.org/a/b", "1.2").values():
        _, inside, path = address.partition("/blob/v1.2/")
        assert not inside or (ROOT / path).is_file()


def test_the_page_of_the_package_stands_alone() -> None:
    """An index shows the page without the repository, so it has no relative links."""
    page = (ROOT / PROJECT["readme"]).read_text(encoding="utf-8")
    attributes = [token.attrs for token in walk(MarkdownIt("commonmark").parse(page))]
    links = [str(one[name]) for one in attributes for name in ("href", "src") if name in one]
    assert [link for link in links if not urlsplit(link).scheme] == []
    assert "compositor init my-book" in page


def test_the_licence_files_are_there() -> None:
    """Each pattern matches a file."""
    assert [pattern for pattern in PROJECT["license-files"] if not list(ROOT.glob(pattern))] == []


def test_nothing_is_published_to_an_index_before_an_owner_says_so() -> None:
    """The job is off unless a repository variable is set, has only an identity token, and takes no password."""
    job = yaml.safe_load(RELEASE)["jobs"]["pypi"]
    assert job["if"] == "vars.PUBLISH_TO_PYPI == 'true'"
    assert job["permissions"] == {"id-token": "write"}
    assert set(job["needs"]) == {"build", "attest"}
    assert "password" not in job["steps"][-1]["with"]
