"""What is read aloud: sentences as they come, Markdown and numbers in words, and what was heard of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.spoken import (
    CODE_ON_SCREEN,
    CUT,
    LONGEST_SENTENCE,
    TABLE_ON_SCREEN,
    Sentence,
    Sentences,
    heard_part,
    sentences_of,
    spoken,
)
from tests.builders import SCENARIOS, shipped

_PIECES = """What then? ~Sure. ~e.g. ~vs. ~p95. ~1. ~- ~* ~# ~\n~\n\n~```~```py\n~x = 1~|~| a | b |\n~3.5 ~$12k ~**
~_~`~J. ~...~… ~[see ~](http://a.b/c) ~<~> ~>= ~300ms ~10-20 ~1,200 ~--- ~word ~Word ~!~\"~\u200b~🙂~ """.split("~")
texts = st.text(max_size=120) | st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)


def _texts(text: str) -> list[str]:
    return [each.text.strip() for each in sentences_of(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Sure. What then?", ["Sure.", "What then?"]),
        (
            "Pick one, e.g. the cache, i.e. the small one. Why?",
            ["Pick one, e.g. the cache, i.e. the small one.", "Why?"],
        ),
        ("Recall vs. cost. Which?", ["Recall vs. cost.", "Which?"]),
        ("Ask J. Smith about it. Then?", ["Ask J. Smith about it.", "Then?"]),
        ("It takes 3.5 seconds. Why?", ["It takes 3.5 seconds.", "Why?"]),
        ("Is it the p95. or the p99? Say.", ["Is it the p95. or the p99?", "Say."]),
        ("You say 300 ms at p95. What of p99?", ["You say 300 ms at p95.", "What of p99?"]),
        ("Two things:\n1. Cost. Of what?\n2. Time.", ["Two things:", "1. Cost.", "Of what?", "2. Time."]),
        ("# The plan\nGo on.", ["# The plan", "Go on."]),
        ("A line that\nwraps is one. So.", ["A line that\nwraps is one.", "So."]),
        ("One paragraph\n\nand another", ["One paragraph", "and another"]),
        ('He said "No way." Then left.', ['He said "No way."', "Then left."]),
        ("**Fine.** Go on.", ["**Fine.**", "Go on."]),
        ("Read [this. And that](https://a.b) first. Then?", ["Read [this. And that](https://a.b) first.", "Then?"]),
        ("Well… perhaps. Hm... yes.", ["Well… perhaps.", "Hm... yes."]),
    ],
)
def test_a_sentence_ends_where_a_person_would_end_it(text: str, sentences: list[str]) -> None:
    assert _texts(text) == sentences


def test_a_sentence_is_there_as_soon_as_white_space_follows_its_end() -> None:
    reader = Sentences()
    assert reader.feed("Fair") == []
    assert reader.feed(" enough.") == []
    assert reader.feed(" ") == [Sentence(text="Fair enough. ", spoken="Fair enough.")]
    assert reader.feed("And the") == []
    assert reader.rest() == [Sentence(text="And the", spoken="And the")]
    assert reader.rest() == []


@given(texts)
def test_the_texts_of_all_sentences_are_the_text(text: str) -> None:
    assert "".join(each.text for each in sentences_of(text)) == text


@given(texts, st.lists(st.integers(1, 9), min_size=1, max_size=20))
def test_how_a_text_arrives_makes_no_difference(text: str, lengths: list[int]) -> None:
    reader, found, left, i = Sentences(), [], text, 0
    while left:
        size = lengths[i % len(lengths)]
        found += reader.feed(left[:size])
        left, i = left[size:], i + 1
    assert found + reader.rest() == sentences_of(text)


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_code_is_one_sentence_that_says_where_it_is(fence: str) -> None:
    code = f"{fence}python\ncache = {{}}. Then?\n\nreturn 1. Done.\n{fence}\n"
    found = sentences_of(f"Look here:\n{code}What is wrong? Say.")
    assert [each.text for each in found] == ["Look here:\n", code, "What is wrong? ", "Say."]
    assert [each.spoken for each in found] == ["Look here:", CODE_ON_SCREEN, "What is wrong?", "Say."]


def test_code_that_nobody_closed_is_still_code() -> None:
    assert [each.spoken for each in sentences_of("So:\n```\nx = 1. y = 2.\n")] == ["So:", CODE_ON_SCREEN]
    assert [each.spoken for each in sentences_of("So:\n```py")] == ["So:", CODE_ON_SCREEN]


