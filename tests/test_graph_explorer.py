"""The graph explorer of lesson 5a: numbers of the graph itself, in every state; controls, presets, kind errors."""

import io
import itertools
import math
import re

import ipywidgets
import numpy as np
import pytest
from explorer_walk import from_each_thread, put, shows_film_of
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from mlp_course import plots
from mlp_course.explorers import graph_explorer
from mlp_course.explorers.graph import GRAPHS, PRESETS, SLIDERS, USUAL, minus_log, root_of, scene_of
from mlp_course.film import Camera
from mlp_course.graph import Node, backward, log, tanh, topological_order
from mlp_course.scenes.graph import graph_scene, leaving, names, products_one_by_one, steps

pytestmark = pytest.mark.usefixtures("few_pictures")

each_graph = pytest.mark.parametrize("name", GRAPHS)


@pytest.fixture(scope="module")
def explorer():
    return graph_explorer()


def preset(name):
    return next(each for each in PRESETS if each.name == name)


def drawn(settings):
    """Return the scene of ``settings``, the object that draws it, and its graph built once more, swept."""
    scene, root = scene_of(settings), root_of(settings)
    list(backward(root))
    return scene, scene.draw.__self__, root


def shown(artist):
    return artist.get_text() if artist.get_visible() else None


def slope_by_nudging(settings, name, h=1e-5):
    up, down = (root_of({**settings, name: settings[name] + step}).value for step in (h, -h))
    return (up - down) / (2 * h)


# The scene


@each_graph
def test_every_state_holds_the_numbers_known_at_that_moment(name):
    scene, picture, root = drawn({**USUAL, "graph": name})
    order, own = topological_order(root), topological_order(picture.root)
    operations = [node for node in order if node.edges]
    assert scene.count == 1 + len(operations) + len(order)
    for k in (*range(scene.count), *reversed(range(scene.count))):
        scene.draw(k)
        computed = {node for node in order if not node.edges} | set(operations[:k])
        reached = set(order[::-1][: max(0, k - len(operations))])
        for node, mine in zip(order, own):
            _, _, value, slope = picture.nodes[mine]
            assert shown(value) == (f"{node.value:.3g}" if node in computed else None)
            assert shown(slope) == (f"{node.gradient:.3g}" if node in reached else None)
            for number, (_, local) in enumerate(node.edges):
                assert shown(picture.edges[mine, number][2]) == (f"{local:.3g}" if node in computed else None)


@each_graph
def test_the_colored_edges_are_those_that_make_the_number(name):
    scene, picture, _ = drawn({**USUAL, "graph": name})
    for k, (forth, now) in enumerate(steps(picture.order)):
        scene.draw(k)
        colored = {edge for edge, (line, arrow, _) in picture.edges.items() if line.get_visible() and arrow.get_visible()}
        ends = [node if forth else node.edges[number][0] for node, number in colored]
        assert set(ends) <= set(now)
        wanted = sum(len(node.edges) if forth else len(leaving(picture.order)[node]) for node in now)
        assert len(colored) == wanted
        circles = {node: circle for node, (circle, *_) in picture.nodes.items() if circle.get_visible()}
        assert {node for node, circle in circles.items() if circle.get_facecolor() != (1, 1, 1, 1)} == set(now)


@each_graph
def test_titles_and_words_hold_the_sum_over_the_branches(name):
    scene, picture, root = drawn({**USUAL, "graph": name})
    order, called = topological_order(root), list(names(topological_order(root)).values())
    back = scene.count - len(order)
    for k, (node, text) in enumerate(reversed(list(zip(order, called))), start=back):
        scene.draw(k)
        title = picture.title.get_text()
        assert title.startswith(f"back to {text}: ") and scene.describe(k).startswith(f"Going {title}; products so far")
        if node is root:
            assert title.endswith("the sweep starts with slope 1")
            continue
        factors = re.findall(r"\(?(-?[\d.e+-]+)\)? × \(?(-?[\d.e+-]+)\)?", title)
        pairs = sorted((end.gradient, local) for end in order for source, local in end.edges if source is node)
        assert np.allclose(sorted((float(a), float(b)) for a, b in factors), pairs, rtol=6e-3)
        assert math.isclose(float(title.split(" = ")[-1]), node.gradient, rel_tol=6e-3)
    assert scene.describe(0) == "Forward, the inputs: " + ", ".join(
        f"{text} = {node.value:.3g}" for node, text in zip(order, called) if not node.edges
    )


def test_forward_words_name_value_and_local_slopes():
    scene = scene_of(USUAL)
    assert scene.describe(1) == "Forward: × gives 1; local slopes from w 0.5, from x 2"
    assert scene.describe(4) == "Forward: −log gives 0.693; local slopes from σ -2"


