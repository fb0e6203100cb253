"""What depth buys with one input: a network that folds, layer by layer, and random networks; pieces are counted exactly.

A piece is an interval on which the output is one straight line, as long as it can be.
"""

from typing import NamedTuple

import numpy as np
from matplotlib.collections import LineCollection

from .. import plots
from ..activations import relu
from ..checks import instance, option, real_number, whole_number
from ..initializers import he
from ..losses import half_squared_error
from ..network import MLP
from ..parameters import Parameters
from . import Scene

NETWORK = MLP(relu, half_squared_error)  # the output is z itself
TURNS = np.radians([60, 120, 180])  # how far the paper is turned in the frames of one fold
LOW, HIGH = -3, 3  # where random networks are looked at
DEEP, FLAT = plots.COLORS[:2]


class Count(NamedTuple):
    """What a picture counts; a flat network, with one hidden layer, needs at least ``flat_units`` for as many pieces."""

    pieces: int
    deep_units: int
    deep_parameters: int
    flat_units: int
    flat_parameters: int


def folding_network(folds):
    """Return parameters (1, 2, ..., 2, 1) of the tent map, T(a) = 2 relu(a) - 4 relu(a - 1/2) on [0, 1], ``folds`` times."""
    return _chain(whole_number("folds", folds, least=0), [[1], [1]], [[0], [-0.5]], [[2, -4]], 0)


def passing_network(layers, slope, intercept):
    """Return parameters (1, 2, ..., 2, 1) of a -> slope a + intercept: every hidden layer passes on a = relu(a) - relu(-a)."""
    slope, intercept = real_number("slope", slope), real_number("intercept", intercept)
    params = _chain(whole_number("layers", layers, least=0), [[1], [-1]], [[0], [0]], [[1, -1]], intercept)
    params.W[layers + 1] *= slope
    return params


def _chain(layers, W_in, b, W_out, intercept):
    """Return ``layers`` equal hidden layers of two units, b (2, 1): W_in (2, 1) reads one number, W_out (1, 2) gives one."""
    params = Parameters((1, *layers * (2,), 1))
    W_in, W_out = np.array(W_in, float), np.array(W_out, float)
    for l in range(1, layers + 1):
        params.W[l] = W_in if l == 1 else W_in @ W_out
        params.b[l] = b
    params.W[layers + 1] = W_out if layers else [[1]]
    params.b[layers + 1] = [[intercept]]
    return params


def random_network(sizes, seed):
    """Return parameters of ``sizes``: weights as He proposes, every bias from N(0, 1)."""
    rng = np.random.default_rng(seed)
    params = he(sizes, rng)
    for l in params.layers:
        params.b[l] = rng.normal(size=params.b[l].shape)
    return params


def output(params, x):
    """Return the outputs (m,) of a network with one input and one output at ``x (m,)``."""
    return NETWORK.forward(params, x[None, :])[0][-1][0]


def corners(params, low, high):
    """Return low, high, and between them every x where some z of a ReLU network with one input changes its sign, in order.

    Between two neighbors all z of the layers before are straight lines, so that each zero is found exactly.
    """
    x = np.array([low, high], dtype=float)
    for l in params.layers[:-1]:
        Z = NETWORK.forward(params, x[None, :])[0][l]
        before, after = Z[:, :-1], Z[:, 1:]
        unit, i = np.nonzero(before * after < 0)
        share = before[unit, i] / (before[unit, i] - after[unit, i])
        x = np.union1d(x, x[i] + share * (x[i + 1] - x[i]))
    return x


def slopes(params, x):
    """Return the slope of the output between neighbors of ``corners`` x (k,), as (k - 1,): W[L] D W[L-1] ... D W[1].

    D is diagonal, 1 for a unit that is on and 0 for one that is off.
    """
    Z, _ = NETWORK.forward(params, (x[None, 1:] + x[None, :-1]) / 2)
    S = params.W[1]
    for l in params.layers[1:]:
        S = params.W[l] @ (S * (Z[l - 1] > 0))
    return np.broadcast_to(S, (1, x.size - 1))[0]


