"""The house style: what the artists hold, not that they were drawn."""

import colorsys
import itertools

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.patches import Circle, Rectangle

from mlp_course import plots
from mlp_course.graph import Node, backward, log, sigmoid, tanh


def test_classes_differ_by_color_and_by_marker():
    fig, ax = plots.figure()
    X, y = np.array([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]), np.array([0, 1, 0])
    first, second = plots.points(ax, X, y, ("benign", "malignant"))
    assert first.get_offsets().tolist() == [[0, 3], [2, 5]] and second.get_offsets().tolist() == [[1, 4]]
    assert first.get_paths()[0].vertices.shape != second.get_paths()[0].vertices.shape
    assert [text.get_text() for text in plots.legend(ax).get_texts()] == ["benign", "malignant"]
    assert len(set(plots.COLORS)) == len(set(plots.MARKERS)) == len(plots.COLORS)


def test_text_colors_have_contrast():
    def luminance(color):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
        return np.dot([0.2126, 0.7152, 0.0722], linear)

    assert 1.05 / (luminance(plots.INK) + 0.05) > 7
    assert 1.05 / (luminance(plots.DARK_RED) + 0.05) > 4.5
    assert all(1.05 / (luminance(color) + 0.05) > 3 for color in plots.COLORS)


def test_the_probability_map_is_even_around_one_half():
    low, high = to_rgb(plots.PROBABILITY(0.05)), to_rgb(plots.PROBABILITY(0.95))
    assert colorsys.rgb_to_hsv(*low)[0] > 0.5 > colorsys.rgb_to_hsv(*high)[0], "blue below, orange above"
    assert min(to_rgb(plots.PROBABILITY(0.49))) > 0.95 and min(to_rgb(plots.PROBABILITY(0.51))) > 0.95


def test_the_grid_runs_row_by_row_from_below():
    points = plots.grid((0, 1), (10, 12), n=3)
    assert points[:, 0].tolist() == [0, 10] and points[:, 1].tolist() == [0.5, 10] and points[:, -1].tolist() == [1, 12]


def test_a_value_map_shows_row_0_below():
    fig, ax = plots.figure()
    image = plots.value_map(ax, plots.grid((0, 1), (0, 1), 4)[1], (0, 1), (0, 1))
    assert image.origin == "lower" and image.get_array()[0].max() == 0 and image.get_array()[-1].min() == 1


@pytest.mark.parametrize("w, b", [((1.0, 0.5), -0.2), ((0.0, 2.0), 1.0), ((-3.0, 0.0), 4.0), ((10.0, 5.0), -2.0)])
def test_the_boundary_lies_where_z_is_0(w, b):
    fig, ax = plots.figure()
    ends = np.array(plots.boundary(ax, w, b).get_data())
    assert np.allclose(np.array(w) @ ends + b, 0, atol=1e-9) and np.linalg.norm(ends[:, 0] - ends[:, 1]) > 100


def test_without_weights_there_is_no_line():
    fig, ax = plots.figure()
    assert len(plots.boundary(ax, (0, 0), 1).get_xdata()) == 0


def test_a_network_has_a_line_for_each_weight_and_a_circle_for_each_unit():
    fig, ax = plots.figure()
    plots.network(ax, (3, 4, 2), ["a", "b", "c"], ["input", "hidden", "output"])
    assert len(ax.lines) == 3 * 4 + 4 * 2 and len(ax.patches) == 9
    assert {text.get_text() for text in ax.texts} == {"a", "b", "c", "input", "hidden", "output"}


def test_the_neuron_drawings_name_their_parts():
    fig, (left, right) = plots.figure(columns=2)
    plots.biological_neuron(left)
    plots.artificial_neuron(right)
    words = " ".join(text.get_text() for text in left.texts)
    assert all(part in words for part in ("dendrites", "cell body", "axon", "synapses"))
    signs = " ".join(text.get_text() for text in right.texts)
    assert all(sign in signs for sign in ("x_1", "w_2", "+\\,b", "Sigma", "$z$", "$a$"))


def test_example_columns_colors_one_row_and_the_same_column():
    fig, ax = plots.figure()
    plots.example_columns(ax, [[1, 2, 3], [4, 5, 6]], ["u", "v", "w"], chosen=1)
    colored = [patch for patch in ax.patches if patch.get_facecolor() != (1, 1, 1, 1)]
    values = [text.get_text() for text in ax.texts if text.get_text() in "123456"]
    assert len(ax.patches) == 12 and len(colored) == 6 and sorted(values) == sorted("123456" * 2)
    assert len({patch.get_y() for patch in colored[:3]}) == 1 and len({patch.get_x() for patch in colored[3:]}) == 1


