"""The exercises of lesson 6, initialization (source notes 000, 001, 002, 003)."""

import numpy as np

from .. import activations, datasets
from ..checks import real_array, same_shape
from ..losses import binary_cross_entropy
from ..network import MLP
from ..optimizers import GradientDescent
from ..parameters import Parameters
from ..training import train
from .engine import Choice, FunctionExercise, Mistake, Order, Threshold, ValueExercise, progress_of


def _relu(z):
    return np.maximum(z, 0)


_relu.__name__ = "relu"  # a message shows it


class _Seeded(np.random.Generator):
    """A new generator that a message can show; a copy is as new."""

    def __init__(self, seed):
        super().__init__(np.random.PCG64(seed))
        self.seed = seed

    def __deepcopy__(self, memo):
        return _Seeded(self.seed)

    def __repr__(self):
        return f"default_rng({self.seed})"


_Seeded.__name__ = "Generator"  # a message shows it


def _layers(rng):
    """Return (units, inputs, a generator) of four layers: small, wide, that of the text, square."""
    sizes = ((2, 3), (5, 2), (50, 200), (4, 4))
    return [(n, n_before, _Seeded(int(rng.integers(10, 1000)))) for n, n_before in sizes]


# bias_zero: a start of the network 2-8-1 that moons can be learned from, with biases 0

_STEPS, _RATE = 1000, 0.5


def _start(answer):
    """Return ``Parameters`` of the answer; raises ``TypeError`` or ``ValueError`` when it is no start with biases 0."""
    if not isinstance(answer, (tuple, list)) or len(answer) != 4:
        raise TypeError("Write the four of them in round brackets, with commas: (W1, b1, W2, b2)")
    if any(part is ... for part in answer):
        raise ValueError("A `...` is still among the four")
    params = Parameters((2, 8, 1))
    names, blocks = ("W1", "b1", "W2", "b2"), (params.W[1], params.b[1], params.W[2], params.b[2])
    for name, part, block in zip(names, answer, blocks):
        block[...] = same_shape(name, real_array(name, part), block.shape)
        if name[0] == "b" and block.any():
            raise ValueError(f"{name} must be all 0 here: the weights alone shall do it")
    return params


def _accuracy_after_training(answer):
    """Return the accuracy on new moons after 1,000 steps from the start ``answer``."""
    params, mlp, rng = _start(answer), MLP(activations.tanh, binary_cross_entropy), np.random.default_rng(0)
    X, y = datasets.moons(100, 0.1, rng)
    X_new, y_new = datasets.moons(2000, 0.1, rng)
    mean, deviation = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
    train(mlp, params, (X - mean) / deviation, y[None, :], GradientDescent(_RATE), _STEPS, every=_STEPS)
    return np.mean(mlp.predict(params, (X_new - mean) / deviation) == y_new)


def _weights(answer):
    params = _start(answer)
    return params.W[1], params.W[2]


def _rows(answer):
    """Return a row for each unit, its weights in and out, turned so that its first entry that is not 0 is positive."""
    W1, W2 = _weights(answer)
    rows = np.hstack([W1, W2.T])
    first = rows[np.arange(len(rows)), (rows != 0).argmax(axis=1)]
    return rows * np.where(first < 0, -1, 1)[:, None]


def _kinds(answer):
    return len(np.unique(_rows(answer), axis=0))


def _all_equal(W):
    return bool((W == W[0]).all())


