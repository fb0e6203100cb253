"""The exercises of lesson 5c, Jacobians and the row convention (notes 001 and 003: what they misprint is among the mistakes).

One example, columns: x, z, a, b, u have one column; a row of slopes has shape (1, n). All activations are sigmoids.
"""

import numpy as np

from .engine import Choice, FunctionExercise, Mistake, progress_of


def _numbers(rng, *shape):
    """Return numbers with one decimal, none of them 0: a message shows them in full."""
    return rng.integers(1, 20, shape) * rng.choice([-1, 1], shape) / 10


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _slope(z):
    return _sigmoid(z) * (1 - _sigmoid(z))


# The two Jacobians of z = W x + b


def _affine_jacobian(W, b, x):
    return np.array(W), np.eye(len(b))


def _affine_cases(rng):
    sizes = [(1, 2), (2, 2), (2, 3), (4, 3), (3, 3)]
    return [(_numbers(rng, n, n_before), _numbers(rng, n, 1), _numbers(rng, n_before, 1)) for n, n_before in sizes]


affine_jacobian = FunctionExercise(
    _affine_jacobian,
    _affine_cases,
    [
        Mistake(
            "turned",
            lambda W, b, x: (W.T, np.eye(len(b))),
            "The first table is turned. Row i belongs to the output z_i, column j to the input x_j.",
        ),
        Mistake(
            "exchanged",
            lambda W, b, x: (np.eye(len(b)), W),
            "The two tables have changed places: first by x, then by b.",
        ),
        Mistake(
            "only by x",
            lambda W, b, x: W,
            "The Jacobian by x is right. Return the one by b as well, after it.",
        ),
        Mistake(
            "a column of ones",
            lambda W, b, x: (W, np.ones(b.shape)),
            "A column is too little for b: it says how z_i moves with b_i only. Each z_i has a slope in every entry of b.",
        ),
        Mistake(
            "ones everywhere",
            lambda W, b, x: (W, np.ones((len(b), len(b)))),
            "b_j moves z_j alone. What is the slope of z_i in the bias of another unit?",
        ),
        Mistake(
            "the number 1",
            lambda W, b, x: (W, 1.0),
            "For single numbers the slope by b is 1. Here z and b have n entries each, so it is a table of n rows.",
        ),
        Mistake(
            "b does not count",
            lambda W, b, x: (W, np.zeros((len(b), len(b)))),
            "The slopes by b are all 0 here, as if b were a constant. But b is what we nudge in the second table.",
        ),
        Mistake(
            "as large as x",
            lambda W, b, x: (W, np.eye(len(x))),
            "The second table is as large as x. Its columns belong to the entries of b.",
        ),
        Mistake(
            "slopes by W",
            lambda W, b, x: (np.tile(x.T, (len(b), 1)), np.eye(len(b))),
            "The first table repeats x: these are slopes by the weights. Here x is nudged, and W stands still.",
        ),
        Mistake(
            "divided by h",
            lambda W, b, x: (2 * W, 2 * np.eye(len(b))),
            "Everything is twice too large: z(x + h) and z(x - h) are 2h apart, not h.",
        ),
        Mistake(
            "one side, divided by 2h",
            lambda W, b, x: (W / 2, np.eye(len(b)) / 2),
            "Everything is half of it: z(x + h) and z(x) are only h apart.",
        ),
        Mistake(
            "everything nudged at once",
            lambda W, b, x: (W.sum(axis=1, keepdims=True), np.ones(b.shape)),
            "All entries of x are nudged together. One at a time: each gives one column.",
        ),
    ],
    returns=("dz_dx", "dz_db"),
)


# The row of error, by the diagonal Jacobian and entry by entry


def _diag_or_hadamard(u, z):
    slope = _slope(z)
    return u.T @ np.diagflat(slope), u.T * slope.T


def _diag_cases(rng):
    return [(_numbers(rng, n, 1), _numbers(rng, n, 1)) for n in (1, 2, 3, 5)]


def _both(row):
    """Return the answer that gives ``row(u, z)`` twice."""

    def answer(u, z):
        return row(u, z), row(u, z)

    return answer


