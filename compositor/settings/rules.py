"""A value of book.toml -> the same value, or what is wrong with it: the rules that a type cannot express.

Each rule is a pydantic validator; `findings.py` turns its errors into findings with a place.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import LiteralString

from pydantic_core import PydanticCustomError

from compositor.language import ENGLISH, canonical, well_formed
from compositor.model import Meant
from compositor.model.limits import amount

FORMAT = 1
"""The newest format of book.toml that this version reads."""

FORMATS = ("pdf", "epub", "web")
"""Formats whose names are most often misspelt; the identifier of any other edition may be next to theirs."""

FOLDED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "ı": "i"})
"""Letters (in lower case) that Unicode does not decompose; `casefold` handles `ß`."""

XML_NAME = (
    *((0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF), (0x370, 0x37D), (0x37F, 0x1FFF), (0x2070, 0x218F)),
    *((0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF)),
)
"""Characters beyond ASCII that a name may begin with. Source: XML 1.0, fifth edition, production 4."""

FILE, FILES, MANIFEST = PLACEHOLDERS = ("{file}", "{files}", "{manifest}")
"""Placeholders in the commands for samples: one sample, all of a chapter, their description."""

LEAST_MEMORY = amount("400 MB")
"""Bytes that the PDF libraries take before anything is set."""

LONGEST_SLUG = 80
SLUG = re.compile(r"\w(?:[\w.-]*\w)?")
WINDOWS_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
TAKEN = {"kind", "title"}
"""Words that the style sheets use for parts of a callout."""
CALLOUT_NAME = re.compile("[a-z]+(?:-[a-z]+)*")
CODE = re.compile("[A-Z][0-9]{0,3}")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
"""The name of a style setting, of data, of an environment."""
NAMED = "use letters, digits and hyphens, and begin with a letter"


def wrong(code: LiteralString, message: str, remedy: str, meant: Meant = ("", "")) -> PydanticCustomError:
    """Return the error that a rule raises; `findings.py` reads it."""
    return PydanticCustomError(code, "{message}", {"message": message, "remedy": remedy, "meant": meant})


def slugify(text: str) -> str:
    """Return the text in lower case with hyphens: letters and digits that are allowed in XML and file names.

    Latin letters lose their accents; letters of other scripts are kept.
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(FOLDED))
    latin = re.sub("[\u0300-\u036f'’]", "", folded)
    kept = "".join(c if _stands_in_names(c) else "-" for c in unicodedata.normalize("NFC", latin))
    return re.sub("-+", "-", kept)[:LONGEST_SLUG].strip("-")


def _stands_in_names(letter: str) -> bool:
    if letter.isascii():
        return letter.isalnum()
    is_word = unicodedata.category(letter)[0] in "LMN"
    return is_word and any(first <= ord(letter) <= last for first, last in XML_NAME)


def readable_format(number: int) -> int:
    """Accept the version of the file's format, if this version of Compositor knows it."""
    if number > FORMAT:
        raise wrong(
            "S005",
            f"the file is in format {number}; this version reads formats up to {FORMAT}",
            "update Compositor, or write the file in an older format",
        )
    if number < 1:
        raise wrong("S005", f"there is no format {number}", f"write format = {FORMAT}")
    return number


def named(title: str) -> str:
    """Accept a title: some text."""
    if not title:
        raise wrong("S006", "the title is empty", 'give it some words: title = "…"')
    return title


def nonempty(name: str) -> str:
    """Accept an author or a keyword: some text."""
    if not name:
        raise wrong("S006", "the list has an empty text in it", "fill it in, or take it out")
    return name


def spoken(tag: str) -> str:
    """Return a language tag in the usual letter case, with hyphens; English if invalid (`findings.py` reports it)."""
    hyphened = tag.strip().replace("_", "-")
    return canonical(hyphened) if well_formed(hyphened) else ENGLISH.tag


def file_name(slug: str) -> str:
    """Accept a slug: a file name that is the same on every system and needs no quoting."""
    if slug.lower().endswith((".pdf", ".epub")):
        stem = slug.rpartition(".")[0]
        raise wrong("S009", f'the slug "{slug}" has a file ending', f'leave it out: slug = "{stem}"')
    fits = SLUG.fullmatch(slug) and not WINDOWS_DEVICES.fullmatch(slug) and len(slug) <= LONGEST_SLUG
    if slug and not fits:
        better = slugify(slug)
        example = f': slug = "{better}"' if SLUG.fullmatch(better) and better != slug else ""
        raise wrong(
            "S009",
            f'the slug "{slug}" cannot be the name of a file on every system',
            f"use at most {LONGEST_SLUG} letters, digits, hyphens, dots and underscores{example}",
        )
    return slug


def counted(number: int) -> int:
    """Accept a chapter number: 0 or more."""
    if number < 0:
        raise wrong("S010", f"no chapter can have the number {number}", "give the number of the first chapter")
    return number


def levels(number: int) -> int:
    """Accept a number of levels: 1, 2 or 3."""
    if number not in (1, 2, 3):
        remedy = "write 1, 2 or 3: 1 numbers chapters, 2 their sections too, 3 subsections too"
        raise wrong("S046", f"there cannot be {number} numbered levels", remedy)
    return number


def called(title: str) -> str:
    """Accept the title of a kind of callout: some text."""
    if not title:
        raise wrong("S047", "a kind of callout needs a title", 'write title = "…"')
    return title


