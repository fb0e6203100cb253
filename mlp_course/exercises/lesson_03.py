"""The exercises of lesson 3, activations (source notes 002, 003, 004)."""

import numpy as np

from ..checks import real_array, same_shape
from .engine import Choice, FunctionExercise, Mistake, Order, Threshold, ValueExercise, progress_of


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _relu(z):
    return np.maximum(z, 0)


def _softplus(z):
    return np.logaddexp(0, z)


def _swish(z):
    return z * _sigmoid(z)


_sigmoid.__name__, _relu.__name__, _softplus.__name__, _swish.__name__ = "sigmoid", "relu", "softplus", "swish"  # for messages


def _decimals(rng, *shape):
    """Return numbers with one decimal, none of them 0: a message shows them in full."""
    return rng.integers(1, 20, shape) * rng.choice([-1, 1], shape) / 10


# slopes


def _slopes(g, z, h=1e-5):
    slope = (g(z + h) - g(z - h)) / (2 * h)
    return slope, slope.max()


def _slopes_cases(rng):  # the sigmoid's largest slope is at 0, that of softplus at the right end; Swish falls here
    kink = np.array([-1.0, 0.0, 0.5, 2.0])
    drawn = [(g, _decimals(rng, n)) for g, n in ((np.tanh, 5), (_softplus, 4), (_sigmoid, 6))]
    return [(_sigmoid, np.array([-2.0, 0.0, 1.0])), *drawn, (_relu, kink), (_swish, np.array([-4.0, -3.0, -2.0]))]


def _with_largest(slope):
    """Return the answer to ``slopes`` that takes ``slope(g, z, h)`` for the slopes."""
    return lambda g, z, h=1e-5: (slope(g, z, h), slope(g, z, h).max())


def _with_slopes(largest):
    """Return the answer to ``slopes`` with the right slopes, and ``largest(g, z, slopes)`` for the largest."""
    return lambda g, z, h=1e-5: (_slopes(g, z, h)[0], largest(g, z, _slopes(g, z, h)[0]))


slopes = FunctionExercise(
    _slopes,
    _slopes_cases,
    [
        Mistake(
            "values for slopes",
            _with_largest(lambda g, z, h: g(z)),
            "These are the values of g. A slope compares two values: one a little below z, one a little above.",
        ),
        Mistake(
            "not divided",
            _with_largest(lambda g, z, h: g(z + h) - g(z - h)),
            "This is how much g rises between the two nearby points. Its slope is the rise over their distance.",
        ),
        Mistake(
            "twice the slope",
            _with_largest(lambda g, z, h: (g(z + h) - g(z - h)) / h),
            "Twice the slope: how far is z + h from z - h?",
        ),
        Mistake(
            "brackets below",
            _with_largest(lambda g, z, h: (g(z + h) - g(z - h)) / 2 * h),
            "Python divides by 2 here and then multiplies by h. The whole of 2h belongs below the line.",
        ),
        Mistake(
            "brackets above",
            _with_largest(lambda g, z, h: g(z + h) - g(z - h) / (2 * h)),
            "Python divides first: here only the second value is divided. The whole difference belongs above the line.",
        ),
        Mistake(
            "right side only",
            _with_largest(lambda g, z, h: (g(z + h) - g(z)) / h),
            "You nudge to one side only. Almost right where g is smooth; at a corner it sees one side and not the other.",
        ),
        Mistake(
            "left side only",
            _with_largest(lambda g, z, h: (g(z) - g(z - h)) / h),
            "You nudge to one side only, to the left. Nudge to both sides: at a corner the left side does not see the right one.",
        ),
        Mistake(
            "right side, halved",
            _with_largest(lambda g, z, h: (g(z + h) - g(z)) / (2 * h)),
            "Half the slope: your two points, z and z + h, are only h apart.",
        ),
        Mistake(
            "sign turned",
            _with_largest(lambda g, z, h: (g(z - h) - g(z + h)) / (2 * h)),
            "The difference is turned round: where g rises, its slope must be positive.",
        ),
        Mistake(
            "signs dropped",
            _with_largest(lambda g, z, h: np.abs(g(z + h) - g(z - h)) / (2 * h)),
            "The slopes have lost their signs. Where g falls, its slope is negative.",
        ),
        Mistake(
            "sigmoid for g",
            _with_largest(lambda g, z, h: (_sigmoid(z + h) - _sigmoid(z - h)) / (2 * h)),
            "These are the slopes of the sigmoid, whatever g is. Asked are those of g, the function that is given.",
        ),
        Mistake(
            "sigmoid's own formula",
            _with_largest(lambda g, z, h: g(z) * (1 - g(z))),
            "a (1 - a) is the slope of the sigmoid alone. g may be any activation here, so nudge it.",
        ),
        Mistake(
            "slope at 0",
            _with_slopes(lambda g, z, slope: _slopes(g, 0 * z)[1]),
            "Your slopes are right. But not every g is steepest at 0: take the largest of those that you have.",
        ),
        Mistake(
            "place of the largest",
            _with_slopes(lambda g, z, slope: slope.argmax()),
            "Your slopes are right. Then you say at which place the largest stands. Asked is how large it is.",
        ),
        Mistake(
            "largest value",
            _with_slopes(lambda g, z, slope: g(z).max()),
            "Your slopes are right. Then you give the largest value of g. Asked is the largest slope.",
        ),
        Mistake(
            "largest without sign",
            _with_slopes(lambda g, z, slope: np.abs(slope).max()),
            "Your slopes are right. But the largest has lost its sign: where g falls, the slopes are negative.",
        ),
        Mistake(
            "largest from 0",
            _with_slopes(lambda g, z, slope: max(0, slope.max())),
            "Your slopes are right. But your largest is never below 0. Where g falls everywhere, all slopes are: "
            "with what does your search begin?",
        ),
        Mistake(
            "exchanged",
            lambda g, z, h=1e-5: _slopes(g, z, h)[::-1],
            "Both are right, but in the other order: first all slopes, then the largest.",
        ),
        Mistake(
            "largest alone",
            lambda g, z, h=1e-5: _slopes(g, z, h)[1],
            "This is the largest slope, and it is right. Return the slopes too: first all of them, then the largest.",
        ),
        Mistake(
            "slopes alone",
            lambda g, z, h=1e-5: _slopes(g, z, h)[0],
            "These are the slopes, and they are right. Return the largest of them as well.",
        ),
    ],
    returns=("the slopes", "the largest"),
)


