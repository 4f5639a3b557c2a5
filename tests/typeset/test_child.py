"""The typesetter in its own process: the same bytes as in this one, enforced limits, no leftovers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from compositor.model import Edition, Limits, Metadata
from compositor.typeset import (
    ChildTypesetter,
    Context,
    LaidOut,
    Look,
    Outline,
    PageLabel,
    Typesetter,
    Typesetting,
    TypesettingFailed,
    UnitText,
    Volume,
)
from compositor.typeset.document.parts import Paint, WriteFrame
from compositor.typeset.processes.work import environment
from tests.finished import ROOT
from tests.process_trees import until

FONTS = (ROOT / "styles" / "fonts.css").read_text(encoding="utf-8")
STYLE = '@page { size: 200pt 200pt; margin: 20pt } html { font: 10pt "Book Text" } p { colour: red }'
DEADLINE = 30


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Return one font, a small page, and one mistake."""
    return Look(((FONTS, ROOT / "styles"), (STYLE, tmp_path)), tmp_path)


def unit(body: str, key: str = "a") -> UnitText:
    """Return a unit with this inside its body."""
    return UnitText(key, f'<html lang="en"><body>{body}</body></html>', Context(1, "decimal", "right"))


def volume(*units: UnitText) -> Volume:
    """Return these units, as a book."""
    edition = Edition("0123456789ab", datetime(2026, 11, 23, tzinfo=UTC))
    outline = (Outline(1, "First", "first", True),)
    return Volume(units, outline, (PageLabel(0, "D", 1),), Metadata(title="T", authors=("A",)), edition)


def left_in(temporary: Path) -> list[Path]:
    """Return what is in this user's folder for temporary folders."""
    return list((temporary / f"compositor-{os.geteuid()}").iterdir())


def nested(depth: int) -> str:
    """Return nested boxes."""
    return "<div>" * depth + "x" + "</div>" * depth


def drawing(power: int) -> str:
    """Return a small drawing that expands to 10 to this power rectangles."""
    ten = [f'<use href="#l{n}"/>' * 10 for n in range(power)]
    groups = "".join(f'<g id="l{n}">{inside}</g>' for n, inside in enumerate(ten, 1))
    start = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><defs>'
    return f'{start}<rect id="l0" width="1" height="1"/>{groups}</defs><use href="#l{power}"/></svg>'


def lives(process: int) -> bool:
    """Return whether this process exists and is not a zombie."""
    run = subprocess.run(("ps", "-o", "stat=", "-p", str(process)), capture_output=True, text=True, check=False)
    return run.stdout.strip() != "" and not run.stdout.startswith("Z")


def why(failed: pytest.ExceptionInfo[TypesettingFailed]) -> tuple[str, str]:
    """Return what has failed, and in which unit; the task if it concerns all units."""
    work = failed.value.work
    work = work.unit if isinstance(work, Paint) else work
    return failed.value.why, work.key if isinstance(work, UnitText) else type(work).__name__.lower()


def test_a_child_gives_the_same_pages_and_the_same_bytes(look: Look) -> None:
    """The process in which pages are set makes no difference: facts, messages and file are equal."""
    units = (unit('<h1 id="first">One</h1><p>Text.</p>'), unit('<p id="b">More.</p><img src="none.png">', "b"))

    def everything(typesetter: Typesetting) -> tuple[tuple[str, ...], list[LaidOut], tuple[bytes, tuple[str, ...]]]:
        laid = [typesetter.typeset(one) for one in units]
        return typesetter.messages, laid, typesetter.join(volume(units[0], units[1], units[0]))

    with ChildTypesetter(look, Limits()) as child:
        apart = everything(child)
    assert apart == everything(Typesetter(look))
    messages, laid, (data, _) = apart
    assert any("colour" in message for message in messages)
    assert "none.png" in laid[1].messages[0]
    assert data.startswith(b"%PDF-")


def test_a_thousand_boxes_inside_each_other_are_set(look: Look) -> None:
    """A stack of the usual size would overflow; WeasyPrint alone fails at 138 boxes."""
    with ChildTypesetter(look, Limits()) as child:
        assert len(child.typeset(unit(nested(1000))).pages) == 1


