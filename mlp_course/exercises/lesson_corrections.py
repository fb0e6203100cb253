"""The exercises of the lesson of corrections: what notes 000 to 004 print wrong is to be found, repaired, and proved wrong.

Everywhere: hidden units and output sigmoid, log-loss. Columns are examples, but in ``repair_rows``.
"""

from typing import NamedTuple

import numpy as np

from ..checks import shown, whole_number
from .engine import Choice, FunctionExercise, Mistake, Threshold, ValueExercise, progress_of


def _numbers(rng, *shape):
    """Return numbers with one decimal, none of them 0: a message shows them in full."""
    return rng.integers(1, 20, shape) * rng.choice([-1, 1], shape) / 10


def _probabilities(rng, *shape):
    return rng.integers(2, 19, shape) / 20


def _labels(n, m):
    return np.arange(1, n * m + 1).reshape(n, m) % 3 % 2  # 1 0 0 1 0 0 ...


# classify: ten printed formulas, each with one error. The kinds: 1 brackets, 2 sign, 3 the 1/m or the limit of a sum,
# 4 a sum, or its axis, 5 transpose or order, 6 wrong index or layer, 7 wrong product, 8 a false sentence

_TOO_LARGE = "The output is too large: is the slope positive or negative?"
classify = ValueExercise(
    "classify",
    {"A": 7, "B": 1, "C": 5, "D": 8, "E": 3, "F": 6, "G": 2, "H": 4, "I": 5, "J": 6},
    [
        Mistake(
            "all typing slips",
            dict.fromkeys("ABCDEFGHIJ", 1),
            "Brackets are only one of eight kinds. Ask of each line: would its shape, its sign, its known cases be right?",
        ),
        Mistake(
            "brackets and sign exchanged",
            {"B": 2, "G": 1},
            "B and G are exchanged. In one the minus is right but covers too little; in the other it should not be there.",
        ),
        Mistake(
            "order of rows taken for the product",
            {"C": 7, "I": 7},
            "C and I use the kind of product that belongs there. What stands on the left of it, and which way round?",
        ),
        Mistake(
            "the two sums exchanged",
            {"E": 4, "H": 3},
            "E and H are exchanged: one has a sum with a wrong number on top, the other lacks a sum altogether.",
        ),
        Mistake(
            "A: transpose",
            {"A": 5},
            "A: u is turned as it should be, a row. But a row meets an n × n matrix here: which product takes such a pair?",
        ),
        Mistake("A: brackets", {"A": 1}, "A: brackets would change nothing, there are two factors. What stands between them?"),
        Mistake("A: sum", {"A": 4}, "A: a sum belongs to the matrix product, so it has been lost. But as part of what?"),
        Mistake("B: sign", {"B": 2}, "B: the minus in front is right. Over how many of the two terms does it reach?"),
        Mistake("B: sum", {"B": 4}, "B: a sum over the examples is right. Over how many of its two terms does the minus reach?"),
        Mistake("B: 1/m", {"B": 3}, "B: 1/m and the limits are right. Over how many of the two terms do they reach?"),
        Mistake(
            "C: product",
            {"C": 7},
            "C: a matrix product is right, and so is the ⊙ after it. Count the rows and columns of W on the way back.",
        ),
        Mistake("C: layer", {"C": 6}, "C: the layers are right. Which of the sizes of W must meet the rows of dZ?"),
        Mistake("D: limit", {"D": 3}, "D holds no formula. It says something about the sigmoid: try z = 1.1."),
        Mistake("D: index", {"D": 6}, "D holds no index. It says something about the sigmoid: try z = 1.1."),
        Mistake("E: index", {"E": 6}, "E: the index of the loss is right. How many losses are there, and how many are added?"),
        Mistake("E: sum", {"E": 4}, "E: a sum over the examples is right. Where does it end?"),
        Mistake(
            "F: transpose",
            {"F": 5},
            "F: W turned, then the error: this order is right. Which units have a target to be compared with?",
        ),
        Mistake("F: product", {"F": 7}, "F: both products are right. Which units have a target to be compared with?"),
        Mistake("G: brackets", {"G": 1}, f"G: the brackets stand where they should. {_TOO_LARGE}"),
        Mistake("G: 1/m", {"G": 3}, f"G: 1/m belongs to a slope of J. {_TOO_LARGE}"),
        Mistake("G: sum", {"G": 4}, f"G: its sum was taken out already. {_TOO_LARGE}"),
        Mistake(
            "H: 1/m",
            {"H": 3},
            "H: 1/m can hide inside ∂C/∂Z. But count the columns on the left and on the right.",
        ),
        Mistake("H: transpose", {"H": 5}, "H: nothing is to be turned: n rows on both sides. Count the columns."),
        Mistake("H: index", {"H": 6}, "H: both sides speak of layer l. Count their columns."),
        Mistake(
            "I: product",
            {"I": 7},
            "I: a matrix product is right. Examples are rows here: which size stands inside, and should it be summed over?",
        ),
        Mistake("I: sum", {"I": 4}, "I: the product does hold a sum. Over the examples, or over something else?"),
        Mistake("J: sentence", {"J": 8}, "J means something true: clones give equal values. Which two units does it name?"),
        Mistake("J: transpose", {"J": 5}, "J: both sides are numbers, nothing can be turned. Which two units does it name?"),
    ],
    asked="the number of a kind",
)  # fmt: skip


