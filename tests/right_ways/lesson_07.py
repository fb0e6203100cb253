"""Other right ways to do the exercises of lesson 7."""

import numpy as np

from mlp_course import MLP, GradientDescent, Momentum, activations, datasets, initializers, losses, train
from mlp_course.training import Recording


def quiz_ways(right):
    letter, number = right
    return [right, right.upper(), f"{letter}, {number}"]


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


# wrong_axis


def _step_by_examples(net, X, Y, rate):
    W1, b1, W2, b2 = net
    A1 = np.maximum(W1 @ X + b1, 0)
    Z2 = W2 @ A1 + b2
    A2 = np.array([np.exp(z) / np.exp(z).sum() for z in Z2.T]).T
    dZ2 = A2 - Y
    slopes = [0 * part for part in net]
    for i in range(X.shape[1]):
        dz2 = dZ2[:, [i]]
        dz1 = (W2.T @ dz2) * (A1[:, [i]] > 0)
        parts = dz1 @ X[:, [i]].T, dz1, dz2 @ A1[:, [i]].T, dz2
        slopes = [slope + part / X.shape[1] for slope, part in zip(slopes, parts)]
    return [*(part - rate * slope for part, slope in zip(net, slopes)), A2]


def _step_with_mlp(net, X, Y, rate):
    params = initializers.zeros((len(X), len(net[0]), len(Y)))
    params.W[1], params.b[1], params.W[2], params.b[2] = net
    mlp = MLP(activations.relu, losses.cross_entropy)
    A2 = mlp.forward(params, X)[1][-1]
    params.theta -= rate * mlp.gradient(params, X, Y).theta
    return params.W[1], params.b[1], params.W[2], params.b[2], A2


def _step_without_keepdims(net, X, Y, rate):
    W1, b1, W2, b2 = net
    A1, m = np.maximum(W1 @ X + b1, 0), len(X.T)
    E = np.exp(W2 @ A1 + b2 - np.max(W2 @ A1 + b2))
    A2 = E / E.sum(axis=0)
    dZ2 = (A2 - Y) / m
    dZ1 = np.where(A1 > 0, W2.T @ dZ2, 0)
    after = W1 - rate * dZ1 @ X.T, b1 - rate * dZ1.sum(axis=1)[:, None], W2 - rate * dZ2 @ A1.T
    return (*after, b2 - rate * dZ2.sum(axis=1)[:, None], A2)


# capstone

WINE = datasets.wine()


def two_splits(seed):
    """Return three sets by two calls of ``split``, and the generator."""
    rng = np.random.default_rng(seed)
    X, X_rest, y, y_rest = datasets.split(WINE.X, WINE.y, rng, test=0.4)
    X_2, X_3, y_2, y_3 = datasets.split(X_rest, y_rest, rng, test=0.5)
    return [(X, y), (X_2, y_2), (X_3, y_3)], rng


def every_fifth(seed):
    """Return three sets: of five wines of the file three, one and one."""
    place = np.arange(178) % 5
    return [(WINE.X[:, where], WINE.y[where]) for where in (place < 3, place == 3, place == 4)], np.random.default_rng(seed)


