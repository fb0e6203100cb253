"""The exercises of lesson 4, gradient descent (source notes 000, 001, 003)."""

import numpy as np

from .engine import Choice, FunctionExercise, Mistake, ValueExercise, progress_of


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _slope(z):
    return _sigmoid(z) * (1 - _sigmoid(z))


def _decimals(rng, *shape):
    """Return numbers with one decimal, none of them 0: a message shows them in full."""
    return rng.integers(1, 20, shape) * rng.choice([-1, 1], shape) / 10


def _labels(m):
    """Return 1, 0, 1, 1, 0, 1, 1, ...: both labels, but not equally often."""
    return (np.arange(m) % 3 != 1).astype(int)


# step: three steps on J(w) = 2 (w - 1)**2 from w = 4, learning rate .1. The slope is 4 (w - 1).


def _walk(w1, w2, w3):
    return {"w1": w1, "w2": w2, "w3": w3}


step = ValueExercise(
    "step",
    _walk(2.8, 2.08, 1.648),
    [
        Mistake("sign", {"w1": 5.2}, "You walk uphill. The slope at w = 4 is positive: there J grows with w."),
        Mistake(
            "old value lost",
            {"w1": 1.2},
            "1.2 is the rate times the slope, a misprint of one source note. A step starts from the old w.",
        ),
        Mistake("only the change", {"w1": -1.2}, "-1.2 is the change of w. Where does the step arrive, if it starts at 4?"),
        Mistake("slope 4w", {"w1": 2.4}, "Your slope is 4w. That of 2(w - 1)² must be 0 where w = 1."),
        Mistake("slope 4w - 1", {"w1": 2.5}, "Your slope is 4w - 1. The factor 4 belongs to the whole bracket (w - 1)."),
        Mistake("slope halved", {"w1": 3.4}, "Your slope is 2(w - 1). The square brings a factor 2 of its own."),
        Mistake("cost for slope", {"w1": 2.2}, "You subtract the rate times J itself. The step follows the slope of J."),
        Mistake("rate forgotten", {"w1": -8}, "You subtract the whole slope, 12. The learning rate takes a tenth of it."),
        Mistake("jump to the minimum", {"w1": 1}, "w = 1 is the minimum. With this rate one step does not reach it."),
        Mistake("start counted", _walk(4, 2.8, 2.08), "Your w1 is the start. w1 is the place after the first step."),
        Mistake("slopes", _walk(12, 7.2, 4.32), "These are the slopes before each step. The places w are asked."),
        Mistake("costs", _walk(6.48, 2.3328, 0.839808), "These are the costs after each step. The places w are asked."),
        Mistake("distances", _walk(1.8, 1.08, 0.648), "These are the distances to the minimum. The places w are asked."),
        Mistake("old slope", {"w2": 1.6}, "w1 is right. For w2 you used the slope at w = 4 again: w has moved since."),
        Mistake("old slope at last", {"w3": 1.36}, "w1 and w2 are right. For w3 you used the slope at w1 again."),
    ],
    tolerance=2e-3,  # 1.65, rounded on paper, is right
)


# epochs: 10 epochs, 427 examples, batches of 32

epochs = ValueExercise(
    "epochs",
    140,
    [
        Mistake("a step is an epoch", 10, "10 is the number of epochs. An epoch makes one step for each of its batches."),
        Mistake("one epoch", 14, "That is right for one epoch. Here are ten."),
        Mistake(
            "one epoch, last batch lost",
            13,
            "13 full batches in one epoch. Some examples are left over, and there are ten epochs.",
        ),
        Mistake("last batch lost", 130, "You count full batches only. The 11 examples that are left over make a batch too."),
        Mistake(
            "one small batch in all",
            131,
            "A smaller batch comes at the end of each epoch, not only at the end of the last one.",
        ),
        Mistake(
            "not rounded",
            4270 / 32,
            "There is no part of a step. A smaller last batch is one whole step, in every epoch.",
        ),
        Mistake(
            "rounded at the end down",
            133,
            "You divide all 4270 examples by 32. But a batch does not reach into the next epoch.",
        ),
        Mistake(
            "rounded at the end up",
            134,
            "The last batch ends with its epoch: it is not filled up from the next one. Round earlier.",
        ),
        Mistake("a step per example", 4270, "So it would be with batches of one example."),
        Mistake("examples in one epoch", 427, "That is how many examples an epoch sees. A step takes 32 of them at once."),
        Mistake("batch for steps", 320, "You multiplied epochs by the batch size. How many batches does one epoch hold?"),
        Mistake("one batch more", 150, "15 batches of 32 would be 480 places. When do the 427 examples run out?"),
    ],
)


