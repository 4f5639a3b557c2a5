"""The user's package index -> one pinned wheel of pip, checked: for a Python that came without pip and ensurepip.

A wheel of pip runs as it is (`python pip-26.3-py3-none-any.whl/pip install ...`). The index is the one in the user's
settings of pip; none is assumed. Standard library only, in the syntax of Python 3.9.
"""

from __future__ import annotations

import configparser
import contextlib
import hashlib
import os
import re
import ssl
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Optional
from urllib.parse import urljoin

NAME = "pip-26.3-py3-none-any.whl"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
PATIENCE = 30  # seconds for one answer
CONFIGURATIONS = ("~/.config/pip/pip.conf", "~/.pip/pip.conf", "/etc/pip.conf")


def fetch(folder: Path, index: str) -> Path:
    """Put the wheel into the folder; return its path. Raises OSError if it is not available or not the pinned one."""
    page = urljoin(index.rstrip("/") + "/", "pip/")
    listing = _read(page).decode("utf-8", "replace")
    links = re.findall(r"""href\s*=\s*["']((?:[^"'#]*/)?""" + re.escape(NAME) + r""")["'#]""", listing)
    if not links:
        raise OSError(f"the package index has no {NAME}")
    wheel = _read(urljoin(page, links[0]))
    if hashlib.sha256(wheel).hexdigest() != SHA256:
        raise OSError(f"{NAME} from the package index is not the expected one; it was deleted")
    target = folder / NAME
    target.write_bytes(wheel)
    return target


def index_of_user(environment: Mapping[str, str] = os.environ) -> Optional[str]:
    """Return the address of the index in the environment or pip's configuration files; None if there is none."""
    if environment.get("PIP_INDEX_URL"):
        return environment["PIP_INDEX_URL"]
    parser = configparser.RawConfigParser()
    for name in (environment.get("PIP_CONFIG_FILE", ""), *CONFIGURATIONS):
        with contextlib.suppress(configparser.Error):
            parser.read(Path(name).expanduser(), encoding="utf-8")
        if parser.has_option("global", "index-url"):
            return parser.get("global", "index-url")
    return None


def _read(address: str) -> bytes:
    trust = ssl.create_default_context(cafile=os.environ.get("PIP_CERT") or None)
    with urllib.request.urlopen(address, timeout=PATIENCE, context=trust) as answer:
        content: bytes = answer.read()
    return content