def by_cultivar(seed):
    """Return three sets in lists: half, a quarter and a quarter of each cultivar, shuffled."""
    rng = np.random.default_rng(seed)
    parts = [np.split(o := rng.permutation(np.flatnonzero(WINE.y == k)), [o.size // 2 + 1, o.size * 3 // 4]) for k in range(3)]
    return [[WINE.X[:, np.hstack(part)].tolist(), WINE.y[np.hstack(part)].tolist()] for part in zip(*parts)], rng


def plus_four(r, m):
    p = (r + 2) / (m + 4)
    margin = 2 * np.sqrt(p * (1 - p) / (m + 4))
    return p - margin, p + margin


def wilson(r, m):
    """Return the score interval of 95 %."""
    p, n = r / m, m + 1.96**2
    middle, margin = (r + 1.96**2 / 2) / n, 1.96 / n * np.sqrt(m * p * (1 - p) + 1.96**2 / 4)
    return [middle - margin, middle + margin]


def nudge(network, params, X, Y, step, sides=2):
    """Return the slope by W[1][0, 0], from both sides or from one."""
    moved = [params.copy() for _ in range(3)]
    moved[1].W[1][0, 0] += step
    moved[2].W[1][0, 0] -= step if sides == 2 else 0
    return (network.cost(moved[1], X, Y) - network.cost(moved[2], X, Y)) / (sides * step)


def scaler(sets, ddof=0):
    X = np.array(sets[0][0])
    return X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True, ddof=ddof)


def work(seed=217, make_sets=two_splits, sizes=(13, 16, 3), g=activations.tanh, optimizer=GradientDescent(0.5), start=None,
         epochs=100, every=1, batch_size=None, interval=plus_four, ddof=0, seen=None, sides=2):  # fmt: skip
    """Return a right answer to ``capstone``; ``start`` and ``seen`` (what it is trained on) may spoil it."""
    sets, rng = make_sets(seed)
    mean, deviation = scaler(sets, ddof)
    scaled = [((np.array(X) - mean) / deviation, np.eye(3)[:, np.array(y)]) for X, y in sets]
    network, params = MLP(g, losses.cross_entropy), (start or initializers.lecun)(sizes, rng)
    slopes = network.gradient(params, *scaled[0]).W[1][0, 0], nudge(network, params, *scaled[0], 1e-6, sides)
    seen = seen(sets, scaled) if seen else scaled[0]
    recording = train(network, params, *seen, optimizer, epochs, batch_size, rng if batch_size else None, every)
    visited = [recording.params(k) for k in range(len(recording.epochs))]
    best = np.argmin([network.cost(params, *scaled[1]) for params in visited])
    answer, truth = network.predict(visited[best], scaled[2][0]), np.array(sets[2][1])
    table = np.zeros((3, 3), int)
    np.add.at(table, (truth, answer), 1)
    right = np.sum(answer == truth)
    return {
        **dict(zip(("train", "validation", "test"), sets)), "mean": mean, "deviation": deviation,
        "dummy": np.mean(np.array(sets[1][1]) == np.bincount(np.array(sets[0][1])).argmax()),
        "network": network, "recording": recording, "first_cost": recording.costs[0], "slopes": slopes,
        "epoch": recording.epochs[best], "accuracy": right / truth.size, "confusion": table,
        "interval": interval(right, truth.size),
    }  # fmt: skip


def in_plain_numbers():
    """Return a right answer with rounded numbers and lists."""
    found = work(every=2)
    return {
        **found, "dummy": round(float(found["dummy"]), 2), "first_cost": round(found["first_cost"], 3),
        "mean": found["mean"].tolist(), "deviation": found["deviation"].tolist(), "epoch": int(found["epoch"]),
        "accuracy": round(float(found["accuracy"]), 3), "confusion": found["confusion"].tolist(),
    }  # fmt: skip


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
        lambda J_train, J_validation, J_test: np.array([np.argmin(J_validation), J_test[np.argmin(J_validation)]]),
    ],
    "bad_columns": [
        _bad_by_loop,
        _bad_by_difference,
        lambda A: sum(bool((column < 0).any()) or not np.isclose(column.sum(), 1) for column in A.T),
        lambda A: ((A.min(axis=0) < 0) | (A.sum(axis=0).round(3) != 1)).sum(),
    ],
    "wrong_axis": [_step_by_examples, _step_with_mlp, _step_without_keepdims],
    "capstone": [
        work(),
        work(make_sets=every_fifth, g=activations.relu, optimizer=Momentum(0.05, 0.9), batch_size=16, interval=wilson),
        work(make_sets=by_cultivar, sizes=(13, 8, 8, 3), start=initializers.xavier, ddof=1, epochs=60),
        work(sizes=(13, 3), epochs=200, sides=1),
        in_plain_numbers(),
    ],
    "quiz_1": quiz_ways("b2"),
    "quiz_2": quiz_ways("c1"),
    "quiz_3": quiz_ways("b1"),
    "quiz_4": quiz_ways("b3"),
    "quiz_5": quiz_ways("c2"),
}

LOOPED = {
    "softmax": _softmax_by_column,
    "cross_entropy": _cross_entropy_by_loops,
    "output_gradient": _through_the_jacobians,
    "softmax_jacobian": _jacobian_by_loops,
}


# The mistakes of ``capstone``: a right answer of seed 217 with something changed, or another work

