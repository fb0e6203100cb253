"""The exercises of lesson 2, vectorization (source notes 000, 001, 002, 003)."""

import numpy as np

from .engine import Choice, FunctionExercise, Mistake, ValueExercise, progress_of


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _decimals(rng, *shape):
    """Return numbers with one decimal, none of them 0: a message shows them in full."""
    return rng.integers(1, 20, shape) * rng.choice([-1, 1], shape) / 10


# The shapes of the network 4-2-5-3-1 with m = 7 examples


def _each(letter, *entries):
    """Return {letter1: first entry, letter2: second entry, ...}, one for each layer."""
    return {f"{letter}{l}": entry for l, entry in enumerate(entries, start=1)}


shapes = ValueExercise(
    "shapes",
    {
        "X": (4, 7),
        **_each("W", (2, 4), (5, 2), (3, 5), (1, 3)),
        **_each("b", (2, 1), (5, 1), (3, 1), (1, 1)),
        **_each("Z", (2, 7), (5, 7), (3, 7), (1, 7)),
        "A4": (1, 7),
    },
    [
        Mistake(
            "weights (inputs, outputs)",
            _each("W", (4, 2), (2, 5), (5, 3), (3, 1)),
            "Your W are (inputs, outputs). In W X a row of W is one neuron, so the number of neurons comes first.",
        ),
        Mistake(
            "weights one layer late",
            _each("W", (5, 2), (3, 5), (1, 3)),
            "Your W1 belongs to layer 2. W1 leads from the 4 inputs to layer 1; the input is not counted as a layer.",
        ),
        Mistake(
            "m in the weights",
            _each("W", (2, 7), (5, 7), (3, 7), (1, 7)),
            "Your W have 7 columns, one for each example. The weights are the same for all examples: m is not in them.",
        ),
        Mistake(
            "flat biases",
            _each("b", (2,), (5,), (3,), (1,)),
            "(2,) is neither a row nor a column. Here every b is a column, so its shape has two numbers.",
        ),
        Mistake(
            "biases as numbers",
            _each("b", 2, 5, 3, 1),
            "You gave the right number of biases. A shape has two numbers: how many rows, and how many columns.",
        ),
        Mistake(
            "biases as rows",
            _each("b", (1, 2), (1, 5), (1, 3), (1, 1)),
            "Your b are rows. One row of Z is one neuron, and its bias stands in the same row of b: b is a column.",
        ),
        Mistake(
            "a bias per example",
            _each("b", (2, 7), (5, 7), (3, 7), (1, 7)),
            "Your b have m columns. A neuron has one bias for all examples; NumPy repeats it along the columns.",
        ),
        Mistake(
            "a bias per input",
            _each("b", (4, 1), (2, 1), (5, 1), (3, 1)),
            "Your b are as long as the layer before. A bias belongs to a neuron, not to one of its inputs.",
        ),
        Mistake(
            "biases one layer late",
            _each("b", (5, 1), (3, 1), (1, 1)),
            "Your b1 belongs to layer 2. b1 has one entry for each neuron of layer 1.",
        ),
        Mistake(
            "examples in rows",
            {"X": (7, 4), **_each("Z", (7, 2), (7, 5), (7, 3), (7, 1))},
            "You put one example in a row. In this course one example is a column, so m comes second.",
        ),
        Mistake(
            "X transposed",
            {"X": (7, 4)},
            "Your X has one example in a row. In this course one example is a column of X, "
            "with one feature in each row.",
        ),
        Mistake(
            "Z before the weights",
            _each("Z", (4, 7), (2, 7), (5, 7), (3, 7)),
            "Your Z have the height of the layer before. W changes it: one row of Z is one neuron of its own layer.",
        ),
        Mistake(
            "only one example",
            _each("Z", (2, 1), (5, 1), (3, 1), (1, 1)),
            "Your Z are columns: that is one example. With m examples side by side Z has m columns.",
        ),
        Mistake(
            "Z as high as deep",
            _each("Z", (4, 7), (4, 7), (4, 7), (4, 7)),
            "All your Z have 4 rows. 4 is the number of layers; the rows of Z are the neurons of one layer.",
        ),
        Mistake(
            "flat output",
            {"A4": (7,)},
            "Your A4 is flat. Applying the activation keeps the shape of Z4: two numbers, also when there is one row.",
        ),
        Mistake(
            "output as a column",
            {"A4": (7, 1)},
            "Your A4 has one example in a row. The examples stay columns up to the last layer.",
        ),
    ],
)


