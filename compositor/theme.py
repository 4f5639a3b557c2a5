"""Two folders -> Theme: templates, style sheets and fonts, the book's own before ours.

Everything is read once, here; what a theme then makes depends on nothing but the bytes that `files` lists.
A book's template of the same name wins, and may extend ours as `default/<name>`; a book's style sheet of the
same name is added after ours.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

from jinja2 import StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.loaders import FunctionLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment

from compositor.errors import BookError, error, stop
from compositor.model import Finding, Place

OURS, OWN = "default", "own"
FOLDERS = ("templates", "styles")
FONTS = {".ttf", ".otf", ".woff", ".woff2"}
ENDINGS = {".xhtml", ".css", ".svg", ".png", ".jpg", ".jpeg", ".txt", *FONTS}
DECLARATION = re.compile(r"--([a-z][a-z0-9-]*)\s*:\s*([^;{}]+)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
UNSAFE_VALUE = re.compile(r"[;{}<>\\@\x00-\x1f]|/\*|url\s*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """What a book looks like: ours and the book's own templates, style sheets and fonts, as bytes."""

    name: str
    roots: Mapping[str, Path]
    """`default` and `own` -> the folder in which their `templates/` and `styles/` lie."""
    content: Mapping[str, bytes]
    """`default/styles/epub.css` or `own/styles/epub.css` -> what the file holds, sorted by name."""

    def files(self) -> Mapping[str, bytes]:
        """Everything that was read, sorted by name: what the build id has to cover."""
        return self.content

    def fill(self, template: str, **names: object) -> str:
        """The template with these names filled in; a fault in it is a BookError that says where."""
        try:
            return _environment(self).get_template(template).render(**names)
        except Exception as problem:  # whatever the author's template does is the author's to read and mend
            _explain(problem, template, names, self)

    def stylesheet(self, name: str) -> str:
        """The style sheet of this name: ours, then the book's own."""
        parts = [self.content.get(f"{whose}/styles/{name}") for whose in (OURS, OWN)]
        found = [part.decode("utf-8-sig") for part in parts if part is not None]
        if not found:
            stop("T002", f'there is no style sheet "{name}"', Place(f"styles/{name}"), "mend the name")
        return "\n".join(found)

    def properties(self, style: Mapping[str, str]) -> str:
        """The custom properties that a book sets, as a rule to stand after the style sheets."""
        known = dict(self._declared())
        faults = [fault for item in style.items() for fault in _faults_of_property(*item, known)]
        if faults:
            raise BookError(faults)
        declarations = "".join(f"--{name}:{value.strip()};" for name, value in style.items())
        return f":root{{{declarations}}}" if style else ""

    def value(self, name: str, style: Mapping[str, str], fallback: str) -> str:
        """A custom property: as the book sets it, else as the last style sheet declares it, else this."""
        return style.get(name) or dict(self._declared()).get(name, fallback)

    def path(self, name: str) -> Path:
        """Where `styles/…` or `templates/…` lies on disk, the book's own first."""
        return self.roots[self._owner(name)] / name

    def read(self, name: str) -> bytes:
        """The bytes of `styles/…` or `templates/…`, the book's own first."""
        return self.content[f"{self._owner(name)}/{name}"]

    def has(self, name: str) -> bool:
        """Whether there is such a file in the theme."""
        return any(f"{whose}/{name}" in self.content for whose in (OWN, OURS))

    def font_files(self) -> tuple[Path, ...]:
        """Every font of the theme, ours and the book's own, sorted by name."""
        names = {name.partition("/")[2] for name in self.content if Path(name).suffix in FONTS}
        return tuple(self.path(name) for name in sorted(names))

    def _owner(self, name: str) -> str:
        if not self.has(name):
            stop("T002", f'the theme has no file "{name}"', Place(name), "put it there, in the book's folder")
        return OWN if f"{OWN}/{name}" in self.content else OURS

    def _declared(self) -> Iterator[tuple[str, str]]:
        for name, data in self.content.items():
            if name.endswith(".css"):
                for match in DECLARATION.finditer(COMMENT.sub("", data.decode("utf-8-sig"))):
                    yield match[1], match[2].strip()