def test_costs_are_plotted_as_they_are():
    fig, ax = plots.figure()
    assert plots.cost_curve(ax, [0, 1, 2], [3.0, 2.0, 1.5]).get_ydata().tolist() == [3.0, 2.0, 1.5]


def small_network():
    x1, x2 = Node(1.0, "x1"), Node(-0.5, "x2")
    w = [Node(0.3 * i - 0.5, f"w{i}") for i in range(6)]
    hidden = [tanh(w[0] * x1 + w[1] * x2), tanh(w[2] * x1 + w[3] * x2)]
    return sigmoid(w[4] * hidden[0] + w[5] * hidden[1])


def one_neuron():
    w, x, b = Node(2.0, "w"), Node(0.5, "x"), Node(-1.0, "b")
    return -log(sigmoid(w * x + b))


def used_often():
    x = Node(3.0, "x")
    return x * x + tanh(x) * x


@pytest.mark.parametrize("root", [one_neuron(), small_network(), used_often()], ids=["neuron", "network", "branches"])
def test_a_graph_shows_every_number_and_nothing_overlaps(root):
    nodes = list(backward(root))
    fig, ax = plots.figure(12, 8)
    plots.graph(ax, root)
    shown = sorted(text.get_text() for text in ax.texts)
    edges = [local for node in nodes for _, local in node.edges]
    wanted = [f"{v:.3g}" for node in nodes for v in (node.value, node.gradient)] + [f"{v:.3g}" for v in edges]
    assert shown == sorted(wanted + [node.name or node.operation for node in nodes])

    renderer = FigureCanvasAgg(fig).get_renderer()
    fig.draw(renderer)
    circles = [patch for patch in ax.patches if isinstance(patch, Circle)]
    assert len(circles) == len(nodes)
    names = {text for text in ax.texts if text.get_text() in [node.name or node.operation for node in nodes]}
    boxes = [text.get_window_extent(renderer) for text in ax.texts if text not in names]
    boxes += [circle.get_window_extent(renderer) for circle in circles]
    clashes = [(a, b) for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)]
    assert clashes == [] and all(fig.bbox.containsx(box.x0) and fig.bbox.containsx(box.x1) for box in boxes)


def test_a_graph_runs_from_left_to_right():
    root = small_network()
    place, paths = plots._graph_layout(root)
    assert all(place[source][0] < place[node][0] for source, node, _ in paths)
    assert len(set(place.values())) == len(place), "no two share a place"


def test_gradients_can_be_left_out():
    fig, ax = plots.figure()
    plots.graph(ax, one_neuron(), gradients=False)
    assert not any(text.get_color() == plots.DARK_RED for text in ax.texts)


FIG_AX = plots.figure()
TWO, LABELS = np.zeros((2, 3)), np.array([0, 1, 2])


@pytest.mark.parametrize(
    "wrong, words",
    [
        (lambda ax: plots.points(ax, np.zeros((3, 3)), LABELS), "X must have shape .2, m., got .3, 3."),
        (lambda ax: plots.points(ax, TWO, LABELS, ("a", "b")), "y must hold labels from 0 to 1, got labels from 0 to 2"),
        (lambda ax: plots.points(ax, TWO, LABELS, list("abcdefg")), "class_names must hold at most 6 names, got 7"),
        (lambda ax: plots.points(ax, TWO, LABELS[:2]), "y must hold one label per example, 3 in all, got 2"),
        (lambda ax: plots.value_map(ax, np.zeros(10), (0, 1), (0, 1)), "values must be those on a grid .* got 10"),
        (lambda ax: plots.boundary(ax, (1, 2, 3), 0), "w must have shape .2,., got .3,."),
        (lambda ax: plots.boundary(ax, (1, 2), (3, -5)), "b must have shape .1,., got .2,."),
        (lambda ax: plots.boundary(ax, (1, 2), np.nan), "b must be finite, got 1 nan"),
        (lambda ax: plots.points(ax, TWO, LABELS, np.array(["a", "b"])), "y must hold labels from 0 to 1, got labels from 0 to 2"),
        (lambda ax: plots.network(ax, (2, 0, 1)), r"sizes\[1\] must be at least 1, got 0"),
        (lambda ax: plots.network(ax, (3, 2), ["a"]), "names must hold one name for each of the 3 inputs, got 1"),
        (lambda ax: plots.network(ax, (3, 2), None, ["a"]), "captions must hold one text for each of the 2 layers, got 1"),
    ],
)
def test_what_cannot_be_drawn_is_said(wrong, words):
    with pytest.raises(ValueError, match=words) as raised:
        wrong(FIG_AX[1])
    assert "\n" not in str(raised.value)


