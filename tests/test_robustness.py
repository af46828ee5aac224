"""The runner of planted pairs and variations, with a judge whose mistakes are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.domain.grade import Findings, JudgeStamp
from coach.domain.invariance import Variation
from coach.domain.planted import Change, PairFigures, Plant, Planted, Played
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome
from coach.domain.transcript import Transcript, Turn
from coach.robustness import invariances, planted_pairs
from tests.builders import STAMP, findings, quoted, verdict
from tests.golden_rounds import golden_round

CRITERION = "evals.golden-set"
PLANT = Plant(
    criterion=CRITERION,
    earns="I label a golden set.",
    negated="I label no golden set.",
    attributed="They label a golden set.",
    hypothetical="I might label a golden set.",
)


class Credulous:
    """Credits whoever says the words, whatever they say about them; unless `wary`, to whom only one way counts."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted

    def stamp(self, brief: Brief) -> JudgeStamp:
        return STAMP

    def judge(
        self, brief: Brief, transcript: Transcript, dimensions: Sequence[str], round_id: str | None = None
    ) -> Iterator[Findings]:
        turn = next((turn.id for turn in transcript.candidate if self.wanted in turn.text), None)
        for dimension in dimensions:
            if dimension != "evals":
                yield findings(dimension)
            elif turn is None:
                yield findings(dimension, verdict(CRITERION, Outcome.MISSED))
            else:
                yield findings(dimension, verdict(CRITERION, Outcome.MET, quoted(transcript, turn, self.wanted)))


def played(name: str, last: str = "") -> Played:
    whole = golden_round("document-qa/p5")
    turns = list(whole.transcript.turns)
    place = max(i for i, turn in enumerate(turns) if turn.speaker == "candidate") - 2
    changed: Turn = turns[place].model_copy(update={"text": f"{turns[place].text} {last}".strip()})
    turns[place] = changed
    return Played(name, whole.brief, whole.transcript.model_copy(update={"turns": tuple(turns)}))


def measured(wanted: str, *rounds: Played) -> PairFigures:
    planted = Planted.model_validate({"schema": "planted/v1", "scenario": "document-qa", "plants": [PLANT]})
    return planted_pairs(Credulous(wanted), [planted], rounds)


def holds(found: PairFigures) -> dict[str, tuple[int, int]]:
    return {rate.name: (rate.holds, rate.of) for rate in found.rates}


def test_a_judge_that_reads_words_alone_is_caught_by_borrowed_ones() -> None:
    assert holds(measured("label a golden set", played("document-qa/a"))) | {} == {
        "earns": (1, 1),
        "negated": (1, 1),
        "attributed": (0, 1),
        "hypothetical": (0, 1),
        "inserted": (0, 0),
        "removed": (0, 0),
        "moved": (0, 0),
        "hinted": (0, 0),
    }


def test_a_judge_that_follows_the_evidence_holds() -> None:
    rounds = (played("document-qa/a"), played("document-qa/b", "I label a golden set."))
    found = holds(measured("I label a golden set", *rounds))
    assert found["inserted"] == found["removed"] == found["moved"] == found["hinted"] == (1, 1)
    assert found["attributed"] == found["hypothetical"] == (1, 1)


def test_what_is_earned_twice_is_removed_twice_and_no_more() -> None:
    twice = played("document-qa/a", "I label a golden set. And I label a golden set.")
    assert holds(measured("I label a golden set", twice))["removed"] == (1, 1)
    often = played("document-qa/a", "I label a golden set. I label a golden set. I label a golden set.")
    assert holds(measured("I label a golden set", often))["removed"] == (0, 1)


def test_every_pair_is_kept_with_its_verdicts() -> None:
    pairs = measured("I label a golden set", played("document-qa/a")).pairs
    assert [(pair.change, pair.before, pair.after) for pair in pairs][:2] == [
        (Change.EARNS, Outcome.MISSED, Outcome.MET),
        (Change.NEGATED, Outcome.MISSED, Outcome.MISSED),
    ]


def test_a_level_that_moves_with_the_style_is_told() -> None:
    """The words it wants begin a sentence, and bold type breaks them."""
    whole = played("document-qa/a", "I label a golden set.")
    judge = Credulous("I label a golden set")
    bold, plain = invariances(judge, [whole], [Variation.MARKDOWN, Variation.FILLERS])
    assert plain.shifts == ()
    assert bold.dimensions == plain.dimensions
    assert PairFigures.model_validate_json(measured("x", whole).model_dump_json()).pairs
