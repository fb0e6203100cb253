"""The exercises of lesson 5b, backpropagation (source notes 000 to 004: what they print wrong is among the mistakes).

Everywhere: hidden units tanh (but in ``hidden_error_sigmoid``), output sigmoid, log-loss; lists start with None.
"""

from itertools import permutations

import numpy as np

from ..activations import sigmoid, tanh
from ..datasets import circles as circle_points
from ..losses import binary_cross_entropy
from ..network import MLP
from ..parameters import Parameters
from .engine import Choice, FunctionExercise, Mistake, Order, Threshold, ValueExercise, progress_of


def _numbers(rng, *shape):
    return rng.normal(size=shape).round(2)  # short numbers: a message shows them, and a student can compute them again


def _tanh_outputs(rng, *shape):
    return rng.uniform(-0.9, 0.9, shape).round(2)


def _probabilities(rng, *shape):
    return rng.uniform(0.1, 0.9, shape).round(2)


def _labels(n, m):
    return np.arange(n * m).reshape(n, m) % 3 % 2  # 0 1 0 0 1 0 0 1 ...


def _network(rng, sizes, m):
    """Return W, b, A, Y of a network after its forward pass, lists with None at 0 (A[0] = X)."""
    W = [None, *(_numbers(rng, n, n_before) for n_before, n in zip(sizes, sizes[1:]))]
    b = [None, *(_numbers(rng, n, 1) for n in sizes[1:])]
    A = [_numbers(rng, sizes[0], m)]
    for l in range(1, len(sizes)):
        Z = W[l] @ A[l - 1] + b[l]
        A.append(np.tanh(Z) if l < len(sizes) - 1 else 1 / (1 + np.exp(-Z)))
    return W, b, A, _labels(sizes[-1], m)


# The error of the output layer


def _output_error(A, Y):
    return A - Y


def _output_error_cases(rng):
    return [(_probabilities(rng, n, m), _labels(n, m)) for n, m in [(1, 3), (2, 2), (2, 5), (3, 3)]]


output_error = FunctionExercise(
    _output_error,
    _output_error_cases,
    [
        Mistake(
            "sign",
            lambda A, Y: Y - A,
            "This is the target minus the output. dZ is positive where the output is too large.",
        ),
        Mistake(
            "mean already here",
            lambda A, Y: (A - Y) / A.shape[1],
            "The 1/m is already here. It comes once, later, in dW and db: "
            "dZ holds the error of each example by itself.",
        ),
        Mistake(
            "divided by the units",
            lambda A, Y: (A - Y) / A.shape[0],
            "The error is divided by the number of output units. In dZ nothing is divided.",
        ),
        Mistake(
            "sum over the examples",
            lambda A, Y: (A - Y).sum(axis=1, keepdims=True),
            "The examples are added up, and one column is left. In dZ each example keeps its own column.",
        ),
        Mistake(
            "sum, rank 1",
            lambda A, Y: (A - Y).sum(axis=1),
            "The examples are added up, and even the second dimension is gone. dZ has the shape of A.",
        ),
        Mistake(
            "mean over the examples",
            lambda A, Y: (A - Y).mean(axis=1, keepdims=True),
            "This is the mean over the examples: that is db. In dZ each example keeps its own column.",
        ),
        Mistake(
            "mean, rank 1",
            lambda A, Y: (A - Y).mean(axis=1),
            "The mean is taken over the examples, and their columns are gone. dZ has the shape of A.",
        ),
        Mistake(
            "line of note 000",
            lambda A, Y: -(A - Y).mean(axis=1, keepdims=True),
            "This is the line that note 000 prints. It has two errors: the sign, and a sum that removes the columns.",
        ),
        Mistake(
            "sum of everything",
            lambda A, Y: np.sum(A - Y),
            "All errors are added up into one number. dZ has one number for each output unit and each example.",
        ),
        Mistake(
            "mean of everything",
            lambda A, Y: np.mean(A - Y),
            "This is one number, the mean of all errors. dZ has one number for each output unit and each example.",
        ),
        Mistake(
            "sigmoid slope twice",
            lambda A, Y: (A - Y) * A * (1 - A),
            "The slope A (1 - A) is one factor too many. The log-loss has already canceled it; with squared error it "
            "stays.",
        ),
        Mistake(
            "slope for A, not Z",
            lambda A, Y: -Y / A + (1 - Y) / (1 - A),
            "This is the slope of the loss with respect to A. On the way from A to Z one factor is missing.",
        ),
        Mistake(
            "slope for A, sign",
            lambda A, Y: Y / A - (1 - Y) / (1 - A),
            "This is the slope with respect to A with the wrong sign. The slope of the sigmoid is missing too.",
        ),
        Mistake(
            "label 0 forgotten",
            lambda A, Y: -Y * (1 - A),
            "Only the term with Y is here: an example with label 0 gets no error at all.",
        ),
        Mistake(
            "label 1 forgotten",
            lambda A, Y: (1 - Y) * A,
            "Only the term with 1 - Y is here: an example with label 1 gets no error at all.",
        ),
        Mistake(
            "bracket missing",
            lambda A, Y: -Y / A + (1 - Y) / (1 - A) * A * (1 - A),
            "A bracket is missing: the slope of the sigmoid multiplies only the second of the two terms.",
        ),
        Mistake(
            "bracket missing, sign",
            lambda A, Y: Y / A - (1 - Y) / (1 - A) * A * (1 - A),
            "So prints note 000: a bracket is missing, so the slope reaches one term only. The sign is off too.",
        ),
        Mistake(
            "sign in the loss",
            lambda A, Y: -Y * (1 - A) - (1 - Y) * A,
            "One sign is wrong: both terms of the loss have a minus, and log(1 - A) brings one more when you derive "
            "it.",
        ),
        Mistake(
            "absolute value",
            lambda A, Y: np.abs(A - Y),
            "The absolute value hides on which side the output is wrong. dZ keeps its sign.",
        ),
        Mistake(
            "square",
            lambda A, Y: (A - Y) ** 2,
            "The error is squared here. dZ is a slope, and it keeps its sign.",
        ),
        Mistake(
            "factor 2",
            lambda A, Y: 2 * (A - Y),
            "A factor 2 too many: it comes from a square, and the log-loss has none.",
        ),
        Mistake(
            "loss itself",
            lambda A, Y: -Y * np.log(A) - (1 - Y) * np.log(1 - A),
            "This is the loss of each example. dZ is the slope of this loss with respect to Z.",
        ),
        Mistake(
            "sigmoid slope only",
            lambda A, Y: A * (1 - A),
            "This is the slope of the sigmoid alone: the targets Y are not used.",
        ),
        Mistake(
            "labels for probabilities",
            lambda A, Y: (A >= 0.5) - Y,
            "The output is rounded to a label first. dZ keeps the probability: 0.6 and 0.9 are not equally wrong.",
        ),
        Mistake(
            "transposed",
            lambda A, Y: (A - Y).T,
            "The result is transposed. dZ has the shape of A: a row for each unit, a column for each example.",
        ),
    ],
    returns=("dZ",),
    vectorized=True,
)


# The gradients of one layer


def _dW(dZ, A_before):
    return dZ @ A_before.T / dZ.shape[1]


def _dW_cases(rng):
    sizes = [(1, 2, 3), (2, 2, 3), (4, 3, 5), (3, 3, 3)]
    return [(_numbers(rng, n, m), _numbers(rng, n_before, m)) for n, n_before, m in sizes]


dW = FunctionExercise(
    _dW,
    _dW_cases,
    [
        Mistake(
            "no mean",
            lambda dZ, A_before: dZ @ A_before.T,
            "This is the gradient times m. The product adds up over the examples: make it a mean.",
        ),
        Mistake(
            "1/n for 1/m",
            lambda dZ, A_before: dZ @ A_before.T / dZ.shape[0],
            "The sum is divided by the number of units of this layer. The examples are counted by the columns.",
        ),
        Mistake(
            "1/n before for 1/m",
            lambda dZ, A_before: dZ @ A_before.T / A_before.shape[0],
            "The sum is divided by the number of units of the layer before. The examples are counted by the columns.",
        ),
        Mistake(
            "divided by the size",
            lambda dZ, A_before: dZ @ A_before.T / dZ.size,
            "The sum is divided by the number of all entries of dZ, units times examples. "
            "Only the examples are averaged.",
        ),
        Mistake(
            "mean twice",
            lambda dZ, A_before: dZ @ A_before.T / dZ.shape[1] ** 2,
            "The 1/m stands here twice. Once is enough: dZ comes without it.",
        ),
        Mistake(
            "transpose missing",
            lambda dZ, A_before: dZ @ A_before / dZ.shape[1],
            "A transpose is missing, as in note 000. When all sizes are equal, nothing raises an error, and the "
            "result is wrong.",
        ),
        Mistake(
            "dZ transposed",
            lambda dZ, A_before: dZ.T @ A_before / dZ.shape[1],
            "The wrong factor is transposed: this product adds up over the units. It must add up over the examples.",
        ),
        Mistake(
            "order exchanged",
            lambda dZ, A_before: A_before.T @ dZ / dZ.shape[1],
            "The factors are in the order of the row convention. Here examples are columns: "
            "the order is the other one.",
        ),
        Mistake(
            "result transposed",
            lambda dZ, A_before: A_before @ dZ.T / dZ.shape[1],
            "The result is transposed. dW has the shape of W: a row for each unit of this layer.",
        ),
        Mistake(
            "both transposed",
            lambda dZ, A_before: dZ.T @ A_before.T / dZ.shape[1],
            "Both factors are transposed: one is enough. Write the three shapes side by side.",
        ),
        Mistake(
            "element-wise product",
            lambda dZ, A_before: dZ * A_before / dZ.shape[1],
            "`*` multiplies entry by entry. Here every unit meets every input: it is a matrix product.",
        ),
        Mistake(
            "element-wise sum",
            lambda dZ, A_before: np.sum(dZ * A_before) / dZ.shape[1],
            "This is the sum of products in note 000. It gives one number, and dW has one for each weight.",
        ),
        Mistake(
            "mean of everything",
            lambda dZ, A_before: np.mean(dZ @ A_before.T),
            "`np.mean` runs over the entries of the product, so one number is left. The mean is over the examples.",
        ),
        Mistake(
            "mean over a row",
            lambda dZ, A_before: (dZ @ A_before.T).mean(axis=1, keepdims=True),
            "This mean runs over the weights of a unit. The mean is over the examples, and the product has already "
            "added them.",
        ),
        Mistake(
            "product of means",
            lambda dZ, A_before: dZ.mean(axis=1, keepdims=True) @ A_before.mean(axis=1, keepdims=True).T,
            "This is the product of two means. dW is the mean of the products: "
            "each error meets the input of its own example.",
        ),
        Mistake(
            "sign",
            lambda dZ, A_before: -dZ @ A_before.T / dZ.shape[1],
            "The sign is turned. dW is the slope; the minus comes later, in the update.",
        ),
        Mistake(
            "db for dW",
            lambda dZ, A_before: dZ.sum(axis=1, keepdims=True) / dZ.shape[1],
            "This is db: the inputs A_before are not used.",
        ),
        Mistake(
            "last example only",
            lambda dZ, A_before: dZ[:, -1:] @ A_before[:, -1:].T / dZ.shape[1],
            "Only the last example is left: each turn of the loop overwrites the one before.",
        ),
        Mistake(
            "first example only",
            lambda dZ, A_before: dZ[:, :1] @ A_before[:, :1].T / dZ.shape[1],
            "Only the first example is here: is the `return` inside the loop?",
        ),
        Mistake(
            "first example forgotten",
            lambda dZ, A_before: dZ[:, 1:] @ A_before[:, 1:].T / dZ.shape[1],
            "The first example is missing: columns are counted from 0.",
        ),
        Mistake(
            "last example forgotten",
            lambda dZ, A_before: dZ[:, :-1] @ A_before[:, :-1].T / dZ.shape[1],
            "The last example is missing: `range(m)` already ends at m - 1.",
        ),
    ],
    returns=("dW",),
    vectorized=True,
)


