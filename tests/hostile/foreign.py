"""Hostile settings of other tools: self-referring orders, endless numbers, programs, paths that lead out."""

from __future__ import annotations

from random import Random

from tests.hostile.inputs import Hostile, as_bytes

TEXT = "# A\n\nText.\n"
HEXADECIMAL = "0x" + "f" * 10_000
PROGRAM = "!!python/object/apply:os.system ['touch pwned']"


def _book(files: dict[str, str]) -> Hostile:
    return Hostile("", 0, {name: as_bytes(text) for name, text in files.items()})


def foreign(chance: Random) -> Hostile:
    """Return a book of another tool with hostile settings."""
    return _book(chance.choice((_mkdocs, _mdbook, _gitbook, _jupyter, _quarto, _docusaurus))(chance))


def _value(chance: Random) -> str:
    """Return a YAML value in place of an expected text."""
    deep = chance.choice((50, 3000))
    return chance.choice(
        (
            HEXADECIMAL,
            PROGRAM,
            "[" * deep + "]" * deep,
            "{a: " * deep + "1" + "}" * deep,
            "&a [*a]",
            "2026-99-99",
            "9" * 5000,
            ".nan",
            "/etc/passwd",
            "../../../../etc/passwd",
            "'\\0'",
            "? [a]",
            "!ENV [HOME]",
            "'" + "x" * 20_000 + "'",
        )
    )


def _order(chance: Random, name: str, below: str) -> str:
    """Return a list of texts in YAML that is deep, wide, or contains itself."""
    deep = chance.choice((40, 90, 300))
    wide = "".join(f"  x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]\n" for n in range(1, 12))
    return chance.choice(
        (
            f"{name}: &a\n- {below}: a.md\n- {below}: b\n  children: *a\n  sections: *a\n- B: *a\n",
            f"{name}: " + f"[{{{below}: x, children: " * deep + "[a.md]" + "}]" * deep + "\n",
            f"y:\n  x0: &x0 [a.md, a.md]\n{wide}{name}: *x11\n",
            f"{name}: [" + "a.md, " * 5000 + "a.md]\n",
            f"{name}: {_value(chance)}\n",
            f"{name}:\n- {below}: {_value(chance)}\n",
        )
    )


def _mkdocs(chance: Random) -> dict[str, str]:
    text = f"site_name: {_value(chance)}\nhooks: [x.py]\n{_order(chance, 'nav', 'A')}"
    return {"mkdocs.yml": text, "docs/a.md": f"---\ntitle: {_value(chance)}\n---\n{TEXT}", "x.py": "1/0"}


def _mdbook(chance: Random) -> dict[str, str]:
    title = chance.choice((HEXADECIMAL, '"x"', "[" * 3000 + "]" * 3000, "nan", '"\\u0000"', "9" * 5000, "{a = 1}"))
    source = chance.choice(("src", "/etc", "../../etc", "src/../src", ".", ""))
    text = f'[book]\ntitle = {title}\nsrc = "{source}"\n[preprocessor.x]\ncommand = "touch pwned"\n'
    deep = chance.choice((5, 2000))
    lines = "".join(f"{'  ' * n}- [a{n}](a.md)\n" for n in range(deep))
    names = ("/etc/passwd", "../../../../../etc/passwd", "a%00.md", "a.md:1:" + "9" * 5000, "/dev/zero", "a.md")
    called = "".join(f"\n{{{{#include {name}}}}}\n" for name in chance.sample(names, 3))
    return {"book.toml": text, "src/SUMMARY.md": f"# S\n\n{lines}", "src/a.md": TEXT + called}


def _gitbook(chance: Random) -> dict[str, str]:
    many = chance.choice((3000, 100_000))
    number = '{"title": ' + "9" * 4000 + "}"
    told = chance.choice((number, '{"a":' * many, '{"title": 1e400}', '{"root": "/etc"}', "[]"))
    root = chance.choice(("/etc", "../..", HEXADECIMAL, "&a [*a]", "."))
    links = "* [a](a.md)\n* [b](../../../etc/passwd)\n* [c](/etc/passwd)\n* [d](a%00.md)\n"
    text = TEXT + "{{ book.a }} {% include '/etc/passwd' %} {% for i in range(99999999) %}x{% endfor %}\n"
    return {"book.json": told, ".gitbook.yaml": f"root: {root}\n", "SUMMARY.md": f"# S\n\n{links}", "a.md": text}


def _jupyter(chance: Random) -> dict[str, str]:
    notebook = chance.choice(
        (
            '{"cells":' + "[" * 100_000,
            '{"cells":[{"cell_type":"markdown","source":["# N\\n",5,null]},{"cell_type":9},[],null],"nbformat":99}',
            '{"cells":[{"cell_type":"code","source":"1","outputs":[{"data":{"image/png":"!!"}}]}]}',
            '{"nbformat": ' + "9" * 5000 + "}",
        )
    )
    order = _order(chance, chance.choice(("chapters", "parts", "sections")), "file")
    settings = f"title: {_value(chance)}\nauthor: {_value(chance)}\n"
    files = {"_toc.yml": f"format: jb-book\nroot: a\n{order}", "_config.yml": settings, "a.md": TEXT}
    project = f"version: 1\nproject:\n  title: {_value(chance)}\n"
    return {**files, "n.ipynb": notebook} if chance.random() < 0.7 else {"myst.yml": project, "a.md": TEXT}


def _quarto(chance: Random) -> dict[str, str]:
    order = _order(chance, "  chapters", "part")
    text = f"project: {{type: book, pre-render: touch pwned}}\nbook:\n  title: {_value(chance)}\n{order}"
    code = "```{python}\nopen('pwned', 'w')\n```\n\n`r system('touch pwned')`\n\n{{< include /etc/passwd >}}\n"
    return {"_quarto.yml": text, "index.qmd": TEXT + code, "a.md": TEXT}


def _docusaurus(chance: Random) -> dict[str, str]:
    position = chance.choice(("9" * 4000, "NaN", "-1e999", '"x"', "[" * 5000, "null", "true"))
    files = {f"docs/{name}/_category_.json": f'{{"label": "x", "position": {position}}}' for name in "ab"}
    matter = f"---\nsidebar_position: {_value(chance)}\n---\n"
    return {**files, "docs/a/x.md": matter + TEXT, "docs/b/y.md": matter + TEXT, "docusaurus.config.js": "throw 1"}