def test_without_names_every_class_is_drawn():
    fig, ax = plots.figure()
    assert [artist.get_label() for artist in plots.points(ax, TWO, LABELS)] == ["class 0", "class 1", "class 2"]


# Blocks to scale, networks with their shapes


def boxes(ax, filled):
    """Return (width, height) of the rectangles of ``ax`` that have a fill, or that have a rim."""
    rectangles = [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_fill() == filled]
    return [(patch.get_width(), patch.get_height()) for patch in rectangles]


def words(ax):
    return [text.get_text() for text in ax.texts]


@pytest.mark.parametrize("n, n_before, m", [(2, 3, 4), (5, 2, 7), (1, 1, 1), (32, 64, 1), (32, 64, 500)])
def test_a_product_is_drawn_to_scale_under_its_shapes(n, n_before, m):
    fig, ax = plots.figure(8, 3)
    plots.product(ax, n, n_before, m)
    rims = np.array(boxes(ax, filled=False))
    shapes = np.array([(n, n_before), (n_before, m), (n, 1), (n, m)])
    scale = rims[1, 0] / m
    assert np.allclose(rims, np.maximum(scale * shapes[:, ::-1], 0.04)) and rims[:, 1].max() <= 3.0 + 1e-9
    assert words(ax)[3:] == [f"${name}$\n({rows}, {columns})" for name, (rows, columns) in zip("WXbZ", shapes)]
    assert words(ax)[:3] == ["@", "+", "="]


def test_a_product_colors_the_row_the_column_and_the_cell_they_make():
    W, X, b = np.array([[2, 0, -1], [1, 1, 3]]), np.array([[1, 3, 0, 2], [2, 1, 1, 0], [0, 1, 2, 1]]), np.array([[1], [-2]])
    fig, ax = plots.figure(8, 3)
    numbers = W, X, b, W @ X + b
    plots.product(ax, 2, 3, 4, numbers=numbers, cell=(1, 2))
    scale = boxes(ax, filled=False)[2][0]
    assert np.allclose(boxes(ax, filled=True)[1::2], scale * np.array([(3, 1), (1, 3), (1, 1), (1, 1)]))
    chosen = [patch for patch in ax.patches if patch.get_fill()][1::2]

    def inside(patch):
        texts = [text for text in ax.texts if patch.get_bbox().contains(*text.get_position())]
        return [float(text.get_text()) for text in texts]

    row, column, bias, cell = map(inside, chosen)
    assert (row, column, bias, cell) == ([1, 1, 3], [0, 1, 2], [-2], [5])
    assert np.dot(row, column) + bias[0] == cell[0]
    written = [float(word) for word in words(ax) if word.lstrip("-").isdigit()]
    assert written == [value for array in numbers for value in array.ravel()]


@pytest.mark.parametrize("n, n_before, m", [(2, 3, 4), (32, 64, 1797), (1000, 1000, 1797), (1, 1, 1)])
def test_the_blocks_of_a_product_stand_apart(n, n_before, m):
    fig, ax = plots.figure(6.4, 2.4)
    plots.product(ax, n, n_before, m)
    renderer = FigureCanvasAgg(fig).get_renderer()
    fig.draw(renderer)
    extents = [item.get_window_extent(renderer) for item in (*ax.texts, *(patch for patch in ax.patches if not patch.get_fill()))]
    assert [(a, b) for a, b in itertools.combinations(extents, 2) if a.overlaps(b)] == []
    assert all(fig.bbox.x0 <= box.x0 and box.x1 <= fig.bbox.x1 for box in extents)


def test_parameter_blocks_share_one_scale():
    fig, ax = plots.figure(6.4, 2)
    plots.parameter_blocks(ax, (4, 2, 5, 3, 1))
    rims = np.array(boxes(ax, filled=False))
    shapes = [(4, 2), (1, 2), (2, 5), (1, 5), (5, 3), (1, 3), (3, 1), (1, 1)]  # width, height
    assert np.allclose(rims, rims[-1, 0] * np.array(shapes))
    assert words(ax)[1] == "$W^{[2]}$ (5, 2)\n$b^{[2]}$ (5, 1)" and len(words(ax)) == 4


