"""The speed benchmark compares like with like, and its page has every row. Nothing is timed here."""

import re
from collections import Counter

import numpy as np
import pytest
from benchmarks import explorers as explorers_benchmark
from benchmarks import training as benchmark
from benchmarks.markers import write_between
from sklearn.neural_network._stochastic_optimizers import SGDOptimizer

from mlp_course import MLP, GradientDescent, relu
from mlp_course.explorers import neuron_explorer

# All sizes stay as they are; fewer examples, with a last batch that is smaller, and two epochs.
SMALL = [work._replace(examples=301, epochs=2) for work in benchmark.WORKS]
each_work = pytest.mark.parametrize("work", SMALL, ids=lambda work: work.name)


def sweeps(task):
    """Return Z, A and the gradient of ours on all examples of ``task``."""
    mlp = MLP(relu, task.loss)
    Z, A = mlp.forward(task.start, task.X)
    return Z, A, mlp.backward(task.start, Z, A, task.Y)


@each_work
def test_dictionaries_have_our_cost_and_gradient(work):
    task = benchmark.prepare(work, "float64")
    params = benchmark.to_dictionary(task.start)
    A, caches = benchmark.forward(params, task.X)
    grads = benchmark.backward(params, caches, A, task.Y)
    gradient = sweeps(task)[2]
    for l in task.start.layers:
        np.testing.assert_allclose(grads[f"dW{l}"], gradient.W[l], rtol=0, atol=1e-12)
        np.testing.assert_allclose(grads[f"db{l}"], gradient.b[l], rtol=0, atol=1e-12)
    cost = MLP(relu, task.loss).cost(task.start, task.X, task.Y)
    assert benchmark.compute_cost(A, task.Y) == pytest.approx(cost, abs=1e-12)


@each_work
def test_dictionaries_end_where_ours_end(work):
    task = benchmark.prepare(work, "float64")
    assert benchmark.dictionary(task)() == pytest.approx(benchmark.ours(task)(), abs=1e-12)


@each_work
def test_products_of_the_floor_are_ours(work):
    task = benchmark.prepare(work, "float64")
    Z, A, gradient = sweeps(task)
    dZ = error_signals(task, Z, A)
    buffers = benchmark.floor_buffers(task.start, work.examples)
    for l in task.start.layers:
        buffers[0][l][...], buffers[1][l][...] = A[l], dZ[l]
    products = benchmark.floor_products(task.start, task.X, *buffers)
    for left, right, out in products:
        np.matmul(left, right, out=out)
    L = len(task.start.layers)
    assert len(products) == 3 * L - 1
    for l in task.start.layers:
        np.testing.assert_allclose(buffers[2][l] + task.start.b[l], Z[l], atol=1e-12)
        np.testing.assert_allclose(buffers[4][l] / work.examples, gradient.W[l], atol=1e-12)
        if l < L:
            np.testing.assert_allclose(buffers[3][l] * (Z[l] > 0), dZ[l], atol=1e-12)


def error_signals(task, Z, A):
    """Return dZ[1..L], written here once more."""
    L = len(task.start.layers)
    dZ = [None] * L + [A[L] - task.Y]
    for l in range(L, 1, -1):
        dZ[l - 1] = (task.start.W[l].T @ dZ[l]) * (Z[l - 1] > 0)
    return dZ


@each_work
def test_floor_multiplies_every_batch_once(work, monkeypatch):
    task = benchmark.prepare(work, "float64")
    shapes = Counter()
    matmul = np.matmul

    def counted(left, right, out):
        shapes[left.shape, right.shape] += 1
        return matmul(left, right, out=out)

    run = benchmark.floor(task)
    monkeypatch.setattr(np, "matmul", counted)
    run()
    assert shapes.total() == work.updates * (3 * len(task.start.layers) - 1)
    first = {right: count for (left, right), count in shapes.items() if left == task.start.W[1].shape}
    assert sum(right[1] * count for right, count in first.items()) == work.epochs * work.examples


@each_work
def test_all_make_the_same_number_of_updates(work, monkeypatch):
    task, made = benchmark.prepare(work, "float64"), Counter()

    def counting(name, function):
        def counted(*arguments):
            made[name] += 1
            return function(*arguments)

        return counted

    class Counting:
        def start(self, theta):
            return counting("ours", GradientDescent(benchmark.LEARNING_RATE).start(theta))

    monkeypatch.setattr(benchmark, "update", counting("dictionaries", benchmark.update))
    benchmark.ours(task, Counting())()
    benchmark.dictionary(task)()
    monkeypatch.setattr(SGDOptimizer, "update_params", counting("scikit-learn", SGDOptimizer.update_params))
    benchmark.scikit_learn(task)()
    assert made == {name: work.updates for name in ("ours", "dictionaries", "scikit-learn")}


@each_work
@pytest.mark.parametrize("dtype", benchmark.DTYPES)
def test_precision_is_kept(work, dtype):
    task = benchmark.prepare(work, dtype)
    assert {array.dtype.name for array in (task.X, task.Y, task.start.theta)} == {dtype}
    for left, right, out in benchmark.floor_products(task.start, task.X, *benchmark.floor_buffers(task.start, work.examples)):
        assert {array.dtype.name for array in (left, right, out)} == {dtype}