def chain_of(n):
    node = Node(0.5)
    for _ in range(n):
        node = tanh(node)
    return node


def test_products_are_counted_as_the_lesson_counts_them():
    for n in (1, 4, 50):
        order = topological_order(chain_of(n))
        assert sum(products_one_by_one(order).values()) == n * (n + 1) // 2
        assert sum(map(len, leaving(order).values())) == n
    x = Node(1.0)
    for _ in range(10):
        x = x + x
    assert max(products_one_by_one(topological_order(x)).values()) == 10 * 2**10  # as many routes, ten edges each


def test_products_one_by_one_are_those_of_all_routes_walked():
    root = root_of({**USUAL, "graph": "two neurons"})
    order = topological_order(root)

    def lengths(node):
        if node is root:
            return [0]
        return [1 + rest for end in order for source, _ in end.edges if source is node for rest in lengths(end)]

    assert products_one_by_one(order) == {node: sum(lengths(node)) for node in order}


@each_graph
def test_the_last_state_counts_all_products(name):
    scene, picture, _ = drawn({**USUAL, "graph": name})
    scene.draw(scene.count - 1)
    sweep, alone = map(int, re.findall(r"\d+", picture.counted.get_text()))
    assert sweep == len(picture.edges) <= alone == sum(products_one_by_one(picture.order).values())
    scene.draw(0)
    assert picture.counted.get_text() == ""


@each_graph
def test_what_moves_is_all_that_moves(name):
    settings = {**USUAL, "graph": name}
    moving, whole = Camera(scene_of(settings)), Camera(scene_of(settings)._replace(moving=()))
    for k in range(scene_of(settings).count):
        moving.shoot(0)
        a, b = (np.asarray(Image.open(io.BytesIO(each.shoot(k))).convert("RGB")).astype(int) for each in (moving, whole))
        assert (np.abs(a - b).max(axis=2) > 60).mean() < 0.002


@each_graph
def test_nothing_overlaps_and_nothing_is_cut_at_both_ends_of_all_sliders(name):
    used = GRAPHS[name][1]
    ends = [(1, 4) if each == "n" else (-SLIDERS[each], SLIDERS[each]) for each in used]
    for values in itertools.product(*ends):
        scene, picture, _ = drawn({**USUAL, "graph": name, **dict(zip(used, values))})
        renderer = FigureCanvasAgg(scene.figure).get_renderer()
        scene.draw(scene.count - 1)
        scene.figure.draw(renderer)
        artists = [each for circle, _, value, slope in picture.nodes.values() for each in (circle, value, slope)]
        artists += [label for *_, label in picture.edges.values()] + scene.figure.texts
        boxes = [artist.get_window_extent(renderer) for artist in artists]
        assert [(a, b) for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)] == [], values
        for k in range(scene.count):
            scene.draw(k)
            box = picture.title.get_window_extent(renderer)
            assert 0 < box.x0 and box.x1 < 640, picture.title.get_text()


def test_no_text_is_small_and_a_film_is_small():
    for name in GRAPHS:
        scene = scene_of({**USUAL, "graph": name})
        assert min(text.get_fontsize() for text in (*scene.figure.texts, *scene.figure.axes[0].texts)) >= 10
        camera = Camera(scene)
        pictures = [camera.shoot(k) for k in range(scene.count)]
        assert Image.open(io.BytesIO(pictures[0])).size == (640, 400) and sum(map(len, pictures)) < 1.5e6


def test_any_graph_of_the_course_can_be_shown():
    x, y = Node(2.0, "x"), Node(3.0, "y")
    scene = graph_scene(x * y + log(x) * x)
    scene.draw(scene.count - 1)
    picture = scene.draw.__self__
    (slope,) = [group[3].get_text() for node, group in picture.nodes.items() if node is x]
    assert slope == f"{3 + 1 + math.log(2):.3g}"
    with pytest.raises(TypeError, match="root must be Node, got float"):
        graph_scene(2.0)


def test_nodes_that_are_called_alike_are_numbered():
    called = list(names(topological_order(chain_of(3))).values())
    assert called[1:] == ["tanh 1", "tanh 2", "tanh 3"]


# The graphs


@each_graph
def test_the_slopes_of_every_graph_are_those_of_nudging(name):
    settings = {**USUAL, "graph": name, "x": 1.0, "w": -0.5, "v": 1.5, "b": 0.5}
    root = root_of(settings)
    inputs = [node for node in backward(root) if not node.edges]
    assert {node.name for node in inputs} == set(GRAPHS[name][1]) - {"n"}
    for node in inputs:
        assert math.isclose(node.gradient, slope_by_nudging(settings, node.name), rel_tol=1e-6)


