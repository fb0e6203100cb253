"""The descent scene and its explorer: path, arrow, costs and verdict against the mathematics, controls, presets, both threads."""

import io
import re

import numpy as np
import pytest
from explorer_walk import from_each_thread, put, shows_film_of
from PIL import Image

from mlp_course import MLP, Parameters, binary_cross_entropy, datasets, identity, numerical_gradient
from mlp_course.explorers import descent_explorer
from mlp_course.explorers.descent import COSTS, METHODS, PRESETS, STEPS, TUMORS, USUAL, cost_of, scene_of, walked
from mlp_course.film import Camera
from mlp_course.scenes.descent import Walk, _Picture, descent_scene, distances, verdict

pytestmark = pytest.mark.usefixtures("few_pictures")


@pytest.fixture(scope="module")
def explorer():
    return descent_explorer()


@pytest.fixture
def pictures(monkeypatch):
    """The pictures made by the scenes of a test."""
    made, init = [], _Picture.__init__
    monkeypatch.setattr(_Picture, "__init__", lambda self, walk: (made.append(self), init(self, walk))[1])
    return made


def preset(name):
    return next(each.settings for each in PRESETS if each.name == name)


def with_(**changes):
    return {**USUAL, **changes}


# The costs


@pytest.mark.parametrize("kappa", [1, 100])
@pytest.mark.parametrize("name", COSTS)
def test_the_slopes_of_every_cost_agree_with_nudges(name, kappa):
    cost = cost_of(name, kappa)
    for place in ([0.3, -0.7], [-1.1, 0.2], [0.05, 1.9]):
        theta = np.array(place[: len(cost.limits)])
        nudged = numerical_gradient(lambda v: float(cost.value(v[:, np.newaxis])[0]), theta)
        assert np.allclose(cost.slope(theta), nudged, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", COSTS)
def test_the_marked_minima_are_minima_and_lie_in_the_picture(name):
    cost = cost_of(name, 10)
    for lowest in cost.lowest.T:
        assert np.allclose(cost.slope(lowest), 0, atol=1e-8)
        assert all(low < value < high for value, (low, high) in zip(lowest, cost.limits))
        J = cost.value(lowest[:, np.newaxis])[0]
        around = lowest[:, np.newaxis] + np.random.default_rng(0).normal(0, 0.05, (lowest.size, 200))
        assert J < cost.value(around).min()


@pytest.mark.parametrize("name", TUMORS)
def test_the_cost_of_the_tumors_is_that_of_a_neuron(name):
    table = datasets.breast_cancer()
    x = table.X[:1] if name == TUMORS[0] else (table.X[:1] - table.X[0].mean()) / table.X[0].std()
    mlp, cost = MLP(identity, binary_cross_entropy), cost_of(name, 1)
    for w, b in ((0.0, 0.0), (0.4, -2.0), (-0.1, 1.0)):
        J = mlp.cost(Parameters((1, 1), [w, b]), x, table.y[None, :])
        assert np.isclose(cost.value(np.array([[w], [b]]))[0], J)
        assert np.allclose(cost.slope(np.array([w, b])), mlp.gradient(Parameters((1, 1), [w, b]), x, table.y[None, :]).theta)


def test_two_over_c_is_the_limit_at_the_minimum():
    for settings in (with_(), with_(cost="bowl", kappa=30), with_(cost="curved valley", w1=1.0, w2=1.01), with_(cost="bowl", kappa=1)):
        stays, leaves = (distances(walked({**settings, "eta_c": eta_c})) for eta_c in (1.9, 2.1))
        assert stays[-1] < stays[0] < leaves[-1]


# The scene


def test_a_walk_on_the_parabola_is_the_power_of_its_factor():
    for eta_c in (0.1, 1.0, 1.9, 2.0, 2.1):
        walk = walked(with_(eta_c=eta_c))
        steps = np.arange(walk.places.shape[1])
        assert np.allclose(walk.places[0], -1.6 * (1 - eta_c) ** steps)


@pytest.mark.parametrize("name", COSTS)
def test_the_scene_holds_path_costs_and_arrow_of_its_state(name, pictures):
    walk = walked(with_(cost=name, eta_c=0.5, kappa=5))
    scene = descent_scene(walk)
    shown, costs = pictures[0], walk.cost(walk.places)
    for k in (scene.count - 1, 0, 7):
        scene.draw(k)
        step = walk.frames[k]
        points = walk.places if len(walk.places) == 2 else np.vstack([walk.places, costs])
        assert np.allclose(shown.trail.get_data(), points[:, : step + 1])
        assert np.allclose(np.ravel(shown.path[2].get_data()), points[:, step])
        assert np.allclose(shown.fall.get_data(), [np.arange(step + 1), costs[: step + 1]])
        assert np.allclose(np.ravel(shown.now.get_data()), [step, costs[step]])
        assert f"step {step}, J = {costs[step]:.3g}" in scene.describe(k)
        assert shown.headline.get_text() in scene.describe(k) and walk.label in scene.describe(k)
        start, end = (np.array(end) for end in shown.downhill._posA_posB)
        if shown.downhill.get_visible():
            way, downhill = (end - start)[: len(walk.places)], -walk.slopes[:, step]
            assert np.allclose(start, points[:, step])
            assert np.isclose(way @ downhill, np.linalg.norm(way) * np.linalg.norm(downhill))


def test_the_map_is_the_cost_of_every_place(pictures):
    walk = walked(with_(cost=TUMORS[1]))
    ax = descent_scene(walk).figure.axes[0]
    values, (low, high) = ax.images[0].get_array(), np.transpose(walk.limits)
    lowest = walk.cost(walk.lowest).min()
    for row, column in ((0, 0), (17, 60), (79, 79)):
        place = low + (high - low) * np.array([column, row]) / 79
        assert np.isclose(values[row, column] ** 2 + lowest, walk.cost(place[:, np.newaxis])[0])


def test_the_scene_refuses_what_does_not_fit():
    walk = walked(with_())
    with pytest.raises(ValueError, match="walk.slopes must have shape"):
        descent_scene(walk._replace(slopes=walk.slopes[:, 1:]))
    with pytest.raises(ValueError, match="walk.places must have one or two rows"):
        descent_scene(walk._replace(places=np.zeros((3, 4))))
    with pytest.raises(TypeError, match="walk must be Walk, got tuple"):
        descent_scene(tuple(walk))


@pytest.mark.parametrize("k", [0, 5, 40])
@pytest.mark.parametrize("name", ["η·c = 2", "Batch of 8"])
def test_what_moves_is_all_that_moves(name, k):
    moving, whole = Camera(scene_of(preset(name))), Camera(scene_of(preset(name))._replace(moving=()))
    moving.shoot(12)
    a, b = (np.asarray(Image.open(io.BytesIO(each.shoot(k))).convert("RGB")).astype(int) for each in (moving, whole))
    assert (np.abs(a - b).max(axis=2) > 60).mean() < 0.002


# The verdict


def walk_over(*places):
    """Return a walk on a parabola over the given places."""
    places = np.array([places], dtype=float)
    return Walk(lambda P: P[0] ** 2 / 2, places, places, np.arange(places.size), np.zeros((1, 1)), ((-2, 2),), ("w",))


@pytest.mark.parametrize(
    "places, step, words",
    [
        ((1, 0.5), 0, "the start"),
        ((1, 1, 1), 2, "it does not move, all slopes are 0"),
        ((1, -1.1, 1.21), 2, "diverges, each step multiplies the distance by 1.1"),
        ((1, -3, 40), 2, "diverges"),
        ((1, 0.5, 0.0005, 0.0001), 3, "1/1000 of the distance since step 2"),
        ((1, -1, 1), 2, "as far from the minimum as at the start"),
        ((2, 1), 1, "distance to the minimum 0.5 × the first"),
        ((1, 1.5, 1.6), 2, "distance to the minimum 1.6 × the first"),
    ],
)
def test_the_verdict_says_where_the_descent_stands(places, step, words):
    assert verdict(walk_over(*places), step) == words


# What the presets claim


def last(settings):
    walk = walked(settings)
    return walk, verdict(walk, walk.places.shape[1] - 1)


def first_within(walk):
    far = distances(walk)
    return int(np.flatnonzero(far <= far[0] / 1000)[0])


def answer(name):
    return next(each.answer for each in PRESETS if each.name == name)


def test_at_two_it_jumps_for_ever_and_at_2_1_it_leaves():
    walk, words = last(preset("η·c = 2"))
    assert np.allclose(np.abs(walk.places), 1.6) and words == "as far from the minimum as at the start"
    for start in (-0.2, 0.1, 2.0):
        assert last({**preset("η·c = 2.1"), "w1": start})[1] == "diverges, each step multiplies the distance by 1.1"


def test_momentum_needs_56_steps_where_plain_descent_needs_346_as_in_the_lesson():
    assert first_within(walked(preset("Long bowl"))) == 346 and answer("Long bowl").startswith("346.")
    assert first_within(walked(preset("Momentum"))) == 56 and answer("Momentum").startswith("56 instead of 346")
    walk = walked(preset("Momentum"))
    costs = walk.cost(walk.places)
    assert 4 <= np.argmax(costs) <= 8 and costs.max() > 10 * costs[0]  # the jumps across grow first
    assert np.abs(walk.places).max() < walk.limits[1][1]  # and stay in the picture
    assert last({**preset("Momentum"), "method": "gradient descent"})[1].startswith("diverges")


def test_the_gorge_of_raw_tumors_holds_gradient_descent_back():
    raw, adam = distances(walked(preset("Raw"))), distances(walked(preset("Adam, raw")))
    assert raw[-1] > 0.9 * raw[0] and raw.size == 401
    assert 0.2 < adam[-1] / adam[0] < 0.3
    assert 40 < first_within(walked(preset("Scaled"))) < 60
    x, m = datasets.breast_cancer().X[0], 569
    rows = np.vstack([x, np.ones(m)])
    flat, steep = np.linalg.eigvalsh(rows @ rows.T / (4 * m))
    assert steep / flat > 3000 and np.isclose(cost_of(TUMORS[0], 1).steepest, steep)
    assert np.isclose(cost_of(TUMORS[1], 1).steepest, 0.25)


def test_the_flat_point_is_never_left_and_a_start_beside_it_is():
    walk, words = last(preset("Flat point"))
    assert not walk.places.any() and words == "it does not move, all slopes are 0"
    for w1, w2 in ((0.1, 0.0), (0.0, 0.1), (0.0, -0.1)):
        left = walked({**preset("Flat point"), "w1": w1, "w2": w2})
        assert left.cost(left.places[:, -1:])[0] < 0.03 < 0.5 == walk.cost(walk.places[:, :1])[0]


def test_batches_are_noise_and_no_divergence():
    for seed in range(5):
        walk = walked({**preset("Batch of 8"), "seed": seed})
        far = distances(walk)
        assert far[100:].max() < 0.6 * far[0] and 0.01 < np.std(far[100:])
    assert not np.array_equal(walked({**preset("Batch of 8"), "seed": 0}).places, walk.places)


def test_an_epoch_sees_every_example_once(monkeypatch):
    cost, seen = cost_of(TUMORS[1], 1), []
    watched = cost._replace(slope=lambda theta, i=slice(None): (seen.append(i), cost.slope(theta, i))[1])
    monkeypatch.setattr("mlp_course.explorers.descent.cost_of", lambda name, kappa: watched)
    walked({**preset("Batch of 8"), "batch": 32})
    batches = [i for i in seen if not isinstance(i, slice)]
    assert [batch.size for batch in batches[:19]] == [32] * 17 + [25, 32]
    assert sorted(np.concatenate(batches[:18])) == list(range(569))


# The explorer


@pytest.mark.parametrize("each", PRESETS, ids=lambda each: each.name)
def test_every_preset_shows_its_own_film(explorer, each):
    explorer.choose(each)
    assert explorer.wait()
    assert explorer.settings() == each.settings and "Error" not in explorer.message.value
    frames = explorer.player.stack.children
    assert len(frames) == explorer.player.slider.max + 1 <= len(STEPS) + 1
    assert scene_of(each.settings).describe(0) in frames[0].value and each.question in explorer.note.value
    assert sum(len(frame.value) for frame in frames) < 1_500_000


ENDS = [("cost", name) for name in COSTS] + [("method", name) for name in METHODS] + [("batch", size) for size in ("all", 1)]
ENDS += [("kappa", 1), ("kappa", 100), ("eta_c", 0.02), ("eta_c", 3.6), ("momentum", 0.0), ("momentum", 0.95), ("seed", 0), ("seed", 19)]
ENDS += [(name, value) for name in ("w1", "w2") for value in (-2.0, 2.0)]


@from_each_thread
@pytest.mark.parametrize("name, value", ENDS)
def test_both_ends_of_every_control(explorer, name, value, from_thread):
    put(explorer, name, value, from_thread)
    shows_film_of(explorer, scene_of, name, value)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("cost", COSTS)
def test_nothing_that_can_be_set_raises(cost, method):
    """The wildest settings: the largest rate, from a corner, with much momentum; and a start at a minimum."""
    for changes in ({"eta_c": 3.6, "w1": 2.0, "w2": -2.0, "momentum": 0.95, "batch": 1}, {"w1": 0.0, "w2": 0.0}, {"w1": 1.0, "w2": 1.0}):
        scene = scene_of(with_(cost=cost, method=method, kappa=100, **changes))
        camera = Camera(scene)
        for k in (0, scene.count // 2, scene.count - 1):
            camera.shoot(k)
            assert re.search(r"step \d+, J = ", scene.describe(k)) and "nan" not in scene.describe(k)


def test_controls_that_do_not_count_change_nothing():
    plain = walked(with_(cost="bowl", kappa=10))
    for changes in ({"momentum": 0.1}, {"batch": 1}, {"seed": 5}):
        assert np.array_equal(walked(with_(cost="bowl", kappa=10, **changes)).places, plain.places)


def test_controls_that_do_not_count_are_gray(explorer):
    def gray(**changes):
        for name, value in {**USUAL, **changes}.items():
            explorer.controls[name].value = value
        assert explorer.wait()
        return {name for name, control in explorer.controls.items() if control.disabled}

    assert gray() == {"kappa", "momentum", "batch", "seed", "w2"}
    assert gray(cost="bowl", method="Nesterov") == {"batch", "seed"}
    assert gray(cost=TUMORS[1], method="Adam") == {"kappa", "seed"}
    assert gray(cost="w₂ tanh(w₁ x)", batch=8) == {"kappa", "momentum"}
    assert {name for name, control in descent_explorer().controls.items() if control.disabled} == gray()


def test_an_unknown_preset_is_named():
    with pytest.raises(ValueError, match="preset must be one of 'η·c = 2'.* got 'fast'"):
        descent_explorer("fast")
