"""Right answers to the exercises of lesson 8, each written in several ways."""

import numpy as np


def quiz_ways(right):
    letter, number = right
    return [right, right.upper(), f"{letter}, {number}"]


def relu(z):
    return np.maximum(z, 0)


# tent


def tent_by_matrices(x, k):
    W1, b1, W2 = np.array([[1.0], [1.0]]), np.array([[1.0], [0.0]]), np.array([[2.0, -4.0]])
    y = x[None, :]
    for _ in range(k):
        y = W2 @ relu(W1 @ y + b1) - 1
    return y[0], 2 * k


def tent_recursive(x, k):
    if k == 0:
        return x, 0
    y, units = tent_recursive(1 - 2 * relu(x) - 2 * relu(-x), k - 1)
    return y, units + 2


def tent_from_the_right(x, k):
    for _ in range(k):
        x = 2 * relu(1 - x) - 4 * relu(-x) - 1
    return x, k + k


def tent_point_by_point(x, k):
    found, units = [], 0
    for each in x:
        units = 0
        for _ in range(k):
            each = 1 - max(2 * each, 0) - max(-2 * each, 0)
            units += 2
        found.append(each)
    return found, units


# pieces


def z_at(W, b, X, l):
    A = X
    for i in range(1, l):
        A = relu(W[i] @ A + b[i])
    return W[l] @ A + b[l]


def pieces_by_loops(W, b, p, q):
    t = np.array([0.0, 1.0])
    for l in range(1, len(W) - 1):
        new = []
        for z in z_at(W, b, p + t * (q - p), l):
            for i in range(len(t) - 1):
                if z[i] * z[i + 1] < 0:
                    share = z[i] / (z[i] - z[i + 1])
                    new.append(t[i] + share * (t[i + 1] - t[i]))
        t = np.unique([*t, *new])
    slopes = np.diff(z_at(W, b, p + t * (q - p), len(W) - 1)[0]) / np.diff(t)
    return 1 + np.sum(~np.isclose(slopes[1:], slopes[:-1]))


def pieces_with_zeros_left_out(W, b, p, q):  # a z that is 0 at one point crosses there, and that point is known
    t = np.array([0.0, 1.0])
    for l in range(1, len(W) - 1):
        new = list(t)
        for z in z_at(W, b, p + (q - p) * t, l):
            for i in range(len(t) - 1):
                if z[i] * z[i + 1] <= 0 and z[i] != 0 and z[i + 1] != 0:
                    new.append(t[i] - z[i] * (t[i + 1] - t[i]) / (z[i + 1] - z[i]))
        t = np.unique(new)
    slopes = np.diff(z_at(W, b, p + (q - p) * t, len(W) - 1)[0]) / np.diff(t)
    return 1 + np.count_nonzero(np.abs(np.diff(slopes)) > 1e-6)


def slope_at(W, b, X, way):
    """Return the slope of the output at X along ``way``: the product of the weights of the units that are awake."""
    for l in range(1, len(W) - 1):
        Z = W[l] @ X + b[l]
        X, way = relu(Z), (Z > 0) * (W[l] @ way)
    return (W[-1] @ way).item()


def pieces_by_awake_units(W, b, p, q):
    t = [0.0, 1.0]
    for l in range(1, len(W) - 1):
        Z, more = z_at(W, b, (1 - np.array(t)) * p + np.array(t) * q, l), set(t)
        for i, (left, right) in enumerate(zip(t, t[1:])):
            for before, after in Z[:, i : i + 2]:
                if (before < 0 < after) or (after < 0 < before):
                    more.add((left * after - right * before) / (after - before))
        t = sorted(more)
    slopes = [slope_at(W, b, p + (left + right) / 2 * (q - p), q - p) for left, right in zip(t, t[1:])]
    return 1 + sum(abs(one - other) > 1e-9 for one, other in zip(slopes, slopes[1:]))


def straight_parts(W, b, left, right, l):
    """Yield the inputs at the ends of the parts from ``left`` to ``right`` where no unit of layer l or later bends."""
    if l == len(W) - 1:
        yield left, right
        return
    start, end = z_at(W, b, np.hstack([left, right]), l).T
    turns = start * end < 0
    shares = np.unique([0, 1, *(start / np.where(turns, start - end, 1))[turns]])
    for one, other in zip(shares, shares[1:]):
        yield from straight_parts(W, b, left + one * (right - left), left + other * (right - left), l + 1)


def pieces_recursive(W, b, p, q):
    count, before = 0, None
    for left, right in straight_parts(W, b, p, q, 1):
        y = z_at(W, b, np.hstack([left, right]), len(W) - 1)[0]
        slope = (y[1] - y[0]) / np.linalg.norm(right - left)
        if before is None or abs(slope - before) > 1e-7:
            count += 1
        before = slope
    return count


# parity_flat


def parity_in_lists(n):
    W2 = [1] + [-2 if j % 2 else 2 for j in range(1, n)]
    return [[0.5] * n] * n, [[n / 2 - j] for j in range(n)], [W2], [[0]]


