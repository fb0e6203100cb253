"""Correct ways to write the answers of lesson 5b: all must be accepted."""

import numpy as np

from mlp_course import MLP, GradientDescent, Parameters, binary_cross_entropy, datasets, initializers, tanh, train

# One layer


def _looped_output_error(A, Y):
    dZ = np.zeros(A.shape)
    for i in range(A.shape[1]):
        dZ[:, i] = A[:, i] - Y[:, i]
    return dZ


def _looped_dW(dZ, A_before):
    dW = np.zeros((len(dZ), len(A_before)))
    for i in range(dZ.shape[1]):
        dW += np.outer(dZ[:, i], A_before[:, i])
    return dW / dZ.shape[1]


def _looped_db(dZ):
    db = np.zeros((len(dZ), 1))
    for i in range(dZ.shape[1]):
        db[:, 0] += dZ[:, i] / dZ.shape[1]
    return db


def _db_by_product(dZ):
    m = dZ.shape[1]
    return dZ @ np.full((m, 1), 1 / m)


def _looped_hidden_error(W_next, dZ_next, A):
    dZ = np.zeros(A.shape)
    for k in range(len(W_next)):  # the wires of each unit of the next layer
        for j in range(len(A)):
            dZ[j] += W_next[k, j] * dZ_next[k]
    return dZ * (1 - A**2)


def _in_two_steps(W_next, dZ_next, A):
    dA = np.dot(W_next.T, dZ_next)
    slope = (1 - A) * (1 + A)
    return np.multiply(dA, slope)


def _looped_sigmoid(W2, A1, A2, Y):
    dZ1 = np.zeros_like(A1)
    for i in range(Y.shape[1]):
        dZ1[:, i] = W2.T @ (A2[:, i] - Y[:, i]) * A1[:, i] * (1 - A1[:, i])
    return dZ1


def _all_factors(W2, A1, A2, Y):
    dA2 = -Y / A2 + (1 - Y) / (1 - A2)
    dZ2 = dA2 * A2 * (1 - A2)
    return np.dot(W2.T, dZ2) * (A1 - A1**2)


# L layers


def _backward_as_reference(W, A, Y):
    L, m = len(W) - 1, Y.shape[1]
    dW, db = [None] * (L + 1), [None] * (L + 1)
    dZ = A[L] - Y
    for l in reversed(range(1, L + 1)):
        dW[l] = dZ @ A[l - 1].T / m
        db[l] = np.mean(dZ, axis=1, keepdims=True)
        if l > 1:
            dZ = (W[l].T @ dZ) * (1 - np.square(A[l - 1]))
    return dW, db


def _backward_with_list_of_errors(W, A, Y):
    L, m = len(W) - 1, A[0].shape[1]
    dZ = [None] * L + [A[L] - Y]
    for l in range(L - 1, 0, -1):
        dZ[l] = W[l + 1].T @ dZ[l + 1] * (1 - A[l] * A[l])
    dW = [None] + [dZ[l] @ A[l - 1].T / m for l in range(1, L + 1)]
    return dW, [None] + [dZ[l].sum(axis=1).reshape(-1, 1) / m for l in range(1, L + 1)]


def _backward_recursive(W, A, Y):
    m = Y.shape[1]

    def below(l, dZ):
        """Return dW and db of the layers 1 to l."""
        if l == 0:
            return [None], [None]
        dA = np.einsum("kj,ki->ji", W[l], dZ)
        dW, db = below(l - 1, dA - dA * A[l - 1] ** 2)
        return dW + [np.einsum("ji,ki->jk", dZ, A[l - 1]) / m], db + [dZ @ np.ones((m, 1)) / m]

    return below(len(W) - 1, A[-1] - Y)


