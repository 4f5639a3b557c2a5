"""The address of a picture of the web -> the name of its file in the book's folder, once it was fetched."""

from __future__ import annotations

from hashlib import sha256

FOLDER = "_fetched"
"""The folder next to the chapters."""


def kept_name(address: str) -> str:
    """Return the name of its file, without the ending."""
    return sha256(address.encode()).hexdigest()[:24]
