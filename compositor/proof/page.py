"""Rows -> the report: one self-contained, accessible page of HTML without a date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from markupsafe import Markup

from compositor.checks.finished.completeness import closed_list
from compositor.fidelity import Fidelity
from compositor.model import Book
from compositor.proof.became import became
from compositor.proof.rows import Row

STYLE = Markup("""
:root { color-scheme: light dark }
body { max-width: 75em; margin: 2em auto; padding: 0 1em; font: 1em/1.5 system-ui, sans-serif }
.scroll { overflow-x: auto }
table { width: 100%; margin-bottom: 1em; border-collapse: collapse; font-size: 0.9em }
caption { padding: 0.5em 0; text-align: left; font-weight: bold }
th, td { padding: 0.4em 0.8em 0.4em 0; border-bottom: 1px solid; text-align: left; vertical-align: top }
code { font-size: 0.9em; overflow-wrap: anywhere }
.outcome { white-space: nowrap; font-weight: bold }
.file { white-space: nowrap }
ul { margin: 0.3em 0 0; padding-left: 1.2em }
""")
MARKS = {"holds": "✓", "fails": "✗", "not run": "–"}
HEADS = ("Promise", "Result", "Count", "Asked", "Exit status", "File checked")
TESTED = (
    ("A build that fails, is killed, or finds no space leaves whole files", 'make test-all PYTEST="-k all_or_nothing"'),
    ("An endless page, or one that takes all memory, is an error within a time limit", 'make test PYTEST="-k child"'),
    ("The order of the chapters is the same everywhere", 'make test PYTEST="-k order"'),
    ("The text of the PDF can be copied and searched in three engines", 'make test PYTEST="-k copying"'),
    ("A build reads nothing outside the book and the theme", 'make test PYTEST="-k files"'),
    ("The same commit gives the same bytes under other circumstances", "make reproduce"),
    ("The code in the book is checked and run", "make samples"),
)
SHOWN = 20
"""Most lines of evidence against a promise."""
PAGE = Markup("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{summary} Build {build}, edition of {date}. What is <em>not run</em> was not
looked at: it is neither good nor bad. The commands are for the folder with the files; BOOK is the book’s folder, and
epubcheck.jar the program of EPUBCheck.</p>
<table>
<caption>The files, which a row names with the beginning of their sum</caption>
<thead><tr><th scope="col">Name</th><th scope="col">SHA-256</th></tr></thead>
<tbody>
{files}
</tbody>
</table>
<div class="scroll" tabindex="0" role="region" aria-labelledby="promises">
<table>
<caption id="promises">The promises</caption>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
{became}<h2>What no row is about</h2>
<p>These promises are the program’s, not those of one book; its own tests hold them.</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="tests">
<table>
<caption id="tests">Promises that are tested in the program’s repository</caption>
<thead><tr><th scope="col">Promise</th><th scope="col">Command</th></tr></thead>
<tbody>
{tests}
</tbody>
</table>
</div>
<h2>What was not compared with the source</h2>
<p>All other letters of the two files are the author’s. A line is a kind of thing that Compositor prints, or that has no
letters, and says why it is left out.</p>
<ul>
{furniture}
</ul>
<h2>What the bytes depend on</h2>
<table>
<caption>Versions</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Version</th></tr></thead>
<tbody>
{versions}
</tbody>
</table>
</main>
</body>
</html>
""")


def as_html(
    rows: Sequence[Row], book: Book | None, versions: Iterable[tuple[str, str]], fidelity: Fidelity | None = None
) -> str:
    """Return the page; the same rows, versions and fidelity give the same bytes."""
    return str(
        PAGE.format(
            title=f"Report on {book.metadata.title}" if book else "Report on a book that cannot be read",
            style=STYLE,
            summary=summary(rows),
            build=book.edition.build_id if book else "none",
            date=f"{book.edition.date:%Y-%m-%d}" if book else "no date",
            heads=_join(Markup('<th scope="col">{}</th>').format(head) for head in HEADS),
            rows=_join((_row(row) for row in rows), "\n"),
            files=_join((_sum(*one) for one in dict.fromkeys(pair for row in rows for pair in row.sums)), "\n"),
            became=Markup() if fidelity is None else became(fidelity),
            tests=_join((_tested(*one) for one in TESTED), "\n"),
            furniture=_join((Markup("<li>{}</li>").format(line) for line in closed_list()), "\n"),
            versions=_join((_version(*one) for one in versions), "\n"),
        )
    )


def summary(rows: Iterable[Row]) -> str:
    """Return how many promises hold, fail and were not checked, in words."""
    counts = Counter(row.outcome for row in rows)
    return f"{counts['holds']} hold, {counts['fails']} fail, {counts['not run']} not run."


def _row(row: Row) -> Markup:
    outcome = Markup('<td class="outcome"><span aria-hidden="true">{}</span> {}</td>').format(
        MARKS[row.outcome], row.outcome
    )
    asked = Markup("<td>{}<br/><code>{}</code></td>").format(f"{row.tool} {row.version}".strip(), row.command)
    status = Markup("<td>{}</td>").format("none" if row.status is None else row.status)
    file = Markup("<td>{}</td>").format(_join((_file(*one) for one in row.sums), "<br/>") if row.sums else "none")
    figure = Markup("<td>{}{}</td>").format(row.figure, _details(row))
    head = Markup('<th scope="row">{}</th>').format(row.promise)
    return Markup("<tr>{}{}{}{}{}{}</tr>").format(head, outcome, figure, asked, status, file)


def _file(name: str, total: str) -> Markup:
    return Markup('<span class="file">{} <code>{}…</code></span>').format(Path(name).suffix[1:].upper(), total[:12])


def _sum(name: str, total: str) -> Markup:
    return Markup('<tr><th scope="row">{}</th><td><code>{}</code></td></tr>').format(name, total)


def _details(row: Row) -> Markup:
    if not row.details:
        return Markup()
    more = len(row.details) - SHOWN
    lines = (*row.details[:SHOWN], *([f"and {more} more"] if more > 0 else []))
    return Markup("<ul>{}</ul>").format(_join(Markup("<li>{}</li>").format(line) for line in lines))


def _tested(promise: str, command: str) -> Markup:
    return Markup('<tr><th scope="row">{}</th><td><code>{}</code></td></tr>').format(promise, command)


def _version(name: str, number: str) -> Markup:
    return Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(name, number)


def _join(parts: Iterable[Markup], between: str = "") -> Markup:
    return Markup(between).join(parts)