bias_zero = Threshold(
    "bias_zero",
    _accuracy_after_training,
    "The accuracy after 1,000 steps",
    0.95,
    [
        Mistake(
            "all zero",
            lambda answer: not any(W.any() for W in _weights(answer)),
            "All weights are 0 too, so no error comes back and W1 and W2 never move. Only the biases may be 0.",
        ),
        Mistake(
            "clones",
            lambda answer: _all_equal(_weights(answer)[0]) and _all_equal(_weights(answer)[1].T),
            "Your eight units are clones: they start alike, so they stay alike, and eight of them draw one line.",
        ),
        Mistake(
            "mirror images",
            lambda answer: _kinds(answer) == 1,
            "Your units are mirror images: signs turned in and out. tanh(-z) = -tanh(z), so each adds the same as its twin.",
        ),
        Mistake(
            "first layer zero",
            lambda answer: not _weights(answer)[0].any(),
            "W1 is 0: after one step all arrows lie on one line. Which of the two layers must start different?",
        ),
        Mistake(
            "two of a kind",
            lambda answer: _kinds(answer) < 8,
            "Some of your units start alike, or as mirror images, so you have fewer than eight. How would random numbers do?",
        ),
        Mistake(
            "nearly zero",
            lambda answer: max(np.abs(W).max() for W in _weights(answer)) < 0.1,
            "Your weights are so small that 1,000 steps end before the units have parted. Draw larger ones.",
        ),
        Mistake(
            "faint first layer",
            lambda answer: np.abs(_weights(answer)[0]).max() < 0.1,
            "The entries of W1 are so small that all hidden values start near 0, and the units hardly part in 1,000 steps.",
        ),
        Mistake(
            "equal arrows",
            lambda answer: _all_equal(_weights(answer)[0]),
            "All rows of W1 are equal, and the entries of W2 nearly so: the units part too slowly. Let the rows of W1 differ.",
        ),
        Mistake(
            "too large",
            lambda answer: max(np.abs(W).max() for W in _weights(answer)) > 10,
            "With weights this large the units start saturated: their slopes are near 0, and the arrows hardly turn.",
        ),
    ],
)


# he


def _he(n, n_before, rng):
    W = rng.normal(0, np.sqrt(2 / n_before), (n, n_before))
    b = np.zeros((n, 1))
    return W, b


def _with_deviation(deviation):
    """Return the answer to ``he`` with other weights: ``deviation(n, n_before)`` times normal numbers."""
    return lambda n, n_before, rng: (deviation(n, n_before) * rng.normal(size=(n, n_before)), np.zeros((n, 1)))


def _with_b(b):
    """Return the answer to ``he`` with the right W, and ``b(n, rng)``."""
    return lambda n, n_before, rng: (_he(n, n_before, rng)[0], b(n, rng))


he = FunctionExercise(
    _he,
    _layers,
    [
        Mistake(
            "fan-out",
            _with_deviation(lambda n, n_before: np.sqrt(2 / n)),
            "You divide by the number of units. What grows z is how many products one unit adds up: how many are they?",
        ),
        Mistake(
            "variance for deviation",
            _with_deviation(lambda n, n_before: 2 / n_before),
            "2 / n_before is the variance. Normal numbers are multiplied by the deviation, its root.",
        ),
        Mistake(
            "root of 2 only",
            _with_deviation(lambda n, n_before: np.sqrt(2) / n_before),
            "The root reaches only the 2. It must cover the whole fraction.",
        ),
        Mistake(
            "for tanh",
            _with_deviation(lambda n, n_before: np.sqrt(1 / n_before)),
            "That is the start for tanh, variance 1/n. ReLU sets half of the signal to 0: which factor makes up for it?",
        ),
        Mistake(
            "Xavier",
            _with_deviation(lambda n, n_before: np.sqrt(2 / (n + n_before))),
            "That is Xavier's variance, 2 / (n + n_before). He's looks at the inputs of a unit only.",
        ),
        Mistake(
            "deviation 1",
            _with_deviation(lambda n, n_before: 1),
            "Every weight has deviation 1: with many inputs z becomes large, and larger in each further layer.",
        ),
        Mistake(
            "0.01",
            _with_deviation(lambda n, n_before: 0.01),
            "0.01, whatever the number of inputs: through many layers the signal fades. The deviation must look at n_before.",
        ),
        Mistake(
            "divided",
            _with_deviation(lambda n, n_before: 1 / np.sqrt(2 / n_before)),
            "You divide by the deviation. Many inputs need small weights; yours grow with their number.",
        ),
        Mistake(
            "deviation as mean",
            lambda n, n_before, rng: (rng.normal(np.sqrt(2 / n_before), size=(n, n_before)), np.zeros((n, 1))),
            "The first argument of `rng.normal` is the mean: your weights have a mean above 0 and deviation 1.",
        ),
        Mistake(
            "mean and deviation exchanged",
            lambda n, n_before, rng: (rng.normal(np.sqrt(2 / n_before), 0, (n, n_before)), np.zeros((n, 1))),
            "All weights are one number, so the units are clones. In `rng.normal` the mean comes first, then the deviation.",
        ),
        Mistake(
            "shape for deviation",
            lambda n, n_before, rng: (rng.normal(np.sqrt(2 / n_before), (n, n_before)), np.zeros((n, 1))),
            "`rng.normal` asks for three things: mean, deviation, shape. You give two, so your shape is read as deviations.",
        ),
        Mistake(
            "uniform",
            lambda n, n_before, rng: (np.sqrt(2 / n_before) * rng.random((n, n_before)), np.zeros((n, 1))),
            "`rng.random` draws from [0, 1): all weights are positive, so the sums grow. Normal numbers have mean 0.",
        ),
        Mistake(
            "transposed",
            lambda n, n_before, rng: (rng.normal(0, np.sqrt(2 / n_before), (n_before, n)), np.zeros((n, 1))),
            "W has a row for each input here. A row belongs to a unit, a column to one of its inputs.",
        ),
        Mistake(
            "flat bias",
            _with_b(lambda n, rng: np.zeros(n)),
            "W is right. b is flat, and NumPy takes a flat array for a row. It must be a column.",
        ),
        Mistake(
            "random bias",
            _with_b(lambda n, rng: rng.normal(size=(n, 1))),
            "W is right. b may start at 0: the rows of W differ already, so the units are no clones.",
        ),
        Mistake(
            "seed inside",
            lambda n, n_before, rng: _he(n, n_before, np.random.default_rng(0)),
            "You make a generator of your own: every call draws the same numbers, whatever `rng` is given. Draw from `rng`.",
        ),
        Mistake(
            "shape without a tuple",
            lambda n, n_before, rng: (_he(n, n_before, rng)[0], np.zeros(n, 1)),
            "A shape is one tuple, in brackets of its own. Your second number is read as a type of numbers.",
        ),
        Mistake(
            "shape as two arguments",
            lambda n, n_before, rng: rng.normal(0, np.sqrt(2 / n_before), n, n_before),
            "A shape is one tuple, in brackets of its own. Here it came as two arguments.",
        ),
        Mistake("exchanged", lambda n, n_before, rng: _he(n, n_before, rng)[::-1], "You return b first. Asked is W, then b."),
        Mistake(
            "W alone",
            lambda n, n_before, rng: _he(n, n_before, rng)[0],
            "W is right. Return b as well: zeros, one row for each unit.",
        ),
    ],
    returns=("W", "b"),
)