# largest_rate on the bowl J(w) = 1/2 w^T H w


def _largest_rate(H):
    return 2 / np.linalg.eigvalsh(H).max()


def _largest_rate_cases(rng):
    steep, flat = rng.integers(5, 30), rng.integers(1, 4) / 2
    parabola, straight, tilted = [[4.0]], [[flat, 0], [0, steep]], [[steep, 2 - steep], [2 - steep, steep]]
    B = _decimals(rng, 3, 4)
    B = B[np.argsort((B**2).sum(axis=1))[[1, 2, 0]]]  # the smallest entry of the diagonal is the last, the largest in the middle
    return [(np.array(H, dtype=float),) for H in (parabola, straight, tilted, B @ B.T)]


largest_rate = FunctionExercise(
    _largest_rate,
    _largest_rate_cases,
    [
        Mistake(
            "flattest direction",
            lambda H: 2 / np.linalg.eigvalsh(H).min(),
            "You took the smallest curvature. The steepest direction is the first to diverge.",
        ),
        Mistake(
            "mean curvature",
            lambda H: 2 / np.linalg.eigvalsh(H).mean(),
            "You took the mean curvature. One direction that diverges is enough, however calm the others are.",
        ),
        Mistake(
            "sum of curvatures",
            lambda H: 2 / np.trace(H),
            "You added the curvatures up. The directions do not add: the steepest alone sets the limit.",
        ),
        Mistake(
            "diagonal only",
            lambda H: 2 / np.diag(H).max(),
            "Right along the axes. A tilted bowl is steepest between them, and the diagonal does not show that.",
        ),
        Mistake(
            "flattest axis",
            lambda H: 2 / np.diag(H).min(),
            "You took the smallest entry of the diagonal, the curvature along the flattest axis. The steepest direction is the "
            "first to diverge, and it may lie between the axes.",
        ),
        Mistake(
            "first entry",
            lambda H: 2 / H[0, 0],
            "H[0, 0] is the curvature along the first axis only.",
        ),
        Mistake(
            "one step to the bottom",
            lambda H: 1 / np.linalg.eigvalsh(H).max(),
            "With this rate one step reaches the bottom of the steepest direction. The limit is further out.",
        ),
        Mistake(
            "fastest rate",
            lambda H: 2 / (np.linalg.eigvalsh(H).max() + np.linalg.eigvalsh(H).min()),
            "This is the rate that arrives first, 2 / (largest + smallest curvature). The limit is larger.",
        ),
        Mistake(
            "upside down",
            lambda H: np.linalg.eigvalsh(H).max() / 2,
            "Your rate grows with the curvature. A steeper bowl needs a smaller rate.",
        ),
        Mistake(
            "curvature for rate",
            lambda H: np.linalg.eigvalsh(H).max(),
            "This is the largest curvature itself. Which rate makes rate times curvature equal to 2?",
        ),
        Mistake(
            "a rate for each",
            lambda H: 2 / np.linalg.eigvalsh(H),
            "You have one limit for each direction. There is one learning rate for all: which limit is the strictest?",
        ),
        Mistake(
            "length of H",
            lambda H: 2 / np.linalg.norm(H),
            "`np.linalg.norm` of a matrix mixes all curvatures. Only the largest one counts.",
        ),
    ],
    returns=("the rate",),
)


# match_curves: eight curves that cells of the lesson make and shuffle from seeds. The causes:
# 1 rate too small, 2 rate fits, 3 rate too large but falls, 4 diverges, 5 batches, 6 flat start, 7 shuffled apart, 8 momentum

