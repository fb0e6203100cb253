"""Costs against the textbook in plain Python, error signals against nudges, and both where a rounds to 0 or 1."""

import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp_course import (
    Loss, binary_cross_entropy, cross_entropy, half_squared_error, identity, mean_squared_error, sigmoid,
    sigmoid_squared_error, softmax,
)


def log_loss(a, y):
    return -sum(y_k * math.log(a_k) + (1 - y_k) * math.log(1 - a_k) for a_k, y_k in zip(a, y))


# The loss of one example: a and y are its K outputs and targets.
TEXTBOOK = {
    binary_cross_entropy: log_loss,
    cross_entropy: lambda a, y: -sum(y_k * math.log(a_k) for a_k, y_k in zip(a, y)),
    half_squared_error: lambda a, y: sum((a_k - y_k) ** 2 for a_k, y_k in zip(a, y)) / 2,
    mean_squared_error: lambda a, y: sum((a_k - y_k) ** 2 for a_k, y_k in zip(a, y)),
    sigmoid_squared_error: lambda a, y: sum((a_k - y_k) ** 2 for a_k, y_k in zip(a, y)) / 2,
}
LOSSES = list(TEXTBOOK)
MATCHED = [binary_cross_entropy, cross_entropy, half_squared_error]

each = pytest.mark.parametrize("loss", LOSSES, ids=repr)
thorough = settings(deadline=None, derandomize=True, max_examples=50)
seeds, widths = st.integers(0, 2**32 - 1), st.integers(1, 5)


def targets(loss, K, m, rng):
    """Return targets (K, m) as ``loss`` takes them: numbers, zeros and ones, or one-hot columns."""
    if loss is cross_entropy:
        return np.eye(K)[:, rng.integers(0, K, m)]
    return rng.normal(size=(K, m)) if loss.output is identity else rng.integers(0, 2, (K, m)).astype(float)


def example_of(loss, K=3, m=7, seed=0, scale=2.0):
    """Return Z, A, Y of shape (K, m) for ``loss``."""
    rng = np.random.default_rng(seed)
    Z = rng.normal(0, scale, (K, m))
    return Z, loss.output(Z), targets(loss, K, m, rng)


# Costs


@each
@thorough
@given(seed=seeds, K=widths, m=widths)
def test_the_cost_is_the_textbook_mean_over_examples(loss, seed, K, m):
    Z, A, Y = example_of(loss, K, m, seed)
    mean = sum(TEXTBOOK[loss](a, y) for a, y in zip(A.T.tolist(), Y.T.tolist())) / m
    assert loss.cost(Z, A, Y) == pytest.approx(mean, rel=1e-11, abs=1e-14)


@each
def test_a_cost_is_a_plain_float(loss):
    assert type(loss.cost(*example_of(loss))) is float


@pytest.mark.parametrize("a, cost", [(0.5, 0.693), (0.9, 2.303), (0.999, 6.908)])
def test_a_wrong_answer_costs_more_the_surer_it_is(a, cost):
    Z = np.array([[math.log(a / (1 - a))]])
    assert binary_cross_entropy.cost(Z, sigmoid(Z), [[0.0]]) == pytest.approx(cost, abs=5e-4)


def test_the_log_loss_needs_its_brackets():
    """As printed in notes 000 and 001, minus and sum cover the first term alone: a sure mistake would be rewarded."""
    Z = np.array([[math.log(9)]])
    a, y = 0.9, 0.0
    printed = -y * math.log(a) + (1 - y) * math.log(1 - a)
    cost = binary_cross_entropy.cost(Z, sigmoid(Z), [[y]])
    assert printed == pytest.approx(-math.log(10)) and cost == pytest.approx(math.log(10))


def test_one_half_costs_ln_2():
    Z = np.zeros((1, 6))
    Y = [[0, 1, 1, 0, 1, 0]]
    assert binary_cross_entropy.cost(Z, sigmoid(Z), Y) == pytest.approx(math.log(2), rel=1e-15)


@pytest.mark.parametrize("K", [2, 3, 10])
def test_equal_probabilities_cost_ln_K(K):
    Z, Y = np.full((K, K), 3.7), np.eye(K)
    assert cross_entropy.cost(Z, softmax(Z), Y) == pytest.approx(math.log(K), rel=1e-15)


def test_two_classes_cost_the_same_by_either_cross_entropy():
    Z, _, Y = example_of(cross_entropy, K=2)
    z = Z[1:] - Z[:1]
    assert binary_cross_entropy.cost(z, sigmoid(z), Y[1:]) == pytest.approx(cross_entropy.cost(Z, softmax(Z), Y), rel=1e-14)


def test_mean_squared_error_is_twice_the_half():
    Z, A, Y = example_of(half_squared_error)
    assert mean_squared_error.cost(Z, A, Y) == pytest.approx(2 * half_squared_error.cost(Z, A, Y), rel=1e-15)
    assert np.array_equal(mean_squared_error.dZ(Z, A, Y), 2 * half_squared_error.dZ(Z, A, Y))


# Error signals


