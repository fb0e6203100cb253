"""The exercises of lesson 1, one neuron (source notes 000, 001, 004)."""

import numpy as np

from .engine import Choice, FunctionExercise, Mistake, Order, progress_of


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _rounded(rng, *size):
    """Return numbers of one decimal place, negative and positive, that a message can show in full."""
    return rng.uniform(-2, 2, size).round(1)


def _activations(rng, m):
    return rng.uniform(0.1, 0.9, m).round(2)


def _labels(m):
    """Return 1, 0, 1, 1, 0, 1, 1, ...: both labels, but not equally often."""
    return (np.arange(m) % 3 != 1).astype(int)


# neuron


def _neuron(w, b, x):
    z = np.sum(w * x) + b
    return z, _sigmoid(z)


def _neuron_cases(rng):
    smallest = np.array([2.0, -1.0]), 0.4, np.array([1.0, 3.0])
    return [smallest, *((_rounded(rng, n), b, _rounded(rng, n)) for n, b in ((3, -0.7), (5, 1.2), (4, 0.3)))]


def _with_sigmoid(z):
    """Return the answer to ``neuron`` that takes ``z(w, b, x)`` for the weighted sum."""
    return lambda w, b, x: (z(w, b, x), _sigmoid(z(w, b, x)))


def _with_z(a):
    """Return the answer to ``neuron`` with the right z, and ``a(z)`` for the sigmoid."""
    return lambda w, b, x: (np.sum(w * x) + b, a(np.sum(w * x) + b))


neuron = FunctionExercise(
    _neuron,
    _neuron_cases,
    [
        Mistake(
            "weights added",
            _with_sigmoid(lambda w, b, x: np.sum(w + x) + b),
            "Here the weights are added to the inputs, as one source note says by misprint. Weights multiply.",
        ),
        Mistake(
            "bias forgotten",
            _with_sigmoid(lambda w, b, x: np.sum(w * x)),
            "The bias b is missing from z: this neuron's line can never leave the origin.",
        ),
        Mistake(
            "bias subtracted",
            _with_sigmoid(lambda w, b, x: np.sum(w * x) - b),
            "The bias is subtracted here: look at its sign in z.",
        ),
        Mistake(
            "bias multiplied",
            _with_sigmoid(lambda w, b, x: np.sum(w * x) * b),
            "The bias multiplies the sum here. Weights multiply, the bias does not.",
        ),
        Mistake(
            "bias many times",
            _with_sigmoid(lambda w, b, x: np.sum(w * x + b)),
            "The bias stands inside the sum, so it is counted once for every input.",
        ),
        Mistake(
            "bias twice",
            _with_sigmoid(lambda w, b, x: np.sum(w * x) + 2 * b),
            "The bias is counted twice.",
        ),
        Mistake(
            "not summed",
            _with_sigmoid(lambda w, b, x: w * x + b),
            "You have one number for each input. z is one number: the products must be added up.",
        ),
        Mistake(
            "mean for sum",
            _with_sigmoid(lambda w, b, x: np.mean(w * x) + b),
            "You took the mean of the products. A neuron adds them up.",
        ),
        Mistake(
            "first input only",
            _with_sigmoid(lambda w, b, x: w[0] * x[0] + b),
            "Only the first input is used. If you have a loop, does it add to z, and where does its `return` stand?",
        ),
        Mistake(
            "last input only",
            _with_sigmoid(lambda w, b, x: w[-1] * x[-1] + b),
            "Only the last input is left: in a loop, each product must be added to what is already there.",
        ),
        Mistake(
            "first input skipped",
            _with_sigmoid(lambda w, b, x: np.sum(w[1:] * x[1:]) + b),
            "The first input is left out. Mathematics counts from 1, NumPy from 0.",
        ),
        Mistake(
            "last input skipped",
            _with_sigmoid(lambda w, b, x: np.sum(w[:-1] * x[:-1]) + b),
            "The last input is left out: `range(n)` already ends at n - 1.",
        ),
        Mistake(
            "two inputs only",
            _with_sigmoid(lambda w, b, x: w[0] * x[0] + w[1] * x[1] + b),
            "This is right for two inputs. The exercise has n of them: use all of w and x.",
        ),
        Mistake(
            "inputs without weights",
            _with_sigmoid(lambda w, b, x: np.sum(x) + b),
            "The inputs are added up without their weights.",
        ),
        Mistake(
            "sign in the sigmoid",
            _with_z(lambda z: 1 / (1 + np.exp(z))),
            "z is right. In your sigmoid a sign is lost: a large z should give nearly 1, and yours gives nearly 0.",
        ),
        Mistake(
            "brackets in the sigmoid",
            _with_z(lambda z: 1 / 1 + np.exp(-z)),
            "z is right. In a the division reaches only the 1: the whole denominator needs brackets.",
        ),
        Mistake(
            "e left out",
            _with_z(lambda z: np.exp(-z)),
            "z is right. For a you give the exponential alone, which is one part of the sigmoid only.",
        ),
        Mistake(
            "no activation",
            _with_z(lambda z: z),
            "You give z twice. a is what the sigmoid makes of z, a number between 0 and 1.",
        ),
        Mistake(
            "a as label",
            _with_z(lambda z: float(z >= 0)),
            "z is right. Your a is already the decision, 0 or 1. a is the probability before that decision.",
        ),
        Mistake(
            "slope for a",
            _with_z(lambda z: _sigmoid(z) * (1 - _sigmoid(z))),
            "z is right. Your a is the slope of the sigmoid, a (1 - a), not its value.",
        ),
        Mistake(
            "sigmoid twice",
            _with_z(lambda z: _sigmoid(_sigmoid(z))),
            "z is right. The sigmoid is used twice on the way to a.",
        ),
        Mistake(
            "other curve",
            _with_z(np.tanh),
            "z is right. Your a is another curve, from -1 to 1. A probability lies between 0 and 1.",
        ),
        Mistake(
            "a without bias",
            lambda w, b, x: (np.sum(w * x) + b, _sigmoid(np.sum(w * x))),
            "z is right, but a is made from the sum without the bias.",
        ),
        Mistake(
            "swapped",
            lambda w, b, x: _neuron(w, b, x)[::-1],
            "Both numbers are right, but in the other order: first z, then a.",
        ),
        Mistake(
            "only a",
            lambda w, b, x: _neuron(w, b, x)[1],
            "This is a alone. Two values are asked: z and a.",
        ),
        Mistake(
            "only z",
            lambda w, b, x: _neuron(w, b, x)[0],
            "This is z alone. Two values are asked: z and a.",
        ),
    ],
    returns=("z", "a"),
)


# log_loss


def _log_loss(a, y):
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


def _log_loss_cases(rng):
    smallest = np.array([0.9, 0.2, 0.4]), np.array([1, 0, 1])
    return [smallest, *((_activations(rng, m), _labels(m)) for m in (5, 4, 7))]


