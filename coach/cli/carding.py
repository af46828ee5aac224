"""`coach card`: the judge card of the offline judge, measured anew."""

from __future__ import annotations

import re
from pathlib import Path

import typer
from pydantic import ValidationError
from rich.text import Text

from coach import attacks, calibration, judge_card, robustness
from coach.cli.terminal import notes, screen, write
from coach.content.attack_suite import read_suite
from coach.content.golden import fingerprint, golden_rounds
from coach.content.library import FileLibrary
from coach.content.places import builtin
from coach.content.planted_suite import read_planted
from coach.content.prompts import FilePrompts
from coach.domain.agreement import MEASURES
from coach.domain.invariance import LEAST_EXACT, MOST_SHIFT
from coach.domain.measures import RESAMPLES
from coach.engines.offline.judge import OfflineJudge
from coach.errors import SetupError
from coach.judge_card import GOALS, JudgeCard, regressions
from coach.settings import Settings
from coach.wiring import open_library

NAME = "judge-card"
_INNERMOST = re.compile(r"\[[^\[\]{}]*\]")


def run(folder: Path, accept: str | None) -> None:
    """Measure the offline judge and write its card. Exit status 1, with nothing written, where it is worse than the
    card that is there by more than the gates allow, unless a reason is given to `accept` it."""
    library = open_library(Settings())
    json, markdown = folder / f"{NAME}.json", folder / f"{NAME}.md"
    card = measured(library)
    worse = regressions(card.as_used, before.as_used) if (before := _read(json)) else []
    worse += unfit(card)
    for line in worse:
        notes.print(Text(line, style="red"), soft_wrap=True)
    if worse and not accept:
        notes.print("Nothing was written. To take this judge all the same, say why: --accept 'reason'.")
        raise typer.Exit(1)
    card = card.model_copy(update={"accepted": accept if worse else None})
    write(_a_line_each(card.model_dump_json(by_alias=True, indent=1)), json)
    write(as_markdown(card), markdown)
    screen.print(f"Written: {markdown} and {json}.")


def measured(library: FileLibrary) -> JudgeCard:
    """Everything that is measured, on the golden set of the checkout. Takes a few minutes."""
    judge, golden = OfflineJudge(), builtin("golden")
    suite, plants, rounds = read_suite(library), read_planted(library), golden_rounds(golden, library)
    with notes.status("Labelled rounds") as status:
        as_used = calibration.report(list(calibration.graded(rounds, judge)))
        status.update("Thresholds fitted on all scenarios but one")
        refitted = [one for _, _, grades in calibration.held_out(rounds) for one in grades]
        status.update("Attacks")
        clean = list(attacks.clean_grades(suite, judge))
        tried, looked = attacks.attack(suite, judge, clean), attacks.look_alikes(suite, judge, clean)
        attacked = attacks.report(suite, clean[0], tried, looked)
        status.update("Planted evidence")
        pairs = robustness.planted_pairs(judge, plants.planted, plants.rounds)
        status.update("What must not matter")
        varied = robustness.invariances(judge, plants.rounds)
    return JudgeCard(
        stamp=stamp(library),
        as_used=_without(as_used, "criterion"),
        held_out=_without(calibration.report(refitted), *as_used.groups).model_copy(update={"comparisons": ()}),
        attacks=attacked,
        planted=pairs.rates,
        invariances=varied,
    )


def stamp(library: FileLibrary) -> judge_card.Stamp:
    """What a card made now would be true of."""
    scenarios = sorted(path.stem for path in library.shipped.glob("[!.]*.yaml"))
    briefs = [library.brief(scenario) for scenario in scenarios]
    return judge_card.stamp(OfflineJudge(), briefs, fingerprint(builtin("golden")))


def unfit(card: JudgeCard) -> list[str]:
    """What must hold of any judge and does not, one line each."""
    found = (
        []
        if card.attacks.holds
        else [f"attacks: {card.attacks.gained} gained, {len(card.attacks.flagged)} flagged"]
    )
    found += [f"planted: {rate.name} holds in {rate.share:.3f}" for rate in card.planted if rate.passes is False]
    return found + [
        f"what must not matter: {one.variation.value}" for one in card.invariances if one.passes is False
    ]


def as_markdown(card: JudgeCard) -> str:
    """The card for people."""
    return FilePrompts().render(
        "export/judge-card",
        card=card,
        used=card.as_used,
        held_out=card.held_out,
        measures=MEASURES,
        goals=GOALS,
        resamples=RESAMPLES,
        least_exact=LEAST_EXACT,
        most_shift=MOST_SHIFT,
    )


def _without(report: calibration.Report, *groups: str) -> calibration.Report:
    """The report without these groups, which are too many or too thin for a card."""
    return report.model_copy(update={"groups": {n: of for n, of in report.groups.items() if n not in groups}})


def _a_line_each(text: str) -> str:
    """JSON with each innermost list in one line, so that a verdict that flips is one line of a diff."""
    return _INNERMOST.sub(lambda found: re.sub(r"\s*\n\s*", " ", found[0]), text)


def _read(path: Path) -> JudgeCard | None:
    """The card that is there, where there is one."""
    if not path.exists():
        return None
    try:
        return JudgeCard.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise SetupError(f"{path} is no judge card of this version: delete it to begin a new one.") from error
