"""Units set in parallel: the same bytes as sequentially, in one process or in many."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from compositor.machine.steps import Allowance, Progress, Step, told_to
from compositor.model import Limits
from compositor.typeset import (
    Chain,
    ChildTypesetter,
    Context,
    LaidOut,
    Look,
    Typesetter,
    TypesettingFailed,
    UnitText,
    Volume,
)
from compositor.typeset.document import generating
from compositor.typeset.document.join import join
from compositor.typeset.document.parts import Paint, Task, WriteFace, WriteFrame
from tests.finished import ROOT
from tests.typeset.test_child import FONTS, unit, volume

STYLE = (
    '@page { size: 200pt 200pt; margin: 20pt; counter-increment: folio; @bottom-center { content: counter(folio) } }'
    ' html { font: 10pt "Book Text" } .small { font-variant-caps: all-small-caps }'
)
LONG = 40_000


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Look:
    """Return a small page with its folio, and a picture."""
    from PIL import Image

    folder = tmp_path_factory.mktemp("look")
    Image.radial_gradient("L").save(folder / "p.png")
    return Look(((FONTS, ROOT / "styles"), (STYLE, folder)), folder)


def numbered(folio: int, body: str, key: str) -> UnitText:
    """Return a unit that begins with this folio."""
    given = unit(body, key)
    return UnitText(key, given.xhtml, Context(folio, "decimal", "right"))


PICTURE = '<img src="p.png" alt="P">'
UNITS = (
    numbered(1, f'<h1 id="first">One</h1><p class="small">ABC</p><p><a href="#third">third</a> {PICTURE}</p>', "one"),
    numbered(5, '<p class="small">abc</p><p>' + "words " * 200 + '<a href="#nowhere">lost</a></p>', "two"),
    numbered(99, f'<p id="third">abc {PICTURE} <a href="#first">first</a></p>', "three"),
)


def chains(units: Sequence[UnitText]) -> list[Chain]:
    """Return each of these units by itself, long enough for a process of its own."""

    def alone(one: UnitText) -> Generator[UnitText, LaidOut, None]:
        yield one

    return [Chain(LONG, alone(one)) for one in units]


@pytest.fixture(scope="module")
def side_by_side(look: Look) -> tuple[bytes, tuple[str, ...], int, Volume]:
    """Return the three units from three processes."""
    whole = volume(*UNITS)
    with ChildTypesetter(look, Limits(), workers=3) as many:
        many.set_ahead(chains(UNITS))
        data, messages = many.join(whole)
        return data, messages, len(many.children), whole


@pytest.fixture(scope="module")
def pdf(side_by_side: tuple[bytes, tuple[str, ...], int, Volume]) -> Iterator[pikepdf.Pdf]:
    """Yield the file that they have made."""
    with pikepdf.open(BytesIO(side_by_side[0])) as opened:
        yield opened


def test_many_processes_give_the_same_bytes_as_one(
    look: Look, side_by_side: tuple[bytes, tuple[str, ...], int, Volume]
) -> None:
    """Nothing in the file or the messages shows which process has set what."""
    data, messages, children, whole = side_by_side
    here = Typesetter(look)
    for one in reversed(UNITS):
        here.typeset(one)
    assert children == 3
    assert here.join(whole) == (data, messages)


def test_who_has_painted_nothing_writes_the_same_frame(
    look: Look, side_by_side: tuple[bytes, tuple[str, ...], int, Volume]
) -> None:
    """The process that writes the common parts of the file may be one that has set no unit."""
    one, other = (Typesetter(look) for _ in range(2))

    class Apart:
        def typeset(self, unit: UnitText) -> LaidOut:
            return one.typeset(unit)

        def do(self, tasks: Sequence[Task]) -> list[object]:
            return [(other if isinstance(task, WriteFrame) else one).result(task) for task in tasks]

    data, messages, _, whole = side_by_side
    generating._profile.cache_clear()
    assert join(whole, Apart(), True, look.trim) == (data, messages)


def test_pages_that_are_kept_and_pages_that_are_let_go_give_the_same_bytes(look: Look) -> None:
    """A unit is painted when it is set, with gaps for its margins; no line of it stays in memory."""
    from weasyprint.formatting_structure.boxes import LineBox

    def lines() -> int:
        gc.collect()
        return sum(isinstance(one, LineBox) for one in gc.get_objects())

    whole, here, kept = volume(*UNITS), Typesetter(look), Typesetter(look, keeps_pages=True)
    before = lines()
    for one in UNITS:
        here.typeset(one)
    assert lines() == before
    for one in UNITS:
        kept.typeset(one)
    assert lines() > before
    assert here.join(whole) == kept.join(whole)
    assert here.counts.units_set == kept.counts.units_set == len(UNITS)


def test_folios_are_those_of_the_book(pdf: pikepdf.Pdf, look: Look) -> None:
    """A unit is set once, and its folios are put into the margins when its first page number is known."""
    import pypdfium2

    typesetter = Typesetter(look)
    assert typesetter.typeset(UNITS[1]).pages == typesetter.typeset(numbered(1, *_of(UNITS[1]))).pages
    assert typesetter.counts.units_set == 1
    target = BytesIO()
    pdf.save(target)
    pages = [page.get_textpage().get_text_bounded().split() for page in pypdfium2.PdfDocument(target.getvalue())]
    second = range(5, 5 + len(typesetter.typeset(UNITS[1]).pages))
    assert len(second) > 2
    assert [words[-1] for words in pages if words[-1] not in ("1", "2")] == [*map(str, second), "99"]


def _of(one: UnitText) -> tuple[str, str]:
    return one.xhtml.partition("<body>")[2].partition("</body>")[0], one.key


def test_links_lead_from_unit_to_unit(pdf: pikepdf.Pdf) -> None:
    """Destinations are known in the whole file, and a link that leads nowhere is not a link."""
    names = list(pdf.Root.Names.Dests.Names)
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    where = {str(name): pages[target[0].objgen] for name, target in zip(names[::2], names[1::2], strict=True)}
    assert where == {"first": 0, "third": len(pages) - 1}
    assert [str(one.Dest) for page in pdf.pages for one in page.get("/Annots", [])] == ["third", "first"]


def test_a_picture_of_two_units_is_in_the_file_once(pdf: pikepdf.Pdf) -> None:
    """Equal pictures are one object, whichever processes have painted them."""
    pictures = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
    shown = [one.objgen for page in (pdf.pages[0], pdf.pages[-1]) for one in page.get_images().values()]
    assert len(pictures) == 1 and shown == [pictures[0].objgen] * 2


def test_a_face_is_in_the_file_once(pdf: pikepdf.Pdf) -> None:
    """One font file has all glyphs that the units use of a font, even if two fonts map glyphs to different letters."""
    fonts = {font.objgen: font for page in pdf.pages for font in page.Resources.Font.values()}
    files = {font.DescendantFonts[0].FontDescriptor.FontFile2.objgen for font in fonts.values()}
    assert len(files) == len({str(font.BaseFont) for font in fonts.values()}) < len(fonts)


def test_a_glyph_says_the_letters_of_its_unit(pdf: pikepdf.Pdf) -> None:
    """A small capital is a capital letter in one unit, and a small letter in another."""
    import pypdfium2

    target = BytesIO()
    pdf.save(target)
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(target.getvalue()))
    assert (text.count("ABC"), text.count("abc")) == (1, 2)


def test_the_tree_of_tags_leads_to_every_page_and_back(pdf: pikepdf.Pdf) -> None:
    """Pages and annotations each have their own key in the parent tree."""
    nodes = list(pdf.Root.StructTreeRoot.ParentTree.Kids)
    keys = [int(key) for node in nodes for key in list(node.Nums)[::2]]
    used = [int(page.StructParents) for page in pdf.pages]
    used += [int(one.StructParent) for page in pdf.pages for one in page.get("/Annots", [])]
    assert keys == sorted(keys) and sorted(used) == keys
    assert all(list(node.Limits) == [next(iter(node.Nums)), list(node.Nums)[-2]] for node in nodes)


def _stop(child: int) -> None:
    os.kill(child, signal.SIGSTOP)


def _kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)


@pytest.mark.parametrize(("what", "limits", "why"), [(_kill, Limits(), "death"), (_stop, Limits(seconds=2), "time")])
def test_whoever_is_lost_is_named(look: Look, what: Callable[[int], None], limits: Limits, why: str) -> None:
    """If one of several processes is killed, or hangs, the finding names its unit."""
    with ChildTypesetter(look, Limits(), workers=2) as many:
        many.set_ahead(chains(UNITS[:2]))
        child = many._pages[next(one for one in many._pages if one.key == "one")]
        many.limits = limits
        what(child.process)
        with pytest.raises(TypesettingFailed) as failed:
            many.join(volume(*UNITS[:2]))
    assert failed.value.why == why
    assert failed.value.work.unit.key == "one"


def test_whoever_is_lost_with_its_pages_is_named(look: Look) -> None:
    """A process that is killed between painting and writing a unit is named by that unit."""
    with ChildTypesetter(look, Limits(), workers=1) as one:
        one.typeset(UNITS[0])
        one.do([Paint(0, UNITS[0])])
        _kill(one.children[0].process)
        with pytest.raises(TypesettingFailed) as failed:
            one.do([WriteFace(0, "", 1)])
    assert (failed.value.why, failed.value.unit) == ("death", UNITS[0])


def test_the_file_that_is_set_is_told(look: Look) -> None:
    """The watcher of the waiting process knows which file the pages are from."""
    heard: list[Step | Allowance | Progress | None] = []
    with ChildTypesetter(look, Limits(), files={UNITS[0].key: "01-one.md"}) as one, told_to(heard.append):
        one.typeset(UNITS[0])
    assert Step("setting it", "01-one.md", limited=False) in heard


def test_the_memory_of_all_together_is_limited(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit for one process is not multiplied by their number; the finding names the unit that uses most."""
    with ChildTypesetter(look, Limits(), workers=2) as many:
        many.set_ahead(chains(UNITS[:2]))
        for child in many.children:
            if child.at is not None:  # it has not begun yet
                many._answer(child)
        held = {many.children[0].process: 3 << 20, many.children[1].process: 2 << 20}
        monkeypatch.setattr("compositor.typeset.processes.parent.resident", held.__getitem__)
        monkeypatch.setattr("compositor.typeset.processes.pool.LOOK", 0.01)
        many.limits = Limits(memory="4 MB")
        heavy = numbered(1, f"<p>{'word ' * 30_000}</p>", "heavy")
        with pytest.raises(TypesettingFailed) as failed:
            many.typeset(heavy)
    assert (failed.value.why, failed.value.work.key) == ("memory", "heavy")


