"""The set-up: Makefile, locks, bootstrap, doctor, workflows and package do what the README promises."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from compositor.machine import doctor, native
from compositor.machine.items import FINE, MISSING
from compositor.machine.setup import commands, pip_wheel, pythons
from tools import bootstrap, release_notes

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("requirements.lock", "requirements-test.lock")
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FOR_OLD_PYTHONS = (
    "build.py",
    "compositor/__init__.py",
    "compositor/machine/__init__.py",
    "compositor/machine/doctor.py",
    "compositor/machine/items.py",
    "compositor/machine/native.py",
    "compositor/machine/setup/__init__.py",
    "compositor/machine/setup/commands.py",
    "compositor/machine/setup/installing.py",
    "compositor/machine/setup/pip_wheel.py",
    "compositor/machine/setup/pythons.py",
    "tools/bootstrap.py",
)


# --- Makefile ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "feature", [r"\.ONESHELL", r"&:", r"^[^#\n]*!=", r"::?:=", r"\$\(file ", r"\$\(let ", r"^undefine ", r"^private "]
)
def test_makefile_keeps_to_the_make_of_macos(feature: str) -> None:
    """The Makefile uses nothing that came after GNU make 3.81."""
    assert not re.search(feature, MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize(
    "target",
    ["all", "pdf", "epub", "check", "test", "test-all", "lint", "reference", "wheel", "lock", "clean", "distclean"],
)
def test_make_knows_its_targets(target: str) -> None:
    """Every target can be made, and `make help` describes it."""
    assert make("-n", target).returncode == 0
    assert target == "all" or f"make {target} " in make("help").stdout


def test_epub_needs_no_native_library(tmp_path: Path) -> None:
    """On a machine where nothing is set up, `make epub` installs the build's packages and looks for no library."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.lock").touch()
    plan = make("-n", "epub", folder=tmp_path).stdout
    assert "bootstrap.py build" in plan
    assert "bootstrap.py native" not in plan
    assert "bootstrap.py tests" not in plan


def test_second_run_does_no_set_up(tmp_path: Path) -> None:
    """If the stamps are newer than the lock, `make pdf` starts the build at once."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.lock").touch()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for name in ("bin/python", ".ok-build", ".ok-native"):
        (tmp_path / ".venv" / name).touch()
    assert make("-n", "pdf", folder=tmp_path).stdout.splitlines() == [".venv/bin/python build.py pdf \"book\" -o dist/"]


def test_lost_python_is_set_up_again(tmp_path: Path) -> None:
    """If an upgrade of the system has removed the Python of .venv, the next `make pdf` makes .venv again."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.lock").touch()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(tmp_path / "gone")
    (tmp_path / ".venv" / ".ok-build").touch()
    assert "bootstrap.py build" in make("-n", "pdf", folder=tmp_path).stdout


def test_make_says_when_there_is_no_python() -> None:
    """Without any Python the set-up says which one to install."""
    recipe = MAKEFILE.split("SET_UP = ")[1].split("\n\n")[0]
    assert "Install Python 3.11 or newer" in recipe
    assert "exit 3" in recipe