def _db(dZ):
    return dZ.sum(axis=1, keepdims=True) / dZ.shape[1]


def _db_cases(rng):
    return [(_numbers(rng, n, m),) for n, m in [(2, 3), (2, 2), (1, 4), (4, 3), (3, 3)]]


db = FunctionExercise(
    _db,
    _db_cases,
    [
        Mistake(
            "keepdims missing",
            lambda dZ: dZ.sum(axis=1) / dZ.shape[1],
            "The values are right, the shape is not: without `keepdims` the column is lost, and b - rate * db grows "
            "to (n, n).",
        ),
        Mistake(
            "no mean",
            lambda dZ: dZ.sum(axis=1, keepdims=True),
            "This is the sum over the examples. The cost is a mean, so db is one too.",
        ),
        Mistake(
            "no mean, no keepdims",
            lambda dZ: dZ.sum(axis=1),
            "Two things are missing: the 1/m of the mean, and `keepdims`, which keeps the column.",
        ),
        Mistake(
            "1/n for 1/m",
            lambda dZ: dZ.sum(axis=1, keepdims=True) / dZ.shape[0],
            "This is divided by the number of units, as a line of note 001 prints it. "
            "Divide by the number of examples.",
        ),
        Mistake(
            "mean twice",
            lambda dZ: dZ.mean(axis=1, keepdims=True) / dZ.shape[1],
            "The mean already divides by m: here it is divided once more.",
        ),
        Mistake(
            "axis 0",
            lambda dZ: dZ.sum(axis=0, keepdims=True) / dZ.shape[1],
            "`axis=0` adds up the units of one example. One number a unit is wanted: add up over the examples.",
        ),
        Mistake(
            "axis 0, no keepdims",
            lambda dZ: dZ.sum(axis=0) / dZ.shape[1],
            "`axis=0` adds up the units of one example, and the second dimension is gone too. "
            "One number a unit is wanted.",
        ),
        Mistake(
            "mean over the units",
            lambda dZ: dZ.mean(axis=0, keepdims=True),
            "This mean runs over the units. Each unit has its own bias: the mean runs over the examples.",
        ),
        Mistake(
            "mean over the units, rank 1",
            lambda dZ: dZ.mean(axis=0),
            "This mean runs over the units, and a dimension is lost. Each unit has its own bias, and db is a column.",
        ),
        Mistake(
            "sum of everything",
            lambda dZ: dZ.sum() / dZ.shape[1],
            "Units and examples are added up together: one number for all. Each unit has its own bias.",
        ),
        Mistake(
            "mean of everything",
            lambda dZ: dZ.mean(),
            "This is the mean over units and examples: one number for all. Each unit has its own bias.",
        ),
        Mistake(
            "axis missing",
            lambda dZ: dZ.sum(keepdims=True) / dZ.shape[1],
            "Without an `axis` the sum runs over everything, and `keepdims` makes a (1, 1) of it. "
            "Each unit has its own bias.",
        ),
        Mistake(
            "dZ itself",
            lambda dZ: dZ,
            "This is dZ itself, as notes 003 and 004 print it. That is true for one example only: "
            "one bias serves all m of them.",
        ),
        Mistake(
            "sum missing",
            lambda dZ: dZ / dZ.shape[1],
            "The 1/m is here, the sum over the examples is not: db has one column, dZ has m.",
        ),
        Mistake(
            "row for column",
            lambda dZ: dZ.sum(axis=1)[np.newaxis, :] / dZ.shape[1],
            "This is a row. b is a column, and db has the shape of b.",
        ),
        Mistake(
            "sign",
            lambda dZ: -dZ.sum(axis=1, keepdims=True) / dZ.shape[1],
            "The sign is turned. db is the slope; the minus comes later, in the update.",
        ),
        Mistake(
            "last example only",
            lambda dZ: dZ[:, -1:] / dZ.shape[1],
            "Only the last example is left: each turn of the loop overwrites the one before.",
        ),
        Mistake(
            "first example only",
            lambda dZ: dZ[:, :1] / dZ.shape[1],
            "Only the first example is here: is the `return` inside the loop?",
        ),
    ],
    returns=("db",),
    vectorized=True,
)


# One layer back: which gradient carries the 1/m, and the hidden error

dZ_or_dJ = ValueExercise(
    "dZ_or_dJ",
    {"dZ": False, "dJ/dZ": True, "dW": True, "db": True},
    [
        Mistake(
            "the other way round",
            {"dZ": True, "dJ/dZ": False, "dW": False, "db": False},
            "It is just the other way round. What is a slope of J, the mean, carries the 1/m of this mean.",
        ),
        Mistake(
            "dZ is dJ/dZ",
            {"dZ": True, "dJ/dZ": True},
            "You take dZ for the slope of J. Column i of dZ is the slope of the loss of example i: "
            "no other example is in it.",
        ),
        Mistake(
            "two names exchanged",
            {"dZ": True, "dJ/dZ": False},
            "dZ and dJ/dZ are exchanged. The one with J in its name comes from the mean.",
        ),
        Mistake(
            "no mean anywhere",
            {"dZ": False, "dJ/dZ": False, "dW": False, "db": False},
            "So it would be if J were the sum of the losses. J is their mean: its 1/m must stay somewhere.",
        ),
        Mistake(
            "1/m in dJ/dZ only",
            {"dZ": False, "dJ/dZ": True, "dW": False, "db": False},
            "dW and db are short for dJ/dW and dJ/db: both are slopes of the mean.",
        ),
        Mistake(
            "dJ/dZ without 1/m",
            {"dZ": False, "dJ/dZ": False},
            "J is a mean over m examples, and each example has only its share in it. So dJ/dZ and dZ are not the same.",
        ),
        Mistake(
            "dW without 1/m",
            {"dZ": False, "dW": False, "db": True},
            "db is right. W and b stand in the same cost: what is true for the one is true for the other.",
        ),
        Mistake(
            "db without 1/m",
            {"dZ": False, "dW": True, "db": False},
            "dW is right. W and b stand in the same cost: what is true for the one is true for the other.",
        ),
    ],
)


def _hidden_error(W_next, dZ_next, A):
    return W_next.T @ dZ_next * (1 - A * A)


def _hidden_error_cases(rng):
    sizes = [(2, 1, 3), (2, 2, 3), (3, 4, 5), (3, 2, 3), (3, 3, 3)]  # n, n_next, m
    return [(_numbers(rng, k, n), _numbers(rng, k, m), _tanh_outputs(rng, n, m)) for n, k, m in sizes]


hidden_error = FunctionExercise(
    _hidden_error,
    _hidden_error_cases,
    [
        Mistake(
            "transpose missing",
            lambda W, dZ, A: W @ dZ * (1 - A * A),
            "W goes forward, from this layer to the next. The error returns through the same wires: "
            "something must be turned.",
        ),
        Mistake(
            "slope forgotten",
            lambda W, dZ, A: W.T @ dZ,
            "The slope of tanh is missing: the error has reached A, not yet Z. "
            "On moons such a network stays near 0.88, as one line does.",
        ),
        Mistake(
            "slope of the sigmoid",
            lambda W, dZ, A: W.T @ dZ * A * (1 - A),
            "A (1 - A) is the slope of the sigmoid. These units are tanh units.",
        ),
        Mistake(
            "A for its square",
            lambda W, dZ, A: W.T @ dZ * (1 - A),
            "The slope is nearly there: in 1 - tanh² the square is missing.",
        ),
        Mistake(
            "1 - A squared",
            lambda W, dZ, A: W.T @ dZ * (1 - A) ** 2,
            "In the slope all of 1 - A is squared. Only A is: look at the brackets.",
        ),
        Mistake(
            "A taken for Z",
            lambda W, dZ, A: W.T @ dZ * (1 - np.tanh(A) ** 2),
            "tanh is applied to A, but A is already tanh(Z). The slope can be read from A itself.",
        ),
        Mistake(
            "sign in the slope",
            lambda W, dZ, A: W.T @ dZ * (1 + A * A),
            "A sign in the slope of tanh is wrong: this one is larger than 1, and tanh is never steeper than 1.",
        ),
        Mistake(
            "1 forgotten",
            lambda W, dZ, A: W.T @ dZ * A * A,
            "The slope of tanh is 1 minus a square. Here only the square is left.",
        ),
        Mistake(
            "A for the slope",
            lambda W, dZ, A: W.T @ dZ * A,
            "The error is multiplied by A itself. The factor is the slope of tanh, which can be computed from A.",
        ),
        Mistake(
            "tanh for its slope",
            lambda W, dZ, A: W.T @ dZ * np.tanh(A),
            "The error is multiplied by tanh(A). The factor is the slope of tanh, and A is already tanh(Z).",
        ),
        Mistake(
            "brackets missing",
            lambda W, dZ, A: W.T @ dZ * 1 - A * A,
            "Brackets are missing around the slope: here A² is subtracted from the product.",
        ),
        Mistake(
            "slope added",
            lambda W, dZ, A: W.T @ dZ + (1 - A * A),
            "The slope is added. In a chain slopes multiply.",
        ),
        Mistake(
            "slope divided",
            lambda W, dZ, A: W.T @ dZ / (1 - A * A),
            "The error is divided by the slope. A flat unit passes little error back, not much.",
        ),
        Mistake(
            "sum over the examples",
            lambda W, dZ, A: (W.T @ dZ * (1 - A * A)).sum(axis=1, keepdims=True),
            "The examples are added up too early: in dZ each one keeps its column. The sum comes in dW and db.",
        ),
        Mistake(
            "mean over the examples",
            lambda W, dZ, A: (W.T @ dZ * (1 - A * A)).mean(axis=1, keepdims=True),
            "This is already the mean over the examples: that is db. In dZ each example keeps its column.",
        ),
        Mistake(
            "1/m here too",
            lambda W, dZ, A: W.T @ dZ * (1 - A * A) / dZ.shape[1],
            "A 1/m slipped in. It comes once, in dW and db: here every layer would divide once more.",
        ),
        Mistake(
            "element-wise product",
            lambda W, dZ, A: W.T * dZ * (1 - A * A),
            "`*` multiplies entry by entry. A unit collects errors from all units of the next layer: "
            "that sum is a matrix product.",
        ),
        Mistake(
            "element-wise, no transpose",
            lambda W, dZ, A: W * dZ * (1 - A * A),
            "`*` multiplies entry by entry, and W is not transposed. The error comes back by a matrix product.",
        ),
        Mistake(
            "matrix product with the slope",
            lambda W, dZ, A: W.T @ dZ @ (1 - A * A),
            "The slope is multiplied by `@`. Each entry has its own slope: this product goes entry by entry.",
        ),
        Mistake(
            "slope before W",
            lambda W, dZ, A: W.T @ (dZ * (1 - A * A)),
            "The slope stands inside, at the next layer. The error passes the wires first, then the slope of this "
            "layer.",
        ),
        Mistake(
            "order exchanged",
            lambda W, dZ, A: dZ @ W.T * (1 - A * A),
            "The factors are exchanged: this is the order of the row convention. Write the shapes below each factor.",
        ),
        Mistake(
            "order exchanged, no transpose",
            lambda W, dZ, A: dZ @ W * (1 - A * A),
            "The factors are exchanged, and no transpose is left. Write the shapes below each factor.",
        ),
        Mistake(
            "dZ transposed",
            lambda W, dZ, A: dZ.T @ W * (1 - A * A),
            "dZ is transposed in place of W, so an example becomes a row. The result must have the shape of A.",
        ),
        Mistake(
            "result transposed",
            lambda W, dZ, A: (W.T @ dZ * (1 - A * A)).T,
            "The values are right, but transposed: a row for each unit, a column for each example.",
        ),
        Mistake(
            "inverse for transpose",
            lambda W, dZ, A: np.linalg.inv(W) @ dZ * (1 - A * A),
            "You undo W by its inverse. Going back does not undo the layer: "
            "each wire carries the error with its own weight.",
        ),
        Mistake(
            "sign",
            lambda W, dZ, A: -W.T @ dZ * (1 - A * A),
            "The sign is turned. The error is passed on with its sign; the minus comes in the update.",
        ),
    ],
    returns=("dZ",),
    vectorized=True,
)