def test_short_books_are_set_by_one(look: Look) -> None:
    """A few pages do not justify the start of another process."""
    with ChildTypesetter(look, Limits(), workers=3) as few:
        few.set_ahead([Chain(100, chain.units) for chain in chains(UNITS)])
        assert len(few.children) == 1 and not few._done


def test_as_many_work_as_the_variable_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--serial` sets it to one; otherwise the cores and the memory of the machine decide."""
    from compositor.machine.cores import ROOM, VARIABLE, cores, workers_at_most

    monkeypatch.setenv(VARIABLE, "5")
    assert workers_at_most(1 << 40) == 5
    monkeypatch.delenv(VARIABLE)
    assert 1 <= workers_at_most(1 << 40) <= cores()
    assert workers_at_most(ROOM) == 1
    assert Path("/proc/meminfo").exists() is False or workers_at_most(0) == 1


def test_a_picture_is_encoded_once(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first unit that shows it converts its pixels to PDF bytes; the others use the same bytes."""
    typesetter, calls = Typesetter(look), list[object]()
    from weasyprint.images import RasterImage

    encode = RasterImage._get_png_data

    def counted(picture: object) -> object:
        calls.append(picture)
        return encode(picture)

    monkeypatch.setattr(RasterImage, "_get_png_data", staticmethod(counted))
    for one in (UNITS[0], UNITS[2]):
        typesetter.typeset(one)
    typesetter.join(volume(UNITS[0], UNITS[2]))
    assert len(calls) == 1
