"""Right answers to the exercises of the lesson of corrections, each written in several ways."""

import numpy as np


def quiz_ways(right):
    letter, number = right
    return [right, right.upper(), f"{letter}, {number}"]


# repair_log_loss


def losses_by_choice(A, Y):
    losses = np.where(Y == 1, -np.log(A), -np.log(1 - A))
    return losses, losses.mean()


def losses_of_the_label(A, Y):
    losses = -np.log(Y * A + (1 - Y) * (1 - A))
    return [losses, losses.sum() / Y.shape[1]]


def both_forms(A, Y):
    losses = -Y * np.log(A) - (1 - Y) * np.log(1 - A)
    J = -1 / Y.shape[1] * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    return losses, J


def losses_from_z(A, Y):
    z = np.log(A / (1 - A))
    losses = np.logaddexp(0, z) - Y * z
    return losses, np.average(losses)


def losses_one_by_one(A, Y):
    losses = np.zeros(A.shape)
    for i in range(A.shape[1]):
        losses[0, i] = -np.log(A[0, i]) if Y[0, i] == 1 else -np.log(1 - A[0, i])
    return losses, losses.mean()


# repair_hidden


def hidden_in_steps(X, W2, A1, A2, Y):
    dZ2 = A2 - Y
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 - A1**2)
    return dZ1, np.dot(dZ1, X.T) / Y.shape[1], dZ1.mean(axis=1, keepdims=True)


def hidden_with_einsum(X, W2, A1, A2, Y):
    dZ1 = np.einsum("kj,ki->ji", W2, A2 - Y) * A1 * (1 - A1)
    m = X.shape[1]
    return dZ1, np.einsum("ji,ki->jk", dZ1, X) / m, (dZ1 @ np.ones((m, 1))) / m


def hidden_with_the_mean_first(X, W2, A1, A2, Y):
    error = ((A2 - Y).T @ W2).T * A1 * (1 - A1)
    slopes = error / Y.shape[1]
    return [error, slopes @ X.T, slopes.sum(axis=1)[:, None]]


def hidden_example_by_example(X, W2, A1, A2, Y):
    n1, m = A1.shape
    dZ1, dW1, db1 = np.zeros((n1, m)), np.zeros((n1, len(X))), np.zeros((n1, 1))
    for i in range(m):
        dZ1[:, i] = W2.T @ (A2[:, i] - Y[:, i]) * A1[:, i] * (1 - A1[:, i])
        dW1 += np.outer(dZ1[:, i], X[:, i]) / m
        db1 += dZ1[:, i : i + 1] / m
    return dZ1, dW1, db1


# repair_rows


def rows_by_columns(A_before, slope, W_next, Delta_next):
    dZ = (W_next @ Delta_next.T) * slope.T
    return dZ.T, (dZ @ A_before).T, dZ.sum(axis=1, keepdims=True).T


def rows_with_einsum(A_before, slope, W_next, Delta_next):
    Delta = np.einsum("ik,jk->ij", Delta_next, W_next) * slope
    return Delta, np.einsum("ij,ik->jk", A_before, Delta), np.ones((1, len(Delta))) @ Delta


def rows_in_steps(A_before, slope, W_next, Delta_next):
    back = np.dot(Delta_next, np.transpose(W_next))
    Delta = np.multiply(slope, back)
    return [Delta, np.dot(A_before.T, Delta), np.sum(Delta, axis=0)[None, :]]


def rows_one_by_one(A_before, slope, W_next, Delta_next):
    Delta = np.array([W_next @ row * s for row, s in zip(Delta_next, slope)])
    dW = sum(np.outer(a, row) for a, row in zip(A_before, Delta))
    return Delta, dW, sum(row[None, :] for row in Delta)


SIZES = {"A": (2, 4, 3, 4), "B": (2, 3, 3, 4), "C": (2, 3, 4, 5), "D": None, "E": (2, 4, 3, 4), "F": (3, 3, 2, 3)}
KINDS = {"A": 7, "B": 1, "C": 5, "D": 8, "E": 3, "F": 6, "G": 2, "H": 4, "I": 5, "J": 6}

WAYS = {
    "classify": [KINDS, dict(reversed(KINDS.items())), dict(zip(KINDS, np.array([*KINDS.values()])))],
    "repair_log_loss": [losses_by_choice, losses_of_the_label, both_forms, losses_from_z],
    "repair_hidden": [hidden_in_steps, hidden_with_einsum, hidden_with_the_mean_first],
    "repair_rows": [rows_by_columns, rows_with_einsum, rows_in_steps],
    "silent_when_square": [
        SIZES,
        {letter: sizes and list(sizes) for letter, sizes in SIZES.items()},
        {"F": (6, 6, 5, 6), "E": (6, 2, 5, 2), "D": None, "C": (6, 5, 4, 3), "B": (5, 6, 6, 2), "A": (5, 3, 6, 3)},
    ],
    "false_correction": [
        {"letter": "d", "number": 5},
        {"number": 1 / (1 - 0.8), "letter": "d"},
        {"letter": "d", "number": (-np.log(0.2 - 1e-5) + np.log(0.2 + 1e-5)) / 2e-5},
    ],
    "quiz_1": quiz_ways("d2"),
    "quiz_2": quiz_ways("b3"),
    "quiz_3": quiz_ways("b1"),
    "quiz_4": quiz_ways("c2"),
    "quiz_5": quiz_ways("c3"),
}

LOOPED = {
    "repair_log_loss": losses_one_by_one,
    "repair_hidden": hidden_example_by_example,
    "repair_rows": rows_one_by_one,
}

# Answers that are the mistakes of a ``Threshold``, by their names
MET = {
    "silent_when_square": {
        "everything square": dict.fromkeys("ABCDEF", (3, 3, 3, 3)),
        "None everywhere": dict.fromkeys("ABCDEF"),
        "all different everywhere": dict.fromkeys("ABCDEF", (2, 3, 4, 5)),
        "A refused": {**SIZES, "A": (2, 3, 3, 4)},
        "A more equal than needed": {**SIZES, "A": (2, 4, 4, 4)},
        "A None": {**SIZES, "A": None},
        "B refused": {**SIZES, "B": (3, 3, 2, 3)},
        "B more equal than needed": {**SIZES, "B": (3, 3, 3, 4)},
        "B None": {**SIZES, "B": None},
        "C right by luck": {**SIZES, "C": (2, 4, 3, 4)},
        "C more equal than needed": {**SIZES, "C": (3, 3, 2, 4)},
        "C None": {**SIZES, "C": None},
        "D has another shape": {**SIZES, "D": (2, 4, 3, 4)},
        "E refused": {**SIZES, "E": (4, 2, 3, 4)},
        "E more equal than needed": {**SIZES, "E": (4, 4, 3, 4)},
        "E None": {**SIZES, "E": None},
        "F refused": {**SIZES, "F": (2, 3, 3, 3)},
        "F has another shape": {**SIZES, "F": (3, 3, 2, 4)},
        "F more equal than needed": {**SIZES, "F": (3, 3, 3, 3)},
        "F None": {**SIZES, "F": None},
    }
}
