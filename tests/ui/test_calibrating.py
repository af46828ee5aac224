"""A new reviewer calibrates on rounds of the golden set."""

from __future__ import annotations

import pytest

from coach import reviewing
from coach.domain.calibration_rounds import SEVERAL
from coach.domain.golden import GoldenRound
from coach.domain.grade import Quote
from coach.domain.review import LevelFound, Override
from coach.domain.scenario import Outcome
from coach.domain.search import Search
from coach.domain.worksheet import blind_items, is_level
from coach.errors import ReviewError
from coach.reviewing import Case
from coach.ui import session
from coach.ui.session import calibrating
from tests.builders import NINE
from tests.ui.page import Page
from tests.ui.test_queue import enabled, named

AGAINST = "Hold mine against the labels"


def started(page: Page, by: str = "Ana") -> Page:
    """The first round that is offered, open."""
    page.goto("agreement", by=by)
    return page.click(offered(page)[0])


def offered(page: Page) -> list[str]:
    return [label for label in page.labels() if label.startswith(("Review blind: ", "Go on with: "))]


def opened(page: Page, by: str = "Ana") -> tuple[Case, GoldenRound]:
    known = reviewing.calibrations(session.desk(), calibrating.rounds(), by)
    golden = next(each.golden for each in known if each.round_id == page.round_id)
    return reviewing.case(session.desk(), page.round_id, by), golden


def found_as_labelled(case: Case, golden: GoldenRound, by: str = "Ana", *, but: str = "") -> None:
    """Every blind finding as the labels have it, `but` for one criterion that is met to the reviewer."""
    turn = golden.transcript.candidate[0]
    words = Quote(turn=turn.id, start=0, end=len(turn.text), text=turn.text)
    for item in blind_items(case.round.brief, case.grade, case.round.id):
        if is_level(item):
            level = golden.labels.levels[item] or 0
            reviewing.level(
                session.desk(), case, LevelFound(dimension=item, level=level, by=by, at=NINE, blind=True)
            )
            continue
        label = golden.labels.verdicts[item].verdict
        verdict = Outcome.MET if item == but else Outcome.MISSED if label is Outcome.NOT_REACHED else label
        quotes = (words,) if verdict in {Outcome.MET, Outcome.PARTIAL} else ()
        whole = {"criterion": item, "verdict": verdict, "by": by, "at": NINE, "blind": True, "quotes": quotes}
        reviewing.find(session.desk(), case, Override.model_validate(whole))


def test_three_rounds_are_offered_with_where_their_labels_come_from_once_there_is_a_name(page: Page) -> None:
    page.goto("agreement")
    assert len(offered(page)) == SEVERAL
    assert not set(offered(page)) & set(enabled(page))
    page.app.text_input(key="name").set_value("Ana").run()
    assert set(offered(page)) <= set(enabled(page))
    assert "3 rounds of the golden set to review blind, 0 done" in page.html
    assert "Labels: constructed (planted by the round&#x27;s writer" in page.html
    assert "You and the labels" not in page.html


def test_the_queue_leads_a_reviewer_there_until_all_are_done(page: Page) -> None:
    link = "New here? Calibrate on rounds with known labels first"
    assert link not in page.goto("queue").links()
    assert link in named(page).links()
    for _ in range(SEVERAL):
        page.goto("agreement", by="Ana").click(offered(page)[0])
        found_as_labelled(*opened(page))
        page.goto("review", round=page.round_id, by="Ana").click(AGAINST)
    assert "3 rounds of the golden set to review blind, 3 done" in page.html
    assert link not in page.goto("queue", by="Ana").links()


def test_a_round_to_calibrate_on_is_blind_and_shows_neither_judge_nor_labels(page: Page) -> None:
    started(page)
    assert "Blind: the labels are hidden until yours are in" in page.html
    assert "The judge" not in page.html
    assert AGAINST not in enabled(page)
    for label in ("Agree `a`", "Keep as golden `g`", "Complete and next", "Show the judge's"):
        assert label not in page.labels()
    page.click("Missed `3`").click("To the other rounds")
    assert page.html.count("min to read · begun") == 1
    assert any(label.startswith("Go on with: ") for label in page.labels())


def test_once_all_is_found_it_is_held_against_the_labels_by_dimension(page: Page) -> None:
    started(page)
    case, golden = opened(page)
    missed = next(
        name
        for name in case.asked_blind()
        if not is_level(name) and golden.labels.verdicts[name].verdict is Outcome.MISSED
    )
    found_as_labelled(case, golden, but=missed)
    page.goto("review", round=page.round_id, by="Ana")
    assert "Hold them against the labels now" in page.html
    page.click(AGAINST)
    assert "3 rounds of the golden set to review blind, 1 done" in page.html
    assert "<h2>You and the labels</h2>" in page.html
    assert "Agreement with reference labels (constructed), 1 round" in page.html
    assert f"{golden.brief.scenario.title}: 1 difference" in page.html.replace("&amp;", "&")
    row = page.html.split('<tr class="is-apart">')[1].split("</tr>")[0]
    assert "<td>Met</td><td>Missed</td>" in row
    last = page.html.split("<h2>You and the labels</h2>")[1].split("</table>")[0].split("<tr>")[-1]
    (_, verdicts, same, *_, higher) = [cell.split("</")[0] for cell in last.split("<td>")]
    assert int(same) == int(verdicts) - 1
    assert higher == "0.00"
    assert "<h2>Reviewers and the labels</h2>" in page.goto("agreement", by="Ben").html
    assert "You and the labels" not in page.html


def test_findings_on_it_stay_as_they_are_once_the_labels_are_seen(page: Page) -> None:
    started(page)
    case, golden = opened(page)
    found_as_labelled(case, golden)
    page.goto("review", round=page.round_id, by="Ana").click(AGAINST)
    page.goto("review", round=case.round.id, by="Ana")
    assert "<h1>The judge and people</h1>" in page.html
    with pytest.raises(ReviewError, match="You have seen the judge's verdicts"):
        found_as_labelled(reviewing.case(session.desk(), case.round.id, "Ana"), golden)


def test_such_a_round_is_in_no_list_no_search_no_queue_and_no_figure_of_the_judge(page: Page) -> None:
    started(page)
    case, golden = opened(page)
    found_as_labelled(case, golden)
    page.goto("review", round=page.round_id, by="Ana").click(AGAINST)
    archive = session.desk().archive
    assert archive.round(case.round.id).turns == golden.transcript.turns
    assert archive.rounds() == []
    assert archive.attempts(10) == []
    assert archive.search(Search(), 10) == []
    assert archive.search(Search(words=("the",)), 10) == []
    assert archive.queue() == []
    assert archive.done_since(NINE) == 0
    assert "<strong>0 blind reviews</strong>" in page.goto("agreement", by="Ana").html
    assert "No round yet" in page.goto("home").html
