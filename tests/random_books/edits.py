"""A random book -> the same book after an edit: what an author does between two builds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from tests.random_books.books import File, RandomBook, random_book
from tests.random_books.pictures import pixels

Edit = Callable[[RandomBook, Random], RandomBook]
TITLE = "# "
NOTE = "A sentence with a note.[^edit{0}]\n\n[^edit{0}]: What the note says."


def _in_a_file(edit: Callable[[list[str], Random], None]) -> Edit:
    """Edit the blocks of one file."""

    def made(book: RandomBook, dice: Random) -> RandomBook:
        number = dice.randrange(len(book.files))
        blocks = [*book.files[number].blocks]
        edit(blocks, dice)
        return _with_file(book, number, replace(book.files[number], blocks=tuple(blocks)))

    return made


def _with_file(book: RandomBook, number: int, file: File) -> RandomBook:
    return replace(book, files=(*book.files[:number], file, *book.files[number + 1 :]))


def _word_added(blocks: list[str], dice: Random) -> None:
    at = dice.randrange(len(blocks))
    first, space, rest = blocks[at].rpartition(" ")
    blocks[at] = f"{first}{space}another{dice.randrange(100)}{space or ' '}{rest}"


def _word_taken_out(blocks: list[str], dice: Random) -> None:
    at = dice.randrange(len(blocks))
    words = blocks[at].split(" ")
    if len(words) > 3:
        del words[dice.randrange(2, len(words))]
    blocks[at] = " ".join(words)


def _block_added(blocks: list[str], dice: Random) -> None:
    blocks.insert(dice.randint(1, len(blocks)), f"A paragraph of its own: {dice.randrange(1000)}.")


def _long_block_added(blocks: list[str], dice: Random) -> None:
    blocks.insert(dice.randint(1, len(blocks)), " ".join(f"word{number}" for number in range(dice.randint(200, 900))))


def _block_taken_out(blocks: list[str], dice: Random) -> None:
    if len(blocks) > 2:
        del blocks[dice.randrange(1, len(blocks))]


def _blocks_exchanged(blocks: list[str], dice: Random) -> None:
    if len(blocks) > 2:
        one, other = dice.sample(range(1, len(blocks)), 2)
        blocks[one], blocks[other] = blocks[other], blocks[one]


def _note_added(blocks: list[str], dice: Random) -> None:
    blocks.append(NOTE.format(dice.randrange(10_000)))


def _title_changed(blocks: list[str], dice: Random) -> None:
    lines = blocks[0].split("\n")
    found = next((number for number, line in enumerate(lines) if line.startswith(TITLE)), None)
    if found is not None:
        lines[found] = lines[found].replace(TITLE, f"{TITLE}Part {dice.randrange(100)} of ", 1)
    blocks[0] = "\n".join(lines)


def _picture_changed(book: RandomBook, dice: Random) -> RandomBook:
    names = [name for name in book.others if name.endswith(".png")]
    return replace(book, others={**book.others, dice.choice(names): pixels(dice, "png")})


def _setting_changed(book: RandomBook, dice: Random) -> RandomBook:
    line = dice.choice(['text-size = "9pt"', 'text-size = "11pt"', 'ornament = "none"', 'accent = "#7a1f2b"'])
    key = line.partition(" ")[0]
    return replace(book, style=(*(one for one in book.style if not one.startswith(key)), line))


def _files_in_another_order(book: RandomBook, dice: Random) -> RandomBook:
    files = [*book.files]
    dice.shuffle(files)
    return replace(book, files=tuple(files))


def _file_added(book: RandomBook, dice: Random) -> RandomBook:
    name = f"added-{dice.randrange(1000)}.md"
    return replace(book, files=(*book.files, File(name, "chapters", (f"# Chapter {name}", "With one sentence."))))


EDITS: Sequence[Edit] = (
    *map(_in_a_file, (_word_added, _word_added, _word_taken_out, _block_added, _long_block_added, _block_taken_out)),
    *map(_in_a_file, (_blocks_exchanged, _note_added, _title_changed)),
    _picture_changed,
    _setting_changed,
    _files_in_another_order,
    _file_added,
)
"""Each edit is as frequent as it is in this list."""


def edited(seed: int, count: int) -> list[RandomBook]:
    """Return the book of this seed, and its state after each of this many edits."""
    dice, books = Random(f"edits of {seed}"), [random_book(seed)]
    for _ in range(count):
        books.append(dice.choice(EDITS)(books[-1], dice))
    return books