def _right_row(u, z):
    return u.T * _slope(z).T


diag_or_hadamard = FunctionExercise(
    _diag_or_hadamard,
    _diag_cases,
    [
        Mistake(
            "entry by entry with the diagonal matrix",
            lambda u, z: (_right_row(u, z), u.T * np.diagflat(_slope(z))),
            "So prints note 001. NumPy repeats the row u for every row of the matrix and gives a square. "
            "Entry by entry, the factor is the row of slopes.",
        ),
        Mistake(
            "diagonal of a column",
            lambda u, z: (u.T @ np.diag(_slope(z)), _right_row(u, z)),
            "`np.diag` of a column takes a diagonal out of it. It makes a matrix only of a flat array.",
        ),
        Mistake(
            "a number",
            lambda u, z: (_right_row(u, z), u.T @ _slope(z)),
            "A row times the column of slopes is one number: it adds the entries up. The second way keeps them apart.",
        ),
        Mistake(
            "column times row",
            lambda u, z: (_right_row(u, z), u * _slope(z).T),
            "A column times a row is a square, also with `*`. Turn u as well: row times row.",
        ),
        Mistake(
            "row times column",
            lambda u, z: (_right_row(u, z), u.T * _slope(z)),
            "A row times a column with `*` is a square. Turn the slopes as well: row times row.",
        ),
        Mistake(
            "columns",
            _both(lambda u, z: u * _slope(z)),
            "The numbers are right, but they stand in columns. The Jacobian of one number is a row.",
        ),
        Mistake(
            "second one a column",
            lambda u, z: (_right_row(u, z), u * _slope(z)),
            "The second one is a column: that is the shape convention. Here both are asked as rows.",
        ),
        Mistake(
            "flat",
            _both(lambda u, z: _right_row(u, z)[0]),
            "The numbers are right, but the arrays are flat. A row has the shape (1, n).",
        ),
        Mistake(
            "slope forgotten",
            _both(lambda u, z: u.T.copy()),
            "These are the slopes of s in h, the row u. On the way to z the sigmoid has a slope too.",
        ),
        Mistake(
            "h for its slope",
            _both(lambda u, z: u.T * _sigmoid(z).T),
            "u is multiplied by h itself. The slope of the sigmoid is h (1 - h).",
        ),
        Mistake(
            "z for h in the slope",
            _both(lambda u, z: u.T * (z * (1 - z)).T),
            "You wrote z (1 - z). The slope of the sigmoid is h (1 - h), with h the sigmoid of z.",
        ),
        Mistake(
            "one way only",
            _right_row,
            "One row is there. Return both: first with the diagonal matrix, then entry by entry.",
        ),
    ],
    returns=("by_matrix", "by_entries"),
    vectorized=True,
)


# dz/dW, the table with the many zeros


def _kron(x, n):
    return np.kron(np.eye(n), x.T) + 0.0  # 0 times a negative x is -0, and no message should say so


def _kron_cases(rng):
    return [(_numbers(rng, n_before, 1), n) for n_before, n in [(2, 2), (1, 3), (3, 1), (3, 2), (3, 3)]]


