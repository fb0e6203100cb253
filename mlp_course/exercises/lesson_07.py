"""The exercises of lesson 7, several classes (source notes 003, 004)."""

import numpy as np

from .engine import Choice, FunctionExercise, Mistake, progress_of
from .wine_checklist import capstone


def _decimals(rng, *shape):
    """Return numbers with one decimal, none of them 0: a message shows them in full."""
    return rng.integers(1, 20, shape) * rng.choice([-1, 1], shape) / 10


def _one_hot(y, K):
    return np.eye(K)[:, y]


def _softmax(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)


def _log_softmax(Z):
    Z = Z - Z.max(axis=0)
    return Z - np.log(np.exp(Z).sum(axis=0))


def _over_sum(E):
    """Return the columns of E, each divided by its sum."""
    return E / E.sum(axis=0)


# Labels to columns


def _one_hot_cases(rng):
    return [(np.array(y), K) for y, K in [([2, 0], 3), ([1, 0, 2, 1, 0, 2], 4), ([4, 0, 4, 1], 5), ([1, 2, 0], 3)]]


def _with_ones(K, m, *where):
    """Return zeros (K, m) with ones at ``where``."""
    Y = np.zeros((K, m))
    Y[where] = 1
    return Y


one_hot = FunctionExercise(
    _one_hot,
    _one_hot_cases,
    [
        Mistake(
            "examples in rows",
            lambda y, K: np.eye(K)[y],
            "Each example is a row here. In this course an example is a column, so Y is (K, m).",
        ),
        Mistake(
            "classes counted from 1",
            lambda y, K: np.eye(K)[:, y - 1],
            "Every 1 is one row too high, and class 0 lands in the last row. The classes count from 0, as the rows do.",
        ),
        Mistake(
            "K from largest label",
            lambda y, K: np.eye(y.max() + 1)[:, y],
            "You take the number of classes from the largest label. The last class may be "
            "missing in y: that is why K is given.",
        ),
        Mistake(
            "only classes seen",
            lambda y, K: (np.unique(y)[:, None] == y).astype(float),
            "You give a row to each class that occurs in y. A class may be missing there, and "
            "it still needs its row of zeros.",
        ),
        Mistake(
            "label instead of 1",
            lambda y, K: np.eye(K)[:, y] * y,
            "The places are right, but they hold the label. Write 1 there: it says yes, this is the class.",
        ),
        Mistake(
            "labels repeated",
            lambda y, K: np.tile(y, (K, 1)),
            "You repeat the labels in K rows. A class is a place, not a size: each column has "
            "one 1, in the row of its class.",
        ),
        Mistake(
            "labels as they are",
            lambda y, K: y[None, :],
            "This is one row of labels, so class 4 would count as twice class 2. Each class needs a row of its own.",
        ),
        Mistake(
            "whole rows filled",
            lambda y, K: _with_ones(K, y.size, y),
            "You fill whole rows: Y[y] takes all columns. In column i only the row y[i] gets a 1.",
        ),
        Mistake(
            "whole columns filled",
            lambda y, K: _with_ones(K, y.size, slice(None), y),
            "You use the labels as columns. A label is a row of Y; the columns are the examples 0, 1, 2, ...",
        ),
        Mistake(
            "indices swapped",
            lambda y, K: _with_ones(K, y.size, np.arange(y.size), y),
            "The example comes first in your index. Y is (K, m): first the class, then the example.",
        ),
        Mistake(
            "first example only",
            lambda y, K: _with_ones(K, y.size, y[0], 0),
            "Only the first column has its 1, the others are still 0. Does the `return` stand inside the loop?",
        ),
        Mistake(
            "0 and 1 exchanged",
            lambda y, K: 1 - np.eye(K)[:, y],
            "0 and 1 have changed places. The 1 marks the class that is true.",
        ),
        Mistake(
            "minus one for no",
            lambda y, K: 2 * np.eye(K)[:, y] - 1,
            "You write -1 for the other classes. Here they get 0, so that each column is a "
            "probability: all of it on one class.",
        ),
    ],
    returns=("Y",),
)


# Probabilities out of logits


def _logits(rng):
    """Return Z: all near, one entry far above its column, columns 800 apart, columns 2000 and more apart, all near."""
    near, one, square = _decimals(rng, 3, 2), _decimals(rng, 3, 2), _decimals(rng, 3, 3)
    one[2, 1] = 3000
    apart = _decimals(rng, 4, 5) + np.array([400, -400, 0, 400, 0])
    return [near, one, apart, _decimals(rng, 5, 3) + np.array([1000, -1000, 3000]), square]


def _softmax_cases(rng):
    return [(Z,) for Z in _logits(rng)]


def _sigmoid(Z):
    return (1 + np.tanh(Z / 2)) / 2


