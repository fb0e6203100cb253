"""The course's figures in one house style. Every function draws on a given ``ax``; pyplot is not used.

Classes differ by color and by marker; the colors are Okabe and Ito's, safe for color-blind readers.
Styles are set on the artists themselves, never in global settings, so that any thread may draw.
"""

import math

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Ellipse, FancyArrowPatch, Rectangle

from .checks import examples, label_vector, real_array, same_shape
from .graph import Node, topological_order
from .parameters import check_sizes

INK, GRAY = "#1f2d3a", "#6b7785"
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#9A6B00", "#3A8FC4")
MARKERS = ("o", "^", "s", "D", "v", "P")
ACCENT, DARK_RED = "#7A3E9D", "#A34700"
_PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 1}
# Twenty flat steps: they read as contour lines, and a frame of few colors is small.
PROBABILITY = LinearSegmentedColormap.from_list("probability", ["#8fc1e3", "#ffffff", "#f6ad7c"], N=20)
COST = LinearSegmentedColormap.from_list("cost", ["#ffffff", "#dccfe8", "#9a7fbd", "#5b3a80"], N=20)


def figure(width=6.4, height=4.0, columns=1, layout="constrained", ratios=None):
    """Return ``fig, ax`` (or ``fig, axes`` when ``columns`` > 1), sizes in inches, dressed in the house style."""
    fig = Figure(figsize=(width, height), dpi=100, layout=layout, facecolor="white")
    axes = fig.subplots(1, columns, width_ratios=ratios)
    for ax in np.atleast_1d(axes):
        dress(ax)
    return fig, axes