def _hidden_error_sigmoid(W2, A1, A2, Y):
    return W2.T @ (A2 - Y) * A1 * (1 - A1)


def _hidden_error_sigmoid_cases(rng):
    cases = []
    for n1, n2, m in [(2, 1, 3), (2, 2, 3), (4, 3, 5), (3, 3, 3)]:
        cases.append((_numbers(rng, n2, n1), _probabilities(rng, n1, m), _probabilities(rng, n2, m), _labels(n2, m)))
    return cases


hidden_error_sigmoid = FunctionExercise(
    _hidden_error_sigmoid,
    _hidden_error_sigmoid_cases,
    [
        Mistake(
            "A1 for A2 in the error",
            lambda W2, A1, A2, Y: W2.T @ (A1 - Y) * A1 * (1 - A1),
            "Hidden units have no targets: the error A - Y is that of the output layer. Note 000 exchanges the two.",
        ),
        Mistake(
            "A1 for A2, element-wise",
            lambda W2, A1, A2, Y: W2.T * (A1 - Y) * A1 * (1 - A1),
            "This is the line of note 000 with repaired shapes. Two errors stay: "
            "whose output is compared with Y, and the product.",
        ),
        Mistake(
            "A2 for A1 in the slope",
            lambda W2, A1, A2, Y: W2.T @ (A2 - Y) * A2 * (1 - A2),
            "This slope is that of the output layer. The error has arrived at layer 1: its own slope is needed.",
        ),
        Mistake(
            "A1 and A2 exchanged",
            lambda W2, A1, A2, Y: W2.T @ (A1 - Y) * A2 * (1 - A2),
            "A1 and A2 are exchanged everywhere. Y belongs to the output, the slope to the hidden layer.",
        ),
        Mistake(
            "transpose missing",
            lambda W2, A1, A2, Y: W2 @ (A2 - Y) * A1 * (1 - A1),
            "W2 goes forward, from layer 1 to layer 2. The error takes the same wires back: something must be turned.",
        ),
        Mistake(
            "element-wise product",
            lambda W2, A1, A2, Y: W2.T * (A2 - Y) * A1 * (1 - A1),
            "With one output unit this is right by luck. A hidden unit collects the errors of all outputs: "
            "that is a matrix product.",
        ),
        Mistake(
            "matrix product with the slope",
            lambda W2, A1, A2, Y: W2.T @ (A2 - Y) @ (A1 * (1 - A1)),
            "The slope is multiplied by `@`. Each entry has its own slope: this product goes entry by entry.",
        ),
        Mistake(
            "order exchanged",
            lambda W2, A1, A2, Y: (A2 - Y) @ W2.T * A1 * (1 - A1),
            "W2 and the error have changed places. Write the shapes below each factor.",
        ),
        Mistake(
            "order exchanged, no transpose",
            lambda W2, A1, A2, Y: (A2 - Y) @ W2 * A1 * (1 - A1),
            "W2 and the error have changed places, and no transpose is left. Write the shapes below each factor.",
        ),
        Mistake(
            "error transposed",
            lambda W2, A1, A2, Y: (A2 - Y).T @ W2 * A1 * (1 - A1),
            "The error is transposed in place of W2, so an example becomes a row. The result must have the shape of A1.",
        ),
        Mistake(
            "slope forgotten",
            lambda W2, A1, A2, Y: W2.T @ (A2 - Y),
            "The slope of the hidden sigmoid is missing: the error has reached A1, not yet Z1.",
        ),
        Mistake(
            "slope of tanh",
            lambda W2, A1, A2, Y: W2.T @ (A2 - Y) * (1 - A1 * A1),
            "1 - A² is the slope of tanh. In this network the hidden units are sigmoids.",
        ),
        Mistake(
            "A taken for Z",
            lambda W2, A1, A2, Y: W2.T @ (A2 - Y) * sigmoid(A1) * (1 - sigmoid(A1)),
            "The sigmoid is applied to A1, but A1 is already the sigmoid of Z1. The slope can be read from A1 itself.",
        ),
        Mistake(
            "half a slope, A",
            lambda W2, A1, A2, Y: W2.T @ (A2 - Y) * A1,
            "The slope of the sigmoid has two factors: one of them is missing.",
        ),
        Mistake(
            "half a slope, 1 - A",
            lambda W2, A1, A2, Y: W2.T @ (A2 - Y) * (1 - A1),
            "The slope of the sigmoid has two factors: the other one is missing.",
        ),
        Mistake(
            "brackets missing",
            lambda W2, A1, A2, Y: W2.T @ (A2 - Y) * A1 * 1 - A1,
            "Brackets are missing around 1 - A1: here A1 is subtracted at the very end.",
        ),
        Mistake(
            "brackets missing in the error",
            lambda W2, A1, A2, Y: W2.T @ A2 - Y * A1 * (1 - A1),
            "Brackets are missing around the error: W2 must multiply all of A2 - Y.",
        ),
        Mistake(
            "1/m here too",
            lambda W2, A1, A2, Y: W2.T @ (A2 - Y) * A1 * (1 - A1) / Y.shape[1],
            "The 1/m is already here. It comes once, in dW and db.",
        ),
        Mistake(
            "sum over the examples",
            lambda W2, A1, A2, Y: (W2.T @ (A2 - Y) * A1 * (1 - A1)).sum(axis=1, keepdims=True),
            "The examples are added up too early: each one keeps its column until dW and db.",
        ),
        Mistake(
            "mean over the examples",
            lambda W2, A1, A2, Y: (W2.T @ (A2 - Y) * A1 * (1 - A1)).mean(axis=1, keepdims=True),
            "This is already db1, the mean over the examples. In dZ1 each example keeps its column.",
        ),
        Mistake(
            "sign",
            lambda W2, A1, A2, Y: W2.T @ (Y - A2) * A1 * (1 - A1),
            "The sign is turned: look at the output error and at the slope.",
        ),
        Mistake(
            "output slope too",
            lambda W2, A1, A2, Y: W2.T @ ((A2 - Y) * A2 * (1 - A2)) * A1 * (1 - A1),
            "The slope of the output sigmoid is one factor too many: the log-loss has already canceled it in A2 - Y.",
        ),
        Mistake(
            "error not sent back",
            lambda W2, A1, A2, Y: (A2 - Y) * A1 * (1 - A1),
            "The weights W2 are not used. The error comes back through them: a strong wire carries more of it.",
        ),
    ],
    returns=("dZ1",),
    vectorized=True,
)


# Two layers on paper. Given: X = [[1, -1]], A1 = [[.5, -.5], [.8, -.8]] (tanh), W2 = [[2, -1]], A2 = [[.55, .45]],
# Y = [[1, 1]], m = 2. Rounded: W1 = [[.549], [1.099]], no biases, A2 = sigmoid(+-.2).

