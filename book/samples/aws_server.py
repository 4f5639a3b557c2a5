"""A socket -> an AWS CLI that is loaded already: each call is a child of this process, which ends with the call.

Loading the AWS CLI takes most of a second, and the samples of a chapter call it a hundred times. A call (aws_call.py)
brings its words, folder, variables and its three streams; what runs is the AWS CLI itself, and its exit code goes back.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from lifecycles import Lifecycles
from sockets import folder_for_sockets

PATIENCE = 60.0
"""Seconds that loading may take."""


@contextlib.contextmanager
def aws_server(environment: dict[str, str]) -> Iterator[str]:
    """A server for the time of a `with`; gives the path of its socket, short enough for a socket's name."""
    with folder_for_sockets("aws") as folder:
        path = Path(folder) / "socket"
        server = subprocess.Popen([sys.executable, __file__, str(path)], env=os.environ | environment)
        try:
            limit = time.monotonic() + PATIENCE
            while not path.exists() and server.poll() is None and time.monotonic() < limit:
                time.sleep(0.05)
            yield str(path)
        finally:
            server.terminate()
            server.wait()


def serve(path: str) -> NoReturn:
    """Answer calls until somebody ends it."""
    from awscli.clidriver import create_clidriver  # noqa: PLC0415 -- a caller of aws_server has no need of it

    driver = create_clidriver()
    driver.session.get_service_model("rds")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        # Ready when the file has its name: nobody may call before somebody listens.
        listener.bind(path + ".new")
        listener.listen(16)
        os.rename(path + ".new", path)
        while True:
            call, _ = listener.accept()
            if os.fork() == 0:
                _answer(call, driver.main)
            call.close()


def _answer(call: socket.socket, main: object) -> NoReturn:
    message, streams, _, _ = socket.recv_fds(call, 1 << 20, 3)
    asked = json.loads(message)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    code: object = 255
    try:
        os.chdir(asked["folder"])
        os.environ.clear()
        os.environ.update(asked["environment"])
        code = _strictly(asked["words"], main, Path(asked["environment"]["AWS_LIFECYCLES"]))
    except SystemExit as end:
        code = end.code
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        call.sendall(str(code or 0).encode())
        os._exit(0)


def _strictly(words: list[str], main: object, file: Path) -> object:
    """Refuse what AWS would refuse at this moment, and leave the rest to the emulator."""
    lifecycles, slept = Lifecycles.read(file), file.with_suffix(".slept")
    if slept.exists():
        slept.unlink()
        lifecycles.sleep()
    plain = words[2:] if words[:1] == ["--endpoint-url"] else words
    refusal = lifecycles.refusal(plain)
    code: object = 254
    if refusal:
        print(f"An error occurred when calling {plain[1]}, by the order of AWS: {refusal}", file=sys.stderr)
    else:
        code = main(words)  # type: ignore[operator]
    if code == 0:
        lifecycles.follow(plain)
    lifecycles.write(file)
    return code


if __name__ == "__main__":
    serve(sys.argv[1])
