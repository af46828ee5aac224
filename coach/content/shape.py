"""A document against a model of the domain: pydantic's findings as problems with lines and near names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from coach.content.reading import Document
from coach.content.yaml_values import Place, in_a_line
from coach.domain.value import Value
from coach.errors import Problem

Model = TypeVar("Model", bound=Value)

_SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
_FULL_NAME = "^[a-z0-9-]+\\.[a-z0-9-]+$"


def validate(document: Document, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """The document as `model`, or None and everything about its shape that is wrong."""
    try:
        return model.model_validate(document.composed.value), []
    except ValidationError as error:
        schema = model.model_json_schema(by_alias=True)
        return None, [_problem(document, schema, details) for details in error.errors(include_url=False)]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` — did you mean 'x'?` where a known name is near, else nothing."""
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - only needed once something is wrong

    found = process.extractOne(
        word, sorted(known), scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=65
    )
    return f" — did you mean {found[0]!r}?" if found and found[0] != word else ""


def _problem(document: Document, schema: Mapping[str, Any], error: ErrorDetails) -> Problem:
    place = _place(document, error["loc"])
    kind = error["type"]
    if kind == "extra_forbidden":
        return document.problem(place, _unknown_key(schema, place, error["input"]))
    if kind == "missing":
        return document.problem(place, "is missing")
    return document.problem(place, _message(kind, error))


def _place(document: Document, loc: tuple[str | int, ...]) -> Place:
    """Pydantic's location without the names it adds for alternatives, with keys as the file has them."""
    place: list[str | int] = []
    value = document.composed.value
    loc = tuple(part for part in loc if part != "[key]")
    for position, part in enumerate(loc):
        last = position == len(loc) - 1
        if isinstance(value, dict):
            key = part if part in value else next((key for key in value if str(key) == str(part)), None)
            if not last and not isinstance(value.get(key), dict | list):
                continue
            place.append(part if key is None else key)
            value = value.get(place[-1])
        elif isinstance(value, list) and isinstance(part, int):
            place.append(part)
            value = value[part] if part < len(value) else None
    return tuple(place)


def _unknown_key(schema: Mapping[str, Any], place: Place, value: Any) -> str:
    key = str(place[-1])
    near = did_you_mean(key, _keys(schema, place[:-1]))
    if value is None and not near:
        return "unknown key; where it belongs to the text before it, put that text in quotes"
    return f"unknown key{near}"


def _keys(schema: Mapping[str, Any], place: Place) -> set[str]:
    """Every key the schema knows at a place."""
    here = _resolved(schema, schema)
    for part in place:
        inner: list[Any] = []
        for option in here:
            inner.append(option.get("properties", {}).get(str(part)))
            inner.append(option.get("items") if isinstance(part, int) else option.get("additionalProperties"))
            inner += option.get("patternProperties", {}).values()
        here = [found for one in inner if isinstance(one, Mapping) for found in _resolved(schema, one)]
    return {key for option in here for key in option.get("properties", {})}


def _resolved(schema: Mapping[str, Any], one: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if "$ref" in one:
        return _resolved(schema, schema["$defs"][one["$ref"].rpartition("/")[2]])
    options = [*one.get("anyOf", ()), *one.get("oneOf", ())]
    inner = [found for option in options for found in _resolved(schema, option)]
    return [one, *inner]


def _message(kind: str, error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    value = error["input"]
    if kind in {"literal_error", "enum"}:
        expected = str(context["expected"])
        return f"should be {expected}, not {_said(value)}" + did_you_mean(
            str(value), re.findall(r"'([^']+)'", expected)
        )
    if kind == "string_pattern_mismatch":
        return _pattern(str(context["pattern"]), _said(value))
    if kind == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    fixed = {
        "string_type": f"should be text, not {_said(value)}"
        + ("; quotes make it text" if isinstance(value, int | float) else ""),
        "string_too_short": "is empty; write the text, or leave the key out where it is optional",
        "string_too_long": f"is longer than {context.get('max_length')} characters",
        "model_type": f"should be lines of `key: value`, not {_said(value)}",
        "model_attributes_type": f"should be lines of `key: value`, not {_said(value)}",
        "dict_type": f"should be lines of `key: value`, not {_said(value)}",
        "tuple_type": f"should be a list, not {_said(value)}",
        "too_short": f"needs at least {context.get('min_length')} and has {context.get('actual_length')}",
        "too_long": f"has at most {context.get('max_length')}",
        "float_type": f"should be a number, not {_said(value)}",
        "float_parsing": f"should be a number, not {_said(value)}",
        "int_type": f"should be a whole number, not {_said(value)}",
        "int_parsing": f"should be a whole number, not {_said(value)}",
        "bool_parsing": f"should be true or false, not {_said(value)}",
        "bool_type": f"should be true or false, not {_said(value)}",
    }
    return fixed.get(kind) or str(error["msg"]).replace("Input should", "should")


def _pattern(pattern: str, value: str) -> str:
    if pattern == _SLUG:
        words = re.findall(r"[a-z0-9]+", value.lower())
        near = f" — did you mean {'-'.join(words)!r}?" if words else ""
        return f"{value} is not an id: use small letters, digits and single hyphens{near}"
    if pattern == _FULL_NAME:
        return f"{value} is not a full name: write `dimension.name`, such as 'evals.golden-set'"
    return f"{value} does not have the form {pattern}"


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return "`key: value` lines"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    return repr(in_a_line(value))
