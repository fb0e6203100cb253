"""What explorers of training share: the states worth a frame, and a run that may diverge."""

import numpy as np

from ..training import TrainingDiverged, train


def marks(epochs, frames=31):
    """Return at most ``frames`` epochs from 0 to ``epochs``, dense at the start, where most happens."""
    return np.unique(np.round(epochs * np.linspace(0, 1, frames) ** 2.5).astype(int))


def record(mlp, params, X, Y, optimizer, kept, batch_size=None, rng=None):
    """Train ``params`` in place; return a ``Recording`` of the epochs ``kept``, and whether the training diverged.

    A training that diverges is recorded up to the last state of ``kept`` with a finite cost.
    """
    try:
        return train(mlp, params, X, Y, optimizer, int(kept[-1]), batch_size, rng, every=kept), False
    except TrainingDiverged as diverged:
        return diverged.recording, True
