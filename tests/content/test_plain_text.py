"""Transcripts as people write them down: who speaks, what they say, and every mistake with its line."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.content.files import parse_transcript
from coach.content.plain_text import MOST_TURNS
from coach.domain.round import Setup
from coach.domain.transcript import LONGEST_TEXT, Speaker, Transcript
from coach.errors import ContentError

CHOSEN = Setup.model_validate({"scenario": "document-qa", "role": "infra", "level": "staff", "minutes": 30})
INTERVIEW = """\
Interviewer: Design a document Q&A system. Where would you like to start?
Candidate: I'd start with who asks…
and goes on over several lines,

with blank lines kept inside the turn.
[04:10] Interviewer: How do you know it works?
"""


def parsed(text: str | bytes, name: str = "interview.txt") -> Transcript:
    return parse_transcript(name, text if isinstance(text, bytes) else text.encode(), CHOSEN)


def turns(text: str | bytes) -> list[tuple[str, str]]:
    """Speakers by their first letter, and what they say."""
    return [(turn.id[0], turn.text) for turn in parsed(text).turns]


def problems(text: str | bytes, defaults: Setup | None = CHOSEN) -> list[str]:
    with pytest.raises(ContentError) as caught:
        parse_transcript("x.txt", text if isinstance(text, bytes) else text.encode(), defaults)
    return [str(problem).removeprefix("[ERROR] ") for problem in caught.value.problems]


def test_a_turn_goes_on_until_somebody_speaks() -> None:
    transcript = parsed(INTERVIEW)
    assert [(turn.id, turn.speaker, turn.at) for turn in transcript.turns] == [
        ("I1", Speaker.INTERVIEWER, None),
        ("C1", Speaker.CANDIDATE, None),
        ("I2", Speaker.INTERVIEWER, 250.0),
    ]
    said = "I'd start with who asks…\nand goes on over several lines,\n\nwith blank lines kept inside the turn."
    assert transcript.turns[1].text == said
    assert all(turn.move is None for turn in transcript.turns)


@pytest.mark.parametrize(
    ("line", "speaker", "at"),
    [
        ("Interviewer: Go on?", "I", None),
        ("INTERVIEWER : Go on?", "I", None),
        ("interviewer:Go on?", "I", None),
        ("  Interviewer:\tGo on?", "I", None),
        ("Candidate: Go on?", "C", None),
        ("Me: Go on?", "C", None),
        ("you: Go on?", "C", None),
        ("**Interviewer:** Go on?", "I", None),
        ("**Candidate**: Go on?", "C", None),
        ("**Candidate** (1:02:03): Go on?", "C", 3723.0),
        ("**[00:07] Candidate:** Go on?", "C", 7.0),
        ("[00:07] **Candidate:** Go on?", "C", 7.0),
        ("[04:10] Interviewer: Go on?", "I", 250.0),
        ("4:10 Interviewer: Go on?", "I", 250.0),
        ("(0:04:10.500) Interviewer: Go on?", "I", 250.0),
        ("Interviewer [104:10]: Go on?", "I", 6250.0),
        ("Interviewer 04:10: Go on?", "I", 250.0),
    ],
)
def test_a_speaker_may_be_written_in_many_ways(line: str, speaker: str, at: float | None) -> None:
    last = parsed(f"Candidate: Yes.\n{line}").turns[-1]
    assert (last.id[0], last.text, last.at) == (speaker, "Go on?", at)


@pytest.mark.parametrize(
    "line",
    [
        "Note: check p95",
        "Interviewers: two of them",
        "I: first, we ask",
        "A: embeddings",
        "A cache: it stores",
        "I said, Candidate: me",
        "12:30: the peak",
        "* Candidate: a bullet",
        "    Candidate: set in by four",
        "\tCandidate: set in by a tab",
        "Level: staff",
        "turns: many",
        '{"turns": 3}',
        "Candidate goes on",
    ],
)
def test_any_other_line_is_text_of_the_turn(line: str) -> None:
    assert turns(f"Interviewer: Go on?\nCandidate: Yes.\n{line}\nSo.") == [
        ("I", "Go on?"),
        ("C", f"Yes.\n{line}\nSo."),
    ]


def test_a_single_letter_counts_where_the_first_turn_begins_with_its_pair() -> None:
    assert turns("Q: Why?\nA: So.\nC: costs\nMe: And so.") == [
        ("I", "Why?"),
        ("C", "So.\nC: costs"),
        ("C", "And so."),
    ]
    assert turns("c: So.\ni: Why?\na: list") == [("C", "So."), ("I", "Why?\na: list")]


def test_one_speaker_may_take_several_turns_in_a_row() -> None:
    assert [turn.id for turn in parsed("Me: One.\nMe: Two.\nInterviewer: Three?\nMe: Four.").turns] == [
        "C1",
        "C2",
        "I1",
        "C3",
    ]


def test_a_turn_may_begin_below_its_speaker_and_with_bold_words() -> None:
    assert turns("Candidate:\nBelow.\nCandidate: **Bold** it is.\nCandidate:**Bold** too.") == [
        ("C", "Below."),
        ("C", "**Bold** it is."),
        ("C", "**Bold** too."),
    ]


def test_lines_at_the_top_come_before_what_was_chosen() -> None:
    transcript = parsed("\nScenario: Semantic-Search\n level : Mid\n\nCandidate: Yes.\nMinutes: 5")
    chosen = (transcript.scenario, transcript.role, transcript.level, transcript.minutes)
    assert chosen == ("semantic-search", "infra", "mid", 30)
    assert transcript.turns[0].text == "Yes.\nMinutes: 5"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_line_ending_and_byte_order_mark_gives_the_same_turns(ending: str, encoding: str) -> None:
    content = INTERVIEW.replace("\n", ending).encode(encoding)
    assert parsed(content) == parsed(INTERVIEW)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Candidate: Yes.\nCandidate: café".encode("latin-1"), "x.txt:2: is not UTF-8 text; save it as UTF-8"),
        ("Candidate: Yes.".encode("utf-16-le"), "x.txt: is not UTF-8 text; save it as UTF-8"),
        ("Candidate: Yes.".encode("utf-32"), "x.txt: is not UTF-8 text; save it as UTF-8"),
        ("Candidate: Yes.".encode("utf-16") + b"!", "x.txt: is not UTF-8 text; save it as UTF-8"),
        (b"", "x.txt: the file is empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "x.txt: the file is empty"),
        (b"Candidate: " + b"x" * 5_000_000, "x.txt: is larger than 5 MB; no authored file is"),
    ],
)
def test_what_is_no_text_is_one_problem(content: bytes, told: str) -> None:
    assert problems(content) == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Just words.\nMore.",
            ["x.txt:1: turns: nobody speaks; begin each turn with `Interviewer:` or `Candidate:`"],
        ),
        ("Interviewer: Go on?", ["x.txt: turns: the candidate says nothing; begin each answer with `Candidate:`"]),
        ("Me:\n\nMe: Yes.", ["x.txt:1: turns.C1: has no words; write them or remove the line"]),
        (
            "[05:00] Me: Yes.\nMe: So.\n[04:59] Me: No.\n[05:00] Me: Yes.",
            ["x.txt:3: turns.C3.at: 04:59 is earlier than the time of a turn above; correct it or leave it out"],
        ),
        ("[04:60] Me: Yes.", ["x.txt:1: turns.C1.at: 04:60 is no time; write mm:ss or h:mm:ss"]),
        ("Role: infra\nRole: x\nRole: y\nMe: Yes.", ["x.txt:2: role: is written twice; keep one"]),
        (
            "Role:\nMe: Yes.",
            ["x.txt:1: role: is empty; write it after the colon, or leave the line out"],
        ),
        (f"Me: Yes.\nMe: x{'y' * LONGEST_TEXT}", ["x.txt:2: turns.C2.text: is longer than 200000 characters"]),
        ("Me: Yes.\n" * (MOST_TURNS + 2), ["x.txt:1: turns: has at most 20000"]),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_do(text: str, told: list[str]) -> None:
    assert problems(text) == told


def test_as_many_turns_as_a_transcript_may_have_are_read() -> None:
    assert len(parsed("Me: Yes.\n" * MOST_TURNS).turns) == MOST_TURNS


def test_every_mistake_is_told_at_once() -> None:
    text = "Level: junior\nMinutes: long\nDate: Monday\n\n[02:00] Interviewer: Why?\n[01:00] Interviewer:\n"
    found = problems(text, None)
    assert [line.split(": ", maxsplit=2)[:2] for line in found] == [
        ["x.txt", "turns"],
        ["x.txt:1", "level"],
        ["x.txt:1", "scenario"],
        ["x.txt:2", "minutes"],
        ["x.txt:3", "stands before the first speaker; begin it with `Interviewer:` or `Candidate:`, or remove it"
         " (only Scenario, Role, Level and Minutes may stand there)"],
        ["x.txt:6", "turns.I2"],
        ["x.txt:6", "turns.I2.at"],
    ]  # fmt: skip


def test_a_scenario_named_nowhere_is_asked_for_once() -> None:
    asked = "x.txt:1: scenario: is missing; add `Scenario: ID` as the first line, ID being one of the scenarios"
    assert problems("Me: Yes.", None) == [asked]
    assert len(problems("\nScenario:\nMe: Yes.", None)) == 1


@dataclass(frozen=True)
class Said:
    speaker: str
    text: str


NAMES = {"I": ("Interviewer", "INTERVIEWER", "**Interviewer**"), "C": ("Candidate", "Me", "you", "**Candidate**")}
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1).filter(str.strip)
LINES = st.lists(TEXT | st.sampled_from(["Candidate: no", "[00:01] You: x", "", "**"]), min_size=1, max_size=4)
SAID = st.builds(Said, st.sampled_from("IC"), LINES.map("\n".join).filter(str.strip))


@given(data=st.data(), said=st.lists(SAID, max_size=8))
def test_any_turns_written_as_plain_text_are_read_back_with_the_same_speakers_and_words(
    data: st.DataObject, said: list[Said]
) -> None:
    said = [Said("C", "Begins."), *said]
    blocks = []
    for number, one in enumerate(said):
        time = data.draw(st.sampled_from(["", f"[00:{number:02}] ", f"0:{number:02} ", f"(0:00:{number:02})"]))
        name = data.draw(st.sampled_from(NAMES[one.speaker]))
        set_in = one.text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\n    ")
        blocks.append(f"{time}{name}: {set_in}")
    transcript = parsed(data.draw(st.sampled_from(["\n", "\n\n", "\r\n"])).join(blocks))
    assert [(turn.id[0], turn.text.split()) for turn in transcript.turns] == [
        (one.speaker, one.text.split()) for one in said
    ]