def test_endless_nesting_is_an_answer(look: Look) -> None:
    """The typesetter reports a stack overflow and survives."""
    with ChildTypesetter(look, Limits()) as child:
        with pytest.raises(TypesettingFailed) as failed:
            child.typeset(unit("<p style='width:" + "calc(" * 30_000 + "1px" + ")" * 30_000 + "'>x</p>"))
        assert why(failed) == ("depth", "a")
        assert len(child.typeset(unit("<p>x</p>")).pages) == 1


@pytest.mark.parametrize("body", ["<table><tr><td colspan=1000000>x</table>", f"<p>{'word ' * 300_000}</p>"])
def test_what_takes_too_long_is_ended(look: Look, body: str) -> None:
    """After the time limit for a unit, the child is ended in the middle of its work."""
    with ChildTypesetter(look, Limits()) as child:
        child.typeset(unit("<p>x</p>", "before"))
        child.limits = Limits(seconds=1)
        with pytest.raises(TypesettingFailed) as failed:
            child.typeset(unit(body))
        process = child.children[0].process
    assert why(failed) == ("time", "a")
    assert not lives(process)


def test_a_drawing_that_cannot_be_painted_in_time_is_named(look: Look) -> None:
    """A unit is painted when it is set; one that prints page numbers is painted when all pages are joined."""
    with ChildTypesetter(look, Limits()) as child:
        child.typeset(unit("<p>x</p>"))
        child.limits = Limits(seconds=3)
        with pytest.raises(TypesettingFailed) as failed:
            child.typeset(unit(drawing(7), "heavy"))
    assert why(failed) == ("time", "heavy")
    numbered = unit('<p><span class="folio">00</span></p>' + drawing(7), "numbered")
    units = (unit("<p>x</p>"), numbered, unit("<p>y</p>", "after"))
    with ChildTypesetter(look, Limits()) as child:
        for one in units:
            child.typeset(one)
        child.limits = Limits(seconds=3)
        with pytest.raises(TypesettingFailed) as failed:
            child.join(volume(*units))
    assert why(failed) == ("time", "numbered")


@pytest.mark.skipif(sys.platform != "linux", reason="not run: only Linux limits the memory of a process")
def test_what_takes_too_much_memory_is_an_answer(look: Look, tmp_path: Path) -> None:
    """The picture's pixels need more than the memory limit."""
    from PIL import Image

    Image.new("RGB", (9_000, 9_000)).save(tmp_path / "p.png")
    heavy = unit('<p>x</p><img src="p.png" style="width: 2000pt">')
    with ChildTypesetter(look, Limits(memory="400 MB")) as child, pytest.raises(TypesettingFailed) as failed:
        child.typeset(heavy)
        child.join(volume(heavy))
    assert why(failed) == ("memory", "a")


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
def test_the_end_of_the_child_is_an_answer(look: Look, number: signal.Signals) -> None:
    """A child that crashes, or that the system ends, is noticed at once and named by its signal."""
    with ChildTypesetter(look, Limits()) as child:
        child.typeset(unit("<p>x</p>", "before"))
        os.kill(child.children[0].process, number)
        with pytest.raises(TypesettingFailed) as failed:
            child.typeset(unit("<p>y</p>"))
    assert why(failed) == ("death", "a")
    assert failed.value.detail.startswith(number.name)


def test_a_library_that_gives_up_for_lack_of_memory_is_understood(look: Look) -> None:
    """GLib does not raise an exception when memory runs out: it prints a message and ends the process."""
    with ChildTypesetter(look, Limits()) as child:
        child.typeset(unit("<p>x</p>", "before"))
        child.children[0].said.write(b"\nGLib-ERROR **: 12:00:00.000: gmem.c:130: failed to allocate 4096 bytes\n")
        child.children[0].said.flush()
        os.kill(child.children[0].process, signal.SIGTRAP)
        with pytest.raises(TypesettingFailed) as failed:
            child.typeset(unit("<p>y</p>"))
    assert why(failed) == ("memory", "a")


