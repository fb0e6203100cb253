"""Right answers to the exercises of lesson 0, each written in several ways."""

import numpy as np


def mean_by_loop(table):
    means = []
    for j in range(table.shape[1]):
        means.append(sum(table[:, j]) / len(table))
    return means


def mean_by_adding_rows(table):
    total = np.zeros(table.shape[1])
    for row in table:
        total += row
    return total / len(table)


def square_by_adding(x):
    total = 0
    for sign in (-1, 1):
        total += (x + sign) ** 2
    return (total - 2) / 2


X = np.arange(15.0).reshape(5, 3)
CODES = ["X.T", "X[0]", "X[:, :1]", "X.sum(axis=0)", "X.T @ X", "np.zeros((4, 1))"]

WAYS = {
    "mean_of_features": [
        mean_by_loop,
        mean_by_adding_rows,
        lambda table: np.mean(table.T, axis=1),
        lambda table: np.ones(len(table)) @ table / len(table),
        lambda table: np.einsum("ij->j", table) / table.shape[0],
        lambda table: np.average(table, axis=-2),
    ],
    "shape_of": [
        {
            "X.T": (3, 5),
            "X[0]": (3,),
            "X[:, :1]": (5, 1),
            "X.sum(axis=0)": (3,),
            "X.T @ X": (3, 3),
            "np.zeros((4, 1))": (4, 1),
        },
        {
            "np.zeros((4, 1))": [4, 1],
            "X.T @ X": [3, 3],
            "X.sum(axis=0)": [3],
            "X[:, :1]": [5, 1],
            "X[0]": [3],
            "X.T": [3, 5],
        },
        {code: eval(code).shape for code in CODES},
        {
            "X.T": np.array([3, 5]),
            "X[0]": np.array([3]),
            "X[:, :1]": np.array([5, 1]),
            "X.sum(axis=0)": (3,),
            "X.T @ X": (3, 3),
            "np.zeros((4, 1))": (4, 1),
        },
    ],
    "first_check": [lambda x: x**2, lambda x: x * x, lambda x: pow(x, 2), np.square, square_by_adding],
    "quiz_1": ["c2", "C2", "c, 2"],
    "quiz_2": ["b3", "B 3", "b-3"],
    "quiz_3": ["a2", "A2", "a. 2."],
}

LOOPED = {}
