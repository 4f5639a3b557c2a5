"""What a PDF has once: catalog, page tree, outline, page labels, destinations, metadata; nothing comes from CSS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pydyf

from compositor.model import Edition, Metadata
from compositor.typeset.document import parts
from compositor.typeset.document.blocks import Part
from compositor.typeset.document.generating import generate
from compositor.typeset.document.parts import Anchor, Block, Placed, WriteFrame
from compositor.typeset.document.xmp import declare_pdf_ua
from compositor.typeset.values import VARIANT, Outline, PageLabel, Volume

Found = tuple[Anchor, bytes]
"""An anchor, and the reference of its page."""


def frame(fetcher: object, fonts: object, asked: WriteFrame) -> Block:
    """Return its bytes, when all units have their places."""
    pdf = _described(fetcher, fonts, asked)
    whole = (pdf.catalog, pdf.pages)
    pdf.objects = [made for made in pdf.objects if isinstance(made, pydyf.Stream) or any(made is one for one in whole)]
    anchors = tuple(_anchors(asked.sections))
    pdf.catalog["PageLabels"] = _labels(asked.volume.labels)
    pdf.catalog["Names"] = pydyf.Dictionary({"Dests": _destinations(pdf, anchors)})
    pdf.catalog["StructTreeRoot"] = _reference(parts.STRUCTURE)
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    if asked.volume.places:
        pdf.catalog["PieceInfo"] = _private(pdf, asked.volume)
    fixed = [*_fixed(pdf, asked.sections), *_trees(asked.sections)]
    _outline(pdf, asked.volume.outline, anchors)
    free = [made for made in (*pdf.objects, pdf.info) if all(made is not one for one in fixed)]
    part = Part(
        [made for made in free if not isinstance(made, pydyf.Stream)],
        [made for made in free if isinstance(made, pydyf.Stream)],
    )
    part.number(asked.first, {})
    block = part.written(asked.first, {}, fixed)
    return Block(block.data, block.first, block.plain, block.streams, block.offsets, block.fixed, pdf.info.number)


def _private(pdf: Any, volume: Volume) -> Any:
    """Return data for Compositor alone, with the date of the file (ISO 32000-1, 14.5)."""
    stream = pydyf.Stream([volume.places], {}, compress=True)
    pdf.add_object(stream)
    date = pydyf.String(volume.edition.date.strftime("D:%Y%m%d%H%M%SZ"))
    return pydyf.Dictionary(
        {"Compositor": pydyf.Dictionary({"LastModified": date, "Private": stream.reference})}
    )


def _described(fetcher: object, fonts: object, asked: WriteFrame) -> Any:
    """Return WeasyPrint's PDF without pages, with all that WeasyPrint writes about a file as a whole."""
    from weasyprint import pdf
    from weasyprint.document import Document
    from weasyprint.pdf.metadata import DocumentMetadata

    document = Document([], DocumentMetadata(), fetcher, fonts, {}, "srgb")
    _describe(document.metadata, asked.volume.metadata, asked.volume.edition)
    declare_pdf_ua(document.metadata)
    before, pdf.add_tags = pdf.add_tags, lambda *_: None
    try:
        return generate(document, pdf_variant=VARIANT, custom_metadata=True)
    finally:
        pdf.add_tags = before


def _describe(target: Any, metadata: Metadata, edition: Edition) -> None:
    from compositor import __version__

    target.title = metadata.title
    target.authors = list(metadata.authors)
    target.description = metadata.description or metadata.subtitle
    target.keywords = list(metadata.keywords)
    target.lang = metadata.language
    target.generator = f"compositor {__version__}"
    target.created = target.modified = edition.date.strftime("%Y-%m-%dT%H:%M:%SZ")
    target.custom = {"CompositorBuild": edition.build_id}


def _reference(number: int) -> bytes:
    return b"%d 0 R" % number


def _fixed(pdf: Any, sections: Sequence[Placed]) -> Iterator[Any]:
    """Yield the objects to which parts refer, with their agreed numbers."""
    pdf.catalog.number, pdf.pages.number = parts.CATALOG, parts.PAGES
    pdf.pages["Count"] = sum(one.painted.pages for one in sections)
    pdf.pages["Kids"] = pydyf.Array([_reference(parts.tree(one)) for one in sections])
    yield pdf.catalog
    yield pdf.pages
    for made in pdf.objects:
        if isinstance(made, pydyf.Stream) and made.extra.get("N") is not None:
            made.number = parts.PROFILE
            yield made