def test_an_exception_of_weasyprint_is_an_answer(look: Look) -> None:
    """WeasyPrint's own message is reported without a traceback; the next unit is set."""
    with ChildTypesetter(look, Limits()) as child:
        with pytest.raises(TypesettingFailed) as failed:
            child.typeset(unit("<p>a &#x2029; b</p>"))
        assert why(failed) == ("fault", "a")
        assert failed.value.detail.startswith("AssertionError")
        assert "\n" not in failed.value.detail
        assert child.typeset(unit("<p>x</p>")).pages


def test_a_fault_of_the_press_keeps_its_traceback(look: Look) -> None:
    """A bug in our own code is not an error of the book: its traceback arrives."""
    with ChildTypesetter(look, Limits()) as child, pytest.raises(TypesettingFailed) as failed:
        child.do([WriteFrame(volume(), (None,), 7)])
    assert why(failed) == ("bug", "writeframe")
    assert "Traceback" in failed.value.detail
    assert "AttributeError" in failed.value.detail


def test_a_child_leaves_nothing_behind(look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a process nor a temporary file remains, even if the child was ended in its work."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with ChildTypesetter(look, Limits()) as child:
        child.typeset(unit("<p>x</p>"))
        assert len(left_in(tmp_path)) == 1
        process = child.children[0].process
    assert not lives(process)
    assert left_in(tmp_path) == []


PARENT = """
import sys
from pathlib import Path
from compositor.model import Limits
from compositor.typeset import ChildTypesetter, Context, Look, UnitText
here = Path(sys.argv[1])
child = ChildTypesetter(Look((), here), Limits())
child.typeset(UnitText("a", "<p></p>", Context(1, "decimal", "right")))
print(child.children[0].process, flush=True)
child.typeset(UnitText("b", f"<p>{'word ' * 3_000_000}</p>", Context(1, "decimal", "right")))
"""


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a process with a child that is busy for a long time; its temporary files are in `tmp_path`."""
    command = [sys.executable, "-c", PARENT, str(tmp_path)]
    place = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=place) as process:
        yield process
        process.kill()


def test_a_child_ends_with_a_parent_that_is_killed(parent: subprocess.Popen[str], tmp_path: Path) -> None:
    """SIGKILL, which no process can handle, leaves no orphan at work and none of its files."""
    child = int(parent.stdout.readline())
    assert lives(child)
    parent.kill()
    parent.wait()
    assert until(lambda: not lives(child), DEADLINE)
    assert until(lambda: left_in(tmp_path) == [], DEADLINE)


def test_a_child_leaves_signals_to_its_parent(parent: subprocess.Popen[str], tmp_path: Path) -> None:
    """Ctrl-C reaches both: the child prints nothing, and ends when the parent has ended."""
    child = int(parent.stdout.readline())
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(child, number)
    parent.send_signal(signal.SIGINT)
    _, said = parent.communicate(timeout=DEADLINE)
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert until(lambda: not lives(child), DEADLINE)
    assert until(lambda: left_in(tmp_path) == [], DEADLINE)


def test_the_machine_has_no_say_in_the_pages(look: Look, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Fonts, locale, time zone and home of the machine, and modules in the folder, change no byte."""
    one = unit("<p>Straße <span lang='ja'>骨</span></p>")

    def data() -> bytes:
        with ChildTypesetter(look, Limits()) as child:
            child.typeset(one)
            return child.join(volume(one))[0]

    plain = data()
    fonts = tmp_path / "fonts.conf"
    fonts.write_text("<fontconfig><dir>/usr/share/fonts</dir></fontconfig>", encoding="utf-8")
    changed = {
        "FONTCONFIG_FILE": fonts, "LC_ALL": "tr_TR.UTF-8", "LANG": "ja_JP", "TZ": "Asia/Tokyo", "HOME": "/nowhere",
        "PYTHONHASHSEED": "7", "PANGO_LANGUAGE": "ja",
    }  # fmt: skip
    for name, value in changed.items():
        monkeypatch.setenv(name, str(value))
    (tmp_path / "json.py").write_text("raise SystemExit('the folder is searched for modules')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert data() == plain


def test_a_child_gets_none_of_the_machines_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variables that libraries read for fonts and locale are removed or fixed."""
    for name in ("FONTCONFIG_PATH", "FC_LANG", "LC_CTYPE", "PANGO_LANGUAGE"):
        monkeypatch.setenv(name, "of the machine")
    assert "of the machine" not in environment("scratch").values()