# One layer, one example, two loops


def _layer_loop(W, b, x):
    return _sigmoid(W @ x + b)


def _layer_loop_cases(rng):
    return [(_decimals(rng, n, n_in), _decimals(rng, n), _decimals(rng, n_in)) for n, n_in in [(2, 3), (4, 2), (3, 3)]]


def _looped(units, inputs, product):
    """Return the sums over k of product(j, k), one for each j, as two loops make them."""
    return np.array([sum(product(j, k) for k in range(inputs)) for j in range(units)])


layer_loop = FunctionExercise(
    _layer_loop,
    _layer_loop_cases,
    [
        Mistake(
            "indices swapped",
            lambda W, b, x: _sigmoid(_looped(len(b), len(x), lambda j, k: W[k, j] * x[k]) + b),
            "You wrote W[k, j], with the input first. The row of W is the neuron j, the column is the input k.",
        ),
        Mistake(
            "limits swapped",
            lambda W, b, x: _sigmoid(_looped(len(x), len(b), lambda j, k: W[j, k] * x[k]) + b),
            "The two loops have exchanged their limits. `W.shape` is (neurons, inputs): which loop goes over which?",
        ),
        Mistake(
            "x with the neuron's index",
            lambda W, b, x: _sigmoid(_looped(len(b), len(x), lambda j, k: W[j, k] * x[j]) + b),
            "x takes the index of the neuron here. Each weight W[j, k] belongs to the input k.",
        ),
        Mistake(
            "only the last product",
            lambda W, b, x: _sigmoid(W[:, -1] * x[-1] + b),
            "Only the product of the last input is left: each turn of the inner loop replaces "
            "the sum instead of adding to it.",
        ),
        Mistake(
            "only the last product, no bias",
            lambda W, b, x: _sigmoid(W[:, -1] * x[-1]),
            "Only the product of the last input is left, even without the bias: each turn of the inner loop replaces z "
            "instead of adding to it.",
        ),
        Mistake(
            "sum not reset",
            lambda W, b, x: _sigmoid(np.cumsum(W @ x) + b),
            "The first neuron is right, the next ones still hold its sum. Where in the loops does the sum start at 0?",
        ),
        Mistake(
            "z not reset",
            lambda W, b, x: _sigmoid(np.cumsum(W @ x + b)),
            "The first neuron is right, the next ones still hold its z, sum and bias. Where "
            "in the loops does z start anew?",
        ),
        Mistake(
            "bias at every input",
            lambda W, b, x: _sigmoid(W @ x + len(x) * b),
            "The bias is added in the inner loop, once for each input. A neuron has its bias only once.",
        ),
        Mistake(
            "bias forgotten",
            lambda W, b, x: _sigmoid(W @ x),
            "This is the answer without the bias: each neuron still has to add its own b[j].",
        ),
        Mistake(
            "no activation",
            lambda W, b, x: W @ x + b,
            "This is z. The last step is missing: the sigmoid, which turns z into a.",
        ),
        Mistake(
            "sign of the exponent",
            lambda W, b, x: 1 / (1 + np.exp(W @ x + b)),
            "The sums are right, but this sigmoid falls where it should rise. Look at the sign of its exponent.",
        ),
        Mistake(
            "brackets in the sigmoid",
            lambda W, b, x: 1 / 1 + np.exp(-(W @ x + b)),
            "The sums are right. In the sigmoid the division reaches only the 1: the whole denominator needs brackets.",
        ),
        Mistake(
            "sigmoid of each product",
            lambda W, b, x: _looped(len(b), len(x), lambda j, k: _sigmoid(W[j, k] * x[k])) + b,
            "The sigmoid stands in the inner loop here, once for each product. It comes once for each neuron, on its z.",
        ),
        Mistake(
            "weights added",
            lambda W, b, x: _sigmoid((W + x).sum(axis=1) + b),
            "You add the weights to the inputs. Weights multiply; only the bias is added.",
        ),
        Mistake(
            "last input forgotten",
            lambda W, b, x: _sigmoid(W[:, :-1] @ x[:-1] + b),
            "The last input is missing in every sum: the inner loop stops one step too early.",
        ),
        Mistake(
            "first input forgotten",
            lambda W, b, x: _sigmoid(W[:, 1:] @ x[1:] + b),
            "The first input is missing in every sum. Python counts from 0: with which k does the inner loop start?",
        ),
        Mistake(
            "last neuron forgotten",
            lambda W, b, x: _sigmoid(W @ x + b)[:-1],
            "The last neuron is missing: the outer loop stops one step too early.",
        ),
        Mistake(
            "first neuron only",
            lambda W, b, x: _sigmoid(W @ x + b)[0],
            "This is the first neuron alone: the `return` stands inside the loop, so the others are never reached.",
        ),
        Mistake(
            "return in the loop",
            lambda W, b, x: _sigmoid(W @ x + b) * (np.arange(len(b)) == 0),
            "Only the first neuron is computed, the others are still 0: the `return` stands inside the loop.",
        ),
        Mistake(
            "list cut short",
            lambda W, b, x: _sigmoid(W @ x + b)[:1],
            "Your list holds the first neuron alone: the `return` stands inside the loop.",
        ),
        Mistake(
            "list begun anew",
            lambda W, b, x: _sigmoid(W @ x + b)[-1:],
            "Your list holds the last neuron alone: it is emptied in each turn. Where does it have to begin?",
        ),
        Mistake(
            "last neuron only",
            lambda W, b, x: _sigmoid(W @ x + b)[-1],
            "This is the last neuron alone: each turn of the loop replaces the one before. "
            "Keep a place for every a[j].",
        ),
    ],
    returns=("a",),
)


