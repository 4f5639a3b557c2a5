"""[samples] -> findings: contradictions between its tables, each of which is right in itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from compositor.errors import error
from compositor.model import Finding, SampleLanguage, Samples
from compositor.settings.places import TomlPlaces
from compositor.settings.rules import FILE, FILES, MANIFEST


def bad_samples(samples: Samples, places: TomlPlaces) -> Iterator[Finding]:
    """Yield findings for commands that receive no code, and environments that are not described."""
    for name, language in samples.languages.items():
        path = f"samples.languages.{name}"
        yield from _bad_language(path, language, places)
        for key, wanted in (("environment", language.environment), *(("needs", need) for need in language.needs)):
            if wanted and wanted not in samples.environments:
                near = get_close_matches(wanted, samples.environments, 1)
                remedy = f'did you mean "{near[0]}"?' if near else f"describe it: [samples.environments.{wanted}]"
                message = f'there is no environment "{wanted}"'
                meant = (wanted, near[0]) if near else ("", "")
                yield error("S031", message, places.value(f"{path}.{key}"), remedy, meant=meant)


def _bad_language(path: str, language: SampleLanguage, places: TomlPlaces) -> Iterator[Finding]:
    if not language.check and not language.run:
        remedy = f'give it one: check = ["…", "{FILES}"]'
        yield error("S030", "this language has no command", places.key(path), remedy)
    for key, words in (("check", language.check), ("run", language.run)):
        fault = _fault(words) if words else ""
        if fault:
            remedy = f"give it {FILE} for one call per fence, or {FILES}, as a word of its own, for one per chapter"
            yield error("S030", f"the command {fault}", places.value(f"{path}.{key}"), remedy)


def _fault(words: Sequence[str]) -> str:
    """Return what is wrong with a command; empty if nothing is."""
    text = " ".join(words)
    if not words[0]:
        return "has no name"
    if FILE in text and FILES in text:
        return f"has both {FILE} and {FILES}"
    if not any(word in text for word in (FILE, FILES, MANIFEST)):
        return f"gets no code: it has neither {FILE} nor {FILES}"
    if any(FILES in word and word != FILES for word in words):
        return f"has {FILES} inside a word; it must be a word of its own"
    return ""
