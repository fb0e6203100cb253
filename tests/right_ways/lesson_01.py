"""Right answers to the exercises of lesson 1, each written in several ways."""

import math

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def neuron_by_loop(w, b, x):
    z = b
    for k in range(len(w)):
        z += w[k] * x[k]
    return z, 1 / (1 + math.exp(-z))


def log_loss_by_loop(a, y):
    total = 0
    for i in range(y.size):
        if y[i] == 1:
            total = total - np.log(a[i])
        else:
            total = total - np.log(1 - a[i])
    return total / y.size


def log_loss_from_z(a, y):
    z = np.log(a / (1 - a))
    return np.mean(np.logaddexp(0, z) - y * z)


def nudge_step_by_step(J, v, h=1e-5):
    above = J(v + h)
    below = J(v - h)
    distance = (v + h) - (v - h)
    return (above - below) / distance


def gradient_by_loop(X, a, y):
    dw, db = np.zeros(len(X)), 0.0
    for i in range(y.size):
        dw += (a[i] - y[i]) * X[:, i] / y.size
        db += (a[i] - y[i]) / y.size
    return dw, db


def gradient_by_two_loops(X, a, y):
    n, m = X.shape
    dw = [0] * n
    for k in range(n):
        for i in range(m):
            dw[k] = dw[k] + (a[i] - y[i]) * X[k, i]
        dw[k] = dw[k] / m
    return dw, sum(a - y) / m


def gradient_by_label(X, a, y):
    pull = np.where(y == 1, -(1 - a), a)
    return np.mean(pull * X, axis=1), pull.mean()


def boundary_with_names(w, b, x1):
    w1, w2 = w
    slope, height_at_0 = -w1 / w2, -b / w2
    return slope * x1 + height_at_0


def train_as_in_the_lesson(X, y, rate):
    w, b, costs = np.zeros(len(X)), 0.0, []
    for step in range(200):
        a = sigmoid(w @ X + b)
        costs.append(-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)))
        dw, db = ((a - y) * X).mean(axis=1), (a - y).mean()
        w, b = w - rate * dw, b - rate * db
    return w, b, costs


def train_in_place(X, y, rate):
    w, b, costs = np.zeros(len(X)), 0, np.zeros(200)
    step = 0
    while step < 200:
        a = sigmoid(X.T @ w + b)
        costs[step] = log_loss_by_loop(a, y)
        error = a - y
        w -= rate * (X @ error) / len(y)
        b -= rate * error.sum() / len(y)
        step += 1
    return w, b, costs


def train_by_examples(X, y, rate):
    n, m = X.shape
    w, b, costs = [0.0] * n, 0.0, []
    for step in range(1, 201):
        dw, db, cost = [0.0] * n, 0.0, 0.0
        for i in range(m):
            z = sum(w[k] * X[k, i] for k in range(n)) + b
            a = 1 / (1 + math.exp(-z))
            cost += -math.log(a) if y[i] == 1 else -math.log(1 - a)
            for k in range(n):
                dw[k] += (a - y[i]) * X[k, i] / m
            db += (a - y[i]) / m
        costs.append(cost / m)
        w = [w[k] - rate * dw[k] for k in range(n)]
        b = b - rate * db
    return [w, b, costs]


def train_with_bias_as_weight(X, y, rate):
    rows, weights, costs = np.vstack([X, np.ones(y.size)]), np.zeros(len(X) + 1), []
    for step in range(200):
        z = weights @ rows
        costs += [np.mean(np.logaddexp(0, z) - y * z)]
        weights = weights + rate * rows @ (y - sigmoid(z)) / y.size
    return weights[:-1], weights[-1], costs


def residual_by_loop(w, b, X, y):
    r = []
    for i in range(y.size):
        r.append(y[i] - sum(w * X[:, i]) - b)
    return r


