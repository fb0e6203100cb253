"""Gradient descent on costs of one or two parameters: the path on curve or map, and J against the steps."""

from typing import Callable, NamedTuple

import numpy as np

from .. import plots
from ..checks import instance, real_array, same_shape
from . import Scene

FINE = 80  # points a side of the map
ARRIVED = 1e-3  # of the distance at the start
RECENT = 12  # steps drawn with dots; older ones as a thin line


class Walk(NamedTuple):
    """The places that a descent passed through, on a cost of n = 1 or 2 parameters, and how to draw them.

    ``cost`` gives J (k,) at places (n, k); ``places (n, s + 1)`` and ``slopes (n, s + 1)`` belong to the steps 0 .. s;
    ``frames`` are the steps worth a frame; ``lowest (n, j)`` are the minima; ``limits`` holds a pair for each parameter.
    """

    cost: Callable
    places: np.ndarray
    slopes: np.ndarray
    frames: np.ndarray
    lowest: np.ndarray
    limits: tuple
    names: tuple
    label: str = ""


def descent_scene(walk):
    """Return the scene of a ``Walk``.

    Left: J as a curve over w, or as colors over (w1, w2), the path so far, and an arrow downhill. Right: J against the
    steps, the steps on a logarithmic scale, and J too where it changes much. The line above says where the descent
    stands, and whether it diverges.
    """
    places = real_array("walk.places", instance("walk", walk, Walk).places, ndim=2)
    if len(places) not in (1, 2):
        raise ValueError(f"walk.places must have one or two rows, got shape {places.shape}")
    same_shape("walk.slopes", walk.slopes, places.shape)
    picture = _Picture(walk)
    return Scene(picture.figure, len(walk.frames), picture.draw, picture.describe, picture.moving)


def distances(walk):
    """Return how far each place of ``walk`` is from the nearest minimum, (s + 1,)."""
    apart = walk.places[:, :, np.newaxis] - walk.lowest[:, np.newaxis, :]
    return np.linalg.norm(apart, axis=0).min(axis=1)


def verdict(walk, step):
    """Return in words where the descent stands after ``step`` steps."""
    far = distances(walk)
    if step == 0:
        return "the start"
    if np.ptp(walk.places[:, : step + 1], axis=1).max() < 1e-12:
        return "it does not move, all slopes are 0"
    if step > 1 and far[step] > 1.001 * far[0] and _steady(far, step):
        return f"diverges, each step multiplies the distance by {far[step] / far[step - 1]:.3g}"
    if far[step] > 20 * far[0]:
        return "diverges"
    if far[step] <= ARRIVED * far[0]:
        return f"1/1000 of the distance since step {np.flatnonzero(far <= ARRIVED * far[0])[0]}"
    if abs(far[step] / far[0] - 1) < 1e-9:
        return "as far from the minimum as at the start"
    return f"distance to the minimum {far[step] / far[0]:.3g} × the first"


def _steady(far, step):
    """Return whether the last two steps multiplied the distance by the same factor."""
    return abs(far[step] * far[step - 2] / far[step - 1] ** 2 - 1) < 1e-6


