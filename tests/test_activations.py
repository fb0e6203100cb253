"""Activations against formulas in plain Python and SciPy, derivatives against nudges, and both at the ends of the scale."""

import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from mlp_course import (
    Activation, arctan, binary_step, elu, identity, leaky_relu, prelu, prelu_alpha_derivative, relu, rrelu, sigmoid,
    softmax, softplus, tanh,
)

# The table of note 004, with numbers instead of arrays.
FORMULAS = {
    identity: lambda z: z,
    binary_step: lambda z: 1.0 if z >= 0 else 0.0,
    sigmoid: special.expit,
    tanh: lambda z: 1 - 2 / (math.exp(2 * min(z, 300)) + 1),
    arctan: math.atan,
    relu: lambda z: max(0.0, z),
    leaky_relu(): lambda z: z if z > 0 else 0.01 * z,
    leaky_relu(0.2): lambda z: z if z > 0 else 0.2 * z,
    prelu(-0.4): lambda z: z if z > 0 else -0.4 * z,
    prelu(1.7): lambda z: z if z > 0 else 1.7 * z,
    elu(): lambda z: z if z > 0 else math.expm1(z),
    elu(2.5): lambda z: z if z > 0 else 2.5 * math.expm1(z),
    softplus: lambda z: max(z, 0.0) + math.log1p(math.exp(-abs(z))),
}
ENTRY_BY_ENTRY = list(FORMULAS)
EVERY = [*ENTRY_BY_ENTRY, softmax]
EXTREME = np.array([-1e4, -750, -745.2, -745, -710, -709, -88.8, -1e-300, 0, 1e-300, 88.8, 709, 710, 745, 745.2, 1e4])

each_entry_by_entry = pytest.mark.parametrize("g", ENTRY_BY_ENTRY, ids=repr)
each = pytest.mark.parametrize("g", EVERY, ids=repr)
points = st.floats(-30, 30)
columns = st.lists(st.lists(st.floats(-50, 50), min_size=3, max_size=3), min_size=1, max_size=5)
thorough = settings(deadline=None, derandomize=True, max_examples=100)


# Values


@each_entry_by_entry
@thorough
@given(z=points)
def test_a_value_is_that_of_the_formula(g, z):
    assert g([z])[0] == pytest.approx(FORMULAS[g](z), rel=1e-13, abs=1e-15)


@each_entry_by_entry
def test_extreme_values_are_those_of_the_formula(g):
    expected = [FORMULAS[g](z) for z in EXTREME.tolist()]
    assert np.allclose(g(EXTREME), expected, rtol=1e-13, atol=1e-300)


@pytest.mark.parametrize(
    "g, z, a",
    [
        (sigmoid, math.log(3), 3 / 4),
        (tanh, math.log(2), 3 / 5),
        (arctan, 1, math.pi / 4),
        (relu, -2, 0),
        (leaky_relu(), -2, -0.02),
        (elu(), -math.log(2), -1 / 2),
        (elu(3), -math.log(2), -3 / 2),
        (softplus, 0, math.log(2)),
        (softplus, math.log(3), math.log(4)),
        (binary_step, -1e-12, 0),
        (binary_step, 0, 1),
    ],
    ids=str,
)
def test_known_values(g, z, a):
    assert g([[z]])[0, 0] == pytest.approx(a, rel=1e-15)


@each
@pytest.mark.parametrize("Z", [[[1, -2], [3, 0]], [[True, False]], np.uint8([[1, 0]]), np.int8([[-100, 100]])], ids=str)
def test_whole_numbers_and_booleans_count_as_numbers(g, Z):
    assert np.array_equal(g(Z), g(np.array(Z, dtype=float)))


@each
def test_shape_stays_and_the_argument_is_not_changed(g):
    Z = np.random.default_rng(0).normal(size=(3, 5))
    before = Z.copy()
    assert g(Z).shape == (3, 5)
    assert np.array_equal(Z, before)


def test_softmax_of_logarithms_gives_their_shares():
    assert softmax(np.log([[1.0], [2.0], [5.0]])).ravel() == pytest.approx([1 / 8, 2 / 8, 5 / 8], rel=1e-15)


@thorough
@given(columns, st.floats(-1e3, 1e3))
def test_softmax_columns_sum_to_1_and_ignore_a_shift(columns, shift):
    Z = np.array(columns).T
    A = softmax(Z)
    assert np.allclose(A, special.softmax(Z, axis=0), rtol=1e-12, atol=0)
    assert np.allclose(A.sum(axis=0), 1, rtol=0, atol=3e-15)
    assert np.allclose(softmax(Z + shift), A, rtol=1e-9, atol=0)


def test_softmax_of_two_is_the_sigmoid_of_their_difference():
    Z = np.random.default_rng(0).normal(0, 5, (2, 50))
    assert np.allclose(softmax(Z)[1], sigmoid(Z[1] - Z[0]), rtol=1e-14, atol=0)


# Derivatives


