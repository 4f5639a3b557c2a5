"""Templates can reach data, but nothing that opens, writes, starts or changes anything."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Undefined
from jinja2.sandbox import SandboxedEnvironment
from markdown_it.token import Token
from markupsafe import Markup

from compositor.cli import main
from compositor.errors import BookError
from compositor.formats import EPUB, PAPER
from compositor.making import make
from compositor.press import Timings, read_book
from compositor.render import render_cover, render_page, render_unit
from compositor.theme import load_theme
from compositor.theme import templates as templates_module
from compositor.theme.sandbox import readable
from compositor.theme.templates import Templates
from tests.finished import BOOKS, ROOT
from tests.small_book import BOOK_OF_ONE, PAGES, names

PLAIN = (type(None), bool, int, float, str, Markup, datetime.date, datetime.timedelta, datetime.timezone, datetime.time)
BOOK_OF_A_THIEF = {
    "READ": '{{ book.manuscript.folder.joinpath("%s").read_text() }}',
    "LIST": "{{ book.manuscript.folder.iterdir() | list }}",
    "WRITE": '{{ book.manuscript.folder.joinpath("%s").write_text("spoilt") }}',
}


def filled(folder: Path, text: str, **more: object) -> str:
    """Return the result of a book's own title page with this text in it."""
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / "title.xhtml").write_text(text, encoding="utf-8")
    return load_theme(folder).fill("title.xhtml", **names(PAPER) | more)


def code_of(folder: Path, text: str, **more: object) -> str:
    """Return the code of the finding that stops such a page."""
    with pytest.raises(BookError) as problem:
        filled(folder, text, **more)
    return problem.value.findings[0].code


def within(value: object, sandbox: SandboxedEnvironment) -> Iterator[tuple[str, object]]:
    """Yield what a template can reach from a value: its items, and the values of its names."""
    if isinstance(value, Mapping):
        yield from ((f"[{key!r}]", one) for pair in value.items() for key, one in zip(pair[:1] * 2, pair, strict=True))
    elif isinstance(value, (tuple, list, set, frozenset)):
        yield from ((f"[{number}]", one) for number, one in enumerate(value))
    if not isinstance(value, PLAIN):
        for name in dir(value):
            if not isinstance(found := sandbox.getattr(value, name), Undefined):
                yield f".{name}", found


def reached(given: Mapping[str, object], sandbox: SandboxedEnvironment) -> Iterator[tuple[str, object]]:
    """Yield everything that a template can reach, with the path to it."""
    waiting: list[tuple[str, object]] = list(given.items())
    seen: dict[int, object] = {}
    while waiting:
        way, value = waiting.pop()
        if id(value) in seen:
            continue
        seen[id(value)] = value
        yield way, value
        waiting += ((way + step, inner) for step, inner in within(value, sandbox))


def is_data(value: object) -> bool:
    """Return whether a value can only be read; methods of data return data."""
    if isinstance(value, PLAIN) or type(value) in (tuple, list, dict, set, frozenset) or isinstance(value, Mapping):
        return True
    if is_dataclass(value) and type(value).__module__.startswith("compositor."):
        return bool(type(value).__dataclass_params__.frozen)
    owner = getattr(value, "__self__", None)
    return callable(value) and owner is not None and not isinstance(owner, type) and is_data(owner)


