"""A deep network layer by layer: length of its gradient, its values, what is saturated or dead; at the start, and in training."""

from typing import NamedTuple

import numpy as np
from matplotlib.colors import PowerNorm
from matplotlib.ticker import FixedLocator, LogLocator, NullLocator, PercentFormatter, StrMethodFormatter

from .. import plots
from ..activations import sigmoid, tanh
from ..checks import instance
from ..network import MLP
from ..training import Recording
from . import Scene

BINS = 30  # of the values of a layer
FORWARD_FRAMES = 10  # at most, for the way forward
RANGES = {sigmoid: (0, 1), tanh: (-1, 1)}  # of a; for others, what the data ask for


class DeepNetwork(NamedTuple):
    """A network with at least two hidden layers, the states it passed through, and its examples X (n0, m), Y (1, m).

    ``caption``, in lines, is written below the picture; ``diverged``: the training broke off after the last state.
    """

    mlp: MLP
    recording: Recording
    X: np.ndarray
    Y: np.ndarray
    caption: str = ""
    diverged: bool = False


class Layers(NamedTuple):
    """One state of a network, seen layer by layer: entry l - 1 belongs to hidden layer l.

    ``norms``: the length of dJ/db[l], J being the mean over all examples (the measure of Nielsen 2015); ``values``:
    columns, the share of the entries of A[l] in each of BINS bins from below; ``ranges``: their least and largest,
    a column each; ``saturated``: the share of entries of Z[l] with g'(z) under a tenth of its largest value (for tanh
    |a| > .95, as in Glorot & Bengio 2010; for ReLU and Leaky ReLU z <= 0); ``dead``: the share of units whose slope is
    exactly 0 on every example. ``cost`` is J, ``right`` the share of right answers.
    """

    norms: np.ndarray
    values: np.ndarray
    ranges: np.ndarray
    saturated: np.ndarray
    dead: np.ndarray
    cost: float
    right: float


def start_scene(network):
    """Return the scene of a ``DeepNetwork`` in its first state: forward layer by layer, then back from the last layer.

    Going forward, the values of each layer appear; going back, the length of dJ/db[l] and the factor to the layer after
    it; the last frame sums up. Deep networks go forward several layers a frame.
    """
    picture = _Start(_deep(network))
    return Scene(picture.figure, len(picture.stops), picture.draw, picture.describe, picture.moving)


def training_scene(network):
    """Return the scene of a ``DeepNetwork`` while it trains: all layers at once and the cost, a frame a recorded state."""
    picture = _Training(_deep(network))
    return Scene(picture.figure, len(picture.states), picture.draw, picture.describe, picture.moving)


def _deep(network):
    sizes = instance("network", network, DeepNetwork).recording.sizes
    if len(sizes) < 4:
        raise ValueError(f"network must have at least two hidden layers, got sizes {sizes}")
    return network


def measured(network, k, limits):
    """Return the ``Layers`` of recorded state ``k``, its values counted between the two ``limits``."""
    mlp, params = network.mlp, network.recording.params(k)
    hidden = params.layers[:-1]
    Z, A = mlp.forward_sweep(params, network.X)
    gradient = mlp.backward_sweep(params, Z, A, network.Y, params.zeros_like())
    slopes = [np.abs(mlp.hidden_activation.slope(Z[l], A[l])) for l in hidden]
    return Layers(
        np.array([np.linalg.norm(gradient.b[l]) for l in hidden]),
        np.transpose([binned(A[l], *limits) for l in hidden]),
        np.transpose([(A[l].min(), A[l].max()) for l in hidden]),
        np.array([np.mean(slope < steepest(mlp.hidden_activation) / 10) for slope in slopes]),
        np.array([np.mean((slope == 0).all(axis=1)) for slope in slopes]),
        float(mlp.loss.unchecked_cost(Z[-1], A[-1], network.Y)),
        float(np.mean((A[-1] >= 0.5) == network.Y)),
    )


def finite(network):
    """Return ``network`` without the states at its end whose gradient is too large for a float: there it has diverged."""
    count = len(network.recording.epochs)
    with np.errstate(over="ignore", invalid="ignore"):
        while count > 1 and not np.isfinite(gradient_length(network, count - 1)):
            count -= 1
    diverged = network.diverged or count < len(network.recording.epochs)
    return network._replace(recording=first_states(network.recording, count), diverged=diverged)


def gradient_length(network, k):
    """Return the length of the whole gradient of recorded state ``k``."""
    params = network.recording.params(k)
    Z, A = network.mlp.forward_sweep(params, network.X)
    return np.linalg.norm(network.mlp.backward_sweep(params, Z, A, network.Y, params.zeros_like()).theta)