# One layer, all examples, one line


def _layer(W, b, X):
    return _sigmoid(W @ X + b)


def _layer_cases(rng):  # never one neuron: the rows of A may come in a list
    sizes = [(2, 2, 3), (3, 2, 4), (4, 3, 5), (2, 2, 2), (3, 3, 3)]
    return [(_decimals(rng, n, n_in), _decimals(rng, n, 1), _decimals(rng, n_in, m)) for n, n_in, m in sizes]


layer = FunctionExercise(
    _layer,
    _layer_cases,
    [
        Mistake(
            "star instead of @",
            lambda W, b, X: _sigmoid(W * X + b),
            "`*` multiplies entry by entry. Each entry of Z is a sum of products, a row of W with a column of X.",
        ),
        Mistake(
            "factors exchanged",
            lambda W, b, X: _sigmoid(X @ W + b),
            "You wrote X times W. The order counts in a matrix product: rows of the first "
            "factor meet columns of the second.",
        ),
        Mistake(
            "W transposed",
            lambda W, b, X: _sigmoid(W.T @ X + b),
            "W needs no transpose: its rows are already the neurons.",
        ),
        Mistake(
            "X transposed",
            lambda W, b, X: _sigmoid(W @ X.T + b),
            "X needs no transpose: its columns are already the examples.",
        ),
        Mistake(
            "b transposed",
            lambda W, b, X: _sigmoid(W @ X + b.T),
            "b needs no transpose: as a column it gives every row, that is every neuron, its own bias.",
        ),
        Mistake(
            "bias forgotten",
            lambda W, b, X: _sigmoid(W @ X),
            "This is the layer without its biases: b is not used.",
        ),
        Mistake(
            "bias multiplied",
            lambda W, b, X: _sigmoid((W @ X) * b),
            "The bias multiplies here. Weights multiply, the bias is added.",
        ),
        Mistake(
            "bias after the sigmoid",
            lambda W, b, X: _sigmoid(W @ X) + b,
            "The bias comes after the sigmoid here. It belongs to Z, before the activation.",
        ),
        Mistake(
            "bias added to X",
            lambda W, b, X: _sigmoid(W @ (X + b)),
            "The bias is added to the inputs here. First the product, then the bias.",
        ),
        Mistake(
            "same bias everywhere",
            lambda W, b, X: _sigmoid(W @ X + b[0]),
            "All neurons get the bias of the first one. Use the whole column b.",
        ),
        Mistake(
            "no activation",
            lambda W, b, X: W @ X + b,
            "This is Z. The sigmoid is missing, which turns Z into A.",
        ),
        Mistake(
            "sign of the exponent",
            lambda W, b, X: 1 / (1 + np.exp(W @ X + b)),
            "Z is right, but this sigmoid falls where it should rise. Look at the sign of its exponent.",
        ),
        Mistake(
            "minus before the product only",
            lambda W, b, X: _sigmoid(W @ X - b),
            "The bias enters with the wrong sign. In the exponent, does the minus stand before all of Z, or before W X alone?",
        ),
        Mistake(
            "brackets in the sigmoid",
            lambda W, b, X: 1 / 1 + np.exp(-(W @ X + b)),
            "Z is right. In the sigmoid the division reaches only the 1: the whole denominator needs brackets.",
        ),
        Mistake(
            "examples in rows",
            lambda W, b, X: _sigmoid(W @ X + b).T,
            "The numbers are right, but each example is a row now. Keep one example in one column.",
        ),
        Mistake(
            "first example only",
            lambda W, b, X: _sigmoid(W @ X[:, [0]] + b),
            "This is the first example alone. The same product works with all columns of X at once.",
        ),
    ],
    returns=("A",),
    vectorized=True,
)


