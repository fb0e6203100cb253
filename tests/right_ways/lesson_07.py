"""Other right ways to do the exercises of lesson 7."""

import numpy as np

# one_hot


def _one_by_one(y, K):
    Y = np.zeros((K, len(y)))
    for i in range(len(y)):
        Y[y[i], i] = 1
    return Y


def _by_index(y, K):
    Y = np.zeros((K, y.size), dtype=int)
    Y[y, np.arange(y.size)] = 1
    return Y


# softmax


def softmax(Z):
    E = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return E / E.sum(axis=0, keepdims=True)


def _softmax_by_column(Z):
    A = np.zeros(Z.shape)
    for i in range(Z.shape[1]):
        e = np.exp(Z[:, i] - max(Z[:, i]))
        A[:, i] = e / sum(e)
    return A


def _softmax_in_rows(Z):
    E = np.exp(Z.T - Z.max(axis=0).reshape(-1, 1))
    return (E / E.sum(axis=1)[:, None]).T


# cross_entropy


def _cross_entropy_by_loops(Z, Y):
    total = 0
    for i in range(Z.shape[1]):
        z = Z[:, i]
        top = max(z)
        total += top + np.log(sum(np.exp(z - top))) - z[np.argmax(Y[:, i])]
    return total / Z.shape[1]


def _cross_entropy_of_shifted(Z, Y):
    Z = Z - Z.max(axis=0)
    log_A = Z - np.log(np.exp(Z).sum(axis=0))
    return -np.sum(Y * log_A) / Z.shape[1]


def _differences_to_the_truth(Z, Y):
    D = Z - (Y * Z).sum(axis=0)
    return np.logaddexp.reduce(D, axis=0).mean()


# output_gradient


def _minus_one_where_true(A, Y):
    dZ = A.copy()
    dZ[Y.argmax(axis=0), np.arange(Y.shape[1])] -= 1
    return dZ


def _through_the_jacobians(A, Y):
    columns = [(np.diag(a) - np.outer(a, a)) @ (-y / a) for a, y in zip(A.T, Y.T)]
    return np.array(columns).T


# softmax_jacobian


def _jacobian_by_loops(a):
    K = len(a)
    J = np.zeros((K, K))
    for i in range(K):
        for j in range(K):
            J[i, j] = a[i] * (1 - a[i]) if i == j else -a[i] * a[j]
    return J


def _jacobian_filled(a):
    J = -a[:, None] * a
    np.fill_diagonal(J, a * (1 - a))
    return J


# split_and_scale


def _with_slices(X, n_train, n_validation):
    X_train = X[:, :n_train]
    mu, sigma = X_train.mean(axis=1)[:, None], X_train.std(axis=1)[:, None]
    scaled = (X - mu) / sigma
    return scaled[:, :n_train], scaled[:, n_train : n_train + n_validation], scaled[:, n_train + n_validation :]


def _feature_by_feature(X, n_train, n_validation):
    S = np.empty(X.shape)
    for k, row in enumerate(X):
        mean = sum(row[:n_train]) / n_train
        S[k] = (row - mean) / np.sqrt(sum((row[:n_train] - mean) ** 2) / n_train)
    return [S[:, :n_train], S[:, n_train:][:, :n_validation], S[:, n_train:][:, n_validation:]]


def _with_rows(X, n_train, n_validation):
    rows = X.T
    rows = (rows - rows[:n_train].mean(axis=0)) / rows[:n_train].std(axis=0)
    end = n_train + n_validation
    return rows[:n_train].T, rows[n_train:end].T, rows[end:].T


# worst_mistakes


def _sorted_in_python(A, y, k):
    wrong = [i for i in range(len(y)) if np.argmax(A[:, i]) != y[i]]
    return sorted(wrong, key=lambda i: max(A[:, i]), reverse=True)[:k]


def _right_ones_pushed_down(A, y, k):
    confidence = A.max(axis=0)
    confidence[np.argmax(A, axis=0) == y] = -1
    return np.argsort(confidence)[::-1][:k]


def _one_after_the_other(A, y, k):
    confidence = np.where(A.argmax(axis=0) == y, 0, A.max(axis=0))
    found = []
    for _ in range(k):
        found.append(int(confidence.argmax()))
        confidence[found[-1]] = 0
    return found


# stop_when


def _stop_by_loop(J_train, J_validation, J_test):
    best = 0
    for epoch in range(len(J_validation)):
        if J_validation[epoch] < J_validation[best]:
            best = epoch
    return best, J_test[best]


def _stop_by_list(J_train, J_validation, J_test):
    J_validation = list(J_validation)
    epoch = J_validation.index(min(J_validation))
    return [epoch, float(J_test[epoch])]


# bad_columns


def _bad_by_loop(A):
    bad = 0
    for column in A.T:
        if min(column) < 0 or abs(sum(column) - 1) > 1e-9:
            bad += 1
    return bad


def _bad_by_difference(A):
    good = np.logical_and(np.all(A >= 0, axis=0), np.abs(A.sum(axis=0) - 1) < 1e-6)
    return A.shape[1] - np.count_nonzero(good)


WAYS = {
    "one_hot": [
        _one_by_one,
        _by_index,
        lambda y, K: np.arange(K)[:, None] == y,
        lambda y, K: np.eye(K)[y].T,
        lambda y, K: np.array([[1 if label == k else 0 for label in y] for k in range(K)]),
    ],
    "softmax": [
        softmax,
        _softmax_in_rows,
        lambda Z: np.exp(Z - np.logaddexp.reduce(Z, axis=0)),
        lambda Z: 1 / np.exp(Z[None, :, :] - Z[:, None, :]).sum(axis=1),
    ],
    "cross_entropy": [
        _cross_entropy_of_shifted,
        _differences_to_the_truth,
        lambda Z, Y: np.mean(np.logaddexp.reduce(Z, axis=0) - Z[Y.argmax(axis=0), np.arange(Z.shape[1])]),
        lambda Z, Y: float(np.sum(Y * (np.logaddexp.reduce(Z, axis=0) - Z))) / len(Z.T),
    ],
    "output_gradient": [
        _minus_one_where_true,
        lambda A, Y: -(Y - A),
        lambda A, Y: np.where(Y == 1, A - 1, A),
        lambda A, Y: np.subtract(A, Y),
        lambda A, Y: A * Y.sum(axis=0) - Y,
    ],
    "softmax_jacobian": [
        _jacobian_filled,
        lambda a: a[:, None] * (np.eye(a.size) - a),
        lambda a: np.diag(a) @ (np.eye(len(a)) - np.ones((len(a), 1)) @ a[None, :]),
        lambda a: np.diag(a) - a.reshape(-1, 1) @ a.reshape(1, -1),
        lambda a: np.eye(a.size) * a - np.einsum("i,j->ij", a, a),
    ],
    "split_and_scale": [_with_slices, _feature_by_feature, _with_rows],
    "worst_mistakes": [_sorted_in_python, _right_ones_pushed_down, _one_after_the_other],
    "stop_when": [
        _stop_by_loop,
        _stop_by_list,
        lambda J_train, J_validation, J_test: (J_validation.argmin(), J_test[J_validation == min(J_validation)][0]),
    ],
    "bad_columns": [
        _bad_by_loop,
        _bad_by_difference,
        lambda A: sum(bool((column < 0).any()) or not np.isclose(column.sum(), 1) for column in A.T),
    ],
}

LOOPED = {
    "softmax": _softmax_by_column,
    "cross_entropy": _cross_entropy_by_loops,
    "output_gradient": _through_the_jacobians,
    "softmax_jacobian": _jacobian_by_loops,
}
