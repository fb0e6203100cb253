"""Hidden units as arrows while a network trains: together or parting, beside their distance and the cost."""

from typing import NamedTuple

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.ticker import MultipleLocator

from .. import plots
from ..checks import examples, instance, label_vector, same_shape
from ..network import MLP
from ..training import Recording
from . import Scene
from .boundary import blend, borders, probabilities

SAME = 1e-9  # units that are nearer than this count as one: far above what rounding does in 2,000 steps, far below any step
FINE = 90  # points a side of the map
ZERO = -18  # where the axis of powers of ten shows a distance of exactly 0
COLORS = (plots.ACCENT, plots.COLORS[2], plots.DARK_RED, plots.COLORS[3])  # neither those of the classes nor the border's


class Moment(NamedTuple):
    """What one recorded state says: J, accuracy, largest distance of two units, how many differ, rank of W[1]."""

    step: int
    cost: float
    accuracy: float
    distance: float
    different: int
    rank: int


def symmetry_scene(mlp, recording, X, y, class_names=("class 0", "class 1"), feature_names=("$x_1$", "$x_2$"), caption=""):
    """Return the scene of a training of a network (2, h, 1), h from 1 to 8, on ``X (2, m)``, ``y (m,)`` of 0 and 1.

    Left: P(class 1) as color, the border, and for each hidden unit an arrow from the origin, its row of W[1] times the
    scale of that frame. Right: the largest distance of two hidden units (``units``) as a power of ten, and J, against steps.
    ``caption`` describes the network in words.
    """
    instance("mlp", mlp, MLP)
    sizes = instance("recording", recording, Recording).sizes
    if len(sizes) != 3 or sizes[0] != 2 or not 1 <= sizes[1] <= 8 or sizes[2] != 1:
        raise ValueError(f"recording.sizes must be (2, h, 1) with h from 1 to 8, got {sizes}")
    X = examples("X", X, 2)
    y = label_vector("y", y, X.shape[1], classes=2)
    same_shape("class_names", np.array(class_names), (2,))
    picture = _Picture(mlp, recording, X, y, class_names, feature_names, caption)
    return Scene(picture.figure, len(recording.epochs), picture.draw, picture.describe, picture.moving)


def units(params):
    """Return one row for each hidden unit of a network with one hidden layer: its row of W[1], its b[1], its column of W[2]."""
    return np.hstack([params.W[1], params.b[1], params.W[2].T])


def largest_distance(rows):
    """Return max_jk ||rows[j] - rows[k]||, 0.0 for one row."""
    return float(np.linalg.norm(rows[:, None] - rows[None], axis=2).max())


def together(rows, near=SAME):
    """Return lists of row numbers: a row joins the first list whose first member is at most ``near`` away, or starts one."""
    lists = []
    for j, row in enumerate(rows):
        home = next((each for each in lists if np.linalg.norm(rows[each[0]] - row) <= near), None)
        if home is None:
            lists.append([j])
        else:
            home.append(j)
    return lists


def rank(W):
    """Return how many singular values of ``W`` are above SAME, 1e-9: below it is what rounding leaves of a 0."""
    return int(np.linalg.matrix_rank(W, tol=SAME))


def moments(mlp, recording, X, y):
    """Return the ``Moment`` of every recorded state, a list."""
    found = []
    for k, (step, cost) in enumerate(zip(recording.epochs, recording.costs)):
        params = recording.params(k)
        rows, accuracy = units(params), np.mean(mlp.predict(params, X) == y)
        found.append(Moment(int(step), cost, accuracy, largest_distance(rows), len(together(rows)), rank(params.W[1])))
    return found