# A flat b of shape (n,)


def _column_bias(W, b, X):
    return W @ X + b[:, None]


def _column_bias_cases(rng):
    sizes = [(2, 1, 2), (2, 3, 3), (3, 2, 1), (4, 3, 2), (3, 3, 3)]
    return [(_decimals(rng, n, n_in), _decimals(rng, n), _decimals(rng, n_in, m)) for n, n_in, m in sizes]


def _first_example_only(W, b, X):
    Z = W @ X
    Z[:, 0] += b
    return Z


column_bias = FunctionExercise(
    _column_bias,
    _column_bias_cases,
    [
        Mistake(
            "b as a row",
            lambda W, b, X: W @ X + b,
            "NumPy takes a flat b for a row, and `b.T` does not change that. But b[j] belongs to all of row j.",
        ),
        Mistake(
            "examples in rows",
            lambda W, b, X: (W @ X).T + b,
            "Each neuron meets its own bias here, well seen. But each example is a row now: turn the result back.",
        ),
        Mistake(
            "filled row by row",
            lambda W, b, X: W @ X + np.resize(b, (len(b), X.shape[1])),
            "You fill an (n, m) array line after line, so that one row holds different biases. Row j needs b[j] alone.",
        ),
        Mistake(
            "same bias everywhere",
            lambda W, b, X: W @ X + b[0],
            "All neurons get the bias of the first one here. Row j needs b[j].",
        ),
        Mistake(
            "sum of the biases",
            lambda W, b, X: W @ X + b.sum(),
            "Every neuron gets the sum of all biases here. Row j needs b[j] alone.",
        ),
        Mistake(
            "mean of the biases",
            lambda W, b, X: W @ X + b.mean(),
            "Every neuron gets the mean of the biases here. Row j needs b[j] alone.",
        ),
        Mistake(
            "first example only",
            _first_example_only,
            "Only the first column gets the biases. Every example needs them.",
        ),
        Mistake(
            "bias forgotten",
            lambda W, b, X: W @ X,
            "This is W X without the biases: b is not used.",
        ),
        Mistake(
            "bias multiplied",
            lambda W, b, X: W @ X * b[:, None],
            "Each bias stands in its own row now, but it multiplies. The bias is added.",
        ),
        Mistake(
            "sigmoid not asked",
            lambda W, b, X: _sigmoid(W @ X + b[:, None]),
            "The biases are right. But this is A: only Z is asked here, without the sigmoid.",
        ),
    ],
    returns=("Z",),
    vectorized=True,
)


# How many parameters


def _count(sizes):
    return sum((n_in + 1) * n_out for n_in, n_out in zip(sizes, sizes[1:]))


def _count_cases(rng):
    return [([2, 1],), ([4, 2, 5, 3, 1],), ([64, 32, 10],), ([3, 3, 3],)]


def _weights(sizes):
    """Return the number of weights alone."""
    return sum(n_in * n_out for n_in, n_out in zip(sizes, sizes[1:]))


