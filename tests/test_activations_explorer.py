"""The activation scene and its explorer: curve, tangent, slope and flat zone, at both ends of every control."""

import io

import numpy as np
import pytest
from explorer_walk import from_each_thread, put, shows_film_of
from PIL import Image

from mlp_course import binary_step, elu, identity, leaky_relu, prelu, relu, rrelu, sigmoid, softmax, tanh
from mlp_course.explorers import activations_explorer
from mlp_course.explorers.activations import PRESETS, WITH_ALPHA, WITHOUT_ALPHA, scene_of
from mlp_course.film import Camera
from mlp_course.scenes import activations as scene_module
from mlp_course.scenes.activations import FINE, STOPS, activation_scene, flat_zone

pytestmark = pytest.mark.usefixtures("few_pictures")

NAMES = [*WITHOUT_ALPHA, *WITH_ALPHA, "RReLU"]


@pytest.fixture(scope="module")
def explorer():
    return activations_explorer()


@pytest.fixture
def pictured(monkeypatch):
    """Return a function that makes a scene of ``settings`` and returns it with its picture."""
    made = []
    draw = scene_module._Picture.__init__
    monkeypatch.setattr(scene_module._Picture, "__init__", lambda self, *rest: (made.append(self), draw(self, *rest))[1])
    return lambda **settings: (scene_of(settings), made[-1])


def stop(z):
    return int(np.flatnonzero(FINE[STOPS] == z)[0])


# The scene


@pytest.mark.parametrize("alpha", [0.1, 1.0, 2.0])
@pytest.mark.parametrize("name", NAMES)
def test_the_point_lies_on_both_curves_and_the_tangent_has_the_slope(pictured, name, alpha):
    scene, picture = pictured(activation=name, alpha=alpha)
    assert scene.count == 49 and FINE[STOPS[0]] == -6 and FINE[STOPS[-1]] == 6
    for k in (48, 0, 11, stop(0.0), 30):
        scene.draw(k)
        z = FINE[STOPS[k]]
        (z_left,), (a,) = picture.points[0].get_data()
        (z_right,), (slope,) = picture.points[1].get_data()
        assert z_left == z_right == z
        ends, heights = picture.tangent.get_data()
        assert np.isclose(np.mean(ends), z) and np.isclose(np.mean(heights), a)
        assert np.isclose((heights[1] - heights[0]) / (ends[1] - ends[0]), slope)
        assert f"z = {z:.2f}" in picture.titles[0].get_text() and f"{slope:.3f}" in picture.titles[1].get_text()
        assert f"value {a:.3f}, slope {slope:.3f}" in scene.describe(k)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("RReLU", "binary step")])
def test_the_slope_shown_is_what_a_nudge_measures(pictured, name):
    scene, picture = pictured(activation=name, alpha=1.7)
    g = picture.g
    for k in (2, 20, 28, 45):
        scene.draw(k)
        z, (slope,) = FINE[STOPS[k]], picture.points[1].get_data()[1]
        assert np.isclose(((g(z + 1e-5) - g(z - 1e-5)) / 2e-5).item(), slope, atol=1e-8)


@pytest.mark.parametrize("g, low, high", [(sigmoid, -3.625, 3.65), (tanh, -1.8, 1.825)])
def test_the_flat_zone_starts_where_the_slope_is_a_tenth_of_the_largest(g, low, high):
    flat = flat_zone(g.derivative(FINE, g(FINE)))
    steep = FINE[~flat]
    assert abs(steep[0] - low) <= 0.026 and abs(steep[-1] - high) <= 0.026


def test_what_is_flat_everywhere_nowhere_and_on_one_side():
    zones = {g.name: flat_zone(g.derivative(FINE, g(FINE))) for g in (binary_step, identity, relu, leaky_relu(0.01), prelu(0.5))}
    assert zones["binary_step"].all() and not zones["identity"].any() and not zones["prelu(0.5)"].any()
    assert (zones["relu"] == (FINE <= 0)).all() and (zones["leaky_relu(0.01)"] == (FINE <= 0)).all()


@pytest.mark.parametrize("name, alpha, corner", [("ReLU", 1.0, True), ("ELU", 1.0, False), ("ELU", 2.0, True), ("tanh", 1.0, False)])
def test_at_a_corner_there_is_no_tangent_and_nothing_joins_the_two_slopes(pictured, name, alpha, corner):
    scene, picture = pictured(activation=name, alpha=alpha)
    scene.draw(stop(0.0))
    assert picture.tangent.get_visible() is not corner
    assert ("(a choice)" in picture.titles[1].get_text()) is corner and ("a corner" in scene.describe(stop(0.0))) is corner
    z, slopes = picture.pieces(picture.slopes)
    assert np.isnan(slopes).any() == corner and len(z) == len(slopes) == FINE.size + corner
    scene.draw(stop(0.25))
    assert picture.tangent.get_visible()


def test_the_step_is_0_below_0_and_1_from_0_on(pictured):
    _, picture = pictured(activation="binary step", alpha=1.0)
    z, values = picture.pieces(picture.a)
    gap = int(np.flatnonzero(np.isnan(values))[0])
    assert (values[:gap] == 0).all() and (values[gap + 1 :] == 1).all() and z[gap + 1] == 0


