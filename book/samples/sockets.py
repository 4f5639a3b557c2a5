"""A name -> a folder that sockets fit into, for a while."""

from __future__ import annotations

import tempfile

LONGEST = 60
"""Letters of a folder's name that leave room for the rest: the name of a socket has a hundred or so."""


def folder_for_sockets(name: str, shared: bool = False) -> tempfile.TemporaryDirectory[str]:
    """A folder in that for temporary files, which the press clears whatever happens; in /tmp if its name is too long.

    A shared folder is for another user, who cannot look into the one of the press.
    """
    usual = tempfile.gettempdir()
    folder = "/tmp" if shared or len(usual) > LONGEST else usual
    return tempfile.TemporaryDirectory(dir=folder, prefix=f"{name}-", ignore_cleanup_errors=True)
