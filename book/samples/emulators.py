"""The name of an emulator -> an address on this machine at which it answers like AWS, for as long as it is needed."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3

ACCOUNT = "111122223333"
"""The account of the samples: moto is told so, MiniStack takes the access key for it."""
PATIENCE = 60.0
"""Seconds that an emulator may take to answer."""
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": ACCOUNT,
    "AWS_SECRET_ACCESS_KEY": "nobody",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_PAGER": "",
}


class NoEmulator(Exception):
    """An emulator is not there, or it does not answer."""


@contextlib.contextmanager
def emulator(name: str) -> Iterator[str]:
    """An emulator for the time of a `with`; gives its address. Whatever happens, it is ended behind."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as words:
        command, settings = _command(name, port)
        environment = os.environ | CREDENTIALS | settings
        # In the process group of its caller, so that who ends that group ends the emulator too.
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=words, stderr=words)
        try:
            _wait_until_it_answers(name, server, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            end(server)


def client(service: str, address: str, region: str = "us-east-1") -> Any:
    """A client of boto3 for an emulator."""
    return boto3.client(
        service,
        endpoint_url=address,
        region_name=region,
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
    )


def _command(name: str, port: int) -> tuple[list[str], dict[str, str]]:
    if name == "moto":
        return [_program(Path(sys.executable).parent, "moto_server"), "-H", "127.0.0.1", "-p", str(port)], {
            "MOTO_ACCOUNT_ID": ACCOUNT
        }
    if name == "ministack":
        # An environment of its own, because it pins a botocore of its own.
        environment = os.environ.get("COMPOSITOR_ENVIRONMENT_EMULATOR")
        if environment is None:
            raise NoEmulator("the environment of the emulator is not there; `build.py samples` makes it")
        return [_program(Path(environment) / "bin", "ministack")], {
            "GATEWAY_PORT": str(port),
            "BIND_HOST": "127.0.0.1",
        }
    raise NoEmulator(f"there is no emulator called {name}; the two are moto and ministack")


def _program(folder: Path, name: str) -> str:
    program = folder / name
    if not program.exists():
        raise NoEmulator(f"{name} is not in {folder}")
    return str(program)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_it_answers(name: str, server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            raise NoEmulator(f"{name} ended before it answered, with exit code {server.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise NoEmulator(f"{name} did not answer within {PATIENCE:.0f} seconds")


def end(server: subprocess.Popen[bytes]) -> None:
    """End a server of ours, asking first."""
    for sign in (server.terminate, server.kill):
        with contextlib.suppress(ProcessLookupError):
            sign()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(10)
            return
