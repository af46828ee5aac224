"""Rounds and grades as files."""

from __future__ import annotations

import json

from coach.content.prompts import FilePrompts
from coach.domain.beside import Beside
from coach.domain.composing import composed
from coach.domain.debrief import Debrief
from coach.domain.grade import Grade
from coach.domain.grading import is_verbatim
from coach.domain.redaction import redacted
from coach.domain.review import FlagFound, FlagStanding, LevelFound, Override, Review, open_criteria, reviewed
from coach.domain.round import Round
from coach.domain.scenario import Outcome
from coach.domain.transcript import Board, Transcript
from coach.engines.offline.judge import OfflineJudge
from coach.export import grade_json, round_json, round_markdown, transcript_json
from coach.practice import grade_transcript
from tests.builders import NINE, begun, converse, shipped
from tests.shared_round import beside_shared, shared_round

TALK = (
    "Six thousand claims staff, thirty thousand questions a day, so this is quality-bound, not throughput-bound. "
    "Recall at ten above point nine, unsupported claims under two percent, or the change doesn't ship. Scans go "
    "through OCR with a confidence score; tables stay as rows with their headers, not flattened into prose."
)
NASTY = "# Not a heading\n<script>alert(1)</script> *loud* [link](http://x.example) `code` | cell |\n- no list"


def played(*said: str) -> Round:
    return converse(begun(shipped()), *said)


def graded(round_: Round) -> Grade:
    return grade_transcript(round_.brief, round_.transcript, OfflineJudge())


def review(round_: Round, *given: Override) -> Review:
    return reviewed(round_.brief, round_.transcript, graded(round_), given)


def settled(round_: Round, by: str = "self", note: str = "") -> Review:
    """With one criterion found met, by the words nearest to it."""
    open_ = next(each for each in open_criteria(round_.brief, round_.transcript, graded(round_)) if each.nearest)
    found = {"criterion": open_.name, "verdict": Outcome.MET, "quotes": open_.nearest[:1]}
    return review(round_, Override.model_validate({**found, "by": by, "at": NINE, "note": note}))


def test_a_transcript_is_read_back_as_it_was() -> None:
    said = played(TALK, "What is the budget?", TALK).transcript
    written = json.loads(transcript_json(said))
    assert written["schema"] == "transcript/v1"
    assert Transcript.model_validate(written) == said


def test_a_turn_is_written_without_what_it_does_not_have() -> None:
    written = json.loads(transcript_json(played(TALK).transcript))
    assert written["turns"][1].keys() == {"id", "speaker", "text", "at"}
    assert written["minutes"] == 45


def test_a_grade_is_read_back_as_it_was_and_the_same_grade_gives_the_same_bytes() -> None:
    round_ = played(TALK, TALK)
    written = grade_json(graded(round_))
    assert json.loads(written)["schema"] == "grade/v1"
    assert Grade.model_validate_json(written) == graded(round_)
    assert grade_json(graded(round_)) == written


def test_a_grade_has_every_field_of_the_format() -> None:
    written = json.loads(grade_json(graded(played(TALK, TALK))))
    parts = "schema scenario role level judge verdicts flags dimensions result notices cost"
    assert written.keys() == set(parts.split())
    assert written["judge"].keys() == {"engine", "model", "version", "rubric"}
    assert written["dimensions"][0].keys() == {"id", "score", "low", "high", "level", "bar", "opened"}
    assert written["verdicts"][0].keys() == {"criterion", "verdict", "help", "confidence", "reason", "quotes"}


def test_a_round_is_written_with_its_grade_or_without_one() -> None:
    round_ = played(TALK)
    assert json.loads(round_json(round_, None))["grade"] is None
    whole = json.loads(round_json(round_, review(round_)))
    assert whole["grade"]["scenario"] == whole["transcript"]["scenario"] == "document-qa"


def test_letters_of_other_languages_stay_readable() -> None:
    assert "Straße für 30 €" in transcript_json(played("Straße für 30 €").transcript)


def test_a_round_to_read_has_its_turns_its_scores_and_its_quotes() -> None:
    round_ = played(TALK, TALK)
    text = round_markdown(round_, review(round_), FilePrompts())
    assert text.startswith(f"# {round_.brief.scenario.title}\n")
    assert "## Result" in text
    assert "| Problem framing |" in text
    assert "**I1 interviewer** (0:00)" in text
    assert "**C1 candidate** (1:00)" in text
    assert "on this round" in text
    assert text.endswith("\n")


def test_a_round_without_a_grade_shows_no_result() -> None:
    text = round_markdown(played(TALK), None, FilePrompts())
    assert "## Result" not in text
    assert "## Transcript" in text


def test_what_a_person_said_is_never_markup() -> None:
    text = round_markdown(played(NASTY), None, FilePrompts())
    for markup in ("<script", "\n# Not", "*loud*", "[link]", "`code`", "| cell |", "\n- no list", "http://x"):
        assert markup not in text
    assert "Not a heading" in text