kron = FunctionExercise(
    _kron,
    _kron_cases,
    [
        Mistake(
            "W column by column",
            lambda x, n: np.kron(x.T, np.eye(n)),
            "You go through W column by column. Here its entries are listed row by row, "
            "so the n₀ weights of one unit stand together.",
        ),
        Mistake(
            "x not turned",
            lambda x, n: np.kron(np.eye(n), x),
            "Here x stands as a column in every block. A row belongs to one output z_i, so x must lie.",
        ),
        Mistake(
            "turned, columns first",
            lambda x, n: np.kron(x, np.eye(n)),
            "The factors have changed places, and x is not turned. Each 1 of the identity becomes a lying x.",
        ),
        Mistake(
            "identity as large as x",
            lambda x, n: np.kron(np.eye(len(x)), x.T),
            "There is a row for each input. The rows belong to the outputs z_i: there are n of them.",
        ),
        Mistake(
            "no zeros",
            lambda x, n: np.tile(x.T, (n, n)),
            "Every weight moves every output here. A weight of unit i moves z_i alone: elsewhere its slope is 0.",
        ),
        Mistake(
            "one copy in each row",
            lambda x, n: np.tile(x.T, (n, 1)),
            "This has the shape of W. The Jacobian has a column for each of the n n₀ weights, most of them 0.",
        ),
        Mistake(
            "one row",
            lambda x, n: np.tile(x.T, (1, n)),
            "The outputs are added into one row. Each output z_i has its own row.",
        ),
        Mistake(
            "three axes",
            lambda x, n: np.kron(np.eye(n), x.T).reshape(n, n, -1),
            "The numbers are right, in an array with three axes: output, row of W, column of W. "
            "List the entries of W in one row.",
        ),
        Mistake(
            "ones for x",
            lambda x, n: np.kron(np.eye(n), np.ones((1, len(x)))),
            "The zeros stand right. But the slope of z_i in a weight is the input of that weight, not 1.",
        ),
        Mistake(
            "the identity",
            lambda x, n: np.eye(n),
            "That is the Jacobian by b: a bias has the input 1. A weight has the input x_j.",
        ),
        Mistake(
            "only one unit",
            lambda x, n: x.T.copy(),
            "That is right for one unit. With n of them each has its own row and its own n₀ columns.",
        ),
    ],
    returns=("dz_dW",),
)


# TD 6, question 2.4: the row of beta[3], and that of beta[1]


def _td6_beta3(W4, z4, z3, a2):
    delta4 = _slope(z4)
    delta3 = delta4 * W4 * _slope(z3).T
    return np.hstack([(delta3.T @ a2.T).reshape(1, -1), delta3])


def _beta3_cases(rng):
    sizes = [(1, 2), (2, 2), (3, 5), (3, 3)]  # units of layer 3, of layer 2
    return [
        (_numbers(rng, 1, n), _numbers(rng, 1, 1), _numbers(rng, n, 1), rng.integers(1, 10, (n_before, 1)) / 10)
        for n, n_before in sizes
    ]


def _block(delta, a_before):
    """Return the row for W, listed row by row, and then b."""
    return np.hstack([delta @ np.kron(np.eye(delta.size), a_before.T), delta])


def _delta3(W4, z4, z3):
    return _slope(z4) * W4 * _slope(z3).T


def _of_delta3(delta):
    """Return the answer whose error row is ``delta(W4, z4, z3)``."""

    def answer(W4, z4, z3, a2):
        return _block(delta(W4, z4, z3), a2)

    return answer


def _each_bias_behind_its_row(W4, z4, z3, a2):
    delta = _delta3(W4, z4, z3)
    return np.hstack([d * np.vstack([a2, [[1.0]]]).T for d in delta[0]])


def _as_in_W4(W4, z4, z3, a2):
    local = np.hstack([np.kron(np.eye(z3.size), a2.T), np.eye(z3.size)])
    return np.diagflat(_slope(z3)) @ local


