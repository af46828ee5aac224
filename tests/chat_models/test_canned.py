"""Written replies."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.chat_models import connect
from coach.chat_models.canned import CannedModel, CannedReply
from coach.domain.calls import Usage
from coach.errors import ModelReplyError, SetupError
from tests.chat_models.asking import asked, hear, opened

FILE = """
- when: cache
  reply: How would you clear it?
- First.
- reply: Second.
"""


def test_replies_come_in_order_word_by_word() -> None:
    model = CannedModel(["One  two\nthree", "Four"])
    assert list(model.stream(asked("äö"))) == [
        "One  ",
        "two\n",
        "three",
        Usage(input_tokens=-(-(len("You interview.") + 4) // 4), output_tokens=4),
    ]
    assert hear(model).text == "Four"


def test_a_reply_that_fits_goes_first_and_is_used_up_never() -> None:
    model = CannedModel(["Else", CannedReply(reply="Fits", when="cache")])
    assert [hear(model, asked("A cache.")).text for _ in range(2)] == ["Fits", "Fits"]
    assert hear(model, asked("A queue.")).text == "Else"


def test_only_the_last_user_message_is_looked_at() -> None:
    model = CannedModel([CannedReply(reply="Fits", when="cache"), "Else"])
    assert hear(model, asked("A cache.", "Which one?", "A queue.")).text == "Else"


def test_when_nothing_is_left_that_is_said() -> None:
    error = hear(CannedModel([])).error
    assert isinstance(error, ModelReplyError)
    assert "no written reply is left" in str(error)


def test_an_empty_reply_is_none() -> None:
    assert isinstance(hear(CannedModel([" \n"])).error, ModelReplyError)


def test_a_reply_can_be_closed() -> None:
    reply = opened(CannedModel(["One two"]))
    assert next(reply) == "One "
    reply.close()
    assert list(reply) == []


@pytest.mark.parametrize("name", ["replies.yaml", "replies.json"])
def test_replies_are_read_from_yaml_and_json(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    text = FILE if name.endswith("yaml") else '[{"when": "cache", "reply": "How would you clear it?"}, "First."]'
    file.write_text(text, encoding="utf-8")
    model = connect(f"canned:{file}", {})
    assert hear(model).text == "First."
    assert hear(model, asked("A cache.")).text == "How would you clear it?"


def test_a_file_that_holds_no_replies_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "replies.yaml"
    file.write_text("- reply: x\n- wenn: y\n", encoding="utf-8")
    with pytest.raises(SetupError, match=r"entry 2 is no reply: write a list of `- reply: TEXT`"):
        connect(f"canned:{file}", {})


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(SetupError, match=r"nowhere\.yaml"):
        connect("canned:nowhere.yaml", {})
