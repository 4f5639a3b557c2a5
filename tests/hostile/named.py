"""Families of hostile books: a book names something other than a plain file; an escape is not a character."""

from __future__ import annotations

from random import Random

from tests.hostile.inputs import Hostile, book

SHOWING = {
    "p.png": "![A picture](p.png)",
    "p.svg": "![A picture](p.svg)",
    "t.csv": '::: {#tbl-a .csv file="t.csv" tbl-cap="A."}\n:::',
    "c.py": '```{.python include="c.py"}\n```',
    "_i.md": "{{< include _i.md >}}",
    "cover.png": "",
    "works.bib": "A work [@a].",
    "d.json": "{{< var d.x >}}",
    "f.ttf": "Words.",
}
"""A file -> how a chapter uses it."""
SETTINGS = {
    "cover.png": 'cover = "cover.png"\n',
    "works.bib": 'bibliography = ["works.bib"]\n',
    "d.json": '[data]\nd = "d.json"\n',
    "f.ttf": '[fonts]\ntext = ["f.ttf"]\n',
}
ESCAPES = (r"\ud800", r"\udc00x", r"\u0000", r"\ufffe", r"\u2028", r"\u0007", r"\ud83d\ude00", r"\u202e", r"\ue000")


def special_files(chance: Random) -> Hostile:
    """Name a pipe, a folder, a device, a link to itself, to nothing, or in a circle in place of a file."""
    name = chance.choice(list(SHOWING))
    made = book(SHOWING[name], SETTINGS.get(name, ""))
    kind = chance.choice(("pipe", "folder", "/dev/zero", "/dev/full", "itself", "nothing", "circle", "/proc/self/mem"))
    if kind == "pipe":
        made.pipes = (name,)
    elif kind == "folder":
        made.files[f"{name}/inside.txt"] = b"x"
    elif kind == "circle":
        made.links |= {name: "other", "other": name}
    else:
        made.links[name] = {"itself": name, "nothing": "not-there"}.get(kind, kind)
    return made


def escapes(chance: Random) -> Hostile:
    """Write lone surrogates and control characters as escapes in YAML, JSON and TOML."""
    bad = " ".join(chance.choice(ESCAPES) for _ in range(chance.randrange(1, 4)))
    where = chance.randrange(6)
    if where == 0:
        return book("Text.", f'subtitle = "a {bad.replace("ud8", "u00")}"\n')
    if where == 1:
        return book("{{< var d.x >}}", '[data]\nd = "d.json"\n', {"d.json": f'{{"x": "{bad}", "{bad}": 1}}'})
    if where == 2:
        works = f'[{{"id": "a", "type": "book", "title": "{bad}", "author": [{{"family": "{bad}"}}]}}]'
        return book("A work [@a].", 'bibliography = ["w.json"]\n', {"w.json": works})
    if where == 3:
        made = book("Text.")
        made.files["01-a.md"] = f'---\nshort-title: "{bad}"\nepigraph: "{bad}"\n---\n\n# A\n\nText.\n'.encode()
        return made
    files = {"docs/a.md": b"# A\n\nText.\n", "SUMMARY.md": b"* [A](docs/a.md)\n"}
    if where == 4:
        files["mkdocs.yml"] = f'site_name: "{bad}"\nnav: [{{"{bad}": a.md}}]\n'.encode()
    else:
        files["book.json"] = f'{{"title": "{bad}", "author": "{bad}"}}'.encode()
    return Hostile("", 0, files)
