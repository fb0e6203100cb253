"""The zero-init symmetry explorer: what the picture holds, at both ends of every control, and what its presets claim."""

import html
import io

import numpy as np
import pytest
from explorer_walk import from_each_thread, put
from PIL import Image

from mlp_course import MLP, GradientDescent, Parameters, binary_cross_entropy, sigmoid, tanh, train
from mlp_course.explorers import symmetry as module
from mlp_course.explorers import symmetry_explorer
from mlp_course.explorers.symmetry import ACTIVATIONS, DATA, PRESETS, RATES, STARTS, USUAL, points, scene_of
from mlp_course.film import Camera
from mlp_course.scenes.boundary import borders, probabilities
from mlp_course.scenes.symmetry import SAME, ZERO, largest_distance, moments, rank, symmetry_scene, together, units
from mlp_course.training import Recording

SEEDS = range(20)  # all that the slider offers


@pytest.fixture
def few_steps(monkeypatch):
    """For tests that ask what a picture holds, not how long a training is."""
    monkeypatch.setattr(module, "STEPS", 40)


@pytest.fixture
def short_films(monkeypatch):
    """For tests of what the controls do: five frames a film."""
    monkeypatch.setattr(module, "STEPS", 4)


def trained(every=2000, steps=2000, **settings):
    """Return network, recording, X and y of a training with ``settings``."""
    settings = {**USUAL, **settings}
    rng = np.random.default_rng(settings["seed"])
    X, y, _, _ = points(settings["data"], rng)
    params = STARTS[settings["start"]]((2, settings["units"], 1), rng)
    mlp = MLP(ACTIVATIONS[settings["activation"]], binary_cross_entropy)
    return mlp, train(mlp, params, X, y[None, :], GradientDescent(settings["rate"]), steps, every=every), X, y


def accuracies(**settings):
    """Return the accuracy after 2,000 steps, of every seed."""
    return np.array([moments(*trained(seed=seed, **settings))[-1].accuracy for seed in SEEDS])


def scene_and_picture(**settings):
    scene = scene_of({**USUAL, **settings})
    return scene, scene.draw.__self__


# Distance, rank, and who is together


def test_a_unit_is_its_weights_its_bias_and_what_goes_out():
    params = Parameters((2, 3, 1), np.arange(13.0))
    assert units(params).tolist() == [[0, 1, 6, 9], [2, 3, 7, 10], [4, 5, 8, 11]]


def test_the_largest_distance_is_that_of_two_rows(rng=np.random.default_rng(0)):
    rows = rng.normal(size=(6, 4))
    assert np.isclose(largest_distance(rows), max(np.sqrt(sum((a - b) ** 2)) for a in rows for b in rows))
    assert largest_distance(rows[:1]) == 0 == largest_distance(np.ones((5, 4)))


def test_units_count_as_one_below_the_tolerance_and_as_two_above():
    for gap, expected in ((0.0, [[0, 2], [1]]), (1e-12, [[0, 2], [1]]), (1e-6, [[0], [1], [2]])):
        assert together(np.array([[1.0, 2.0], [5.0, 5.0], [1.0, 2.0 + gap]])) == expected
    assert together(np.array([[0.0, 0.0], [0.5, 0.0], [3.0, 0.0]]), near=1) == [[0, 1], [2]]


def test_rank_leaves_out_what_rounding_makes():
    line = np.outer([1, -2, 3], [0.3, 0.1])
    off = np.eye(3, 2)
    assert [rank(W) for W in (0 * line, line, line + 1e-12 * off, line + 1e-6 * off)] == [0, 1, 1, 2]


# The scene


