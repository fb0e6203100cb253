"""The neuron scene and its explorer: what the picture holds, at both ends of every control, from any thread."""

import io
import threading

import numpy as np
import pytest
from explorer_walk import from_each_thread, put, shows_film_of
from PIL import Image

from mlp_course import MLP, GradientDescent, Parameters, binary_cross_entropy, datasets, identity, sigmoid, train
from mlp_course import film, plots
from mlp_course.explorers import explorer as explorer_module
from mlp_course.explorers import neuron_explorer
from mlp_course.explorers.explorer import Preset
from mlp_course.explorers.neuron import PRESETS, STEPS, scene_of
from mlp_course.explorers.player import Player
from mlp_course.film import Camera
from mlp_course.scenes.neuron import _Picture, neuron_scene

pytestmark = pytest.mark.usefixtures("few_pictures")


@pytest.fixture(scope="module")
def explorer():
    return neuron_explorer()


@pytest.fixture
def recording():
    X, y = datasets.moons(60, 0.1, np.random.default_rng(0))
    mlp = MLP(identity, binary_cross_entropy)
    return X, y, train(mlp, Parameters((2, 1), [1.0, -2.0, 0.5]), X, y[None, :], GradientDescent(0.5), 20, every=5)


@pytest.fixture
def picture(recording, monkeypatch):
    made = []
    monkeypatch.setattr(_Picture, "__init__", keep(_Picture.__init__, made))
    X, y, run = recording
    scene = neuron_scene(X, y, run, ("a", "b"), ("u", "v"))
    return scene, made[0], recording


def keep(init, made):
    def wrapper(self, *arguments):
        made.append(self)
        init(self, *arguments)

    return wrapper


def test_the_scene_holds_map_line_valley_and_arrow_of_its_state(picture):
    scene, shown, (X, y, run) = picture
    assert scene.count == 5
    for k in (4, 0, 2):
        scene.draw(k)
        w, b = run.thetas[k][:2], run.thetas[k][2]
        assert np.allclose(w @ np.array(shown.line.get_data()) + b, 0, atol=1e-9)
        assert np.allclose(shown.map.get_array().ravel(), sigmoid(w @ shown.inputs + b))
        assert np.allclose(shown.path.get_data(), run.thetas[: k + 1, :2].T)
        assert f"J = {run.costs[k]:.3f}" in scene.describe(k) and f"step {run.epochs[k]}" in shown.titles[0].get_text()


def test_the_valley_is_the_cost_of_every_pair_of_weights(picture):
    scene, shown, (X, y, run) = picture
    scene.draw(3)
    b = run.thetas[3][2]
    mlp = MLP(identity, binary_cross_entropy)
    for i in (0, 17, 312, 624):
        w1, w2 = shown.weights[:, i].astype(float)
        J = mlp.cost(Parameters((2, 1), [w1, w2, b]), X, y[None, :])
        assert np.isclose(np.exp(shown.valley.get_array().ravel()[i]), J, rtol=1e-4)


def test_the_arrow_points_down_the_gradient(picture):
    scene, shown, (X, y, run) = picture
    scene.draw(1)
    gradient = MLP(identity, binary_cross_entropy).gradient(run.params(1), X, y[None, :]).theta[:2]
    start, end = (np.array(end) for end in shown.downhill._posA_posB)
    assert np.allclose(start, run.thetas[1][:2])
    assert np.isclose((end - start) @ gradient, -np.linalg.norm(end - start) * np.linalg.norm(gradient))


def test_the_scene_refuses_what_does_not_fit(recording):
    X, y, run = recording
    with pytest.raises(ValueError, match=r"X must have shape \(2, m\), got \(3, "):
        neuron_scene(np.vstack([X, X[:1]]), y, run, ("a", "b"), ("u", "v"))
    with pytest.raises(ValueError, match="y must hold one label per example"):
        neuron_scene(X, y[:-1], run, ("a", "b"), ("u", "v"))
    with pytest.raises(ValueError, match="recording.thetas must have shape"):
        neuron_scene(X, y, run._replace(thetas=run.thetas[:, :2]), ("a", "b"), ("u", "v"))


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_shows_its_own_film(explorer, preset):
    explorer.choose(preset)
    assert explorer.wait()
    assert explorer.settings() == preset.settings
    assert explorer.message.value.count(">") == 2 and "<span" in explorer.message.value  # nothing to complain of
    assert len(explorer.player.stack.children) == len(STEPS) == explorer.player.slider.max + 1
    first = scene_of(preset.settings).describe(0)
    assert first in explorer.player.stack.children[0].value and preset.question in explorer.note.value


