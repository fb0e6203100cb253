"""The softmax scene and its explorer: bars and table against exact arithmetic and a graph, and every claim of a preset."""

import io
import itertools
from decimal import Decimal, localcontext

import numpy as np
import pytest
from explorer_walk import from_each_thread, put, shows_film_of
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from mlp_course import cross_entropy, graph
from mlp_course.explorers import softmax_explorer
from mlp_course.explorers.softmax import CLASSES, FILMS, PRESETS, logits_of, scene_of
from mlp_course.film import Camera
from mlp_course.plots import DARK_RED, INK
from mlp_course.scenes import softmax as scene_module
from mlp_course.scenes.softmax import HIGH, LOW, compact, rounded, softmax_scene

pytestmark = pytest.mark.usefixtures("few_pictures")

SETTINGS = {preset.name: preset.settings for preset in PRESETS}
FRAMES = {film: 31 if film == "multiply all" else 26 for film in FILMS}
CORNERS = [dict(zip(CLASSES, z)) for z in itertools.product((-6.0, 6.0), repeat=3)]


@pytest.fixture(scope="module")
def explorer():
    return softmax_explorer()


@pytest.fixture
def pictured(monkeypatch):
    """Return a function that makes a scene of ``settings`` and returns it with its picture."""
    made = []
    draw = scene_module._Picture.__init__
    monkeypatch.setattr(scene_module._Picture, "__init__", lambda self, *rest: (made.append(self), draw(self, *rest))[1])
    return lambda settings: (scene_of(settings), made[-1])


def exactly(z, right):
    """Return e^(z - max z), softmax and loss of logits ``z`` with 60 digits, as floats: a second way, without NumPy."""
    with localcontext() as context:
        context.prec = 60
        powers = [(Decimal(float(value)) - Decimal(float(max(z)))).exp() for value in z]
        shares = [power / sum(powers) for power in powers]
        return [[float(each) for each in values] for values in (powers, shares, [-shares[right].ln()])]


def slopes(z, right):
    """Return dloss/dz of -ln(e^z_right / sum), from a graph of numbers."""
    nodes = [graph.Node(float(value - max(z))) for value in z]  # the same slopes, and no overflow
    powers = [graph.exp(node) for node in nodes]
    list(graph.backward(graph.log(powers[0] + powers[1] + powers[2]) - nodes[right]))
    return [node.gradient for node in nodes]


def heights(panel):
    return np.array([bar.get_height() for bar in panel.bars])


def number(words):
    return float(words.replace("−", "-").replace(",", ""))


# The scene


@pytest.mark.parametrize("film", FILMS)
@pytest.mark.parametrize("z", [(1.0, 2.0, 3.0), (-6.0, 6.0, 0.3), (6.0, 6.0, -6.0), (0.0, 0.0, 0.0)])
def test_the_bars_are_those_of_exact_arithmetic_and_of_a_graph(pictured, film, z):
    for right, name in enumerate(CLASSES):
        scene, picture = pictured({"film": film, **dict(zip(CLASSES, z)), "right": name})
        assert scene.count == FRAMES[film] == picture.states.Z.shape[1]
        for k in (scene.count - 1, 0, 11):
            scene.draw(k)
            column = picture.states.Z[:, k]
            powers, shares, (loss,) = exactly(column, right)
            logits, e, a, gradient = map(heights, picture.panels)
            assert np.allclose(logits * picture.scale[k], column)
            assert np.allclose(e, powers, atol=1e-15) and np.allclose(a, shares, atol=1e-15)
            assert np.allclose(gradient, slopes(column, right), atol=1e-12)
            assert picture.headline.get_text().endswith(f"loss {rounded(loss, 3)}")
            assert picture.table.losses[1].get_text() == rounded(loss, 3)
            assert f"loss {rounded(loss, 3)} from z" in scene.describe(k)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_each_bar_carries_its_number_at_its_end(pictured, preset):
    scene, picture = pictured(preset.settings)
    for k in (scene.count - 1, 0):
        scene.draw(k)
        scales = picture.scale[k], 1, 1, 1
        for panel, scale in zip(picture.panels, scales):
            for bar, label in zip(panel.bars, panel.numbers):
                value = bar.get_height() * scale
                assert abs(number(label.get_text()) - value) <= (0.5 if abs(value) >= 1000 else 0.0501)
                assert label.get_va() == ("bottom" if value >= 0 else "top")
                assert (label.get_position()[1] > bar.get_height()) is (value >= 0)


