"""Files of one book in a folder -> findings: those from another build than the one that was just made."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

from compositor.errors import warning
from compositor.model import Finding, Place


def of_other_builds(build: str, written: Collection[Path]) -> Iterator[Finding]:
    """Yield findings for files of other formats beside the written ones, with another build id."""
    for path in written:
        for beside in (path.with_suffix(ending) for ending in READERS):
            if beside in written or not beside.is_file():
                continue
            found = build_id(beside)
            if found != build:
                whose = f"of the build {found}" if found else "of an unknown build"
                message = f"{beside.name} next to this file is {whose}, not of {build}"
                yield warning("F007", message, Place(path.as_posix()), "make both in one build: the command `all`")


def build_id(file: Path) -> str:
    """Return the build that a finished PDF or EPUB comes from; empty if it names none or cannot be read."""
    return READERS[file.suffix](file)


def _of_pdf(file: Path) -> str:
    import pikepdf

    try:
        with pikepdf.open(file) as pdf:
            return str(pdf.docinfo.get("/CompositorBuild", ""))
    except (pikepdf.PdfError, OSError):
        return ""


def _of_epub(file: Path) -> str:
    from lxml import etree

    try:
        with zipfile.ZipFile(file) as archive:
            name = next(name for name in archive.namelist() if name.endswith(".opf"))
            package = etree.fromstring(archive.read(name))
    except (OSError, StopIteration, zipfile.BadZipFile, etree.XMLSyntaxError):
        return ""
    found = package.xpath("string(//*[local-name()='meta'][@name='compositor-build']/@content)")
    return str(found)


READERS = {".pdf": _of_pdf, ".epub": _of_epub}
"""Ending -> how the build id is read; formats that are not listed are not compared."""
EXPLANATIONS = {
    "F007": """The PDF and the EPUB of a book are in one folder but come from different builds: the sources have changed
in between, or a build was killed between writing the two. Each is whole. Readers who compare them would find
differences. Make both in one build, with the command `all`.""",
}
