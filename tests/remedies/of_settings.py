"""Remedies of faults in book.toml."""

from __future__ import annotations

from tests.remedies.cases import BOOK, Case, chapter, settings, toml

REVIEW = '[accessibility-review]\nby = "{by}"\ndate = {date}\nreport = "{report}"\n'
DAY = "2026-11-20"
WEB = "https://example.org/"


WORK = '{"id": "a", "type": "book", "title": "A", "issued": {"date-parts": [[1984]]}}'
WORKS = {
    **{"works.txt": f"[{WORK}]", "works.json": f"[{WORK}]"},
    **{"none.json": '[{"title": "A"}]', "twice.json": f"[{WORK}, {WORK}]"},
    "01-one.md": "# One\n\nAs [@a].\n\n::: {#refs}\n:::\n",
}


def works(file: str) -> str:
    """Return a bibliography."""
    return f'bibliography = ["{file}"]\n'


def review(before: tuple[str, str, str], remedy: str, after: tuple[str, str, str]) -> Case:
    """Return a fault in who made a review, when, and where it can be read."""
    books = [REVIEW.format(by=by, date=date, report=report) for by, date, report in (before, after)]
    return settings("S042", books[0], remedy, books[1])


def language(command: str) -> str:
    """Return the commands for a language of samples."""
    return f"[samples.languages.bash]\n{command}\n"


