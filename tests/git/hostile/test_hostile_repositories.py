"""No program of a book runs: each way in which a repository can name one is tried, with git too."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.git.answers import answer, kind, pressed, told
from tests.git.repositories import commit, environment, git, start, write

Trap = Callable[[Path, str], None]
"""A function that prepares a repository: it gets the top folder, and a command that leaves a file if it runs."""


def _configure(top: Path, text: str) -> None:
    with (top / ".git/config").open("a") as config:
        config.write(text)


def _quoted(command: str) -> str:
    return '"' + command.replace("\\", "\\\\").replace('"', '\\"') + '"'


def watcher(top: Path, command: str) -> None:
    """Name a program that git asks which files have changed."""
    _configure(top, f"[core]\n\tfsmonitor = {_quoted(command + '; false')}\n")


def watcher_of_the_first_version(top: Path, command: str) -> None:
    """Name the same program as a hook in the work tree."""
    write(top, {"book/watch": f"#!/bin/sh\n{command}\n"})
    (top / "book/watch").chmod(0o755)
    _configure(top, "[core]\n\tfsmonitor = book/watch\n\tfsmonitorHookVersion = 1\n")


def cleaning_filter(top: Path, command: str) -> None:
    """Name a filter through which git reads a file whose times have changed."""
    write(top, {".gitattributes": "*.md filter=own\n"})
    program = _quoted(command + "; cat")
    _configure(top, f'[filter "own"]\n\tclean = {program}\n\tsmudge = {program}\n')
    os.utime(top / "book/01-one.md", (1, 1))


def filter_as_a_process(top: Path, command: str) -> None:
    """Name the same filter as a long-running process."""
    write(top, {".gitattributes": "*.md filter=own\n"})
    _configure(top, f'[filter "own"]\n\tprocess = {_quoted(command)}\n\trequired = true\n')
    os.utime(top / "book/01-one.md", (1, 1))


def lfs_filter(top: Path, command: str) -> None:
    """Name a filter that has the name of LFS."""
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 1024\n"
    commit(top, {"book/figures/dot.bin": pointer})
    write(top, {".gitattributes": "*.bin filter=lfs\n", "book/figures/dot.bin": "x" * len(pointer)})
    _configure(top, f'[filter "lfs"]\n\tclean = {_quoted(command)}\n\tprocess = {_quoted(command)}\n[lfs]\n\tx = y\n')


def filter_in_another_file(top: Path, command: str) -> None:
    """Name the program in a configuration that another one includes."""
    write(top, {".gitattributes": "*.md filter=own\n", "book/more": f'[filter "own"]\n\tclean = {_quoted(command)}\n'})
    _configure(top, '[include]\n\tpath = ../book/more\n[includeIf "gitdir:/"]\n\tpath = ../book/more\n')
    os.utime(top / "book/01-one.md", (1, 1))


def hook_after_the_index(top: Path, command: str) -> None:
    """Name a hook that git starts after it has refreshed the index."""
    write(top, {".git/hooks/post-index-change": f"#!/bin/sh\n{command}\n"})
    (top / ".git/hooks/post-index-change").chmod(0o755)
    os.utime(top / "book/01-one.md", (1, 1))


def folder_of_hooks(top: Path, command: str) -> None:
    """Name the same hook in a folder of the book."""
    write(top, {"book/hooks/post-index-change": f"#!/bin/sh\n{command}\n"})
    (top / "book/hooks/post-index-change").chmod(0o755)
    _configure(top, "[core]\n\thooksPath = book/hooks\n")
    os.utime(top / "book/01-one.md", (1, 1))


def _promise(top: Path, lines: str) -> None:
    """Make a partial clone that lacks a tree, and would fetch it from where its configuration says."""
    _configure(top, f"[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin\n{lines}")
    tree = git(top, "rev-parse", "HEAD:book")
    (top / ".git/objects" / tree[:2] / tree[2:]).unlink()
    (top / ".git/index").unlink()


def promised_by_a_program(top: Path, command: str) -> None:
    """Let a program fetch the missing objects."""
    program = "ext::sh -c " + command.replace("%", "%%").replace(" ", "% ")
    _promise(top, f'[protocol]\n\tallow = always\n[remote "origin"]\n\turl = {_quoted(program)}\n\tpromisor = true\n')


def promised_by_ssh(top: Path, command: str) -> None:
    """Let a program in place of ssh fetch the missing objects."""
    config = '[remote "origin"]\n\turl = ssh://localhost/x\n\tpromisor = true\n'
    _promise(top, f"[core]\n\tsshCommand = {_quoted(command + '; false')}\n{config}")


def promised_by_a_proxy(top: Path, command: str) -> None:
    """Let a program in place of a proxy fetch the missing objects."""
    write(top, {"proxy": f"#!/bin/sh\n{command}\n"})
    (top / "proxy").chmod(0o755)
    config = '[remote "origin"]\n\turl = git://localhost/x\n\tpromisor = true\n'
    _promise(top, f"[core]\n\tgitProxy = {top}/proxy\n{config}")


def promised_by_a_pack_program(top: Path, command: str) -> None:
    """Fetch the missing objects from another folder, with a given program on the other side."""
    upload = f"\tuploadpack = {_quoted(command + '; false')}\n"
    _promise(top, f'[remote "origin"]\n\turl = {top}\n\tpromisor = true\n{upload}')


FIRES: tuple[Trap, ...] = (
    watcher, watcher_of_the_first_version, cleaning_filter, filter_as_a_process, lfs_filter, filter_in_another_file,
    hook_after_the_index, folder_of_hooks, promised_by_a_program, promised_by_ssh, promised_by_a_proxy,
    promised_by_a_pack_program,
)  # fmt: skip
"""The traps that `git status` triggers, in the version for which these tests were written."""

NAMES = (
    "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy", "core.alternateRefsCommand",
    "core.hooksPath",
    "sequence.editor", "diff.external", "diff.x.textconv", "diff.x.command", "merge.x.driver", "merge.tool",
    "mergetool.x.cmd",
    "difftool.x.cmd", "credential.helper", "gpg.program", "gpg.ssh.program", "gpg.x509.program",
    "gpg.ssh.defaultKeyCommand",
    "alias.status", "alias.log", "alias.rev-parse", "pager.log", "pager.status", "interactive.diffFilter",
    "uploadpack.packObjectsHook",
    "trailer.x.command", "trailer.x.cmd", "web.browser", "browser.x.cmd", "man.x.cmd", "sendemail.tocmd",
    "remote.x.uploadpack",
    "remote.x.vcs", "submodule.x.update", "tar.x.command", "gc.recentObjectsHook", "receive.procReceiveRefs",
    "imap.tunnel",
    "log.showSignature", "fsmonitor.socketDir", "filter.x.clean", "filter.x.process", "filter.x.smudge",
    "guitool.x.cmd",
)  # fmt: skip
HOOKS = (
    "applypatch-msg", "commit-msg", "fsmonitor-watchman", "post-applypatch", "post-checkout", "post-commit",
    "post-index-change",
    "post-merge", "post-receive", "post-rewrite", "post-update", "pre-applypatch", "pre-auto-gc", "pre-commit",
    "pre-merge-commit",
    "pre-push", "pre-rebase", "pre-receive", "prepare-commit-msg", "push-to-checkout", "query-watchman",
    "reference-transaction",
    "sendemail-validate", "update",
)  # fmt: skip


def every_name(top: Path, command: str) -> None:
    """Set every configuration key that can hold a command, and attributes that use them."""
    for name in NAMES:
        section, _, key = name.rpartition(".")
        first, _, second = section.partition(".")
        heading = f'{first} "{second}"' if second else first
        _configure(top, f"[{heading}]\n\t{key} = {_quoted(command)}\n")
    write(top, {".gitattributes": "* diff=x merge=x filter=x\n"})


def every_hook(top: Path, command: str) -> None:
    """Write every hook that exists."""
    for name in HOOKS:
        write(top, {f".git/hooks/{name}": f"#!/bin/sh\n{command}\n"})
        (top / ".git/hooks" / name).chmod(0o755)


def repository_in_the_book(top: Path, command: str) -> None:
    """Commit a repository in the book's folder itself, which an ordinary clone copies."""
    core = "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n"
    config = f"{core}\tfsmonitor = {_quoted(command + '; false')}\n"
    parts = {"objects/.gitkeep": "", "refs/.gitkeep": "", "refs/heads/.gitkeep": "", "HEAD": "ref: refs/heads/main\n"}
    commit(top, {f"book/{name}": text for name, text in {**parts, "config": config}.items()})


