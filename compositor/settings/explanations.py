"""Code -> what `explain` prints about book.toml: cause, why it matters, remedy, the shortest example."""

EXPLANATIONS: dict[str, str] = {
    "S001": (
        "book.toml is not valid TOML, so none of it can be read. The place is where reading stopped; the mistake is "
        "often just before it: a quotation mark or a bracket that was not closed, or a text without quotation marks. "
        'Example: title = "My Book"'
    ),
    "S002": (
        "book.toml has an unknown key. If it were ignored, a misspelt setting would silently do nothing. Correct the "
        'name, move it to the table it belongs to, or delete it. Example: authors = ["Ada"], not author.'
    ),
    "S003": (
        "A key is missing that cannot be guessed: the format of the file, the title of the book, the "
        'file of a chapter. Add it. Shortest book.toml: format = 1 and, on the next line, title = "My '
        'Book"'
    ),
    "S004": (
        "A value is of the wrong type, such as a number where a text is expected. Texts are in quotation marks, "
        'numbers and true or false without them, lists in square brackets. Example: authors = ["Ada"] and '
        "first-chapter = 18"
    ),
    "S005": (
        "The number after `format` says how to read the file, and this version of Compositor does not know it. A "
        "newer book needs a newer Compositor: update it. Example: format = 1"
    ),
    "S006": (
        "A title, author or keyword is there, but empty. Readers, shops and screen readers would show "
        'nothing. Fill it in, or take it out of its list. Example: title = "My Book"'
    ),
    "S007": (
        "Compositor prints some words itself (Figure, Contents, page). It has none in this language, so they are in "
        "English; quotation marks, hyphenation and the direction of the text are those of the language, if known. A "
        'value that is not a language tag is treated as English. Example: language = "de-CH"'
    ),
    "S008": (
        "No author is given. The book can be made, but shops and libraries ask for one, and the title "
        'page looks bare. Example: authors = ["Ada Lovelace", "Charles Babbage"]'
    ),
    "S009": (
        "The slug is the name of the output files. A slash would lead into another folder, a space needs quoting, "
        "and some names do not exist on some systems. Use letters, digits, hyphens, dots and underscores. Example: "
        'slug = "my-book"'
    ),
    "S010": (
        "The number of the first chapter is below 0. It sets the number of the book's first chapter, for instance if "
        "the book is a part of a larger one. Example: first-chapter = 18"
    ),
    "S011": (
        "A name under [style] is not the name of a custom property. Names are written without the two "
        'leading hyphens and consist of letters, digits and hyphens. Example: page-width = "7in"'
    ),
    "S012": (
        "A value under [style] could end its declaration, fetch something, or is not one CSS value. "
        "Settings may change lengths, colours, numbers and fonts; anything more belongs in a style sheet "
        'of the book\'s own. Example: accent = "#1c4f8c"'
    ),
    "S013": (
        "An identifier cannot be right: an ISBN with a wrong check digit or length, an empty text, or "
        "one for a format that does not exist. Shops reject a file with a wrong ISBN. Example: "
        '[identifiers] epub = "urn:isbn:9783161484100"'
    ),
    "S014": (
        "A value has a character that no output can contain, or a line break where only one line fits. It comes from "
        "an escape such as \\u0007, or from a text in triple quotation marks. Delete it."
    ),
    "S015": (
        "The written order contradicts itself: it has both chapters and parts, a list is empty, or a "
        "part has no chapters, no title, or two. Either all chapters are in parts, or there are no parts. Example: "
        '[[order.parts]] title = "First Part" chapters = ["01-a.md"]'
    ),
    "S016": (
        "The theme is the name of a folder in templates/ and styles/, of the book or of Compositor, not a path. "
        'Example: theme = "default"'
    ),
    "S017": (
        "Two formats have the same identifier. A shop would confuse them, and the rules of the ISBN ask for one for "
        'each format. Example: [identifiers] pdf = "…" epub = "…", with different numbers.'
    ),
    "S018": (
        "The date of publication is not a date, or the place in a series is not a number. A date is a year, a month "
        'or a day: date = "2026", "2026-11" or "2026-11-29".'
    ),
    "S030": (
        "A command for samples cannot be right: it has no placeholder for the code, two that exclude each other, or an "
        "unknown one; or a language has no command at all. {file} is one fence for each call, {files} all fences of a "
        'chapter, each as a separate word, {manifest} a JSON file that describes them. Example: check = ["bash", '
        '"-n", "{file}"]'
    ),
    "S031": (
        "A language names an environment that book.toml does not describe. Correct the name, or describe it. "
        'Example: [samples.environments.tools] lock = "samples/requirements.lock"'
    ),
    "S032": (
        "A number of [samples] is impossible: a share is in percent, 0 to 100, and a time limit is at least one "
        "second. Example: least-checked = 95"
    ),
    "S033": (
        "The name of an environment becomes part of a variable's name for the commands, "
        "COMPOSITOR_ENVIRONMENT_NAME. Use letters, digits and hyphens, and begin with a letter."
    ),
    "S040": (
        "The memory under [limits] is how much memory the process that works on the book may use, and all processes "
        "that set its pages together. It is a number and MB or GB; at least 400 MB are needed. Example: [limits] "
        'memory = "4 GB"'
    ),
    "S041": (
        "The numbers under [limits] are the seconds after which Compositor gives up on a file: `reading` for reading "
        "it and for every other step, `seconds` for setting its pages and for work on the whole book. Each is a whole "
        "number, at least 1. Example: [limits] seconds = 600"
    ),
    "S042": (
        "A review of the book's accessibility names who made it; its report, if there is one, is an address on the web "
        "where readers can read it. `website` and `repository` are such addresses too. Example: [accessibility-review] "
        'report = "https://example.org/review"'
    ),
    "S043": (
        "[strict] lists codes of findings, or prefixes of codes: P217 is one rule of the page, P2 "
        'all of them, L all that is about Markdown. Example: [strict] codes = ["L1", "P217"]'
    ),
    "S044": (
        "`tolerate` is now under [strict], because only [strict] makes a warning an error. The old line is still "
        'understood. Example: [strict] tolerate = ["P215"]'
    ),
    "S020": (
        "The name of a data file cannot be the part of a variable before the first dot. Begin with a "
        'letter and use letters, digits and hyphens. Example: [data] prices = "data/prices.toml"'
    ),
    "S045": (
        "`bleed` under `[print]` is how far colour and pictures at the edge of the page extend beyond it, where they "
        "are trimmed: a length in mm, cm, in or pt, of 25 mm at most. Printers ask for 3 mm, or for 0.125 in."
    ),
    "S046": (
        "`numbered-levels` is not 1, 2 or 3: chapters, their sections and subsections have numbers, and anything "
        "deeper is referred to by its title. Example: numbered-levels = 2"
    ),
    "S047": (
        "A callout under [callouts] lacks something: it needs a name that can be in `[!NAME]`, a title, and a known "
        'icon. Example: [callouts.question] title = "Question"'
    ),
}