def load_theme(folder: Path, name: str = OURS) -> Theme:
    """Our theme with what the book in this folder adds; raises BookError for what cannot be read."""
    if name != OURS:
        remedy = f'leave the line out, or write theme = "{OURS}"'
        stop("T001", f'there is no theme "{name}"', Place("book.toml"), remedy)
    ours, own = _our_root(), folder.resolve()
    roots = {OURS: ours} if own == ours else {OURS: ours, OWN: own}
    content = {f"{whose}/{name}": data for whose, root in roots.items() for name, data in _read_root(root)}
    return Theme(name, roots, dict(sorted(content.items())))


def themes() -> tuple[str, ...]:
    """The names of the themes that the press brings along, sorted."""
    return (OURS,)


def _our_root() -> Path:
    """In a wheel the theme lies inside the package, in a checkout beside it."""
    package = Path(__file__).resolve().parent
    return package / "_theme" if (package / "_theme").is_dir() else package.parent


def _read_root(root: Path) -> Iterator[tuple[str, bytes]]:
    for top in FOLDERS:
        for folder, folders, names in os.walk(root / top):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                path = Path(folder, name)
                if path.suffix.lower() in ENDINGS and not name.startswith("."):
                    relative = path.relative_to(root).as_posix()
                    yield relative, _read(path, root, relative)


def _read(path: Path, root: Path, relative: str) -> bytes:
    """The bytes of a plain file inside the root; text has to be UTF-8."""
    place = Place(relative)
    if not path.resolve().is_relative_to(root) or not path.is_file():
        remedy = "put the file itself there; a link may not lead out of the book's folder"
        stop("T003", "this is no file inside the book's folder", place, remedy)
    try:
        data = path.read_bytes()
        if path.suffix in {".xhtml", ".css"}:
            data.decode("utf-8-sig")
    except OSError as problem:
        stop("T003", f"the file cannot be read: {problem.strerror}", place, "look at its rights")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        stop("T004", "the file is not UTF-8", Place(relative, line), "save it as UTF-8")
    return data


@lru_cache(maxsize=4)
def _environment(theme: Theme) -> ImmutableSandboxedEnvironment:
    def load(name: str) -> tuple[str, str, None] | None:
        plain = name.removeprefix(f"{OURS}/")
        owners = (OURS,) if plain != name else (OWN, OURS)
        for whose in owners:
            data = theme.content.get(f"{whose}/templates/{plain}")
            if data is not None:
                return data.decode("utf-8-sig"), _shown(whose, plain), None
        return None

    return ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def _shown(whose: str, name: str) -> str:
    """How a template is called in messages: the book's own by its path, ours as `default/…`."""
    return f"templates/{name}" if whose == OWN else f"{OURS}/{name}"


def _explain(problem: Exception, template: str, names: Mapping[str, object], theme: Theme) -> NoReturn:
    place = _place(problem, template, theme)
    cause = str(problem).rstrip(".")
    match problem:
        case TemplateSyntaxError():
            finding = error("T005", f"this is no template: {problem.message}", place, "mend this line")
        case TemplateNotFound():
            remedy = _did_you_mean(str(problem.name), _templates(theme))
            finding = error("T006", f'there is no template "{problem.name}"', place, remedy)
        case UndefinedError():
            word = re.search(r"(?:attribute )?'(\w+)'(?: is undefined)?$", cause)
            remedy = _did_you_mean(word[1] if word else "", _words(names))
            finding = error("T007", f"the template uses a name that is not there: {cause}", place, remedy)
        case SecurityError():
            remedy = "a template may only read the names that it is given"
            finding = error("T008", f"the template reaches for something forbidden: {cause}", place, remedy)
        case RecursionError():
            remedy = f'to change our template, extend "{OURS}/{template}"'
            finding = error("T009", "the template extends or includes itself", place, remedy)
        case _:
            finding = error("T010", f"the template cannot be filled: {cause}", place, "mend this line")
    raise BookError([finding]) from None


