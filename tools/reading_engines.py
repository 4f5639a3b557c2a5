"""An EPUB -> pictures of each kind of page in two engines of reading systems, as a phone and a tablet show them.

    python3 tools/reading_engines.py [dist/six-copies-one-writer.epub] [-o dist/screens]

The engines are epub.js and foliate-js, in the versions in tools/readers/package-lock.json, in Chromium; each picture is
made on light, sepia and dark ground. Needs Node 20, npm and Chromium. Look at the pictures.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from lxml import etree
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
READERS = ROOT / "tools" / "readers"
ENGINES = ("epubjs", "foliate")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZES = {"phone": (390, 844), "tablet": (820, 1180)}
GROUNDS = {"light": ("#ffffff", "#000000"), "sepia": ("#f4ecd8", "#3b2f1e"), "dark": ("#101010", "#d8d8d8")}
"""Ground and ink, as offered by reading systems."""
XHTML = "{http://www.w3.org/1999/xhtml}"
KINDS: Mapping[str, str] = {
    "contents": "//x:nav[@role='doc-toc']",
    "opener": "//x:section[contains(@class,'unit')]/x:header[.//x:span[@class='number']]",
    "note": "//x:p[.//x:a[@role='doc-noteref']]",
    "callout": "//x:aside[contains(@class,'callout')]",
    "listing": "//x:figure[contains(@class,'listing')]",
    "annotations": "//x:figure[.//x:a[@class='annotation']]",
    "session": "//x:pre[contains(@class,'console')]",
    "figure": "//x:figure[contains(@class,'figure')]",
    "table": "//x:div[contains(@class,'table') and not(contains(@class,'cards'))]",
    "cards": "//x:div[contains(@class,'cards')]",
    "formula": "//*[local-name()='math']",
    "exercise": "//x:*[contains(@class,'exercise')]",
    "answer": "//x:section[@class='answer']",
    "notes": "//x:*[@role='doc-footnote']",
    "glossary": "//x:*[contains(@class,'glossary')]",
    "bibliography": "//x:ul[contains(@class,'works')]",
    "index": "//x:*[contains(@class,'index-list')]",
    "list": "//x:nav[contains(@class,'captions')]",
    "title": "//x:section[contains(@class,'title-page')]",
    "copyright": "//x:section[contains(@class,'copyright-page')]",
    "cover": "//x:section[contains(@class,'cover')]",
}
"""Kind of page -> what it shows at its top."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pictures; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("epub", nargs="?", type=Path, default=ROOT / "dist" / "six-copies-one-writer.epub")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist" / "screens", help="folder for the pictures")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS), help="kinds of pages, else all")
    options = parser.parse_args(arguments)
    lacking = missing()
    if lacking:
        print(f"This needs {', '.join(lacking)}.", file=sys.stderr)
        return 3
    install()
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "marked.epub"
        shots = list(marked(options.epub, book, options.kinds))
        job = {"book": str(book), "screens": screens(), "shots": shots, "folder": str(options.output.resolve())}
        facts = ask(job)
    for picture in contact_sheets(options.output, [shot["name"] for shot in shots]):
        print(picture)
    problems = [problem for found in facts.values() for problem in found["problems"]]
    print("\n".join(sorted(set(problems))), file=sys.stderr, end="\n" if problems else "")
    return 1 if problems else 0


def missing() -> tuple[str, ...]:
    """Return what the machine lacks for it."""
    lacks = [name for name in ("node", "npm") if shutil.which(name) is None]
    return (*lacks, *(() if browser() else ("Chromium",)))


def browser() -> str:
    """Return where Chromium is; empty if it is missing."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), "")


def install() -> None:
    """Install the engines from the lock file, unless they are there."""
    stamp, lock = READERS / "node_modules" / ".ok", (READERS / "package-lock.json").read_bytes()
    if not stamp.exists() or stamp.read_bytes() != lock:
        command = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        subprocess.run(command, cwd=READERS, check=True, stdout=subprocess.DEVNULL)
        stamp.write_bytes(lock)


def walk(epub: Path) -> dict[str, Any]:
    """Return what each engine shows of each document: letters, title, broken pictures; and the problems it met."""
    return ask({"book": str(epub.resolve()), "screens": [], "shots": [], "folder": str(READERS)})


def narrow(epub: Path, width: int) -> dict[str, Any]:
    """Return what sticks out of a page so wide (in CSS pixels) in each document, and what scrolls sideways."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(epub) as archive:
        archive.extractall(folder)
        files = [name for name in archive.namelist() if name.endswith(".xhtml")]
        told = {"folder": folder, "files": files, "width": width}
        found: dict[str, Any] = ask({"book": str(epub.resolve()), "narrow": told})["narrow"]
    return found


