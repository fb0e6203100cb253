"""The vanishing-gradient scenes and their explorer in three stages: what the pictures hold, and what the presets claim."""

import html
import io

import numpy as np
import pytest
from explorer_walk import put
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image
from test_exercises import too_early

from mlp_course import MLP, GradientDescent, Parameters, binary_cross_entropy, initializers
from mlp_course import leaky_relu, relu, sigmoid, tanh, train
from mlp_course.explorers import explorer as explorer_module
from mlp_course.explorers import vanishing as explorers
from mlp_course.explorers import vanishing_explorer
from mlp_course.explorers.vanishing import EPOCHS, OPEN, RATES, STAGES, STARTS, TRAINED, USUAL
from mlp_course.film import Camera
from mlp_course.scenes import vanishing as scenes
from mlp_course.scenes.vanishing import BINS, DeepNetwork, start_scene, training_scene
from mlp_course.training import Recording

LESSON = {"start": "03", "training": "05b", "initialization": "06"}
PRESETS = [pytest.param(stage, preset, id=f"{stage}: {preset.name}") for stage in STAGES for preset in STAGES[stage].presets]


def preset(stage, name):
    return next(each for each in STAGES[stage].presets if each.name == name)


def untrained(activation, draw=initializers.he, sizes=(4, 5, 6, 5, 1), m=40, seed=0):
    rng = np.random.default_rng(seed)
    params = draw(sizes, rng)
    X = rng.normal(size=(sizes[0], m))
    Y = (X.sum(axis=0) > 0)[None, :].astype(int)
    mlp = MLP(activation, binary_cross_entropy)
    return DeepNetwork(mlp, Recording(params.sizes, np.array([0]), params.theta[None].copy(), np.array([0.0])), X, Y, "a\nb")


@pytest.mark.parametrize("scene", [start_scene, training_scene])
def test_a_network_with_one_hidden_layer_is_refused(scene):
    with pytest.raises(ValueError, match=r"network must have at least two hidden layers, got sizes \(4, 3, 1\)"):
        scene(untrained(tanh, sizes=(4, 3, 1)))


def trained(activation=tanh, rate=0.5, epochs=6):
    network = untrained(activation)
    recording = train(network.mlp, network.recording.params(0), network.X, network.Y, GradientDescent(rate), epochs, every=2)
    return network._replace(recording=recording)


def picture_of(scene):
    return scene.draw.__self__


def heights(line):
    return np.array(line.get_ydata(), dtype=float)


def bias_norms(network, k):
    gradient = network.mlp.gradient(network.recording.params(k), network.X, network.Y)
    return np.array([np.linalg.norm(gradient.b[l]) for l in range(1, len(network.recording.sizes) - 1)])


# What is measured


@pytest.mark.parametrize("activation", [sigmoid, tanh, relu, leaky_relu()], ids=str)
def test_norms_and_shares_are_those_of_a_direct_count(activation):
    network = untrained(activation)
    layers = scenes.measured(network, 0, (-1.0, 1.0))
    Z, A = network.mlp.forward(network.recording.params(0), network.X)
    assert np.allclose(layers.norms, bias_norms(network, 0))
    largest = 0.25 if activation is sigmoid else 1
    for l in range(1, 4):
        slope = activation.derivative(Z[l], A[l])
        flat = sum(value < largest / 10 for value in slope.ravel()) / slope.size
        silent = sum(all(value == 0 for value in unit) for unit in slope) / len(slope)
        assert np.isclose(layers.saturated[l - 1], flat) and np.isclose(layers.dead[l - 1], silent)
        assert np.allclose(layers.ranges[:, l - 1], [A[l].min(), A[l].max()])
    assert layers.values.shape == (BINS, 3) and np.allclose(layers.values.sum(axis=0), 1)
    assert np.isclose(layers.cost, network.mlp.cost(network.recording.params(0), network.X, network.Y))
    assert layers.right == np.mean(network.mlp.predict(network.recording.params(0), network.X) == network.Y[0])