# clone_proof. A: start alike; B: z, a equal; C: dz equal; D: slopes equal; E: after the update alike, again and again.
# In the lesson their letters are: B start, E values, A errors, D slopes, C after the step.

clone_proof = Order(
    "clone_proof",
    {"BEADC"},
    [
        Mistake("ends with the start", "CBEAD", "You begin with what is to be proved. The proof begins with what is given."),
        Mistake("conclusion first", "C", "This line speaks of an update. What must be known before anything is updated?"),
        Mistake("errors first", "A", "The slope g'(z) stands in this line, so z must be known to be equal first."),
        Mistake("slopes first", "D", "The slopes are made of errors and values. Neither of them has been compared yet."),
        Mistake("values first", "E", "Why should the values be equal? Because of what is supposed at the start."),
        Mistake(
            "errors before values",
            "BA",
            "The start is right. But the error holds g'(z), and that the two z are equal has not been said yet.",
        ),
        Mistake(
            "slopes before values",
            "BD",
            "The start is right. dW[2] is made of the values a, and they have not been compared yet.",
        ),
        Mistake(
            "update without slopes",
            "BC",
            "Equal at the start, equal after the step: that is what must be shown. What does the step subtract?",
        ),
        Mistake(
            "slopes before errors",
            "BED",
            "Start and values are right. dW[1] is made of errors times inputs: are the errors equal?",
        ),
        Mistake(
            "update before errors",
            "BEC",
            "Start and values are right. The step subtracts slopes, and nothing is known about them yet.",
        ),
        Mistake(
            "update before slopes",
            "BEAC",
            "Only the last two lines are exchanged: the update uses the slopes, so they come before it.",
        ),
    ],
)


# which_layer: 2-4-1 with tanh on the moons, 1,000 steps. Where does it end in most of 20 starts?