softmax = FunctionExercise(
    _softmax,
    _softmax_cases,
    [
        Mistake(
            "nothing subtracted",
            lambda Z: _over_sum(np.exp(Z)),
            "The formula is right, but exp(1000) is too large for a computer, and exp(-1000) becomes 0. "
            "Subtracting a number from a whole column changes no probability: which number keeps it safe?",
        ),
        Mistake(
            "one global maximum",
            lambda Z: _over_sum(np.exp(Z - Z.max())),
            "You subtract the maximum of all of Z. A column 745 or more below it becomes 0/0: "
            "each column needs its own. (A source note has this slip.)",
        ),
        Mistake(
            "not the largest",
            lambda Z: _over_sum(np.exp(Z - Z.mean(axis=0))),
            "What you subtract is not the largest entry of the column. An entry far above it still overflows in exp.",
        ),
        Mistake(
            "wrong axis",
            lambda Z: np.exp(Z - Z.max(axis=1, keepdims=True))
            / np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True),
            "Your rows sum to 1. A column is an example, so the columns must: `axis` names "
            "the direction you sum along.",
        ),
        Mistake(
            "wrong axis, nothing subtracted",
            lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True),
            "Your rows sum to 1. A column is an example, so the columns must. Then mind "
            "large logits: exp(1000) overflows.",
        ),
        Mistake(
            "wrong axis, shape lost",
            lambda Z: np.exp(Z - Z.max(axis=1)) / np.exp(Z - Z.max(axis=1)).sum(axis=1),
            "You take maximum and sum along each row: one number for each class. Each "
            "example needs one, for its column.",
        ),
        Mistake(
            "sum of rows, shape lost",
            lambda Z: np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=1),
            "The maximum is the one of each column, well done. But your sum goes along each row: one number for each class. "
            "Each example needs one, for its column.",
        ),
        Mistake(
            "sum of rows, nothing subtracted",
            lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1),
            "Your sum goes along each row: one number for each class. Each example needs one, for its column. "
            "Then mind large logits: exp(1000) overflows.",
        ),
        Mistake(
            "maximum of rows",
            lambda Z: _over_sum(np.exp(Z - Z.max(axis=1, keepdims=True))),
            "The sum is the one of each column, well done. But from each row another number is subtracted, and inside a column "
            "that changes the shares.",
        ),
        Mistake(
            "maximum of rows, shape lost",
            lambda Z: _over_sum(np.exp(Z - Z.max(axis=1))),
            "You take the maximum of each row: one number for each class. Each example needs one, for its column.",
        ),
        Mistake(
            "sum along rows only",
            lambda Z: np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=1, keepdims=True),
            "The maximum is the one of each column, well done. But the sum goes along the "
            "rows: use one direction for both.",
        ),
        Mistake(
            "sum over everything",
            lambda Z: np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(),
            "You divide by the sum of the whole table, so all columns together make 1. Each column must sum to 1.",
        ),
        Mistake(
            "one sum, nothing subtracted",
            lambda Z: np.exp(Z) / np.exp(Z).sum(),
            "You divide by the sum of the whole table, but each column must sum to 1. Then mind "
            "large logits: exp(1000) overflows.",
        ),
        Mistake(
            "all over everything",
            lambda Z: np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(),
            "Maximum and sum are those of the whole table. Each column is an example, with "
            "its own maximum and its own sum.",
        ),
        Mistake(
            "no division",
            lambda Z: np.exp(Z - Z.max(axis=0)),
            "The exponentials are right and safe. But a column does not sum to 1: it is not divided by its sum.",
        ),
        Mistake(
            "maximum above only",
            lambda Z: np.exp(Z - Z.max(axis=0)) / np.exp(Z).sum(axis=0),
            "The maximum is subtracted above the line only. The probabilities stay the same only "
            "if it is subtracted below as well.",
        ),
        Mistake(
            "divided by the maximum",
            lambda Z: _over_sum(np.exp(Z / Z.max(axis=0))),
            "You divide the logits by the maximum: this changes the probabilities. Only "
            "subtracting leaves them as they are.",
        ),
        Mistake(
            "no exponential",
            lambda Z: _over_sum(Z),
            "You divide the logits by their sum. They can be negative: the exponential makes them positive first.",
        ),
        Mistake(
            "sign of exponent",
            lambda Z: _over_sum(np.exp(Z.min(axis=0) - Z)),
            "The smallest logit gets the largest probability here: the sign in the exponent is turned round.",
        ),
        Mistake(
            "clipped logits",
            lambda Z: _over_sum(np.exp(np.clip(Z, -500, 500))),
            "Cutting large logits off avoids the overflow, but makes them equal: 1000 and 1001 "
            "then get the same probability.",
        ),
        Mistake(
            "nan patched",
            lambda Z: np.nan_to_num(_over_sum(np.exp(Z))),
            "You put 0 where nan was. There the largest logit stood, and its probability is near 1. Keep exp from "
            "overflowing in the first place.",
        ),
        Mistake(
            "largest only",
            lambda Z: (Z == Z.max(axis=0)).astype(float),
            "This gives 1 to the largest logit and 0 to the others. Softmax gives the others their share.",
        ),
        Mistake(
            "a sigmoid each",
            _sigmoid,
            "These are sigmoids, one for each entry. They do not know of each other, so a column does not sum to 1.",
        ),
        Mistake(
            "sigmoids over their sum",
            lambda Z: _over_sum(_sigmoid(Z)),
            "The columns sum to 1, but you divide sigmoids. Softmax divides exponentials: only then 5 "
            "more on all logits change nothing.",
        ),
        Mistake(
            "log of softmax",
            _log_softmax,
            "These are the logarithms of the probabilities. Here the probabilities themselves are asked.",
        ),
        Mistake(
            "examples in rows",
            lambda Z: _softmax(Z).T,
            "The probabilities are right, but each example is a row now. A has the shape of Z.",
        ),
    ],
    returns=("A",),
    vectorized=True,
)


# The cost out of logits


def _cross_entropy(Z, Y):
    top = Z.max(axis=0)
    return np.mean(top + np.log(np.exp(Z - top).sum(axis=0)) - (Y * Z).sum(axis=0))


def _cross_entropy_cases(rng):
    labels = [[2, 0], [1, 0], [1, 3, 0, 2, 1], [4, 0, 2], [1, 2, 0]]
    return [(Z, _one_hot(np.array(y), len(Z))) for Z, y in zip(_logits(rng), labels)]


def _with_clip(least):
    return lambda Z, Y: -np.mean((Y * np.log(np.maximum(_softmax(Z), least))).sum(axis=0))


def _with_base(base):
    """Return the answer to ``cross_entropy`` whose logarithm of the sum has another ``base``."""

    def answer(Z, Y):
        top = Z.max(axis=0)
        return np.mean(top + np.log(np.exp(Z - top).sum(axis=0)) / np.log(base) - (Y * Z).sum(axis=0))

    return answer


def _along_rows(keepdims):
    """Return the answer to ``cross_entropy`` that takes maximum, sum and true logit along the rows."""

    def answer(Z, Y):
        top = Z.max(axis=1, keepdims=keepdims)
        log_sum = top + np.log(np.exp(Z - top).sum(axis=1, keepdims=keepdims))
        return np.mean(log_sum - (Y * Z).sum(axis=1, keepdims=keepdims))

    return answer