def given_to_every_template(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Return the names of all templates that a build of this book renders, and the values of each."""
    given: dict[str, object] = {}
    fill = templates_module.fill

    def spy(template: str, values: Mapping[str, object], *more: Any) -> str:
        given.update({f"{template} {len(given)} {name}": value for name, value in values.items()})
        return fill(template, values, *more)

    monkeypatch.setattr("compositor.theme.fill", spy)
    proof = read_book(folder, Timings())
    make(proof, (EPUB,), str(folder.parent / "out") + "/", Timings())
    book, theme = proof.book, load_theme(folder)
    assert book is not None
    for name in ("half-title", "title", "copyright", "contents"):
        render_page(book, name, PAPER, theme, PAGES)
    render_cover(book, PAPER, theme)
    render_unit(book, book.units[0], PAPER, theme, PAGES)
    return given


@pytest.mark.parametrize("source", [ROOT / "specimen", BOOKS / "several"], ids=lambda path: path.name)
def test_a_template_reaches_nothing_but_data(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Templates receive no path, file, module, class, own function or token."""
    shutil.copytree(source, tmp_path / "book")
    given = given_to_every_template(tmp_path / "book", monkeypatch)
    assert len(given) > 50
    found = list(reached(given, templates_module._environment(Templates((), ()))))
    assert [way for way, value in found if not is_data(value)] == []
    assert len(found) > 1000


@pytest.mark.parametrize("wanted", BOOK_OF_A_THIEF)
@pytest.mark.parametrize("command", ["check", "epub"])
def test_no_template_reads_lists_or_writes_a_file(
    command: str, wanted: str, small_book: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The book's folder leads to every file of the machine, so a template does not get it."""
    secret, target = tmp_path / "secret", tmp_path / "target"
    secret.write_text("S3CRET", encoding="utf-8")
    text = BOOK_OF_A_THIEF[wanted].replace("%s", str(secret if wanted == "READ" else target))
    (small_book / "templates").mkdir()
    page = f'{{% extends "default/copyright.xhtml" %}}\n{{% block colophon %}}<p>{text}</p>{{% endblock %}}'
    (small_book / "templates" / "copyright.xhtml").write_text(page, encoding="utf-8")
    output = [] if command == "check" else ["-o", f"{tmp_path}/out/"]
    code = main([command, str(small_book), *output])
    said = capfd.readouterr()
    assert "S3CRET" not in said.out + said.err
    assert not target.exists()
    assert command == "check" or (code == 1 and "T008" in said.err)


@pytest.mark.parametrize(
    "text",
    [
        "{{ book.manuscript.folder }}",
        '{{ book.manuscript["folder"] }}',
        '{{ book.manuscript | attr("folder") }}',
        '{{ [book] | map(attribute="manuscript.folder") | join }}',
        '{{ [book.manuscript] | sum(attribute="folder") }}',
        '{{ ([book.manuscript] | groupby("folder") | first).grouper.parent }}',
        '{{ "{0.folder}".format(book.manuscript) }}',
        '{{ "{b[folder]}".format_map({"b": book.manuscript}) }}',
        '{{ ("{0.folder}" | safe).format(book.manuscript) }}',
        '{{ "{0.__class__}".format(book) }}',
        "{{ book.__class__ }}",
        '{{ "".__class__.__mro__ }}',
        "{{ book.unit.__globals__ }}",
        "{{ book.unit.__func__ }}",
        "{{ unit.chapter.tokens }}",
        "{{ unit.chapter.everything[0].attrSet('class', 'x') }}",
        "{{ unit.role.CHAPTER }}",
        "{{ self.__init__ }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ joiner.__init__ }}",
        "{{ range.__call__ }}",
        "{% macro m() %}{% endmacro %}{{ m._func }}",
        '{% import "roles.xhtml" as roles %}{{ roles._body_stream }}',
        "{{ dict().fromkeys([1]) }}",
        "{{ heading.escape('x') }}",
        "{{ book.edition.date.now() }}",
        "{{ (1).from_bytes }}",
        "{{ [1].append(2) }}",
        "{{ metadata.identifiers.update(a=1) }}",
        '{{ book.manuscript.variables["path"] }}',
        '{{ book.manuscript.variables.get("path").parent }}',
        '{{ book.manuscript.variables.get("open")("x") }}',
        '{{ book.manuscript.variables.get("token").attrSet("a", "b") }}',
        '{{ book.manuscript.variables["type"] }}',
    ],
)
def test_what_is_no_data_is_refused(text: str, tmp_path: Path) -> None:
    """It is refused in every syntax of Jinja2, even if it is among the data."""
    odd = {"path": Path("/"), "open": open, "token": Token("a", "b", 0), "type": Path}
    manuscript = replace(BOOK_OF_ONE.manuscript, variables=odd)
    assert code_of(tmp_path, text, book=replace(BOOK_OF_ONE, manuscript=manuscript)) == "T008"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{% include "../../../etc/passwd" %}', "T006"),
        ('{% include "/etc/passwd" %}', "T006"),
        ('{% import "own/../book.toml" as x %}', "T006"),
        ('{% extends "default/../../book.toml" %}', "T006"),
        ("{% set x = book.edition %}{% set x.commit = '1' %}", "T010"),
        ("{{ range(100001) }}", "T010"),
        ("{{ lipsum() }}", "T007"),
    ],
)
def test_a_template_takes_nothing_from_elsewhere(text: str, code: str, tmp_path: Path) -> None:
    """Templates come from the layers of the theme, values cannot change, and a range is limited."""
    (tmp_path / "book.toml").write_text("x", encoding="utf-8")
    assert code_of(tmp_path, text) == code


