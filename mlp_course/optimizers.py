"""Update rules. An optimizer holds settings only: ``start(theta)`` makes the state of one training.

``start`` returns ``step(theta, gradient)``, which changes ``theta`` in place. A state made anew each
time is what lets the same start give the same run. ``step`` itself checks nothing. eta is the learning
rate: a number, or a ``Decay``.
"""

from dataclasses import dataclass
from itertools import count, repeat

import numpy as np

from .checks import instance, real_array, real_number, whole_number


@dataclass(frozen=True)
class Decay:
    """A learning rate that falls: eta_t = initial / (1 + decay t) for the updates t = 0, 1, 2, ... (Robbins & Monro 1951)."""

    initial: float
    decay: float

    def __post_init__(self):
        real_number("initial", self.initial, above=0)
        real_number("decay", self.decay, least=0)

    def __call__(self, t):
        return self.initial / (1 + self.decay * whole_number("t", t, least=0))


class _Optimizer:
    def __post_init__(self):
        if not isinstance(self.learning_rate, Decay):
            real_number("learning_rate", self.learning_rate, above=0)

    def start(self, theta):
        """Return ``step(theta, gradient)`` for one training of ``theta``, an array of floats."""
        if real_array("theta", instance("theta", theta, np.ndarray)).dtype != theta.dtype:
            raise TypeError(f"theta must hold floats, got {theta.dtype}")
        eta = self.learning_rate
        return self._rule(theta, map(eta, count()) if isinstance(eta, Decay) else repeat(eta))


@dataclass(frozen=True)
class GradientDescent(_Optimizer):
    """theta <- theta - eta dJ/dtheta."""

    learning_rate: float

    def _rule(self, theta, rates):
        def step(theta, gradient):
            theta -= next(rates) * gradient

        return step


@dataclass(frozen=True)
class Momentum(_Optimizer):
    """v <- mu v - eta dJ/dtheta,  theta <- theta + v;  ``momentum`` is mu (Polyak 1964)."""

    learning_rate: float
    momentum: float = 0.9

    def __post_init__(self):
        super().__post_init__()
        real_number("momentum", self.momentum, least=0, below=1)

    def _rule(self, theta, rates):
        velocity = np.zeros_like(theta)

        def step(theta, gradient):
            velocity[...] = self.momentum * velocity - next(rates) * gradient
            theta += velocity

        return step


@dataclass(frozen=True)
class Nesterov(Momentum):
    """v <- mu v - eta dJ/dtheta,  theta <- theta + mu v - eta dJ/dtheta (Nesterov 1983, as Sutskever et al. 2013 write it)."""

    def _rule(self, theta, rates):
        velocity = np.zeros_like(theta)

        def step(theta, gradient):
            downhill = -next(rates) * gradient
            velocity[...] = self.momentum * velocity + downhill
            theta += self.momentum * velocity + downhill

        return step


@dataclass(frozen=True)
class Adam(_Optimizer):
    """theta <- theta - eta p / (sqrt(q) + epsilon), p and q running means of gradient and gradient^2.

    Both means start at 0 and are divided by 1 - beta1^t and 1 - beta2^t to undo that (Kingma & Ba 2015).
    """

    learning_rate: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self):
        super().__post_init__()
        real_number("beta1", self.beta1, least=0, below=1)
        real_number("beta2", self.beta2, least=0, below=1)
        real_number("epsilon", self.epsilon, above=0)

    def _rule(self, theta, rates):
        p, q, updates = np.zeros_like(theta), np.zeros_like(theta), count(1)

        def step(theta, gradient):
            t = next(updates)
            p[...] = self.beta1 * p + (1 - self.beta1) * gradient
            q[...] = self.beta2 * q + (1 - self.beta2) * gradient**2
            p_hat, q_hat = p / (1 - self.beta1**t), q / (1 - self.beta2**t)
            theta -= next(rates) * p_hat / (np.sqrt(q_hat) + self.epsilon)

        return step
