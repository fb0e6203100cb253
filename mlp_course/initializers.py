"""Where training starts: biases 0, weights drawn so that signals neither fade nor grow.

A unit adds n_{l-1} products. If inputs and weights are independent with mean 0, the variance of
z is n_{l-1} Var(w) E[a^2]. Keeping it equal from layer to layer asks for Var(w) = 1/n_{l-1}
where the activation is close to the identity (LeCun), and for 2/n_{l-1} where ReLU sets half of
the signal to 0 (He); Glorot's 2/(n_{l-1} + n_l) is between what the forward and the backward pass ask.
"""

import numpy as np

from .checks import generator, real_number
from .parameters import Parameters


def zeros(sizes):
    """Return parameters that are all 0: every hidden unit of a layer then stays equal to its neighbors."""
    return Parameters(sizes)


def constant(sizes, value):
    """Return parameters with every weight ``value`` and every bias 0."""
    value = real_number("value", value)
    params = Parameters(sizes)
    for l in params.layers:
        params.W[l].fill(value)
    return params


def normal(sizes, rng, scale):
    """Draw every weight from N(0, scale^2); biases are 0."""
    scale = real_number("scale", scale, above=0)
    return _draw(sizes, rng, lambda shape: rng.normal(0, scale, shape))


def uniform(sizes, rng, low, high):
    """Draw every weight from U(low, high); biases are 0. The mean is 0 only when low = -high."""
    low = real_number("low", low)
    high = real_number("high", high, above=low)
    return _draw(sizes, rng, lambda shape: rng.uniform(low, high, shape))


def xavier(sizes, rng):
    """Draw W[l] from N(0, 2 / (n_{l-1} + n_l)); biases are 0 (Glorot & Bengio 2010)."""
    return _draw(sizes, rng, lambda shape: rng.normal(0, np.sqrt(2 / sum(shape)), shape))


def he(sizes, rng):
    """Draw W[l] from N(0, 2 / n_{l-1}); biases are 0 (He et al. 2015, for ReLU)."""
    return _draw(sizes, rng, lambda shape: rng.normal(0, np.sqrt(2 / shape[1]), shape))


def lecun(sizes, rng):
    """Draw W[l] from N(0, 1 / n_{l-1}); biases are 0 (LeCun et al. 1998)."""
    return _draw(sizes, rng, lambda shape: rng.normal(0, np.sqrt(1 / shape[1]), shape))


def _draw(sizes, rng, draw):
    params = Parameters(sizes)
    generator("rng", rng)
    for l in params.layers:
        params.W[l] = draw(params.W[l].shape)
    return params
