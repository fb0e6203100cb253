"""The exercises of lesson 8, why deep (source note 002)."""

import numpy as np

from .. import datasets
from ..checks import real_array, same_shape
from .engine import Choice, FunctionExercise, Mistake, ValueExercise, progress_of


def _relu(z):
    return np.maximum(z, 0)


# count_flat_deep: A 1-24-1, B 1-8-8-8-1, C 64-24-1, D 64-8-8-8-1. All have 24 hidden units


count_flat_deep = ValueExercise(
    "count_flat_deep",
    {"A": 73, "B": 169, "C": 1585, "D": 673},
    [
        Mistake(
            "units counted",
            {"A": 24, "B": 24, "C": 24, "D": 24},
            "You count hidden units: all four have 24 of them. Asked are the parameters, all weights and biases.",
        ),
        Mistake(
            "all circles counted",
            {"A": 26, "B": 26, "C": 89, "D": 89},
            "You count inputs, units and outputs. Asked are the numbers that training changes: weights and biases.",
        ),
        Mistake(
            "weights only",
            {"A": 48, "B": 144, "C": 1560, "D": 648},
            "These are the weights alone. Each unit has a bias too, and so has the output.",
        ),
        Mistake(
            "no bias of the output",
            {"A": 72, "B": 168, "C": 1584, "D": 672},
            "One is missing everywhere: the output has a bias as well.",
        ),
        Mistake(
            "bias of the output only",
            {"A": 49, "B": 145, "C": 1561, "D": 649},
            "You count the bias of the output. Each of the 24 hidden units has its own.",
        ),
        Mistake(
            "one bias a layer",
            {"A": 50, "B": 148, "C": 1562, "D": 652},
            "You give each layer one bias. b has one row for each unit.",
        ),
        Mistake(
            "biases for the inputs",
            {"A": 74, "B": 170, "C": 1649, "D": 737},
            "You give the inputs biases too. Inputs are given; biases belong to units.",
        ),
        Mistake(
            "a bias for each weight",
            {"A": 96, "B": 288, "C": 3120, "D": 1296},
            "You give each weight a bias. A unit has one bias, however many inputs it has.",
        ),
        Mistake(
            "output left out",
            {"A": 48, "B": 160, "C": 1560, "D": 664},
            "The last layer is missing: the output has a weight for each unit before it, and a bias.",
        ),
        Mistake(
            "sizes multiplied",
            {"A": 24, "B": 512, "C": 1536, "D": 32768},
            "You multiply all sizes. A weight joins two neighboring layers only: multiply in pairs, then add.",
        ),
        Mistake(
            "24 is 24",
            {"B": 73, "D": 1585},
            "You count B as A, and D as C, because all have 24 units. But how many inputs does each of those units have?",
        ),
        Mistake(
            "inputs of D counted as one",
            {"C": 73, "D": 169},
            "C and D have 64 inputs, not 1. Every unit of their first layer has 64 weights.",
        ),
        Mistake(
            "only one layer between",
            {"B": 97, "D": 601},
            "B and D have three hidden layers, so two matrices of weights stand between them: 8 to 8, and 8 to 8 again.",
        ),
        Mistake(
            "nothing between",
            {"B": 25, "D": 529},
            "In B and D the layers of 8 units are joined to each other as well: each of those units has 8 weights and a bias.",
        ),
    ],
    tolerance=0,
    asked="its number of parameters",
)


# tent: T(x) = 1 - 2 relu(x) - 2 relu(-x), k times; between -1 and 1 it is -1 + 2 relu(x + 1) - 4 relu(x) as well


def _tent(x, k):
    y = x
    for _ in range(k):
        y = 1 - 2 * _relu(y) - 2 * _relu(-y)
    return y, 2 * k


def _tent_cases(rng):
    return [(rng.integers(-99, 100, m) / 100, k) for m, k in ((4, 1), (5, 2), (6, 3), (3, 3), (9, 5))]


def _folded(fold):
    """Return the answer to ``tent`` that does ``fold`` k times."""

    def answer(x, k):
        y = x
        for _ in range(k):
            y = fold(y)
        return y, 2 * k

    return answer


def _with_units(units):
    """Return the answer to ``tent`` with the right values, and ``units(k)``."""
    return lambda x, k: (_tent(x, k)[0], units(k))