@pytest.mark.parametrize("settings", [{}, {"units": 8, "data": "tumors", "activation": "ReLU"}], ids=["moons", "tumors"])
def test_a_frame_holds_map_border_arrows_and_numbers_of_its_state(few_steps, settings):
    scene, shown = scene_and_picture(start="He", **settings)
    for k in (scene.count - 1, 0, 5):
        scene.draw(k)
        params, step = shown.recording.params(k), shown.recording.epochs[k]
        shares = probabilities(shown.mlp, params, shown.grid)
        tints = shown.map.get_array()
        sure = np.abs(shares[1] - 0.5).reshape(90, 90) > 0.3
        assert (tints[sure][:, 0] > tints[sure][:, 2]).tolist() == (shares[1].reshape(90, 90)[sure] > 0.5).tolist(), "orange is 1"
        expected = borders(*shown.sides, shares.reshape(2, 90, 90))
        drawn = shown.border.get_segments()
        assert len(drawn) == len(expected) > 0 and all(np.allclose(a, b) for a, b in zip(drawn, expected))
        p = shown.mlp.forward(params, drawn[0].T)[1][-1]
        assert np.abs(p - 0.5).max() < 0.05, "the border is where P is 1/2"
        rows = np.column_stack([params.W[1], params.b[1], params.W[2][0]])
        distance = max(np.linalg.norm(a - b) for a in rows for b in rows)
        for line, height in zip(shown.lines, (np.log10(distance), shown.recording.costs[k])):
            assert np.allclose(line.get_data()[0], shown.recording.epochs[: k + 1]) and np.isclose(line.get_data()[1][-1], height)
        assert shown.titles[0].get_text().startswith(f"step {step:,}: accuracy 0.") and f"step {step}:" in scene.describe(k)
        J, dimensions = shown.recording.costs[k], np.linalg.matrix_rank(params.W[1])
        assert shown.titles[2].get_text() == f"J = {J:.3f}, rank of W[1]: {dimensions}"


def test_the_numbers_are_those_of_the_network(few_steps):
    _, shown = scene_and_picture(start="Xavier", seed=3)
    X, y, _, _ = points("moons", np.random.default_rng(3))
    for k, moment in enumerate(shown.moments):
        params = shown.recording.params(k)
        assert np.isclose(moment.cost, shown.mlp.cost(params, X, y[None, :]))
        assert moment.accuracy == np.mean((shown.mlp.forward(params, X)[1][-1][0] >= 0.5) == y)
        assert (moment.different, moment.rank, moment.step) == (4, 2, shown.recording.epochs[k])


@pytest.mark.parametrize("data", DATA.values())
def test_arrows_are_rows_of_W1_in_one_scale_and_stay_in_the_frame(few_steps, data):
    scene, shown = scene_and_picture(start="He", units=8, data=data)
    for k in (0, scene.count - 1):
        scene.draw(k)
        W = shown.recording.params(k).W[1]
        tips = np.array([arrow._posA_posB[1] for arrow in shown.arrows.arrows])
        longest = np.linalg.norm(W, axis=1).max()
        assert np.allclose(tips, W * shown.arrows.length / longest) and not np.any([a._posA_posB[0] for a in shown.arrows.arrows])
        (left, right), (low, high) = shown.plane.get_xlim(), shown.plane.get_ylim()
        assert (tips > [left, low]).all() and (tips < [right, high]).all()
        assert shown.plane.get_aspect() == 1, "the angles between arrows are true"
        assert f"the longest is {longest:.2g} long" in shown.arrows.text.get_text()
        short = np.linalg.norm(tips, axis=1) < 0.05 * shown.half
        assert [not arrow.get_visible() for arrow in shown.arrows.arrows] == short.tolist()


def test_labels_say_how_many_units_lie_in_an_arrow(few_steps):
    def labels(k, **settings):
        scene, shown = scene_and_picture(**settings)
        scene.draw(k)
        return [label.get_text() for label in shown.arrows.labels if label.get_visible()]

    assert labels(-1, start="all weights 0.5", units=8) == ["8 units in one arrow"]
    assert labels(-1) == labels(0, start="W[1] zero, W[2] random") == ["4 units, no arrow"]
    apart = ", ".join(labels(0, start="He", units=8))
    assert sorted(apart.split(", ")) == list("12345678"), "each unit is named once"


@pytest.mark.parametrize("start", STARTS)
def test_labels_stay_in_the_frame(few_steps, start):
    scene, shown = scene_and_picture(start=start, units=8)
    camera = Camera(scene)
    for k in (0, 10, scene.count - 1):
        camera.shoot(k)
        frame, renderer = shown.plane.get_window_extent(), camera._canvas.get_renderer()
        for label in (each for each in shown.arrows.labels if each.get_visible()):
            box = label.get_window_extent(renderer)
            assert box.x0 > frame.x0 - 4 and box.x1 < frame.x1 + 4 and box.y0 > frame.y0 - 4 and box.y1 < frame.y1 + 4, label