_OTHER_BASE = "Your logarithm has base {}. In this course log is the natural logarithm."
_TOGETHER = "You put the examples together, along the rows. A column is an example: its classes belong together."
cross_entropy = FunctionExercise(
    _cross_entropy,
    _cross_entropy_cases,
    [
        Mistake(
            "log after softmax",
            lambda Z, Y: -np.mean((Y * np.log(_softmax(Z))).sum(axis=0)),
            "You take the log after softmax: a probability rounded to 0 has the log -inf, and 0 times -inf is nan. "
            "Take the log on paper first, then program what is left.",
        ),
        Mistake(
            "log of rounded 0",
            lambda Z, Y: -np.mean(np.log((Y * _softmax(Z)).sum(axis=0))),
            "You take the log after softmax: where the true class got a probability rounded to 0, the cost is inf. "
            "Take the log on paper first, then program what is left.",
        ),
        Mistake(
            "nothing subtracted",
            lambda Z, Y: np.mean(np.log(np.exp(Z).sum(axis=0)) - (Y * Z).sum(axis=0)),
            "Right on paper, but exp(1000) is too large for a computer and exp(-1000) becomes 0. "
            "Subtract the maximum of each column before exp, and give it back after the log.",
        ),
        Mistake(
            "unsafe softmax",
            lambda Z, Y: -np.mean((Y * np.log(_over_sum(np.exp(Z)))).sum(axis=0)),
            "Two things here: exp(1000) is too large for a computer in your softmax, and the log comes after it. "
            "Take the log of softmax on paper first, then program what is left.",
        ),
        Mistake(
            "one global maximum",
            lambda Z, Y: np.mean(Z.max() + np.log(np.exp(Z - Z.max()).sum(axis=0)) - (Y * Z).sum(axis=0)),
            "You subtract the maximum of all of Z: in a column far below it every exp is 0, and the log is -inf. "
            "Each column needs its own maximum.",
        ),
        Mistake(
            "global maximum in softmax",
            lambda Z, Y: -np.mean((Y * np.log(_over_sum(np.exp(Z - Z.max())))).sum(axis=0)),
            "Two things here: your softmax subtracts one maximum for all columns, and the log comes after it. "
            "Both give nan far out. Start from the log of softmax on paper.",
        ),
        *(
            Mistake(
                f"at least {least:g}",
                _with_clip(least),
                f"With {least:g} in the log there is no inf, but the cost of a sure and wrong answer stops at "
                f"{-np.log(least):.1f}. The logits still know the true cost: do not go through the probabilities.",
            )
            for least in (1e-15, 1e-12, 1e-10, 1e-9, 1e-8)
        ),
        Mistake(
            "mean of all entries",
            lambda Z, Y: -np.mean(Y * _log_softmax(Z)),
            "This is the cost divided by K: the mean goes over all K times m entries. Sum over the "
            "classes, then the mean over the examples.",
        ),
        Mistake(
            "divided by K",
            lambda Z, Y: -np.sum(Y * _log_softmax(Z)) / len(Z),
            "You divide by K, the number of classes. J is the mean over the examples: how many of them are there?",
        ),
        Mistake(
            "sum over the examples",
            lambda Z, Y: -np.sum(Y * _log_softmax(Z)),
            "This is the cost times m: the mean over the examples is missing.",
        ),
        Mistake(
            "log after, all entries",
            lambda Z, Y: -np.mean(Y * np.log(_softmax(Z))),
            "Two things here: the mean goes over all K times m entries, not over the examples. "
            "And the log comes after softmax, where a probability may be rounded to 0.",
        ),
        Mistake(
            "log after, sum",
            lambda Z, Y: -np.sum(Y * np.log(_softmax(Z))),
            "Two things here: the mean over the examples is missing. "
            "And the log comes after softmax, where a probability may be rounded to 0.",
        ),
        Mistake(
            "no mean",
            lambda Z, Y: -(Y * _log_softmax(Z)).sum(axis=0),
            "These are the losses, one for each example. J is one number, their mean.",
        ),
        Mistake(
            "wrong sign",
            lambda Z, Y: np.mean((Y * _log_softmax(Z)).sum(axis=0)),
            "This is -J. The log of a probability is never positive, so a minus is needed for a cost.",
        ),
        Mistake(
            "maximum not returned",
            lambda Z, Y: np.mean(np.log(np.exp(Z - Z.max(axis=0)).sum(axis=0)) - (Y * Z).sum(axis=0)),
            "You subtract the maximum inside exp, which is good. But after the log it has to come back, "
            "or the true logit must lose it too.",
        ),
        Mistake(
            "maximum returned twice",
            lambda Z, Y: np.mean(2 * Z.max(axis=0) + np.log(np.exp(Z - Z.max(axis=0)).sum(axis=0)) - (Y * Z).sum(axis=0)),
            "The maximum is given back twice. It comes back after the log: has the true logit lost it as well?",
        ),
        Mistake(
            "true logit missing",
            lambda Z, Y: np.mean(np.log(np.exp(Z - Z.max(axis=0)).sum(axis=0)) + Z.max(axis=0)),
            "This is the log of the sum of exponentials alone. The logit of the true class "
            "is missing, so Y is not used.",
        ),
        Mistake(
            "true logits not summed",
            lambda Z, Y: np.mean(Z.max(axis=0) + np.log(np.exp(Z - Z.max(axis=0)).sum(axis=0)) - Y * Z),
            "Y * Z still has K rows: each column holds the true logit once, and zeros. Sum it over the classes before you "
            "subtract, else the mean divides it by K.",
        ),
        Mistake(
            "predicted class",
            lambda Z, Y: -np.mean(_log_softmax(Z).max(axis=0)),
            "You use the class with the largest logit. The cost asks for the probability of "
            "the true class, which Y marks.",
        ),
        Mistake(
            "no logarithm",
            lambda Z, Y: -np.mean((Y * _softmax(Z)).sum(axis=0)),
            "This is minus the mean probability of the true class. The logarithm is missing.",
        ),
        Mistake(
            "wrong axis",
            lambda Z, Y: -np.sum(Y * _log_softmax(Z.T).T) / Z.shape[1],
            "Your softmax runs along the rows. Maximum and sum belong to one example, which is a column.",
        ),
        Mistake("examples put together", _along_rows(keepdims=True), _TOGETHER),
        Mistake("examples put together, shape lost", _along_rows(keepdims=False), _TOGETHER),
        Mistake(
            "examples put together, mean over classes",
            lambda Z, Y: -np.mean((Y * _log_softmax(Z.T).T).sum(axis=1)),
            _TOGETHER,
        ),
        Mistake(
            "every pair of columns",
            lambda Z, Y: -np.sum(Y.T @ _log_softmax(Z)) / Z.shape[1],
            "`@` pairs every example with the labels of all others. Multiply entry by entry, so "
            "that a column meets its own labels.",
        ),
        Mistake(
            "a sigmoid each",
            lambda Z, Y: np.mean((np.logaddexp(0, Z) - Y * Z).sum(axis=0)),
            "This is the log-loss of K sigmoids, one for each class. With softmax there is one sum of "
            "exponentials for the whole column.",
        ),
        Mistake(
            "other classes too",
            lambda Z, Y: -np.mean((Y * np.log(_softmax(Z)) + (1 - Y) * np.log(1 - _softmax(Z))).sum(axis=0)),
            "The part with 1 - Y comes from lesson 1, with its single output. With one output for each "
            "class, only the true class counts.",
        ),
        Mistake(
            "log with base 2",
            lambda Z, Y: -np.mean((Y * _log_softmax(Z)).sum(axis=0)) / np.log(2),
            _OTHER_BASE.format(2),
        ),
        Mistake("base 2 in the sum", _with_base(2), _OTHER_BASE.format(2)),
        Mistake("log with base 10", lambda Z, Y: _cross_entropy(Z, Y) / np.log(10), _OTHER_BASE.format(10)),
        Mistake("base 10 in the sum", _with_base(10), _OTHER_BASE.format(10)),
        Mistake(
            "log with base 10 after softmax",
            lambda Z, Y: -np.mean((Y * np.log10(_softmax(Z))).sum(axis=0)),
            "Two things here: your logarithm has base 10, and log means the natural one in this course. "
            "And it comes after softmax, where a probability may be rounded to 0.",
        ),
    ],
    returns=("J",),
    vectorized=True,
)