tent = FunctionExercise(
    _tent,
    _tent_cases,
    [
        Mistake(
            "one fold",
            lambda x, k: (_tent(x, 1)[0], 2 * k),
            "You fold once, whatever k is. Does each fold take x again, and not what the fold before gave? "
            "Or does the `return` stand inside the loop?",
        ),
        Mistake(
            "one fold more",
            lambda x, k: (_tent(x, k + 1)[0], 2 * k),
            "You fold k + 1 times. Is there a fold before the loop, and k more inside it?",
        ),
        Mistake(
            "one fold less",
            lambda x, k: (_tent(x, k - 1)[0], 2 * k),
            "One fold is missing. `range(1, k)` has k - 1 numbers.",
        ),
        Mistake(
            "k times as high",
            lambda x, k: (k * _tent(x, 1)[0], 2 * k),
            "You multiply the tent by k: one tent, k times as high. Put the tent into itself, k times.",
        ),
        Mistake(
            "power",
            lambda x, k: (_tent(x, 1)[0] ** k, 2 * k),
            "You raise the tent to the power k. T² means T(T(x)) here: put the tent into itself.",
        ),
        Mistake(
            "folds added",
            lambda x, k: (sum(_tent(x, i)[0] for i in range(1, k + 1)), 2 * k),
            "You add the folds up. Asked is what the last one gives.",
        ),
        Mistake(
            "the tent of the lesson",
            _folded(lambda y: 2 * _relu(y) - 4 * _relu(y - 0.5)),
            "That is the tent of the lesson: it stands between 0 and 1. This one stands between -1 and 1, with its top at 0.",
        ),
        Mistake(
            "no second unit",
            _folded(lambda y: -1 + 2 * _relu(y + 1)),
            "Nothing turns down at 0: this only climbs. The second unit must bend the line there.",
        ),
        Mistake(
            "left side level",
            _folded(lambda y: 1 - 2 * _relu(y)),
            "Left of 0 your line is level: this unit sleeps there. Which unit is awake on the left?",
        ),
        Mistake(
            "right side level",
            _folded(lambda y: -1 + 2 * _relu(y + 1) - 2 * _relu(y)),
            "Right of 0 your line is level: 2 - 2 = 0. Which number makes the slope -2 there?",
        ),
        Mistake(
            "no bend",
            _folded(lambda y: 1 - 2 * _relu(y) + 2 * _relu(-y)),
            "relu(x) - relu(-x) is x itself, so nothing bends. Both sides must go down from the top.",
        ),
        Mistake(
            "half as steep",
            _folded(lambda y: 1 - _relu(y) - _relu(-y)),
            "Your tent ends at 0 on both sides. It must reach down to -1, or the next fold sees half of it only.",
        ),
        Mistake(
            "one too high",
            _folded(lambda y: 2 * _relu(y + 1) - 4 * _relu(y)),
            "Your tent goes from 0 to 2. The output has a bias too: which one moves it to -1 and 1?",
        ),
        Mistake(
            "one too low",
            _folded(lambda y: -2 * _relu(y) - 2 * _relu(-y)),
            "Your tent goes from -2 to 0. The output has a bias too: which one moves its top to 1?",
        ),
        Mistake(
            "bend at a half",
            _folded(lambda y: -1 + 2 * _relu(y + 1) - 4 * _relu(y - 0.5)),
            "Your second unit wakes up at ½. The top of this tent is in the middle between -1 and 1.",
        ),
        Mistake(
            "upside down",
            _folded(lambda y: 2 * _relu(y) + 2 * _relu(-y) - 1),
            "Your tent hangs down: -1 in the middle, 1 at the ends. All signs are turned.",
        ),
        Mistake(
            "doubled units",
            _with_units(lambda k: 2**k),
            "The values are right. 2ᵏ is the number of pieces. How many units did each fold take?",
        ),
        Mistake(
            "units of a flat one",
            _with_units(lambda k: 2**k - 1),
            "The values are right. 2ᵏ - 1 units would one hidden layer need at least. How many did you use?",
        ),
        Mistake(
            "units of one fold",
            _with_units(lambda k: 2),
            "The values are right. But k folds are k layers, and each of them has its own two units.",
        ),
        Mistake(
            "one unit a fold",
            _with_units(lambda k: k),
            "The values are right. But a layer has no way around its units: a straight part needs a unit too. How many has one fold?",
        ),
        Mistake(
            "parameters for units",
            _with_units(lambda k: 6 * k + 1),
            "The values are right. 6k + 1 is the number of parameters. Asked are the ReLU units.",
        ),
        Mistake(
            "units left out",
            lambda x, k: _tent(x, k)[0],
            "The values are right. Return the number of ReLU units as well: `return y, ...`.",
        ),
        Mistake(
            "exchanged",
            lambda x, k: _tent(x, k)[::-1],
            "Both are right, but in the other order: the values first, then the number of units.",
        ),
    ],
    returns=("y", "units"),
)


# pieces: W and b hold None first; one linear output, ReLU before it; p and q are two inputs, columns


def _z_at(W, b, X, l):
    """Return z of layer l, shape (n_l, m), of the inputs X (n_0, m)."""
    A = X
    for i in range(1, l):
        A = _relu(W[i] @ A + b[i])
    return W[l] @ A + b[l]


def _crossings(t, z):
    """Return the points between neighbors in ``t`` where ``z``, straight between them, changes its sign."""
    found = []
    for i in range(len(t) - 1):
        if z[i] * z[i + 1] < 0:
            found.append(t[i] + (t[i + 1] - t[i]) * z[i] / (z[i] - z[i + 1]))
    return found


def _pieces(W, b, p, q):
    t = np.array([0.0, 1.0])
    for l in range(1, len(W) - 1):
        new = [_crossings(t, z) for z in _z_at(W, b, p + (q - p) * t, l)]
        t = np.unique(np.concatenate([t, *new]))
    slopes = np.diff(_z_at(W, b, p + (q - p) * t, len(W) - 1)[0]) / np.diff(t)
    return 1 + np.sum(~np.isclose(slopes[1:], slopes[:-1]))


def _points(W, b, p, q, l):
    """Return 0, 1 and the t between them where a unit of the first ``l`` layers bends, sorted."""
    t = np.array([0.0, 1.0])
    for i in range(1, l + 1):
        t = np.unique(np.concatenate([t, *(_crossings(t, z) for z in _z_at(W, b, p + (q - p) * t, i))]))
    return t


def _output_at(W, b, p, q, t):
    return _z_at(W, b, p + (q - p) * t, len(W) - 1)[0]


def _drawn(rng, *sizes):
    """Return W and b of a network, and two inputs of it, one decimal each."""
    W = [rng.integers(-20, 21, (n, n_before)) / 10 for n, n_before in zip(sizes[1:], sizes)]
    b = [rng.integers(-20, 21, (n, 1)) / 10 for n in sizes[1:]]
    return [None, *W], [None, *b], *(rng.integers(10, 31, (2, sizes[0], 1)) / np.array([-10, 10])[:, None, None])


def _tent_net(k, bias):
    """Return W and b of 1-2-...-2-1, the tent map of [0, 1] folded k times, plus ``bias``, and the ends 0 and 1."""
    fold = np.array([[2.0, -4.0]])
    W = [None, np.ones((2, 1)), *(np.tile(fold, (2, 1)) for _ in range(k - 1)), fold]
    return W, [None, *(np.array([[0.0], [-0.5]]) for _ in range(k)), np.array([[bias]])], np.zeros((1, 1)), np.ones((1, 1))