def test_minus_log_is_one_node_with_the_numbers_of_two():
    a, twin = Node(0.3), Node(0.3)
    J, two = minus_log(a), -log(twin)
    list(backward(J)), list(backward(two))
    assert J.value == two.value and a.gradient == twin.gradient and [local for _, local in J.edges] == [-1 / 0.3]


# The explorer


@pytest.mark.parametrize("each", PRESETS, ids=lambda each: each.name)
def test_every_preset_shows_its_own_film(explorer, each):
    explorer.choose(each)
    assert explorer.wait()
    scene = scene_of(each.settings)
    assert explorer.settings() == each.settings and "Error" not in explorer.message.value
    assert len(explorer.player.stack.children) == scene.count == explorer.player.slider.max + 1
    for k in (0, scene.count - 1):
        assert scene.describe(k) in explorer.player.stack.children[k].value
    assert each.question in explorer.note.value


ENDS = [(name, value) for name, end in SLIDERS.items() for value in (-end, end)] + [("n", 1), ("n", 4)]
ENDS += [("graph", name) for name in GRAPHS]


@from_each_thread
@pytest.mark.parametrize("name, value", ENDS)
def test_both_ends_of_every_control(explorer, name, value, from_thread):
    if name != "graph":
        explorer.controls["graph"].value = next(graph for graph, (_, used) in GRAPHS.items() if name in used)
    put(explorer, name, value, from_thread)
    shows_film_of(explorer, scene_of, name, value)


def test_sliders_reach_both_ends_answer_when_let_go_and_are_locked_where_they_do_nothing(explorer):
    for name, end in SLIDERS.items():
        slider = explorer.controls[name]
        assert isinstance(slider, ipywidgets.FloatSlider) and (slider.min, slider.max) == (-end, end)
        assert not slider.continuous_update
    for graph, (_, used) in GRAPHS.items():
        explorer.controls["graph"].value = graph
        assert {name for name, each in explorer.controls.items() if not each.disabled} == {"graph", *used}
    assert explorer.wait()
    fresh = graph_explorer()
    assert {name for name, each in fresh.controls.items() if each.disabled} == {"v", "n"}


@each_graph
def test_a_slider_that_is_not_locked_changes_the_film(name):
    settings = {**USUAL, "graph": name}
    for control in GRAPHS[name][1]:
        other = {**settings, control: 3 if control == "n" else 1.5}
        words = [[scene.describe(k) for k in range(scene.count)] for scene in (scene_of(settings), scene_of(other))]
        assert words[0] != words[1]


def test_what_the_presets_claim():
    def slopes(name):
        nodes = list(backward(root_of(preset(name).settings)))
        return {text: node for node, text in names(nodes[::-1]).items()}

    neuron = slopes("One neuron")
    locals_ = [local for node in neuron.values() for _, local in node.edges]
    assert neuron["−log"].edges[0][1] == -2 and locals_.count(-2) == 1
    assert neuron["σ"].edges[0][1] == 0.25 and neuron["w"].gradient == -0.25
    assert 1 * -2 * 0.25 * 1 * 0.5 == neuron["w"].gradient
    assert slopes("x · x")["x"].gradient == 6 and slopes("x · x")["×"].edges[0][1] == 3
    order = topological_order(root_of(preset("tanh chain").settings))
    assert sorted(products_one_by_one(order).values()) == [0, 1, 2, 3, 4] and sum(range(51)) == 1275
    two = slopes("Two neurons")
    up, down = (two[f"× {k}"].gradient * two[name].value for k, name in ((1, "w"), (2, "v")))
    assert up > 0.1 and down < -0.1 and math.isclose(up + down, two["x"].gradient) and abs(up + down) < 0.02
    wrong = slopes("Wrong and saturated")
    assert wrong["+"].value == -6 and f"{wrong['σ'].edges[0][1]:.3g}" == "0.00247"
    assert f"{wrong['−log'].edges[0][1]:.3g}" == "-404" and abs(wrong["+"].gradient + 1) < 0.01
    assert f"{wrong['w'].gradient:.3g}" == "-2"


def test_an_unknown_preset_is_named():
    with pytest.raises(ValueError, match="preset must be one of 'One neuron'.* got 'one'"):
        graph_explorer("one")


def test_the_drawing_is_that_of_plots_graph():
    root = root_of(USUAL)
    _, ax = plots.figure()
    list(backward(root))
    plots.graph(ax, root)
    scene = graph_scene(root)
    scene.draw(scene.count - 1)
    still = [text.get_text() for text in scene.figure.axes[0].texts]
    assert sorted({text.get_text() for text in ax.texts}) == sorted(set(still))
