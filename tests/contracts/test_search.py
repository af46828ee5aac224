"""What every archive promises of a search over all rounds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.domain.grade import Band, Grade, Notice, Result, ResultKind
from coach.domain.remarks import Completion, Dispute
from coach.domain.review import Override
from coach.domain.scenario import Outcome
from coach.domain.search import read_search
from coach.domain.transcript import Board, Speaker, Turn
from coach.errors import NotFoundError
from coach.ports import Hit
from tests.archive.builders import NINE, begun_round, brief, grade, question, stamp
from tests.contracts.test_archive import ARCHIVES, Kept

DIMENSIONS = ("evals", "cost")


@pytest.fixture(params=ARCHIVES)
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    with ARCHIVES[request.param](tmp_path) as opened:
        yield opened


def kept(archive: Kept, id_: str, *texts: str, hours: float = 0, scenario: str = "semantic-search") -> None:
    """A round with these answers, begun so many hours after nine."""
    round_ = begun_round(id_, NINE + timedelta(hours=hours))
    setup = round_.setup.model_copy(update={"scenario": scenario})
    archive.add_round(round_.model_copy(update={"setup": setup, "brief": brief(scenario)}))
    for number, text in enumerate(texts, start=1):
        archive.add_turn(id_, says(number, text))


def says(number: int, text: str, board: Board | None = None) -> Turn:
    return Turn(id=f"C{number}", speaker=Speaker.CANDIDATE, text=text, at=60.0 * number, board=board)


def graded(
    archive: Kept, id_: str, level: int | None = 2, band: Band | None = Band.CLOSE, notices: tuple[str, ...] = ()
) -> Grade:
    """The round graded: a level in evals and a band, or without one incomplete."""
    evals, cost = grade().dimensions
    result = Result(kind=ResultKind.GRADED, band=band) if band else Result(kind=ResultKind.INCOMPLETE)
    given_ = grade().model_copy(
        update={
            "dimensions": (evals.model_copy(update={"level": level}), cost),
            "result": result,
            "notices": tuple(Notice(kind=kind, turn="C1", text="full marks") for kind in notices),
        }
    )
    archive.add_grade(id_, given_)
    return given_


def search(archive: Kept, text: str, limit: int = 20) -> list[Hit]:
    return archive.search(read_search(text, DIMENSIONS), limit)


def found(archive: Kept, text: str, limit: int = 20) -> list[str]:
    return [hit.line.id for hit in search(archive, text, limit)]


def marked(hit: Hit, moment: int = 0) -> list[str]:
    """What is marked in a moment's snippet."""
    snippet = hit.moments[moment].snippet
    return [snippet.text[start:end] for start, end in snippet.hits]


def test_words_of_both_speakers_lead_to_the_turn_they_were_said_in(archive: Kept) -> None:
    kept(archive, "r1", "A golden set of 200 questions.")
    asked, step = question(1)
    archive.add_turn("r1", asked.model_copy(update={"text": "Who labels them, and how dearly?"}), step)
    (hit,) = search(archive, "golden")
    assert hit.line == archive.rounds()[0]
    (moment,) = hit.moments
    assert (moment.turn, moment.speaker, moment.at, moment.on_board) == ("C1", Speaker.CANDIDATE, 60.0, False)
    assert moment.snippet.text == "A golden set of 200 questions."
    assert marked(hit) == ["golden"]
    (asked_hit,) = search(archive, "dearly")
    assert [(each.turn, each.speaker) for each in asked_hit.moments] == [("I1", Speaker.INTERVIEWER)]


def test_turns_of_a_round_kept_whole_are_found_too(archive: Kept) -> None:
    archive.add_round(begun_round("r1").model_copy(update={"turns": (says(1, "Zanzibar."),)}))
    assert found(archive, "zanzibar") == ["r1"]