def _special_net():
    """Return 1-6-1: two units bend at 1/2, two cancel each other at 1/8, one sleeps, one bends outside."""
    W1, b1 = np.array([[1.0, -2, 1, 1, 0, 1]]).T, np.array([[-0.5, 1, -0.125, -0.125, 0, -4]]).T
    W2, b2 = np.array([[1.0, 1, 1, -1, 3, 2]]), np.array([[-0.25]])
    return [None, W1, W2], [None, b1, b2], np.zeros((1, 1)), np.ones((1, 1))


def _level_net():
    """Return 1-12-1: three units make a level line, but for rounding; four pairs bend and cancel; the last is 0."""
    W1, b1 = np.ones((12, 1)), np.array([[0.1, 0.2, 0.3, *-np.repeat([0.3, 0.4, 0.55, 0.8], 2), 0]]).T
    W1[-1] = 0
    W2 = np.array([[0.1, 0.2, -0.3, *4 * (1, -1), 1]])
    return [None, W1, W2], [None, b1, np.zeros((1, 1))], np.zeros((1, 1)), np.ones((1, 1))


def _pieces_cases(rng):
    fixed = [_tent_net(1, 0.0), _special_net(), _level_net(), _tent_net(3, -0.25)]
    return [*fixed, _drawn(rng, 2, 3, 3, 1), _drawn(rng, 3, 6, 6, 6, 1)]


def _by_slopes(count):
    """Return the answer to ``pieces`` that is ``count`` of the slopes between the points where some unit bends."""

    def answer(W, b, p, q):
        t = _points(W, b, p, q, len(W) - 2)
        return count(np.diff(_output_at(W, b, p, q, t)) / np.diff(t))

    return answer


def _by_sizes(count):
    """Return the answer to ``pieces`` that is ``count`` of the list of the sizes of the hidden layers."""
    return lambda W, b, p, q: count([len(each) for each in W[1:-1]])


def _every_crossing(W, b, p, q):
    found = 1
    for l in range(1, len(W) - 1):
        t = _points(W, b, p, q, l - 1)
        found += sum(len(_crossings(t, z)) for z in _z_at(W, b, p + (q - p) * t, l))
    return found


def _layers_apart(W, b, p, q):
    """Return one more than the crossings when z of every layer is taken as straight from end to end."""
    t = np.array([0.0, 1.0])
    return 1 + sum(len(_crossings(t, z)) for l in range(1, len(W) - 1) for z in _z_at(W, b, p + (q - p) * t, l))


def _on_a_grid(W, b, p, q):
    t = np.linspace(0, 1, 1000)
    slopes = np.diff(_output_at(W, b, p, q, t)) / np.diff(t)
    return 1 + np.sum(~np.isclose(slopes[1:], slopes[:-1]))


def _with_zeros(W, b, p, q):
    """Return the pieces when a z that is 0 counts as a crossing; where it is 0 at both points this one lies at 0/0."""
    t = np.array([0.0, 1.0])
    for l in range(1, len(W) - 1):
        new = [t]
        for z in _z_at(W, b, p + (q - p) * t, l):
            i = np.flatnonzero(z[:-1] * z[1:] <= 0)
            new.append(t[i] + z[i] / (z[i] - z[i + 1]) * (t[i + 1] - t[i]))
        t = np.unique(np.concatenate(new))
    slopes = np.diff(_output_at(W, b, p, q, t)) / np.diff(t)
    return 1 + np.sum(~np.isclose(slopes[1:], slopes[:-1]))


def _rises(W, b, p, q):
    rises = np.diff(_output_at(W, b, p, q, _points(W, b, p, q, len(W) - 2)))
    return 1 + np.sum(~np.isclose(rises[1:], rises[:-1]))


def _output_zeros(W, b, p, q):
    t = _points(W, b, p, q, len(W) - 2)
    return 1 + len(_crossings(t, _output_at(W, b, p, q, t)))


def _first_number_only(W, b, p, q):
    return _pieces(W, b, p, np.vstack([q[:1], p[1:]]))