match_curves = ValueExercise(
    "match_curves",
    {"A": 5, "B": 6, "C": 1, "D": 4, "E": 8, "F": 2, "G": 3, "H": 7},
    [
        Mistake(
            "noise is divergence",
            {"A": 4},
            "A stays inside a band, and its mean falls. A curve that diverges leaves the picture.",
        ),
        Mistake(
            "noise is overshoot",
            {"A": 3},
            "A jumps without any rule. A rate that is too large jumps up and down in turn.",
        ),
        Mistake(
            "small rate and stuck exchanged",
            {"C": 7, "H": 1},
            "C and H are exchanged: one of them still falls at the end, the other stopped near 0.66 after a few steps.",
        ),
        Mistake(
            "stuck is a small rate",
            {"H": 1},
            "H is flat after ten steps. With a small rate the cost would still be falling.",
        ),
        Mistake(
            "flat is finished",
            {"H": 2},
            "H is flat, but at 0.66: as good as one and the same answer to everything. What do its inputs tell?",
        ),
        Mistake(
            "stuck is a flat start",
            {"H": 6},
            "H falls a little first and then stays. A flat start is flat first, and falls later.",
        ),
        Mistake(
            "flat start is stuck",
            {"B": 7},
            "B is flat at first only. Where the inputs tell nothing, the cost never comes near 0.",
        ),
        Mistake(
            "flat start is a small rate",
            {"B": 1},
            "B falls fast from step 10 on, with the same rate. What was missing before?",
        ),
        Mistake(
            "small rate is fine",
            {"C": 2},
            "C falls almost along a straight line: after 60 steps it is still on its way.",
        ),
        Mistake(
            "divergence comes back",
            {"D": 3},
            "D grows in every step and never turns. It leaves the picture after a dozen steps.",
        ),
        Mistake(
            "overshoot is divergence",
            {"G": 4},
            "G climbs above its start, but it comes back and ends below. What diverges does not return.",
        ),
        Mistake(
            "overshoot is noise",
            {"G": 5},
            "G jumps up and down in turn, and calms down. Other examples in every step would jump without a rule.",
        ),
        Mistake("waves are noise", {"E": 5}, "E makes even waves. Other examples in each step would make it jump about."),
        Mistake("overshoot is momentum", {"G": 8}, "G turns round in every step. A velocity needs many steps to turn."),
        Mistake(
            "waves are overshoot",
            {"E": 3},
            "One wave of E takes many steps. A rate that is too large turns round in every step.",
        ),
    ],
    asked="the number of a cause",
)


# standardize