def _losses(a, y):
    return -y * np.log(a) - (1 - y) * np.log(1 - a)


def _no_brackets(a, y):
    return -np.mean(y * np.log(a)) + np.mean((1 - y) * np.log(1 - a))


log_loss = FunctionExercise(
    _log_loss,
    _log_loss_cases,
    [
        Mistake(
            "half the cost",
            lambda a, y: _log_loss(a, y) / 2,
            "This is half the cost. Each example has one loss, made of two terms: there are m losses, not 2m.",
        ),
        Mistake(
            "no brackets",
            _no_brackets,
            "For y = 0 your loss has the wrong sign: the minus stands before the whole bracket, for both terms.",
        ),
        Mistake(
            "mean of first term",
            lambda a, y: -np.mean(y * np.log(a)) + (1 - y) * np.log(1 - a),
            "The mean and the minus sign stand before the whole bracket. Here they reach only the first term.",
        ),
        Mistake(
            "sum for mean",
            lambda a, y: np.sum(_losses(a, y)),
            "This is the sum of all losses: it would grow with the number of examples. The cost is their mean.",
        ),
        Mistake(
            "not averaged",
            _losses,
            "These are the losses, one for each example. The cost is one number, their mean.",
        ),
        Mistake(
            "minus forgotten",
            lambda a, y: -_log_loss(a, y),
            "The minus sign in front is missing: the log of a probability is negative, a cost is not.",
        ),
        Mistake(
            "y = 1 only",
            lambda a, y: -np.mean(y * np.log(a)),
            "Only examples with y = 1 are counted. Being wrong about a 0 must cost something too.",
        ),
        Mistake(
            "y = 0 only",
            lambda a, y: -np.mean((1 - y) * np.log(1 - a)),
            "Only examples with y = 0 are counted. Being wrong about a 1 must cost something too.",
        ),
        Mistake(
            "labels exchanged",
            lambda a, y: -np.mean((1 - y) * np.log(a) + y * np.log(1 - a)),
            "The two labels are exchanged: here a neuron pays for being right. Which logarithm belongs to y = 1?",
        ),
        Mistake(
            "a and y exchanged",
            lambda a, y: -np.mean(a * np.log(y) + (1 - a) * np.log(1 - y)),
            "A label stands inside the log, and the log of 0 is minus infinity. Are a and y exchanged?",
        ),
        Mistake(
            "log of 0",
            lambda a, y: _log_loss(a.round(), y),
            "nan is no number: it comes from the log of 0 or of less. Is a rounded, or a difference turned round?",
        ),
        Mistake(
            "same log twice",
            lambda a, y: -np.mean(y * np.log(a) + (1 - y) * np.log(a)),
            "Both terms use log a. For y = 0 the loss asks how probable 0 was for the neuron.",
        ),
        Mistake(
            "1-y without brackets",
            lambda a, y: -np.mean(y * np.log(a) + 1 - y * np.log(1 - a)),
            "Around 1 - y the brackets are missing, so y alone multiplies the second log.",
        ),
        Mistake(
            "terms multiplied",
            lambda a, y: -np.mean(y * np.log(a) * (1 - y) * np.log(1 - a)) + 0.0,
            "The two terms are multiplied. One of them is always 0, so the product is 0 too.",
        ),
        Mistake(
            "minus on second term",
            lambda a, y: -_no_brackets(a, y),
            "For y = 1 your loss has the wrong sign: the minus stands before the whole bracket, for both terms.",
        ),
        Mistake(
            "other logarithm",
            lambda a, y: _log_loss(a, y) / np.log(10),
            "This is the logarithm to base 10. In this course log is the natural logarithm, ln in school.",
        ),
        Mistake(
            "logarithm to base 2",
            lambda a, y: _log_loss(a, y) / np.log(2),
            "This is the logarithm to base 2. In this course log is the natural logarithm, ln in school.",
        ),
        Mistake(
            "squared error",
            lambda a, y: np.mean((a - y) ** 2),
            "This is the mean of the squared errors: another cost, without a logarithm.",
        ),
        Mistake(
            "mean error size",
            lambda a, y: np.mean(np.abs(a - y)),
            "This is how far a lies from y, on average. The loss is the log of a probability.",
        ),
        Mistake(
            "log of the mean",
            lambda a, y: -np.log(np.mean(np.where(y == 1, a, 1 - a))),
            "You took the mean first and the log after it. Each example has its own log.",
        ),
        Mistake(
            "share of wrong answers",
            lambda a, y: np.mean((a >= 0.5) != y),
            "This is the share of wrong answers. Cost also counts how sure each answer was.",
        ),
        Mistake(
            "accuracy",
            lambda a, y: np.mean((a >= 0.5) == y),
            "This is the accuracy. Cost is another measure: it also counts how sure each answer was.",
        ),
        Mistake(
            "first example only",
            lambda a, y: _losses(a, y)[0],
            "This is the loss of the first example. If you have a loop, look where its `return` stands.",
        ),
        Mistake(
            "last example only",
            lambda a, y: _losses(a, y)[-1] / y.size,
            "Only the last example is left, divided by m: in a loop, each loss must be added to the total.",
        ),
        Mistake(
            "first example skipped",
            lambda a, y: np.sum(_losses(a, y)[1:]) / y.size,
            "The first example is left out. Mathematics counts from 1, NumPy from 0.",
        ),
        Mistake(
            "last example skipped",
            lambda a, y: np.sum(_losses(a, y)[:-1]) / y.size,
            "The last example is left out: `range(m)` already ends at m - 1.",
        ),
        Mistake(
            "divided twice",
            lambda a, y: np.mean(_losses(a, y)) / y.size,
            "The number of examples divides twice: once in the mean, and once more.",
        ),
    ],
    returns=("J",),
)


# nudge


def _nudge(J, v, h=1e-5):
    return (J(v + h) - J(v - h)) / (2 * h)


def _square(v):
    return (3 * v + 1) ** 2


_square.__name__ = "J(v) = (3 v + 1)²"  # a message shows it


def _nudge_cases(rng):
    return [
        (_square, 1.0),
        (np.sin, round(rng.uniform(1.8, 2.8), 1)),
        (lambda v: (v - 2) ** 2, 2.0),  # flat here, and bent: one side alone does not give 0
        (lambda v: np.exp(-v), -1.0),
        (lambda v: (20 * v + 5) ** 2, round(rng.uniform(0.5, 1.5), 1)),
    ]