# pick

pick = ValueExercise(
    "pick",
    {"tumor": "sigmoid", "temperature": "identity", "steering": "tanh", "rain": "softplus", "hidden": "relu"},
    [
        Mistake(
            "relu as probability",
            {"tumor": "relu"},
            "tumor: ReLU gives 0 or any larger number, 7 for one. What must a probability never exceed?",
        ),
        Mistake(
            "tanh as probability",
            {"tumor": "tanh"},
            "tumor: tanh goes from -1 to 1. What would a probability of -0.4 mean?",
        ),
        Mistake(
            "z as probability",
            {"tumor": "identity"},
            "tumor: the identity gives z itself, any number. A probability lies between 0 and 1.",
        ),
        Mistake(
            "softplus as probability",
            {"tumor": "softplus"},
            "tumor: softplus has no upper end, and z = 7 gives about 7. What must a probability never exceed?",
        ),
        Mistake(
            "no frost",
            {"temperature": "relu"},
            "temperature: ReLU never falls below 0, and z = -5 gives 0 degrees. What about frost?",
        ),
        Mistake(
            "never above 1 degree",
            {"temperature": "sigmoid"},
            "temperature: the sigmoid stays below 1. No z makes it say 18 degrees.",
        ),
        Mistake(
            "between -1 and 1 degree",
            {"temperature": "tanh"},
            "temperature: tanh stays between -1 and 1. No z makes it say 18 degrees.",
        ),
        Mistake(
            "no frost, smoothly",
            {"temperature": "softplus"},
            "temperature: softplus is always above 0. What about frost?",
        ),
        Mistake(
            "left is missing",
            {"steering": "sigmoid"},
            "steering: the sigmoid is never negative, so this wheel could not turn left.",
        ),
        Mistake(
            "one end only",
            {"steering": "relu"},
            "steering: ReLU is never negative and has no upper end. Which curve ends at both sides?",
        ),
        Mistake(
            "one end only, smoothly",
            {"steering": "softplus"},
            "steering: softplus is never negative and has no upper end. Which curve ends at both sides?",
        ),
        Mistake(
            "beyond the end",
            {"steering": "identity"},
            "steering: the identity could ask for 3, and the wheel ends at 1. Which curve ends at both sides?",
        ),
        Mistake(
            "rain may die",
            {"rain": "relu"},
            "rain: the values fit. But if z is never above 0, this unit is dead: always 0, with slope 0. "
            "Which smooth curve looks like it?",
        ),
        Mistake(
            "negative rain",
            {"rain": "identity"},
            "rain: the identity can answer -3 mm. The output must never be below 0.",
        ),
        Mistake(
            "one millimeter",
            {"rain": "sigmoid"},
            "rain: the sigmoid stays below 1. It may rain more than one millimeter.",
        ),
        Mistake(
            "one millimeter, or less than none",
            {"rain": "tanh"},
            "rain: tanh stays between -1 and 1. Rain is never below 0, and it may be more than one millimeter.",
        ),
        Mistake(
            "no bend",
            {"hidden": "identity"},
            "hidden: layers without an activation collapse, all ten to one W and one b.",
        ),
        Mistake(
            "small slopes",
            {"hidden": "sigmoid"},
            "hidden: the sigmoid's slope is never above 1/4, and through ten layers the slopes multiply. "
            "Which slope is 1 for every z above 0?",
        ),
        Mistake(
            "flat sides",
            {"hidden": "tanh"},
            "hidden: tanh is steeper than the sigmoid at 0, but at z = 3 its slope is below 0.01. "
            "Which slope is 1 for every z above 0?",
        ),
        Mistake(
            "smooth relative",
            {"hidden": "softplus"},
            "hidden: softplus bends too, but it costs an exponential and a logarithm. Asked is the usual first choice, "
            "its relative with a corner.",
        ),
    ],
    asked="a name in quotes",
)


