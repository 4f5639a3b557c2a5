"""One command downloads pictures from the web into the book's folder, within limits; a build uses them there."""

from __future__ import annotations

import socket
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from compositor.commands.fetching import ALL, LARGEST, Refused, download, fetch_all
from compositor.press import Timings, read_book
from tests.finished import built

PICTURE = BytesIO()
Image.new("RGB", (60, 40), "red").save(PICTURE, "PNG")
ADDRESS = "https://example.org/a.png"
BOOK = 'format = 1\ntitle = "Small"\nauthors = ["A"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a book that names a picture on the web twice, in Markdown and in HTML."""
    (tmp_path / "book.toml").write_text(BOOK)
    text = f'# One\n\n![A field]({ADDRESS}){{fig-alt="red"}}\n\nA <img src="{ADDRESS}" alt="red"> here.\n'
    (tmp_path / "01-one.md").write_text(text)
    return tmp_path


def codes(folder: Path) -> list[str]:
    """Return the codes of the findings of a book."""
    return [finding.code for finding in read_book(folder, Timings()).findings]


def fetched(folder: Path, data: bytes | Refused, limits: list[int] | None = None) -> list[str]:
    """Return the findings on each address when the web gives these bytes."""

    def get(address: str, most: int) -> bytes:
        if limits is not None:
            limits.append(most)
        if isinstance(data, Refused):
            raise data
        return data

    book = read_book(folder, Timings()).book
    assert book is not None
    return [str(one) for one in fetch_all(book, get)]


def test_a_picture_is_brought_in_once_and_printed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A picture is downloaded once and then used from the book's folder; both files are made with it."""
    assert codes(folder) == ["L141", "L141"]
    limits: list[int] = []
    (said,) = fetched(folder, PICTURE.getvalue(), limits)
    assert said.startswith(f"downloaded: {ADDRESS} as _fetched/")
    assert limits == [LARGEST]
    assert codes(folder) == []
    (again,) = fetched(folder, Refused("is asked for again"))
    assert again.startswith("there already")
    assert built(folder, tmp_path_factory.mktemp("out")).epub.is_file()


@pytest.mark.parametrize("data", [b"<html>no picture</html>", b"", b"\x89PNG\r\n\x1a\nbroken", b"<svg><script/></sv"])
def test_nothing_but_a_picture_is_kept(folder: Path, data: bytes) -> None:
    """A download that is not a picture for a book is not written anywhere."""
    (said,) = fetched(folder, data)
    assert said.startswith(f"not downloaded: {ADDRESS} is ")
    assert not (folder / "_fetched").exists()


def test_all_of_them_have_a_bound(folder: Path) -> None:
    """When the size limit of the folder is reached, no more requests are sent."""
    (folder / "_fetched").mkdir()
    with (folder / "_fetched" / "full.png").open("wb") as file:
        file.truncate(ALL)
    (said,) = fetched(folder, PICTURE.getvalue())
    assert "beyond the limit" in said


@pytest.mark.parametrize("address", ["http://example.org/a.png", "ftp://example.org/a.png", "https:///a.png"])
def test_nothing_is_fetched_but_over_https(address: str) -> None:
    """Other schemes are refused before anything is looked up."""
    with pytest.raises(Refused, match="is not https"):
        download(address, 100)


def test_no_machine_of_ones_own_network_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that resolves to a private network is refused."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *arguments, **options: found)
    with pytest.raises(Refused, match="not in a public network"):
        download("https://intranet.example/a.png", 100)