def test_an_exact_zero_is_shown_at_the_bottom_and_rounding_above_it():
    X, y, _, _ = points("moons", np.random.default_rng(0))
    theta = np.zeros((2, 17))
    theta[1, 0] = 1e-13
    mlp = MLP(tanh, binary_cross_entropy)
    scene = symmetry_scene(mlp, Recording((2, 4, 1), np.array([0, 1]), theta, np.array([0.7, 0.7])), X, y)
    scene.draw(1)
    assert np.allclose(scene.draw.__self__.lines[0].get_data()[1], [ZERO, -13])
    assert "exactly 0" in scene.describe(0) and "below 1e-9" in scene.describe(1)
    ticks = scene.draw.__self__.curves[0]
    assert ticks.get_yticks()[0] == ZERO and ticks.get_yticklabels()[0].get_text() == "exactly 0"


def test_the_words_name_every_arrow(few_steps):
    words = scene_of({**USUAL, "start": "W[1] zero, W[2] random"}).describe
    assert words(0).endswith("different units 4 of 4, rank of W[1] 0. Arrows: 4 units, no arrow")
    assert words(1).count("unit ") == 4 and "rank of W[1] 1" in words(1) and "unit 4 to (" in words(1)
    assert "4 units in one arrow to (0.5, 0.5)" in scene_of({**USUAL, "start": "all weights 0.5"}).describe(0)


@pytest.mark.parametrize("settings", [{}, {"start": "all weights 0.5"}, {"start": "He", "units": 8}], ids=str)
def test_what_moves_is_all_that_moves(few_steps, settings):
    settings = {**USUAL, **settings}
    moving, whole = Camera(scene_of(settings)), Camera(scene_of(settings)._replace(moving=()))
    for k in (12, 0, 5, 20):
        a, b = (np.asarray(Image.open(io.BytesIO(each.shoot(k))).convert("RGB")).astype(int) for each in (moving, whole))
        assert (np.abs(a - b).max(axis=2) > 60).mean() < 0.002, k


def test_the_scene_refuses_what_does_not_fit():
    mlp, run, X, y = trained(steps=1)
    with pytest.raises(ValueError, match="y must hold one label per example"):
        symmetry_scene(mlp, run, X, y[:-1])
    with pytest.raises(ValueError, match=r"recording.sizes must be \(2, h, 1\) with h from 1 to 8, got \(2, 9, 1\)"):
        symmetry_scene(mlp, run._replace(sizes=(2, 9, 1)), X, y)
    with pytest.raises(TypeError, match="mlp must be"):
        symmetry_scene(None, run, X, y)


# The explorer


def shown(explorer, k=0):
    return explorer.player.stack.children[k].value


def test_a_film_of_full_length_is_small():
    scene = scene_of({**USUAL, "start": "He", "units": 8, "data": "tumors"})
    camera = Camera(scene)
    size = sum(len(camera.shoot(k)) for k in range(scene.count)) * 4 / 3
    assert 28 <= scene.count <= 32 and size < 1_500_000
    assert scene.draw.__self__.recording.epochs[[0, 1, -1]].tolist() == [0, 1, 2000]


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_shows_its_own_film(short_films, preset):
    explorer = symmetry_explorer()
    explorer.choose(preset)
    assert explorer.wait() and "Error" not in explorer.message.value
    assert explorer.settings() == preset.settings and html.escape(preset.question) in explorer.note.value
    scene = scene_of(preset.settings)
    assert len(explorer.player.stack.children) == scene.count == 5
    assert scene.describe(0) in shown(explorer) and scene.describe(4) in shown(explorer, 4)


CHOICES = [("data", value) for value in DATA.values()] + [("activation", name) for name in ACTIVATIONS]
CHOICES += [("start", name) for name in STARTS] + [("rate", value) for value in RATES]
CHOICES += [("units", 2), ("units", 8), ("seed", 0), ("seed", 19)]


@from_each_thread
def test_every_choice_of_every_control(short_films, from_thread):
    explorer = symmetry_explorer("He")
    start = explorer.settings()
    for name, value in CHOICES:
        put(explorer, name, value, from_thread)
        assert explorer.wait() and "Error" not in explorer.message.value, (name, value)
        assert module.caption({**start, name: value}) in shown(explorer), (name, value)
        explorer.controls[name].value = start[name]
        assert explorer.wait()