# The slope of each loss by the logits


def _output_gradient(A, Y):
    return A - Y


def _output_gradient_cases(rng):
    small = np.array([[0.7, 0.2], [0.2, 0.5], [0.1, 0.3]]), np.array([[0, 0], [1, 0], [0, 1]])
    larger = [(_softmax(_decimals(rng, K, m)), _one_hot(rng.integers(0, K, m), K)) for K, m in [(4, 7), (5, 2)]]
    return [small, *larger, (_softmax(_decimals(rng, 3, 3)), _one_hot(np.array([1, 2, 0]), 3))]


output_gradient = FunctionExercise(
    _output_gradient,
    _output_gradient_cases,
    [
        Mistake(
            "wrong sign",
            lambda A, Y: Y - A,
            "The sign is turned round. Nudge the logit of the true class up: the loss "
            "falls, so this slope is negative.",
        ),
        Mistake(
            "mean already here",
            lambda A, Y: (A - Y) / A.shape[1],
            "You divide by m already. Column i of dZ is the slope of the loss of example i; the "
            "mean comes later, in dW and db.",
        ),
        Mistake(
            "1 less everywhere",
            lambda A, Y: A - 1,
            "1 is taken away in every row. It belongs to the row of the truth alone: Y says which one that is.",
        ),
        Mistake(
            "divided by K",
            lambda A, Y: (A - Y) / A.shape[0],
            "You divide by the number of classes. The loss of an example is a sum over its classes, not a mean.",
        ),
        Mistake(
            "divided by everything",
            lambda A, Y: (A - Y) / A.size,
            "You divide by K times m, the number of entries. dZ has neither: a column is the "
            "slope of the loss of one example.",
        ),
        Mistake(
            "diagonal only",
            lambda A, Y: -Y * (1 - A),
            "Only the row of the true class is there, the others are 0. One logit moves all probabilities "
            "of its column: the other entries of the Jacobian count too. (A source note has this slip.)",
        ),
        Mistake(
            "slope of sigmoid added",
            lambda A, Y: (A - Y) * A * (1 - A),
            "You multiply by A(1 - A), the slope of a sigmoid. The slope of softmax is inside A - Y already.",
        ),
        Mistake(
            "slope of softmax alone",
            lambda A, Y: A * (1 - A),
            "This is how each probability moves with its own logit. The slope of the loss is asked, and it knows the truth: "
            "Y is not used.",
        ),
        Mistake(
            "slope by A",
            lambda A, Y: -Y / A,
            "This is the slope by the probabilities A. One step further back: through softmax, to the "
            "logits. (A source note has this slip.)",
        ),
        Mistake(
            "slope of lesson 1",
            lambda A, Y: -Y / A + (1 - Y) / (1 - A),
            "This is the slope of the log-loss of lesson 1, by A. Here the loss is -log of one "
            "probability, and the slope by Z is asked.",
        ),
        Mistake(
            "squared error",
            lambda A, Y: (A - Y) ** 2,
            "These are squared errors, never negative. A slope must say in which direction, so keep its sign.",
        ),
        Mistake(
            "absolute error",
            lambda A, Y: np.abs(A - Y),
            "The size of the errors is right, but their sign is lost. A slope says in which direction.",
        ),
        Mistake(
            "predicted class",
            lambda A, Y: (A == A.max(axis=0)) - Y,
            "You round A to 0 and 1 first, so an example that is just right gets slope 0. Use "
            "the probabilities as they are.",
        ),
        Mistake(
            "one sum per example",
            lambda A, Y: (A - Y).sum(axis=0),
            "You sum over the classes, and that sum is always 0. dZ has one entry for each logit.",
        ),
        Mistake(
            "mean of the examples",
            lambda A, Y: (A - Y).mean(axis=1, keepdims=True),
            "You take the mean over the examples. dZ still has one column for each example; "
            "the mean comes later, in db.",
        ),
        Mistake(
            "examples in rows",
            lambda A, Y: (A - Y).T,
            "The numbers are right, but each example is a row now. dZ has the shape of Z.",
        ),
    ],
    returns=("dZ",),
    vectorized=True,
)


# How each probability moves with each logit


def _softmax_jacobian(a):
    return np.diag(a) - np.outer(a, a)


def _softmax_jacobian_cases(rng):
    return [(np.array([0.2, 0.5, 0.3]),), (np.array([0.6, 0.4]),), (_softmax(_decimals(rng, 5)),)]


softmax_jacobian = FunctionExercise(
    _softmax_jacobian,
    _softmax_jacobian_cases,
    [
        Mistake(
            "diagonal only",
            lambda a: np.diag(a * (1 - a)),
            "The diagonal is right, but the rest is 0. Raise one logit and the other "
            "probabilities fall: they pay for it.",
        ),
        Mistake(
            "flat diagonal",
            lambda a: a * (1 - a),
            "These are the K entries of the diagonal. The Jacobian is (K, K): row i, column "
            "j says how a_i moves with z_j.",
        ),
        Mistake(
            "square subtracted twice",
            lambda a: np.diag(a * (1 - a)) - np.outer(a, a),
            "Off the diagonal this is right. On it a_i squared is subtracted twice: np.outer brings it along, so the first "
            "part is a_i alone.",
        ),
        Mistake(
            "plus sign",
            lambda a: np.diag(a) + np.outer(a, a),
            "The second part is added here. If one logit rises the other probabilities must "
            "fall: each column sums to 0.",
        ),
        Mistake(
            "wrong sign",
            lambda a: np.outer(a, a) - np.diag(a),
            "All signs are turned round. Raise z_i: its own probability a_i must rise.",
        ),
        Mistake(
            "second part missing",
            lambda a: np.diag(a),
            "This has the first part alone. Each z_j stands in the sum below the line too: that gives a second part.",
        ),
        Mistake(
            "first part missing",
            lambda a: -np.outer(a, a),
            "This is right off the diagonal. For i = j the numerator depends on z_i as well: one more part.",
        ),
        Mistake(
            "diagonal formula everywhere",
            lambda a: np.outer(a, 1 - a),
            "You use a_i(1 - a_j) everywhere. The 1 is there only for i = j.",
        ),
        Mistake(
            "factor a_i missing",
            lambda a: np.eye(a.size) - a,
            "A factor is lost: the row of a_i still has to be multiplied by a_i. (A source "
            "note loses a factor here too.)",
        ),
        Mistake(
            "1 on the diagonal",
            lambda a: np.eye(a.size) - np.outer(a, a),
            "The first part has lost its factor: a_i(1 - a_i) is a_i - a_i a_i, and you have 1 "
            "in the place of the first a_i.",
        ),
        Mistake(
            "a product of flats",
            lambda a: np.diag(a) - a @ a.T,
            "For a flat a, `a @ a.T` is one number, since `.T` changes nothing. You need a (K, "
            "K) table of all products a_i a_j.",
        ),
        Mistake(
            "squares in each row",
            lambda a: np.diag(a) - a * a,
            "`a * a` holds the K squares, and NumPy repeats them in each row. You need a (K, K) "
            "table of all products a_i a_j.",
        ),
    ],
    returns=("Jacobian",),
    vectorized=True,
)


