"""Code -> what it means and how to fix it: faults of templates, style sheets and the theme."""

EXPLANATIONS: dict[str, str] = {
    "T001": "book.toml names a theme that does not exist. There are `default`, `manual` and `plain`; a book changes "
    "them by files of its own in `templates/` and `styles/`, and by the settings under `[style]`.",
    "T002": "A template, a style sheet or the program asks for a file that neither the theme nor the book's folder "
    "has. Put the file into `styles/` or `templates/` of the book, or correct the name.",
    "T003": "A file in `templates/` or `styles/` cannot be read, or is a link that leads out of the book's "
    "folder. A build reads nothing outside that folder and the theme.",
    "T004": "A template or a style sheet is not UTF-8. Save it as UTF-8; the line is that of the first wrong "
    "byte.",
    "T005": "Jinja2 cannot understand a template: a tag that is not closed, or an unknown tag. The "
    "message is Jinja2's own.",
    "T006": "A template extends, includes or imports another that is neither in the book's `templates/` nor in those "
    "of the theme. Correct the name; the templates of the default theme are called `default/<name>`.",
    "T007": "A template uses a name that it is not given. This is an error, because printing nothing for it would "
    "hide the mistake. `templates/README.md` lists the names for each template.",
    "T008": "Templates run in a sandbox: they may read the names they are given and the plain data in them (texts, "
    "numbers, dates, lists, tables), and neither change them nor reach into the program or its files. Take the "
    "expression out.",
    "T009": "A template extends or includes itself, perhaps through another. To change one of ours, write "
    '`{% extends "default/unit.xhtml" %}`, also in a file of the same name.',
    "T010": "A template failed while it was filled, for instance by adding a number to a text, or by asking for a "
    "list item that does not exist. Correct the line that the message names.",
    "T011": "A setting under `[style]` is not a property of the theme. The properties are at the top of the style "
    "sheets; a book's own style sheet may declare more.",
    "T012": "A setting under `[style]` is not one CSS value: it is empty, has an open bracket or quotation mark, or "
    "would end its own rule. Write one value, such as `7in` or `#0a5a66`; a property that Compositor reads itself, "
    "such as `ornament`, takes one of the words in the message.",
    "T013": "The text is too narrow for listings: 80 columns of code are 40 times `code-size`. Longer lines are "
    "wrapped, so nothing is lost, but lines of 80 columns are broken. Make the code smaller or the margins "
    "narrower.",
    "T014": "Lines of running text of fewer than 55 or more than 80 letters are hard to read: the eye tires, or loses "
    "the next line. The number is worked out from the width of the text and the size of the letters.",
    "T015": "The margins are as large as the page, so that nothing is left for the text. Note that `page-size` has the "
    "width first and the height second.",
    "T016": "A file that `[fonts]` names does not exist in the book's folder, is not a font, has its letters as "
    "colour pictures, or does not allow embedding. The book is set without it. It is an error if its path leads out "
    "of the book's folder.",
    "T017": "A family under `[fonts]` lacks a weight or a slant that the theme asks for. Such letters are imitated: "
    "slanted, or with wider stems. Real ones look better: add the missing files, or a variable font.",
    "T018": "A colour that book.toml sets for letters has too little contrast with white paper or with the "
    "background of a listing. Readers with low vision, or in poor light, could not read it. WCAG 2.2 asks for 4.5 to "
    "1. Use a darker one.",
    "T019": "A style sheet or a drawing of the book's own, in `styles/`, contains something that no book can contain: "
    "an address on another machine, of a program (`javascript:`), or of something other than a font or a picture in "
    "`styles/`; an `@import`, an `expression`, brackets that are nested hundreds of times, or custom properties that "
    "refer to one another until they grow without limit. It is left out, in both files, whatever escapes it is "
    "written with. Put the file that an address names into `styles/`, and the rules of an imported file into the one "
    "that imports it.",
}
