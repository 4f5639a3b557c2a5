"""A database engine -> a server of it on this machine that listens on a socket in a folder of its own, for a while.

Both servers are children of the caller in its process group, listen on no network, and are gone with their folder when
the `with` ends.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sockets import folder_for_sockets

PATIENCE = 60.0
"""Seconds that a server may take to answer."""
SYSTEM_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")
"""Where servers are installed that are on nobody's PATH."""


class NoServer(Exception):
    """A database server is not there, or it does not answer."""


@dataclass(frozen=True, slots=True)
class Server:
    """A database server that answers, by the words that start its client."""

    client: tuple[str, ...]
    folder: Path
    """Where its socket is."""

    def ask(self, statements: str, *options: str) -> subprocess.CompletedProcess[str]:
        """Have the client read statements from its standard input."""
        return subprocess.run([*self.client, *options], input=statements, capture_output=True, text=True, check=False)


@contextlib.contextmanager
def postgresql(
    programs: Path, *, extensions: Path | None = None, settings: dict[str, str] | None = None
) -> Iterator[Server]:
    """A PostgreSQL from a folder of programs, with an empty database, extensions of its own and settings."""
    user = _other_user()
    with folder_for_sockets("sql", shared=user is not None) as name:
        folder = Path(name)
        if extensions:
            # A copy: the server may be another user, who cannot look into every folder of ours.
            shutil.copytree(extensions, folder / "extension")
        if user:
            shutil.chown(folder, user)
        data, locale = folder / "data", ["--encoding=UTF8", "--no-locale"]
        _run([str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-N", *locale], user)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "fsync": "off",
            "timezone": "UTC",
            "extension_control_path": f"{folder}:$system",
        } | (settings or {})
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        client = (str(programs / "psql"), "-X", "-q", "-P", "footer=off", "-v", "ON_ERROR_STOP=1",
                  "-h", str(folder), "-U", "postgres", "-d", "postgres", "-f", "-")  # fmt: skip
        command = [str(programs / "postgres"), "-D", str(data), *options]
        with _running(command, user, Server(client, folder)) as server:
            yield server


@contextlib.contextmanager
def mariadb() -> Iterator[Server]:
    """A MariaDB with an empty database called `shop`."""
    with folder_for_sockets("sql") as name:
        folder = Path(name)
        data, socket = folder / "data", folder / "socket"
        user = ["--user=root"] if os.geteuid() == 0 else []
        install = [_program("mariadb-install-db"), "--no-defaults", "--auth-root-authentication-method=normal"]
        _run([*install, f"--datadir={data}", "--skip-test-db", *user])
        command = [_program("mariadbd"), "--no-defaults", f"--datadir={data}", f"--socket={socket}", *user,
                   f"--pid-file={folder / 'pid'}", "--skip-networking", "--default-time-zone=+00:00"]  # fmt: skip
        client = (_program("mariadb"), "--no-defaults", f"--socket={socket}", "--user=root")
        with _running(command, None, Server(client, folder)) as server:
            made = server.ask("CREATE DATABASE shop;")
            if made.returncode:
                raise NoServer(made.stderr)
            yield Server((*client, "--database=shop"), folder)


def _program(name: str) -> str:
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *SYSTEM_FOLDERS])
    found = shutil.which(name, path=path)
    if found is None:
        raise NoServer(f"{name} is not on this machine")
    return found


def _other_user() -> str | None:
    """PostgreSQL does not run as root, so it runs as nobody there."""
    return pwd.getpwnam("nobody").pw_name if os.geteuid() == 0 else None


def _run(command: list[str], user: str | None = None) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, user=user, cwd="/", check=False)
    except PermissionError as problem:
        raise NoServer(f"{command[0]} cannot be started as {user or 'you'}: {problem.strerror}") from problem
    if done.returncode:
        raise NoServer(f"{Path(command[0]).name}: {done.stderr.strip() or done.stdout.strip()}")


@contextlib.contextmanager
def _running(command: list[str], user: str | None, server: Server) -> Iterator[Server]:
    with tempfile.TemporaryFile() as words:
        running = subprocess.Popen(command, stdout=words, stderr=words, user=user, cwd="/")
        try:
            limit = time.monotonic() + PATIENCE
            while server.ask("SELECT 1;").returncode:
                if running.poll() is not None or time.monotonic() > limit:
                    words.seek(0)
                    raise NoServer(f"{Path(command[0]).name} does not answer: {words.read().decode()[-400:]}")
                time.sleep(0.1)
            yield server
        finally:
            running.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(20)
            running.kill()
            running.wait()
