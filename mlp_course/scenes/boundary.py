"""Networks with two inputs while they train: probabilities, border and hidden lines beside cost and accuracy."""

from typing import NamedTuple

import numpy as np
from contourpy import contour_generator
from matplotlib.collections import LineCollection
from matplotlib.ticker import MultipleLocator

from .. import plots
from ..activations import sigmoid, softmax
from ..checks import instance
from ..network import MLP
from ..training import Recording
from . import Scene

FINE = 90  # points a side of the map
TINTS = np.array([[143, 193, 227], [246, 173, 124], [140, 205, 180]]) / 255  # of the classes, as in plots.PROBABILITY
LETTERS = "AB"
STYLES = ({"color": plots.COLORS[0]}, {"color": plots.COLORS[1]})


class TrainedNetwork(NamedTuple):
    """A recorded training on examples in the plane, and what the picture says of it.

    ``examples`` and ``tests`` are pairs X (2, m), y (m,); ``steps[k]`` are the updates made up to state k;
    ``caption`` describes the network in words, ``label`` is written below its map.
    """

    mlp: MLP
    recording: Recording
    examples: tuple
    tests: tuple
    steps: np.ndarray
    class_names: tuple
    feature_names: tuple
    caption: str = ""
    label: str = ""
    diverged: bool = False


def boundary_scene(*networks):
    """Return the scene of one ``TrainedNetwork``, or of two side by side, in step.

    Each map: the probability of each class as color, its border where two classes are equal, test examples with a
    dark rim, and for one hidden layer a dashed line for each unit, where its z is 0. Beside it: cost and share of
    right answers against steps, on the training (full line) and the test examples (dashed).
    """
    if len(networks) not in (1, 2):
        raise ValueError(f"networks must be one or two, got {len(networks)}")
    for network in networks:
        sizes, output = instance("networks", network, TrainedNetwork).recording.sizes, network.mlp.loss.output
        if sizes[0] != 2 or sizes[-1] > len(TINTS) or output not in (sigmoid, softmax):
            shape = f"{sizes[0]} inputs, {sizes[-1]} outputs by {output.name}"
            raise ValueError(f"networks must have 2 inputs and give probabilities of at most {len(TINTS)} classes, got {shape}")
    picture = _Picture(networks)
    count = max(len(network.steps) for network in networks)
    return Scene(picture.figure, count, picture.draw, picture.describe, picture.moving)


class _Picture:
    def __init__(self, networks):
        self.curves = _Curves(networks)
        self.figure, maps, cost, accuracy = _board(len(networks))
        letters = LETTERS if len(networks) == 2 else [""]
        self.maps = [_Map(ax, network, letter) for ax, network, letter in zip(maps, networks, letters)]
        self.curves.place(cost, accuracy)
        self.moving = (*(artist for each in self.maps for artist in each.moving), *self.curves.moving)

    def draw(self, k):
        for each, values in zip(self.maps, self.curves.values):
            each.draw(k, values)
        self.curves.draw(k)

    def describe(self, k):
        return "; ".join(each.describe(k, values) for each, values in zip(self.maps, self.curves.values))


def _board(count):
    """Return the figure, the axes of ``count`` maps, and those of cost and accuracy."""
    fig, axes = plots.figure(7.2 if count == 1 else 9.0, 4.0, columns=count + 1, layout=None, ratios=[1.25] * count + [1])
    fig.subplots_adjust(left=0.08 if count == 1 else 0.062, right=0.985, bottom=0.24, top=0.91, wspace=0.28)
    *maps, place = axes
    upper, lower = place.get_subplotspec().subgridspec(2, 1, hspace=0.45).subplots()
    place.remove()
    return fig, maps, upper, lower