class _Picture:
    def __init__(self, mlp, recording, X, y, class_names, feature_names, caption):
        self.mlp, self.recording, self.caption = mlp, recording, caption
        self.moments = moments(mlp, recording, X, y)
        self.figure, self.plane, self.curves = _board()
        self.make_plane(X, y, class_names, feature_names)
        self.arrows = _Arrows(self.plane, recording.sizes[1], self.half)
        self.make_curves()
        frames = [ax.spines[side] for ax in (self.plane, *self.curves) for side in ("left", "bottom")]
        self.moving = (
            self.map, *self.shown, self.border, *self.arrows.moving, *self.lines, *self.dots, *frames, *self.titles
        )  # fmt: skip

    def make_plane(self, X, y, class_names, feature_names):
        low, high = X.min(axis=1), X.max(axis=1)
        self.half = 0.54 * (high - low).max()  # of the side of a square: angles between arrows must be true
        limits = [(center - self.half, center + self.half) for center in (low + high) / 2]
        self.grid, self.sides = plots.grid(*limits, FINE), [np.linspace(*limit, FINE) for limit in limits]
        ax = self.plane
        plots.dress(ax, " ", *feature_names)
        ax.set_xlabel(feature_names[0], loc="right", fontsize=11, color=plots.INK)
        self.map = ax.imshow(
            np.ones((FINE, FINE, 3)), origin="lower", extent=(*limits[0], *limits[1]), interpolation="nearest", zorder=0
        )
        ax.set_aspect("equal")
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_locator(MultipleLocator(1 if self.half < 3 else 2))
        self.shown = plots.points(ax, X, y, class_names, size=12)
        self.border = ax.add_collection(LineCollection([], colors=plots.INK, linewidths=2.2, zorder=4))
        below = {"loc": "upper left", "bbox_to_anchor": (-0.03, -0.055), "ncols": 2}
        plots.legend(ax, **below, columnspacing=0.8, handlelength=1, borderpad=0.2)

    def make_curves(self):
        distance, cost = self.curves
        self.heights = [_power(moment.distance) for moment in self.moments], [moment.cost for moment in self.moments]
        plots.dress(distance, " ", "", "largest distance\nof two units")
        plots.dress(cost, " ", "step", "cost J")
        distance.set(ylim=(ZERO - 0.8, 2.5), yticks=[ZERO, -12, -6, 0])
        distance.set_yticklabels(["exactly 0", "$10^{-12}$", "$10^{-6}$", "1"])
        distance.axhline(np.log10(SAME), color=plots.GRAY, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        distance.text(1, np.log10(SAME) - 0.5, "below: counted as equal", fontsize=10, color=plots.GRAY, va="top",
                      ha="right", transform=distance.get_yaxis_transform())  # fmt: skip
        cost.set_ylim(0, 1.08 * max(self.heights[1]))
        self.make_steps()
        self.lines = [ax.plot([], [], color=plots.COLORS[0], linewidth=2.2, clip_on=False)[0] for ax in self.curves]
        self.dots = [ax.plot([], [], "o", color=plots.COLORS[0], markersize=6, clip_on=False)[0] for ax in self.curves]
        self.titles = [plots.left_title(ax) for ax in (self.plane, distance, cost)]

    def make_steps(self):
        last = max(self.recording.epochs[-1], 1)
        ticks = [0, *(10**power for power in range(5) if 10**power <= last)]
        for ax in self.curves:
            ax.set_xscale("symlog", linthresh=1)
            ax.set_xlim(-0.25, 1.4 * last)
            ax.set_xticks(ticks, [f"{tick:,}" for tick in ticks] if ax is self.curves[1] else [])

    def draw(self, k):
        moment, params = self.moments[k], self.recording.params(k)
        shares = probabilities(self.mlp, params, self.grid)
        self.map.set_data(blend(shares).reshape(FINE, FINE, 3))
        self.border.set_segments(borders(*self.sides, shares.reshape(-1, FINE, FINE)))
        self.arrows.draw(params.W[1])
        for line, dot, heights in zip(self.lines, self.dots, self.heights):
            line.set_data(self.recording.epochs[: k + 1], heights[: k + 1])
            dot.set_data(self.recording.epochs[k : k + 1], heights[k : k + 1])
        h = self.recording.sizes[1]
        self.titles[0].set_text(f"step {moment.step:,}: accuracy {moment.accuracy:.3f}")
        self.titles[1].set_text(f"different units: {moment.different} of {h}")
        self.titles[2].set_text(f"J = {moment.cost:.3f}, rank of W[1]: {moment.rank}")

    def describe(self, k):
        moment, W = self.moments[k], self.recording.params(k).W[1]
        distance = f"{moment.distance:.2g}" if moment.distance > SAME else "below 1e-9" if moment.distance else "exactly 0"
        return (
            f"Network ({self.caption}) at step {moment.step}: accuracy {moment.accuracy:.3f}, cost J = {moment.cost:.3f}, "
            f"largest distance of two hidden units {distance}, different units {moment.different} of {len(W)}, "
            f"rank of W[1] {moment.rank}. Arrows: {_in_words(W)}"
        )


def _board():
    """Return the figure, the axes of the plane, and those of distance and cost."""
    fig, (plane, place) = plots.figure(7.8, 4.2, columns=2, layout=None, ratios=[1.2, 1])
    fig.subplots_adjust(left=0.07, right=0.985, bottom=0.17, top=0.93, wspace=0.43)
    upper, lower = place.get_subplotspec().subgridspec(2, 1, hspace=0.38, height_ratios=[1.25, 1]).subplots()
    place.remove()
    return fig, plane, (upper, lower)


def _power(distance):
    """Return log10 of ``distance``, and ZERO for exactly 0."""
    return np.log10(distance) if distance > 0 else ZERO


class _Arrows:
    """One arrow for each hidden unit, from the origin along its row of W[1], and labels at their heads.

    In each frame one scale for all makes the longest arrow as long as fits; the line below says its true length.
    """

    def __init__(self, ax, h, half):
        self.half = half
        self.center = np.array([np.mean(ax.get_xlim()), np.mean(ax.get_ylim())])
        self.length = 0.8 * (half - np.abs(self.center).max())  # of the longest arrow; the bracket is the way to the nearest edge
        self.text = ax.text(0, -0.19, "", transform=ax.transAxes, fontsize=11, color=plots.INK)
        (origin,) = ax.plot(0, 0, "o", color=plots.INK, markersize=6, markeredgecolor="white", zorder=7)
        self.arrows = [plots.arrow(ax, (0, 0), (1, 1), COLORS[j % 4], 2.6, zorder=6 - j / 10) for j in range(h)]
        for arrow in self.arrows[4:]:
            arrow.set_linestyle((0, (3, 1.5)))
        box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.2}
        self.labels = [
            ax.text(0, 0, "", fontsize=11, color=plots.INK, ha="center", va="center", bbox=box, zorder=8) for _ in self.arrows
        ]
        self.moving = (*self.arrows[::-1], origin, *self.labels, self.text)

    def draw(self, W):
        longest = np.linalg.norm(W, axis=1).max()
        ends = W * (self.length / longest if longest > SAME else 0)
        for arrow, end in zip(self.arrows, ends):
            arrow.set_visible(self.long_enough(end))
            arrow.set_positions((0, 0), end)
        text = f"arrows: rows of W[1], the longest is {longest:.2g} long"
        self.text.set_text(text if longest > SAME else "no arrow: W[1] is 0")
        lists = together(ends, 0.13 * self.half)  # arrows that end near one another share a label
        for label, group in zip(self.labels, lists):
            label.set_text(_label(W[group], group))
            label.set_position(self.place(ends[group].mean(axis=0), label.get_text()))
        for number, label in enumerate(self.labels):
            label.set_visible(number < len(lists))

    def long_enough(self, end):
        """Return whether an arrow to ``end`` is seen: a shorter one would be all head, below the dot at the origin."""
        return bool(np.linalg.norm(end) > 0.05 * self.half)

    def place(self, end, text):
        """Return where a label goes: a little beyond ``end``, inside the frame."""
        beyond = end / np.linalg.norm(end) if self.long_enough(end) else np.array([0, -1])
        width = 0.026 * len(text) * self.half  # half of what 11 points take
        room = self.half - np.array([width, 0.06 * self.half])
        place = end + beyond * np.array([0.05 * self.half + width, 0.11 * self.half])
        return np.clip(place, self.center - room, self.center + room)


def _label(rows, numbers):
    """Return what stands at the head of arrows with these ``rows`` of W[1]: their numbers, or how many lie there."""
    if len(numbers) == 1 or len(together(rows)) > 1:
        return ", ".join(str(j + 1) for j in numbers)
    return f"{len(numbers)} units in one arrow" if np.linalg.norm(rows[0]) > SAME else f"{len(numbers)} units, no arrow"


def _in_words(W):
    """Return where the arrows end, those that are equal together."""
    words = []
    for group in together(W):
        first = W[group[0]]
        name = f"unit {group[0] + 1}" if len(group) == 1 else _label(W[group], group)
        words.append(f"{name} to ({first[0]:.2g}, {first[1]:.2g})" if np.linalg.norm(first) > SAME else name)
    return ", ".join(words)
