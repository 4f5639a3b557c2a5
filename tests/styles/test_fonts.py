"""styles/fonts.css and its files: what the design and the licences require of every font."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from compositor.theme import signs

STYLES = Path(__file__).parents[2] / "styles"
FONTS = STYLES / "fonts"
FILES = sorted(FONTS.glob("*.ttf"))
SIGNS = sorted(FONTS.glob("Noto*.ttf"))
UPRIGHT_SOURCE = [path for path in FILES if path.name.startswith("Source") and "It" not in path.stem]
SOURCE = [path for path in FILES if path.name.startswith("Source")]
CODE = [path for path in FILES if path.name.startswith("Iosevka")]

FAMILIES = {
    "SourceSerif4": "Source Serif 4",
    "SourceSerif4Display": "Source Serif 4 Display",
    "SourceSerif4SmText": "Source Serif 4 SmText",
    "SourceSans3": "Source Sans 3",
    "Iosevka": "Iosevka",
    "NotoEmoji": "Noto Emoji",
    "NotoSansSymbols": "Noto Sans Symbols",
    "NotoSansSymbols2": "Noto Sans Symbols 2",
    "NotoSansMath": "Noto Sans Math",
}
SYSTEM_NAMES = {"sans", "serif", "mono", "monospace", "sans-serif", "cursive", "fantasy", "system-ui"}
SHOWN_BY_TERMINALS = "→←↑↓⇒…—·•≤≥≠≈∞∑√∈✓✗✔✘●○■▶★\u276f│├└─┌╭█░▒▏⠋①❶©™λЖäßőș"


@dataclass(frozen=True, slots=True)
class Face:
    """One @font-face rule."""

    family: str
    weight: int
    slanted: bool
    file: Path


def faces() -> list[Face]:
    """Return every @font-face rule of styles/fonts.css, in order."""
    rules = re.findall(r"@font-face\s*\{(.*?)\}", (STYLES / "fonts.css").read_text("utf-8"), re.DOTALL)
    return [face(dict(re.findall(r"([\w-]+):\s*(.*?);", rule))) for rule in rules]


def face(declarations: dict[str, str]) -> Face:
    """Return the content of one @font-face rule."""
    return Face(
        family=declarations["font-family"].strip('"'),
        weight=int(declarations["font-weight"]),
        slanted=declarations["font-style"] == "italic",
        file=STYLES / declarations["src"].removeprefix("url(").removesuffix(")"),
    )


def name(font: TTFont, identifier: int) -> str:
    """Return one entry of the name table, empty if there is none."""
    return str(font["name"].getDebugName(identifier) or "")


def family(font: TTFont) -> str:
    """Return the typographic family that the file itself states."""
    return name(font, 16) or name(font, 1)


def features(font: TTFont) -> set[str]:
    """Return the substitution features of a font."""
    if "GSUB" not in font:
        return set()
    return {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def opened(path: Path) -> Iterator[TTFont]:
    """Open a face, and close it after the test."""
    with TTFont(path, lazy=True) as font:
        yield font


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def any_font(request: pytest.FixtureRequest) -> Iterator[TTFont]:
    """Yield each font in turn."""
    yield from opened(request.param)


@pytest.fixture(params=SOURCE, ids=lambda path: path.stem)
def source_font(request: pytest.FixtureRequest) -> Iterator[TTFont]:
    """Yield each font of Source Serif and Source Sans."""
    yield from opened(request.param)


@pytest.fixture(params=UPRIGHT_SOURCE, ids=lambda path: path.stem)
def upright_source_font(request: pytest.FixtureRequest) -> Iterator[TTFont]:
    """Yield each upright font of Source Serif and Source Sans."""
    yield from opened(request.param)


@pytest.fixture(params=CODE, ids=lambda path: path.stem)
def code_font(request: pytest.FixtureRequest) -> Iterator[TTFont]:
    """Yield each font of Iosevka."""
    yield from opened(request.param)


def test_files_match_their_sums() -> None:
    """Every font and licence file has the sum that SHA256SUMS states."""
    lines = (FONTS / "SHA256SUMS").read_text("utf-8").splitlines()
    stated = {file: digest for digest, file in (line.split("  ", 1) for line in lines)}
    licences = sorted(FONTS.glob("OFL-*.txt"))
    actual = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in [*FILES, *licences]}
    assert stated == actual


def test_every_file_is_used() -> None:
    """The style sheet names every font file and no other, except the fonts of signs, which are used when needed."""
    assert {rule.file for rule in faces()} == set(FILES) - set(SIGNS)
    assert {STYLES / path for _, path, _ in signs.FILES} == set(SIGNS)
    assert all((STYLES / licence).is_file() for _, _, licence in signs.FILES)


@pytest.mark.parametrize("rule", faces(), ids=lambda rule: f"{rule.family} {rule.file.stem}")
def test_rule_tells_the_truth(rule: Face) -> None:
    """A font has the weight and the slant that its rule states."""
    with TTFont(rule.file, lazy=True) as font:
        slanted = bool(font["OS/2"].fsSelection & 1)
        assert (font["OS/2"].usWeightClass, slanted) == (rule.weight, rule.slanted)


def test_no_two_rules_claim_one_face() -> None:
    """Family, weight and slant lead to one file."""
    claims = [(rule.family, rule.weight, rule.slanted) for rule in faces()]
    assert len(claims) == len(set(claims))


def test_no_family_bears_a_system_name() -> None:
    """No family has a name to which the system assigns a font of its own."""
    assert not {rule.family.lower() for rule in faces()} & SYSTEM_NAMES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_small(path: Path) -> None:
    """No font file is larger than 500 kB, and none of signs than a megabyte."""
    assert path.stat().st_size <= (1_000_000 if path in SIGNS else 500_000)


def test_signs_are_small_together() -> None:
    """All faces of signs take two and a half megabytes at most."""
    assert sum(path.stat().st_size for path in SIGNS) <= 2_500_000


def test_font_bears_its_own_name(any_font: TTFont) -> None:
    """The name of a file tells its family."""
    stem = Path(any_font.reader.file.name).stem.partition("-")[0]
    assert family(any_font) == FAMILIES[stem]


def test_font_may_be_embedded(any_font: TTFont) -> None:
    """A font states the Open Font License and sets no limit on embedding."""
    said = name(any_font, 13), name(any_font, 14)
    assert "SIL Open Font Licen" in said[0] or said[1].endswith(("scripts.sil.org/OFL", "openfontlicense.org"))
    assert any_font["OS/2"].fsType == 0


def test_reserved_name_stays_with_whole_fonts(source_font: TTFont) -> None:
    """Fonts with the reserved name are as their maker signed them."""
    assert "Reserved Font Name" in name(source_font, 0)
    assert "DSIG" in source_font


@pytest.mark.parametrize("path", [*CODE, *SIGNS], ids=lambda path: path.stem)
def test_subset_bears_no_reserved_name(path: Path) -> None:
    """No name in a subset is reserved by its maker."""
    with TTFont(path, lazy=True) as font:
        records = [str(record) for record in font["name"].names]
    assert not [text for text in records if "Source" in text or "Reserved Font Name" in text]


@pytest.mark.parametrize("file", ["OFL-Iosevka.txt", *(Path(licence).name for _, _, licence in signs.FILES)])
def test_licence_of_a_subset_reserves_no_name(file: str) -> None:
    """The licence of a subset allows subsets."""
    assert "Reserved Font Name" not in licence_notice(file)


def test_signs_are_there() -> None:
    """Common emoji, keys, arrows and marks of Markdown books are in a font of signs or in the code font."""
    wanted = "✅⚠🚀←⌘⏎ⓐ☑★✔✘→▶❌❗❓⭐⌥⇧⌃⌫⏩✏✂☎♻⚙⚡⛔🔥💡📦🎉👍🙂🐍🦀❶⎈⌨⏻☰🅰ℹ"
    known: set[int] = set()
    for path in [*SIGNS, *CODE]:
        with TTFont(path, lazy=True) as font:
            known |= set(font.getBestCmap())
    assert not [letter for letter in wanted if ord(letter) not in known]


def test_every_sequence_of_emoji_has_a_glyph_of_its_own() -> None:
    """A PDF has one text for each glyph: otherwise hands of different colours would be copied as the same one."""
    with TTFont(FONTS / "NotoEmoji-Regular.ttf", lazy=True) as font:
        tables = [table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable]
        made = [one.LigGlyph for table in tables for each in table.ligatures.values() for one in each]
        letters = set(font.getBestCmap().values())
    assert len(made) > 3000
    assert len(set(made)) == len(made)
    assert not letters & set(made)


def test_an_emoji_is_two_columns_of_code_wide() -> None:
    """A listing with emoji stays in line."""
    with TTFont(FONTS / "NotoEmoji-Regular.ttf", lazy=True) as font:
        assert font["hmtx"][font.getBestCmap()[ord("🚀")]][0] == font["head"].unitsPerEm


def licence_notice(file: str) -> str:
    """Return the copyright lines before the licence text."""
    text = (FONTS / file).read_text("utf-8")
    return text[: text.index("This Font Software is licensed")]


@pytest.mark.parametrize("file", ["OFL-SourceSerif.txt", "OFL-SourceSans.txt"])
def test_licence_states_the_reserved_name(file: str) -> None:
    """The licence of the Source fonts states their reserved name."""
    assert "Reserved Font Name" in licence_notice(file)


def test_text_faces_have_figures_and_superiors(source_font: TTFont) -> None:
    """Text faces have old-style and proportional figures and superiors."""
    assert {"onum", "pnum", "sups"} <= features(source_font)


def test_text_faces_have_lining_figures_for_tables(source_font: TTFont) -> None:
    """Text faces have lining figures of one width, by a feature or from the start."""
    widths = {source_font["hmtx"][source_font.getBestCmap()[ord(figure)]][0] for figure in "0123456789"}
    assert {"lnum", "tnum"} <= features(source_font) or len(widths) == 1


def test_upright_faces_have_small_capitals(upright_source_font: TTFont) -> None:
    """Upright text faces have drawn small capitals; the italics have none."""
    assert "smcp" in features(upright_source_font)


def test_code_has_no_ligatures(code_font: TTFont) -> None:
    """Code fonts replace no characters by ligatures, so an arrow of two characters stays two."""
    assert not features(code_font)


def test_code_has_one_width(code_font: TTFont) -> None:
    """Every character of code is half an em wide, and combining accents take no room."""
    characters, half = code_font.getBestCmap(), code_font["head"].unitsPerEm // 2
    expected = {code: 0 if unicodedata.combining(chr(code)) else half for code in characters}
    assert {code: code_font["hmtx"][glyph][0] for code, glyph in characters.items()} == expected


def test_code_has_what_terminals_show(code_font: TTFont) -> None:
    """Code fonts have the arrows, ticks, boxes and letters that programs print."""
    assert not set(SHOWN_BY_TERMINALS) - {chr(code) for code in code_font.getBestCmap()}