pieces = FunctionExercise(
    _pieces,
    _pieces_cases,
    [
        Mistake(
            "bends for pieces",
            lambda W, b, p, q: _pieces(W, b, p, q) - 1,
            "You count the bends. A line with one bend has two pieces.",
        ),
        Mistake(
            "units plus one",
            _by_sizes(lambda sizes: sum(sizes) + 1),
            "You count units. A unit may bend beyond p or q, or never; and behind folds it may bend many times.",
        ),
        Mistake(
            "two to the units",
            _by_sizes(lambda sizes: 2 ** sum(sizes)),
            "2 to the number of units counts which units could be on or off. On the way from p to q few of these cases occur.",
        ),
        Mistake(
            "two to the layers",
            _by_sizes(lambda sizes: 2 ** len(sizes)),
            "You double with every layer. The tent does so, because its weights are chosen for it; other weights do not.",
        ),
        Mistake(
            "first layer only",
            lambda W, b, p, q: len(_points(W, b, p, q, 1)) - 1,
            "You count the bends of the first layer. The units of the next layers bend too.",
        ),
        Mistake(
            "unseen bends",
            lambda W, b, p, q: len(_points(W, b, p, q, len(W) - 2)) - 1,
            "You count where units bend. The output may not see it: two bends may cancel, or the next layer be at 0. "
            "Count where the slope of the output changes.",
        ),
        Mistake(
            "every crossing",
            _every_crossing,
            "You add up the crossings of all units. Two units may bend at one point: one bend. And the output may not see all.",
        ),
        Mistake(
            "layers apart",
            _layers_apart,
            "You look at the two ends only, in every layer. Behind the first layer z is bent already: "
            "look between all neighboring points found so far.",
        ),
        Mistake(
            "on a grid",
            _on_a_grid,
            "On a grid most bends fall inside a step, and that step has a third slope: the bend counts twice. "
            "Find the points where z is 0.",
        ),
        Mistake(
            "up and down",
            _by_slopes(lambda slopes: 1 + np.sum(slopes[1:] * slopes[:-1] < 0)),
            "You count where the output turns from up to down. A piece ends also where it goes on upward, but steeper.",
        ),
        Mistake(
            "rises for slopes",
            _rises,
            "You compare how much the output rises from point to point. The points are not equally far apart: "
            "divide by the distance.",
        ),
        Mistake(
            "zeros counted as crossings",
            _with_zeros,
            "A z that is 0 at a point, and one that is 0 all the way, count as crossings here. "
            "z must change its sign between the two points.",
        ),
        Mistake(
            "exactly equal",
            _by_slopes(lambda slopes: 1 + np.sum(slopes[1:] != slopes[:-1])),
            "You ask whether two slopes are exactly equal. A computer rounds: allow a tiny difference.",
        ),
        Mistake(
            "slopes that differ",
            _by_slopes(lambda slopes: len(np.unique(np.round(slopes, 6)))),
            "You count how many different slopes there are. Two pieces may have the same slope: the tent has only 2 and -2.",
        ),
        Mistake(
            "zeros of the output",
            _output_zeros,
            "You count where the output crosses 0. It may cross in the middle of a straight piece.",
        ),
        Mistake(
            "ReLU at the output",
            lambda W, b, p, q: _pieces([*W, np.eye(1)], [*b, np.zeros((1, 1))], p, q),
            "You put a ReLU on the output as well. The last layer is plain: z itself.",
        ),
        Mistake(
            "biases left out",
            lambda W, b, p, q: _pieces(W, [each if each is None else 0 * each for each in b], p, q),
            "Without the biases the bends stand elsewhere: all units of layer 1 bend at the input 0. Add b first.",
        ),
        Mistake(
            "one number moves",
            _first_number_only,
            "Only the first number of the input moves, the others stay as in p. From p to q all of them move together.",
        ),
        Mistake(
            "start left out",
            lambda W, b, p, q: _pieces(W, b, 0 * p, q - p),
            "Your way begins at 0. It begins at p: p + t(q - p).",
        ),
        Mistake(
            "q for the difference",
            lambda W, b, p, q: _pieces(W, b, p, p + q),
            "Your way ends at p + q. With t = 1 it must be at q: how far is it from p to q?",
        ),
        Mistake(
            "from 0 to q",
            lambda W, b, p, q: _pieces(W, b, 0 * p, q),
            "Your way goes from 0 to q. Where does p come in?",
        ),
        Mistake(
            "beyond the ends",
            lambda W, b, p, q: _pieces(W, b, p - 100 * (q - p), q + 100 * (q - p)),
            "You count pieces before p or after q too. Only those between t = 0 and t = 1 are asked.",
        ),
    ],
    returns=("the number of pieces",),
)


# parity_flat: n ReLU units that compute the parity of n bits, given as -1 and +1. Many weights do: what they do is compared


class _OnAllInputs(FunctionExercise):
    """An exercise whose answer, a function of n, returns W1, b1, W2, b2: their outputs on all 2^n inputs are compared."""

    def run(self, function, cases):
        return super().run(lambda n: _outputs(function(n), n), cases)


def _outputs(answer, n):
    """Return the outputs (2^n,) of the network ``answer``, and its number of hidden units; an open answer as it is."""
    if answer is None or answer is ...:
        return answer
    if not isinstance(answer, (tuple, list)) or len(answer) != 4:
        raise ValueError("return four arrays in this order: W1, b1, W2, b2")
    W1, b1, W2, b2 = (real_array(name, part) for name, part in zip(("W1", "b1", "W2", "b2"), answer))
    units = len(W1) if W1.ndim else 0
    for name, part, shape in (("W1", W1, (units, n)), ("b1", b1, (units, 1)), ("W2", W2, (1, units)), ("b2", b2, (1, 1))):
        same_shape(name, part, shape)
    bits, _ = datasets.parity(n)
    return (W2 @ _relu(W1 @ (2 * bits - 1) + b1) + b2)[0], units


def _parity_flat(n):
    W1 = np.ones((n, n)) / 2
    b1 = n / 2 - np.arange(n).reshape(n, 1)
    W2 = 2.0 * (-1.0) ** np.arange(n).reshape(1, n)
    W2[0, 0] = 1
    b2 = np.zeros((1, 1))
    return W1, b1, W2, b2


def _counting(b1, W2, b2=0, weight=0.5):
    """Return the answer whose units all see the sum of the inputs times ``weight``, with ``b1(j, n)``, ``W2(j)`` of unit j."""
    return lambda n: (np.full((n, n), weight), [[b1(j, n)] for j in range(n)], [[W2(j) for j in range(n)]], [[b2]])


def _wake_up(j, n):
    return n / 2 - j


def _fold_back(j):
    return 2 * (-1) ** j if j else 1


def _one_unit_for_each(columns):
    """Return the answer to ``parity_flat`` with one unit for each input in ``columns(n)``: it is 1 there and 0 elsewhere."""

    def answer(n):
        bits, y = datasets.parity(n)
        signs = 2 * bits[:, columns(y)] - 1
        return signs.T / 2, np.full((signs.shape[1], 1), 1 - n / 2), y[None, columns(y)], np.zeros((1, 1))

    return answer


def _more_or_less(more):
    """Return the answer to ``parity_flat`` with ``more`` units than n."""

    def answer(n):
        j = np.arange(n + more)
        return np.full((n + more, n), 0.5), n / 2 - j[:, None], _parity_flat(n + more)[2], np.zeros((1, 1))

    return answer


