"""The address of a picture of the web -> the name of the file in the book's folder that has it, once it was fetched."""

from __future__ import annotations

from hashlib import sha256

FOLDER = "_fetched"
"""The folder beside the chapters."""


def kept_name(address: str) -> str:
    """The name of its file, without the ending."""
    return sha256(address.encode()).hexdigest()[:24]
