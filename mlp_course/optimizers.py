"""Update rules. An optimizer holds settings only: ``start(theta)`` makes the state of one training.

``start`` returns ``step(theta, gradient)``, which changes ``theta`` in place. A state made anew each
time is what lets the same start give the same run. ``step`` itself checks nothing. eta is the learning rate.
"""

from dataclasses import dataclass

import numpy as np

from .checks import instance, real_array, real_number


def _check_theta(theta):
    """Raise unless ``theta`` is an array of floats, which steps can change in place."""
    if real_array("theta", instance("theta", theta, np.ndarray)).dtype != theta.dtype:
        raise TypeError(f"theta must hold floats, got {theta.dtype}")


@dataclass(frozen=True)
class GradientDescent:
    """theta <- theta - eta dJ/dtheta."""

    learning_rate: float

    def __post_init__(self):
        real_number("learning_rate", self.learning_rate, above=0)

    def start(self, theta):
        _check_theta(theta)

        def step(theta, gradient):
            theta -= self.learning_rate * gradient

        return step


@dataclass(frozen=True)
class _WithMomentum:
    learning_rate: float
    momentum: float = 0.9

    def __post_init__(self):
        real_number("learning_rate", self.learning_rate, above=0)
        real_number("momentum", self.momentum, least=0, below=1)


@dataclass(frozen=True)
class Momentum(_WithMomentum):
    """v <- mu v - eta dJ/dtheta,  theta <- theta + v;  ``momentum`` is mu (Polyak 1964)."""

    def start(self, theta):
        _check_theta(theta)

        velocity = np.zeros_like(theta)

        def step(theta, gradient):
            velocity[...] = self.momentum * velocity - self.learning_rate * gradient
            theta += velocity

        return step


@dataclass(frozen=True)
class Nesterov(_WithMomentum):
    """v <- mu v - eta dJ/dtheta,  theta <- theta + mu v - eta dJ/dtheta (Nesterov 1983, as Sutskever et al. 2013 write it)."""

    def start(self, theta):
        _check_theta(theta)

        velocity = np.zeros_like(theta)

        def step(theta, gradient):
            velocity[...] = self.momentum * velocity - self.learning_rate * gradient
            theta += self.momentum * velocity - self.learning_rate * gradient

        return step


@dataclass(frozen=True)
class Adam:
    """theta <- theta - eta p / (sqrt(q) + epsilon), p and q running means of gradient and gradient^2.

    Both means start at 0 and are divided by 1 - beta1^t and 1 - beta2^t to undo that (Kingma & Ba 2015).
    """

    learning_rate: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self):
        real_number("learning_rate", self.learning_rate, above=0)
        real_number("beta1", self.beta1, least=0, below=1)
        real_number("beta2", self.beta2, least=0, below=1)
        real_number("epsilon", self.epsilon, above=0)

    def start(self, theta):
        _check_theta(theta)

        p, q, t = np.zeros_like(theta), np.zeros_like(theta), 0

        def step(theta, gradient):
            nonlocal t
            t += 1
            p[...] = self.beta1 * p + (1 - self.beta1) * gradient
            q[...] = self.beta2 * q + (1 - self.beta2) * gradient**2
            p_hat, q_hat = p / (1 - self.beta1**t), q / (1 - self.beta2**t)
            theta -= self.learning_rate * p_hat / (np.sqrt(q_hat) + self.epsilon)

        return step
