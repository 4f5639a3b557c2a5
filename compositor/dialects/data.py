"""`[variables]` and the files of `[data]` -> the variables of a book: names and values, or what is wrong with them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from compositor.errors import error
from compositor.folder.data import fit_all
from compositor.model import Finding, Place
from compositor.settings import Settings
from compositor.settings.bounds import endless_number, is_deep, is_endless
from compositor.settings.findings import syntax_fault

Given = Callable[[str, Place], str | None]
"""Return the text of a file of the book, requested at a place; None if it cannot be read."""


def read_data(settings: Settings, given: Given) -> tuple[Mapping[str, object], list[Finding]]:
    """Return the variables of book.toml, and those of each data file below its name there."""
    variables: dict[str, object] = dict(settings.variables)
    findings: list[Finding] = []
    for name, path in settings.data.items():
        asked = settings.place(f"data.{name}")
        if name in variables:
            message = f'"{name}" is both a variable and a data file'
            findings.append(error("S022", message, asked, "rename one of them"))
        text = given(path, asked)
        if text is not None:
            told, faults = _load(text, path, asked)
            findings += faults
            variables[name] = told
    return variables, findings


def _load(text: str, path: str, asked: Place) -> tuple[dict[str, Any], list[Finding]]:
    if not path.endswith((".toml", ".json")):
        return {}, [error("S021", f'"{path}" is not a data file', asked, "write it as TOML (.toml) or JSON (.json)")]
    try:
        told = fit_all(tomllib.loads(text) if path.endswith(".toml") else json.loads(text))
    except (ValueError, RecursionError) as wrong:
        return {}, [_fault(wrong, text, path)]
    if is_deep(told):
        return {}, [error("S021", "brackets or tables are nested too deeply to be read", Place(path))]
    if is_endless(told):
        return {}, [endless_number("S021", text, path)]
    if not isinstance(told, dict):
        return {}, [error("S021", "this is a list, but it must have names", Place(path, 1, 1), 'write {"name": value}')]
    return told, []


def _fault(wrong: Exception, text: str, path: str) -> Finding:
    """Return the error of a reader of a data file, with its place."""
    if isinstance(wrong, tomllib.TOMLDecodeError):
        fault = syntax_fault(str(wrong), text, path)
        return error("S021", fault.message, fault.place, *fault.helps)
    if isinstance(wrong, json.JSONDecodeError):
        return json_fault("S021", wrong, path)
    if isinstance(wrong, RecursionError):
        return error("S021", "brackets or tables are nested too deeply to be read", Place(path))
    return endless_number("S021", text, path)


def json_fault(code: str, wrong: json.JSONDecodeError, path: str) -> Finding:
    """Return the error of the JSON reader, with its place."""
    sentence = wrong.msg[:1].lower() + wrong.msg[1:]
    remedy = "look here and just before for a missing comma, quotation mark or bracket"
    return error(code, f"this is not JSON: {sentence}", Place(path, wrong.lineno, wrong.colno), remedy)