def first_states(recording, count):
    """Return ``recording`` with nothing but its first ``count`` states."""
    return recording._replace(epochs=recording.epochs[:count], thetas=recording.thetas[:count], costs=recording.costs[:count])


def steepest(g):
    """Return the largest slope of the activation ``g``, by trying z from -6 to 6."""
    z = np.linspace(-6, 6, 1201)
    return np.abs(g.derivative(z, g(z))).max()


def binned(A, low, high):
    """Return the share of entries of ``A`` in each of BINS bins from ``low`` to ``high``; the end bins take what is outside."""
    place = np.clip((A - low) * (BINS / (high - low)), 0, BINS - 1).astype(int)
    return np.bincount(place.ravel(), minlength=BINS) / A.size


def value_limits(network):
    """Return two limits for the values of all hidden layers, at the start and at the end: few lie outside."""
    if network.mlp.hidden_activation in RANGES:
        return RANGES[network.mlp.hidden_activation]
    low, high = 0.0, 0.0
    for k in (0, -1):
        A = network.mlp.forward_sweep(network.recording.params(k), network.X)[1][1:-1]
        low = min(low, *(each.min() for each in A))
        high = max(high, *(np.quantile(each, 0.995) for each in A))
    return low, high if high > low else low + 1


def factors(norms):
    """Return how many times smaller each layer's norm is than that of the layer after it; nan beside an exact 0."""
    both = (norms[1:] > 0) & (norms[:-1] > 0)
    return np.divide(norms[1:], norms[:-1], out=np.full(len(norms) - 1, np.nan), where=both)


def compared(factor, other=""):
    """Return a factor between two norms in words; ``other`` names what it is compared with."""
    size = max(factor, 1 / factor)
    number = f"{size:.1f}" if size < 9.95 else f"{size:,.0f}"
    if number == "1.0":
        return f"about equal to {other}" if other else "about equal"
    words = f"{number} times {'smaller' if factor > 1 else 'larger'}"
    return f"{words} than {other}" if other else words


def length(norm):
    """Return a norm in words, with two digits."""
    if norm == 0:
        return "exactly 0"
    two = f"{norm:.2g}"
    return f"{float(two):,.0f}" if 10 <= norm < 1e6 else two


def listed(norms, first=1):
    """Return ``norms`` of layers from ``first`` on in words, from the last layer back; of many layers only some."""
    layers = range(first, first + len(norms))
    shown = layers if len(norms) <= 6 else sorted({first + round(i) for i in np.linspace(0, len(norms) - 1, 5)})
    return ", ".join(f"layer {l} {length(norms[l - first])}" for l in reversed(shown))


class _Picture:
    """The board: norms on the left, above the cost where there is one; values and shares on the right."""

    def __init__(self, network, states, limits, with_cost):
        self.network, self.states = network, states
        self.depth = len(states[0].norms)
        self.words = network.caption.replace("\n", "; ")
        self.figure, *axes = _board(with_cost, network.caption)
        self.headline = self.figure.text(0.012, 0.945, " ", fontsize=12, fontweight="bold", color=plots.INK)
        self.norms = _Norms(axes[0], states, pale=with_cost)
        self.values = _Values(axes[1], self.depth, limits)
        self.shares = _Shares(axes[2], self.depth)
        self.cost = _Cost(axes[3], network.recording.epochs, states) if with_cost else None
        parts = [self.norms, self.values, self.shares, *([self.cost] if with_cost else [])]
        frames = [ax.spines[side] for ax in axes for side in ("left", "bottom")]
        self.moving = (*(artist for part in parts for artist in part.moving), *frames, self.headline)


class _Start(_Picture):
    """Forward, then back: at a stop (f, b), layers 1 .. f have values and layers b .. have norms; b = 0 sums up."""

    def __init__(self, network):
        network = network._replace(recording=first_states(network.recording, 1))
        limits = value_limits(network)
        super().__init__(network, [measured(network, 0, limits)], limits, with_cost=False)
        (self.layers,) = self.states
        depth = self.depth
        forward = np.unique(np.linspace(1, depth, min(depth, FORWARD_FRAMES)).round().astype(int)).tolist()
        self.stops = [(f, depth + 1) for f in forward] + [(depth, b) for b in range(depth, -1, -1)]

    def draw(self, k):
        f, b = self.stops[k]
        self.norms.draw(self.layers, b)
        self.values.draw(self.layers, f)
        self.shares.draw(self.layers, f)
        self.headline.set_text(self.heading(f, b))

    def heading(self, f, b):
        if b > self.depth:
            return f"Forward, layer {f} of {self.depth}: {self.spread(f)}"
        return f"Back, layer {b}: {self.norm(b)}" if b else self.summary()

    def spread(self, l):
        return "a from {:.2g} to {:.2g}".format(*self.layers.ranges[:, l - 1])

    def norm(self, l):
        norms, text = self.layers.norms, f"norm {length(self.layers.norms[l - 1])}"
        if l == self.depth or not (norms[l - 1] and norms[l]):
            return text
        return f"{text}, {compared(factors(norms)[l - 1], f'that of layer {l + 1}')}"

    def summary(self):
        between = factors(self.layers.norms)
        if np.isnan(between).all():
            return "The norm is exactly 0 in every hidden layer"
        return f"Each layer back: {compared(np.nanmedian(between))} (median). Layer 1: norm {length(self.layers.norms[0])}"

    def describe(self, k):
        f, b = self.stops[k]
        shares = f"saturated {self.layers.saturated[f - 1]:.0%}, dead units {self.layers.dead[f - 1]:.0%}"
        if b > self.depth:
            return f"{self.words}. Forward to layer {f} of {self.depth}: {self.spread(f)}, {shares}"
        end = f"gradient norms {listed(self.layers.norms[max(b, 1) - 1 :], max(b, 1))}"
        return f"{self.words}. {self.heading(f, b)}; {end}"