def test_a_network_bears_the_shapes_of_every_layer():
    fig, ax = plots.figure(8, 4)
    plots.network_shapes(ax, (4, 2, 5, 3, 1))
    assert sum(isinstance(patch, Circle) for patch in ax.patches) == 15
    shapes = [word for word in words(ax) if word.startswith("$W")]
    sides = enumerate([(2, 4), (5, 2), (3, 5), (1, 3)], start=1)
    assert shapes == [f"$W^{{[{l}]}}$ ({n}, {n_before})\n$b^{{[{l}]}}$ ({n}, 1)" for l, (n, n_before) in sides]
    assert words(ax)[0] == "input\n$n_0$ = 4" and "layer 4\n$n_4$ = 1" in words(ax)


def test_forward_blocks_lead_from_x_to_the_answer():
    fig, ax = plots.figure(9, 1.6)
    plots.forward_blocks(ax, 2)
    assert [word for word in words(ax) if word.startswith("$A")] == ["$A^{[0]} = X$", "$A^{[1]}$", "$A^{[2]} = \\hat Y$"]
    assert len(boxes(ax, filled=True)) == 2


def test_a_cell_outside_the_product_is_said():
    with pytest.raises(ValueError, match=r"cell must be a row and a column of Z, which has shape \(2, 4\), got \(2, 0\)"):
        plots.product(FIG_AX[1], 2, 3, 4, cell=(2, 0))


# Lesson 4: paths of gradient descent


def test_panels_are_one_flat_list_of_dressed_axes():
    fig, axes = plots.panels(2, 3, 6, 4)
    assert len(axes) == len(fig.axes) == 6 and tuple(fig.get_size_inches()) == (6, 4)
    assert [ax.get_subplotspec().num1 for ax in axes] == list(range(6))
    assert not any(ax.spines["top"].get_visible() for ax in axes)
    assert len(plots.panels(1, 1, 3, 3)[1]) == 1


def test_a_descent_path_marks_the_last_place_and_can_be_moved():
    fig, ax = plots.figure()
    artists = plots.descent_path(ax, np.array([[0, 1, 2], [5, 4, 3]]))
    assert all(np.array_equal(artist.get_data(), [[0, 1, 2], [5, 4, 3]]) for artist in artists[:2])
    assert np.array_equal(artists[2].get_data(), [[2], [3]])
    plots.move_descent_path(artists, np.array([[7.0, 8.0], [1.0, 0.0]]))
    assert all(np.array_equal(artist.get_data(), [[7, 8], [1, 0]]) for artist in artists[:2])
    assert np.array_equal(artists[2].get_data(), [[8], [0]])
    with pytest.raises(ValueError, match=r"path must have shape \(2, 5\), got \(3, 5\)"):
        plots.descent_path(ax, np.zeros((3, 5)))


# Lesson 5b


@pytest.mark.parametrize("back, values, received", [(False, [1, 2, -1], [-0.5, 9]), (True, [0.4, -0.2], [0.6, -1, 0.6])])
def test_wires_carry_values_forward_and_slopes_back(back, values, received):
    W = np.array([[2, -1, 0.5], [1, 3, -2]])
    fig, ax = plots.figure(4, 4)
    plots.wires(ax, W, values, back, chosen=1)
    places = {patch.get_center(): patch for patch in ax.patches if isinstance(patch, Circle)}
    left, right = ([next(float(text.get_text()) for text in ax.texts if text.get_position() == center) for center in places if center[0] == x]
                   for x in (0, 4.4))  # fmt: skip
    assert (left, right) == ((received, values) if back else (values, received))
    colored = [float(text.get_text()) for text in ax.texts if text.get_color() == plots.ACCENT]
    assert colored == (W[:, 1] if back else W[1]).tolist()  # back: a column of W, a row of its transpose
    assert np.dot(colored, values) == pytest.approx(received[1])
    assert words(ax)[-1] == ("$dz$" if back else "$z$")


def test_a_unit_that_no_wire_reaches_is_said():
    with pytest.raises(ValueError, match="chosen must be a unit of the receiving side, from 0 to 1, got 2"):
        plots.wires(FIG_AX[1], np.ones((2, 3)), [1, 2, 3], chosen=2)
    with pytest.raises(ValueError, match=r"values must have shape \(2,\), got \(3,\)"):
        plots.wires(FIG_AX[1], np.ones((2, 3)), [1, 2, 3], back=True)


