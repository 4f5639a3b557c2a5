"""What all tests share: the books under tests/books, the real book built once, and `--accept`."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept` rewrites the expected halves of fixture cases; read the diff before you commit it."""
    parser.addoption("--accept", action="store_true", help="write what was found into the fixture files")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether fixtures are to be written anew."""
    return bool(request.config.getoption("--accept"))