@pytest.mark.parametrize("activation", [sigmoid, tanh, leaky_relu()], ids=str)
def test_the_norms_are_those_of_nudged_biases(activation):
    network = untrained(activation, sizes=(3, 4, 3, 1), m=9)
    params, h = network.recording.params(0), 1e-6

    def J(l, j, nudge):
        moved = params.copy()
        moved.b[l][j, 0] += nudge
        return network.mlp.cost(moved, network.X, network.Y)

    slopes = [[(J(l, j, h) - J(l, j, -h)) / (2 * h) for j in range(params.sizes[l])] for l in (1, 2)]
    assert np.allclose(scenes.measured(network, 0, (0, 1)).norms, [np.linalg.norm(each) for each in slopes], rtol=1e-4)


def test_saturated_for_tanh_means_beyond_95_hundredths():
    z = np.linspace(-4, 4, 801)
    recording = Recording((1, 1, 1, 1), np.array([0]), np.array([[1.0, 0, 1, 0, 1, 0]]), np.array([0.0]))
    network = DeepNetwork(MLP(tanh, binary_cross_entropy), recording, z[None, :], np.zeros((1, 801)))
    share = scenes.measured(network, 0, (-1, 1)).saturated[0]
    assert abs(share - np.mean(np.abs(np.tanh(z)) > 0.95)) < 0.01
    assert scenes.steepest(sigmoid) == 0.25 and scenes.steepest(relu) == scenes.steepest(tanh) == 1


def test_bins_hold_everything_and_the_end_bins_what_is_outside():
    A = np.array([-1e300, -0.1, 0.0, 0.51, 0.999, 1.0, 7.0, 1e300])
    shares = scenes.binned(A, 0.0, 1.0)
    assert shares.size == BINS and np.isclose(shares.sum(), 1)
    assert shares[0] == 3 / 8 and shares[-1] == 4 / 8 and shares[int(0.51 * BINS)] == 1 / 8


def test_a_factor_in_words():
    words = {4.87: "4.9 times smaller", 1 / 2.72: "2.7 times larger", 1.04: "about equal", 1 / 1.04: "about equal"}
    assert {factor: scenes.compared(factor) for factor in words} == words
    assert scenes.compared(1234.0, "that of layer 3") == "1,234 times smaller than that of layer 3"
    assert scenes.compared(1.0, "that of layer 3") == "about equal to that of layer 3"


def test_norms_in_words():
    norms = (0.0, 0.01234, 9.5e-23, 18.4, 929.0, 511_000.0, 4.1e16)
    assert [scenes.length(norm) for norm in norms] == ["exactly 0", "0.012", "9.5e-23", "18", "930", "510,000", "4.1e+16"]
    assert scenes.listed(np.array([0.1, 0.2]), first=3) == "layer 4 0.2, layer 3 0.1"
    many = scenes.listed(np.arange(1.0, 31)).split(", ")
    assert len(many) == 5 and many[0] == "layer 30 30" and many[-1] == "layer 1 1"
    assert np.allclose(scenes.factors(np.array([1.0, 5.0, 0.0, 2.0])), [5, np.nan, np.nan], equal_nan=True)


# The picture at the start


@pytest.fixture(params=[sigmoid, tanh, relu], ids=str)
def started(request):
    return untrained(request.param)


def test_going_forward_values_and_shares_appear_layer_by_layer(started):
    scene = start_scene(started)
    shown = picture_of(scene)
    assert scene.count == 3 + 3 + 1
    for f in (3, 1, 2):
        scene.draw(f - 1)
        columns = shown.values.map.get_array().sum(axis=0)
        assert np.allclose(columns, np.arange(3) < f)
        assert np.allclose(heights(shown.shares.saturated), shown.layers.saturated[:f])
        assert np.allclose(heights(shown.shares.dead), shown.layers.dead[:f])
        assert not heights(shown.norms.line).size and not heights(shown.norms.latest).size
        assert shown.headline.get_text().startswith(f"Forward, layer {f} of 3: a from ")
        assert f"layer {f} of 3" in scene.describe(f - 1) and "dead units" in scene.describe(f - 1)
        assert "norm" not in scene.describe(f - 1), "the norms are not to be given away"


