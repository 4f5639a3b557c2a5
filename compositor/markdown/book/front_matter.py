"""Front matter: YAML between `---` lines at the top of a file -> FrontMatter, each key with its place."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from difflib import get_close_matches

import yaml
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from compositor.folder.data import FitLoader
from compositor.markdown.extension import Extension
from compositor.markdown.reading import Reading, plain_text, reading_of
from compositor.markdown.text.typography import attribute_words
from compositor.model import FrontMatter, Place, behind_title

EPIGRAPH = ("epigraph", "epigraph-source")
SILENT = frozenset({"date", "author", "authors", "slug"})
"""Keys of other tools without a meaning here, and for no page: they are accepted silently."""
_KEY = re.compile(r"\s*[\w-]+:(?:\s|\Z)")
KEYS = {field.name.replace("_", "-"): field for field in fields(FrontMatter)}


def syntax(md: MarkdownIt) -> None:
    """markdown-it's plugin finds front matter, which is read before anything else."""
    front_matter_plugin(md)
    md.core.ruler.after("block", "front_matter", read_front_matter)
    md.core.ruler.push("epigraph", take_epigraph)


def read_front_matter(state: StateCore) -> None:
    """Turn the token into a FrontMatter of the reading, and remove it from the stream."""
    token = next((token for token in state.tokens if token.type == "front_matter"), None)
    if token is None:
        return
    state.tokens.remove(token)
    reading = reading_of(state)
    if reading.of_guest and not is_table(token.content):
        state.tokens[:0] = _as_text(state, token)
        return
    try:
        node = yaml.compose(token.content, Loader=FitLoader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        fault = problem.problem or "it cannot be read"
        message = f"the front matter is not valid YAML, and is ignored: {fault}"
        reading.warning("L111", message, _place(reading, token, mark), _mended(reading, token, mark))
        return
    except (yaml.YAMLError, ValueError, RecursionError):
        message = "the front matter cannot be read as YAML, and is ignored: it is nested too deeply, or is not text"
        reading.warning("L111", message, _place(reading, token, None), "write one `key: value` a line")
        return
    if node is not None:
        reading.front_matter = _front_matter(reading, token, node)
        short = plain_text(attribute_words(state.md, reading.front_matter.short_title, {"reading": reading}))
        reading.front_matter = replace(reading.front_matter, short_title=short)
        start = behind_title(state.tokens)
        state.tokens[start:start] = _epigraph(reading, token, node)


def is_table(text: str) -> bool:
    """Return whether a text is YAML with keys, or empty."""
    try:
        node = yaml.compose(text, Loader=FitLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return bool(_KEY.match(text))
    return node is None or isinstance(node, yaml.MappingNode)


def _as_text(state: StateCore, token: Token) -> list[Token]:
    """Return what is between two lines that are rules of the text and no front matter, as another tool prints it."""
    made: list[Token] = []
    first = (token.map[0] if token.map else 0) + 1
    state.md.block.parse("\n" * first + token.content, state.md, state.env, made)
    return made


def _mended(reading: Reading, token: Token, mark: yaml.Mark | None) -> str:
    """Return the remedy for a line that YAML cannot read, by its content."""
    lines = token.content.split("\n")
    at = min(mark.line if mark else 0, len(lines) - 1)
    # A missing character is noticed only at the end of the line, or on the next one.
    at = next((one for one in range(at, -1, -1) if lines[one].strip()), at)
    line, number = lines[at], (token.map[0] if token.map else 0) + 2 + at
    key, _, value = line.partition(":")
    if "\t" in line:
        return f"write spaces for the tab in line {number}"
    if not value.strip() or key.strip() not in KEYS:
        return "write one `key: value` on each line, with a space after the colon"
    words = value.strip().strip("\"'").replace("\"", "'")
    return f'put the value in quotation marks: `{key.strip()}: "{words}"`'


def _epigraph(reading: Reading, token: Token, node: yaml.Node) -> list[Token]:
    """Put epigraph and source into the stream as lines of Markdown, until every rule has read them."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    values = {key.value: value for key, value in pairs if isinstance(key.value, str)}
    made = []
    for name in EPIGRAPH:
        if isinstance(value := values.get(name), yaml.ScalarNode) and value.value.strip():
            first = (token.map[0] if token.map else 0) + 1 + value.start_mark.line
            lines = [first, first + value.end_mark.line - value.start_mark.line + 1]
            words = Token("inline", "", 0, content=value.value.strip(), children=[], map=lines, block=True)
            made += [Token("epigraph", "", 0, map=lines, meta={"name": name}), words]
    if len(made) == 2 and made[0].meta["name"] != EPIGRAPH[0]:
        place = _place(reading, token, values[EPIGRAPH[1]].start_mark)
        message = "epigraph-source has no epigraph, and is ignored"
        reading.warning("L114", message, place, "write `epigraph: the words`")
        return []
    return made


def take_epigraph(state: StateCore) -> None:
    """Take these lines out of the stream; the template prints them under the title."""
    reading, kept, tokens = reading_of(state), list[Token](), iter(state.tokens)
    for token in tokens:
        if token.type == "epigraph":
            reading.epigraph[token.meta["name"]] = next(tokens)
        else:
            kept.append(token)
    state.tokens = kept


def _place(reading: Reading, token: Token, mark: yaml.Mark | None, length: int = 1) -> Place:
    first = (token.map[0] if token.map else 0) + 2
    return Place(reading.source.path, first + (mark.line if mark else 0), mark.column + 1 if mark else None, length)


def _front_matter(reading: Reading, token: Token, node: yaml.Node) -> FrontMatter:
    if not isinstance(node, yaml.MappingNode):
        place = _place(reading, token, node.start_mark)
        reading.warning(
            "L111", "the front matter is not a list of keys and values, and is ignored", place, "write `key: value`"
        )
        return FrontMatter()
    values: dict[str, str | bool] = {}
    for key, value in node.value:
        name = str(key.value)
        place = _place(reading, token, key.start_mark, len(name))
        if name in SILENT or (reading.of_guest and name not in KEYS):
            continue
        if name not in KEYS:
            near = get_close_matches(name, KEYS, 1)
            remedy = f'did you mean "{near[0]}"?' if near else f"delete it; the keys are {', '.join(KEYS)}"
            message = f'front matter has no key "{name}"; it is ignored'
            reading.warning("L112", message, place, remedy, meant=(name, near[0]) if near else ("", ""))
        elif KEYS[name].name in values:
            reading.warning("L112", f'"{name}" is given twice; the first counts', place, "delete one of the two")
        else:
            _keep(reading, values, name, value, _place(reading, token, value.start_mark))
    return FrontMatter(**values)  # type: ignore[arg-type]


def _keep(reading: Reading, values: dict[str, str | bool], name: str, node: yaml.Node, place: Place) -> None:
    wants_bool = KEYS[name].type == "bool"
    is_bool = node.tag == "tag:yaml.org,2002:bool"
    if not isinstance(node, yaml.ScalarNode) or (wants_bool and not is_bool):
        wanted = "true or false" if wants_bool else "one line of text"
        message = f'"{name}" must be {wanted}; it is ignored'
        reading.warning("L113", message, place, f"write `{name}: {'true' if wants_bool else 'text'}`")
    else:
        values[KEYS[name].name] = node.value.lower() in ("true", "yes", "on") if wants_bool else node.value


EXTENSION = Extension(
    "front_matter",
    syntax,
    explanations={
        "L111": """The lines between the two `---` at the top of the file are not YAML that Compositor can read. It
expects one `key: value` on each line; a value that contains `: ` or begins with a special sign needs quotation
marks.""",
        "L112": """A key of the front matter is unknown or is given twice. A misspelt key would silently do nothing, so
it is reported. The reference in the manual lists the keys.""",
        "L114": """The front matter names the source of an epigraph but has no epigraph. Nothing is printed.""",
        "L113": """The value of a front-matter key has the wrong type, such as a word where `true` or `false`
belongs.""",
    },
)