def test_what_stands_below_the_bars(pictured):
    scene, picture = pictured(SETTINGS["Raise one"])
    scene.draw(10)
    captions = [panel.caption.get_text() for panel in picture.panels]
    assert captions == ["sum 5.0", "sum 2.368", "the sum is always 1", "the sum is always 0"]  # 1 + 1 + 1/e = 2.368
    assert np.allclose(picture.states.stable.A.sum(axis=0), 1) and np.abs(picture.states.gradient.sum(axis=0)).max() < 1e-15


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_the_naive_row_is_what_numpy_answers(pictured, preset):
    scene, picture = pictured(preset.settings)
    right = CLASSES.index(preset.settings["right"])
    for k in range(scene.count):
        scene.draw(k)
        with np.errstate(all="ignore"):
            e = np.exp(picture.states.Z[:, k])
            a = e / e.sum()
            row = [*e, e.sum(), *a]
            loss = -np.log(a[right])
        cells = picture.table.naive
        assert [cell.get_text() for cell in cells[:-1]] == [compact(value) for value in row]
        assert cells[-1].get_text() == rounded(loss + 0.0, 3)
        assert [cell.get_color() == DARK_RED for cell in cells] == [not np.isfinite(value) for value in (*row, loss)]


def test_as_long_as_nothing_breaks_the_three_ways_agree(pictured):
    for film in FILMS:
        if film != "multiply all":
            for z in CORNERS:
                states = pictured({"film": film, **z, "right": "dog"})[1].states
                assert np.allclose(states.naive.loss, states.loss, rtol=1e-9, atol=1e-9)
                assert np.allclose(states.stable.loss, states.loss, rtol=1e-9, atol=1e-9)


def test_the_loss_from_z_is_that_of_the_course_and_its_formula_stands_there(pictured):
    scene, picture = pictured(SETTINGS["4000, 5000, 6000"])
    scene.draw(30)
    Z = np.array([[4000.0], [5000.0], [6000.0]])
    assert (picture.states.Z[:, 30:] == Z).all()
    assert picture.states.loss[30] == cross_entropy.cost(Z, np.array([[0.0], [0.0], [1.0]]), np.eye(3)[:, :1]) == 2000
    assert [formula.get_text() for formula in picture.table.formulas] == ["= −ln 0", "= 6,000 + ln 1.000 − 4,000"]
    assert [cell.get_text() for cell in picture.table.losses] == ["inf", "2,000"]
    assert [cell.get_color() for cell in picture.table.losses] == [DARK_RED, INK]
    scene, picture = pictured(SETTINGS["Gradient steps"])
    scene.draw(0)
    assert picture.table.formulas[1].get_text() == "= 3.0 + ln 1.068 − (−1.0)"  # 1 + 1/e^3 + 1/e^4 = 1.068


def test_the_right_class_is_marked(pictured):
    for name in CLASSES:
        _, picture = pictured({**SETTINGS["Raise one"], "right": name})
        for panel in picture.panels:
            labels = [label.get_text() for label in panel.bars[0].axes.get_xticklabels()]
            assert labels == [f"{each} ✓" if each == name else each for each in CLASSES]
        assert f"right class: {name} ✓" in [text.get_text() for text in picture.figure.texts]