def _backward_with_while(W, A, Y):
    dW, db, l = [], [], len(W) - 1
    dZ = A[l] - Y
    while l >= 1:
        dW.insert(0, np.dot(dZ, A[l - 1].T) / Y.shape[1])
        db.insert(0, dZ.mean(axis=1)[:, np.newaxis])
        dA = np.dot(W[l].T, dZ)
        dZ = dA * (1 - A[l - 1] ** 2)
        l -= 1
    return [None] + dW, [None] + db


def _step_after_all_gradients(W, b, A, Y, rate):
    dW, db = _backward_with_while(W, A, Y)
    W, b = list(W), list(b)
    for l in range(1, len(W)):
        W[l] = W[l] - rate * dW[l]
        b[l] = b[l] - rate * db[l]
    return W, b


def _step_with_copies(W, b, A, Y, rate):
    new_W, new_b = [None if part is None else part.copy() for part in W], [None] + [part.copy() for part in b[1:]]
    dZ = A[-1] - Y
    for l in range(len(W) - 1, 0, -1):  # updated on the way, but the error goes back through the old W
        new_W[l] -= rate * dZ @ A[l - 1].T / Y.shape[1]
        new_b[l] -= rate * dZ.mean(axis=1, keepdims=True)
        dZ = W[l].T @ dZ * (1 - A[l - 1] ** 2)
    return new_W, new_b


def _step_from_the_bottom(W, b, A, Y, rate):
    dW, db = _backward_recursive(W, A, Y)
    new_W, new_b = [None], [None]
    for l in range(1, len(W)):
        new_W.append(-rate * dW[l] + W[l])
        new_b.append(-rate * db[l] + b[l])
    return new_W, new_b


# The check


def _nudged_in_place(J, theta, h):
    theta, gradient = theta.copy(), np.zeros(theta.size)
    for i in range(theta.size):
        here = theta[i]
        theta[i] = here + h
        above = J(theta)
        theta[i] = here - h
        below = J(theta)
        theta[i] = here
        gradient[i] = (above - below) / (2 * h)
    return gradient


def _nudged_and_put_back(J, theta, h):
    gradient = np.empty(theta.shape)
    for i in range(len(theta)):
        theta[i] += h
        gradient[i] = J(theta)
        theta[i] -= 2 * h
        gradient[i] = (gradient[i] - J(theta)) / (2 * h)
        theta[i] += h
    return gradient


def _nudged_list(J, theta, h):
    slopes = []
    for i in range(theta.size):
        step = np.zeros(theta.size)
        step[i] = h
        slopes.append((J(theta + step) - J(theta - step)) / 2 / h)
    return slopes


def _looped_relative_error(g, h):
    above = length_g = length_h = 0
    for one, other in zip(g, h):
        above += (one - other) ** 2
        length_g += one**2
        length_h += other**2
    return above**0.5 / (length_g**0.5 + length_h**0.5)


def _looped_worst_entry(g, h):
    worst, largest = None, -1
    for i in range(g.shape[0]):
        for j in range(g.shape[1]):
            if abs(g[i, j] - h[i, j]) > largest:
                worst, largest = (i, j), abs(g[i, j] - h[i, j])
    return worst


def _worst_row_then_column(g, h):
    gap = np.abs(h - g)
    row = np.argmax(gap.max(axis=1))
    return row, np.argmax(gap[row])


# The square layer


def _square_by_einsum(W, dZ, A_before):
    m = len(dZ[0])
    dZ_before = np.einsum("kj,ki->ji", W, dZ) * (1 - A_before**2)
    return np.einsum("ki,ji->kj", dZ, A_before) / m, dZ.mean(axis=1, keepdims=True), dZ_before


def _square_by_rows(W, dZ, A_before):
    """The same in the row convention, turned back at the end."""
    D, A = dZ.T, A_before.T
    return (A.T @ D / len(D)).T, D.mean(axis=0)[:, np.newaxis], (D @ W * (1 - A * A)).T


