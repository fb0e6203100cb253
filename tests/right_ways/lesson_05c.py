"""Correct ways to write the answers of lesson 5c: all must be accepted."""

import numpy as np

from mlp_course import numerical_jacobian, sigmoid


def _slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


# Jacobians of z = W x + b


def _affine_by_nudging(W, b, x, h=1e-4):
    dz_dx, dz_db = np.zeros(W.shape), np.zeros((len(b), len(b)))
    for j in range(len(x)):
        move = np.zeros(x.shape)
        move[j] = h
        dz_dx[:, [j]] = ((W @ (x + move) + b) - (W @ (x - move) + b)) / (2 * h)
    for j in range(len(b)):
        move = np.zeros(b.shape)
        move[j] = h
        dz_db[:, [j]] = ((W @ x + b + move) - (W @ x + b - move)) / (2 * h)
    return dz_dx, dz_db


def _affine_by_the_package(W, b, x):
    return (
        numerical_jacobian(lambda v: W @ v + b, x, epsilon=0.01),
        numerical_jacobian(lambda c: W @ x + c, b, epsilon=0.01),
    )


def _affine_from_one_side(W, b, x):
    z = W @ x + b
    dz_dx = np.hstack([W @ (x + e[:, None]) + b - z for e in np.eye(len(x))])  # a nudge of 1: z is straight
    dz_db = np.hstack([b + e[:, None] - b for e in np.eye(len(b))])
    return dz_dx, dz_db


# The row of error


def _looped_row(u, z):
    n = len(u)
    matrix, row, entries = np.zeros((n, n)), np.zeros((1, n)), np.zeros((1, n))
    for i in range(n):
        matrix[i, i] = sigmoid(z)[i, 0] * (1 - sigmoid(z)[i, 0])
        entries[0, i] = u[i, 0] * matrix[i, i]
    for i in range(n):
        for j in range(n):
            row[0, j] += u[i, 0] * matrix[i, j]
    return row, entries


def _row_from_the_identity(u, z):
    h = sigmoid(z)
    return u.T @ (np.eye(len(z)) * (h * (1 - h))), (u * h * (1 - h)).T


# The table with the many zeros


def _kron_by_weights(x, n):
    table = np.zeros((n, n * len(x)))
    for i in range(n):
        for j in range(len(x)):
            table[i, i * len(x) + j] = x[j, 0]
    return table


def _kron_by_blocks(x, n):
    return np.block([[x.T if i == k else np.zeros_like(x.T) for k in range(n)] for i in range(n)])


def _kron_by_nudging(x, n):
    return numerical_jacobian(lambda W: W @ x, np.zeros((n, len(x))), epsilon=0.01)


# TD 6


def _beta3_with_kron(W4, z4, z3, a2):
    delta4 = _slope(z4)
    delta3 = delta4 @ W4 @ np.diag(_slope(z3).ravel())
    return delta3 @ np.hstack([np.kron(np.eye(len(z3)), a2.T), np.eye(len(z3))])


def _beta3_unit_by_unit(W4, z4, z3, a2):
    weights, biases = [], []
    for i in range(len(z3)):
        d = _slope(z4)[0, 0] * W4[0, i] * _slope(z3)[i, 0]
        biases.append(d)
        for a in a2[:, 0]:
            weights.append(d * a)
    return np.array([weights + biases])


def _beta3_by_outer(W4, z4, z3, a2):
    delta = (_slope(z4) * W4).T * _slope(z3)  # a column
    return np.concatenate([np.outer(delta, a2).ravel(), delta.ravel()])[None]


def _beta1_with_kron(W, z, x):
    delta = _slope(z[4])
    for l in range(4, 1, -1):
        delta = delta @ W[l] @ np.diagflat(_slope(z[l - 1]))
    n = len(z[1])
    row = delta @ np.hstack([np.kron(np.eye(n), x.T), np.eye(n)])
    return row, row[0, : n * len(x)].reshape(n, len(x)), row[:, n * len(x) :].T


def _beta1_with_columns(W, z, x):
    dz = _slope(z[4])
    for l in (3, 2, 1):
        dz = W[l + 1].T @ dz * _slope(z[l])
    dW1 = dz @ x.T
    return np.concatenate([dW1.ravel(), dz.ravel()]).reshape(1, -1), dW1, dz


def _beta1_written_out(W, z, x):
    delta = _slope(z[4]) @ W[4] @ np.diagflat(_slope(z[3])) @ W[3] @ np.diagflat(_slope(z[2])) @ W[2] * _slope(z[1]).T
    dW1 = np.outer(delta, x)
    return np.append(dW1, delta)[None, :], dW1, delta.reshape(-1, 1)


# Examples in rows


def _looped_gradient(Delta, A_before):
    dW = np.zeros((A_before.shape[1], Delta.shape[1]))
    for error, inputs in zip(Delta, A_before):
        dW += np.outer(inputs, error)
    return dW


def _quiz_ways(right):
    letter, number = right
    return [right, right.upper(), f"{letter}, {number}", f"({letter}) {number}"]


WAYS = {
    "affine_jacobian": [_affine_by_nudging, _affine_by_the_package, _affine_from_one_side, lambda W, b, x: (W, np.eye(len(W)))],
    "diag_or_hadamard": [
        _row_from_the_identity,
        lambda u, z: (np.dot(u.T, np.diag(_slope(z)[:, 0])), np.multiply(u, _slope(z)).reshape(1, -1)),
        lambda u, z: ((np.diagflat(_slope(z)) @ u).T, u.T * _slope(z.T)),
    ],
    "kron": [_kron_by_weights, _kron_by_blocks, _kron_by_nudging, lambda x, n: np.kron(np.eye(n), x.ravel())],
    "td6_beta3": [_beta3_with_kron, _beta3_unit_by_unit, _beta3_by_outer],
    "td6_beta1": [_beta1_with_kron, _beta1_with_columns, _beta1_written_out],
    "row_gradient": [
        lambda Delta, A_before: A_before.T @ Delta,
        lambda Delta, A_before: (Delta.T @ A_before).T,
        lambda Delta, A_before: np.einsum("ij,ik->jk", A_before, Delta),
    ],
    "quiz_1": _quiz_ways("b3"),
    "quiz_2": _quiz_ways("c2"),
    "quiz_3": _quiz_ways("a3"),
    "quiz_4": _quiz_ways("c1"),
    "quiz_5": _quiz_ways("b2"),
}

LOOPED = {"diag_or_hadamard": [_looped_row], "row_gradient": [_looped_gradient]}