def worktree_configuration(top: Path, command: str) -> None:
    """Use the configuration of a single work tree."""
    _configure(top, "[extensions]\n\tworktreeConfig = true\n")
    write(top, {".git/config.worktree": f"[core]\n\tfsmonitor = {_quoted(command + '; false')}\n"})


def configuration_of_a_submodule(top: Path, command: str) -> None:
    """Let a submodule name a program in its own configuration."""
    start(top.parent / "module", files={"one.txt": "1\n"})
    git(top, "submodule", "add", "-q", str(top.parent / "module"), "book/module")
    commit(top)
    config = top / ".git/modules/book/module/config"
    config.write_text(config.read_text() + f"[core]\n\tfsmonitor = {_quoted(command + '; false')}\n")


BESIDES: tuple[Trap, ...] = (repository_in_the_book, worktree_configuration)
ALSO: tuple[Trap, ...] = (*BESIDES, every_name, every_hook, configuration_of_a_submodule)


def _set(trap: Trap, folder: Path) -> tuple[Path, Path]:
    """Return a book with a trap, and the file that exists if a program has run."""
    book, mark = start(folder / "top"), folder / "mark"
    trap(folder / "top", f"touch {mark}")
    return book, mark


def _status(folder: Path) -> None:
    """Run `git status` in its most trusting mode, with any exit status."""
    subprocess.run(["git", "status"], cwd=folder, capture_output=True, check=False, env=environment(), timeout=60)


