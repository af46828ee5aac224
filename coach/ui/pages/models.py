"""Models: which are in use, their keys, the choice for each role, whether they answer, and what they cost."""

from __future__ import annotations

import streamlit as st

from coach.chat_models import connect
from coach.chat_models.trial import trial
from coach.errors import CoachError
from coach.keys import Keys
from coach.settings import Settings
from coach.ui import session
from coach.ui.components.secrets import secrets
from coach.ui.drawing import models as drawn
from coach.ui.drawing.cards import note
from coach.ui.drawing.offers import KeyState, costs, key_state, line_of, offers, picked, problem

TITLE = "Models"
LINK = "Models"
PLACE = 6

_SAME = "same-models"
_FILLED = "models_filled_in"


def draw() -> None:
    """What is in use above; keys and the choice on the left, what it costs on the right."""
    keys, models = session.keys(), session.models()
    lead = "Coach plays and grades offline. With a key of yours, a model leads the round and judges it."
    st.html(f'<h1>Models</h1><p class="coach-lead">{lead}</p>{_in_use(models, keys)}')
    if trouble := session.take_trouble():
        st.html(note(trouble))
    if id_ := session.asked_for("round"):
        st.page_link(session.page("room"), label="Back to the round", query_params={"round": id_})
    with st.container(key="models"):
        choice, side = st.columns([7, 5], gap="large")
    price = side.empty()
    price.html(_price(models))
    with choice:
        st.html("<h2>Keys</h2>")
        secrets(keys)
        st.html(drawn.other_keys(str(Settings().secrets)))
        st.html("<h2>Who interviews and judges</h2>")
        _choice(models, keys)
        if _try(models):
            price.html(_price(models))


def _in_use(models: session.Models, keys: Keys) -> str:
    return drawn.in_use(
        {
            role: [(spec, None if problem(spec) else key_state(spec, keys)) for spec in specs]
            for role, specs in (("Interviewer", models.interviewers), ("Judge", models.judges))
        }
    )


def _choice(models: session.Models, keys: Keys) -> None:
    """The models of both roles, or of each. What is in use is filled in when the page is opened and where others
    are in use by now, as after a reload; what is typed is left alone otherwise, right or wrong."""
    lines = offers(keys, also=(*models.interviewers[:1], *models.judges[:1]))
    afresh = st.session_state.get(_FILLED) != models
    st.session_state[_FILLED] = models
    _fill(_SAME, models.interviewers == models.judges, afresh=afresh)
    same = st.toggle("Same for both", key=_SAME, on_change=_apply)
    both = {"interviewer": models.interviewers, "judge": models.judges}
    for role, specs in both.items():
        if role == "interviewer" or not same:
            label = "Interviewer and judge" if same else role.capitalize()
            _role(role, label, specs, lines, keys, afresh=afresh)
    st.html(drawn.how_to_choose())


def _role(role: str, label: str, in_use: tuple[str, ...], lines: list[str], keys: Keys, *, afresh: bool) -> None:
    """The model of a role, what is asked where it fails, and below them what is wrong with either."""
    first, others = f"{role}-model", f"{role}-fallbacks"
    _fill(first, line_of(next(iter(in_use), None), lines), afresh=afresh)
    line = st.selectbox(label, lines, key=first, accept_new_options=True, on_change=_apply)
    fallbacks = ""
    if picked(line):
        _fill(others, ", ".join(in_use[1:]), afresh=afresh)
        fallbacks = st.text_input(
            "Where it fails, ask",
            key=others,
            placeholder="nobody; or models, with commas between them",
            on_change=_apply,
            autocomplete="off",
        )
    specs = picked(line, fallbacks)
    names = ("This", *(f"Fallback {place}" for place in range(1, len(specs))))
    problems = [found for spec, name in zip(specs, names, strict=False) if (found := problem(spec, name))]
    if problems:
        st.html(drawn.wrong(problems))
        return
    missing = [spec for spec in specs if key_state(spec, keys) is KeyState.MISSING]
    if missing:
        st.html(drawn.wrong(f"{spec} has no key yet: put one in above." for spec in missing))


def _fill(field: str, value: object, *, afresh: bool) -> None:
    """For a field that is drawn next: one that is not drawn would find its value again much later."""
    if afresh or field not in st.session_state:
        st.session_state[field] = value


def _apply() -> None:
    """For a change of a field: use what the fields name from now on, where all of it can be used."""
    interviewers = _named("interviewer")
    judges = interviewers if st.session_state.get(_SAME) else _named("judge")
    if not any(problem(spec) for spec in (*interviewers, *judges)):
        session.choose_models(session.Models(interviewers, judges))


def _named(role: str) -> tuple[str, ...]:
    return picked(st.session_state.get(f"{role}-model"), st.session_state.get(f"{role}-fallbacks"))


def _try(models: session.Models) -> bool:
    """One tiny call to each model in use, on request; whether there were any."""
    specs = tuple(dict.fromkeys((*models.interviewers, *models.judges)))
    if not st.button("Try it", type="primary", key="try", disabled=not specs):
        return False
    for spec in specs:
        with st.spinner(f"Asking {spec}"):
            try:
                line = drawn.worked(trial(connect(spec, session.keys()), session.desk().calls))
            except CoachError as error:
                line = drawn.failed(spec, str(error))
        st.html(line)
    return True


def _price(models: session.Models) -> str:
    """What rounds are expected to cost, and the caps."""
    caps = Settings().caps
    rows = costs(next(iter(models.interviewers), None), next(iter(models.judges), None))
    month = session.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return drawn.price_table(rows, caps) + drawn.spending(caps, session.desk().calls.spent(since=month))


if __name__ == "__main__":
    draw()
