"""Call -> files in a scratch folder, the words of its command, and its environment variables."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from compositor.markdown.code.languages import code_language
from compositor.samples.calls import Call
from compositor.samples.environments import Environments, search_path
from compositor.samples.fences import Fence
from compositor.settings.rules import FILE, FILES, MANIFEST

ENDINGS = {"text": "txt", "console": "txt", "psql": "txt", "mysql-console": "txt", "mysql": "sql", "postgresql": "sql",
           "plpgsql": "sql", "bash": "sh", "hcl": "tf", "docker": "Dockerfile", "make": "mk"}  # fmt: skip
"""Endings that differ from Pygments', which come from the language's file names."""
PASSED_ON = ("JAVA_HOME", "LD_LIBRARY_PATH", "SSL_CERT_DIR", "SSL_CERT_FILE")
"""The only variables of the caller that a command gets, besides PATH: no credentials, no settings of tools."""
FIXED = {"LANG": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}


@dataclass(frozen=True, slots=True)
class Given:
    """What a call is started with."""

    words: tuple[str, ...]
    environment: Mapping[str, str]
    files: tuple[Path, ...]
    """The file of each sample, in order."""


def give(call: Call, made: Environments, scratch: Path) -> Given:
    """Write the samples and their description into the scratch folder, and fill them into the command."""
    for name in ("samples", "home", "tmp"):
        (scratch / name).mkdir()
    files = tuple(scratch / "samples" / _name(number, each.fence) for number, each in enumerate(call.samples, 1))
    for file, sample in zip(files, call.samples, strict=True):
        file.write_text(sample.fence.text, encoding="utf-8", newline="\n")
    manifest = scratch / "manifest.json"
    facts = [_facts(file, sample.fence) for file, sample in zip(files, call.samples, strict=True)]
    manifest.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    return Given(tuple(_filled(call, files, manifest)), _variables(call, made, scratch), files)


def _name(number: int, fence: Fence) -> str:
    """Return `03-lst-quorum.py`, or its line instead if it has no id."""
    of_fence = re.sub(r"[^\w.-]", "-", fence.id) or str(fence.opened.line)
    return f"{number:02}-{of_fence}.{ending(fence.language)}"


def ending(language: str) -> str:
    """Return the ending of file names in a language."""
    if language in ENDINGS:
        return ENDINGS[language]
    known = code_language(language)
    try:
        names = get_lexer_by_name(known.lexer).filenames if known is not None and known.lexer else []
    except ClassNotFound:
        names = []
    found = (match[1] for name in names if (match := re.fullmatch(r"\*\.(\w+)", name)))
    return next(found, re.sub(r"\W", "", language) or "txt")


def _facts(file: Path, fence: Fence) -> dict[str, object]:
    """Return the manifest's data about a fence."""
    return {
        "file": str(file),
        "chapter": fence.chapter,
        "written-in": fence.opened.file,
        "line": (fence.opened.line or 0) + 1 if fence.source else fence.lines[0].line,
        "id": fence.id,
        "language": fence.language,
        "classes": list(fence.classes),
        "attributes": dict(fence.attributes),
        **({"source": fence.source, "source-lines": [place.line for place in fence.lines]} if fence.source else {}),
    }


def _filled(call: Call, files: tuple[Path, ...], manifest: Path) -> Iterator[str]:
    for word in call.words:
        if word == FILES:
            yield from map(str, files)
        else:
            yield word.replace(FILE, str(files[0])).replace(MANIFEST, str(manifest))


def _variables(call: Call, made: Environments, scratch: Path) -> dict[str, str]:
    own = made.folders[call.language.environment]
    others = {name: folder for name, folder in made.folders.items() if name and name != call.language.environment}
    return {
        **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
        **FIXED,
        "PATH": search_path(own),
        "HOME": str(scratch / "home"),
        "TMPDIR": str(scratch / "tmp"),
        "VIRTUAL_ENV": str(own),
        "NODE_PATH": str(own / "node_modules"),
        **{f"COMPOSITOR_ENVIRONMENT_{name.upper().replace('-', '_')}": str(path) for name, path in others.items()},
    }
