"""Activation functions g and their derivatives, entry by entry (source note 004, its table of activations).

In every derivative ``Z`` is the pre-activation and ``A = g(Z)``: what forward propagation has
computed already is used again. At a corner the derivative is a choice; here ReLU'(0) = 0, and
Leaky ReLU and ELU take their left slope at 0 alike.
"""

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
        return self.function(real_array("Z", Z))

    def derivative(self, Z, A):
        """Return g'(Z), entry by entry, in the shape of ``Z``; ``A`` is g(Z)."""
        Z, A = real_array("Z", Z), real_array("A", A)
        return self.slope(Z, same_shape("A", A, Z.shape))

    def __repr__(self):
        return f"Activation({self.name!r})"


def _identity(Z):
    return Z.copy()  # fresh, as from every other activation


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


class _Randomized:
    def __init__(self, rng, low, high):
        self.rng, self.low, self.high = rng, low, high

    def function(self, Z):
        return np.where(Z > 0, Z, self.rng.uniform(self.low, self.high, np.shape(Z)) * Z)

    def slope(self, Z, A):
        # The slope that was drawn is A / Z; at 0, where it cannot be read off, the mean stands in.
        return np.where(Z > 0, 1, np.divide(A, Z, out=np.full_like(A, (self.low + self.high) / 2), where=Z != 0))


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
    return Activation(f"leaky_relu({alpha:g})", leaky.function, leaky.slope, kink_at_0=True)


def prelu(alpha):
    """PReLU: g(z) = z for z > 0, alpha z otherwise, with any slope ``alpha``, learned elsewhere (He et al. 2015; 002, 004)."""
    leaky = _Leaky(real_number("alpha", alpha))
    return Activation(f"prelu({alpha:g})", leaky.function, leaky.slope, kink_at_0=True)


def prelu_alpha_derivative(Z):
    """Return dg/dalpha of PReLU: z where z < 0, else 0; shape of ``Z``."""
    return np.minimum(real_array("Z", Z), 0)


def rrelu(rng, low=1 / 8, high=1 / 3):
    """RReLU, for demonstration: a Leaky ReLU whose slopes are drawn from U(low, high), one for each entry and call.

    After training, ``leaky_relu((low + high) / 2)`` takes its place (Xu et al. 2015; source: 002).
    """
    low = real_number("low", low, above=0)
    high = real_number("high", high, above=low, below=1)
    randomized = _Randomized(generator("rng", rng), low, high)
    return Activation("rrelu", randomized.function, randomized.slope, kink_at_0=True)


def elu(alpha=1.0):
    """ELU: g(z) = z for z > 0, alpha (exp(z) - 1) otherwise, with g'(z) = g(z) + alpha there (source: 002, 004)."""
    unit = _Elu(real_number("alpha", alpha, above=0))
    return Activation(f"elu({alpha:g})", unit.function, unit.slope, kink_at_0=alpha != 1)


identity = Activation("identity", _identity, _one)
binary_step = Activation("binary_step", _step, _zero, kink_at_0=True)
sigmoid = Activation("sigmoid", _sigmoid, _sigmoid_slope)
tanh = Activation("tanh", np.tanh, _tanh_slope)
arctan = Activation("arctan", np.arctan, _arctan_slope)
relu = Activation("relu", _relu, _relu_slope, kink_at_0=True)
softplus = Activation("softplus", _softplus, _softplus_slope)
softmax = Activation("softmax", _softmax, _softmax_slope)
