"""YAML of other tools -> its values: tags of programs are passed over, and what has no end is refused."""

from __future__ import annotations

from typing import Any

import yaml

from compositor.folder.data import FitLoader
from compositor.settings.bounds import DEEPEST, LONGEST

MOST_ALIASES = 20
"""References within one file; lists that name one another many times have no end that one could wait for."""


class Loose(FitLoader):
    """YAML with tags of programs in it (`!ENV`, `!!python/name:`), whose values are left out.

    Raises YAMLError for many references, for one to what stands around it, for depth and for endless numbers.
    """

    aliases = 0

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.around: list[str | None] = []
        """The names of the lists and tables that are being read."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """As PyYAML, within bounds."""
        anchor = getattr(self.peek_event(), "anchor", None)  # type: ignore[no-untyped-call]
        if self.check_event(yaml.AliasEvent):
            self.aliases += 1
            if self.aliases > MOST_ALIASES:
                raise yaml.YAMLError("too many references")
            if anchor in self.around:
                raise yaml.YAMLError("a list that holds itself")
        if len(self.around) > DEEPEST:
            raise yaml.YAMLError("nested too deeply")
        self.around.append(anchor)
        try:
            return super().compose_node(parent, index)
        finally:
            self.around.pop()


def read_int(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    """As PyYAML, which reads longer numbers in hexadecimal than Python prints."""
    if len(node.value) > LONGEST // 2:
        raise yaml.constructor.ConstructorError(None, None, "a number with too many digits", node.start_mark)
    return loader.construct_yaml_int(node)


def _nothing(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> None:
    return None


Loose.add_multi_constructor("", _nothing)
Loose.add_constructor("tag:yaml.org,2002:int", read_int)