two_layers = ValueExercise(
    "two_layers",
    {
        "dZ2[0, 0]": -0.45,
        "dW2[0, 1]": 0.04,
        "db2[0, 0]": -0.5,
        "dZ1[1, 0]": 0.162,
        "dW1[1, 0]": -0.018,
        "db1[1, 0]": 0.18,
    },
    [
        Mistake(
            "sign", {"dZ2[0, 0]": 0.45}, "dZ2 has the wrong sign: this output is too small, so its error is negative."
        ),
        Mistake(
            "mean in dZ2",
            {"dZ2[0, 0]": -0.225},
            "dZ2 is already divided by m = 2. The 1/m comes once, in dW and db.",
        ),
        Mistake(
            "sigmoid slope in dZ2",
            {"dZ2[0, 0]": -0.45 * 0.55 * 0.45},
            "dZ2 is multiplied by A2 (1 - A2). The log-loss has already canceled this slope.",
        ),
        Mistake(
            "slope for A2",
            {"dZ2[0, 0]": -1 / 0.55},
            "For dZ2 you give the slope of the loss with respect to A2. The slope of the sigmoid is missing.",
        ),
        Mistake("no mean in dW2", {"dW2[0, 1]": 0.08}, "dW2 is the sum over the two examples. It must be their mean."),
        Mistake(
            "other weight",
            {"dW2[0, 1]": 0.025},
            "This is dW2[0, 0]. Rows and columns are counted from 0: dW2[0, 1] belongs to the second hidden unit.",
        ),
        Mistake(
            "first example only",
            {"dW2[0, 1]": -0.18},
            "In dW2 only the first example is here. The second one has the input -0.8 and an error of its own.",
        ),
        Mistake(
            "sign of A1",
            {"dW2[0, 1]": -0.4},
            "In dW2 the input of the second example has lost its minus: it is -0.8.",
        ),
        Mistake(
            "A2 for A1",
            {"dW2[0, 1]": -0.2475},
            "In dW2 you multiply by A2. A weight is multiplied by what goes into its layer: A1.",
        ),
        Mistake("no mean in db2", {"db2[0, 0]": -1.0}, "db2 is the sum over the two examples. It must be their mean."),
        Mistake(
            "slope forgotten",
            {"dZ1[1, 0]": 0.45},
            "In dZ1 the slope of tanh is missing: the error has reached A1, not yet Z1.",
        ),
        Mistake(
            "slope of the sigmoid",
            {"dZ1[1, 0]": 0.072},
            "In dZ1 you used A (1 - A), the slope of the sigmoid. The hidden units are tanh units.",
        ),
        Mistake(
            "A for its square",
            {"dZ1[1, 0]": 0.09},
            "In dZ1 the slope is 1 - 0.8 here. In 1 - tanh² the square is missing.",
        ),
        Mistake(
            "slope of layer 2",
            {"dZ1[1, 0]": 0.45 * (1 - 0.55**2)},
            "In dZ1 the slope is computed from A2. The error has arrived at layer 1: use A1.",
        ),
        Mistake(
            "other wire",
            {"dZ1[1, 0]": -0.324},
            "In dZ1 you went back through the weight 2. The second hidden unit has the other wire.",
        ),
        Mistake(
            "other unit", {"dZ1[1, 0]": -0.675}, "This is dZ1[0, 0]: units are counted from 0, and row 1 is the second."
        ),
        Mistake("sign of the wire", {"dZ1[1, 0]": -0.162}, "In dZ1 the sign of the weight is lost: this wire is -1."),
        Mistake(
            "mean in dZ1", {"dZ1[1, 0]": 0.081}, "dZ1 is already divided by m = 2. The 1/m comes once, in dW and db."
        ),
        Mistake(
            "no mean in dW1", {"dW1[1, 0]": -0.036}, "dW1 is the sum over the two examples. It must be their mean."
        ),
        Mistake(
            "input forgotten",
            {"dW1[1, 0]": 0.18},
            "dW1 is the mean of dZ1 alone: that is db1. The input of the second example is -1.",
        ),
        Mistake("no mean in db1", {"db1[1, 0]": 0.36}, "db1 is the sum over the two examples. It must be their mean."),
    ],
    tolerance=0.01,
)


# L layers


def _backward(W, A, Y):
    L, m = len(W) - 1, Y.shape[1]
    dW, db = [None] * (L + 1), [None] * (L + 1)
    dZ = A[L] - Y
    for l in range(L, 0, -1):
        dW[l] = dZ @ A[l - 1].T / m
        db[l] = dZ.sum(axis=1, keepdims=True) / m
        dZ = W[l].T @ dZ * (1 - A[l - 1] ** 2)
    return dW, db


def _backward_cases(rng):
    cases = []
    for sizes, m in [((3, 2, 1), 4), ((2, 4, 3, 2), 5), ((3, 3, 3, 3), 3)]:
        W, _, A, Y = _network(rng, sizes, m)
        cases.append((W, A, Y))
    return cases


def _swept(
    layers=lambda L: range(L, 0, -1),
    output=lambda A, Y: A[-1] - Y,
    weights=lambda dZ, A, l: dZ @ A[l - 1].T / dZ.shape[1],
    biases=lambda dZ, A, l: dZ.sum(axis=1, keepdims=True) / dZ.shape[1],
    hidden=lambda W, dZ, A, l: W[l].T @ dZ * (1 - A[l - 1] ** 2),
    last=1,
):
    """Return ``backward`` with some lines changed; only layers above ``last`` send an error back."""

    def backward(W, A, Y):
        dW, db = [None] * len(W), [None] * len(W)
        dZ = output(A, Y)
        for l in layers(len(W) - 1):
            dW[l], db[l] = weights(dZ, A, l), biases(dZ, A, l)
            if l > last:
                dZ = hidden(W, dZ, A, l)
        return dW, db

    return backward


def _moved_too_early(W, A, Y):
    dW, db = [None] * len(W), [None] * len(W)
    dZ = A[-1] - Y
    for l in range(len(W) - 1, 0, -1):
        dZ = W[l].T @ dZ * (1 - A[l - 1] ** 2)
        dW[l], db[l] = dZ @ A[l - 1].T / dZ.shape[1], dZ.sum(axis=1, keepdims=True) / dZ.shape[1]
    return dW, db


def _hidden_targets(W, A, Y):
    """Every layer compared with Y, as note 000 prints it for layer 1."""
    dW, db = [None] * len(W), [None] * len(W)
    for l in range(len(W) - 1, 0, -1):
        dZ = A[l] - Y
        dW[l], db[l] = dZ @ A[l - 1].T / dZ.shape[1], dZ.sum(axis=1, keepdims=True) / dZ.shape[1]
    return dW, db


def _top_first(W, A, Y):
    dW, db = _backward(W, A, Y)
    return [None, *dW[:0:-1]], [None, *db[:0:-1]]


def _top_first_no_none(W, A, Y):
    dW, db = _backward(W, A, Y)
    return dW[:0:-1], db[:0:-1]


def _no_none(W, A, Y):
    dW, db = _backward(W, A, Y)
    return dW[1:], db[1:]


_LAST_FORGOTTEN = "The last layer is missing: the loop starts one layer too low. `range` includes its first number."
_WRONG_W = "The error leaves layer l through W of another layer. Layer l has its own wires to the layer before: W[l]."

