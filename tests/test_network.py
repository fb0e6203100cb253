"""The two sweeps against loops, nudges, autograd and scikit-learn, and the symmetries that every network has."""

import dataclasses
import itertools
import math
import pickle

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from mlp_course import (
    MLP, Parameters, arctan, binary_cross_entropy, binary_step, cross_entropy, elu, half_squared_error, identity,
    initializers, leaky_relu, mean_squared_error, prelu, relu, sigmoid, sigmoid_squared_error, softplus, tanh,
)

SIZES, M = (3, 5, 4, 2), 7  # all different, so that a missing transpose shows


# The same network written apart, for autograd: from the formulas alone.


def its_sigmoid(z):
    return 1 / (1 + anp.exp(-z))


def its_softmax(z):
    return anp.exp(z) / anp.sum(anp.exp(z), axis=0)


HIDDEN = {
    identity: lambda z: z,
    sigmoid: its_sigmoid,
    tanh: lambda z: (anp.exp(z) - anp.exp(-z)) / (anp.exp(z) + anp.exp(-z)),
    arctan: anp.arctan,
    relu: lambda z: anp.maximum(z, 0),
    leaky_relu(0.1): lambda z: anp.where(z > 0, z, 0.1 * z),
    prelu(-0.5): lambda z: anp.where(z > 0, z, -0.5 * z),
    elu(1.5): lambda z: anp.where(z > 0, z, 1.5 * (anp.exp(z) - 1)),
    softplus: lambda z: anp.log(1 + anp.exp(z)),
}
COSTS = {  # of the last z (K, m) and y (K, m), before the division by m
    binary_cross_entropy: lambda z, y: -anp.sum(y * anp.log(its_sigmoid(z)) + (1 - y) * anp.log(1 - its_sigmoid(z))),
    cross_entropy: lambda z, y: -anp.sum(y * anp.log(its_softmax(z))),
    half_squared_error: lambda z, y: anp.sum((z - y) ** 2) / 2,
    mean_squared_error: lambda z, y: anp.sum((z - y) ** 2),
    sigmoid_squared_error: lambda z, y: anp.sum((its_sigmoid(z) - y) ** 2) / 2,
}


def its_cost(weights, biases, g, cost, X, Y):
    A = X
    for W, b in zip(weights, biases):
        Z = anp.dot(W, A) + b
        A = g(Z)
    return cost(Z, Y) / X.shape[1]


each_hidden = pytest.mark.parametrize("hidden", HIDDEN, ids=repr)
each_loss = pytest.mark.parametrize("loss", COSTS, ids=repr)
depths = pytest.mark.parametrize("sizes", [(3, 2), (3, 4, 2), SIZES, (1, 1), (4, 3, 1)], ids=str)
thorough = settings(deadline=None, derandomize=True, max_examples=40)


# Examples


def targets(loss, K, m, rng):
    """Return targets (K, m) as ``loss`` takes them: numbers, zeros and ones, or one-hot columns."""
    if loss is cross_entropy:
        return np.eye(K)[:, rng.integers(0, K, m)]
    return rng.normal(size=(K, m)) if loss.output is identity else rng.integers(0, 2, (K, m)).astype(float)


def problem(hidden=tanh, loss=binary_cross_entropy, sizes=SIZES, m=M, seed=0):
    """Return a network, random parameters and examples; no hidden z lies so near 0 that a nudge crosses a corner."""
    rng, mlp = np.random.default_rng(seed), MLP(hidden, loss)
    while True:
        params, X = initializers.lecun(sizes, rng), rng.normal(size=(sizes[0], m))
        for b in params.b:
            b[...] = rng.normal(0, 0.5, b.shape)
        Z, _ = mlp.forward(params, X)
        if all(abs(Z_l).min() > 1e-3 for Z_l in Z[1:-1]):
            return mlp, params, X, targets(loss, sizes[-1], m, rng)


def difference(g, h):
    """Return the relative error of two vectors."""
    return np.linalg.norm(g - h) / (np.linalg.norm(g) + np.linalg.norm(h))


def nudged_gradient(mlp, params, X, Y, h=1e-5):
    """Return central differences of the cost in every parameter."""
    gradient = np.empty_like(params.theta)
    for i in range(gradient.size):
        up, down = params.copy(), params.copy()
        up.theta[i] += h
        down.theta[i] -= h
        gradient[i] = (mlp.cost(up, X, Y) - mlp.cost(down, X, Y)) / (2 * h)
    return gradient


# Forward propagation


