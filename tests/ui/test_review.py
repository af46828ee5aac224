"""One review as a page: blind first, then with the judge in sight."""

from __future__ import annotations

import re

import pytest

from coach import practice, reviewing
from coach.domain.grade import Grade
from coach.domain.review import FlagFound, FlagStanding, LevelFound, Override, ReasonCode, Review
from coach.domain.scenario import Outcome
from coach.domain.selecting import selected
from coach.domain.worksheet import blind_items, is_level, open_items
from coach.reviewing import Case
from coach.settings import Settings
from coach.ui import session
from coach.ui.session import finding as clicks
from tests.builders import NINE
from tests.ui.page import Page
from tests.ui.test_queue import enabled, graded

MET, PARTIAL, MISSED, CANNOT, AGREE = "Met `1`", "Partial `2`", "Missed `3`", "Can't tell `4`", "Agree `a`"
NEXT, PREVIOUS = "Next `n`", "Previous `p`"
PREVIEW = "As the candidate sees it `v`"


@pytest.fixture(autouse=True)
def _not_drawn_blind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_BLIND_SHARE", "0")


def reviewing_(page: Page, round_id: str = "r1", by: str = "Ana", **query: str) -> Page:
    graded(round_id)
    return page.goto("review", round=round_id, by=by, **query)


def case(by: str = "Ana") -> Case:
    return reviewing.case(session.desk(), "r1", by)


def grade_of(round_id: str = "r1") -> Grade:
    found = session.desk().archive.grade(round_id)
    assert found is not None
    return found


def review() -> Review:
    return practice.review(session.desk(), session.desk().archive.round("r1"), grade_of())


def place(page: Page) -> tuple[int, int]:
    found = re.search(r"<strong>(\d+) of (\d+)</strong>", page.html)
    assert found is not None
    return int(found[1]), int(found[2])


def criterion(page: Page) -> str:
    named = page.app.query_params.get("criterion", [""])
    return str(named if isinstance(named, str) else named[0])


def at(page: Page, item: str, **query: str) -> Page:
    return page.goto("review", round="r1", by="Ana", criterion=item, **query)


def select(page: Page, item: str, start: int = 0, end: int = 40) -> Page:
    """Words chosen for a criterion, as if the browser had sent them: AppTest runs no components."""
    quote = selected(page.round.transcript, "C1", start, end)
    page.app.session_state["review_drafts"] = {("r1", item): (quote,)}
    page.app.run()
    return page


def first_of(outcome: Outcome) -> str:
    return next(v.criterion for v in grade_of().verdicts if v.verdict is outcome)


def all_blind(outcome: Outcome = Outcome.MISSED, by: str = "Ana") -> None:
    found = case(by)
    for item in blind_items(found.round.brief, found.grade, "r1"):
        if is_level(item):
            reviewing.level(session.desk(), found, LevelFound(dimension=item, level=1, by=by, at=NINE, blind=True))
        else:
            given = {"criterion": item, "verdict": outcome, "by": by, "at": NINE, "blind": True}
            reviewing.find(session.desk(), found, Override.model_validate(given))


def test_without_a_name_the_queue_asks_for_it_first(page: Page) -> None:
    graded("r1")
    page.goto("review", round="r1")
    assert "<h1>Reviews</h1>" in page.html


def test_with_the_judge_in_sight_its_verdict_words_and_reason_stand_beside_the_transcript(page: Page) -> None:
    reviewing_(page)
    open_ = [v for v in grade_of().verdicts if v.verdict is Outcome.UNJUDGED]
    assert f"0 of {len(open_)} looked at" in page.html
    assert "The judge: could not tell" in page.html
    assert "Earns it" in page.html
    assert "Candidate</strong>" in page.html
    assert not page.app.exception


def test_credit_waits_for_words_and_one_click_keeps_a_verdict_and_brings_the_next(page: Page) -> None:
    reviewing_(page)
    first = case().left(blind=False)[0]
    assert MET not in enabled(page)
    select(page, first)
    assert MET in enabled(page)
    page.click(PARTIAL)
    (found,) = review().overrides
    assert (found.criterion, found.verdict, found.by) == (first, Outcome.PARTIAL, "Ana")
    assert found.quotes[0].turn == "C1"
    assert found.reason is ReasonCode.MISSED_EVIDENCE
    assert criterion(page) == case().left(blind=False)[0] != first
    assert "1 of " in page.html