nudge = FunctionExercise(
    _nudge,
    _nudge_cases,
    [
        Mistake(
            "both on the right",
            lambda J, v, h=1e-5: (J(v + 2 * h) - J(v)) / (2 * h),
            "Both points lie to the right of v. One of them should lie as far below v as the other lies above.",
        ),
        Mistake(
            "two values",
            lambda J, v, h=1e-5: (J(v + h), J(v - h)),
            "These are the two values of J. The slope is their difference over their distance.",
        ),
        Mistake(
            "right side only",
            lambda J, v, h=1e-5: (J(v + h) - J(v)) / h,
            "You nudge to one side only, from v up to v + h. Almost right; nudging to both sides errs far less.",
        ),
        Mistake(
            "left side only",
            lambda J, v, h=1e-5: (J(v) - J(v - h)) / h,
            "You nudge to one side only, from v down to v - h. Almost right; nudging to both sides errs far less.",
        ),
        Mistake(
            "right side, halved",
            lambda J, v, h=1e-5: (J(v + h) - J(v)) / (2 * h),
            "Half the slope: you divide by 2h, but your two values, at v and v + h, are only h apart.",
        ),
        Mistake(
            "left side, halved",
            lambda J, v, h=1e-5: (J(v) - J(v - h)) / (2 * h),
            "Half the slope: you divide by 2h, but your two values, at v - h and v, are only h apart.",
        ),
        Mistake(
            "twice the slope",
            lambda J, v, h=1e-5: (J(v + h) - J(v - h)) / h,
            "This is twice the slope: the two values are further apart than the number you divide by.",
        ),
        Mistake(
            "half the slope",
            lambda J, v, h=1e-5: (J(v + h) - J(v - h)) / (4 * h),
            "This is half the slope: the two values are nearer to each other than the number you divide by.",
        ),
        Mistake(
            "divided by 2",
            lambda J, v, h=1e-5: (J(v + h) - J(v - h)) / 2,
            "You divide by 2 and not by h: a slope is a difference per step.",
        ),
        Mistake(
            "not divided",
            lambda J, v, h=1e-5: J(v + h) - J(v - h),
            "This is how much J changed. A slope is that change divided by the distance of the two points.",
        ),
        Mistake(
            "brackets around 2h",
            lambda J, v, h=1e-5: (J(v + h) - J(v - h)) / 2 * h,
            "Python goes from left to right: it divides by 2 and then multiplies by h. Brackets around 2h are missing.",
        ),
        Mistake(
            "times 2h",
            lambda J, v, h=1e-5: (J(v + h) - J(v - h)) * 2 * h,
            "You multiply by the distance of the two points. A slope is the change of J divided by it.",
        ),
        Mistake(
            "brackets around the difference",
            lambda J, v, h=1e-5: J(v + h) - J(v - h) / (2 * h),
            "The division reaches only the second value: brackets around the difference are missing.",
        ),
        Mistake(
            "downhill",
            lambda J, v, h=1e-5: (J(v - h) - J(v + h)) / (2 * h),
            "The sign is turned round. A slope is positive where J grows, so it points uphill.",
        ),
        Mistake(
            "size only",
            lambda J, v, h=1e-5: np.abs(J(v + h) - J(v - h)) / (2 * h),
            "The size is right, the sign is lost. A falling J has a negative slope.",
        ),
        Mistake(
            "values added",
            lambda J, v, h=1e-5: (J(v + h) + J(v - h)) / (2 * h),
            "The two values are added. A slope comes from their difference.",
        ),
        Mistake(
            "slope at zero",
            lambda J, v, h=1e-5: (J(h) - J(-h)) / (2 * h),
            "This is the slope at 0: v does not occur. Nudge v itself up and down.",
        ),
        Mistake(
            "J nudged",
            lambda J, v, h=1e-5: ((J(v) + h) - (J(v) - h)) / (2 * h),
            "You nudged the value of J, so the answer is always 1. Nudge the number v, and look what J makes of it.",
        ),
        Mistake(
            "nudge of 1",
            lambda J, v, h=1e-5: (J(v + 1) - J(v - 1)) / 2,
            "The nudge is 1 here, and on so long a way the slope changes. Use the small h.",
        ),
        Mistake(
            "same point twice",
            lambda J, v, h=1e-5: (J(v + h) - J(v + h)) / (2 * h),
            "Both values are taken at the same point, so their difference is 0.",
        ),
        Mistake(
            "value of J",
            lambda J, v, h=1e-5: J(v),
            "This is the value that J has at v. The slope says how fast this value changes.",
        ),
    ],
    returns=("the slope",),
)


# gradient


def _gradient(X, a, y):
    error = a - y
    return X @ error / y.size, np.mean(error)


def _gradient_cases(rng):
    smallest = np.array([[1.0, 2.0, -1.0], [0.5, -2.0, 3.0]]), np.array([0.9, 0.3, 0.4]), np.array([1, 0, 1])
    others = ((_rounded(rng, n, m), _activations(rng, m), _labels(m)) for n, m in ((3, 2), (4, 6), (3, 3)))
    return [smallest, *others]


def _with_error(error):
    """Return the answer to ``gradient`` that takes ``error(a, y)`` for the error."""
    return lambda X, a, y: (X @ error(a, y) / y.size, np.mean(error(a, y)))


def _on_examples(start, stop):
    """Return the answer to ``gradient`` whose sums run over some examples only."""

    def gradient(X, a, y):
        error = (a - y)[start:stop] / y.size
        return X[:, start:stop] @ error, np.sum(error)

    return gradient