backward = FunctionExercise(
    _backward,
    _backward_cases,
    [
        Mistake(
            "loop upward",
            _swept(layers=lambda L: range(1, L + 1), last=0),
            "The loop runs upward. The error starts at the output, so the last layer comes first.",
        ),
        Mistake(
            "loop upward, guarded",
            _swept(layers=lambda L: range(1, L + 1)),
            "The loop runs upward. The error starts at the output: the last layer comes first, and layer 1 at the end.",
        ),
        Mistake(
            "A[l] for A[l-1]",
            _swept(weights=lambda dZ, A, l: dZ @ A[l].T / dZ.shape[1]),
            "dW[l] is computed with the output of layer l. Its weights are multiplied by what goes into the layer.",
        ),
        Mistake(
            "transpose of A missing",
            _swept(weights=lambda dZ, A, l: dZ @ A[l - 1] / dZ.shape[1]),
            "In dW the transpose is missing, as in note 000. Where all sizes are equal, nothing tells you.",
        ),
        Mistake(
            "transpose of W missing",
            _swept(hidden=lambda W, dZ, A, l: W[l] @ dZ * (1 - A[l - 1] ** 2)),
            "The error goes back through W[l] without transpose, as in note 000. "
            "Where all sizes are equal, nothing tells you.",
        ),
        Mistake(
            "slope of the wrong layer",
            _swept(hidden=lambda W, dZ, A, l: W[l].T @ dZ * (1 - A[l] ** 2)),
            "The slope is taken at layer l, but the error has already arrived at layer l - 1.",
        ),
        Mistake(
            "slope before W",
            _swept(hidden=lambda W, dZ, A, l: W[l].T @ (dZ * (1 - A[l] ** 2))),
            "The slope multiplies dZ before it goes through W, so the output gets a slope too. "
            "First the wires, then the slope.",
        ),
        Mistake(
            "tanh slope at the output",
            _swept(output=lambda A, Y: (A[-1] - Y) * (1 - A[-1] ** 2)),
            "The output error is multiplied by a slope of tanh. The output is a sigmoid, and its slope has canceled.",
        ),
        Mistake(
            "sigmoid slope at the output",
            _swept(output=lambda A, Y: (A[-1] - Y) * A[-1] * (1 - A[-1])),
            "The output error is multiplied by A (1 - A). With the log-loss this slope has already canceled.",
        ),
        Mistake(
            "slope forgotten",
            _swept(hidden=lambda W, dZ, A, l: W[l].T @ dZ),
            "The top layer is right. Below it the slope of tanh is forgotten: the error stops at A, before Z.",
        ),
        Mistake(
            "slope of the sigmoid",
            _swept(hidden=lambda W, dZ, A, l: W[l].T @ dZ * A[l - 1] * (1 - A[l - 1])),
            "The top layer is right. The slope of the hidden layers is that of a sigmoid: these are tanh units.",
        ),
        Mistake(
            "A for its square",
            _swept(hidden=lambda W, dZ, A, l: W[l].T @ dZ * (1 - A[l - 1])),
            "The top layer is right. In the slope of the hidden layers, 1 - tanh², the square is missing.",
        ),
        Mistake(
            "mean twice",
            _swept(output=lambda A, Y: (A[-1] - Y) / Y.shape[1]),
            "The 1/m stands in the output error, and again in dW and db. The mean is taken once.",
        ),
        Mistake(
            "mean in every layer",
            _swept(hidden=lambda W, dZ, A, l: W[l].T @ dZ * (1 - A[l - 1] ** 2) / dZ.shape[1]),
            "The error is divided by m at every layer it passes. The 1/m comes once, in dW and db.",
        ),
        Mistake(
            "no mean",
            _swept(weights=lambda dZ, A, l: dZ @ A[l - 1].T, biases=lambda dZ, A, l: dZ.sum(axis=1, keepdims=True)),
            "These are the gradients times m: the mean over the examples is missing in dW and in db.",
        ),
        Mistake(
            "no mean in dW",
            _swept(weights=lambda dZ, A, l: dZ @ A[l - 1].T),
            "db is right. In dW the mean over the examples is missing.",
        ),
        Mistake(
            "no mean in db",
            _swept(biases=lambda dZ, A, l: dZ.sum(axis=1, keepdims=True)),
            "dW is right. In db the mean over the examples is missing.",
        ),
        Mistake(
            "1/n in dW",
            _swept(weights=lambda dZ, A, l: dZ @ A[l - 1].T / len(dZ)),
            "db is right. dW is divided by the number of units of the layer: divide by the number of examples.",
        ),
        Mistake(
            "1/n in db",
            _swept(biases=lambda dZ, A, l: dZ.sum(axis=1, keepdims=True) / len(dZ)),
            "dW is right. db is divided by the number of units of the layer: divide by the number of examples.",
        ),
        Mistake(
            "1/n for 1/m",
            _swept(
                weights=lambda dZ, A, l: dZ @ A[l - 1].T / len(dZ),
                biases=lambda dZ, A, l: dZ.sum(axis=1, keepdims=True) / len(dZ),
            ),
            "dW and db are divided by the number of units: `len` and `shape[0]` count rows. "
            "The examples are the columns.",
        ),
        Mistake(
            "output units for m",
            _swept(
                weights=lambda dZ, A, l: dZ @ A[l - 1].T / len(A[-1]),
                biases=lambda dZ, A, l: dZ.sum(axis=1, keepdims=True) / len(A[-1]),
            ),
            "dW and db are divided by the number of output units, not by the examples: `len(Y)` and `Y.shape[0]` count rows.",
        ),
        Mistake(
            "inputs for m",
            _swept(
                weights=lambda dZ, A, l: dZ @ A[l - 1].T / len(A[0]),
                biases=lambda dZ, A, l: dZ.sum(axis=1, keepdims=True) / len(A[0]),
            ),
            "dW and db are divided by the number of inputs, not by the examples: `len` and `shape[0]` count rows.",
        ),
        Mistake(
            "keepdims missing",
            _swept(biases=lambda dZ, A, l: dZ.sum(axis=1) / dZ.shape[1]),
            "db has lost its second dimension: `keepdims` is missing. db[l] has the shape of b[l], a column.",
        ),
        Mistake(
            "db over the units",
            _swept(biases=lambda dZ, A, l: dZ.sum(axis=0, keepdims=True) / dZ.shape[1]),
            "db is added up over the units, `axis=0`. It is a sum over the examples.",
        ),
        Mistake(
            "dZ for db",
            _swept(biases=lambda dZ, A, l: dZ),
            "For db you return dZ, as notes 003 and 004 print it. One bias serves all examples: "
            "take the mean over them.",
        ),
        Mistake(
            "dZ/m for db",
            _swept(biases=lambda dZ, A, l: dZ / dZ.shape[1]),
            "In db the sum over the examples is missing: there are still m columns.",
        ),
        Mistake(
            "sign",
            _swept(output=lambda A, Y: Y - A[-1]),
            "The output error has the wrong sign, and every gradient below inherits it.",
        ),
        Mistake(
            "all layers for the output",
            _swept(output=lambda A, Y: A - Y),
            "Y is subtracted from A, the list of all layers. Only the output is compared with Y: the last entry of the list.",
        ),
        Mistake(
            "W of the wrong layer",
            _swept(hidden=lambda W, dZ, A, l: W[l - 1].T @ dZ * (1 - A[l - 1] ** 2)),
            _WRONG_W,
        ),
        Mistake(
            "W of the wrong layer, unguarded",
            _swept(hidden=lambda W, dZ, A, l: W[l - 1].T @ dZ * (1 - A[l - 1] ** 2), last=0),
            _WRONG_W,
        ),
        Mistake(
            "W of a layer that is not there",
            _swept(hidden=lambda W, dZ, A, l: W[l + 1].T @ dZ * (1 - A[l - 1] ** 2)),
            "Is an index too large? The last layer is L = len(W) - 1, and dW and db need L + 1 entries. "
            "Or is W[l + 1] asked for? dZ leaves layer l through W[l].",
            any_words=True,
        ),
        Mistake(
            "first layer forgotten",
            _swept(layers=lambda L: range(L, 1, -1)),
            "The first layer is missing: `range` stops before its second number.",
        ),
        Mistake("last layer forgotten", _swept(layers=lambda L: range(L - 1, 0, -1)), _LAST_FORGOTTEN),
        Mistake(
            "last layer forgotten, unguarded", _swept(layers=lambda L: range(L - 1, 0, -1), last=0), _LAST_FORGOTTEN
        ),
        Mistake(
            "the list for an entry",
            lambda W, A, Y: A.shape,
            "W and A are lists with an entry for each layer, and a list has no shape. Which entry do you mean?",
        ),
        Mistake(
            "the list turned",
            lambda W, A, Y: W.T,
            "W and A are lists with an entry for each layer, and a list cannot be turned. Which entry do you mean?",
        ),
        Mistake(
            "layer 0 too",
            _swept(layers=lambda L: range(L, -1, -1), last=-1),
            "The loop goes on to layer 0. That is the input: it has no weights, W[0] is None.",
        ),
        Mistake(
            "layer 0 too, guarded",
            _swept(layers=lambda L: range(L, -1, -1)),
            "The loop goes on to layer 0. That is the input: it has no weights, and dW[0] stays None.",
        ),
        Mistake(
            "only the last layer",
            _swept(layers=lambda L: [L]),
            "Only the last layer has its gradients: is the `return` inside the loop?",
        ),
        Mistake(
            "error moved too early",
            _moved_too_early,
            "dZ goes on to the layer before while it is still needed. First dW and db of layer l, then the step back.",
        ),
        Mistake(
            "error never moves",
            _swept(hidden=lambda W, dZ, A, l: dZ),
            "All layers use the error of the output. It must go back through W[l] from layer to layer.",
        ),
        Mistake(
            "hidden targets",
            _hidden_targets,
            "Every layer is compared with Y. Only the output has targets: hidden errors come from the layer above.",
        ),
        Mistake(
            "top layer first",
            _top_first,
            "The gradients are in the order of the loop, last layer first. dW[1] must belong to layer 1.",
        ),
        Mistake(
            "top layer first, no None",
            _top_first_no_none,
            "The lists are in the order of the loop, last layer first. "
            "dW[1] must belong to layer 1, and dW[0] is None.",
        ),
        Mistake(
            "no None first",
            _no_none,
            "The None at the start is missing: so dW[0] belongs to layer 1. The lists are counted like W.",
        ),
        Mistake(
            "dictionaries",
            lambda W, A, Y: tuple({l: part[l] for l in range(1, len(W))} for part in _backward(W, A, Y)),
            "The gradients come in dictionaries. Lists are asked for, counted like W: None first.",
        ),
        Mistake(
            "one list, db twice",
            lambda W, A, Y: (_backward(W, A, Y)[1],) * 2,
            "dW and db come back equal, both hold db. Is it one list with two names? Then what is written last "
            "overwrites the rest.",
        ),
        Mistake(
            "one list, dW twice",
            lambda W, A, Y: (_backward(W, A, Y)[0],) * 2,
            "dW and db come back equal, both hold dW. Is it one list with two names? Then what is written last "
            "overwrites the rest.",
        ),
        Mistake(
            "db before dW",
            lambda W, A, Y: _backward(W, A, Y)[::-1],
            "The two lists are exchanged: first dW, then db.",
        ),
        Mistake(
            "only dW",
            lambda W, A, Y: _backward(W, A, Y)[0],
            "Only dW is returned: db is asked for too.",
        ),
    ],
    returns=("dW", "db"),
)


# One step of training


def _orders():
    """Return all orders of A..G in which every line stands after those that it needs."""
    later = ["CE", "EB", "EF", "BD", "DG", "FA", "BA"]  # B before A: the error goes back through the old W[2]
    lines = ("".join(order) for order in permutations("ABCDEFG"))
    return {line for line in lines if all(line.index(one) < line.index(other) for one, other in later)}


one_step = Order(
    "one_step",
    _orders(),
    [
        Mistake(
            "update before use",
            "CEFA",
            "W[2] is updated while B still needs the old one: the error must go back through the wires it came by.",
        ),
        Mistake("update first", "A", "A updates W[2] with a gradient that is not there yet."),
        Mistake("update of layer 1 first", "G", "G updates W[1] with a gradient that is not there yet."),
        Mistake("error before forward", "E", "E needs the output A[2]: first comes the forward pass."),
        Mistake("hidden error first", "B", "B is the error of layer 1. It starts from the error of the output, dZ[2]."),
        Mistake(
            "upward",
            "CB",
            "B needs dZ[2], which is not there yet. Forward goes up, backward goes down: "
            "the output's error comes first.",
        ),
        Mistake("gradient before error", "CF", "F needs dZ[2], the error of its own layer."),
        Mistake(
            "gradient of layer 1 first",
            "CD",
            "D needs dZ[1], and dZ[1] comes from dZ[2]. The backward pass starts at the output.",
        ),
        Mistake("dZ[1] skipped", "CED", "D needs dZ[1]: the error has not yet gone back through W[2]."),
        Mistake("dZ[1] skipped, after F", "CEFD", "D needs dZ[1]: the error is still at the output."),
        Mistake("update without dW", "CEBA", "A needs dW[2], which is not computed yet."),
    ],
)


def _train_step(W, b, A, Y, rate):
    dW, db = _backward(W, A, Y)
    layers = range(1, len(W))
    return [None] + [W[l] - rate * dW[l] for l in layers], [None] + [b[l] - rate * db[l] for l in layers]


def _train_step_cases(rng):
    settings = [((3, 2, 1), 4, 0.5), ((2, 4, 3, 2), 5, 2.0), ((3, 3, 3), 3, 0.1)]
    return [(*_network(rng, sizes, m), rate) for sizes, m, rate in settings]


def _stepped(weights=lambda W, dW, db, rate: W - rate * dW, biases=lambda b, db, rate: b - rate * db):
    """Return ``train_step`` with another rule."""

    def train_step(W, b, A, Y, rate):
        dW, db = _backward(W, A, Y)
        layers = range(1, len(W))
        new_W = [None] + [weights(W[l], dW[l], db[l], rate) for l in layers]
        return new_W, [None] + [biases(b[l], db[l], rate) for l in layers]

    return train_step


def _updated_before_use(W, b, A, Y, rate):
    W, b = list(W), list(b)
    dZ = A[-1] - Y
    for l in range(len(W) - 1, 0, -1):
        W[l] = W[l] - rate * dZ @ A[l - 1].T / Y.shape[1]
        b[l] = b[l] - rate * dZ.sum(axis=1, keepdims=True) / Y.shape[1]
        dZ = W[l].T @ dZ * (1 - A[l - 1] ** 2)
    return W, b


def _stepped_in(layers):
    """Return ``train_step`` that updates only ``layers(L)``."""

    def train_step(W, b, A, Y, rate):
        new = _train_step(W, b, A, Y, rate)
        keep = [l not in layers(len(W) - 1) for l in range(len(W))]
        return tuple([old[l] if keep[l] else part[l] for l in range(len(W))] for old, part in zip((W, b), new))

    return train_step


def _kept(layers):
    """Return ``train_step`` that returns the entries ``layers`` of its lists."""
    return lambda W, b, A, Y, rate: tuple(part[layers] for part in _train_step(W, b, A, Y, rate))


