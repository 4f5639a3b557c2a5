"""Value -> what a template may read of it: only plain data, by its type. Unknown types are refused."""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from types import BuiltinMethodType, FunctionType, GeneratorType, MappingProxyType, MethodType, NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from jinja2 import StrictUndefined, Template, Undefined
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Cycler, Joiner, Namespace
from markdown_it.token import Token
from markupsafe import Markup

from compositor import model

OURS = (
    *("compositor.model", "compositor.language", "compositor.theme.drawn.cover"),
    *("compositor.render.preliminaries", "compositor.render.site_pages"),
)
"""Modules whose frozen dataclasses are given to templates."""
NAMES = {**vars(model), "Token": Token}
"""The names of these dataclasses in annotations."""


def _public(kind: type, *but: str) -> frozenset[str]:
    return frozenset(name for name in dir(kind) if not name.startswith("_")) - set(but)


TEXT = _public(str, "encode")
DATA: dict[type, frozenset[str]] = {
    **{kind: frozenset() for kind in (NoneType, complex, datetime.timezone, StrictUndefined)},
    **{kind: _public(kind) for kind in (bool, int, float, tuple, list, dict, set, frozenset, range, MappingProxyType)},
    **{kind: _public(kind) for kind in (datetime.datetime, datetime.date, datetime.time, datetime.timedelta)},
    str: TEXT,
    Markup: TEXT | {"unescape", "striptags"},
}
"""Plain data; Jinja2 itself refuses methods that would change a list or the like."""
PASSING: frozenset[type] = frozenset(
    {
        *(GeneratorType, map, filter, zip, enumerate, reversed),
        *map(type, ({}.keys(), {}.values(), {}.items(), iter(()), iter([]), iter(""), reversed([]))),
    }
)
"""Iterators from filters and methods of data, to be read once; they have no attributes."""
MACHINERY: dict[type, frozenset[str]] = {
    LoopContext: _public(LoopContext),
    Macro: frozenset({"name", "arguments", "catch_kwargs", "catch_varargs", "caller"}),
    BlockReference: frozenset({"super"}),
    Cycler: frozenset({"current", "next", "reset"}),
    Joiner: frozenset(),
    TemplateReference: frozenset(),
}
"""What Jinja2 gives to every template."""
OPEN = (Namespace, TemplateModule)
"""Contains only the names that a template has set in it."""
HOLDERS = (tuple, list, dict, set, frozenset, Mapping, Sequence, Iterable, Iterator, AbstractSet, Union, UnionType)
"""Annotations without a meaning of their own: what is in them counts."""


@dataclass(frozen=True, slots=True)
class Formatting:
    """The method `format` of a text, whose fields go through the sandbox as well."""

    format: Callable[..., str]

    def __call__(self, *values: object, **named: object) -> str:
        """Return the text with these values in its fields."""
        return self.format(*values, **named)


def _cycler(*items: object) -> Cycler:
    return Cycler(*items)


def _joiner(sep: str = ", ") -> Joiner:
    return Joiner(sep)


def _namespace(*given: Any, **named: object) -> Namespace:
    return Namespace(*given, **named)


def _dict(*given: Any, **named: object) -> dict[Any, Any]:
    return dict(*given, **named)


FUNCTIONS: dict[str, Callable[..., object]] = {
    "range": safe_range,
    "dict": _dict,
    "cycler": _cycler,
    "joiner": _joiner,
    "namespace": _namespace,
}
"""Jinja2's functions, as functions rather than classes, except `lipsum`, whose words differ in each build."""
CALLED = (Macro, BlockReference, LoopContext, Joiner, Formatting)


