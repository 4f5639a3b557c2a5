"""Rules of letters and lines: faces that exist, hyphens, short last lines, sizes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from compositor.typeset.layout.faults import Fault
from compositor.typeset.layout.sheets import Face, Line, Node, Setting, Sheet, excerpt

HYPHENS = 2
"""The most lines in a row that may end with a hyphen."""
BOLD = 600
"""The weight from which on a face is bold: one such face serves for all bold weights of a family (CSS Fonts 4, 5.2)."""
LOOSEST = 2.5
"""How many times its own width a space may be wide."""
SIZES = 5
"""The most sizes of type on a page."""
SAME_SIZE = 0.45
"""Sizes that differ by at most this many points count as one."""


def missing_face(setting: Setting) -> Iterator[Fault]:
    """A style asks for bold or slanted letters for which the family has no file, or for an undeclared family.

    The letters would be slanted or emboldened artificially, or set in the next family. Declare the font with
    `@font-face` in a style sheet of the book, or use an existing one.
    """
    seen: set[Face] = set()
    for page, sheet in enumerate(setting.sheets):
        for line in sheet.lines:
            for face in line.faces:
                fault = "" if face in seen else _fault(setting, face)
                seen.add(face)
                if fault:
                    remedy = "declare the font with @font-face, or use another"
                    yield Fault(page, line.node.position, f"{fault}, as in {excerpt(line.words)}", remedy)


def _fault(setting: Setting, face: Face) -> str:
    family = face.families[0]
    known = setting.faces.get(family.lower())
    if known is None:
        return f'no @font-face declares the family "{family}"'
    is_bold = face.weight >= BOLD
    if any((weight >= BOLD) == is_bold and slant == face.slant for weight, slant in known):
        return ""
    return f'"{family}" has no face of weight {face.weight}' + (f", {face.slant}" if face.slant != "normal" else "")


def hyphen_ladder(setting: Setting) -> Iterator[Fault]:
    """More than two lines in a row end with a hyphen.

    Reword a line, or write a word that should not be broken with a no-break hyphen. In a table without room, see P228.
    """
    for page, sheet in enumerate(setting.sheets):
        for node, lines in groupby(sheet.lines, key=lambda line: line.node):
            for hyphened, ladder in groupby(lines, key=lambda line: line.hyphened):
                rungs = list(ladder)
                if hyphened and len(rungs) > HYPHENS and node.inside("tight") is None:
                    message = f"{len(rungs)} lines in a row end with a hyphen, the first {_end(rungs[0])}"
                    yield Fault(page, node.position, message, "reword one of them")


def _end(line: Line) -> str:
    return f'"…{line.words[-20:].lstrip()}"'


def short_last_line(setting: Setting) -> Iterator[Fault]:
    """The last line of a paragraph is shorter than the indent of the next one, which leaves a gap between the two.

    Reword the paragraph, so that the line takes in one more word or disappears.
    """
    for page, sheet in enumerate(setting.sheets):
        lines = sheet.of("text")
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
            is_last = line.node is before.node and line.node is not after.node and line.justified
            indent = after.edges.left - line.edges.left if after.justified and after.node.tag == "p" else 0.0
            if is_last and 0 < line.edges.right - line.edges.left < indent - 0.5:
                message = f"the last line of a paragraph is shorter than the next indent: {excerpt(line.words)}"
                yield Fault(page, line.node.position, message, "reword the paragraph")


def loose_line(setting: Setting) -> Iterator[Fault]:
    """The spaces of a line are wider than two and a half times their normal width.

    A word that cannot be broken, an address or a piece of code does not fit at its end. Reword the line that the
    message names, so that it takes one or two more words, or write a soft hyphen (`&shy;`) into the word after it. Only
    the loosest line of a paragraph is reported.
    """
    for page, sheet in enumerate(setting.sheets):
        loose: dict[Node, Line] = {}
        for line in sheet.lines:
            if line.looseness > max(LOOSEST, loose[line.node].looseness if line.node in loose else 0.0):
                loose[line.node] = line
        for node, line in loose.items():
            words = " ".join(line.words.split())
            message = f'the spaces of a line are {line.looseness:.1f} times as wide as they should be: "{words}"'
            yield Fault(page, node.position, message, "reword it, or allow a hyphen in the word after it")


def full_lines(setting: Setting) -> Iterator[int]:
    """Yield the number of characters of each line of running text that fills the whole measure."""
    for sheet in setting.sheets:
        for line, after in pairwise(sheet.of("text")):
            width = line.edges.right - sheet.block.left
            if line.justified and after.node is line.node and width > sheet.block.right - sheet.block.left - 1:
                yield len(line.words)


def many_sizes(setting: Setting) -> Iterator[Fault]:
    """A page of text has type of more than five sizes.

    Running text, headings, code, labels and notes have one size each. The size of a line is that of its largest words;
    sizes that differ by less than half a point count as one.
    """
    for page, sheet in enumerate(setting.sheets):
        sizes = _sizes(sheet)
        if len(sizes) > SIZES and not sheet.blank:
            message = f"type in {len(sizes)} sizes: {', '.join(f'{size:g}' for size in sizes)} pt"
            first = next(line for line in sheet.of("text") if line.node.inside("opener") is None)
            yield Fault(page, first.node.position, message, "set fewer sizes in the style sheet")


def _sizes(sheet: Sheet) -> list[float]:
    lines = (line for line in sheet.of("text") if line.node.inside("opener") is None)
    found = sorted({max(face.size for face in line.faces) for line in lines})
    return found[:1] + [size for smaller, size in pairwise(found) if size - smaller > SAME_SIZE]
