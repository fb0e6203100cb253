"""One neuron with two inputs: its line and probabilities beside the cost of every pair of weights."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from .. import plots
from ..activations import sigmoid
from ..checks import label_vector, real_array, same_shape
from . import Scene

COST = LinearSegmentedColormap.from_list("cost", ["#fbfaf7", "#d9c9e6", "#8c6bb1", "#4d2d73"])
WEIGHTS = (-8, 8)


def neuron_scene(X, y, recording, class_names, feature_names):
    """Return the scene of a neuron's training: ``X (2, m)``, ``y (m,)``, a ``Recording`` of a network (2, 1).

    Left: P(class 1) as color, the points, and the line where a = 1/2. Right: J for every (w1, w2) at the
    current b, the path so far, and an arrow downhill, the way the next update goes.
    """
    X = real_array("X", X, ndim=2)
    y = label_vector("y", y, X.shape[1], classes=2)
    same_shape("recording.thetas", recording.thetas, (len(recording.epochs), 3))
    fig, (plane, valley) = plots.figure(7.2, 3.7, columns=2, layout=None)
    fig.subplots_adjust(left=0.075, right=0.985, bottom=0.15, top=0.83, wspace=0.2)
    picture = _Picture(X, y, recording, plane, valley, class_names, feature_names)
    return Scene(fig, len(recording.epochs), picture.draw, picture.describe)


class _Picture:
    def __init__(self, X, y, recording, plane, valley, class_names, feature_names):
        self.X, self.y, self.recording = X, y, recording
        self.plane, self.valley = plane, valley
        reach = 1.08 * np.abs(X).max()
        limits = (-reach, reach)
        self.inputs = plots.grid(limits, limits, 60)
        self.weights = plots.grid(WEIGHTS, WEIGHTS, 33)
        self.map = plots.value_map(plane, np.zeros(60 * 60), limits, limits)
        plots.points(plane, X, y, class_names, size=18)
        self.line = plots.boundary(plane, (0, 0), 0)
        plots.legend(plane, loc="lower right", ncols=2, columnspacing=0.8, borderaxespad=0.2)
        plots.dress(plane, " ", *feature_names)
        self.cost = plots.value_map(valley, np.zeros(33 * 33), WEIGHTS, WEIGHTS, COST, vmin=0, vmax=3)
        (self.path,) = valley.plot([], [], color="white", linewidth=3, zorder=3)
        (self.trace,) = valley.plot([], [], color=plots.COLORS[1], linewidth=1.6, zorder=4)
        (self.here,) = valley.plot([], [], "o", color=plots.COLORS[1], markeredgecolor="white", markersize=9, zorder=6)
        self.downhill = plots.arrow(valley, (0, 0), (1, 1), color=plots.INK, zorder=5)
        plots.dress(valley, " ", "$w_1$", "$w_2$")

    def state(self, k):
        """Return w (2,), b, J, accuracy and dJ/dw (2,) of recorded state ``k``."""
        w, b = self.recording.thetas[k][:2], self.recording.thetas[k][2]
        z = w @ self.X + b
        J = np.mean(np.logaddexp(0, z) - self.y * z)
        dw = self.X @ (sigmoid(z) - self.y) / self.y.size
        return w, b, J, np.mean((z >= 0) == self.y), dw

    def draw(self, k):
        w, b, J, accuracy, dw = self.state(k)
        self.map.set_data(sigmoid(w @ self.inputs + b).reshape(60, 60))
        plots.move_boundary(self.line, w, b)
        self.plane.set_title(f"step {self.recording.epochs[k]}: accuracy {accuracy:.2f}", loc="left")
        self.cost.set_data(self.valley_of(b))
        path = self.recording.thetas[: k + 1, :2].T
        self.path.set_data(*path)
        self.trace.set_data(*path)
        self.here.set_data(w[:1], w[1:])
        steepness = np.linalg.norm(dw)
        self.downhill.set_visible(bool(steepness > 1e-4))
        # The longest arrow is 4 units; shorter ones shrink with the slope, but stay long enough to be seen.
        length = min(4, 0.8 + 8 * steepness)
        self.downhill.set_positions(w, w - length * dw / max(steepness, 1e-12))
        self.valley.set_title(f"J = {J:.3f}; arrow: downhill", loc="left")

    def valley_of(self, b):
        """Return J (33, 33) for every pair of weights of the right panel, with bias ``b``."""
        Z = self.weights.T @ self.X + b
        J = np.mean(np.maximum(Z, 0) + np.log1p(np.exp(-np.abs(Z))) - self.y * Z, axis=1)
        return J.reshape(33, 33)

    def describe(self, k):
        w, b, J, accuracy, _ = self.state(k)
        return (
            f"One neuron at step {self.recording.epochs[k]}: w = ({w[0]:.2f}, {w[1]:.2f}), b = {b:.2f}, "
            f"cost J = {J:.3f}, accuracy {accuracy:.2f}"
        )