# collapse


def _collapse(W1, b1, W2, b2):
    return W2 @ W1, W2 @ b1 + b2


def _collapse_cases(rng):
    sizes = [(3, 2, 1), (3, 4, 2), (3, 3, 3)]
    return [
        (_decimals(rng, n1, n0), _decimals(rng, n1, 1), _decimals(rng, n2, n1), _decimals(rng, n2, 1))
        for n0, n1, n2 in sizes
    ]


def _with_b(b):
    """Return the answer to ``collapse`` with the right W, and ``b(W1, b1, W2, b2)`` for b."""
    return lambda W1, b1, W2, b2: (W2 @ W1, b(W1, b1, W2, b2))


collapse = FunctionExercise(
    _collapse,
    _collapse_cases,
    [
        Mistake(
            "order exchanged",
            lambda W1, b1, W2, b2: (W1 @ W2, W2 @ b1 + b2),
            "W1 meets x first, so it stands next to x, on the right. The order of a product counts.",
        ),
        Mistake(
            "order exchanged twice",
            lambda W1, b1, W2, b2: (W1 @ W2, W1 @ b2 + b1),
            "Here layer 2 comes first, and layer 1 takes what it gives. x enters at layer 1.",
        ),
        Mistake(
            "star instead of @",
            lambda W1, b1, W2, b2: (W2 * W1, W2 @ b1 + b2),
            "`*` multiplies entry by entry. Layer 2 takes weighted sums of what layer 1 gives: that is a matrix product.",
        ),
        Mistake(
            "transposed as in a note",
            lambda W1, b1, W2, b2: (W2.T @ W1.T, W2.T @ b1 + b2),
            "A source note has these transposes, as it keeps one neuron in each column of W. Here a neuron is a row of W.",
        ),
        Mistake(
            "weights added",
            lambda W1, b1, W2, b2: (W2 + W1, W2 @ b1 + b2),
            "You add the two W. Put the formula of layer 1 into that of layer 2: what does W2 do with W1 x?",
        ),
        Mistake(
            "biases added",
            _with_b(lambda W1, b1, W2, b2: b1 + b2),
            "W is right. But b1 goes into layer 2 too, together with W1 x: what happens to it there?",
        ),
        Mistake(
            "last bias only",
            _with_b(lambda W1, b1, W2, b2: b2),
            "W is right. b1 is lost on the way: at x = 0 layer 1 gives b1, and layer 2 takes it in.",
        ),
        Mistake(
            "last bias forgotten",
            _with_b(lambda W1, b1, W2, b2: W2 @ b1),
            "W is right. What layer 2 makes of b1 is right too, but its own bias is missing.",
        ),
        Mistake(
            "both biases weighted",
            _with_b(lambda W1, b1, W2, b2: W2 @ (b1 + b2)),
            "W is right. Your bracket reaches too far: layer 2 adds its own bias after the product.",
        ),
        Mistake(
            "bias through layer 1",
            _with_b(lambda W1, b1, W2, b2: W1 @ b1 + b2),
            "W is right. b1 comes out of layer 1, so the weights that it meets are those of layer 2.",
        ),
        Mistake(
            "bias through both",
            _with_b(lambda W1, b1, W2, b2: W2 @ W1 @ b1 + b2),
            "W is right. b1 is added after W1, so it does not pass through W1 any more.",
        ),
        Mistake(
            "W alone",
            lambda W1, b1, W2, b2: W2 @ W1,
            "This W is right. The two layers together have a bias as well: return W and b.",
        ),
        Mistake(
            "swapped",
            lambda W1, b1, W2, b2: _collapse(W1, b1, W2, b2)[::-1],
            "Both are right, but in the other order: first W, then b.",
        ),
    ],
    returns=("W", "b"),
)


