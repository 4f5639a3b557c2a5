"""A typesetter for technical books: chapters in Markdown become a tagged PDF and an accessible EPUB.

The whole program is one line; `press.py` has its first half, `making.py` its second:

    read -> parse each -> assemble -> render -> write

    cli.py       the commands
    commands/    what the commands do: builds and checks inside the fence, what a folder was written for,
                 `fetch`, `draw`
    press.py     from a folder to a Book; making.py from a Book to the finished files
    report.py    what a command prints: findings, results, progress; errors.py the findings and the exit codes,
                 explanations.py what `explain` prints about a code

    model/       every type that travels from stage to stage
    cache/       what earlier builds made, keyed by their inputs; made_before/ for whole files
    machine/     this machine: doctor, libraries of the system, set-up, being interrupted, locks, temporary folders
                 (standard library only)
    git/         a folder -> its commit, the date, and whether the files are as committed; no git is started
    language/    the words that the program prints, per language; numerals, quotes and dashes
    fonts/       the faces that a style sheet declares; the names, widths and characters in a font file
    folder/      the files of a book's folder: which may be read, and their text
    settings/    book.toml -> Metadata, Order, style
    theme/       templates and style sheets in layers, faces, the page; the design of the cover, the ornament

    dialects/    folder    -> Manuscript     which files make the book, in which order
    markdown/    Source    -> Chapter        one file per construct: its syntax and its render rule
                     text/ html/ code/ tables/ figures/ notes/ references/ math/ book/
    assemble/    Chapters  -> Book           numbers, references, titles, contents, index and glossary,
                                             citations/; edition.py has the build id and the date
    render/      Chapter + Medium -> XHTML   through the render rules, into a template
    typeset/     XHTML     -> pages          the only place that knows WeasyPrint; in processes/ of its own
                     lines/ paragraphs as a whole, even pages     layout/ the rules of the page
                     margins/ notes beside the text, wide tables
                     pictures/ on paper               document/ all pages as one tagged PDF
    formats/     Book      -> file           pdf/ epub/    writing/ locks, drafts, and puts them in place
    fence/       work -> its result          in a watched process with limits on time and memory
    checks/      Book, files -> Findings     sources/ before anything is made    finished/ what was made
    changes/     two states of a book -> what has changed, for a terminal, as a page, as a chapter of the book
    fidelity/    Book, findings -> what became of the book: kept, changed, left out
    samples/     Book -> proved samples      the code in it, checked and run only here
    proof/       files -> rows of the report: each promise, and what independent tools say of it

    watching.py  a build after each change
    skeleton.py  what `init` copies; specimen.py every construct on few pages
    pictures/    the bytes of pictures: their density, and what goes into a book; svg/ drawings

One way:
    model, machine, git, language <- errors, cache <- folder, fonts <- settings <- theme <- dialects <- markdown
    <- assemble <- render <- typeset <- formats <- fence <- checks <- fidelity, changes <- press <- made_before
    <- making <- samples <- proof <- report, commands <- watching <- cli
Importing this package imports nothing else, so that `doctor` runs before anything is installed.
"""

__version__ = "1.0.0"
