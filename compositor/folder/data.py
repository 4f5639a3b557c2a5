"""JSON and YAML -> values whose texts a book can hold: escapes can write half a letter, and control characters."""

from __future__ import annotations

import json
from typing import Any

import yaml

from compositor.folder.text import fit


class FitLoader(yaml.SafeLoader):
    """PyYAML's safe one, whose texts a book can hold."""

    def compose_scalar_node(self, anchor: Any) -> yaml.ScalarNode:
        """As PyYAML, without what no book can hold."""
        node = super().compose_scalar_node(anchor)
        node.value = fit(node.value)
        return node


def json_of(text: str) -> Any:
    """What a text of JSON says; raises ValueError where it is none, RecursionError where it is too deep."""
    return fit_all(json.loads(text))


def fit_all(told: Any) -> Any:
    """Values without what no book can hold in their texts and names; raises RecursionError where they are too deep."""
    match told:
        case str():
            return fit(told)
        case dict():
            return {fit_all(name): fit_all(value) for name, value in told.items()}
        case list():
            return [fit_all(value) for value in told]
        case _:
            return told
