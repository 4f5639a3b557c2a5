"""The name of an editor -> the address that opens a file in it at a line."""

from __future__ import annotations

EDITORS = {
    "vscode": "vscode://file{path}:{line}",
    "vscodium": "vscodium://file{path}:{line}",
    "cursor": "cursor://file{path}:{line}",
    "zed": "zed://file{path}:{line}",
    "idea": "idea://open?file={path}&line={line}",
    "pycharm": "pycharm://open?file={path}&line={line}",
    "sublime": "subl://open?url=file://{path}&line={line}",
    "textmate": "txmt://open?url=file://{path}&line={line}",
    "macvim": "mvim://open?url=file://{path}&line={line}",
    "emacs": "emacs://open?url=file://{path}&line={line}",
}
"""Name -> address; `path` is the absolute path of the file with a leading slash, escaped for an address."""
FIRST = "vscode"
VARIABLE = "COMPOSITOR_EDITOR"
"""The environment variable that sets the editor for all books."""
PATH, LINE = "{path}", "{line}"
REFUSED = frozenset({"javascript", "data", "http", "https", "blob", "vbscript"})
"""Schemes that open no editor but lead to another page, or run a script in this one."""


def address_of(editor: str) -> str:
    """Return the address for an editor by its name, or an address given as such. Raises ValueError otherwise."""
    if editor in EDITORS:
        return EDITORS[editor]
    scheme, mark, _ = editor.partition("://")
    plain = scheme.replace("-", "").replace("+", "").replace(".", "")
    if not (mark and plain.isascii() and plain.isalnum()) or scheme.casefold() in REFUSED or PATH not in editor:
        names = ", ".join(EDITORS)
        raise ValueError(f"name one of {names}, or write an address with {PATH} and {LINE} in it")
    return editor