parity_flat = _OnAllInputs(
    _parity_flat,
    lambda rng: [(2,), (3,), (4,), (int(rng.integers(5, 9)),)],
    [
        Mistake(
            "as for 0 and 1",
            _counting(lambda j, n: -j, _fold_back, weight=1),
            "These are the weights for bits 0 and 1. Here a bit is -1 or +1: when the inputs add up to s, how many are +1?",
        ),
        Mistake(
            "half the sum",
            _counting(lambda j, n: -j, _fold_back),
            "Half of the sum goes in steps of 1 now, but it begins at -n/2. What must be added to count the ones?",
        ),
        Mistake(
            "steps of two",
            _counting(lambda j, n: n - j, _fold_back, weight=1),
            "s + n begins at 0, but goes in steps of 2: one more +1 in place of a -1. Your bends are 1 apart.",
        ),
        Mistake(
            "n left whole",
            _counting(lambda j, n: n - j, _fold_back),
            "You halve the sum s, and add the whole n. The number of ones is half of both together.",
        ),
        Mistake(
            "weights of one",
            _counting(_wake_up, lambda j: (-1) ** j),
            "Your output goes up to 1 and then stays level: +1 and -1 make slope 0. Which weight turns it down?",
        ),
        Mistake(
            "all twos",
            _counting(_wake_up, lambda j: 2 * (-1) ** j),
            "The first piece is too steep: with one bit the output is 2. The first weight only has to climb from 0 to 1.",
        ),
        Mistake(
            "never up again",
            _counting(_wake_up, lambda j: -2 if j else 1),
            "The line turns down at 1 one and then ever steeper. At 2 ones it must turn up again: the signs alternate.",
        ),
        Mistake(
            "one fold",
            _counting(_wake_up, lambda j: (1, -2)[j] if j < 2 else 0),
            "That is XOR of two bits: right for 0, 1 and 2 ones. With more the line must turn again.",
        ),
        Mistake(
            "at least one",
            _counting(_wake_up, lambda j: (1, -1)[j] if j < 2 else 0),
            "Your output is 1 as soon as any bit is 1. That is OR. With two bits it must be back at 0.",
        ),
        Mistake(
            "sum of the bits",
            _counting(_wake_up, lambda j: int(j == 0)),
            "Your output is the number of ones. It climbs on and never turns back.",
        ),
        Mistake(
            "all weights 1",
            _counting(_wake_up, lambda j: 1),
            "Every unit adds to the slope, none turns the line back. Which signs must the weights of the output have?",
        ),
        Mistake(
            "one bias for all",
            _counting(lambda j, n: n / 2, _fold_back),
            "All your units wake up at the same place, so the line bends once. Unit j wakes up when there are more than j ones.",
        ),
        Mistake(
            "one bend late",
            _counting(lambda j, n: n / 2 - j - 1, _fold_back),
            "Every bend comes one too late: with one bit your output is still 0. Where must the first unit wake up?",
        ),
        Mistake(
            "biases grow",
            _counting(lambda j, n: n / 2 + j, _fold_back),
            "Your biases grow from unit to unit, so all are awake and nothing bends. In relu(c - j), what is the sign of j?",
        ),
        Mistake(
            "even",
            _counting(_wake_up, lambda j: -_fold_back(j), 1),
            "Your output is 1 when the number of ones is even. Parity is 1 when it is odd.",
        ),
        Mistake(
            "upside down",
            _counting(_wake_up, lambda j: -_fold_back(j)),
            "The bends are at the right places, but the output is turned: -1 in place of 1.",
        ),
        Mistake(
            "each bit alone",
            lambda n: (np.eye(n) / 2, *_parity_flat(n)[1:]),
            "Each of your units sees one bit. Parity depends on how many are 1: let every unit see the sum.",
        ),
        Mistake(
            "one unit for every input",
            _one_unit_for_each(lambda y: slice(None)),
            "It computes parity, with 2ⁿ units, one for every input. n are enough: only the number of ones matters.",
        ),
        Mistake(
            "one unit for every odd input",
            _one_unit_for_each(lambda y: y == 1),
            "It computes parity, with one unit for each odd input, as AND/OR units must. "
            "ReLU units can do more: look at the number of ones.",
        ),
        Mistake(
            "one unit too many",
            _more_or_less(1),
            "It computes parity, but with n + 1 units. The last one wakes up beyond n ones, and there are never more.",
        ),
        Mistake(
            "one unit too few",
            _more_or_less(-1),
            "One unit is missing: the line must still turn at n - 1 ones, for the input where all are 1.",
        ),
    ],
    returns=("the outputs", "units"),
)


# and_or_terms


def _and_or_terms(X, y):
    T = X[:, y == 1]
    differ = (T[:, :, None] != T[:, None, :]).sum(axis=0)
    return T.shape[1], np.sum(differ == 1) // 2


def _and_or_cases(rng):
    tables = [(X, y) for X, y in map(datasets.parity, (2, 4))]
    for n in (4, 5):
        X, _ = datasets.parity(n)
        tables.append((X, rng.integers(0, 2, 2**n)))
    X, _ = datasets.parity(3)
    return [tables[0], (X, np.any(X == 1, axis=0).astype(int)), (X, np.ones(8, int)), *tables[1:]]


def _pairs(X, y, bits):
    """Return how many pairs of columns with y = 1 differ in ``bits(how many)``."""
    T = X[:, y == 1]
    differ = (T[:, :, None] != T[:, None, :]).sum(axis=0)
    return np.sum(np.triu(bits(differ), 1))


def _with_pairs(bits):
    """Return the answer to ``and_or_terms`` that takes ``bits(differ)`` for the pairs that merge."""
    return lambda X, y: (np.sum(y), _pairs(X, y, bits))


def _neighbors_only(X, y):
    T = X[:, y == 1]
    return T.shape[1], np.sum((T[:, 1:] != T[:, :-1]).sum(axis=0) == 1)


def _loop_too_long(X, y):
    T = X[:, y == 1]
    return T.shape[1], sum((T[:, i] != T[:, j]).sum() == 1 for i in range(X.shape[1]) for j in range(i))


def _left_alone(X, y):
    T = X[:, y == 1]
    differ = (T[:, :, None] != T[:, None, :]).sum(axis=0)
    return np.sum(~(differ == 1).any(axis=0)), _and_or_terms(X, y)[1]


def _same_sums(X, y):
    ones = X[:, y == 1].sum(axis=0)
    return len(ones), np.sum(np.abs(ones[:, None] - ones) == 1) // 2


