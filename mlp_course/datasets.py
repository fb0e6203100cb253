"""Data to learn from: six generated sets, the four real sets in the folder ``data``, and ``split``.

Everywhere X (n0, m) holds one example a column and y (m,) its label, an integer from 0.
X is a transposed view of row-major data: X.T is C-contiguous.

A generated set is returned as (X, y), class by class (not shuffled). (``parity`` lists all patterns instead, without
noise; ``xor`` goes from corner to corner.) Its points lie on the curves of
the docstring, the angle t and the share s evenly spaced; then Gaussian noise of standard deviation
``noise`` is added to both coordinates, drawn from the ``numpy.random.Generator`` ``rng``. The m examples
are shared out among the classes as evenly as can be, and what is left over goes to the last classes, one each.
A bad argument raises ``TypeError`` or ``ValueError`` that names it.
"""

import math
from typing import NamedTuple

import numpy as np

from .checks import generator, label_vector, real_array, real_number, whole_number
from .folders import course_folder


def moons(m, noise, rng):
    """Return two half circles that interlock: (cos t, sin t) and (1 - cos t, 1/2 - sin t), 0 <= t <= pi.

    X (2, m), y (m,); m at least 2. The geometry is that of scikit-learn's ``make_moons``.
    """
    t_0, t_1 = (np.linspace(0, np.pi, n) for n in _shares(m, 2))
    upper = np.cos(t_0), np.sin(t_0)
    lower = 1 - np.cos(t_1), 0.5 - np.sin(t_1)
    return _noisy([upper, lower], noise, rng)


def circles(m, noise, rng, factor=0.5):
    """Return two circles, (cos t, sin t) and inside it factor (cos t, sin t), 0 <= t < 2 pi.

    X (2, m), y (m,); m at least 2, 0 < factor < 1. The geometry is that of scikit-learn's ``make_circles``.
    """
    factor = real_number("factor", factor, above=0, below=1)
    t_0, t_1 = (np.linspace(0, 2 * np.pi, n, endpoint=False) for n in _shares(m, 2))
    outer = np.cos(t_0), np.sin(t_0)
    inner = factor * np.cos(t_1), factor * np.sin(t_1)
    return _noisy([outer, inner], noise, rng)


def spirals(m, noise, rng, turns=1.5):
    """Return two Archimedean spirals, s (cos t, sin t) and its opposite, with t = 2 pi turns s, 0 < s <= 1.

    X (2, m), y (m,); m at least 2, turns > 0. Both arms end at radius 1; neither has the center as an example.
    """
    turns = real_number("turns", turns, above=0)
    s_0, s_1 = (np.arange(1, n + 1) / n for n in _shares(m, 2))
    t_0, t_1 = 2 * np.pi * turns * s_0, 2 * np.pi * turns * s_1
    arm = s_0 * np.cos(t_0), s_0 * np.sin(t_0)
    opposite = -s_1 * np.cos(t_1), -s_1 * np.sin(t_1)
    return _noisy([arm, opposite], noise, rng)


def xor(m, noise, rng):
    """Return four clouds around (0, 0), (0, 1), (1, 0), (1, 1), in this order, with y = x_1 xor x_2 = 0, 1, 1, 0.

    X (2, m), y (m,); m at least 4, shared out among the corners. With m = 4 and noise = 0: the truth table.
    """
    corners, labels = parity(2)
    X, corner = _clouds(corners.T, m, noise, rng)
    return X, labels[corner]


def blobs(m, noise, rng, classes=3):
    """Return round clouds, class k around (cos t_k, sin t_k) with t_k = 2 pi k / classes.

    X (2, m), y (m,); classes at least 2, m at least ``classes``.
    """
    classes = whole_number("classes", classes, least=2)
    t = 2 * np.pi * np.arange(classes) / classes
    return _clouds(np.column_stack([np.cos(t), np.sin(t)]), m, noise, rng)


def parity(n):
    """Return all inputs of n bits, column i the binary digits of i, with y = (x_1 + ... + x_n) mod 2.

    X (n, 2**n) of 0. and 1., y (2**n,); 1 <= n <= 20.
    """
    n = whole_number("n", n)
    real_number("n", n, below=21)  # 2**20 examples of 20 bits are 160 MB
    bits = np.arange(2**n)[:, np.newaxis] >> np.arange(n)[::-1] & 1
    return bits.astype(float).T, bits.sum(axis=1) % 2