def test_going_back_norms_appear_with_their_factor(started):
    scene = start_scene(started)
    shown, norms = picture_of(scene), bias_norms(started, 0)
    for b in (1, 3, 2):
        k = 3 + (3 - b)
        scene.draw(k)
        assert np.allclose(heights(shown.norms.line), norms[b - 1 :]) and np.allclose(heights(shown.norms.latest), norms[b - 1])
        assert list(shown.norms.line.get_xdata()) == list(range(b, 4))
        assert np.allclose(shown.values.map.get_array().sum(axis=0), 1)
        text = shown.headline.get_text()
        assert text.startswith(f"Back, layer {b}: norm {scenes.length(norms[b - 1])}") and text in scene.describe(k)
        if b < 3:
            assert scenes.compared(norms[b] / norms[b - 1]) in text and f"layer {b + 1}" in text
    scene.draw(6)
    median = scenes.compared(np.median(norms[1:] / norms[:-1]))
    assert shown.headline.get_text() == f"Each layer back: {median} (median). Layer 1: norm {scenes.length(norms[0])}"
    assert all(scenes.length(norm) in scene.describe(6) for norm in norms) and not heights(shown.norms.latest).size
    assert scene.describe(6).startswith("a; b. ")


def test_an_exact_zero_stands_on_the_axis_and_is_called_so():
    network = untrained(relu, draw=explorers.low_biases)
    scene = start_scene(network._replace(X=network.X / 10))
    shown = picture_of(scene)
    for k, note in ((2, ""), (3, "on the axis: exactly 0"), (scene.count - 1, "on the axis: exactly 0")):
        scene.draw(k)
        assert shown.norms.note.get_text() == note
    ax = shown.norms.line.axes
    assert list(heights(shown.norms.zeros)) == [ax.get_ylim()[0]] * 3 and not heights(shown.norms.line).size
    assert shown.headline.get_text() == "The norm is exactly 0 in every hidden layer"
    assert scene.describe(3).endswith("gradient norms layer 3 exactly 0") and shown.layers.dead[-1] == 1


def test_the_axis_of_the_norms_covers_them_and_does_not_tell_the_answer():
    expected = {(0.04, 0.05): (1e-3, 1), (2e-7, 3.0): (1e-7, 10), (0.0, 0.05): (1e-4, 1), (0.0, 0.0): (1e-4, 1)}
    shown = picture_of(start_scene(untrained(tanh, sizes=(4, 3, 3, 1)))).norms
    for norms, limits in expected.items():
        shown.scale(shown.line.axes, np.array([norms]), (0, 0))
        assert np.allclose(np.log10(shown.line.axes.get_ylim()), np.log10(limits))
    for activation in (sigmoid, tanh, relu):  # one axis for all, so that nobody reads the answer from it
        shown = picture_of(start_scene(untrained(activation))).norms
        assert np.allclose(shown.line.axes.get_ylim(), (1e-4, 1))


def test_a_deep_network_goes_forward_several_layers_a_frame():
    scene = start_scene(untrained(sigmoid, sizes=(4, *[3] * 30, 1)))
    stops = picture_of(scene).stops
    assert scene.count == 10 + 30 + 1
    assert [stops[k] for k in (0, 9, 10, 40)] == [(1, 31), (30, 31), (30, 30), (30, 0)]


# The picture in training


@pytest.mark.parametrize("activation", [sigmoid, relu], ids=str)
def test_in_training_every_layer_is_shown_with_the_start_behind(activation):
    network = trained(activation)
    scene = training_scene(network)
    shown = picture_of(scene)
    pale = shown.norms.line.axes.lines[0]
    assert scene.count == 4 and np.allclose(heights(pale), bias_norms(network, 0))
    for k in (3, 0, 2):
        scene.draw(k)
        J, norms = network.recording.costs[k], bias_norms(network, k)
        assert np.allclose(heights(shown.norms.line), norms)
        assert np.allclose(heights(shown.cost.line), network.recording.costs[: k + 1])
        assert list(shown.cost.line.get_xdata()) == [0, 2, 4, 6][: k + 1]
        assert np.allclose(shown.values.map.get_array().sum(axis=0), 1)
        text = shown.headline.get_text()
        assert text.startswith(f"Epoch {2 * k}: J {J:.3f}, ") and f"{scenes.length(norms[0])} (layer 1)" in text
        assert text in scene.describe(k) and all(scenes.length(norm) in scene.describe(k) for norm in norms)


