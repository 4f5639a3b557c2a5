"""Page boxes -> the structure tree of the PDF: one element of the source is one structure element.

WeasyPrint makes a new element on each page for a paragraph or a table, has no notes, code or contents, and tags running
heads as text (upstream issue 2482). Here, an element that continues on the next page keeps its structure element, which
gets further content there (ISO 32000-1, 14.7.4.2); everything but the book's text is an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from compositor.typeset.document.artifacts import artifacts_of
from compositor.typeset.document.describing import PX, describe
from compositor.typeset.document.late import Name
from compositor.typeset.document.roles import ARTIFACT, GROUPING, TRANSPARENT, WITHIN_TEXT, is_contents, role
from compositor.typeset.document.shaping import is_turned
from compositor.typeset.note_links import is_number


@contextmanager
def own_tags(pages: Sequence[Any]) -> Iterator[list[Tags]]:
    """Let WeasyPrint make our structure tree and mark artifacts inside the `with` block; the list then contains the
    tree."""
    from weasyprint import pdf as writer
    from weasyprint.pdf.stream import Stream

    artifacts = set(artifacts_of(pages))
    add_tags, marked = writer.add_tags, Stream.marked

    @contextmanager
    def marked_or_artifact(stream: Any, box: Any, tag: str) -> Iterator[None]:
        with stream.artifact() if box in artifacts else marked(stream, box, tag):
            yield

    made: list[Tags] = []

    def add_own(pdf: Any, document: Any, pdf_version: Any, page_streams: Sequence[Any]) -> None:
        made.append(Tags(pdf))
        made[0].build(document.pages, page_streams)

    writer.add_tags, Stream.marked = add_own, marked_or_artifact
    try:
        yield made
    finally:
        writer.add_tags, Stream.marked = add_tags, marked


def keep_outer_links(pages: Sequence[Any]) -> None:
    """Make a link with code or emphasis in it one link: WeasyPrint would give each piece an annotation of its own."""
    for page in pages:
        page.links = [link for link in page.links if link[3].element_tag == "a" or is_number(link[3])]


class Tags:
    """The structure tree of a unit while it grows, page by page; what is above it belongs to the whole file."""

    def __init__(self, pdf: Any) -> None:
        import pydyf

        self.pdf = pdf
        self.document = pydyf.Dictionary({"S": "/Document", "K": pydyf.Array()})
        """The element of the whole file, of which this is a part."""
        self.top: list[Any] = []
        """The elements directly below it."""
        self.owners: list[list[Any]] = []
        """For each page, the elements to which its marked content belongs, in its order."""
        self.annotations: list[tuple[Any, Any]] = []
        """Elements with the annotation of each."""
        self._elements: dict[tuple[int | str, str], Any] = {}
        self._parents: dict[int, Any] = {}
        self._last: dict[int, Any] = {}
        self._sources: dict[int, Any] = {}
        self._tables: dict[int, Any] = {}
        self._page, self._height, self._turned = None, 0.0, False
        self._tags: dict[Any, dict[str, Any]] = {}
        self._owners: dict[int, Any] = {}

    def build(self, pages: Sequence[Any], streams: Sequence[Any]) -> None:
        """Make the whole tree, and what leads from content back to it (ISO 32000-1, 14.7.4.4)."""
        found: Iterator[Any] = (made for made in self.pdf.objects if _is_page(made))
        for made, page, stream in zip(found, pages, streams, strict=True):
            self._page, self._height = made.reference, page.height * PX
            self._tags, self._owners = stream._tags, {}
            self._visit(page._page_box, self.document, False)
            assert not self._tags, "marked content without an element"
            self.owners.append([element.reference for _, element in sorted(self._owners.items())])

    def forget(self) -> None:
        """Let go of the boxes and of the source: the tree is complete."""
        for known in (self._elements, self._parents, self._last, self._sources, self._tables, self._tags, self._owners):
            known.clear()
        del self.pdf

    def _object(self, entries: dict[str, Any]) -> Any:
        import pydyf

        made = pydyf.Dictionary(entries)
        self.pdf.add_object(made)
        return made

    def _element(self, kind: str, parent: Any) -> Any:
        import pydyf

        made = self._object({"Type": "/StructElem", "S": f"/{kind}", "K": pydyf.Array(), "Pg": self._page})
        made["P"] = parent.reference
        if parent is self.document:
            self.top.append(made)
        else:
            parent["K"].append(made.reference)
        self._parents[id(made)], self._last[id(parent)] = parent, made
        return made

    def _once(self, box: Any, kind: str, parent: Any) -> Any:
        """Return the element for a box; its parts, also on other pages or in other parts of a table, have one element.

        A block within an inline element, such as a highlighted line of code, belongs to that element.
        """
        key = (box.element.get("data-whole") or id(box.element), f"{box.element_tag} {kind}")
        if key not in self._elements:
            parent = self._around(box, kind, parent)
            self._elements[key] = made = self._element(kind, parent)
            self._sources[id(made)] = box.element
            describe(self._elements[key], box, kind, self._height)
        return self._elements[key]

    def _visit(self, box: Any, parent: Any, in_contents: bool) -> None:
        from weasyprint.formatting_structure import boxes

        box = getattr(box, "_box", box)
        if isinstance(box, boxes.MarginBox):
            return
        if isinstance(box, boxes.TextBox):
            self._content(box, parent)
            return
        before = self._turned
        if isinstance(box, boxes.LineBox):
            self._turned = before or any(is_turned(part) for part in box.descendants())
        own = box.element is not None and not isinstance(box, (boxes.LineBox, boxes.PageBox))
        kind = role(box, in_contents) if own else TRANSPARENT
        if kind == ARTIFACT:
            return
        in_contents = in_contents or (own and is_contents(box.element))
        element = self._place(box, kind, parent) if kind else parent
        if box.__dict__.get("link_annotation"):
            element = self._once_for(box, "Link", element) if kind in ("Reference", "Lbl") else element
            self._annotate(element, box)
        if isinstance(box, boxes.ReplacedBox):
            self._content(box, element)
        for child in getattr(box, "children", ()):
            self._visit(child, element, in_contents)
        self._turned = before

    def _place(self, box: Any, kind: str, parent: Any) -> Any:
        """Return the element of a box in its place: list items have labels and bodies, notes follow their calls."""
        if parent["S"] == "/LI" and kind not in ("Lbl", "LBody"):
            parent = self._body(parent)
        if kind == "LI" and box.element_tag == "dt":
            item = self._once_for(box, "LI", parent)
            self._elements[id(parent), "last item"] = item
            return self._once(box, "Lbl", item)
        if kind == "LBody":
            return self._once(box, "Div", self._body(self._elements.get((id(parent), "last item"), parent)))
        if kind == "THead" and all(part.tag.rpartition("}")[2] != "tbody" for part in self._tables[id(parent)]):
            kind = "TBody"  # a head needs a body after it (ISO 32000-1, table 337)
        if kind == "TD" and parent["S"] == "/TR" and self._parents[id(parent)]["S"] == "/THead":
            kind = "TH"
        if kind == "Reference":
            parent = self._paragraph(parent) if self._is_within_text(box, kind, parent) else parent
            call = self._once(box, kind, parent)
            self._note(box, parent)
            return call
        if kind == "Note":
            return self._note(box, parent)
        if kind == "Link" and parent["S"] == "/TOCI":
            parent = self._once_for(box, "Reference", parent)
        elif self._is_within_text(box, kind, parent):
            parent = self._paragraph(parent)
        made = self._once(box, kind, parent)
        if kind == "Table":
            self._tables[id(made)] = box.element
        return made

    def _once_for(self, box: Any, kind: str, parent: Any) -> Any:
        """Return an element for which HTML has no tag, besides the one for the box itself."""
        key = (id(box.element), f"around {box.element_tag} {kind}")
        if key not in self._elements:
            self._elements[key] = self._element(kind, parent)
        return self._elements[key]

    def _body(self, item: Any) -> Any:
        """Return the body of a list item; it is made when something other than its label is met."""
        key = (id(item), "body")
        if key not in self._elements:
            self._elements[key] = self._element("LBody", item)
        return self._elements[key]

    def _note(self, box: Any, parent: Any) -> Any:
        """Return the note of a call; PDF/UA-1 demands an identifier for it (ISO 14289-1, 7.9)."""
        key = (id(box.element), "note")
        if key not in self._elements:
            self._elements[key] = self._element("Note", parent)
            self._elements[key]["ID"] = Name("note", self._elements[key])
        return self._elements[key]

    def _content(self, box: Any, element: Any) -> None:
        """Give an element the marked content of a box on this page."""
        import pydyf
        from weasyprint.formatting_structure import boxes

        tag = self._tags.pop(box, None)
        if tag is None:
            return
        if element["S"] == "/LI":
            element = self._body(element)
        if element["S"].removeprefix("/") in GROUPING:
            element = self._paragraph(element)
        if self._turned and isinstance(box, boxes.TextBox):
            element = self._spoken(box, element)
        number = tag["mcid"]
        inside = {"Type": "/MCR", "Pg": self._page, "MCID": number}
        element["K"].append(number if element["Pg"] is self._page else pydyf.Dictionary(inside))
        self._owners[number] = element

    def _spoken(self, box: Any, parent: Any) -> Any:
        """Return an element with the text in reading order, for a line that has letters from right to left."""
        import pydyf

        made = self._element("Span", parent)
        made["ActualText"] = pydyf.String(box.text)
        return made

    def _around(self, box: Any, kind: str, parent: Any) -> Any:
        """Return the inline element from which a block was taken out; otherwise its parent."""
        last = self._last.get(id(parent))
        if kind != "Span" or last is None or not self._is_last(last, parent):
            return parent
        source = self._sources.get(id(last))
        return last if source is not None and any(part is box.element for part in source.iter()) else parent

    def _is_within_text(self, box: Any, kind: str, parent: Any) -> bool:
        """Return whether an element needs a paragraph that its parent lacks: emphasis in a definition of one line.

        A picture that stands alone needs none; a picture with text before it is a part of that text.
        """
        from weasyprint.formatting_structure import boxes

        group = parent["S"].removeprefix("/")
        if kind not in WITHIN_TEXT or group == "TOCI" or group not in GROUPING:
            return False
        is_picture = kind in ("Figure", "Formula")
        return isinstance(box, boxes.InlineLevelBox) and not (is_picture and self._open_paragraph(parent) is None)

    def _open_paragraph(self, parent: Any) -> Any:
        """Return the paragraph that was made for the text of a grouping element, if nothing has followed it."""
        made = self._elements.get((id(parent), "text"))
        return made if made is not None and self._is_last(made, parent) else None

    def _is_last(self, element: Any, parent: Any) -> bool:
        """Return whether nothing has followed an element in its parent."""
        if parent is self.document:
            return bool(self.top) and self.top[-1] is element
        return bool(parent["K"]) and parent["K"][-1] == element.reference

    def _paragraph(self, parent: Any) -> Any:
        """Return a paragraph for text directly inside a grouping element, as in a definition of one line."""
        made = self._open_paragraph(parent)
        if made is None:
            made = self._elements[id(parent), "text"] = self._element("P", parent)
        return made

    def _annotate(self, element: Any, box: Any) -> None:
        """Add a link's annotation to its element, with words that say where it leads (ISO 14289-1, 7.18.5)."""
        import pydyf

        annotation = box.link_annotation
        said = box.element.get("data-number") or box.element.get("data-said")
        words = said or " ".join("".join(box.element.itertext()).split())
        annotation["Contents"] = pydyf.String(words or "link")
        pointer = self._object({"Type": "/OBJR", "Obj": annotation.reference, "Pg": self._page})
        element["K"].append(pointer.reference)
        self.annotations.append((element, annotation))


def _is_page(made: Any) -> bool:
    return isinstance(made, dict) and made.get("Type") == "/Page"
