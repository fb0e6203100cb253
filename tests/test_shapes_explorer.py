"""The shapes explorer of lesson 2: blocks, shapes and counts against real parameters, controls, presets, kind errors."""

import io
import re

import numpy as np
import pytest
from explorer_walk import from_each_thread, put, shows_film_of
from matplotlib.patches import Rectangle
from PIL import Image

from mlp_course import Parameters
from mlp_course.explorers.shapes import PRESETS, scene_of, shapes_explorer, sizes_of
from mlp_course.film import Camera
from mlp_course.scenes.shapes import shapes_scene

pytestmark = pytest.mark.usefixtures("few_pictures")

NETWORKS = [((4, 2, 5, 3, 1), 7), ((64, 32, 10), 1797), ((1, 1), 1), ((30, 1), 2), ((100, 100, 100, 100, 100), 50)]


@pytest.fixture(scope="module")
def explorer():
    return shapes_explorer()


def preset(name):
    return next(each for each in PRESETS if each.name == name)


def shapes_in(text):
    return [tuple(map(int, pair)) for pair in re.findall(r"\((\d+), (\d+)\)", text)]


def visible(scene):
    """Return the texts of the products that a state shows, captions only."""
    product = scene.figure.axes[0]
    return [text.get_text() for text in product.texts if text.get_visible() and "\n" in text.get_text()]


@pytest.mark.parametrize("sizes, m", NETWORKS)
def test_every_state_shows_the_shapes_of_its_layer(sizes, m):
    scene, params = shapes_scene(sizes, m), Parameters(sizes)
    A, counted = np.zeros((sizes[0], m)), 0
    assert scene.count == len(params.layers)
    for k in (*reversed(range(scene.count)), *range(scene.count)):
        scene.draw(k)
    for k, l in enumerate(params.layers):
        Z = params.W[l] @ A + params.b[l]
        counted += params.W[l].size + params.b[l].size
        scene.draw(k)
        expected = [params.W[l].shape, A.shape, params.b[l].shape, Z.shape]
        assert [shapes_in(caption)[0] for caption in visible(scene)] == expected
        assert shapes_in(scene.describe(k)) == expected
        assert f"{counted} up to here" in scene.describe(k)
        assert scene.figure.texts[1].get_text().replace(",", "").endswith(f" {counted}")
        A = Z
    assert counted == params.theta.size


def test_the_blocks_are_to_scale_and_the_frame_marks_the_layer():
    scene = shapes_scene((4, 2, 5, 3, 1), 7)
    product, below = scene.figure.axes
    for k, (n_before, n) in enumerate([(4, 2), (2, 5), (5, 3), (3, 1)]):
        scene.draw(k)
        rims = [patch for patch in product.patches if patch.get_visible() and not patch.get_fill()]
        sides = np.array([(rim.get_height(), rim.get_width()) for rim in rims])
        assert np.allclose(sides / sides[2, 1], [(n, n_before), (n_before, 7), (n, 1), (n, 7)])
        mark = below.patches[-1]
        left, right = mark.get_x(), mark.get_x() + mark.get_width()
        inside = [text.get_text() for text in below.texts if left < text.get_position()[0] < right]
        assert isinstance(mark, Rectangle) and len(inside) == 1 and inside[0].startswith(f"$W^{{[{k + 1}]}}$ ({n}, {n_before})")


@pytest.mark.parametrize("sizes, m", NETWORKS[:3])
def test_what_moves_is_all_that_moves(sizes, m):
    moving, whole = Camera(shapes_scene(sizes, m)), Camera(shapes_scene(sizes, m)._replace(moving=()))
    for k in range(len(sizes) - 1):
        moving.shoot(0)
        a, b = (np.asarray(Image.open(io.BytesIO(each.shoot(k))).convert("RGB")).astype(int) for each in (moving, whole))
        assert (np.abs(a - b).max(axis=2) > 60).mean() < 0.002


def test_a_frame_is_small():
    pictures = [Camera(shapes_scene((4, 2, 5, 3, 1), 7)).shoot(k) for k in range(4)]
    assert Image.open(io.BytesIO(pictures[0])).size == (640, 400)
    assert 40 * max(map(len, pictures)) < 1.5e6


