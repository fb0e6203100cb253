"""Losses: the cost J of a network's output and the error signal dZ that starts backpropagation.

Every cost is the mean over the m examples (columns) of the loss of one example,
J = (1/m) sum_i loss(i). ``dZ`` holds in column i the derivative of *loss(i)* with respect to the
output's pre-activation, so dJ/dZ = dZ / m. For a matched pair of output activation and loss
(sigmoid and binary cross-entropy, softmax and cross-entropy, identity and half squared error)
it is A - Y, and no slope of the output activation appears that could vanish.

With targets y_k and outputs a_k of one example, k = 1 .. K, the losses are:

    binary_cross_entropy    -sum_k [y_k log a_k + (1 - y_k) log(1 - a_k)]    a = sigmoid(z)
    cross_entropy           -sum_k y_k log a_k                               a = softmax(z)
    half_squared_error      1/2 sum_k (a_k - y_k)^2                          a = z
    mean_squared_error      sum_k (a_k - y_k)^2                              a = z
    sigmoid_squared_error   1/2 sum_k (a_k - y_k)^2                          a = sigmoid(z)

The mean is over examples alone; scikit-learn's mean squared error divides by K as well.
"""

import numpy as np

from .activations import Activation, identity, sigmoid, softmax
from .checks import function, instance, real_array, same_shape


class Loss:
    """A loss with its output activation: ``cost(Z, A, Y)`` is J, ``dZ(Z, A, Y)`` the error signal (K, m).

    ``Z`` and ``A = output(Z)`` are the output layer's, shape (K, m); ``Y`` are the targets, shape (K, m),
    natural logarithms throughout. ``unchecked_cost`` and ``unchecked_dZ`` are the same two without checks, for use
    inside a network. Raises ``TypeError`` or ``ValueError`` that names the argument.
    """

    def __init__(self, name, output, cost, dZ):
        self.name = instance("name", name, str)
        self.output = instance("output", output, Activation)
        self.unchecked_cost = function("cost", cost)
        self.unchecked_dZ = function("dZ", dZ)

    def cost(self, Z, A, Y):
        """Return J, the mean loss of the m columns, as a ``float``."""
        return float(self.unchecked_cost(*self._checked(Z, A, Y)))

    def dZ(self, Z, A, Y):
        """Return dZ (K, m): column i holds the derivative of the loss of example i, so dJ/dZ = dZ / m."""
        return self.unchecked_dZ(*self._checked(Z, A, Y))

    def targets(self, Y, shape):
        """Return ``Y`` checked as targets of this loss for an output of ``shape`` (K, m)."""
        Y, K = real_array("Y", Y), instance("shape", shape, tuple)[0]
        if Y.ndim == 1:
            make = "y[None, :]" if K == 1 else f"np.eye({K})[:, y]"
            raise ValueError(f"Y must have shape {shape}, got {Y.shape}: labels? write {make}")
        same_shape("Y", Y, shape)
        if self.output in (sigmoid, softmax) and (Y.min() < 0 or Y.max() > 1):
            raise ValueError(f"Y must lie between 0 and 1 for {self.name}, got {Y.min():g} to {Y.max():g}")
        sums = Y.sum(axis=0)
        if self.output is softmax and not np.allclose(sums, 1):
            raise ValueError(f"Y must be one-hot for {self.name}, got a column with sum {sums[np.abs(sums - 1).argmax()]:g}")
        return Y

    def _checked(self, Z, A, Y):
        Z = real_array("Z", Z, ndim=2)
        A = same_shape("A", real_array("A", A, ndim=2), Z.shape)
        return Z, A, self.targets(Y, Z.shape)

    def __reduce__(self):  # as in Activation
        ours = globals().get(self.name) is self
        return self.name if ours else (type(self), (self.name, self.output, self.unchecked_cost, self.unchecked_dZ))

    def __repr__(self):
        return f"Loss({self.name!r})"


def _binary_cross_entropy(Z, A, Y):
    # -[y log a + (1 - y) log(1 - a)] = log(1 + exp(z)) - y z: no logarithm of an a rounded to 0 or 1,
    # and log(1 + exp(z)) = max(z, 0) + log(1 + exp(-|z|)), which cannot overflow.
    return (np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(-np.abs(Z)))).sum() / Z.shape[1]


def _cross_entropy(Z, A, Y):
    # -sum_k y_k log a_k = s - sum_k y_k z_k with s = log sum_j exp(z_j), since the y_k sum to 1. The largest
    # a_k is exp(max z - s) and at least 1/K, so that its logarithm gives s without a sum of exp that overflows.
    s = Z.max(axis=0) - np.log(A.max(axis=0))
    return (s - (Y * Z).sum(axis=0)).sum() / Z.shape[1]


def _squared_error(Z, A, Y):
    return ((A - Y) ** 2).sum() / Z.shape[1]


def _half_squared_error(Z, A, Y):
    return 0.5 * _squared_error(Z, A, Y)


def _error(Z, A, Y):
    return A - Y


binary_cross_entropy = Loss("binary_cross_entropy", sigmoid, _binary_cross_entropy, _error)
cross_entropy = Loss("cross_entropy", softmax, _cross_entropy, _error)
half_squared_error = Loss("half_squared_error", identity, _half_squared_error, _error)
mean_squared_error = Loss("mean_squared_error", identity, _squared_error, lambda Z, A, Y: 2 * (A - Y))
# Squared error after a sigmoid: here the slope a (1 - a) stays, and a confident wrong neuron hardly learns.
sigmoid_squared_error = Loss("sigmoid_squared_error", sigmoid, _half_squared_error, lambda Z, A, Y: (A - Y) * A * (1 - A))