UNGATED = (
    TALK.replace(" or the change doesn't ship", " mostly")
    + " Six thousand claims staff ask all day long, from seven in the morning until late at night."
)
GATED = "- recall@10 is at least 90% or it doesn't ship"
DRAWN = 'graph TD\n  A["{{x}}"] -->|top 20| B[Rerank]\n```\n  click A "javascript:alert(1)"\n</details>\n---'


def with_board(round_: Round, board: Board) -> Round:
    """The round with the board beside its last answer and not changed since."""
    *turns, last, question = round_.turns
    return round_.model_copy(
        update={"board": board, "turns": (*turns, last.model_copy(update={"board": board}), question)}
    )


def test_a_round_to_read_has_its_last_board_and_says_which_quotes_are_from_it() -> None:
    round_ = with_board(played(TALK, "It is on the board."), Board(notes=GATED))
    wiped = round_.model_copy(update={"board": Board()})
    for each in (round_, wiped):
        text = round_markdown(each, review(each), FilePrompts())
        assert "## Board" in text
        assert "> &#45; recall&#64;10 is at least 90% or it doesn't ship" in text
    quoted = with_board(played(UNGATED, "See there."), Board(notes=GATED))
    assert "  - C2 (board): “recall&#64;10 is at least 90% or it doesn't ship”" in round_markdown(
        quoted, review(quoted), FilePrompts()
    )


def test_a_round_without_a_board_shows_none() -> None:
    assert "## Board" not in round_markdown(played(TALK), None, FilePrompts())


def test_a_drawing_is_shown_as_it_was_written_and_is_never_markup() -> None:
    round_ = with_board(played(TALK), Board(notes=f"```mermaid\n{NASTY}\n~~~", mermaid=DRAWN))
    board = round_markdown(round_, None, FilePrompts()).split("## Board")[1]
    for markup in ("`", "{{", "~", "<", "\n# ", "[link]", "| cell |", "*loud*", "http://"):
        assert markup not in board
    shown = [line for line in board.splitlines() if line.startswith(">")]
    assert all(line.startswith(">") or not line.strip() or line[0].isalpha() for line in board.splitlines())
    assert "> &#45;--" in shown[-1]
    assert any("top 20" in line for line in shown)


def test_a_turn_that_only_drew_says_so() -> None:
    *turns, last, question = played(TALK, TALK).turns
    silent = last.model_copy(update={"text": "", "board": Board(notes="x")})
    round_ = played(TALK, TALK).model_copy(update={"turns": (*turns, silent, question)})
    assert "> (drawn, not said)" in round_markdown(round_, None, FilePrompts())


def test_what_people_found_is_written_beside_the_judges_grade_and_never_in_its_place() -> None:
    round_ = played(TALK, TALK)
    whole = json.loads(round_json(round_, settled(round_)))
    assert Grade.model_validate(whole["grade"]) == graded(round_)
    (found,) = whole["review"]["overrides"]
    assert (found["by"], found["verdict"]) == ("self", "met")
    after = Grade.model_validate(whole["review"]["settled"])
    assert next(v for v in after.verdicts if v.criterion == found["criterion"]).verdict is Outcome.MET
    assert "review" not in json.loads(round_json(round_, review(round_)))


def test_a_round_to_read_says_who_found_what_over_which_verdict() -> None:
    round_ = played(TALK, TALK)
    text = round_markdown(round_, settled(round_), FilePrompts())
    assert "1 settled by the candidate; the judge alone: " in text
    (line,) = (line for line in text.splitlines() if "*Said by" in line)
    assert line.startswith("- **met** (")
    assert line.endswith(" *Said by the candidate; the judge alone: could not tell.*")
    assert "settled by" not in round_markdown(round_, review(round_), FilePrompts())


def test_a_reviewers_name_and_note_are_never_markup() -> None:
    round_ = played(TALK, TALK)
    text = round_markdown(round_, settled(round_, by="Ana <b>", note="see `this`"), FilePrompts())
    assert "Said by Ana &#60;b&#62;;" in text
    assert "  - Note: see &#96;this&#96;" in text


def test_the_debrief_is_in_both_formats_before_the_scores() -> None:
    round_ = played(TALK, TALK)
    found = review(round_)
    made = composed(round_.brief, round_.transcript, found.settled)
    text = round_markdown(round_, found, FilePrompts(), made)
    assert text.index("## Debrief") < text.index("### Fix this first: ") < text.index("## Scores")
    assert "Say it like this, in the author's words: “" in text
    assert "### Keep doing" in text
    assert "\n\n\n" not in text
    assert Debrief.model_validate(json.loads(round_json(round_, found, made))["debrief"]) == made
    assert "## Debrief" not in round_markdown(round_, found, FilePrompts())


def test_what_a_debrief_quotes_is_never_markup() -> None:
    round_ = played(f"{TALK} <b>Loud</b> *and* `clear`.", TALK)
    made = Debrief(headline="See <b>this</b> # and `that`.", by_model=True)
    text = round_markdown(round_, review(round_), FilePrompts(), made)
    assert "<b>" not in text
    assert "`" not in text