@depths
def test_forward_is_the_loop_over_examples_units_and_inputs(sizes):
    mlp, params, X, _ = problem(tanh, binary_cross_entropy, sizes)
    Z, A = mlp.forward(params, X)
    for i in range(M):
        a = X[:, i].tolist()
        for l in params.layers:
            W, b = params.W[l].tolist(), params.b[l].tolist()
            z = [b[j][0] + sum(W[j][k] * a[k] for k in range(sizes[l - 1])) for j in range(sizes[l])]
            last = l == len(sizes) - 1
            a = [1 / (1 + math.exp(-z_j)) if last else math.tanh(z_j) for z_j in z]
            assert Z[l][:, i] == pytest.approx(z, rel=1e-12, abs=1e-14)
            assert A[l][:, i] == pytest.approx(a, rel=1e-12, abs=1e-14)


def test_forward_returns_lists_counted_like_the_layers():
    mlp, params, X, _ = problem()
    Z, A = mlp.forward(params, X)
    assert Z[0] is None and A[0] is X
    assert [Z_l.shape for Z_l in Z[1:]] == [A_l.shape for A_l in A[1:]] == [(n, M) for n in SIZES[1:]]


def test_a_network_of_identities_is_one_matrix():
    mlp, params, X, _ = problem(identity, half_squared_error)
    for b in params.b:
        b.fill(0)
    W1, W2, W3 = params.W
    assert np.allclose(mlp.forward(params, X)[1][-1], W3 @ W2 @ W1 @ X, rtol=1e-12)


@each_hidden
@each_loss
def test_the_cost_is_that_of_the_formulas(hidden, loss):
    mlp, params, X, Y = problem(hidden, loss)
    assert mlp.cost(params, X, Y) == pytest.approx(its_cost(params.W, params.b, HIDDEN[hidden], COSTS[loss], X, Y), rel=1e-12)


def test_a_network_of_zeros_costs_ln_2_and_ln_K():
    X = np.ones((3, 4))
    assert MLP(tanh, binary_cross_entropy).cost(Parameters((3, 2, 1)), X, [[0, 1, 1, 0]]) == pytest.approx(math.log(2))
    assert MLP(tanh, cross_entropy).cost(Parameters((3, 2, 4)), X, np.eye(4)) == pytest.approx(math.log(4))


# Backpropagation


def agree(g, h, tolerance):
    """Say whether the relative error is at most ``tolerance``; where both are 0 but for rounding, it says nothing."""
    return np.linalg.norm(g - h) <= tolerance * (np.linalg.norm(g) + np.linalg.norm(h)) + 1e-10


@each_hidden
@each_loss
@settings(thorough, max_examples=12)  # of each of 45 pairs: 540 networks
@given(sizes=st.lists(st.integers(1, 9), min_size=2, max_size=6), m=st.integers(1, 7), seed=st.integers(0, 10**6))
def test_the_gradient_is_that_of_nudges_and_of_autograd(hidden, loss, sizes, m, seed):
    mlp, params, X, Y = problem(hidden, loss, sizes, m, seed)
    gradient = mlp.gradient(params, X, Y)
    assert agree(gradient.theta, nudged_gradient(mlp, params, X, Y), 1e-6)
    dW, db = autograd.grad(lambda blocks: its_cost(*blocks, HIDDEN[hidden], COSTS[loss], X, Y))(
        (list(params.W), list(params.b))
    )
    theirs = np.concatenate([block.ravel() for blocks in zip(dW, db) for block in blocks])
    assert agree(gradient.theta, theirs, 1e-10)


@depths
@pytest.mark.parametrize("loss", [binary_cross_entropy, mean_squared_error], ids=repr)
def test_the_gradient_is_right_at_every_depth(sizes, loss):
    mlp, params, X, Y = problem(tanh, loss, sizes)
    assert difference(mlp.gradient(params, X, Y).theta, nudged_gradient(mlp, params, X, Y)) <= 1e-7


def test_backward_is_the_two_layers_of_the_notes():
    mlp, params, X, Y = problem(sigmoid, binary_cross_entropy, (3, 4, 1))
    W1, W2 = params.W
    b1, b2 = params.b
    Z1 = W1 @ X + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = W2 @ A1 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / M
    db2 = np.sum(dZ2, axis=1, keepdims=True) / M
    dZ1 = (W2.T @ dZ2) * A1 * (1 - A1)
    dW1 = dZ1 @ X.T / M
    db1 = np.sum(dZ1, axis=1, keepdims=True) / M
    gradient = mlp.backward(params, [None, Z1, Z2], [X, A1, A2], Y)
    for ours, by_hand in zip([*gradient.W, *gradient.b], [dW1, dW2, db1, db2]):
        assert np.allclose(ours, by_hand, rtol=1e-13, atol=1e-16)


