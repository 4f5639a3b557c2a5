"""References in brackets and by number alone: `[@fig-a; @fig-b]`, `[-@fig-a]`, `-@fig-a`, `{.title}`, `{.page}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from compositor.markdown.attributes import AttributeSyntaxError, parse_attributes
from compositor.markdown.extension import Extension, Naming, Rendering, Unlinked
from compositor.markdown.reading import place_of, reading_of, walk
from compositor.markdown.references.references import REFERENCE, full_reference, is_linked, link_to, target_of
from compositor.model import Reference

FORMS = {"title", "page"}
_BRACKETS = re.compile(r"\[(?P<inside>-?@[^\[\]]*)\](?:\{(?P<braces>[^{}]*)\})?(?![\[(])")
_ONE = re.compile(rf"\s*(?P<minus>-?)(?P<label>{REFERENCE.pattern.replace('?P<label>', '')})\s*", re.IGNORECASE)


def syntax(md: MarkdownIt) -> None:
    """These are read before spans and links, which begin with a bracket too; anything else is left to them."""
    md.inline.ruler.before("emphasis", "reference_group", bracketed)
    md.inline.ruler.before("emphasis", "reference_number", number_alone)
    md.core.ruler.after("places", "reference_groups", keep_references)


def bracketed(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: labels between brackets, with semicolons between them."""
    match = _BRACKETS.match(state.src, state.pos) if state.src[state.pos] == "[" else None
    if match is None:
        return False
    forms = _forms(match["braces"] or "")
    labels = [_ONE.fullmatch(part) for part in match["inside"].split(";")]
    if forms is None or not all(labels):
        return False
    if not silent:
        _push(state, match[0], [label for label in labels if label], forms)
    state.pos = match.end()
    return True


def _forms(inside: str) -> frozenset[str] | None:
    """Return the forms asked for between the braces; None if they contain anything else."""
    try:
        found = parse_attributes(inside)
    except AttributeSyntaxError:
        return None
    return None if found.id or found.pairs or set(found.classes) - FORMS else frozenset(found.classes)


def number_alone(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule: `-@fig-a`, not in the middle of a word."""
    before = state.src[state.pos - 1] if state.pos else " "
    match = _ONE.match(state.src, state.pos) if state.src.startswith("-@", state.pos) else None
    if match is None or before.isalnum() or before in "_@-":
        return False
    if not silent:
        _push(state, match[0].strip(), [match], frozenset())
    state.pos += len(match[0].rstrip())
    return True


def _push(state: StateInline, text: str, labels: list[re.Match[str]], forms: frozenset[str]) -> None:
    found = [REFERENCE.fullmatch(label["label"]) for label in labels]
    token = state.push("reference_group", "", 0)
    token.markup = text
    token.meta = {
        "offset": state.pos,
        "targets": [target_of(match) for match in found if match],
        "words": [label["label"] for label in labels],
        "numbers": any(label["minus"] for label in labels),
        "forms": forms,
    }


def keep_references(state: StateCore) -> None:
    """Keep every use of a label, for the look-up when the book is assembled."""
    reading = reading_of(state)
    for token in walk(state.tokens):
        if token.type == "reference_group":
            for target, words in zip(token.meta["targets"], token.meta["words"], strict=True):
                place = reading.after(place_of(token), words)
                reading.references.append(Reference(target["target"], place, "label"))


def render_group(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render links, listed as the language lists things: "figures 18.2 and 18.3"."""
    return listed(tokens[index], rendering if is_linked(tokens[index]) else Unlinked(rendering))


def listed(token: Token, naming: Naming) -> str:
    """Return the text for several references together."""
    meta = token.meta
    targets = {target["target"]: target["capital"] for target in meta["targets"]}
    if meta["numbers"] or meta["forms"]:
        ordered = _sorted(targets, naming) if meta["numbers"] else list(targets)
        parts = [_one(target, targets[target], meta, naming) for target in ordered]
    else:
        parts = list(_by_kind(targets, naming))
    return naming.words.join(tuple(parts))


def _one(target: str, capital: bool, meta: dict[str, frozenset[str]], naming: Naming) -> str:
    words, number = naming.words, naming.number(target)
    if "title" in meta["forms"]:
        title = naming.book.targets[target].anchor.title
        text = link_to(target, words.quoted(title) if title else number, naming)
    elif meta["numbers"] and number:
        text = link_to(target, number, naming)
    else:
        text = full_reference(target, capital, naming)
    return text + (on_page(target, naming) if "page" in meta["forms"] else "")


def on_page(target: str, naming: Naming) -> str:
    """Return where the target is on paper; empty on a screen, where the link is enough."""
    folio = naming.folio(target)
    if not folio:
        return ""
    words, _, number = naming.words.on_page.format(page=folio).rpartition(" ")
    return f' <span class="on-page">{escape(words, quote=False)}\u00a0{number}</span>'


def _by_kind(targets: dict[str, bool], naming: Naming) -> Iterator[str]:
    """Return one text for each kind of target, in the order in which they are named; a single one in full."""
    kinds = list(dict.fromkeys(_kind(target, naming) for target in targets))
    ordered = sorted(targets, key=lambda target: kinds.index(_kind(target, naming)))
    for kind, members in groupby(ordered, lambda target: _kind(target, naming)):
        same = _sorted(members, naming)
        plural = naming.words.plurals.get(kind, "")
        if len(same) == 1 or not plural:
            yield from (full_reference(target, targets[target], naming) for target in same)
            continue
        if targets[next(target for target in targets if target in same)]:
            plural = plural[:1].upper() + plural[1:]
        first, *others = same
        links = [link_to(first, f"{plural}\u00a0{naming.number(first)}", naming)]
        links += [link_to(target, naming.number(target), naming) for target in others]
        yield naming.words.join(tuple(links))


def _kind(target: str, naming: Naming) -> str:
    """Return the kind for its plural; empty without a number, since its title is then printed."""
    return naming.book.targets[target].called if naming.number(target) else ""


def _sorted(targets: Iterator[str] | dict[str, bool], naming: Naming) -> list[str]:
    """Sort by number: 18.2 before 18.10, and chapters before appendices."""

    def key(target: str) -> list[tuple[bool, int, str]]:
        parts = naming.number(target).split(".")
        return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]

    return sorted(targets, key=key)


EXTENSION = Extension("reference_groups", syntax, {"reference_group": render_group})