def _square_by_loop(W, dZ, A_before):
    n, m = dZ.shape
    dW, db, dA = np.zeros(W.shape), np.zeros((n, 1)), np.zeros(A_before.shape)
    for i in range(m):
        dW += dZ[:, [i]] @ A_before[:, [i]].T / m
        db += dZ[:, [i]] / m
        dA[:, i] = dZ[:, i] @ W
    return [dW, db, dA * (1 - A_before) * (1 + A_before)]


# The circles


def _trained(h, seed, rate=1.0, steps=2000):
    X, y = datasets.circles(400, 0.05, np.random.default_rng(seed))
    params = initializers.lecun((2, h, 1), np.random.default_rng(seed))
    train(MLP(tanh, binary_cross_entropy), params, X, y[np.newaxis], GradientDescent(rate), steps, every=steps)
    return params


def _by_hand(h, side=0.75, steepness=10.0):
    """``h`` lines around the inner circle; the output asks that a point be on the inner side of all of them."""
    params = Parameters((2, h, 1))
    angles = 2 * np.pi * np.arange(h) / h
    params.W[1] = -steepness * np.column_stack([np.cos(angles), np.sin(angles)])
    params.b[1] = np.full((h, 1), steepness * side)
    params.W[2] = np.full((1, h), 5.0)
    params.b[2] = np.full((1, 1), 5.0 * (1 - h))
    return params


def _exchanged():
    params = _by_hand(8)
    params.W[2] *= -1
    params.b[2] *= -1
    return params


def _quiz_ways(right):
    letter, number = right
    return [right, right.upper(), f"{letter}, {number}", f"({letter}) {number}"]


