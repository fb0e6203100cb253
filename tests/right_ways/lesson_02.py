"""Other right ways to do the exercises of lesson 2."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_by_tanh(z):
    return (1 + np.tanh(z / 2)) / 2


# shapes

SIZES = [4, 2, 5, 3, 1]


def _shapes_as_lists():
    shapes = {"X": [4, 7], "A4": [1, 7]}
    for l in range(1, 5):
        shapes[f"W{l}"], shapes[f"b{l}"], shapes[f"Z{l}"] = [SIZES[l], SIZES[l - 1]], [SIZES[l], 1], [SIZES[l], 7]
    return shapes


def _shapes_measured():
    X = np.ones((4, 7))
    shapes, A = {"X": X.shape}, X
    for l in range(1, 5):
        W, b = np.ones((SIZES[l], SIZES[l - 1])), np.ones((SIZES[l], 1))
        Z = W @ A + b
        A = sigmoid(Z)
        shapes |= {f"W{l}": W.shape, f"b{l}": b.shape, f"Z{l}": Z.shape}
    return {**shapes, "A4": A.shape}


def _shapes_written():
    return {
        "X": (4, 7), "W1": (2, 4), "b1": (2, 1), "Z1": (2, 7), "W2": (5, 2), "b2": (5, 1), "Z2": (5, 7),
        "W3": (3, 5), "b3": (3, 1), "Z3": (3, 7), "W4": (1, 3), "b4": (1, 1), "Z4": (1, 7), "A4": (1, 7),
    }  # fmt: skip


# layer_loop


def _two_loops(W, b, x):
    a = np.zeros(len(b))
    for j in range(W.shape[0]):
        z = b[j]
        for k in range(W.shape[1]):
            z = z + W[j, k] * x[k]
        a[j] = 1 / (1 + np.exp(-z))
    return a


def _a_list_is_good_too(W, b, x):
    a = []
    for weights, bias in zip(W, b):
        z = 0
        for w, feature in zip(weights, x):
            z += w * feature
        a.append(sigmoid(z + bias))
    return a


def _inputs_outside(W, b, x):
    z = b.copy()
    for k in range(x.size):
        for j in range(b.size):
            z[j] += W[j, k] * x[k]
    return sigmoid_by_tanh(z)


# layer


def _example_by_example(W, b, X):
    A = np.zeros((len(W), X.shape[1]))
    for i in range(X.shape[1]):
        A[:, [i]] = sigmoid(W @ X[:, [i]] + b)
    return A


def _rows_of_A(W, b, X):
    return [sigmoid(W[j] @ X + b[j]) for j in range(len(W))]


# column_bias


def _column_after_column(W, b, X):
    Z = W @ X
    for i in range(Z.shape[1]):
        Z[:, i] += b
    return Z


def _ones_below(W, b, X):
    return np.hstack([W, b.reshape(-1, 1)]) @ np.vstack([X, np.ones(X.shape[1])])


# count


def _by_layer(sizes):
    total = 0
    for l in range(1, len(sizes)):
        total += sizes[l] * sizes[l - 1] + sizes[l]
    return total


def _by_arrays(sizes):
    return sum(np.zeros((sizes[l], sizes[l - 1])).size + np.zeros((sizes[l], 1)).size for l in range(1, len(sizes)))


def _by_one_product(sizes):
    return np.dot(sizes[:-1], sizes[1:]) + sum(sizes) - sizes[0]


# forward


def _list_of_A(W, b, X):
    A = [X]
    for l in range(1, len(W)):
        A.append(sigmoid(W[l] @ A[l - 1] + b[l]))
    return A[-1]


def _in_pairs(W, b, X):
    for weights, bias in zip(W[1:], b[1:]):
        X = sigmoid_by_tanh(np.dot(weights, X) + bias)
    return X


def _one_inside_the_other(W, b, X):
    return X if len(W) == 1 else sigmoid(W[-1] @ _one_inside_the_other(W[:-1], b[:-1], X) + b[-1])


def _example_after_example(W, b, X):
    columns = []
    for x in X.T:
        a = x
        for l in range(1, len(W)):
            a = sigmoid(W[l] @ a + b[l].ravel())
        columns.append(a)
    return np.array(columns).T


# square_accuracy


def _counted(A, y):
    right = 0
    for a, label in zip(A[0], y.flatten()):
        if (a >= 0.5 and label == 1) or (a < 0.5 and label == 0):
            right += 1
    return right / A.size


# to_rows


def _row_by_row(W, b, X_rows):
    return np.array([W @ x + b[:, 0] for x in X_rows])


WAYS = {
    "shapes": [_shapes_as_lists(), _shapes_measured(), {key: np.array(s) for key, s in _shapes_written().items()}],
    "layer_loop": [_two_loops, _a_list_is_good_too, _inputs_outside, lambda W, b, x: sigmoid(np.dot(W, x) + b)],
    "layer": [
        lambda W, b, X: sigmoid_by_tanh(np.dot(W, X) + b),
        lambda W, b, X: sigmoid((X.T @ W.T + b.T).T),
        lambda W, b, X: sigmoid(np.einsum("jk,ki->ji", W, X) + b),
        lambda W, b, X: np.exp(W @ X + b) / (1 + np.exp(W @ X + b)),
    ],
    "column_bias": [
        lambda W, b, X: W @ X + b.reshape(-1, 1),
        lambda W, b, X: (X.T @ W.T + b).T,
        lambda W, b, X: W @ X + np.repeat(b, X.shape[1]).reshape(b.size, X.shape[1]),
        lambda W, b, X: W @ X + b[:, np.newaxis],
        lambda W, b, X: W.dot(X) + np.outer(b, np.ones(X.shape[1])),
        _ones_below,
    ],
    "count": [_by_layer, _by_arrays, _by_one_product],
    "forward": [_list_of_A, _in_pairs, _one_inside_the_other, _example_after_example],
    "square_accuracy": [
        _counted,
        lambda A, y: ((A >= 0.5) == y.reshape(A.shape)).mean(),
        lambda A, y: 1 - np.abs((A[0] >= 0.5).astype(int) - np.squeeze(y)).mean(),
        lambda A, y: np.sum((A.flatten() >= 0.5) == (y.flatten() == 1)) / A.shape[1],
    ],
    "to_rows": [
        lambda W, b, X_rows: (W @ X_rows.T + b).T,
        lambda W, b, X_rows: np.einsum("ik,jk->ij", X_rows, W) + b.reshape(1, -1),
        lambda W, b, X_rows: np.dot(X_rows, W.T) + b.ravel(),
        lambda W, b, X_rows: np.inner(X_rows, W) + b.T,
    ],
    "quiz_1": ["b2", "B2", "b, 2"],
    "quiz_2": ["b1", "B1", "b, 1"],
    "quiz_3": ["c2", "C2", "c, 2"],
    "quiz_4": ["c3", "C3", "c, 3"],
    "quiz_5": ["b3", "B3", "b, 3"],
}

LOOPED = {
    "layer": [_example_by_example, _rows_of_A],
    "column_bias": [_column_after_column, lambda W, b, X: [W[j] @ X + b[j] for j in range(len(b))]],
    "to_rows": [_row_by_row, lambda W, b, X_rows: [W @ x + b.ravel() for x in X_rows]],
}