_LINE = "four units that are one draw a straight line"
which_layer = ValueExercise(
    "which_layer",
    {"A": "line", "B": "bent", "C": "bent", "D": "line"},
    [
        Mistake(
            "every layer must be random",
            {"A": "line", "B": "line", "C": "line", "D": "line"},
            "So you ask that every layer be random. Two of these four starts bend all the same: run the cell below.",
        ),
        Mistake(
            "one random layer never does",
            {"A": "stuck", "B": "stuck", "C": "stuck", "D": "stuck"},
            "None of them stands still: somewhere there is a weight that is not 0, and an error or a value passes.",
        ),
        Mistake(
            "not zero is enough",
            {"A": "bent", "B": "bent", "C": "bent", "D": "bent"},
            "A and D hold no random number at all. Which of their four units could differ from another?",
        ),
        Mistake(
            "turned round",
            {"A": "bent", "B": "line", "C": "line", "D": "bent"},
            "All four are turned round. Where are two units different at the start, in B and C or in A and D?",
        ),
        Mistake(
            "zero stops everything",
            {"A": "stuck", "D": "stuck"},
            "A and D move. In A the error passes W[2], so W[1] moves first; in D the values are not 0, so W[2] moves first.",
        ),
        Mistake("A stuck", {"A": "stuck"}, "A: W[2] is not 0, so the error reaches layer 1, and W[1] moves in the first step."),
        Mistake("A bends", {"A": "bent"}, f"A: weights in and weights out are equal, and {_LINE}."),
        Mistake("B stuck", {"B": "stuck"}, "B: the values differ and W[2] is not 0, so both layers move in the first step."),
        Mistake(
            "B is a line",
            {"B": "line"},
            "B: the entries of W[2] are equal, but the rows of W[1] are not: every unit has its own direction already.",
        ),
        Mistake("C stuck", {"C": "stuck"}, "C: nothing is 0 here but the biases. Values and errors pass."),
        Mistake(
            "C is a line",
            {"C": "line"},
            "C: the units start with one arrow, but each gets the error through its own weight of W[2], and its update differs.",
        ),
        Mistake("D stuck", {"D": "stuck"}, "D: the hidden values are not 0, so W[2] moves first, and from step 2 on W[1] too."),
        Mistake("D bends", {"D": "bent"}, f"D: W[2] moves, but by the same number for every unit, and {_LINE}."),
    ],
    asked="a word in quotes",
)


# signal


def _signal(W, g, X):
    found, A = [], X
    for l in range(1, len(W)):
        Z = W[l] @ A
        found.append(np.std(Z))
        A = g(Z)
    return np.array(found)


def _signal_cases(rng):
    sizes, activation = ((2, 3, 2), (3, 5, 4, 2), (4, 4, 4, 4), (3, 6, 2, 5, 1)), (_relu, np.tanh, _relu, np.tanh)
    return [
        ([None, *(rng.normal(size=(n, n_before)) for n_before, n in zip(s, s[1:]))], g, rng.normal(size=(s[0], 4)) + 0.5)
        for s, g in zip(sizes, activation)
    ]


def _passed_on(measure, follow=lambda g, Z, A: g(Z), start=lambda g, X: X):
    """Return the answer to ``signal`` that measures ``measure(Z, A)``, A being what enters, and goes on with ``follow``."""

    def answer(W, g, X):
        found, A = [], start(g, X)
        for l in range(1, len(W)):
            Z = W[l] @ A
            found.append(measure(Z, g(Z)))
            A = follow(g, Z, A)
        return np.array(found)

    return answer


def _std(Z, A):
    return Z.std()


def _in_the_loop(W, g, X):
    return np.array([np.std(W[1] @ X)])


def _in_a_list(axis, W, g, X):
    """Return the deviations of z along ``axis``, an array for each layer."""
    found, A = [], X
    for each in W[1:]:
        Z = each @ A
        found.append(Z.std(axis=axis))
        A = g(Z)
    return found