and_or_terms = FunctionExercise(
    _and_or_terms,
    _and_or_cases,
    [
        Mistake(
            "pairs counted twice",
            lambda X, y: (np.sum(y), 2 * _and_or_terms(X, y)[1]),
            "You count every pair twice: i with j, and j with i.",
        ),
        Mistake(
            "all inputs",
            lambda X, y: _and_or_terms(X, np.ones(len(y))),
            "You take all inputs. A term is needed only for those with y = 1: where all terms are 0, OR gives 0.",
        ),
        Mistake(
            "pairs among all inputs",
            lambda X, y: (np.sum(y), _and_or_terms(X, np.ones(len(y)))[1]),
            "The number of terms is right. You look for pairs among all inputs: only inputs with y = 1 have a term.",
        ),
        Mistake(
            "zeros taken",
            lambda X, y: _and_or_terms(X, 1 - y),
            "You take the inputs with y = 0. A term says where the output is 1.",
        ),
        Mistake(
            "loop too long",
            _loop_too_long,
            "Your loop counts all inputs. But you kept the columns with y = 1 only, and there are fewer of them.",
        ),
        Mistake(
            "neighbors only",
            _neighbors_only,
            "The number of terms is right. You compare neighboring columns only: any two terms may merge.",
        ),
        Mistake(
            "itself too",
            lambda X, y: (np.sum(y), np.sum(y) + _pairs(X, y, lambda differ: differ == 1)),
            "You count each term with itself too: no bit differs there. Exactly one must differ.",
        ),
        Mistake(
            "every bit",
            _with_pairs(lambda differ: differ == differ.max(initial=0)),
            "You count the pairs that differ most. Two terms merge when they differ in exactly one bit.",
        ),
        Mistake(
            "two bits",
            _with_pairs(lambda differ: differ == 2),
            "You count pairs that differ in two bits. They do not merge: one bit alone drops out of a pair.",
        ),
        Mistake(
            "any pair",
            _with_pairs(lambda differ: differ >= 1),
            "You count all pairs of terms. They merge when they differ in exactly one bit.",
        ),
        Mistake(
            "sums compared",
            _same_sums,
            "You compare how many ones two terms have. 110 and 001 have 2 and 1, and differ in all three bits.",
        ),
        Mistake(
            "formula of parity",
            lambda X, y: (2 ** (len(X) - 1), 0),
            "2ⁿ⁻¹ terms and no pair: so it is for parity. The table is given; count in it.",
        ),
        Mistake(
            "bits counted",
            lambda X, y: (len(X), _and_or_terms(X, y)[1]),
            "`len(X)` is the number of rows, the bits. An input is a column.",
        ),
        Mistake(
            "terms that stay alone",
            _left_alone,
            "The pairs are right. Your first number leaves out the terms that merge. Count all of them first.",
        ),
        Mistake(
            "rows chosen",
            lambda X, y: X[y == 1],
            "You choose rows of X by y. An input is a column: the colon comes first, `X[:, ...]`.",
        ),
        Mistake(
            "yes or no",
            lambda X, y: (np.sum(y), _and_or_terms(X, y)[1] > 0),
            "You say whether any pair merges, and True counts as 1. How many are there?",
        ),
        Mistake(
            "terms only",
            lambda X, y: np.sum(y),
            "The number of terms is right. Return the number of pairs that merge as well.",
        ),
        Mistake(
            "exchanged",
            lambda X, y: _and_or_terms(X, y)[::-1],
            "Both are right, but in the other order: the terms first, then the pairs.",
        ),
    ],
    returns=("terms", "pairs"),
)


# interval_zero, the planted bug


def _interval_zero(run, seeds):
    scores = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        scores.append(run(rng))
    return np.min(scores), np.median(scores), np.max(scores)


def _one_draw(rng):
    return rng.random()


def _many_draws(rng):
    return np.mean(rng.random(20) < 0.9)


_one_draw.__name__, _many_draws.__name__ = "one_draw", "many_draws"  # a message shows them


def _interval_cases(rng):
    runs = ((_one_draw, 2), (_one_draw, 3), (_many_draws, 7), (_one_draw, 6))
    return [(run, rng.choice(1000, n, replace=False).tolist()) for run, n in runs]


def _summed_up(summary):
    """Return the answer to ``interval_zero`` with ``summary`` of the right scores, an array."""
    return lambda run, seeds: summary(np.array([run(np.random.default_rng(seed)) for seed in seeds]))


def _three(scores):
    return np.min(scores), np.median(scores), np.max(scores)


def _one_generator(seed):
    """Return the answer to ``interval_zero`` whose runs draw from one generator, made with ``seed(seeds)``."""

    def answer(run, seeds):
        rng = np.random.default_rng(seed(seeds))
        return _three([run(rng) for _ in seeds])

    return answer


def _by_place(seed):
    """Return the answer to ``interval_zero`` whose k-th run gets ``seed(seeds, k)``."""
    return lambda run, seeds: _three([run(np.random.default_rng(seed(seeds, k))) for k in range(len(seeds))])