def test_the_ends_of_the_controls_are_those_that_were_tried():
    controls = module.controls()
    assert [controls[name].min for name in ("units", "seed")] == [2, 0]
    assert [controls[name].max for name in ("units", "seed")] == [8, 19]
    assert {name for name, _ in CHOICES} == set(controls) == set(USUAL)
    assert not any(getattr(control, "continuous_update", False) for control in controls.values())


def test_another_seed_draws_other_points_and_weights_and_the_same_seed_the_same():
    one, same, other = (trained(steps=1, start="He", seed=seed) for seed in (4, 4, 5))
    assert np.array_equal(one[1].thetas, same[1].thetas) and np.array_equal(one[2], same[2])
    assert not np.isclose(one[1].thetas[0, :8], other[1].thetas[0, :8]).any() and not np.isclose(one[2], other[2]).all()


@pytest.mark.parametrize("name, share", [("moons", 0.5), ("moons 3:1", 0.25)])
def test_the_moons_are_400_standardized_points(name, share):
    X, y, _, _ = points(name, np.random.default_rng(2))
    assert X.shape == (2, 400) and y.mean() == share
    assert np.allclose(X.mean(axis=1), 0) and np.allclose(X.std(axis=1), 1)


def test_no_setting_diverges_where_steps_are_largest():
    """The largest weights, rate and width, and ReLU, which is not bounded: the most likely to leave."""
    for seed in SEEDS:
        largest = {"start": "random × 5", "activation": "ReLU", "units": 8, "rate": 1.0, "seed": seed}
        _, run, _, _ = trained(steps=200, every=20, data="tumors", **largest)
        assert np.isfinite(run.costs).all()


def test_a_training_that_diverges_is_said(short_films, monkeypatch):
    explorer = symmetry_explorer("He")
    monkeypatch.setattr(module, "GradientDescent", lambda rate: GradientDescent(1e308))
    explorer.controls["seed"].value = 7
    assert explorer.wait() and "TrainingDiverged: the cost is no longer finite in epoch" in explorer.message.value
    assert not explorer.player.slider.disabled


def test_an_unknown_preset_is_named():
    with pytest.raises(ValueError, match="preset must be one of 'Zeros', .* got 'zero'"):
        symmetry_explorer("zero")


# What the presets claim


def test_zeros_on_balanced_moons_move_nothing_in_200_of_200_seeds():
    """The gradient at 0 is exactly 0, so that every later step starts where the first one did."""
    mlp, zeros, still = MLP(tanh, binary_cross_entropy), Parameters((2, 4, 1)), 0
    for seed in range(200):
        X, y, _, _ = points("moons", np.random.default_rng(seed))
        still += not mlp.gradient(zeros, X, y[None, :]).theta.any() and np.mean(mlp.predict(zeros, X) == y) == 0.5
    assert still == 200


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_zeros_on_balanced_moons_are_still_zeros_after_2000_steps(activation):
    mlp, run, X, y = trained(every=500, activation=activation)
    assert run.epochs[-1] == 2000 and not run.thetas.any()
    assert {moment[1:] for moment in moments(mlp, run, X, y)} == {(run.costs[0], 0.5, 0.0, 1, 0)}
    assert np.isclose(run.costs[0], np.log(2))


@pytest.mark.parametrize("data, share", [("moons 3:1", 0.25), ("tumors", 212 / 569)])
@pytest.mark.parametrize("activation", ["tanh", "ReLU"])
def test_zeros_on_unbalanced_data_move_the_output_bias_alone(data, share, activation):
    mlp, run, X, y = trained(data=data, activation=activation)
    assert not run.thetas[:, :-1].any() and np.isclose(run.thetas[-1, -1], np.log(share / (1 - share)), atol=1e-6)
    assert np.mean(mlp.predict(run.params(-1), X) == y) == np.mean(y == 0) == 1 - share, "the dummy's accuracy"
    assert np.isclose(run.costs[-1], -share * np.log(share) - (1 - share) * np.log(1 - share), atol=1e-6)
    if data == "moons 3:1":
        assert f"{1 - share:.3f}" == "0.750" and f"{run.costs[-1]:.3f}" == "0.562"


def test_with_sigmoid_zeros_on_unbalanced_data_move_as_one():
    for seed in SEEDS[:3]:
        start, end = moments(*trained(data="moons 3:1", activation="sigmoid", seed=seed))
        assert (end.different, end.rank, start.rank) == (1, 1, 0) and end.distance < SAME and 0.88 < end.accuracy < 0.93


