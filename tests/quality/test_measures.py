"""Measures are what the libraries people trust say they are, on any tables."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from coach.domain import measures
from coach.domain.measures import Counts, alpha, empty, figures, kappa, phi

pytestmark = pytest.mark.slow  # scikit-learn takes seconds to import

LEVELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=60)
YES_OR_NO = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=60)


def counted(pairs: Sequence[tuple[int, int]], size: int) -> Counts:
    table = np.zeros((size, size))
    for judged, label in pairs:
        table[int(judged), int(label)] += 1
    return table


def same(ours: Counts, theirs: float) -> None:
    """Undefined to both, or the same."""
    if np.isnan(ours):
        assert not np.isfinite(theirs) or theirs in {0.0, 1.0}  # where nothing varies, libraries settle on a number
    else:
        assert ours == pytest.approx(theirs)


@pytest.fixture(autouse=True)
def _quiet_libraries() -> None:
    """They warn where a measure is undefined."""
    warnings.simplefilter("ignore")


@given(LEVELS, st.booleans())
def test_kappa_is_scikit_learns(pairs: list[tuple[int, int]], quadratic: bool) -> None:
    judged, labels = zip(*pairs, strict=True)
    theirs = metrics.cohen_kappa_score(judged, labels, labels=range(5), weights="quadratic" if quadratic else None)
    same(kappa(counted(pairs, 5), quadratic=quadratic), theirs)


@given(YES_OR_NO)
def test_phi_is_scikit_learns(pairs: list[tuple[bool, bool]]) -> None:
    judged, labels = zip(*pairs, strict=True)
    same(phi(counted(pairs, 2)), metrics.matthews_corrcoef(labels, judged))


@given(LEVELS)
def test_alpha_is_krippendorffs(pairs: list[tuple[int, int]]) -> None:
    ours = alpha(counted(pairs, 5))
    if len({value for pair in pairs for value in pair}) < 2:
        assert np.isnan(ours)
        return
    theirs = krippendorff.alpha(
        reliability_data=np.array(pairs).T, level_of_measurement="ordinal", value_domain=range(5)
    )
    same(ours, theirs)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=2, max_size=60))
def test_shares_of_verdicts_are_scikit_learns(pairs: list[tuple[int, int]]) -> None:
    tables = empty()
    for judged, label in pairs:
        tables["verdicts"][judged, label] += 1
    found = figures(tables)
    judged_met, labelled_met = ([int(p[i] == measures.MET) for p in pairs] for i in (0, 1))
    assert found["accuracy"] == pytest.approx(metrics.accuracy_score(labelled_met, judged_met))
    if any(labelled_met):
        assert found["sensitivity"] == pytest.approx(metrics.recall_score(labelled_met, judged_met))
    if not all(labelled_met):
        assert found["specificity"] == pytest.approx(metrics.recall_score(labelled_met, judged_met, pos_label=0))
    assert found["met_gap"] == pytest.approx(np.mean(judged_met) - np.mean(labelled_met))
    assert found["coverage"] == pytest.approx(np.mean([p[0] != measures.UNJUDGED for p in pairs]))
    decided = [p for p in pairs if p[0] != measures.UNJUDGED]
    if decided:
        right = [(p[0] == measures.MET) == (p[1] == measures.MET) for p in decided]
        assert found["accuracy_decided"] == pytest.approx(np.mean(right))
    missed = [p for p in pairs if p[1] == measures.MISSED]
    if missed:
        credited = [p[0] in {measures.PARTIAL, measures.MET} for p in missed]
        assert found["false_credit"] == pytest.approx(np.mean(credited))


@given(LEVELS)
def test_distances_of_levels_are_those_of_the_levels_themselves(pairs: list[tuple[int, int]]) -> None:
    tables = empty()
    tables["levels"][:5] = counted(pairs, 5)
    tables["levels"][measures.UNASSESSED, 2] = 3
    found = figures(tables)
    judged, labels = (np.array(side) for side in zip(*pairs, strict=True))
    assert found["mae"] == pytest.approx(metrics.mean_absolute_error(labels, judged))
    assert found["exact"] == pytest.approx(np.mean(judged == labels))
    assert found["within_one"] == pytest.approx(np.mean(abs(judged - labels) <= 1))
    assert found["level_coverage"] == pytest.approx(len(pairs) / (len(pairs) + 3))
    spread = np.sqrt((judged.var() + labels.var()) / 2)
    if spread:
        assert found["smd"] == pytest.approx((judged.mean() - labels.mean()) / spread)


@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=40))
def test_flags_are_found_as_scikit_learn_counts(pairs: list[tuple[int, bool]]) -> None:
    tables = empty()
    for judged, label in pairs:
        tables["flags"][judged, int(label)] += 1
    found = figures(tables)
    standing, labels = [p[0] == 1 for p in pairs], [p[1] for p in pairs]
    if any(labels):
        assert found["flags_recall"] == pytest.approx(metrics.recall_score(labels, standing))
    if any(standing):
        assert found["flags_precision"] == pytest.approx(metrics.precision_score(labels, standing))
