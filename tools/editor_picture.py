"""A TOML file and lines of it -> a picture of an editor with a language server: its suggestions and its errors.

The server is Taplo's, which the extension Even Better TOML for VS Code contains, in the version in
tools/editor/package-lock.json. Its answers are drawn here; nothing is added to them.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from PIL import Image

from tools.page_picture import ROOT
from tools.window_picture import picture

EDITOR = ROOT / "tools" / "editor"
BELOW = 4
"""Lines that are shown from the one in question on."""
OFFERED = 5
"""Keys that are shown, of all suggestions."""
UNFINISHED = "expected"
"""Beginnings of messages that only say that a line is not finished."""
STYLE = """
.panes { display: grid; gap: 14px; padding: 14px; background: #e9e7e1; font: 14px/1.55 Code }
.pane { background: #fbfaf6; padding: 12px 0; overflow: hidden }
.line { display: flex; white-space: pre }
.number { width: 34px; padding-right: 14px; text-align: right; color: #8a867c }
.wrong { text-decoration: underline wavy #a8431a 1.2px; text-underline-offset: 3px }
.said { width: fit-content; margin: 2px 16px 6px 48px; padding: 6px 10px; border: 1px solid #c9c5ba; background: white }
.said .aside { font-family: Label }
.said b { color: #0a5a66 }
"""
Answer = Mapping[str, list[dict[str, Any]]]
"""`faults` and `items`, as in the language server protocol."""


def edited(file: Path, key: str, lines: Sequence[str]) -> tuple[Image.Image, str]:
    """Return the file with these lines in place of the one with the key, one below the other, and the answers."""
    install()
    whole = file.read_text(encoding="utf-8").split("\n")
    at = next(number for number, line in enumerate(whole) if line.startswith(key))
    panes, told = [], []
    for line in lines:
        shown = [*whole[:at], line, *whole[at + 1 :]]
        answer = asked(file.with_name("shown.toml"), "\n".join(shown), at, len(line))
        panes.append("".join(_pane(shown[: at + BELOW], at, answer)))
        told.append(json.dumps(_few(answer, at)))
    return picture(f'<div class="panes">{"".join(panes)}</div>', 880, STYLE), "\n".join(told)


def install() -> None:
    """Install the server from its lock file, unless it is there."""
    stamp, lock = EDITOR / "node_modules" / ".ok", (EDITOR / "package-lock.json").read_bytes()
    if not stamp.exists() or stamp.read_bytes() != lock:
        command = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        subprocess.run(command, cwd=EDITOR, check=True, stdout=subprocess.DEVNULL)
        stamp.write_bytes(lock)


def asked(file: Path, text: str, line: int, character: int) -> Answer:
    """Return the server's answers for a text with a cursor in it; the file exists as long as that takes."""
    file.write_text(text, encoding="utf-8")
    try:
        words = ["node", "ask.mjs", str(file), str(line), str(character)]
        run = subprocess.run(words, cwd=EDITOR, check=True, capture_output=True, text=True, timeout=120)
    finally:
        file.unlink()
    answer: Answer = json.loads(run.stdout)
    return answer


def _few(answer: Answer, at: int) -> Answer:
    """Return the part of an answer that is shown: the faults of the line, or else the suggestions."""
    faults = [one for one in answer["faults"] if not one["message"].startswith(UNFINISHED)]
    items = [one for one in answer["items"] if one.get("label")][: OFFERED * (not faults)]
    return {"faults": [one for one in faults if one["range"]["start"]["line"] == at], "items": items}


def _pane(lines: Sequence[str], at: int, answer: Answer) -> Iterator[str]:
    """Yield lines with their numbers; below the one in question, the server's answer."""
    few = _few(answer, at)
    yield '<div class="pane">'
    for number, line in enumerate(lines):
        start, end = _marked(few) if number == at else (0, 0)
        marked = f'{escape(line[:start])}<span class="wrong">{escape(line[start:end])}</span>{escape(line[end:])}'
        yield f'<div class="line"><span class="number">{number + 1}</span><span>{marked}</span></div>'
        if number == at:
            said = [f"<div>{escape(one['message'])}</div>" for one in few["faults"]]
            said += [f"<div><b>{escape(one['label'])}</b> {_about(one)}</div>" for one in few["items"]]
            yield f'<div class="said">{"".join(said)}</div>'
    yield "</div>"


def _marked(few: Answer) -> tuple[int, int]:
    """Return from which letter to which the line has a fault."""
    there = few["faults"][0]["range"] if few["faults"] else {"start": {"character": 0}, "end": {"character": 0}}
    return there["start"]["character"], there["end"]["character"]


def _about(item: Mapping[str, Any]) -> str:
    return f'<span class="aside">{escape(item.get("documentation", {}).get("value", ""))}</span>'
