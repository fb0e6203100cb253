"""How fast ``mlp_course`` trains: ``python authoring/benchmarks/training.py [--quick] [--write]``.

Five contestants do the same epochs: this package, scikit-learn, PyTorch where it is installed, a network
in dictionaries as students write it, and the floor, which is the matrix products alone. They take turns
(A B C A B C ...), so that a busy moment of the machine hits all of them; a ratio is the median of the
ratios within one turn. The number of threads is an environment variable that must stand before NumPy is
loaded, so each number of threads is measured by a process of its own. ``--write`` puts the tables into README.md.
"""

import argparse
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tracemalloc
import warnings
from datetime import date
from importlib.metadata import version
from math import ceil
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

import numpy as np

from mlp_course import (
    MLP, GradientDescent, Parameters, binary_cross_entropy, cross_entropy, datasets, initializers, relu, training,
)  # fmt: skip

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.markers import write_between

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- tables: written by training.py --write -->", "<!-- end of tables -->"
THREADS = ("default", "1")
THREAD_VARIABLES = ("OPENBLAS", "OMP", "MKL", "BLIS", "VECLIB", "NUMEXPR")
DTYPES = ("float64", "float32")
LEARNING_RATE = 0.05


class Work(NamedTuple):
    """A training to be timed, and what is to be reached in float64 with the default threads."""

    data: str
    sizes: tuple
    examples: int
    batch_size: int | None  # None: all examples in one step
    epochs: int  # in one timed run
    times_scikit_learn: float  # at least
    times_floor: float | None  # at most

    @property
    def name(self):
        batch = f"all {self.examples:,} at once" if self.batch_size is None else f"batch {self.batch_size}"
        return f"{self.data} {'-'.join(map(str, self.sizes))}, {batch}"

    @property
    def updates(self):
        return self.epochs * ceil(self.examples / (self.batch_size or self.examples))


WORKS = (
    Work("moons", (2, 16, 16, 1), 1000, None, 300, 4, 1.8),
    Work("moons", (2, 8, 1), 1000, 32, 12, 6, None),
    Work("digits", (64, 64, 10), 1797, 32, 6, 5, None),
    Work("generated", (784, 128, 64, 10), 20_000, 128, 1, 1.5, 1.6),
)


