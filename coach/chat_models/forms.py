"""JSON Schemas as OpenAI's strict mode takes them: objects closed, every property required."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NAME = "reply"
"""What a form is called where it must be called something."""
_LEFT_OUT = frozenset({"default", "title", "minLength", "maxLength", "$schema", "$id"})
"""Not understood there; we check a reply ourselves."""


def strict(form: Mapping[str, Any]) -> dict[str, Any]:
    """`form` in its strict form. Optional properties become required ones: declare them as nullable."""
    return {key: _strict(key, value) for key, value in _closed(form).items() if key not in _LEFT_OUT}


def _closed(form: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" in form:
        return {"$ref": form["$ref"], **({"$defs": form["$defs"]} if "$defs" in form else {})}
    if form.get("type") != "object":
        return form
    return {**form, "required": list(form.get("properties", {})), "additionalProperties": False}


def _strict(key: str, value: Any) -> Any:
    if key in ("properties", "$defs"):
        return {name: strict(form) for name, form in value.items()}
    if key in ("anyOf", "allOf", "oneOf"):
        return [strict(form) for form in value]
    if key == "items":
        return strict(value)
    return value