# Three sets, one scale


def _split_and_scale(X, n_train, n_validation):
    train, validation, test = np.split(X, [n_train, n_train + n_validation], axis=1)
    mean, deviation = train.mean(axis=1, keepdims=True), train.std(axis=1, keepdims=True)
    return (train - mean) / deviation, (validation - mean) / deviation, (test - mean) / deviation


def _split_and_scale_cases(rng):
    sizes = [(1, 6, 2, 2), (3, 14, 6, 5), (4, 15, 9, 2), (3, 9, 3, 3)]
    return [(3 + _decimals(rng, n, m).cumsum(axis=1), train, validation) for n, m, train, validation in sizes]


def _three(X, first, second):
    """Return the columns of X up to ``first``, from there to ``second``, and the rest."""
    return X[:, :first], X[:, first:second], X[:, second:]


def _split(X, n_train, n_validation):
    return _three(X, n_train, n_train + n_validation)


def _scaled(part, by, ddof=0):
    """Return ``part`` with the mean and the deviation of the rows of ``by``."""
    return (part - by.mean(axis=1, keepdims=True)) / by.std(axis=1, keepdims=True, ddof=ddof)


def _scaled_with(parts, scale):
    """Return the three parts after ``scale(part, train)``."""
    return tuple(scale(part, parts[0]) for part in parts)


def _with_scale(scale):
    """Return a right split with another ``scale(part, train)``."""
    return lambda X, n_train, n_validation: _scaled_with(_split(X, n_train, n_validation), scale)


def _test_before_validation(X, n_train, n_validation):
    train, validation, test = _split_and_scale(X, n_train, n_validation)
    return train, test, validation


def _own_scale_for_test(X, n_train, n_validation):
    train, validation, test = _split(X, n_train, n_validation)
    return _scaled(train, train), _scaled(validation, train), _scaled(test, test)


def _training_set_only(X, n_train, n_validation):
    train, validation, test = _split(X, n_train, n_validation)
    return _scaled(train, train), validation, test


def _scale_of_two_sets(X, n_train, n_validation):
    both = X[:, : n_train + n_validation]
    return tuple(_scaled(part, both) for part in _split(X, n_train, n_validation))


def _validation_in_test(X, n_train, n_validation):
    train, validation, test = _split_and_scale(X, n_train, n_validation)
    return train, validation, np.hstack([validation, test])


def _rows_cut(X, n_train, n_validation):
    last = n_train + n_validation
    return _scaled_with((X[:n_train], X[n_train:last], X[last:]), _scaled)


split_and_scale = FunctionExercise(
    _split_and_scale,
    _split_and_scale_cases,
    [
        Mistake(
            "scaled before the split",
            lambda X, n_train, n_validation: _split(_scaled(X, X), n_train, n_validation),
            "You scale before you split: mean and deviation already know the test set. That is a leak.",
        ),
        Mistake(
            "each its own scale",
            _with_scale(lambda part, by: _scaled(part, part)),
            "Each set has its own mean and deviation here, so the same example would get different numbers in each. "
            "One scale serves all: which set may choose it?",
        ),
        Mistake(
            "own scale for test",
            _own_scale_for_test,
            "The test set is scaled by its own mean and deviation. It plays the unknown "
            "future: nothing may be taken from it.",
        ),
        Mistake(
            "scale of two sets",
            _scale_of_two_sets,
            "Mean and deviation come from training and validation set together: a leak again. One "
            "set alone may choose the scale.",
        ),
        Mistake(
            "end for length",
            lambda X, n_train, n_validation: _scaled_with(_three(X, n_train, n_validation), _scaled),
            "You take n_validation for the place where the validation set ends. It is how many "
            "columns it has, after the first n_train.",
        ),
        Mistake(
            "validation in test",
            _validation_in_test,
            "Your test set begins right after the training set, so it holds the validation set "
            "too. No example may be in two sets.",
        ),
        Mistake(
            "sets in another order",
            _test_before_validation,
            "The sets are right, but the test set comes before the validation set. The order "
            "asked is training, validation, test.",
        ),
        Mistake(
            "rows cut",
            _rows_cut,
            "You cut X along its rows, so features are torn apart. Examples are columns: the cut "
            "goes through the second index.",
        ),
        Mistake(
            "mean along columns",
            _with_scale(lambda part, by: (part - by.mean(axis=0)) / by.std(axis=0)),
            "You take the mean of each example. The scale belongs to a feature, which is a row.",
        ),
        Mistake(
            "means are flat",
            _with_scale(lambda part, by: (part - by.mean(axis=1)) / by.std(axis=1)),
            "The means of the features are right, but flat, and NumPy takes a flat array for "
            "a row. They must be a column.",
        ),
        Mistake(
            "one mean for all",
            _with_scale(lambda part, by: (part - by.mean()) / by.std()),
            "There is one mean and one deviation for all features here. Each feature needs its own.",
        ),
        Mistake(
            "not divided",
            _with_scale(lambda part, by: part - by.mean(axis=1, keepdims=True)),
            "The mean is subtracted, but nothing is divided: features in large units still weigh more.",
        ),
        Mistake(
            "variance for deviation",
            _with_scale(lambda part, by: _scaled(part, by) / by.std(axis=1, keepdims=True)),
            "You divide by the variance. The standard deviation is its root.",
        ),
        Mistake(
            "deviation with m - 1",
            _with_scale(lambda part, by: _scaled(part, by, ddof=1)),
            "This deviation divides by m - 1, as some statistics tools do. Here it is the "
            "plain one, `std` as NumPy gives it.",
        ),
        Mistake(
            "training set only",
            _training_set_only,
            "Only the training set is scaled. Do the others take mean and deviation of the training set after it was "
            "standardized? They are 0 and 1 by then.",
        ),
        Mistake(
            "not scaled",
            _split,
            "The three sets are right, but not scaled yet.",
        ),
    ],
    returns=("X_train", "X_validation", "X_test"),
)


# The most confident errors


def _worst_mistakes(A, y, k):
    wrong = np.flatnonzero(A.argmax(axis=0) != y)
    return wrong[np.argsort(-A.max(axis=0)[wrong])][:k]


def _worst_mistakes_cases(rng):
    small = np.array([[0.9, 0.4, 0.2], [0.1, 0.6, 0.8]]), np.array([0, 0, 0]), 1
    larger = [(_softmax(_decimals(rng, K, m)), rng.integers(0, K, m), k) for K, m, k in [(4, 15, 3), (3, 12, 2)]]
    square = np.array([[0.5, 0.1, 0.2], [0.3, 0.7, 0.2], [0.2, 0.2, 0.6]]), np.array([2, 0, 0]), 2
    return [small, *larger, square]