# --- Locks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_address_and_no_machine(name: str) -> None:
    """A lock holds names, versions and sums: no address, no option of pip, no path of a machine."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|file:|index-url|find-links|(^|\s)/\w", text)


@pytest.mark.parametrize("name", LOCKS)
def test_lock_pins_and_sums_everything(name: str) -> None:
    """Every package in a lock has one exact version and at least one SHA-256."""
    for requirement, sums in entries(name):
        assert [each.operator for each in requirement.specifier] == ["=="], requirement
        assert sums, requirement


@pytest.mark.parametrize(("name", "extras"), [("requirements.lock", []), ("requirements-test.lock", ["test"])])
def test_lock_covers_the_dependencies(name: str, extras: list[str]) -> None:
    """Every dependency in pyproject.toml is in its lock, with a version that pyproject.toml allows."""
    locked = pins(name)
    declared = PROJECT["dependencies"] + [each for extra in extras for each in PROJECT["optional-dependencies"][extra]]
    for requirement in map(Requirement, declared):
        assert requirement.specifier.contains(locked[requirement.name.lower()]), requirement


def test_lock_of_the_tests_holds_that_of_the_build() -> None:
    """Setting up the tests changes no version of what a build needs."""
    build, tests = map(pins, LOCKS)
    assert build.items() <= tests.items()


# --- This machine -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("os_release", "expected"),
    [
        ("ID=debian\nVERSION_ID=12", "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
        ("ID=linuxmint\nID_LIKE='ubuntu debian'", "apt-get install -y libpango-1.0-0"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"', "dnf install -y pango"),
        ('ID="opensuse-leap"\nID_LIKE="suse opensuse"', "zypper install -y libpango-1_0-0"),
        ("ID=arch", "pacman -S --needed pango"),
        ("ID=alpine", "apk add pango fontconfig harfbuzz-subset"),
    ],
)
def test_command_is_that_of_the_system(tmp_path: Path, os_release: str, expected: str) -> None:
    """The remedy for missing libraries is the command of the system that os-release names."""
    (tmp_path / "os-release").write_text(os_release, encoding="utf-8")
    system = native.this_system(tmp_path / "os-release", platform="linux")
    assert expected in native.explanation(["libpango-1.0.so.0"], system)


def test_unknown_system_gets_every_command(tmp_path: Path) -> None:
    """On an unknown system, the message names the command of each known family."""
    system = native.this_system(tmp_path / "nothing", platform="linux")
    text = native.explanation(["libpango-1.0.so.0"], system)
    assert system is None
    assert all(f"{each.name}: " in text for each in native.SYSTEMS)
    assert "libpango-1.0.so.0" in text
    assert "`make epub` works without it" in text


def test_ordinary_user_is_told_to_use_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user other than root gets the command with sudo; on Homebrew without."""
    monkeypatch.setattr(native, "is_root", lambda: False)
    assert native.command(native.DEBIAN, "git") == "sudo apt-get install -y git"
    assert native.command(native.HOMEBREW, "git") == "brew install git"


