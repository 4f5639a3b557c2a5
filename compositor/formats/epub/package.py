"""Finished documents and files -> the bytes of an EPUB: EbookLib makes the package, and nothing is lost.

EbookLib 0.20 parses documents again and drops what it does not understand, writes the clock's time into the archive,
and cannot set the language of the package. So it gets finished bytes, its archive is packed again, and the result is
compared with the input.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from io import BytesIO

from ebooklib import epub
from lxml import etree

from compositor.errors import stop
from compositor.formats.epub.metadata import add_metadata
from compositor.formats.epub.resources import Resource, strict_parser
from compositor.language import Language
from compositor.model import Book, ContentsEntry, Place, Role

FOLDER, XHTML_TYPE = "EPUB", "application/xhtml+xml"
OPF_ITEM = "{http://www.idpf.org/2007/opf}item"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
XML = (".xhtml", ".opf", ".ncx", ".xml", ".svg")
LEVELS = 3
"""Levels of the contents that reading systems show, without parts."""


@dataclass(frozen=True, slots=True)
class Document:
    """A finished XHTML document: the cover, a generated page or a source file."""

    name: str
    """Its file name, without ending."""
    data: bytes
    properties: tuple[str, ...] = ()
    """The properties of its manifest item: `nav`, `svg`, `mathml`. Source: EPUB 3.3, appendix D.6."""


@dataclass(frozen=True, slots=True)
class Package:
    """Everything that goes into the archive."""

    book: Book
    words: Language
    documents: tuple[Document, ...]
    """In reading order."""
    cover: Resource
    resources: tuple[Resource, ...]
    claims: tuple[tuple[str, str], ...]
    """Claims about its accessibility: property and value."""


class _Finished(epub.EpubHtml):  # type: ignore[misc]  # EbookLib has no types
    """A document whose bytes EbookLib leaves unchanged."""

    def get_content(self, default: object = None) -> object:
        return self.content

    def get_body_content(self) -> object:
        return self.content


def pack(package: Package) -> bytes:
    """Return the EPUB; the same package gives the same bytes."""
    made = BytesIO()
    options = {"mtime": package.book.edition.date.astimezone(UTC), "epub3_pages": False, "epub2_guide": False}
    options |= {"compresslevel": 0}  # it is unpacked at once
    writer = epub.EpubWriter(made, _ebook(package), options)
    writer.process()
    writer.write()
    with zipfile.ZipFile(made) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    opf = etree.fromstring(files[f"{FOLDER}/content.opf"], strict_parser())
    opf.set("{http://www.w3.org/XML/1998/namespace}lang", package.words.tag)
    files[f"{FOLDER}/content.opf"] = etree.tostring(opf, encoding="utf-8", xml_declaration=True)
    files[f"{FOLDER}/toc.ncx"] = _with_order(files[f"{FOLDER}/toc.ncx"])
    data = _archive(files, package)
    _check_nothing_is_lost(data, package)
    return data


def _with_order(ncx: bytes) -> bytes:
    """Add depth and reading order to the contents for older reading systems."""
    tree = etree.fromstring(ncx, strict_parser())
    points = list(tree.iter(f"{NCX}navPoint"))
    for number, point in enumerate(points, 1):
        point.set("playOrder", str(number))
    deepest = max((sum(1 for _ in point.iterancestors(f"{NCX}navPoint")) + 1 for point in points), default=1)
    for meta in tree.iter(f"{NCX}meta"):
        if meta.get("name") == "dtb:depth":
            meta.set("content", str(deepest))
    return etree.tostring(tree, encoding="utf-8", xml_declaration=True)


def _ebook(package: Package) -> epub.EpubBook:
    ebook = epub.EpubBook()
    add_metadata(ebook, package.book, package.words, package.claims)
    items: list[epub.EpubHtml] = []
    for document in package.documents:
        item = _Finished(f"doc-{len(items) + 1}", f"{document.name}.xhtml", XHTML_TYPE, document.data)
        item.properties = list(document.properties)
        ebook.add_item(item)
        items.append(item)
    cover = epub.EpubCover("cover-image", package.cover.name)
    cover.media_type, cover.content = package.cover.media_type, package.cover.data
    ebook.add_item(cover)
    for number, resource in enumerate(package.resources, 1):
        ebook.add_item(epub.EpubItem(f"file-{number}", resource.name, resource.media_type, resource.data))
    ebook.add_item(epub.EpubNcx())
    ebook.spine = items
    ebook.toc = _navigation(package.book.contents, package.words, LEVELS, iter(range(1, 1_000_000)))
    return ebook


def _navigation(
    entries: Iterable[ContentsEntry], words: Language, levels: int, numbers: Iterator[int]
) -> list[object]:
    """Return the contents as EbookLib wants them for the NCX, which older reading systems use."""
    made: list[object] = []
    for entry in entries:
        href = f"{entry.unit}.xhtml" if entry.role else f"{entry.unit}.xhtml#{entry.anchor}"
        deeper = levels if entry.role is Role.PART else levels - 1
        children = _navigation(entry.below(deeper), words, deeper, numbers)
        label = entry_label(entry, words)
        point = epub.Section(label, href) if children else epub.Link(href, label, f"point-{next(numbers)}")
        made.append((point, children) if children else point)
    return made


def entry_label(entry: ContentsEntry, words: Language) -> str:
    """Return `Part I Foundations`, `18.1 Architecture`, `Preface`, as in the template `nav.xhtml`."""
    names = {Role.PART: words.part, Role.APPENDIX: words.appendix}
    name = names.get(entry.role, "") if entry.role else ""
    return " ".join(part for part in (name if entry.number else "", entry.number, entry.title) if part)


def _archive(files: Mapping[str, bytes], package: Package) -> bytes:
    """Put `mimetype` first and uncompressed, then the rest by name; no clock, no owner (EPUB 3.3, section 4.2)."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(files, key=lambda name: (name != "mimetype", name)):
            info = zipfile.ZipInfo(name, package.book.edition.date_in_zip)
            info.create_system, info.external_attr = 3, 0o100644 << 16
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name], compresslevel=9)
    return target.getvalue()


def _check_nothing_is_lost(data: bytes, package: Package) -> None:
    """Check that all input can be read from the package, which lists all of it and nothing else."""
    expected = {f"{FOLDER}/{document.name}.xhtml": document.data for document in package.documents}
    expected |= {f"{FOLDER}/{file.name}": file.data for file in (package.cover, *package.resources)}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        files = {name: archive.read(name) for name in names}
    trees = {name: etree.fromstring(files[name], strict_parser()) for name in names if name.endswith(XML)}
    opf = trees[f"{FOLDER}/content.opf"]
    listed = [f"{FOLDER}/{item.get('href')}" for item in opf.iter(OPF_ITEM)]
    made = ["mimetype", "META-INF/container.xml", f"{FOLDER}/content.opf"]
    title = next(opf.iter("{http://purl.org/dc/elements/1.1/}title")).text
    wrong = {name for name, content in expected.items() if files.get(name) != content}
    wrong |= set(names) if sorted(names) != sorted(made + listed) else set()
    if wrong or title != package.book.metadata.title:
        place = Place(min(wrong, default=f"{FOLDER}/content.opf"))
        remedy = "this is a bug in Compositor; please report it"
        stop("E008", "the EPUB does not contain what was put into it", place, remedy)