def test_two_sweeps_go_there_and_back():
    fig, ax = plots.figure(9, 3)
    plots.two_sweeps(ax, 2)
    there = [word for word in words(ax) if word.startswith("$A")]
    back = [word for word in words(ax) if word.startswith("$dA")]
    assert there == ["$A^{[0]} = X$", "$A^{[1]}$", "$A^{[2]}$"] and back == ["$dA^{[1]}$", "$dA^{[2]}$"]
    names = [word for word in words(ax) if word in there + back]
    assert [tip > tail for tail, tip in arrows(ax, level=True)] == [name in there for name in names]
    assert [word for word in words(ax) if word.startswith("$dW")] == [f"$dW^{{[{l}]}},\\ db^{{[{l}]}}$" for l in (1, 2)]


def test_the_slopes_of_a_layer_name_what_is_kept():
    fig, ax = plots.figure(9, 4.1)
    plots.layer_slopes(ax)
    assert [word for word in words(ax) if word.endswith("kept")] == ["$W^{[l]}$ kept", "$Z^{[l]}$ kept", "$A^{[l-1]}$ kept"]
    assert [tip > tail for tail, tip in arrows(ax, level=True)] == [True, False] * 3


def arrows(ax, level):
    """Return the x of (tail, tip) of each arrow of ``ax`` that runs level, or of each other one."""
    ends = [patch._posA_posB for patch in ax.patches if hasattr(patch, "_posA_posB")]
    return [(tail[0], tip[0]) for tail, tip in ends if (tail[1] == tip[1]) == level]


# Lesson 6


def test_units_are_arrows_from_the_origin_and_equal_ones_lie_on_one_another():
    fig, ax = plots.figure()
    arrows = plots.unit_arrows(ax, np.array([[1, 2], [1, 2], [-0.5, 0]]))
    assert not arrows.XY.any() and arrows.scale == 1 and arrows.angles == "xy"
    assert np.transpose([arrows.U, arrows.V]).tolist() == [[1, 2], [1, 2], [-0.5, 0]]
    with pytest.raises(ValueError, match=r"W must have shape \(3, 2\), got \(3, 3\)"):
        plots.unit_arrows(ax, np.ones((3, 3)))


# Lesson 5c


def test_a_jacobian_shows_its_numbers_and_paints_the_zeros_gray():
    fig, ax = plots.figure(9, 2.6)
    table = np.kron(np.eye(3), [[2, -1, 0.5, 1]])
    plots.jacobian(ax, table, "abc", [f"w{k}" for k in range(12)])
    assert [float(word) for word in words(ax)[:36]] == table.ravel().tolist() and "-0" not in words(ax)
    assert words(ax)[36:] == [*"abc", *(f"w{k}" for k in range(12))]
    faces = np.array([patch.get_facecolor()[:3] for patch in ax.patches]).reshape(3, 12, 3)
    assert len(np.unique(faces[table == 0], axis=0)) == 1
    assert [len(np.unique(faces[i][table[i] != 0], axis=0)) for i in range(3)] == [1, 1, 1]
    assert len(np.unique(faces.reshape(36, 3), axis=0)) == 4


@pytest.mark.parametrize("columns", [12, 18])
def test_the_numbers_of_a_jacobian_stay_in_their_cells(columns):
    fig, ax = plots.figure(9, 2.6)
    plots.jacobian(ax, np.full((3, columns), -0.88), "abc", [f"$w_{{1{k % 9}}}$" for k in range(columns)])
    renderer = FigureCanvasAgg(fig).get_renderer()
    fig.draw(renderer)
    extents = [text.get_window_extent(renderer) for text in ax.texts]
    assert [(a, b) for a, b in itertools.combinations(extents, 2) if a.overlaps(b)] == []
    assert all(fig.bbox.x0 <= box.x0 and box.x1 <= fig.bbox.x1 and box.y1 <= fig.bbox.y1 for box in extents)


def test_a_jacobian_needs_a_name_for_each_row_and_column():
    with pytest.raises(ValueError, match=r"table must have shape \(2, 3\), got \(2, 4\)"):
        plots.jacobian(FIG_AX[1], np.ones((2, 4)), "ab", "xyz")
