"""An author -> listings: plain, with captions, numbers, marks, from files, sessions, with long lines."""

from __future__ import annotations

from collections.abc import Callable

from tests.random_books.author import VARIABLES, Author

LINES = {
    "python": (
        *(
            "import sys",
            "",
            "def leaves(hour: int) -> bool:",
            "    return hour > 9  # not yet",
            "class Tide:",
            '    """High."""',
        ),
        *(
            "x = [n ** 2 for n in range(10) if n % 2]",
            "\tif tabs:",
            "        print(f'{x!r}', end='')",
            "@decorator",
            "    pass",
        ),
    ),
    "sql": (
        "SELECT hour, height",
        "  FROM tides",
        " WHERE height > 1.4",
        "   AND name LIKE '%a\\_b%';",
        "",
        "-- a comment",
        "COMMIT;",
    ),
    "yaml": (
        "services:",
        "  web:",
        "    image: nginx:1.27",
        "    ports:",
        '      - "80:80"',
        "  # comment",
        "anchors: &a {x: 1}",
    ),
    "json": ('{"hour": 9,', ' "height": 1.8,', ' "tags": ["a", "b"]', "}"),
    "bash": (
        "set -euo pipefail",
        "for file in *.md; do",
        '  echo "$file" | sed "s/a/b/"',
        "done",
        "",
        "cat <<'END'",
        "END",
    ),
    "text": ("plain words", "    indented", "┌──┐", "└──┘", "a <b> &amp; c", "*not stressed*", "", "→ 100 %", "[x](y)"),
    "html": (
        "<!DOCTYPE html>",
        '<p class="a">Text &amp; more</p>',
        "<!-- comment -->",
        "<script>let x = 1 < 2;</script>",
    ),
    "console": ("$ make test", "ok", "ava@quay:~$ ls -l | head -2 \\", "    -a", "total 8", "$ exit"),
    "diff": ("--- a/x", "+++ b/x", "@@ -1,2 +1,2 @@", " same", "-old", "+new"),
    "nolanguage": ("what is this", "nobody knows"),
    "": ("x", "  y", "", "z"),
}
MARKS = {"python": "  # <{}>", "sql": "  -- <{}>", "yaml": "  # <{}>"}


def body(author: Author, language: str, least: int, most: int) -> list[str]:
    """Return some lines of this language, without empty ones at the ends."""
    lines = [author.one_of(LINES[language]) for _ in range(author.dice.randint(least, most))]
    if author.chance(0.1):
        lines.append(author.one_of(LINES[language]) + " and so on" * author.dice.randint(5, 14))
    return ["first line", *lines, "last line"] if not lines[0].strip() or not lines[-1].strip() else lines


def fenced(info: str, lines: list[str]) -> str:
    """Return a fence that nothing in it closes."""
    fence = "~~~" if "`" in info else "```"
    return "\n".join((f"{fence}{info}", *lines, fence))


def plain(author: Author) -> str:
    """Return a listing, with a caption or without."""
    language = author.one_of(tuple(LINES))
    label = f' {{#{author.label("lst")} lst-cap="{author.prose.title()} *of* it."}}' if author.chance(0.4) else ""
    return fenced(f"{language or 'text'}{label}" if label else language, body(author, language, 1, 9))


def long(author: Author) -> str:
    """Return a listing that is longer than a page."""
    return fenced(f'python {{#{author.label("lst")} lst-cap="Long."}}', body(author, "python", 40, 90))


def broad(author: Author) -> str:
    """Return a listing with lines wider than any page: with spaces, with signs, or without both."""
    language, wide = author.one_of(("json", "text", "bash", "python", "html")), []
    for _ in range(author.dice.randint(1, 5)):
        sign, length = author.one_of((" ", " ", ",", "/", ".", "", " 文 ", "\t")), author.dice.randint(10, 40)
        words = (author.prose.word() for _ in range(length))
        wide.append(" " * author.dice.randint(0, 30) + sign.join(words))
    caption = f' {{#{author.label("lst")} lst-cap="{author.prose.title()}."}}' if author.chance(0.3) else ""
    return fenced(language + caption, [*body(author, language, 1, 3), *wide, "end"])


def deep(author: Author) -> str:
    """Return a listing with deep indentation, tabs, empty lines, and unusual classes."""
    steps = [author.one_of(("\t", "    ", "  ")) * author.dice.randint(0, 9) for _ in range(5)]
    lines = [step + author.one_of(("if x:", "y = [1, 2]", "{", "}")) for step in steps]
    lines[2:2] = [""] * author.dice.randint(0, 3)
    info = author.one_of(
        ("text {.output}", "python {norun=\"no\"}", "go", "rust", "latex", "makefile", "{.yaml .wide}", "text {.here}")
    )
    return fenced(info, ["start", *lines, "end"])


def with_marks_in_the_caption(author: Author) -> str:
    """Return a listing whose caption has code in it."""
    label = author.label("lst")
    return f'~~~python {{#{label} lst-cap="Of `{author.prose.word()}`, *and* more."}}\nx = 1\n~~~'


def numbered(author: Author) -> str:
    """Return a listing with numbers, or with highlighted lines."""
    form = author.one_of(
        (".number-lines", ".number-lines startFrom=97", 'code-line-numbers="1"', "code-line-numbers=true")
    )
    return fenced(f"python {{{form}}}", body(author, "python", 2, 8))


def annotated(author: Author) -> str:
    """Return a listing with marks and their explanations."""
    language = author.one_of(tuple(MARKS))
    lines = [line or "x" for line in body(author, language, 3, 5) if "#" not in line and "--" not in line] or ["x"]
    count = author.dice.randint(1, min(3, len(lines)))
    for at in range(count):
        lines[at] += MARKS[language].format(at + 1)
    return fenced(language, lines) + "\n\n" + "\n".join(f"{n}. {author.prose.sentence()}" for n in range(1, count + 1))


def included(author: Author) -> str:
    """Return a listing from a file: whole, some lines, or the text between anchors."""
    name = f"samples/part-{author.number()}.py"
    lines = body(author, "python", 3, 8)
    author.files[name] = "\n".join(("# ANCHOR: it", *lines, "# ANCHOR_END: it", "")).encode()
    which = author.one_of(("", " anchor=it", " lines=2-3", " anchor=it dedent=auto"))
    return fenced(f'python {{include="{name}"{which}}}', [])


def with_values(author: Author) -> str:
    """Return a listing that uses values of the book."""
    return fenced(
        "toml {.vars}", ["sheet = {{< var price.sheet >}}", f"year = {{{{< var {author.one_of(VARIABLES)} >}}}}"]
    )


def indented_code(author: Author) -> str:
    """Return code that is indented by four spaces."""
    return "\n".join("    " + line for line in ("tide --today", author.prose.words(2, 5), "  | head -3"))


LISTINGS: tuple[Callable[[Author], str], ...] = (
    plain,
    plain,
    plain,
    long,
    broad,
    deep,
    with_marks_in_the_caption,
    numbered,
    annotated,
    included,
    with_values,
    indented_code,
)
"""Every kind of listing, ordinary ones more often."""
