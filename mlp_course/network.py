"""Forward propagation and backpropagation of a multilayer perceptron.

Shapes, with sizes (n0, n1, ..., nL) and m examples, one a column:
X = A[0] (n0, m);  W[l] (n_l, n_{l-1});  b[l] (n_l, 1);  Z[l], A[l], dZ (n_l, m).
dW[l] = dJ/dW[l] and db[l] = dJ/db[l] are derivatives of the cost, the mean over examples;
column i of dZ[l] is the derivative of the loss of example i, so dJ/dZ[l] = dZ[l] / m.
"""

from dataclasses import dataclass

import numpy as np

from .activations import Activation, identity, softmax
from .checks import examples, instance, real_array, same_shape, shown
from .losses import Loss
from .parameters import Parameters


def _check_parameters(params):
    real_array("params.theta", instance("params", params, Parameters).theta)


@dataclass(frozen=True)
class MLP:
    """A multilayer perceptron: one activation for all hidden layers, and a loss that brings the output's.

    It holds no parameters and no caches. The two sweeps below are the equations; ``forward`` and
    ``backward`` check their arguments and then run them.
    """

    hidden_activation: Activation
    loss: Loss

    def __post_init__(self):
        instance("hidden_activation", self.hidden_activation, Activation)
        instance("loss", self.loss, Loss)
        if self.hidden_activation is softmax:
            raise ValueError("hidden_activation must act entry by entry, got softmax: it belongs to the output")

    def activation(self, l, L):
        """Return the function g[l]: the loss's output activation when l == L, else the hidden one.  Nothing is checked."""
        return (self.loss.output if l == L else self.hidden_activation).function

    def forward_sweep(self, params, X):
        """Z[l] = W[l] A[l-1] + b[l],  A[l] = g[l](Z[l]),  l = 1 .. L.  Nothing is checked."""
        W, b, L = params.W.views, params.b.views, len(params.layers)
        Z, A = [None] * (L + 1), [X] + [None] * L
        for l in params.layers:
            Z[l] = W[l] @ A[l - 1]
            Z[l] += b[l]  # in place: one pass through memory less than W[l] @ A[l - 1] + b[l]
            A[l] = self.activation(l, L)(Z[l])
        return Z, A

    def backward_sweep(self, params, Z, A, Y, out):
        """dW[l] = dZ[l] A[l-1]^T / m,  db[l] = row sums of dZ[l] / m,  dZ[l-1] = W[l]^T dZ[l] * g'(Z[l-1]).

        Nothing is checked; dW[l] and db[l] are written into ``out``, in its precision; it is returned.
        """
        W, dW, db = params.W.views, out.W.views, out.b.views
        L, m = len(params.layers), A[0].shape[1]
        dZ = self.loss.unchecked_dZ(Z[L], A[L], Y)
        for l in reversed(params.layers):
            np.matmul(dZ, A[l - 1].T, out=dW[l])
            dZ.sum(axis=1, keepdims=True, out=db[l])
            if l > 1:
                dZ = np.dot(W[l].T, dZ)  # where layer l has one unit, twice as fast as @
                dZ *= self.hidden_activation.slope(Z[l - 1], A[l - 1])
        out.theta *= 1 / m  # the mean over the examples, of every dW[l] and db[l] at once
        return out

    def forward(self, params, X):
        """Return the lists ``Z`` and ``A`` with Z[l], A[l] of shape (n_l, m); A[0] is X and Z[0] is None."""
        _check_parameters(params)
        return self.forward_sweep(params, examples("X", X, params.sizes[0]))

    def backward(self, params, Z, A, Y):
        """Return the gradient of J as fresh ``Parameters`` whose W[l], b[l] are dW[l], db[l].

        ``Z`` and ``A`` come from ``forward`` with the same ``params``; ``Y (n_L, m)`` are the targets.
        """
        _check_parameters(params)
        L = len(params.layers)
        for name, values in (("Z", Z), ("A", A)):
            if not isinstance(values, (list, tuple)) or len(values) != L + 1:
                got = f"{len(values)} in a {type(values).__name__}" if np.iterable(values) else shown(values)
                raise ValueError(f"{name} must be the list of {L + 1} entries that forward returned, got {got}")
        Z, A = list(Z), [examples("A[0]", A[0], params.sizes[0]), *A[1:]]
        m = A[0].shape[1]
        for l in params.layers:
            for name, values in (("Z", Z), ("A", A)):
                values[l] = same_shape(f"{name}[{l}]", real_array(f"{name}[{l}]", values[l]), (params.sizes[l], m))
        return self.backward_sweep(params, Z, A, self.loss.targets(Y, A[L].shape), params.zeros_like())

    def cost(self, params, X, Y):
        """Return J, the mean loss over the m examples, as a ``float``."""
        Z, A = self.forward(params, X)
        return self.loss.cost(Z[-1], A[-1], Y)

    def gradient(self, params, X, Y):
        """Return the gradient of J at ``params`` on the examples ``X (n0, m)`` with targets ``Y (n_L, m)``."""
        Z, A = self.forward(params, X)
        return self.backward(params, Z, A, Y)

    def predict(self, params, X):
        """Return the predicted labels (m,): the largest of K outputs, or output >= 1/2 where there is one.

        A network with identity output predicts numbers, not labels: read them from ``forward``.
        """
        A = self.forward(params, X)[1][-1]
        if self.loss.output is identity:
            raise TypeError(f"predict gives labels, but {self.loss.name} is for numbers: use forward(params, X)[1][-1]")
        return (A[0] >= 0.5).astype(int) if len(A) == 1 else np.argmax(A, axis=0)
