"""Other right ways to do the exercises of lesson 3."""

import math

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# slopes


def _slopes_one_by_one(g, z, h=1e-5):
    found = []
    for v in z:
        found.append((g(v + h) - g(v - h)) / (2 * h))
    return np.array(found), max(found)


def _slopes_both_sides(g, z, h=1e-5):
    right, left = (g(z + h) - g(z)) / h, (g(z) - g(z - h)) / h
    slope = (right + left) / 2
    return slope, np.sort(slope)[-1]


# pick

_PICKED = {"tumor": "sigmoid", "temperature": "identity", "steering": "tanh", "rain": "softplus", "hidden": "relu"}


# collapse


def _collapse_from_points(W1, b1, W2, b2):
    def both(X):
        return W2 @ (W1 @ X + b1) + b2

    b = both(np.zeros((W1.shape[1], 1)))
    return both(np.eye(W1.shape[1])) - b, b


def _collapse_as_one_block(W1, b1, W2, b2):
    block = W2 @ np.hstack([W1, b1])
    return block[:, :-1], block[:, -1:] + b2


def _collapse_by_loops(W1, b1, W2, b2):
    W, b = np.zeros((len(W2), W1.shape[1])), np.array(b2)
    for j in range(len(W2)):
        for k in range(len(W1)):
            W[j] += W2[j, k] * W1[k]
            b[j] += W2[j, k] * b1[k]
    return W, b


# chain


def _chain_by_nudge(w, b, x, h=1e-5):
    def end(a):
        for k in range(len(w)):
            a = sigmoid(w[k] * a + b[k])
        return a

    return (end(x + h) - end(x - h)) / (2 * h)


def _chain_of_slopes(w, b, x):
    slopes, a = [], x
    for weight, bias in zip(w, b):
        z = weight * a + bias
        a = 1 / (1 + math.exp(-z))
        slopes.append(weight * math.exp(-z) / (1 + math.exp(-z)) ** 2)
    return np.prod(slopes)


def _chain_from_the_end(w, b, x):
    a = [x]
    for k in range(len(w)):
        a.append(sigmoid(w[k] * a[k] + b[k]))
    slope = 1
    for k in range(len(w), 0, -1):
        slope *= a[k] * (1 - a[k]) * w[k - 1]
    return slope


# dead_units


def _dead_by_loop(Z):
    dead = 0
    for z in Z:
        if max(z) <= 0:
            dead += 1
    return dead / len(Z)


def _dead_by_comprehension(Z):
    return sum(all(z <= 0) for z in Z) / Z.shape[0]


# elu_alpha


def _elu(Z, alpha):
    return np.where(Z > 0, Z, alpha * (np.exp(Z) - 1))


def _elu_entry_by_entry(Z, alpha):
    slope = np.ones(Z.shape)
    slope[Z < 0] = alpha * np.exp(Z[Z < 0])
    return slope


WAYS = {
    "slopes": [
        _slopes_one_by_one,
        _slopes_both_sides,
        lambda g, z, h=1e-4: ((g(z + h) - g(z - h)) / 2 / h, np.max((g(z + h) - g(z - h)) / 2 / h)),
        lambda g, z: [(g(z + 5e-6) - g(z - 5e-6)) / 1e-5, ((g(z + 5e-6) - g(z - 5e-6)) / 1e-5).max()],
    ],
    "pick": [
        dict(_PICKED),
        dict(reversed(_PICKED.items())),
        {key: np.str_(name) for key, name in _PICKED.items()},
    ],
    "collapse": [
        _collapse_from_points,
        _collapse_as_one_block,
        _collapse_by_loops,
        lambda W1, b1, W2, b2: [(W1.T @ W2.T).T, b2 + np.dot(W2, b1)],
    ],
    "relu_xor": [
        (np.array([[1, 1], [1, 1]]), np.array([[0], [-1]]), np.array([[1, -2]]), np.array([[-0.5]])),
        ([[1, -1], [-1, 1]], [[0], [0]], [[1, 1]], [[-0.1]]),
        [[[2, 2], [-3, -3]], [[-3], [1]], [[-1, -1]], [[0.5]]],
        (-np.ones((2, 2)), np.array([[2.0], [1.0]]), np.array([[3.0, -6.0]]), np.array([[-1.0]])),
    ],
    "chain": [
        _chain_by_nudge,
        _chain_of_slopes,
        _chain_from_the_end,
    ],
    "dead_units": [
        lambda Z: (Z.max(axis=1) <= 0).mean(),
        lambda Z: 1 - np.any(Z > 0, axis=1).mean(),
        lambda Z: np.sum(np.maximum(Z, 0).sum(axis=1) == 0) / len(Z),
        lambda Z: np.count_nonzero((Z > 0).sum(axis=1) == 0) / Z.shape[0],
    ],
    "elu_alpha": [
        _elu_entry_by_entry,
        lambda Z, alpha: np.where(Z > 0, 1, _elu(Z, alpha) + alpha),
        lambda Z, alpha: (Z >= 0) + (Z < 0) * alpha * np.exp(Z),
        lambda Z, alpha: (_elu(Z + 1e-5, alpha) - _elu(Z - 1e-5, alpha)) / 2e-5,
    ],
    "tanh_from_sigma": ["EDABGCF", "e b d a g c f", "B, E, D, A, G, C, F", "E-D-B-A-G-C-F"],
    "quiz_1": ["b1", "B1", "b, 1"],
    "quiz_2": ["a2", "A 2", "a-2"],
    "quiz_3": ["c3", "C3", ("c", 3)],
    "quiz_4": ["a3", "A3", "(a) 3"],
    "quiz_5": ["c1", "C 1", "c. 1."],
}

LOOPED = {"dead_units": [_dead_by_loop, _dead_by_comprehension]}

# Answers that are the mistakes of a ``Threshold``, by their names
MET = {
    "relu_xor": {
        "one z for all": ([[0, 0], [0, 0]], [[0], [0]], [[0, 0]], [[0]]),
        "cut at the wrong height": ([[1, 1], [1, 1]], [[0], [-1]], [[1, -2]], [[0]]),
        "upside down": ([[1, 1], [1, 1]], [[0], [-1]], [[-1, 2]], [[0.5]]),
        "twins": ([[1, 1], [1, 1]], [[-0.5], [-0.5]], [[1, 1]], [[-0.1]]),
        "one unit silent": ([[1, 1], [-1, -1]], [[0], [0]], [[1, -2]], [[-0.5]]),
        "no fold": ([[1, 0], [0, 1]], [[0], [0]], [[1, 1]], [[-0.5]]),
        "OR": ([[1, 1], [1, 1]], [[0], [-1]], [[1, -1]], [[-0.5]]),
        "AND": ([[1, 1], [1, 1]], [[0], [-1]], [[1, 2]], [[-2.5]]),
        "not both": ([[1, 1], [1, 1]], [[0], [-1]], [[-1, -1]], [[1.5]]),
    }
}
