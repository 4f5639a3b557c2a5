"""Code -> what `explain` prints about the files of a book: cause, why it matters, remedy, an example."""

EXPLANATIONS: dict[str, str] = {
    "M001": (
        "The command was given a folder that is not a book. A book is a folder with a file book.toml in "
        "it. Name the right folder, or make a new book with the command init. Example: compositor init "
        "my-book"
    ),
    "M009": (
        "The same file is listed at two places of the order, so that its text and its anchors would be "
        "in the book twice. It stands at the first place. Take one of the two out."
    ),
    "M010": (
        "A Markdown file lies in the book's folder and is no part of the book. List it, give it a "
        "number, or begin its name with an underscore. In a book of another tool all of them are told at once: its "
        "own order does not name them. Example: _ideas.md"
    ),
    "M011": (
        "The numbers in the names of the files leave one out, so that every file after it is "
        "printed with another number than its name says. Add what is missing or rename what follows; a "
        "chapter that is not finished can stay as a draft. Example: 18.1-a.md, 18.2-b.md"
    ),
    "M012": (
        "Two files have the same number, for the press reads 18.2 and 18.02 alike, and only one can come "
        "first. Give one of them another number."
    ),
    "M013": (
        "The order puts a file at one number and its name says another. Numbers in the book come from "
        "the order, so readers and files would disagree. Move it in the list or rename it. Example: "
        '"18.02-b.md" as the second section of chapter 18'
    ),
    "M014": (
        "The file of the first chapter has another number than the book begins with. Write the number in "
        "book.toml, or rename the files. Example: first-chapter = 18, with 18-aurora.md"
    ),
    "M015": (
        "There are sections of a chapter, but no file for the chapter itself, which gives its title and "
        "opens it. Add it. Example: 18-aurora.md with # Amazon Aurora, beside 18.1-architecture.md"
    ),
    "M016": (
        "No file is a chapter, or all chapters are drafts and drafts are left out, so that there is "
        "nothing to make. Begin names of files with a number or list them under [order]. Example: "
        "01-first.md"
    ),
    "M017": (
        "The name of a file has a number of three or more parts. Chapters (18) and sections (18.3) are "
        "files; what is below them is a heading in the file of its section. Example: ## Subsection"
    ),
    "M018": (
        "The folder has no book.toml of the press, so that it was recognised by other files, and the message says by "
        "which: an mdBook, a book of GitBook, a folder with an order of another tool, or texts alone, whose names give "
        "the order; or there is a book.toml that says no order, and no name has a number. Write a file compositor.toml "
        "to say the title, the authors, the language or the page yourself; it has the keys of book.toml, and may "
        'leave any out. Example: title = "My Book"'
    ),
    "M031": (
        "The order of a book that was written for another tool names a chapter without a file, a draft, or a file "
        "that is not there or is no text. It is left out. Write the file, or correct the path in the order."
    ),
    "M032": (
        "The folder has a file LANGS.md, and in it a book for each of some languages. One build makes one of them: "
        "the first, or the one that --language names. Example: compositor all book --language fr"
    ),
    "M033": (
        "A file of another tool that would say the order of the book, or its title, is broken, so that the press goes "
        "on without it: by the next file that has an order, else by the names of the texts. Correct it where the "
        "message says."
    ),
    "S021": (
        "A data file cannot be read as what its ending says. It is TOML (`.toml`) or JSON (`.json`), and "
        "holds a table of names and values at its top. The place is where reading stopped."
    ),
    "S022": (
        "A data file has the name of a variable of book.toml, so that one of the two could never be meant. "
        "Rename one of them."
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
        "There is no citation style of this name, or the file cannot be followed: it is cut, has no rules, or "
        "has macros without an end. A file that cannot be followed is replaced by the press's own style, ieee. Two "
        "come with the press, ieee (numbers) and harvard-cite-them-right (author and year); any other is a CSL file in "
        'the book\'s own folder, named with its ending. Example: citation-style = "styles/my.csl"'
    ),
    "S026": (
        "Something in an entry of the bibliography is not as it is written: a field that stands there twice, a type "
        "that nobody knows, an entry to inherit from that is not there, a name of a text that was not given, no title. "
        "The message says what was done instead."
    ),
    "S027": (
        "A field of the bibliography has a command of TeX that the press does not know. It is left out, and what it is "
        "given is printed as it is. Write the letters themselves: a bibliography is UTF-8."
    ),
}