td6_beta3 = FunctionExercise(
    _td6_beta3,
    _beta3_cases,
    [
        Mistake(
            "the last Jacobian left out",
            lambda W4, z4, z3, a2: _delta3(W4, z4, z3),
            "Here you stop at the error row of layer 3, as note 001 does. "
            "What is missing is the Jacobian of z[3] by its weights and biases.",
        ),
        Mistake(
            "biases forgotten",
            lambda W4, z4, z3, a2: _block(_delta3(W4, z4, z3), a2)[:, : -z3.size],
            "The weights are right. β[3] holds the biases too: their slopes come last.",
        ),
        Mistake(
            "each bias behind its row",
            _each_bias_behind_its_row,
            "Each bias stands behind the weights of its unit. In β[3] all weights come first, then all biases.",
        ),
        Mistake(
            "W column by column",
            lambda W4, z4, z3, a2: np.hstack([np.kron(a2.T, _delta3(W4, z4, z3)), _delta3(W4, z4, z3)]),
            "The weights are listed column by column. In β[3] the rows of W[3] come one after the other.",
        ),
        Mistake(
            "slope of layer 4 forgotten",
            _of_delta3(lambda W4, z4, z3: W4 * _slope(z3).T),
            "The slope of the last sigmoid, σ'(z[4]), is missing.",
        ),
        Mistake(
            "slope of layer 3 forgotten",
            _of_delta3(lambda W4, z4, z3: _slope(z4) * W4),
            "The error comes back through W[4], but not through the sigmoids of layer 3: diag(σ'(z[3])) is missing.",
        ),
        Mistake(
            "W[4] forgotten",
            _of_delta3(lambda W4, z4, z3: _slope(z4) * _slope(z3).T),
            "W[4] is missing: each unit of layer 3 acts on the output through its own wire.",
        ),
        Mistake(
            "a[3] for a[2]",
            lambda W4, z4, z3, a2: _block(_delta3(W4, z4, z3), _sigmoid(z3)),
            "The input of layer 3 is what layer 2 gives, a[2]. You took the output a[3].",
        ),
        Mistake(
            "one row for each unit",
            _as_in_W4,
            "This is the Jacobian of a[3], a row for each unit. One more step leads to the one output: σ'(z[4]) W[4].",
        ),
        Mistake(
            "shape of W[3]",
            lambda W4, z4, z3, a2: _delta3(W4, z4, z3).T @ a2.T,
            "This is the shape convention, and for W[3] alone. Asked is the Jacobian: one row, weights and biases.",
        ),
        Mistake(
            "a column",
            lambda W4, z4, z3, a2: _block(_delta3(W4, z4, z3), a2).T,
            "The numbers are right, but they stand in a column. The Jacobian of one output is a row.",
        ),
        Mistake(
            "flat",
            lambda W4, z4, z3, a2: _block(_delta3(W4, z4, z3), a2)[0],
            "The numbers are right, but the array is flat. A row has the shape (1, 18).",
        ),
    ],
    returns=("row",),
)


def _td6_beta1(W, z, x):
    delta = _slope(z[4])
    for l in (4, 3, 2):
        delta = delta @ W[l] * _slope(z[l - 1]).T
    dW1 = delta.T @ x.T
    return np.hstack([dW1.reshape(1, -1), delta]), dW1, delta.T


def _beta1_cases(rng):
    all_sizes = [(1, 2, 2, 2, 1), (2, 1, 2, 2, 1), (4, 2, 5, 3, 1), (3, 3, 3, 3, 1)]
    return [_network(rng, sizes) for sizes in all_sizes]


def _network(rng, sizes):
    """Return the lists W and z, with None at 0, and x: a pass through a network of sigmoids."""
    W = [None, *(_numbers(rng, n, n_before) for n_before, n in zip(sizes, sizes[1:]))]
    x, z = _numbers(rng, sizes[0], 1), [None]
    a = x
    for l in (1, 2, 3, 4):
        z.append(W[l] @ a + _numbers(rng, sizes[l], 1))
        a = _sigmoid(z[l])
    return W, z, x


def _delta1(W, z, slopes=(1, 2, 3, 4)):
    """Return the error row of layer 1; only the layers in ``slopes`` bring their slope."""
    delta = _slope(z[4]) if 4 in slopes else np.ones((1, 1))
    for l in (4, 3, 2):
        delta = delta @ W[l]
        delta = delta * _slope(z[l - 1]).T if l - 1 in slopes else delta
    return delta


def _without_slope(layer):
    """Return the answer whose error row has passed the sigmoids of all layers but ``layer``."""

    def answer(W, z, x):
        delta = _delta1(W, z, {1, 2, 3, 4} - {layer})
        return _block(delta, x), delta.T @ x.T, delta.T

    return answer


def _in_shape(dW1, db1=lambda delta: delta.T):
    """Return the answer with the right row and ``dW1(delta, x)``, ``db1(delta)``."""

    def answer(W, z, x):
        delta = _delta1(W, z)
        return _block(delta, x), dW1(delta, x), db1(delta)

    return answer


def _through_turned_weights(W, z, x):
    delta = _slope(z[4])
    for l in (4, 3, 2):
        delta = delta @ W[l].T * _slope(z[l - 1]).T
    return _block(delta, x), delta.T @ x.T, delta.T