gradient = FunctionExercise(
    _gradient,
    _gradient_cases,
    [
        Mistake(
            "rows counted, sums cut",
            lambda X, a, y: (X[:, : len(X)] @ (a - y)[: len(X)] / len(X), np.sum((a - y)[: len(X)]) / len(X)),
            "`len(X)` counts the rows, the inputs. Your loop and your mean should run over the examples: the columns.",
        ),
        Mistake(
            "one term an example",
            lambda X, a, y: ((a - y) * X, a - y),
            "You have one term for each example. The mean over the examples is missing.",
        ),
        Mistake(
            "no mean",
            lambda X, a, y: (X @ (a - y), np.sum(a - y)),
            "These are the sums, m times the slopes: the mean over the examples is missing.",
        ),
        Mistake(
            "no mean in dw",
            lambda X, a, y: (X @ (a - y), np.mean(a - y)),
            "db is right. dw is the sum over the examples, its mean is missing.",
        ),
        Mistake(
            "no mean in db",
            lambda X, a, y: (X @ (a - y) / y.size, np.sum(a - y)),
            "dw is right. db is the sum of the errors, its mean is missing.",
        ),
        Mistake(
            "y - a",
            _with_error(lambda a, y: y - a),
            "The error is turned round: it must be positive when the neuron said too much.",
        ),
        Mistake(
            "label not subtracted",
            _with_error(lambda a, y: a),
            "You take a for the error. The error says by how much a is off its label.",
        ),
        Mistake(
            "size of the error",
            _with_error(lambda a, y: np.abs(a - y)),
            "The sign of the error is lost, and the sign says in which direction to correct.",
        ),
        Mistake(
            "squared error",
            _with_error(lambda a, y: (a - y) ** 2),
            "The error is squared here. In the slope of the log-loss it stands as it is.",
        ),
        Mistake(
            "rounded a",
            _with_error(lambda a, y: a.round() - y),
            "You take the decision, 0 or 1, in place of the probability a.",
        ),
        Mistake(
            "slope of sigmoid left",
            _with_error(lambda a, y: (a - y) * a * (1 - a)),
            "There is a factor a (1 - a) too many. With the log-loss it cancels: only error times input is left.",
        ),
        Mistake(
            "means apart",
            lambda X, a, y: (np.mean(a - y) * X.mean(axis=1), np.mean(a - y)),
            "You multiply the mean error by the mean input. First multiply for each example, then take the mean.",
        ),
        Mistake(
            "divided by n",
            lambda X, a, y: (X @ (a - y) / len(X), np.mean(a - y)),
            "dw is divided by the number of inputs. The mean runs over the examples: how many are there?",
        ),
        Mistake(
            "both divided by n",
            lambda X, a, y: (X @ (a - y) / len(X), np.sum(a - y) / len(X)),
            "You divide by the number of inputs, `len(X)`. The mean runs over the examples: how many are there?",
        ),
        Mistake(
            "divided twice",
            lambda X, a, y: (X @ (a - y) / y.size**2, np.mean(a - y) / y.size),
            "The number of examples divides twice: in the loop and once more after it?",
        ),
        Mistake(
            "mean over inputs",
            lambda X, a, y: (((a - y) * X).mean(axis=0), np.mean(a - y)),
            "The mean runs over the inputs and leaves one number for each example. It should leave one for each input.",
        ),
        Mistake(
            "mean over everything",
            lambda X, a, y: (((a - y) * X).mean(), np.mean(a - y)),
            "Your dw is one number for all inputs. Each weight has its own slope.",
        ),
        Mistake(
            "no mean at all",
            lambda X, a, y: ((a - y) * X, np.mean(a - y)),
            "Your dw still has one column for each example. These are the thin arrows: their mean is missing.",
        ),
        Mistake(
            "dw as column",
            lambda X, a, y: (((a - y) * X).mean(axis=1, keepdims=True), np.mean(a - y)),
            "The numbers are right, but dw stands in a column. It should be flat, like w.",
        ),
        Mistake(
            "db not averaged",
            lambda X, a, y: (X @ (a - y) / y.size, a - y),
            "Your db has one number for each example. The neuron has one bias, so its slope is one number.",
        ),
        Mistake(
            "error without input",
            lambda X, a, y: (np.full(len(X), np.mean(a - y)), np.mean(a - y)),
            "In dw the input is missing: every weight gets the slope of the bias.",
        ),
        Mistake(
            "db with input",
            lambda X, a, y: (X @ (a - y) / y.size, np.mean(X @ (a - y) / y.size)),
            "You made db from dw. The bias multiplies no input: its slope is the mean of the errors alone.",
        ),
        Mistake(
            "first example only",
            lambda X, a, y: ((a[0] - y[0]) * X[:, 0] / y.size, (a[0] - y[0]) / y.size),
            "Only the first example is counted: does the `return` stand inside the loop?",
        ),
        Mistake(
            "last example only",
            lambda X, a, y: ((a[-1] - y[-1]) * X[:, -1] / y.size, (a[-1] - y[-1]) / y.size),
            "Only the last example is left: in a loop, each one must be added to what is already there.",
        ),
        Mistake(
            "first example skipped",
            _on_examples(1, None),
            "The first example is left out. Mathematics counts from 1, NumPy from 0.",
        ),
        Mistake(
            "last example skipped",
            _on_examples(None, -1),
            "The last example is left out: `range(m)` already ends at m - 1.",
        ),
        Mistake(
            "rows for examples",
            lambda X, a, y: (X.T @ (a - y) / y.size, np.mean(a - y)),
            "You take the rows of X for the examples. One example is one column.",
        ),
        Mistake(
            "swapped",
            lambda X, a, y: _gradient(X, a, y)[::-1],
            "Both are right, but in the other order: first dw, then db.",
        ),
        Mistake(
            "only dw",
            lambda X, a, y: _gradient(X, a, y)[0],
            "This is dw alone. The bias has a slope too: return both.",
        ),
        Mistake(
            "only db",
            lambda X, a, y: _gradient(X, a, y)[1],
            "This is db alone. The weights have slopes too: return both.",
        ),
    ],
    returns=("dw", "db"),
)


# boundary


def _boundary(w, b, x1):
    return -(w[0] * x1 + b) / w[1]


def _boundary_cases(rng):
    return [
        (np.array([1.0, 2.0]), -4.0, 1.0),
        (np.array([10.0, 20.0]), -40.0, 1.0),  # ten times the weights and the bias: the same line
        (rng.uniform(0.3, 1.9, 2).round(1) * [-1, 1], 0.7, 2.0),
        (rng.uniform(0.3, 1.9, 2).round(1) * [1, -1], 1.1, -2.5),
    ]