class Fresh(Template):
    """A template whose names are made anew for each import, so that nothing set in them lasts until the next page."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        module = super()._get_default_module(ctx)
        self._module = None
        return module


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, with a list of what may be read and called instead of one of what may not."""

    template_class = Fresh

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.globals = dict(FUNCTIONS)
        del self.filters["random"]

    def is_safe_attribute(self, obj: Any, attr: str, value: object) -> bool:
        """Return whether a template may read this name of this value."""
        if not super().is_safe_attribute(obj, attr, value):
            return False
        if isinstance(obj, OPEN):
            return True
        bound = isinstance(value, (MethodType, BuiltinMethodType))
        return attr in readable(obj) and (not bound or getattr(value, "__self__", None) is obj)

    def is_safe_callable(self, obj: object) -> bool:
        """Return whether a template may call this: functions that it is given, and methods of data."""
        if isinstance(obj, (MethodType, BuiltinMethodType)):
            return self.is_safe_attribute(obj.__self__, obj.__name__, obj)
        if isinstance(obj, FunctionType):
            return any(obj is ours for ours in FUNCTIONS.values())
        return isinstance(obj, CALLED)

    def getattr(self, obj: object, attribute: str) -> Any:
        """Return `obj.attribute`; undefined if that is not data."""
        return self._if_known(super().getattr(obj, attribute), obj, attribute)

    def getitem(self, obj: object, argument: Any) -> Any:
        """Return `obj[argument]`; undefined if that is not data."""
        return self._if_known(super().getitem(obj, argument), obj, argument)

    def _if_known(self, value: object, obj: object, name: object) -> object:
        known = is_known(type(value)) or self.is_safe_callable(value)
        return value if known else self.unsafe_undefined(obj, str(name))

    def wrap_str_format(self, value: object) -> Formatting | None:
        """Return the method `format` of a text in its safe form; None for all else."""
        wrapped = super().wrap_str_format(value)
        return Formatting(wrapped) if wrapped is not None else None

    def call(__self, __context: Context, __obj: Any, *values: Any, **named: Any) -> Any:
        """Return the result of a call; its own parameter names do not clash with those that a template passes."""
        if isinstance(__obj, Undefined) or __self.is_safe_callable(__obj):
            return __context.call(__obj, *values, **named)
        name = getattr(__obj, "__name__", type(__obj).__name__)
        raise SecurityError(f"{name!r} may not be called")


def is_known(kind: type) -> bool:
    """Return whether values of this type are data, or of Jinja2's own."""
    return kind in PASSING or kind in DATA or kind in MACHINERY or kind is Formatting or _is_given(kind)


def _is_given(kind: type) -> bool:
    return issubclass(kind, OPEN) or _is_group(kind) or _is_ours(kind)


def _is_group(kind: type) -> bool:
    """Return whether it is a pair that the filter `groupby` makes."""
    return issubclass(kind, tuple) and kind.__module__ == "jinja2.filters"


def _is_ours(kind: type) -> bool:
    if not any(f"{kind.__module__}.".startswith(f"{module}.") for module in OURS):
        return False
    return issubclass(kind, Enum) or (is_dataclass(kind) and kind.__dataclass_params__.frozen)  # type: ignore[attr-defined]


def readable(value: object) -> frozenset[str]:
    """Return the names that may be read of a value: of our own types those whose annotation is data."""
    kind: Any = type(value)
    return _readable(kind)


@cache
def _readable(kind: Any) -> frozenset[str]:
    if kind in DATA or kind in MACHINERY:
        return DATA.get(kind, frozenset()) | MACHINERY.get(kind, frozenset())
    if _is_group(kind):
        return DATA[tuple] | {"grouper", "list"}
    if not _is_ours(kind):
        return frozenset()
    if issubclass(kind, Enum):
        return TEXT | {"name", "value"} if issubclass(kind, str) else frozenset({"name", "value"})
    hints = get_type_hints(kind, localns=NAMES)
    plain = {field.name for field in fields(kind) if _is_plain(hints[field.name])}
    return frozenset({name for name in plain if not name.startswith("_")} | set(_methods(kind)))


def _methods(kind: type) -> Iterator[str]:
    """Yield the properties and methods that return data."""
    for name in _public(kind):
        member = inspect.getattr_static(kind, name)
        function = member.fget if isinstance(member, property) else member
        if isinstance(function, FunctionType):
            given_back = get_type_hints(function, localns=NAMES).get("return", type)
            if _is_plain(given_back):
                yield name


def _is_plain(hint: Any) -> bool:
    """Return whether an annotation promises data; an open one (`object`) is checked when it is read."""
    origin = get_origin(hint)
    if hint in (Any, object, ...) or origin is Literal:
        return True
    if origin in HOLDERS:
        return all(map(_is_plain, get_args(hint)))
    return isinstance(hint, type) and (hint in DATA or _is_ours(hint))