count = FunctionExercise(
    _count,
    _count_cases,
    [
        Mistake(
            "biases forgotten",
            _weights,
            "These are the weights. The biases are parameters too.",
        ),
        Mistake(
            "inputs with biases",
            lambda sizes: _weights(sizes) + sum(sizes),
            "You gave the inputs biases too. An input is only a number that comes in: the biases start with layer 1.",
        ),
        Mistake(
            "bias per input",
            lambda sizes: _weights(sizes) + sum(sizes[:-1]),
            "You counted one bias for each input of a layer. A bias belongs to a neuron of the layer itself.",
        ),
        Mistake(
            "one bias per layer",
            lambda sizes: _weights(sizes) + len(sizes) - 1,
            "You counted one bias for each layer. b is a column: every neuron has its own.",
        ),
        Mistake(
            "one bias too many",
            lambda sizes: _weights(sizes) + len(sizes),
            "You counted one bias for each entry of `sizes`. The input has none; in a layer every neuron has its own.",
        ),
        Mistake(
            "neurons counted",
            lambda sizes: sum(sizes),
            "This counts inputs and neurons. A parameter is a number that training changes: an entry of a W or of a b.",
        ),
        Mistake(
            "only the biases",
            lambda sizes: sum(sizes[1:]),
            "These are the biases. The weights are missing: each W has rows times columns entries.",
        ),
        Mistake(
            "everything multiplied",
            lambda sizes: int(np.prod(sizes)),
            "You multiplied all sizes. Only neighbors are connected: count one layer after the other, and add.",
        ),
        Mistake(
            "last layer forgotten",
            lambda sizes: _count(sizes[:-1]),
            "The last layer is missing: the loop stops one step too early.",
        ),
        Mistake(
            "first layer forgotten",
            lambda sizes: _count(sizes[1:]),
            "Layer 1 is missing: its weights lead from the inputs, sizes[0], to its neurons, sizes[1].",
        ),
        Mistake(
            "first layer only",
            lambda sizes: _count(sizes[:2]),
            "Only layer 1 is counted: does the `return` stand inside the loop?",
        ),
        Mistake(
            "last layer only",
            lambda sizes: _count(sizes[-2:]),
            "Only the last layer is counted: does each turn of the loop replace the total?",
        ),
        Mistake(
            "loop starts at 0",
            lambda sizes: sum(sizes[l] * sizes[l - 1] + sizes[l] for l in range(len(sizes))),
            "The loop starts at l = 0, where `sizes[l - 1]` is the last size. Which is the "
            "first layer with parameters?",
        ),
        Mistake(
            "one step too far",
            lambda sizes: sum((sizes[l] + 1) * sizes[l + 1] for l in range(len(sizes))),
            "The list of sizes is read past its end: does the loop go one step too far? Or is your l a size, and no place in the list?",
            any_words=True,
        ),
    ],
    returns=("the number of parameters",),
)


# L layers, one after the other


def _forward(W, b, X):
    A = X
    for l in range(1, len(W)):
        A = _sigmoid(W[l] @ A + b[l])
    return A


def _forward_cases(rng):
    nets = [([2, 1], 3), ([2, 3, 1], 4), ([3, 4, 2, 5], 6), ([3, 3, 3, 3], 3)]
    return [(*_parameters(rng, sizes), _decimals(rng, sizes[0], m)) for sizes, m in nets]


def _parameters(rng, sizes):
    """Return the lists W and b; their first entries are None, so that W[l] belongs to layer l."""
    W = [None, *(_decimals(rng, n, n_in) for n_in, n in zip(sizes, sizes[1:]))]
    return W, [None, *(_decimals(rng, n, 1) for n in sizes[1:])]


def _layers(W, b, X, step):
    """Return what the last layer gives when layer l makes ``step(l, A)`` out of A."""
    A = X
    for l in range(1, len(W)):
        A = step(l, A)
    return A


def _z_passed_on(W, b, X):
    return _sigmoid(_layers(W, b, X, lambda l, A: W[l] @ A + b[l]))


def _list_of_layers(W, b, X):
    A = [X]
    for l in range(1, len(W)):
        A.append(_sigmoid(W[l] @ A[l - 1] + b[l]))
    return A