def parity_with_whole_weights(n):
    j = np.arange(n)[::-1][:, None]
    W2 = np.where(j == 0, 1, 2 * (-1) ** j) / 2
    return np.ones((n, n)), n - 2 * j, W2.T, np.zeros((1, 1))


def parity_from_the_other_end(n):  # units that fall asleep, one with each further +1
    j = np.arange(1, n + 1)
    W2 = np.where(j == n, 1, 2 * (-1) ** (n - j)) * (-1) ** n
    return np.full((n, n), -0.5), j[:, None] - n / 2, W2[None, :], np.array([[n % 2]])  # all asleep: the bias is left


# and_or_terms


def terms_by_loops(X, y):
    terms = [X[:, i].tolist() for i in range(X.shape[1]) if y[i] == 1]
    pairs = 0
    for i in range(len(terms)):
        for j in range(i):
            if sum(one != other for one, other in zip(terms[i], terms[j])) == 1:
                pairs += 1
    return len(terms), pairs


def terms_as_texts(X, y):
    terms = {"".join(str(int(bit)) for bit in column) for column, label in zip(X.T, y) if label}
    turned = [t[:k] + ("1" if t[k] == "0" else "0") + t[k + 1 :] for t in terms for k in range(len(X))]
    return len(terms), sum(t in terms for t in turned) // 2


def terms_in_one_array(X, y):
    return np.array(terms_by_loops(X, y))


def terms_by_products(X, y):  # with signs +1 and -1, the product of two columns is n - 2 times the bits that differ
    S = 2 * X[:, y.astype(bool)] - 1
    return S.shape[1], int((S.T @ S == len(X) - 2).sum() / 2)


# interval_zero


def interval_by_comprehension(run, seeds):
    scores = [run(np.random.default_rng(seed)) for seed in seeds]
    return min(scores), np.median(scores), max(scores)


def interval_sorted(run, seeds):
    scores = np.zeros(len(seeds))
    for k in range(len(seeds)):
        scores[k] = run(np.random.default_rng(seeds[k]))
    scores = np.sort(scores)
    middle = len(scores) // 2
    return [scores[0], (scores[middle] + scores[-middle - 1]) / 2, scores[-1]]


# fair_contest


def contest_by_loops(validation, test):
    shapes, rates, seeds = validation.shape
    best, low, middle, high = [], [], [], []
    for shape in range(shapes):
        medians = [np.median(validation[shape, rate]) for rate in range(rates)]
        chosen = medians.index(max(medians))
        runs = sorted(test[shape, chosen])
        best.append(chosen)
        low.append(runs[0])
        middle.append((runs[seeds // 2] + runs[(seeds - 1) // 2]) / 2)
        high.append(runs[-1])
    return best, low, middle, high


def contest_by_quantiles(validation, test):
    best = np.argmax(np.quantile(validation, 0.5, axis=-1), axis=-1)
    runs = np.take_along_axis(test, best[:, None, None], axis=1)[:, 0]
    return (best, *np.quantile(runs, [0, 0.5, 1], axis=1))


def contest_shape_by_shape(validation, test):
    rows = []
    for V, T in zip(validation, test):
        rate = np.median(V, axis=1).argmax()
        rows.append((rate, T[rate].min(), np.median(T[rate]), T[rate].max()))
    return tuple(np.array(rows).T)


WAYS = {
    "count_flat_deep": [
        {"A": 73, "B": 169, "C": 1585, "D": 673},
        {"A": 24 * 3 + 1, "B": 2 * 8 + 2 * 72 + 9, "C": 24 * 66 + 1, "D": 65 * 8 + 2 * 72 + 9},
        dict(zip("DCBA", np.array([673, 1585, 169, 73]))),
    ],
    "tent": [tent_by_matrices, tent_recursive, tent_from_the_right, tent_point_by_point],
    "pieces": [pieces_by_loops, pieces_with_zeros_left_out, pieces_by_awake_units, pieces_recursive],
    "parity_flat": [parity_in_lists, parity_with_whole_weights, parity_from_the_other_end],
    "and_or_terms": [terms_by_loops, terms_as_texts, terms_in_one_array, terms_by_products],
    "interval_zero": [
        interval_by_comprehension,
        interval_sorted,
        lambda run, seeds: np.quantile([run(np.random.default_rng(seed)) for seed in seeds], [0, 0.5, 1]).tolist(),
        lambda run, seeds: np.quantile([run(np.random.default_rng(seed)) for seed in seeds], [0, 0.5, 1]),
    ],
    "fair_contest": [contest_by_loops, contest_by_quantiles, contest_shape_by_shape],
    "quiz_1": quiz_ways("a2"),
    "quiz_2": quiz_ways("c2"),
    "quiz_3": quiz_ways("b3"),
    "quiz_4": quiz_ways("c1"),
    "quiz_5": quiz_ways("b3"),
}

LOOPED = {}
