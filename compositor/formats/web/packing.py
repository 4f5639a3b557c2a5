"""Files -> a zip, the same bytes for the same files, with the list of them that marks a folder as ours."""

from __future__ import annotations

import json
import posixpath
import zipfile
from collections.abc import Mapping
from io import BytesIO

from compositor.folder.paths import SITE_MARK
from compositor.model import Book

PRESSED = (".woff2", ".jpg", ".jpeg", ".png", ".pdf", ".epub")
"""Endings of files that do not get smaller."""
PLAIN = 0o644 << 16
"""Permissions of a file in a zip. Source: PKWARE APPNOTE, section 4.4.15, and Info-ZIP."""


def zipped(book: Book, files: Mapping[str, bytes]) -> bytes:
    """Return the files in the order of their names, after the list of them; all have the date of the edition."""
    names = sorted((*files, SITE_MARK))
    listed = {"press": "Compositor", "build": book.edition.build_id, "files": names}
    whole = {**files, SITE_MARK: f"{json.dumps(listed, ensure_ascii=False, indent=1)}\n".encode()}
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, book.edition.date_in_zip)
            entry.external_attr = PLAIN
            pressed = posixpath.splitext(name)[1].lower() in PRESSED
            archive.writestr(entry, whole[name], zipfile.ZIP_STORED if pressed else zipfile.ZIP_DEFLATED)
    return target.getvalue()