_EACH_UNIT = "You give one deviation for each unit. Asked is one for the whole layer."
signal = FunctionExercise(
    _signal,
    _signal_cases,
    [
        Mistake(
            "values for z",
            _passed_on(lambda Z, A: A.std()),
            "These are the deviations of a. Asked is that of z, before the activation.",
        ),
        Mistake(
            "z passed on",
            _passed_on(_std, lambda g, Z, A: Z),
            "z goes on to the next layer here. What a layer hands on is a = g(z).",
        ),
        Mistake(
            "X in every layer",
            lambda W, g, X: np.array([np.std(each @ X) for each in W[1:]]),
            "Every layer takes X here. Layer 2 takes what layer 1 gives.",
        ),
        Mistake(
            "None taken",
            lambda W, g, X: np.array([np.std(each @ X) for each in W]),
            "One side of `@` is no matrix here. W holds `None` first: does your loop begin with it?",
        ),
        *(
            Mistake(
                f"{word} for g",
                _passed_on(_std, lambda g, Z, A, other=other: other(Z)),
                f"{word} stands in every layer here. Which activation it is, the argument `g` says.",
            )
            for word, other in (("tanh", np.tanh), ("ReLU", _relu))
        ),
        Mistake(
            "activation twice",
            _passed_on(_std, start=lambda g, X: g(X)),
            "g is applied to X already. X enters layer 1 as it is.",
        ),
        Mistake(
            "variance",
            _passed_on(lambda Z, A: Z.var()),
            "This is the variance. The deviation is its root.",
        ),
        Mistake(
            "mean size",
            _passed_on(lambda Z, A: np.abs(Z).mean()),
            "This is the mean of |z|. The standard deviation is the root of the mean square, after the mean is subtracted.",
        ),
        Mistake(
            "mean not subtracted",
            _passed_on(lambda Z, A: np.sqrt(np.mean(Z**2))),
            "You take the root of the mean of z². A deviation is measured from the mean: subtract it first, or take `std`.",
        ),
        Mistake(
            "mean of z",
            _passed_on(lambda Z, A: Z.mean()),
            "This is the mean of z, which is near 0 even where z is large.",
        ),
        Mistake(
            "mean over units",
            _passed_on(lambda Z, A: Z.std(axis=1).mean()),
            "You take the deviation of each unit, then their mean. Take all entries of the layer together.",
        ),
        Mistake(
            "mean over examples",
            _passed_on(lambda Z, A: Z.std(axis=0).mean()),
            "You take the deviation of each example, then their mean. Take all entries of the layer together.",
        ),
        Mistake(
            "one for each unit",
            lambda W, g, X: np.array(_in_a_list(1, W, g, X)),
            _EACH_UNIT,
        ),
        Mistake("one for each unit, in a list", lambda W, g, X: _in_a_list(1, W, g, X), _EACH_UNIT),
        Mistake(
            "one for each example",
            lambda W, g, X: np.array(_in_a_list(0, W, g, X)),
            "You give one deviation for each example. Asked is one for the whole layer.",
        ),
        Mistake(
            "X counted",
            lambda W, g, X: np.array([np.std(X), *_signal(W, g, X)]),
            "The first number belongs to X. Asked is z, and the input has none.",
        ),
        Mistake(
            "last layer only",
            lambda W, g, X: _signal(W, g, X)[-1],
            "This is the last layer alone. Return one number for each layer.",
        ),
        Mistake(
            "first layer only",
            _in_the_loop,
            "Only the first layer is there. Does the `return` stand inside the loop?",
        ),
        Mistake(
            "last layer missing",
            lambda W, g, X: _signal(W, g, X)[:-1],
            "The last layer is missing. W holds `None` first, so the layers run from 1 to `len(W) - 1`, both included.",
        ),
        Mistake(
            "deviation of the weights",
            lambda W, g, X: np.array([np.std(each) for each in W[1:]]),
            "These are the deviations of the weights. How large is what they make of X?",
        ),
    ],
    returns=("the deviations",),
)


# centered_uniform


def _centered_uniform(n, n_before, rng):
    r = np.sqrt(3 / n_before)
    return rng.uniform(-r, r, (n, n_before))


def _between(low, high):
    """Return the answer to ``centered_uniform`` with the bounds ``low(n, n_before)`` and ``high(n, n_before)``."""
    return lambda n, n_before, rng: rng.uniform(low(n, n_before), high(n, n_before), (n, n_before))


def _around_0(r):
    return _between(lambda n, n_before: -r(n, n_before), r)


def _own_mean_subtracted(n, n_before, rng):
    W = rng.uniform(0, 1, (n, n_before))
    return W - W.mean()