def _ranked(A, chosen, k, key):
    """Return the first k of the ``chosen`` examples, those with the largest ``key`` first."""
    places = np.flatnonzero(chosen)
    return places[np.argsort(-key[places])][:k]


def _wrong(A, y):
    return A.argmax(axis=0) != y


worst_mistakes = FunctionExercise(
    _worst_mistakes,
    _worst_mistakes_cases,
    [
        Mistake(
            "right answers too",
            lambda A, y, k: np.argsort(-A.max(axis=0))[:k],
            "These are the most confident answers, right ones included. Only examples with a wrong answer are asked.",
        ),
        Mistake(
            "right answers only",
            lambda A, y, k: _ranked(A, A.argmax(axis=0) == y, k, A.max(axis=0)),
            "These are the most confident right answers. Turn the comparison with y round.",
        ),
        Mistake(
            "least confident first",
            lambda A, y, k: _ranked(A, _wrong(A, y), k, -A.max(axis=0)),
            "These are the least confident errors: sorting puts the smallest first.",
        ),
        Mistake(
            "worst one last",
            lambda A, y, k: _worst_mistakes(A, y, k)[::-1],
            "These are the right examples, but the most confident error stands last. It must come first.",
        ),
        Mistake(
            "not sorted",
            lambda A, y, k: np.flatnonzero(_wrong(A, y))[:k],
            "These are the first errors as they come. Sort them by their confidence before you take k.",
        ),
        Mistake(
            "all errors",
            lambda A, y, k: _worst_mistakes(A, y, y.size),
            "All errors are here, in the right order. Only the first k are asked.",
        ),
        Mistake(
            "places among errors",
            lambda A, y, k: np.argsort(-A.max(axis=0)[_wrong(A, y)])[:k],
            "These numbers count within the list of errors. The columns of A are asked: look "
            "each number up in that list.",
        ),
        Mistake(
            "probability of the truth",
            lambda A, y, k: _ranked(A, _wrong(A, y), k, -A[y, np.arange(y.size)]),
            "You sort by the probability of the true class. Confidence is the probability "
            "of the class that was chosen.",
        ),
        Mistake(
            "confidence, not columns",
            lambda A, y, k: A.max(axis=0)[_worst_mistakes(A, y, k)],
            "These are the confidences. The columns where they occur are asked, to draw these examples.",
        ),
        Mistake(
            "classes, not columns",
            lambda A, y, k: A.argmax(axis=0)[_worst_mistakes(A, y, k)],
            "These are the classes that were chosen. The columns are asked, to draw these examples.",
        ),
        Mistake(
            "wrong axis",
            lambda A, y, k: _ranked(A, A.argmax(axis=1) != y, k, A.max(axis=1)),
            "You look for the largest entry of each row. An example is a column: its answer is the "
            "row where the column is largest.",
        ),
    ],
    returns=("columns",),
)


# When to stop


def _stop_when(J_train, J_validation, J_test):
    epoch = np.argmin(J_validation)
    return epoch, J_test[epoch]


def _stop_when_cases(rng):
    small = [0.9, 0.6, 0.4, 0.3, 0.2], [0.95, 0.8, 0.6, 0.65, 0.7], [0.93, 0.85, 0.66, 0.63, 0.75]
    bumpy = [0.8, 0.6, 0.5, 0.4, 0.3, 0.33], [0.9, 0.66, 0.75, 0.55, 0.6, 0.8], [0.85, 0.8, 0.58, 0.7, 0.65, 0.9]
    epochs = np.arange(20)
    long = [np.exp(-epochs / 5) + rise * epochs + rng.uniform(0, 0.04, 20) for rise in (0.001, 0.03, 0.025)]
    return [tuple(np.array(J) for J in curves) for curves in (small, bumpy, long)]


def _first_rise(J_train, J_validation, J_test, later=0):
    epoch = np.argmax(np.diff(J_validation) > 0) + later
    return epoch, J_test[epoch]


def _smallest_gap(J_train, J_validation, J_test):
    epoch = np.argmin(J_validation - J_train)
    return epoch, J_test[epoch]


stop_when = FunctionExercise(
    _stop_when,
    _stop_when_cases,
    [
        Mistake(
            "lowest training cost",
            lambda J_train, J_validation, J_test: (np.argmin(J_train), J_test[np.argmin(J_train)]),
            "You choose by the training cost. It goes on falling while the network learns its examples by heart.",
        ),
        Mistake(
            "chosen on test set",
            lambda J_train, J_validation, J_test: (np.argmin(J_test), J_test.min()),
            "You choose by the test cost, so it is no longer a test: the network was picked to please it.",
        ),
        Mistake(
            "last epoch",
            lambda J_train, J_validation, J_test: (J_train.size - 1, J_test[-1]),
            "You stop at the last epoch. By then the validation cost has risen again.",
        ),
        Mistake(
            "first rise",
            lambda J_train, J_validation, J_test: _first_rise(J_train, J_validation, J_test),
            "You take the epoch before the validation cost first rises. A curve is noisy: it may fall lower later.",
        ),
        Mistake(
            "one past first rise",
            lambda J_train, J_validation, J_test: _first_rise(J_train, J_validation, J_test, later=1),
            "You stop where the cost has just risen once. The lowest point is elsewhere: a noisy curve may fall again.",
        ),
        Mistake(
            "smallest gap",
            _smallest_gap,
            "You look for the smallest gap between the curves. At the start they are close and both bad: "
            "what counts is how low the cost is.",
        ),
        Mistake(
            "largest cost",
            lambda J_train, J_validation, J_test: (np.argmax(J_validation), J_test[np.argmax(J_validation)]),
            "This is where the validation cost is largest. The best network is the one with the lowest.",
        ),
        Mistake(
            "validation cost reported",
            lambda J_train, J_validation, J_test: (np.argmin(J_validation), J_validation.min()),
            "The epoch is right. But you report the validation cost, the very number you made "
            "small by choosing: it is too hopeful.",
        ),
        Mistake(
            "best test cost reported",
            lambda J_train, J_validation, J_test: (np.argmin(J_validation), J_test.min()),
            "The epoch is right. But you report the lowest test cost of all epochs: report the "
            "one of the network you chose.",
        ),
        Mistake(
            "training cost reported",
            lambda J_train, J_validation, J_test: (np.argmin(J_validation), J_train[np.argmin(J_validation)]),
            "The epoch is right. But you report the training cost, which says nothing on unseen examples.",
        ),
        Mistake(
            "last test cost reported",
            lambda J_train, J_validation, J_test: (np.argmin(J_validation), J_test[-1]),
            "The epoch is right. But you report the test cost of the last epoch: report the "
            "one of the network you chose.",
        ),
        Mistake(
            "epochs counted from 1",
            lambda J_train, J_validation, J_test: (np.argmin(J_validation) + 1, J_test[np.argmin(J_validation)]),
            "The cost is right. But you count the epochs from 1; here the first entry is epoch 0.",
        ),
        Mistake(
            "answers exchanged",
            lambda J_train, J_validation, J_test: _stop_when(J_train, J_validation, J_test)[::-1],
            "Both answers are right, but in the other order: first the epoch, then the cost.",
        ),
        Mistake(
            "only the epoch",
            lambda J_train, J_validation, J_test: np.argmin(J_validation),
            "The epoch is right. The cost to report is missing.",
        ),
        Mistake(
            "only the cost",
            lambda J_train, J_validation, J_test: J_test[np.argmin(J_validation)],
            "The cost is right. The epoch is missing: return both, the epoch first.",
        ),
    ],
    returns=("epoch", "J"),
)


