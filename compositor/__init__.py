"""A press for technical books: chapters in Markdown become a tagged PDF and an accessible EPUB.

The whole program is one line, and `press.py` is where it stands:

    read -> parse each -> assemble -> render -> write

    cli.py       the commands
    press.py     the line above, from a folder to the finished files
    model/       every type that travels; matter.py has those of the apparatus
    settings/    book.toml -> Metadata, Order, style
    language/    the words the press prints, per language
    dialects/    folder    -> Manuscript     which files make the book, in which order
    markdown/    Source    -> Chapter        one file per construct: its syntax and its render rule
    assemble.py  Chapters  -> Book           numbers, anchors, contents; references.py what names them;
                                             backmatter.py the index, glossary, answers; bibliography.py the works;
                                             preliminaries.py the lists of captions
    render.py    Chapter + Medium -> XHTML
    theme/       templates and style sheets in layers, the book's own last; ornament.py draws the strip,
                                             cover.py designs the cover
    typeset/     one unit of XHTML -> pages  the only place that knows WeasyPrint; in a process of its own
    formats/     Book -> file                pdf, epub
    checks/      Book, files -> Findings     one function per check; the docstring is its explanation
    samples/     Book -> proved samples      the code in it checked and run, here and nowhere else
    proof/       files -> rows of the report  what was promised, and what those say who were asked
    git/         folder -> commit and date, and whether the files are as committed; no git is started
    edition.py   the build id, the date and the commit
    errors.py    findings for people and machines; the exit codes; report.py prints them
    specimen.py  every construct on few pages, in the look of a book; skeleton.py what `init` copies
    doctor.py    what this machine has and lacks; runs its programs for setup and proof (standard library only)
    setup/       an environment of Python from a lock (standard library only)

One way:
    model <- settings <- dialects, markdown <- assemble <- render <- typeset <- formats <- checks
    <- samples, proof <- cli
Importing this package imports nothing else, so that `doctor` runs before anything is installed.
"""

__version__ = "0.1.0"
