"""Activation functions g and their derivatives, entry by entry (source note 004, its table of activations).

In every derivative ``Z`` is the pre-activation and ``A = g(Z)``: what forward propagation has
computed already is used again. At a corner the derivative is a choice; here ReLU'(0) = 0, and
Leaky ReLU and ELU take their left slope at 0 alike.
"""

from functools import partial

import numpy as np

from .checks import function as checked_function
from .checks import generator, instance, real_array, real_number, same_shape


class Activation:
    """An activation ``g``: ``g(Z)`` is A = g(Z), ``g.derivative(Z, A)`` is g'(Z); shapes stay as they are.

    ``function(Z)`` and ``slope(Z, A)`` are the same two without checks, for use inside a network; ``kink_at_0``
    says that g has a corner at 0. Raises ``TypeError`` or ``ValueError`` when ``Z`` is no array of finite real numbers.
    """

    def __init__(self, name, function, derivative, kink_at_0=False):
        self.name, self.kink_at_0 = instance("name", name, str), instance("kink_at_0", kink_at_0, bool)
        self.function = checked_function("function", function)
        self.slope = checked_function("derivative", derivative)

    def __call__(self, Z):
        Z = real_array("Z", Z)
        return self._kept_shape(self.name, self.function(Z), Z)

    def derivative(self, Z, A):
        """Return g'(Z), entry by entry, in the shape of ``Z``; ``A`` is g(Z)."""
        Z, A = real_array("Z", Z), real_array("A", A)
        return self._kept_shape(f"the derivative of {self.name}", self.slope(Z, same_shape("A", A, Z.shape)), Z)

    @staticmethod
    def _kept_shape(name, result, Z):
        if np.shape(result) != Z.shape:
            raise ValueError(f"{name} must keep the shape {Z.shape} of Z, got {np.shape(result)}")
        return result

    def __reduce__(self):  # a pickle holds ours by name (lambdas cannot be pickled), and sigmoid stays one object
        ours = globals().get(self.name) is self
        return self.name if ours else (type(self), (self.name, self.function, self.slope, self.kink_at_0))

    def __repr__(self):
        return f"Activation({self.name!r})"


def _sigmoid(Z):
    with np.errstate(over="ignore"):  # exp(-Z) = inf gives 0, which is the right limit
        return 1 / (1 + np.exp(-Z))


def _softmax(Z):
    # Softmax does not change when a column is shifted; the largest entry at 0 keeps exp from overflowing.
    E = np.exp(Z - Z.max(axis=0, keepdims=True))
    return E / E.sum(axis=0, keepdims=True)


def _softmax_slope(Z, A):
    raise TypeError("softmax has no derivative entry by entry: use it as the output of cross_entropy, whose dZ is A - Y")


def _leaky(alpha, Z):
    # The upper of two lines when alpha <= 1, else the lower: four times faster than a choice entry by entry.
    return (np.maximum if alpha <= 1 else np.minimum)(Z, alpha * Z)


def _leaky_slope(alpha, Z, A):
    return np.where(Z > 0, 1, alpha).astype(A.dtype)


def _randomized(rng, low, high, Z):
    return np.where(Z > 0, Z, rng.uniform(low, high, np.shape(Z)) * Z)


def _randomized_slope(mean, Z, A):
    # The slope that was drawn is A / Z; at 0, where it cannot be read off, the mean stands in.
    return np.where(Z > 0, 1, np.divide(A, Z, out=np.full_like(A, mean), where=Z != 0))


def _elu(alpha, Z):
    return np.where(Z > 0, Z, alpha * np.expm1(np.minimum(Z, 0)))


def _elu_slope(alpha, Z, A):
    return np.where(Z > 0, 1, A + alpha)


identity = Activation("identity", lambda Z: Z.copy(), lambda Z, A: np.ones_like(A))
binary_step = Activation("binary_step", lambda Z: np.heaviside(Z, 1.0), lambda Z, A: np.zeros_like(A), kink_at_0=True)
sigmoid = Activation("sigmoid", _sigmoid, lambda Z, A: A * (1 - A))
tanh = Activation("tanh", np.tanh, lambda Z, A: 1 - A * A)
arctan = Activation("arctan", np.arctan, lambda Z, A: 1 / (1 + Z * Z))
relu = Activation("relu", lambda Z: np.maximum(Z, 0), lambda Z, A: (Z > 0).astype(A.dtype), kink_at_0=True)
softplus = Activation("softplus", lambda Z: np.logaddexp(0, Z), lambda Z, A: _sigmoid(Z))
softmax = Activation("softmax", _softmax, _softmax_slope)


def leaky_relu(alpha=0.01):
    """Leaky ReLU: g(z) = z for z > 0, alpha z otherwise; ``alpha`` is the small fixed slope (source: 002, 004)."""
    alpha = real_number("alpha", alpha, above=0, below=1)
    return Activation(f"leaky_relu({alpha:g})", partial(_leaky, alpha), partial(_leaky_slope, alpha), kink_at_0=True)


def prelu(alpha):
    """PReLU: g(z) = z for z > 0, alpha z otherwise, with any slope ``alpha``, learned elsewhere (He et al. 2015; 002, 004)."""
    alpha = real_number("alpha", alpha)
    return Activation(f"prelu({alpha:g})", partial(_leaky, alpha), partial(_leaky_slope, alpha), kink_at_0=alpha != 1)


def prelu_alpha_derivative(Z):
    """Return dg/dalpha of PReLU: z where z < 0, else 0; shape of ``Z``."""
    return np.minimum(real_array("Z", Z), 0)


def rrelu(rng, low=1 / 8, high=1 / 3):
    """RReLU, for demonstration: a Leaky ReLU whose slopes are drawn from U(low, high), one for each entry and call.

    After training, ``leaky_relu((low + high) / 2)`` takes its place (Xu et al. 2015; source: 002).
    """
    low = real_number("low", low, above=0)
    high = real_number("high", high, above=low, below=1)
    g, slope = partial(_randomized, generator("rng", rng), low, high), partial(_randomized_slope, (low + high) / 2)
    return Activation("rrelu", g, slope, kink_at_0=True)


def elu(alpha=1.0):
    """ELU: g(z) = z for z > 0, alpha (exp(z) - 1) otherwise, with g'(z) = g(z) + alpha there (source: 002, 004)."""
    alpha = real_number("alpha", alpha, above=0)
    return Activation(f"elu({alpha:g})", partial(_elu, alpha), partial(_elu_slope, alpha), kink_at_0=alpha != 1)