centered_uniform = FunctionExercise(
    _centered_uniform,
    _layers,
    [
        Mistake(
            "not repaired",
            _between(lambda n, n_before: 0, lambda n, n_before: 1),
            "The weights still come from [0, 1). Look at the two numbers that the cell prints.",
        ),
        Mistake(
            "narrower only",
            _between(lambda n, n_before: 0, lambda n, n_before: np.sqrt(3 / n_before)),
            "The weights are smaller, but all of them still positive: the interval begins at 0.",
        ),
        Mistake(
            "centered only",
            _around_0(lambda n, n_before: 1),
            "The mean is 0 now. But 1 for every layer is too wide: the more inputs, the narrower.",
        ),
        Mistake(
            "moved by a half",
            _around_0(lambda n, n_before: 0.5),
            "The mean is 0 now. The width is still 1 in every layer: the more inputs, the narrower.",
        ),
        Mistake(
            "end for deviation",
            _around_0(lambda n, n_before: np.sqrt(1 / n_before)),
            "Your r is the deviation that is asked. An interval reaches further than its deviation: its variance is r²/3 only.",
        ),
        Mistake(
            "root forgotten",
            _around_0(lambda n, n_before: 3 / n_before),
            "r² = 3 / n_before is right. Your r is r²: the root is missing.",
        ),
        Mistake(
            "root of 3 only",
            _around_0(lambda n, n_before: np.sqrt(3) / n_before),
            "The root reaches only the 3. It must cover the whole fraction.",
        ),
        Mistake(
            "width for half",
            _around_0(lambda n, n_before: np.sqrt(12 / n_before)),
            "√(12 / n_before) is the whole width, from -r to r. Yours reaches as far as that to each side.",
        ),
        Mistake(
            "a third",
            _around_0(lambda n, n_before: np.sqrt(1 / (3 * n_before))),
            "You multiplied by 1/3 where the 3 must go to the other side: r²/3 = 1 / n_before.",
        ),
        Mistake(
            "fan-out",
            _around_0(lambda n, n_before: np.sqrt(3 / n)),
            "You divide by the number of units. How many products does one unit add up?",
        ),
        Mistake(
            "for ReLU",
            _around_0(lambda n, n_before: np.sqrt(6 / n_before)),
            "That has variance 2 / n_before, right for ReLU. Asked is 1 / n_before.",
        ),
        Mistake(
            "Xavier",
            _around_0(lambda n, n_before: np.sqrt(6 / (n + n_before))),
            "That is Xavier's interval, with variance 2 / (n + n_before). Asked is 1 / n_before.",
        ),
        Mistake(
            "normal",
            lambda n, n_before, rng: rng.normal(0, np.sqrt(1 / n_before), (n, n_before)),
            "Mean and variance are right, but these are normal numbers. Asked is a uniform law, from -r to r.",
        ),
        Mistake(
            "own mean subtracted",
            _own_mean_subtracted,
            "You subtract the mean of the weights that were drawn. Choose an interval that has its center at 0.",
        ),
        Mistake(
            "transposed",
            lambda n, n_before, rng: _centered_uniform(n, n_before, rng).reshape(n_before, n),
            "W has a row for each input here. A row belongs to a unit.",
        ),
    ],
    returns=("W",),
    planted="not repaired",
)


# stuck_at: five rows of costs that a cell of the lesson makes and shuffles from a seed. The causes:
# 1 two classes, nothing moves; 2 ten classes, nothing moves; 3 weights too large; 4 clones; 5 rate too small

