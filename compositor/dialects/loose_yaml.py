"""YAML of other tools -> its values: tags of programs are skipped, and endless values are refused."""

from __future__ import annotations

from typing import Any

import yaml

from compositor.folder.data import FitLoader
from compositor.settings.bounds import DEEPEST, LONGEST

MOST_ALIASES = 20
"""Most aliases in one file; lists that refer to one another many times grow exponentially."""


class Loose(FitLoader):
    """YAML with tags of programs (`!ENV`, `!!python/name:`), whose values are left out.

    Raises YAMLError for too many aliases, an alias within its own anchor, deep nesting and endless numbers.
    """

    aliases = 0

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.around: list[str | None] = []
        """The anchors of the lists and tables that are being read."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Compose a node like PyYAML, within limits."""
        anchor = getattr(self.peek_event(), "anchor", None)  # type: ignore[no-untyped-call]
        if self.check_event(yaml.AliasEvent):
            self.aliases += 1
            if self.aliases > MOST_ALIASES:
                raise yaml.YAMLError("too many references")
            if anchor in self.around:
                raise yaml.YAMLError("a list that contains itself")
        if len(self.around) > DEEPEST:
            raise yaml.YAMLError("nested too deeply")
        self.around.append(anchor)
        try:
            return super().compose_node(parent, index)
        finally:
            self.around.pop()


def read_int(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    """Read a number like PyYAML; it reads longer hexadecimal numbers than Python prints."""
    if len(node.value) > LONGEST // 2:
        raise yaml.constructor.ConstructorError(None, None, "a number with too many digits", node.start_mark)
    return loader.construct_yaml_int(node)


def _nothing(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> None:
    return None


Loose.add_multi_constructor("", _nothing)
Loose.add_constructor("tag:yaml.org,2002:int", read_int)