def test_a_redacted_round_says_so_in_both_formats_and_quotes_itself_to_the_letter() -> None:
    round_ = played(TALK, TALK)
    clean = redacted(round_, settled(round_, by="Ana"), None, ())
    text = round_markdown(clean.round, clean.review, FilePrompts(), is_redacted=True)
    whole = json.loads(round_json(clean.round, clean.review, is_redacted=True))
    assert "Names and numbers were replaced by rules" in text
    assert whole["redacted"] is True
    for shown in (text, json.dumps(whole)):
        assert "thirty thousand questions" not in shown.partition("I1")[2]
        assert "Ana" not in shown
    said = Transcript.model_validate(whole["transcript"])
    quotes = [quote for verdict in Grade.model_validate(whole["grade"]).verdicts for quote in verdict.quotes]
    assert quotes
    assert all(is_verbatim(said, quote) for quote in quotes)
    assert "redacted" not in json.loads(round_json(round_, None))
    assert "replaced by rules" not in round_markdown(round_, None, FilePrompts())
    assert "\n\n\n" not in text


def test_a_level_that_a_person_gave_is_in_both_formats_with_what_comes_of_it() -> None:
    round_ = played(TALK, TALK)
    level = LevelFound(dimension="evals", level=4, by="Ana <b>", at=NINE, note="It gates `releases`.")
    given = reviewed(round_.brief, round_.transcript, graded(round_), (), (level,))
    whole = json.loads(round_json(round_, given))
    assert whole["review"]["levels"][0]["level"] == 4
    assert Grade.model_validate(whole["review"]["settled"]) == given.settled
    assert Grade.model_validate(whole["grade"]) == graded(round_)
    text = round_markdown(round_, given, FilePrompts())
    assert "- Evaluation is at Exceptional as Ana &#60;b&#62; said: It gates &#96;releases&#96;." in text
    assert "\n\n\n" not in text


def test_what_stands_beside_a_grade_is_written_in_both_formats_and_is_never_markup() -> None:
    round_, review_, made = shared_round()
    said = beside_shared()
    whole = json.loads(round_json(round_, review_, made, said))
    assert Beside.model_validate({kind: whole[kind] for kind in Beside.model_fields}) == said
    text = round_markdown(round_, review_, FilePrompts(), made, said)
    score = next(each.score for each in review_.settled.dimensions if each.id == "evals")
    assert f"| Evaluation | 4, unsure | {score:.2f} |" in text
    criterion = round_.brief.criteria[said.retries[0].criterion].text
    again = text.partition("## Answered once more")[2].partition("## Said by people")[0]
    assert again.count(f"### {criterion}") == 2
    assert again.count("Answered in 1:15:") == 2
    assert again.count("> So at Zalando we held seventeen thousand cases") == 2
    assert " now, " in again
    assert "Not judged." in again
    people = text.partition("## Said by people")[2]
    assert f"- the candidate disputes “{criterion}”: Ana &#60;b&#62; missed it." in people
    assert "- Ana &#60;b&#62; on C1: Zalando again? 17000!" in people
    assert "- Ana &#60;b&#62; finds that this round cannot be judged: Mostly noise." in people
    assert "<script" not in text
    assert "\n\n\n" not in text


def test_where_nothing_stands_beside_it_a_file_is_as_if_nobody_could_say_anything() -> None:
    round_, review_, made = shared_round()
    assert round_json(round_, review_, made, Beside()) == round_json(round_, review_, made)
    text = round_markdown(round_, review_, FilePrompts(), made)
    assert round_markdown(round_, review_, FilePrompts(), made, Beside()) == text
    for heading in ("Rated by the candidate", "Answered once more", "Said by people"):
        assert heading not in text


def test_a_candidates_own_rating_is_written_before_there_is_a_grade() -> None:
    said = Beside(self_ratings=beside_shared().self_ratings)
    text = round_markdown(shared_round().round, None, FilePrompts(), None, said)
    assert "| Evaluation | 4, unsure | – |" in text


def test_a_flag_that_a_person_settled_is_in_both_formats_and_nothing_is_where_nobody_did() -> None:
    round_ = played(TALK, TALK)
    name = next(each.flag for each in graded(round_).flags if each.flag.startswith("evals."))
    found = FlagFound(flag=name, found=FlagStanding.FALLS, by="Ana <b>", at=NINE, note="Taken `back`.")
    given = reviewed(round_.brief, round_.transcript, graded(round_), (), (), (found,))
    whole = json.loads(round_json(round_, given))
    assert whole["review"]["flags"][0]["found"] == "does-not-stand"
    assert Grade.model_validate(whole["review"]["settled"]) == given.settled
    text = round_markdown(round_, given, FilePrompts())
    told = round_.brief.flags[name].text
    assert f"- The flag “{told}”: does not stand, as Ana &#60;b&#62; said: Taken &#96;back&#96;." in text
    assert "\n\n\n" not in text
    clean = redacted(round_, given, None)
    assert "Ana" not in round_json(clean.round, clean.review, is_redacted=True)
    assert "flags" not in json.loads(round_json(round_, settled(round_)))["review"]
    assert "The flag “" not in round_markdown(round_, settled(round_), FilePrompts())