# relu_xor

_XOR_POINTS = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])  # one column is one point
_XOR_LABELS = np.array([0, 1, 1, 0])


def _weights(answer):
    """Return W1, b1, W2, b2 as arrays; raises ``TypeError`` or ``ValueError`` when they are no such weights."""
    if not isinstance(answer, (tuple, list)) or len(answer) != 4:
        raise TypeError("Write the four of them in round brackets, with commas: (W1, b1, W2, b2)")
    if any(part is ... for part in answer):
        raise ValueError("A `...` is still among the weights")
    shapes = {"W1": (2, 2), "b1": (2, 1), "W2": (1, 2), "b2": (1, 1)}
    return [same_shape(name, real_array(name, part), shape) for (name, shape), part in zip(shapes.items(), answer)]


def _hidden_z(answer):
    """Return z of the two ReLU units at the four points, (2, 4)."""
    W1, b1, _, _ = _weights(answer)
    return W1 @ _XOR_POINTS + b1


def _output_z(answer):
    """Return z of the output unit at the four points, (4,)."""
    _, _, W2, b2 = _weights(answer)
    return (W2 @ _relu(_hidden_z(answer)) + b2)[0]


def _answers(weights):
    return (_output_z(weights) >= 0).astype(int)


def _gap(weights):
    """Return by how much z at the two points of label 1 is above z at the two others."""
    z = _output_z(weights)
    return z[_XOR_LABELS == 1].min() - z[_XOR_LABELS == 0].max()


def _upside_down(weights):
    W1, b1, W2, b2 = _weights(weights)
    return _gap((W1, b1, -W2, b2)) > 0


def _twins(weights):
    W1, b1, _, _ = _weights(weights)
    return bool((W1[0] == W1[1]).all() and (b1[0] == b1[1]).all())


def _silent(weights):
    """Return whether one of the units adds nothing to the output at any of the four points."""
    parts = _weights(weights)[2].T * _relu(_hidden_z(weights))
    return bool((parts == 0).all(axis=1).any())


relu_xor = Threshold(
    "relu_xor",
    lambda weights: np.mean(_answers(weights) == _XOR_LABELS),
    "The accuracy on the four points",
    1,
    [
        Mistake(
            "one z for all",
            lambda weights: np.ptp(_output_z(weights)) == 0,
            "The output's z is the same at all four points. Does each unit give something, and does it reach the output?",
        ),
        Mistake(
            "cut at the wrong height",
            lambda weights: _gap(weights) > 0,
            "The two ReLU units are right: z is higher where 1 is asked. But the answer is 1 from z = 0 on. "
            "Which b2 puts 0 between the high and the low z?",
        ),
        Mistake(
            "upside down",
            _upside_down,
            "The two ReLU units are right, but z is higher where 0 is asked. What turns it round?",
        ),
        Mistake(
            "twins",
            _twins,
            "Both units have the same weights and the same bias: they fold at the same line, as one unit does. "
            "Which two folds does XOR need?",
        ),
        Mistake(
            "one unit silent",
            _silent,
            "One of the units adds nothing at any of the four points: it is always 0, or its weight in W2 is 0. "
            "One fold is not enough for XOR.",
        ),
        Mistake(
            "no fold",
            lambda weights: (_hidden_z(weights) >= 0).all(),
            "Neither unit is ever below 0 at these points, so nothing is folded: this is a straight line still. "
            "Move a fold in between with b1.",
        ),
        Mistake(
            "OR",
            lambda weights: _answers(weights).tolist() == [0, 1, 1, 1],
            "This is OR: three points are right, (1,1) is not. Which unit could pull z down at (1,1) only?",
        ),
        Mistake(
            "AND",
            lambda weights: _answers(weights).tolist() == [0, 0, 0, 1],
            "This is AND: it answers 1 at (1,1) only. A unit that wakes up there should pull z down, not up.",
        ),
        Mistake(
            "not both",
            lambda weights: _answers(weights).tolist() == [1, 1, 1, 0],
            "Three points are right, (0,0) is not: z is still 0 or more there.",
        ),
    ],
)