@pytest.mark.parametrize(("sudo", "expected"), [("exit 0", True), ("exit 1", False), (None, False)])
def test_set_up_installs_only_without_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sudo: str | None, expected: bool
) -> None:
    """An ordinary user's set-up installs packages only where sudo asks for no password."""
    script(tmp_path / "apt-get", "exit 0")
    if sudo:
        script(tmp_path / "sudo", sudo)
    monkeypatch.setattr(native, "is_root", lambda: False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commands.installs_itself(native.DEBIAN) is expected
    assert commands.installs_itself(native.FEDORA) is False


def test_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that the loader does not find is reported by the name that WeasyPrint asks for."""
    monkeypatch.setattr(native, "LIBRARIES", (native.Library("libnowhere.so.9", "libnowhere.9.dylib"),))
    assert native.missing_libraries() == [native.LIBRARIES[0].name]


# --- Bootstrap --------------------------------------------------------------------------------------------------


def test_old_python_and_broken_shims_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search skips Pythons that are too old or do not run, and takes the first one that is new enough."""
    script(tmp_path / "old", """echo '["/usr/bin/python3", [3, 9, 6], []]'""")
    script(tmp_path / "python3.13", "echo 'command not found' >&2; exit 127")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "old"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pythons.find() is None
    script(tmp_path / "python3.11", """echo '["/nowhere/python3", [3, 11, 2], ["pip"]]'""")
    assert pythons.find() == pythons.Python("/nowhere/python3", (3, 11, 2), ("pip",))


def test_message_for_an_old_python() -> None:
    """With an old Python, the message says which one is needed and how to get it."""
    assert "needs Python 3.11 or newer" in pythons.none_found()
    assert native.command(native.this_system(), "python").splitlines()[0] in pythons.none_found()


@pytest.mark.parametrize("name", FOR_OLD_PYTHONS)
def test_first_steps_are_readable_for_an_old_python(name: str) -> None:
    """Code that runs before the environment exists uses the syntax of Python 3.9."""
    ast.parse((ROOT / name).read_text(encoding="utf-8"), feature_version=(3, 9))


@pytest.mark.parametrize("name", FOR_OLD_PYTHONS)
def test_first_steps_use_the_standard_library_alone(name: str) -> None:
    """Code that runs before the environment exists imports at its top only the standard library."""
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    own = {"__future__", "compositor", "tools"}
    names = {each.name for node in tree.body if isinstance(node, ast.Import) for each in node.names}
    names |= {node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert {each.split(".")[0] for each in names} <= own | sys.stdlib_module_names


@pytest.mark.parametrize(
    ("printed", "meaning"),
    [
        ("SSLError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", "root certificates are missing"),
        ("invalid peer certificate: UnknownIssuer", "root certificates are missing"),
        ("NewConnectionError: Temporary failure in name resolution\nNo matching distribution", "machine online"),
        ("error: Failed to fetch\n  dns error: failed to lookup address", "machine online"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one in the lock file"),
        ("ERROR: No matching distribution found for lxml==6.1.3", "no ready-made package"),
        ("something else", "could not be installed"),
    ],
)
def test_failure_of_an_installer_is_explained(printed: str, meaning: str) -> None:
    """What pip or uv print when they fail becomes a cause that a person can act on."""
    assert meaning in commands.explain(printed)


class Installer:
    """A replacement for the two slow steps of the set-up, which counts them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = 0
        self.installed: list[str] = []
        self.failure: BaseException | None = None

    def make(self, folder: Path, name: str) -> None:
        """Make a real but empty environment."""
        self.made += 1
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)

    def install(self, lock: Path, folder: Path, name: str) -> None:
        """Install nothing, or fail as told."""
        self.installed.append(lock.name)
        if self.failure:
            raise self.failure


@pytest.fixture
def installer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installer:
    """Return a set-up in an empty folder with replaced slow steps."""
    folder = tmp_path / ".venv"
    locks = {"build": tmp_path / "requirements.lock", "tests": tmp_path / "requirements-test.lock"}
    for lock in locks.values():
        lock.write_text("click==8.5.1\n", encoding="utf-8")
    monkeypatch.setattr(bootstrap, "FOLDER", folder)
    monkeypatch.setattr(bootstrap, "PYTHON", folder / "bin" / "python")
    monkeypatch.setattr(bootstrap, "UNFINISHED", folder / ".unfinished")
    monkeypatch.setattr(bootstrap, "LOCKS", locks)
    stand_in = Installer(folder)
    monkeypatch.setattr(bootstrap, "make_environment", stand_in.make)
    monkeypatch.setattr(bootstrap, "install", stand_in.install)
    return stand_in


def test_set_up_is_done_once(installer: Installer) -> None:
    """A second set-up with the same lock makes nothing and installs nothing."""
    assert bootstrap.main(["build"]) == bootstrap.main(["build"]) == 0
    assert (installer.made, installer.installed) == (1, ["requirements.lock"])
    assert stamps(installer) == [".ok-build"]


def test_changed_lock_is_installed_into_the_same_environment(installer: Installer) -> None:
    """A lock that has changed is installed, and the environment stays."""
    bootstrap.main(["build"])
    bootstrap.LOCKS["build"].write_text("click==8.5.2\n", encoding="utf-8")
    bootstrap.main(["build"])
    assert (installer.made, len(installer.installed)) == (1, 2)


def test_tests_come_on_top_of_the_build(installer: Installer) -> None:
    """Setting up the tests leaves the build's stamp as old as it was, so that nothing is set up twice."""
    bootstrap.main(["build"])
    before = (installer.folder / ".ok-build").stat().st_mtime_ns
    bootstrap.main(["tests"])
    assert stamps(installer) == [".ok-build", ".ok-tests"]
    assert (installer.folder / ".ok-build").stat().st_mtime_ns == before


def test_failed_first_set_up_leaves_nothing(installer: Installer, capsys: pytest.CaptureFixture[str]) -> None:
    """A first set-up that fails says why, exits with 3 and leaves no environment that looks whole."""
    installer.failure = commands.Missing("no answer")
    assert bootstrap.main(["build"]) == native.ENVIRONMENT
    assert "no answer" in capsys.readouterr().err
    assert not installer.folder.exists()


def test_failed_addition_leaves_the_build_alone(installer: Installer) -> None:
    """Without a network, the tests cannot be installed, but the book can still be built."""
    bootstrap.main(["build"])
    installer.failure = commands.Missing("no answer")
    assert bootstrap.main(["tests"]) == native.ENVIRONMENT
    assert stamps(installer) == [".ok-build"]
    assert not (installer.folder / ".unfinished").exists()


def test_interrupted_set_up_is_made_anew(installer: Installer) -> None:
    """An environment whose set-up was interrupted has no stamp, and the next run replaces it."""
    bootstrap.main(["build"])
    installer.failure = KeyboardInterrupt()
    assert bootstrap.main(["tests"]) == 130
    assert stamps(installer) == []
    installer.failure = None
    assert bootstrap.main(["build"]) == 0
    assert installer.made == 2
    assert stamps(installer) == [".ok-build"]


def test_half_made_environment_is_replaced(installer: Installer) -> None:
    """A folder that another program has left incomplete does not stop the set-up."""
    (installer.folder / "bin").mkdir(parents=True)
    (installer.folder / "leftover").touch()
    assert bootstrap.main(["build"]) == 0
    assert not (installer.folder / "leftover").exists()


def test_folder_that_cannot_be_written(
    installer: Installer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a folder without write permission, the set-up says so in a sentence and exits with 3."""
    blocked = installer.folder.parent / "requirements.lock" / ".venv"
    monkeypatch.setattr(bootstrap, "FOLDER", blocked)
    assert bootstrap.main(["build"]) == native.ENVIRONMENT
    assert "must be yours to write in" in capsys.readouterr().err


@pytest.fixture
def index(tmp_path: Path) -> Iterator[str]:
    """Serve a package index on this machine with one file that has the name of the pinned wheel of pip."""
    page = tmp_path / "index" / "pip" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f'<a href="../files/{pip_wheel.NAME}#sha256=0">pip</a>', encoding="utf-8")
    wheel = tmp_path / "index" / "files" / pip_wheel.NAME
    wheel.parent.mkdir()
    wheel.write_bytes(b"wheel")

    class Files(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(tmp_path / "index"))

        def log_message(self, format: str, *values: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_pip_is_fetched_from_the_index_of_the_user(tmp_path: Path, index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a Python has no pip, the pinned wheel comes from the index that the user's settings name."""
    monkeypatch.setattr(pip_wheel, "SHA256", hashlib.sha256(b"wheel").hexdigest())
    assert pip_wheel.fetch(tmp_path, index).read_bytes() == b"wheel"


def test_pip_with_another_sum_is_refused(tmp_path: Path, index: str) -> None:
    """A pip wheel with another checksum is deleted."""
    with pytest.raises(OSError, match="not the expected one"):
        pip_wheel.fetch(tmp_path, index)
    assert not (tmp_path / pip_wheel.NAME).exists()


def test_index_comes_from_the_settings_of_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is read from the environment, else from pip's configuration, and none is assumed."""
    monkeypatch.setattr(pip_wheel, "CONFIGURATIONS", ())
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = https://mirror.example/simple\n", encoding="utf-8")
    assert pip_wheel.index_of_user({}) is None
    assert pip_wheel.index_of_user({"PIP_CONFIG_FILE": str(tmp_path / "pip.conf")}) == "https://mirror.example/simple"
    assert pip_wheel.index_of_user({"PIP_INDEX_URL": "https://other.example/"}) == "https://other.example/"


# --- build.py and doctor ----------------------------------------------------------------------------------------


def test_build_script_is_short() -> None:
    """build.py only starts the program."""
    assert len((ROOT / "build.py").read_text(encoding="utf-8").splitlines()) <= 40


def test_build_without_environment_says_how_to_set_up(bare: Path) -> None:
    """In a fresh clone `python build.py pdf` names the command that sets up, and exits with 3."""
    result = python("build.py", "pdf", folder=bare)
    assert result.returncode == native.ENVIRONMENT
    assert "make pdf" in result.stderr


def test_build_goes_on_inside_the_environment(bare: Path) -> None:
    """Started with any other Python, build.py runs itself again with that of .venv."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", bare / ".venv"], check=True)
    (bare / "compositor" / "cli.py").write_text(
        "import sys\ndef main():\n    print(sys.prefix, *sys.argv[1:])\n    return 0\n", encoding="utf-8"
    )
    result = python("build.py", "epub", "book", folder=bare)
    assert result.stdout.split() == [str(bare / ".venv"), "epub", "book"]


def test_doctor_runs_on_the_standard_library_alone(bare: Path) -> None:
    """In a fresh clone, without one installed package, doctor reports what is missing and exits with 3."""
    result = python("build.py", "doctor", folder=bare)
    assert result.returncode == native.ENVIRONMENT, result.stderr
    assert "✓ Python" in result.stdout
    assert "✗ environment              there is no .venv yet" in result.stdout


def test_doctor_as_json(bare: Path) -> None:
    """With `--format json` doctor prints one object per line, each with the command that mends it."""
    result = python("build.py", "doctor", "--format", "json", folder=bare)
    items = {item["name"]: item for item in map(json.loads, result.stdout.splitlines())}
    assert items["environment"]["state"] == MISSING
    assert items["environment"]["remedy"] == "make epub"
    assert {library.name for library in native.LIBRARIES} <= items.keys()
    assert {"Python", "fonts", "git", "Java", "Node", "Chromium", "poppler", "encoding", "disk"} <= items.keys()


def test_doctor_without_unicode(bare: Path) -> None:
    """Where the output is not UTF-8, doctor keeps to ASCII."""
    result = python("build.py", "doctor", folder=bare, PYTHONIOENCODING="ascii")
    assert "ok Python" in result.stdout
    assert result.stdout.isascii()


@pytest.mark.parametrize(
    ("setting", "coloured"), [({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False), ({"FORCE_COLOR": "1"}, True), ({}, False)]
)
def test_doctor_in_colour(bare: Path, setting: dict[str, str], coloured: bool) -> None:
    """Colours are for terminals, FORCE_COLOR asks for them and NO_COLOR has the last word."""
    assert ("\033[" in python("build.py", "doctor", folder=bare, **setting).stdout) is coloured


def test_quiet_doctor_names_only_what_is_not_fine(bare: Path) -> None:
    """With `--quiet` doctor leaves out what is fine."""
    assert "✓" not in python("build.py", "doctor", "--quiet", folder=bare).stdout


def test_doctor_compares_the_environment_with_the_lock(tmp_path: Path) -> None:
    """An environment that was made from another lock counts as missing."""
    lock, stamp = tmp_path / "requirements.lock", tmp_path / ".venv" / ".ok-build"
    lock.write_text("click==8.5.1\n", encoding="utf-8")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    assert "not finished" in doctor.environment(None, tmp_path).detail
    stamp.write_text(hashlib.sha256(lock.read_bytes()).hexdigest(), encoding="ascii")
    assert doctor.environment(None, tmp_path).state == FINE
    lock.write_text("click==8.5.2\n", encoding="utf-8")
    assert "older than requirements.lock" in doctor.environment(None, tmp_path).detail


def test_doctor_finds_a_changed_font(tmp_path: Path) -> None:
    """A font that is not the one in SHA256SUMS is named."""
    assert doctor.fonts(tmp_path).state == MISSING
    (tmp_path / "Some.ttf").write_bytes(b"font")
    (tmp_path / "SHA256SUMS").write_text(f"{hashlib.sha256(b'font').hexdigest()}  Some.ttf\n", encoding="utf-8")
    assert doctor.fonts(tmp_path).state == FINE
    (tmp_path / "Some.ttf").write_bytes(b"other")
    assert "Some.ttf" in doctor.fonts(tmp_path).detail


def test_fonts_of_the_theme_are_as_they_were_made() -> None:
    """The bundled fonts are byte for byte those of their SHA256SUMS."""
    assert doctor.fonts().state == FINE, doctor.fonts().detail


# --- Continuous integration and releases ------------------------------------------------------------------------


def test_workflows_are_valid() -> None:
    """GitHub's own schemas accept the workflows, those of a new book too, and the settings of Dependabot."""
    all_workflows = [*WORKFLOWS, *(ROOT / "skeleton" / ".github" / "workflows").glob("*.yml")]
    for schema, files in (("github-workflows", all_workflows), ("dependabot", [ROOT / ".github" / "dependabot.yml"])):
        checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
        result = subprocess.run([*checker, *files], capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_grant_the_least(path: Path) -> None:
    """A workflow grants nothing by default; each job asks for what it needs, and only what publishes may write."""
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert "timeout-minutes" in job or job["uses"] == "./.github/workflows/book.yml"
        writes = {key for key, value in job["permissions"].items() if value == "write"}
        asked = {"attest": {"attestations", "id-token"}, "publish": {"contents"}, "pypi": {"id-token"}}
        asked |= {"site": {"pages", "id-token"}, "starter": {"contents", "pages", "id-token"}}
        assert writes == asked.get(name, set())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_pin_their_actions(path: Path) -> None:
    """Every action is one of GitHub's own, at a released version or a commit, or PyPI's own, at a commit, or ours."""
    for used in re.findall(r"^[ -]*uses:\s*(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE):
        if used in {"./.press", "./.github/workflows/book.yml"}:
            continue
        assert re.fullmatch(r"actions/[a-z-]+@(v\d+|[0-9a-f]{40})|pypa/gh-action-pypi-publish@[0-9a-f]{40}", used)


def test_ci_script_can_be_run() -> None:
    """The script of continuous integration is executable, is bash, and runs the README's test command."""
    run = ROOT / ".ci" / "run"
    assert os.access(run, os.X_OK)
    assert subprocess.run(["bash", "-n", run], check=False).returncode == 0
    assert re.search(r"^make test$", run.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("heading", ["## 1.2.0", "## [1.2.0] - 2026-11-23", "## v1.2.0 (November 2026)"])
def test_notes_of_a_release_are_its_section(heading: str) -> None:
    """The notes are the text under the heading of the version, up to the next version."""
    changelog = f"# Changes\n\n## Unreleased\n\nSoon.\n\n{heading}\n\n### New\n\n- One.\n\n## 1.1.0\n\n- Old.\n"
    assert release_notes.section(changelog, "v1.2.0") == "### New\n\n- One."


def test_release_without_notes_does_not_come_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A tag without a section in the CHANGELOG ends the release with a message."""
    (tmp_path / "CHANGELOG.md").write_text("# Changes\n\n## 1.1.0\n\n- Old.\n", encoding="utf-8")
    monkeypatch.setattr(release_notes, "CHANGELOG", tmp_path / "CHANGELOG.md")
    assert release_notes.main(["v1.2.0"]) == 1
    assert "no notes for v1.2.0" in capsys.readouterr().err


def test_version_is_said_once() -> None:
    """The package has the version of the program."""
    from compositor import __version__

    assert PROJECT["version"] == __version__


def test_wheel_carries_the_theme_and_no_module_called_build(tmp_path: Path) -> None:
    """The wheel contains the package with templates, styles, skeleton and specimen, and nothing else."""
    builder = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    built = subprocess.run(builder, cwd=ROOT, check=False, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {name.split("/")[0] for name in names} == {"compositor", f"compositor-{PROJECT['version']}.dist-info"}
    for folder in ("templates", "styles", "skeleton", "specimen"):
        files = {path for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert {f"compositor/_theme/{path.relative_to(ROOT).as_posix()}" for path in files} <= names


# --- Helpers of the tests above ----------------------------------------------------------------------------------


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Return a fresh clone, as far as build.py and doctor are concerned."""
    shutil.copy(ROOT / "build.py", tmp_path)
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    (tmp_path / "compositor" / "machine").mkdir(parents=True)
    for name in ("__init__.py", "machine/__init__.py", "machine/doctor.py", "machine/items.py", "machine/native.py"):
        shutil.copy(ROOT / "compositor" / name, tmp_path / "compositor" / name)
    return tmp_path


def python(*arguments: str, folder: Path, **setting: str) -> subprocess.CompletedProcess[str]:
    """Run Python without one installed package, away from this environment and its settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**kept, "PYTHONIOENCODING": "utf-8", **setting}
    return subprocess.run(
        [sys.executable, "-S", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run make, away from the make that may run these tests."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def script(path: Path, body: str) -> None:
    """Write a program of one line."""
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def stamps(installer: Installer) -> list[str]:
    """Return the names of the stamps in the environment."""
    return sorted(path.name for path in installer.folder.glob(".ok-*"))


def entries(lock: str) -> Iterator[tuple[Requirement, list[str]]]:
    """Yield the requirements of a lock, each with its sums."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            requirement, *sums = line.split(" --hash=sha256:")
            yield Requirement(requirement.strip()), sums


def pins(lock: str) -> dict[str, Version]:
    """Return the version that a lock gives each package."""
    return {each.name.lower(): Version(next(iter(each.specifier)).version) for each, _ in entries(lock)}