RIGHT = work()
SETS = {name: RIGHT[name] for name in ("train", "validation", "test")}


def but(**changed):
    return {**RIGHT, **changed}


def sets_but(change):
    """Return the right answer with ``change(X, y)`` in the training set."""
    return but(train=change(*RIGHT["train"]))


def joined_columns(scaled, *which):
    return tuple(np.hstack([scaled[k][part] for k in which]) for part in (0, 1))


def cut(*places):
    return but(**{name: (WINE.X[:, part], WINE.y[part]) for name, part in zip(SETS, places)})


def joined(sets, *which):
    return np.hstack([sets[k][0] for k in which]), np.hstack([sets[k][1] for k in which])


def costs_on(name, found=RIGHT):
    X, y = found[name]
    X, Y = (X - found["mean"]) / found["deviation"], np.eye(3)[:, y]
    return np.array([found["network"].cost(found["recording"].params(k), X, Y) for k in range(len(found["recording"].epochs))])


def right_on(name, k=None, found=RIGHT, scaled=True):
    """Return (truth, answer) of a set with the k-th parameters, those of the chosen epoch without k."""
    X, y = found[name]
    X = (X - found["mean"]) / found["deviation"] if scaled else X
    return y, found["network"].predict(found["recording"].params(int(found["epoch"]) if k is None else k), X)


def score(*place, **how):
    return np.mean(np.equal(*right_on(*place, **how)))


def counted(name):
    table = np.zeros((3, 3))
    np.add.at(table, right_on(name), 1)
    return table


def shuffled_cut(sizes, seed=0):
    return np.split(np.random.default_rng(seed).permutation(178), np.cumsum(sizes)[:-1])


def trained_before():
    """Return a work whose parameters were trained already."""
    params = RIGHT["recording"].params(-1)
    return work(start=lambda sizes, rng: params.copy())


def three_sigmoids():
    network = MLP(activations.tanh, losses.binary_cross_entropy)
    return but(network=network)


def one_output():
    X, y = (RIGHT["train"][0] - RIGHT["mean"]) / RIGHT["deviation"], RIGHT["train"][1]
    network, params = MLP(activations.tanh, losses.half_squared_error), initializers.lecun((13, 4, 1), np.random.default_rng(0))
    return but(network=network, recording=train(network, params, X, y[None, :], GradientDescent(0.1), 20))


def all_epochs_best():
    """Return the work of seed 51, with the best accuracy that any of its epochs has on the test set."""
    found = work(seed=51)
    return {**found, "accuracy": max(score("test", k, found=found) for k in range(101))}


def plain(r, m):
    p = r / m
    return p - 2 * np.sqrt(p * (1 - p) / m), p + 2 * np.sqrt(p * (1 - p) / m)


def half_wide(r, m):
    low, high = plus_four(r, m)
    return (3 * low + high) / 4, (low + 3 * high) / 4


def recorded_but(**changed):
    return but(recording=Recording(**{**RIGHT["recording"]._asdict(), **changed}))


LAST = RIGHT["recording"].params(-1)
SCALED = (RIGHT["train"][0] - RIGHT["mean"]) / RIGHT["deviation"], np.eye(3)[:, RIGHT["train"][1]]
LAST_SLOPES = RIGHT["network"].gradient(LAST, *SCALED).W[1][0, 0], nudge(RIGHT["network"], LAST, *SCALED, 1e-6)
slope, nudged = RIGHT["slopes"]
thirds = np.arange(178) % 5