def test_gradient_is_forward_then_backward():
    mlp, params, X, Y = problem()
    Z, A = mlp.forward(params, X)
    mlp.forward(params, -X)  # nothing is remembered that this could spoil
    assert np.array_equal(mlp.backward(params, Z, A, Y).theta, mlp.gradient(params, X, Y).theta)


def test_through_a_binary_step_only_the_last_layer_learns():
    mlp, params, X, Y = problem(binary_step)
    gradient = mlp.gradient(params, X, Y)
    assert not any(gradient.W[l].any() or gradient.b[l].any() for l in (1, 2))
    assert gradient.W[3].any() and gradient.b[3].any()


# Memory


def test_two_gradients_share_no_memory():
    mlp, params, X, Y = problem()
    first = mlp.gradient(params, X, Y)
    kept = first.theta.copy()
    second = mlp.gradient(params, -X, Y)
    for one, other in itertools.combinations((first.theta, second.theta, params.theta, X, Y), 2):
        assert not np.shares_memory(one, other)
    assert np.array_equal(first.theta, kept)
    assert first.sizes == params.sizes and isinstance(first, Parameters)


@each_loss
def test_arguments_are_not_changed(loss):
    mlp, params, X, Y = problem(relu, loss)
    Z, A = mlp.forward(params, X)
    arrays = [params.theta, X, Y, *Z[1:], *A]
    before = [array.copy() for array in arrays]
    lists = list(Z), list(A)
    mlp.backward(params, Z, A, Y), mlp.gradient(params, X, Y), mlp.cost(params, X, Y)
    if loss.output is not identity:
        mlp.predict(params, X)
    assert all(map(np.array_equal, arrays, before))
    assert all(now is then for values, copies in zip((Z, A), lists) for now, then in zip(values, copies))


@each_loss
def test_float32_stays_float32(loss):
    mlp, params, X, Y = problem(tanh, loss)
    params = Parameters(SIZES, params.theta, np.float32)
    Z, A = mlp.forward(params, X.astype(np.float32))
    assert {array.dtype for array in [*Z[1:], *A]} == {np.dtype(np.float32)}
    assert mlp.backward(params, Z, A, Y.astype(np.float32)).theta.dtype == np.float32


def test_columns_may_be_views_of_rows_and_lists_are_taken():
    mlp, params, X, Y = problem()
    rows = np.ascontiguousarray(X.T)
    gradient = mlp.gradient(params, X, Y).theta
    assert np.allclose(mlp.gradient(params, rows.T, Y).theta, gradient, rtol=1e-13)
    assert np.allclose(mlp.gradient(params, X.tolist(), Y.tolist()).theta, gradient, rtol=1e-13)
    Z, A = ([None if part is None else part.tolist() for part in parts] for parts in mlp.forward(params, X))
    assert np.allclose(mlp.backward(params, Z, A, Y).theta, gradient, rtol=1e-13)


def test_a_network_is_a_value():
    mlp = MLP(tanh, cross_entropy)
    assert mlp == MLP(tanh, cross_entropy) and mlp != MLP(relu, cross_entropy)
    with pytest.raises(dataclasses.FrozenInstanceError):
        mlp.loss = half_squared_error


def test_a_pickled_network_computes_the_same():
    mlp, params, X, Y = problem(leaky_relu(), cross_entropy)
    again = pickle.loads(pickle.dumps(mlp))
    assert np.array_equal(again.gradient(params, X, Y).theta, mlp.gradient(params, X, Y).theta)
    with pytest.raises(ValueError, match="^hidden_activation must act entry by entry, got softmax"):
        MLP(again.loss.output, cross_entropy)


# Symmetries


@each_loss
@thorough
@given(seed=st.integers(0, 10**6), m=st.integers(1, 6))
def test_every_example_twice_changes_nothing(loss, seed, m):
    mlp, params, X, Y = problem(tanh, loss, m=m, seed=seed)
    twice = mlp.gradient(params, np.hstack([X, X]), np.hstack([Y, Y])).theta
    assert np.allclose(twice, mlp.gradient(params, X, Y).theta, rtol=1e-12, atol=1e-15)


