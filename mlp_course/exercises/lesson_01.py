"""The exercises of lesson 1, one neuron (source notes 000, 001, 004)."""

import numpy as np

from .engine import FunctionExercise, Mistake, progress_of


def _log_loss(a, y):
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


def _log_loss_cases(rng):
    return [(rng.uniform(0.1, 0.9, m), np.arange(m) % 2) for m in (3, 2, 7)]


log_loss = FunctionExercise(
    _log_loss,
    _log_loss_cases,
    [
        Mistake(
            "no brackets",
            lambda a, y: -np.mean(y * np.log(a)) + np.mean((1 - y) * np.log(1 - a)),
            "The minus sign stands before the whole bracket: here it reaches only the first term.",
        ),
    ],
    returns=("J",),
)

progress = progress_of(log_loss)