def test_what_the_scene_cannot_show_is_said():
    with pytest.raises(ValueError, match="sizes must have at most 5 entries here, inputs and 4 layers, got 6"):
        shapes_scene((1, 2, 3, 4, 5, 6), 7)
    with pytest.raises(ValueError, match="m must be"):
        shapes_scene((2, 1), 0)


WAYS = ["4-2-5-3-1", " 4 - 2 - 5 - 3 - 1 ", "4, 2, 5, 3, 1", "(4, 2, 5, 3, 1)", "4–2–5–3–1", "4 2 5 3 1"]


@pytest.mark.parametrize("text", WAYS)
def test_sizes_may_be_written_in_many_ways(text):
    assert sizes_of(text) == (4, 2, 5, 3, 1)


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "whole numbers from 1 to 1,000 joined by -, such as 4-2-5-3-1, got ''"),
        ("4-two-1", "whole numbers .* got '4-two-1'"),
        ("4-0-1", "whole numbers .* got '4-0-1'"),
        ("4-2.5-1", "whole numbers .* got '4-2.5-1'"),
        ("4-1001", "whole numbers .* got '4-1001'"),
        ("4", "2 to 5 numbers, inputs first, .* got '4'"),
        ("1-2-3-4-5-6", "2 to 5 numbers, inputs first, .* got '1-2-3-4-5-6'"),
    ],
)
def test_sizes_that_make_no_network_are_said(text, words):
    with pytest.raises(ValueError, match=f"sizes must (be|have) {words}"):
        sizes_of(text)


def test_wrong_sizes_are_said_in_the_message_line_and_the_film_stays(explorer):
    explorer.choose(preset("4-2-5-3-1"))
    assert explorer.wait()
    before = explorer.player.stack.children[0].value
    explorer.controls["sizes"].value = "four"
    assert explorer.wait()
    assert "sizes must be whole numbers" in explorer.message.value
    assert explorer.player.stack.children[0].value == before and not explorer.player.slider.disabled


@pytest.mark.parametrize("each", PRESETS, ids=lambda each: each.name)
def test_every_preset_shows_its_own_film(explorer, each):
    explorer.choose(each)
    assert explorer.wait()
    scene = scene_of(each.settings)
    assert explorer.settings() == each.settings and "Error" not in explorer.message.value
    assert len(explorer.player.stack.children) == scene.count == explorer.player.slider.max + 1
    assert scene.describe(0) in explorer.player.stack.children[0].value and each.question in explorer.note.value


ENDS = [("m", 1), ("m", 1797), ("sizes", "1-1"), ("sizes", "1000-1000-1000-1000-1000")]


@from_each_thread
@pytest.mark.parametrize("name, value", ENDS)
def test_both_ends_of_every_control(explorer, name, value, from_thread):
    put(explorer, name, value, from_thread)
    shows_film_of(explorer, scene_of, name, value)
    assert not explorer.controls[name].continuous_update


def test_what_the_presets_claim():
    def layers(name):
        settings = preset(name).settings
        scene = scene_of(settings)
        return [shapes_in(scene.describe(k)) for k in range(scene.count)], scene.describe(scene.count - 1)

    (small, words), (wide, wide_words) = layers("4-2-5-3-1"), layers("4-2-10-3-1")
    assert "47 up to here" in words and "10 + 15 + 18 + 4 = 47" in preset("4-2-5-3-1").answer
    assert "77 up to here" in wide_words and "77" in preset("4-2-10-3-1").answer
    changed = [l for l, (a, b) in enumerate(zip(small, wide), 1) if a[0] != b[0]]
    assert changed == [2, 3] and wide[1][0] == (10, 2) and wide[2][0] == (3, 10)
    (one, words), (many, many_words) = layers("One digit"), layers("1,797 digits")
    assert words.split(";")[1] == many_words.split(";")[1] and "2410 up to here" in words
    for a, b in zip(one, many):
        grown = [name for name, before, after in zip("WXbZ", a, b) if before != after]
        assert grown == ["X", "Z"] and b[1][1] == b[3][1] == 1797


def test_an_unknown_preset_is_named():
    with pytest.raises(ValueError, match="preset must be one of '4-2-5-3-1'.* got 'one'"):
        shapes_explorer("one")