def _standardize(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    deviation = X_train.std(axis=1, keepdims=True)
    return (X_train - mean) / deviation, (X_test - mean) / deviation


def _standardize_cases(rng):
    sizes = [(1, 3, 2), (2, 5, 3), (3, 3, 3), (3, 6, 4)]
    return [(_decimals(rng, n, m) + 3, _decimals(rng, n, m_test) + 3) for n, m, m_test in sizes]


def _scaled(X, by, ddof=0):
    """Return ``X`` with the mean and deviation of the rows of ``by``."""
    return (X - by.mean(axis=1, keepdims=True)) / by.std(axis=1, keepdims=True, ddof=ddof)


def _both(scaled):
    """Return the answer that takes ``scaled(X, X_train)`` for each set."""
    return lambda X_train, X_test: (scaled(X_train, X_train), scaled(X_test, X_train))


def _together(X_train, X_test):
    both = np.hstack([X_train, X_test])
    return _scaled(X_train, both), _scaled(X_test, both)


standardize = FunctionExercise(
    _standardize,
    _standardize_cases,
    [
        Mistake(
            "own scale for test",
            lambda X_train, X_test: (_scaled(X_train, X_train), _scaled(X_test, X_test)),
            "The test set is scaled by its own mean and deviation: the same tumor would get other numbers there.",
        ),
        Mistake(
            "scale of both sets",
            _together,
            "Mean and deviation come from both sets together. The test set plays the unknown future: it may choose nothing.",
        ),
        Mistake(
            "scale of the test set",
            lambda X_train, X_test: (_scaled(X_train, X_test), _scaled(X_test, X_test)),
            "Both sets are scaled by the test set. Which of the two may be looked at before the test?",
        ),
        Mistake(
            "test not scaled",
            lambda X_train, X_test: (_scaled(X_train, X_train), X_test),
            "The test set is still in its old units. Was its scale taken from a training set that was standardized already? "
            "Then the mean is 0 and the deviation 1.",
        ),
        Mistake(
            "mean of the test set",
            lambda X_train, X_test: (
                _scaled(X_train, X_train),
                (X_test - X_test.mean(axis=1, keepdims=True)) / X_train.std(axis=1, keepdims=True),
            ),
            "From the test set its own mean is subtracted, but it is divided by the training deviation.",
        ),
        Mistake(
            "mean of each example",
            _both(lambda X, by: (X - X.mean(axis=0)) / X.std(axis=0)),
            "You scale each example by itself. Mean and deviation belong to a feature, which is a row.",
        ),
        Mistake(
            "mean along columns",
            _both(lambda X, by: (X - by.mean(axis=0)) / by.std(axis=0)),
            "Mean and deviation are taken of each example, down its column. They belong to a feature, which is a row: "
            "the test set has the same features, but other examples.",
        ),
        Mistake(
            "means are flat",
            _both(lambda X, by: (X - by.mean(axis=1)) / by.std(axis=1)),
            "The means are right, but flat, and NumPy takes a flat array for a row. They must be a column.",
        ),
        Mistake(
            "one scale for all",
            _both(lambda X, by: (X - by.mean()) / by.std()),
            "There is one mean and one deviation for all features. Each feature needs its own.",
        ),
        Mistake(
            "not divided",
            _both(lambda X, by: X - by.mean(axis=1, keepdims=True)),
            "The mean is subtracted, but nothing is divided: a feature with large numbers is still the steep one.",
        ),
        Mistake(
            "mean not subtracted",
            _both(lambda X, by: X / by.std(axis=1, keepdims=True)),
            "You divide by the deviation, but the mean is still there. Features far from 0 make a steep valley too.",
        ),
        Mistake(
            "divided before subtracting",
            _both(lambda X, by: X / by.std(axis=1, keepdims=True) - by.mean(axis=1, keepdims=True)),
            "The mean is subtracted after the division, so it has other units. Are brackets missing?",
        ),
        Mistake(
            "only the mean divided",
            _both(lambda X, by: X - by.mean(axis=1, keepdims=True) / by.std(axis=1, keepdims=True)),
            "Only the mean is divided by the deviation. Where are brackets missing?",
        ),
        Mistake(
            "variance for deviation",
            _both(lambda X, by: _scaled(X, by) / by.std(axis=1, keepdims=True)),
            "You divide by the variance. The standard deviation is its root.",
        ),
        Mistake(
            "deviation with m - 1",
            _both(lambda X, by: _scaled(X, by, ddof=1)),
            "Your deviation divides by m - 1, as some tools do. Here it is the plain one, `std` as NumPy gives it.",
        ),
        Mistake(
            "only the training set",
            lambda X_train, X_test: _scaled(X_train, X_train),
            "The training set is right. Return the test set as well, after it.",
        ),
    ],
    returns=("X_train", "X_test"),
)


# momentum


def _momentum(gradient, theta, rate, mu, steps):
    v = np.zeros_like(theta)
    for _ in range(steps):
        v = mu * v - rate * gradient(theta)
        theta = theta + v
    return theta


def _bowl(*c):
    """Return the gradient of J = 1/2 sum of c_k theta_k**2, with a name that a message can show."""

    def gradient(theta):
        return np.array(c) * theta

    gradient.__name__ = f"{list(c)} * theta"
    return gradient


def _momentum_cases(rng):
    starts = [(1, 1), (1, 2), (2, 3), (3, 6)]  # parameters, steps: a velocity is needed from the second step on
    curvatures = [_bowl(2.0), _bowl(2.0), _bowl(1.0, 8.0), _bowl(1.0, 3.0, 9.0)]
    settings = [(0.1, 0.5), (0.1, 0.5), (0.05, 0.9), (0.1, 0.6)]
    return [
        (gradient, _decimals(rng, n), rate, mu, steps)
        for (n, steps), gradient, (rate, mu) in zip(starts, curvatures, settings, strict=True)
    ]


def _moved(change, follow=lambda theta, v: theta + v):
    """Return the answer whose velocity becomes ``change(v, g, rate, mu)`` and whose place ``follow(theta, v)``."""

    def answer(gradient, theta, rate, mu, steps):
        v = np.zeros_like(theta)
        for _ in range(steps):
            v = change(v, gradient(theta), rate, mu)
            theta = follow(theta, v)
        return theta

    return answer


def _place_first(gradient, theta, rate, mu, steps):
    v = np.zeros_like(theta)
    for _ in range(steps):
        theta, v = theta + v, mu * v - rate * gradient(theta)
    return theta


def _looks_ahead(gradient, theta, rate, mu, steps):
    v = np.zeros_like(theta)
    for _ in range(steps):
        v = mu * v - rate * gradient(theta + mu * v)
        theta = theta + v
    return theta


def _same_gradient(gradient, theta, rate, mu, steps):
    return _momentum(lambda _: gradient(theta), theta, rate, mu, steps)


_NOT_CALLED = (
    "`gradient` is a function, and here it stands in a formula itself. It gives a slope only when it is called, with a place "
    "in brackets."
)


def _not_called(gradient, theta, rate, mu, steps):
    return theta + mu * np.zeros_like(theta) - rate * gradient


def _moved_at_the_end(gradient, theta, rate, mu, steps):
    return theta + _velocity(lambda _: gradient(theta), theta, rate, mu, steps)


def _velocity(gradient, theta, rate, mu, steps):
    return _momentum(gradient, theta, rate, mu, steps) - _momentum(gradient, theta, rate, mu, steps - 1)


momentum = FunctionExercise(
    _momentum,
    _momentum_cases,
    [
        Mistake(
            "no velocity kept",
            _moved(lambda v, g, rate, mu: -rate * g),
            "This is plain gradient descent: nothing is kept of the last velocity. Is v set to 0 inside the loop?",
        ),
        Mistake(
            "a larger rate",
            _moved(lambda v, g, rate, mu: -rate / (1 - mu) * g),
            "This is a larger rate, 1 / (1 - mu) times. Momentum adds up steps that agree, and cancels those that do not.",
        ),
        Mistake(
            "uphill",
            _moved(lambda v, g, rate, mu: mu * v + rate * g),
            "Your θ walks uphill. Look at the two signs: that of the gradient in v, and that of v in θ.",
        ),
        Mistake(
            "place first",
            _place_first,
            "θ moves with the old velocity, and v is renewed after it. Take the new v already in this step.",
        ),
        Mistake(
            "share of the gradient",
            _moved(lambda v, g, rate, mu: mu * v - (1 - mu) * rate * g),
            "The gradient is multiplied by 1 - mu, as some other methods do. Here its factor is the rate alone.",
        ),
        Mistake(
            "mu on everything",
            _moved(lambda v, g, rate, mu: mu * (v - rate * g)),
            "mu multiplies the new gradient too. It brakes only the old velocity: look at the brackets.",
        ),
        Mistake(
            "never slowed",
            _moved(lambda v, g, rate, mu: v - rate * g),
            "The velocity is kept whole: mu is missing. A ball without friction never comes to rest.",
        ),
        Mistake(
            "mu on the place",
            lambda gradient, theta, rate, mu, steps: _moved(
                lambda v, g, rate, mu: -rate * g, lambda theta, v: mu * theta + v
            )(gradient, theta, rate, mu, steps),
            "mu multiplies θ here, so θ shrinks by itself. What mu keeps is the velocity.",
        ),
        Mistake(
            "rate twice",
            lambda gradient, theta, rate, mu, steps: _momentum(gradient, theta, rate**2, mu, steps),
            "The rate stands in v already, and multiplies v once more on its way to θ.",
        ),
        Mistake(
            "rate forgotten",
            _moved(lambda v, g, rate, mu: mu * v - g),
            "The rate is missing: the whole gradient goes into v.",
        ),
        Mistake(
            "same gradient",
            _same_gradient,
            "The gradient is taken once, at the start. It changes as θ moves: ask for it in every step.",
        ),
        Mistake(
            "looks ahead",
            _looks_ahead,
            "You take the gradient where the velocity will lead. That is another method, by Nesterov; here it is taken at θ.",
        ),
        Mistake(
            "gradient not called",
            _not_called,
            _NOT_CALLED,
        ),
        Mistake("gradient not called, first", lambda gradient, theta, rate, mu, steps: gradient * rate, _NOT_CALLED),
        Mistake("gradient not called, alone", lambda gradient, theta, rate, mu, steps: theta - gradient, _NOT_CALLED),
        Mistake(
            "moved at the end",
            _moved_at_the_end,
            "θ moves only once, after the last step. It must move in every step: the next gradient is taken at its new place.",
        ),
        Mistake(
            "one step too many",
            lambda gradient, theta, rate, mu, steps: _momentum(gradient, theta, rate, mu, steps + 1),
            "One step too many is made: how often does the loop run?",
        ),
        Mistake(
            "first step only",
            lambda gradient, theta, rate, mu, steps: _momentum(gradient, theta, rate, mu, 1),
            "Only the first step is made. Does the `return` stand inside the loop?",
        ),
        Mistake(
            "one step too few",
            lambda gradient, theta, rate, mu, steps: _momentum(gradient, theta, rate, mu, steps - 1),
            "One step is missing. Does the loop run `steps` times, and does θ move with the new v?",
        ),
        Mistake(
            "whole path",
            lambda gradient, theta, rate, mu, steps: [_momentum(gradient, theta, rate, mu, k + 1) for k in range(steps)],
            "You return a list of all places. Only the last one is asked.",
        ),
        Mistake(
            "velocity returned",
            _velocity,
            "This is the last velocity v. The place θ is asked.",
        ),
    ],
    returns=("theta",),
)


# apart, the planted bug


def _apart(X, y, order, size):
    batches = []
    for k in range(0, y.size, size):
        some = order[k : k + size]
        batches.append((X[:, some], y[some]))
    return batches


def _apart_cases(rng):
    sizes = [(1, 5, 2), (2, 7, 3), (3, 6, 3), (3, 8, 4)]  # with a smaller last batch, and without
    return [(_decimals(rng, n, m), _labels(m), rng.permutation(m), size) for n, m, size in sizes]


def _batches(pair, step=None):
    """Return the answer whose batch at ``k`` is ``pair(X, y, order, part)``, with ``part`` the places k to k + size."""

    def answer(X, y, order, size):
        return [pair(X, y, order, slice(k, k + size)) for k in range(0, y.size, step or size)]

    return answer


apart = FunctionExercise(
    _apart,
    _apart_cases,
    [
        Mistake(
            "not repaired",
            _batches(lambda X, y, order, part: (X[:, order[part]], y[part])),
            "The bug still stands. Look at the two numbers that the training prints, repair the function, run all three cells.",
        ),
        Mistake(
            "the other way round",
            _batches(lambda X, y, order, part: (X[:, part], y[order[part]])),
            "Now y is in the new order and X in the old one: still apart.",
        ),
        Mistake(
            "not shuffled",
            _batches(lambda X, y, order, part: (X[:, part], y[part])),
            "Every example has its own label now. But `order` is not used: the batches would be the same in every epoch.",
        ),
        Mistake(
            "order twice",
            _batches(lambda X, y, order, part: (X[:, order[part]], y[order][order[part]])),
            "y is put in order twice, X once. Is y already in the new order before the loop?",
        ),
        Mistake(
            "inverse order",
            _batches(lambda X, y, order, part: (X[:, order[part]], y[np.argsort(order)][part])),
            "`argsort` of the order undoes it. y needs the same order as X, not the way back.",
        ),
        Mistake(
            "labels sorted",
            _batches(lambda X, y, order, part: (X[:, order[part]], np.sort(y)[part])),
            "Sorted labels belong to no example any more.",
        ),
        Mistake(
            "all labels",
            _batches(lambda X, y, order, part: (X[:, order[part]], y[order])),
            "Each batch holds all labels. It needs those of its own examples only.",
        ),
        Mistake(
            "all examples",
            _batches(lambda X, y, order, part: (X[:, order], y[order])),
            "X and y belong together now. But each batch holds all examples, not `size` of them.",
        ),
        Mistake(
            "one batch only",
            lambda X, y, order, size: _apart(X, y, order, size)[:1],
            "Only the first batch is there. Does the `return` stand inside the loop?",
        ),
        Mistake(
            "last batch lost",
            lambda X, y, order, size: [batch for batch in _apart(X, y, order, size) if batch[1].size == size],
            "The smaller last batch is lost: in this epoch nobody learns from its examples.",
        ),
        Mistake(
            "batches overlap",
            _batches(lambda X, y, order, part: (X[:, order[part]], y[order[part]]), step=1),
            "Your batches overlap: one begins at every example. The next one begins where the last one ends.",
        ),
        Mistake(
            "rows taken",
            _batches(lambda X, y, order, part: (X[order[part]], y[order[part]])),
            "An index does not fit. X has two axes, and an example is a column. y has one axis only.",
            any_words=True,
        ),
        Mistake(
            "pairs exchanged",
            _batches(lambda X, y, order, part: (y[order[part]], X[:, order[part]])),
            "X and y belong together now, but they have changed places: first the examples, then their labels.",
        ),
    ],
    returns=("batches",),
    planted="not repaired",
)


# least_squares_gradient, TD 6 exercise 1 question 4


def _least_squares_gradient(w, b, X, y):
    z = w @ X + b
    a = _sigmoid(z)
    dz = -(y - a) * a * (1 - a)
    return X @ dz, np.sum(dz)


def _least_squares_cases(rng):
    smallest = np.array([2.0, -1.0]), 0.5, np.array([[1.0, 0.5, -1.0], [0.5, -1.0, 0.5]]), np.array([1, 0, 1])
    sizes = ((3, 2, -0.7), (4, 6, 1.2), (3, 3, 0.3))
    return [smallest, *((_decimals(rng, n), b, _decimals(rng, n, m), _labels(m)) for n, m, b in sizes)]


def _from_dz(slopes):
    """Return the answer ``slopes(X, dz)``, with the right dz of each example."""
    return lambda w, b, X, y: slopes(X, _right_dz(y - _sigmoid(w @ X + b), w @ X + b))


def _of_f(dz, z=lambda w, b, X: w @ X + b):
    """Return the answer that sums ``dz(r, z)`` times the inputs, r being the residuals."""

    def answer(w, b, X, y):
        each = dz(y - _sigmoid(z(w, b, X)), z(w, b, X))
        return X @ each, np.sum(each)

    return answer


def _right_dz(r, z):
    return -r * _slope(z)


least_squares_gradient = FunctionExercise(
    _least_squares_gradient,
    _least_squares_cases,
    [
        Mistake(
            "slope of the sigmoid forgotten",
            _of_f(lambda r, z: -r),
            "The factor σ'(z) is missing. Only the log-loss cancels it; here a change of z still passes through the sigmoid.",
        ),
        Mistake(
            "sign",
            _of_f(lambda r, z: r * _slope(z)),
            "The sign is turned. The residual is y - a, and a stands in it with a minus.",
        ),
        Mistake(
            "mean for sum",
            lambda w, b, X, y: tuple(part / y.size for part in _least_squares_gradient(w, b, X, y)),
            "This is the mean over the examples. f is half the sum of the squares, without 1/m.",
        ),
        Mistake(
            "half forgotten",
            _of_f(lambda r, z: 2 * _right_dz(r, z)),
            "Twice the gradient: the square gives a factor 2, and the ½ of f takes it away again.",
        ),
        Mistake(
            "half kept",
            _of_f(lambda r, z: _right_dz(r, z) / 2),
            "Half the gradient: the ½ of f is still there, but the 2 that the square gives is not.",
        ),
        Mistake(
            "gradient of the log-loss",
            lambda w, b, X, y: (X @ (_sigmoid(w @ X + b) - y) / y.size, np.mean(_sigmoid(w @ X + b) - y)),
            "This is the gradient of the log-loss, the mean of error times input. Here f is half a sum of squares.",
        ),
        Mistake(
            "slope at a",
            _of_f(lambda r, z: -r * _slope(_sigmoid(z))),
            "The slope of the sigmoid is taken at a. It belongs at z; with a it is written a (1 - a).",
        ),
        Mistake(
            "z for a in the slope",
            _of_f(lambda r, z: -r * z * (1 - z)),
            "You wrote z (1 - z). The slope of the sigmoid is a (1 - a).",
        ),
        Mistake(
            "residual of the line",
            lambda w, b, X, y: _of_f(lambda r, z: -(y - z) * _slope(z))(w, b, X, y),
            "The sigmoid is missing in the residual: r is y - σ(z), not y - z.",
        ),
        Mistake(
            "straight line",
            lambda w, b, X, y: _of_f(lambda r, z: -(y - z))(w, b, X, y),
            "This is the answer for the identity, question 3. With the sigmoid, σ(z) and its slope come in.",
        ),
        Mistake(
            "residual forgotten",
            _of_f(lambda r, z: -_slope(z)),
            "These are the slopes of the residuals, added up. Each still has to be multiplied by its residual.",
        ),
        Mistake(
            "bias forgotten in z",
            _of_f(_right_dz, z=lambda w, b, X: w @ X),
            "b is missing in z.",
        ),
        Mistake(
            "sign of b",
            _of_f(_right_dz, z=lambda w, b, X: w @ X - b),
            "b is subtracted in z. A misprint of one source note leads there: b belongs to the prediction.",
        ),
        Mistake(
            "one input for all",
            _of_f(_right_dz, z=lambda w, b, X: np.full(X.shape[1], w @ X[:, 0] + b)),
            "Every example uses the input of the first one, a misprint of one source note. Each has its own column.",
        ),
        Mistake(
            "only dw",
            lambda w, b, X, y: _least_squares_gradient(w, b, X, y)[0],
            "dw is right. Return db as well: its input is the 1 that stands below every x.",
        ),
        Mistake(
            "not added up",
            _from_dz(lambda X, dz: (X * dz, dz)),
            "These are the parts of each example. The gradient is their sum.",
        ),
        Mistake(
            "dw not added up",
            _from_dz(lambda X, dz: (X * dz, np.sum(dz))),
            "db is right. Your dw still has a column for each example: the slope in w is the sum of these parts.",
        ),
        Mistake(
            "db not added up",
            _from_dz(lambda X, dz: (X @ dz, dz)),
            "dw is right. Your db still has an entry for each example: there is one b, and its slope is the sum of these parts.",
        ),
        Mistake(
            "db as a mean",
            _from_dz(lambda X, dz: (X @ dz, np.mean(dz))),
            "dw is right. Your db is a mean over the examples. f is half the sum of the squares, without 1/m.",
        ),
        Mistake(
            "features for examples",
            _from_dz(lambda X, dz: (dz @ X, np.sum(dz))),
            "In your product the entries of dz, one for each example, meet the features of one example. "
            "Which axis of X goes over the examples?",
        ),
        Mistake(
            "exchanged",
            lambda w, b, X, y: _least_squares_gradient(w, b, X, y)[::-1],
            "Both are right, but in the other order: first dw, then db.",
        ),
    ],
    returns=("dw", "db"),
)


quiz_1 = Choice(  # the gradient is 0 here. a the lowest point, b training has diverged, c may be no minimum
    "quiz_1",
    "c1",
    {
        "a": "At the lowest point the gradient is 0. Does it follow that every such point is the lowest?",
        "b": "On a parabola that diverges, slopes grow from step to step. What does a slope of 0 say about the ground?",
        "2": "It also stands still on a flat pass, such as (0, 0) for w2 tanh(w1 x).",
        "3": "The gradient does not know the rate. With slope 0 no rate would move anything.",
    },
)

quiz_2 = Choice(  # eta c = 2.1 diverges. Start closer? a helps, b does not, c helps on this parabola only
    "quiz_2",
    "b3",
    {
        "a": "Follow two steps from a start that is ten times closer. By which factor does each change the distance?",
        "c": "Take this parabola and any start but the minimum itself: which factor does a step bring?",
        "1": "A parabola has the same curvature everywhere.",
        "2": "The steps are smaller there, but so is the distance. Only their ratio counts.",
    },
)

quiz_3 = Choice(  # flat at .66, 37 % positive. a inputs and labels do not match, b the rate, c too few epochs
    "quiz_3",
    "a2",
    {
        "b": "A rate could do it. But the height of the floor, 0.66, tells more: which neuron has this cost?",
        "c": "More epochs help a curve that still falls. Which neuron has a cost of 0.66?",
        "1": "Not always. What does answering 0.37 to every example cost?",
        "3": "With inputs that tell something, the cost falls far below 0.66, as for the tumors.",
    },
)

quiz_4 = Choice(  # batches of 8: the batch cost jumps, its mean over an epoch falls. a divergence, b rate too small, c noise
    "quiz_4",
    "c3",
    {
        "a": "A cost that diverges grows and grows. Here its mean falls.",
        "b": "A rate that is too small gives slow, small changes. These are large, up and down.",
        "1": "It may rise for another reason: the next batch holds other examples.",
        "2": "A step is made for one batch, and the next cost is measured on another one.",
    },
)

quiz_5 = Choice(  # two classes, w = 0 and b = 0: the first cost. a 0, b ln 2, c depends on the share of y = 1
    "quiz_5",
    "b1",
    {
        "a": "Cost 0 would mean sure and right about everything. What is the sigmoid of 0?",
        "c": "For a = ½ the losses of y = 1 and y = 0 are alike. Does it matter how many there are of each?",
        "2": "The neuron has no opinion yet, and that costs something: -log of what?",
        "3": "a is the sigmoid of z, and with w = 0 and b = 0 every z is 0.",
    },
)

progress = progress_of(
    step,
    epochs,
    match_curves,
    largest_rate,
    standardize,
    momentum,
    apart,
    least_squares_gradient,
    quiz_1,
    quiz_2,
    quiz_3,
    quiz_4,
    quiz_5,
)