def test_a_training_that_diverged_says_so_in_its_last_frame():
    scene = training_scene(trained()._replace(diverged=True))
    shown = picture_of(scene)
    scene.draw(3)
    assert shown.headline.get_text().endswith("right; then the training diverges")
    assert shown.headline.get_text() in scene.describe(3)
    scene.draw(2)
    assert "diverge" not in shown.headline.get_text() and "diverge" not in scene.describe(2)


def test_states_with_an_endless_gradient_are_left_out():
    network = trained(relu)
    thetas = network.recording.thetas.copy()
    thetas[-2:] *= 1e90  # z is still a number in layer 3, a product of z and w is not
    scene = training_scene(network._replace(recording=network.recording._replace(thetas=thetas)))
    assert scene.count == 2 and scene.describe(1).count("then the training diverges") == 1
    Camera(scene).shoot(1)


@pytest.mark.parametrize("stage, settings", [("start", OPEN), ("training", {**TRAINED, "epochs": 10})], ids=["start", "training"])
def test_what_moves_is_all_that_moves(stage, settings):
    scene_of = STAGES[stage].scene_of
    moving, whole = Camera(scene_of(settings)), Camera(scene_of(settings)._replace(moving=()))
    for k in (3, 0, 7):
        a, b = (np.asarray(Image.open(io.BytesIO(each.shoot(k))).convert("RGB")).astype(int) for each in (moving, whole))
        assert (np.abs(a - b).max(axis=2) > 60).mean() < 0.002


def test_a_film_of_30_layers_is_small_enough():
    for scene in (
        explorers.scene_at_start({**OPEN, "depth": 30}),
        explorers.scene_of_training({**TRAINED, "depth": 30, "epochs": 10, "activation": "ReLU"}),
    ):
        camera = Camera(scene)
        size = sum(len(camera.shoot(k)) for k in range(scene.count)) * 4 / 3
        assert scene.count <= 41 and 5e4 < size < 1.5e6


# What the presets claim


@pytest.fixture(scope="module")
def played():
    """The picture of every preset, by stage and name; equal settings are trained once."""
    films, scenes_by_name = {}, {}
    for stage, (presets, _, scene_of) in STAGES.items():
        for each in presets:
            start = USUAL[each.settings["activation"]] if each.settings["start"] == "usual" else each.settings["start"]
            key = scene_of, *{**each.settings, "start": start}.values()
            films[key] = scenes_by_name[stage, each.name] = films[key] if key in films else scene_of(each.settings)
    return scenes_by_name


def epoch_of(picture, share):
    """Return the first recorded epoch with at least ``share`` right answers, or None."""
    epochs = picture.network.recording.epochs
    return next((epoch for epoch, state in zip(epochs, picture.states) if state.right >= share), None)


def test_the_published_ratio_of_neighboring_sigmoid_layers():
    X, Y = explorers.examples()
    ratios = []
    for seed in range(200):
        mlp, params, _, _ = explorers.start_of({**OPEN, "seed": seed})
        Z, A = mlp.forward_sweep(params, X)
        gradient = mlp.backward_sweep(params, Z, A, Y, params.zeros_like())
        norms = np.array([np.linalg.norm(gradient.b[l]) for l in range(1, 5)])
        ratios.extend(norms[1:] / norms[:-1])
    ratios = np.array(ratios)
    assert 4.8 < np.median(ratios) < 5.0
    assert 0.9 < np.mean((ratios > 3.6) & (ratios < 6.6)) < 0.95