class _Picture:
    def __init__(self, walk):
        self.walk = walk
        self.costs, self.far = walk.cost(walk.places), distances(walk)
        self.figure, (plane, curve) = plots.figure(7.4, 4.0, columns=2, layout=None, ratios=(1.2, 1))
        self.figure.subplots_adjust(left=0.085, right=0.985, bottom=0.215, top=0.89, wspace=0.27)
        self.headline = self.figure.text(0.02, 0.945, " ", fontsize=11.5, fontweight="bold", color=plots.INK)
        self.figure.text(0.02, 0.025, walk.label, fontsize=10.5, color=plots.INK)
        self.points = self.prepare_curve(plane) if len(walk.places) == 1 else self.prepare_map(plane)
        (self.trail,) = plane.plot([], [], color=plots.COLORS[1], linewidth=1, zorder=3)
        self.path = plots.descent_path(plane, self.points[:, :1])
        self.downhill = plots.arrow(plane, (0, 0), (1, 1), color=plots.INK, zorder=7)
        self.sizes = np.array([np.ptp(plane.get_xlim()), np.ptp(plane.get_ylim())])
        self.prepare_costs(curve)
        frames = [ax.spines[side] for ax in (plane, curve) for side in ("left", "bottom")]
        self.moving = (self.trail, *self.path, self.downhill, self.fall, self.now, *frames, self.headline)

    def prepare_curve(self, ax):
        """Draw J over w; return the points (w, J) of the path."""
        (low, high), lowest = self.walk.limits[0], self.walk.lowest
        w = np.linspace(low, high, 200)
        J = self.walk.cost(w[np.newaxis])
        ax.plot(w, J, color=plots.GRAY, linewidth=2.2)
        plots.dress(ax, "", f"{self.walk.names[0]}, minimum at {lowest[0, 0]:g}", "cost J")
        ax.set(xlim=(low, high), ylim=(J.min() - 0.06 * np.ptp(J), J.max()))
        return np.vstack([self.walk.places, self.costs])

    def prepare_map(self, ax):
        """Color the plane of both parameters by J; return the points of the path."""
        plane = plots.grid(*self.walk.limits, FINE)
        J = self.walk.cost(plane)
        height = np.sqrt(np.maximum(J - self.walk.cost(self.walk.lowest).min(), 0))  # evenly spaced rings around a minimum
        plots.value_map(ax, height, *self.walk.limits, plots.COST, 0, height.max())
        ax.plot(*self.walk.lowest, "+", color=plots.INK, markersize=11, markeredgewidth=2, zorder=3)
        plots.dress(ax, "", f"{self.walk.names[0]}  (+ minimum)", self.walk.names[1])
        return self.walk.places

    def prepare_costs(self, ax):
        last = self.walk.frames[-1]
        low, high = self.costs[: last + 1].min(), self.costs[: last + 1].max()
        plots.dress(ax, "", "step  (×10 at each mark)", "cost J")
        (self.fall,) = ax.plot([], [], color=plots.COLORS[0], linewidth=2, clip_on=False)
        (self.now,) = ax.plot([], [], "o", color=plots.COLORS[1], markeredgecolor="white", markersize=9, clip_on=False)
        ax.set_xscale("symlog", linthresh=1)
        ticks = [0, *(10**power for power in range(4) if 10**power <= last)]
        ax.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
        ax.set(xlim=(-0.2, 1.3 * max(last, 1)), ylim=(0, 1.08 * max(high, 1e-6)))
        if 0 < 30 * low < high:
            ax.set(yscale="log", ylim=(low / 1.5, high * 1.5))
        ax.minorticks_off()

    def draw(self, k):
        step = self.walk.frames[k]
        self.trail.set_data(*self.points[:, : step + 1])
        plots.move_descent_path(self.path, self.points[:, max(0, step - RECENT) : step + 1])
        self.fall.set_data(np.arange(step + 1), self.costs[: step + 1])
        self.now.set_data([step], [self.costs[step]])
        self.point_downhill(step)
        self.headline.set_text(self.heading(step))

    def point_downhill(self, step):
        here, slope = self.points[:, step], self.walk.slopes[:, step]
        way = -np.append(slope, 0)[:2]  # over a curve the arrow is level
        steepness = np.linalg.norm(way / self.sizes)
        self.downhill.set_visible(bool(steepness > 1e-12 and self.far[step] > ARRIVED * self.far[0]))
        self.downhill.set_positions(here, here + 0.17 * way / max(steepness, 1e-12))

    def heading(self, step):
        return f"step {step}, J = {self.costs[step]:.3g}: {verdict(self.walk, step)}"

    def describe(self, k):
        step = self.walk.frames[k]
        place = ", ".join(f"{value:.3g}" for value in self.walk.places[:, step])
        return f"{self.walk.label}. At ({place}), {self.heading(step)}"
