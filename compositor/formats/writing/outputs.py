"""What was made -> files in place: outputs, the report on the book beside them, failed files set aside."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from compositor.formats import FORMATS, SHAPES, WEB, Format
from compositor.formats.writing.files import write_all
from compositor.formats.writing.folders import Folder, is_site

UNPROVED = "unproved"
"""The folder, beside the outputs, for files with lost or changed content."""
REPORT = "fidelity.json"
"""The file, beside the outputs, with the report on what became of the book."""
ENDINGS = tuple(format_.ending for format_ in (*FORMATS, *SHAPES))


def target(output: str, slug: str, format_: Format) -> Path:
    """Return the file that a format is written to: as named, or `<slug>.<ending>` in the named folder.

    The output of a folder is named like a file, without `/` at its end; an empty folder, or a site, is itself the
    target.
    """
    folder = Path(output or ".")
    inside = folder / f"{slug}{format_.ending}"
    if format_.is_folder and output:
        is_itself = is_site(folder) or (folder.is_dir() and not any(folder.iterdir())) or not folder.exists()
        return folder if is_itself and (is_site(folder) or not output.endswith("/")) else inside
    if output.endswith("/") or folder.is_dir() or not folder.suffix:
        return inside
    return folder


def as_written(format_: Format, data: bytes) -> bytes:
    """Return the bytes of an output as they are handed over for writing; those of a folder are marked as such."""
    return Folder(data) if format_.is_folder else data


def aside(path: Path) -> Path:
    """Return where a failed output is put: in a folder beside it, under its own name."""
    return path.parent / UNPROVED / path.name


def report_file(path: Path, title: str) -> Path:
    """Return the file for the report on a book: beside its files, under another name if something else has it."""
    file = path.parent / REPORT
    return file if not os.path.lexists(file) or _is_report(file, title) else path.parent / f"{path.stem}.{REPORT}"


def _is_report(file: Path, title: str) -> bool:
    """Return whether a file is the report on a book with this title, and no link."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    is_ours = isinstance(said, dict) and {"format", "press", "title"}.issubset(said)
    return is_ours and said["title"] == title and not file.is_symlink()


def is_output(path: str, folder: str) -> bool:
    """Return whether a path, in its real form, is that of something that builds leave in their output folder."""
    above, name = os.path.split(path)
    inside = path.removeprefix(os.path.join(folder, "")).split(os.sep, 1) if path.startswith(folder + os.sep) else [""]
    if len(inside) > 1 and inside[0].endswith(WEB.ending):
        return True
    return above in (folder, os.path.join(folder, UNPROVED)) and name.endswith((*ENDINGS, REPORT, ".tmp"))


def put(
    good: Mapping[Path, bytes], title: str, became: bytes = b"", unproved: Mapping[Path, bytes] = MappingProxyType({})
) -> None:
    """Put good files in place, and failed ones into a separate folder, which the next good build removes.

    `became`: the report on the book, to be written beside its files; `unproved` are named by the places of the good.
    """
    kept = {aside(path): data for path, data in unproved.items()}
    if good or kept:
        beside = {report_file(path, title): became for path in good if became}
        write_all({**good, **beside, **kept}, [aside(path) for path in good])
