"""JSON and YAML -> values that a book can contain: escapes can write lone surrogates and control characters."""

from __future__ import annotations

import json
from typing import Any

import yaml

from compositor.folder.text import fit


class FitLoader(yaml.SafeLoader):
    """PyYAML's SafeLoader, with texts that a book can contain."""

    def compose_scalar_node(self, anchor: Any) -> yaml.ScalarNode:
        """Compose a scalar like PyYAML, without characters that a book cannot contain."""
        node = super().compose_scalar_node(anchor)
        node.value = fit(node.value)
        return node


def json_of(text: str) -> Any:
    """Return the value of a JSON text. Raises ValueError if it is not JSON, RecursionError if it is too deep."""
    return fit_all(json.loads(text))


def fit_all(told: Any) -> Any:
    """Return the values without characters that a book cannot contain. Raises RecursionError if they are too deep."""
    match told:
        case str():
            return fit(told)
        case dict():
            return {fit_all(name): fit_all(value) for name, value in told.items()}
        case list():
            return [fit_all(value) for value in told]
        case _:
            return told
