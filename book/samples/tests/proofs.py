"""A language -> what says something about one listing of it: its record, its check, and its run where that is cheap.

A record is asked first, because it answers in no time; a check or a run is asked only about what has come through.
"""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import mutating

import servers
import sql_states
from fences import Fault, Fence

Proof = Callable[[Fence], Iterator[Fault]]


@contextlib.contextmanager
def proof(language: str, folder: Path) -> Iterator[Proof]:
    """The proof of a language for the time of a `with`; files of its own go into a folder."""
    if language in _WITH_A_SERVER:
        with _WITH_A_SERVER[language](folder) as made:
            yield made
        return
    yield {"bash": _bash, "yaml": _yaml, "hcl": _hcl, "json": _json, "python": _python}[language](folder)


def _bash(_folder: Path) -> Proof:
    import check_shell  # noqa: PLC0415 -- not all of them are in every environment

    def faults(fence: Fence) -> Iterator[Fault]:
        yield from check_shell.faults_of_requests(fence, check_shell.calls_of(fence))
        yield from check_shell.faults_of(fence)

    return faults


def _yaml(_folder: Path) -> Proof:
    import cfnlint.decode  # noqa: PLC0415

    import check_cloudformation  # noqa: PLC0415

    def faults(fence: Fence) -> Iterator[Fault]:
        template, _ = cfnlint.decode.decode(str(fence.file))
        yield from check_cloudformation.faults_of_request(fence, template or {})
        yield from check_cloudformation.faults_of(fence)

    return faults


def _hcl(_folder: Path) -> Proof:
    import check_terraform  # noqa: PLC0415

    return check_terraform.faults_of


def _json(folder: Path) -> Proof:
    import check_json  # noqa: PLC0415
    import run_json  # noqa: PLC0415

    def faults(fence: Fence) -> Iterator[Fault]:
        yield from check_json.faults_of(fence)
        yield from run_json.faults_of([fence, *_others(fence, folder)])

    return faults


def _python(folder: Path) -> Proof:
    import check_python  # noqa: PLC0415
    import run_python  # noqa: PLC0415

    def faults(fence: Fence) -> Iterator[Fault]:
        with contextlib.chdir(folder):  # a changed name of a file is a file
            yield from run_python.faults_of(fence)
        yield from check_python.faults_of(fence)

    return faults


@dataclass(slots=True)
class _Database:
    """A server in which every listing is run behind those before it, in a database of its own."""

    server: servers.Server
    engine: sql_states.Engine
    language: str
    folder: Path
    fresh: Callable[[servers.Server, str], servers.Server]
    """A new database with what every chapter begins with, by the statements that lead to the listing."""
    begin: dict[str, str] = field(default_factory=dict)

    def faults_of(self, fence: Fence) -> Iterator[Fault]:
        """What a listing leaves behind otherwise than expected."""
        path = sql_states.FOLDER / self.engine.name / f"{fence.chapter_name}.toml"
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        before = [table.pop("before", {}).get("sql", "")]
        for other in _others(fence, self.folder):
            if other.number < fence.number and "norun" not in other.attributes:
                before += [table.get(other.name, {}).get("before", ""), self.engine.prepared(other.text)]
        database = self.fresh(self.server, "\n".join(before))
        yield from sql_states.faults_of_sample(fence, table.get(fence.name, {}), database, self.engine)


@contextlib.contextmanager
def _postgresql(folder: Path) -> Iterator[Proof]:
    import check_postgresql  # noqa: PLC0415
    import run_postgresql  # noqa: PLC0415

    roles = """SELECT string_agg(quote_ident(rolname), ', ') FROM pg_roles
               WHERE oid >= 16384 AND rolname NOT IN ('app', 'rds_iam')"""

    def fresh(server: servers.Server, before: str) -> servers.Server:
        admin = _in("template1", server)
        admin.ask("DROP DATABASE IF EXISTS mutant;")
        left = admin.ask(roles, "-A", "-t").stdout.strip()
        admin.ask((f"DROP ROLE {left};" if left else "") + "CREATE DATABASE mutant TEMPLATE postgres;")
        database = _in("mutant", server)
        database.ask(before)
        return database

    with run_postgresql.server_with_stubs() as server:
        database = _Database(server, run_postgresql.ENGINE, "sql.pg", folder, fresh)

        def faults(fence: Fence) -> Iterator[Fault]:
            yield from check_postgresql.faults_of(fence)
            yield from database.faults_of(fence)

        yield faults


@contextlib.contextmanager
def _mysql(folder: Path) -> Iterator[Proof]:
    import check_mysql  # noqa: PLC0415
    import run_mysql  # noqa: PLC0415

    def fresh(server: servers.Server, before: str) -> servers.Server:
        stubs = run_mysql.STUBS.read_text(encoding="utf-8")
        server.ask("DROP DATABASE shop; CREATE DATABASE shop; USE shop;\n" + stubs + before)
        return server

    with servers.mariadb() as server:
        database = _Database(server, run_mysql.ENGINE, "sql.my", folder, fresh)

        def faults(fence: Fence) -> Iterator[Fault]:
            yield from check_mysql.faults_of_request(fence)
            if "norun" not in fence.attributes:
                yield from database.faults_of(fence)
            yield from check_mysql.faults_of([fence])

        yield faults


@contextlib.contextmanager
def _console(_folder: Path) -> Iterator[Proof]:
    import check_session  # noqa: PLC0415
    import run_postgresql  # noqa: PLC0415
    import run_session  # noqa: PLC0415

    with servers.postgresql(run_postgresql.PROGRAMS, settings=run_session.SETTINGS) as server:

        def faults(fence: Fence) -> Iterator[Fault]:
            yield from check_session.faults_of_request(fence)
            yield from run_session.faults_of_session(fence, server)
            yield from check_session.faults_of(fence)

        yield faults


_WITH_A_SERVER = {"sql.pg": _postgresql, "sql.my": _mysql, "console": _console}


def _in(name: str, server: servers.Server) -> servers.Server:
    """The same server, asked in another database."""
    at = server.client.index("-d") + 1
    return replace(server, client=(*server.client[:at], name, *server.client[at + 1 :]))


def _others(fence: Fence, folder: Path) -> Iterator[Fence]:
    """The other listings of its chapter in its language, as they are in the book."""
    language = mutating.language_of(fence.language, " ".join(f".{name}" for name in fence.classes))
    for other, text in mutating.listings(language):
        if other.chapter == fence.chapter and other.number != fence.number:
            file = folder / f"other-{other.number}.{fence.language}"
            file.write_text(text, encoding="utf-8")
            yield replace(other, file=file)
