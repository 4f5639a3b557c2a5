"""Names of BibTeX and biblatex -> those of CSL-JSON, by bibtexparser: particles, suffixes, bodies in braces, others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compositor.dialects.bibliography.latex import from_latex, plain

OTHERS = "others"
"""The literal name for the people who are not named, as in Pandoc."""
_PART = re.compile(r"\s*(given|family|prefix|suffix|id|useprefix|given-i|family-i|prefix-i)\s*=\s*(.*?)\s*", re.DOTALL)
_LONGEST = 100_000


def names(text: str, has_particle: bool) -> Iterator[dict[str, str]]:
    """Yield everybody whom a field names; `has_particle`: `von` belongs to the family name even if it stands alone."""
    from bibtexparser.middlewares.names import split_multiple_persons_names

    guarded = re.sub(r"(\sand\s+)(?=\\)", r"\1{}", text[:_LONGEST])  # a name that begins with a command would lose it
    for one in (part.removeprefix("{}").strip() for part in split_multiple_persons_names(guarded)):
        if one.lower() == OTHERS:
            yield {"literal": OTHERS}
        elif name := _name(one, has_particle):
            yield name


def _name(text: str, has_particle: bool) -> dict[str, str]:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    if _is_body(text):
        return {"literal": said(text)}
    if (parts := _labelled(text)) is not None:
        return _csl(parts["family"], parts["given"], parts["prefix"], parts["suffix"], has_particle)
    found = parse_single_name_into_parts(re.sub(r"(?<!\\)~", " ", text), strict=False)
    first, von, last, junior = (" ".join(words) for words in (found.first, found.von, found.last, found.jr))
    return _csl(last, first, von, junior, has_particle)


def _csl(family: str, given: str, particle: str, suffix: str, has_particle: bool) -> dict[str, str]:
    which = "non-dropping-particle" if has_particle else "dropping-particle"
    told = {"family": said(family), "given": said(given), which: said(particle), "suffix": said(suffix)}
    return {part: value for part, value in told.items() if value}


def said(text: str) -> str:
    """Return only the letters of a name."""
    return plain(from_latex(text)[0])


def _is_body(text: str) -> bool:
    r"""Return whether the whole name is in braces that are no TeX accent (`{\"O}`)."""
    if not text.startswith("{") or text.startswith("{\\") or not text.endswith("}"):
        return False
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            return place == len(text) - 1
    return False


def _labelled(text: str) -> dict[str, str] | None:
    """Return the name in `family=Humboldt, given=Alexander, prefix=von`, a form of biblatex."""
    pieces = [_PART.fullmatch(piece) for piece in re.split(r",(?![^{]*\})", text)]
    if not all(pieces):
        return None
    told = {match[1]: match[2].strip('"') for match in pieces if match is not None}
    return {part: told.get(part, "") for part in ("family", "given", "prefix", "suffix")}