boundary = FunctionExercise(
    _boundary,
    _boundary_cases,
    [
        Mistake(
            "both weights",
            lambda w, b, x1: -(w * x1 + b) / w[1],
            "`w` holds both weights. Only the first one belongs to x1.",
        ),
        Mistake(
            "minus forgotten",
            lambda w, b, x1: (w[0] * x1 + b) / w[1],
            "The minus sign is missing: what moves to the other side of the equation changes its sign.",
        ),
        Mistake(
            "sign of b",
            lambda w, b, x1: (b - w[0] * x1) / w[1],
            "The sign of b is wrong: b moves to the other side too. Are there brackets after the minus?",
        ),
        Mistake(
            "sign of w1 x1",
            lambda w, b, x1: (w[0] * x1 - b) / w[1],
            "The sign of w1 x1 is wrong: this term moves to the other side too.",
        ),
        Mistake(
            "b forgotten",
            lambda w, b, x1: -w[0] * x1 / w[1],
            "The bias is missing, so your line goes through the origin.",
        ),
        Mistake(
            "x1 forgotten",
            lambda w, b, x1: -b / w[1],
            "This is the height at x1 = 0. The term w1 x1 is missing.",
        ),
        Mistake(
            "w1 forgotten",
            lambda w, b, x1: -(x1 + b) / w[1],
            "The input x1 stands without its weight.",
        ),
        Mistake(
            "weights exchanged",
            lambda w, b, x1: -(w[1] * x1 + b) / w[0],
            "The two weights are exchanged: the first one belongs to x1.",
        ),
        Mistake(
            "not divided",
            lambda w, b, x1: -(w[0] * x1 + b),
            "This is w2 x2. One step is missing to have x2 alone.",
        ),
        Mistake(
            "multiplied by w2",
            lambda w, b, x1: -(w[0] * x1 + b) * w[1],
            "You multiply by w2. What undoes a multiplication by w2?",
        ),
        Mistake(
            "w2 subtracted",
            lambda w, b, x1: -(w[0] * x1 + b) - w[1],
            "You subtract w2. But w2 multiplies x2: what undoes a multiplication?",
        ),
        Mistake(
            "only b divided",
            lambda w, b, x1: -w[0] * x1 - b / w[1],
            "The division reaches only b. Both terms must be divided: look at the brackets.",
        ),
        Mistake(
            "only x1 divided",
            lambda w, b, x1: -w[0] * x1 / w[1] - b,
            "The division reaches only the term with x1. Both terms must be divided.",
        ),
        Mistake(
            "no brackets",
            lambda w, b, x1: -w[0] * x1 + b / w[1],
            "Without brackets the minus reaches only the first term, and the division only the last one.",
        ),
        Mistake(
            "division without brackets",
            lambda w, b, x1: -w[0] * x1 / w[1] + b,
            "b has the wrong sign, and the division does not reach it. Brackets help.",
        ),
        Mistake(
            "slope of the line",
            lambda w, b, x1: -w[0] / w[1],
            "This is the slope of the line. Its height above x1 is asked.",
        ),
        Mistake(
            "sum of the neuron",
            lambda w, b, x1: w[0] * x1 + b,
            "This is a part of z. On the line z is 0: solve that equation for x2.",
        ),
        Mistake(
            "z set to 1/2",
            lambda w, b, x1: (0.5 - w[0] * x1 - b) / w[1],
            "You set z to one half. On the line a is one half: which z belongs to that?",
        ),
        Mistake(
            "z set to 1",
            lambda w, b, x1: (1 - w[0] * x1 - b) / w[1],
            "You set z to 1. On the line a is one half: which z belongs to that?",
        ),
        Mistake(
            "counted from 1",
            lambda w, b, x1: -(w[1] * x1 + b) / w[2],
            "Mathematics counts from 1, NumPy from 0: where does w1 stand in the array `w`?",
        ),
        Mistake(
            "scaled away",
            lambda w, b, x1: -(w[0] * x1 + b) / (w[1] * np.sqrt(np.sum(w**2))),
            "You also divide by the length of w. The height needs no such scale: try w and b times 10.",
        ),
        Mistake(
            "all weights divided",
            lambda w, b, x1: -(w[0] * x1 + b) / w,
            "You divide by the whole array w, and get two numbers. Only one weight belongs to x2.",
        ),
        Mistake(
            "both coordinates",
            lambda w, b, x1: (x1, _boundary(w, b, x1)),
            "The height is right. Return it alone, without x1.",
        ),
    ],
    returns=("x2",),
)


# train_neuron


def _train_neuron(X, y, rate):
    w, b, costs = np.zeros(len(X)), 0.0, []
    for _ in range(200):
        a = _sigmoid(w @ X + b)
        costs.append(_log_loss(a, y))
        dw, db = _gradient(X, a, y)
        w, b = w - rate * dw, b - rate * db
    return w, b, costs


def _train_neuron_cases(rng):
    smallest = np.array([[0.5, 1.0, -0.5], [0.2, -0.5, 0.8]]), np.array([1, 0, 1]), 0.1
    others = ((_rounded(rng, n, m) / 2, _labels(m), rate) for n, m, rate in ((5, 4, 0.05), (3, 3, 0.2)))
    return [smallest, *others]


def _down(parameter, slope, rate):
    return parameter - rate * slope


def _trained(gradient=_gradient, w_moves=_down, b_moves=_down, cost=_log_loss, steps=200, start=0.0):
    """Return an answer to ``train_neuron`` that is right but for what is given."""

    def train_neuron(X, y, rate):
        w, b, costs = np.full(len(X), start), start, []
        for _ in range(steps):
            a = _sigmoid(w @ X + b)
            costs.append(cost(a, y))
            dw, db = gradient(X, a, y)
            w, b = w_moves(w, dw, rate), b_moves(b, db, rate)
        return w, b, costs

    return train_neuron


def _changed(w=None, b=None, costs=None):
    """Return an answer to ``train_neuron`` that changes what it has found before it returns it."""

    def train_neuron(X, y, rate):
        found = _train_neuron(X, y, rate)
        return tuple(change(part) if change else part for change, part in zip((w, b, costs), found, strict=True))

    return train_neuron


def _cost_after(X, y, rate):
    w, b, costs = _train_neuron(X, y, rate)
    return w, b, [*costs[1:], _log_loss(_sigmoid(w @ X + b), y)]


def _cost_once_more(X, y, rate):
    w, b, costs = _train_neuron(X, y, rate)
    return w, b, [*costs, _log_loss(_sigmoid(w @ X + b), y)]


def _gradient_once(X, y, rate):
    w, b, costs = np.zeros(len(X)), 0.0, []
    dw, db = _gradient(X, _sigmoid(w @ X + b), y)
    for _ in range(200):
        costs.append(_log_loss(_sigmoid(w @ X + b), y))
        w, b = w - rate * dw, b - rate * db
    return w, b, costs


def _activations_once(X, y, rate):
    w, b, _ = _gradient_once(X, y, rate)
    return w, b, [np.log(2)] * 200


def _b_after_w(X, y, rate):
    w, b, costs = np.zeros(len(X)), 0.0, []
    for _ in range(200):
        a = _sigmoid(w @ X + b)
        costs.append(_log_loss(a, y))
        w = w - rate * _gradient(X, a, y)[0]
        b = b - rate * np.mean(_sigmoid(w @ X + b) - y)
    return w, b, costs


def _no_bias_in_z(X, y, rate):
    w, b, costs = np.zeros(len(X)), 0.0, []
    for _ in range(200):
        a = _sigmoid(w @ X)
        costs.append(_log_loss(a, y))
        dw, db = _gradient(X, a, y)
        w, b = w - rate * dw, b - rate * db
    return w, b, costs


def _started_again(X, y, rate):
    """Return what is left when w and b are set to 0 inside the loop."""
    w, b, costs = _trained(steps=1)(X, y, rate)
    return w, b, costs * 200