# repair_log_loss


def _repair_log_loss(A, Y):
    losses = -(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    return losses, np.mean(losses)


def _log_loss_cases(rng):
    return [(_probabilities(rng, 1, m), _labels(1, m)) for m in (2, 3, 5, 8)]


def _as_printed(A, Y):
    losses = -Y * np.log(A) + (1 - Y) * np.log(1 - A)
    return losses, np.mean(losses)


def _losses_by(losses):
    """Return the answer with ``losses(A, Y)`` and their mean."""
    return lambda A, Y: (losses(A, Y), np.mean(losses(A, Y)))


def _and_J(J):
    """Return the answer with the right losses and ``J(losses)``."""

    def answer(A, Y):
        losses, _ = _repair_log_loss(A, Y)
        return losses, J(losses)

    return answer


repair_log_loss = FunctionExercise(
    _repair_log_loss,
    _log_loss_cases,
    [
        Mistake(
            "not repaired",
            _as_printed,
            "Both lines give what the printed ones give. Look at the numbers of the cell above: which of them can no loss have?",
        ),
        Mistake(
            "J still as printed",
            lambda A, Y: (_repair_log_loss(A, Y)[0], _as_printed(A, Y)[1]),
            "The losses are right now. J still stands as printed: over which terms does its minus reach?",
        ),
        Mistake(
            "losses still as printed",
            lambda A, Y: (_as_printed(A, Y)[0], _repair_log_loss(A, Y)[1]),
            "J is right now. The losses still stand as printed: try an example with y = 0.",
        ),
        Mistake(
            "Python's brackets",
            lambda A, Y: (_repair_log_loss(A, Y)[0], -np.mean(Y * np.log(A)) + (1 - Y) * np.log(1 - A)),
            "The losses are right. In J minus and mean reach only the first term, so J has one entry for each example.",
        ),
        Mistake(
            "the other sign",
            _losses_by(lambda A, Y: Y * np.log(A) - (1 - Y) * np.log(1 - A)),
            "You moved the error to the other term: now the examples with y = 1 have losses below 0.",
        ),
        Mistake(
            "no minus",
            _losses_by(lambda A, Y: Y * np.log(A) + (1 - Y) * np.log(1 - A)),
            "Both terms have the same sign now. But all losses are negative: what is the sign of the log of a probability?",
        ),
        Mistake(
            "no minus in the losses",
            lambda A, Y: (-_repair_log_loss(A, Y)[0], _repair_log_loss(A, Y)[1]),
            "J is right. The losses have lost their minus: J should be their mean.",
        ),
        Mistake("sum for mean", _and_J(np.sum), "The losses are right. J is their sum: with twice the data it would double."),
        Mistake(
            "J as an array",
            _and_J(lambda losses: losses.mean(axis=1, keepdims=True)),
            "The values are right. J is one number: here it stands in an array of shape (1, 1).",
        ),
        Mistake(
            "J as a flat array",
            _and_J(lambda losses: losses.mean(axis=1)),
            "The values are right. J is one number: here it stands in an array of shape (1,).",
        ),
        Mistake(
            "wrong axis",
            _and_J(lambda losses: losses.mean(axis=0)),
            "The losses are right. Along axis 0 there is one row only: this mean leaves the examples apart.",
        ),
        Mistake(
            "same log twice",
            _losses_by(lambda A, Y: -(Y * np.log(A) + (1 - Y) * np.log(A))),
            "Both terms have the same logarithm, so the label has no effect.",
        ),
        Mistake(
            "labels exchanged",
            _losses_by(lambda A, Y: -((1 - Y) * np.log(A) + Y * np.log(1 - A))),
            "The signs are right, but the labels have changed places: being right costs most here.",
        ),
        Mistake(
            "a and y exchanged",
            _losses_by(lambda A, Y: -(A * np.log(Y) + (1 - A) * np.log(1 - Y))),
            "A label stands inside the log, and the log of 0 is minus infinity. A and Y have changed places.",
        ),
        Mistake(
            "brackets of 1 - y lost",
            _losses_by(lambda A, Y: -(Y * np.log(A) + 1 - Y * np.log(1 - A))),
            "The outer brackets stand, but those around 1 - Y are gone: * binds more tightly than -.",
        ),
        Mistake(
            "mean in the losses",
            lambda A, Y: (_repair_log_loss(A, Y)[0] / Y.shape[1], _repair_log_loss(A, Y)[1]),
            "J is right. The losses are divided by m already: a loss belongs to one example, and knows of no other.",
        ),
        Mistake("J alone", lambda A, Y: _repair_log_loss(A, Y)[1], "J is right. Return the losses as well, before it."),
        Mistake("losses alone", lambda A, Y: _repair_log_loss(A, Y)[0], "The losses are right. Return J as well, after them."),
        Mistake("turned", lambda A, Y: _repair_log_loss(A, Y)[::-1], "Both are right, but exchanged: losses first, then J."),
    ],
    returns=("losses", "J"),
    vectorized=True,
    planted="not repaired",
)  # fmt: skip


# repair_hidden: two boxes of note 000 that exchange A1 and A2, in both directions


def _repair_hidden(X, W2, A1, A2, Y):
    m = Y.shape[1]
    dZ1 = W2.T @ (A2 - Y) * A1 * (1 - A1)
    return dZ1, dZ1 @ X.T / m, dZ1.sum(axis=1, keepdims=True) / m


def _hidden_cases(rng):
    sizes = [(1, 2, 1, 3), (3, 2, 1, 4), (2, 3, 2, 4), (5, 4, 3, 2), (3, 3, 3, 3)]  # n0, n1, n2, m
    return [
        (_numbers(rng, n0, m), _numbers(rng, n2, n1), _probabilities(rng, n1, m), _probabilities(rng, n2, m), _labels(n2, m))
        for n0, n1, n2, m in sizes
    ]  # fmt: skip


def _boxes_as_printed(X, W2, A1, A2, Y):
    dZ1 = W2.T * (A1 - Y) * A1 * (1 - A1)
    dW1 = dZ1.mean(axis=1, keepdims=True)
    db1 = (W2.T * (A2 - Y) * A2 * (1 - A2)).mean(axis=1, keepdims=True)
    return dZ1, dW1, db1


def _dW(dZ, X):
    return dZ @ X.T / X.shape[1]


def _db(dZ):
    return dZ.mean(axis=1, keepdims=True)


def _from_error(error):
    """Return the answer whose dZ1 is ``error(W2, A1, A2, Y)``, with the right dW1 and db1 of it."""

    def answer(X, W2, A1, A2, Y):
        dZ1 = error(W2, A1, A2, Y)
        return dZ1, _dW(dZ1, X), _db(dZ1)

    return answer


def _from_right_error(dZ=lambda dZ1: dZ1, dW=lambda dZ1, X, A1: _dW(dZ1, X), db=_db):
    """Return the answer that makes ``dZ``, ``dW``, ``db`` of the right dZ1."""

    def answer(X, W2, A1, A2, Y):
        dZ1 = W2.T @ (A2 - Y) * A1 * (1 - A1)
        return dZ(dZ1), dW(dZ1, X, A1), db(dZ1)

    return answer


repair_hidden = FunctionExercise(
    _repair_hidden,
    _hidden_cases,
    [
        Mistake(
            "not repaired",
            _boxes_as_printed,
            "The three lines still stand as printed. Begin with the first: which layer has targets?",
        ),
        Mistake(
            "bias line still as printed",
            lambda X, W2, A1, A2, Y: (*_repair_hidden(X, W2, A1, A2, Y)[:2], _boxes_as_printed(X, W2, A1, A2, Y)[2]),
            "The first two lines are right. The third has an error of its own: whose slope does it take?",
        ),
        Mistake(
            "A1 for A2 in the error",
            _from_error(lambda W2, A1, A2, Y: W2.T @ (A1 - Y) * A1 * (1 - A1)),
            "The product is repaired. But the output of the hidden layer is compared with Y: it has no targets.",
        ),
        Mistake(
            "A2 for A1 in the slope",
            _from_error(lambda W2, A1, A2, Y: W2.T @ (A2 - Y) * A2 * (1 - A2)),
            "The error is right. The slope is that of the output, as in the last box: the error has arrived at layer 1.",
        ),
        Mistake(
            "exchanged in both places",
            _from_error(lambda W2, A1, A2, Y: W2.T @ (A1 - Y) * A2 * (1 - A2)),
            "A1 and A2 stand in each other's place, twice. One belongs to the targets, one to the slope.",
        ),
        Mistake(
            "entry by entry",
            _from_error(lambda W2, A1, A2, Y: W2.T * (A2 - Y) * A1 * (1 - A1)),
            "A1 and A2 are right. With one output `*` gives the right numbers by luck; two outputs show what it should be.",
        ),
        Mistake(
            "entry by entry, slope of the output",
            _from_error(lambda W2, A1, A2, Y: W2.T * (A2 - Y) * A2 * (1 - A2)),
            "The error is right now. Two things are left in dZ1: the kind of product, and whose slope it takes.",
        ),
        Mistake(
            "W2 not turned",
            _from_error(lambda W2, A1, A2, Y: W2 @ (A2 - Y) * A1 * (1 - A1)),
            "A1 and A2 are right, and so is the kind of product. But W2 leads forward: look at its shape.",
        ),
        Mistake(
            "slope forgotten",
            _from_error(lambda W2, A1, A2, Y: W2.T @ (A2 - Y)),
            "The error has come back through W2. It has not passed the sigmoid of layer 1 yet.",
        ),
        Mistake(
            "slope of the output too",
            _from_error(lambda W2, A1, A2, Y: W2.T @ ((A2 - Y) * A2 * (1 - A2)) * A1 * (1 - A1)),
            "One slope too many: the log-loss has canceled that of the output in A2 - Y.",
        ),
        Mistake(
            "sign",
            _from_error(lambda W2, A1, A2, Y: W2.T @ (Y - A2) * A1 * (1 - A1)),
            "All three have the wrong sign: an output that is too large has a positive error.",
        ),
        Mistake(
            "examples added in dZ1",
            _from_right_error(dZ=lambda dZ1: dZ1.sum(axis=1, keepdims=True)),
            "dW1 and db1 are right. In dZ1 the sum of the note still stands: each example keeps its column there.",
        ),
        Mistake(
            "mean in dZ1",
            _from_right_error(dZ=lambda dZ1: dZ1 / dZ1.shape[1]),
            "dW1 and db1 are right. dZ1 holds the slopes of the single losses: 1/m comes after it.",
        ),
        Mistake(
            "mean twice",
            _from_error(lambda W2, A1, A2, Y: W2.T @ (A2 - Y) * A1 * (1 - A1) / Y.shape[1]),
            "1/m stands in dZ1, and in dW1 and db1 once more.",
        ),
        Mistake(
            "no X",
            _from_right_error(dW=lambda dZ1, X, A1: _db(dZ1)),
            "dZ1 and db1 are right. dW1 is a copy of db1: the box of the note has lost a factor. What does a weight multiply?",
        ),
        Mistake(
            "X not turned",
            _from_right_error(dW=lambda dZ1, X, A1: dZ1 @ X / X.shape[1]),
            "dZ1 and db1 are right. In dW1 the sum must run over the examples: where do they stand in dZ1, and where in X?",
        ),
        Mistake(
            "A1 for X",
            _from_right_error(dW=lambda dZ1, X, A1: _dW(dZ1, A1)),
            "dZ1 and db1 are right. dW1 takes what comes out of layer 1. Which values go in?",
        ),
        Mistake(
            "dW1 turned",
            _from_right_error(dW=lambda dZ1, X, A1: _dW(dZ1, X).T),
            "dZ1 and db1 are right. dW1 has a row for each input: W1 has one for each unit.",
        ),
        Mistake(
            "no 1/m",
            _from_right_error(dW=lambda dZ1, X, A1: dZ1 @ X.T, db=lambda dZ1: dZ1.sum(axis=1, keepdims=True)),
            "dZ1 is right. dW1 and db1 are sums over the examples: J is a mean.",
        ),
        Mistake(
            "no 1/m in dW1",
            _from_right_error(dW=lambda dZ1, X, A1: dZ1 @ X.T),
            "dZ1 and db1 are right. dW1 is a sum over the examples: J is a mean.",
        ),
        Mistake(
            "no 1/m in db1",
            _from_right_error(db=lambda dZ1: dZ1.sum(axis=1, keepdims=True)),
            "dZ1 and dW1 are right. db1 is a sum over the examples: J is a mean.",
        ),
        Mistake(
            "1/n for 1/m",
            _from_right_error(db=lambda dZ1: dZ1.sum(axis=1, keepdims=True) / len(dZ1)),
            "dZ1 and dW1 are right. db1 is divided by the number of units: a mean over the examples counts examples.",
        ),
        Mistake(
            "flat db1",
            _from_right_error(db=lambda dZ1: dZ1.mean(axis=1)),
            "The values are right, but db1 is flat: b1 would become a square in the update. It must stay a column.",
        ),
        Mistake(
            "one db1 for all units",
            _from_right_error(db=np.mean),
            "dZ1 and dW1 are right. db1 is one number: each unit has a bias of its own.",
        ),
    ],
    returns=("dZ1", "dW1", "db1"),
    vectorized=True,
    planted="not repaired",
)


# repair_rows: three lines of note 003. A row is an example, Delta = dJ/dZ, so the 1/m is in it already


def _repair_rows(A_before, slope, W_next, Delta_next):
    Delta = Delta_next @ W_next.T * slope
    return Delta, A_before.T @ Delta, Delta.sum(axis=0, keepdims=True)


def _row_cases(rng):
    sizes = [(2, 1, 1, 3), (4, 2, 3, 1), (3, 2, 2, 3), (5, 2, 4, 3), (3, 3, 3, 3)]  # m, n_before, n, n_next
    return [
        (_numbers(rng, m, n_before), _probabilities(rng, m, n), _numbers(rng, n, n_next), _numbers(rng, m, n_next))
        for m, n_before, n, n_next in sizes
    ]


_LINES = {  # what stands in note 003, line by line: W_next is not turned, the order is that for columns, nothing is added up
    "Delta": (lambda D, W, slope: D @ W.T * slope, lambda D, W, slope: D @ W * slope),
    "dW": (lambda A, Delta: A.T @ Delta, lambda A, Delta: Delta @ A.T),
    "dB": (lambda Delta: Delta.sum(axis=0, keepdims=True), lambda Delta: Delta.copy()),
}


def _still_printed(*lines):
    """Return the answer in which ``lines`` stand as in note 003, and the others are repaired."""
    error, weights, bias = (pair[name in lines] for name, pair in _LINES.items())

    def answer(A_before, slope, W_next, Delta_next):
        Delta = error(Delta_next, W_next, slope)
        return Delta, weights(A_before, Delta), bias(Delta)

    return answer


def _rows(error=_LINES["Delta"][0], weights=_LINES["dW"][0], bias=_LINES["dB"][0]):
    """Return the answer with these three lines."""

    def answer(A_before, slope, W_next, Delta_next):
        Delta = error(Delta_next, W_next, slope)
        return Delta, weights(A_before, Delta), bias(Delta)

    return answer


repair_rows = FunctionExercise(
    _repair_rows,
    _row_cases,
    [
        Mistake(
            "not repaired",
            _still_printed("Delta", "dW", "dB"),
            "The three lines still stand as printed. Write the shape of each factor below it, and look where two do not meet.",
        ),
        Mistake(
            "first line alone repaired",
            _still_printed("dW", "dB"),
            "The error is right now. Weights and biases still stand as printed: are their shapes those of W and B?",
        ),
        Mistake(
            "second line alone repaired",
            _still_printed("Delta", "dB"),
            "The order in dW is right now. But Delta and dB still stand as printed.",
        ),
        Mistake(
            "third line alone repaired",
            _still_printed("Delta", "dW"),
            "The examples are added up in dB now. But Delta and dW still stand as printed.",
        ),
        Mistake(
            "W still not turned",
            _still_printed("Delta"),
            "The last two lines are right. In the first, W_next leads forward in rows too: from n units to n_next.",
        ),
        Mistake(
            "order still that for columns",
            _still_printed("dW"),
            "Delta and dB are right. The order in dW belongs to columns: here it makes a table of examples by examples.",
        ),
        Mistake(
            "examples still not added",
            _still_printed("dB"),
            "Delta and dW are right. dB still has a row for each example: how many rows has a bias that serves all of them?",
        ),
        Mistake(
            "all for columns",
            _rows(
                lambda D, W, slope: W.T @ D * slope,
                lambda A, Delta: Delta @ A.T,
                lambda Delta: Delta.sum(axis=1, keepdims=True),
            ),
            "These are the three lines for columns. Here a row is an example: every product has to be turned round.",
        ),
        Mistake(
            "W first",
            _rows(lambda D, W, slope: W @ D * slope),
            "W_next stands before the error here. In rows it comes after it, and turned.",
        ),
        Mistake(
            "slope on the weights",
            _rows(lambda D, W, slope: D @ (W.T * slope)),
            "The slope multiplies the weights here. It has a row for each example: first the matrix product, then the slope.",
        ),
        Mistake(
            "Delta for columns",
            _rows(lambda D, W, slope: W.T @ D * slope),
            "W_next is turned, as it should be, but it stands before the error: that is the order for columns.",
        ),
        Mistake(
            "matrix product with the slope",
            _rows(lambda D, W, slope: D @ W.T @ slope),
            "Each entry has a slope of its own, so the slope multiplies entry by entry. Here it is a matrix product.",
        ),
        Mistake(
            "slope forgotten",
            _rows(lambda D, W, slope: D @ W.T),
            "The error has come back through the weights. It has not passed the activation of this layer yet.",
        ),
        Mistake(
            "W forgotten",
            _rows(lambda D, W, slope: D * slope),
            "The error of the next layer is multiplied by the slope of this one. Between them stand the weights.",
        ),
        Mistake(
            "slope of the next layer",
            _rows(lambda D, W, slope: (D * slope) @ W.T),
            "The slope is multiplied before the weights. It belongs to this layer: first back through W_next, then the slope.",
        ),
        Mistake(
            "error of the next layer in dW",
            lambda A_before, slope, W_next, Delta_next: (
                _repair_rows(A_before, slope, W_next, Delta_next)[0],
                A_before.T @ Delta_next,
                _repair_rows(A_before, slope, W_next, Delta_next)[2],
            ),
            "Delta and dB are right. In dW the inputs of this layer meet the error of the next.",
        ),
        Mistake(
            "dW turned",
            _rows(weights=lambda A, Delta: Delta.T @ A),
            "Delta and dB are right. dW has a row for each unit. In rows, W has a row for each input.",
        ),
        Mistake(
            "dW without transpose",
            _rows(weights=lambda A, Delta: A @ Delta),
            "Delta and dB are right. The order in dW is right too, but the examples must meet inside the product.",
        ),
        Mistake(
            "other table of examples",
            _rows(weights=lambda A, Delta: A @ Delta.T),
            "Delta and dB are right. dW is a table of examples by examples: the other factor has to be turned.",
        ),
        Mistake(
            "mean twice",
            _rows(weights=lambda A, Delta: A.T @ Delta / len(A), bias=lambda Delta: Delta.mean(axis=0, keepdims=True)),
            "dW and dB are divided by m once more. Delta is the slope of J here: 1/m is in it already.",
        ),
        Mistake(
            "mean for sum in dB",
            _rows(bias=lambda Delta: Delta.mean(axis=0, keepdims=True)),
            "Delta and dW are right. dB is a mean, dW a sum over the examples. Delta holds the 1/m already.",
        ),
        Mistake(
            "mean in dW",
            _rows(weights=lambda A, Delta: A.T @ Delta / len(A)),
            "Delta and dB are right. dW is divided by m: Delta holds the 1/m already.",
        ),
        Mistake(
            "units added in dB",
            _rows(bias=lambda Delta: Delta.sum(axis=1, keepdims=True)),
            "Delta and dW are right. dB adds up the units of each example. Which axis counts the examples here?",
        ),
        Mistake(
            "dB flat",
            _rows(bias=lambda Delta: Delta.sum(axis=0)),
            "The values are right. dB is flat here: asked is a row of shape (1, n).",
        ),
        Mistake(
            "dB a column",
            _rows(bias=lambda Delta: Delta.sum(axis=0)[:, None]),
            "The values are right. dB stands as a column: in rows, a bias is a row.",
        ),
        Mistake(
            "dB one number",
            _rows(bias=np.sum),
            "Delta and dW are right. dB adds up everything: each unit has a bias of its own.",
        ),
    ],
    returns=("Delta", "dW", "dB"),
    vectorized=True,
    planted="not repaired",
)


# silent_when_square: at which sizes do six printed formulas run, with the right shape and wrong numbers?


class _Network(NamedTuple):
    X: np.ndarray
    W1: np.ndarray
    b1: np.ndarray
    A1: np.ndarray
    W2: np.ndarray
    dZ1: np.ndarray
    dZ2: np.ndarray


def _network(n0, n1, n2, m):
    """Return a network with these sizes, all of its numbers drawn."""
    rng, shapes = np.random.default_rng(0), ((n0, m), (n1, n0), (n1, 1), (n1, m), (n2, n1), (n1, m), (n2, m))
    return _Network(*(rng.normal(size=shape) for shape in shapes))


def _mean_of_dZ1(net):
    return net.dZ1.mean(axis=1, keepdims=True)


# letter: (right form, printed form, how many different sizes the printed form allows when it is silent)
_FORMULAS = {
    "A": (lambda net: net.dZ2 @ net.A1.T, lambda net: net.dZ2 @ net.A1, 3),
    "B": (lambda net: net.W2.T @ net.dZ2 * net.A1, lambda net: net.W2 @ net.dZ2 * net.A1, 3),
    "C": (_mean_of_dZ1, lambda net: net.dZ1.sum(axis=1, keepdims=True) / len(net.dZ1), 4),
    "D": (_mean_of_dZ1, lambda net: net.dZ1, None),
    "E": (lambda net: net.X.T @ net.W1.T + net.b1.T, lambda net: net.X.T @ net.W1.T + net.b1, 3),
    "F": (lambda net: net.X @ net.dZ1.T, lambda net: net.dZ1.T @ net.X, 2),
}


def _printed_at(letter, sizes):
    """Return what the printed form does: "refused", "another shape", "right" or "silent"."""
    right, printed, _ = _FORMULAS[letter]
    net = _network(*sizes)
    try:
        got = printed(net)
    except ValueError:
        return "refused"
    if got.shape != right(net).shape:
        return "another shape"
    return "right" if np.allclose(got, right(net)) else "silent"


def _fault(letter, sizes):
    """Return what is wrong with the sizes given for a formula, or None."""
    different = _FORMULAS[letter][2]
    if sizes is None:
        return None if different is None else "no sizes given"
    found = _printed_at(letter, sizes)
    if found != "silent":
        return found
    return "more equal than needed" if len(set(sizes)) < different else None


def _sizes(letter, sizes):
    """Return ``sizes`` as four numbers from 2 to 6, or None; raises ``TypeError`` or ``ValueError``."""
    if sizes is None:
        return None
    if sizes is ...:
        raise ValueError(f"{letter} is still open")
    if not isinstance(sizes, (tuple, list)) or len(sizes) != 4:
        raise TypeError(f"{letter} must be four sizes (n0, n1, n2, m), or None, got {shown(sizes)}")
    found = tuple(whole_number(f"Each size of {letter}", size, least=2) for size in sizes)
    if max(found) > 6:
        raise ValueError(f"Each size of {letter} must be at most 6, got {max(found)}")
    return found


def _faults(answer):
    """Return {letter: fault or None}; raises ``TypeError`` or ``ValueError`` when the answer is no table of sizes."""
    if not isinstance(answer, dict) or set(answer) != set(_FORMULAS):
        raise TypeError(f"Write a dictionary with the letters {', '.join(_FORMULAS)}, got {shown(answer)}")
    return {letter: _fault(letter, _sizes(letter, answer[letter])) for letter in _FORMULAS}


def _hidden(answer):
    return sum(fault is None for fault in _faults(answer).values())


def _has(letter, fault):
    """Return the function that says whether an answer has this ``fault`` at ``letter``."""
    return lambda answer: _faults(answer)[letter] == fault


silent_when_square = Threshold(
    "silent_when_square",
    _hidden,
    "The number of letters that are right",
    6,
    [
        Mistake(
            "everything square",
            lambda answer: all(sizes is not None and len(set(sizes)) == 1 for sizes in answer.values()),
            "With all sizes equal most errors are silent, but you cannot see why. Which two sizes must be equal for A?",
        ),
        Mistake(
            "None everywhere",
            lambda answer: all(sizes is None for sizes in answer.values()),
            "None everywhere would mean that NumPy, or the shape, always tells. Try A with all sizes equal.",
        ),
        Mistake(
            "all different everywhere",
            lambda answer: all(sizes is not None and len(set(sizes)) == 4 for sizes in answer.values()),
            "With four different sizes nearly every error shows: that is why tests use them. One of the six stays silent.",
        ),
        Mistake(
            "A refused",
            _has("A", "refused"),
            "A: NumPy refuses. dZ2 has m columns: how many rows has A1, when nobody turns it?",
        ),
        Mistake(
            "A more equal than needed",
            _has("A", "more equal than needed"),
            "A is silent at your sizes, but would also be with fewer equal ones. Which equality does it need?",
        ),
        Mistake("A None", _has("A", "no sizes given"), "A: there are such sizes. Let the columns of dZ2 fit the rows of A1."),
        Mistake(
            "B refused",
            _has("B", "refused"),
            "B: NumPy refuses. The columns of W2 must fit the rows of dZ2: how many are they?",
        ),
        Mistake(
            "B more equal than needed",
            _has("B", "more equal than needed"),
            "B is silent at your sizes, but would also be with fewer equal ones. Has the number of examples a part in it?",
        ),
        Mistake(
            "B None", _has("B", "no sizes given"), "B: there are such sizes. When does W2 have as many rows as columns?"
        ),
        Mistake(
            "C right by luck",
            _has("C", "right"),
            "C: at your sizes the printed form is right: n1 = m. Here equality hides the error and makes it harmless.",
        ),
        Mistake(
            "C more equal than needed",
            _has("C", "more equal than needed"),
            "C: a number divides at any sizes. Which of yours must be equal, then?",
        ),
        Mistake(
            "C None",
            _has("C", "no sizes given"),
            "C: a number divides at any sizes, and the shape stays. So where should NumPy find anything to refuse?",
        ),
        Mistake(
            "D has another shape",
            _has("D", "another shape"),
            "D runs at your sizes, but the shape tells: db1 has one column, the printed form has m. Can m columns be one here?",
        ),
        Mistake(
            "E refused",
            _has("E", "refused"),
            "E: NumPy refuses. A column of n1 numbers is added to a table of m rows: when does it fit?",
        ),
        Mistake(
            "E more equal than needed",
            _has("E", "more equal than needed"),
            "E is silent at your sizes, but would also be with fewer equal ones. Have the inputs a part in it?",
        ),
        Mistake(
            "E None",
            _has("E", "no sizes given"),
            "E: there are such sizes. NumPy repeats a column for every column of the table, if it has as many rows.",
        ),
        Mistake(
            "F refused",
            _has("F", "refused"),
            "F: NumPy refuses. Δ has n1 columns, the turned table of inputs n0 rows: they must meet.",
        ),
        Mistake(
            "F has another shape",
            _has("F", "another shape"),
            "F: the product runs, with m rows and m columns. To be silent it must look like W as well: (n0, n1).",
        ),
        Mistake(
            "F more equal than needed",
            _has("F", "more equal than needed"),
            "F is silent at your sizes, but one size has no part in it and may differ. Which?",
        ),
        Mistake(
            "F None",
            _has("F", "no sizes given"),
            "F: there are such sizes. The product is m × m; it should be n0 × n1; and the sizes inside must meet.",
        ),
    ],
)


# false_correction: six corrections. a brackets of J (000), b no sum and no minus in dJ/dZ2 (000), c 1/m for 1/n (001),
# d the slope of the loss fitted to its printed sign (001), e the order in rows (003), f the maximum of each column (004).
# The numbers asked: a 1.609, b .2, c 1, d 5, e 3, f .5

false_correction = ValueExercise(
    "false_correction",
    {"letter": "d", "number": 5.0},
    [
        Mistake(
            "a",
            {"letter": "a"},
            "a is a true correction: with brackets the loss is 1.609. Without them it is -1.609, and no loss is below 0.",
        ),
        Mistake(
            "b",
            {"letter": "b"},
            "b is a true correction: nudge z: the slope of J is 0.2, not 0.8. dZ and ∂J/∂Z differ by the factor 1/m.",
        ),
        Mistake(
            "c",
            {"letter": "c"},
            "c is a true correction: with every example twice, J and its slopes stay. 1/n would double them.",
        ),
        Mistake(
            "e",
            {"letter": "e"},
            "e is a true correction: W has 3 rows there, and so has its gradient. The printed order cannot even be multiplied.",
        ),
        Mistake(
            "f",
            {"letter": "f"},
            "f is a true correction: on paper any number may be subtracted, but in the computer exp(-1000) is 0, and 0/0 `nan`.",
        ),
        Mistake(
            "number of the false correction",
            {"letter": "d", "number": -5.0},
            "So say the false correction and a nudge of the loss as printed. Nudge the right loss: does it fall as a grows?",
        ),
        Mistake(
            "the loss itself",
            {"letter": "d", "number": -np.log(0.2)},
            "Found. But this is the loss at a = 0.8. Asked is how fast it changes.",
        ),
        Mistake(
            "the loss as printed",
            {"letter": "d", "number": np.log(0.2)},
            "Found. But this is the loss as printed, with its wrong sign. Asked is the slope of the right loss.",
        ),
        Mistake(
            "slope of log a",
            {"letter": "d", "number": -1.25},
            "Found. But this is the slope for y = 1. With y = 0 only the other term counts.",
        ),
        Mistake(
            "slope of log a without minus",
            {"letter": "d", "number": 1.25},
            "Found. But 1/0.8 belongs to the term with log a. With y = 0 the other one counts.",
        ),
        Mistake(
            "slope in z",
            {"letter": "d", "number": 0.8},
            "Found. But 0.8 is a - y, the slope in z. Asked is the slope in a, before the sigmoid.",
        ),
        Mistake(
            "number of b",
            {"letter": "d", "number": 0.2},
            "Found. But 0.2 is the number of b. Take the question that stands with d.",
        ),
        Mistake(
            "divided by h",
            {"letter": "d", "number": 10.0},
            "Found. But the two points of a nudge lie 2h apart: you divided by h.",
        ),
        Mistake(
            "one side, divided by 2h",
            {"letter": "d", "number": 2.5},
            "Found. But you nudged to one side only and divided by 2h.",
        ),
    ],
)  # fmt: skip


# The quiz

quiz_1 = Choice(  # which test catches 1/n for 1/m? a shape, b perfect outputs, c sign, d nudge
    "quiz_1",
    "d2",
    {
        "a": "A number divides every shape, and leaves it as it is.",
        "b": "With perfect outputs the error is 0, and 0 divided by anything stays 0.",
        "c": "n and m are both positive. Which sign should change?",
        "1": "The shape is the same: a number divides every entry.",
        "3": "The result is 0 where it should be: 0/n = 0/m.",
    },
)

quiz_2 = Choice(  # a transpose is missing, the test uses 3 units, 3 examples, and says nothing. What shows it at once?
    "quiz_2",
    "b3",
    {
        "a": "Larger numbers: the product runs as before. Who should notice?",
        "c": "The cost often falls with a wrong gradient too: lesson 5b trained such a network to accuracy 1.00.",
        "1": "A seed changes the numbers, not the shapes. Nothing known is compared with them here.",
        "2": "Not so: a wrong direction often leads down as well.",
    },
)

quiz_3 = Choice(  # loss coded with the wrong sign, backpropagation of it agrees with nudges. What is shown?
    "quiz_3",
    "b1",
    {
        "a": "A nudge takes whatever cost it is given. Was this one ever tested?",
        "c": "The gradient is that of the cost in the code: the two agree. The fault lies elsewhere.",
        "2": "Both were made from one cost: they agree whatever it is.",
        "3": "10⁻⁹ is what a nudge leaves with right code: it was small enough. But slope of what did it measure?",
    },
)

quiz_4 = Choice(  # one example: note 004's dC/db = dC/dZ passes shape, sign and nudge. Is it right in general?
    "quiz_4",
    "c2",
    {
        "a": "All tests were made at m = 1. What if a second example comes?",
        "b": "For one example it is right: there is nothing to add up.",
        "1": "The tests are good ones. Their data were not.",
        "3": "The shape (n, 1) is right at m = 1 only. What is it at m = 5?",
    },
)

quiz_5 = Choice(  # note 000: A1 - Y in one box, A2 - Y in the next. Who decides? a the later, b the boxed, c nudge
    "quiz_5",
    "c3",
    {
        "a": "The later box has A2 - Y right, and the slope wrong. Neither box is right as a whole.",
        "b": "Both are boxed, and both hold an error.",
        "1": "A box says that its author was sure, at that moment.",
        "2": "Later lines may also copy an error, or bring a new one: this one did.",
    },
)


progress = progress_of(
    classify, repair_log_loss, repair_hidden, repair_rows, silent_when_square, false_correction,
    quiz_1, quiz_2, quiz_3, quiz_4, quiz_5,
)  # fmt: skip