def test_what_the_presets_at_the_start_claim(played):
    layers = {each.name: picture_of(played["start", each.name]).layers for each in STAGES["start"].presets}
    assert np.allclose(scenes.factors(layers["Sigmoid"].norms)[::-1], [4.8, 6.5, 4.9], atol=0.05)
    assert 140 < layers["Sigmoid"].norms[-1] / layers["Sigmoid"].norms[0] < 160 and not layers["Sigmoid"].saturated.round(3).any()
    assert 0.0405 < layers["tanh"].norms.min() and layers["tanh"].norms.max() < 0.0565
    assert np.allclose(layers["ReLU"].norms[[3, 0]], [0.064, 0.039], atol=5e-4)
    assert np.allclose(layers["ReLU"].saturated, 0.5, atol=0.1)
    assert 0.5e-22 < layers["Sigmoid, 30 layers"].norms[0] < 2e-22
    large = layers["Too large"].norms
    assert np.allclose(large[[3, 0]], [0.97, 18], rtol=0.03) and all(2 < 1 / factor < 3.1 for factor in scenes.factors(large))
    assert not layers["Dying ReLU"].norms.any() and list(layers["Dying ReLU"].dead.round(1)) == [0, 0, 0, 1]
    leaky = layers["Leaky ReLU"]
    assert not leaky.dead.any() and 1e-4 < leaky.norms.min() and leaky.norms.max() < 4.5e-4


def test_what_the_presets_in_training_claim(played):
    pictures = {each.name: picture_of(played["training", each.name]) for each in STAGES["training"].presets}
    slow = pictures["Sigmoid"].states
    assert all(abs(state.cost - 0.69) < 0.06 and abs(state.right - 0.5) < 0.03 for state in slow)
    assert all(40 < state.norms[-1] / state.norms[0] < 250 for state in (slow[0], slow[-1]))
    longer = pictures["Sigmoid, 300 epochs"]
    assert 150 < epoch_of(longer, 0.6) < 250 and 0.9 < longer.states[-1].right < 0.96
    assert longer.states[-1].norms[0] > 100 * longer.states[0].norms[0]
    assert 8 <= epoch_of(pictures["tanh"], 0.95) <= 16 and pictures["tanh"].states[-1].right > 0.97
    assert 2 <= epoch_of(pictures["ReLU"], 0.95) <= 7
    assert (pictures["ReLU"].states[-1].norms < pictures["ReLU"].states[0].norms / 5).all()
    assert pictures["Too large"].network.diverged and len(pictures["Too large"].states) == 1
    assert 4e5 < pictures["Too large"].states[0].cost < 6e5 and 0.8e5 < pictures["Too large"].states[0].norms[0] < 1.3e5
    assert not any(state.norms.any() for state in pictures["Dying ReLU"].states)
    leaky = pictures["Leaky ReLU"]
    early = leaky.network.recording.epochs <= 25
    assert 40 <= epoch_of(leaky, 0.95) <= 65 and min(state.cost for state, e in zip(leaky.states, early) if e) > 0.68
    fast = pictures["Rate too large"]
    died = next(e for e, state in zip(fast.network.recording.epochs, fast.states) if state.dead[-1] == 1)
    assert 3 <= died <= 20 and fast.states[0].dead[-1] == 0 and fast.states[-1].dead[-1] == 1 and not fast.states[-1].norms.any()


def test_leaky_relu_does_not_repair_a_rate_that_is_too_large():
    settings = {**preset("training", "Rate too large").settings, "activation": "Leaky ReLU"}
    picture = picture_of(explorers.scene_of_training(settings))
    assert picture.states[-1].right < 0.6 and not picture.states[-1].dead.any()


def test_what_the_presets_of_initialization_claim(played):
    pictures = {each.name: picture_of(played["initialization", each.name]) for each in STAGES["initialization"].presets}
    large = pictures["Sigmoid, large"]
    assert 20 <= epoch_of(large, 0.95) <= 40 and 0.25 < large.states[0].saturated.mean() < 0.35
    small = pictures["tanh, 0.01"].states
    assert 16 < np.median(scenes.factors(small[0].norms)) < 21 and all(abs(state.cost - 0.693) < 0.002 for state in small)
    even = pictures["tanh, 1/n"].states
    assert 0.5 < np.median(scenes.factors(even[0].norms)) < 1.5 and even[-1].right > 0.97
    xavier, he = pictures["ReLU, Xavier"].states, pictures["ReLU, He"].states
    assert xavier[-1].right < 0.55 and 1.2 < (xavier[0].norms[-5] / xavier[0].norms[0]) ** (1 / 15) < 1.6
    assert max(state.right for state in he) > 0.9 and he[0].norms.max() < 10 * he[0].norms.min()


