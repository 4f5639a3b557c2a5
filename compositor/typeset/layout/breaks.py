"""Rules of page breaks: what stays together, what may be split, and how much stays on either side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from compositor.typeset.layout.faults import Fault
from compositor.typeset.layout.sheets import Line, Node, Setting, Sheet, excerpt

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TITLES = frozenset({"caption", "figcaption", "dt"})
TITLE_CLASSES = frozenset({"callout-title", "exercise-title", "answer-title", "summary", "index-letter"})
"""Elements that stand above what they name. The caption of a figure is below it, so it is not one of them."""
AFTER_HEADING = 2
"""Lines of text that must follow a heading on its page."""
LEAST = 2
"""The fewest lines of a paragraph on either side of a break."""
LEAST_OF_LISTING = 3
LEAST_OF_SHORT = 4
LONGEST_WHOLE = 24
"""The most lines of a listing that is broken only to avoid white space, and then with more lines on either side."""
LAST_PAGE = 5
"""The fewest lines of the last page of a file."""


def heading_last(setting: Setting) -> Iterator[Fault]:
    """A heading is the last line of a page or a column, or has only one line of its text below it.

    At least two lines should follow. Compositor keeps a heading with the block after it, but cannot if that block is
    one line and the next cannot be broken. Break the page before the heading (`::: {.page-break}`), or let one more
    sentence follow it. For a letter of the index, one entry is enough.
    """
    for page, sheet in enumerate(setting.sheets):
        lines = sheet.of("text")
        goes_on = page + 1 < len(setting.sheets) and not sheet.ends_by_order
        for index, line in enumerate(lines):
            heading = line.node.inside(*HEADINGS)
            if heading is None or (index + 1 < len(lines) and lines[index + 1].node.inside(*HEADINGS) is not None):
                continue
            below = _below(lines[index + 1 :], line)
            pictures = any(picture.edges.top > line.baseline for picture in sheet.pictures if picture.zone == "text")
            broken = goes_on or len(below) < len(lines) - index - 1
            wanted = 1 if "index-letter" in heading.classes else AFTER_HEADING
            if broken and len(below) < wanted and not pictures:
                follow = "nothing follows" if not below else "one line follows"
                message = f"{follow} the heading {excerpt(line.words)}"
                remedy = "let more text follow it, or break the page before it with ::: {.page-break}"
                yield Fault(page, heading.position, message, remedy)


def _below(lines: Sequence[Line], first: Line) -> list[Line]:
    """Return the lines that follow in the same column."""
    found: list[Line] = []
    for line in lines:
        if line.baseline < first.baseline - 0.5:
            break
        found.append(line)
    return found


def title_parted(setting: Setting) -> Iterator[Fault]:
    """A caption, a term or the title of a box is on one page, and what it names begins on the next.

    Style sheets keep them together; a style of the book may have separated them.
    """
    for page, (sheet, after) in enumerate(pairwise(setting.sheets)):
        lines, next_lines = sheet.of("text"), after.of("text")
        if not lines or not next_lines:
            continue
        title = next((n for n in lines[-1].node.within() if n.tag in TITLES or n.classes & TITLE_CLASSES), None)
        if title is None or title.parent is None or title.inside("figure") not in (None, title.inside("listing")):
            continue
        if title.parent in next_lines[0].node.within() and title not in next_lines[0].node.within():
            message = f"{excerpt(lines[-1].words)} is on another page than what it names"
            yield Fault(page, title.position, message, "break the page before it with ::: {.page-break}")


def widow_or_orphan(setting: Setting) -> Iterator[Fault]:
    """A single line of a paragraph is alone at the foot of a page, or at the head of the next.

    At least two lines should stay together on either side. Compositor sees to that, so a style of the book, or a note
    that needs the room, is the cause.
    """
    for block, parts in _parts(setting).items():
        if block.inside("pre", "td", "th", "tr", "opener") is not None or len(parts) < 2:
            continue
        for (page, before), (_, after) in pairwise(parts):
            if before < LEAST or after < LEAST:
                what = "first line is alone at the foot" if before < LEAST else "last line is alone on the next page"
                message = f"a paragraph is broken so that its {what}"
                where = "remove or add a line before it" if before < LEAST else "reword it to make it a line longer"
                yield Fault(page, block.position, message, where)


def _parts(setting: Setting) -> dict[Node, list[tuple[int, int]]]:
    """Return blocks with lines of their own -> page and number of lines of each part; a new column begins a part."""
    found: dict[Node, list[tuple[int, int]]] = defaultdict(list)
    for page, sheet in enumerate(setting.sheets):
        above: dict[Node, float] = {}
        for line in sheet.lines:
            if line.zone in ("margin", "beside") or "again" in line.node.classes:
                continue
            parts = found[line.node]
            if line.node not in above or line.baseline < above[line.node] - 0.5:
                parts.append((page, 1))
            elif line.baseline > above[line.node] + 0.5:
                parts[-1] = (page, parts[-1][1] + 1)
            above[line.node] = line.baseline
    return found


def short_last_page(setting: Setting) -> Iterator[Fault]:
    """The last page of a file has fewer than five lines, so a page is nearly empty.

    Reword a paragraph before it, so that it becomes a line shorter or longer, until the end moves. Contents and lists
    are not checked, because you do not control their length.
    """
    last = len(setting.sheets) - 1
    if last < 1 or setting.sheets[last].pictures:
        return
    lines = setting.sheets[last].of("text")
    rows = {round(line.baseline) for line in lines}
    if lines and lines[0].node.position and len(rows) < LAST_PAGE:
        message = f"the last page has only {len(rows)} line{'s' if len(rows) > 1 else ''}"
        yield Fault(last, lines[0].node.position, message, "remove or add a few lines before it")


def listing_parted(setting: Setting) -> Iterator[Fault]:
    """A listing is broken across pages with fewer than four of its lines on one side, or three if it has more than 24.

    Code is easier to read in one look. A style of the book has changed what the theme keeps together.
    """
    for block, parts in _parts(setting).items():
        if block.tag != "pre" or len(parts) < 2:
            continue
        count = sum(lines for _, lines in parts)
        fewest = min(parts[0][1], parts[-1][1])
        if fewest < (LEAST_OF_SHORT if count <= LONGEST_WHOLE else LEAST_OF_LISTING):
            message = f"of a listing, {fewest} of {count} lines are alone"
            yield Fault(parts[0][0], block.position, message, "remove or add a few lines before it")


def whole_parted(setting: Setting) -> Iterator[Fault]:
    """A figure, or a block that should stay together (`.keep-together`), is higher than a page, and is broken.

    Nothing is lost: it continues on the next page. Split it in two, shorten the caption, or remove the class.
    """
    begins: dict[Node, int] = {}
    said: set[Node] = set()
    for page, sheet in enumerate(setting.sheets):
        nodes = [line.node for line in sheet.of("text")]
        nodes += [picture.node for picture in sheet.pictures if picture.zone == "text"]
        for node in dict.fromkeys(nodes):
            block = node.inside("keep-together", "figure")
            if block is None or "listing" in block.classes:
                continue
            if begins.setdefault(block, page) < page and block not in said:
                said.add(block)
                what = "a figure" if block.tag == "figure" else "a block that should stay together"
                message = f"{what} is higher than a page, and continues here"
                yield Fault(page, block.position, message, "split it in two, or shorten it")


def unsaid_continuation(setting: Setting) -> Iterator[Fault]:
    """A listing continues on the next page, but nothing at the head of that page says so.

    A style of the book has removed the words at the head of the page, or set other strings.
    """
    for block, parts in _parts(setting).items():
        is_short = sum(lines for _, lines in parts) <= LONGEST_WHOLE
        if block.tag != "pre" or (is_short and not block.continued):
            continue
        silent = (page for page, _ in parts[1:] if not _says(setting.sheets[page], block.continued))
        for page in list(silent)[:1]:
            message = "a listing continues here, but the head of the page does not say so"
            yield Fault(page, block.position, message, "do not change the strings of pre.long in the style sheet")


def _says(sheet: Sheet, words: str) -> bool:
    return bool(words) and any(line.words == words for line in sheet.of("margin"))


def headless_table(setting: Setting) -> Iterator[Fault]:
    """A table continues on the next page without its head, so readers do not know what its columns are.

    The head is left out when it does not fit on a page with the next row. Shorten the head or the row.
    """
    seen: set[Node] = set()
    said: set[Node] = set()
    for page, sheet in enumerate(setting.sheets):
        for table in sheet.tables:
            if table.node in seen - said and not table.has_head:
                said.add(table.node)
                yield Fault(page, table.node.position, "a table continues without its head", "shorten its head or row")
            seen.add(table.node)


def white_space(setting: Setting) -> Iterator[Fault]:
    """More than a third of a page is empty, because what follows cannot be broken and does not fit.

    Move the figure or the listing after the next paragraph, or make it smaller. If the page should end here, write `:::
    {.page-break}`.
    """
    for page, (sheet, after) in enumerate(pairwise(setting.sheets)):
        if _is_ordered(sheet, after):
            continue
        room = sheet.block.bottom - sheet.block.top
        bottoms = [line.edges.bottom for line in sheet.of("text")]
        bottoms += [picture.edges.bottom for picture in sheet.pictures if picture.zone == "text"]
        empty = sheet.foot - max(bottoms, default=sheet.block.top)
        first = next(iter(after.of("text")), None)
        if empty > room / 3 and first is not None and first.node.position:
            message = f"{empty / room:.0%} of the page is empty, before {excerpt(first.words)}"
            yield Fault(page, first.node.position, message, "move text before it, or make it smaller")


def _is_ordered(sheet: Sheet, after: Sheet) -> bool:
    return sheet.ends_by_order or after.begins_by_order or sheet.blank or after.blank or sheet.size != after.size