@pytest.mark.parametrize("link", ["templates", "templates/foot.xhtml"])
def test_a_link_among_the_templates_stays_in_the_book(link: str, tmp_path: Path) -> None:
    """Neither the folder nor a file in it may lead out."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "foot.xhtml").write_text("S3CRET", encoding="utf-8")
    place = tmp_path / "book" / link
    place.parent.mkdir(parents=True)
    place.symlink_to(tmp_path / "out" if link == "templates" else tmp_path / "out" / "foot.xhtml")
    with pytest.raises(BookError) as problem:
        load_theme(tmp_path / "book")
    assert problem.value.findings[0].code == "T003"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ('{{ book.units | map(attribute="number") | join(", ") }} {{ book.units[0].key }}', "2 lights"),
        ('{{ book.unit("lights").title }} {{ pages.folio("red") }}', "Lights &amp; Signals 13"),
        ('{{ words.day(book.edition.date) }} {{ book.edition.date.strftime("%Y") }}', "23 November 2026 2026"),
        ("{{ words.join(metadata.authors) }} {{ unit.role.upper() }}", "Ada and Ben CHAPTER"),
        ('{% for a in book.units | groupby("role") %}{{ a.grouper }}{{ a.list | count }}{% endfor %}', "chapter1"),
        ("{% for one in [1, 2] %}{{ loop.cycle('a', 'b') }}{{ loop.last }}{% endfor %}", "aFalsebTrue"),
        ("{% set n = namespace(a=1) %}{% set n.a = n.a + 1 %}{{ n.a }}", "2"),
        ("{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.current }}", "ab"),
        ("{% set j = joiner('+') %}{{ j() }}1{{ j() }}2{{ range(3) | list }}{{ dict(a=1).a }}", "1+2[0, 1, 2]1"),
        ("{% macro m(x) %}{{ caller() }}{{ x }}{% endmacro %}{% call m(3) %}y{% endcall %}", "y3"),
        ("{% block a %}A{% endblock %}{{ self.a() }}", "AA"),
        ('{% import "roles.xhtml" as roles %}{{ roles.by_role.get("part") }}{{ roles.by_role.part }}', "partpart"),
        ('{{ "{0.title} {1:>3}".format(metadata, 7) }}{{ "%s" | format(1) }}', "Roads &amp; Rails   71"),
        ("{{ heading | striptags }} {{ metadata.title.split()[0] }}", "Lights &amp; Signals Roads"),
    ],
)
def test_what_templates_are_for_still_works(text: str, made: str, tmp_path: Path) -> None:
    """Values, their look-ups, and Jinja2's loops, macros and blocks work."""
    assert filled(tmp_path, text) == made


def test_where_the_book_lies_is_not_printed(small_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a template that prints the whole book does not show the folder, which differs between machines."""
    given = given_to_every_template(small_book, monkeypatch)
    assert given
    assert not [name for name, value in given.items() if str(small_book) in repr(value)]


def test_the_names_of_a_value_are_those_that_hold_data() -> None:
    """A field is accepted by its annotation, so that a new field of another kind is not passed by mistake."""
    manuscript = BOOK_OF_ONE.manuscript
    assert {"metadata", "entries", "variables"} <= readable(manuscript)
    hidden = {field.name for field in fields(manuscript)} - readable(manuscript)
    assert hidden == {"folder"}


def test_what_a_template_sets_in_another_does_not_last(tmp_path: Path) -> None:
    """Each page and each pass starts afresh; otherwise page numbers would not settle and bytes would differ."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "counter.xhtml").write_text("{% set ns = namespace(n=0) %}", encoding="utf-8")
    text = '{% import "counter.xhtml" as m %}{% set ns = m.ns %}{% set ns.n = ns.n + 1 %}{{ ns.n }}'
    (tmp_path / "templates" / "title.xhtml").write_text(text, encoding="utf-8")
    theme = load_theme(tmp_path)
    assert [theme.fill("title.xhtml", **names(PAPER)) for _ in range(3)] == ["1", "1", "1"]