@pytest.mark.parametrize("start, learns", [("Xavier", False), ("He", True)])
def test_twenty_relu_layers_by_their_start(start, learns):
    settings = preset("initialization", f"ReLU, {start}").settings
    states = picture_of(explorers.scene_of_training({**settings, "seed": 3})).states
    assert (max(state.right for state in states) > 0.9) == learns


@pytest.mark.parametrize("seed", range(20))
def test_a_last_layer_with_biases_of_minus_5_is_dead_at_every_seed(seed):
    layers = picture_of(explorers.scene_at_start({**preset("start", "Dying ReLU").settings, "seed": seed})).layers
    assert layers.dead[-1] == 1 and not layers.norms.any()


@pytest.mark.parametrize("stage, each", PRESETS)
def test_the_words_are_those_of_the_lesson(stage, each, played):
    scene = played[stage, each.name]
    text = f"{each.name} {each.question} {each.answer} {' '.join(scene.describe(k) for k in range(scene.count))}"
    assert not too_early(LESSON[stage], text)
    assert each.question.count("?") or each.question.startswith(("A factor", "Small"))


@pytest.mark.parametrize("stage, each", PRESETS)
def test_every_line_fits_into_the_figure(stage, each, played):
    scene = played[stage, each.name]
    canvas = FigureCanvasAgg(scene.figure)
    canvas.draw()
    for k in (0, scene.count // 2, scene.count - 2, scene.count - 1):
        scene.draw(max(k, 0))
        for text in scene.figure.texts:
            box = text.get_window_extent(canvas.get_renderer())
            assert 0 <= box.x0 and box.x1 <= scene.figure.bbox.width - 4 and box.y0 >= 0 and box.y1 <= scene.figure.bbox.height


# The explorer, with few examples and frames


@pytest.fixture
def few(monkeypatch):
    X, Y = explorers.examples()
    monkeypatch.setattr(explorers, "examples", lambda: (X[:, :64], Y[:, :64]))
    monkeypatch.setattr(explorers, "FRAMES", 2)
    monkeypatch.setattr(explorer_module, "Camera", coarse)


def coarse(scene):
    """Return a camera of few pixels, where it does not matter what the frames look like."""
    scene.figure.set_dpi(25)
    return Camera(scene)


def opened(stage, name=None):
    """Return an explorer and the scenes that it draws, by their settings."""
    explorer, drawn = vanishing_explorer(stage, name), {}

    def scene_of(settings):
        drawn[frozenset(settings.items())] = scene = STAGES[stage].scene_of(settings)
        return scene

    explorer._scene_of = scene_of
    return explorer, drawn


def shows(explorer, scene):
    """Assert that the explorer shows the whole film of ``scene``, and nothing to complain of."""
    views = explorer.player.stack.children
    assert len(views) == max(scene.count, 2) == explorer.player.slider.max + 1 and not explorer.player.slider.disabled
    assert all(scene.describe(k) in views[k].value for k in (0, scene.count - 1))
    assert explorer.message.value.count(">") == 2 and "Error" not in explorer.message.value


ENDS = [("depth", 2), ("depth", 30), ("seed", 0), ("seed", 19), *(("activation", name) for name in USUAL)]
IN_TRAINING = [("rate", RATES[0]), ("rate", RATES[-1]), ("epochs", EPOCHS[0]), ("epochs", EPOCHS[-1])]
BY_STAGE = {
    "start": ENDS + [("start", name) for name in explorers.FEW],
    "training": ENDS + [("start", name) for name in explorers.FEW] + IN_TRAINING,
    "initialization": ENDS + [("start", name) for name in STARTS] + IN_TRAINING,
}


@pytest.mark.parametrize("stage", STAGES)
def test_both_ends_and_every_option_of_every_control(few, stage):
    explorer, drawn = opened(stage)
    assert set(explorer.controls) == {name for name, _ in BY_STAGE[stage]}
    opening = explorer.settings()
    for name, value in BY_STAGE[stage]:
        for from_thread in (False, True) if opening[name] != value else ():
            put(explorer, name, value, from_thread)
            assert explorer.wait() and explorer.settings() == {**opening, name: value}
            shows(explorer, drawn[frozenset(explorer.settings().items())])
            put(explorer, name, opening[name], from_thread)
            assert explorer.wait()


@pytest.mark.parametrize("stage", STAGES)
def test_every_preset_shows_its_own_film(few, stage):
    presets = STAGES[stage].presets
    explorer, drawn = opened(stage, presets[-1].name)
    for each in presets:
        explorer.buttons[each.name].click()
        assert explorer.wait() and explorer.settings() == each.settings
        if each is not presets[-1]:  # the film it opened with was drawn before ours were counted
            shows(explorer, drawn[frozenset(each.settings.items())])
        assert html.escape(each.question) in explorer.note.value and html.escape(each.answer) in explorer.note.value


@pytest.mark.parametrize("activation", USUAL)
@pytest.mark.parametrize("start", ["published", "0.01", "large", "biases −5"])
def test_extreme_starts_of_30_layers_can_be_drawn(few, activation, start):
    settings = {**TRAINED, "depth": 30, "activation": activation, "start": start, "epochs": 10, "rate": 2.0}
    scene = explorers.scene_of_training(settings)
    camera = coarse(scene)
    assert all(camera.shoot(k) and scene.describe(k) for k in range(scene.count))
    if start == "large" and activation in ("ReLU", "Leaky ReLU"):
        assert "then the training diverges" in scene.describe(scene.count - 1)


def test_the_usual_start_belongs_to_the_activation():
    for activation, start in USUAL.items():
        usual, named = (explorers.start_of({**OPEN, "activation": activation, "start": name}) for name in ("usual", start))
        assert np.array_equal(usual[1].theta, named[1].theta) and usual[3] == named[3]
    deviations = {}
    for name in STARTS:
        params = explorers.start_of({**OPEN, "depth": 10, "start": name})[1]
        deviations[name] = np.std([params.W[l] for l in range(2, 11)])
    one, two = 30**-0.5, 15**-0.5
    expected = {"published": one, "1/n": one, "Xavier": one, "He": two, "0.01": 0.01, "large": 1, "biases −5": two}
    assert all(np.isclose(deviations[name], expected[name], rtol=0.05) for name in STARTS)
    params = explorers.start_of({**OPEN, "start": "biases −5"})[1]
    assert (params.b[4] == -5).all() and not any(params.b[l].any() for l in (1, 2, 3, 5))
    params = explorers.start_of({**OPEN, "depth": 30, "start": "published"})[1]
    assert abs(np.std([params.b[l] for l in range(1, 31)]) - 1) < 0.1


def test_a_new_start_is_the_next_seed(few):
    explorer, _ = opened("start")
    first = explorer.player.stack.children[-1].value
    explorer.buttons["new start"].click()
    assert explorer.wait() and explorer.controls["seed"].value == 1 and explorer.player.stack.children[-1].value != first
    explorer.buttons["reset"].click()
    assert explorer.wait() and explorer.player.stack.children[-1].value == first


def test_the_examples_are_a_thousand_digits():
    X, Y = explorers.examples()
    assert X.shape == (64, 1000) and Y.shape == (1, 1000) and X.min() == 0 and X.max() == 1 and set(Y.ravel()) == {0, 1}
    assert "1,000 digits" in explorers.start_of(OPEN)[3]


def test_unknown_stages_and_presets_are_named():
    with pytest.raises(ValueError, match="stage must be one of 'start', 'training', 'initialization', got 'begin'"):
        vanishing_explorer("begin")
    with pytest.raises(ValueError, match="preset must be one of 'Sigmoid'.* got 'softmax'"):
        vanishing_explorer("start", "softmax")
    with pytest.raises(TypeError, match="network must be DeepNetwork, got "):
        start_scene("network")
    with pytest.raises(TypeError, match="network must be DeepNetwork, got "):
        training_scene(Parameters((2, 1)))