stuck_at = ValueExercise(
    "stuck_at",
    {"A": 4, "B": 3, "C": 1, "D": 5, "E": 2},
    [
        Mistake(
            "all plateaus are rates",
            {"C": 5, "E": 5},
            "C and E do not move in any digit. A small rate would still move them a little: compare with D.",
        ),
        Mistake("C and E exchanged", {"C": 2, "E": 1}, "Exchanged: -log(1/2) is 0.693. Which of them is -log(1/10)?"),
        Mistake(
            "nan is a small rate",
            {"B": 5},
            "B: `nan` means not a number. What must the values be, so that the computer cannot write them any more?",
        ),
        Mistake(
            "nan means nothing moves",
            {"B": 1},
            "B moves far too much: its cost is large at the start, and no number any more after ten steps.",
        ),
        Mistake(
            "large means clones",
            {"B": 4},
            "B: clones cost no more than one unit does. This cost is already large before the first step.",
        ),
        Mistake("C is a small rate", {"C": 5}, "C: not one digit moves in 1,000 steps. A small rate moves a little."),
        Mistake(
            "C means clones",
            {"C": 4},
            "C: they are clones as well, but clones still learn what one unit can. Here nothing moves at all.",
        ),
        Mistake("C is large", {"C": 3}, "C: 0.693 is ln 2, the cost of saying ½ to everything. Nothing is large here."),
        Mistake(
            "A is a small rate",
            {"A": 5},
            "A falls fast and then stays, far below ln 2. It has learned something: as much as one line can.",
        ),
        Mistake("A does not move", {"A": 1}, "A moves: its first cost and its last are far apart."),
        Mistake("D does not move", {"D": 1}, "D does move: compare its first cost with its last."),
        Mistake(
            "D means clones",
            {"D": 4},
            "D: after 1,000 steps it still falls, and has not even reached ln 2. Clones would have found their line by then.",
        ),
        Mistake(
            "E is large",
            {"E": 3},
            "E: 2.303 is no accident: what is -log(1/10)? And too large weights would change in the first step.",
        ),
        Mistake("E is a small rate", {"E": 5}, "E: not one digit moves in 1,000 steps. And which cost is 2.303?"),
    ],
    asked="the number of a cause",
)


# same_number, the planted bug


def _same_number(n, n_before, seed):
    rng = np.random.default_rng(seed)
    W = np.zeros((n, n_before))
    for j in range(n):
        for k in range(n_before):
            W[j, k] = rng.normal(0, np.sqrt(1 / n_before))
    return W


def _seeds(rng):
    return [(n, n_before, int(rng.integers(10, 1000))) for n, n_before in ((2, 3), (4, 2), (3, 3), (3, 5))]


def _filled(number):
    """Return the answer to ``same_number`` whose W[j, k] is ``number(j, k, rng, n_before, seed)``, rng being one generator."""

    def answer(n, n_before, seed):
        rng, W = np.random.default_rng(seed), np.zeros((n, n_before))
        for j in range(n):
            for k in range(n_before):
                W[j, k] = number(j, k, rng, n_before, seed)
        return W

    return answer


def _drawn(seed, n_before):
    """Return the first number of a new generator."""
    return np.random.default_rng(seed).normal(0, np.sqrt(1 / n_before))


same_number = FunctionExercise(
    _same_number,
    _seeds,
    [
        Mistake(
            "not repaired",
            _filled(lambda j, k, rng, n_before, seed: _drawn(seed, n_before)),
            "The bug still stands. Print W: how many different numbers does it hold?",
        ),
        Mistake(
            "new generator for each row",
            lambda n, n_before, seed: np.tile(_same_number(1, n_before, seed), (n, 1)),
            "The numbers in a row differ now, but all rows are equal: clones again. Where is the generator made?",
        ),
        Mistake(
            "new generator for each column",
            lambda n, n_before, seed: np.tile(
                np.random.default_rng(seed).normal(0, np.sqrt(1 / n_before), (n, 1)), (1, n_before)
            ),
            "Every unit has one number for all its inputs: all arrows lie on one line. Where is the generator made?",
        ),
        Mistake(
            "seed counted by rows",
            lambda n, n_before, seed: np.vstack([_same_number(1, n_before, seed + j) for j in range(n)]),
            "The units differ now. But a new seed for each row is a patch: one generator, made once, draws all of them.",
        ),
        Mistake(
            "seed counted by numbers",
            _filled(lambda j, k, rng, n_before, seed: _drawn(seed + j * n_before + k, n_before)),
            "The numbers differ now. But a new seed for each is a patch: one generator, made once, draws all of them.",
        ),
        Mistake(
            "places in the seed",
            _filled(lambda j, k, rng, n_before, seed: _drawn([seed, j, k], n_before)),
            "The numbers differ now. But a generator for each is a patch: one generator, made once, draws all of them.",
        ),
        Mistake(
            "old generator",
            lambda n, n_before, seed: np.random.RandomState(seed).normal(0, np.sqrt(1 / n_before), (n, n_before)),
            "The bug is gone. But this is NumPy's old generator: it draws other numbers from the same seed. "
            "Keep the one that was there.",
        ),
        Mistake(
            "seeds that meet",
            _filled(lambda j, k, rng, n_before, seed: _drawn(seed + j + k, n_before)),
            "j + k gives the same seed in many places, so the numbers repeat along the diagonals.",
        ),
        Mistake(
            "seed lost",
            lambda n, n_before, seed: _same_number(n, n_before, 0),
            "The numbers differ, but they no longer depend on `seed`: every network would get the same start.",
        ),
        Mistake(
            "not scaled",
            lambda n, n_before, seed: np.random.default_rng(seed).normal(size=(n, n_before)),
            "One generator now: the bug is gone. But the deviation √(1 / n_before) was lost in the repair.",
        ),
        Mistake(
            "variance for deviation",
            lambda n, n_before, seed: np.random.default_rng(seed).normal(0, 1 / n_before, (n, n_before)),
            "One generator now: the bug is gone. But the second argument of `normal` is the deviation, the root of 1 / n_before.",
        ),
        Mistake(
            "uniform",
            lambda n, n_before, seed: np.random.default_rng(seed).random((n, n_before)) * np.sqrt(1 / n_before),
            "One generator now. But `random` draws from [0, 1): all weights are positive. They came from `normal`.",
        ),
        Mistake(
            "filled column by column",
            lambda n, n_before, seed: _same_number(n_before, n, seed).T * np.sqrt(n / n_before),
            "One generator now: the bug is gone. But the numbers go down the columns. "
            "The loops fill row after row: keep this order.",
        ),
        Mistake(
            "transposed",
            lambda n, n_before, seed: np.random.default_rng(seed).normal(0, np.sqrt(1 / n_before), (n_before, n)),
            "One generator now. But W has a row for each input: a row belongs to a unit.",
        ),
    ],
    returns=("W",),
    planted="not repaired",
)