class _Training(_Picture):
    """All layers at once, a state a frame."""

    def __init__(self, network):
        network = finite(network)
        limits = value_limits(network)
        states = [measured(network, k, limits) for k in range(len(network.recording.epochs))]
        super().__init__(network, states, limits, with_cost=True)

    def draw(self, k):
        layers = self.states[k]
        self.norms.draw(layers, 0)
        self.values.draw(layers, self.depth)
        self.shares.draw(layers, self.depth)
        self.cost.draw(k)
        self.headline.set_text(self.heading(k))

    def heading(self, k):
        layers = self.states[k]
        cost = f"{layers.cost:.3f}" if layers.cost < 10 else length(layers.cost)
        text = f"Epoch {self.network.recording.epochs[k]}: J {cost}, {layers.right:.0%} right"
        if self.network.diverged and k == len(self.states) - 1:
            return f"{text}; then the training diverges"
        if not layers.norms.any():
            return f"{text}; norm exactly 0 in all hidden layers"
        return f"{text}; norm {length(layers.norms[0])} (layer 1), {length(layers.norms[-1])} (layer {self.depth})"

    def describe(self, k):
        layers = self.states[k]
        return (
            f"{self.words}. {self.heading(k)}; gradient norms {listed(layers.norms)}; "
            f"saturated {layers.saturated.mean():.0%}, dead units {layers.dead.mean():.0%}"
        )


def _board(with_cost, caption):
    """Return the figure and the axes of norms, values, shares, and of the cost where it is shown."""
    fig, axes = plots.figure(7.2, 4.4, columns=2, layout=None)
    fig.subplots_adjust(left=0.095, right=0.985, bottom=0.215, top=0.865, wspace=0.24)
    places = [ax.get_subplotspec() for ax in axes]
    for ax in axes:
        ax.remove()
    left = places[0].subgridspec(2, 1, hspace=0.75, height_ratios=[1.5, 1]) if with_cost else places[0].subgridspec(1, 1)
    norms, *cost = [fig.add_subplot(left[row]) for row in range(1 + with_cost)]
    values, shares = places[1].subgridspec(2, 1, hspace=0.52, height_ratios=[1.3, 1]).subplots()
    fig.text(0.012, 0.02, caption, fontsize=10, color=plots.INK, linespacing=1.25)
    return fig, norms, values, shares, *cost


def _layer_axis(ax, depth, label="layer"):
    step = 1 if depth <= 10 else 5
    ax.set_xlim(0.5, depth + 0.5)
    ax.xaxis.set_major_locator(FixedLocator([1, *range(step if step > 1 else 2, depth + 1, step)]))
    ax.set_xlabel(label, fontsize=11, color=plots.INK, labelpad=1)


