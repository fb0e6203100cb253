"""Is a gradient right? Compare it with nudges: central differences of the cost."""

from typing import NamedTuple

import numpy as np

from .checks import instance, real_array, real_number, same_shape
from .network import MLP
from .parameters import Parameters


def numerical_gradient(J, theta, epsilon=1e-6):
    """Return the central differences (J(theta + epsilon e_i) - J(theta - epsilon e_i)) / (2 epsilon), shape of ``theta``.

    ``J`` is a function of one array like ``theta`` that returns a number; ``theta`` itself is not changed.
    """
    if not callable(J):
        raise TypeError(f"J must be a function of theta, got {type(J).__name__}")
    epsilon = real_number("epsilon", epsilon, above=0)
    nudged = np.array(real_array("theta", theta), dtype=float)
    gradient = np.zeros_like(nudged)
    for i in np.ndindex(nudged.shape):
        here = nudged[i]
        nudged[i] = here + epsilon
        above = real_number("J(theta)", J(nudged))
        nudged[i] = here - epsilon
        below = real_number("J(theta)", J(nudged))
        nudged[i] = here
        gradient[i] = (above - below) / (2 * epsilon)
    return gradient


def relative_error(g, h):
    """Return ||g - h|| / (||g|| + ||h||): 0 for equal arrays, at most 1; two zero arrays are equal."""
    g = real_array("g", g)
    h = same_shape("h", real_array("h", h), g.shape)
    total = np.linalg.norm(g) + np.linalg.norm(h)
    return float(np.linalg.norm(g - h) / total) if total > 0 else 0.0


class GradientReport(NamedTuple):
    """Relative error of a gradient against nudges, and the entry that differs most."""

    relative_error: float
    worst: str
    analytic: float
    numerical: float

    def __str__(self):
        return (
            f"relative error {self.relative_error:.1e}; worst entry {self.worst}: "
            f"{self.analytic:.6g} by backpropagation, {self.numerical:.6g} by nudging"
        )


def check_gradient(mlp, params, X, Y, epsilon=1e-6):
    """Compare ``mlp.gradient(params, X, Y)`` with central differences of J and return a ``GradientReport``.

    Shapes as in ``MLP``; ``params`` is not changed. Use float64: in float32 the differences drown in rounding.
    """
    instance("mlp", mlp, MLP)
    analytic = mlp.gradient(params, X, Y).theta
    if analytic.dtype != np.float64:
        raise TypeError(f"params must be float64 for a gradient check, got {analytic.dtype}")
    numerical = numerical_gradient(lambda theta: mlp.cost(Parameters(params.sizes, theta), X, Y), params.theta, epsilon)
    i = int(np.argmax(np.abs(analytic - numerical)))
    return GradientReport(
        relative_error(analytic, numerical), params.name_of(i), float(analytic[i]), float(numerical[i])
    )