def dress(ax, title="", xlabel="", ylabel=""):
    """Give ``ax`` the house style: title on the left, no upper and right frame, readable sizes."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(GRAY)
    ax.tick_params(colors=GRAY, labelcolor=INK, labelsize=10)
    left_title(ax, title)
    ax.set_xlabel(xlabel, fontsize=11, color=INK)
    ax.set_ylabel(ylabel, fontsize=11, color=INK)


def left_title(ax, text=" "):
    """Set the title of ``ax`` and return it, for ``set_text``."""
    return ax.set_title(text, loc="left", fontsize=12, fontweight="bold", color=INK)


def legend(ax, **where):
    """Add a small legend without a frame line."""
    style = {"fontsize": 10, "framealpha": 0.9, "edgecolor": "none", "labelcolor": INK, "handletextpad": 0.4}
    return ax.legend(**style, **where)


def bare(ax, xlim, ylim):
    """Turn ``ax`` into a drawing board: no axes, equal units."""
    ax.set_axis_off()
    ax.set_xlim(xlim)
    ax.set_ylim(ylim)
    ax.set_aspect("equal")


def points(ax, X, y, class_names=None, size=26):
    """Scatter the examples ``X (2, m)``, one color and marker for each class; returns one artist a class."""
    X = examples("X", X, 2)
    y = label_vector("y", y, X.shape[1], classes=len(COLORS if class_names is None else class_names))
    if class_names is None:
        class_names = [f"class {k}" for k in range(max(2, y.max() + 1))]
    if len(class_names) > len(COLORS):
        raise ValueError(f"class_names must hold at most {len(COLORS)} names, got {len(class_names)}")
    return [
        ax.scatter(
            *X[:, y == k], s=size, marker=MARKERS[k], color=COLORS[k], edgecolor="white", linewidth=0.5, label=name, zorder=3
        )
        for k, name in enumerate(class_names)
    ]


def grid(xlim, ylim, n=80):
    """Return the points of an n by n grid as columns, shape (2, n * n), row by row from below."""
    x1, x2 = np.meshgrid(np.linspace(*xlim, n), np.linspace(*ylim, n))
    return np.vstack([x1.ravel(), x2.ravel()])


def value_map(ax, values, xlim, ylim, cmap=PROBABILITY, vmin=0, vmax=1, interpolation="bilinear"):
    """Show ``values`` on a ``grid`` as a colored map; returns the image, for ``set_data``."""
    n = math.isqrt(np.size(values))
    if n * n != np.size(values):
        raise ValueError(f"values must be those on a grid of n by n points, got {np.size(values)} of them")
    image = ax.imshow(
        np.reshape(values, (n, n)), origin="lower", extent=(*xlim, *ylim), cmap=cmap, vmin=vmin, vmax=vmax,
        aspect="auto", interpolation=interpolation, zorder=0,
    )  # fmt: skip
    ax.set_xlim(xlim)
    ax.set_ylim(ylim)
    return image


def boundary(ax, w, b, **style):
    """Draw the line w1 x1 + w2 x2 + b = 0 across ``ax``; returns the line, empty when both weights are 0."""
    (line,) = ax.plot([], [], **{"color": INK, "linewidth": 2, "zorder": 4, **style})
    move_boundary(line, w, b)
    return line


def move_boundary(line, w, b):
    """Move a line of ``boundary`` to w1 x1 + w2 x2 + b = 0."""
    w = same_shape("w", np.ravel(real_array("w", w)), (2,))
    (b,) = same_shape("b", np.ravel(real_array("b", b)), (1,))
    line.set_data(*(line_across(w, b).T if np.hypot(*w) > 1e-12 else ([], [])))


def line_across(w, b):
    """Return two points (2, 2) of the line w1 x1 + w2 x2 + b = 0, w not 0, one a row, beyond any course-sized frame."""
    w1, w2 = w
    norm = np.hypot(w1, w2)
    foot, along = -b * np.array([w1, w2]) / norm**2, np.array([-w2, w1]) / norm
    return np.array([foot - 100 * along, foot + 100 * along])  # the axes clip it


def arrow(ax, start, end, color=ACCENT, width=2.5, zorder=6):
    """Draw an arrow from ``start`` to ``end`` (data units) and return it, for ``set_positions``."""
    patch = FancyArrowPatch(
        start, end, arrowstyle="-|>", mutation_scale=9 + 2.5 * width, linewidth=width, color=color, shrinkA=0, shrinkB=0, zorder=zorder
    )
    return ax.add_patch(patch)


def cost_curve(ax, epochs, costs, label="J", color=COLORS[0], **style):
    """Plot cost against epochs (or steps) and return the line."""
    (line,) = ax.plot(epochs, costs, color=color, linewidth=2.2, label=label, **style)
    return line


def network(ax, sizes, names=None, captions=None):
    """Draw a network: a column of circles for each layer, a line for each weight; ``names`` label the inputs."""
    sizes = check_sizes(sizes)
    if names is not None and len(names) != sizes[0]:
        raise ValueError(f"names must hold one name for each of the {sizes[0]} inputs, got {len(names)}")
    if captions is not None and len(captions) != len(sizes):
        raise ValueError(f"captions must hold one text for each of the {len(sizes)} layers, got {len(captions)}")
    tallest = max(sizes)
    for l, n in enumerate(sizes):
        heights = _heights(n)
        for j, height in enumerate(heights):
            if l > 0:
                for before in _heights(sizes[l - 1]):
                    ax.plot([2.2 * (l - 1), 2.2 * l], [before, height], color=GRAY, linewidth=0.8, zorder=1)
            _unit(ax, (2.2 * l, height), COLORS[0] if l == 0 else (COLORS[1] if l == len(sizes) - 1 else COLORS[2]))
            if l == 0 and names is not None:
                ax.text(-0.45, height, names[j], ha="right", va="center", fontsize=11, color=INK)
        if captions is not None:
            ax.text(2.2 * l, -tallest / 2 - 0.35, captions[l], ha="center", va="top", fontsize=11, color=INK)
    bare(ax, (-1.5, 2.2 * (len(sizes) - 1) + 1.2), (-tallest / 2 - 1.2, tallest / 2 + 0.3))


def _heights(n):
    return (n - 1) / 2 - np.arange(n)


def _unit(ax, center, color, radius=0.3):
    return ax.add_patch(Circle(center, radius, facecolor="white", edgecolor=color, linewidth=2.2, zorder=3))


def artificial_neuron(ax):
    """Draw one artificial neuron: inputs times weights, sum with the bias, activation."""
    for k, height in ((1, 1.1), (2, -1.1)):
        _unit(ax, (0, height), COLORS[0])
        ax.text(0, height, f"$x_{k}$", ha="center", va="center", fontsize=13, color=INK, zorder=4)
        arrow(ax, (0.32, height * 0.93), (2.65, height * 0.2), color=GRAY, width=1.6, zorder=2)
        ax.text(1.35, height * 0.62 + np.sign(height) * 0.3, f"$\\times\\, w_{k}$", ha="center", va="center", fontsize=13, color=INK)
    ax.text(3.1, -1.25, "$+\\,b$", ha="center", va="center", fontsize=13, color=INK)
    arrow(ax, (3.1, -1.0), (3.1, -0.5), color=GRAY, width=1.6, zorder=2)
    for x, text, caption in ((3.1, "$\\Sigma$", "$z$"), (5.0, "$g$", "$a$")):
        _unit(ax, (x, 0), COLORS[2], radius=0.46)
        ax.text(x, 0, text, ha="center", va="center", fontsize=15, color=INK, zorder=4)
        arrow(ax, (x + 0.48, 0), (x + 1.4, 0), color=GRAY, width=1.6, zorder=2)
        ax.text(x + 0.95, 0.28, caption, ha="center", va="center", fontsize=14, color=INK)
    for x, text in ((0, "inputs"), (1.4, "weights\nmultiply"), (3.1, "sum,\nbias added"), (5.0, "activation")):
        ax.text(x, -1.75, text, ha="center", va="top", fontsize=11, color=INK)
    bare(ax, (-0.8, 6.6), (-2.9, 1.9))


def biological_neuron(ax):
    """Draw a nerve cell as a scheme: dendrites, cell body, axon, synapses."""
    for angle in (125, 155, 185, 215, 245):
        tip = np.array([1.75 * np.cos(np.radians(angle)), 1.5 * np.sin(np.radians(angle))])
        ax.plot([0, tip[0]], [0, tip[1]], color=COLORS[0], linewidth=3, solid_capstyle="round", zorder=1)
        for turn in (-28, 28):
            end = tip + 0.45 * np.array([np.cos(np.radians(angle + turn)), np.sin(np.radians(angle + turn))])
            ax.plot([tip[0], end[0]], [tip[1], end[1]], color=COLORS[0], linewidth=2, solid_capstyle="round", zorder=1)
    ax.plot([0.4, 3.6], [0, 0], color=COLORS[1], linewidth=4, solid_capstyle="round", zorder=1)
    for height in (-0.7, 0, 0.7):
        ax.plot([3.6, 4.35], [0, height], color=COLORS[1], linewidth=2.2, zorder=1)
        ax.add_patch(Circle((4.42, height), 0.12, facecolor=COLORS[1], edgecolor="none", zorder=2))
    ax.add_patch(Ellipse((0, 0), 1.25, 1.1, facecolor="white", edgecolor=COLORS[2], linewidth=2.5, zorder=3))
    ax.add_patch(Circle((0, 0), 0.17, facecolor=COLORS[2], edgecolor="none", zorder=4))
    captions = ((-1.5, -1.95, "dendrites\ncollect"), (0.15, 0.72, "cell body\nadds up"), (2.1, -0.55, "axon carries\n0 or 1"), (4.2, -1.95, "synapses\npass it on"))
    for x, height, text in captions:
        ax.text(x, height, text, ha="center", va="bottom" if height > 0 else "top", fontsize=11, color=INK)
    bare(ax, (-2.6, 5.2), (-3.1, 1.9))


def example_columns(ax, table, features, chosen=1):
    """Draw a table of examples in rows and, beside it, X: the same numbers with one example a column."""
    table = np.asarray(table)
    m, n = table.shape
    _cells(ax, (0, 0), table.T, lambda row, column: column == chosen, by_rows=True)
    _cells(ax, (2.2 * n + 2.6, 0), table.T, lambda row, column: column == chosen)
    for k, name in enumerate(features):
        ax.text(2 * k + 1, 0.3, name, ha="center", va="bottom", fontsize=11, color=INK)
        ax.text(2.2 * n + 2.4, -k - 0.5, name, ha="right", va="center", fontsize=11, color=INK)
    for i in range(m):
        ax.text(-0.2, -i - 0.5, f"tumor {i + 1}", ha="right", va="center", fontsize=11, color=INK)
        ax.text(2.2 * n + 2.6 + 2 * i + 1, 0.3, f"$x^{{({i + 1})}}$", ha="center", va="bottom", fontsize=12, color=INK)
    ax.text(n, -m - 0.5, "the table: one tumor a row", ha="center", va="top", fontsize=12, color=INK)
    ax.text(2.2 * n + 2.6 + m, -n - 0.5, f"X, shape ({n}, {m}): one tumor a column", ha="center", va="top", fontsize=12, color=INK)
    bare(ax, (-2, 2.2 * n + 2.6 + 2 * m + 0.3), (-max(m, n) - 1.4, 1.3))


def _cells(ax, corner, X, chosen, by_rows=False):
    for (row, column), value in np.ndenumerate(X):
        x, y = (row, column) if by_rows else (column, row)
        face = "#fbd9bf" if chosen(row, column) else "white"
        box = Rectangle((corner[0] + 2 * x, corner[1] - y - 1), 2, 1, facecolor=face, edgecolor=GRAY, linewidth=1)
        ax.add_patch(box)
        ax.text(box.get_x() + 1, box.get_y() + 0.5, f"{value:g}", ha="center", va="center", fontsize=11, color=INK)


def graph(ax, root, gradients=True):
    """Draw the computational graph of ``root``: value above each node, gradient below, local derivative on each edge.

    Columns go from the sources on the left to ``root`` on the right; an edge that passes a column gets a
    place of its own there, so that it runs between the nodes and not over them. Returns the artists of each node,
    {node: (circle, name, value, gradient or None)}, and of each edge, {(node, number): (line, arrow, label)}.
    """
    place, paths = _graph_layout(root)
    edges = {
        (node, number): _edge(ax, [place[item] for item in path], node.edges[number][1], twin=_twin(source, node, number))
        for (source, node, number), path in paths.items()
    }
    nodes = {node: _graph_node(ax, place[node], node, gradients) for node in place if isinstance(node, Node)}
    xs, ys = np.transpose(list(place.values()))
    bare(ax, (xs.min() - 1, xs.max() + 1), (ys.min() - 1.1, ys.max() + 1.1))
    return nodes, edges


def _graph_layout(root):
    """Return the place (x, y) of every node and of every dummy, and the path of every edge through them."""
    order = topological_order(root)
    column = {}
    for node in order:
        column[node] = 1 + max((column[source] for source, _ in node.edges), default=-1)
    for node in reversed(order):  # a source stands just before the first node that uses it
        if not node.edges and node is not root:
            column[node] = min(column[user] for user in order if any(source is node for source, _ in user.edges)) - 1
    paths = {}
    for node in order:
        for number, (source, _) in enumerate(node.edges):
            dummies = [(source, node, number, c) for c in range(column[source] + 1, column[node])]
            paths[source, node, number] = [source, *dummies, node]
    columns = [[item for item in order if column[item] == c] for c in range(column[root] + 1)]
    for path in paths.values():
        for dummy in path[1:-1]:
            columns[dummy[3]].append(dummy)
    height = _settle(columns, paths)
    return {item: (2.6 * c, height[item]) for c, items in enumerate(columns) for item in items}, paths


def _settle(columns, paths, sweeps=6):
    """Order each column by the mean height of its neighbors, again and again, and return the heights."""
    neighbors = {item: [] for items in columns for item in items}
    for path in paths.values():
        for before, after in zip(path, path[1:]):
            neighbors[before].append(after)
            neighbors[after].append(before)
    height = {item: 1.9 * y for items in columns for item, y in zip(items, _heights(len(items)))}
    for _ in range(sweeps):
        for items in columns:
            items.sort(key=lambda item: -np.mean([height[each] for each in neighbors[item]] or [0]))
            height.update({item: 1.9 * y for item, y in zip(items, _heights(len(items)))})
    return height


def _twin(source, node, number):
    """Return 0 for a single edge between two nodes; +1 or -1 for one of several, which are bent apart."""
    together = [i for i, (each, _) in enumerate(node.edges) if each is source]
    return 0 if len(together) == 1 else 1 - 2 * together.index(number)


def _edge(ax, points, local_derivative, twin):
    points = np.array(points, dtype=float)
    (line,) = ax.plot(*points[:-1].T, color=GRAY, linewidth=1.5, zorder=1)
    bend = 0.25 * twin
    style = {"arrowstyle": "-|>", "mutation_scale": 13, "linewidth": 1.5, "color": GRAY, "shrinkB": 17, "shrinkA": 0}
    end = ax.add_patch(FancyArrowPatch(points[-2], points[-1], connectionstyle=f"arc3,rad={bend}", zorder=1, **style))
    dx, dy = points[1] - points[0]
    share = 0.36 if twin == 0 else 0.5  # off the middle, where two crossing edges would meet
    place = points[0] + share * np.array([dx, dy]) + 0.5 * bend * np.array([dy, -dx])
    label = ax.text(*place, f"{local_derivative:.3g}", ha="center", va="center", fontsize=10, color=ACCENT, bbox=_PAPER, zorder=2)
    return line, end, label


def _graph_node(ax, center, node, gradients):
    x, y = center
    circle = _unit(ax, center, COLORS[2] if node.edges else COLORS[0], radius=0.42)
    number = {"ha": "center", "fontsize": 11, "bbox": _PAPER, "zorder": 3}
    text = node.name or node.operation or ""
    name = ax.text(x, y, text, ha="center", va="center", fontsize=12 if len(text) < 4 else 10, color=INK, zorder=4)
    value = ax.text(x, y + 0.52, f"{node.value:.3g}", va="bottom", color=INK, **number)
    gradient = ax.text(x, y - 0.52, f"{node.gradient:.3g}", va="top", color=DARK_RED, **number) if gradients else None
    return circle, name, value, gradient


# Lesson 2: a layer as blocks to scale, and networks with their shapes

_LEAST, _SIGN, _BOARD = 1.25, 0.65, 10.0  # least width of a block's place (its caption), width of a sign, of the board


def product(ax, n, n_before, m, names=("$W$", "$X$", "$b$", "$Z$"), numbers=None, cell=(0, 0), tall=3.0):
    """Draw Z = W X + b as blocks to scale: W (n, n_before) times X (n_before, m) plus b (n, 1) gives Z (n, m).

    ``cell`` (j, i) of Z is colored with what it is made of: row j of W, column i of X, entry j of b.
    ``numbers`` are the four arrays, written into the cells when given. Returns all artists, from back to front.
    """
    shapes = ((n, n_before), (n_before, m), (n, 1), (n, m))
    if not (0 <= cell[0] < n and 0 <= cell[1] < m):
        raise ValueError(f"cell must be a row and a column of Z, which has shape ({n}, {m}), got {tuple(cell)}")
    (j, i), scale = cell, _scale_of(shapes, _BOARD - 3 * _SIGN, tall)
    chosen, colors = ((j, None), (None, i), (j, 0), (j, i)), [COLORS[k] for k in (2, 0, 3, 1)]
    widths = np.array([scale * columns for _, columns in shapes])
    places = np.maximum(widths, _LEAST)
    centers = (_BOARD - places.sum() - 3 * _SIGN) / 2 + np.cumsum(places + _SIGN) - _SIGN - places / 2
    signs = (centers[:-1] + widths[:-1] / 2 + centers[1:] - widths[1:] / 2) / 2  # in the middle of each gap
    drawn = [ax.text(x, 0, sign, ha="center", va="center", fontsize=15, color=INK) for x, sign in zip(signs, "@+=")]
    for k, shape in enumerate(shapes):
        drawn += _block(ax, (centers[k], 0), shape, scale, colors[k], chosen[k], numbers and numbers[k])
        place = centers[k], max(scale * shape[0] / 2, 0.15) + 0.12  # above the signs, however flat the block
        drawn.append(ax.text(*place, f"{names[k]}\n{shape}", ha="center", va="bottom", fontsize=11, color=INK))
    bare(ax, (-0.05, _BOARD + 0.05), (-tall / 2 - 0.15, tall / 2 + 0.95))
    return drawn


def _scale_of(shapes, room, tall, largest=0.6):
    """Return the width of a cell so that all blocks, side by side, fit into ``room`` and none is higher than ``tall``."""
    def fits(scale):
        high = scale * max(rows for rows, _ in shapes)
        return high <= tall and sum(max(scale * columns, _LEAST) for _, columns in shapes) <= room

    return next((scale for scale in np.geomspace(largest, 1e-4, 800) if fits(scale)), 1e-4)


def _block(ax, center, shape, scale, color, chosen=None, numbers=None):
    """Draw a matrix of ``shape`` around ``center``; ``chosen`` (row, column) is colored, None standing for all of an axis."""
    rows, columns = shape
    width, height = max(scale * columns, 0.04), max(scale * rows, 0.04)  # a line that can still be seen
    left, top = center[0] - width / 2, center[1] + height / 2
    drawn = [ax.add_patch(Rectangle((left, top - height), width, height, facecolor=_tint(color, 0.14), edgecolor="none"))]
    if chosen is not None:
        row, column = chosen
        x, wide = (left, width) if column is None else (left + column * width / columns, max(width / columns, 0.04))
        y, high = (top, height) if row is None else (top - row * height / rows, max(height / rows, 0.04))
        drawn.append(ax.add_patch(Rectangle((x, y - high), wide, high, facecolor=_tint(color, 0.6), edgecolor="none")))
    if scale >= 0.12:  # smaller cells would be all lines
        upright = [[(left + c * scale, top - height), (left + c * scale, top)] for c in range(1, columns)]
        level = [[(left, top - r * scale), (left + width, top - r * scale)] for r in range(1, rows)]
        drawn.append(ax.add_collection(LineCollection(upright + level, colors="white", linewidths=1, zorder=1), autolim=False))
    rim = Rectangle((left, top - height), width, height, fill=False, edgecolor=color, linewidth=1.4, zorder=2)
    drawn.append(ax.add_patch(rim))
    for (r, c), value in np.ndenumerate([] if numbers is None else numbers):
        place = left + (c + 0.5) * scale, top - (r + 0.5) * scale
        drawn.append(ax.text(*place, f"{value:g}", ha="center", va="center", fontsize=12, color=INK))
    return drawn


def _tint(color, share):
    """Return ``color`` mixed with white."""
    return tuple(1 - share * (1 - np.array(to_rgb(color))))


def parameter_blocks(ax, sizes, tall=1.0):
    """Draw W[l] and b[l] of every layer to one scale, side by side."""
    shapes = [(n, n_before) for n, n_before in zip(sizes[1:], sizes)]
    slot = _BOARD / len(shapes)
    scale = min(0.3, tall / max(sizes[1:]), (slot - 0.9) / max(sizes[:-1]))
    for k, (n, n_before) in enumerate(shapes):
        x, l = slot * (k + 0.5), k + 1
        _block(ax, (x - 0.12, 0), (n, n_before), scale, COLORS[2])
        _block(ax, (x + max(scale * n_before, 0.04) / 2 + 0.2, 0), (n, 1), scale, COLORS[3])
        text = f"$W^{{[{l}]}}$ ({n}, {n_before})\n$b^{{[{l}]}}$ ({n}, 1)"
        ax.text(x, -tall / 2 - 0.12, text, ha="center", va="top", fontsize=10, color=INK)
    bare(ax, (-0.05, _BOARD + 0.05), (-tall / 2 - 0.95, tall / 2 + 0.15))


def network_shapes(ax, sizes, names=None):
    """Draw a ``network`` with the shapes of W[l] and b[l] above the lines of each layer l, and its width below."""
    L = len(sizes) - 1
    network(ax, sizes, names, ["input\n$n_0$ = " + str(sizes[0]), *(f"layer {l}\n$n_{l}$ = {sizes[l]}" for l in range(1, L + 1))])
    height = max(sizes) / 2 + 0.15
    for l in range(1, L + 1):
        text = f"$W^{{[{l}]}}$ ({sizes[l]}, {sizes[l - 1]})\n$b^{{[{l}]}}$ ({sizes[l]}, 1)"
        ax.text(2.2 * l - 1.1, height, text, ha="center", va="bottom", fontsize=11, color=INK)
    bare(ax, (-1.5, 2.2 * L + 1.2), (-max(sizes) / 2 - 1.4, height + 1.2))


def forward_blocks(ax, L):
    """Draw forward propagation as a chain of L boxes: X enters box 1, box l turns A[l-1] into A[l], the last gives the answer."""
    for l in range(1, L + 1):
        x = 3.3 * (l - 1)
        ax.add_patch(Rectangle((x, -0.75), 1.9, 1.5, facecolor=_tint(COLORS[2], 0.14), edgecolor=COLORS[2], linewidth=1.6))
        ax.text(x + 0.95, 0.3, f"$W^{{[{l}]}},\\ b^{{[{l}]}}$", ha="center", va="center", fontsize=12, color=INK)
        ax.text(x + 0.95, -0.32, f"$Z^{{[{l}]}}$, then $g^{{[{l}]}}$", ha="center", va="center", fontsize=11, color=INK)
        arrow(ax, (x - 1.25, 0), (x - 0.05, 0), color=GRAY, width=1.6)
        incoming = "$A^{[0]} = X$" if l == 1 else f"$A^{{[{l - 1}]}}$"
        ax.text(x - 0.7, 0.25, incoming, ha="center", va="bottom", fontsize=12, color=INK)
    arrow(ax, (3.3 * L - 1.35, 0), (3.3 * L - 0.15, 0), color=GRAY, width=1.6)
    ax.text(3.3 * L - 0.55, 0.25, f"$A^{{[{L}]}} = \\hat Y$", ha="center", va="bottom", fontsize=12, color=INK)
    bare(ax, (-1.6, 3.3 * L + 0.4), (-1, 1))


# Lesson 4: paths of gradient descent


def panels(rows, columns, width, height):
    """Return a figure and its rows x columns axes as one flat list, sizes in inches, dressed in the house style."""
    fig = Figure(figsize=(width, height), dpi=100, layout="constrained", facecolor="white")
    axes = list(fig.subplots(rows, columns, squeeze=False).flat)
    for ax in axes:
        dress(ax)
    return fig, axes


def descent_path(ax, path, color=COLORS[1]):
    """Draw the places (2, k) that a descent passed through, the last one large; returns its three artists, back to front."""
    path = real_array("path", path, ndim=2)
    same_shape("path", path, (2, path.shape[1]))
    (halo,) = ax.plot(*path, color="white", linewidth=3.5, zorder=4)
    (line,) = ax.plot(*path, "o-", color=color, linewidth=1.6, markersize=4, zorder=5)
    (here,) = ax.plot(*path[:, -1:], "o", color=color, markeredgecolor="white", markersize=10, zorder=6)
    return halo, line, here


def move_descent_path(artists, path):
    """Move the artists of ``descent_path`` to another path (2, k)."""
    halo, line, here = artists
    halo.set_data(*path)
    line.set_data(*path)
    here.set_data(*path[:, -1:])


# Lesson 5b: the error on its way back


def wires(ax, W, values, back=False, chosen=0):
    """Draw the wires W (n, n_before) between two layers: they carry a forward, W a arrives; or dz back, W^T dz arrives.

    ``values`` are those of the sending side, a (n_before,) or dz (n,). The wires that arrive at unit ``chosen`` of the
    receiving side are colored, and so is what they bring: forward a row of W, back a column.
    """
    W = real_array("W", W, ndim=2)
    sent = same_shape("values", real_array("values", values), W.shape[:1] if back else W.shape[1:])
    received = W.T @ sent if back else W @ sent
    if not 0 <= chosen < len(received):
        raise ValueError(f"chosen must be a unit of the receiving side, from 0 to {len(received) - 1}, got {chosen}")
    left, right = (received, sent) if back else (sent, received)
    for (k, j), weight in np.ndenumerate(W):
        ends = np.array([(0, 1.6 * _heights(len(left))[j]), (4.4, 1.6 * _heights(len(right))[k])])
        _wire(ax, ends, weight, back, chosen == (j if back else k))
    for x, side, name in ((0, left, "$da$" if back else "$a$"), (4.4, right, "$dz$" if back else "$z$")):
        for k, (y, value) in enumerate(zip(1.6 * _heights(len(side)), side)):
            _unit(ax, (x, y), ACCENT if side is received and k == chosen else COLORS[2], radius=0.48)
            ax.text(x, y, f"{value:.3g}", ha="center", va="center", fontsize=11, color=INK, zorder=4)
        ax.text(x, 0.8 * max(W.shape), name, ha="center", va="bottom", fontsize=14, color=INK)
    bare(ax, (-0.7, 5.1), (-0.8 * max(W.shape) - 0.05, 0.8 * max(W.shape) + 0.5))


def _wire(ax, ends, weight, back, colored):
    """Draw an arrow between the rims of two units, ``ends`` (2, 2) from left to right; the weight stands near the left one."""
    along = (ends[1] - ends[0]) / np.hypot(*(ends[1] - ends[0]))
    rims = ends + 0.52 * np.array([along, -along])
    color = ACCENT if colored else GRAY
    arrow(ax, *(rims[::-1] if back else rims), color=color, width=2.4 if colored else 1.1, zorder=2 if colored else 1)
    place = ends[0] + 0.36 * (ends[1] - ends[0])
    ax.text(*place, f"{weight:g}", ha="center", va="center", fontsize=11, color=color, bbox=_PAPER, zorder=5)


def two_sweeps(ax, L):
    """Draw both passes through L layers: A[l] to the right above, dA[l] to the left below, dW[l] and db[l] out of each box."""
    for l in range(1, L + 1):
        x = 3.2 * (l - 1)
        _box(ax, (x, -0.95), (1.7, 1.9), f"layer {l}\n$W^{{[{l}]}},\\ b^{{[{l}]}}$", COLORS[2])
        _flow(ax, (x - 1.4, 0.55), (x - 0.06, 0.55), "$A^{[0]} = X$" if l == 1 else f"$A^{{[{l - 1}]}}$", COLORS[0])
        if l > 1:
            _flow(ax, (x - 0.1, -0.55), (x - 1.4, -0.55), f"$dA^{{[{l - 1}]}}$", DARK_RED)
        _flow(ax, (x + 0.85, -0.98), (x + 0.85, -1.75), "", DARK_RED)
        ax.text(x + 0.85, -1.82, f"$dW^{{[{l}]}},\\ db^{{[{l}]}}$", ha="center", va="top", fontsize=12, color=DARK_RED)
    x = 3.2 * L
    _box(ax, (x, -0.95), (1.7, 1.9), "loss\nwith $Y$", COLORS[1])
    _flow(ax, (x - 1.4, 0.55), (x - 0.06, 0.55), f"$A^{{[{L}]}}$", COLORS[0])
    _flow(ax, (x - 0.1, -0.55), (x - 1.4, -0.55), f"$dA^{{[{L}]}}$", DARK_RED)
    bare(ax, (-1.5, x + 1.8), (-2.45, 1.15))


def layer_slopes(ax):
    """Draw layer l: forward from A[l-1] to A[l], and below it the slope dA[l] from upstream times two local slopes.

    Dotted lines lead from what is kept on the way forward, A[l-1], W[l] and Z[l], to the place where it is needed.
    """
    columns = (2.5, "$W^{[l]} A + b^{[l]}$", "$W^{[l]T} dZ$", "$W^{[l]}$"), (7.4, "$g^{[l]}(Z)$", "$dA \\odot g\\,'(Z)$", "$Z^{[l]}$")
    for x, forward, back, kept in columns:
        _box(ax, (x, 0.85), (2.3, 1.1), forward, COLORS[0])
        _box(ax, (x, -1.95), (2.3, 1.1), back, DARK_RED)
        ax.plot([x + 1.15] * 2, [0.8, -0.8], ":", color=GRAY, linewidth=2)
        ax.text(x + 1.15, 0, f"{kept} kept", ha="center", va="center", fontsize=12, color=INK, bbox=_PAPER)
    for start, end, index, letter in ((0.2, 2.4, "l-1", "A"), (4.9, 7.3, "l", "Z"), (9.8, 12.0, "l", "A")):
        _flow(ax, (start, 1.4), (end, 1.4), f"${letter}^{{[{index}]}}$", COLORS[0])
        _flow(ax, (end, -1.4), (start, -1.4), f"$d{letter}^{{[{index}]}}$", DARK_RED)
    ax.text(10.9, -1.65, "upstream", ha="center", va="top", fontsize=11, color=DARK_RED)
    for x in (3.65, 8.55):
        ax.text(x, -2.05, "local slope", ha="center", va="top", fontsize=11, color=DARK_RED)
    _flow(ax, (6.1, -1.5), (6.1, -2.75), "", DARK_RED)
    ax.plot([0.1, -0.4, -0.4, 3.2], [1.4, 1.4, -3.1, -3.1], ":", color=GRAY, linewidth=2)
    ax.text(1.4, -3.1, "$A^{[l-1]}$ kept", ha="center", va="center", fontsize=12, color=INK, bbox=_PAPER)
    gradients = "$dW^{[l]} = dZ^{[l]} A^{[l-1]T} / m$,   $db^{[l]}$ = mean column of $dZ^{[l]}$"
    ax.text(3.3, -3.1, gradients, ha="left", va="center", fontsize=12, color=DARK_RED)
    bare(ax, (-0.6, 12.2), (-3.5, 2.2))


def _box(ax, corner, size, text, color):
    """Draw a tinted box with ``text`` in its middle."""
    ax.add_patch(Rectangle(corner, *size, facecolor=_tint(color, 0.14), edgecolor=color, linewidth=1.6))
    middle = np.add(corner, np.divide(size, 2))
    ax.text(*middle, text, ha="center", va="center", fontsize=12, color=INK)


def _flow(ax, start, end, text, color):
    """Draw an arrow with ``text`` above its middle."""
    arrow(ax, start, end, color=color, width=1.6)
    middle = np.add(start, end) / 2
    ax.text(middle[0], middle[1] + 0.14, text, ha="center", va="bottom", fontsize=12, color=color)


# Lesson 6: hidden units as arrows


def unit_arrows(ax, W):
    """Draw each row of ``W (n, 2)`` as an arrow from the origin, in data units; equal rows lie on one another."""
    W = real_array("W", W, ndim=2)
    same_shape("W", W, (len(W), 2))
    tails = np.zeros(len(W))
    return ax.quiver(
        tails, tails, *W.T, angles="xy", scale_units="xy", scale=1, color=ACCENT, width=0.008, alpha=0.7, zorder=6
    )


# Lesson 5c: a Jacobian with its zeros


def jacobian(ax, table, rows, columns):
    """Draw a Jacobian ``table`` cell by cell: what is not 0 in color, a color for each row, and the zeros gray.

    ``rows`` name its outputs, at the left, and ``columns`` its inputs, above.
    """
    table = real_array("table", table, ndim=2)
    same_shape("table", table, (len(rows), len(columns)))
    for (i, j), value in np.ndenumerate(table + 0.0):  # + 0.0: no "-0" among the zeros
        face = _tint(COLORS[i % len(COLORS)], 0.4) if value else _tint(GRAY, 0.16)
        ax.add_patch(Rectangle((j, -i - 1), 1, 1, facecolor=face, edgecolor="white", linewidth=1.5))
        ax.text(j + 0.5, -i - 0.5, f"{value:.2g}", ha="center", va="center", fontsize=11, color=INK if value else GRAY)
    for i, name in enumerate(rows):
        ax.text(-0.2, -i - 0.5, name, ha="right", va="center", fontsize=13, color=INK)
    for j, name in enumerate(columns):
        ax.text(j + 0.5, 0.15, name, ha="center", va="bottom", fontsize=12, color=INK)
    bare(ax, (-1.2, len(columns) + 0.1), (-len(rows) - 0.1, 0.9))


# Corrections: which test catches which error


def catches(ax, caught, kinds):
    """Draw a grid of tests (rows) against errors (columns): a check mark where a test catches an error.

    ``caught[error][test]`` is True, False, or None where the test does not apply; ``kinds`` maps the name of
    each kind to its errors, drawn side by side under that name.
    """
    tests, x = list(next(iter(caught.values()))), 0.0
    for kind, errors in kinds.items():
        ax.text(x + len(errors) / 2, 0.25, kind, ha="center", va="bottom", fontsize=10, fontweight="bold", color=INK)
        for error in errors:
            for row, test in enumerate(tests):
                _catch(ax, (x, -row - 1), caught[error][test])
            ax.text(x + 0.5, -len(tests) - 0.2, error, ha="center", va="top", rotation=90, fontsize=10, color=INK)
            x += 1
        x += 0.5  # a gap between kinds
    for row, test in enumerate(tests):
        ax.text(-0.3, -row - 0.5, test, ha="right", va="center", fontsize=11, color=INK)
    bare(ax, (-2.2, max(x, 34)), (-len(tests) - 2.4, 1.3))


def catch_key(ax, x):
    """Explain the three cells of ``catches`` in a column of its own, at ``x``."""
    for row, (outcome, meaning) in enumerate({True: "caught", False: "missed", None: "does not apply"}.items()):
        _catch(ax, (x, -1.25 * row - 1), outcome)
        ax.text(x + 1.4, -1.25 * row - 0.5, meaning, ha="left", va="center", fontsize=11, color=INK)


def _catch(ax, corner, outcome):
    """Draw one cell of the grid: dark with a check mark, pale and empty, or a gray dash."""
    face = "white" if outcome is None else COLORS[0] if outcome else _tint(COLORS[0], 0.14)
    ax.add_patch(Rectangle(corner, 1, 1, facecolor=face, edgecolor="white", linewidth=1.5))
    if outcome is not False:
        mark, color = ("–", GRAY) if outcome is None else ("✓", "white")
        ax.text(corner[0] + 0.5, corner[1] + 0.5, mark, ha="center", va="center", fontsize=11, color=color)


# Lesson 8: a layer folds paper

FRONT, BACK = COLORS[2], COLORS[3]
_THICK = 0.22  # of a stack of paper, whatever the number of its pieces


def paper_stack(folds):
    """Return for each of 2^folds pieces of paper, from one end to the other, its place in the stack from below."""
    order = [0]
    for _ in range(folds):
        lower = [2 * i + i % 2 for i in order]  # even pieces rise: their first half is the lower one
        upper = [2 * i + 1 - i % 2 for i in order]
        order = lower + upper[::-1]
    return np.argsort(order)


def turned_down(y, angle):
    """Return heights ``y`` after what is above 1/2 was turned down by ``angle`` around y = 1/2."""
    return np.where(y > 0.5, 0.5 + (y - 0.5) * np.cos(angle), y)


def paper(folds, angle=0.0):
    """Return the edge of a strip of length 1, folded ``folds`` times and turned by ``angle`` for one more: height and depth.

    Each (2^folds, k), a row a piece; after each fold the strip is stretched to its first length.
    """
    place = paper_stack(folds).astype(float)
    n, rises = place.size, np.arange(place.size) % 2 == 0
    gap = _THICK / (2 * n if angle else n)
    t = np.array([0, 0.5 - 1e-9, 0.5 + 1e-9, 1])  # on both sides of the crease at 1/2
    y = np.where(rises[:, None], t, 1 - t)
    depth = np.repeat(gap * place[:, None], t.size, axis=1)
    y, depth = _with_bends(y, depth)
    u, w, top = y - 0.5, depth - gap * (n - 0.5), gap * (n - 0.5)
    upper = u > 0
    return (
        np.where(upper, 0.5 + u * np.cos(angle) - w * np.sin(angle), y),
        np.where(upper, top + u * np.sin(angle) + w * np.cos(angle), depth),
    )


def _with_bends(y, depth):
    """Add to each piece but the last the half ellipse that leads to the next."""
    t = np.linspace(0, np.pi, 9)
    end, start, goal = y[:, -1:], depth[:, -1:], np.roll(depth[:, 0], -1)[:, None]
    bend_depth = (start + goal) / 2 + (start - goal) / 2 * np.cos(t)
    bend_y = end + np.sign(end - 0.5) * np.minimum(np.abs(goal - start) / 2, 0.06) * np.sin(t)
    bend_y[-1], bend_depth[-1] = end[-1], start[-1]  # after the last piece comes none
    return np.hstack([y, bend_y]), np.hstack([depth, bend_depth])


def folds(ax, k):
    """Draw the tent map composed ``k`` times on [0, 1]; to its right the interval as paper folded ``k`` times, seen from its edge.

    Rising pieces show the front of the paper, falling ones its back. Returns the two collections of lines.
    """
    x = np.linspace(0, 1, 2**k + 1)
    y = np.arange(x.size) % 2 if k else x
    heights, depths = paper(k)
    style = {"colors": [FRONT, BACK], "linewidths": 2.4, "zorder": 3}
    zigzag = np.stack([np.column_stack([x, y])[:-1], np.column_stack([x, y])[1:]], axis=1)
    lines = LineCollection(zigzag, **style), LineCollection(np.stack([1.2 + depths, heights], axis=2), **style)
    for each in lines:
        ax.add_collection(each)
    ax.axhline(0.5, color=GRAY, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    ax.set(xlim=(-0.03, 1.5), ylim=(-0.1, 1.1), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
    return lines