@pytest.mark.parametrize("film", FILMS)
def test_no_bar_leaves_its_axes(film):
    for z, right in itertools.product(CORNERS, CLASSES):
        Z, words = logits_of({"film": film, **z, "right": right})
        assert len(words) == len(set(words)) == Z.shape[1] == FRAMES[film]
        inside = Z.min() >= LOW and Z.max() <= HIGH
        assert inside or film == "multiply all"


def test_beyond_the_axis_all_logits_shrink_alike_and_the_axis_says_so(pictured):
    for z in CORNERS:
        scene, picture = pictured({"film": "multiply all", **z, "right": "cat"})
        for k in (0, 15, 30):
            scene.draw(k)
            shown, column = heights(picture.panels[0]), picture.states.Z[:, k]
            assert LOW - 1e-9 <= shown.min() and shown.max() <= HIGH + 1e-9
            top = HIGH * column[0] / shown[0]
            said = picture.panels[0].caption.get_text()
            axis = f"axis {rounded(LOW * top / HIGH, 0)} to {rounded(top, 0)}"
            assert said == (axis if k else f"sum {rounded(column.sum())}")


@pytest.mark.parametrize("settings", [*SETTINGS.values(), *({"film": "multiply all", **z, "right": "cat"} for z in CORNERS[1:7])])
def test_no_words_lie_on_one_another_or_leave_the_picture(pictured, settings):
    scene, picture = pictured(settings)
    renderer = FigureCanvasAgg(picture.figure).get_renderer()
    width, height = picture.figure.bbox.size
    table = picture.table
    for k in range(0, scene.count, 5):
        scene.draw(k)
        groups = [*(panel.numbers for panel in picture.panels), table.naive, *zip(table.formulas, table.losses)]
        for group in groups:
            boxes = [text.get_window_extent(renderer) for text in group]
            assert all(0 <= box.x0 and box.x1 <= width and 0 <= box.y0 and box.y1 <= height for box in boxes)
            for first, second in itertools.pairwise(boxes):
                assert not first.overlaps(second)
        assert all(text.get_fontsize() >= 10 for text in picture.figure.findobj(lambda artist: hasattr(artist, "get_fontsize")))


@pytest.mark.parametrize(
    "value, words",
    [(0.0, "0"), (0.0900306, "0.090"), (9.99, "9.990"), (20.0855, "20.1"), (1096.6, "1,097"), (59874.1, "59,874"),
     (2.7e260, "2.7·10²⁶⁰"), (0.00247875, "2.5·10⁻³"), (1.4e-87, "1.4·10⁻⁸⁷"), (np.inf, "inf"), (np.nan, "nan")],
)  # fmt: skip
def test_numbers_in_the_table(value, words):
    assert compact(value) == words


def test_a_rounded_0_has_no_sign():
    assert [rounded(value, 3) for value in (-0.0, -1e-9, 0.0, -0.0006)] == ["0.000", "0.000", "0.000", "−0.001"]


def test_the_scene_refuses_what_it_cannot_draw():
    Z, words = np.zeros((3, 2)), ["a", "b"]
    with pytest.raises(ValueError, match=r"Z must have shape \(3, 2\)"):
        softmax_scene(np.zeros((4, 2)), 0, CLASSES, words)
    with pytest.raises(ValueError, match="class_names must hold 3 names, got 2"):
        softmax_scene(Z, 0, CLASSES[:2], words)
    with pytest.raises(ValueError, match="right must be a class from 0 to 2, got 3"):
        softmax_scene(Z, 3, CLASSES, words)
    with pytest.raises(ValueError, match="Z must"):
        softmax_scene(np.full((3, 2), np.nan), 0, CLASSES, words)


