"""The grid of the lesson of corrections: what its cells say."""

import pytest
from mlp_course import plots

CAUGHT = {
    "L1-20": {"shape": False, "sign": True, "nudge": True},
    "L4-069": {"shape": True, "sign": False, "nudge": True},
    "L5-01": {"shape": None, "sign": None, "nudge": None},
}
KINDS = {"brackets": ["L1-20"], "transpose": ["L4-069", "L5-01"]}


@pytest.fixture
def ax():
    _, ax = plots.figure(9.6, 2.2)
    plots.catches(ax, CAUGHT, KINDS)
    return ax


def test_a_cell_is_marked_where_the_test_catches_and_dashed_where_it_does_not_apply(ax):
    places = {mark: {text.get_position() for text in ax.texts if text.get_text() == mark} for mark in "✓–"}
    # columns: L1-20 at 0, a gap of 0.5 between the kinds, L4-069 at 1.5, L5-01 at 2.5; row 0 is shape
    assert places["✓"] == {(0.5, -1.5), (0.5, -2.5), (2.0, -0.5), (2.0, -2.5)}
    assert places["–"] == {(3.0, -0.5), (3.0, -1.5), (3.0, -2.5)}


def test_the_three_outcomes_have_three_faces(ax):
    faces = {patch.get_xy(): patch.get_facecolor() for patch in ax.patches}
    assert len(faces) == 9
    assert faces[0.0, -2] == faces[1.5, -1] != faces[0.0, -1] == faces[1.5, -2] != faces[2.5, -1]
    assert len(set(faces.values())) == 3


def test_tests_errors_and_kinds_are_named(ax):
    words = {text.get_text() for text in ax.texts}
    assert {"shape", "sign", "nudge", *CAUGHT, *KINDS} <= words
    assert min(text.get_fontsize() for text in ax.texts) >= 10


def test_the_key_explains_all_three_outcomes(ax):
    before = len(ax.patches)
    plots.catch_key(ax, 20)
    assert len(ax.patches) == before + 3
    assert [text.get_text() for text in ax.texts][-5:] == ["✓", "caught", "missed", "–", "does not apply"]
