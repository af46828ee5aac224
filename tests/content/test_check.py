"""The lint names every mistake at once, with its line and what to do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.content.check import KINDS, check
from coach.content.library import FileLibrary
from coach.content.places import builtin
from coach.content.reading import read
from tests.content.builders import DATA, changed, found, line_of, scenario


@pytest.fixture(scope="module")
def library() -> FileLibrary:
    return FileLibrary()


def test_everything_shipped_is_clean(library: FileLibrary) -> None:
    assert check([], library) == []


def test_eight_mistakes_in_one_file_are_all_found_in_the_order_of_their_lines(library: FileLibrary) -> None:
    path = DATA / "eight-mistakes.yaml"
    problems = check([path], library)
    expected = {
        "minutes: {full: forty": "minutes.full: should be a whole number, not 'forty'",
        "emphsis:": "emphsis: unknown key — did you mean 'emphasis'?",
        "prices: neutral-crad": "prices: there is no price card 'neutral-crad' — did you mean 'neutral-card'?",
        "topics: []": "facts.calls.topics: needs at least 1 and has 0",
        "answer: 13": "math.cost-month.answer: 13 is outside `accept`, 700 to 2,600",
        "severity: huge": ("criteria.framing.solution-first.severity: should be 'minor' or 'major', not 'huge'"),
        "core: grounded-statements\n      text: Ties": (
            "criteria.approach.grounded-statements.core: the id 'grounded-statements' is already used on line "
            f"{line_of(path, 'core: grounded-statements')}; ids are unique"
        ),
        "safty": ("curveballs.no-reading.hits[2]: the rubric has no dimension 'safty' — did you mean 'safety'?"),
    }
    assert [str(problem) for problem in problems] == [
        f"[ERROR] {problems[0].path}:{line_of(path, text)}: {message}" for text, message in expected.items()
    ]


@pytest.mark.parametrize(
    ("text", "changed_to", "where", "message"),
    [
        ("title: My topic\n", "", "title", "is missing"),
        ("title: My topic", "title: {means: a, b}", "title", "should be text, not `key: value` lines"),
        ("short: 35}", "short: 35, at most}", "minutes.at most", "put that text in quotes"),
        (
            "    - core: users-and-load",
            "    - cor: users-and-load",
            "criteria.framing[1].cor",
            "did you mean 'core'?",
        ),
        (
            "- core: users-and-load",
            "- core: Users And Load",
            "criteria.framing.Users And Load.core",
            "'users-and-load'?",
        ),
        ("- core: users-and-load", "- core: 404", "criteria.framing[1].core", "not 404; quotes make it text"),
        ("accept: [0.004, 0.015]", "accept: [0.004]", "math.cost-per-call.accept[2]", "is missing"),
        ("accept: [0.004, 0.015]", "accept: [0.02, 0.015]", "math.cost-per-call.accept", "lowest"),
        ("answer: 0.0075", "answer: 1", "math.cost-per-call.answer", "1 is outside `accept`"),
        ("working: (1_500", "working: (15_000", "math.cost-per-call.working", "comes to 0.048, outside `accept`"),
        ("working: (1_500 *", "working: (1_500 * *", "math.cost-per-call.working", "column 10: "),
        (
            "large.input_per_m",
            "larg.input_per_m",
            "math.cost-per-call.working",
            "did you mean 'large.input_per_m'?",
        ),
        ("emphasis: {evals: 1.1}", "emphasis: {eval: 1.1}", "emphasis.eval", "did you mean 'evals'?"),
        (
            "framing.depth: [framing",
            "framing.dept: [framing",
            "exposes.framing.dept",
            "did you mean 'framing.depth'?",
        ),
        (
            "[framing.error-asymmetry]",
            "[framing.eror-asymmetry]",
            "exposes.framing.depth[1]",
            "did you mean 'framing.error-asymmetry'?",
        ),
        ("exposes: [golden-set]", "exposes: [gold-set]", "hints.evals[1].exposes[1]", "did you mean 'golden-set'?"),
        ("hints:\n  evals:", "hints:\n  evls:", "hints.evls", "did you mean 'evals'?"),
        (
            "expect: {golden-set: missed",
            "expect: {golden-sets: missed",
            "calibration.cal-evals-weak.expect.golden-sets",
            "did you mean 'golden-set'?",
        ),
        ("dimension: evals", "dimension: eval", "calibration.cal-evals-weak.dimension", "did you mean 'evals'?"),
        ("    clarify: Who is", "    depths: Who is", "probes.framing.depths", "did you mean 'depth'?"),
        ("    clarify: Who is", "    failure: Who is", "criteria.framing", "no `clarify` probe"),
        ("probes:\n  framing:", "probes:\n  framming:", "probes.framming", "did you mean 'framing'?"),
        ("id: my-topic", "id: other-topic", "id", "the file is called my-topic.yaml"),
        ("prices: neutral-card", "prices: ../secret", "prices", "is not an id"),
        ("schema: scenario/v1", "schema: scenari/v1", "schema", "did you mean 'scenario/v1'?"),
        ("schema: scenario/v1\n", "", "", "begin with `schema:`"),
        ("  - id: calls", "  - id: users-traffic", "facts.users-traffic.id", "already used on line"),
        (
            "    - core: success-measure",
            "    - advanced: success-measure",
            "criteria.framing",
            "has 2 core criteria",
        ),
        ("    - advanced: scope-cut", "    - core: scope-cut", "criteria.framing", "has 1 advanced criteria"),
    ],
)
def test_each_mistake_in_a_scenario_is_named_on_its_line(
    tmp_path: Path, library: FileLibrary, text: str, changed_to: str, where: str, message: str
) -> None:
    problems = check([scenario(tmp_path, (text, changed_to))], library)
    named = [problem for problem in problems if problem.where == where and message in problem.message]
    assert named, "\n".join(map(str, problems))
    if changed_to and where not in {"", "criteria.framing"}:
        path = tmp_path / "my-topic.yaml"
        lines = path.read_text(encoding="utf-8").splitlines()
        last = where.rpartition(".")[2].partition("[")[0]
        block = "\n".join(lines[named[0].line - 1 : named[0].line + 2])
        assert last in block or changed_to.strip() in block


def test_a_text_too_long_to_take_in_is_counted(tmp_path: Path, library: FileLibrary) -> None:
    path = scenario(tmp_path, ("Ties each statement", "word " * 40 + "Ties each statement"))
    assert any("words; at most 44" in problem for problem in found(path, library))
    path = scenario(tmp_path, ("You work with a call", "word " * 60 + "You work with a call"))
    assert any("opening: has" in problem and "at most 69" in problem for problem in found(path, library))


def test_criteria_of_the_rubric_cannot_be_written_again(tmp_path: Path, library: FileLibrary) -> None:
    added = "criteria:\n  communication:\n    - core: plan-stated\n      text: States a plan.\n"
    assert any("the rubric itself" in one for one in found(scenario(tmp_path, ("criteria:\n", added)), library))


def test_a_dimension_without_criteria_is_named(tmp_path: Path, library: FileLibrary) -> None:
    path = scenario(tmp_path)
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  cost:\n    - core"), text.index("  safety:\n    - core")
    changed(path, text[:start] + text[end:])
    assert any("'cost' has no criteria" in problem for problem in found(path, library))


def test_a_missing_file_an_empty_folder_and_a_foreign_file_are_problems(
    tmp_path: Path, library: FileLibrary
) -> None:
    (tmp_path / "empty").mkdir()
    foreign = changed(tmp_path / "deck.yaml", "name: cards\n")
    said = check([tmp_path / "nothing.yaml", tmp_path / "empty", foreign], library)
    assert [problem.message.split(";")[0] for problem in said] == [
        "does not say what it is",
        "holds no YAML or JSON file to check",
        "cannot be read: no such file or directory",
    ]


def test_a_folder_is_checked_with_the_folders_in_it(tmp_path: Path, library: FileLibrary) -> None:
    scenario(tmp_path / "mine", ("title: My topic\n", ""))
    scenario(tmp_path / "mine" / "deeper", ("prices: neutral-card", ""), id_="other-topic")
    changed(tmp_path / ".hidden" / "x.yaml", "[")
    assert [problem.where for problem in check([tmp_path], library)] == ["prices", "title"]


def test_without_paths_a_persons_own_scenarios_are_checked_too(tmp_path: Path) -> None:
    scenario(tmp_path, ("title: My topic\n", ""))
    scenario(tmp_path, id_="document-qa")
    said = [problem.message for problem in check([], FileLibrary(tmp_path))]
    assert "is missing" in said
    assert any(message.startswith("the id 'document-qa' is taken by") for message in said)


GOLDEN = Path(__file__).parents[2] / "golden" / "document-qa"


def golden(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    target = folder / "document-qa"
    target.mkdir(exist_ok=True)
    shutil.copy(GOLDEN / "p1.yaml", target)
    return changed(target / name, (GOLDEN / name).read_text(encoding="utf-8"), *changes)


@pytest.mark.parametrize(
    ("change", "where", "message"),
    [
        (("scenario: document-qa", "scenario: document-q"), "scenario", "did you mean 'document-qa'?"),
        (("role: applied", "role: aplied"), "role", "did you mean 'applied'?"),
        (("fact: users-traffic", "fact: user-traffic"), "turns.I2.fact", "did you mean 'users-traffic'?"),
        (("probe: evals.depth", "probe: evals.dept"), "turns.", "did you mean 'evals.depth'?"),
        (("speaker: candidate", "speaker: candidat"), "turns.C1.speaker", "did you mean 'candidate'?"),
        (("id: C2", "id: C1"), "turns.C1.id", "turn id 'C1' is used twice"),
        (("move: opening", "mov: opening"), "turns.I1.mov", "did you mean 'move'?"),
    ],
)
def test_each_mistake_in_a_transcript_is_named(
    tmp_path: Path, library: FileLibrary, change: tuple[str, str], where: str, message: str
) -> None:
    problems = check([golden(tmp_path, "p1.yaml", change)], library)
    assert [problem for problem in problems if problem.where.startswith(where) and message in problem.message]
    assert all(problem.line for problem in problems)


def test_a_transcript_with_one_speaker_or_no_turns_is_a_problem(tmp_path: Path, library: FileLibrary) -> None:
    turns = [{"speaker": "candidate", "text": "I would start with users."}]
    path = changed(tmp_path / "a.json", json.dumps({"scenario": "document-qa", "turns": turns}))
    assert found(path, library) == ["1: turns: no turn of the interviewer; a round needs both speakers"]
    path = changed(tmp_path / "b.yaml", "schema: transcript/v1\nscenario: document-qa\nturns: []\n")
    assert any("no turns" in problem for problem in found(path, library))


@pytest.mark.parametrize(
    ("change", "where", "message"),
    [
        (
            ("framing.users-and-load: {", "framing.user-and-load: {"),
            "verdicts.framing.user-and-load",
            "did you mean",
        ),
        (("framing.users-and-load: {", "framing.user-and-load: {"), "verdicts", "'framing.users-and-load' is not"),
        (("help: unprompted, turn: C2, ", "turn: C2, "), "verdicts.framing.users-and-load", "'help' is missing"),
        (("turn: C2,", "turn: C99,"), "verdicts.framing.users-and-load.turn", "no turn 'C99'"),
        (
            ("underwriters and handlers,", "underwriters or handlers,"),
            "verdicts.framing.users-and-load.quote",
            "C2",
        ),
        (("  data.pdf-is-text: {stands: false}\n", ""), "flags", "the flag 'data.pdf-is-text' is not labelled"),
        (("{framing: 4, ", "{"), "levels", "the dimension 'framing' is not labelled"),
        (("verdict: met", "verdict: mett"), "verdicts.framing.users-and-load.verdict", "did you mean 'met'?"),
        (
            ("transcript: document-qa/p1", "transcript: document-qa/p9"),
            "transcript",
            "there is no document-qa/p9.yaml",
        ),
        (
            ("label_source: constructed", "label_source: guessed"),
            "label_source",
            "'constructed', 'model' or 'human'",
        ),
    ],
)
def test_each_mistake_in_labels_is_named(
    tmp_path: Path, library: FileLibrary, change: tuple[str, str], where: str, message: str
) -> None:
    problems = check([golden(tmp_path, "p1.labels.yaml", change)], library)
    assert [problem for problem in problems if problem.where == where and message in problem.message]


@pytest.mark.parametrize(
    ("change", "where", "message"),
    [
        (
            ("earns: [framing.users-and-load]", "earns: [framing.users-and-lod]"),
            "beats[2].earns[1]",
            "did you mean",
        ),
        (
            ("earns: [framing.users-and-load]", "earns: []"),
            "not_earned",
            "'framing.users-and-load' is in no beat's",
        ),
        (("not_earned: []", "not_earned: [data.chunk-plan]"), "not_earned[1]", "is earned by a beat"),
        (('at: "01:40"', 'at: "00:10"'), "beats[2].at", "not after the beat before it"),
        (('at: "01:40"', "at: 1:400"), "beats[2].at", "does not have the form"),
        (("dimension: data", "dimension: dta"), "beats[4].dimension", "did you mean 'data'?"),
        (("scenario: document-qa", "scenario: document"), "scenario", "did you mean 'document-qa'?"),
    ],
)
def test_each_mistake_in_a_walkthrough_is_named(
    tmp_path: Path, library: FileLibrary, change: tuple[str, str], where: str, message: str
) -> None:
    shipped = library.shipped / "walkthroughs" / "document-qa.yaml"
    path = changed(tmp_path / "document-qa.yaml", shipped.read_text(encoding="utf-8"), change)
    problems = check([path], library)
    assert [problem for problem in problems if problem.where == where and message in problem.message]


@pytest.mark.parametrize(
    ("change", "where", "message"),
    [
        (("product: {framing: 14,", "product: {framing: 15,"), "roles.product", "the weights sum to 101"),
        (("product: {framing: 14, data: 10,", "product: {data: 24,"), "roles.product", "'framing' has no weight"),
        (
            ("product: {framing: 14,", "product: {framming: 14,"),
            "roles.product.framming",
            "did you mean 'framing'?",
        ),
        (("product: [evals,", "product: [eval,"), "priority_dimensions.product[1]", "did you mean 'evals'?"),
        (("[0.5, 1.49]", "[0.6, 1.49]"), "levels_from_score.1", "begins at 0.6, not 0.01 above 0.49"),
        (("4: [3.4, 4.0]", "4: [3.4, 3.9]"), "levels_from_score.4", "ends at 4"),
        (("probed: 0.9 ", "probed: 0.7 "), "help_credit.exposed", "earns more than less help does"),
        (("      4: Reframes", "      5: Reframes"), "dimensions.framing.anchors", "level 4 is missing"),
        (("      4: Reframes", "      5: Reframes"), "dimensions.framing.anchors.5", "there is no level '5'"),
        (("  mid:    {priority", "  med:    {priority"), "bars.med", "did you mean 'mid'?"),
        (("role_names: {product:", "role_names: {prodct:"), "role_names.prodct", "did you mean 'product'?"),
        (("  - id: data\n", "  - id: framing\n"), "dimensions.framing.id", "already used on line"),
    ],
)
def test_each_mistake_in_a_rubric_is_named(
    tmp_path: Path, library: FileLibrary, change: tuple[str, str], where: str, message: str
) -> None:
    path = changed(tmp_path / library.rubric_path.name, library.rubric_path.read_text(encoding="utf-8"), change)
    problems = check([path], library)
    assert [one for one in problems if one.where == where and message in one.message], "\n".join(map(str, problems))


def test_a_price_card_is_strict(tmp_path: Path, library: FileLibrary) -> None:
    card = (library.shipped / "prices" / "neutral-card.yaml").read_text(encoding="utf-8")
    path = changed(tmp_path / "neutral-card.yaml", card, ("gpu_hour:", "gpu_houres:"), ("6.00", "-6"))
    assert [problem.partition(": ")[2] for problem in found(path, library)] == [
        "gpu_houres: unknown key — did you mean 'gpu_hour'?",
        "human.support_contact: should be greater than or equal to 0",
    ]


def test_every_format_has_a_kind() -> None:
    written = "scenario rubric prices transcript walkthrough attack benign planted grade".split()
    assert set(KINDS) == {f"{kind}/v1" for kind in written}


ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**6) | st.floats(-10, 10) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=6), inner, max_size=2),
    max_leaves=4,
)
FILES = {
    "my-topic.yaml": builtin("prompts") / "new" / "scenario.yaml",
    "ai-system-design.yaml": builtin("rubrics") / "ai-system-design.yaml",
    "neutral-card.yaml": builtin("scenarios") / "prices" / "neutral-card.yaml",
    "document-qa.yaml": builtin("scenarios") / "walkthroughs" / "document-qa.yaml",
    "p1.yaml": GOLDEN / "p1.yaml",
    "p1.labels.yaml": GOLDEN / "p1.labels.yaml",
}


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_anything_in_any_place_of_any_file_is_at_most_a_list_of_problems(
    tmp_path: Path, library: FileLibrary, name: str, data: st.DataObject
) -> None:
    value = json.loads(json.dumps(read(FILES[name]).composed.value))
    for _ in range(data.draw(st.integers(1, 3))):
        spoil(value, data)
    golden(tmp_path, "p1.labels.yaml")
    path = changed(tmp_path / "document-qa" / name, json.dumps(value))
    for problem in check([path], library):
        assert str(problem).startswith("[ERROR] ")
        assert problem.message
        assert "\n" not in str(problem)


def spoil(value: Any, data: st.DataObject) -> None:
    """Put something odd somewhere into `value`."""
    while True:
        keys: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if not isinstance(value[key], dict | list) or data.draw(st.integers(0, 4)) == 0:
            value[key] = data.draw(ODD)
            return
        value = value[key]
