"""GitBook's tags for the methods of an API -> a line of words each: `{% swagger … %}`, `{% api-method … %}`.

Source: GitBook's documentation, "API blocks" and "OpenAPI".
"""

from __future__ import annotations

from collections.abc import Mapping

METHODS = frozenset(("swagger", "api-method", "openapi", "openapi-operation"))
PARAMETERS = frozenset(("swagger-parameter", "api-method-parameter"))
ANSWERS = frozenset(("swagger-response", "api-method-response-example"))
_PARTS = frozenset(
    (
        *("swagger-description", "openapi-schemas", "openapi-webhook", "api-method-summary", "api-method-description"),
        *("api-method-spec", "api-method-request", "api-method-response", "api-method-response-example-description"),
        *("api-method-path-parameters", "api-method-query-parameters", "api-method-headers"),
        *("api-method-form-data-parameters", "api-method-body-parameters"),
    )
)
"""Tags that name the kind of their text, which replaces them."""
NAMES = METHODS | PARAMETERS | ANSWERS | _PARTS
KNOWN = NAMES | {f"end{name}" for name in NAMES}


def words_of(name: str, said: Mapping[str, str]) -> str:
    """Return the line that replaces a tag, as Markdown; empty if its content is enough."""
    if name in METHODS:
        address = f"{said.get('baseUrl') or said.get('host') or ''}{said.get('path', '')}"
        call = " ".join(part for part in (said.get("method", "").upper(), address) if part)
        return " ".join(part for part in (_code(call), said.get("summary", "")) if part)
    if name in PARAMETERS:
        needed = "required" if said.get("required") == "true" else ""
        kind = ", ".join(part for part in (said.get("in", ""), said.get("type", ""), needed) if part)
        return f"{_code(said.get('name', ''))}{f' ({kind})' if kind else ''}"
    if name in ANSWERS:
        status = said.get("status") or said.get("httpCode") or ""
        return " ".join(part for part in (f"**{status}**" if status else "", said.get("description", "")) if part)
    return ""


def _code(text: str) -> str:
    return f"**`{text}`**" if text and "`" not in text else text