def true_corners(params, low, high):
    """Return those of ``corners`` between low and high where the slope of the output changes."""
    x = corners(params, low, high)
    found = slopes(params, x)
    return x[1:-1][~np.isclose(found[1:], found[:-1], rtol=1e-9, atol=1e-12)]


def count(params, low, high):
    """Return the ``Count`` of a ReLU network with one input and one output, from ``low`` to ``high``."""
    n0, *hidden, K = instance("params", params, Parameters).sizes
    if (n0, K) != (1, 1):
        raise ValueError(f"params must have one input and one output, got sizes {params.sizes}")
    if not low < high:
        raise ValueError(f"high must be greater than low = {low}, got {high}")
    least = true_corners(params, low, high).size  # each unit of a flat network has one corner
    flat = Parameters((1, least, 1) if least else (1, 1))
    return Count(least + 1, sum(hidden), params.theta.size, least, flat.theta.size)


def hidden_sizes(units, layers):
    """Return ``units`` shared out among ``layers`` as evenly as can be, a tuple."""
    return tuple(len(part) for part in np.array_split(np.arange(units), layers))


# A network that folds, or passes on


def depth_scene(target, layers):
    """Return the scene of a network with ``layers`` hidden layers of two units, built layer by layer.

    ``target`` "tent map": each layer turns down what lies above 1/2 and stretches it by 2; "affine target": each passes on.
    Left: the output over x; middle: the interval as paper, seen from its edge; right: pieces, units and parameters.
    """
    option("target", target, ("tent map", "affine target"))
    picture = _Picture(target, whole_number("layers", layers, least=0))
    return Scene(picture.figure, len(picture.states), picture.draw, picture.describe, picture.moving)