forward = FunctionExercise(
    _forward,
    _forward_cases,
    [
        Mistake(
            "z passed on",
            _z_passed_on,
            "Each layer gets the Z of the layer before. It needs A: Z after the activation. "
            "(A source note has this slip.)",
        ),
        Mistake(
            "X in every layer",
            lambda W, b, X: _layers(W, b, X, lambda l, A: _sigmoid(W[l] @ X + b[l])),
            "Every layer takes X here. Only layer 1 may: the next ones take A of the layer "
            "before. (A source note has this slip.)",
        ),
        Mistake(
            "end without activation",
            lambda W, b, X: W[-1] @ _forward(W[:-1], b[:-1], X) + b[-1],
            "The hidden layers are right, but the last layer gives its Z. Its activation is missing.",
        ),
        Mistake(
            "no activation at all",
            lambda W, b, X: _layers(W, b, X, lambda l, A: W[l] @ A + b[l]),
            "There is no activation in any layer here. Each layer takes two steps: Z, then A.",
        ),
        Mistake(
            "biases forgotten",
            lambda W, b, X: _layers(W, b, X, lambda l, A: _sigmoid(W[l] @ A)),
            "This is the network without its biases: b is not used.",
        ),
        Mistake(
            "last layer forgotten",
            lambda W, b, X: _forward(W[:-1], b[:-1], X),
            "The last layer is missing: the loop stops one step too early. `range` leaves out its upper end.",
        ),
        Mistake(
            "first layer forgotten",
            lambda W, b, X: _forward([None, *W[2:]], [None, *b[2:]], X),
            "The loop starts with layer 2. X goes into layer 1 first.",
        ),
        Mistake(  # of the mistakes that raise in every case, one for each kind of exception
            "a list, or None, in the formula",
            lambda W, b, X: _sigmoid(W[0] @ X + b[0]),
            "W and b are lists, one entry for each layer, and W[0] is None: the input has no weights. Does a whole list stand "
            "where one entry belongs, or does the loop begin with W[0]?",
            any_words=True,
        ),
        Mistake(
            "no place in the list",
            lambda W, b, X: [W[l] for l in range(W)],
            "W and b are lists, and W[0] and b[0] are None. Does a list stand where a whole number belongs, in `range` or in "
            "square brackets? And with which l does your loop begin?",
            any_words=True,
        ),
        Mistake(
            "one step too far",
            lambda W, b, X: W[len(W)] @ X,
            "Is a list read past its end? W goes from W[0] to W[L], and `len(W)` tells how far that is. (A list of your "
            "own grows by `append` only.)",
            any_words=True,
        ),
        Mistake(
            "layers in reverse",
            lambda W, b, X: _forward([None, *W[:0:-1]], [None, *b[:0:-1]], X),
            "The layers come in reverse order. X enters at layer 1, and the last layer gives the answer.",
        ),
        Mistake(
            "W transposed",
            lambda W, b, X: _layers(W, b, X, lambda l, A: _sigmoid(W[l].T @ A + b[l])),
            "W[l] needs no transpose: its rows are the neurons of layer l, its columns the "
            "neurons of the layer before.",
        ),
        Mistake(
            "return in the loop",
            lambda W, b, X: _forward(W[:2], b[:2], X),
            "This is the answer of layer 1: the `return` stands inside the loop. Look at how far it is indented.",
        ),
        Mistake(
            "list of all layers",
            _list_of_layers,
            "You return the list of all A, well computed. Only its last entry is asked here.",
        ),
        Mistake(
            "list without X",
            lambda W, b, X: _list_of_layers(W, b, X)[1:],
            "You return the list of all A, well computed. Only its last entry is asked here.",
        ),
        Mistake(
            "examples in rows",
            lambda W, b, X: _forward(W, b, X).T,
            "The numbers are right, but each example is a row now. Keep one example in one column.",
        ),
    ],
    returns=("A[L]",),
)


# The planted bug: labels of shape (m, 1)


def _square_accuracy(A, y):
    return np.mean((A[0] >= 0.5) == y.ravel())


def _square_accuracy_cases(rng):
    small = np.array([[0.9, 0.2, 0.4, 0.1]]), np.array([[1], [1], [0], [0]])
    flat = np.array([[0.8, 0.3, 0.6, 0.7, 0.9]]), np.array([1, 0, 1, 1, 1])  # all are right
    row = np.array([[0.0, 0.7, 0.4, 0.1, 0.8, 1.0]]), np.array([[0, 1, 1, 0, 0, 1]])  # a may be equal to y
    half = np.array([[0.5, 0.6, 0.2, 0.9, 0.5, 0.3]]), np.array([[1], [0], [0], [1], [1], [1]])
    return [small, flat, row, half]