def _filled_in(layers):
    """Return ``train_step`` that leaves None in its lists but at ``layers(L)``."""

    def train_step(W, b, A, Y, rate):
        filled = layers(len(W) - 1)
        return tuple([new if l in filled else None for l, new in enumerate(part)] for part in _train_step(W, b, A, Y, rate))

    return train_step


def _twice(W, b, A, Y, rate):
    return _train_step(*_train_step(W, b, A, Y, rate), A, Y, rate)


_ONE_LAYER = "Only one layer has taken its step: is the `return` inside the loop?"

train_step = FunctionExercise(
    _train_step,
    _train_step_cases,
    [
        Mistake(
            "W updated before use",
            _updated_before_use,
            "The top layer is right, the layers below are not: W[l] is updated before the error goes back through it.",
        ),
        Mistake(
            "sign",
            _stepped(lambda W, dW, db, rate: W + rate * dW, lambda b, db, rate: b + rate * db),
            "The step goes uphill: the gradient points to where the cost grows.",
        ),
        Mistake(
            "sign of W",
            _stepped(lambda W, dW, db, rate: W + rate * dW),
            "b goes downhill, W goes uphill: look at its sign.",
        ),
        Mistake(
            "sign of b",
            _stepped(biases=lambda b, db, rate: b + rate * db),
            "W goes downhill, b goes uphill: look at its sign.",
        ),
        Mistake(
            "old values forgotten",
            _stepped(lambda W, dW, db, rate: rate * dW, lambda b, db, rate: rate * db),
            "This is the rate times the gradient, as note 000 prints it. An update starts from the old W and b.",
        ),
        Mistake(
            "step alone",
            _stepped(lambda W, dW, db, rate: -rate * dW, lambda b, db, rate: -rate * db),
            "This is the step alone. The new weights are the old ones plus this step.",
        ),
        Mistake(
            "gradients returned",
            _stepped(lambda W, dW, db, rate: dW, lambda b, db, rate: db),
            "These are the gradients. The function must return the new W and b.",
        ),
        Mistake(
            "nothing updated",
            _stepped(lambda W, dW, db, rate: W, lambda b, db, rate: b),
            "W and b come back as they were: the new values are computed but not kept, or not computed.",
        ),
        Mistake(
            "b not updated",
            _stepped(biases=lambda b, db, rate: b),
            "W is right. b has stayed where it was.",
        ),
        Mistake(
            "W not updated",
            _stepped(lambda W, dW, db, rate: W),
            "b is right. W has stayed where it was.",
        ),
        Mistake(
            "rate forgotten",
            _stepped(lambda W, dW, db, rate: W - dW, lambda b, db, rate: b - db),
            "The learning rate is not used: the whole gradient is subtracted.",
        ),
        Mistake(
            "rate forgotten for W",
            _stepped(lambda W, dW, db, rate: W - dW),
            "b is right. For W the learning rate is not used.",
        ),
        Mistake(
            "rate forgotten for b",
            _stepped(biases=lambda b, db, rate: b - db),
            "W is right. For b the learning rate is not used.",
        ),
        Mistake(
            "rate times everything",
            _stepped(lambda W, dW, db, rate: rate * (W - dW), lambda b, db, rate: rate * (b - db)),
            "The rate multiplies the old values too: brackets in the wrong place. It scales the gradient only.",
        ),
        Mistake(
            "divided by the rate",
            _stepped(lambda W, dW, db, rate: W - dW / rate, lambda b, db, rate: b - db / rate),
            "The gradient is divided by the rate. A larger rate must make a larger step.",
        ),
        Mistake(
            "db for dW",
            _stepped(lambda W, dW, db, rate: W - rate * db),
            "W is updated with db. NumPy raises no error, because it repeats the column db along every row of W.",
        ),
        Mistake(
            "rank-1 db",
            _stepped(biases=lambda b, db, rate: b - rate * db[:, 0]),
            "A bias has changed its shape: db has no second dimension, and NumPy makes (n, n) of (n, 1) and (n,).",
        ),
        Mistake(
            "only the last layer",
            _stepped_in(lambda L: [L]),
            "Only the last layer has learned. All W[l] and b[l] take a step: is the `return` inside the loop?",
        ),
        Mistake("only the first layer", _stepped_in(lambda L: [1]), _ONE_LAYER),
        Mistake("only the first layer, then None", _filled_in(lambda L: [1]), _ONE_LAYER),
        Mistake("only the first layer, short lists", _kept(slice(2)), _ONE_LAYER),
        Mistake("only the last layer, then None", _filled_in(lambda L: [L]), _ONE_LAYER),
        Mistake(
            "first layer forgotten",
            _stepped_in(lambda L: range(2, L + 1)),
            "The first layer has stayed where it was: layers are counted from 1.",
        ),
        Mistake(
            "last layer forgotten",
            _stepped_in(lambda L: range(1, L)),
            "The last layer has stayed where it was: `range(1, L)` ends at L - 1.",
        ),
        Mistake(
            "two steps",
            _twice,
            "This is more than one step: W and b are updated, and then again with gradients of the same A.",
        ),
        Mistake(
            "no None first",
            _kept(slice(1, None)),
            "The None at the start is missing, so W[0] belongs to layer 1. "
            "Return lists that are counted like the given ones.",
        ),
        Mistake(
            "only W",
            lambda W, b, A, Y, rate: _train_step(W, b, A, Y, rate)[0],
            "Only W is returned: the new b is asked for too.",
        ),
        Mistake(
            "b before W",
            lambda W, b, A, Y, rate: _train_step(W, b, A, Y, rate)[::-1],
            "The two lists are exchanged: first W, then b.",
        ),
    ],
    returns=("W", "b"),
)


# The check


def _cubic(rng, P):
    """Return a function J(theta) that is no parabola, so that a one-sided nudge is seen.

    Its parameters are mixed in the cube, so that nudges of all at once differ from the sum of single ones.
    """
    c, d = _numbers(rng, P), _numbers(rng, P)

    def J(theta):
        if np.shape(theta) != (P,):
            raise ValueError(f"J takes a vector theta of shape ({P},), got shape {np.shape(theta)}")
        return float(np.sum(c * theta**2) + np.dot(d, theta) ** 3)

    return J


def _nudge_all(J, theta, h):
    steps = h * np.eye(theta.size)
    return np.array([J(theta + step) - J(theta - step) for step in steps]) / (2 * h)


def _nudge_all_cases(rng):
    return [(_cubic(rng, P), _numbers(rng, P), h) for P, h in [(2, 0.1), (3, 0.01), (5, 0.5)]]


def _nudges(above, below, divisor=lambda h: 2 * h):
    """Return ``nudge_all`` with other nudged values: ``above`` and ``below`` are functions of theta, h and i."""

    def nudge_all(J, theta, h):
        return np.array([J(above(theta, h, i)) - J(below(theta, h, i)) for i in range(theta.size)]) / divisor(h)

    return nudge_all


def _plus(theta, h, i):
    return theta + h * (np.arange(theta.size) == i)


def _minus(theta, h, i):
    return _plus(theta, -h, i)


def _same_theta(theta, h, i):
    return theta


def _up_to(theta, h, i):
    """Return theta with all entries up to ``i`` nudged."""
    return theta + h * (np.arange(theta.size) <= i)


_FIRST_SLOPE = "Only the first slope is here: is the `return` inside the loop?"

nudge_all = FunctionExercise(
    _nudge_all,
    _nudge_all_cases,
    [
        Mistake(
            "one-sided",
            _nudges(_plus, _same_theta, lambda h: h),
            "The nudge goes to one side only. With both sides the error is far smaller: the curvature cancels.",
        ),
        Mistake(
            "one-sided, 2h",
            _nudges(_plus, _same_theta),
            "The nudge goes to one side only, but the difference is divided by 2h.",
        ),
        Mistake(
            "one-sided, below",
            _nudges(_same_theta, _minus, lambda h: h),
            "The nudge goes down only. With both sides the error is far smaller: the curvature cancels.",
        ),
        Mistake(
            "divided by h",
            _nudges(_plus, _minus, lambda h: h),
            "The difference is divided by h, but the two points are 2h apart.",
        ),
        Mistake(
            "brackets missing",
            _nudges(_plus, _minus, lambda h: 2 / h),
            "`/ 2 * h` divides by 2 and then multiplies by h: brackets are missing.",
        ),
        Mistake(
            "not divided",
            _nudges(_plus, _minus, lambda h: 1),
            "This is the difference of the two costs. A slope is a difference per length of the nudge.",
        ),
        Mistake(
            "sign",
            _nudges(_minus, _plus),
            "The two costs are exchanged: it is the upper one minus the lower one.",
        ),
        Mistake(
            "all at once",
            _nudges(lambda theta, h, i: theta + h, lambda theta, h, i: theta - h),
            "All parameters are nudged at once, so all slopes come out equal. "
            "Nudge one, and leave the others where they are.",
        ),
        Mistake(
            "all at once, a number",
            lambda J, theta, h: (J(theta + h) - J(theta - h)) / (2 * h),
            "All parameters are nudged at once, and one slope is left for all. Nudge one after the other, in a loop.",
        ),
        Mistake(
            "one number for theta",
            lambda J, theta, h: (J(theta[0] + h) - J(theta[0] - h)) / (2 * h),
            "J is called with a single number. It needs all of theta, with one entry nudged.",
        ),
        Mistake(
            "slopes added up",
            lambda J, theta, h: _nudge_all(J, theta, h).sum(),
            "The slopes are right one by one, but they are added up into one number.",
        ),
        Mistake(
            "slopes added up in each entry",
            lambda J, theta, h: np.full(theta.size, _nudge_all(J, theta, h).sum()),
            "The slopes are right one by one, but they are added up, and every entry holds their sum.",
        ),
        Mistake(
            "nudges pile up",
            _nudges(_up_to, lambda theta, h, i: _up_to(theta, -h, i)),
            "The nudges pile up: the earlier entries are still nudged when the next one is tried. "
            "What must each turn start from?",
        ),
        Mistake(
            "not put back",
            _nudges(_up_to, lambda theta, h, i: _up_to(theta, h, i) - 2 * h * (np.arange(theta.size) == i)),
            "A parameter that was nudged up is not put back, so the next slopes are taken at another place.",
        ),
        Mistake(
            "left below",
            _nudges(
                lambda theta, h, i: theta - h * (np.arange(theta.size) < i) + h * (np.arange(theta.size) == i),
                lambda theta, h, i: theta - h * (np.arange(theta.size) <= i),
            ),
            "A parameter stays nudged down when the next one is tried. Put it back to where it was.",
        ),
        Mistake(
            "all slopes 0",
            _nudges(_same_theta, _same_theta),
            "All slopes are 0. Is each point a copy that was really changed, and is each slope stored?",
        ),
        Mistake(
            "last parameter only",
            lambda J, theta, h: _nudge_all(J, theta, h)[-1],
            "Only the last slope is left: keep each one in its place of an array.",
        ),
        Mistake(
            "first parameter only",
            lambda J, theta, h: _nudge_all(J, theta, h)[0],
            _FIRST_SLOPE,
        ),
        Mistake(
            "first parameter only, then 0",
            lambda J, theta, h: _nudge_all(J, theta, h) * (np.arange(theta.size) == 0),
            _FIRST_SLOPE,
        ),
        Mistake("first parameter only, in a list", lambda J, theta, h: _nudge_all(J, theta, h)[:1], _FIRST_SLOPE),
        Mistake(
            "first parameter forgotten",
            lambda J, theta, h: np.append(0, _nudge_all(J, theta, h)[1:]),
            "The first parameter is missing: entries are counted from 0.",
        ),
        Mistake(
            "last parameter forgotten",
            lambda J, theta, h: np.append(_nudge_all(J, theta, h)[:-1], 0),
            "The last parameter is missing: `range(P)` already ends at P - 1.",
        ),
        Mistake(
            "nudge by a factor",
            _nudges(
                lambda theta, h, i: theta * (1 + h * (np.arange(theta.size) == i)),
                lambda theta, h, i: theta * (1 - h * (np.arange(theta.size) == i)),
            ),
            "The parameter is multiplied by 1 + h. Add h: so the two points are 2h apart, whatever the parameter is.",
        ),
    ],
    returns=("the gradient",),
)