class _Norms:
    """The length of dJ/db[l], layer by layer, on a log axis with a place for exact 0 at its foot."""

    def __init__(self, ax, states, pale):
        plots.dress(ax, "norm of ∂J/∂b, each layer")
        self.x = np.arange(1, len(states[0].norms) + 1)
        _layer_axis(ax, self.x.size, "layer (pale: at the start)" if pale else "layer")
        norms = np.array([each.norms for each in states])
        self.foot = self.scale(ax, norms, (0, 0) if pale else (-self.x.size - 1, 0))  # at the start it tells nothing ahead
        if pale:
            ax.plot(self.x, self.on_axis(norms[0]), "o-", color="#bcd6e8", linewidth=1.5, markersize=5, clip_on=False)
        self.note = ax.text(0.03, 0.06, "", transform=ax.transAxes, fontsize=10, color=plots.DARK_RED)
        size = 7 if self.x.size <= 12 else 5
        (self.line,) = ax.plot([], [], "o-", color=plots.COLORS[0], linewidth=1.5, markersize=size, clip_on=False, zorder=3)
        (self.zeros,) = ax.plot([], [], "X", color=plots.DARK_RED, markersize=size + 1, clip_on=False, zorder=5)
        (self.latest,) = ax.plot([], [], "D", color=plots.COLORS[1], markersize=size + 2, clip_on=False, zorder=4)
        self.moving = self.line, self.latest, self.zeros, self.note

    def scale(self, ax, norms, powers):
        """Set the log axis around 10 to the two ``powers`` and all ``norms`` but exact 0; return its lower end."""
        low, high = (norms[norms > 0].min(), norms.max()) if norms.any() else (1e-3, 1)
        upper = max(np.ceil(np.log10(high)), powers[1])
        lower = min(np.floor(np.log10(low)), upper - 3, powers[0])  # norms that are nearly equal are to look so
        lower -= (norms == 0).any()
        ax.set_yscale("log")
        ax.set_ylim(10.0**lower, 10.0**upper)
        ax.yaxis.set_major_locator(LogLocator(numticks=7))
        ax.yaxis.set_minor_locator(NullLocator())
        return 10.0**lower

    def on_axis(self, norms):
        return np.maximum(norms, self.foot)

    def draw(self, layers, b):
        """Show the layers from ``b`` on, b itself marked; all of them, and none marked, for b = 0."""
        first = max(b, 1) - 1
        x, norms = self.x[first:], layers.norms[first:]
        self.line.set_data(x[norms > 0], norms[norms > 0])
        self.zeros.set_data(x[norms == 0], self.on_axis(norms[norms == 0]))
        self.note.set_text("on the axis: exactly 0" if (norms == 0).any() else "")
        marked = slice(0, 1) if b and norms.size and norms[0] > 0 else slice(0, 0)
        self.latest.set_data(x[marked], norms[marked])


class _Values:
    """The distribution of a in each layer: a column of shares."""

    def __init__(self, ax, depth, limits):
        plots.dress(ax, "values of a (dark: many)")
        self.map = ax.imshow(
            np.zeros((BINS, depth)), origin="lower", extent=(0.5, depth + 0.5, *limits), aspect="auto",
            interpolation="nearest", cmap=plots.COST, norm=PowerNorm(0.5, 0, 0.5),
        )  # fmt: skip
        _layer_axis(ax, depth, "")
        ax.locator_params(axis="y", nbins=4)
        ax.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))  # no factor above the axis, where the title is
        self.moving = (self.map,)

    def draw(self, layers, f):
        self.map.set_data(np.where(np.arange(layers.values.shape[1]) < f, layers.values, 0))


class _Shares:
    """The shares of saturated entries and of dead units, layer by layer."""

    def __init__(self, ax, depth):
        plots.dress(ax)
        self.x = np.arange(1, depth + 1)
        _layer_axis(ax, depth)
        ax.set_ylim(0, 1)
        ax.yaxis.set_major_formatter(PercentFormatter(1))
        ax.set_yticks([0, 0.5, 1])
        style = {"linewidth": 1.5, "markersize": 6 if depth <= 12 else 4, "clip_on": False}
        (self.dead,) = ax.plot([], [], "s-", color=plots.INK, label="dead units", **style)
        (self.saturated,) = ax.plot([], [], "^-", color=plots.COLORS[1], label="saturated entries", **style)
        plots.legend(ax, loc="lower left", bbox_to_anchor=(-0.06, 1), ncols=2, columnspacing=1, borderpad=0.2, handlelength=1.4)
        self.moving = self.dead, self.saturated

    def draw(self, layers, f):
        self.saturated.set_data(self.x[:f], layers.saturated[:f])
        self.dead.set_data(self.x[:f], layers.dead[:f])


class _Cost:
    """J against epochs, up to the present state."""

    def __init__(self, ax, epochs, states):
        self.epochs, self.costs = epochs, np.array([each.cost for each in states])
        last = max(epochs[-1], 1)
        plots.dress(ax, "cost J", "epoch")
        ax.set_xscale("symlog", linthresh=1)
        ax.set(xlim=(-0.1, 1.2 * last), ylim=(0, 1.08 * self.costs.max()))
        ticks = [0, *(10**power for power in range(4) if 10**power <= last)]
        ax.set_xticks(ticks, [str(tick) for tick in ticks])
        ax.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
        (self.line,) = ax.plot([], [], "o-", color=plots.COLORS[2], linewidth=1.8, markersize=3.5, clip_on=False)
        self.moving = (self.line,)

    def draw(self, k):
        self.line.set_data(self.epochs[: k + 1], self.costs[: k + 1])