def test_a_table_is_one_sentence_that_says_where_it_is() -> None:
    table = "| stage | ms |\n|---|---|\n| search. Fast | 30 |\n"
    found = sentences_of(f"Here it is.\n\n{table}Which is slow?")
    assert [each.spoken for each in found] == ["Here it is.", TABLE_ON_SCREEN, "Which is slow?"]
    assert found[1].text.strip() == table.strip()


def test_a_long_sentence_is_cut_at_a_clause() -> None:
    clause = "and then the request goes on to the next of the services that we have, "
    found = sentences_of(clause * 9 + "which answers. Good.")
    assert len(found) > 3
    assert all(len(each.text) <= LONGEST_SENTENCE for each in found)
    assert all(each.text.endswith(("have, ", ". ", ".")) for each in found)


def test_a_long_sentence_without_clauses_is_cut_between_words() -> None:
    assert all(set(each.text.split()) == {"word"} for each in sentences_of("word " * 200))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("$0.002", "0.002 dollars"),
        ("$1", "1 dollar"),
        ("$12k", "12 thousand dollars"),
        ("$1.5M", "1.5 million dollars"),
        ("$1,200–$1,500", "1200 to 1500 dollars"),
        ("$5–10k", "5 to 10 thousand dollars"),
        ("$3/M tokens", "3 dollars per million tokens"),
        ("$60k/month", "60 thousand dollars per month"),
        ("10k", "10 thousand"),
        ("2.5M", "2.5 million"),
        ("a 7B model", "a 7 billion model"),
        ("1,200", "1200"),
        ("1,200,000", "1200000"),
        ("300ms", "300 milliseconds"),
        ("1 ms", "1 millisecond"),
        ("2s", "2 seconds"),
        ("2 s", "2 seconds"),
        ("5 min", "5 minutes"),
        ("p95", "p 95"),
        ("p99.9", "p 99.9"),
        ("99.9%", "99.9 percent"),
        ("latency <= 300ms", "latency at most 300 milliseconds"),
        ("≤ 5", "at most 5"),
        (">= 0.8", "at least 0.8"),
        ("≥80%", "at least 80 percent"),
        ("p95 < 300ms", "p 95 under 300 milliseconds"),
        (">5%", "over 5 percent"),
        ("~10k", "about 10 thousand"),
        ("x10", "10 times"),
        ("10x", "10 times"),
        ("2,500 QPS", "2500 queries per second"),
        ("20 req/s", "20 requests per second"),
        ("50 tokens/s", "50 tokens per second"),
        ("64GB", "64 gigabytes"),
        ("10 MB/s", "10 megabytes per second"),
        ("5–10", "5 to 10"),
        ("200-300ms", "200 to 300 milliseconds"),
        ("a read/write split", "a read or write split"),
        ("recall@10 with k=5", "recall at 10 with k equals 5"),
        ("3 * 4", "3 times 4"),
        ("queries -> vectors", "queries to vectors"),
    ],
)
def test_numbers_are_said_as_people_say_them(text: str, said: str) -> None:
    assert spoken(text) == said
    assert spoken(f"Take {text}, then.") == f"Take {said}, then."