@pytest.mark.parametrize("trap", [*FIRES, *BESIDES], ids=lambda trap: trap.__name__)
def test_git_would_run_it(trap: Trap, tmp_path: Path) -> None:
    """The traps of these tests work on git itself. A later version may refuse them."""
    book, mark = _set(trap, tmp_path)
    _status(book)
    if not mark.exists() and "2.39." not in git(tmp_path, "version"):
        pytest.skip("not run: this version of git does not walk into the trap")
    assert mark.exists()


@pytest.mark.parametrize("trap", [*FIRES, *ALSO], ids=lambda trap: trap.__name__)
def test_no_program_of_a_repository_runs(trap: Trap, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the reader nor Compositor's commands start a program that a repository names."""
    book, mark = _set(trap, tmp_path)
    answer(book)
    assert not mark.exists()
    pressed(capsys, "check", book)
    assert not mark.exists()
    pressed(capsys, "epub", book, "-o", tmp_path / "made.epub")
    assert not mark.exists()


def test_a_clone_with_a_repository_in_the_book_is_told_as_it_is(tmp_path: Path) -> None:
    """The files of the embedded repository are ordinary files of the book, and the commit is the clone's."""
    repository_in_the_book(start(tmp_path / "origin").parent, f"touch {tmp_path}/mark")
    git(tmp_path, "clone", "-q", "origin", "clone")
    assert told(tmp_path / "clone/book")[::2] == (git(tmp_path / "clone", "rev-parse", "HEAD"), "clean")
    assert not (tmp_path / "mark").exists()


def test_an_archive_with_a_repository_is_read(tmp_path: Path) -> None:
    """A book that comes as an archive with its `.git` folder is reported with that repository's commit."""
    book, mark = _set(watcher, tmp_path)
    shutil.move(tmp_path / "top", tmp_path / "unpacked")
    assert kind(answer(tmp_path / "unpacked" / book.name)) == "clean"
    assert not mark.exists()