interval_zero = FunctionExercise(
    _interval_zero,
    _interval_cases,
    [
        Mistake(
            "not repaired",
            _by_place(lambda seeds, k: 0),
            "The bug still stands: lowest and highest are equal. Print `scores`: how many different runs are there?",
        ),
        Mistake(
            "first seed each time",
            _by_place(lambda seeds, k: seeds[0]),
            "All three numbers come from the first seed. Does every run take it, or does the `return` stand inside the loop?",
        ),
        Mistake(
            "last seed each time",
            _by_place(lambda seeds, k: seeds[-1]),
            "Every run starts from the last seed of the list: again one run, many times over.",
        ),
        Mistake(
            "the whole list as a seed",
            _by_place(lambda seeds, k: seeds),
            "You give NumPy the whole list as one seed. It takes it, and every run gets the same one again.",
        ),
        Mistake(
            "one generator",
            _one_generator(lambda seeds: 0),
            "The runs differ now. But `seeds` is not used, and no run can be repeated alone: "
            "it depends on what those before it drew.",
        ),
        Mistake(
            "one generator from the first seed",
            _one_generator(lambda seeds: seeds[0]),
            "The runs differ now. But only the first seed is used, and no run can be repeated alone. Make one for each seed.",
        ),
        Mistake(
            "places for seeds",
            _by_place(lambda seeds, k: k),
            "The runs differ now. But you count 0, 1, 2, ... yourself: use the seeds of the list.",
        ),
        Mistake(
            "first run lost",
            lambda run, seeds: _three([run(np.random.default_rng(seed)) for seed in seeds[1:]]),
            "One run is missing: that of the first seed.",
        ),
        Mistake(
            "last run lost",
            lambda run, seeds: _three([run(np.random.default_rng(seed)) for seed in seeds[:-1]]),
            "One run is missing: that of the last seed.",
        ),
        Mistake(
            "seed given to the run",
            lambda run, seeds: _three([run(seed) for seed in seeds]),
            "You give `run` a seed. It asks for a generator: `np.random.default_rng` makes one of a seed.",
        ),
        Mistake(
            "mean",
            _summed_up(lambda scores: (scores.min(), scores.mean(), scores.max())),
            "The bug is gone. But in the middle stood the median, and now the mean: one bad run moves it.",
        ),
        Mistake(
            "first and last",
            _summed_up(lambda scores: (scores[0], np.median(scores), scores[-1])),
            "The bug is gone. But the first and the last run need not be the lowest and the highest.",
        ),
        Mistake(
            "deviation",
            _summed_up(lambda scores: (scores.mean() - scores.std(), scores.mean(), scores.mean() + scores.std())),
            "The bug is gone. But this is mean and deviation. Asked are the lowest, the median and the highest.",
        ),
        Mistake(
            "middle half",
            _summed_up(lambda scores: tuple(np.quantile(scores, (0.25, 0.5, 0.75)))),
            "The bug is gone. But you report the middle half of the runs. Asked are the lowest and the highest.",
        ),
        Mistake(
            "best alone",
            _summed_up(lambda scores: (scores.max(), scores.max(), scores.max())),
            "You report the best run three times: an interval of width 0 again.",
        ),
        Mistake(
            "scores themselves",
            _summed_up(lambda scores: scores),
            "The bug is gone. Return three numbers of the scores: lowest, median, highest.",
        ),
        Mistake(
            "turned",
            _summed_up(lambda scores: _three(scores)[::-1]),
            "The bug is gone. But the order was: lowest, median, highest.",
        ),
    ],
    returns=("lowest", "median", "highest"),
    planted="not repaired",
)


# fair_contest: tables of accuracies, a place for each (shape, rate, seed)


def _fair_contest(validation, test):
    best = np.median(validation, axis=2).argmax(axis=1)
    runs = test[np.arange(len(test)), best]
    return best, runs.min(axis=1), np.median(runs, axis=1), runs.max(axis=1)


def _tables(rng):
    """Return two tables for each (shapes, rates, seeds): a level for each shape and rate, and some runs far below it."""
    cases = []
    for shapes, rates, seeds in ((2, 2, 3), (3, 4, 5), (2, 5, 10), (4, 4, 4)):
        level = rng.permutation(np.linspace(0.6, 0.95, shapes * rates)).reshape(shapes, rates, 1)
        tables = [level + rng.normal(0, 0.1, (shapes, rates, seeds)) for _ in range(2)]
        cases.append(tuple(np.round(np.clip(table, 0.3, 1), 4) for table in tables))
    return cases


def _reported(best, validation, test):
    """Return what ``fair_contest`` reports when ``best`` are the rates."""
    runs = test[np.arange(len(test)), best]
    return best, runs.min(axis=1), np.median(runs, axis=1), runs.max(axis=1)


def _with_rates(rates):
    """Return the answer to ``fair_contest`` that chooses ``rates(validation, test)``."""
    return lambda validation, test: _reported(rates(validation, test), validation, test)


def _with_runs(report):
    """Return the answer to ``fair_contest`` with the right rates, and ``report`` of their runs (shapes, seeds)."""

    def answer(validation, test):
        best = _fair_contest(validation, test)[0]
        return (best, *report(test[np.arange(len(test)), best]))

    return answer


def _one_for_all(scores):
    """Return for every shape the rate whose medians have the highest mean over the shapes."""
    best = np.median(scores, axis=2).mean(axis=0).argmax()
    return np.full(len(scores), best)


def _best_validated_seed(validation, test):
    """Return the test accuracy of the run that is best on the validation set, as all three numbers."""
    best = _fair_contest(validation, test)[0]
    seed = validation[np.arange(len(test)), best].argmax(axis=1)
    score = test[np.arange(len(test)), best, seed]
    return best, score, score, score


def _a_rate_for_each_seed(validation, test):
    best = validation.argmax(axis=1)
    runs = np.take_along_axis(test, best[:, None], axis=1)[:, 0]
    return best, runs.min(axis=1), np.median(runs, axis=1), runs.max(axis=1)


def _over_all_rates(validation, test):
    best, _, median, _ = _fair_contest(validation, test)
    return best, test.min(axis=(1, 2)), median, test.max(axis=(1, 2))