quiz_1 = Choice(  # all weights start at 7. Better than 0? a yes, b no, c yes, with sigmoid
    "quiz_1",
    "b2",
    {
        "a": "They move, unlike zeros with tanh. But do two units of a layer ever become different?",
        "c": "With sigmoid zeros can move as well. Do two units of a layer ever become different?",
        "1": "7 is large, and that slows learning. But 0.7 would not make the units different either.",
        "3": "The step does change them. But it changes all of a layer alike.",
    },
)

quiz_2 = Choice(  # He's deviation for W (20, 800): a sqrt(2/20), b sqrt(2/800), c 2/800
    "quiz_2",
    "b2",
    {
        "a": "20 is the number of units. z of one unit does not care how many neighbors it has.",
        "c": "2/800 is the variance. The deviation is its root.",
        "1": "The number of units decides how often the sum is made, not how long it is.",
        "3": "He's rule looks at one side only. It is Xavier's that adds both.",
    },
)

quiz_3 = Choice(  # weights random, all biases 0. Are the units clones? a yes, b with ReLU only, c no
    "quiz_3",
    "c1",
    {
        "a": "Two units are clones when everything about them is equal. What about their rows of W?",
        "b": "ReLU or not: z is made of a row of W. Are the rows equal?",
        "2": "Biases do learn, and fast. But that is not why the units differ already at the start.",
        "3": "A random bias is not needed. What else is random?",
    },
)

quiz_4 = Choice(  # a layer gets four times as many inputs. The deviation of its weights: a stays, b a quarter, c half
    "quiz_4",
    "c3",
    {
        "a": "Then z would have twice the deviation: four times as many products are added.",
        "b": "The variance becomes a quarter. What becomes of its root?",
        "1": "The number of units of the layer has not changed. It is not asked for either.",
        "2": "The products have mean 0 and partly cancel, so their sum grows more slowly than their number.",
    },
)

quiz_5 = Choice(  # 30 ReLU layers of one width with Xavier's start: z in layer 30 is a as in layer 1, b far smaller, c far larger
    "quiz_5",
    "b1",
    {
        "a": "So it would be with He's start. Xavier's was made for tanh: what does ReLU do to half of the values?",
        "c": "Each layer takes something away here. What does ReLU do to half of the values?",
        "2": "The slope of ReLU is 0 or 1. Think of the values on the way forward.",
        "3": "Biases of 0 neither help nor harm here. Look at the factor from layer to layer.",
    },
)

progress = progress_of(
    bias_zero, he, clone_proof, which_layer, signal, centered_uniform, stuck_at, same_number,
    quiz_1, quiz_2, quiz_3, quiz_4, quiz_5,
)  # fmt: skip