def test_overriding_a_decided_verdict_keeps_both_with_a_reason_and_a_note(page: Page) -> None:
    reviewing_(page)
    name = first_of(Outcome.MET)
    at(page, name)
    assert "The judge: met" in page.html
    page.app.selectbox(key=f"{clicks.REASON}{name}").set_value(ReasonCode.NEGATION_MISSED)
    page.app.text_input(key=f"{clicks.NOTE}{name}").set_value("It says the opposite <b>.")
    page.app.run()
    page.click(MISSED)
    assert review().judged(name).verdict is Outcome.MET
    found = review().override(name)
    assert found is not None
    assert (found.verdict, found.reason, found.note) == (
        Outcome.MISSED,
        ReasonCode.NEGATION_MISSED,
        "It says the opposite <b>.",
    )
    page.goto("result", round="r1")
    row = page.html.split(f'id="verdict-{name.replace(".", "-")}"')[1].split("</li>")[0]
    assert "settled by Ana: negation missed" in row
    assert "The judge alone: met" in row
    assert "It says the opposite &lt;b&gt;." in row


def test_a_note_written_after_the_verdict_is_kept_by_itself(page: Page) -> None:
    reviewing_(page)
    name = case().left(blind=False)[0]
    page.click(MISSED)
    at(page, name)
    page.app.text_input(key=f"{clicks.NOTE}{name}").set_value("Nothing of it.")
    page.app.run()
    found = review().override(name)
    assert found is not None
    assert found.note == "Nothing of it."


def test_agreeing_leaves_the_judges_verdict_and_is_remembered(page: Page) -> None:
    reviewing_(page)
    name = case().left(blind=False)[0]
    page.click(AGREE)
    assert review().overrides == ()
    assert name not in case().left(blind=False)
    assert "You left the judge&#x27;s verdict." in at(page, name).html


def test_a_dispute_is_looked_at_first_and_told(page: Page) -> None:
    graded("r1")
    name = first_of(Outcome.MISSED)
    reviewing.dispute(session.desk(), case().round, grade_of(), name, "I said <so>.", NINE)
    page.goto("review", round="r1", by="Ana")
    assert "The candidate disputes it: “I said &lt;so&gt;.”" in page.html


def test_a_level_over_the_verdicts_needs_its_why(page: Page) -> None:
    reviewing_(page)
    at(page, "cost")
    assert "The judge alone: " in page.html
    assert not [label for label in enabled(page) if label.endswith("`3`")]
    page.app.text_input(key=f"{clicks.NOTE}cost").set_value("Twice the sums, and right.")
    page.app.run()
    page.click(next(label for label in enabled(page) if label.endswith("`3`")))
    assert [(each.dimension, each.level, each.note) for each in review().levels] == [
        ("cost", 3, "Twice the sums, and right.")
    ]
    assert "You laid 3 over it: Twice the sums, and right." in page.html
    page.click("Take back")
    assert review().levels == ()


def test_a_blind_review_hides_everything_of_the_judges(page: Page) -> None:
    reviewing_(page, blind="1")
    items = blind_items(case().round.brief, case().grade, "r1")
    assert place(page) == (1, len(items))
    for item in items:
        at(page, item, blind="1")
        for told in ("The judge:", "The judge alone", "<mark>", "Evidence for", "Heard "):
            assert told not in page.html
        assert AGREE not in page.labels()
        assert "Complete and next" not in page.labels()


def test_blind_findings_are_kept_as_they_are_given_and_it_goes_on_where_it_was_left(page: Page) -> None:
    reviewing_(page, blind="1")
    first, second = blind_items(case().round.brief, case().grade, "r1")[:2]
    assert not is_level(first)
    page.click(MISSED)
    assert case().sheet.blind[first].verdict is Outcome.MISSED
    assert review().overrides == ()
    again = Page.opened("review", round="r1", by="Ana", blind="1")
    assert place(again)[0] == 2
    assert case().left(blind=True)[0] == second
    assert "Show the judge's" not in enabled(again)


