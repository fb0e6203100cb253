"""Is a gradient right? Compare it with nudges: central differences of the cost."""

from typing import NamedTuple

import numpy as np

from .checks import instance, real_array, real_number, same_shape
from .network import MLP
from .parameters import Parameters


def numerical_jacobian(f, x, epsilon=1e-6):
    """Return the Jacobian of ``f`` at ``x`` by central differences, (f(x + epsilon e_i) - f(x - epsilon e_i)) / (2 epsilon).

    Shape (size of f(x), size of x): row by row as the entries of f(x), column by column as those of x, both
    listed row by row. ``x`` itself is not changed.
    """
    return np.array(list(_differences("f", f, "x", x, epsilon, real_array))).reshape(np.size(x), -1).T


def numerical_gradient(J, theta, epsilon=1e-6):
    """Return the central differences of a function ``J`` that returns a number, in the shape of ``theta``.

    As ``numerical_jacobian``, with one row; ``theta`` itself is not changed.
    """
    return np.array(list(_differences("J", J, "theta", theta, epsilon, real_number))).reshape(np.shape(theta))


def _differences(function_name, f, name, x, epsilon, checked):
    if not callable(f):
        raise TypeError(f"{function_name} must be a function of {name}, got {type(f).__name__}")
    epsilon = real_number("epsilon", epsilon, above=0)
    nudged = np.array(real_array(name, x), dtype=float)
    value = f"{function_name}({name})"
    for i in np.ndindex(nudged.shape):
        here = nudged[i]
        nudged[i] = here + epsilon
        above = checked(value, f(nudged.copy()))
        nudged[i] = here - epsilon
        below = checked(value, f(nudged.copy()))
        nudged[i] = here
        yield (above - below) / (2 * epsilon)


def relative_error(g, h):
    """Return ||g - h|| / (||g|| + ||h||): 0 for equal arrays, at most 1; two zero arrays are equal."""
    g = real_array("g", g)
    h = same_shape("h", real_array("h", h), g.shape)
    _, power = np.frexp(max(np.abs(g).max(), np.abs(h).max()))  # scaled by it, no square is rounded to 0 or to inf
    g, h = (np.ldexp(np.asarray(array, float), -power) for array in (g, h))
    total = np.linalg.norm(g) + np.linalg.norm(h)
    return float(np.linalg.norm(g - h) / total) if total > 0 else 0.0


class GradientReport(NamedTuple):
    """Relative error of a gradient against nudges, the entry that differs most, and a unit near a kink, if any.

    ``rounding``: how far nudges may be off by the rounding of J alone.
    """

    relative_error: float
    worst: str
    analytic: float
    numerical: float
    near_kink: str = ""
    rounding: float = 0.0

    def __str__(self):
        kink = f"; {self.near_kink} is so near a kink that nudging may cross it" if self.near_kink else ""
        only_rounding = self.relative_error > 1e-3 and abs(self.analytic - self.numerical) <= self.rounding
        rounding = "; no entry differs by more than rounding" if only_rounding else ""
        return (
            f"relative error {self.relative_error:.1e}; worst entry {self.worst}: "
            f"{self.analytic:.6g} by backpropagation, {self.numerical:.6g} by nudging{rounding}{kink}"
        )


def check_gradient(mlp, params, X, Y, epsilon=1e-6):
    """Compare ``mlp.gradient(params, X, Y)`` with central differences of J and return a ``GradientReport``.

    Shapes as in ``MLP``; ``params`` is not changed. Use float64: in float32 the differences drown in rounding.
    Where the gradient is 0, rounding of about 1e-16 J / epsilon is all that is left; the relative error may then be near 1,
    and the report says so.
    """
    instance("mlp", mlp, MLP)
    analytic = mlp.gradient(params, X, Y).theta
    if analytic.dtype != np.float64:
        raise TypeError(f"params must be float64 for a gradient check, got {analytic.dtype}")
    numerical = numerical_gradient(lambda theta: mlp.cost(Parameters(params.sizes, theta), X, Y), params.theta, epsilon)
    i = int(np.argmax(np.abs(analytic - numerical)))
    return GradientReport(
        relative_error(analytic, numerical), params.name_of(i), float(analytic[i]), float(numerical[i]),
        _near_kink(mlp, params, X, epsilon), 10 * np.finfo(float).eps * mlp.cost(params, X, Y) / epsilon,
    )  # fmt: skip


def _near_kink(mlp, params, X, epsilon):
    """Return the name of a hidden Z[l][j, i] that a nudge of a weight could carry over a kink at 0, or nothing."""
    Z, A = mlp.forward(params, X)
    for l in params.layers[:-1]:
        j, i = np.unravel_index(np.argmin(np.abs(Z[l])), Z[l].shape)
        if mlp.hidden_activation.kink_at_0 and abs(Z[l][j, i]) <= 10 * epsilon * max(1, np.abs(A[l - 1]).max()):
            return f"Z[{l}][{j}, {i}]"
    return ""
