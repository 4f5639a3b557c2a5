"""Exercises: `::: {#exr-quorum .exercise}`, numbered; the `::: {.answer}` inside is moved to `::: {#answers}`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from compositor.markdown.attributes import Attributes
from compositor.markdown.divs import closing, make_lists
from compositor.markdown.extension import Extension, Rendering, attributes
from compositor.markdown.reading import Reading, place_of, plain_text, reading_of, walk
from compositor.markdown.slugs import slugify
from compositor.markdown.text.typography import attribute_words
from compositor.model import Anchor
from compositor.model.apparatus import Answer

WORDS_OF_ID = 40
"""Letters of an exercise's first words that form its id if the author gives none."""


def syntax(md: MarkdownIt) -> None:
    """This rule is last, so that an answer leaves the text as it will be printed."""
    md.core.ruler.push("exercises", take_exercises)


def take_exercises(state: StateCore) -> None:
    """Give exercises their anchors, and take answers out of the text."""
    reading = reading_of(state)
    make_lists(state, "answers")
    index = 0
    while index < len(state.tokens):
        token = state.tokens[index]
        if _is(token, "exercise"):
            _exercise(reading, state.md, state.tokens, index)
        elif _is(token, "answer"):
            place = reading.line_place(token)
            message = "this answer is outside an exercise, and is printed where it is"
            reading.warning("L311", message, place, "put it inside `::: {.exercise}` … `:::`")
        index += 1


def _is(token: Token, name: str) -> bool:
    return token.type == "div_open" and name in token.meta["attributes"].classes


def _exercise(reading: Reading, md: MarkdownIt, tokens: list[Token], start: int) -> None:
    end = closing(tokens, start)
    opening, last = tokens[start], tokens[end]
    found: Attributes = opening.meta["attributes"]
    words = attribute_words(md, found.pairs.get("title", ""), {"reading": reading})
    title = " ".join(plain_text(words).split())
    first = next((plain_text(token.children) for token in tokens[start:end] if token.type == "inline"), "")
    slug = slugify(title or first)[:WORDS_OF_ID].strip("-") or "exercise"
    place = reading.line_place(opening, f"#{found.id}" if found.id else "")
    identifier = reading.own_id(found.id, place) or reading.free_id(f"{reading.source.key}-exr-{slug}")
    name = Token("inline", "", 0, children=list(words))
    reading.add_anchor(Anchor(identifier, "exercise", place, title, given=bool(found.id)), name)
    opening.type = "exercise_open"
    last.type = "exercise_close"
    classes = tuple(one for one in found.classes if one != "exercise")
    opening.meta |= {"id": identifier, "title": words, "classes": classes}
    answers = [i for i in range(start, end) if _is(tokens[i], "answer")]
    for i in answers[1:]:
        message = "this exercise has a second answer, which is printed with the exercise"
        reading.warning("L312", message, reading.line_place(tokens[i]), "merge the two answers")
        tokens[i].meta["attributes"] = Attributes()
    if answers and not _can_be_moved(reading, tokens[answers[0] : closing(tokens, answers[0])]):
        tokens[answers[0]].meta["attributes"] = Attributes()
    elif answers:
        opening.meta["answer"] = last.meta["answer"] = _take_answer(reading, tokens, answers[0], opening)


def _take_answer(reading: Reading, tokens: list[Token], start: int, exercise: Token) -> str:
    opening, end = tokens[start], closing(tokens, start)
    inside = tuple(tokens[start + 1 : end])
    del tokens[start : end + 1]
    first, last = opening.map or [0, 0]
    identifier = reading.free_id(f"{exercise.meta['id']}-answer")
    name = Token("inline", "", 0, children=[])
    reading.add_anchor(Anchor(identifier, "answer", reading.line_place(opening), "", numbered=False), name)
    anchors = tuple(anchor.id for anchor in reading.anchors if first < (anchor.place.line or 0) <= last)
    title, place = exercise.meta["title"], reading.line_place(opening)
    reading.answers.append(Answer(exercise.meta["id"], identifier, title, inside, anchors, place))
    return identifier


