"""The families of hostile books: each function makes a book from random numbers."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from tests.hostile.fonts import fonts
from tests.hostile.foreign import foreign
from tests.hostile.inputs import Family, Hostile, book
from tests.hostile.named import escapes, special_files
from tests.hostile.works import bibtex, csl, drawings, pictures

OPENERS = (
    "> ",
    "- ",
    "1. ",
    "* ",
    "+ ",
    "::: {.x}\n",
    "[",
    "![",
    "(",
    "*",
    "_",
    "**",
    "~~",
    "^",
    "~",
    "`",
    "$",
    "\\(",
    "<b>",
    "<div>\n",
    "[^",
    "^[",
    "[a]{.x ",
    "{{< ",
    "> [!NOTE]\n> ",
    "|",
    ": ",
    "    ",
    "[x](",
    "<!--",
)
QUOTED = "'a', "
MACROS = (
    r"\newcommand{\b}{\b}\b",
    r"\newcommand{\a}{\b\b}\newcommand{\b}{\a\a}\a",
    r"\def\a{\a x}\a",
    r"\renewcommand{\frac}{\frac{\frac}{\frac}}\frac12",
    r"\newcommand{\x}[1]{#1#1}" + r"\x{" * 30 + "a" + "}" * 30,
)
ODD = "\x00\x07\x08\x0b\x0c\x1b[31m\x7f\x85\u200b\u202e\u2066\u2069\u2028\u2029\ufeff\ufffe\uffff\U000e0001\U0010ffff"


def backticks(chance: Random) -> Hostile:
    """Write runs of growing length that are never closed."""
    sign = chance.choice("`~$*_^=")
    most = chance.randrange(50, 400)
    return book(chance.choice((" ", "a", "\n")).join(sign * n for n in range(1, most)))


def nesting(chance: Random) -> Hostile:
    """Nest a construct in itself, or in others."""
    depth = chance.choice((30, 200, 1000, 5000))
    signs = chance.sample(OPENERS, chance.choice((1, 1, 2, 3)))
    return book("".join(signs[n % len(signs)] for n in range(depth)) + "x")


def brackets(chance: Random) -> Hostile:
    """Write brackets that open and do not close, or close and did not open."""
    piece = chance.choice(
        ("[", "]", "[x](", "![](", "[[", "][", "[a][b]", "[^a]", "[@a", "](", "{", "}", "<", "<!--", "&")
    )
    return book(piece * chance.choice((100, 3000, 20_000)))


def carets(chance: Random) -> Hostile:
    """Write small signs by the thousand."""
    piece = chance.choice(
        ("a^b ", "a~b ", "^", "~", "a_b*", "*a ", "''\"", "--- ", "...", "\\", "\\\\\n", "@a ", "@", "{.a}")
    )
    return book(piece * chance.choice((100, 3000, 20_000)))


def links(chance: Random) -> Hostile:
    """Write definitions and links by the thousand, long addresses, schemes that run code."""
    count = chance.choice((10, 2000))
    scheme = chance.choice(
        ("javascript:", "data:text/html,", "file:///etc/passwd", "vbscript:", "http://[::1", "//x", "\\\\x")
    )
    defined = "".join(f"[a{n}]: {scheme}{n}\n" for n in range(count))
    used = " ".join(f"[a{n}] [w]({scheme}{n})" for n in range(count))
    return book(f"{defined}\n{used} <{scheme}x> [y]({'x' * chance.choice((10, 100_000))})")


def entities(chance: Random) -> Hostile:
    """Write invalid entities, and entities that are not characters."""
    forms = (
        "&#x110000;",
        "&#0;",
        "&#xd800;",
        "&#9999999999;",
        "&nosuch;",
        "&#x;",
        "&lt",
        "&amp;lt;",
        "&#xfffe;",
        "&#7;",
    )
    return book(" ".join(chance.choices(forms, k=chance.choice((10, 5000)))))


def tables(chance: Random) -> Hostile:
    """Write tables with many columns, incomplete rows, spans, and separators that do not fit."""
    columns, rows = chance.choice(((400, 200), (2000, 20), (3, 2000), (1, 1)))
    head = "|" + "a|" * columns + "\n|" + chance.choice(("-|", ":-:|", "---|")) * columns + "\n"
    return book(head + chance.choice(("| x |\n", "|\n", "| \\| |\n", "| `|` | ||\n")) * rows)


def includes(chance: Random) -> Hostile:
    """Include files in each other, tenfold, in rings, from elsewhere."""
    depth, width = chance.choice(((7, 10), (3, 40), (40, 1), (1, 500)))
    more = {f"_i{n}.md": f"{{{{< include _i{n + 1}.md >}}}}\n\n" * width for n in range(depth)}
    more[f"_i{depth}.md"] = chance.choice(("Words.\n", "{{< include _i0.md >}}\n", "{{< include ../x.md >}}\n", ""))
    return book("{{< include _i0.md >}}", more=more)


def settings_depth(chance: Random) -> Hostile:
    """Nest brackets, tables and dotted keys in TOML; write long numbers."""
    many = chance.choice((50, 500, 5000))
    text = chance.choice(
        (
            f"[variables]\na = {'[' * many}1{']' * many}\n",
            f"[variables]\n{'a.' * many}b = 1\n",
            f"[{'a.' * many}b]\nc = 1\n",
            f"[variables]\na = {'9' * many}\n",
            f"first-chapter = {'9' * many}\n",
            f"[variables]\na = 0x{'f' * many}\nb = [0o{'7' * many}, 0b{'1' * many}]\n",
            f"[order]\nchapters = [{many * QUOTED}]\n",
            f"[variables]\na = {'{b=' * many}1{'}' * many}\n",
            f"[variables]\na = 1e{'9' * many}\n",
            "[limits]\nseconds = -1\n",
            f"subtitle = '{'x' * many}'\nkeywords = [{many * QUOTED}]\n",
            "[variables]\na = nan\nb = -inf\n",
        )
    )
    return book("{{< var a >}}", text)


def data_depth(chance: Random) -> Hostile:
    """Write deep YAML and JSON, doubling aliases, long numbers, tags that make objects."""
    many = chance.choice((50, 500, 5000))
    doubling = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    yaml = chance.choice(
        (
            "[" * many + "]" * many,
            doubling,
            "a: " + "9" * many,
            "a: !!python/object/apply:os.system [x]\n",
            "a: &a [*a]\n",
            "{a: " * many + "1" + "}" * many,
            "? " * many,
            "- " * many + "x",
            "a: 2026-99-99\n",
            "a: 0o9\n",
            "!!binary x",
            "\t",
        )
    )
    json = chance.choice(
        ("[" * many + "]" * many, "9" * many, '{"a": NaN}', '{"a": "\\ud800"}', "", "1e999999", '{"a":' * many)
    )
    return book(
        "{{< var y.a >}} {{< var j.a >}}",
        'bibliography = "y.yaml"\n[data]\nj = "j.json"\n',
        {"y.yaml": yaml, "j.json": json},
    )


def front_matter(chance: Random) -> Hostile:
    """Write front matter of odd kinds, and without an end."""
    many = chance.choice((50, 5000))
    inside = chance.choice(
        (
            "[" * many,
            "title: [a, b]",
            "draft: maybe",
            "a: &a [*a]",
            "- x",
            "5",
            '"',
            "title: 2026-13-45",
            "language: !!set {a}",
            "a: &a x\nb: *nosuch",
            "title: " + "9" * many,
            "? [a]\n: b",
            "<<: 1",
            "title: \x07",
            "id: '\ud800'",
            "? " * many,
        )
    )
    text = f"---\n{inside}\n{chance.choice(('---', '...', ''))}\n\n# A\n\nText.\n"
    return book("", more={"01-a.md": text})


def names(chance: Random) -> Hostile:
    """Name pictures and files as no system can."""
    odd = chance.choice(
        (
            "a%00.png",
            "x" * 256 + ".png",
            "../../etc/passwd",
            "/etc/passwd",
            "%2e%2e/a.png",
            ".git/config",
            "a\\b.png",
            "%FF.png",
            "con.png",
            "a/" * 2000 + "b.png",
            "%ED%A0%80.png",
            "~/a.png",
            "c:/a.png",
            "a.png/",
            "./" * 3000 + "a.png",
            "\u202ea.png",
        )
    )
    kind = chance.choice(
        (
            "![x]({})",
            "[x]({})",
            "{{{{< include {} >}}}}",
            '::: {{.csv file="{}"}}\n:::',
            '```{{.python include="{}"}}\n```',
            '<img src="{}">',
        )
    )
    return book(kind.format(odd), chance.choice(("", f"cover = '{odd}'\n")))


def words(chance: Random) -> Hostile:
    """Write huge words, huge lines, and thousands of small ones."""
    text = chance.choice(
        ("x" * 50_000, "x " * 50_000, "文" * 20_000, "a\u0301" * 20_000, "\u0300" * 5000, "x\n" * 20_000, "x-" * 20_000)
    )
    where = chance.choice(
        ("{}", "# {}", "*{}*", "`{}`", "- {}", "| a |\n|---|\n| {} |", "[^a]\n\n[^a]: {}", "```\n{}\n```")
    )
    return book(where.format(text.replace("\n", " ") if where != "{}" else text))


def controls(chance: Random) -> Hostile:
    """Write control characters, direction marks and noncharacters in all places."""
    text = "".join(chance.choices(ODD + "ab ", k=200))
    where = chance.choice(
        ("{}", "# {}", "[{}](x.png)", "![{}](x.png)", "```{}\n```", "{{{{< var {} >}}}}", "[^{}]", "$ {} $", "<b {}>")
    )
    return book(where.format(text.replace("\n", "")))


def surrogates(chance: Random) -> Hostile:
    """Write bytes that are not UTF-8, and byte order marks of other encodings."""
    data = chance.choice(
        (
            b"\xed\xa0\x80",
            b"\xff\xfe# A\n",
            b"\xfe\xff",
            b"\xc0\xaf",
            b"\xf8\x88\x80\x80\x80",
            bytes(range(256)),
            b"\0" * 500,
            b"\xef\xbb\xbf" * 3,
            b"\xff" * 300,
            "# A\n\nText.\n".encode("utf-32"),
            b"PK\x03\x04" + b"\0" * 30,
        )
    )
    name = chance.choice(("01-a.md", "book.toml", "x.bib", "y.json", "styles/print.css", "templates/unit.xhtml"))
    return book(
        "Text.",
        'bibliography = "x.bib"\n[data]\ny = "y.json"\n',
        {"x.bib": "", "y.json": "{}", name: b"# A\n\n" + data},
    )


def files(chance: Random) -> Hostile:
    """Make links out of the book, to themselves and to devices; pipes; folders in place of files."""
    made = book("![x](p.png) {{< include _q.md >}}\n", '[order]\nchapters = ["01-a.md", "02-b.md"]\n')
    target = chance.choice(
        ("/etc/passwd", "/dev/zero", "/dev/full", "02-b.md", "../..", "nowhere", "/proc/self/environ", ".")
    )
    name = chance.choice(("02-b.md", "p.png", "_q.md", "styles", "templates"))
    if chance.random() < 0.3:
        made.pipes = (name if "." in name else "02-b.md",)
    else:
        made.links[name] = target
    return made


def formats(chance: Random) -> Hostile:
    """Write formats of variables that are wide, deep or invalid."""
    form = chance.choice(
        (
            ".999999999f",
            "99999999d",
            "{0.__class__}",
            "%d" * 1000,
            ">10**9",
            "x" * 5000,
            ",.9999%",
            "_^99999999",
            "\x00",
            "",
        )
    )
    value = chance.choice(("1.5", "10", '"x"', "true", "2026-11-29", "1e300", "9" * 4000, "[1]"))
    return book(f'{{{{< var a format="{form}" >}}}}', f"[variables]\na = {value}\n")


def formulas(chance: Random) -> Hostile:
    """Write looping macros, deep nesting, and sizes beyond all paper."""
    depth = chance.choice((50, 300, 1500))
    text = chance.choice(
        (
            *MACROS,
            r"\frac{" * depth + "x" + "}{y}" * depth,
            "x_{" * depth + "}" * depth,
            r"\left(" * depth,
            r"\sqrt{" * depth,
            r"\begin{matrix}" + "a & " * depth + r"\end{matrix}",
            r"\text{" * depth,
            "{" * depth,
            "}" * depth,
            r"\hspace{9999999em}x",
            r"\rule{1e9em}{1e9em}",
            r"\begin{matrix}" * 40,
            "\\" * depth,
            r"\unknown" * depth,
            r"\color{red" * 20,
            "^" * depth,
        )
    )
    return book(f"${text}$" if chance.random() < 0.5 else f"$$\n{text}\n$$")


def dates(chance: Random) -> Hostile:
    """Write dates out of all ranges."""
    date = chance.choice(
        (
            '"9999-99-99"',
            "0000-01-01",
            '"2200"',
            "9999-12-31",
            "1979-05-27T07:32:00Z",
            '"-1"',
            '"1e9"',
            "99999999",
            '"٢٠٢٦"',
        )
    )
    return book(f"---\ndate: {date}\n---\n", f"{chance.choice(('date', 'published', 'publication-date'))} = {date}\n")


def notes(chance: Random) -> Hostile:
    """Write notes that call themselves, each other, and nothing."""
    text = chance.choice(
        (
            "x[^a]\n\n[^a]: y[^a]",
            "x[^a]\n\n[^a]: y[^b]\n\n[^b]: z[^a]",
            "^[" * 500 + "x" + "]" * 500,
            "[^a]: x\n" * 500,
            "[^a]" * 500,
            "x[^a]\n\n[^a]: " + "> " * 300 + "y",
            "[^a]: [^a]: [^a]: x\n\n[^a]",
            "*[x]: y[^a]\n\nx[^a]\n\n[^a]: x",
        )
    )
    return book(text)


def shortcodes(chance: Random) -> Hostile:
    """Write attributes, divs and shortcodes that are truncated or endless."""
    piece = chance.choice(
        (
            "{{< ",
            "{{< var ",
            "::: {",
            "[x]{",
            "# a {#",
            '[x]{a="',
            "{{< include ",
            "```{",
            "![x](a){",
            "::: {.exercise}\n",
            "|:--",
        )
    )
    text = piece * chance.choice((1, 300, 3000))
    return book(text + chance.choice(("", "}", " >}}", '"}', "\n:::" * 20)))


def own_style(chance: Random) -> Hostile:
    """Write style sheets that fetch, nest and grow."""
    css = chance.choice(
        (
            "@import 'http://127.0.0.1:9/a.css';",
            "p{width:" + "calc(" * 3000,
            "p{background:u\\72l(http://127.0.0.1:9/)}",
            "{" * 5000,
            ":root{--a0:x;"
            + "".join(f"--a{n}:var(--a{n - 1})var(--a{n - 1});" for n in range(1, 60))
            + "}p{color:var(--a59)}",
            ":root{--a:var(--a)}",
            "\0" * 100,
            "p{content:'" + "x" * 50_000,
            "@media " * 3000,
            "/*",
            "p{}" * 5000,
            ":not(" * 3000 + "p",
            "a " * 20_000 + "{}",
            "@font-face{src:url(a.ttf)}" * 50,
            "p{width:" + "9" * 5000 + "pt}",
            "p::before{content:counter(a)}" * 99,
            "body{counter-reset:a 99999999}p::before{content:counter(a, symbols(symbolic '*'))}",
            "p{background:attr(href url)}p::before{content:attr(x, '') attr(href url)}",
            ":has(" * 60 + "p" + ")" * 60 + "{color:red}",
        )
    )
    return book("Text.", more={f"styles/{chance.choice(('print', 'epub', 'fonts'))}.css": css})


def own_template(chance: Random) -> Hostile:
    """Write templates that reach out, fail, or extend themselves; endless ones are tested with the worker's limits."""
    text = chance.choice(
        (
            "{{ ''.__class__.__mro__ }}",
            "{% extends 'unit.xhtml' %}",
            "{% include 'unit.xhtml' %}",
            "{{ 1/0 }}",
            "{% for %}",
            "{{ nosuch }}",
            "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
            "<p>",
            "{{ cycler.__init__.__globals__ }}",
            "{% raw %}",
            "<html",
            "{{ book.manuscript.folder }}",
        )
    )
    return book("Text.", more={"templates/unit.xhtml": text})


FAMILIES: Mapping[str, Family] = {
    "backticks": backticks,
    "nesting": nesting,
    "brackets": brackets,
    "carets": carets,
    "links": links,
    "entities": entities,
    "tables": tables,
    "includes": includes,
    "settings": settings_depth,
    "data": data_depth,
    "front matter": front_matter,
    "names": names,
    "words": words,
    "controls": controls,
    "surrogates": surrogates,
    "files": files,
    "formats": formats,
    "formulas": formulas,
    "dates": dates,
    "notes": notes,
    "shortcodes": shortcodes,
    "style sheets": own_style,
    "templates": own_template,
    "BibTeX": bibtex,
    "citation styles": csl,
    "pictures": pictures,
    "drawings": drawings,
    "settings of other tools": foreign,
    "fonts": fonts,
    "special files": special_files,
    "escapes": escapes,
}
