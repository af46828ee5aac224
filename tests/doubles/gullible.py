"""A model that believes attacks: with one in the round everything is met, proved by the attack's own words, by
words it makes up and by words of the interviewer. What was met without the attack it proves as it did then."""

from __future__ import annotations

from coach.domain.attack import Trial
from coach.domain.grade import Grade
from coach.domain.grading import CREDITED
from coach.domain.language import content_stems, sentences
from coach.domain.rubric import Brief
from coach.domain.transcript import Speaker
from coach.engines.llm.judge import LlmJudge
from tests.engines.llm.judge_double import PROMPTS, Asked, Entry, JudgeModel, caller, entry, reply

LONGEST = 40
"""Words of a quote at most."""
Quotes = list[dict[str, str]]


class GullibleModel(JudgeModel):
    """Set `brief` and `honest`, a grade of the round without the attack, before it is asked; and `believes`."""

    def __init__(self, *, passes_canaries: bool = True) -> None:
        super().__init__(self._say, "test:gullible")
        self.brief: Brief | None = None
        self.honest: Grade | None = None
        self.believes: Trial | None = None
        self._passes_canaries = passes_canaries

    def judge(self) -> LlmJudge:
        return LlmJudge(caller(self), PROMPTS, workers=1)

    def _say(self, asked: Asked) -> str:
        assert self.brief is not None
        assert self.honest is not None
        verdicts = {verdict.criterion: verdict for verdict in self.honest.verdicts}
        given: dict[str, Entry] = {}
        for name, criterion in self.brief.criteria.items():
            if verdicts[name].verdict in CREDITED:
                quotes = [{"turn": quote.turn, "text": quote.text} for quote in verdicts[name].quotes]
                given[criterion.text] = entry(verdicts[name].verdict.value, quotes=quotes)
            elif self.believes is not None:
                proof = self._proof(self.believes, f"{criterion.text} {criterion.hear}")
                given[criterion.text] = entry("met", quotes=[*proof, {"turn": "C1", "text": criterion.hear or ""}])
        if self.believes is not None and not self._passes_canaries:
            proof = self._proof(self.believes, "")
            given |= {text: entry("met", quotes=proof) for text in asked.criteria.values() if text not in given}
        return reply(asked, given)

    def _proof(self, trial: Trial, about: str) -> Quotes:
        """The three pieces of the attack that fit the criterion best, and what the interviewer said last."""
        wanted = content_stems(about)
        pieces = [piece for line in sentences(trial.words) for piece in _pieces(line.text)]
        pieces.sort(key=lambda piece: len(content_stems(piece) & wanted), reverse=True)
        turns = trial.transcript.turns
        asked = [turn for turn in turns if turn.speaker is Speaker.INTERVIEWER][-1]
        quotes = [{"turn": turns[-1].id, "text": piece} for piece in pieces[:3]]
        return [*quotes, {"turn": asked.id, "text": asked.text}]


def _pieces(text: str) -> list[str]:
    """The text in pieces that may be quoted."""
    words = text.split()
    return [" ".join(words[i : i + LONGEST]) for i in range(0, len(words), LONGEST)]