def _can_be_moved(reading: Reading, tokens: Sequence[Token]) -> bool:
    """Return whether an answer can be moved. One with headings or notes, which belong to its file, stays in place."""
    can, stays = True, ", which is printed with its exercise"
    for block in tokens:
        if block.type == "heading_open":
            place, remedy = reading.line_place(block), "write the words in **bold**"
            reading.warning("L313", f"a heading in an answer{stays}", place, remedy)
            can = False
        for token in walk(block.children or ()):
            if token.type == "footnote_ref":
                place = place_of(token) if "place" in token.meta else reading.line_place(block)
                reading.warning("L313", f"a note in an answer{stays}", place, "write it in parentheses")
                can = False
    return can


def exercise_open(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render `<section class="exercise">` with its label and title."""
    meta = tokens[index].meta
    shown = {"id": meta["id"], "class": " ".join(("exercise", *meta["classes"]))}
    named = {"aria-label": _name(meta["id"], meta["title"], rendering)}
    way = _way(meta, rendering) if rendering.medium.paged else ""
    beside = f' <span class="to-answer">{way}</span>' if way else ""
    heading = f'<p class="exercise-title">{_head(meta["id"], meta["title"], rendering)}{beside}</p>'
    return f"<section{attributes(shown | named)}{rendering.position(tokens[index])}>{heading}\n"


def exercise_close(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the link to the answer, unless it is next to the title, and the end tag."""
    way = "" if rendering.medium.paged else _way(tokens[index].meta, rendering)
    return f'<p class="to-answer">{way}</p>\n</section>\n' if way else "</section>\n"


def _way(meta: Mapping[str, Any], rendering: Rendering) -> str:
    """Return the link to the answer, if there is one."""
    answer, words = meta.get("answer"), rendering.words
    if not answer:
        return ""
    folio = rendering.folio(answer)
    text = f"{words.answer} {words.on_page.format(page=folio)}" if folio else words.answer
    return f'<a href="{rendering.href(answer)}">{escape(text)}</a>'


def _name(exercise: str, title: Sequence[Token], rendering: Rendering) -> str:
    return f"{rendering.label(exercise)} {plain_text(title)}".strip()


def _head(exercise: str, title: Sequence[Token], rendering: Rendering) -> str:
    label = rendering.label(exercise).replace(" ", "\u00a0")
    return f'<span class="label">{label}</span> {rendering.inline(title)}'.strip()


def answers_list(tokens: Sequence[Token], index: int, rendering: Rendering) -> str:
    """Render the answers in the order of the book, each with the number of its exercise and a link back to it."""
    return "".join(_answer(unit, answer, rendering) for unit, answer in rendering.book.matter.answers)


def _answer(unit: str, answer: Answer, rendering: Rendering) -> str:
    back = f'<a href="{rendering.href(answer.exercise)}">{_head(answer.exercise, answer.title, rendering)}</a>'
    name = f"{rendering.words.answer}: {_name(answer.exercise, answer.title, rendering)}"
    shown = {"id": answer.id, "class": "answer", "aria-label": name}
    body = rendering.from_unit(unit).blocks(answer.tokens)
    return f'<section{attributes(shown)}><p class="answer-title">{back}</p>\n{body}</section>\n'


EXTENSION = Extension(
    "exercises",
    syntax,
    {"exercise_open": exercise_open, "exercise_close": exercise_close, "answers_list": answers_list},
    {
        "L311": """An answer is outside any exercise. It would be printed without the number of a question.""",
        "L312": """An exercise has two answers. Only one of them could be found from the exercise.""",
        "L313": """An answer contains a heading or a footnote. It is printed far from its chapter, among other answers:
a heading would be in the contents of the wrong place, and a note would be counted with those of its chapter.""",
    },
)
