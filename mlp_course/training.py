"""Training: forward, backward, update, again.

``training(...)`` is a loop you write yourself::

    for epoch in training(mlp, params, X, Y, GradientDescent(0.5), epochs=100):
        if epoch.cost < 0.1:
            break

``train(...)`` runs it to the end and keeps what it passed through, for pictures.
"""

from typing import NamedTuple

import numpy as np

from .checks import examples, generator, instance, real_array, shown, whole_number
from .network import MLP
from .parameters import Parameters


class TrainingDiverged(ArithmeticError):
    """The cost is no longer a finite number; the message says when, and what to try.

    When ``train`` raises it, ``recording`` holds what was kept up to then.
    """

    recording = None


class Epoch(NamedTuple):
    """One pass through the data: its ``number`` from 1, and ``cost``, the mean over batches before their updates."""

    number: int
    cost: float


class Recording(NamedTuple):
    """What a training passed through: ``thetas[k]`` and ``costs[k]`` (J on all examples) after ``epochs[k]`` epochs."""

    sizes: tuple
    epochs: np.ndarray
    thetas: np.ndarray
    costs: np.ndarray

    def params(self, k):
        """Return the parameters after ``epochs[k]`` epochs, as a copy."""
        if whole_number("k", k, least=-len(self.epochs)) >= len(self.epochs):
            raise IndexError(f"k must be from 0 to {len(self.epochs) - 1}, got {k}")
        return Parameters(self.sizes, self.thetas[k], self.thetas.dtype)


class _Training:
    """An iterator of ``Epoch``s that knows its length, so that tqdm can show progress."""

    def __init__(self, epochs, iterator, X, Y):
        self._epochs, self._iterator = epochs, iterator
        self.X, self.Y = X, Y  # in the precision of the parameters

    def __len__(self):
        return self._epochs

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._iterator)


def training(mlp, params, X, Y, optimizer, epochs, batch_size=None, rng=None):
    """Check the arguments now; return an iterator that trains one epoch each time it is asked.

    ``X (n0, m)``, ``Y (n_L, m)``; ``params`` are updated in place and give the precision (float64 or
    float32). ``batch_size=None`` takes all m examples in each step; otherwise ``rng`` shuffles them once
    an epoch. Yields ``Epoch(number, cost)``. Raises ``TrainingDiverged`` when the cost is not finite.
    """
    instance("mlp", mlp, MLP)
    dtype = real_array("params.theta", instance("params", params, Parameters).theta).dtype
    X = examples("X", X, params.sizes[0]).astype(dtype, copy=False)
    m = X.shape[1]
    Y = mlp.loss.targets(Y, (params.sizes[-1], m)).astype(dtype, copy=False)
    if isinstance(optimizer, type) or not callable(getattr(optimizer, "start", None)):
        raise TypeError(f"optimizer must be an optimizer such as GradientDescent(0.1), got {shown(optimizer)}")
    epochs = whole_number("epochs", epochs)
    if batch_size is not None:
        batch_size = whole_number("batch_size", batch_size)
        if batch_size > m:
            raise ValueError(f"batch_size must be at most the number of examples, {m}, got {batch_size}")
    if batch_size is not None or rng is not None:
        generator("rng", rng)
    return _Training(epochs, _epochs(mlp, params, X, Y, optimizer, epochs, batch_size, rng), X, Y)


def _epochs(mlp, params, X, Y, optimizer, epochs, batch_size, rng):
    gradient, step = params.zeros_like(), optimizer.start(params.theta)
    # The C library of Linux hands a freed array of 128 KB back to the system, and each step would ask for it anew. After
    # it has seen a larger one freed, it keeps such memory: training on 1,000 examples takes half the time.
    np.empty(4_000_000, np.uint8)  # asked for, and freed
    m, last_cost = X.shape[1], None
    for number in range(1, epochs + 1):
        total = 0.0
        with np.errstate(over="ignore", invalid="ignore"):  # a divergence is reported below, once and by name
            for X_batch, Y_batch in _batches(X, Y, batch_size, rng):
                Z, A = mlp.forward_sweep(params, X_batch)
                total += mlp.loss.unchecked_cost(Z[-1], A[-1], Y_batch) * X_batch.shape[1]
                mlp.backward_sweep(params, Z, A, Y_batch, gradient)
                step(params.theta, gradient.theta)
        cost = float(total / m)
        if not np.isfinite(cost):
            raise _diverged(number, last_cost)
        yield Epoch(number, cost)
        last_cost = cost


def _batches(X, Y, batch_size, rng):
    m = X.shape[1]
    if batch_size is None:
        yield X, Y
        return
    order = rng.permutation(m)
    for start in range(0, m, batch_size):
        batch = order[start : start + batch_size]
        yield X.T.take(batch, axis=0).T, Y.T.take(batch, axis=0).T  # whole rows of memory, one batch at a time


def _diverged(number, last_cost):
    before = "it never was" if last_cost is None else f"the last finite cost was {last_cost:.4g}"
    return TrainingDiverged(
        f"the cost is no longer finite in epoch {number} ({before}): "
        "try a learning rate ten times smaller, smaller starting weights, or standardized inputs"
    )


def train(mlp, params, X, Y, optimizer, epochs, batch_size=None, rng=None, every=1):
    """Run ``training`` and return a ``Recording`` of the start, each ``every``-th epoch and the last one.

    ``every`` may also be a list of the epochs to keep. Arguments and errors as in ``training``; ``params`` are
    updated in place.
    """
    run = training(mlp, params, X, Y, optimizer, epochs, batch_size, rng)
    wanted = _epochs_to_keep(every, epochs)
    kept, thetas, costs = [0], [params.theta.copy()], [cost_after(mlp, params, run.X, run.Y, Epoch(0, None))]

    def recording():
        return Recording(params.sizes, np.array(kept), np.array(thetas), np.array(costs))

    try:
        for epoch in run:
            if epoch.number in wanted or epoch.number == epochs:
                costs.append(cost_after(mlp, params, run.X, run.Y, epoch))
                kept.append(epoch.number)
                thetas.append(params.theta.copy())
    except TrainingDiverged as diverged:
        diverged.recording = recording()
        raise
    return recording()


def _epochs_to_keep(every, epochs):
    if isinstance(every, (list, tuple, set, range)) or (isinstance(every, np.ndarray) and every.ndim):
        kept = {whole_number("every", epoch, least=0) for epoch in every}
        if not kept or max(kept) > epochs:
            raise ValueError(f"every must hold epochs from 0 to {epochs}, got {max(kept) if kept else 'none'}")
        return kept
    every = whole_number("every", every)
    return range(every, epochs + 1, every)


def cost_after(mlp, params, X, Y, epoch):
    """Return J on the examples after ``epoch``, unchecked; raise ``TrainingDiverged`` when it is not finite."""
    with np.errstate(over="ignore", invalid="ignore"):
        Z, A = mlp.forward_sweep(params, X)
        cost = float(mlp.loss.unchecked_cost(Z[-1], A[-1], Y))
    if not np.isfinite(cost):
        raise _diverged(epoch.number, epoch.cost)
    return cost