# chain


def _chain(w, b, x):
    slope, a = 1.0, x
    for k in range(len(w)):
        a = _sigmoid(w[k] * a + b[k])
        slope = slope * w[k] * a * (1 - a)
    return slope


def _chain_cases(rng):
    return [(_decimals(rng, L), _decimals(rng, L), x) for L, x in ((2, 1.0), (4, 0.5), (3, -2.0), (5, 1.5))]


def _chained(factor, a_next=None):
    """Return the answer to ``chain`` that multiplies ``factor(w, z, a)`` and hands ``a_next(z)`` to the next neuron."""

    def slope_of(w, b, x):
        slope, a = 1.0, x
        for weight, bias in zip(w, b):
            z = weight * a + bias
            slope = slope * factor(weight, z, _sigmoid(z))
            a = (a_next or _sigmoid)(z)
        return slope

    return slope_of


def _outputs(w, b, x):
    """Return a of each neuron of the chain."""
    a = [x]
    for weight, bias in zip(w, b):
        a.append(_sigmoid(weight * a[-1] + bias))
    return np.array(a[1:])


def _factors(w, b, x):
    """Return the slope of each neuron of the chain."""
    a = _outputs(w, b, x)
    return w * a * (1 - a)


def _slope_too_early(w, b, x):
    before = np.append(x, _outputs(w, b, x)[:-1])
    return np.prod(w * before * (1 - before))


def _x_everywhere(w, b, x):
    a = _sigmoid(w * x + b)
    return np.prod(w * a * (1 - a))


chain = FunctionExercise(
    _chain,
    _chain_cases,
    [
        Mistake(
            "slopes added",
            lambda w, b, x: np.sum(_factors(w, b, x)),
            "Each neuron's slope is right, but you add them. If the first doubles a nudge and the second triples it, "
            "what is left at the end?",
        ),
        Mistake(
            "weights forgotten",
            _chained(lambda w, z, a: a * (1 - a)),
            "You multiply the slopes of the sigmoid alone. Before the sigmoid, each neuron multiplies the nudge by its w.",
        ),
        Mistake(
            "weights alone",
            _chained(lambda w, z, a: w),
            "You multiply the weights alone: this is the chain without its activation. Each sigmoid has a slope too.",
        ),
        Mistake(
            "values for slopes",
            _chained(lambda w, z, a: w * a),
            "You multiply by a, the sigmoid's value. A nudge is multiplied by its slope.",
        ),
        Mistake(
            "slope taken at a",
            _chained(lambda w, z, a: w * _sigmoid(a) * (1 - _sigmoid(a))),
            "Your sigmoid's slope is taken at a, as if a were z. The sigmoid is used once too often.",
        ),
        Mistake(
            "slope before the step",
            _slope_too_early,
            "You multiply by a (1 - a) with a of the neuron before. Compute this neuron's own a first, then its slope.",
        ),
        Mistake(
            "z for a in the slope",
            _chained(lambda w, z, a: w * z * (1 - z)),
            "In the sigmoid's slope you put z for a. a (1 - a) needs the value after the sigmoid.",
        ),
        Mistake(
            "z passed on",
            _chained(lambda w, z, a: w * a * (1 - a), lambda z: z),
            "Each neuron gets the z of the one before. It needs a: z after the sigmoid. (A source note has this slip.)",
        ),
        Mistake(
            "x in every neuron",
            _x_everywhere,
            "Every neuron takes x here. Only the first may: the next ones take a of the neuron before.",
        ),
        Mistake(
            "last neuron only",
            lambda w, b, x: _factors(w, b, x)[-1],
            "This is the slope of the last neuron alone: each turn replaces the slope instead of multiplying it.",
        ),
        Mistake(
            "return in the loop",
            lambda w, b, x: _factors(w, b, x)[0],
            "This is the slope of the first neuron alone: where does the `return` stand?",
        ),
        Mistake(
            "last neuron forgotten",
            lambda w, b, x: _chain(w[:-1], b[:-1], x),
            "The last neuron is missing: its slope is not in the product.",
        ),
        Mistake(
            "first neuron forgotten",
            lambda w, b, x: _chain(w[1:], b[1:], x),
            "The first neuron is missing: x goes straight into the second one. Python counts from 0.",
        ),
        Mistake(
            "biases forgotten",
            lambda w, b, x: _chain(w, 0 * b, x),
            "This is the chain without its biases: b is not used.",
        ),
        Mistake(
            "starts at 0",
            lambda w, b, x: 0.0,
            "The result is always 0. A sum starts at 0; with what number does a product start?",
        ),
        Mistake(
            "slope in the first weight",
            lambda w, b, x: np.prod(_factors(w, b, x)) / w[0] * x,
            "This is the slope in the first weight. Asked is the slope in x: what multiplies x in z?",
        ),
        Mistake(
            "output for slope",
            lambda w, b, x: _outputs(w, b, x)[-1],
            "This is a of the last neuron, well computed. Asked is its slope in x.",
        ),
        Mistake(
            "four neurons only",
            lambda w, b, x: _chain([w[k] for k in range(4)], b, x),
            "This is right for four neurons. There may be two or five: how long is w?",
        ),
    ],
    returns=("the slope",),
)