LOG_LOSSES = [
    log_loss_by_loop,
    log_loss_from_z,
    lambda a, y: -np.mean(y * np.log(a)) - np.mean((1 - y) * np.log(1 - a)),
    lambda a, y: -(y @ np.log(a) + (1 - y) @ np.log(1 - a)) / len(y),
    lambda a, y: -np.log(np.where(y == 1, a, 1 - a)).mean(),
    lambda a, y: -np.log(np.abs(1 - y - a)).sum() / y.size,
    lambda a, y: -np.mean(y * np.log(np.clip(a, 1e-12, 1)) + (1 - y) * np.log(np.clip(1 - a, 1e-12, 1))),
    lambda a, y: -np.mean(np.log(a**y * (1 - a) ** (1 - y))),
    lambda a, y: -np.mean(y * np.log(a + 1e-15) + (1 - y) * np.log(1 - a + 1e-15)),
]

WAYS = {
    "neuron": [
        neuron_by_loop,
        lambda w, b, x: (w @ x + b, sigmoid(w @ x + b)),
        lambda w, b, x: [np.dot(x, w) + b, np.exp(w @ x + b) / (1 + np.exp(w @ x + b))],
        lambda w, b, x: (b + np.einsum("k,k->", w, x), 0.5 * (1 + np.tanh((w @ x + b) / 2))),
    ],
    "log_loss": LOG_LOSSES,
    "nudge": [
        nudge_step_by_step,
        lambda J, v, h=1e-5: ((J(v + h) - J(v)) / h + (J(v) - J(v - h)) / h) / 2,
        lambda J, v, h=1e-4: (J(v + h) - J(v - h)) / (2 * h),
        lambda J, v, h=1e-6: (J(v + h) - J(v - h)) / 2 / h,
        lambda J, v, h=1e-5: (J(v - h) - J(v + h)) / (-2 * h),
        lambda J, v, h=1e-5: (J(v + h / 2) - J(v - h / 2)) / h,
        lambda J, v, h=1e-5: J(v + h) / (2 * h) - J(v - h) / (2 * h),
        lambda J, v: (J(v + 0.00001) - J(v - 0.00001)) / 0.00002,
    ],
    "gradient": [
        gradient_by_loop,
        gradient_by_two_loops,
        gradient_by_label,
        lambda X, a, y: (((a - y) * X).mean(axis=1), (a - y).mean()),
        lambda X, a, y: (np.dot(a - y, X.T) / len(y), np.mean(a) - np.mean(y)),
        lambda X, a, y: (np.einsum("ki,i->k", X, a - y) / y.size, np.sum(a - y) / y.size),
    ],
    "boundary": [
        boundary_with_names,
        lambda w, b, x1: (-w[0] * x1 - b) / w[1],
        lambda w, b, x1: -w[0] / w[1] * x1 - b / w[1],
        lambda w, b, x1: (w[0] * x1 + b) / -w[1],
        lambda w, b, x1: np.linalg.solve([[1, 0], [w[0], w[1]]], [x1, -b])[1],
    ],
    "train_neuron": [train_as_in_the_lesson, train_in_place, train_by_examples, train_with_bias_as_weight],
    "negative_cost": LOG_LOSSES,
    "residual": [
        residual_by_loop,
        lambda w, b, X, y: y - w @ X - b,
        lambda w, b, X, y: -(X.T @ w + b - y),
        lambda w, b, X, y: y - np.column_stack([X.T, np.ones(y.size)]) @ np.append(w, b),
        lambda w, b, X, y: y - np.einsum("k,ki->i", w, X) - b,
    ],
    "xor_proof": ["CDEFBA", "c d f e b a", "C, D, F, B, E, A", "cfbdea", "C-F-D-B-E-A", "CFDEBA"],
    "quiz_1": ["b1", "B1", "b, 1"],
    "quiz_2": ["a3", "A 3", "a-3"],
    "quiz_3": ["c2", "C2", "c. 2."],
    "quiz_4": ["c1", "C1", "(c) 1"],
    "quiz_5": ["a2", "A2", "a, 2"],
}

LOOPED = {}