class _Picture:
    def __init__(self, target, layers):
        self.folds = target == "tent map"
        make = folding_network if self.folds else lambda j: passing_network(j, 0.6, 0.2)
        self.networks = [make(j) for j in range(layers + 1)]
        self.counts = [count(params, 0, 1) for params in self.networks]
        self.states = [(0, 0.0)]
        for j in range(layers):
            self.states += [(j, angle) for angle in TURNS if self.folds] + [(j + 1, 0.0)]
        self.layers = layers
        self.figure, axes = plots.figure(8.4, 4.0, columns=3, layout=None)
        self.graph, self.edge, self.bars_ax = axes
        for ax, left, width in zip(axes, (0.075, 0.385, 0.735), (0.29, 0.21, 0.21)):
            ax.set_position((left, 0.13, width, 0.78))
        self.make_graph()
        self.make_paper()
        self.bars = _Bars(self.bars_ax)
        frames = [self.graph.spines[side] for side in ("left", "bottom")]
        self.moving = (self.line, *frames, self.sheet, *self.bars.moving, self.title)

    def make_graph(self):
        ax = self.graph
        plots.dress(ax, "", "", "output")
        ax.set(xlim=(-0.02, 1.02), ylim=(-0.12, 1.12), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
        ax.set_xlabel("x", loc="right", fontsize=11, color=plots.INK)
        self.line = ax.add_collection(LineCollection([], zorder=3))
        self.title = plots.left_title(ax)

    def make_paper(self):
        ax = self.edge
        ax.set(xlim=(-0.08, 0.75), ylim=(-0.12, 1.12))
        ax.set_axis_off()
        text = "the interval as paper,\nseen from its edge" if self.folds else "the interval as paper:\nnot folded"
        ax.text(-0.08, -0.16, text, fontsize=10, color=plots.INK, va="top", linespacing=1.1)
        self.sheet = ax.add_collection(LineCollection([], zorder=3))
        if self.folds:
            for each in (self.graph, ax):
                each.axhline(0.5, color=plots.GRAY, linewidth=1, linestyle=(0, (4, 3)), zorder=1)

    def draw(self, k):
        j, angle = self.states[k]
        fine = np.linspace(0, 1, 2 ** (j + 1) + 1) if self.folds else np.array([0.0, 1.0])
        y = plots.turned_down(output(self.networks[j], fine), angle)
        points = np.column_stack([fine, y])
        self.line.set_segments(np.stack([points[:-1], points[1:]], axis=1))
        self.line.set_color(self.sides(j, angle, fine.size - 1))
        heights, depths = plots.paper(j, angle) if self.folds else plots.paper(0)
        self.sheet.set_segments(np.stack([depths, heights], axis=2))
        self.sheet.set_color([plots.FRONT, plots.BACK])
        for artist in (self.line, self.sheet):
            artist.set_linewidth(2.4 if j < 4 else 1.4 if j < 6 else 0.6)
        self.bars.draw(self.counts[j])
        self.title.set_text(self.headline(k))

    def sides(self, j, angle, n):
        """Return the color of each of ``n`` segments: rising ones show the front of the paper, falling ones its back."""
        if not self.folds:
            return [plots.FRONT]
        piece = np.arange(n) if angle > np.pi / 2 else np.arange(n) // 2
        return np.where(piece % 2 == 0, plots.FRONT, plots.BACK)

    def headline(self, k):
        j, angle = self.states[k]
        if angle:
            return f"fold {j + 1} of {self.layers}: the upper half down"
        name, pieces = ("fold" if self.folds else "layer"), self.counts[j].pieces
        return f"after {j} of {self.layers} {name}{'s' * (self.layers > 1)}: {pieces} piece{'s' * (pieces > 1)}"

    def describe(self, k):
        j, angle = self.states[k]
        name, found = "Tent map" if self.folds else "Affine target", self.counts[j]
        turning = f", turned by {np.degrees(angle):.0f} degrees. Before it" if angle else ""
        return (
            f"{name}, {self.headline(k)}{turning}: deep {found.deep_units} hidden units and {found.deep_parameters} parameters, "
            f"flat at least {found.flat_units} and {found.flat_parameters}"
        )


class _Bars:
    """Five numbers of a ``Count`` as bars on a logarithmic scale."""

    ROWS = ("pieces", "units,\ndeep", "units,\nflat", "parameters,\ndeep", "parameters,\nflat")
    START = 0.7  # where a bar begins: 1 is to be seen, 0 is not

    def __init__(self, ax):
        plots.dress(ax, "counted")
        ax.set(xscale="log", xlim=(self.START, 1500), ylim=(4.6, -0.6), xticks=[1, 10, 100, 1000], yticks=range(5))
        ax.set_xticklabels(["1", "10", "100", "1000"])
        ax.set_yticklabels(self.ROWS, linespacing=1)
        ax.minorticks_off()
        ax.tick_params(axis="y", length=0)
        colors = plots.INK, DEEP, FLAT, DEEP, FLAT
        self.bars = ax.barh(range(5), 5 * [0], height=0.55, left=self.START, color=colors).patches
        self.numbers = [ax.text(0, row, "", fontsize=11, color=plots.INK, va="center", zorder=4) for row in range(5)]
        self.moving = (*self.bars, ax.spines["left"], *self.numbers)

    def draw(self, found):
        values = found.pieces, found.deep_units, found.flat_units, found.deep_parameters, found.flat_parameters
        for row, value in enumerate(values):
            end = max(value, self.START)
            self.bars[row].set_width(end - self.START)
            self.numbers[row].set_text(f"≥ {value}" if row in (2, 4) and found.flat_units else f"{value}")
            self.numbers[row].set_x(1.15 * end)


# Random networks


def random_scene(units, layers, starts=50):
    """Return the scene of ``starts`` random networks with one hidden layer of ``units``, and with ``layers`` of as many in all.

    Left: the output of both, with every corner from LOW to HIGH; right: the pieces of every start so far, and their medians.
    """
    units = whole_number("units", units)
    if whole_number("layers", layers) > units:
        raise ValueError(f"layers must be at most units = {units}, got {layers}")
    picture = _Starts({"flat": (units,), "deep": hidden_sizes(units, layers)}, whole_number("starts", starts))
    return Scene(picture.figure, starts, picture.draw, picture.describe, picture.moving)


def pieces_of(hidden, starts):
    """Return the pieces, from LOW to HIGH, of the networks (1, ``hidden`` ..., 1) with the seeds 0 to ``starts`` - 1."""
    networks = [random_network((1, *hidden, 1), seed) for seed in range(starts)]
    return np.array([count(params, LOW, HIGH).pieces for params in networks])


class _Starts:
    def __init__(self, shapes, starts):
        self.shapes = shapes
        self.pieces = {name: pieces_of(hidden, starts) for name, hidden in shapes.items()}
        self.figure, (upper, self.ax) = plots.figure(8.4, 4.0, columns=2, layout=None, ratios=[1, 1.1])
        self.figure.subplots_adjust(left=0.03, right=0.985, bottom=0.13, top=0.91, wspace=0.14)
        rows = upper.get_subplotspec().subgridspec(2, 1, hspace=0.42).subplots()
        upper.remove()
        self.outputs = {name: _Output(ax, color) for name, ax, color in zip(shapes, rows, (FLAT, DEEP))}
        rows[1].set_xlabel("x", loc="right", fontsize=11, color=plots.INK)
        self.make_counts(starts)
        frames = [ax.spines["bottom"] for ax in (*rows, self.ax)] + [self.ax.spines["left"]]
        drawn = [artist for each in self.outputs.values() for artist in each.moving]
        self.moving = (*drawn, *self.medians, *self.dots, *frames, self.title)

    def make_counts(self, starts):
        highest = max(found.max() for found in self.pieces.values())
        plots.dress(self.ax, " ", "start", "")
        self.ax.set(xlim=(0, starts + 1), ylim=(0, 1.3 * highest + 2))
        self.ax.text(0.01, 0.985, "pieces", fontsize=11, color=plots.INK, va="top", transform=self.ax.transAxes)
        style = {"linestyle": "", "markersize": 6, "markeredgecolor": "white", "markeredgewidth": 0.5}
        self.dots = [
            self.ax.plot([], [], marker, color=color, label=_shape(name, hidden), **style)[0]
            for (name, hidden), marker, color in zip(self.shapes.items(), "^o", (FLAT, DEEP))
        ]
        self.medians = [self.ax.axhline(0, color=color, linewidth=1.6, zorder=1) for color in (FLAT, DEEP)]
        plots.legend(self.ax, loc="upper right", borderaxespad=0)
        self.title = plots.left_title(self.ax)

    def draw(self, k):
        for dots, line, (name, found) in zip(self.dots, self.medians, self.pieces.items()):
            dots.set_data(np.arange(1, k + 2), found[: k + 1])
            line.set_ydata(2 * [np.median(found[: k + 1])])
            params = random_network((1, *self.shapes[name], 1), k)
            self.outputs[name].draw(params, f"{_shape(name, self.shapes[name])}: {found[k]} pieces")
        flat, deep = (f"{np.median(found[: k + 1]):g}" for found in self.pieces.values())
        self.title.set_text(f"median of {k + 1}: flat {flat}, deep {deep}")

    def describe(self, k):
        words = [
            f"{_shape(name, self.shapes[name])}, {found[k]} pieces, median so far {np.median(found[: k + 1]):g}"
            for name, found in self.pieces.items()
        ]
        return f"Random start {k + 1} of {len(self.pieces['flat'])}: {'; '.join(words)}"


class _Output:
    """The output of one network from LOW to HIGH, and its corners; the height is scaled, since only the shape counts."""

    def __init__(self, ax, color):
        plots.dress(ax, " ")
        ax.set(xlim=(LOW, HIGH), ylim=(-0.08, 1.08), yticks=[])
        ax.spines["left"].set_visible(False)
        (self.line,) = ax.plot([], [], color=color, linewidth=1.8, zorder=3)
        (self.corners,) = ax.plot([], [], "o", color=plots.INK, markersize=4, zorder=4)
        self.title = plots.left_title(ax)
        self.moving = (self.line, self.corners, self.title)

    def draw(self, params, title):
        x = np.array([LOW, *true_corners(params, LOW, HIGH), HIGH])
        y = output(params, x)
        y = (y - y.min()) / np.ptp(y) if np.ptp(y) > 1e-9 else np.full(x.size, 0.5)
        self.line.set_data(x, y)
        self.corners.set_data(x[1:-1], y[1:-1])
        self.title.set_text(title)


def _shape(name, hidden):
    """Return how a network with layers ``hidden`` is called in a picture."""
    equal = len(set(hidden)) == 1 and len(hidden) > 1
    return f"{name}, {len(hidden)} × {hidden[0]} units" if equal else f"{name}, {' + '.join(map(str, hidden))} units"