def test_constants_stay_equal_and_draw_a_line():
    """Up to 1e-9 over 2,000 steps, not for ever: rounding parts three units of tanh after 7,500 to 10,000 at rate 1."""
    found = [moments(*trained(every=500, seed=seed, start="all weights 0.5")) for seed in SEEDS]
    assert all(m.distance < SAME and m.different == 1 and m.rank == 1 for film in found for m in film)
    assert [f"{edge(film[-1].accuracy for film in found):.4f}" for edge in (min, max)] == ["0.8675", "0.8950"]


def test_clones_do_what_one_unit_can_do():
    mlp, run, X, y = trained(start="all weights 0.5")
    last = run.params(-1)
    one = np.tanh(last.W[1][0] @ X + last.b[1][0])
    assert np.allclose(mlp.forward(last, X)[1][-1][0], sigmoid(last.W[2].sum() * one + last.b[2][0]))


@pytest.mark.parametrize("activation, units, rate", [("tanh", 3, 1.0), ("ReLU", 3, 0.5), ("sigmoid", 7, 1.0)])
def test_constants_stay_equal_with_other_settings(activation, units, rate):
    mlp, run, X, y = trained(every=500, start="all weights 0.5", activation=activation, units=units, rate=rate)
    assert all(moment.distance < SAME and moment.different == 1 for moment in moments(mlp, run, X, y))


def test_a_first_layer_of_zeros_has_rank_1_in_step_1_and_2_from_then_on():
    """tanh bends long and short arrows differently, so the second singular value is no matter of rounding."""
    for seed in SEEDS:
        mlp, run, X, y = trained(every=1, steps=3, start="W[1] zero, W[2] random", seed=seed)
        assert [moment.rank for moment in moments(mlp, run, X, y)] == [0, 1, 2, 2]
        lengths = np.linalg.norm(run.params(1).W[1], axis=1)
        out = np.abs(run.params(0).W[2][0])
        assert np.allclose(lengths / lengths.max(), out / out.max()), "the lengths are those of W[2]"
        assert np.linalg.svd(run.params(2).W[1])[1][1] > 1e-6 > SAME


def test_a_first_layer_of_zeros_parts_slowly():
    found = accuracies(start="W[1] zero, W[2] random")
    assert 13 <= (found <= 0.9).sum() <= 17 and 1 <= (found > 0.997).sum() <= 3 and found.min() > 0.86


def test_a_first_layer_of_zeros_stays_with_relu():
    _, run, _, _ = trained(every=500, start="W[1] zero, W[2] random", activation="ReLU")
    assert np.array_equal(run.thetas, np.repeat(run.thetas[:1], len(run.thetas), axis=0))


def test_a_second_layer_of_zeros_moves_first_and_the_network_learns():
    _, run, _, _ = trained(every=1, steps=2, start="W[1] random, W[2] zero")
    moves = [run.params(k + 1).W[l] - run.params(k).W[l] for k in (0, 1) for l in (1, 2)]
    assert [bool(move.any()) for move in moves] == [False, True, True, True]
    found = accuracies(start="W[1] random, W[2] zero")
    assert 15 <= (found > 0.997).sum() <= 19


def test_small_weights_part_late():
    found = accuracies(start="random × 0.01")
    assert 14 <= (found <= 0.9).sum() <= 18 and found[18] > 0.99
    mlp, run, X, y = trained(every=[0, 100, 1000], start="random × 0.01", seed=18)
    spread = [second / first for first, second in (np.linalg.svd(run.params(k).W[1])[1] for k in range(3))]
    assert spread[1] < 0.1 < spread[0], "the arrows swing onto one line"
    assert moments(mlp, run, X, y)[2].accuracy < 0.9


def test_how_often_random_starts_find_the_moons():
    he, xavier, large = ((accuracies(start=start) > 0.997).sum() for start in ("He", "Xavier", "random × 5"))
    assert 16 <= he <= 20 and 10 <= xavier <= 14 and 7 <= large <= 13
    first = [moments(*trained(steps=1, start="random × 5", seed=seed))[0].cost for seed in SEEDS]
    assert (f"{min(first):.2f}", f"{max(first):.2f}") == ("0.46", "9.50")