def _relative_error(g, h):
    return np.linalg.norm(g - h) / (np.linalg.norm(g) + np.linalg.norm(h))


def _relative_error_cases(rng):
    g = [_numbers(rng, P) for P in (2, 3, 5, 4)]
    return [(part, (part + 0.3 * rng.normal(size=part.size)).round(2)) for part in g]


relative_error = FunctionExercise(
    _relative_error,
    _relative_error_cases,
    [
        Mistake(
            "no denominator",
            lambda g, h: np.linalg.norm(g - h),
            "This is the distance of the two. Whether it is large depends on how long the gradients are: "
            "divide by that.",
        ),
        Mistake(
            "divided by the first",
            lambda g, h: np.linalg.norm(g - h) / np.linalg.norm(g),
            "The distance is divided by the length of g only. Both lengths belong below, then 1 is the most it can be.",
        ),
        Mistake(
            "divided by the second",
            lambda g, h: np.linalg.norm(g - h) / np.linalg.norm(h),
            "The distance is divided by the length of h only. Both lengths belong below, then 1 is the most it can be.",
        ),
        Mistake(
            "divided by the larger",
            lambda g, h: np.linalg.norm(g - h) / max(np.linalg.norm(g), np.linalg.norm(h)),
            "The distance is divided by the larger length. The course adds the two lengths.",
        ),
        Mistake(
            "length of the sum",
            lambda g, h: np.linalg.norm(g - h) / np.linalg.norm(g + h),
            "Below stands the length of g + h. When g and h are opposite, it is 0: add the two lengths.",
        ),
        Mistake(
            "brackets missing",
            lambda g, h: np.linalg.norm(g - h) / np.linalg.norm(g) + np.linalg.norm(h),
            "Brackets are missing below: the distance is divided by the first length, and the second one is added.",
        ),
        Mistake(
            "difference of the lengths",
            lambda g, h: abs(np.linalg.norm(g) - np.linalg.norm(h)) / (np.linalg.norm(g) + np.linalg.norm(h)),
            "Above stands the difference of the lengths: two gradients of equal length in other directions would "
            "give 0.",
        ),
        Mistake(
            "lengths subtracted, signed",
            lambda g, h: (np.linalg.norm(g) - np.linalg.norm(h)) / (np.linalg.norm(g) + np.linalg.norm(h)),
            "Above, the lengths are subtracted: the error may be negative, and other directions are not seen.",
        ),
        Mistake(
            "minus below",
            lambda g, h: np.linalg.norm(g - h) / (np.linalg.norm(g) - np.linalg.norm(h)),
            "Below stands a minus. For two equal lengths this divides by 0.",
        ),
        Mistake(
            "product below",
            lambda g, h: np.linalg.norm(g - h) / (np.linalg.norm(g) * np.linalg.norm(h)),
            "Below, the lengths are multiplied. Then the result changes when both gradients are made ten times longer.",
        ),
        Mistake(
            "squares",
            lambda g, h: np.sum((g - h) ** 2) / (np.sum(g**2) + np.sum(h**2)),
            "The roots are missing: these are squared lengths, and a small error looks far smaller.",
        ),
        Mistake(
            "root missing above",
            lambda g, h: np.sum((g - h) ** 2) / (np.linalg.norm(g) + np.linalg.norm(h)),
            "Above, the root is missing: this is the square of the distance.",
        ),
        Mistake(
            "absolute values",
            lambda g, h: np.sum(np.abs(g - h)) / (np.sum(np.abs(g)) + np.sum(np.abs(h))),
            "Here absolute values are added up. The length of a vector is the root of the sum of squares.",
        ),
        Mistake(
            "largest difference",
            lambda g, h: np.max(np.abs(g - h)),
            "This is the largest difference of two entries: good for finding the place, but no share of the whole.",
        ),
        Mistake(
            "largest entries",
            lambda g, h: np.max(np.abs(g - h)) / (np.max(np.abs(g)) + np.max(np.abs(h))),
            "Only the largest entries are used. The length of a vector sees all of them.",
        ),
        Mistake(
            "entry by entry",
            lambda g, h: np.abs(g - h) / (np.abs(g) + np.abs(h)),
            "This is one error for each entry. One number for the whole vector is wanted: use lengths.",
        ),
        Mistake(
            "mean of the entries",
            lambda g, h: np.mean(np.abs(g - h) / (np.abs(g) + np.abs(h))),
            "This is the mean of the errors of single entries: a tiny entry counts as much as a large one.",
        ),
        Mistake(
            "worst of the entries",
            lambda g, h: np.max(np.abs(g - h) / (np.abs(g) + np.abs(h))),
            "This is the worst error of a single entry: an entry near 0 decides all. Use lengths of whole vectors.",
        ),
        Mistake(
            "sum of differences",
            lambda g, h: np.sum(g - h) / (np.linalg.norm(g) + np.linalg.norm(h)),
            "The differences are added up with their signs, so they cancel. Their length is wanted.",
        ),
        Mistake(
            "mean of the lengths",
            lambda g, h: np.linalg.norm(g - h) / ((np.linalg.norm(g) + np.linalg.norm(h)) / 2),
            "Below stands the mean of the lengths. The course divides by their sum, and 1 is the most it can be.",
        ),
        Mistake(
            "upside down",
            lambda g, h: (np.linalg.norm(g) + np.linalg.norm(h)) / np.linalg.norm(g - h),
            "The fraction is upside down: equal gradients must give 0.",
        ),
    ],
    returns=("the error",),
)


def _worst_entry(g, h):
    return np.unravel_index(np.argmax(np.abs(g - h)), g.shape)


def _worst_entry_cases(rng):
    cases = []
    for n, m in [(2, 3), (3, 2), (4, 5), (3, 3), (2, 4)]:
        g = _numbers(rng, n, m)
        gaps = rng.permutation(np.arange(n * m)) * np.where(np.arange(n * m) % 2, 0.3, -0.3)  # one entry is equal
        cases.append((g, g + gaps.reshape(n, m)))
    return cases


def _place(score):
    """Return ``worst_entry`` with another score of the entries."""
    return lambda g, h: np.unravel_index(np.argmax(score(g, h)), g.shape)


worst_entry = FunctionExercise(
    _worst_entry,
    _worst_entry_cases,
    [
        Mistake(
            "smallest difference",
            _place(lambda g, h: -np.abs(g - h)),
            "This is the entry where the two agree best: `argmin` for `argmax`?",
        ),
        Mistake(
            "sign kept, g - h",
            _place(lambda g, h: g - h),
            "The difference keeps its sign: an entry where h is much larger than g is not found.",
        ),
        Mistake(
            "sign kept, h - g",
            _place(lambda g, h: h - g),
            "The difference keeps its sign: an entry where g is much larger than h is not found.",
        ),
        Mistake(
            "absolute values first",
            _place(lambda g, h: np.abs(g) - np.abs(h)),
            "Absolute values are taken of g and of h. Take the difference first, then its absolute value.",
        ),
        Mistake(
            "relative to g",
            _place(lambda g, h: np.abs(g - h) / np.abs(g)),
            "This is the largest relative difference: an entry near 0 wins too easily. "
            "The largest difference is asked.",
        ),
        Mistake(
            "relative to h",
            _place(lambda g, h: np.abs(g - h) / np.abs(h)),
            "This is the largest difference relative to h: an entry near 0 wins too easily. "
            "The largest difference is asked.",
        ),
        Mistake(
            "relative to both",
            _place(lambda g, h: np.abs(g - h) / (np.abs(g) + np.abs(h))),
            "This is the largest relative error of an entry: an entry near 0 wins too easily. "
            "The largest difference is asked.",
        ),
        Mistake(
            "largest of g",
            _place(lambda g, h: np.abs(g)),
            "This is the largest entry of g. The entry is asked where g and h differ most.",
        ),
        Mistake(
            "largest of h",
            _place(lambda g, h: np.abs(h)),
            "This is the largest entry of h. The entry is asked where g and h differ most.",
        ),
        Mistake(
            "product",
            _place(lambda g, h: np.abs(g * h)),
            "This is the entry where the product is largest. The entry is asked where g and h differ most.",
        ),
        Mistake(
            "flat index",
            lambda g, h: np.argmax(np.abs(g - h)),
            "`argmax` counts the entries in one line, row by row. Turn this number into a row and a column.",
        ),
        Mistake(
            "two arrays",
            lambda g, h: np.where(np.abs(g - h) == np.abs(g - h).max()),
            "The place is right, but row and column come as two arrays. Two numbers are asked.",
        ),
        Mistake(
            "a table of places",
            lambda g, h: np.argwhere(np.abs(g - h) == np.abs(g - h).max()),
            "The place is right, but it comes as a table of places, with one row in it. Two numbers are asked.",
        ),
        Mistake(
            "divided by the rows",
            lambda g, h: divmod(np.argmax(np.abs(g - h)), g.shape[0]),
            "The flat index is divided by the number of rows. A row is as long as the number of columns.",
        ),
        Mistake(
            "row and column exchanged",
            lambda g, h: np.unravel_index(np.argmax(np.abs(g - h)), g.shape)[::-1],
            "Row and column are exchanged: the row comes first.",
        ),
        Mistake(
            "counted from 1",
            lambda g, h: np.add(np.unravel_index(np.argmax(np.abs(g - h)), g.shape), 1),
            "Rows and columns are counted from 1 here. NumPy counts from 0.",
        ),
        Mistake(
            "value for index",
            lambda g, h: np.max(np.abs(g - h)),
            "This is how large the worst difference is. Say where it stands: row and column.",
        ),
        Mistake(
            "worst of every column",
            lambda g, h: np.argmax(np.abs(g - h), axis=0),
            "With `axis=0` each column gets its own worst row. One place in the whole table is asked.",
        ),
        Mistake(
            "worst of every row",
            lambda g, h: np.argmax(np.abs(g - h), axis=1),
            "With `axis=1` each row gets its own worst column. One place in the whole table is asked.",
        ),
        Mistake(
            "first that differs",
            lambda g, h: np.argwhere(g != h)[0],
            "This is the first entry that differs at all. The last digits nearly always differ: "
            "look for the largest difference.",
        ),
        Mistake(
            "worst row and column",
            lambda g, h: (np.argmax(np.abs(g - h).sum(axis=1)), np.argmax(np.abs(g - h).sum(axis=0))),
            "This is the row with the largest sum, and the column with the largest sum. "
            "Where they cross need not be the worst entry.",
        ),
    ],
    returns=("row", "column"),
)


