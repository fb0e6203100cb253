"""Activation functions g and their derivatives, entry by entry (source note 004, its table of activations).

In every derivative ``Z`` is the pre-activation and ``A = g(Z)``: what forward propagation has
computed already is used again. At a corner the derivative is a choice; here ReLU'(0) = 0, and
Leaky ReLU and ELU take their left slope at 0 alike.
"""

from collections.abc import Callable

import numpy as np

from .checks import instance, real_array, real_number, same_shape


class Activation:
    """An activation ``g``: ``g(Z)`` is A = g(Z), ``g.derivative(Z, A)`` is g'(Z); shapes stay as they are.

    ``function(Z)`` and ``slope(Z, A)`` are the same two without checks, for use inside a network.
    Raises ``TypeError`` or ``ValueError`` when ``Z`` is not an array of finite real numbers.
    """

    def __init__(self, name, function, derivative):
        self.name = instance("name", name, str)
        self.function = instance("function", function, Callable)
        self.slope = instance("derivative", derivative, Callable)

    def __call__(self, Z):
        return self.function(real_array("Z", Z))

    def derivative(self, Z, A):
        Z, A = real_array("Z", Z), real_array("A", A)
        return self.slope(Z, same_shape("A", A, Z.shape))

    def __repr__(self):
        return f"Activation({self.name!r})"


def _identity(Z):
    return Z


def _one(Z, A):
    return np.ones_like(A)


def _step(Z):
    return np.heaviside(Z, 1.0)


def _zero(Z, A):
    return np.zeros_like(A)


def _sigmoid(Z):
    with np.errstate(over="ignore"):  # exp(-Z) = inf gives 0, which is the right limit
        return 1 / (1 + np.exp(-Z))


def _sigmoid_slope(Z, A):
    return A * (1 - A)


def _tanh_slope(Z, A):
    return 1 - A * A


def _arctan_slope(Z, A):
    return 1 / (1 + Z * Z)


def _relu(Z):
    return np.maximum(Z, 0)


def _relu_slope(Z, A):
    return (Z > 0).astype(A.dtype)


def _softplus(Z):
    return np.logaddexp(0, Z)


def _softplus_slope(Z, A):
    return _sigmoid(Z)


def _softmax(Z):
    # Softmax does not change when a column is shifted; the largest entry at 0 keeps exp from overflowing.
    E = np.exp(Z - Z.max(axis=0, keepdims=True))
    return E / E.sum(axis=0, keepdims=True)


def _softmax_slope(Z, A):
    raise TypeError("softmax has no derivative entry by entry: use it as the output of cross_entropy, whose dZ is A - Y")


# Classes, not closures: an activation must survive pickle, which refuses functions made inside functions.
class _Leaky:
    def __init__(self, alpha):
        self.alpha = alpha

    def function(self, Z):
        return np.where(Z > 0, Z, self.alpha * Z)

    def slope(self, Z, A):
        return np.where(Z > 0, 1, self.alpha).astype(A.dtype)


class _Elu:
    def __init__(self, alpha):
        self.alpha = alpha

    def function(self, Z):
        return np.where(Z > 0, Z, self.alpha * np.expm1(np.minimum(Z, 0)))

    def slope(self, Z, A):
        return np.where(Z > 0, 1, A + self.alpha)


def leaky_relu(alpha=0.01):
    """Leaky ReLU: g(z) = z for z > 0, alpha z otherwise; ``alpha`` is the small fixed slope (source: 002, 004)."""
    leaky = _Leaky(real_number("alpha", alpha, above=0, below=1))
    return Activation(f"leaky_relu({alpha:g})", leaky.function, leaky.slope)


def elu(alpha=1.0):
    """ELU: g(z) = z for z > 0, alpha (exp(z) - 1) otherwise, with g'(z) = g(z) + alpha there (source: 002, 004)."""
    unit = _Elu(real_number("alpha", alpha, above=0))
    return Activation(f"elu({alpha:g})", unit.function, unit.slope)


identity = Activation("identity", _identity, _one)
binary_step = Activation("binary_step", _step, _zero)
sigmoid = Activation("sigmoid", _sigmoid, _sigmoid_slope)
tanh = Activation("tanh", np.tanh, _tanh_slope)
arctan = Activation("arctan", np.arctan, _arctan_slope)
relu = Activation("relu", _relu, _relu_slope)
softplus = Activation("softplus", _softplus, _softplus_slope)
softmax = Activation("softmax", _softmax, _softmax_slope)