def test_what_the_presets_claim():
    def state(name, k):
        settings = next(preset.settings for preset in PRESETS if preset.name == name)
        scene = scene_of(settings)
        words = scene.describe(k % scene.count)
        return float(words.split("J = ")[1].split(",")[0]), float(words.split("accuracy ")[1])

    assert state("Weights × 1", 0)[0] == 0.501 and state("Weights × 10", 0)[0] == 0.457
    assert state("Weights × 1", 0)[1] == state("Weights × 10", 0)[1], "the same line gives the same accuracy"
    assert abs(state("XOR", -1)[0] - np.log(2)) < 0.005
    assert 0.86 <= state("Moons", -1)[1] <= 0.91
    assert state("Tumors", -1)[0] < 0.26


ENDS = [("data", "moons"), ("data", "xor"), ("data", "tumors")]
ENDS += [(name, value) for name in ("w1", "w2", "b") for value in (-8.0, 8.0)] + [("rate", 0.05), ("rate", 5.0)]


@from_each_thread
@pytest.mark.parametrize("name, value", ENDS)
def test_both_ends_of_every_control(explorer, name, value, from_thread):
    put(explorer, name, value, from_thread)
    shows_film_of(explorer, scene_of, name, value)


def test_the_newest_request_wins(monkeypatch):
    explorer, asked = neuron_explorer("Moons"), []
    hold, entered = threading.Event(), threading.Event()

    def slow(settings):
        asked.append(settings["w1"])
        entered.set()
        assert hold.wait(30)
        return scene_of(settings)

    monkeypatch.setattr(explorer, "_scene_of", slow)
    explorer.controls["w1"].value = 1.0
    assert entered.wait(30)
    for value in (2.0, 3.0, 4.0):  # dragged on while the first is being computed
        explorer.controls["w1"].value = value
    hold.set()
    assert explorer.wait()
    assert asked == [1.0, 4.0]
    assert "w = (4.00" in explorer.player.stack.children[0].value


def test_a_film_is_given_up_between_two_frames(monkeypatch):
    explorer, drawn = neuron_explorer("Moons"), []
    hold, entered = threading.Event(), threading.Event()

    def watched(settings):
        scene = scene_of(settings)
        return scene._replace(draw=lambda k: (drawn.append((settings["w1"], k)), pause(settings["w1"], k), scene.draw(k)))

    def pause(w1, k):
        if (w1, k) == (1.0, 3):
            entered.set()
            assert hold.wait(30)

    monkeypatch.setattr(explorer, "_scene_of", watched)
    explorer.controls["w1"].value = 1.0
    assert entered.wait(30)
    assert "w = (1.00" in explorer.player.stack.children[0].value and explorer.player.slider.disabled
    assert "drawing frame 1 of 26" in explorer.message.value
    explorer.controls["w1"].value = 2.0
    hold.set()
    assert explorer.wait()
    assert (1.0, 3) in drawn and (1.0, 4) not in drawn and (2.0, 25) in drawn


def test_an_error_in_mid_film_goes_back_to_the_last_whole_film(monkeypatch):
    explorer = neuron_explorer("Moons")
    before = [view.value for view in explorer.player.stack.children]

    def breaks(settings):
        scene = scene_of(settings)
        return scene._replace(draw=lambda k: scene.draw(k) if k < 3 else scene.draw("no such state"))

    monkeypatch.setattr(explorer, "_scene_of", breaks)
    explorer.controls["w1"].value = 3.0
    assert explorer.wait()
    assert "Error" in explorer.message.value and not explorer.player.slider.disabled
    assert [view.value for view in explorer.player.stack.children] == before


def test_where_no_thread_starts_it_draws_at_once(monkeypatch):
    def none_to_be_had(self):
        raise RuntimeError("can't start new thread")

    explorer = neuron_explorer("Moons")
    monkeypatch.setattr(threading.Thread, "start", none_to_be_had)
    for value in (1.0, 2.0):
        explorer.controls["w2"].value = value
        assert explorer.wait(0) and f"{value:.2f})" in explorer.player.stack.children[0].value


def test_a_preset_that_a_control_refuses_leaves_the_controls_alive():
    explorer = neuron_explorer("Moons")
    with pytest.raises(Exception, match="Invalid selection"):
        explorer.choose(Preset("bad", {"data": "elsewhere"}, "?", "!"))
    explorer.controls["w1"].value = 5.0
    assert explorer.wait() and "w = (5.00" in explorer.player.stack.children[0].value


def test_the_oldest_film_is_forgotten_and_a_used_one_is_not(monkeypatch):
    explorer = neuron_explorer("Moons")
    monkeypatch.setattr(explorer, "KEPT_FILMS", 3)
    for value in (1.0, 2.0, 0.0, 3.0):  # 0.0 is the first film, asked for again
        explorer.controls["b"].value = value
        assert explorer.wait()
    assert sorted(key[3] for key in explorer._films) == [0.0, 2.0, 3.0]


def test_showing_waits_for_what_was_just_moved(monkeypatch):
    shown = []
    monkeypatch.setattr(explorer_module, "display", lambda data, **how: shown.append(data))
    explorer = neuron_explorer("Moons")
    for value in (3.0, 4.0, 5.0):
        explorer.controls["w1"].value = value
    explorer._ipython_display_()
    assert "w = (5.00" in shown[0].data and not explorer.player.slider.disabled