def _place(problem: Exception, template: str, theme: Theme) -> Place:
    """The line of the template in which it went wrong: Jinja2 rewrites tracebacks so that they name it."""
    if isinstance(problem, TemplateSyntaxError):
        return Place(problem.filename or template, problem.lineno)
    place = Place(_shown(OWN if f"{OWN}/templates/{template}" in theme.content else OURS, template))
    shown = {_shown(whose, name) for whose in (OURS, OWN) for name in _templates(theme)}
    traceback = problem.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename in shown:
            place = Place(traceback.tb_frame.f_code.co_filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    return place


def _templates(theme: Theme) -> set[str]:
    parts = [name.split("/", 2) for name in theme.content]
    return {name for _, top, name in parts if top == "templates"}


def _words(names: Mapping[str, object]) -> set[str]:
    """What a template may have meant: the names it is given, and their attributes."""
    inside = {word for value in names.values() for word in dir(value) if not word.startswith("_")}
    return inside | set(names)


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, sorted(known), n=1)
    return f'did you mean "{close[0]}"?' if close else "templates/README.md lists the templates and the names"


def _faults_of_property(name: str, value: str, known: Mapping[str, str]) -> Iterator[Finding]:
    place = Place("book.toml")
    if name not in known:
        close = get_close_matches(name, known, n=1)
        remedy = f'did you mean "{close[0]}"?' if close else "there are " + ", ".join(sorted(known))
        yield error("T011", f'the theme has no property "{name}"', place, remedy)
    balanced = value.count("(") == value.count(")") and not (value.count('"') % 2 or value.count("'") % 2)
    if UNSAFE_VALUE.search(value) or not balanced or not value.strip():
        remedy = "write one CSS value, such as 7in or #0a5a66, without semicolons, braces and addresses"
        yield error("T012", f'"{value}" cannot be the value of "{name}"', place, remedy)


EXPLANATIONS: dict[str, str] = {
    "T001": "book.toml names a theme that does not exist. There is one theme, `default`; a book changes it "
    "by files of its own in `templates/` and `styles/`, and by the settings under `[style]`.",
    "T002": "A template, a style sheet or the program asks for a file that neither the theme nor the book's "
    "folder has. Put the file into `styles/` or `templates/` of the book, or mend the name.",
    "T003": "A file in `templates/` or `styles/` cannot be read, or is a link that leads out of the book's "
    "folder. A build reads nothing outside that folder and the theme.",
    "T004": "A template or a style sheet is not UTF-8. Save it as UTF-8; the line is that of the first wrong "
    "byte.",
    "T005": "Jinja2 cannot understand a template: a tag that is not closed, a word that is no tag. The "
    "message is Jinja2's own.",
    "T006": "A template extends, includes or imports another that is neither in the book's `templates/` nor "
    "in ours. Mend the name; ours are called `default/<name>`.",
    "T007": "A template uses a name that it is not given. Nothing is printed for an unknown name, as that "
    "would hide the slip. `templates/README.md` lists the names for each template.",
    "T008": "Templates run in a sandbox: they may read the names they are given, and neither change them nor "
    "reach into the program. Take the expression out.",
    "T009": "A template extends or includes itself, maybe by way of another. To change one of ours, write "
    '`{% extends "default/unit.xhtml" %}`, also in a file of the same name.',
    "T010": "A template failed while it was filled: a sum with a word, an item that a list does not have. "
    "Mend the line that the message names.",
    "T011": "A setting under `[style]` is no property of the theme. The properties stand at the top of the "
    "style sheets; a book's own style sheet may declare more.",
    "T012": "A setting under `[style]` is not one CSS value: it is empty, has an open bracket or quotation "
    "mark, or would end the rule it stands in. Write one value, such as `7in` or `#0a5a66`.",
}
"""Code -> what it means and what mends it."""
