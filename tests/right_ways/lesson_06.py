"""Right answers to the exercises of lesson 6, each written in several ways."""

import numpy as np


def quiz_ways(right):
    letter, number = right
    return [right, right.upper(), f"{letter}, {number}"]


def start(seed, scale=1.0):
    rng = np.random.default_rng(seed)
    return scale * rng.normal(size=(8, 2)), np.zeros((8, 1)), scale * rng.normal(size=(1, 8)), np.zeros((1, 1))


# he


def he_by_loops(n, n_before, rng):
    W = np.zeros((n, n_before))
    for j in range(n):
        for k in range(n_before):
            W[j, k] = (2 / n_before) ** 0.5 * rng.normal()
    return W, np.array([[0.0]] * n)


def he_row_by_row(n, n_before, rng):
    rows = [rng.standard_normal(n_before) / np.sqrt(n_before / 2) for _ in range(n)]
    return [np.array(rows), np.zeros(n)[:, None]]


# signal


def signal_in_a_list(W, g, X):
    found = []
    for each in W[1:]:
        Z = each @ X
        found.append(Z.std())
        X = g(Z)
    return found


def signal_by_hand(W, g, X):
    A, found = X.copy(), np.zeros(len(W) - 1)
    for l in range(len(W) - 1):
        Z = np.dot(W[l + 1], A)
        found[l] = np.sqrt(((Z - Z.mean()) ** 2).sum() / Z.size)
        A = g(Z)
    return found


def signal_recursive(W, g, X):
    if len(W) == 1:
        return ()
    Z = W[1] @ X
    return (np.sqrt(Z.var()), *signal_recursive([None, *W[2:]], g, g(Z)))


# centered_uniform


def uniform_by_loops(n, n_before, rng):
    W = np.zeros((n, n_before))
    for j in range(n):
        for k in range(n_before):
            W[j, k] = (rng.random() - 0.5) * np.sqrt(12 / n_before)
    return W


# same_number


def generator_before_the_loops(n, n_before, seed):
    rng = np.random.default_rng(seed)
    return np.array([[rng.normal() / np.sqrt(n_before) for k in range(n_before)] for j in range(n)])


def one_row_after_the_other(n, n_before, seed):
    rng, rows = np.random.default_rng(seed), []
    for j in range(n):
        rows.append(np.sqrt(1 / n_before) * rng.standard_normal(n_before))
    return np.vstack(rows)


WAYS = {
    "bias_zero": [
        start(0),
        start(1, 0.7),
        [part.tolist() for part in start(2)],
        ([[k, 1] for k in range(8)], [[0]] * 8, [[1] * 8], [[0]]),
    ],
    "he": [
        he_by_loops,
        he_row_by_row,
        lambda n, n_before, rng: (rng.normal(size=(n, n_before)) * np.sqrt(2 / n_before), np.zeros((n, 1))),
        lambda n, n_before, rng: (rng.normal(scale=np.sqrt(2) / np.sqrt(n_before), size=(n, n_before)), 0 * np.ones((n, 1))),
    ],
    "clone_proof": ["BEADC", "b e a d c", "B, E, A, D, C", ["B", "E", "A", "D", "C"]],
    "which_layer": [
        {"A": "line", "B": "bent", "C": "bent", "D": "line"},
        dict(zip("DCBA", ["line", "bent", "bent", "line"])),
        {key: np.str_(word) for key, word in zip("ABCD", ("line", "bent", "bent", "line"))},
    ],
    "signal": [signal_in_a_list, signal_by_hand, signal_recursive],
    "centered_uniform": [
        uniform_by_loops,
        lambda n, n_before, rng: np.sqrt(3 / n_before) * rng.uniform(-1, 1, size=(n, n_before)),
        lambda n, n_before, rng: (2 * rng.random((n, n_before)) - 1) * (3 / n_before) ** 0.5,
    ],
    "stuck_at": [
        {"A": 4, "B": 3, "C": 1, "D": 5, "E": 2},
        dict(zip("EDCBA", [2, 5, 1, 3, 4])),
        dict(zip("ABCDE", np.array([4, 3, 1, 5, 2]))),
    ],
    "same_number": [
        generator_before_the_loops,
        one_row_after_the_other,
        lambda n, n_before, seed: np.random.default_rng(seed).normal(0, np.sqrt(1 / n_before), (n, n_before)),
    ],
    "quiz_1": quiz_ways("b2"),
    "quiz_2": quiz_ways("b2"),
    "quiz_3": quiz_ways("c1"),
    "quiz_4": quiz_ways("c3"),
    "quiz_5": quiz_ways("b1"),
}

LOOPED = {}


def by_hand(W1, W2):
    return W1, [[0]] * 8, [W2], [[0]]


# Answers that are the mistakes of a ``Threshold``, by their names
MET = {
    "bias_zero": {
        "all zero": by_hand(np.zeros((8, 2)), np.zeros(8)),
        "clones": by_hand(np.full((8, 2), 0.5), [0.5] * 8),
        "mirror images": by_hand([[1, 0.5], [-1, -0.5]] * 4, [0.5, -0.5] * 4),
        "first layer zero": by_hand(np.zeros((8, 2)), start(0)[2][0]),
        "two of a kind": by_hand([[1, 0], [0, 1]] * 4, [1] * 8),
        "nearly zero": by_hand(start(0, 0.01)[0], start(0, 0.01)[2][0]),
        "faint first layer": by_hand(start(0, 1e-6)[0], start(0)[2][0]),
        "equal arrows": by_hand(np.full((8, 2), 0.5), 0.1 + 0.0001 * np.arange(8)),
        "too large": by_hand(start(0, 100)[0], start(0, 100)[2][0]),
    }
}