@pytest.mark.parametrize("k", [0, 13, 25])
@pytest.mark.parametrize("preset", PRESETS[2:5], ids=lambda preset: preset.name)
def test_what_moves_is_all_that_moves(preset, k):
    scene = scene_of(preset.settings)
    moving, whole = Camera(scene), Camera(scene._replace(moving=()))
    moving.shoot(7)
    a, b = (np.asarray(Image.open(io.BytesIO(each.shoot(k))).convert("RGB")).astype(int) for each in (moving, whole))
    assert (np.abs(a - b).max(axis=2) > 60).mean() < 0.002


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_film_is_small(preset):
    scene = scene_of(preset.settings)
    camera = Camera(scene)
    assert max(len(camera.shoot(k)) for k in range(scene.count)) <= 30_000


# The explorer


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_shows_its_own_film(explorer, preset):
    explorer.choose(preset)
    assert explorer.wait() and explorer.settings() == preset.settings
    assert "Error" not in explorer.message.value
    scene = scene_of(preset.settings)
    assert len(explorer.player.stack.children) == scene.count == explorer.player.slider.max + 1
    assert scene.describe(0) in explorer.player.stack.children[0].value
    assert preset.question in explorer.note.value and preset.answer in explorer.note.value


CHANGES = [("film", film) for film in reversed(FILMS)] + [("right", name) for name in reversed(CLASSES)]
CHANGES += [(name, end) for name in CLASSES for end in (-6.0, 6.0)]


@from_each_thread
@pytest.mark.parametrize("control, value", CHANGES)
def test_every_option_and_both_ends(explorer, control, value, from_thread):
    put(explorer, control, value, from_thread)
    shows_film_of(explorer, scene_of, control, value)


def test_the_sliders_answer_at_once_and_end_at_6(explorer):
    for name in CLASSES:
        slider = explorer.controls[name]
        assert slider.continuous_update and (slider.min, slider.max) == (-6, 6)


# What the films do, and what the presets claim


def test_the_films_start_at_the_sliders_and_move_what_they_say():
    z = {"cat": -1.5, "dog": 0.7, "bird": 2.0}
    start = np.array(list(z.values()))
    for film in FILMS:
        Z, words = logits_of({"film": film, **z, "right": "dog"})
        moved = Z - Z[:, :1]
        assert (Z[:, 0] == start).all()
        if film == "multiply all":
            assert np.allclose(Z[:, -1], 1000 * start) and words[-1] == "all × 1,000"
        elif film != "gradient steps":
            rises = [film in ("add to all", f"raise {name}") for name in CLASSES]
            assert np.allclose(moved[:, -1], 5 * np.array(rises)) and words[-1] == f"{film.split()[-1]} + 5.0"


def test_each_gradient_step_is_one_update_at_rate_1():
    for right, name in enumerate(CLASSES):
        Z, _ = logits_of({"film": "gradient steps", "cat": 2.0, "dog": -1.0, "bird": 0.5, "right": name})
        for k in range(25):
            assert np.allclose(Z[:, k + 1], Z[:, k] - slopes(Z[:, k], right), atol=1e-12)


@pytest.fixture
def claim(pictured):
    """Return a function from a preset's name to (states, its answer)."""
    answers = {preset.name: preset.answer for preset in PRESETS}
    return lambda name: (pictured(SETTINGS[name])[1].states, answers[name])


def test_add_5_to_all(claim):
    states, answer = claim("Add 5 to all")
    for values in (states.stable.E, states.stable.A, states.gradient, states.loss):
        assert np.allclose(values, values[..., :1], atol=1e-12)
    assert np.allclose(states.naive.E[:, -1] / states.naive.E[:, 0], states.naive.sum[-1] / states.naive.sum[0])
    factor, a = states.naive.sum[-1] / states.naive.sum[0], states.stable.A[:, 0]
    assert f"e⁵ = {factor:.1f}" in answer
    assert f"{a[0]:.3f}, {a[1]:.3f} and {a[2]:.3f}, and the loss stays {states.loss[0]:.3f}" in answer


