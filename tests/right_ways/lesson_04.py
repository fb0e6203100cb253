"""Right answers to the exercises of lesson 4, each written in several ways."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def quiz_ways(right):
    letter, number = right
    return [right, right.upper(), f"{letter}, {number}"]


def standardize_by_features(X_train, X_test):
    train, test = np.zeros_like(X_train), np.zeros_like(X_test)
    for k in range(len(X_train)):
        mean = sum(X_train[k]) / len(X_train[k])
        deviation = np.sqrt(sum((X_train[k] - mean) ** 2) / len(X_train[k]))
        train[k] = (X_train[k] - mean) / deviation
        test[k] = (X_test[k] - mean) / deviation
    return train, test


def standardize_in_rows(X_train, X_test):
    mean, deviation = X_train.T.mean(axis=0), X_train.T.std(axis=0)
    return [((X.T - mean) / deviation).T for X in (X_train, X_test)]


def momentum_of_the_past(gradient, theta, rate, mu, steps):
    path = [theta]
    for k in range(steps):
        before = path[k - 1] if k > 0 else theta
        path.append(path[k] - rate * gradient(path[k]) + mu * (path[k] - before))
    return path[-1]


def momentum_with_positive_velocity(gradient, theta, rate, mu, steps):
    v = 0
    for k in range(steps):
        v = mu * v + gradient(theta)
        theta = theta - rate * v
    return theta


def momentum_in_a_copy(gradient, theta, rate, mu, steps):
    theta, v = theta.copy(), np.zeros(len(theta))
    while steps > 0:
        v *= mu
        v -= rate * gradient(theta)
        theta += v
        steps -= 1
    return theta


def momentum_recursive(gradient, theta, rate, mu, steps, v=0.0):
    if steps == 0:
        return theta
    v = mu * v - rate * gradient(theta)
    return momentum_recursive(gradient, theta + v, rate, mu, steps - 1, v)


def batches_in_one_line(X, y, order, size):
    return [(X[:, order[k : k + size]], y[order[k : k + size]]) for k in range(0, y.size, size)]


def batches_of_new_arrays(X, y, order, size):
    X, y = X[:, order], y[order]
    return [(X[:, k : k + size], y[k : k + size]) for k in range(0, len(y), size)]


def batches_by_splitting(X, y, order, size):
    parts = np.split(order, range(size, y.size, size))
    return tuple((X[:, part], y[part]) for part in parts)


def batches_with_while(X, y, order, size):
    batches, rest = [], order
    while rest.size > 0:
        some, rest = rest[:size], rest[size:]
        batches.append([X.T[some].T, y[some]])
    return batches


def least_squares_by_loop(w, b, X, y):
    dw, db = np.zeros(len(w)), 0
    for i in range(y.size):
        a = sigmoid(w @ X[:, i] + b)
        dz = (a - y[i]) * a * (1 - a)
        dw = dw + dz * X[:, i]
        db = db + dz
    return dw, db


def least_squares_by_slopes_of_r(w, b, X, y):
    a = sigmoid(X.T @ w + b)
    rows = np.column_stack([X.T, np.ones(y.size)])
    slopes = -(a * (1 - a))[:, None] * rows
    gradient = slopes.T @ (y - a)
    return gradient[:-1], gradient[-1]


def least_squares_with_exp(w, b, X, y):
    e = np.exp(-(w @ X + b))
    dz = (1 / (1 + e) - y) * e / (1 + e) ** 2
    return [(dz * X).sum(axis=1), dz.sum()]


WAYS = {
    "step": [
        {"w1": 2.8, "w2": 2.08, "w3": 1.648},
        {"w3": 1 + 3 * 0.6**3, "w2": 1 + 3 * 0.6**2, "w1": 1 + 3 * 0.6},
        {"w1": np.float64(14 / 5), "w2": 52 / 25, "w3": 1.648},
    ],
    "epochs": [140, 10 * -(-427 // 32), 10 * np.ceil(427 / 32), (427 // 32 + 1) * 10],
    "largest_rate": [
        lambda H: 2 / np.linalg.eigvalsh(H)[-1],
        lambda H: 2 / max(np.linalg.eigvals(H).real),
        lambda H: min(2 / c for c in np.linalg.eigvalsh(H)),
        lambda H: 2 / np.linalg.norm(H, 2),
        lambda H: 2 / np.linalg.svd(H)[1][0],
    ],
    "match_curves": [
        {"A": 5, "B": 6, "C": 1, "D": 4, "E": 8, "F": 2, "G": 3, "H": 7},
        dict(zip("HGFEDCBA", [7, 3, 2, 8, 4, 1, 6, 5])),
        dict(zip("ABCDEFGH", np.array([5, 6, 1, 4, 8, 2, 3, 7]))),
    ],
    "standardize": [
        standardize_by_features,
        standardize_in_rows,
        lambda A, B: tuple((X - A.mean(1)[:, None]) / A.std(1)[:, None] for X in (A, B)),
    ],
    "momentum": [
        momentum_of_the_past,
        momentum_with_positive_velocity,
        momentum_in_a_copy,
        momentum_recursive,
    ],
    "apart": [
        batches_in_one_line,
        batches_of_new_arrays,
        batches_by_splitting,
        batches_with_while,
    ],
    "least_squares_gradient": [
        least_squares_by_loop,
        least_squares_by_slopes_of_r,
        least_squares_with_exp,
    ],
    "quiz_1": quiz_ways("c1"),
    "quiz_2": quiz_ways("b3"),
    "quiz_3": quiz_ways("a2"),
    "quiz_4": quiz_ways("c3"),
    "quiz_5": quiz_ways("b1"),
}

LOOPED = {}