@each_work
@pytest.mark.parametrize("dtype", benchmark.DTYPES)
def test_costs_fall(work, dtype):
    once, often = (benchmark.prepare(work._replace(epochs=epochs), dtype) for epochs in (1, 6))
    for contestant in (benchmark.ours, benchmark.dictionary, benchmark.scikit_learn):
        assert contestant(often)() < contestant(once)()


def test_pytorch_learns():
    pytest.importorskip("torch", reason="PyTorch is not installed")
    for work in SMALL:
        run = benchmark.pytorch(benchmark.prepare(work._replace(epochs=5), "float64"))
        assert run() > run()  # a second run goes on where the first ended


def test_slope_of_a_power():
    x = np.array([1.0, 2.0, 8.0])
    assert benchmark.slope(x, 3 * x**2) == pytest.approx(2)


def test_peak_sees_a_copy():
    X = np.ones(100_000)
    assert benchmark.peak(lambda: X.copy()) >= X.nbytes > 10 * benchmark.peak(lambda: X.sum())


def invented(work):
    """Return times of every contestant of ``work``: 1, 2, 3 ... seconds."""
    return {name: [float(i)] * 3 for i, name in enumerate(benchmark.contestants(work), start=1)}


def invented_tables():
    times = [[invented(work) for dtype in benchmark.DTYPES] for work in benchmark.WORKS]
    growth = {what: list(values) for what, (values, _, _) in benchmark.GROWTH.items()}
    memory = [(1e6, {"mlp_course": 1e5, "scikit-learn": 1e5, "dictionaries": 2e6})] * len(benchmark.MEMORY)
    results = {threads: {"times": times, "growth": growth, "memory": memory} for threads in benchmark.THREADS}
    return benchmark.tables(results, False, "")


def rows(text):
    """Return the words that name each row of the tables in ``text``: cells with numbers measured are left out."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    return [[cell for cell in row if not re.match(r"^(–|[\d.]+( \(.*\))?|[\d,]+: .*|met|\*\*missed\*\*)$", cell)] for row in cells]


def test_page_has_the_rows_that_the_command_writes():
    page = benchmark.README.read_text(encoding="utf-8")
    assert page.count(benchmark.BEGIN) == page.count(benchmark.END) == 1
    stored = page.split(benchmark.BEGIN)[1].split(benchmark.END)[0]
    assert rows(stored) == rows(invented_tables())
    assert "a quick run" not in stored
    assert re.search(r"Date: \d{4}-\d\d-\d\d", stored) and re.search(r"Machine: .+, \d+ processors", stored)
    assert re.search(r"Python 3\.\d+\.\d+, numpy \d.+, scikit-learn \d", stored)


def test_verdicts_are_those_of_the_ratios():
    work = benchmark.WORKS[0]
    times = {"mlp_course": [1.0], "scikit-learn": [work.times_scikit_learn], "floor": [0.99 / work.times_floor]}
    assert [row[-1] for row in benchmark.target_rows([times])] == ["met", "**missed**"]


def test_writing_keeps_what_is_outside_the_markers(tmp_path):
    page = tmp_path / "README.md"
    page.write_text("before\n\n<begin>\nold\n<end>\n\nafter\n", encoding="utf-8")
    for _ in range(2):
        write_between(page, "<begin>", "<end>", "new")
        assert page.read_text(encoding="utf-8") == "before\n\n<begin>\n\nnew\n\n<end>\n\nafter\n"
    for wrong in ("no markers", "<begin> <end> <end>"):
        page.write_text(wrong, encoding="utf-8")
        with pytest.raises(ValueError, match="README.md must hold the markers <begin> and <end> once each"):
            write_between(page, "<begin>", "<end>", "new")
        assert page.read_text(encoding="utf-8") == wrong


# The explorers' benchmark


def test_the_explorers_page_has_its_markers_and_a_row_for_each_explorer_and_stage():
    page = explorers_benchmark.PAGE.read_text(encoding="utf-8")
    assert page.count(explorers_benchmark.BEGIN) == page.count(explorers_benchmark.END) == 1
    rows = page.split(explorers_benchmark.BEGIN)[1].split(explorers_benchmark.END)[0]
    for name in explorers_benchmark.CALLS:
        assert re.search(rf"^\| {name} \| [\d.]+ \|", rows, re.M), name
    assert re.search(r"^\| blank pictures in a screencast \| \d+ of \d+ \|", rows, re.M)


def test_a_film_is_measured_as_it_goes_to_the_browser():
    explorer = neuron_explorer("Moons")
    first, frame, kept, size = explorers_benchmark.in_python(explorer)
    assert min(first, frame, kept) > 0
    in_browser = sum(len(re.search("base64,([^\"]+)", view.value)[1]) for view in explorer.player.stack.children) / 1e6
    assert size == pytest.approx(in_browser, rel=1e-3)