@pytest.mark.parametrize("k", [0, 5, 25])
def test_what_moves_is_all_that_moves(k):
    settings = PRESETS[1].settings
    moving, whole = Camera(scene_of(settings)), Camera(scene_of(settings)._replace(moving=()))
    moving.shoot(12)
    a, b = (np.asarray(Image.open(io.BytesIO(each.shoot(k))).convert("RGB")).astype(int) for each in (moving, whole))
    assert (np.abs(a - b).max(axis=2) > 60).mean() < 0.002


def test_an_error_is_said_in_the_message_line(monkeypatch):
    explorer = neuron_explorer("Moons")

    def broken(settings):
        raise ValueError("w < 0 & more")

    monkeypatch.setattr(explorer, "_scene_of", broken)
    explorer.controls["b"].value = 2.5
    assert explorer.wait()
    assert "ValueError: w &lt; 0 &amp; more" in explorer.message.value


def test_films_are_kept_and_start_at_their_first_frame(monkeypatch):
    explorer = neuron_explorer("Moons")
    explorer.controls["b"].value = 1.0
    assert explorer.wait()
    explorer.player.slider.value = 7
    monkeypatch.setattr(explorer, "_scene_of", lambda settings: pytest.fail("drawn again"))
    explorer.controls["b"].value = 0.0
    assert explorer.wait() and explorer.player.slider.value == 0
    assert "b = 0.00" in explorer.player.stack.children[0].value and "Error" not in explorer.message.value


def test_it_shows_a_face_first_and_then_the_live_view(monkeypatch):
    shown = []
    monkeypatch.setattr(explorer_module, "display", lambda data, **how: shown.append((data, how)))
    explorer = neuron_explorer("Moons")
    explorer._ipython_display_()
    (face, _), (live, how) = shown
    assert face.data.count("<img") == 4 and "One neuron at step 200" in face.data
    assert how == {"raw": True}
    assert live["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.widget.model_id
    shown.clear()
    monkeypatch.setenv("MLP_COURSE_PLAYER", "html")
    explorer._ipython_display_()
    assert len(shown) == 1 and "mlp-film" in shown[0][0].data


def test_an_unknown_preset_is_named():
    with pytest.raises(ValueError, match="preset must be one of 'Tumors'.* got 'tumours'"):
        neuron_explorer("tumours")


def test_the_player_links_live_in_the_browser():
    pictures = [explorer_png(k) for k in range(3)]
    player = Player(pictures, ["a", "b", "c"], interval=50)
    pairs = [(link.source[0], link.target[0]) for link in player._links]
    assert pairs == [(player.play, player.slider), (player.slider, player.stack)]
    assert all(type(link).__name__ == "Link" and link.source[1] == "value" for link in player._links)
    assert player.play.interval == 50 and player.play.max == player.slider.max == 2
    player.preview(pictures[2], "new")
    assert player.play.disabled and player.slider.disabled and 'alt="new"' in player.stack.children[0].value
    player.show(pictures + pictures, list("uvwxyz"))
    assert player.slider.max == 5 and not player.play.disabled and 'alt="z"' in player.stack.children[5].value
    player.show(pictures[:2], ["p", "q"])
    assert player.slider.max == 1 and len(player.stack.children) == 2


@pytest.mark.parametrize("shown", [Player, film.filmstrip, film.html_player], ids=lambda shown: shown.__name__)
def test_a_film_needs_a_frame_and_a_text_for_each(shown):
    with pytest.raises(ValueError, match="alts must hold one text for each frame, got 1 for 3 frames"):
        shown([explorer_png(k) for k in range(3)], ["a"])
    with pytest.raises(ValueError, match="pictures must hold one frame at least, got none"):
        shown([], [])


def explorer_png(k):
    fig, ax = plots.figure(1.0, 1.0, layout=None)
    ax.plot([0, k])
    return film.frame(fig)


def test_a_film_of_another_length_gets_a_slider_of_its_own():
    """The key End of a slider whose end has moved goes to the old end."""
    pictures = [explorer_png(k) for k in range(4)]
    player = Player(pictures[:3], ["a", "b", "c"])
    before = player.slider
    player.show(pictures[1:], ["b", "c", "d"])
    assert player.slider is before
    player.show(pictures, list("abcd"))
    assert player.slider is not before and player.slider.max == player.play.max == 3
    assert [(link.source[0], link.target[0]) for link in player._links] == [(player.play, player.slider), (player.slider, player.stack)]
    assert player.slider in player._bar.children and before not in player._bar.children


def test_a_film_of_one_frame_can_be_played_too():
    player = Player([explorer_png(0)], ["alone"])
    assert len(player.stack.children) == 2 and player.slider.max == 1 and 'alt="alone"' in player.stack.children[1].value
