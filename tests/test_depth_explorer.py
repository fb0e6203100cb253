"""The depth scenes and their explorer: pieces against the theorem and a fine grid, folds against the tent map, every control."""

import io

import numpy as np
import pytest
from explorer_walk import from_each_thread, put, shows_film_of
from PIL import Image

from mlp_course import MLP, Parameters, half_squared_error, plots, relu
from mlp_course.explorers import depth_explorer
from mlp_course.explorers.depth import PRESETS, RANDOM, scene_of
from mlp_course.film import Camera
from mlp_course.scenes import depth as scene_module
from mlp_course.scenes.depth import (
    corners, count, depth_scene, folding_network, hidden_sizes, output, passing_network, pieces_of, random_network, random_scene,
    slopes, true_corners,
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("few_pictures")

SHAPES = [(24,), (12, 12), (8, 8, 8), (3, 3, 3, 3, 3, 3, 3, 3), (1,)]


@pytest.fixture(scope="module")
def explorer():
    return depth_explorer()


@pytest.fixture
def pictured(monkeypatch):
    """Return a function that makes a scene of settings and returns it with its picture."""
    made = []
    for kind in (scene_module._Picture, scene_module._Starts):
        draw = kind.__init__
        monkeypatch.setattr(kind, "__init__", lambda self, *rest, draw=draw: (made.append(self), draw(self, *rest))[1])
    return lambda what, layers, units=24: (scene_of({"what": what, "layers": layers, "units": units}), made[-1])


def tent(x, folds):
    for _ in range(folds):
        x = 1 - np.abs(2 * x - 1)
    return x


# The networks


@pytest.mark.parametrize("folds", range(9))
def test_a_folding_network_is_the_tent_map_composed(folds):
    params, x = folding_network(folds), np.linspace(0, 1, 2**10 + 1)
    assert params.sizes == (1, *folds * (2,), 1)
    A = MLP(relu, half_squared_error).forward(params, x[None, :])[1][-1]
    assert (A[0] == tent(x, folds)).all()  # halves and quarters are exact in binary


@pytest.mark.parametrize("layers", [0, 1, 8])
def test_a_passing_network_is_its_line_everywhere(layers):
    x = np.linspace(-3, 3, 61)
    assert np.allclose(output(passing_network(layers, -0.6, 0.2), x), 0.2 - 0.6 * x)


@pytest.mark.parametrize("folds", range(1, 9))
def test_k_folds_make_2_to_the_k_pieces_with_6k_plus_1_parameters(folds):
    found = count(folding_network(folds), 0, 1)
    assert found == (2**folds, 2 * folds, 6 * folds + 1, 2**folds - 1, 3 * (2**folds - 1) + 1)


def test_the_numbers_of_the_lesson_for_eight_folds_and_for_a_line():
    assert count(folding_network(8), 0, 1) == (256, 16, 49, 255, 766)
    assert count(passing_network(8, 0.6, 0.2), 0, 1) == (1, 16, 49, 0, 2)


# Pieces


@pytest.mark.parametrize("hidden", SHAPES)
def test_between_two_corners_the_output_is_straight_and_at_a_corner_it_is_not(hidden):
    for seed in range(6):
        params = random_network((1, *hidden, 1), seed)
        x = corners(params, -3, 3)
        found = slopes(params, x)
        for share in (0.21, 0.5, 0.83):  # inside every interval the output lies on the chord
            inside = x[:-1] + share * np.diff(x)
            chord = output(params, x[:-1]) + found * share * np.diff(x)
            assert np.allclose(output(params, inside), chord)
        kept = true_corners(params, -3, 3)
        assert set(kept) <= set(x) and count(params, -3, 3).pieces == kept.size + 1


@pytest.mark.parametrize("hidden", SHAPES)
def test_pieces_agree_with_the_changes_of_slope_on_a_fine_grid(hidden):
    """A grid misses pieces narrower than its mesh: networks with such pieces are left out, and few they are."""
    x, compared = np.linspace(-3, 3, 60001), 0
    for seed in range(12):
        params = random_network((1, *hidden, 1), seed)
        kept = np.array([-3, *true_corners(params, -3, 3), 3])
        if np.diff(kept).min() < 4e-4:
            continue
        bent = np.abs(np.diff(output(params, x), 2)) > 1e-9
        runs = np.count_nonzero(bent[1:] & ~bent[:-1]) + bent[0]  # a corner bends one or two neighbors
        assert runs == kept.size - 2
        compared += 1
    assert compared >= 6


def test_one_hidden_layer_has_a_corner_for_each_unit_and_no_more():
    for seed in range(10):
        params = random_network((1, 24, 1), seed)
        zeros = -params.b[1][:, 0] / params.W[1][:, 0]
        assert np.allclose(true_corners(params, -3, 3), np.sort(zeros[np.abs(zeros) < 3]))
        assert count(params, -1e6, 1e6).pieces <= 25


def test_a_unit_that_the_output_does_not_read_makes_no_piece():
    params = Parameters((1, 2, 1), [1, 1, 0, -0.5, 1, 0, 0])
    assert list(corners(params, -1, 1)) == [-1, 0, 0.5, 1] and list(true_corners(params, -1, 1)) == [0]


def test_count_refuses_what_it_cannot_count():
    with pytest.raises(ValueError, match=r"one input and one output, got sizes \(2, 3, 1\)"):
        count(Parameters((2, 3, 1)), 0, 1)
    with pytest.raises(ValueError, match="high must be greater than low = 1, got 0"):
        count(folding_network(2), 1, 0)
    with pytest.raises(TypeError, match="params must be Parameters, got list"):
        count([], 0, 1)


@pytest.mark.parametrize("units, layers", [(24, 3), (8, 8), (48, 1), (24, 5)])
def test_units_are_shared_out_evenly(units, layers):
    sizes = hidden_sizes(units, layers)
    assert len(sizes) == layers and sum(sizes) == units and max(sizes) - min(sizes) <= 1


# The paper


@pytest.mark.parametrize("folds", range(6))
def test_a_stack_holds_every_piece_once_and_no_bend_crosses_another(folds):
    place = plots.paper_stack(folds)
    assert sorted(place) == list(range(2**folds))
    for end in (0, 1):  # pieces i and i + 1 join at the upper end when i is even
        joints = [tuple(sorted((place[i], place[i + 1]))) for i in range(2**folds - 1) if i % 2 != end]
        assert not [1 for a, b in joints for c, d in joints if a < c < b < d]


@pytest.mark.parametrize("folds", [0, 1, 3])
def test_turning_the_paper_neither_stretches_nor_tears_it(folds):
    flat, _ = plots.paper(folds)
    for angle in np.radians([60, 120, 180]):
        heights, depths = plots.paper(folds, angle)
        for half in (slice(0, 2), slice(2, 4)):  # before and after the crease
            lengths = np.hypot(np.diff(heights[:, half]), np.diff(depths[:, half]))
            assert np.allclose(lengths, 0.5)
        assert np.allclose(heights[:, 3], heights[:, 4]) and np.allclose(depths[:, 3], depths[:, 4])  # pieces go on into bends
    assert heights.max() <= 0.5 + 1e-9 < flat.max()


@pytest.mark.parametrize("k", [0, 1, 3])
def test_the_picture_of_folds_is_the_tent_map_beside_its_paper(k):
    _, ax = plots.figure()
    zigzag, sheet = (np.array(each.get_segments()) for each in plots.folds(ax, k))
    assert len(zigzag) == len(sheet) == 2**k
    assert np.allclose(zigzag[..., 1], tent(zigzag[..., 0], k))
    heights, depths = plots.paper(k)
    assert np.allclose(sheet[..., 1], heights) and np.allclose(np.diff(sheet[..., 0]), np.diff(depths)) and sheet[..., 0].min() > 1


# The scenes


@pytest.mark.parametrize("layers", [1, 3, 8])
def test_the_tent_scene_shows_its_map_turned_or_whole(pictured, layers):
    scene, picture = pictured("tent map", layers)
    assert scene.count == 4 * layers + 1
    for k in (scene.count - 1, 0, 1, 2, 3, 4):
        scene.draw(k)
        j, angle = picture.states[k]
        x, y = np.concatenate(picture.line.get_segments()).T
        whole = tent(x, j)
        expected = whole if not angle else np.where(whole > 0.5, 0.5 + (whole - 0.5) * np.cos(angle), whole)
        assert np.allclose(y, expected)
        found = count(folding_network(j), 0, 1)
        assert len(picture.sheet.get_segments()) == found.pieces == 2**j
        numbers = [int(text.get_text().strip("≥ ")) for text in picture.bars.numbers]
        assert numbers == [found.pieces, found.deep_units, found.flat_units, found.deep_parameters, found.flat_parameters]
        ends = [bar.get_x() + bar.get_width() for bar in picture.bars.bars]
        assert np.allclose(ends, np.maximum(numbers, picture.bars.START))
        assert picture.title.get_text() in scene.describe(k) and f"{found.deep_parameters} parameters" in scene.describe(k)


def test_a_turn_by_180_degrees_and_a_stretch_by_2_are_the_next_fold():
    x = np.linspace(0, 1, 257)
    for j in range(5):
        down = plots.turned_down(tent(x, j), np.pi)
        assert np.allclose(2 * down, tent(x, j + 1))


def test_the_affine_scene_stays_one_piece_and_costs_more(pictured):
    scene, picture = pictured("affine target", 8)
    assert scene.count == 9
    for k in (8, 0, 3):
        scene.draw(k)
        x, y = np.concatenate(picture.line.get_segments()).T
        assert np.allclose(y, 0.2 + 0.6 * x) and picture.counts[k].pieces == 1
        assert picture.counts[k].deep_parameters == (6 * k + 1 if k else 2) and picture.counts[k].flat_parameters == 2


@pytest.mark.parametrize("layers, units", [(1, 8), (3, 24), (8, 48)])
def test_the_random_scene_shows_both_networks_of_its_start(pictured, layers, units):
    scene, picture = pictured(RANDOM, layers, units)
    assert scene.count == 50
    for k in (49, 0, 17):
        scene.draw(k)
        for dots, median, (name, hidden) in zip(picture.dots, picture.medians, picture.shapes.items()):
            params = random_network((1, *hidden, 1), k)
            pieces = count(params, -3, 3).pieces
            assert params.sizes == (1, *((units,) if name == "flat" else hidden_sizes(units, layers)), 1)
            assert len(dots.get_ydata()) == k + 1 and dots.get_ydata()[-1] == pieces
            assert median.get_ydata()[0] == np.median(dots.get_ydata())
            drawn = picture.outputs[name]
            x, y = drawn.line.get_data()
            z = output(params, np.asarray(x))
            assert np.allclose(np.ptp(z) * (y - y.min()), np.ptp(y) * (z - z.min())) and x[0] == -3 and x[-1] == 3
            assert len(drawn.corners.get_xdata()) == pieces - 1
            assert f"{pieces} pieces" in drawn.title.get_text() and f"{pieces} pieces" in scene.describe(k)


@pytest.mark.parametrize("what, layers, units", [("tent map", 8, 24), ("affine target", 3, 24), (RANDOM, 3, 24)])
def test_what_moves_is_all_that_moves(what, layers, units):
    scene = scene_of({"what": what, "layers": layers, "units": units})
    moving, whole = Camera(scene), Camera(scene._replace(moving=()))
    moving.shoot(1)
    for k in (0, scene.count // 2 + 1, scene.count - 1):
        a, b = (np.asarray(Image.open(io.BytesIO(each.shoot(k))).convert("RGB")).astype(int) for each in (moving, whole))
        assert (np.abs(a - b).max(axis=2) > 60).mean() < 0.002


@pytest.mark.parametrize("what, layers, units", [("tent map", 8, 24), (RANDOM, 8, 48)])
def test_a_film_is_small(what, layers, units):
    scene = scene_of({"what": what, "layers": layers, "units": units})
    camera = Camera(scene)
    assert sum(len(camera.shoot(k)) for k in range(scene.count)) <= 1_500_000


def test_the_scenes_refuse_what_they_cannot_draw():
    with pytest.raises(ValueError, match="target must be one of 'tent map', 'affine target', got 'tent'"):
        depth_scene("tent", 3)
    with pytest.raises(ValueError, match="layers must be at least 0, got -1"):
        depth_scene("tent map", -1)
    with pytest.raises(ValueError, match="layers must be at most units = 2, got 3"):
        random_scene(2, 3)


# The explorer


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_shows_its_own_film(explorer, preset):
    explorer.choose(preset)
    assert explorer.wait() and explorer.settings() == preset.settings
    assert "Error" not in explorer.message.value
    scene = scene_of(preset.settings)
    assert len(explorer.player.stack.children) == scene.count
    assert scene.describe(0) in explorer.player.stack.children[0].value
    assert preset.question in explorer.note.value


CHANGES = [
    ("what", "affine target"), ("what", RANDOM), ("what", "tent map"), ("layers", 1), ("layers", 8), ("units", 8), ("units", 48),
]  # fmt: skip


@from_each_thread
@pytest.mark.parametrize("control, value", CHANGES)
def test_every_option_and_both_ends(explorer, control, value, from_thread):
    if control == "units":
        explorer.controls["what"].value = RANDOM
    put(explorer, control, value, from_thread)
    shows_film_of(explorer, scene_of, control, value)


def test_units_can_be_moved_only_for_random_networks(explorer):
    units = explorer.controls["units"]
    assert units.continuous_update is False and explorer.controls["layers"].continuous_update is False
    for what in (RANDOM, "affine target", "tent map"):
        explorer.controls["what"].value = what
        assert units.disabled is (what != RANDOM)
    assert explorer.wait()
    explorer.reset()
    assert explorer.wait() and explorer.settings() == PRESETS[1].settings


def test_what_the_presets_claim():
    settings = {preset.name: preset.settings for preset in PRESETS}
    assert [count(folding_network(k), 0, 1).pieces for k in (1, 2, 3)] == [2, 4, 8]
    assert count(folding_network(3), 0, 1)[2:] == (19, 7, 22)
    assert settings["Eight folds"] == {"what": "tent map", "layers": 8, "units": 24}
    assert settings["Affine target"]["layers"] == 8
    medians = {hidden: np.median(pieces_of(hidden, 50)) for hidden in ((24,), (8, 8, 8), (3,) * 8)}
    assert medians == {(24,): 21.5, (8, 8, 8): 19, (3,) * 8: 3}
    flat, deep = pieces_of((24,), 50), pieces_of((8, 8, 8), 50)
    assert flat.max() <= 25 and deep.std() > flat.std()


def test_no_random_network_is_near_a_tie_that_rounding_could_turn():
    """The medians are told in the lesson: every zero of a z stays away from its neighbors by far more than rounding."""
    for hidden in ((24,), (8, 8, 8), (3,) * 8):
        nearest = min(np.diff(corners(random_network((1, *hidden, 1), seed), -3, 3)).min() for seed in range(50))
        assert nearest > 1e-8


def test_an_unknown_preset_is_named():
    with pytest.raises(ValueError, match="preset must be one of 'Three folds'.* got 'folds'"):
        depth_explorer("folds")


def test_it_opens_on_the_preset_that_is_named():
    explorer = depth_explorer("Random, 3 × 8")
    assert explorer.settings() == {"what": RANDOM, "layers": 3, "units": 24} and not explorer.controls["units"].disabled
    assert "Random start 1 of 50" in explorer.player.stack.children[0].value