td6_beta1 = FunctionExercise(
    _td6_beta1,
    _beta1_cases,
    [
        Mistake(
            "only δ turned",
            _in_shape(lambda delta, x: delta.T @ x),
            "Only one of the two is turned. A column times a column does not fit: x must lie as well.",
        ),
        Mistake(
            "only x turned",
            _in_shape(lambda delta, x: delta @ x.T),
            "Only one of the two is turned. A row times a row does not fit: δ must stand as well.",
        ),
        Mistake(
            "none turned",
            _in_shape(lambda delta, x: delta * x),
            "NumPy made a table of it, but turned: a row of it belongs to an input. A row of W[1] belongs to a unit.",
        ),
        Mistake(
            "column by column",
            _in_shape(lambda delta, x: (delta.T @ x.T).reshape(x.size, -1).T),
            "The entries are put back column by column. β[1] lists W[1] row by row.",
        ),
        Mistake(
            "biases in dW1",
            _in_shape(lambda delta, x: _block(delta, x).reshape(delta.size, -1)),
            "The whole row is cut into as many rows as there are units. Its last entries are the biases: take them off first.",
        ),
        Mistake(
            "db1 as a row",
            _in_shape(lambda delta, x: delta.T @ x.T, lambda delta: delta),
            "db1 is still the row δ. In the shape convention it stands as b[1] does, as a column.",
        ),
        Mistake(
            "dW1 left as a row",
            _in_shape(lambda delta, x: (delta.T @ x.T).reshape(1, -1)),
            "dW1 is still a long row. In the shape convention it has the shape of W[1].",
        ),
        Mistake(
            "only the row",
            lambda W, z, x: _block(_delta1(W, z), x),
            "The row is right. Return the slopes in the shape of W[1] and of b[1] as well.",
        ),
        Mistake(
            "biases forgotten",
            lambda W, z, x: ((_delta1(W, z).T @ x.T).reshape(1, -1), _delta1(W, z).T @ x.T, _delta1(W, z).T),
            "The slopes of the biases are missing in the row. They come after the weights.",
        ),
        Mistake(
            "slope of layer 1 forgotten",
            _without_slope(1),
            "One slope is missing: the error has come back to a[1], but not through the sigmoid to z[1].",
        ),
        Mistake(
            "slope of layer 4 forgotten",
            _without_slope(4),
            "The way back starts with the slope of the last sigmoid, σ'(z[4]), not with 1.",
        ),
        Mistake(
            "W turned",
            _through_turned_weights,
            "A row of errors meets W as it is: the transpose belongs to columns.",
        ),
    ],
    returns=("row", "dW1", "db1"),
)


# row_gradient, the planted bug: examples in rows


def _row_gradient(Delta, A_before):
    return A_before.T @ Delta


def _row_cases(rng):
    sizes = [(2, 2, 2), (3, 1, 2), (3, 2, 1), (5, 3, 3), (4, 2, 3)]  # m, n, n_before
    return [(_numbers(rng, m, n), _numbers(rng, m, n_before)) for m, n, n_before in sizes]


