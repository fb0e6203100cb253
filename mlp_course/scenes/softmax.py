"""Softmax of one example: logits, exponentials, probabilities and gradient as bars, and three ways to compute the loss."""

import numpy as np

from .. import plots
from ..activations import softmax
from ..checks import real_array, same_shape, whole_number
from . import Scene

K = 3  # classes
LOW, HIGH = -8, 12  # the axis of z; larger ones are all drawn smaller by the same factor, which is said below the bars
POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
PLACES = 0.165, 0.27, 0.375, 0.48, 0.59, 0.695, 0.8, 0.93  # columns of the table: three e^z, their sum, three a, the loss
HEAD, *ROWS = 0.235, 0.175, 0.11, 0.045  # of the table


def softmax_scene(Z, right, class_names, words):
    """Return the scene of logits ``Z (3, m)``, a column for each frame, of an example of class ``right`` (0, 1 or 2).

    Above, as bars: z, e^(z - max z), a = softmax(z), and the gradient a - y of the loss -ln a_right. Below, in
    numbers, the loss in three ways: naive, from a = e^z / sum; stable, from the bars; and from z alone,
    max z + ln sum e^(z - max z) - z_right. ``words[k]`` say what was done to the logits up to frame k.
    """
    Z = same_shape("Z", real_array("Z", Z, ndim=2), (K, len(words)))
    if len(class_names) != K:
        raise ValueError(f"class_names must hold {K} names, got {len(class_names)}")
    if whole_number("right", right, least=0) >= K:
        raise ValueError(f"right must be a class from 0 to {K - 1}, got {right}")
    picture = _Picture(_States(Z, right), class_names, words)
    return Scene(picture.figure, Z.shape[1], picture.draw, picture.describe, picture.moving)


class _States:
    """What is shown, a column for each frame: both forms of softmax, the loss from z (m,), and the gradient (3, m)."""

    def __init__(self, Z, right):
        self.Z, self.right, self.max = Z, right, Z.max(axis=0)
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):  # inf and nan are what is to be seen
            naive = np.exp(Z)
            self.naive = _Form(naive, naive / naive.sum(axis=0), right)
            self.stable = _Form(np.exp(Z - self.max), softmax(Z), right)
        self.loss = self.max + np.log(self.stable.sum) - Z[right]
        self.gradient = self.stable.A - np.eye(K)[:, [right]]


class _Form:
    """A way to compute softmax: exponentials E (3, m), their sum (m,), probabilities A (3, m), loss -ln a_right (m,)."""

    def __init__(self, E, A, right):
        self.E, self.sum, self.A = E, E.sum(axis=0), A
        self.loss = -np.log(A[right]) + 0.0


class _Picture:
    def __init__(self, states, names, words):
        self.states, self.names, self.words = states, names, words
        self.figure, axes = plots.figure(7.2, 4.5, columns=4, layout=None)
        self.figure.subplots_adjust(left=0.015, right=0.985, bottom=0.43, top=0.845, wspace=0.1)
        labels = [f"{name} ✓" if k == states.right else name for k, name in enumerate(names)]
        self.panels = [
            _Panel(axes[0], "logits z", labels, (LOW, HIGH), rounded),
            _Panel(axes[1], "$\\mathbf{e^{\\,z\\,-\\,max\\,z}}$", labels, (0, 1), thousandths),
            _Panel(axes[2], "probabilities a", labels, (0, 1), thousandths, "the sum is always 1"),
            _Panel(axes[3], "gradient a − y", labels, (-1, 1), thousandths, "the sum is always 0"),
        ]
        self.scale = np.maximum(1, np.maximum(states.max / HIGH, states.Z.min(axis=0) / LOW))
        self.table = _Table(self.figure, states, names)
        style = {"fontsize": 13, "fontweight": "bold", "color": plots.INK}
        self.figure.text(0.985, 0.945, f"right class: {names[states.right]} ✓", ha="right", **style)
        self.headline = self.figure.text(0.015, 0.945, "", **style)
        self.moving = (*(artist for panel in self.panels for artist in panel.moving), *self.table.moving, self.headline)

    def draw(self, k):
        states, scale = self.states, self.scale[k]
        self.panels[0].draw(states.Z[:, k], scale)
        for panel, values in zip(self.panels[1:], (states.stable.E, states.stable.A, states.gradient)):
            panel.draw(values[:, k])
        axis = f"axis {rounded(LOW * scale, 0)} to {rounded(HIGH * scale, 0)}"
        self.panels[0].caption.set_text(axis if scale > 1 else f"sum {rounded(states.Z[:, k].sum())}")
        self.panels[1].caption.set_text(f"sum {compact(states.stable.sum[k])}")
        self.table.draw(k)
        self.headline.set_text(f"{self.words[k]}: loss {thousandths(states.loss[k])}")

    def describe(self, k):
        states = self.states
        rows = (states.Z, rounded), (states.stable.A, thousandths), (states.gradient, thousandths)
        z, a, gradient = (", ".join(show(value) for value in values[:, k]) for values, show in rows)
        naive, stable, loss = (thousandths(losses[k]) for losses in (states.naive.loss, states.stable.loss, states.loss))
        return (
            f"{', '.join(self.names)}; right class {self.names[states.right]}; {self.words[k]}: logits {z}; probabilities {a}; "
            f"gradient {gradient}; loss {loss} from z, {stable} by the stable form, {naive} by the naive form"
        )