square_accuracy = FunctionExercise(
    _square_accuracy,
    _square_accuracy_cases,
    [
        Mistake(
            "every pair compared",
            lambda A, y: np.mean((A >= 0.5) == y),
            "A row, or a flat array, and a column give an (m, m) table, without an error: every answer meets every "
            "label. Make both shapes equal first.",
        ),
        Mistake(
            "y transposed",
            lambda A, y: np.mean((A >= 0.5) == y.T),
            "`y.T` repairs y of shape (m, 1), but spoils y of shape (1, m). Find a way that "
            "gives one shape whatever y is.",
        ),
        Mistake(
            "A transposed",
            lambda A, y: np.mean((A.T >= 0.5) == y),
            "`A.T` fits y of shape (m, 1), but not the other two. Find a way that gives both one shape, whatever y is.",
        ),
        Mistake(
            "y made a column",
            lambda A, y: np.mean((A >= 0.5) == y.reshape(-1, 1)),
            "You make y a column, but A is a row: so every answer meets every label. Both need the same shape.",
        ),
        Mistake(
            "y[0] taken",
            lambda A, y: np.mean((A >= 0.5) == y[0]),
            "`y[0]` is all labels only when y has shape (1, m). Else it is the first label alone, "
            "and every answer meets that one.",
        ),
        Mistake(
            "first column taken",
            lambda A, y: np.mean((A.ravel() >= 0.5) == y[:, 0]),
            "`y[:, 0]` is all labels only when y is a column. Find a way for all three shapes of y.",
        ),
        Mistake(
            "counted, not a share",
            lambda A, y: np.sum((A.ravel() >= 0.5) == y.ravel()),
            "This is the number of right answers. Accuracy is their share.",
        ),
        Mistake(
            "divided by the rows",
            lambda A, y: np.sum((A.ravel() >= 0.5) == y.ravel()) / len(y),
            "You divide by `len(y)`, the number of rows of y. That is m for two of its shapes. What is it for (1, m)?",
        ),
        Mistake(
            "in percent",
            lambda A, y: 100 * _square_accuracy(A, y),
            "This is the accuracy in percent. Here a share between 0 and 1 is asked.",
        ),
        Mistake(
            "share of errors",
            lambda A, y: 1 - _square_accuracy(A, y),
            "This is the share of wrong answers. Accuracy is the share of right ones.",
        ),
        Mistake(
            "no threshold",
            lambda A, y: np.mean(A.ravel() == y.ravel()),
            "A holds probabilities, hardly ever equal to 0 or 1. First decide for each "
            "example: at least one half, or less?",
        ),
        Mistake(
            "brackets of ravel",
            lambda A, y: np.mean((A.ravel() >= 0.5) == y.ravel),
            "This is 0 whatever A and y hold. Is a name such as `ravel` written without its brackets? Then nothing is made "
            "flat: the function itself is compared, and it equals no number.",
        ),
        Mistake(
            "whole division",
            lambda A, y: np.sum((A.ravel() >= 0.5) == y.ravel()) // y.size,
            "This is 1 when every answer is right, and else 0. Is the share cut to a whole number, or do you ask whether "
            "all are right?",
        ),
        Mistake(
            "one half excluded",
            lambda A, y: np.mean((A.ravel() > 0.5) == y.ravel()),
            "Nearly right: what if a is exactly one half? This course then answers 1. (np.round makes it 0.)",
        ),
        Mistake(
            "labels not used",
            lambda A, y: np.mean(A >= 0.5),
            "This is the share of examples answered with 1. The labels y are not used.",
        ),
        Mistake(
            "only the ones",
            lambda A, y: np.mean((A.ravel() >= 0.5) & (y.ravel() == 1)),
            "Only examples with label 1 count here. A 0 that is answered with 0 is right as well.",
        ),
        Mistake(
            "only the zeros",
            lambda A, y: np.mean((A.ravel() < 0.5) & (y.ravel() == 0)),
            "Only examples with label 0 count here. A 1 that is answered with 1 is right as well.",
        ),
    ],
    returns=("the accuracy",),
)


# The row form


def _to_rows(W, b, X_rows):
    return X_rows @ W.T + b.T


def _to_rows_cases(rng):
    sizes = [(3, 2, 1), (5, 3, 4), (4, 2, 4), (3, 3, 3)]
    return [(_decimals(rng, n, n_in), _decimals(rng, n, 1), _decimals(rng, m, n_in)) for m, n_in, n in sizes]