row_gradient = FunctionExercise(
    _row_gradient,
    _row_cases,
    [
        Mistake(
            "not repaired",
            lambda Delta, A_before: Delta @ A_before.T,
            "The bug still stands. Look at the two shapes that the cell prints, repair the function, run both cells.",
        ),
        Mistake(
            "turned",
            lambda Delta, A_before: Delta.T @ A_before,
            "This is the gradient for columns, a row for each unit. With rows, W has a row for each input.",
        ),
        Mistake(
            "examples by examples",
            lambda Delta, A_before: A_before @ Delta.T,
            "Still a table of examples by examples: the sum must run over them. Which factor has to be turned?",
        ),
        Mistake(
            "nothing turned",
            lambda Delta, A_before: A_before @ Delta,
            "Nothing is turned. It runs only where there are as many inputs as examples.",
        ),
        Mistake(
            "nothing turned, other order",
            lambda Delta, A_before: Delta @ A_before,
            "Nothing is turned, and the error comes first. It runs only where units and examples are equally many.",
        ),
        Mistake(
            "entry by entry",
            lambda Delta, A_before: A_before * Delta,
            "Entry by entry keeps the examples apart. The gradient adds them up: it has a row for each input.",
        ),
        Mistake(
            "mean twice",
            lambda Delta, A_before: A_before.T @ Delta / len(Delta),
            "Divided by m once more. Here Δ is the slope of J itself: the 1/m is in it already.",
        ),
        Mistake(
            "times m",
            lambda Delta, A_before: A_before.T @ Delta * len(Delta),
            "Multiplied by m: nothing has to be undone. Here Δ is the slope of J itself.",
        ),
        Mistake(
            "sign",
            lambda Delta, A_before: -A_before.T @ Delta,
            "The sign is turned. The minus comes later, in the update.",
        ),
        Mistake(
            "bias gradient",
            lambda Delta, A_before: Delta.sum(axis=0, keepdims=True),
            "That is the gradient of the biases: the rows of Δ added up. The weights need their inputs.",
        ),
        Mistake(
            "sums first",
            lambda Delta, A_before: A_before.sum(axis=0, keepdims=True).T @ Delta.sum(axis=0, keepdims=True),
            "You add the examples up first and multiply then. Each error meets the inputs of its own example.",
        ),
        Mistake(
            "first example only",
            lambda Delta, A_before: A_before[:1].T @ Delta[:1],
            "Only the first example is in it. The product has to run over all rows.",
        ),
    ],
    returns=("dW",),
    vectorized=True,
    planted="not repaired",
)


# The quiz

quiz_1 = Choice(  # the Jacobian ds/dW for W of shape (3, 4): its shape?
    "quiz_1",
    "b3",
    {
        "a": "(3, 4) is the shape convention. A Jacobian has a row for each output and a column for each input.",
        "c": "That would be one input and 12 outputs. Here it is the other way round.",
        "d": "That is the Jacobian of z, which has three entries. s is one number.",
        "1": "That is why we want another shape. It does not say which one the Jacobian has.",
        "2": "One row for each output: how many outputs has s?",
    },
)

quiz_2 = Choice(  # why the two transposes in delta^T x^T?
    "quiz_2",
    "c2",
    {
        "a": "The Jacobian holds the same numbers. No number is repaired by a transpose.",
        "b": "δ x fits no better: (1, 3) times (4, 1) is refused.",
        "1": "(AB)ᵀ = BᵀAᵀ is true, but nothing here is the transpose of a product that was right before.",
        "3": "x enters as it is. What is subtracted later has nothing to do with how x stands.",
    },
)

quiz_3 = Choice(  # dz/dW for W (3, 4): how many of its 36 entries can differ from 0?
    "quiz_3",
    "a3",
    {
        "b": "All 36 would mean that each weight moves each output.",
        "c": "Four stand in one row. How many rows are there?",
        "d": "Three is the number of outputs. Each of them has more than one weight.",
        "1": "x has four entries, but it stands in the table more than once.",
        "2": "The sigmoid comes after z. It has no part in this table.",
    },
)

quiz_4 = Choice(  # with rows dJ/dW = A[l-1]^T Delta[l]; the same with columns?
    "quiz_4",
    "c1",
    {
        "a": "Turn the product: (AᵀΔ)ᵀ. Do the factors keep their places?",
        "b": "Only one factor is turned here. Turn the whole product.",
        "2": "Both forms hold the same numbers, but as tables they are not equal: one is turned.",
        "3": "Shapes alone do not prove it: with equal sizes more than one order fits.",
    },
)

quiz_5 = Choice(  # W (3, 1) minus the Jacobian row (1, 3): what does NumPy do?
    "quiz_5",
    "b2",
    {
        "a": "NumPy refused (3, 4) minus (1, 12). Here each size is equal or 1.",
        "c": "It would be so with a column of slopes. Here a row is subtracted.",
        "1": "The numbers of entries agree, but NumPy compares the sizes of each axis.",
        "3": "NumPy never turns an array by itself.",
    },
)


progress = progress_of(
    affine_jacobian, diag_or_hadamard, kron, td6_beta3, row_gradient, td6_beta1, quiz_1, quiz_2, quiz_3, quiz_4, quiz_5,
)  # fmt: skip