def quick(work):
    """Return ``work`` with a third of its epochs, or with a quarter of its examples where there is one epoch only."""
    if work.epochs == 1:
        return work._replace(examples=work.examples // 4)
    return work._replace(epochs=work.epochs // 3)


class Task(NamedTuple):
    """A work with its data in one precision: X (n0, m), labels y (m,), targets Y (n_L, m), the weights at the start."""

    work: Work
    X: np.ndarray
    y: np.ndarray
    Y: np.ndarray
    start: Parameters

    @property
    def loss(self):
        return binary_cross_entropy if len(self.Y) == 1 else cross_entropy


def generated(n0, m, classes, rng):
    """Return X (n0, m), a transposed view, of numbers in [0, 1), and labels (m,) that a random linear map gives."""
    X = rng.random((m, n0)).T
    return X, (rng.normal(size=(classes, n0)) @ (X - 0.5)).argmax(axis=0)


def examples(work):
    """Return the X (n0, m) and the labels (m,) of ``work``."""
    rng = np.random.default_rng(0)
    if work.data == "moons":
        return datasets.moons(work.examples, 0.2, rng)
    if work.data == "digits":
        digits = datasets.digits()
        return digits.X[:, : work.examples] / 16, digits.y[: work.examples]
    return generated(work.sizes[0], work.examples, work.sizes[-1], rng)


def prepare(work, dtype):
    """Return the ``Task`` of ``work`` in ``dtype``."""
    X, y = examples(work)
    Y = y[np.newaxis] if work.sizes[-1] == 1 else np.eye(work.sizes[-1])[y].T
    start = initializers.he(work.sizes, np.random.default_rng(1))
    return Task(work, X.astype(dtype), y, Y.astype(dtype), Parameters(work.sizes, start.theta, dtype))


# ----- the contestants: each prepares what it needs and returns run(), which trains work.epochs epochs -----


def ours(task, optimizer=GradientDescent(LEARNING_RATE)):
    mlp, work = MLP(relu, task.loss), task.work

    def run():
        rng = np.random.default_rng(0)
        for epoch in training(mlp, task.start.copy(), task.X, task.Y, optimizer, work.epochs, work.batch_size, rng):
            pass
        return epoch.cost

    return run


def scikit_learn(task, shuffle=True):
    """Plain gradient descent: no momentum, no penalty, no early stop."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    work, rows = task.work, np.ascontiguousarray(task.X.T)
    network = MLPClassifier(
        work.sizes[1:-1], activation="relu", solver="sgd", alpha=0, learning_rate_init=LEARNING_RATE, momentum=0,
        nesterovs_momentum=False, batch_size=work.batch_size or work.examples, shuffle=shuffle,
        max_iter=work.epochs, n_iter_no_change=work.epochs + 1, tol=0, random_state=0,
    )  # fmt: skip

    def run():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # we stop when the epochs are done
            return network.fit(rows, task.y).loss_

    return run


def scikit_learn_unshuffled(task):
    return scikit_learn(task, shuffle=False)


def pytorch(task):
    import torch

    work, dtype = task.work, getattr(torch, task.X.dtype.name)
    rows = torch.tensor(task.X.T, dtype=dtype)
    binary = len(task.Y) == 1
    targets = torch.tensor(task.Y.T, dtype=dtype) if binary else torch.tensor(task.y)
    loss = torch.nn.BCEWithLogitsLoss() if binary else torch.nn.CrossEntropyLoss()
    layers = []
    for n_before, n in zip(work.sizes, work.sizes[1:]):
        layers += [torch.nn.Linear(n_before, n, dtype=dtype), torch.nn.ReLU()]
    network = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(network.parameters(), lr=LEARNING_RATE)

    def step(X, Y):
        optimizer.zero_grad()
        cost = loss(network(X), Y)
        cost.backward()
        optimizer.step()
        return cost.item() * len(X)

    def run():
        for _ in range(work.epochs):
            if work.batch_size is None:
                total = step(rows, targets)
            else:
                order = torch.randperm(work.examples).split(work.batch_size)
                total = sum(step(rows[batch], targets[batch]) for batch in order)
        return total / work.examples

    return run


def dictionary(task):
    """A network as courses teach it first: parameters, caches and gradients in dictionaries, keys 'W' + str(l)."""
    work = task.work

    def run():
        rng, params = np.random.default_rng(0), to_dictionary(task.start)
        for _ in range(work.epochs):
            total = 0
            for X, Y in mini_batches(task.X, task.Y, work.batch_size, rng):
                A, caches = forward(params, X)
                total += compute_cost(A, Y) * X.shape[1]
                params = update(params, backward(params, caches, A, Y))
        return total / work.examples

    return run


def to_dictionary(params):
    blocks = {f"W{l}": params.W[l].copy() for l in params.layers}
    return blocks | {f"b{l}": params.b[l].copy() for l in params.layers}


def mini_batches(X, Y, batch_size, rng):
    m = X.shape[1]
    if batch_size is None:
        return [(X, Y)]
    order = rng.permutation(m)
    X, Y = X[:, order], Y[:, order]
    return [(X[:, k : k + batch_size], Y[:, k : k + batch_size]) for k in range(0, m, batch_size)]


def forward(params, X):
    A, caches, L = X, {}, len(params) // 2
    for l in range(1, L + 1):
        caches["A" + str(l - 1)] = A
        Z = np.dot(params["W" + str(l)], A) + params["b" + str(l)]
        caches["Z" + str(l)] = Z
        if l < L:
            A = np.maximum(0, Z)
        elif len(Z) == 1:
            A = 1 / (1 + np.exp(-Z))
        else:
            E = np.exp(Z - np.max(Z, axis=0, keepdims=True))
            A = E / np.sum(E, axis=0, keepdims=True)
    return A, caches


def compute_cost(A, Y):
    m = Y.shape[1]
    if len(Y) == 1:
        return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return -np.sum(Y * np.log(A)) / m


def backward(params, caches, A, Y):
    grads, L, m = {}, len(params) // 2, Y.shape[1]
    dZ = A - Y
    for l in range(L, 0, -1):
        grads["dW" + str(l)] = np.dot(dZ, caches["A" + str(l - 1)].T) / m
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        if l > 1:
            dA = np.dot(params["W" + str(l)].T, dZ)
            dZ = np.array(dA, copy=True)
            dZ[caches["Z" + str(l - 1)] <= 0] = 0
    return grads


def update(params, grads):
    for l in range(1, len(params) // 2 + 1):
        params["W" + str(l)] = params["W" + str(l)] - LEARNING_RATE * grads["dW" + str(l)]
        params["b" + str(l)] = params["b" + str(l)] - LEARNING_RATE * grads["db" + str(l)]
    return params


def floor(task):
    """The matrix products of both sweeps on arrays that stand ready: no activation, no bias, no shuffling, no update."""
    work, m = task.work, task.work.examples
    size = work.batch_size or m
    buffers = {n: floor_buffers(task.start, n) for n in {size, m % size or size}}
    batches = [task.X[:, k : k + size] for k in range(0, m, size)]
    steps = [floor_products(task.start, X, *buffers[X.shape[1]]) for X in batches]

    def run():
        for _ in range(work.epochs):
            for products in steps:
                for left, right, out in products:
                    np.matmul(left, right, out=out)

    return run


def floor_buffers(params, m):
    """Return A, dZ (what products read), Z, dA (what they write), lists of arrays (n_l, m), and dW."""
    rng = np.random.default_rng(2)

    def layers():
        return [rng.random((n, m)).astype(params.theta.dtype) for n in params.sizes]

    return layers(), layers(), layers(), layers(), params.zeros_like().W


def floor_products(params, X, A, dZ, Z, dA, dW):
    """Return the triples (left, right, out) of one step: W A, then dZ A^T and W^T dZ."""
    W, A = params.W, [X, *A[1:]]
    products = [(W[l], A[l - 1], Z[l]) for l in params.layers]
    for l in reversed(params.layers):
        products.append((dZ[l], A[l - 1].T, dW[l]))
        if l > 1:
            products.append((W[l].T, dZ[l], dA[l - 1]))
    return products


CONTESTANTS = {
    "mlp_course": ours, "scikit-learn": scikit_learn, "PyTorch": pytorch, "dictionaries": dictionary, "floor": floor,
}  # fmt: skip


UNSHUFFLED = "scikit-learn, not shuffling"  # runs where all examples are one batch, which nobody else shuffles


def has_pytorch():
    return importlib.util.find_spec("torch") is not None


def contestants(work):
    """Return the contestants that run ``work`` here: PyTorch may be missing."""
    chosen = {name: contestant for name, contestant in CONTESTANTS.items() if name != "PyTorch" or has_pytorch()}
    return chosen | ({UNSHUFFLED: scikit_learn_unshuffled} if work.batch_size is None else {})


# ----- measuring -----


def seconds(run):
    start = perf_counter()
    run()
    return perf_counter() - start


class Effort(NamedTuple):
    """How long to measure: rounds that count, at least 3 and at most ``rounds``, none begun after ``limit`` seconds."""

    rounds: int
    limit: float


FULL, QUICK = Effort(15, 11), Effort(5, 2)


def take_turns(runs, effort):
    """Return {name: list of seconds, one a round}; a first round, which warms up, is not counted."""
    times, start = {name: [] for name in runs}, perf_counter()
    for run in runs.values():
        run()
    for turn in range(effort.rounds):
        if turn >= 3 and perf_counter() - start > effort.limit:
            break
        for name, run in runs.items():
            times[name].append(seconds(run))
    return times


def measure(work, dtype, effort):
    """Return {contestant: seconds of an epoch, one a round}."""
    task = prepare(work, dtype)
    times = take_turns({name: contestant(task) for name, contestant in contestants(work).items()}, effort)
    return {name: [t / work.epochs for t in values] for name, values in times.items()}


# What grows -> the values it takes, the work at a value, and the slope that the number of products alone gives.
GROWTH = {
    "examples": ((1000, 4000, 16_000, 64_000), lambda m: ((2, 16, 16, 1), m), 1),
    "width": ((64, 128, 256, 512, 1024), lambda n: ((64, n, n, 10), 256), 2),
    "depth": ((2, 4, 8, 16, 32), lambda L: ((32, *[32] * L, 10), 1000), 1),
}
GROWTH_FIXED = {
    "examples": "2-16-16-1",
    "width": "64-n-n-10, 256 examples",
    "depth": "L hidden layers of 32 units, 1,000 examples",
}


def grow(what, effort):
    """Return the seconds of one step on all examples at each value of ``what``."""
    values, shape, _ = GROWTH[what]
    times = take_turns({value: ours(prepare(some_steps(*shape(value)), "float64")) for value in values}, effort)
    return [median(times[value]) / STEPS for value in values]


STEPS = 5  # together in one timed run, so that checking the arguments does not count for much


def some_steps(sizes, m):
    return Work("moons" if sizes[0] == 2 else "generated", sizes, m, None, STEPS, 1, None)


def slope(x, y):
    """Return the slope of the straight line through log y against log x."""
    return float(np.polyfit(np.log(x), np.log(y), 1)[0])


MEMORY = (
    Work("generated", (784, 16, 10), 5000, None, 2, 1, None),
    Work("generated", (784, 16, 10), 5000, 128, 2, 1, None),
)


def memory(work):
    """Return the bytes of X, and {contestant: the most bytes it held at once while training, beside its data}."""
    task = prepare(work, "float64")
    return task.X.nbytes, {name: peak(CONTESTANTS[name](task)) for name in ("mlp_course", "scikit-learn", "dictionaries")}


def peak(run):
    """Return the most bytes that ``run`` holds at once."""
    tracemalloc.start()
    run()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def measure_all(threads, fast):
    """Return what one process measures: times of all works; growth and memory in the process with one thread."""
    effort = QUICK if fast else FULL
    works = [quick(work) if fast else work for work in WORKS]
    result = {"times": [[measure(work, dtype, effort) for dtype in DTYPES] for work in works]}
    if threads == "1":
        result["growth"] = {what: grow(what, effort) for what in GROWTH}
        result["memory"] = [memory(work) for work in MEMORY]
    return result


def in_own_process(threads, fast):
    """Return ``measure_all`` run by a fresh interpreter with that many threads."""
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    environment.pop("VECLIB_MAXIMUM_THREADS", None)
    if threads != "default":
        environment |= {f"{name}_NUM_THREADS": threads for name in THREAD_VARIABLES}
        environment["VECLIB_MAXIMUM_THREADS"] = threads
    command = [sys.executable, __file__, "--threads", threads, *["--quick"] * fast]
    return json.loads(subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True).stdout)


# ----- the tables -----


def table(header, rows):
    """Return a Markdown table; cells are strings."""
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [header, ["---"] * len(header), *rows])


def ratios(times, above, below):
    """Return above / below in every round, or None where a contestant is missing."""
    if above not in times or below not in times:
        return None
    return [a / b for a, b in zip(times[above], times[below])]


def shown(values, digits=1, unit=1):
    """Return the median of ``values``, or a dash for None."""
    return "–" if values is None else f"{median(values) * unit:.{digits}f}"


def shown_range(values):
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def target_rows(times):
    """Return a row for each target; ``times`` are those of float64 and the default threads, one for each work."""
    rows = []
    for work, measured in zip(WORKS, times):
        faster = ratios(measured, "scikit-learn", "mlp_course")
        met = median(faster) >= work.times_scikit_learn
        target = f"at least {work.times_scikit_learn:g}"
        rows.append([work.name, "scikit-learn / ours", shown_range(faster), target, verdict(met)])
        if UNSHUFFLED in measured:
            faster = ratios(measured, UNSHUFFLED, "mlp_course")
            rows.append([work.name, f"{UNSHUFFLED} / ours", shown_range(faster), "–", "for comparison"])
        if work.times_floor is not None:
            slower = ratios(measured, "mlp_course", "floor")
            met = median(slower) <= work.times_floor
            target = f"at most {work.times_floor:g}"
            rows.append([work.name, "ours / floor", shown_range(slower), target, verdict(met)])
    return rows


def verdict(met):
    return "met" if met else "**missed**"


TIME_HEADER = [
    "work", "numbers", "threads", *(f"{name}, ms" for name in CONTESTANTS),
    "scikit-learn / ours", "PyTorch / ours", "dictionaries / ours", "ours / floor",
]  # fmt: skip


def time_rows(results):
    """Return a row for each work, precision and number of threads."""
    rows = []
    for i, work in enumerate(WORKS):
        for j, dtype in enumerate(DTYPES):
            for threads in THREADS:
                times = results[threads]["times"][i][j]
                milliseconds = [shown(times.get(name), 2, 1000) for name in CONTESTANTS]
                compared = [shown(ratios(times, name, "mlp_course"), 2) for name in ("scikit-learn", "PyTorch", "dictionaries")]
                above_floor = shown(ratios(times, "mlp_course", "floor"), 2)
                rows.append([work.name, dtype, threads, *milliseconds, *compared, above_floor])
    return rows


GROWTH_HEADER = ["what grows", "fixed", "value: milliseconds", "slope", "slope at the end", "slope of the products"]


def growth_rows(growth):
    rows = []
    for what, (values, _, products) in GROWTH.items():
        grown = ", ".join(f"{value:,}: {1000 * t:.2f}" for value, t in zip(values, growth[what]))
        rows.append([what, GROWTH_FIXED[what], grown, *slopes(values, growth[what]), str(products)])
    return rows


def slopes(values, times):
    """Return the slope over all values, and between the last two, where little but the products counts."""
    return [f"{slope(values[first:], times[first:]):.2f}" for first in (0, -2)]


def memory_rows(measured):
    rows = []
    for work, (X, peaks) in zip(MEMORY, measured):
        rows += [[work.name, name, f"{X / 1e6:.1f}", f"{most / 1e6:.1f}", f"{most / X:.2f}"] for name, most in peaks.items()]
    return rows


def machine(fast, load):
    """Return what was measured where, and when; no name of a host or a person."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    packages = [f"{name} {version(name)}" for name in ("numpy", "scikit-learn", "mlp_course")]
    torch = f"PyTorch {version('torch')}" if has_pytorch() else "PyTorch is not installed here and was not measured"
    return "\n".join([
        f"- Date: {date.today().isoformat()}{', a quick run: fewer rounds, less work' if fast else ''}.",
        f"- Machine: {platform.system()} on {platform.machine()}, {os.cpu_count()} processors{load}.",
        f"- Versions: Python {platform.python_version()}, {', '.join(packages)}; {blas['name']} {blas['version']}.",
        f"- {torch}.",
    ])  # fmt: skip


def tables(results, fast, load):
    """Return the Markdown that stands between the markers of README.md."""
    float64 = [times[DTYPES.index("float64")] for times in results["default"]["times"]]
    return "\n\n".join([
        machine(fast, load),
        "## Targets",
        "float64, default threads. Median over the rounds, in brackets the smallest and the largest.",
        table(["work", "ratio", "measured", "target", "verdict"], target_rows(float64)),
        "## One epoch",
        "Median milliseconds of one epoch; medians of the ratios within one round.",
        table(TIME_HEADER, time_rows(results)),
        "## Time against examples, width and depth",
        "One step of `mlp_course` on all examples, float64, one thread; slopes of log time against log value.",
        table(GROWTH_HEADER, growth_rows(results["1"]["growth"])),
        "## Memory",
        "The most memory held at once during training, beside the data itself. Near 0: no copy of X; near 1: one copy.",
        table(["work", "who", "X, MB", "peak, MB", "peak / X"], memory_rows(results["1"]["memory"])),
    ])  # fmt: skip


def main(arguments=None):
    command = argparse.ArgumentParser(description="Measure how fast mlp_course trains.")
    command.add_argument("--quick", action="store_true", help="fewer rounds and less work: within a minute")
    command.add_argument("--write", action="store_true", help="put the tables into README.md")
    command.add_argument("--threads", choices=THREADS, help=argparse.SUPPRESS)  # the process that measures
    options = command.parse_args(arguments)
    if options.threads is not None:
        print(json.dumps(measure_all(options.threads, options.quick)))
        return
    load = f", load {os.getloadavg()[0]:.1f} before the run" if hasattr(os, "getloadavg") else ""
    text = tables({threads: in_own_process(threads, options.quick) for threads in THREADS}, options.quick, load)
    print(text)
    if options.write:
        write_between(README, BEGIN, END, text)


if __name__ == "__main__":
    main()
