"""The decision-boundary explorer: what the picture holds, at both ends of every control, and what its presets claim."""

import io
import threading

import ipywidgets
import numpy as np
import pytest
from explorer_walk import from_each_thread, put, shows_film_of
from PIL import Image

from mlp_course import MLP, Parameters, binary_cross_entropy, cross_entropy, half_squared_error, identity
from mlp_course.explorers import boundary_explorer
from mlp_course.explorers import boundary as module
from mlp_course.explorers.boundary import DATA, PRESETS, USUAL, examples, scene_of, trained
from mlp_course.explorers.recording import marks, record
from mlp_course.film import Camera
from mlp_course.optimizers import GradientDescent
from mlp_course.scenes import boundary as scenes
from mlp_course.scenes.boundary import TrainedNetwork, blend, borders, boundary_scene, hidden_lines, measured
from mlp_course.training import Recording

pytestmark = pytest.mark.usefixtures("few_pictures")

SHORT = {**USUAL, "units": 3}


@pytest.fixture(scope="module", autouse=True)
def fewer_steps():
    """Most tests ask what a picture holds, not how long a training is; those that ask set it back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "STEPS", 40)
        yield


@pytest.fixture(scope="module")
def explorer():
    return boundary_explorer()


def shown(explorer, k=0):
    return explorer.player.stack.children[k].value


def picture_of(settings, kept=None):
    """Return the scene of ``settings`` and the object that draws it."""
    scene = scene_of(settings, kept)
    return scene, scene.draw.__self__


def params_of(network, k):
    return network.recording.params(k)


# The scene


@pytest.mark.parametrize("data", ["moons", "blobs 3"])
def test_a_frame_holds_map_border_hidden_lines_and_curves_of_its_state(data):
    scene, picture = picture_of({**SHORT, "data": data})
    (plane,) = picture.maps
    network = plane.network
    for k in (scene.count - 1, 0, 4):
        scene.draw(k)
        params = params_of(network, k)
        A = network.mlp.forward(params, plane.plane)[1][-1]
        shares = np.vstack([1 - A, A]) if len(A) == 1 else A
        assert np.allclose(plane.map.get_array().reshape(-1, 3), blend(shares))
        for j, segment in enumerate(plane.lines.get_segments()):
            assert np.allclose(params.W[1][j] @ segment.T + params.b[1][j], 0, atol=1e-9)
        assert len(plane.lines.get_segments()) == 3
        costs, right = measured(network, network.examples)
        for line, number, values in picture.curves.lines:
            assert np.array_equal(line.get_data(), [network.steps[: k + 1], values[: k + 1]]) and number == 0
        assert np.array_equal(picture.curves.lines[0][2], costs) and np.array_equal(picture.curves.lines[2][2], right)
        assert f"step {network.steps[k]:,}: {right[k]:.0%} right" in plane.title.get_text()
        assert f"after {network.steps[k]} steps: cost {costs[k]:.3f}" in scene.describe(k)


def test_the_border_is_where_two_classes_are_equally_likely():
    scene, picture = picture_of(SHORT)
    scene.draw(scene.count - 1)
    plane = picture.maps[0]
    points = np.vstack(plane.border.get_segments())
    A = plane.network.mlp.forward(params_of(plane.network, -1), points.T)[1][-1]
    assert len(points) > 50 and np.abs(A - 0.5).max() < 0.02


def test_borders_of_three_classes_meet_where_the_largest_changes():
    x = np.linspace(-2, 2, 90)
    centers = np.array([[0, 1], [1, -1], [-1, -1]])
    x1, x2 = np.meshgrid(x, x)
    closeness = np.exp(-np.array([(x1 - a) ** 2 + (x2 - b) ** 2 for a, b in centers]))
    shares = closeness / closeness.sum(axis=0)
    for line in borders(x, x, shares):
        distances = np.sort(np.hypot(*(line[:, None, :] - centers).transpose(2, 0, 1)), axis=1)
        assert np.abs(distances[:, 0] - distances[:, 1]).max() < 0.02


def test_costs_and_shares_are_those_of_the_network_itself():
    for data in ("tumors", "iris"):
        network = trained({**SHORT, "data": data})
        for (X, y), (costs, right) in zip(
            (network.examples, network.tests), (measured(network, network.examples), measured(network, network.tests))
        ):
            K = network.recording.sizes[-1]
            Y = y[None, :] if K == 1 else np.eye(K)[:, y]
            for k in (0, len(costs) - 1):
                params = params_of(network, k)
                assert np.isclose(costs[k], network.mlp.cost(params, X, Y))
                assert np.isclose(right[k], np.mean(network.mlp.predict(params, X) == y))
        assert np.allclose(network.recording.costs, measured(network, network.examples)[0])


def test_colors_say_how_sure_each_class_is():
    white, class_0, class_2 = blend(np.array([[0.5, 1.0], [0.5, 0.0]]))[0], blend(np.array([[1.0], [0.0]]))[0], np.eye(3)[:, 2:]
    assert np.allclose(white, 1) and np.allclose(class_0, scenes.TINTS[0])
    assert np.allclose(blend(class_2)[0], scenes.TINTS[2])


def test_hidden_lines_only_for_one_hidden_layer():
    assert hidden_lines(Parameters((2, 1))) == [] and hidden_lines(Parameters((2, 3, 3, 1))) == []
    params = Parameters((2, 2, 1), [1, 2, 0, 0, 3, 4, 0, 0, 0])  # the second unit has no weights: no line
    ((start, end),) = hidden_lines(params)
    assert np.isclose(start @ [1, 2] + 3, 0) and np.isclose(end @ [1, 2] + 3, 0)


def test_test_examples_have_a_dark_rim_and_lie_beside_the_training_examples():
    X, y = examples("moons")[0]
    scene, picture = picture_of(SHORT)
    plane = picture.maps[0]
    drawn = [artist for artist in plane.moving if type(artist).__name__ == "PathCollection"]
    counts = [len(artist.get_offsets()) for artist in drawn]
    assert counts == [150, 150, 50, 50] and y.size == 300
    rims = [tuple(artist.get_edgecolor()[0][:3]) for artist in drawn]
    assert rims[:2] == [(1, 1, 1)] * 2 and all(sum(rim) < 1 for rim in rims[2:])


@pytest.mark.parametrize("name", DATA.values())
def test_the_data_are_standardized_on_the_training_examples_alone(name):
    (X, y), (X_test, y_test), classes, features = examples(name)
    assert np.allclose(X.mean(axis=1), 0) and np.allclose(X.std(axis=1), 1)
    assert not np.allclose(X_test.mean(axis=1), 0, atol=1e-6)
    assert set(y) == set(y_test) == set(range(len(classes))) and len(features) == 2
    assert abs(y_test.size / (y.size + y_test.size) - 0.25) <= 0.0101


def test_two_networks_play_side_by_side_in_step():
    scene, picture = picture_of({**SHORT, "units": 4}, {**SHORT, "batch": 8})
    a, b = picture.maps
    assert (a.network.recording.sizes, b.network.recording.sizes) == ((2, 3, 1), (2, 4, 1))
    assert len(a.network.steps) < len(b.network.steps) == scene.count  # two epochs of batches of 8 are 76 steps
    scene.draw(scene.count - 1)
    assert f"A, step {a.network.steps[-1]}" in a.title.get_text() and f"B, step {b.network.steps[-1]}" in b.title.get_text()
    assert {number for _, number, _ in picture.curves.lines} == {0, 1}
    words = scene.describe(2)
    assert words.startswith("Network A (moons, hidden 3") and "; Network B (moons, hidden 4" in words
    texts = [text.get_text() for text in a.title.axes.texts], [text.get_text() for text in b.title.axes.texts]
    assert texts == (["units 3, batch 8"], ["units 4, batch all"])


def test_it_takes_one_or_two_networks():
    with pytest.raises(ValueError, match="networks must be one or two, got 0"):
        boundary_scene()
    with pytest.raises(TypeError, match="networks must be .*TrainedNetwork"):
        boundary_scene("moons")


@pytest.mark.parametrize("sizes, loss, words", [((2, 4), cross_entropy, "2 inputs, 4 outputs by softmax"),
                                                ((2, 1), half_squared_error, "2 inputs, 1 outputs by identity"),
                                                ((3, 1), binary_cross_entropy, "3 inputs, 1 outputs by sigmoid")])  # fmt: skip
def test_it_draws_probabilities_of_three_classes_at_most(sizes, loss, words):
    params = Parameters(sizes)
    recording = Recording(sizes, np.array([0]), params.theta[None], np.array([0.0]))
    X, y = np.zeros((sizes[0], 2)), np.array([0, 1])
    network = TrainedNetwork(MLP(identity, loss), recording, (X, y), (X, y), recording.epochs, ("a", "b"), ("u", "v"))
    with pytest.raises(ValueError, match=f"probabilities of at most 3 classes, got {words}"):
        boundary_scene(network)


def test_a_training_that_diverges_ends_early_and_says_so():
    X, y = examples("moons")[0]
    mlp = MLP(identity, half_squared_error)
    recording, diverged = record(mlp, Parameters((2, 1), [1.0, 1.0, 0.0]), X, y[None, :].astype(float), GradientDescent(1e3), marks(2000))
    assert diverged and 0 < recording.epochs[-1] < 2000 and np.isfinite(recording.costs).all()
    sure = MLP(identity, binary_cross_entropy)
    network = TrainedNetwork(sure, recording, (X, y), (X, y), recording.epochs, ("a", "b"), ("u", "v"), "too fast", "", diverged)
    scene = boundary_scene(network)
    scene.draw(scene.count - 1)
    assert "then it diverges" in scene.draw.__self__.maps[0].title.get_text()
    assert "diverges" in scene.describe(scene.count - 1) and "diverges" not in scene.describe(0)


@pytest.mark.parametrize("kept", [None, {**SHORT, "rate": 1.0}], ids=["alone", "beside"])
def test_what_moves_is_all_that_moves(kept):
    moving, whole = Camera(scene_of(SHORT, kept)), Camera(scene_of(SHORT, kept)._replace(moving=()))
    moving.shoot(12)
    for k in (0, 7):
        a, b = (np.asarray(Image.open(io.BytesIO(each.shoot(k))).convert("RGB")).astype(int) for each in (moving, whole))
        assert (np.abs(a - b).max(axis=2) > 60).mean() < 0.002


def test_marks_are_few_and_dense_at_the_start():
    kept = marks(2000)
    assert kept[0] == 0 and kept[-1] == 2000 and len(kept) <= 31 and (np.diff(kept, 2) >= -1).all()
    assert list(marks(3)) == [0, 1, 2, 3]


def test_a_whole_film_is_small_also_for_two():
    for settings in ((PRESETS[0].settings,), (PRESETS[4].settings, PRESETS[3].settings)):
        scene = scene_of(*settings)
        camera = Camera(scene)
        assert sum(4 / 3 * len(camera.shoot(k)) for k in range(scene.count)) <= 1.5e6


# The explorer


ENDS = [("data", name) for name in DATA.values()] + [("layers", 0), ("layers", 3), ("layers", 1), ("units", 1), ("units", 32)]
ENDS += [("activation", name) for name in module.ACTIVATIONS] + [("start", name) for name in module.STARTS]
ENDS += [("rate", 0.01), ("rate", 50.0), ("batch", "all"), ("batch", 1), ("seed", 0), ("seed", 19)]


@from_each_thread
@pytest.mark.parametrize("name, value", ENDS)
def test_both_ends_of_every_control_and_every_option(explorer, name, value, from_thread):
    put(explorer, name, value, from_thread)
    shows_film_of(explorer, scene_of, name, value)


def test_every_control_is_walked_to_its_ends():
    for name, control in module.controls().items():
        tried = {value for each, value in ENDS if each == name}
        if isinstance(control, ipywidgets.Dropdown):
            options = [option[1] if isinstance(option, tuple) else option for option in control.options]
            assert tried == set(options)
        elif isinstance(control, ipywidgets.SelectionSlider):
            assert tried >= {control.options[0], control.options[-1]}
        else:
            assert tried >= {control.min, control.max}
        assert isinstance(control, ipywidgets.Dropdown) or not control.continuous_update, "a dragged slider computes once"


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_shows_its_own_film_by_its_button(explorer, preset):
    explorer = explorer if preset.name in explorer.buttons else boundary_explorer(preset.name)
    explorer.buttons[preset.name].click()
    assert explorer.wait() and "Error" not in explorer.message.value
    assert explorer.settings() == preset.settings and scene_of(preset.settings).describe(0) in shown(explorer)
    assert preset.question.replace('"', "&quot;") in explorer.note.value


def test_three_classes_are_a_preset_only_where_it_opens_on_them(explorer):
    assert "Three blobs" not in explorer.buttons and "Three blobs" not in boundary_explorer("Circles, 2 units").buttons
    assert {preset.name for preset in PRESETS} <= set(boundary_explorer("Three blobs").buttons)


def test_new_start_takes_the_next_seed_and_same_start_plays_the_same_again():
    explorer = boundary_explorer()
    first = [view.value for view in explorer.player.stack.children]
    explorer.buttons["new start"].click()
    assert explorer.wait() and explorer.controls["seed"].value == 1 and shown(explorer) != first[0]
    explorer.controls["seed"].value = 19
    explorer.buttons["new start"].click()
    assert explorer.wait() and explorer.controls["seed"].value == 0
    assert [view.value for view in explorer.player.stack.children] == first
    explorer.player.slider.value = 5
    explorer.buttons["same start"].click()
    assert explorer.wait() and explorer.player.slider.value == 0 and explorer.player.play.playing
    assert [view.value for view in explorer.player.stack.children] == first
    explorer.controls["rate"].value = 1.0
    assert explorer.wait() and not explorer.player.play.playing, "only the button plays by itself"


def test_the_same_settings_are_the_same_film_recorded_anew():
    assert [scene_of({**SHORT, "batch": 8}).describe(k) for k in (0, 2)] == [scene_of({**SHORT, "batch": 8}).describe(k) for k in (0, 2)]
    assert trained(SHORT).recording.thetas[0].tolist() != trained({**SHORT, "seed": 1}).recording.thetas[0].tolist()
    assert np.array_equal(trained(SHORT).recording.thetas[0], trained({**SHORT, "rate": 5.0}).recording.thetas[0])


def test_reset_goes_back_to_the_opening():
    explorer = boundary_explorer("Circles, 2 units")
    for name, value in (("layers", 2), ("rate", 5.0), ("seed", 7)):
        explorer.controls[name].value = value
    explorer.buttons["beside"].value = True
    explorer.buttons["reset"].click()
    assert explorer.wait() and explorer.settings() == PRESETS[3].settings
    assert not explorer.buttons["beside"].value and "Network A" not in shown(explorer)
    assert "Can two lines close a ring?" in explorer.note.value


def test_settings_are_kept_beside_later_ones_until_let_go():
    explorer = boundary_explorer()
    explorer.buttons["beside"].value = True
    assert explorer.wait() and "Network A (moons, hidden 8" in shown(explorer) and "Network B (moons, hidden 8" in shown(explorer)
    explorer.controls["units"].value = 2
    assert explorer.wait() and "Network A (moons, hidden 8" in shown(explorer) and "Network B (moons, hidden 2" in shown(explorer)
    explorer.buttons["beside"].value = False
    assert explorer.wait() and "Network A" not in shown(explorer) and "hidden 2" in shown(explorer)


def test_it_says_that_it_computes(monkeypatch):
    explorer, hold, entered = boundary_explorer(), threading.Event(), threading.Event()

    def slow(settings):
        entered.set()
        assert hold.wait(30)
        return scene_of(settings)

    monkeypatch.setattr(explorer, "_scene_of", slow)
    explorer.controls["rate"].value = 2.0
    assert entered.wait(30) and "computing" in explorer.message.value
    hold.set()
    assert explorer.wait() and "computing" not in explorer.message.value


def test_an_unknown_preset_is_named():
    with pytest.raises(ValueError, match="preset must be one of 'Moons, 8 units'.* got 'moon'"):
        boundary_explorer("moon")


# What the presets claim


def final(name, seeds, **changes):
    """Return the final shares of right answers over ``seeds`` of a preset: training, test."""
    settings = {**next(preset.settings for preset in PRESETS if preset.name == name), **changes}
    networks = [trained({**settings, "seed": seed}) for seed in seeds]
    return np.array([[measured(each, part)[1][-1] for part in (each.examples, each.tests)] for each in networks]).T


@pytest.fixture
def all_steps(monkeypatch):
    monkeypatch.setattr(module, "STEPS", 2000)


def test_circles_with_two_and_three_units_0_and_10_of_10(all_steps):
    two, three = final("Circles, 2 units", range(10)), final("Circles, 3 units", range(10))
    assert (two[0] <= 0.84).all() and np.isclose(np.median(two[0]), 0.81, atol=0.01)
    assert (three[0] == 1).all() and (three[1] >= 0.98).all()


def test_moons_by_lines_and_by_units(all_steps):
    assert (final("Moons, 8 units", range(10))[0] >= 0.996).all()
    assert ((final("Moons, 2 units", range(10))[0] >= 0.99).sum(), examples("moons")[0][1].size) == (3, 300)
    for name in ("Moons, no hidden layer", "No activation"):
        right = final(name, range(3))[0]
        assert np.allclose(right, 0.88, atol=0.01)


def test_spirals_stay_flat_and_then_are_solved(all_steps):
    for seed in range(10):
        network = trained({**PRESETS[5].settings, "seed": seed})
        costs, right = measured(network, network.examples)
        assert costs[(network.steps >= 1) & (network.steps <= 30)].min() > 0.57 and right[-1] == 1
        assert measured(network, network.tests)[1][-1] >= 0.975


def test_too_many_units_learn_the_training_examples_only(all_steps):
    assert Parameters((2, 32, 32, 32, 1)).theta.size == 2241 and examples("tumors")[0][1].size == 427
    for seed in range(3):
        network = trained({**PRESETS[7].settings, "seed": seed})
        train, test = (measured(network, part)[0] for part in (network.examples, network.tests))
        assert train[-1] < 0.2 and test[-1] > 0.3 and test.min() < 0.23


def test_a_rate_too_large_jumps(all_steps):
    for seed in range(3):
        network = trained({**PRESETS[8].settings, "seed": seed})
        costs = measured(network, network.examples)[0]
        assert costs.max() > 10 * costs[0] and (np.diff(costs) > 0.5).sum() >= 3


def test_three_blobs_have_three_straight_borders_that_meet_in_one_point(all_steps):
    x = np.linspace(-2, 2, 90)
    plane = np.array([each.ravel() for each in np.meshgrid(x, x)])
    for seed in range(10):
        network = trained({**PRESETS[-1].settings, "seed": seed})
        params = params_of(network, -1)
        W, b = params.W[1], params.b[1]
        center = np.linalg.solve(W[:2] - W[1:], b[1:] - b[:2])  # where z_0 = z_1 and z_1 = z_2
        assert np.ptp(W @ center + b) < 1e-9 and np.abs(center).max() < 0.5, "in the middle of the picture, also z_0 = z_2"
        points = np.vstack(borders(x, x, network.mlp.forward(params, plane)[1][-1].reshape(3, 90, 90))).T
        z = np.sort(W @ points + b, axis=0)
        slowest = min(np.linalg.norm(W[i] - W[j]) for i, j in ((0, 1), (0, 2), (1, 2)))
        assert (z[2] - z[1]).max() < 0.05 * slowest, "every border point lies near a line of two equal largest z"
        pairs = {tuple(pair) for pair in np.sort(np.argsort(W @ points + b, axis=0)[1:], axis=0).T}
        assert pairs == {(0, 1), (0, 2), (1, 2)}, "three borders"
        assert np.linalg.norm(points - center, axis=0).min() < 0.05
        assert measured(network, network.examples)[1][-1] >= 0.97