@each
@thorough
@given(seed=seeds, K=widths, m=widths)
def test_dZ_is_m_times_the_nudged_cost(loss, seed, K, m):
    Z, A, Y = example_of(loss, K, m, seed)
    h, nudged = 1e-5, np.empty((K, m))
    for k, i in np.ndindex(K, m):
        up, down = Z.copy(), Z.copy()
        up[k, i] += h
        down[k, i] -= h
        nudged[k, i] = (loss.cost(up, loss.output(up), Y) - loss.cost(down, loss.output(down), Y)) / (2 * h)
    assert np.allclose(loss.dZ(Z, A, Y), m * nudged, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("loss", MATCHED, ids=repr)
def test_a_matched_pair_has_A_minus_Y(loss):
    Z, A, Y = example_of(loss)
    assert np.array_equal(loss.dZ(Z, A, Y), A - Y)


def test_the_textbook_chain_of_log_loss_and_sigmoid_is_A_minus_Y():
    """-(y/a - (1-y)/(1-a)) times a(1-a), the two factors of the notes."""
    Z, A, Y = example_of(binary_cross_entropy)
    chain = -(Y / A - (1 - Y) / (1 - A)) * A * (1 - A)
    assert np.allclose(binary_cross_entropy.dZ(Z, A, Y), chain, rtol=1e-10, atol=1e-14)


def test_squared_error_after_a_sigmoid_hardly_corrects_a_sure_mistake():
    Z, Y = np.array([[10.0]]), np.array([[0.0]])
    A = sigmoid(Z)
    assert binary_cross_entropy.dZ(Z, A, Y) > 0.9999
    assert sigmoid_squared_error.dZ(Z, A, Y) < 1e-4


# The ends of the scale


@each
def test_cost_and_dZ_are_finite_for_any_z_up_to_10_000(loss):
    ends = np.array([-1e4, -750, -745, -710, -40, 0, 40, 710, 745, 750, 1e4])
    Z = np.stack([ends, -ends, np.roll(ends, 3)])
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        A = loss.output(Z)
        for label in range(3):
            Y = np.zeros_like(Z)
            Y[label] = 1
            assert math.isfinite(loss.cost(Z, A, Y)) and loss.cost(Z, A, Y) >= 0
            assert np.isfinite(loss.dZ(Z, A, Y)).all()


@pytest.mark.parametrize("z", [40.0, 745.0, 1e4])
def test_far_out_a_right_answer_is_free_and_a_wrong_one_costs_z(z):
    for Z, Y, cost in [([[z]], [[1]], 0), ([[z]], [[0]], z), ([[-z]], [[1]], z), ([[-z]], [[0]], 0)]:
        assert binary_cross_entropy.cost(Z, sigmoid(Z), Y) == pytest.approx(cost, rel=1e-15, abs=1e-17)
    Z = [[z], [0.0]]
    assert cross_entropy.cost(Z, softmax(Z), [[1], [0]]) == pytest.approx(0, abs=1e-17)
    assert cross_entropy.cost(Z, softmax(Z), [[0], [1]]) == pytest.approx(z, rel=1e-15)


# Types


@each
def test_float32_stays_float32(loss):
    Z, A, Y = (array.astype(np.float32) for array in example_of(loss))
    assert loss.dZ(Z, A, Y).dtype == np.float32
    assert loss.unchecked_cost(Z, A, Y).dtype == np.float32


@each
def test_whole_numbers_and_booleans_count_as_targets(loss):
    Z, A, Y = example_of(loss)
    Y = np.round(abs(Y))
    for kind in (np.uint8, np.int8, bool) if loss.output is not identity else (np.uint8, np.int8):
        assert loss.cost(Z, A, Y.astype(kind)) == loss.cost(Z, A, Y)
        assert np.array_equal(loss.dZ(Z, A, Y.astype(kind)), loss.dZ(Z, A, Y))


@each
def test_the_unchecked_pair_is_the_checked_one(loss):
    arguments = example_of(loss)
    assert loss.unchecked_cost(*arguments) == loss.cost(*arguments)
    assert np.array_equal(loss.unchecked_dZ(*arguments), loss.dZ(*arguments))


@each
def test_arguments_are_not_changed(loss):
    arguments = example_of(loss)
    before = [array.copy() for array in arguments]
    loss.cost(*arguments), loss.dZ(*arguments)
    assert all(map(np.array_equal, arguments, before))


@each
def test_a_pickled_loss_is_the_same_and_checks_as_before(loss):
    again, arguments = pickle.loads(pickle.dumps(loss)), example_of(loss)
    assert repr(again) == repr(loss)
    assert again.cost(*arguments) == loss.cost(*arguments)
    assert np.array_equal(again.dZ(*arguments), loss.dZ(*arguments))
    if loss.output is not identity:
        with pytest.raises(ValueError, match="Y must lie between 0 and 1"):
            again.targets([[2.0]], (1, 1))
    if loss is cross_entropy:
        with pytest.raises(ValueError, match="^Y must be one-hot"):
            again.targets([[1.0], [1.0]], (2, 1))


def test_a_loss_of_ones_own():
    absolute = Loss("absolute", identity, lambda Z, A, Y: np.abs(A - Y).sum() / Z.shape[1], lambda Z, A, Y: np.sign(A - Y))
    assert absolute.cost([[1.0, 5.0]], [[1.0, 5.0]], [[2.0, 2.0]]) == 2
    assert absolute.dZ([[1.0, 5.0]], [[1.0, 5.0]], [[2.0, 2.0]]).tolist() == [[-1, 1]]
    assert repr(absolute) == "Loss('absolute')"


@pytest.mark.parametrize("loss, shape, advice", [(binary_cross_entropy, (1, 3), "y.None, :."), (cross_entropy, (4, 3), "np.eye.4..:, y.")])
def test_labels_in_place_of_targets_get_advice(loss, shape, advice):
    with pytest.raises(ValueError, match=f"Y must have shape .*, got .3,.: labels. write {advice}"):
        loss.targets(np.array([0, 1, 0]), shape)