def test_once_all_are_in_the_judge_is_shown_and_both_stand_side_by_side(page: Page) -> None:
    graded("r1")
    all_blind()
    page.goto("review", round="r1", by="Ana", blind="1")
    assert "All your findings are in" in page.html
    page.click("Show the judge's")
    assert "You and the judge: " in page.html
    assert "The judge is in sight" in page.html
    parted = case().left(blind=False)
    assert "You found, blind: missed." in at(page, parted[0], blind="1").html
    page.click(MISSED)
    assert review().override(parted[0]) is not None


def test_a_share_of_reviews_is_blind_without_being_asked_for(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_BLIND_SHARE", "1")
    assert "Blind: the judge is hidden" in reviewing_(page).html


def test_completing_takes_the_round_out_and_opens_the_next_one_until_nothing_waits(page: Page) -> None:
    graded("r2")
    reviewing_(page).click("Complete and next")
    assert page.round_id == "r2"
    page.click("Complete and next")
    assert "0 rounds waiting, 2 done today" in page.html


def test_a_round_somebody_else_is_at_is_not_shown_until_it_is_taken_over(page: Page) -> None:
    graded("r1")
    session.desk().archive.hold_review("r1", "Ben", session.now())
    page.goto("review", round="r1", by="Ana")
    assert "Ben is at this round" in page.html
    assert "coach-transcript" not in page.html
    page.click("Take it over")
    assert "coach-transcript" in page.html


def test_leaving_for_the_queue_lets_go_of_the_round_and_keeps_what_was_found(page: Page) -> None:
    reviewing_(page).click(MISSED).click("To the queue")
    assert "<h1>Reviews</h1>" in page.html
    waits = session.desk().archive.waiting("r1")
    assert waits is not None
    assert waits.held_by is None
    assert len(review().overrides) == 1


def test_a_comment_and_a_dismissal_reach_the_candidate(page: Page) -> None:
    reviewing_(page)
    page.app.selectbox(key="comment-turn").set_value("C1")
    page.app.text_input(key="comment-text").set_value("Say the <number>.")
    page.app.run()
    page.click("Keep the comment")
    page.app.text_input(key="dismiss-why").set_value("Mostly noise.")
    page.app.run()
    page.click("Take it out of the queue")
    assert "0 rounds waiting" in page.html
    page.goto("result", round="r1")
    assert 'Ana on <a href="#turn-C1">C1</a>: Say the &lt;number&gt;.' in page.html
    assert "Ana finds that this round cannot be judged: Mostly noise." in page.html


def test_a_candidate_disputes_a_verdict_on_the_result(page: Page) -> None:
    graded("r1")
    page.goto("result", round="r1")
    name = first_of(Outcome.MISSED)
    page.app.selectbox(key="dispute-criterion").set_value(name)
    page.app.text_input(key="dispute-text").set_value("I said it twice.")
    page.app.run()
    page.click("Send it to a reviewer")
    assert "You dispute “" in page.html
    assert session.desk().archive.queue()[0].why[0].value == "disputed"


def test_a_corrected_round_becomes_a_golden_case_with_one_click(page: Page) -> None:
    reviewing_(page)
    page.click("Keep as golden `g`")
    assert "There is nothing to keep yet" in page.html
    page.click(MISSED).click("Keep as golden `g`")
    assert "Kept as a golden case: document-qa/round-" in page.html
    kept = sorted(path.name for path in (Settings().golden / "document-qa").iterdir())
    assert [name.partition(".")[2] for name in kept] == ["labels.yaml", "yaml"]


def test_a_deleted_round_is_no_golden_case_any_more(page: Page) -> None:
    reviewing_(page)
    graded("r2")
    for round_id in ("r1", "r2"):
        page.goto("review", round=round_id, by="Ana").click(MISSED).click("Keep as golden `g`")
    page.goto("result", round="r1").click("Delete for good")
    assert len(list(Settings().golden.rglob("*.yaml"))) == 2
    page.click("Delete everything for good")
    assert list(Settings().golden.rglob("*.yaml")) == []


def test_what_findings_make_of_the_scores_stands_beside_the_judge_alone(page: Page) -> None:
    reviewing_(page)
    assert "the judge alone: " not in page.html
    name = case().left(blind=False)[0]
    page.click(MISSED)
    assert "the judge alone: " in at(page, name).html


def test_previous_and_next_walk_through_everything_and_end_at_the_end(page: Page) -> None:
    reviewing_(page)
    assert PREVIOUS not in enabled(page)
    assert place(page.click(NEXT))[0] == 2
    assert place(page.click(PREVIOUS))[0] == 1
    last = open_items(case().round.brief, case().grade, case().sheet, ())[-1]
    at(page, last).click(NEXT)
    assert "still open. Go on, or end the review here." in page.html
    assert NEXT not in enabled(page)
    assert place(page.click(PREVIOUS))[0] > 1


def test_one_click_shows_the_result_as_the_candidate_reads_it_and_one_leads_back_to_the_same_item(
    page: Page,
) -> None:
    reviewing_(page).click(MISSED)
    reviewing.comment(session.desk(), case(), "C1", "Say the number.", NINE)
    item = criterion(page)
    assert PREVIEW in enabled(page)
    page.click(PREVIEW)
    assert "1 settled by Ana" in page.html
    assert "Fix this first" in page.html
    assert "Say the number." in page.html
    assert "Evidence strip" in page.html
    for label in ("Play again", "Send it to a reviewer", "Delete for good", "Retry this moment (2 min)"):
        assert label not in page.labels()
    assert not page.app.exception
    page.click("Back to the review `v`")
    assert criterion(page) == item
    assert "The judge: " in page.html


def test_a_blind_review_offers_no_preview_and_its_address_leads_back_to_the_review(page: Page) -> None:
    reviewing_(page, blind="1")
    assert PREVIEW not in page.labels()
    page.goto("preview", round="r1", by="Ana", blind="1")
    assert "Blind: the judge is hidden" in page.html
    assert "Evidence strip" not in page.html


def flag_that_stands() -> str:
    """A flag that Ana found to stand, by the first words of the round."""
    name = next(
        each.flag for each in grade_of().flags if each.stands is not True and each.flag.startswith("evals.")
    )
    quote = selected(case().round.transcript, "C1", 0, 40)
    assert quote is not None
    given = {"flag": name, "found": FlagStanding.STANDS, "by": "Ana", "at": NINE, "quotes": (quote,)}
    reviewing.flag(session.desk(), case(), FlagFound.model_validate(given))
    return name


def test_flags_are_settled_after_everything_else_with_words_and_what_they_cost_shows_at_once(page: Page) -> None:
    reviewing_(page)
    at(page, "communication").click(NEXT)
    name = criterion(page)
    assert name in case().round.brief.flags
    assert "The judge: " in page.html
    assert " flag</p>" in page.html
    if not reviewing.case(session.desk(), "r1", "Ana").review.judged_flag(name).quotes:
        assert "It stands `1`" not in enabled(page)
    before = review().settled
    select(page, name)
    page.app.text_input(key=f"{clicks.NOTE}{name}").set_value("Said and <kept>.").run()
    page.click("It stands `1`")
    assert criterion(page) != name
    (found,) = review().flags
    assert (found.flag, found.found, found.by, found.note) == (name, FlagStanding.STANDS, "Ana", "Said and <kept>.")
    assert found.quotes[0].turn == "C1"
    assert review().settled != before
    assert review().grade == grade_of()
    at(page, name)
    assert "You said: it stands." in page.html
    page.click("Does not stand `3`")
    assert not review().over_flag(name).stands  # type: ignore[union-attr]
    at(page, name).click(AGREE)
    assert review().flags == ()
    assert "You left the judge&#x27;s finding." in at(page, name).html


def test_a_settled_flag_is_on_the_result_with_who_said_so_and_what_the_judge_alone_found(page: Page) -> None:
    graded("r1")
    name = flag_that_stands()
    page.goto("result", round="r1")
    row = page.html.split(f'id="verdict-{name.replace(".", "-")}"')[1].split("</li>")[0]
    assert "Held against you" in row
    assert "settled by Ana" in row
    assert "The judge alone: " in row
    assert f"flag {name.partition('.')[2].replace('-', ' ')} by Ana" in page.html