def test_a_random_activation_is_drawn_in_dots_between_its_two_lines(pictured):
    _, picture = pictured(activation="RReLU", alpha=1.0)
    (curve,) = [line for line in picture.titles[0].axes.lines if len(line.get_xdata()) > 100]
    assert curve.get_linestyle() == "None" and curve.get_marker() == "."
    left = FINE < 0
    assert (picture.a[left] <= FINE[left] / 8).all() and (picture.a[left] >= FINE[left] / 3).all()
    assert np.unique(picture.slopes[left]).size == left.sum()


def test_the_scene_refuses_what_is_no_activation_of_single_numbers():
    with pytest.raises(TypeError, match="g must be Activation, got ufunc"):
        activation_scene(np.tanh, "tanh")
    with pytest.raises(TypeError, match="name must be str, got int"):
        activation_scene(tanh, 3)
    with pytest.raises(TypeError, match="softmax has no derivative entry by entry"):
        activation_scene(softmax, "softmax")


@pytest.mark.parametrize("k", [0, 24, 48])
@pytest.mark.parametrize("g", [sigmoid, relu, elu(2.0), rrelu(np.random.default_rng(1))], ids=lambda g: g.name)
def test_what_moves_is_all_that_moves(g, k):
    scene = activation_scene(g, "name")
    moving, whole = Camera(scene), Camera(scene._replace(moving=()))
    moving.shoot(12)
    a, b = (np.asarray(Image.open(io.BytesIO(each.shoot(k))).convert("RGB")).astype(int) for each in (moving, whole))
    assert (np.abs(a - b).max(axis=2) > 60).mean() < 0.002


@pytest.mark.parametrize("name", NAMES)
def test_a_film_is_small(name):
    scene = scene_of({"activation": name, "alpha": 2.0})
    camera = Camera(scene)
    assert sum(len(camera.shoot(k)) for k in range(scene.count)) <= 1_500_000


# The explorer


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_shows_its_own_film(explorer, preset):
    explorer.choose(preset)
    assert explorer.wait() and explorer.settings() == preset.settings
    assert "Error" not in explorer.message.value
    assert len(explorer.player.stack.children) == 49 == explorer.player.slider.max + 1
    assert scene_of(preset.settings).describe(0) in explorer.player.stack.children[0].value
    assert preset.question in explorer.note.value


CHANGES = [("activation", name) for name in reversed(NAMES)] + [("alpha", 0.1), ("alpha", 2.0)]


@from_each_thread
@pytest.mark.parametrize("control, value", CHANGES)
def test_every_option_and_both_ends(explorer, control, value, from_thread):
    if control == "alpha":
        explorer.controls["activation"].value = "ELU"
    put(explorer, control, value, from_thread)
    shows_film_of(explorer, scene_of, control, value)


def test_alpha_can_be_moved_only_where_there_is_one(explorer):
    alpha = explorer.controls["alpha"]
    assert alpha.continuous_update is False
    for name in NAMES:
        explorer.controls["activation"].value = name
        assert alpha.disabled is (name not in ("PReLU", "ELU"))
    assert explorer.wait()
    explorer.reset()
    assert explorer.wait() and explorer.settings() == PRESETS[0].settings and alpha.disabled


def test_alpha_is_the_left_slope_of_prelu_and_the_depth_of_elu():
    for alpha in (0.1, 2.0):
        assert f"slope {alpha:.3f}" in scene_of({"activation": "PReLU", "alpha": alpha}).describe(0)
        assert f"value {alpha * np.expm1(-6):.3f}" in scene_of({"activation": "ELU", "alpha": alpha}).describe(0)


def test_what_the_presets_claim():
    def slope(name, z):
        settings = next(preset.settings for preset in PRESETS if preset.name == name)
        return float(scene_of(settings).describe(stop(z)).split("slope ")[1].split(";")[0])

    def flat_from(g):
        return FINE[~flat_zone(g.derivative(FINE, g(FINE)))][-1]

    assert slope("Sigmoid", 0.0) == 0.25 and slope("tanh", 0.0) == 1
    assert round(flat_from(sigmoid), 1) == 3.6 and round(flat_from(tanh), 1) == 1.8
    assert {slope("ReLU", z) for z in FINE[STOPS]} == {0, 1} and slope("ReLU", 0.0) == 0
    assert slope("Leaky ReLU", -3.0) == 0.01
    assert slope("ELU, α = 2", 0.0) == 2 and slope("ELU, α = 2", 0.25) == 1 and slope("ELU, α = 2", -6.0) < 0.2
    assert {slope("Binary step", z) for z in FINE[STOPS]} == {0}
    assert all(1 / 8 <= slope("RReLU", z) + 0.0005 and slope("RReLU", z) - 0.0005 <= 1 / 3 for z in (-6.0, -3.0, -0.25))


def test_an_unknown_preset_is_named():
    with pytest.raises(ValueError, match="preset must be one of 'Sigmoid'.* got 'sigmoid'"):
        activations_explorer("sigmoid")


def test_it_opens_on_the_preset_that_is_named():
    explorer = activations_explorer("ELU, α = 2")
    assert explorer.settings() == {"activation": "ELU", "alpha": 2.0} and not explorer.controls["alpha"].disabled
    assert "ELU (2.0) at z = -6.00" in explorer.player.stack.children[0].value
