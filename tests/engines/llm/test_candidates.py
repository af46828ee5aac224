"""Candidates played by a model: who they are, what they know, what is sent, and how they say nothing."""

from __future__ import annotations

import pytest

from coach.content.prompts import FilePrompts
from coach.domain.calls import Purpose
from coach.domain.interview.agenda import Wish
from coach.domain.round import Round
from coach.domain.walkthrough import Walkthrough
from coach.engines.llm.calling import Caller
from coach.engines.llm.candidates import SILENCE, ModelCandidate, candidates
from coach.engines.offline.candidates import candidates as written
from coach.errors import ModelUnavailableError
from tests.builders import begun, converse, library, shipped
from tests.engines.llm.models import ListedCalls, ScriptedModel

ANSWER = "I would begin with the people who ask, and count what a wrong answer costs them."


def everybody(
    *replies: str | list[str | Exception], walkthrough: Walkthrough | None = None
) -> tuple[dict[str, ModelCandidate], ScriptedModel, ListedCalls]:
    model, log = ScriptedModel(*(replies or (ANSWER,))), ListedCalls()
    caller = Caller([model], log, price=lambda _model, _usage: 0.01, sleep=lambda _seconds: None)
    people = candidates(caller, FilePrompts(), walkthrough or library().walkthrough("document-qa"))
    return {one.name: one for one in people}, model, log


def opened() -> Round:
    return converse(begun(shipped()))


def part_of(name: str) -> str:
    """What this person is told."""
    return everybody()[0][name].conversation(opened())[0].text


def test_the_same_nine_play_as_offline_the_strong_one_first() -> None:
    assert list(everybody()[0]) == [one.name for one in written(FilePrompts(), None, None)]


def test_an_answer_is_what_the_model_says_and_is_charged_as_a_candidates() -> None:
    people, _, log = everybody(f"  {ANSWER}\n")
    assert people["adequate"].answer(opened()) == ANSWER
    assert [call.purpose for call in log.entries] == [Purpose.CANDIDATE]


@pytest.mark.parametrize("reply", [SILENCE, "(Silence.)", "silence", "...", "*silence*", "[says nothing]"])
def test_what_stands_for_silence_is_an_empty_answer(reply: str) -> None:
    assert everybody(reply)[0]["silent"].answer(opened()) == ""


def test_a_sentence_about_silence_is_none() -> None:
    said = "Silence in the logs would worry me."
    assert everybody(said)[0]["strong"].answer(opened()) == said


def test_each_request_begins_with_all_of_the_one_before_and_all_of_it_may_be_cached() -> None:
    people, _, _ = everybody()
    round_ = opened()
    before = people["strong"].conversation(round_)
    for said in (ANSWER, Wish.SILENCE, "Then the documents.", Wish.SILENCE, Wish.SILENCE, "And then the rest."):
        round_ = converse(round_, said)
        now = people["strong"].conversation(round_)
        assert now[: len(before)] == before
        assert len(now) == len(before) + 2
        assert all(message.stable for message in now)
        before = now


def test_the_conversation_alternates_from_the_interviewers_opening_and_silence_stands_in_it() -> None:
    round_ = converse(opened(), ANSWER, Wish.SILENCE, Wish.SILENCE)
    roles = [message.role for message in everybody()[0]["silent"].conversation(round_)]
    assert roles == ["system", "user", "assistant", "user", "assistant", "user", "assistant", "user"]
    assert everybody()[0]["silent"].conversation(round_)[4].text == SILENCE


def test_the_strong_one_knows_the_whole_walkthrough_and_the_bluffing_one_nothing_of_it() -> None:
    lines = [beat.expert for beat in library().walkthrough("document-qa").beats]
    assert all(line in part_of("strong") for line in lines)
    assert 0 < sum(line in part_of("adequate") for line in lines) < len(lines)
    for name in ("bluffing", "rambling", "silent"):
        assert not any(line in part_of(name) for line in lines)


def test_everybody_has_a_part_of_their_own_under_the_same_rules() -> None:
    parts = {name: part_of(name) for name in everybody()[0]}
    assert len(set(parts.values())) == 9
    (rules,) = {part.split("Your part")[0] for part in parts.values()}
    assert "60 to 160 words" in rules
    assert SILENCE in parts["silent"]
    assert not [name for name, part in parts.items() if name != "silent" and SILENCE in part]


def test_nobody_is_told_a_fact_or_a_criterion_beforehand() -> None:
    people = candidates(everybody()[0]["strong"].caller, FilePrompts(), None)
    brief = shipped()
    secrets = [fact.say for fact in brief.scenario.facts] + [c.text for c in brief.criteria.values()]
    for one in people:
        part = one.conversation(opened())[0].text
        assert not [secret for secret in secrets if secret in part]
        assert "What you know about this task" not in part


def test_a_reply_that_was_cut_off_is_asked_for_again() -> None:
    people, model, _ = everybody(["I would", ModelUnavailableError("The reply was cut off.")], ANSWER)
    assert people["strong"].answer(opened()) == ANSWER
    assert len(model.requests) == 2
