"""Values of a style sheet that grow exponentially -> the style sheet without them.

The size of a value is computed before it is built: a property that names others, a text that is printed at every place
of a kind, a counter whose style repeats a sign.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import tinycss2

MOST = 10_000
"""Most words of one value when every `var()` in it is replaced."""
MOST_LETTERS = 1_000
"""Letters of text in one value: more are a chapter, and not a text before one."""
COUNTING = {"counter-reset", "counter-set", "counter-increment"}
FARTHEST = 10_000
"""Larger than the number of any page, note or table."""
FETCHING = {"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"}
"""Functions whose words are addresses."""
Tokens = list[Any]
Say = Callable[[str, Any, str], None]
"""Reports what is left out, where, and what to do."""


def inside_of(token: Any) -> Tokens | None:
    """Return the tokens within brackets, as a list that can be changed."""
    found: Tokens | None = getattr(token, "arguments", None) if token.type == "function" else None
    return found if found is not None else getattr(token, "content", None)


def bounded(tokens: Tokens, sizes: Mapping[str, float], say: Say) -> Tokens:
    """Return the tokens without declarations that grow beyond all limits; `sizes` are those of custom properties."""
    kept: Tokens = []
    for part in _parts(tokens):
        if _is_too_much(part, sizes, say):
            kept += [token for token in part if token == ";"]
            continue
        for token in part:
            if token.type == "{} block":
                token.content[:] = bounded(token.content, sizes, say)
        kept += part
    return kept


def _is_too_much(part: Tokens, sizes: Mapping[str, float], say: Say) -> bool:
    """Return whether a declaration is to be left out; if so, report it."""
    at = next((token for token in part if token.type not in ("whitespace", "comment")), None)
    if sum(sizes.get(name, 0) for token in part for name in _names(token)) > MOST:
        say("a value that grows without limit through var()", at, "use fewer var()")
    elif (letters := sum(map(_letters, part))) > MOST_LETTERS:
        say(f"a text of {letters:,} letters", at, f"move it into a chapter, or shorten it to {MOST_LETTERS:,} letters")
    elif (far := _far_counter(part)) is not None:
        say("a counter with too large a value", far, f"count within {FARTHEST}")
    else:
        return False
    return True


def _letters(token: Any) -> int:
    """Return the letters of the texts in a token of a value, without those of addresses or of a block."""
    if token.type == "string":
        return len(token.value)
    if token.type == "{} block" or (token.type == "function" and token.lower_name in FETCHING):
        return 0
    return sum(map(_letters, inside_of(token) or ()))


def _far_counter(part: Tokens) -> Any:
    """Return the number to which a declaration sets a counter, if it is large: a counter style may repeat signs."""
    name, *words = [token for token in part if token.type not in ("whitespace", "comment")] or [None]
    if name is None or name.type != "ident" or name.lower_value not in COUNTING:
        return None
    return next((token for token in words if token.type == "number" and abs(token.value) > FARTHEST), None)


def _parts(tokens: Tokens) -> Iterator[Tokens]:
    """Yield declarations and rules, each with its end."""
    part: Tokens = []
    for token in tokens:
        part.append(token)
        if token == ";" or token.type == "{} block":
            yield part
            part = []
    if part:
        yield part


def _names(token: Any) -> Iterator[str]:
    """Yield the custom properties in a token of a value, each as often as it occurs, without those of a block."""
    inside = inside_of(token) if token.type != "{} block" else None
    if token.type == "function" and token.lower_name == "var":
        yield next((one.value for one in token.arguments if one.type == "ident"), "")
    for one in inside or ():
        yield from _names(one)


def sizes_of(sheets: Iterable[Tokens]) -> Mapping[str, float]:
    """Return how many words each custom property has; infinite for one that refers to itself."""
    uses: dict[str, list[tuple[str, ...]]] = {}
    for tokens in sheets:
        for name, value in _declared(tokens):
            uses.setdefault(name, []).append(tuple(one for token in value for one in _names(token)))
    sizes: dict[str, float] = {}
    for name in uses:
        _measure(name, uses, sizes)
    return sizes


def endless(sheets: Iterable[str], style: Mapping[str, str]) -> list[str]:
    """Return the settings of a book that have too many words through their references."""
    if not any("var" in value.lower() for value in style.values()):
        return []
    said = ":root{" + "".join(f"--{name}:{value};" for name, value in style.items()) + "}"
    sizes = sizes_of(tinycss2.parse_component_value_list(text) for text in (*sheets, said))
    return [name for name in style if sizes.get(f"--{name}", 0) > MOST]


def _declared(tokens: Tokens) -> Iterator[tuple[str, Tokens]]:
    for part in _parts(tokens):
        words = [token for token in part if token.type not in ("whitespace", "comment")]
        if len(words) > 1 and words[0].type == "ident" and words[0].value.startswith("--") and words[1] == ":":
            yield words[0].value, words[2:]
        for token in part:
            if token.type == "{} block":
                yield from _declared(token.content)


def _measure(name: str, uses: Mapping[str, list[tuple[str, ...]]], sizes: dict[str, float]) -> None:
    """Compute the size of a property and of all that it refers to; a chain may be longer than the stack."""
    waiting, under_way = [name], set[str]()
    while waiting:
        at = waiting[-1]
        missing = [one for use in uses[at] for one in use if one in uses and one not in sizes]
        if at not in sizes and missing and not under_way.intersection(missing) and at not in missing:
            under_way.add(at)
            waiting += dict.fromkeys(missing)
            continue
        if at not in sizes:
            sizes[at] = max((1 + sum(_size(one, uses, sizes) for one in use) for use in uses[at]), default=1)
        under_way.discard(at)
        waiting.pop()


def _size(name: str, uses: Mapping[str, list[tuple[str, ...]]], sizes: Mapping[str, float]) -> float:
    return sizes.get(name, math.inf if name in uses else 1)