WAYS = {
    "output_error": [
        lambda A, Y: np.subtract(A, Y),
        lambda A, Y: -(Y - A),
        lambda A, Y: (-Y / A + (1 - Y) / (1 - A)) * A * (1 - A),
        lambda A, Y: A * (1 - Y) - Y * (1 - A),
    ],
    "dW": [
        lambda dZ, A_before: np.dot(dZ, A_before.T) / dZ.shape[1],
        lambda dZ, A_before: np.einsum("ji,ki->jk", dZ, A_before) / A_before.shape[1],
        lambda dZ, A_before: (A_before @ dZ.T).T / len(dZ[0]),
        lambda dZ, A_before: (dZ[:, np.newaxis, :] * A_before[np.newaxis, :, :]).mean(axis=2),
        lambda dZ, A_before: 1 / dZ.shape[1] * dZ @ np.transpose(A_before),
    ],
    "db": [
        lambda dZ: dZ.mean(axis=1, keepdims=True),
        lambda dZ: 1 / dZ.shape[1] * np.sum(dZ, axis=1, keepdims=True),
        lambda dZ: dZ.sum(axis=1).reshape(-1, 1) / dZ.shape[1],
        lambda dZ: np.mean(dZ.T, axis=0)[:, np.newaxis],
        _db_by_product,
    ],
    "dZ_or_dJ": [
        {"dZ": False, "dJ/dZ": True, "dW": True, "db": True},
        {"db": True, "dW": True, "dJ/dZ": True, "dZ": False},
        {"dZ": 0, "dJ/dZ": 1, "dW": 1, "db": 1},
        {"dZ": np.bool_(False), "dJ/dZ": np.bool_(True), "dW": np.bool_(True), "db": np.bool_(True)},
    ],
    "hidden_error": [
        lambda W_next, dZ_next, A: (1 - A**2) * (W_next.T @ dZ_next),
        lambda W_next, dZ_next, A: np.einsum("kj,ki,ji->ji", W_next, dZ_next, 1 - A * A),
        lambda W_next, dZ_next, A: (dZ_next.T @ W_next).T * (1 - A**2),
        lambda W_next, dZ_next, A: W_next.T @ dZ_next / np.cosh(np.arctanh(A)) ** 2,
        _in_two_steps,
    ],
    "hidden_error_sigmoid": [
        lambda W2, A1, A2, Y: A1 * (1 - A1) * np.dot(W2.T, A2 - Y),
        lambda W2, A1, A2, Y: ((A2 - Y).T @ W2).T * (A1 - A1 * A1),
        lambda W2, A1, A2, Y: -W2.T @ (Y - A2) * A1 * (1 - A1),
        lambda W2, A1, A2, Y: np.einsum("kj,ki->ji", W2, A2 - Y) * A1 * (1 - A1),
        _all_factors,
    ],
    "two_layers": [
        {
            "dZ2[0, 0]": -0.45,
            "dW2[0, 1]": 0.04,
            "db2[0, 0]": -0.5,
            "dZ1[1, 0]": 0.162,
            "dW1[1, 0]": -0.018,
            "db1[1, 0]": 0.18,
        },
        {  # with the unrounded A2 = sigmoid(0.2)
            "dZ2[0, 0]": -0.450166,
            "dW2[0, 1]": 0.0398672,
            "db2[0, 0]": -0.5,
            "dZ1[1, 0]": 0.16206,
            "dW1[1, 0]": -0.0179402,
            "db1[1, 0]": 0.18,
        },
        {  # as fractions, in another order
            "db1[1, 0]": np.float64(9 / 50),
            "dW1[1, 0]": -9 / 500,
            "dZ1[1, 0]": 81 / 500,
            "db2[0, 0]": -1 / 2,
            "dW2[0, 1]": 1 / 25,
            "dZ2[0, 0]": -9 / 20,
        },
    ],
    "backward": [
        _backward_as_reference,
        _backward_with_list_of_errors,
        _backward_recursive,
        _backward_with_while,
    ],
    "one_step": ["CEBFADG", "cefbdag", "C, E, F, B, D, G, A", "C-E-B-D-F-A-G", "CEBDGFA"],
    "train_step": [_step_after_all_gradients, _step_with_copies, _step_from_the_bottom],
    "nudge_all": [_nudged_in_place, _nudged_and_put_back, _nudged_list],
    "relative_error": [
        _looped_relative_error,
        lambda g, h: float(np.sqrt(((g - h) ** 2).sum()) / (np.sqrt((g**2).sum()) + np.sqrt((h**2).sum()))),
        lambda g, h: np.linalg.norm(h - g) / (np.linalg.norm(h) + np.linalg.norm(g)),
        lambda g, h: np.sqrt((g - h) @ (g - h)) / (np.sqrt(g @ g) + np.sqrt(h @ h)),
    ],
    "worst_entry": [
        _looped_worst_entry,
        _worst_row_then_column,
        lambda g, h: divmod(int(((g - h) ** 2).argmax()), g.shape[1]),
        lambda g, h: np.argwhere(np.abs(g - h) == np.abs(g - h).max())[0],
        lambda g, h: list(np.unravel_index(np.abs(g - h).argmax(), g.shape)),
    ],
    "square_layer": [_square_by_einsum, _square_by_rows, _square_by_loop],
    "circles": [_trained(3, seed=0), _trained(8, seed=1), _by_hand(6), _by_hand(12)],
    "quiz_1": _quiz_ways("c2"),
    "quiz_2": _quiz_ways("b3"),
    "quiz_3": _quiz_ways("c1"),
    "quiz_4": _quiz_ways("b1"),
    "quiz_5": _quiz_ways("a3"),
}

LOOPED = {
    "output_error": [_looped_output_error],
    "dW": [_looped_dW],
    "db": [_looped_db],
    "hidden_error": [_looped_hidden_error],
    "hidden_error_sigmoid": [_looped_sigmoid],
}

# Answers that are the mistakes of a ``Threshold``, by their names
MET = {
    "circles": {
        "labels exchanged": _exchanged(),
        "all on one side": Parameters((2, 4, 1)),
        "one hidden unit": _trained(1, seed=0, steps=200),
        "two hidden units": _trained(2, seed=0),
        "not closed yet": _trained(4, seed=0, rate=0.1, steps=300),
    }
}