@pytest.mark.parametrize(
    "text",
    [
        "Design it and/or the I/O of an A/B test in CI/CD, 24/7.",
        "On 2026-03-02 at 10:30, since the 1990s.",
        "It runs gpt-4-32k on an x86 with an H100, version 2.1.",
        "Fair enough - and then? \"Yes\", they'd say; it's so (really): fine… good!",
    ],
)
def test_what_is_no_amount_stays_as_it_is(text: str) -> None:
    assert spoken(text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("## The plan\nGo **on**, *please*, __now__, _really_.", "The plan Go on, please, now, really."),
        ("- one\n- two\n  * three\n1. four", "one two three four"),
        ("> quoted", "quoted"),
        ("Use `input_per_m` and `top_k`.", "Use input per m and top k."),
        ("See [the card](https://a.b/c_d) and ![a picture](x.png).", "See the card and a picture."),
        ("See https://a.b/c?d=1, or <https://a.b>.", "See a link, or a link."),
        ("one\n\n---\n\ntwo", "one two"),
        ("Fine 🙂👍🏽 go\u200b on\ufeff.", "Fine go on."),
        ("<b>Bold</b><br>and plain", "Bold and plain"),
        ("Call `retry()`.", "Call retry."),
        ("```\nx\n```", CODE_ON_SCREEN),
        ("|a|b|\n|-|-|", TABLE_ON_SCREEN),
    ],
)
def test_markdown_is_never_read_aloud(text: str, said: str) -> None:
    assert spoken(text) == said


@given(texts)
def test_no_mark_is_left_and_what_is_said_is_said_the_same_again(text: str) -> None:
    said = spoken(text)
    assert not set(said) & set("*_#|`<>")
    assert spoken(said) == said
    assert all(not set(each.spoken) & set("*_#|`<>") for each in sentences_of(text))


@given(st.lists(st.from_regex(r"[a-z]{1,9}(,|;)?", fullmatch=True), min_size=1, max_size=30))
def test_plain_words_stay_as_they_are(words: list[str]) -> None:
    text = f"{' '.join(words).strip(',;')}."
    assert spoken(text) == text


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_what_the_authors_wrote_to_be_said_is_said_as_written(scenario: str) -> None:
    content = shipped(scenario).scenario
    lines = [content.opening, *(fact.say for fact in content.facts)]
    lines += [line for rungs in content.probes.values() for line in rungs.values()]
    lines += [hint.say for hints in content.hints.values() for hint in hints]
    changed = [(line, spoken(line)) for line in lines if spoken(line) != line]
    assert [(before, after) for before, after in changed if before.replace("p9", "p 9") != after] == []


TURN = sentences_of("Fair enough. You said two hundred milliseconds. Where do they go?")


@pytest.mark.parametrize(
    ("played", "fraction", "heard"),
    [
        (0, 0.0, ""),
        (0, 0.3, ""),
        (0, 0.5, "Fair" + CUT),
        (1, 0.0, "Fair enough." + CUT),
        (1, 0.5, "Fair enough. You said two" + CUT),
        (2, 0.99, "Fair enough. You said two hundred milliseconds. Where do they" + CUT),
        (2, 1.0, "Fair enough. You said two hundred milliseconds. Where do they go?"),
        (3, 0.0, "Fair enough. You said two hundred milliseconds. Where do they go?"),
    ],
)
def test_what_was_heard_is_whole_sentences_and_whole_words_of_the_next(
    played: int, fraction: float, heard: str
) -> None:
    assert heard_part(TURN, played, fraction) == heard


def test_code_is_heard_of_as_a_whole_or_not_at_all() -> None:
    turn = sentences_of("Look.\n```\nx = 1\n```\nWhy?")
    assert heard_part(turn, 1, 0.9) == "Look." + CUT
    assert heard_part(turn, 2, 0.0) == "Look.\n```\nx = 1\n```" + CUT


def test_what_has_nothing_to_say_does_not_count_as_played() -> None:
    turn = sentences_of("One.\n\n---\n\nTwo. Three.\n---\n")
    assert heard_part(turn, 1, 0.0) == "One." + CUT
    assert heard_part(turn, 2, 0.0) == "One.\n\n---\n\nTwo." + CUT
    assert heard_part(turn, 3, 0.0) == "One.\n\n---\n\nTwo. Three.\n---\n"


@given(texts, st.integers(0, 12), st.floats(0, 1))
def test_no_more_is_heard_than_was_there(text: str, played: int, fraction: float) -> None:
    heard = heard_part(sentences_of(text), played, fraction)
    assert text.startswith(heard.removesuffix(CUT))