train_neuron = FunctionExercise(
    _train_neuron,
    _train_neuron_cases,
    [
        Mistake(
            "w - forgotten",
            _trained(w_moves=lambda w, dw, rate: rate * dw, b_moves=lambda b, db, rate: rate * db),
            "Each step replaces w and b by the rate times the slope: the old w and b are thrown away.",
        ),
        Mistake(
            "only w - forgotten",
            _trained(w_moves=lambda w, dw, rate: rate * dw),
            "b moves well. Each step replaces w by the rate times its slope: the old w is thrown away.",
        ),
        Mistake(
            "step uphill",
            _trained(w_moves=lambda w, dw, rate: w + rate * dw, b_moves=lambda b, db, rate: b + rate * db),
            "Your cost grows: the slopes point uphill, and you walk with them.",
        ),
        Mistake(
            "w uphill",
            _trained(w_moves=lambda w, dw, rate: w + rate * dw),
            "b walks downhill, w walks uphill: look at the sign in the step of w.",
        ),
        Mistake(
            "b uphill",
            _trained(b_moves=lambda b, db, rate: b + rate * db),
            "w walks downhill, b walks uphill: look at the sign in the step of b.",
        ),
        Mistake(
            "minus rate only",
            _trained(w_moves=lambda w, dw, rate: -rate * dw, b_moves=lambda b, db, rate: -rate * db),
            "Each step forgets where it stood: the walk goes on from the old w and b.",
        ),
        Mistake(
            "cost after update",
            _cost_after,
            "w and b are right. Each cost is taken after its update: the first one should be that of the start.",
        ),
        Mistake(
            "one cost too many",
            _cost_once_more,
            "w and b are right. There is one cost more than updates: none is asked after the last update.",
        ),
        Mistake(
            "199 updates",
            _trained(steps=199),
            "You make 199 updates, one too few. How many numbers does your `range` give?",
        ),
        Mistake(
            "201 updates",
            _trained(steps=201),
            "You make 201 updates, one too many. How many numbers does your `range` give?",
        ),
        Mistake(
            "100 updates",
            _trained(steps=100),
            "You make 100 updates. 200 are asked.",
        ),
        Mistake(
            "one update only",
            _trained(steps=1),
            "You make one update only: does the `return` stand inside the loop?",
        ),
        Mistake(
            "started again",
            _started_again,
            "w and b are set back to 0 in every step. The start belongs before the loop.",
        ),
        Mistake(
            "sum for mean",
            _trained(gradient=lambda X, a, y: (X @ (a - y), np.sum(a - y))),
            "Your slopes are sums over the examples, so every step is m times too long. Take their means.",
        ),
        Mistake(
            "sum for mean, w",
            _trained(gradient=lambda X, a, y: (X @ (a - y), np.mean(a - y))),
            "The step of b is right. The step of w is m times too long: its slope must be a mean.",
        ),
        Mistake(
            "sum for mean, b",
            _trained(gradient=lambda X, a, y: (X @ (a - y) / y.size, np.sum(a - y))),
            "The step of w is right. The step of b is m times too long: its slope must be a mean.",
        ),
        Mistake(
            "divided by n",
            _trained(gradient=lambda X, a, y: (X @ (a - y) / len(X), np.mean(a - y))),
            "The slope in w is divided by the number of inputs. The mean runs over the examples.",
        ),
        Mistake(
            "means apart",
            _trained(gradient=lambda X, a, y: (np.mean(a - y) * X.mean(axis=1), np.mean(a - y))),
            "You multiply the mean error by the mean input. First multiply for each example, then take the mean.",
        ),
        Mistake(
            "slope of sigmoid left",
            _trained(gradient=lambda X, a, y: _gradient(X, y + (a - y) * a * (1 - a), y)),
            "There is a factor a (1 - a) too many in the slopes. With the log-loss only error times input is left.",
        ),
        Mistake(
            "b never updated",
            _trained(b_moves=lambda b, db, rate: b),
            "b stays at 0, so the line can never leave the origin. b needs its step too.",
        ),
        Mistake(
            "w never updated",
            _trained(w_moves=lambda w, dw, rate: w),
            "w stays at 0: only b learns. w needs its step too.",
        ),
        Mistake(
            "nothing updated",
            _trained(w_moves=lambda w, dw, rate: w, b_moves=lambda b, db, rate: b),
            "w and b stay at 0: compute the step, and keep it in w and b.",
        ),
        Mistake(
            "gradient once",
            _gradient_once,
            "The slopes are computed once, before the loop. After each step they are other ones.",
        ),
        Mistake(
            "activations once",
            _activations_once,
            "a is computed once, before the loop. After each step the neuron gives other answers.",
        ),
        Mistake(
            "b after new w",
            _b_after_w,
            "The slope in b is taken with the new w already. First both slopes at one point, then both steps.",
        ),
        Mistake(
            "z without b",
            _no_bias_in_z,
            "b is updated but never used: z is computed without it.",
        ),
        Mistake(
            "rate forgotten",
            _trained(w_moves=lambda w, dw, rate: w - dw, b_moves=lambda b, db, rate: b - db),
            "The steps do not use the learning rate: they are as long as the slopes.",
        ),
        Mistake(
            "rate forgotten in w",
            _trained(w_moves=lambda w, dw, rate: w - dw),
            "The step of b is right. The step of w does not use the learning rate.",
        ),
        Mistake(
            "rate forgotten in b",
            _trained(b_moves=lambda b, db, rate: b - db),
            "The step of w is right. The step of b does not use the learning rate.",
        ),
        Mistake(
            "rate fixed",
            lambda X, y, rate: _train_neuron(X, y, 0.5),
            "Your learning rate is always 0.5. Use the one that is given.",
        ),
        Mistake(
            "start at 1",
            _trained(start=1.0),
            "You start from 1. The start asked is w = 0, b = 0.",
        ),
        Mistake(
            "bracketless cost",
            _trained(cost=_no_brackets),
            "w and b are right. In your cost the minus sign reaches only the first term.",
        ),
        Mistake(
            "cost as sum",
            _trained(cost=lambda a, y: y.size * _log_loss(a, y)),
            "w and b are right. Your costs are sums of the losses: the cost is their mean.",
        ),
        Mistake(
            "cost without minus",
            _trained(cost=lambda a, y: -_log_loss(a, y)),
            "w and b are right. Your costs are negative: the minus sign in front of the mean is missing.",
        ),
        Mistake(
            "wrong answers as cost",
            _trained(cost=lambda a, y: np.mean((a >= 0.5) != y)),
            "w and b are right. You list the share of wrong answers: the cost is the mean log-loss.",
        ),
        Mistake(
            "accuracy as cost",
            _trained(cost=lambda a, y: np.mean((a >= 0.5) == y)),
            "w and b are right. You list the accuracy: the cost is the mean log-loss.",
        ),
        Mistake(
            "last cost only",
            _changed(costs=lambda costs: costs[-1]),
            "w and b are right. You return the last cost alone: keep all 200 in a list.",
        ),
        Mistake(
            "list with one cost",
            _changed(costs=lambda costs: costs[-1:]),
            "w and b are right. Your list holds the last cost alone: is an empty list made in every step?",
        ),
        Mistake(
            "no costs kept",
            _changed(costs=lambda costs: []),
            "w and b are right. Your list of costs stays empty: each step must add its cost.",
        ),
        Mistake(
            "costs not returned",
            lambda X, y, rate: _train_neuron(X, y, rate)[:2],
            "w and b are right. Return the list of costs as well.",
        ),
        Mistake(
            "only w returned",
            lambda X, y, rate: _train_neuron(X, y, rate)[0],
            "w is right. Return b and the list of costs as well.",
        ),
        Mistake(
            "only costs returned",
            lambda X, y, rate: _train_neuron(X, y, rate)[2],
            "The costs are right. Return w and b as well, before them.",
        ),
    ],
    returns=("w", "b", "costs"),
)


# negative_cost, the planted bug


def _negative_cost(a, y):
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


