"""The samples of terminal sessions -> faults: the commands are run beside a PostgreSQL that plays the demoted writer.

What they print must be what is shown, line ends aside: the book breaks a long line and shortens the socket's folder to
/tmp/pg, and says so.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import servers
from fences import Fault, Fence, fences_of_call, report
from run_postgresql import PROGRAMS
from sessions import Exchange, exchanges_of

SHOWN_FOLDER = "/tmp/pg"
SETTINGS = {"default_transaction_read_only": "on"}


def faults_of(fences: list[Fence]) -> Iterator[Fault]:
    """What the sessions print otherwise than shown."""
    try:
        with servers.postgresql(PROGRAMS, settings=SETTINGS) as server:
            for fence in fences:
                yield from faults_of_session(fence, server)
    except servers.NoServer as problem:
        yield Fault(fences[0], 1, str(problem))


def faults_of_session(fence: Fence, server: servers.Server) -> Iterator[Fault]:
    """What one of them prints otherwise than shown, beside a server that runs."""
    for exchange in exchanges_of(fence.text):
        yield from _faults_of_exchange(fence, exchange, str(server.folder))


def _faults_of_exchange(fence: Fence, exchange: Exchange, folder: str) -> Iterator[Fault]:
    environment = os.environ | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}", "PGUSER": "postgres"}
    done = subprocess.run(
        ["bash", "-c", exchange.command.replace(SHOWN_FOLDER, folder)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    printed = done.stdout.replace(folder, SHOWN_FOLDER)
    if printed.split() != exchange.shown.split():
        yield Fault(fence, exchange.line, f"this prints: {printed.strip() or 'nothing'}")


if __name__ == "__main__":
    sys.exit(report(faults_of(fences_of_call())))