def ask(job: Mapping[str, Any]) -> dict[str, Any]:
    """Pass a job to readers.mjs, which documents its fields."""
    # WeasyPrint leaves a font configuration without fonts in the environment of a process that has used it.
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    command = ("node", str(READERS / "readers.mjs"))
    with tempfile.TemporaryDirectory() as profile:
        text = json.dumps({"browser": browser(), "profile": profile, "engines": ENGINES, **job})
        done = subprocess.run(
            command, input=text.encode(), stdout=subprocess.PIPE, env=environment, check=True, timeout=600
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def screens() -> list[dict[str, Any]]:
    """Write every size on every ground."""
    return [
        {
            **{"name": f"{size}-{ground}", "width": width, "height": height},
            **{"background": paper, "color": ink, "dark": ground == "dark"},
        }
        for size, (width, height) in SIZES.items()
        for ground, (paper, ink) in GROUNDS.items()
    ]


def marked(epub: Path, target: Path, kinds: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Write a copy of the book in which the first thing of each kind has an id; return where each of them is."""
    with zipfile.ZipFile(epub) as archive:
        files = {info: archive.read(info) for info in archive.infolist()}
    trees = {info: etree.fromstring(files[info]) for info in documents(files)}
    for kind in kinds:
        found = first(trees, KINDS[kind])
        if found is not None:
            info, element = found
            if element.get("id") is None:
                element.set("id", f"shot-{kind}")
            yield {"name": kind, "href": f"{Path(info.filename).name}#{element.get('id')}"}
            if kind == "note":
                yield {"name": "popup", "href": f"{Path(info.filename).name}#{element.get('id')}", "note": True}
    with zipfile.ZipFile(target, "w") as copy:
        for info, data in files.items():
            copy.writestr(info, etree.tostring(trees[info]) if info in trees else data)


def documents(files: Mapping[zipfile.ZipInfo, bytes]) -> list[zipfile.ZipInfo]:
    """Return the documents of a book in the order of its spine, so that the first of a kind is read first."""
    package = next(etree.fromstring(data) for info, data in files.items() if info.filename.endswith(".opf"))
    items = {str(one.get("id")): str(one.get("href")) for one in package.iter("{*}item")}
    order = [items[str(one.get("idref"))] for one in package.iter("{*}itemref")]
    named = {Path(info.filename).name: info for info in files if info.filename.endswith(".xhtml")}
    return [named[Path(href).name] for href in order]


def first(trees: Mapping[zipfile.ZipInfo, etree._Element], path: str) -> tuple[zipfile.ZipInfo, etree._Element] | None:
    """Return the document and the element that a path finds first."""
    for info, tree in trees.items():
        found = cast(list[etree._Element], tree.xpath(path, namespaces={"x": XHTML[1:-1]}))
        if found:
            return info, found[0]
    return None


def contact_sheets(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """Write for each kind one picture of all its screens: a row for each engine."""
    for name in names:
        rows = [
            [path for screen in screens() if (path := folder / f"{name}-{engine}-{screen['name']}.png").exists()]
            for engine in ENGINES
        ]
        if any(rows):
            target = folder / f"{name}.png"
            _sheet([row for row in rows if row]).save(target)
            yield target


def _sheet(rows: Sequence[Sequence[Path]]) -> Image.Image:
    pictures = [[Image.open(path).convert("RGB") for path in row] for row in rows]
    gap = 16
    width = max(sum(one.width + gap for one in row) for row in pictures) + gap
    height = sum(max(one.height for one in row) + gap for row in pictures) + gap
    sheet, top = Image.new("RGB", (width, height), "#777777"), gap
    for row in pictures:
        left = gap
        for one in row:
            sheet.paste(one, (left, top))
            left += one.width + gap
        top += max(one.height for one in row) + gap
    return sheet.resize((sheet.width // 2, sheet.height // 2), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    raise SystemExit(main())
