"""An address -> the user's browser, if the command was asked to open one."""

from __future__ import annotations

import webbrowser


def show(address: str) -> bool:
    """Open an address in the browser that the user has chosen; return whether there is one."""
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False