fair_contest = FunctionExercise(
    _fair_contest,
    _tables,
    [
        Mistake(
            "one rate for all",
            _with_rates(lambda validation, test: _one_for_all(validation)),
            "You choose one rate for all shapes. What suits one shape may ruin the other: each gets its own best rate.",
        ),
        Mistake(
            "rate of the first shape",
            _with_rates(lambda validation, test: np.full(len(test), _fair_contest(validation, test)[0][0])),
            "Every shape gets the best rate of the first one. That is a race on one runner's home ground.",
        ),
        Mistake(
            "first rate",
            _with_rates(lambda validation, test: np.zeros(len(test), int)),
            "Every shape gets the first rate of the list. Nothing was chosen for any of them.",
        ),
        Mistake(
            "chosen on the test set",
            _with_rates(lambda validation, test: np.median(test, axis=2).argmax(axis=1)),
            "You choose the rate on the test set. Then its accuracy is no longer that of unseen data: it is too good.",
        ),
        Mistake(
            "best run decides",
            _with_rates(lambda validation, test: validation.max(axis=2).argmax(axis=1)),
            "You choose the rate of the best single run. One lucky seed decides then; take the median over the seeds.",
        ),
        Mistake(
            "mean decides",
            _with_rates(lambda validation, test: validation.mean(axis=2).argmax(axis=1)),
            "You choose by the mean over the seeds, where one failed run can sink a rate. Asked is the median.",
        ),
        Mistake(
            "worst rate",
            _with_rates(lambda validation, test: np.median(validation, axis=2).argmin(axis=1)),
            "You choose the rate with the lowest validation accuracy. Accuracies should be high; costs should be low.",
        ),
        Mistake(
            "a rate for each seed",
            _a_rate_for_each_seed,
            "You choose a rate for each seed. A seed is luck, not a setting: one rate for a shape, then all seeds with it.",
        ),
        Mistake(
            "best seed",
            _with_runs(lambda runs: 3 * (runs.max(axis=1),)),
            "The rates are right. You report the best seed only. Whoever repeats it gets another: report median and ends.",
        ),
        Mistake(
            "seed chosen too",
            _best_validated_seed,
            "The rates are right. But you choose a seed as well, and hide how much the runs differ. Report all seeds.",
        ),
        Mistake(
            "first seed",
            _with_runs(lambda runs: 3 * (runs[:, 0],)),
            "The rates are right. You report one seed: from a single run nobody can see how much luck there is.",
        ),
        Mistake(
            "validation reported",
            lambda validation, test: _fair_contest(validation, validation),
            "The rates are right. You report the accuracies they were chosen by. They are the best of many, "
            "so too good: report those of the test set.",
        ),
        Mistake(
            "sets exchanged",
            lambda validation, test: _fair_contest(test, validation),
            "The two sets have changed places: you choose on the test set and report the validation set.",
        ),
        Mistake(
            "mean reported",
            _with_runs(lambda runs: (runs.min(axis=1), runs.mean(axis=1), runs.max(axis=1))),
            "The rates and both ends are right. In the middle stands the mean; asked is the median.",
        ),
        Mistake(
            "deviation reported",
            _with_runs(lambda runs: tuple(runs.mean(axis=1) + sign * runs.std(axis=1) for sign in (-1, 0, 1))),
            "The rates are right. You report mean and deviation. Asked are the lowest, the median and the highest run.",
        ),
        Mistake(
            "over all rates",
            _over_all_rates,
            "The rates and medians are right. Your lowest and highest come from all rates. Only the chosen one counts.",
        ),
        Mistake(
            "ends over all shapes",
            _with_runs(lambda runs: (runs.min(), np.median(runs), runs.max())),
            "The rates are right. But you throw all shapes together: each needs its own three numbers.",
        ),
        Mistake(
            "over the wrong axis",
            _with_rates(lambda validation, test: np.median(validation, axis=1).argmax(axis=1) % test.shape[1]),
            "You take the median over the rates. The seeds are the last axis, `axis=2`.",
        ),
        Mistake(
            "rates only",
            lambda validation, test: _fair_contest(validation, test)[0],
            "The rates are right. Report how well they do: lowest, median and highest run on the test set.",
        ),
        Mistake(
            "rates left out",
            lambda validation, test: _fair_contest(validation, test)[1:],
            "The three accuracies are right. The chosen rates are missing: they come first.",
        ),
    ],
    returns=("best", "lowest", "median", "highest"),
)


quiz_1 = Choice(  # weights of parity are written down: what is settled? a can represent, b is found too, c generalizes too
    "quiz_1",
    "a2",
    {
        "b": "Someone wrote these weights down. Did training find them?",
        "c": "It is right on all inputs, but nobody learned it from examples. What has been shown, then?",
        "1": "No training took place here: the weights were thought out.",
        "3": "There are no unseen inputs here. All of them were checked, and nothing was learned from examples.",
    },
)

quiz_2 = Choice(  # y = 3 x1 - 2 x2 + 1: which needs fewest? a three hidden layers, b one wide one, c none
    "quiz_2",
    "c2",
    {
        "a": "Depth folds. Is there anything to fold in a plane?",
        "b": "Each hidden unit can make a bend. How many bends has a plane?",
        "1": "Depth saves parameters for some targets, such as a folded tent. Is this one folded?",
        "3": "A target of two inputs can be hard, XOR is. But this one: how many pieces has it?",
    },
)

quiz_3 = Choice(  # 49 parameters are enough for the tent folded 8 times, so training finds them. a true, b false, c with time
    "quiz_3",
    "b3",
    {
        "a": "The right weights exist. In how many of 20 starts did the lesson find two folds, with 13 parameters?",
        "c": "Time helps a training that is on its way. When all units of a layer are dead, what can time do?",
        "1": "It is the other way round: 49 are enough. Another of the three questions is asked.",
        "2": "The cost falls, but to where? Downhill leads to some valley, not always to the lowest.",
    },
)

quiz_4 = Choice(  # 24 random ReLU units, flat or 3 x 8: more pieces? a deep by far, b flat by far, c about equal
    "quiz_4",
    "c1",
    {
        "a": "The tent folds because its weights are chosen so. Do random weights fold well?",
        "b": "Units behind a fold can bend several times, so deep has some advantage too. Which number did the lesson find?",
        "2": "They do not: 73 and 169. And parameters are not pieces.",
        "3": "Each fold can double the pieces, if it reaches across the whole interval. Do random ones?",
    },
)

quiz_5 = Choice(  # both shapes at rate 0.1, five seeds, deep wins: a deep is better, b deep is better at that rate, c nothing
    "quiz_5",
    "b3",
    {
        "a": "They met at one rate only. What happened in the lesson at another one?",
        "c": "Something is shown: five seeds at one rate. How far does it reach?",
        "1": "More seeds make the interval surer. They do not make the rate fair.",
        "2": "An equal rate looks fair. But a rate suits one shape and ruins the other.",
    },
)

progress = progress_of(
    count_flat_deep, tent, pieces, parity_flat, and_or_terms, interval_zero, fair_contest,
    quiz_1, quiz_2, quiz_3, quiz_4, quiz_5,
)  # fmt: skip