def _negative_cost_cases(rng):  # with the bug, the first cost is below 0
    smallest = np.array([0.9, 0.6, 0.3]), np.array([1, 0, 0])
    return [smallest, *((_activations(rng, m), _labels(m)) for m in (5, 4, 7))]


negative_cost = FunctionExercise(
    _negative_cost,
    _negative_cost_cases,
    [
        Mistake(
            "not repaired",
            _no_brackets,
            "The bug still stands. Look at the number that the cell prints, repair the function, run both cells.",
        ),
        Mistake(
            "sign cut off",
            lambda a, y: np.abs(_no_brackets(a, y)),
            "You made the result positive, but the bug is still inside: it only hides now.",
        ),
        Mistake(
            "cut off at 0",
            lambda a, y: np.maximum(_no_brackets(a, y), 0),
            "You cut the cost off at 0, but the bug is still inside: it only hides now.",
        ),
        Mistake(
            "sign turned",
            lambda a, y: -_no_brackets(a, y),
            "You turned the sign of everything. Now the other kind of example, y = 1, is rewarded for being wrong.",
        ),
        Mistake(
            "no minus at all",
            lambda a, y: -_log_loss(a, y),
            "Now both terms are below 0. A loss is never below 0: which sign does each term need?",
        ),
        Mistake(
            "second term removed",
            lambda a, y: -np.mean(y * np.log(a)),
            "The second term is gone, or always 0. Then no answer for y = 0 is ever wrong.",
        ),
        Mistake(
            "first term removed",
            lambda a, y: -np.mean((1 - y) * np.log(1 - a)),
            "The first term is gone, or always 0. Then no answer for y = 1 is ever wrong.",
        ),
        Mistake(
            "same log twice",
            lambda a, y: -np.mean(np.log(a)),
            "Both terms use log a now. For y = 0 the loss asks how probable 0 was for the neuron.",
        ),
        Mistake(
            "labels exchanged",
            lambda a, y: -np.mean((1 - y) * np.log(a) + y * np.log(1 - a)),
            "The signs are right now, but the labels are exchanged: this neuron pays for being right.",
        ),
        Mistake(
            "kinds averaged apart",
            lambda a, y: -np.mean(np.log(a[y == 1])) - np.mean(np.log(1 - a[y == 0])),
            "You take one mean for each label. One mean over all examples is asked.",
        ),
        Mistake(
            "halved",
            lambda a, y: _log_loss(a, y) / 2,
            "This is half the cost. The two terms need no mean of their own: one of them is 0 for every example.",
        ),
        Mistake(
            "sum for mean",
            lambda a, y: np.sum(_losses(a, y)),
            "The signs are right. This is the sum of the losses now, and the cost is their mean.",
        ),
        Mistake(
            "not averaged",
            _losses,
            "The signs are right. These are the losses, one for each example: the cost is their mean.",
        ),
        Mistake(
            "second term not averaged",
            lambda a, y: -np.mean(y * np.log(a)) - (1 - y) * np.log(1 - a),
            "The signs are right. Only the first term is averaged now: put both inside the mean.",
        ),
        Mistake(
            "always ln 2",
            lambda a, y: np.log(2),
            "That is the cost when all a are 1/2. The function must use the a and y it is given.",
        ),
        Mistake(
            "share of wrong answers",
            lambda a, y: np.mean((a >= 0.5) != y),
            "This is the share of wrong answers. Cost and accuracy are two things: cost also counts how sure.",
        ),
        Mistake(
            "squared error",
            lambda a, y: np.mean((a - y) ** 2),
            "This is another cost, the mean squared error, and never negative. Here the log-loss is to be repaired.",
        ),
    ],
    returns=("J",),
    planted="not repaired",
)


# residual, TD 6 exercise 1 with the identity for the sigmoid


def _residual(w, b, X, y):
    return y - (w @ X + b)


def _residual_cases(rng):
    smallest = np.array([2.0, -1.0]), 0.5, np.array([[1.0, 2.0, -1.0], [3.0, -1.0, 0.5]]), np.array([1, 0, 1])
    sizes = ((3, 2, -0.7), (4, 6, 1.2), (3, 3, 0.3))
    return [smallest, *((_rounded(rng, n), b, _rounded(rng, n, m), _labels(m)) for n, m, b in sizes)]


residual = FunctionExercise(
    _residual,
    _residual_cases,
    [
        Mistake(
            "first example only",
            lambda w, b, X, y: y[0] - (w @ X[:, 0] + b),
            "Only the first example is there. If you have a loop, does the `return` stand inside it?",
        ),
        Mistake(
            "sign of b",
            lambda w, b, X, y: y - w @ X + b,
            "b is added here, a misprint of one source note. The whole prediction is subtracted, b included.",
        ),
        Mistake(
            "one input for all",
            lambda w, b, X, y: y - (w @ X[:, 0] + b),
            "Every example uses the input of the first one, a misprint of one source note. Each has its own column.",
        ),
        Mistake(
            "as printed",
            lambda w, b, X, y: y - w @ X[:, 0] + b,
            "Two misprints at once: b has the wrong sign, and every example uses the input of the first one.",
        ),
        Mistake(
            "sigmoid kept",
            lambda w, b, X, y: y - _sigmoid(w @ X + b),
            "The sigmoid is still in it. Here it is replaced by the identity, which leaves z as it is.",
        ),
        Mistake(
            "prediction minus target",
            lambda w, b, X, y: w @ X + b - y,
            "This is prediction minus target, like the error a - y. A residual is seen from the target.",
        ),
        Mistake(
            "target added",
            lambda w, b, X, y: y + w @ X + b,
            "The prediction is added to the target. A residual is a difference.",
        ),
        Mistake(
            "b forgotten",
            lambda w, b, X, y: y - w @ X,
            "The bias is missing from the prediction.",
        ),
        Mistake(
            "only the prediction",
            lambda w, b, X, y: w @ X + b,
            "This is the prediction. The residual says how far it is from y.",
        ),
        Mistake(
            "size only",
            lambda w, b, X, y: np.abs(y - (w @ X + b)),
            "The sign is lost. A residual may be negative: then the prediction was too large.",
        ),
        Mistake(
            "squared",
            lambda w, b, X, y: (y - (w @ X + b)) ** 2,
            "These are the squares of the residuals. They are squared later, in f.",
        ),
        Mistake(
            "f for r",
            lambda w, b, X, y: 0.5 * np.sum((y - (w @ X + b)) ** 2),
            "This is f, half the sum of the squares. The residuals themselves are asked, one for each example.",
        ),
        Mistake(
            "sum of residuals",
            lambda w, b, X, y: np.sum(y - (w @ X + b)),
            "This is the sum of the residuals. Keep one for each example.",
        ),
        Mistake(
            "mean of residuals",
            lambda w, b, X, y: np.mean(y - (w @ X + b)),
            "This is the mean of the residuals. Keep one for each example.",
        ),
        Mistake(
            "length of r",
            lambda w, b, X, y: np.sqrt(np.sum((y - (w @ X + b)) ** 2)),
            "This is the length of r, one number. Keep one residual for each example.",
        ),
        Mistake(
            "rows for examples",
            lambda w, b, X, y: y - (X @ w + b),
            "You take the rows of X for the examples. One example is one column.",
        ),
        Mistake(
            "weights added",
            lambda w, b, X, y: y - (np.sum(w) + X.sum(axis=0) + b),
            "The weights are added to the inputs. Weights multiply.",
        ),
        Mistake(
            "inputs without weights",
            lambda w, b, X, y: y - (X.sum(axis=0) + b),
            "The inputs are added up without their weights.",
        ),
        Mistake(
            "first feature only",
            lambda w, b, X, y: y - (w[0] * X[0] + b),
            "Only the first feature is used. The sum runs over all of them.",
        ),
        Mistake(
            "bias many times",
            lambda w, b, X, y: y - (w @ X + len(w) * b),
            "The bias stands inside the sum, so it is counted once for every input.",
        ),
        Mistake(
            "made a column",
            lambda w, b, X, y: (y - (w @ X + b)).reshape(-1, 1),
            "The numbers are right, but they stand in a column. r should be flat, like y.",
        ),
    ],
    returns=("r",),
)


