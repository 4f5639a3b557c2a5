"""Template + values -> text by Jinja2, sandboxed; every fault in a template is a finding with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import NoReturn

from jinja2 import StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.loaders import FunctionLoader

from compositor.errors import BookError, error
from compositor.machine.steps import step
from compositor.model import Place
from compositor.theme.layers import OURS, OWN
from compositor.theme.sandbox import Sandbox, readable

LONGEST = 10
"""Seconds that a template of a book may take; built-in ones take hundredths."""


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of all layers, by name as in `Theme.content`; compared by content."""

    texts: tuple[tuple[str, bytes], ...]
    layers: tuple[str, ...]

    def find(self, name: str) -> tuple[str, bytes] | None:
        """Return the name of a template in messages, and its bytes; `default/<name>` skips the later layers."""
        whose, _, plain = name.rpartition("/")
        top = self.layers.index(whose) + 1 if whose in self.layers and whose != OWN else len(self.layers)
        known = dict(self.texts)
        for layer in reversed(self.layers[:top]):
            wanted = plain if whose in self.layers else name
            if (data := known.get(f"{layer}/templates/{wanted}")) is not None:
                return _shown(layer, wanted), data
        return None

    def names(self) -> set[str]:
        """Return the names of all templates, without their layers."""
        return {name.split("/", 2)[2] for name, _ in self.texts}


def fill(template: str, names: Mapping[str, object], content: Mapping[str, bytes], layers: tuple[str, ...]) -> str:
    """Fill the template with these values; a fault in it is a BookError with its place."""
    texts = tuple((name, data) for name, data in content.items() if name.split("/", 2)[1] == "templates")
    templates = Templates(texts, layers)
    try:
        with step("filling it in", *_watched(templates, template)):
            return _environment(templates).get_template(template).render(**names)
    except MemoryError:
        raise
    except Exception as problem:  # any error in the author's template is for the author to read and fix
        _explain(problem, template, names, templates)


def _watched(templates: Templates, template: str) -> tuple[str, float | None]:
    """Return the step for a template: its name, and the seconds that it may take if it is the book's own."""
    found = templates.find(template)
    name = found[0] if found else f"templates/{template}"
    return name, LONGEST if name.startswith("templates/") else None


@lru_cache(maxsize=4)
def _environment(templates: Templates) -> Sandbox:
    def load(name: str) -> tuple[str, str, None] | None:
        found = templates.find(name)
        return (found[1].decode("utf-8-sig"), found[0], None) if found else None

    return Sandbox(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def _shown(layer: str, name: str) -> str:
    """Return the name of a template in messages: the book's own by its path, ours as `default/…`."""
    return f"templates/{name}" if layer == OWN else f"{layer}/{name}"


def _explain(problem: Exception, template: str, names: Mapping[str, object], templates: Templates) -> NoReturn:
    place = _place(problem, template, templates)
    cause = str(problem).rstrip(".")
    match problem:
        case TemplateSyntaxError():
            finding = error("T005", f"this is not a template: {problem.message}", place, "correct this line")
        case TemplateNotFound():
            remedy = _did_you_mean(str(problem.name), templates.names())
            finding = error("T006", f'there is no template "{problem.name}"', place, remedy)
        case UndefinedError():
            word = re.search(r"(?:attribute )?'(\w+)'(?: is undefined)?$", cause)
            remedy = _did_you_mean(word[1] if word else "", _words(names))
            finding = error("T007", f"the template uses an unknown name: {cause}", place, remedy)
        case SecurityError():
            remedy = "a template may only read the names that it is given and their data"
            finding = error("T008", f"the template uses something forbidden: {cause}", place, remedy)
        case RecursionError():
            remedy = f'to change our template, extend "{OURS}/{template}"'
            finding = error("T009", "the template extends or includes itself", place, remedy)
        case _:
            finding = error("T010", f"the template cannot be filled: {cause}", place, "correct this line")
    raise BookError([finding]) from None


def _place(problem: Exception, template: str, templates: Templates) -> Place:
    """Return the faulty line of the template: Jinja2 rewrites tracebacks so that they name it."""
    if isinstance(problem, TemplateSyntaxError):
        return Place(problem.filename or template, problem.lineno)
    found = templates.find(template)
    place = Place(found[0] if found else f"templates/{template}")
    shown = {_shown(layer, name) for layer in templates.layers for name in templates.names()}
    traceback = problem.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename in shown:
            place = Place(traceback.tb_frame.f_code.co_filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    return place


def _words(names: Mapping[str, object]) -> set[str]:
    """Return the words that a template may have meant: the names it is given, and their attributes."""
    inside = {word for value in names.values() for word in readable(value)}
    return inside | set(names)


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, sorted(known), n=1)
    return f'did you mean "{close[0]}"?' if close else "templates/README.md lists the templates and the names"