class _Map:
    """The plane of one network."""

    def __init__(self, ax, network, letter):
        self.network, self.letter = network, letter
        X, y = network.examples
        X_test, y_test = network.tests
        both = np.hstack([X, X_test])
        margin = 0.08 * np.ptp(both, axis=1)
        low, high = both.min(axis=1) - margin, both.max(axis=1) + margin
        limits = (low[0], high[0]), (low[1], high[1])
        self.plane = plots.grid(*limits, FINE)
        self.sides = [np.linspace(*limit, FINE) for limit in limits]
        plots.dress(ax, " ", *network.feature_names)
        self.title = plots.left_title(ax)
        ax.set(xlim=limits[0], ylim=limits[1])
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_locator(MultipleLocator(1))
        self.map = ax.imshow(
            np.ones((FINE, FINE, 3)), origin="lower", extent=(*limits[0], *limits[1]), aspect="auto", interpolation="nearest", zorder=0
        )
        self.lines = ax.add_collection(LineCollection([], colors=plots.INK, linewidths=1.1, linestyles="dashed", alpha=0.55, zorder=2))
        self.border = ax.add_collection(LineCollection([], colors=plots.INK, linewidths=2.2, zorder=4))
        shown = plots.points(ax, X, y, network.class_names, size=15)
        rims = plots.points(ax, X_test, y_test, network.class_names, size=15)
        for rim in rims:
            rim.set_edgecolor(plots.INK)
        example = ax.scatter([], [], s=24, facecolor="white", edgecolor=plots.INK)
        plots.legend(
            ax, handles=[*shown, example], labels=[*network.class_names, "test"], loc="upper left", bbox_to_anchor=(-0.03, -0.165),
            ncols=4, columnspacing=0.7, handlelength=1, borderpad=0.2,
        )  # fmt: skip
        ax.text(0, -0.33, network.label, transform=ax.transAxes, fontsize=11, color=plots.INK)
        frame = [ax.spines[side] for side in ("left", "bottom")]
        self.moving = (self.map, self.lines, *shown, *rims, self.border, *frame, self.title)

    def state(self, k):
        """Return which recorded state belongs to frame ``k``, and its parameters: a training that ended early stays there."""
        k = min(k, len(self.network.steps) - 1)
        return k, self.network.recording.params(k)

    def draw(self, k, values):
        k, params = self.state(k)
        with np.errstate(over="ignore", invalid="ignore"):  # a training that diverges is said in the title
            shares = probabilities(self.network.mlp, params, self.plane)
        self.map.set_data(blend(shares).reshape(FINE, FINE, 3))
        self.border.set_segments(borders(*self.sides, shares.reshape(-1, FINE, FINE)))
        self.lines.set_segments(hidden_lines(params))
        self.title.set_text(self.heading(k, values))

    def heading(self, k, values):
        where = f"{self.letter}, " if self.letter else ""
        test = "" if self.letter else f", test {values.test[1][k]:.0%}"
        result = "then it diverges" if self.diverged(k) else f"{values.train[1][k]:.0%} right{test}"
        return f"{where}step {self.network.steps[k]:,}: {result}"

    def diverged(self, k):
        return self.network.diverged and k == len(self.network.steps) - 1

    def describe(self, k, values):
        k, _ = self.state(k)
        end = ", after it the training diverges" if self.diverged(k) else ""
        name = f"Network {self.letter} ({self.network.caption})" if self.letter else f"Network ({self.network.caption})"
        return (
            f"{name} after {self.network.steps[k]} steps: cost {values.train[0][k]:.3f} on the training examples, "
            f"{values.test[0][k]:.3f} on the test examples; right answers {values.train[1][k]:.0%} and {values.test[1][k]:.0%}{end}"
        )


class _Values(NamedTuple):
    """Pairs (costs, accuracies), one number a state, on the training and on the test examples."""

    train: tuple
    test: tuple


