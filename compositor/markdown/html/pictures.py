"""`<img>` and media elements -> an image as in Markdown, or a frame with title and address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.html.given import length, side
from compositor.markdown.html.making import Making

PLAYS = ("iframe", "video", "audio", "object", "embed")
FRAME = "missing-picture"
"""The class of the frame, as for missing pictures."""
LONGEST = 80
"""Letters of an address that are shown."""


def image(making: Making, element: Element, caption: list[Token] | None = None) -> Token | None:
    """Return the token of `![caption](src){fig-alt="alt"}`; None without an address."""
    source = " ".join(element.get("src", "").split())
    if not source:
        return None
    place = making.place(element)
    pairs = {"fig-alt": " ".join(element.get("alt", "").split()), "width": length(element, "width")}
    meta: dict[str, Any] = {
        "place": place,
        "braces_place": place,
        "attributes": Attributes("", (), {name: value for name, value in pairs.items() if value}),
        "height": length(element, "height") if not pairs["width"] else "",
        "side": side(element),
        "bare": caption is None,
    }
    made = Token("image", "img", 0, attrs={"src": making.md.normalizeLink(source), "alt": ""}, meta=meta)
    made.children, made.content = caption or [], "".join(token.content for token in caption or [])
    if title := element.get("title", "").strip():
        made.attrs["title"] = title
    return made


def of_picture(element: Element) -> Element:
    """Return the `<img>` of a `<picture>`; one of its sources if there is none."""
    found = element.find(".//img")
    if found is not None:
        return found
    source = element.find(".//source")
    first = source.get("srcset", "").split(",")[0].split() if source is not None else []
    return Element("img", {"src": first[0]} if first else {})


def frame(making: Making, element: Element) -> Iterator[Token]:
    """Yield the title, and the address as a link, in a line."""
    place = making.place(element)
    making.telling.frame(str(element.tag), place)
    sources = [element, *(child for child in element if child.tag in ("source", "embed"))]
    names = [one.get(name, "").strip() for one in sources for name in ("src", "data")]
    address = next((name for name in names if name), "")
    title = element.get("title") or element.get("aria-label") or ""
    if title.strip():
        yield Token("text", "", 0, content=f"{' '.join(title.split())} ")
    yield from linked(making, address, place)


def linked(making: Making, address: str, place: Any) -> Iterator[Token]:
    """Yield an address as a link to itself; as code if it is not of the web."""
    shown = address if len(address) <= LONGEST else f"{address[:LONGEST]}…"
    if address.startswith("//"):
        address = f"https:{address}"
    if address.lower().startswith(("http://", "https://")):
        href = making.md.normalizeLink(address)
        yield Token("link_open", "a", 1, attrs={"href": href}, info="auto", markup="autolink", meta={"place": place})
        yield Token("text", "", 0, content=shown)
        yield Token("link_close", "a", -1, info="auto", markup="autolink")
    elif shown:
        yield Token("code_inline", "code", 0, content=shown)


def framed(making: Making, element: Element) -> Iterator[Token]:
    """Yield the frame within a line."""
    yield Token("span_open", "span", 1, meta={"attributes": Attributes("", (FRAME,))})
    yield from frame(making, element)
    yield Token("span_close", "span", -1)