# The planted bug: the square layer


def _square_layer(W, dZ, A_before):
    m = dZ.shape[1]
    dW = dZ @ A_before.T / m
    db = dZ.sum(axis=1, keepdims=True) / m
    dZ_before = W.T @ dZ * (1 - A_before**2)
    return dW, db, dZ_before


def _square_layer_cases(rng):
    sizes = [(2, 2, 3), (3, 3, 4), (2, 4, 3), (3, 3, 3)]  # n, n_before, m; the repair holds for the third too
    return [(_numbers(rng, n, k), _numbers(rng, n, m), _tanh_outputs(rng, k, m)) for n, k, m in sizes]


def _layer(back, dW=_dW, db=_db):
    """Return ``square_layer`` with another way back."""
    return lambda W, dZ, A_before: (dW(dZ, A_before), db(dZ), back(W, dZ, A_before))


def _repaired(W, dZ, A_before):
    return W.T @ dZ * (1 - A_before**2)


square_layer = FunctionExercise(
    _square_layer,
    _square_layer_cases,
    [
        Mistake(
            "bug still there",
            _layer(lambda W, dZ, A: W @ dZ * (1 - A**2)),
            "The bug is still there. dW and db are right, the error sent back is not: "
            "in a square layer no shape tells you.",
        ),
        Mistake(
            "wrong transpose",
            _layer(lambda W, dZ, A: W @ dZ.T * (1 - A**2)),
            "The transpose stands at dZ: so it multiplies units with examples. In which direction does W carry?",
        ),
        Mistake(
            "result transposed",
            _layer(lambda W, dZ, A: (W @ dZ).T * (1 - A**2)),
            "The finished product is transposed. That exchanges units and examples, and the wires still lead forward.",
        ),
        Mistake(
            "dZ transposed, order exchanged",
            _layer(lambda W, dZ, A: dZ.T @ W * (1 - A**2)),
            "This product is right but for one thing: an example has become a row. "
            "The result must have the shape of A_before.",
        ),
        Mistake(
            "order exchanged",
            _layer(lambda W, dZ, A: dZ @ W * (1 - A**2)),
            "You exchanged the factors. That turns nothing round: here the sum runs over the examples.",
        ),
        Mistake(
            "both",
            _layer(lambda W, dZ, A: dZ @ W.T * (1 - A**2)),
            "You transposed W and exchanged the factors: one of the two is too many.",
        ),
        Mistake(
            "inverse for transpose",
            _layer(lambda W, dZ, A: np.linalg.inv(W) @ dZ * (1 - A**2)),
            "You used the inverse. Going back does not undo the layer: "
            "each wire carries the error with its own weight.",
        ),
        Mistake(
            "element-wise product",
            _layer(lambda W, dZ, A: W.T * dZ * (1 - A**2)),
            "W is turned now, but `@` has become `*`: the errors of several units must be added up.",
        ),
        Mistake(
            "slope lost",
            _layer(lambda W, dZ, A: W.T @ dZ),
            "The wires are right now, but the slope of tanh got lost in the repair.",
        ),
        Mistake(
            "slope and transpose missing",
            _layer(lambda W, dZ, A: W @ dZ),
            "The bug is still there, and the slope of tanh got lost too.",
        ),
        Mistake(
            "dW turned too",
            _layer(_repaired, dW=lambda dZ, A: A @ dZ.T / dZ.shape[1]),
            "The error sent back is right now. But dW was right before, and now it is transposed.",
        ),
        Mistake(
            "transpose taken from dW",
            _layer(_repaired, dW=lambda dZ, A: dZ @ A / dZ.shape[1]),
            "The error sent back is right now. But dW has lost its transpose.",
        ),
        Mistake(
            "dW turned instead",
            _layer(lambda W, dZ, A: W @ dZ * (1 - A**2), dW=lambda dZ, A: A @ dZ.T / dZ.shape[1]),
            "You changed dW, which was right. The check names weights below this layer: "
            "the bug is in what it sends down.",
        ),
        Mistake(
            "mean sent back",
            _layer(lambda W, dZ, A: W.T @ dZ * (1 - A**2) / dZ.shape[1]),
            "The wires are right now. But the error sent back is divided by m, and each layer below would divide "
            "again.",
        ),
        Mistake(
            "db changed",
            _layer(_repaired, db=lambda dZ: dZ.sum(axis=1) / dZ.shape[1]),
            "The error sent back is right now. But db has lost its second dimension: it must stay a column.",
        ),
    ],
    returns=("dW", "db", "dZ_before"),
)


# Own training


def _circles_accuracy(params):
    """Return the share of fresh points of the two circles that the trained network labels right."""
    if not isinstance(params, Parameters):
        raise TypeError(f"Hand in the trained params, a Parameters((2, h, 1)), got {type(params).__name__}")
    if len(params.sizes) != 3 or params.sizes[0] != 2 or params.sizes[-1] != 1:
        raise ValueError(f"The network has sizes (2, h, 1), with h hidden units of your choice, got {params.sizes}")
    labels, y = _circles_labels(params)
    return np.mean(labels == y)


def _circles_labels(params):
    X, y = circle_points(1000, 0.05, np.random.default_rng(517), factor=0.5)
    return MLP(tanh, binary_cross_entropy).predict(params, X), y


circles = Threshold(
    "circles",
    _circles_accuracy,
    "The accuracy on 1,000 fresh points",
    0.95,
    [
        Mistake(
            "labels exchanged",
            lambda params: _circles_accuracy(params) <= 0.1,
            "Nearly every point is wrong, so the circles are well separated: label 1 is the inner circle.",
        ),
        Mistake(
            "one hidden unit",
            lambda params: params.sizes[1] == 1,
            "One hidden unit makes one boundary line. No line separates a circle from the one inside it.",
        ),
        Mistake(
            "all on one side",
            lambda params: np.ptp(_circles_labels(params)[0]) == 0,
            "Every point gets the same label. Are these the params after training, and trained on points of this "
            "scale?",
        ),
        Mistake(
            "two hidden units",
            lambda params: params.sizes[1] == 2,
            "Two tanh units draw two lines, and two lines leave a side open. How many lines close a shape?",
        ),
        Mistake(
            "not closed yet",
            lambda params: params.sizes[1] > 2,
            "The units are enough to close a curve. Draw the costs: do they still fall at the end, or do they jump?",
        ),
    ],
)


# Quiz

quiz_1 = Choice(  # accuracy 1.00, cost falling: is the gradient right?
    "quiz_1",
    "c2",
    {
        "a": "The code with `W @ dZ` did just that: accuracy 1.00, and the relative error of its gradient was 0.21.",
        "b": "Not so either: a right gradient gives such a curve too. The curve alone does not decide.",
        "1": "The accuracy sees the outputs, never a single slope. What could be compared with a slope?",
        "3": "A test set judges what the network has learned. It does not see by which gradient.",
    },
)

quiz_2 = Choice(  # every example is duplicated: dW?
    "quiz_2",
    "b3",
    {
        "a": "The sum doubles. But dW is a mean: what else doubles?",
        "c": "The 1/m halves. But something else changes at the same time.",
        "1": "dZ does change: it gets a column for each copy.",
        "2": "So it is with the shape. The question is about the values: how often does each example stand in J?",
    },
)

quiz_3 = Choice(  # what must the forward pass keep for the backward step of layer l (tanh)?
    "quiz_3",
    "c1",
    {
        "a": "The slope of Z[l] is in dZ[l] already; the one you need is of layer l - 1. And dW[l] is an error times an input: where is the input?",
        "b": "A[L] starts the sweep. But each dW[l] needs what went into its own layer.",
        "d": "The gradients do not exist yet in the forward pass: they are what is computed.",
        "2": "db[l] needs no input at all: it is the mean of dZ[l].",
        "3": "To compute it again is possible, but it costs one more forward pass. Keeping it costs memory only.",
    },
)

quiz_4 = Choice(  # dZ[l] divided by m in every layer, three layers, m = 100: what happens?
    "quiz_4",
    "b1",
    {
        "a": "One factor for all would be like another rate. "
        "But how often has the error of layer 1 been divided, and that of layer 3?",
        "c": "The shapes are all right: a number divides without an error.",
        "d": "The signs stay, so the steps still go down. But what about their lengths?",
        "2": "The slopes of tanh are as before. Count the divisions on the way to layer 1.",
        "3": "The sum over the examples is as before. Count the divisions on the way to layer 1.",
    },
)

quiz_5 = Choice(  # relative error .01 between backpropagation and nudges, tanh, float64, nudge 1e-5: verdict?
    "quiz_5",
    "a3",
    {
        "b": "For a measurement one percent is fine. But both numbers are computed to some 10 digits: "
        "what should be left?",
        "c": "A smaller nudge brings in more rounding: 10⁻¹¹ is worse than 10⁻⁵. "
        "And rounding alone makes no 0.01 here.",
        "d": "A kink could do that, and tanh has none.",
        "1": "The accuracy of training is no measure for the gradient: the square layer scored 1.00.",
        "2": "float64 keeps some 16 digits. What right code leaves at this nudge is about 5·10⁻¹¹.",
    },
)


progress = progress_of(
    output_error, dW, db, dZ_or_dJ, hidden_error, hidden_error_sigmoid, two_layers, backward, one_step, train_step,
    nudge_all, relative_error, worst_entry, square_layer, circles, quiz_1, quiz_2, quiz_3, quiz_4, quiz_5,
)  # fmt: skip