class _Panel:
    """Three bars with their numbers."""

    def __init__(self, ax, title, labels, limits, show, caption=""):
        self.show, (low, high) = show, limits
        plots.dress(ax, title)
        ax.spines[["left", "bottom"]].set_visible(False)
        room = 0.13 * (high - low)  # for the numbers
        self.gap = 0.02 * (high - low)
        ax.set(xlim=(-0.55, K - 0.45), ylim=(low - room * (low < 0), high + room), yticks=[])
        ax.set_xticks(range(K), labels, fontsize=11)
        ax.tick_params(axis="x", length=0)
        self.caption = ax.text(0.5, -0.15, caption, transform=ax.transAxes, ha="center", va="top", fontsize=10, color=plots.GRAY)
        self.bars = ax.bar(range(K), np.zeros(K), width=0.62, color=plots.COLORS[:K])
        self.numbers = [ax.text(x, 0, "", ha="center", fontsize=10, color=plots.INK) for x in range(K)]
        zero = ax.axhline(0, color=plots.GRAY, linewidth=1, clip_on=False)
        self.moving = *self.bars, zero, *self.numbers, *([] if caption else [self.caption])

    def draw(self, values, scale=1):
        """Show ``values`` (3,) as bars, ``scale`` times lower than they are."""
        for bar, number, value in zip(self.bars, self.numbers, values):
            height = value / scale
            bar.set_height(height)
            number.set_text(self.show(value))
            number.set_y(height + (self.gap if height >= 0 else -self.gap))
            number.set_va("bottom" if height >= 0 else "top")


class _Table:
    """The loss in three ways, in numbers; what is no finite number is red."""

    def __init__(self, figure, states, names):
        self.states, self.figure = states, figure
        right = names[states.right]
        for place, head in zip(PLACES, [*(f"$e^z$ {name}" for name in names), "sum", *(f"a {name}" for name in names), "loss"]):
            self.cell(place, HEAD, head, plots.GRAY)
        for y, name in zip(ROWS, ("naive", "stable", "from z")):
            figure.text(0.015, y, name, fontsize=10, fontweight="bold", color=plots.INK)
        figure.text(0.125, ROWS[1], f"−ln a of {right}, from the bars above", fontsize=10, color=plots.INK)
        figure.text(0.125, ROWS[2], f"max z + ln sum − z of {right}", fontsize=10, color=plots.INK)
        self.naive = [self.cell(place, ROWS[0]) for place in PLACES]
        self.losses = [self.cell(PLACES[-1], y) for y in ROWS[1:]]
        self.formulas = [figure.text(0.52, y, "", fontsize=10, color=plots.INK) for y in ROWS[1:]]
        self.moving = *self.naive, *self.losses, *self.formulas

    def cell(self, x, y, words="", color=plots.INK):
        return self.figure.text(x, y, words, ha="center", fontsize=10, color=color)

    def draw(self, k):
        states, naive = self.states, self.states.naive
        for cell, value in zip(self.naive[:-1], (*naive.E[:, k], naive.sum[k], *naive.A[:, k])):
            show(cell, value, compact(value))
        for cell, losses in zip([self.naive[-1], *self.losses], (naive.loss, states.stable.loss, states.loss)):
            show(cell, losses[k], thousandths(losses[k]))
        z = rounded(states.Z[states.right, k])
        self.formulas[0].set_text(f"= −ln {compact(states.stable.A[states.right, k])}")
        self.formulas[1].set_text(
            f"= {rounded(states.max[k])} + ln {compact(states.stable.sum[k])} − {f'({z})' if z.startswith('−') else z}"
        )


def show(cell, value, words):
    """Write ``words`` into ``cell``, red when ``value`` is not finite."""
    cell.set_text(words)
    cell.set_color(plots.INK if np.isfinite(value) else plots.DARK_RED)


def rounded(value, digits=1):
    """Return ``value`` with ``digits`` decimals, none from 1,000 on; a rounded 0 has no sign."""
    digits = 0 if abs(value) >= 1000 else digits
    return f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", "−")


def thousandths(value):
    """Return ``value`` with three decimals, none from 1,000 on."""
    return rounded(value, 3)


def compact(value):
    """Return ``value`` >= 0 with a few digits, very large and very small ones with a power of ten."""
    if value == 0 or not np.isfinite(value):
        return f"{value:.0f}"
    if 0.01 <= value < 1e5:
        return rounded(value, 3 if value < 10 else 1)
    digits, power = f"{value:.1e}".split("e")
    return f"{digits}·10{str(int(power)).translate(POWERS)}"
