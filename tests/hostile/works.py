"""Hostile works, citation styles, pictures and drawings."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from random import Random

from PIL import Image

from tests.hostile.inputs import Hostile, book

CITED = "As [@a].\n\n::: {#refs}\n:::"
BIB = "@book{a, title={The Title}, author={Doe, Ann}, year={1984}}"
MACRO = '<macro name="m"><text macro="m"/></macro>'
CSL = (
    '<?xml version="1.0"?>{}<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
    "<info><title>x</title>"
    "<id>x</id><updated>2026-01-01T00:00:00Z</updated></info>{}<citation><layout>{}</layout></citation>"
    "<bibliography><layout>{}</layout></bibliography></style>"
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">{}</svg>'
)


def bibtex(chance: Random) -> Hostile:
    """Write doubling strings, endless braces, names and years of all kinds."""
    many = chance.choice((40, 3000))
    text = chance.choice(
        (
            "@string{s0={xxxxxxxx}}\n"
            + "".join(f"@string{{s{n}=s{n - 1} # s{n - 1}}}\n" for n in range(1, 45))
            + "@book{a, title=s44}",
            "{" * many,
            f"@book{{a, title={'{' * many}x{'}' * many}}}",
            "@book{a, " * many,
            f"@book{{a, author={{{' and '.join(['A'] * many)}}}}}",
            "@string{s=s}@book{a, title=s}",
            f"@book{{a, year={{{'9' * many}}}}}",
            "@book{a, crossref={a}}",
            BIB * many,
            "@" * many,
            "",
            "@book{a, title={" + "\\x{" * many,
            "@comment{" * many,
            "@book{a, title={$" + "^" * many + "$}}",
            "@book{\0, title={x}}",
        )
    )
    return book(CITED, 'bibliography = "x.bib"\n', {"x.bib": text})


def csl(chance: Random) -> Hostile:
    """Write styles that are truncated, loop, or are something else."""
    whole = CSL.format("", "", '<text variable="title"/>', '<text variable="title"/>')
    text = chance.choice(
        (
            whole[: chance.randrange(len(whole))],
            CSL.format("", MACRO, '<text macro="m"/>', '<text macro="m"/>'),
            "<html><p>x</p></html>",
            CSL.format('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', "", "&b;", ""),
            CSL.format("", "", "<choose>" * 300, ""),
            CSL.format("", "", "<group>" * 500 + "</group>" * 500, ""),
            CSL.format("", "", "<nosuch/>", "<date/>"),
            "",
            "\0",
            whole * 2,
            CSL.format('<!DOCTYPE a [<!ENTITY b "xxxxxxxx"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>', "", "&c;", ""),
            "<a>" * 3000,
        )
    )
    return book(CITED, 'bibliography = "x.bib"\ncitation-style = "e.csl"\n', {"x.bib": BIB, "e.csl": text})


def _png(width: int, height: int, data: bytes = b"") -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def pictures(chance: Random) -> Hostile:
    """Write pictures that are truncated, state a false size, or are something else."""
    kind = chance.choice(("PNG", "JPEG", "GIF", "WEBP"))
    target = BytesIO()
    Image.new("RGB", (chance.choice((1, 40)), 40), "red").save(target, kind)
    whole = target.getvalue()
    spoilt = bytearray(whole)
    for _ in range(chance.randrange(1, 30)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    data = chance.choice(
        (
            whole[: chance.randrange(len(whole))],
            bytes(spoilt),
            bytes(spoilt),
            _png(1 << 30, 1 << 30),
            _png(60_000, 60_000),
            _png(0, 0),
            b"",
            b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
            b"GIF89a",
            b"\xff\xd8\xff",
            whole + b"x" * 999,
            b"BM" + b"\0" * 60,
        )
    )
    name = chance.choice(("a.png", "a.jpg", "a.gif", "a.webp", "a.svg"))
    return book(f"![x]({name})", chance.choice(("", f'cover = "{name}"\n')), {name: data})


def drawings(chance: Random) -> Hostile:
    """Write drawings that double, run something, fetch something, or nest without end."""
    many = chance.choice((50, 3000))
    uses = "".join(f'<g id="a{n}">' + f'<use xlink:href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 12))
    inside = chance.choice(
        (
            '<g id="a0"><rect width="1" height="1"/></g>' + uses,
            "<script>alert(1)</script>",
            '<a href="javascript:alert(1)"><rect/></a>',
            "<style>@import url(http://127.0.0.1:9/x.css)</style>",
            "<g>" * many + "</g>" * many,
            '<image href="http://127.0.0.1:9/x.png"/>',
            "<foreignObject><p>Words</p></foreignObject>",
            '<set attributeName="href" to="javascript:x"/>',
            '<rect width="1e99" height="nan"/>',
            '<path d="' + "M0 0L1 1" * many + '"/>',
            '<use href="#u" id="u"/>',
            '<text x="' + "1 " * many + '">x</text>',
            '<rect onload="x()"/>',
            '<pattern id="p"><rect fill="url(#p)"/></pattern><rect fill="url(#p)"/>',
            "<text>" + "x" * many + "</text>",
            "<g",
            "<!--",
            '<filter id="f"><feImage href="file:///etc/passwd"/></filter><rect filter="url(#f)"/>',
            '<tspan dx="' + "9" * many + '"/>',
            '<text font-size="1e9">x</text>',
            '<g style="' + "--a:var(--a);" * many + '"/>',
            '<polygon points="' + "1," * many + '"/>',
            "".join(f'<linearGradient id="g{n}"/><rect width="1" height="1" fill="url(#g{n})"/>' for n in range(many)),
            "".join(f'<mask id="m{n}"><g mask="url(#m{n + 1})"><use href="#m{n + 1}"/></g></mask>' for n in range(30)),
            '<image href="d.svg" width="9" height="9"/>',
            "<style>@\\69mport 'http://127.0.0.1:9/'; rect{fill:u\\72l(//127.0.0.1:9/)}</style><rect/>",
        )
    )
    head = chance.choice(
        (
            "",
            "",
            '<?xml-stylesheet href="http://127.0.0.1:9/x.css"?>',
            '<!DOCTYPE svg SYSTEM "http://127.0.0.1:9/x.dtd">',
            '<!DOCTYPE svg [<!ENTITY a "xxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        )
    )
    return book('![x](d.svg){fig-alt="y"}', more={"d.svg": head + SVG.format(inside)})