# xor_proof
# A  The same number cannot be below 0 and not below 0. So no such w1, w2, b exist.
# B  Add the inequalities of (0,1) and (1,0): w1 + w2 + 2b >= 0.
# C  Suppose that some w1, w2, b answer right at all four points.
# D  (0,0) and (1,1) must give 0: b < 0 and w1 + w2 + b < 0.
# E  Add the inequalities of (0,0) and (1,1): w1 + w2 + 2b < 0.
# F  (0,1) and (1,0) must give 1: w2 + b >= 0 and w1 + b >= 0.

xor_proof = Order(
    "xor_proof",
    {"CDEFBA", "CDFEBA", "CDFBEA", "CFBDEA", "CFDBEA", "CFDEBA"},
    [
        Mistake("ends at once", "A", "Line A compares two sums, and neither is written yet."),
        Mistake("begins with a sum", "B", "Line B adds two inequalities that are not written yet."),
        Mistake("begins with other sum", "E", "Line E adds two inequalities that are not written yet."),
        Mistake(
            "nothing supposed, 0 first",
            "D",
            "The points must give 0, but for which neuron? First say what you suppose, to show that it cannot be.",
        ),
        Mistake(
            "nothing supposed, 1 first",
            "F",
            "The points must give 1, but for which neuron? First say what you suppose, to show that it cannot be.",
        ),
        Mistake("contradiction too early", "CA", "So far there is only the supposition. It contradicts nothing yet."),
        Mistake("sum too early", "CB", "Line B adds two inequalities, of (0,1) and (1,0). Which line gives them?"),
        Mistake("other too early", "CE", "Line E adds two inequalities, of (0,0) and (1,1). Which line gives them?"),
        Mistake("sum before its pair", "CDEB", "Line B adds the inequalities of (0,1) and (1,0). No line has given them yet."),
        Mistake("other before its pair", "CFBE", "Line E adds the inequalities of (0,0) and (1,1). No line has given them yet."),
        Mistake("wrong pair added", "CDB", "Line B adds (0,1) and (1,0), but you have written (0,0) and (1,1)."),
        Mistake("other pair added", "CFE", "Line E adds (0,0) and (1,1), but you have written (0,1) and (1,0)."),
        Mistake("one sum only", "CDEA", "One sum alone contradicts nothing: the points that give 1 are not used."),
        Mistake("other sum only", "CFBA", "One sum alone contradicts nothing: the points that give 0 are not used."),
        Mistake("no sum, 0 first", "CDFA", "Each of the four inequalities can hold. Only the two sums are at odds."),
        Mistake("no sum, 1 first", "CFDA", "Each of the four inequalities can hold. Only the two sums are at odds."),
        Mistake("second sum missing", "CDFEA", "Line A compares two sums: that of (0,1) and (1,0) is still missing."),
        Mistake("first sum missing", "CFDBA", "Line A compares two sums: that of (0,0) and (1,1) is still missing."),
    ],
)


quiz_1 = Choice(  # w and b times 10: a nothing changes, b line stays and probabilities get steeper, c the line moves
    "quiz_1",
    "b1",
    {
        "a": "The line stays, yes. But take a point with z = 0.5: what is a there, before and after?",
        "c": "Take a point of the old line. What is ten times its z?",
        "2": "The sigmoid of 0.5 is 0.62, that of 5 is 0.99: the factor does reach a.",
        "3": "The slope of the line is -w1/w2: what becomes of it when both are multiplied by 10?",
    },
)

quiz_2 = Choice(  # A: cost .30, accuracy .95. B: cost .25, accuracy .93. a possible, b impossible, c other data only
    "quiz_2",
    "a3",
    {
        "b": "Think of a neuron with few wrong answers, all of them very sure. What are its accuracy and its cost?",
        "c": "It can happen on the same data. Compare a = 0.51 and a = 0.99, both right: which numbers do they change?",
        "1": "Both are means over the examples, so the number of examples is not the reason.",
        "2": "Both can be measured on either set. On one and the same set they may disagree.",
    },
)

quiz_3 = Choice(  # the slope of J in b is +0.2: a b should grow, b b should stay, c b should shrink
    "quiz_3",
    "c2",
    {
        "a": "With a positive slope J grows when b grows. Do we want that?",
        "b": "b may stay only where the slope is 0.",
        "1": "The slope points uphill. That is why it is subtracted.",
        "3": "The slope of J in b is the mean of a - y. If it is +0.2, is a too large on average, or too small?",
    },
)

quiz_4 = Choice(  # where is a = 1/2? a z = 1/2, a line; b z = 0, the origin only; c z = 0, a line
    "quiz_4",
    "c1",
    {
        "a": "The sigmoid of 1/2 is 0.62. For which z is the power of e equal to 1?",
        "b": "z = 0 is right, but it is one equation for two unknowns, x1 and x2. How many points solve it?",
        "2": "The sigmoid of 0 is not 0: put z = 0 into its formula.",
        "3": "The weights are not 0 here, and the points follow from z, before any training.",
    },
)

quiz_5 = Choice(  # what can a neuron without b not do? a a line away from the origin, b learn, c answer below 1/2
    "quiz_5",
    "a2",
    {
        "b": "The weights still have their slopes, error times input, and learn.",
        "c": "a is below 1/2 wherever w1 x1 + w2 x2 is negative, and that needs no b.",
        "1": "Turning the line is what the weights do. What is z at the origin?",
        "3": "The sigmoid takes any z, with or without b. What is z at the origin?",
    },
)

progress = progress_of(
    neuron,
    log_loss,
    nudge,
    gradient,
    boundary,
    train_neuron,
    negative_cost,
    residual,
    xor_proof,
    quiz_1,
    quiz_2,
    quiz_3,
    quiz_4,
    quiz_5,
)
