"""An author -> the content of a line: words with marks, signs, code, links, notes, references, terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.random_books.author import TERMS, VARIABLES, WORKS, Author
from tests.random_books.prose import LONG, capital

ODD_LETTERS = (
    *(
        "naïve",
        "Ærøskøbing",
        "Łódź",
        "Ωmega",
        "Straße",
        "ﬁnal",
        "e\u0301tude",
        "n\u0303",
        "a\u0323\u0302",
        "č",
        "ſ",
    ),
    *("Москва", "Ελλάδα", "½", "2²", "H₂O", "№ 7", "µs", "×", "±0.5", "≤", "≠", "∞", "→", "€ 5", "§ 3", "†", "©", "™"),
    *("soft\u00adhyphen", "zero\u200bwidth", "no\u00a0break", "thin\u202f%", "word\u2060joiner", "non\u2011breaking"),
)
NOT_IN_THE_FACES = ("Ǆ", "✅", "⚠", "🚀", "文字", "שלום", "سلام", "नमस्ते")
"""Signs, and letters of other scripts: a box with the code point replaces what no built-in font has."""
ENTITIES = ("&amp;", "&lt;", "&shy;", "&nbsp;", "&copy;", "&#8212;", "&hellip;", "&unknown;", "&", "<", ">", "&#x41;")
UNBALANCED = (
    "*",
    "**",
    "_",
    "__",
    "`",
    "~",
    "~~",
    "^",
    "[",
    "]",
    "![",
    "](",
    "{",
    "}",
    "{.",
    "$",
    "$$",
    "\\",
    "|",
    "::",
    "@",
)
QUOTES = ('"{}"', "'{}'", '\\"{}\\"', "“{}”", "»{}«", "({})", "—{}—", "'90s {}", "{}'s", "rock 'n' {}", "\"{} 'n {}'\"")
SPACED = (
    "10 GB",
    "5 %",
    "D. E. Knuth",
    "e. g.",
    "z. B.",
    "page 7",
    "1-2",
    "10 x 20",
    "3 ms",
    "and/or",
    "I/O",
    "pp. 3--9",
)
ADDRESSES = (
    *("https://example.org", "<https://example.org/a/very/long/path/that/goes/on/and/on?with=parameters&and=more#end>"),
    *("www.example.org/tides", "harbourmaster.administration@measurements.example.org", "<mailto:a@example.org>"),
)
CODE = (
    *("x = 1", "SELECT a  FROM b", "`", "a|b", '<tag attr="x">', "--long-option=value", "C:\\path\\to", "a_b*c*"),
    *(
        "org.example.harbour.Tides",
        "${HOME}",
        "{{ x }}",
        "\\n",
        "&amp;",
        " padded ",
        "f(x) -> y",
        "EarlyStoppingConfiguration",
    ),
)
FORMULAS = (
    *(
        "x^2",
        "a_{ij} \\le \\frac{1}{n}",
        "\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}",
        "\\alpha \\to \\infty",
        "f'(x)",
        "O(n \\log n)",
    ),
    *(
        "\\sqrt{\\pi}",
        "\\mathbb{R}^n",
        "\\bar{w} \\approx 5\\,\\text{pt}",
        "\\{a, b\\}",
        "\\binom{n}{k} \\bmod 2",
        "\\mathbf{A}^{-1}",
    ),
    *(
        "\\operatorname{rank} A",
        "\\left\\{ x \\in X \\mid \\lVert x \\rVert_2 \\le 1 \\right\\}",
        "\\underbrace{a + b}_{\\text{two of $n$}}",
        "\\dot{x} = \\overline{z} \\cdot \\hat{y}",
        "p \\iff q \\implies r",
        "\\lim_{x \\to 0} \\frac{\\sin x}{x} = 1",
        "\\mathcal{L}(\\theta) = \\prod_{i=1}^{n} p(x_i \\mid \\theta)",
        "\\begin{smallmatrix} a & b \\\\ c & d \\end{smallmatrix}",
        "\\sqrt[3]{x + 1} \\neq \\lfloor y \\rfloor",
    ),
)
KEYS = ("Esc", "Ctrl+C", "Ctrl+Shift+P", "F1")
HTML = (
    "<kbd>{}</kbd>",
    "H<sub>2</sub>O",
    "<em>{}</em>",
    "<mark>{}</mark>",
    '<abbr title="Extra">{}</abbr>',
    "{}<br>{}",
    "<b>{}</b> <i>{}</i>",
    '<span style="color: #b00020">{}</span>',
    '<a name="{0}"></a>{0}',
    "<code>{} &lt; b</code>",
    "<u>{}</u> <s>{}</s>",
    "<q>{}</q> <var>{}</var>",
    '<img src="figures/from-html.png" alt="drawn {}" width="30">',
    '<span lang="de">{}</span><sup>{}</sup>',
    "<ruby>{}<rt>{}</rt></ruby>",
)
SPAN_CLASSES = (".kbd", ".smallcaps", ".mark", ".ins", ".keyword", "lang=de", "lang=fr", "#place-{}", ".term", ".index")


def marked(author: Author) -> str:
    """Return words that are emphasised, strong, deleted, raised or lowered."""
    mark = author.one_of(
        ("*{}*", "**{}**", "~~{}~~", "***{}***", "_{}_", "**{} *{}***", "2^{0}^", "H~2~O {}", "x^n^~i~ {}")
    )
    return mark.format(author.prose.word(), author.prose.word())


def sign(author: Author) -> str:
    """Return an unusual letter, entity, quotation, space or sign."""
    kind = author.one_of(((*ODD_LETTERS, *NOT_IN_THE_FACES), ENTITIES, QUOTES, SPACED, LONG, UNBALANCED))
    return (
        author.one_of(kind).format(author.prose.word(), author.prose.word()) if kind is QUOTES else author.one_of(kind)
    )


def code(author: Author) -> str:
    """Return code in a line."""
    text = author.one_of(CODE)
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def formula(author: Author) -> str:
    """Return a formula in a line, between dollars or TeX's own marks."""
    return author.one_of(("${}$", "${}$", "${}$", "\\({}\\)")).format(author.one_of(FORMULAS))


