"""Remedies of faults in the files of a book: their number, names and content."""

from __future__ import annotations

from tests.remedies.cases import BOOK, Case, Files, files, settings

ONE = "# One\n\nText.\n"


def named(*names: str, **others: str) -> Files:
    """Return a book of chapters with these names."""
    return {name: f"# About {name.removesuffix('.md').rpartition('-')[2]}\n\nText.\n" for name in names} | others


def listed(order: str, *names: str) -> Files:
    """Return a book with a written order."""
    return named(*names) | {"book.toml": f"{BOOK}[order]\n{order}\n"}


def summed(summary: str) -> Files:
    """Return a small mdBook with this order, which needs no guesses."""
    texts = {f"src/{name}": text for name, text in named("one.md", "two.md").items()}
    if "two.md" not in summary:
        del texts["src/two.md"]
    return {"book.toml": "[book]\n", "compositor.toml": 'title = "T"\n', "src/SUMMARY.md": summary} | texts


CASES = (
    Case("M001", {"Book.toml": BOOK, "01-one.md": ONE}, 'did you mean to give "Book.toml" that name?',
         {"book.toml": BOOK, "01-one.md": ONE}),
    files("M002", listed('chapters = ["one.md"]', "one.md") | {"book.toml": f'{BOOK}[order]\nchapters = ["on.md"]\n'},
          'did you mean "one.md"?', listed('chapters = ["one.md"]', "one.md")),
    files("M002", listed('chapters = ["One.md"]', "one.md"), 'write "one.md": upper and lower case are different files',
          listed('chapters = ["one.md"]', "one.md")),
    files("M002", listed('chapters = ["one.md", "zzz.md"]', "one.md"), "write the file, correct its name here",
          listed('chapters = ["one.md", "zzz.md"]', "one.md", "zzz.md")),
    files("M002", listed('chapters = ["one.md", "zzz.md"]', "one.md"), "or remove it",
          listed('chapters = ["one.md"]', "one.md")),
    files("M003", listed('chapters = ["one.md", "../two.md"]', "one.md"), "put the file into the book's folder",
          listed('chapters = ["one.md", "two.md"]', "one.md", "two.md")),
    files("M004", listed('chapters = ["parts"]', "one.md") | {"parts/two.md": ONE}, "name a file in it",
          listed('chapters = ["one.md", "parts/two.md"]', "one.md") | {"parts/two.md": ONE}),
    files("M006", {"01-one.md": "# ÄÖÜ\n\näöü caf\udce9\n"}, "type this letter and others like it again",
          {"01-one.md": "# ÄÖÜ\n\näöü café\n"}),
    files("M006", {"01-one.md": "PK\x03\x04\0\0\udcff"}, "save it as plain text in UTF-8", {"01-one.md": ONE}),
    files("M007", {"01-one.md": "# One\n\nA\x07b.\n"}, "delete it", {"01-one.md": "# One\n\nAb.\n"}),
    files("M007", {"01-one.md": "# One\n\nA\u2028b.\n"}, "replace it with an ordinary line end",
          {"01-one.md": "# One\n\nA\nb.\n"}),
    files("M019", named("01-one.md", "02-two\udcfc.md"), "rename it", named("01-one.md", "02-two.md")),
    files("M009", listed('chapters = ["one.md", "one.md"]', "one.md"),
          "delete one of them; the other is at book.toml:5:13", listed('chapters = ["one.md"]', "one.md")),
    files("M010", named("01-one.md", "notes.md"), "begin its name with an underscore", named("01-one.md", "_notes.md")),
    files("M010", named("01-one.md", "notes.md"), "give its name the number of its place",
          named("01-one.md", "02-notes.md")),
    files("M010", listed('chapters = ["one.md"]', "one.md", "two.md"), "list it under [order]",
          listed('chapters = ["one.md", "two.md"]', "one.md", "two.md")),
    files("M010", listed('chapters = ["one.md"]', "one.md", "SUMMARY.md"),
          "begin its name with an underscore; the order of a book is in book.toml",
          listed('chapters = ["one.md"]', "one.md", "_SUMMARY.md")),
    files("M011", named("01-one.md", "03-three.md"), "add what is missing",
          named("01-one.md", "02-two.md", "03-three.md")),
    files("M011", named("01-one.md", "03-three.md"), "or rename the files that follow",
          named("01-one.md", "02-three.md")),
    files("M012", named("01-one.md", "1-two.md"), "give one of them another number", named("01-one.md", "2-two.md")),
    files("M013", listed('chapters = ["01-one.md", "03-three.md", "02-two.md"]', "01-one.md", "02-two.md",
          "03-three.md"),
          "or move it in the order",
          listed('chapters = ["01-one.md", "02-two.md", "03-three.md"]', "01-one.md", "02-two.md", "03-three.md")),
    files("M013", listed('chapters = ["01-one.md", "03-b.md", "02-a.md"]', "01-one.md", "02-a.md", "03-b.md"),
          "rename it, so that its name begins with 2",
          listed('chapters = ["01-one.md", "02-b.md", "03-a.md"]', "01-one.md", "02-b.md", "03-a.md")),
    files("M014", named("18-one.md"), "write first-chapter = 18 in book.toml",
          named("18-one.md") | {"book.toml": f"{BOOK}first-chapter = 18\n"}),
    files("M014", named("00-one.md", "01-two.md"), "write first-chapter = 0 in book.toml",
          named("00-one.md", "01-two.md") | {"book.toml": f"{BOOK}first-chapter = 0\n"}),
    files("M014", named("18-one.md"), "or rename the file", named("01-one.md")),
    files("M014", named("18-one.md") | {"book.toml": f"{BOOK}first-chapter = 17\n"}, "write first-chapter = 18, or",
          named("18-one.md") | {"book.toml": f"{BOOK}first-chapter = 18\n"}),
    files("M015", named("01-one.md", "02.1-two.md"), 'add a file such as "02-opener.md"',
          named("01-one.md", "02-opener.md", "02.1-two.md")),
    files("M018", named("one.md"), 'number the names, as in "01-first.md"', named("01-one.md")),
    files("M018", named("one.md"), "or list them under [order]", listed('chapters = ["one.md"]', "one.md")),
    files("M016", {"note.txt": "Text."}, 'write a chapter, such as "01-first.md"', named("01-first.md")),
    files("M016", {"01-one.md": f"---\ndraft: true\n---\n\n{ONE}", "book.toml": f"{BOOK}drafts = false\n"},
          "remove draft: true from a chapter", {"01-one.md": ONE, "book.toml": f"{BOOK}drafts = false\n"}),
    files("M016", {"01-one.md": f"---\ndraft: true\n---\n\n{ONE}", "book.toml": f"{BOOK}drafts = false\n"},
          "or write drafts = true",
          {"01-one.md": f"---\ndraft: true\n---\n\n{ONE}", "book.toml": f"{BOOK}drafts = true\n"}),
    files("M017", named("01-one.md", "01.1-two.md", "01.1.1-three.md"), "give it a number with at most one dot",
          named("01-one.md", "01.1-two.md", "01.2-three.md")),
    files("M017", named("01-one.md", "01.1-two.md", "01.1.1-three.md"),
          "make it a heading inside the file of its section",
          named("01-one.md") | {"01.1-two.md": "# Two\n\nText.\n\n## Three\n\nText.\n"}),
    Case("M031", summed("- [One](one.md)\n- [Two]()\n"), "write the chapter and name its file there",
         summed("- [One](one.md)\n- [Two](two.md)\n")),
    Case("M031", summed("- [One](one.md)\n- [Two](to.md)\n"), "correct the path, or write the file",
         summed("- [One](one.md)\n- [Two](two.md)\n")),
    Case("M033", {"mkdocs.yml": "nav: [a.md\n", "docs/a.md": ONE, "compositor.toml": 'title = "One"\n'},
         "correct it; the tool that the book was written for cannot read it either",
         {"mkdocs.yml": "nav: [a.md]\n", "docs/a.md": ONE, "compositor.toml": 'title = "One"\n'}),
    Case("M018", {"SUMMARY.md": "* [One](one.md)\n", "one.md": ONE}, "put compositor.toml into its top folder",
         {"SUMMARY.md": "* [One](one.md)\n", "one.md": ONE, "compositor.toml": 'title = "One"\n'}),
    Case("M010", {**named("one.md", "two.md"), "SUMMARY.md": "* [One](one.md)\n", "compositor.toml": ""},
         "list what you want printed in SUMMARY.md",
         {**named("one.md", "two.md"), "SUMMARY.md": "* [One](one.md)\n* [Two](two.md)\n", "compositor.toml": ""}),
    Case("M018", {"one.md": ONE}, 'write book.toml there: format = 1, title = "…", authors = ["…"]',
         {"01-one.md": ONE, "book.toml": BOOK}),
    settings("M002", 'bibliography = ["work.json"]\n', 'did you mean "works.json"?', 'bibliography = ["works.json"]\n',
             **{"works.json": "[]"}),
)