def _shares(m, groups):
    """Return how many of m examples each group gets."""
    m = whole_number("m", m, least=groups)
    return [(m + k) // groups for k in range(groups)]


def _clouds(centers, m, noise, rng):
    """Return m examples around the rows of ``centers``; y says around which."""
    counts = _shares(m, len(centers))
    return _noisy([np.tile(center, (n, 1)).T for center, n in zip(centers, counts)], noise, rng)


def _noisy(curves, noise, rng):
    """Return X and y of ``curves``, a pair (x_1, x_2) of coordinate arrays for each class, with noise added."""
    noise, rng = real_number("noise", noise, least=0), generator("rng", rng)
    rows = np.concatenate([np.column_stack(curve) for curve in curves])
    y = np.repeat(np.arange(len(curves)), [len(x_1) for x_1, x_2 in curves])
    return (rows + rng.normal(0, noise, rows.shape)).T, y


class Table(NamedTuple):
    """A real data set: X (n0, m), y (m,), the n0 names of X's rows, and the class that each label stands for."""

    X: np.ndarray
    y: np.ndarray
    feature_names: tuple
    class_names: tuple


def breast_cancer():
    """Return 569 tumors, 30 measurements of cell nuclei; y = 1 is malignant (scikit-learn's has it the other way).

    Units are not stated. Source and licence of all four files: data/README.md. A missing file raises
    ``FileNotFoundError``, a damaged one ``ValueError`` that names the file and, where it can, the line.
    """
    return _table("breast_cancer.csv", 569, 30, "malignant", ("benign", "malignant"))


def iris():
    """Return 150 flowers of three species, four lengths in cm (Fisher 1936). Errors as in ``breast_cancer``."""
    return _table("iris.csv", 150, 4, "species", ("setosa", "versicolor", "virginica"))


def wine():
    """Return 178 wines of three cultivars, 13 chemical measurements in mixed units. Errors as in ``breast_cancer``."""
    return _table("wine.csv", 178, 13, "cultivar", ("Barolo", "Grignolino", "Barbera"))


def digits():
    """Return 1,797 images of digits, 8 x 8 pixels row by row, each a count 0 .. 16. Errors as in ``breast_cancer``."""
    return _table("digits.csv", 1797, 64, "digit", tuple("0123456789"))


def _table(file, m, n0, label, class_names):
    """Read ``file``: a line of column names, the last ``label``, then m lines of n0 numbers and a label."""
    path = course_folder("data") / file
    if not path.is_file():
        raise FileNotFoundError(f"the data file {path} is missing: install mlp_course again")
    header, *lines = path.read_text(encoding="utf-8-sig", errors="replace").rstrip().split("\n")
    names = tuple(header.split(","))
    if len(names) != n0 + 1 or names[-1] != label:
        raise ValueError(
            f"{path}, line 1, must name {n0 + 1} columns, the last {label!r}, got {len(names)}, the last {names[-1]!r}"
        )
    if len(lines) != m:
        raise ValueError(f"{path} must have {m} lines below its first, got {len(lines)}")
    rows = np.array([_numbers(path, number, line, n0 + 1) for number, line in enumerate(lines, start=2)])
    y = label_vector(f"column {label!r} of {path}", rows[:, -1], m, len(class_names))
    return Table(np.ascontiguousarray(rows[:, :-1]).T, y, names[:-1], class_names)


def _numbers(path, number, line, columns):
    """Return the numbers of one line."""
    try:
        row = [float(cell) for cell in line.split(",")]
    except ValueError as error:
        raise ValueError(f"{path}, line {number}: {error}") from None
    if len(row) != columns:
        raise ValueError(f"{path}, line {number}, must hold {columns} numbers, got {len(row)}")
    if not all(map(math.isfinite, row)):
        raise ValueError(f"{path}, line {number}, must hold finite numbers, got nan or inf")
    return row


def split(X, y, rng, test=0.25):
    """Return X_train, X_test, y_train, y_test: a random split that holds out the same share of every class.

    X (n0, m), y (m,). Of a class with c examples, round(test c) are for the test (a half rounds to even);
    both parts are shuffled, and columns and labels stay matched. 0 < test < 1, and neither part may be empty.
    """
    X = real_array("X", X, ndim=2)
    y = label_vector("y", y, X.shape[1])
    test = real_number("test", test, above=0, below=1)
    order = generator("rng", rng).permutation(y.size)
    classes, counts = np.unique(y, return_counts=True)
    held_out = np.zeros(y.size, dtype=bool)
    for k, count in zip(classes, counts):
        held_out[order[y[order] == k][: round(test * count)]] = True
    if held_out.all() or not held_out.any():
        counts = np.array2string(counts, max_line_width=np.inf, threshold=20)  # in one line, however many classes
        raise ValueError(f"test must leave examples on both sides, got {test} of classes with {counts} examples")
    train, test = order[~held_out[order]], order[held_out[order]]
    # take, and not X[:, train]: NumPy promises its layout
    return X.T.take(train, axis=0).T, X.T.take(test, axis=0).T, y[train], y[test]