# What a table of probabilities must fulfil


def _bad_columns(A):
    return np.sum((A < 0).any(axis=0) | ~np.isclose(A.sum(axis=0), 1))


def _bad_columns_cases(rng):
    small = np.array([[0.304, 0.6, 0.5], [0.7, 0.4, 0.3]])  # 1.004 is more than rounding
    along_rows = _softmax(_decimals(rng, 4, 6)).T
    mixed = np.full((10, 13), 0.1)  # ten times 0.1 is not 1 in a computer
    mixed[:, 1:4], mixed[:, 4], mixed[:2, 5] = np.eye(10)[:, [4, 0, 9]], [-0.25, 0.75, 0.5, *7 * [0]], [0.3, 0.4]
    mixed[:, 6], mixed[:, 7] = [-0.3, -0.2, 0.9, 0.6, *6 * [0]], [-0.2, 0.7, *8 * [0]]  # the last is bad for both reasons
    return [(small,), (along_rows,), (mixed,), (np.array([[0.2, 0.5, 0.3], [0.1, 0.4, 0.5], [0.6, 0.1, 0.3]]),)]


bad_columns = FunctionExercise(
    _bad_columns,
    _bad_columns_cases,
    [
        Mistake(
            "only between 0 and 1",
            lambda A: np.sum(((A < 0) | (A > 1)).any(axis=0)),
            "You check that each number lies between 0 and 1. That is not enough: together they share one whole.",
        ),
        Mistake(
            "strictly between",
            lambda A: np.sum(((A <= 0) | (A >= 1)).any(axis=0)),
            "You check that each number lies between 0 and 1. The sum is missing; and exactly 0 or 1 "
            "is allowed, when softmax is sure.",
        ),
        Mistake(
            "rows summed",
            lambda A: np.sum((A < 0).any(axis=1) | ~np.isclose(A.sum(axis=1), 1)),
            "You check the rows. An example is a column: its probabilities stand one below the other.",
        ),
        Mistake(
            "negative numbers allowed",
            lambda A: np.sum(~np.isclose(A.sum(axis=0), 1)),
            "You check the sums of the columns, and that is nearly all. But a negative number is no "
            "probability, even if the sum is 1.",
        ),
        Mistake(
            "exactly 1 asked",
            lambda A: np.sum((A < 0).any(axis=0) | (A.sum(axis=0) != 1)),
            "You ask for a sum of exactly 1. A computer rounds: ten times 0.1 makes "
            "0.9999999999999999. Allow a tiny difference.",
        ),
        Mistake(
            "exactly 1, negatives allowed",
            lambda A: np.sum(A.sum(axis=0) != 1),
            "You ask for a sum of exactly 1. A computer rounds, so allow a tiny difference. "
            "Then: may a probability be negative?",
        ),
        Mistake(
            "too generous",
            lambda A: np.sum((A < 0).any(axis=0) | (np.abs(A.sum(axis=0) - 1) > 0.01)),
            "You let a sum of 1.004 pass. The rounding of a computer is far smaller: allow a tiny difference only.",
        ),
        Mistake(
            "counted twice",
            lambda A: np.sum((A < 0).any(axis=0)) + np.sum(~np.isclose(A.sum(axis=0), 1)),
            "A column that is bad for both reasons is counted twice. One yes is enough for it to be bad.",
        ),
        Mistake(
            "not for both reasons",
            lambda A: np.sum((A < 0).any(axis=0) ^ ~np.isclose(A.sum(axis=0), 1)),
            "A column that is bad for both reasons is left out. One yes is enough, and so are two.",
        ),
        Mistake(
            "both reasons asked",
            lambda A: np.sum((A < 0).any(axis=0) & ~np.isclose(A.sum(axis=0), 1)),
            "You count only the columns that are bad for both reasons. One yes is enough.",
        ),
        Mistake(
            "negative entries counted",
            lambda A: np.sum(A < 0) + np.sum(~np.isclose(A.sum(axis=0), 1)),
            "You count negative entries, and then sums. A column is one bad column, however many reasons it has.",
        ),
        Mistake(
            "only sums above 1",
            lambda A: np.sum((A < 0).any(axis=0) | (A.sum(axis=0) > 1 + 1e-6)),
            "You find sums above 1 only. A sum below 1 is as wrong: some probability is lost.",
        ),
        Mistake(
            "0 not allowed",
            lambda A: np.sum((A <= 0).any(axis=0) | ~np.isclose(A.sum(axis=0), 1)),
            "You refuse a probability of exactly 0. Softmax gives it when a logit is far below the others.",
        ),
        Mistake(
            "good columns counted",
            lambda A: A.shape[1] - _bad_columns(A),
            "You count the good columns. The bad ones are asked.",
        ),
        Mistake(
            "yes or no",
            lambda A: _bad_columns(A) > 0,
            "You say whether there is a bad column, and True counts as 1. How many are there?",
        ),
        Mistake(
            "which ones",
            lambda A: np.flatnonzero((A < 0).any(axis=0) | ~np.isclose(A.sum(axis=0), 1)),
            "You found the bad columns. Here only their number is asked.",
        ),
        Mistake(
            "one sum for all",
            lambda A: int(not np.isclose(A.sum(), A.shape[1])),
            "You sum the whole table: a column that is too large and one that is too small can hide "
            "each other. One sum for each column.",
        ),
    ],
    returns=("the number of bad columns",),
)


# The planted bug: softmax along the wrong axis, in one step of training


def _wrong_axis(net, X, Y, rate):
    W1, b1, W2, b2 = net
    A1 = np.maximum(W1 @ X + b1, 0)
    Z2 = W2 @ A1 + b2
    E = np.exp(Z2 - Z2.max(axis=0, keepdims=True))
    A2 = E / E.sum(axis=0, keepdims=True)
    dZ2, m = A2 - Y, X.shape[1]
    dZ1 = (W2.T @ dZ2) * (A1 > 0)
    W2, b2 = W2 - rate * dZ2 @ A1.T / m, b2 - rate * dZ2.mean(axis=1, keepdims=True)
    W1, b1 = W1 - rate * dZ1 @ X.T / m, b1 - rate * dZ1.mean(axis=1, keepdims=True)
    return W1, b1, W2, b2, A2