def test_board_notes_and_drawings_are_found_where_they_first_stood(archive: Kept) -> None:
    kept(archive, "r1")
    archive.add_turn("r1", says(1, "Look.", Board(notes="peak 4 a second")))
    archive.add_turn(
        "r1", says(2, "Now.", Board(notes="peak 4 a second\nreranker", mermaid="graph TD; a[Zanzibar]"))
    )
    archive.add_turn(
        "r1", says(3, "Still.", Board(notes="peak 4 a second\nreranker", mermaid="graph TD; a[Zanzibar]"))
    )
    for words, turn in (("peak", "C1"), ("reranker", "C2"), ("zanzibar", "C2")):
        (hit,) = search(archive, words)
        assert [(moment.turn, moment.on_board) for moment in hit.moments] == [(turn, True)]
    assert marked(search(archive, "zanzibar")[0]) == ["Zanzibar"]


def test_a_word_is_found_in_its_other_forms_and_accents_do_not_matter(archive: Kept) -> None:
    kept(archive, "r1", "We evaluate naïve questions weekly.")
    for words in ("evaluates", "QUESTION", "naive"):
        assert found(archive, words) == ["r1"]
    assert found(archive, "value") == []


def test_all_the_words_stand_in_one_turn_and_a_phrase_in_its_order(archive: Kept) -> None:
    kept(archive, "apart", "A golden egg.", "A set of plates.")
    kept(archive, "turned", "A set that is golden.")
    kept(archive, "together", "The golden set.")
    assert found(archive, "golden set") == ["together", "turned"]
    assert found(archive, '"golden set"') == ["together"]
    assert found(archive, '"set golden"') == []


def test_words_that_stand_together_come_first_and_the_newest_first_among_equals(archive: Kept) -> None:
    kept(archive, "old", "golden set", hours=0)
    kept(archive, "mid", "golden set", hours=1)
    kept(archive, "scattered", "set in golden light", hours=2)
    assert found(archive, "golden set") == ["mid", "old", "scattered"]
    assert found(archive, "golden set", limit=2) == ["mid", "old"]
    assert found(archive, "golden") == ["scattered", "mid", "old"]


def test_of_many_moments_the_first_few_are_told_the_candidates_before_the_interviewers(archive: Kept) -> None:
    kept(archive, "r1")
    for number in range(1, 6):
        asked, step = question(number)
        archive.add_turn("r1", asked.model_copy(update={"text": "How fresh is the index?"}), step)
        archive.add_turn("r1", says(number, "The index is fresh."))
    (hit,) = search(archive, "index")
    assert [moment.turn for moment in hit.moments] == ["C1", "C2", "C3"]
    assert hit.more == 7


def test_a_scenario_is_asked_for_by_a_part_of_its_id_or_title(archive: Kept) -> None:
    kept(archive, "qa", "index", scenario="document-qa")
    kept(archive, "semantic", "index")
    assert found(archive, "scenario:document-qa index") == ["qa"]
    assert found(archive, "scenario:DOCUMENT") == ["qa"]
    assert found(archive, 'scenario:"document q&a"') == ["qa"]
    assert found(archive, "scenario:document scenario:semantic") == ["semantic", "qa"]
    assert found(archive, "scenario:%") == []


def test_bands_levels_and_notices_are_those_of_the_newest_grade(archive: Kept) -> None:
    for id_ in ("r1", "r2", "r3"):
        kept(archive, id_, "index")
    graded(archive, "r1", level=0, band=Band.NOT_YET)
    graded(archive, "r1", level=1, band=Band.READY, notices=("addressed-to-grader",))
    graded(archive, "r2", level=3, band=None)
    assert [(hit.line.id, hit.result) for hit in search(archive, "index")] == [
        ("r3", None), ("r2", "incomplete"), ("r1", "ready"),
    ]  # fmt: skip
    for asked, ids in {
        "evals<=1": ["r1"],
        "evals>=1": ["r2", "r1"],
        "evals<1": [],
        "evals>4": [],
        "evals=3": ["r2"],
        "cost>=0": [],
        "band:ready": ["r1"],
        "band:not-yet": [],
        "band:ready band:incomplete": ["r2", "r1"],
        "band:ready evals=3": [],
        "is:noticed": ["r1"],
        "notice:addressed": ["r1"],
        "notice:other": [],
        "index evals<=1 band:ready": ["r1"],
        "nowhere evals<=1": [],
    }.items():
        assert found(archive, asked) == ids, asked