@each_entry_by_entry
@thorough
@given(z=points.filter(lambda z: abs(z) > 1e-3))
def test_the_derivative_is_that_of_nudges(g, z):
    Z, h = np.array([[z]]), 1e-5
    nudged = (g(Z + h) - g(Z - h)) / (2 * h)
    assert np.allclose(g.derivative(Z, g(Z)), nudged, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize(
    "g, slope", [(relu, 0), (leaky_relu(), 0.01), (leaky_relu(0.2), 0.2), (elu(), 1), (elu(2.5), 2.5)], ids=str
)
def test_at_the_corner_the_slope_is_the_left_one(g, slope):
    Z = np.zeros((1, 1))
    assert g.derivative(Z, g(Z)) == slope


@pytest.mark.parametrize("g, largest", [(sigmoid, 1 / 4), (tanh, 1), (arctan, 1)], ids=str)
def test_the_largest_slope_is_at_0(g, largest):
    Z = np.linspace(-8, 8, 1601)
    slopes = g.derivative(Z, g(Z))
    assert slopes.max() == largest
    assert Z[slopes == largest].tolist() == [0]


def test_the_slope_of_softplus_is_the_sigmoid():
    Z = np.linspace(-40, 40, 401)
    assert np.allclose(softplus.derivative(Z, softplus(Z)), special.expit(Z), rtol=1e-14, atol=0)


def test_the_binary_step_has_no_slope_to_learn_from():
    Z = np.linspace(-1, 1, 11)
    assert not binary_step.derivative(Z, binary_step(Z)).any()


def test_softmax_has_no_derivative_entry_by_entry_and_says_what_to_use():
    Z = np.zeros((2, 1))
    with pytest.raises(TypeError, match="use it as the output of cross_entropy, whose dZ is A - Y"):
        softmax.derivative(Z, softmax(Z))


# The ends of the scale


@each
def test_nothing_overflows_and_nothing_is_nan(g):
    Z = np.stack([EXTREME, EXTREME[::-1], np.zeros_like(EXTREME)])
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        A = g(Z)
        slopes = A if g is softmax else g.derivative(Z, A)
    assert np.isfinite(A).all() and np.isfinite(slopes).all()


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_sigmoid_reaches_its_limits_exactly_and_never_falls(dtype):
    Z = np.sort(np.concatenate([EXTREME, np.linspace(-800, 800, 9999)])).astype(dtype)
    A = sigmoid(Z)
    assert A[0] == 0 and A[-1] == 1 and sigmoid(dtype(0)) == 0.5
    assert (np.diff(A) >= 0).all()


def test_the_sigmoid_is_accurate_down_to_the_smallest_numbers():
    Z = np.linspace(-700, 30, 500)
    assert np.allclose(sigmoid(Z), special.expit(Z), rtol=4e-15, atol=0)


def test_softmax_reaches_its_limits_exactly():
    assert softmax([[1e4], [-1e4]]).ravel().tolist() == [1, 0]


# Types


@each
def test_float32_stays_float32(g):
    Z = np.linspace(-5, 5, 12, dtype=np.float32).reshape(3, 4)
    A = g(Z)
    assert A.dtype == np.float32
    if g is not softmax:
        assert g.derivative(Z, A).dtype == np.float32


@each
def test_a_pickled_activation_is_the_same_function(g):
    Z = np.linspace(-5, 5, 12).reshape(3, 4)
    again = pickle.loads(pickle.dumps(g))
    assert repr(again) == repr(g)
    assert np.array_equal(again(Z), g(Z))
    if g is not softmax:
        assert np.array_equal(again.derivative(Z, g(Z)), g.derivative(Z, g(Z)))


@each_entry_by_entry
def test_the_unchecked_pair_is_the_checked_one(g):
    Z = np.linspace(-5, 5, 11)
    A = g.function(Z)
    assert np.array_equal(A, g(Z))
    assert np.array_equal(g.slope(Z, A), g.derivative(Z, A))


def test_an_activation_of_ones_own():
    square = Activation("square", lambda Z: Z**2, lambda Z, A: 2 * Z)
    assert square([[3.0]]) == 9 and square.derivative([[3.0]], [[9.0]]) == 6
    assert repr(square) == "Activation('square')"


def test_an_activation_of_ones_own_must_keep_the_shape():
    mean = Activation("mean", lambda Z: Z.mean(axis=0), lambda Z, A: (1 - A * A).mean(axis=0))
    for call in (lambda: mean(np.ones((3, 4))), lambda: mean.derivative(np.ones((3, 4)), np.ones((3, 4)))):
        with pytest.raises(ValueError, match=r"mean must keep the shape \(3, 4\) of Z, got \(4,\)"):
            call()


# PReLU's own slope, and RReLU


@thorough
@given(z=points, alpha=st.floats(-2, 2))
def test_prelu_changes_with_its_slope_as_it_says(z, alpha):
    h = 1e-6
    nudged = (prelu(alpha + h)([z])[0] - prelu(alpha - h)([z])[0]) / (2 * h)
    assert prelu_alpha_derivative([z])[0] == pytest.approx(nudged, abs=1e-8)


def test_rrelu_draws_a_slope_for_each_entry_and_its_derivative_is_that_slope():
    g, Z = rrelu(np.random.default_rng(0)), np.concatenate([-np.linspace(0.1, 5, 4000), [0.0, 2.0]])[None, :]
    A = g(Z)
    slopes = A[0, :4000] / Z[0, :4000]
    assert 1 / 8 <= slopes.min() < 0.13 and 0.33 < slopes.max() <= 1 / 3
    assert slopes.mean() == pytest.approx(11 / 48, abs=0.005)
    assert np.allclose(g.derivative(Z, A)[0], [*slopes, 11 / 48, 1.0])
    assert not np.array_equal(g(Z), A), "a new draw in each call"
    assert np.array_equal(rrelu(np.random.default_rng(0))(Z), A), "the same generator, the same draw"