@each_loss
@thorough
@given(seed=st.integers(0, 10**6), m=st.integers(1, 6))
def test_the_order_of_examples_changes_nothing(loss, seed, m):
    mlp, params, X, Y = problem(tanh, loss, m=m, seed=seed)
    order = np.random.default_rng(seed).permutation(m)
    assert np.allclose(mlp.forward(params, X[:, order])[1][-1], mlp.forward(params, X)[1][-1][:, order], rtol=1e-12)
    assert mlp.cost(params, X[:, order], Y[:, order]) == pytest.approx(mlp.cost(params, X, Y), rel=1e-12)
    gradient = mlp.gradient(params, X[:, order], Y[:, order]).theta
    assert np.allclose(gradient, mlp.gradient(params, X, Y).theta, rtol=1e-12, atol=1e-15)


@each_loss
@thorough
@given(seed=st.integers(0, 10**6))
def test_the_gradient_is_the_mean_over_examples(loss, seed):
    mlp, params, X, Y = problem(tanh, loss, seed=seed)
    one_by_one = [mlp.gradient(params, X[:, [i]], Y[:, [i]]).theta for i in range(M)]
    assert np.allclose(np.mean(one_by_one, axis=0), mlp.gradient(params, X, Y).theta, rtol=1e-11, atol=1e-15)


@each_hidden
def test_hidden_units_that_change_places_with_their_weights_change_nothing(hidden):
    mlp, params, X, Y = problem(hidden, cross_entropy)
    order, moved = np.random.default_rng(1).permutation(SIZES[1]), params.copy()
    moved.W[1], moved.b[1], moved.W[2] = params.W[1][order], params.b[1][order], params.W[2][:, order]
    assert np.allclose(mlp.forward(moved, X)[1][-1], mlp.forward(params, X)[1][-1], rtol=1e-12)
    assert np.allclose(mlp.gradient(moved, X, Y).W[1], mlp.gradient(params, X, Y).W[1][order], rtol=1e-11, atol=1e-15)


def test_equal_hidden_units_get_equal_gradients():
    mlp, params, X, Y = problem(tanh, binary_cross_entropy, (3, 4, 1))
    params.W[1], params.b[1], params.W[2] = np.full((4, 3), 0.5), np.zeros((4, 1)), np.full((1, 4), 0.5)
    gradient = mlp.gradient(params, X, Y)
    assert np.ptp(gradient.W[1], axis=0).max() == 0 and np.ptp(gradient.W[2]) < 1e-16


# Labels


def test_one_output_predicts_1_from_one_half_on():
    mlp, params = MLP(tanh, binary_cross_entropy), Parameters((1, 1), [1, 0])
    labels = mlp.predict(params, [[-2.0, -1e-9, 0.0, 3.0]])
    assert labels.tolist() == [0, 0, 1, 1] and labels.dtype.kind == "i"


def test_K_outputs_predict_the_largest():
    mlp, params = MLP(tanh, cross_entropy), Parameters((3, 3))
    params.W[1] = np.eye(3)
    labels = mlp.predict(params, [[5.0, 0, 1, 2], [1, -1, 3, 2], [0, 4, 2, 2]])
    assert labels.tolist() == [0, 2, 1, 0] and labels.dtype.kind == "i"


@pytest.mark.parametrize("loss", [half_squared_error, mean_squared_error], ids=repr)
def test_numbers_are_not_labels(loss):
    mlp, params, X, _ = problem(tanh, loss)
    with pytest.raises(TypeError, match=rf"predict gives labels, but {loss.name} is for numbers: use forward"):
        mlp.predict(params, X)


# scikit-learn


@pytest.mark.parametrize("K", [2, 3])
@pytest.mark.parametrize("name, hidden", [("identity", identity), ("logistic", sigmoid), ("tanh", tanh), ("relu", relu)])
@pytest.mark.filterwarnings("ignore", category=ConvergenceWarning)
def test_weights_fitted_by_scikit_learn_give_its_probabilities(name, hidden, K):
    rng = np.random.default_rng(0)
    rows, y = rng.normal(size=(60, 3)), np.arange(60) % K
    theirs = MLPClassifier((5, 4), activation=name, max_iter=5, random_state=0).fit(rows + y[:, None], y)
    params = Parameters((3, 5, 4, 1 if K == 2 else K))
    for l in params.layers:
        params.W[l], params.b[l] = theirs.coefs_[l - 1].T, theirs.intercepts_[l - 1][:, None]
    mlp = MLP(hidden, binary_cross_entropy if K == 2 else cross_entropy)
    A = mlp.forward(params, rows.T)[1][-1]
    ours = np.vstack([1 - A, A]) if K == 2 else A
    assert np.abs(ours - theirs.predict_proba(rows).T).max() <= 1e-12
    assert np.array_equal(mlp.predict(params, rows.T), theirs.predict(rows))
