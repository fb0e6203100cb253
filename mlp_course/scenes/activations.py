"""One activation: its curve and its slope side by side, with a point that moves along z."""

import numpy as np

from .. import plots
from ..activations import Activation
from ..checks import instance
from . import Scene

FAR = 6  # z runs from -FAR to FAR
FINE = np.linspace(-FAR, FAR, 481)
STOPS = np.arange(0, FINE.size, 10)  # where the point stops: z = -6, -5.75, ... 6


def activation_scene(g, name, scattered=False):
    """Return the scene of an ``Activation`` g that acts entry by entry, called ``name`` in its titles.

    Left: a = g(z) with its tangent at the point; right: the slope g'(z). Shaded: the flat zone, where the slope is
    under a tenth of the largest one shown, or 0. At a corner no tangent is drawn. ``scattered`` draws dots, not a
    line, for a function that is drawn at random.
    """
    instance("name", name, str)
    fig, axes = plots.figure(7.2, 3.8, columns=2, layout=None)
    fig.subplots_adjust(left=0.07, right=0.985, bottom=0.19, top=0.91, wspace=0.2)
    picture = _Picture(instance("g", g, Activation), name, {"linestyle": "", "marker": ".", "markersize": 3} if scattered else {}, *axes)
    return Scene(fig, STOPS.size, picture.draw, picture.describe, picture.moving)


def flat_zone(slopes):
    """Return where ``slopes`` (m,) are under a tenth of the largest of them, or 0, as an array of True and False."""
    size = np.abs(slopes)
    return (size < size.max() / 10) | (size == 0)


class _Picture:
    def __init__(self, g, name, style, left, right):
        self.g, self.name, self.style = g, name, style
        self.a = g(FINE)
        self.slopes = g.derivative(FINE, self.a)
        self.flat = flat_zone(self.slopes)
        self.shades, self.points, self.titles = [], [], []
        self.dress(left, self.a)
        self.dress(right, self.slopes)
        (self.tangent,) = left.plot([], [], color=plots.ACCENT, linewidth=2, zorder=4, label="tangent")
        plots.legend(left, loc="upper left", bbox_to_anchor=(-0.03, -0.14), ncols=2, columnspacing=1, borderpad=0.2)
        frames = [ax.spines[side] for ax in (left, right) for side in ("left", "bottom")]
        self.moving = (self.tangent, *self.points, *frames, *self.titles)

    def dress(self, ax, values):
        plots.dress(ax)
        ax.set_xlabel("z", loc="right", fontsize=11, color=plots.INK)
        low, high = min(values.min(), 0), max(values.max(), 0)
        high = high if high > low else 1  # the step's slope is 0 everywhere
        margin = 0.08 * (high - low)
        ax.set(xlim=(-FAR - 0.3, FAR + 0.3), ylim=(low - margin, high + margin), xticks=range(-6, 7, 2))
        ax.axhline(0, color=plots.GRAY, linewidth=0.8, zorder=1)
        self.shades.append(ax.fill_between(
            FINE, 0, 1, where=self.flat, transform=ax.get_xaxis_transform(), color="#e4e7eb", linewidth=0, zorder=0,
            label="flat: slope under a tenth of the largest",
        ))  # fmt: skip
        ax.plot(*self.pieces(values), color=plots.COLORS[0], linewidth=2.4, zorder=3, **self.style)
        self.points += ax.plot([], [], "o", color=plots.COLORS[1], markeredgecolor="white", markersize=10, zorder=5)
        self.titles.append(plots.left_title(ax))

    def pieces(self, values):
        """Return z and ``values`` to plot; where g has a corner, nothing joins the two sides."""
        if not self.g.kink_at_0:
            return FINE, values
        middle = np.flatnonzero(FINE == 0)[0]
        middle += values is self.slopes  # the slope chosen at 0 is that of the left side, the value that of the right
        return np.insert(FINE, middle, 0), np.insert(values, middle, np.nan)

    def state(self, k):
        """Return z, a, the slope, and whether g has a corner there, at stop ``k``."""
        i = STOPS[k]
        return FINE[i], self.a[i] + 0.0, self.slopes[i] + 0.0, bool(self.g.kink_at_0 and FINE[i] == 0)

    def draw(self, k):
        z, a, slope, corner = self.state(k)
        ends = np.array([z - 1.5, z + 1.5])
        self.tangent.set_data(ends, a + slope * (ends - z))
        self.tangent.set_visible(not corner)
        for point, value in zip(self.points, (a, slope)):
            point.set_data([z], [value])
        self.titles[0].set_text(f"{self.name}: z = {z:.2f}, a = {a:.3f}")
        self.titles[1].set_text(f"slope g'(z) = {slope:.3f}" + (" (a choice)" if corner else ""))

    def describe(self, k):
        z, a, slope, corner = self.state(k)
        place = "a corner, where the slope is a choice" if corner else ("in the flat zone" if self.flat[STOPS[k]] else "not in the flat zone")
        return f"{self.name} at z = {z:.2f}: value {a:.3f}, slope {slope:.3f}; {place}"
