"""The count of lost words: lost words are found, and words that a page breaks or a tool hides are not counted."""

from __future__ import annotations

import pytest

from benchmarks.lost_words import DRAWINGS, HIDDEN, INTERFACE, MARKUP, OTHER, REMOTE, html_of, lost, words_of

IMPORTED = {("import", MARKUP), ("marker", MARKUP), ("a", MARKUP), ("title", MARKUP), ("main", OTHER)}
CASES: tuple[tuple[str, str, set[tuple[str, str]]], ...] = (
    ("One two three.", "One three.", {("two", OTHER)}),
    ("One two three.", "One two three.", set()),
    ("One fish and two fish.", "One fish and two.", {("fish", OTHER)}),
    ("Of unbreakable words.", "Of unbreak\x02\nable words.", set()),
    ("In `a_long_name()` here.", "In a_long_na\nme() here.", set()),
    ("Words {{#include a.rs}} end.", "Words end.", {("include", MARKUP), ("a", MARKUP), ("rs", MARKUP)}),
    ("```rust\n# use x;\nlet y;\n```", "let y;", {("use", HIDDEN), ("x", HIDDEN)}),
    ("```rust\n# use x;\nlet y;\n```", "use x;", {("let", OTHER), ("y", OTHER)}),
    ("```python,hidelines=~\n~use(x)\ny()\n```", "", {("use", HIDDEN), ("x", HIDDEN), ("y", OTHER)}),
    ("```sh\n# say x\n```", "nothing", {("say", OTHER), ("x", OTHER)}),
    ("```mermaid\ngraph TD\n```", "", {("graph", DRAWINGS), ("td", DRAWINGS)}),
    ("Text <button>run</button> end", "Text end", {("run", INTERFACE)}),
    ("<iframe src=x>talk</iframe>", "", {("talk", REMOTE)}),
    ("---\ntitle: front\n---\n\nText.", "Text.", set()),
    ("Text <!-- remark --> <script>run()</script> end.", "Text end.", set()),
    ("One 北京 two.", "One 北\n京 two.", set()),
    ("One 北京 two.", "One 北 two.", {("京", OTHER)}),
    ("```{note} Head\n:class: a\nWords `in` it.\n```", "", {(one, OTHER) for one in ("head", "words", "in", "it")}),
    ("```{code} sh\n---\nclass: a\n---\ngo\n```\nEnd.", "End.", {("go", OTHER)}),
    ("- ```{tip}\n  One.\n  ```\n- `two`", "Two.", {("one", OTHER)}),
    ("A {term}`word <target>` {ref}`name` {cite:p}`key`.", "A", {("word", OTHER)}),
    ("A {doc}`long\nway <there>`.", "A way.", {("long", OTHER)}),
    ("```{math}\nx\n```\n\n```md\n{ref}`name`\n```", "", {("x", DRAWINGS), ("ref", OTHER), ("name", OTHER)}),
    ("See @sec-here and [@knuth84].", "See 1 and", {(one, MARKUP) for one in ("sec", "here", "knuth84")}),
    ("It is $x + y$ for 5$ here.", "It is for 5$ here.", {("x", DRAWINGS), ("y", DRAWINGS)}),
    ("A word[^n] and more.", "A word2 and more.", {("n", MARKUP)}),
    ("In `$a_b and` go `$c`.", "", {(one, OTHER) for one in ("in", "a", "b", "and", "go", "c")}),
    ("Choose:\n\na. one\nb) two", "Choose: one two", {("a", MARKUP), ("b", MARKUP)}),
    ("A number №53, and an e\u0301.", "A number №53, and an é.", set()),
    ('[import, marker:"a", title="Main"](b.js)', "", IMPORTED),
    ("```js\n// highlight-start\ngo()\n```", "", {("highlight", MARKUP), ("start", MARKUP), ("go", OTHER)}),
    ("An İ here.", "An İ here.", set()),
)


@pytest.mark.parametrize(("text", "shown", "words"), CASES)
def test_what_is_lost(text: str, shown: str, words: set[tuple[str, str]]) -> None:
    """Each lost word is found, with its category."""
    assert {(word.letters, word.category) for word in lost(words_of(html_of(text)), [shown])} == words


def test_the_head_of_a_web_page() -> None:
    """The book title above each text is not a word of the text."""
    found = lost(words_of("<h1>My Book</h1><p>Text.</p>", "My Book"), ["Text."])
    assert {(word.letters, word.category) for word in found} == {("my", INTERFACE), ("book", INTERFACE)}
