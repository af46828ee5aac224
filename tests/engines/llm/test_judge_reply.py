"""The judge's reply on the wire: a form without numbers, read as far as it goes."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from coach.domain.grade import Confidence
from coach.engines.llm.reply import CriterionReply, FlagReply, form, read_reply
from coach.errors import ModelReplyError

CRITERION = {
    "criterion": "K1",
    "quotes": [{"turn": "C1", "text": "I would."}],
    "against": [],
    "reason": "It is said.",
    "verdict": "met",
    "confidence": "high",
}
FLAG = {"flag": "F1", "quotes": [], "reason": "It is not held.", "stands": False}


def written(*criteria: object, flags: tuple[object, ...] = ()) -> str:
    return json.dumps({"criteria": criteria, "flags": flags})


def objects(schema: Any) -> list[dict[str, Any]]:
    """Every object the schema describes."""
    if isinstance(schema, list):
        return [found for each in schema for found in objects(each)]
    if not isinstance(schema, dict):
        return []
    return ([schema] if schema.get("type") == "object" else []) + objects(list(schema.values()))


def test_the_form_is_valid_json_schema_and_a_reply_in_it_is_read() -> None:
    jsonschema.Draft202012Validator.check_schema(form(9, 2))
    jsonschema.validate(json.loads(written(CRITERION, flags=(FLAG,))), form(9, 2))
    reply = read_reply(written(CRITERION, flags=(FLAG,)))
    assert reply.criteria["K1"].quotes[0].text == "I would."
    assert reply.flags["F1"].stands is False


def test_every_field_of_the_form_is_required_and_no_other_allowed() -> None:
    found = objects(form(9, 2))
    assert len(found) == 4
    for each in found:
        assert each["required"] == list(each["properties"])
        assert each["additionalProperties"] is False


def test_the_form_has_no_place_for_a_number() -> None:
    assert not {"number", "integer"} & set(json.dumps(form(9, 2)).replace('"', " ").split())


def test_the_form_and_what_is_read_have_the_same_fields_evidence_first() -> None:
    lists = form(9, 2)["properties"]
    assert list(lists["criteria"]["items"]["properties"]) == list(CriterionReply.model_fields)
    assert list(lists["flags"]["items"]["properties"]) == list(FlagReply.model_fields)
    assert list(CriterionReply.model_fields)[1:] == ["quotes", "against", "reason", "verdict", "confidence"]


def test_ids_are_the_calls_own_and_there_is_always_one_to_choose() -> None:
    lists = form(2, 0)["properties"]
    assert lists["criteria"]["items"]["properties"]["criterion"]["enum"] == ["K1", "K2"]
    assert lists["flags"]["items"]["properties"]["flag"]["enum"] == ["F1"]


def test_of_two_answers_on_one_criterion_the_first_counts() -> None:
    reply = read_reply(written(CRITERION, {**CRITERION, "verdict": "missed"}))
    assert reply.criteria["K1"].verdict == "met"


@pytest.mark.parametrize(
    "entry",
    [
        "K1",
        None,
        {**CRITERION, "verdict": "4 of 5"},
        {**CRITERION, "verdict": 1},
        {**CRITERION, "quotes": "I would."},
        {key: value for key, value in CRITERION.items() if key != "verdict"},
    ],
    ids=str,
)
def test_an_answer_that_is_not_in_the_forms_words_is_left_out_alone(entry: object) -> None:
    reply = read_reply(written(entry, {**CRITERION, "criterion": "K2"}))
    assert list(reply.criteria) == ["K2"]


def test_what_can_be_understood_is_understood() -> None:
    odd = {**CRITERION, "verdict": " Met", "confidence": "90 %", "against": None, "score": 5}
    reply = read_reply(f"Here it is:\n```json\n{written(odd)}\n```")
    assert (reply.criteria["K1"].verdict, reply.criteria["K1"].confidence) == ("met", Confidence.LOW)


@pytest.mark.parametrize("text", ["", "met", "[]", "{}", '{"criteria": []}', "}{", "[" * 100_000, '{"a":' * 9_999])
def test_what_is_not_in_the_form_is_an_error_of_ours(text: str) -> None:
    with pytest.raises(ModelReplyError):
        read_reply(text)