to_rows = FunctionExercise(
    _to_rows,
    _to_rows_cases,
    [
        Mistake(
            "column form",
            lambda W, b, X_rows: W @ X_rows.T + b,
            "This is the column form: the numbers are right, but each example is a column again.",
        ),
        Mistake(
            "order kept",
            lambda W, b, X_rows: W.T @ X_rows + b.T,
            "You transposed W, but the factors keep their order. The transpose of a product reverses it.",
        ),
        Mistake(
            "order and X kept",
            lambda W, b, X_rows: W.T @ X_rows.T + b.T,
            "You transposed both factors, but they keep their order. And X_rows is the transposed X already.",
        ),
        Mistake(
            "nothing transposed",
            lambda W, b, X_rows: W @ X_rows + b,
            "This is the column form, with X_rows in the place of X. Transpose both sides of Z = W X + b first.",
        ),
        Mistake(
            "order alone",
            lambda W, b, X_rows: X_rows @ W + b,
            "The order is right, but nothing is transposed: neither W nor b.",
        ),
        Mistake(
            "W not transposed",
            lambda W, b, X_rows: X_rows @ W + b.T,
            "The order is right, but W is not transposed. A row of X_rows must meet a row of "
            "W, the weights of one neuron.",
        ),
        Mistake(
            "X transposed again",
            lambda W, b, X_rows: X_rows.T @ W.T + b.T,
            "X_rows is the transposed X already, and here it is transposed once more.",
        ),
        Mistake(
            "b not transposed",
            lambda W, b, X_rows: X_rows @ W.T + b,
            "The product is right, but b is still a column. In the row form a neuron is a "
            "column. (A source note has this slip.)",
        ),
        Mistake(
            "bias row per input",
            lambda W, b, X_rows: X_rows @ W.T + np.tile(b.T, (X_rows.shape[1], 1)),
            "Your bias has one row for each input, but a row of Z is an example. (A source note has this slip.)",
        ),
        Mistake(
            "bias forgotten",
            lambda W, b, X_rows: X_rows @ W.T,
            "The product is right. The biases are missing: b is not used.",
        ),
        Mistake(
            "same bias everywhere",
            lambda W, b, X_rows: X_rows @ W.T + b[0],
            "All neurons get the bias of the first one. Use all of b.",
        ),
        Mistake(
            "sigmoid not asked",
            lambda W, b, X_rows: _sigmoid(X_rows @ W.T + b.T),
            "The row form is right. But this is A: only Z is asked here, without the sigmoid.",
        ),
    ],
    returns=("Z_rows",),
    vectorized=True,
)


# The quiz

quiz_1 = Choice(  # one more example: a X, b X Z A, c X Z A b
    "quiz_1",
    "b2",
    {
        "a": "W X has as many columns as X. What follows for Z, and then for A?",
        "c": "b has one entry for each neuron; it is only repeated along the examples. Are there more neurons now?",
        "1": "b is added to every example, but it is one and the same column. Which of the five have a column for each example?",
        "3": "The inner numbers are equal before and after. Which axis of X is new?",
    },
)

quiz_2 = Choice(  # b (4, 1) minus E.sum(axis=1), E (4, 7): a (4, 1), b (4, 4), c an error
    "quiz_2",
    "b1",
    {
        "a": "It would be, with keepdims=True. What is the shape of E.sum(axis=1) without it?",
        "c": "NumPy compares shapes from the right and repeats wherever a number is 1. It finds a way here.",
        "2": "The axis that is summed disappears: no column is left, but a flat array.",
        "3": "They do fit: (4,) counts as (1, 4). What do a column and a row of four make together?",
    },
)

quiz_3 = Choice(  # which loop stays: a examples, b neurons, c layers
    "quiz_3",
    "c2",
    {
        "a": "The examples do not need each other: they are the columns of one product.",
        "b": "The neurons of a layer do not need each other: they are the rows of one product.",
        "1": "Size is not the reason. Could you start with layer 2 before layer 1 is finished?",
        "3": "Each neuron of a layer has weights of its own, too, and still all of them fit into one W.",
    },
)

quiz_4 = Choice(  # 64-32-10 with 1,797 images, A1: a (64, 32), b (1797, 32), c (32, 1797)
    "quiz_4",
    "c3",
    {
        "a": "Those are the numbers of the weights. A holds one number for each neuron and each example.",
        "b": "That is one example in a row. How does this course lay the examples?",
        "1": "That describes the weights, W. What stands in one cell of A?",
        "2": "In this course the examples are the columns, and columns are counted second.",
    },
)

quiz_5 = Choice(  # row library, weights (64, 32): a 64 neurons, b 32 neurons, c m neurons
    "quiz_5",
    "b3",
    {
        "a": "In X @ W the inner numbers must be equal. So how many numbers does one example have?",
        "c": "No weight knows the number of examples.",
        "1": "That is so in this course, where W comes first. Here X comes first: what do its rows meet?",
        "2": "Sizes of neighboring layers may be any two numbers. What does a row of inputs meet?",
    },
)

progress = progress_of(
    shapes, layer_loop, layer, column_bias, count, forward, square_accuracy, to_rows, quiz_1, quiz_2, quiz_3, quiz_4, quiz_5
)  # fmt: skip
