"""The ids of a drawing -> names that are valid in XML, each once: otherwise an EPUB is invalid."""

from __future__ import annotations

import re
from collections.abc import Mapping

from compositor.pictures.svg.values import HREFS, SVG, Work

NAME = re.compile(r"[A-Za-z_][\w.-]*")
REFERENCE = re.compile(r"(url\(\s*[\"']?#)([^\"')]+)")
SELECTED = re.compile(r"#((?:[\w-]|[^\x00-\x7f]|\\[0-9a-fA-F]{1,6} ?|\\.)+)")


def name_once(work: Work) -> None:
    """Rename invalid ids, with the references to them, and remove repeated ones."""
    seen: set[str] = set()
    new: dict[str, str] = {}
    for element in work.root.iter("{*}*"):
        name = element.get("id")
        if name is None:
            continue
        if name in seen or not name.strip():
            work.changed = True
            del element.attrib["id"]
        elif not NAME.fullmatch(name):
            new[name] = _free(name, seen)
        seen.add(name)
    if new:
        work.changed = True
        _rename(work, new)


def _free(name: str, taken: set[str]) -> str:
    stem = "id-" + re.sub(r"[^\w.-]", "-", name)
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    taken.add(found)
    return found


def _rename(work: Work, new: Mapping[str, str]) -> None:
    for element in work.root.iter("{*}*"):
        for key, value in element.attrib.items():
            text = str(value)
            if key == "id":
                element.set("id", new.get(text, text))
            elif key in HREFS and text[1:] in new and text.startswith("#"):
                element.set(key, f"#{new[text[1:]]}")
            elif "url(" in text:
                element.set(key, _referring(text, new))
    for sheet in work.root.iter(f"{{{SVG}}}style"):
        named = SELECTED.sub(lambda match: _selected(match, new), _referring(sheet.text or "", new))
        sheet.text = named


def _referring(text: str, new: Mapping[str, str]) -> str:
    return REFERENCE.sub(lambda match: match[1] + new.get(match[2].strip(), match[2]), text)


def _selected(match: re.Match[str], new: Mapping[str, str]) -> str:
    """Return a selector of an id, with escapes if it is not a name."""
    plain = re.sub(r"\\([0-9a-fA-F]{1,6}) ?", lambda code: chr(int(code[1], 16)), match[1])
    plain = re.sub(r"\\(.)", r"\1", plain)
    return f"#{new[plain]}" if plain in new else match[0]