class _Curves:
    """Cost and accuracy of every network against steps, drawn up to the present state."""

    def __init__(self, networks):
        self.networks = networks
        self.values = [_Values(measured(each, each.examples), measured(each, each.tests)) for each in networks]

    def place(self, cost, accuracy):
        last = max(each.steps[-1] for each in self.networks)
        highest = max(costs[np.isfinite(costs)].max() for each in self.values for costs in (each.train[0], each.test[0]))
        plots.dress(cost, "cost J")
        plots.dress(accuracy, "share right", "step")
        cost.set(ylim=(0, 1.06 * highest))
        accuracy.set(ylim=(0, 1.05), yticks=[0, 0.5, 1])
        for ax in (cost, accuracy):
            ax.set_xscale("symlog", linthresh=1)
            ax.set_xlim(-0.25, 1.4 * max(last, 1))
            ticks = [0, *(10**power for power in range(5) if 10**power <= max(last, 1))]
            ax.set_xticks(ticks, [f"{tick:,}" for tick in ticks] if ax is accuracy else [])
        self.lines = []
        for row, ax in enumerate((cost, accuracy)):
            for number, each in enumerate(self.values):
                for values, dashes in ((each.train[row], "-"), (each.test[row], (0, (2, 1.2)))):
                    (line,) = ax.plot([], [], linestyle=dashes, linewidth=2, marker="o", markevery=[-1], markersize=5, clip_on=False, **self.style(number, dashes))
                    self.lines.append((line, number, values))
        self.legend(accuracy)
        frames = [ax.spines[side] for ax in (cost, accuracy) for side in ("left", "bottom")]
        self.moving = (*(line for line, _, _ in self.lines), *frames)

    def style(self, number, dashes):
        if len(self.networks) == 2:
            return STYLES[number]
        return STYLES[0] if dashes == "-" else STYLES[1]

    def legend(self, ax):
        names = ["A", "A test", "B", "B test"] if len(self.networks) == 2 else ["training", "test"]
        half = self.lines[len(self.lines) // 2 :]
        lines = [line for line, _, _ in half]
        ax.legend(
            lines, names, loc="upper center", bbox_to_anchor=(0.45, -0.52), ncols=len(names), fontsize=10, frameon=False,
            labelcolor=plots.INK, handlelength=1.6, handletextpad=0.3, columnspacing=0.7,
        )  # fmt: skip

    def draw(self, k):
        for line, number, values in self.lines:
            steps = self.networks[number].steps
            line.set_data(steps[: k + 1], values[: k + 1])


def probabilities(mlp, params, X):
    """Return the probability of each class, (K, m); one output a gives the rows 1 - a and a."""
    A = mlp.forward_sweep(params, X)[1][-1]
    return np.vstack([1 - A, A]) if len(A) == 1 else A


def measured(network, examples):
    """Return the costs and the shares of right answers of every recorded state on ``examples``, two arrays."""
    X, y = examples
    K = network.recording.sizes[-1]
    Y = y[None, :] if K == 1 else np.eye(K)[:, y]
    costs, right = [], []
    with np.errstate(over="ignore", invalid="ignore"):
        for k in range(len(network.steps)):
            Z, A = network.mlp.forward_sweep(network.recording.params(k), X)
            costs.append(network.mlp.loss.unchecked_cost(Z[-1], A[-1], Y))
            answers = A[-1].argmax(axis=0) if K > 1 else A[-1][0] >= 0.5
            right.append(np.mean(answers == y))
    return np.array(costs), np.array(right)


def blend(shares):
    """Return the colors (m, 3) of class probabilities (K, m): white where all are alike, a class's tint where it is sure."""
    K = len(shares)
    share_over_chance = np.clip((shares.T - 1 / K) / (1 - 1 / K), 0, 1)
    levels = np.round(10 * share_over_chance) / 10  # flat steps: they read as contour lines, and a frame is small
    return 1 - levels @ (1 - TINTS[:K])


def borders(x1, x2, shares):
    """Return the lines where the largest of the K probabilities ``shares (K, n, n)`` changes its class."""
    found = []
    for k in range(len(shares) if len(shares) > 2 else 1):
        others = np.delete(shares, k, axis=0).max(axis=0)
        found.extend(contour_generator(x1, x2, shares[k] - others).lines(0.0))
    return found


def hidden_lines(params):
    """Return a segment for each unit of the only hidden layer, where its z is 0; none with no or more hidden layers."""
    if len(params.sizes) != 3:
        return []
    return [plots.line_across(w, b) for w, b in zip(params.W[1], params.b[1][:, 0]) if np.hypot(*w) > 1e-12]