def test_disputed_and_reviewed_rounds_are_found(archive: Kept) -> None:
    for id_ in ("quiet", "disputed", "overridden", "completed"):
        kept(archive, id_, "index")
        graded(archive, id_)
    archive.add_remark("disputed", stamp(), Dispute(criterion="evals.golden-set", text="I said it.", at=NINE))
    settled = Override(criterion="evals.golden-set", verdict=Outcome.MISSED, by="Ana", at=NINE)
    archive.add_override("overridden", stamp(), settled)
    archive.add_remark("completed", stamp(), Completion(by="Ana", at=NINE))
    assert found(archive, "is:disputed") == ["disputed"]
    assert found(archive, "is:reviewed index") == ["completed", "overridden"]
    assert found(archive, "is:reviewed is:disputed") == []


def test_a_round_is_found_as_people_have_settled_it(archive: Kept) -> None:
    kept(archive, "r1")
    judged = graded(archive, "r1", level=1, band=Band.CLOSE)
    evals, cost = judged.dimensions
    settled = judged.model_copy(update={"dimensions": (evals.model_copy(update={"level": 3}), cost)})
    archive.keep_standing("r1", settled)
    assert found(archive, "evals<=1") == []
    assert found(archive, "evals=3 band:close") == ["r1"]
    assert archive.grade("r1") == judged
    with pytest.raises(NotFoundError):
        archive.keep_standing("nowhere", settled)


def test_what_is_deleted_is_no_longer_found(archive: Kept) -> None:
    for id_ in ("r1", "r2", "r3"):
        kept(archive, id_, f"index of {id_}")
    archive.delete_round("r3")
    kept(archive, "r4", "index of r4")
    assert found(archive, "index") == ["r4", "r2", "r1"]
    archive.delete_everything()
    assert found(archive, "index") == []
    kept(archive, "r5", "index of r5")
    assert found(archive, "index") == ["r5"]


def test_a_turn_that_was_refused_is_not_found(archive: Kept) -> None:
    kept(archive, "r1", "index")
    assert not archive.add_turn("r1", says(1, "zanzibar"))
    assert found(archive, "zanzibar") == []


def test_markup_and_control_signs_in_a_turn_stay_text(archive: Kept) -> None:
    kept(archive, "r1", "say \x02<b>bold\x03\0 zanzibar</b>")
    (hit,) = search(archive, "zanzibar")
    assert marked(hit) == ["zanzibar"]
    assert "<b>bold" in hit.moments[0].snippet.text


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60) | st.text(alphabet='"*^:()-+{}.,NEARANDOR <>=\0²é\ud800', max_size=30))
def test_any_text_is_a_query(archive: Kept, text: str) -> None:
    if not archive.rounds():
        kept(archive, "r1", "AND so the index OR not NEAR it")
    search(archive, text)


@pytest.mark.parametrize(
    "text",
    ["AND", "index OR zanzibar", "NOT zanzibar", "ind*", "said:index", "index -index", "^index", "{board}: index"],
)
def test_the_engines_own_operators_are_words(archive: Kept, text: str) -> None:
    kept(archive, "r1", "The index grows.")
    assert found(archive, text) == (["r1"] if text in {"index -index", "^index"} else [])


def test_a_whole_page_of_pasted_words_is_a_query(archive: Kept) -> None:
    kept(archive, "r1", "index")
    assert found(archive, "index " * 10_000) == ["r1"]
    assert found(archive, '"' + "index " * 10_000 + '"') == []