# dead_units


def _dead_units(Z):
    return np.mean(np.all(Z <= 0, axis=1))


def _dead_units_cases(rng):
    patterns = [
        [[-1, 1, -1], [-1, -1, -1]],
        # dead; dead with one 0; awake once, far up; asleep once, far down; always awake
        [[-1] * 6, [-1, -1, 0, -1, -1, -1], [20, -1, -1, -1, -1, -1], [1, 1, 1, -20, 1, 1], [1] * 6],
        [[0, 0, 0, 0], [-1, 1, -1, -1], [-1, -1, -1, 0], [-1, -1, -1, -1]],
        [[1, -1], [-1, 1], [1, 1]],
    ]
    return [(np.array(pattern) * rng.integers(5, 16, np.shape(pattern)) / 10,) for pattern in patterns]


dead_units = FunctionExercise(
    _dead_units,
    _dead_units_cases,
    [
        Mistake(
            "off on one example",
            lambda Z: np.mean(np.any(Z <= 0, axis=1)),
            "You count a unit that is 0 on one example. It still learns from the others: dead is 0 on every example.",
        ),
        Mistake(
            "off on most examples",
            lambda Z: np.mean(np.mean(Z <= 0, axis=1) > 0.5),
            "You count units that are 0 on most examples. One example with z above 0 is enough to learn from.",
        ),
        Mistake(
            "share of zeros",
            lambda Z: np.mean(Z <= 0),
            "This is the share of all entries where ReLU gives 0. First ask each unit: is it so on all its examples?",
        ),
        Mistake(
            "examples counted",
            lambda Z: np.mean(np.all(Z <= 0, axis=0)),
            "You went down the columns: this is the share of examples on which all units are off. A unit is a row.",
        ),
        Mistake(
            "0 left out",
            lambda Z: np.mean(np.all(Z < 0, axis=1)),
            "Nearly right: what does ReLU give at z = 0, and which slope has it there in this course?",
        ),
        Mistake(
            "0 only",
            lambda Z: np.mean(np.all(Z == 0, axis=1)),
            "You look for z = 0. That is what ReLU gives, A. Z is before it: for which z is the output 0?",
        ),
        Mistake(
            "mean of z",
            lambda Z: np.mean(Z.mean(axis=1) <= 0),
            "You ask whether the mean of z is below 0. One z above 0 keeps a unit alive, whatever the mean.",
        ),
        Mistake(
            "sign exchanged",
            lambda Z: np.mean(np.all(Z > 0, axis=1)),
            "These are the units that are awake on every example. A dead one never is.",
        ),
        Mistake(
            "living units",
            lambda Z: 1 - _dead_units(Z),
            "This is the share of units that live. Asked is the share of the dead ones.",
        ),
        Mistake(
            "counted, not a share",
            lambda Z: np.sum(np.all(Z <= 0, axis=1)),
            "This is the number of dead units. Asked is their share of all units.",
        ),
        Mistake(
            "divided by m",
            lambda Z: np.sum(np.all(Z <= 0, axis=1)) / Z.shape[1],
            "You divide the number of dead units by the number of examples. How many units are there?",
        ),
        Mistake(
            "unit by unit",
            lambda Z: np.all(Z <= 0, axis=1),
            "This says of each unit whether it is dead, and rightly. Asked is one number, the share.",
        ),
        Mistake(
            "in percent",
            lambda Z: 100 * _dead_units(Z),
            "This is the share in percent. Here a number between 0 and 1 is asked.",
        ),
    ],
    returns=("the share",),
    vectorized=True,
)