def _trees(sections: Sequence[Placed]) -> Iterator[Any]:
    """Yield the element of the whole document, and the tree from content to elements."""
    kids = [_reference(number) for one in sections for number in parts.elements(one)]
    root = {"Type": "/StructTreeRoot", "ParentTree": _reference(parts.PARENTS)}
    whole = {"Type": "/StructElem", "S": "/Document", "P": _reference(parts.STRUCTURE), "K": pydyf.Array(kids)}
    nodes = [_reference(parts.node(one)) for one in sections]
    nodes += [_reference(parts.node(one) + 1) for one in sections if one.painted.annotations]
    made = {
        parts.STRUCTURE: {**root, "K": pydyf.Array([_reference(parts.DOCUMENT)])},
        parts.DOCUMENT: whole,
        parts.PARENTS: {"Kids": pydyf.Array(nodes)},
    }
    for number, entries in made.items():
        one = pydyf.Dictionary(entries)
        one.number = number
        yield one


def _anchors(sections: Sequence[Placed]) -> Iterator[Found]:
    """Yield every anchor of the book at its first place."""
    known = set[str]()
    for one in sections:
        for anchor in one.painted.anchors:
            if anchor.name not in known:
                known.add(anchor.name)
                yield anchor, _reference(one.first + anchor.page)


def _destination(found: Found) -> Any:
    anchor, page = found
    return pydyf.Array([page, "/XYZ", anchor.x, anchor.y, 0])


def _destinations(pdf: Any, anchors: Sequence[Found]) -> Any:
    """Return the names of places, in the order that a name tree needs."""
    names = pydyf.Array()
    for found in sorted(anchors, key=lambda one: one[0].name):
        names.extend([pydyf.String(found[0].name), _destination(found)])
    made = pydyf.Dictionary({"Names": names})
    pdf.add_object(made)
    return made.reference


def _outline(pdf: Any, entries: Sequence[Outline], anchors: Sequence[Found]) -> None:
    """Add bookmarks in the order of the pages, nested by their levels."""
    wanted = {entry.anchor: entry for entry in entries}
    root = pydyf.Dictionary({"Count": 0})
    above: list[tuple[int, Any]] = [(0, root)]
    for found in anchors:
        if entry := wanted.get(found[0].name):
            while above[-1][0] >= entry.level:
                above.pop()
            made = pydyf.Dictionary({"Title": pydyf.String(entry.label), "Dest": _destination(found)})
            made.open = entry.open
            pdf.add_object(made)
            _hang(above[-1][1], made)
            above.append((entry.level, made))
    if "First" in root:
        pdf.add_object(root)
        _count(root)
        pdf.catalog["Outlines"] = root.reference


def _hang(parent: Any, made: Any) -> None:
    """Put a bookmark after the last one below its parent."""
    kids = parent.__dict__.setdefault("kids", [])
    made["Parent"] = parent.reference
    if kids:
        made["Prev"], kids[-1]["Next"] = kids[-1].reference, made.reference
    kids.append(made)
    parent["First"], parent["Last"] = kids[0].reference, made.reference


def _count(made: Any) -> int:
    """Return how many bookmarks show when this one is open, as the file states it; negative if it is closed."""
    kids = made.__dict__.get("kids", [])
    below = sum(_count(kid) for kid in kids)
    is_open = made.__dict__.get("open", True)
    made["Count"] = len(kids) + below if is_open else -(len(kids) + below)
    return len(kids) + below if is_open else 0


def _labels(labels: Sequence[PageLabel]) -> Any:
    numbers = pydyf.Array()
    for label in labels:
        numbers.extend([label.index, _label(label)])
    return pydyf.Dictionary({"Nums": numbers})


def _label(label: PageLabel) -> Any:
    said = pydyf.Dictionary({"S": f"/{label.style}", "St": label.first} if label.style else {})
    if label.prefix:
        said["P"] = pydyf.String(label.prefix)
    return said