MET = {
    "capstone": {
        "labels in a table": sets_but(lambda X, y: (X, np.eye(3)[y])),
        "wines in rows": sets_but(lambda X, y: (X.T, y)),
        "not as they came": but(**{n: ((X - RIGHT["mean"]) / RIGHT["deviation"], y) for n, (X, y) in SETS.items()}),
        "labels of other wines": sets_but(lambda X, y: (X, np.sort(y))),
        "a wine twice": sets_but(lambda X, y: (np.hstack([X, X[:, :1]]), np.append(y, y[0]))),
        "in two sets": but(test=joined([RIGHT["validation"], RIGHT["test"]], 0, 1)),
        "wines left out": sets_but(lambda X, y: (X[:, 3:], y[3:])),
        "a cultivar missing": cut(*np.split(np.arange(178), [100, 139])),
        "shares lost": cut(*shuffled_cut([100, 39, 39], seed=1)),
        "too few to judge": cut(*(np.flatnonzero(part) for part in (
            np.isin(np.arange(178) % 10, range(8)), np.arange(178) % 10 == 8, np.arange(178) % 10 == 9))),
        "training set too small": cut(thirds == 0, thirds == 1, thirds > 1),
        "flat": but(mean=RIGHT["mean"][:, 0]),
        "of all wines": but(mean=WINE.X.mean(axis=1, keepdims=True), deviation=WINE.X.std(axis=1, keepdims=True)),
        "of two sets": but(mean=joined([*SETS.values()], 0, 1)[0].mean(axis=1, keepdims=True)),
        "variance": but(deviation=RIGHT["deviation"] ** 2),
        "not the training set's": but(mean=np.zeros((13, 1)), deviation=np.ones((13, 1))),
        "dummy in percent": but(dummy=100 * RIGHT["dummy"]),
        "no dummy": but(dummy=RIGHT["accuracy"]),
        "guessing": but(dummy=1 / 3),
        "not the dummy's": but(dummy=0.5),
        "not three outputs": one_output(),
        "other loss": three_sigmoids(),
        "too large": work(sizes=(13, 64, 3), epochs=20),
        "raw inputs": work(seen=lambda sets, scaled: (sets[0][0], scaled[0][1])),
        "trained on all wines": work(seen=lambda sets, scaled: joined_columns(scaled, 0, 1, 2)),
        "trained on two sets": work(seen=lambda sets, scaled: joined_columns(scaled, 0, 1)),
        "other data": recorded_but(costs=RIGHT["recording"].costs + 0.1),
        "begins too high": work(start=lambda sizes, rng: initializers.normal(sizes, rng, 1.5), sizes=(13, 16, 3)),
        "begins too low": trained_before(),
        "expected, not measured": but(first_cost=np.log(3)),
        "a later cost": but(first_cost=RIGHT["recording"].costs[1]),
        "not the first cost": but(first_cost=RIGHT["first_cost"] * len(RIGHT["train"][1])),
        "nothing to compare": work(start=lambda sizes, rng: initializers.zeros(sizes)),
        "one number twice": but(slopes=(slope, slope)),
        "of the end": but(slopes=LAST_SLOPES),
        "mean missing": but(slopes=(slope * len(RIGHT["train"][1]), nudged)),
        "not of this weight": but(slopes=(-slope, nudged)),
        "one step for two": but(slopes=(slope, 2 * nudged)),
        "nudge wrong": but(slopes=(slope, nudged + 0.01)),
        "few to choose from": work(every=10),
        "chosen on the test set": {**(early := work(seed=104)), "epoch": costs_on("test", early).argmin()},
        "lowest training cost": but(epoch=costs_on("train").argmin()),
        "best accuracy": but(epoch=np.argmax([score("validation", k) for k in range(101)])),
        "place for epoch": {**(halved := work(every=2)), "epoch": halved["epoch"] // 2},
        "other epoch": but(epoch=50),
        "accuracy in percent": but(accuracy=100 * RIGHT["accuracy"]),
        "of the training set": but(accuracy=score("train")),
        "of the validation set": {**(other := work(seed=158)), "accuracy": score("validation", found=other)},
        "raw test set": but(accuracy=score("test", scaled=False)),
        "of the last epoch": {**other, "accuracy": score("test", 100, found=other)},
        "best of all epochs": all_epochs_best(),
        "other accuracy": but(accuracy=0.8),
        "turned": but(confusion=RIGHT["confusion"].T),
        "shares for counts": but(confusion=RIGHT["confusion"] / RIGHT["confusion"].sum(axis=1, keepdims=True)),
        "table of the training set": but(confusion=counted("train")),
        "table of the validation set": but(confusion=counted("validation")),
        "other table": but(confusion=np.eye(3)),
        "upside down": but(interval=RIGHT["interval"][::-1]),
        "no width": but(interval=(RIGHT["accuracy"], RIGHT["accuracy"])),
        "without the four": work(interval=plain),
        "one deviation": work(interval=half_wide),
        "other interval": but(interval=(0.2, 0.9)),
    }
}