# The planted bug: the slope of ELU without alpha


def _elu_alpha(Z, alpha):
    return np.where(Z > 0, 1, alpha * np.exp(Z))


def _elu_alpha_cases(rng):  # never at 0, where the slope is a choice
    drawn = [(_decimals(rng, *shape), alpha) for shape, alpha in (((2, 3), 2.0), ((4,), 1.5), ((3, 3), 0.2))]
    return [(np.array([-1.0, 2.0]), 0.5), *drawn]


def _left(slope):
    """Return the answer to ``elu_alpha`` with slope 1 for Z > 0, and ``slope(Z, alpha)`` elsewhere."""
    return lambda Z, alpha: np.where(Z > 0, 1, slope(Z, alpha))


elu_alpha = FunctionExercise(
    _elu_alpha,
    _elu_alpha_cases,
    [
        Mistake(
            "not repaired",
            _left(lambda Z, alpha: np.exp(Z)),
            "The bug still stands. Compare the two numbers that the cell prints, repair the function, run both cells.",
        ),
        Mistake(
            "value for slope",
            _left(lambda Z, alpha: alpha * (np.exp(Z) - 1)),
            "On the left this is the value of ELU. In its slope the -1 is gone: a constant has slope 0.",
        ),
        Mistake(
            "alpha added to e^z",
            _left(lambda Z, alpha: np.exp(Z) + alpha),
            "You add alpha to e to the z. The short form adds it to a, the value of ELU: that is another number.",
        ),
        Mistake(
            "a plus 1",
            _left(lambda Z, alpha: alpha * (np.exp(Z) - 1) + 1),
            "a + 1 is right for alpha = 1 only. What is added to a in general?",
        ),
        Mistake(
            "alpha forgotten in a",
            _left(lambda Z, alpha: np.exp(Z) - 1 + alpha),
            "The short form is a + alpha, but your a is the ELU with alpha = 1.",
        ),
        Mistake(
            "alpha on both sides",
            lambda Z, alpha: alpha * np.where(Z > 0, 1, np.exp(Z)),
            "alpha now stands on both sides. Where z is above 0, ELU is z: what is its slope there?",
        ),
        Mistake(
            "constant slope",
            _left(lambda Z, alpha: alpha + 0 * Z),
            "This is the slope of Leaky ReLU. On the left ELU is no straight line: its slope fades as z falls.",
        ),
        Mistake(
            "slope 0",
            _left(lambda Z, alpha: 0 * Z),
            "This is the slope of ReLU. ELU was made so that its slope on the left is not 0.",
        ),
        Mistake(
            "alpha in the exponent",
            _left(lambda Z, alpha: np.exp(alpha * Z)),
            "alpha went into the exponent. In ELU it multiplies from outside, and it stays there.",
        ),
        Mistake(
            "divided by alpha",
            _left(lambda Z, alpha: np.exp(Z) / alpha),
            "You divide by alpha. A curve that is twice as high has twice the slope.",
        ),
        Mistake(
            "falls on the left",
            _left(lambda Z, alpha: alpha * np.exp(-Z)),
            "The exponent has the wrong sign: far to the left ELU is flat, and your slope grows there.",
        ),
        Mistake(
            "z on the right",
            lambda Z, alpha: np.where(Z > 0, Z, alpha * np.exp(Z)),
            "The left side is repaired. On the right you give the value z, and the slope of z is asked.",
        ),
        Mistake(
            "sides exchanged",
            lambda Z, alpha: np.where(Z > 0, alpha * np.exp(Z), 1),
            "The two sides are exchanged: where z is above 0, ELU is z itself.",
        ),
    ],
    returns=("the slope",),
    planted="not repaired",
)


# tanh_from_sigma
#
# A  1 - e^(-2z) is 2 - (1 + e^(-2z)), so tanh z = 2 / (1 + e^(-2z)) - 1.
# B  By its definition, sigma(2z) = 1 / (1 + e^(-2z)).
# C  The slopes of both sides are equal: tanh'(z) = 4 sigma'(2z).
# D  Multiply above and below by e^(-z): tanh z = (1 - e^(-2z)) / (1 + e^(-2z)).
# E  By its definition, tanh z = (e^z - e^(-z)) / (e^z + e^(-z)).
# F  At z = 0: tanh'(0) = 4 times 1/4 = 1.
# G  So tanh z = 2 sigma(2z) - 1.