CASES = (
    toml("S001", "format = 1\ntitle = Small\nauthors = [\"A\"]\n", "write a text in quotation marks",
         'format = 1\ntitle = "Small"\nauthors = ["A"]\n'),
    toml("S001", f'{BOOK}title = "Again"\n', "delete one of them", BOOK),
    toml("S001", 'format = 1\ntitle = "Small"\nauthors = ["A"', "a list ends with ]",
         'format = 1\ntitle = "Small"\nauthors = ["A"]'),
    settings("S002", 'publishr = "P"\n', 'did you mean "publisher"?', 'publisher = "P"\n'),
    settings("S002", 'isbn = "9783161484100"\n', 'put it under [identifiers]: pdf = "…", epub = "…"',
             '[identifiers]\nepub = "9783161484100"\n'),
    settings("S002", "half-title = false\n", "put it under [pages]: half-title = false",
             "[pages]\nhalf-title = false\n"),
    settings("S002", "year = 2026\n", 'that of date = "2026"', 'date = "2026"\n'),
    settings("S002", '[pages]\nsubtitle = "S"\n', "belongs to the whole book: put it above the first [table]",
             'subtitle = "S"\n[pages]\n'),
    settings("S002", 'front = ["_p.md"]\n', 'put "front" under [order]', '[order]\nfront = ["_p.md"]\n',
             **{"_p.md": "# P\n\nText.\n"}),
    toml("S003", 'title = "Small"\nauthors = ["A"]\n', "write as its first line: format = 1", BOOK),
    toml("S003", 'format = 1\nauthors = ["A"]\n', 'add title = "…"', 'title = "Small"\nformat = 1\nauthors = ["A"]\n'),
    settings("S004", "first-chapter = \"1\"\n", "write it in digits, without quotation marks", "first-chapter = 1\n"),
    settings("S004", 'keywords = "words"\n', 'put it in square brackets: ["…"]', 'keywords = ["words"]\n'),
    settings("S001", f"first-chapter = {'9' * 5000}\n", "write a smaller number", "first-chapter = 1\n"),
    settings("S001", f"subtitle = {'9' * 5000}\n", "or put it in quotation marks", 'subtitle = "9999"\n'),
    settings("S004", "subtitle = 1\n", 'put it in quotation marks: "…"', 'subtitle = "1"\n'),
    settings("S004", "drafts = \"yes\"\n", "write true or false", "drafts = true\n"),
    settings("S004", 'links = "all"\n', "write ", 'links = "notes"\n'),
    settings("S004", "pages = 1\n", "write it as a [table]", "[pages]\n"),
    settings("S004", "[pages]\nlists = -1\n", "write 0 for no lists", "[pages]\nlists = 0\n"),
    toml("S005", 'format = 2\ntitle = "Small"\nauthors = ["A"]\n', "or write the file in an older format", BOOK),
    toml("S005", 'format = 0\ntitle = "Small"\nauthors = ["A"]\n', "write format = 1", BOOK),
    toml("S006", 'format = 1\ntitle = ""\nauthors = ["A"]\n', 'give it some words: title = "…"',
         'format = 1\ntitle = "…"\nslug = "a"\nauthors = ["A"]\n'),
    toml("S006", 'format = 1\ntitle = "Small"\nauthors = ["A", ""]\n', "fill it in, or take it out", BOOK),
    settings("S007", 'language = "english"\n', "write it as in BCP 47: de, en-GB", 'language = "en-GB"\n'),
    settings("S007", 'language = "eo"\n', "choose one of these if it fits, or keep it: en, de", 'language = "de"\n'),
    toml("S008", 'format = 1\ntitle = "Small"\n', 'add authors = ["…"]',
         'format = 1\ntitle = "Small"\nauthors = ["…"]\n'),
    settings("S009", 'slug = "my book"\n', 'slug = "my-book"', 'slug = "my-book"\n'),
    settings("S009", 'slug = "book.pdf"\n', 'leave it out: slug = "book"', 'slug = "book"\n'),
    toml("S009", 'format = 1\ntitle = "…"\nauthors = ["A"]\n', 'add slug = "…", the name of the files',
         'format = 1\ntitle = "…"\nslug = "dots"\nauthors = ["A"]\n'),
    settings("S010", "first-chapter = -1\n", "give the number of the first chapter", "first-chapter = 1\n"),
    settings("S011", '[style]\n"text size" = "11pt"\n', 'write "text-size"', '[style]\ntext-size = "11pt"\n'),
    settings("S012", '[style]\naccent = "#0a5a66;"\n', "give one plain CSS value", '[style]\naccent = "#0a5a66"\n'),
    settings("S013", '[identifiers]\nepub = "9783161484109"\n', "digit by digit",
             '[identifiers]\nepub = "9783161484100"\n'),
    settings("S013", '[identifiers]\nepup = "urn:x:1"\n', 'did you mean "epub"?', '[identifiers]\nepub = "urn:x:1"\n'),
    settings("S014", 'subtitle = "a\\u0007b"\n', "take it out", 'subtitle = "ab"\n'),
    settings("S014", 'subtitle = """a\nb"""\n', "write it on one line", 'subtitle = "a b"\n'),
    settings("S015", '[order]\nchapters = ["01-one.md"]\n[[order.parts]]\ntitle = "P"\nchapters = []\n',
             "put every chapter into a part",
             '[[order.parts]]\ntitle = "P"\nchapters = ["01-one.md"]\n'),
    settings("S015", "[order]\nchapters = []\n", "or delete the line", "[order]\n"),
    settings("S015", '[[order.parts]]\nchapters = ["01-one.md"]\n', 'give it title = "…"',
             '[[order.parts]]\ntitle = "…"\nchapters = ["01-one.md"]\n'),
    settings("S015", '[[order.parts]]\ntitle = "P"\n', 'list them: chapters = ["01-first.md"]',
             '[[order.parts]]\ntitle = "P"\nchapters = ["01-one.md"]\n'),
    settings("S016", 'theme = "styles/x"\n', 'theme = "default"', 'theme = "default"\n'),
    settings("S017", '[identifiers]\npdf = "urn:x:1"\nepub = "urn:x:1"\n', "write another identifier here",
             '[identifiers]\npdf = "urn:x:1"\nepub = "urn:x:2"\n'),
    settings("S018", 'date = "29.11.2026"\n', 'write "2026", "2026-11" or "2026-11-29"', 'date = "2026-11-29"\n'),
    settings("S018", 'series = "S"\nseries-index = -1\n', "give the number of the volume",
             'series = "S"\nseries-index = 1\n'),
    settings("S020", '[data]\n"1a" = "a.toml"\n', "and begin with a letter", '[data]\na1 = "a.toml"\n',
             **{"a.toml": "x = 1\n"}),
    settings("S046", "numbered-levels = 4\n", "write 1, 2 or 3: 1 numbers chapters", "numbered-levels = 2\n"),
    settings("S047", '[callouts.question]\ntitle = ""\n', 'write title = "…"', '[callouts.question]\ntitle = "…"\n'),
    settings("S047", '[callouts.My_Note]\ntitle = "N"\n', "write [callouts.my-note]",
             '[callouts.my-note]\ntitle = "N"\n'),
    settings("S047", '[callouts.question]\ntitle = "N"\nicon = "tipp"\n', 'did you mean "tip"?',
             '[callouts.question]\ntitle = "N"\nicon = "tip"\n'),
    settings("S021", '[data]\nx = "x.csv"\n', "write it as TOML (.toml) or JSON (.json)", '[data]\nx = "x.json"\n',
             **{"x.csv": "1,2\n", "x.json": '{"a": 1}\n'}),
    settings("S021", '[data]\nx = "x.json"\n', 'write {"name": value}', '[data]\nx = "y.json"\n',
             **{"x.json": "[1]\n", "y.json": '{"name": 1}\n'}),
    settings("S022", '[variables]\nx = 1\n[data]\nx = "x.json"\n', "rename one of them",
             '[variables]\nx = 1\n[data]\ny = "x.json"\n', **{"x.json": '{"a": 1}\n'}),
    settings("S023", works("works.txt"), "write it as BibTeX (.bib), CSL-JSON (.json) or CSL-YAML (.yaml)",
             works("works.json"), **WORKS),
    settings("S023", works("none.json"), 'an entry is {"id": "key", "type": "book"', works("works.json"), **WORKS),
    settings("S024", works("twice.json"), "the other is at twice.json:1:9", works("works.json"), **WORKS),
    settings("S025", f'{works("works.json")}citation-style = "iee"\n', 'did you mean "ieee"?',
             f'{works("works.json")}citation-style = "ieee"\n', **WORKS),
    settings("S030", language('check = ["bash", "-n"]'), "give it {file} for one call per fence",
             language('check = ["bash", "-n", "{file}"]')),
    settings("S030", language('check = ["bash", "{fil}"]'), 'did you mean "{file}"?',
             language('check = ["bash", "{file}"]')),
    settings("S030", language("timeout = 5"), 'give it one: check = ["…", "{files}"]',
             language('timeout = 5\ncheck = ["…", "{files}"]')),
    settings("S031", language('environment = "tools"\ncheck = ["bash", "{file}"]'),
             "describe it: [samples.environments.tools]",
             language('environment = "tools"\ncheck = ["bash", "{file}"]') + "[samples.environments.tools]\n"),
    settings("S032", "[samples]\nleast-run = 101\n", "give a number from 0 to 100", "[samples]\nleast-run = 100\n"),
    settings("S032", language('check = ["bash", "{file}"]\ntimeout = 0'), "give the seconds that one call may take",
             language('check = ["bash", "{file}"]\ntimeout = 9')),
    settings("S033", '[samples.environments."a b"]\n', "use letters, digits and hyphens",
             "[samples.environments.a-b]\n"),
    settings("S040", '[limits]\nmemory = "much"\n', 'memory = "4 GB"', '[limits]\nmemory = "4 GB"\n'),
    settings("S040", '[limits]\nmemory = "4 MB"\n', 'give at least "400 MB"', '[limits]\nmemory = "400 MB"\n'),
    settings("S041", "[limits]\nseconds = 0\n", "give the seconds that one file may take",
             "[limits]\nseconds = 9\n"),
    review(("", DAY, WEB), 'name the reviewer: by = "Ada Example"', ("Ada Example", DAY, WEB)),
    review(("A", DAY, "example.org"), 'write the full address: report = "https://…"', ("A", DAY, WEB)),
    settings("S043", '[strict]\ncodes = ["p217"]\n', 'write one such as "P217"', '[strict]\ncodes = ["P217"]\n'),
    settings("S044", 'tolerate = ["P215"]\n', 'write [strict], and below it tolerate = ["P215"]',
             '[strict]\ntolerate = ["P215"]\n'),
    settings("S045", '[print]\nbleed = "3"\n', 'write a length such as "3mm"', '[print]\nbleed = "3mm"\n'),
    settings("T001", 'theme = "plan"\n', 'did you mean "plain"?', 'theme = "plain"\n'),
    settings("T011", '[style]\nacent = "#0a5a66"\n', 'did you mean "accent"?', '[style]\naccent = "#0a5a66"\n'),
    settings("T011", '[style]\ntheme = "plain"\n', "write it at the top of book.toml", 'theme = "plain"\n'),
    settings("T012", '[style]\ntext-size = "11"\n', 'write "11pt"', '[style]\ntext-size = "11pt"\n'),
    settings("T012", '[style]\ntext-size = 11\n', 'write "11pt"', '[style]\ntext-size = "11pt"\n'),
    settings("T012", '[style]\naccent = "notacolour"\n', 'write a colour such as "#0a5a66"',
             '[style]\naccent = "#0a5a66"\n'),
    settings("T012", '[style]\nlink = "bleu"\n', 'write a colour such as "#0a5a66"', '[style]\nlink = "#0a5a66"\n'),
    settings("T012", '[style]\nlisting-least = "many"\n', 'write a number such as "13"',
             '[style]\nlisting-least = "13"\n'),
    settings("T012", '[style]\npage-size = "large"\n', "or the name of a size: A5, A4, letter",
             '[style]\npage-size = "A5"\n'),
    settings("T012", '[style]\nornament = "rings"\n', "write squares or none", '[style]\nornament = "none"\n'),
    Case("T013", chapter("```text\nx = 1\n```", **{"book.toml": f'{BOOK}[style]\ncode-size = "9pt"\n'}),
         'code-size = "8.4pt" would fit',
         chapter("```text\nx = 1\n```", **{"book.toml": f'{BOOK}[style]\ncode-size = "8.4pt"\n'})),
    settings("T014", '[style]\ntext-size = "15pt"\n', "change the margins or the size of the text",
             '[style]\ntext-size = "11pt"\n'),
    settings("T015", '[style]\nmargin-inner = "300pt"\nmargin-outer = "300pt"\n', "or the margins smaller",
             '[style]\nmargin-inner = "70pt"\nmargin-outer = "90pt"\n'),
    settings("T018", '[style]\naccent = "#cccccc"\n', "darker", '[style]\naccent = "#333333"\n'),
)