def link(author: Author) -> str:
    """Return an address, or a link with words."""
    if author.in_link:
        return author.prose.word()
    if author.chance(0.4):
        return author.one_of(ADDRESSES)
    author.in_link = True
    words = line(author, 1, 4)
    author.in_link = False
    if author.chance(0.1):
        name = f"target {author.number()}"
        author.waiting.append(f"[{name}]: https://example.org/reference 'A title'")
        return f"[{words}][{name}]"
    target = author.one_of(("https://example.org/page", "mailto:a@example.org", author.later(("file",)), "#place-1"))
    return f"[{words}]({target})" + author.one_of(("", "", "", ' "a title"'))


def reference(author: Author) -> str:
    """Return a reference to a numbered thing, to several, by title, or by page."""
    kinds = ("fig", "tbl", "lst", "sec", "exr", "eq", "item")
    one, two = author.later(kinds), author.later(kinds)
    form = author.one_of(("@{}", "@{}", "@{}", "[@{}]", "-@{}", "[@{}; @{}]", *BY))
    return form.format(one, two)


BY = ("[@{}]{{.title}}", "[@{}]{{.page}}", "[@{}]{{.title .page}}", "\\@{}", "[-@{}]", "[[@{}]]{{.index}}")
"""References by title and by page, and text that only looks like one."""


def citation(author: Author) -> str:
    """Return a citation, sometimes of a missing work."""
    form = author.one_of(("[@{}]", "[see @{}, p. 3]", "@{}", "[-@{}]", "[@{}; @{}, pp. iv-xii]", "[@{}, chap. 2]"))
    return form.format(author.one_of(WORKS), author.one_of(WORKS))


def note(author: Author) -> str:
    """Return the call of a note, whose text follows the block; sometimes of one that was called before."""
    if author.in_note:
        return author.prose.word()
    if author.noted and author.chance(0.15):
        return f"again[^{author.one_of(author.noted)}]"
    author.in_note = True
    text = line(author, 3, 25)
    author.in_note = False
    if author.chance(0.2):
        return f"word^[{text}]"
    name = f"n{author.number()}"
    author.noted.append(name)
    more = f"\n\n    {author.prose.sentences(1, 2)}" if author.chance(0.1) else ""
    author.waiting.append(f"[^{name}]: {capital(text)}.{more}")
    return f"word[^{name}]"


def span(author: Author) -> str:
    """Return words with attributes."""
    kind = author.one_of(SPAN_CLASSES).format(author.number())
    words = author.one_of(KEYS) if kind == ".kbd" else author.one_of((author.prose.words(1, 3), *TERMS))
    if kind == ".index" and author.chance(0.4):
        kind += author.one_of((' term="log!of {}"', ' term="{}"', " .principal", ' see-also="Log"')).format(words)
    if kind == ".term" and author.chance(0.5):
        kind += f' term="{author.one_of(TERMS)}"'
    return f"[{words}]{{{kind}}}"


def variable(author: Author) -> str:
    """Return a value of `book.toml`."""
    return "{{< var " + author.one_of((*VARIABLES, "tides.height", "tides.limit", "tides.limit.source")) + " >}}"


def for_one_format(author: Author) -> str:
    """Return words for one format, and words for the other."""
    words = author.prose.words(1, 2)
    return f'[{words}]{{.content-visible when-format="pdf"}}[{words} too]{{.content-hidden when-format="pdf"}}'


def html(author: Author) -> str:
    """Return supported HTML."""
    return author.one_of(HTML).format(author.prose.word(), author.prose.word())


def small_picture(author: Author) -> str:
    """Return a picture in a line."""
    width = author.one_of(("", "{width=16pt}", "{width=10%}", "{width=3cm}", "{.decorative}"))
    return f"![{author.prose.words(1, 3)}]({author.picture()}){width}"


IN_A_LINE: Mapping[Callable[[Author], str], int] = {
    marked: 12,
    sign: 14,
    code: 8,
    formula: 4,
    link: 5,
    reference: 5,
    citation: 3,
    note: 3,
    span: 6,
    variable: 1,
    for_one_format: 1,
    html: 2,
    small_picture: 1,
}
"""The content among plain words, and its frequency."""
_KINDS, _WEIGHTS = tuple(IN_A_LINE), tuple(IN_A_LINE.values())


def line(author: Author, least: int, most: int, share: float = 0.08) -> str:
    """Return plain words, of which this share is something else."""
    words = []
    for _ in range(author.dice.randint(least, most)):
        other = author.chance(share)
        words.append(author.dice.choices(_KINDS, _WEIGHTS)[0](author) if other else author.prose.word())
    return author.one_of((" ", " ", " ", " ", " ", "\u00a0")).join(words) if len(words) < 4 else " ".join(words)


def sentence(author: Author, share: float = 0.06) -> str:
    """Return a sentence that has more than words."""
    length = author.prose.length()
    return capital(line(author, length, length, share)) + author.one_of((".", ".", ".", "?", "!", "...", ":"))


def paragraph(author: Author) -> str:
    """Return a paragraph of one to six sentences, in lines as editors break them or in one line."""
    share = author.one_of((0.02, 0.05, 0.05, 0.15))
    said = [sentence(author, share) for _ in range(author.dice.randint(1, 6))]
    return author.one_of((" ", " ", "\n", " \\\n")).join(said)