def test_raise_one(claim):
    states, answer = claim("Raise one")
    A = states.stable.A
    lost = 1 - A[:, -1] / A[:, 0]
    assert np.isclose(lost[0], lost[2]) and f"both lose {100 * lost[0]:.0f} %" in answer and A[1, -1] > A[1, 0]
    assert f"the cat from {A[0, 0]:.3f} to {A[0, -1]:.3f}, the bird from {A[2, 0]:.3f} to {A[2, -1]:.3f}" in answer
    assert np.allclose(A[0] / A[2], np.e) and f"e = {np.e:.3f} times" in answer


def test_confident_and_wrong(claim):
    states, answer = claim("Confident and wrong")
    assert np.isclose(states.loss[0], np.log(3)) and f"ln 3 = {np.log(3):.3f}" in answer
    assert f"to {states.loss[-1]:.3f}" in answer
    last_unit = states.loss[-1] - states.loss[-6]  # z of the dog from 4 to 5
    assert (np.diff(states.loss) > 0).all() and 0.95 < last_unit < 1
    assert np.abs(states.gradient).max() < 1 and f"here {states.gradient[0, -1]:.3f}" in answer


def test_gradient_steps(claim):
    states, answer = claim("Gradient steps")
    assert np.diff(states.Z[0]).min() > 0
    assert (np.diff(states.Z[1:]) < 0).all()
    assert np.allclose(states.Z.sum(axis=0), 2) and "the sum of z stays 2" in answer
    steps = np.diff(states.Z[0])
    assert f"{steps[0]:.2f} for the cat, the last ones {steps[-1]:.2f}" in answer and steps.argmax() == 0
    assert f"from {states.loss[0]:.3f} to {states.loss[-1]:.3f}" in answer


def test_4000_5000_6000(claim):
    states, answer = claim("4000, 5000, 6000")
    _, words = logits_of(SETTINGS["4000, 5000, 6000"])
    broken = [int(np.argmax(~np.isfinite(values))) for values in (states.naive.E[2], states.naive.A[2], states.stable.loss)]
    first_nan = int(np.argmax(np.isnan(states.naive.loss)))
    assert broken[0] == broken[1] and np.isnan(states.naive.A[2, broken[1]])
    with np.errstate(over="ignore"):
        assert np.isfinite(np.exp(709.78)) and np.isinf(np.exp(709.79)) and "above 709.78" in answer
    assert states.max[broken[0]] > 709.78 > states.max[broken[0] - 1]
    for k in (broken[1], first_nan, broken[2]):
        assert f"from {words[k].removeprefix('all ')} on" in answer.replace("From", "from")
    assert np.isnan(states.naive.loss[first_nan:]).all() and np.isinf(states.stable.loss[broken[2] :]).all()
    assert np.isfinite(states.loss).all() and states.loss[-1] == 2000 and "2,000 at the end" in answer
    assert np.allclose(states.stable.A[:, -1], [0, 0, 1])


def test_large_and_negative(claim):
    states, answer = claim("Large and negative")
    _, words = logits_of(SETTINGS["Large and negative"])
    first = int(np.argmax(np.isnan(states.naive.loss)))
    assert f"from {words[first].removeprefix('all ')} on" in answer and (states.naive.E[:, first] == 0).all()
    assert states.naive.E[:, first - 1].max() > 0 and np.isfinite(states.naive.E).all()
    assert np.isfinite(states.stable.loss).all() and (states.stable.E[2] == 1).all() and states.stable.sum.min() >= 1


def test_an_unknown_preset_is_named():
    with pytest.raises(ValueError, match="preset must be one of 'Add 5 to all'.* got 'add'"):
        softmax_explorer("add")


def test_it_opens_on_the_preset_that_is_named():
    explorer = softmax_explorer("4000, 5000, 6000")
    assert explorer.settings() == SETTINGS["4000, 5000, 6000"]
    assert "all × 1.0: logits 4.0, 5.0, 6.0" in explorer.player.stack.children[0].value
