"""Code -> what `explain` prints about the files of a book: cause, why it matters, remedy, an example."""

EXPLANATIONS: dict[str, str] = {
    "M001": (
        "The command was given a folder that is not a book. A book is a folder with a file book.toml in "
        "it. Name the right folder, or make a new book with the command init. Example: compositor init "
        "my-book"
    ),
    "M009": (
        "The same file is in two places of the order, so its text would be in the book twice. The first place "
        "counts. Delete one of the two."
    ),
    "M010": (
        "A Markdown file is in the book's folder but not in the book. List it, give it a number, or begin its name "
        "with an underscore. In a book of another tool, all files that its order does not name are reported at once. "
        "Example: _ideas.md"
    ),
    "M011": (
        "The numbers in the file names skip one, so every later file is printed with another number than its name "
        "says. Add what is missing, or rename the files that follow; an unfinished chapter can stay as a draft. "
        "Example: 18.1-a.md, 18.2-b.md"
    ),
    "M012": (
        "Two files have the same number, because 18.2 and 18.02 are the same, and only one can come first. Give one "
        "of them another number."
    ),
    "M013": (
        "The order puts a file at one number, but its name says another. The numbers in the book come from the "
        'order, so readers and file names would disagree. Move it in the order or rename it. Example: "18.02-b.md" '
        "as the second section of chapter 18"
    ),
    "M014": (
        "The file of the first chapter has another number than the book begins with. Write the number in "
        "book.toml, or rename the files. Example: first-chapter = 18, with 18-aurora.md"
    ),
    "M015": (
        "There are sections of a chapter, but no file for the chapter itself, which gives its title and opens it. "
        "Add it. Example: 18-aurora.md with # Amazon Aurora, next to 18.1-architecture.md"
    ),
    "M016": (
        "No file is a chapter, or all chapters are drafts and drafts are left out, so there is nothing to build. "
        "Begin file names with a number, or list the files under [order]; in a book of another tool, list them where "
        "that tool has its order. Example: 01-first.md"
    ),
    "M017": (
        "The name of a file has a number of three or more parts. Chapters (18) and sections (18.3) are "
        "files; what is below them is a heading in the file of its section. Example: ## Subsection"
    ),
    "M018": (
        "The folder has no book.toml of Compositor, so it was recognised by other files. The message says by which: "
        "an mdBook, a GitBook, a folder with the order of another tool, or just texts, in the order of their names. "
        "Or there is a book.toml without an order, and no file name has a number. Write a file compositor.toml to "
        "set the title, the authors, the language or the page yourself; it has the keys of book.toml, all of them "
        'optional. Example: title = "My Book"'
    ),
    "M031": (
        "The order of a book from another tool names a draft, a chapter without a file, or a file that does not "
        "exist or is not text. It is left out. Write the file, or correct the path in the order."
    ),
    "M032": (
        "The folder has a file LANGS.md and one book for each language, or texts that are translations of others, "
        "such as README-fr.md or translations/fr.md. A build makes one of them: the first, or the original, or the "
        "one that --language names. Example: compositor all book --language fr"
    ),
    "M033": (
        "A file of another tool that gives the order or the title of the book is broken, so it is ignored. The next "
        "file with an order is used, or else the names of the texts. Correct it where the message says."
    ),
    "S021": (
        "A data file under [data] cannot be read: it is TOML (`.toml`) or JSON (`.json`), with a table of names and "
        "values at its top, and the place is where reading stopped."
    ),
    "S022": (
        "A data file under [data] has the name of a variable of book.toml, so it is not clear which of the two "
        "`{{< var name >}}` would print. Rename one of them."
    ),
    "S023": (
        "A bibliography cannot be read, or an entry of it. It is BibTeX (`.bib`), CSL-JSON (`.json`, as Zotero "
        "exports it: a list of entries, each with an id and a type) or CSL-YAML (`.yaml`). What can be read is used; "
        "a citation of anything else is printed as `[key?]`. The place is that of the entry that is broken."
    ),
    "S024": (
        "Two entries of the bibliography have the same key; the first is used. Rename one of them, or delete it "
        "if both are the same work."
    ),
    "S025": (
        "There is no citation style of this name, or its file is unusable: it is truncated, has no rules, or has "
        "endless macros. An unusable file is replaced by the built-in style ieee. Two styles are "
        "built in, ieee (numbers) and harvard-cite-them-right (author and year); any other is a CSL file in "
        'the book\'s own folder, named with its ending. Example: citation-style = "styles/my.csl"'
    ),
    "S026": (
        "An entry of the bibliography is wrong: a field given twice, an unknown type, a missing entry to inherit "
        "from, an undefined abbreviation, or no title. The message says what was done instead."
    ),
    "S027": (
        "A field of the bibliography has an unknown TeX command. The command is ignored, and its argument is printed "
        "as it is. Write the characters themselves: a bibliography is UTF-8."
    ),
}