def callout_name(name: str) -> str:
    """Accept the word of a kind of callout, as in `[!WORD]`, in lower case."""
    if not CALLOUT_NAME.fullmatch(name) or name in TAKEN:
        better = slugify(name)
        fits = CALLOUT_NAME.fullmatch(better) and better not in TAKEN
        remedy = f"write [callouts.{better}]" if fits else "use other letters: a to z, and hyphens"
        raise wrong("S047", f'"{name}" cannot be a kind of callout', remedy)
    return name


def icon(kind: str) -> str:
    """Accept a built-in kind of callout, whose mark another uses."""
    if kind and kind not in ENGLISH.callouts:
        near = difflib.get_close_matches(kind.lower(), ENGLISH.callouts, 1)
        remedy = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(ENGLISH.callouts)}"
        raise wrong("S047", f'there is no icon "{kind}"', remedy, (kind, near[0]) if near else ("", ""))
    return kind


def threshold(number: int) -> int:
    """Accept a threshold: 0 or more."""
    if number < 0:
        raise wrong("S004", f"the least number is 0, not {number}", "write 0 for no lists")
    return number


BLEED = re.compile(r"(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)")
MOST_BLEED = 25.0
"""The largest bleed in millimetres; printers ask for 3, or for an eighth of an inch."""
MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}


def bleed(length: str) -> str:
    """Accept a bleed, how far paint extends beyond the edge: a length of 25 mm at most."""
    found = bleed_of(length)
    if found is None:
        raise wrong("S045", f'"{length}" is not a bleed', 'write a length such as "3mm" or "0.125in", of 25 mm at most')
    return found


def bleed_of(length: str) -> str | None:
    """Return a bleed as CSS writes it, empty for none; None if it is not a length, or too long."""
    found = BLEED.fullmatch(length.strip())
    if not length.strip() or found is None:
        return None if length.strip() else ""
    return f"{found[1]}{found[2]}" if float(found[1]) * MILLIMETRES[found[2]] <= MOST_BLEED else None


def theme_name(name: str) -> str:
    """Accept the name of a folder in `templates/` and `styles/`, not a path."""
    if not SLUG.fullmatch(name):
        remedy = 'name a folder of templates/, without slashes: theme = "default"'
        raise wrong("S016", f'"{name}" is not the name of a theme', remedy)
    return name


def format_name(name: str) -> str:
    """Accept the name of an output format, as on the command line."""
    near = difflib.get_close_matches(name.lower(), FORMATS, 1, 0.7)
    if near and near[0] != name:
        raise wrong("S013", f'there is no format "{name}"', f'did you mean "{near[0]}"?', (name, near[0]))
    return name


def variable_name(name: str) -> str:
    """Accept a name for a data file: the part before the first dot of its variables."""
    if not NAME.fullmatch(name):
        raise wrong("S020", f'"{name}" is not a name for data', NAMED)
    return name


def environment_name(name: str) -> str:
    """Accept a name for an environment that can be part of the name of a variable."""
    if not NAME.fullmatch(name):
        raise wrong("S033", f'"{name}" is not a name for an environment', NAMED)
    return name


def command_word(word: str) -> str:
    """Accept a word of a command; a word in braces must be a known placeholder."""
    near = difflib.get_close_matches(word.lower(), PLACEHOLDERS, 1, 0.6)
    if re.fullmatch(r"\{\s*[A-Za-z]+\s*\}", word) and word not in PLACEHOLDERS:
        remedy = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(PLACEHOLDERS)}"
        raise wrong("S030", f'"{word}" is not a placeholder', remedy, (word, near[0]) if near else ("", ""))
    return word


def seconds(number: int) -> int:
    """Accept a time limit: at least a second."""
    if number < 1:
        raise wrong("S032", f"a time limit of {number} seconds", "give the seconds that one call may take")
    return number


def memory(text: str) -> str:
    """Accept a size of memory that is large enough to set pages."""
    try:
        size = amount(text)
    except ValueError:
        remedy = "write a number and MB or GB: memory = \"4 GB\""
        raise wrong("S040", f'"{text}" is not a size of memory', remedy) from None
    if size < LEAST_MEMORY:
        raise wrong("S040", f"{text} is too little to set a page", 'give at least "400 MB"')
    return text


def time_limit(number: int) -> int:
    """Accept seconds for one file: at least one."""
    if number < 1:
        raise wrong("S041", f"a time limit of {number} seconds", "give the seconds that one file may take")
    return number


def code(code: str) -> str:
    """Accept the code of a finding, or a prefix of codes: `P217`, `P2`, `L`."""
    if not CODE.fullmatch(code):
        raise wrong("S043", f'"{code}" is not a code of a finding', 'write one such as "P217", or "P2" for all of P2')
    return code


def reviewer(text: str) -> str:
    """Accept the name of a person or group."""
    if not text:
        raise wrong("S042", "a review without a reviewer", 'name the reviewer: by = "Ada Example"')
    return text


def web_address(text: str) -> str:
    """Accept an address that a reader can open."""
    if not text.startswith(("https://", "http://")) or " " in text:
        raise wrong("S042", f'"{text}" is not an address', 'write the full address: report = "https://…"')
    return text


def percent(number: int) -> int:
    """Accept a percentage: from 0 to 100."""
    if not 0 <= number <= 100:
        raise wrong("S032", f"{number} is not a percentage", "give a number from 0 to 100")
    return number


def one_or_more(value: object) -> object:
    """Accept a list, or one member without the brackets."""
    return [value] if isinstance(value, str) else value