def _wrong_axis_cases(rng):
    found = []
    for n0, n1, K, m in [(2, 2, 3, 2), (4, 5, 3, 6), (3, 3, 3, 3)]:
        net = [rng.normal(size=shape) for shape in ((n1, n0), (n1, 1), (K, n1), (K, 1))]
        found.append((net, rng.normal(size=(n0, m)), _one_hot(rng.integers(0, K, m), K), float(rng.integers(1, 9)) / 10))
    return found


def _with_softmax(softmax, bias_axis=1):
    """Return the step of training with another ``softmax(Z)``; the mean in b[1], b[2] goes along ``bias_axis``."""

    def answer(net, X, Y, rate):
        W1, b1, W2, b2 = net
        A1 = np.maximum(W1 @ X + b1, 0)
        A2, m = softmax(W2 @ A1 + b2), X.shape[1]
        dZ2 = A2 - Y
        dZ1 = (W2.T @ dZ2) * (A1 > 0)
        W2, b2 = W2 - rate * dZ2 @ A1.T / m, b2 - rate * dZ2.mean(axis=bias_axis, keepdims=True)
        W1, b1 = W1 - rate * dZ1 @ X.T / m, b1 - rate * dZ1.mean(axis=bias_axis, keepdims=True)
        return W1, b1, W2, b2, A2

    return answer


def _along(of_maximum, of_sum, keepdims=True):
    """Return a softmax that takes its maximum and its sum along these axes."""

    def softmax(Z):
        E = np.exp(Z - Z.max(axis=of_maximum, keepdims=keepdims))
        return E / E.sum(axis=of_sum, keepdims=keepdims)

    return softmax


wrong_axis = FunctionExercise(
    _wrong_axis,
    _wrong_axis_cases,
    [
        Mistake(
            "not repaired",
            _with_softmax(_along(1, 1)),
            "The bug still stands. What should each column of A2 add up to, and what does it?",
        ),
        Mistake(
            "every axis exchanged",
            _with_softmax(_along(0, 0), bias_axis=0),
            "The softmax is right now. But you have exchanged every axis: the bias of a unit is moved by the mean over its "
            "examples, and that was right.",
        ),
        Mistake(
            "sum only",
            _with_softmax(_along(1, 0)),
            "The columns of A2 add up to 1 now. But from each row another number is subtracted, and inside a column that "
            "changes the shares.",
        ),
        Mistake(
            "maximum only",
            _with_softmax(_along(0, 1)),
            "The maximum is that of the column now. The sum is still that of the row, so the columns do not add up to 1.",
        ),
        Mistake(
            "no axis in the sum",
            _with_softmax(_along(0, None)),
            "Without an axis the sum is that of the whole table: all examples together share one whole.",
        ),
        Mistake(
            "keepdims taken away",
            _with_softmax(_along(1, 1, keepdims=False)),
            "You have taken away the word that kept NumPy from complaining. Which numbers belong to one example?",
        ),
        Mistake(
            "patched afterwards",
            _with_softmax(lambda Z: _over_sum(_along(1, 1)(Z))),
            "The columns add up to 1 now, by a patch after the bug: each row was divided by its own number first, "
            "and that changes the shares.",
        ),
        Mistake(
            "sigmoids",
            _with_softmax(_sigmoid),
            "These are sigmoids. Each lies in (0, 1), and yet a column does not add up to 1.",
        ),
        Mistake(
            "exponentials undivided",
            _with_softmax(lambda Z: np.exp(Z - Z.max(axis=0))),
            "The division is lost: these are exponentials, and a column does not add up to 1.",
        ),
    ],
    returns=("W1", "b1", "W2", "b2", "A2"),
    planted="not repaired",
)


quiz_1 = Choice(  # logits (1, 2, 3) and (101, 102, 103). The second network is a more certain, b as certain, c less certain
    "quiz_1",
    "b2",
    {
        "a": "Its logits are larger, all by 100. What does softmax do with a number that is added to all?",
        "c": "Compare the differences: from one logit to the next it is 1 in both columns.",
        "1": "They are, by the factor e to the 100, above the line and below. What remains of it?",
        "3": "exp(103) is about 5 times 10 to the 44: a computer can still write that.",
    },
)

quiz_2 = Choice(  # three classes, first cost 5.0: a normal, b too low, c too high
    "quiz_2",
    "c1",
    {
        "a": "Before training nothing is known, and that has its own cost: -ln of what?",
        "b": "A lower cost is better. Which cost has a network that gives each class a third?",
        "2": "Small random weights give logits near 0, and so nearly equal shares. They do not give any cost.",
        "3": "The cost is -ln of one probability. It does not grow like the number of classes.",
    },
)

quiz_3 = Choice(  # mean and deviation; the epoch? a all, validation; b train, validation; c train, test; d train, train
    "quiz_3",
    "b1",
    {
        "a": "Mean and deviation of all examples know the test set already: a leak.",
        "c": "Chosen on the test set, the epoch suits the test set: what is left to judge it?",
        "d": "The training cost falls on and on, while the network learns by heart. It always says: later.",
        "2": "More examples would give a better mean, a little. The price is a leak.",
        "3": "That is true of the weights. The epoch decides how long they may learn by heart.",
    },
)

quiz_4 = Choice(  # two classes, logits (3, 1): class 0 gets a sigmoid(3), b sigmoid(2), c 3/4
    "quiz_4",
    "b3",
    {
        "a": "Then the second logit would not count. It stands below the line as well.",
        "c": "Logits are no shares: they may be negative. What comes before the division?",
        "1": "Ten sigmoids were like that: each for itself. Softmax has one sum for all.",
        "2": "Divided are the exponentials of the logits, not the logits.",
    },
)

quiz_5 = Choice(  # 100 new images, each with confidence .99. Right are a 99, b all, c nobody knows without labels
    "quiz_5",
    "c2",
    {
        "a": "That is what one hopes. The lesson has shown wrong answers with a confidence near 1.",
        "b": "The largest output is the answer, right or wrong.",
        "1": "They add up to 1 in any network, also in an untrained one. It says nothing on how many are right.",
        "3": "The largest probability makes the answer. Is the answer then right?",
    },
)

progress = progress_of(
    one_hot,
    softmax,
    cross_entropy,
    output_gradient,
    softmax_jacobian,
    split_and_scale,
    worst_mistakes,
    stop_when,
    bad_columns,
    wrong_axis,
    capstone,
    quiz_1,
    quiz_2,
    quiz_3,
    quiz_4,
    quiz_5,
)
