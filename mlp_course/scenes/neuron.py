"""One neuron with two inputs: its line and probabilities beside the cost of every pair of weights."""

import numpy as np

from .. import plots
from ..activations import sigmoid
from ..checks import examples, label_vector, same_shape
from . import Scene

WEIGHTS = (-8, 8)
FINE, COARSE = 100, 25  # points a side of the two maps


def neuron_scene(X, y, recording, class_names, feature_names):
    """Return the scene of a neuron's training: ``X (2, m)``, ``y (m,)``, a ``Recording`` of a network (2, 1).

    Left: P(class 1) as color, the points, and the line where a = 1/2. Right: J for every (w1, w2) at the
    current b, the path so far, and an arrow downhill, the way the next update goes.
    """
    X = examples("X", X, 2)
    y = label_vector("y", y, X.shape[1], classes=2)
    same_shape("recording.thetas", recording.thetas, (len(recording.epochs), 3))
    fig, (plane, valley) = plots.figure(7.2, 3.8, columns=2, layout=None)
    fig.subplots_adjust(left=0.09, right=0.985, bottom=0.14, top=0.91, wspace=0.18)
    picture = _Picture(X, y, recording, plane, valley, class_names, feature_names)
    return Scene(fig, len(recording.epochs), picture.draw, picture.describe, picture.moving)


class _Picture:
    def __init__(self, X, y, recording, plane, valley, class_names, feature_names):
        self.X, self.y, self.recording = X, y, recording
        self.targets = y.astype(np.float32)
        self.flat = X.astype(np.float32)  # half the time for the right map, whose colors need few digits
        (low1, low2), (high1, high2) = X.min(axis=1) - 0.4, X.max(axis=1) + 0.4
        limits = (low1, high1), (low2, high2)
        self.inputs = plots.grid(*limits, FINE)
        self.weights = plots.grid(WEIGHTS, WEIGHTS, COARSE).astype(np.float32)
        plots.dress(plane, " ", *feature_names)
        plane.set_xlabel(feature_names[0], loc="right", fontsize=11, color=plots.INK)
        plots.dress(valley, " ", "$w_1$", "$w_2$")
        valley.set(xticks=range(-8, 9, 4), yticks=range(-8, 9, 4))
        self.map = plots.value_map(plane, np.zeros(FINE**2), *limits, interpolation="nearest")
        self.valley = plots.value_map(valley, np.zeros(COARSE**2), WEIGHTS, WEIGHTS, plots.COST, np.log(0.2), np.log(8))
        self.line = plots.boundary(plane, (0, 0), 0)
        (self.halo,) = valley.plot([], [], color="white", linewidth=3.5)
        (self.path,) = valley.plot([], [], color=plots.COLORS[1], linewidth=1.8)
        (self.here,) = valley.plot([], [], "o", color=plots.COLORS[1], markeredgecolor="white", markersize=9)
        self.downhill = plots.arrow(valley, (0, 0), (1, 1), color=plots.INK)
        self.titles = plots.left_title(plane), plots.left_title(valley)
        shown = plots.points(plane, X, y, class_names, size=18)
        plots.legend(plane, loc="upper left", bbox_to_anchor=(-0.03, -0.065), ncols=2, columnspacing=0.8, handlelength=1, borderpad=0.2)
        frames = [ax.spines[side] for ax in (plane, valley) for side in ("left", "bottom")]
        self.moving = (
            self.map, *shown, self.line, self.valley, self.halo, self.path, self.downhill, self.here, *frames, *self.titles
        )  # fmt: skip

    def state(self, k):
        """Return w (2,), b, J, accuracy and dJ/dw (2,) of recorded state ``k``."""
        w, b = self.recording.thetas[k][:2], self.recording.thetas[k][2]
        z = w @ self.X + b
        dw = self.X @ (sigmoid(z) - self.y) / self.y.size
        return w, b, self.recording.costs[k], np.mean((z >= 0) == self.y), dw

    def draw(self, k):
        w, b, J, accuracy, dw = self.state(k)
        self.map.set_data(sigmoid(w @ self.inputs + b).reshape(FINE, FINE))
        plots.move_boundary(self.line, w, b)
        self.valley.set_data(np.log(self.costs(b)))
        path = self.recording.thetas[: k + 1, :2].T
        self.halo.set_data(*path)
        self.path.set_data(*path)
        self.here.set_data(w[:1], w[1:])
        self.point_downhill(w, dw)
        self.titles[0].set_text(f"step {self.recording.epochs[k]}: accuracy {accuracy:.2f}")
        self.titles[1].set_text(f"cost J = {J:.3f}, arrow downhill")

    def point_downhill(self, w, dw):
        steepness = np.linalg.norm(dw)
        self.downhill.set_visible(bool(steepness > 1e-3))
        length = min(4, 1 + 8 * steepness)  # shrinks with the slope, but stays long enough to be seen
        self.downhill.set_positions(w, w - length * dw / max(steepness, 1e-12))

    def costs(self, b):
        """Return J for every pair of weights of the right map, with bias ``b``."""
        Z = self.weights.T @ self.flat + np.float32(b)
        softplus = np.maximum(Z, 0) + np.log(1 + np.exp(-np.abs(Z)))  # log(1 + exp(Z)) without overflow
        return (softplus.mean(axis=1) - Z @ self.targets / self.y.size).reshape(COARSE, COARSE)

    def describe(self, k):
        w, b, J, accuracy, _ = self.state(k)
        return (
            f"One neuron at step {self.recording.epochs[k]}: w = ({w[0]:.2f}, {w[1]:.2f}), b = {b:.2f}, "
            f"cost J = {J:.3f}, accuracy {accuracy:.2f}"
        )