tanh_from_sigma = Order(
    "tanh_from_sigma",
    {"BEDAGCF", "EBDAGCF", "EDBAGCF", "EDABGCF"},
    [
        Mistake("begins with the end", "G", "Line G is what is to be shown. A proof does not begin with it."),
        Mistake("begins with the slopes", "C", "Line C takes slopes on both sides of an equation that is not written yet."),
        Mistake("begins at 0", "F", "Line F puts z = 0 into an equation between slopes, and there is none yet."),
        Mistake("no fraction yet", "D", "Line D multiplies above and below. Which fraction? It is not written yet."),
        Mistake("begins with the split", "A", "Line A splits 1 - e^(-2z). Which line brings this numerator in?"),
        Mistake("split too early", "EA", "In line E the numerator is still e^z - e^(-z). Line A needs another one."),
        Mistake("split too early, B told", "EBA", "The numerator is still e^z - e^(-z). Line A needs another one."),
        Mistake("split too early, B first", "BEA", "The numerator is still e^z - e^(-z). Line A needs another one."),
        Mistake("sigma not said", "EDAG", "Line G names sigma(2z). Which line says that it is 1 / (1 + e^(-2z))?"),
        Mistake("split missing", "EDBG", "Line G is 2 times a fraction, minus 1. Which line brings the fraction to this form?"),
        Mistake("slopes before the end", "EDABC", "Line C takes the slopes of an equation of tanh and sigma. Write that first."),
        Mistake("0 before the slopes", "EDABGF", "Line F says what tanh' is at 0. Which line says what tanh' is at any z?"),
    ],
)


# Quiz

quiz_1 = Choice(  # a sigmoid unit gives .990 to .999 on every example: a dead, b saturated, c neither
    "quiz_1",
    "b1",
    {
        "a": "Dead units have slope 0. The slope of the sigmoid is a (1 - a): what is it for a = 0.99?",
        "c": "Compare its slope, at most 0.01 here, with 1/4 at z = 0. Does its output still follow its input?",
        "2": "The sigmoid of 1 is 0.731. A source note prints this sentence; the sigmoid never reaches 1.",
        "3": "Its weights keep their values. For weights of 0 and no bias the sigmoid gives 1/2.",
    },
)

quiz_2 = Choice(  # three ReLU layers, the second made identity: a as two hidden layers, b a line, c as strong as three
    "quiz_2",
    "a2",
    {
        "b": "Two ReLU layers are left. Do they still bend?",
        "c": "The identity layer bends nothing. With which neighbor does it melt into one W and one b?",
        "1": "A chain of layers is straight only when all of them are. Here two layers still bend.",
        "3": "Units without an activation make no fold, however many they are.",
    },
)

quiz_3 = Choice(  # ReLU'(0), 0 in one note and 1 in another: a 0 is right, b 1 is right, c both are choices
    "quiz_3",
    "c3",
    {
        "a": "0 is the slope on the left side. Why should the left side decide?",
        "b": "1 is the slope on the right side. Why should the right side decide?",
        "1": "That is the value of ReLU at 0. The question is about its slope there.",
        "2": "A nudge to both sides does give 1/2, but that is a mean of two slopes, not a slope of ReLU.",
    },
)

quiz_4 = Choice(  # a ReLU unit gives 0 on 90 % of the examples: a not dead, b dead, c dead unless z is exactly 0
    "quiz_4",
    "a3",
    {
        "b": "Dead means 0 on every example. What happens on the other 10 %?",
        "c": "Whether z is 0 or below makes no difference here. Look at the other 10 % of the examples.",
        "1": "Weights that are not 0 say nothing: a dead unit keeps its weights too. They no longer change.",
        "2": "There is no such border at one half. A single example with slope 1 is enough to learn from.",
    },
)

quiz_5 = Choice(  # ten identity layers of 100 units, then one neuron: a a thousand lines, b ten, c one
    "quiz_5",
    "c1",
    {
        "a": "A unit without an activation makes no fold. What are ten W, multiplied one after the other?",
        "b": "Put layer 1 into layer 2: how many W are left? Then go on to layer 10.",
        "2": "The last layer takes in what all the others give: none of them is lost. But what do they make together?",
        "3": "Training does not decide this. Whatever the weights are, ten such layers are one.",
    },
)

progress = progress_of(
    slopes, pick, collapse, relu_xor, chain, dead_units, elu_alpha, tanh_from_sigma,
    quiz_1, quiz_2, quiz_3, quiz_4, quiz_5,
)  # fmt: skip
