"""The check itself is checked: it is silent on right gradients, and it finds and names a planted error."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlp_course import (
    MLP, GradientReport, Parameters, binary_cross_entropy, check_gradient, cross_entropy, half_squared_error, initializers,
    numerical_gradient, numerical_jacobian, relative_error, relu, sigmoid, sigmoid_squared_error, tanh,
)

SIZES = (3, 4, 5, 2)

numbers = st.floats(-1e300, 1e300)
vectors = st.integers(1, 8).flatmap(lambda n: st.tuples(*[arrays(float, n, elements=numbers)] * 2))
thorough = settings(deadline=None, derandomize=True, max_examples=100)


class Wrong(MLP):
    """A network with one wrong entry in its gradient: W[2][0, 3] is off by ``error``."""

    error = 0.5

    def gradient(self, params, X, Y):
        gradient = super().gradient(params, X, Y)
        gradient.W[2][0, 3] += self.error
        return gradient


def problem(dtype=float):
    rng = np.random.default_rng(0)
    params = initializers.xavier(SIZES, rng)
    return Parameters(SIZES, params.theta, dtype), rng.normal(size=(3, 6)), rng.integers(0, 2, (2, 6)).astype(float)


# numerical_gradient


def test_the_gradient_of_a_polynomial():
    """J = x^3 + 2 x y + y z^2: its derivatives are 3 x^2 + 2 y, 2 x + z^2, 2 y z."""
    x, y, z = 1.5, -2.0, 0.7
    gradient = numerical_gradient(lambda t: t[0] ** 3 + 2 * t[0] * t[1] + t[1] * t[2] ** 2, [x, y, z])
    assert gradient == pytest.approx([3 * x**2 + 2 * y, 2 * x + z**2, 2 * y * z], rel=1e-8)


@pytest.mark.parametrize("epsilon", [0.5, 0.1])
def test_differences_are_central(epsilon):
    """Of x^2 they are exact at any step; of x^3 they are 3 x^2 + epsilon^2."""
    assert numerical_gradient(lambda t: t[0] ** 2, [3.0], epsilon)[0] == pytest.approx(6, rel=1e-14)
    assert numerical_gradient(lambda t: t[0] ** 3, [2.0], epsilon)[0] == pytest.approx(12 + epsilon**2, rel=1e-13)


def test_the_gradient_has_the_shape_of_theta():
    theta = np.arange(6.0).reshape(2, 3)
    gradient = numerical_gradient(lambda t: np.sum(t**2), theta)
    assert gradient.shape == (2, 3)
    assert np.allclose(gradient, 2 * theta, atol=1e-8)
    assert numerical_gradient(math.sin, np.array(0.0)) == pytest.approx(1)


@pytest.mark.parametrize("dtype", [float, np.float32, int])
def test_theta_is_never_changed_and_nudged_in_full_precision(dtype):
    theta = np.array([1, 2, 3], dtype=dtype)
    theta.flags.writeable = False
    assert np.allclose(numerical_gradient(lambda t: t @ t, theta), [2, 4, 6], rtol=1e-9)


@pytest.mark.parametrize("J", [lambda t: t, lambda t: "cost", lambda t: None, lambda t: float("nan")])
def test_a_cost_that_is_no_number_is_refused(J):
    with pytest.raises((TypeError, ValueError), match=r"^J\(theta\) must be"):
        numerical_gradient(J, [1.0, 2.0])


# relative_error


@thorough
@given(vectors)
def test_relative_error_is_symmetric_between_0_and_1_and_0_for_equal(pair):
    g, h = pair
    assert relative_error(g, h) == relative_error(h, g)
    assert 0 <= relative_error(g, h) <= 1 + 1e-15
    assert relative_error(g, g) == 0


@thorough
@given(vectors, st.floats(1e-3, 1e3))
def test_relative_error_has_no_unit(pair, scale):
    g, h = pair
    assert relative_error(scale * g, scale * h) == pytest.approx(relative_error(g, h), rel=1e-9, abs=1e-12)


def test_known_relative_errors():
    assert relative_error([3.0, 4.0], [3.0, 4.0]) == 0
    assert relative_error([0.0, 0.0], [0.0, 0.0]) == 0
    assert relative_error([0.0], [5.0]) == 1
    assert relative_error([1.0, -1.0], [-1.0, 1.0]) == 1
    assert relative_error([3.0, 4.0], [3.0, 0.0]) == pytest.approx(4 / (5 + 3))
    assert relative_error([[1.0]], [[3.0]]) == 1 / 2
    assert relative_error(np.uint8([1]), np.uint8([3])) == 1 / 2
    for tiny_or_huge in (1e-170, 1e-310, 1e200, np.float32(1e-25)):  # whose squares are 0 or inf
        assert relative_error([tiny_or_huge], [3 * tiny_or_huge]) == pytest.approx(1 / 2)


# check_gradient


@pytest.mark.parametrize("hidden", [tanh, relu], ids=repr)
def test_a_right_gradient_passes(hidden):
    params, X, Y = problem()
    report = check_gradient(MLP(hidden, binary_cross_entropy), params, X, Y)
    assert isinstance(report, GradientReport)
    assert report.relative_error < 1e-8
    assert report.analytic == pytest.approx(report.numerical, abs=1e-8)


def test_a_gradient_of_0_is_told_from_a_wrong_one():
    """Zero weights, classes of equal size: the gradient is 0, and nudging finds the rounding of J."""
    X, y = np.array([[1.0, -1.0, 0.5, -0.5]]), np.array([[1.0, 0.0, 0.0, 1.0]])
    report = check_gradient(MLP(tanh, binary_cross_entropy), initializers.zeros((1, 3, 1)), X, y)
    rounding = "by nudging; no entry differs by more than rounding"
    assert report.relative_error == 0 or rounding in str(report)
    assert report.rounding == pytest.approx(10 * 2.2e-16 * math.log(2) / 1e-6, rel=0.01)
    assert rounding in str(GradientReport(0.9, "b[1][0, 0]", 0.0, 5e-11, rounding=1e-9))
    assert rounding not in str(GradientReport(0.9, "b[1][0, 0]", 0.0, 5e-9, rounding=1e-9))
    assert rounding not in str(GradientReport(1e-9, "b[1][0, 0]", 0.5, 0.5 + 5e-11, rounding=1e-9))


def test_a_wrong_gradient_that_is_tiny_is_not_called_rounding(monkeypatch):
    params = Parameters((1, 1), [1e-9, 0.0])
    monkeypatch.setattr(Wrong, "gradient", lambda self, *args: Parameters((1, 1), 2 * MLP.gradient(self, *args).theta))
    report = check_gradient(Wrong(tanh, half_squared_error), params, np.array([[1e-4]]), np.array([[1e-8]]))
    assert report.relative_error == pytest.approx(1 / 3, abs=1e-3) and "rounding" not in str(report)


def test_a_planted_error_is_found_and_named():
    params, X, Y = problem()
    right = MLP(tanh, binary_cross_entropy).gradient(params, X, Y).W[2][0, 3]
    report = check_gradient(Wrong(tanh, binary_cross_entropy), params, X, Y)
    assert report.worst == "W[2][0, 3]"
    assert report.relative_error > 0.05
    assert report.analytic == pytest.approx(right + 0.5) and report.numerical == pytest.approx(right, abs=1e-8)


@pytest.mark.parametrize("block, l, entry, name", [("b", 3, (1, 0), "b[3][1, 0]"), ("W", 1, (3, 2), "W[1][3, 2]")])
def test_an_error_is_named_wherever_it_is(block, l, entry, name, monkeypatch):
    params, X, Y = problem()

    def with_error(self, params, X, Y):
        gradient = MLP.gradient(self, params, X, Y)
        getattr(gradient, block)[l][entry] -= 1
        return gradient

    monkeypatch.setattr(Wrong, "gradient", with_error)
    assert check_gradient(Wrong(tanh, binary_cross_entropy), params, X, Y).worst == name


def test_a_gradient_times_m_is_off_by_the_ratio_it_should_be(monkeypatch):
    """The mean over 6 examples left out: |6 g - g| / (6 |g| + |g|) = 5/7."""
    params, X, Y = problem()
    monkeypatch.setattr(Wrong, "gradient", lambda self, *args: Parameters(SIZES, 6 * MLP.gradient(self, *args).theta))
    assert check_gradient(Wrong(tanh, binary_cross_entropy), params, X, Y).relative_error == pytest.approx(5 / 7)


def test_nothing_is_changed():
    params, X, Y = problem()
    arrays = params.theta, X, Y
    before = [array.copy() for array in arrays]
    check_gradient(MLP(tanh, binary_cross_entropy), params, X, Y)
    assert all(map(np.array_equal, arrays, before))


def test_float32_is_refused_for_its_rounding():
    params, X, Y = problem(np.float32)
    with pytest.raises(TypeError, match="^params must be float64 for a gradient check, got float32$"):
        check_gradient(MLP(tanh, binary_cross_entropy), params, X, Y)


def test_the_step_reaches_the_differences():
    params, X, _ = problem()
    Y = np.eye(2)[:, [0, 1, 0, 1, 1, 0]]
    coarse, fine = (check_gradient(MLP(tanh, cross_entropy), params, X, Y, epsilon) for epsilon in (1e-1, 1e-3))
    assert coarse.relative_error == pytest.approx(1e4 * fine.relative_error, rel=0.1)  # an error of second order


def test_the_report_reads_as_a_sentence():
    assert str(GradientReport(0.25, "W[2][0, 3]", 1.5, 0.9)) == (
        "relative error 2.5e-01; worst entry W[2][0, 3]: 1.5 by backpropagation, 0.9 by nudging"
    )


# Jacobians


def test_the_jacobian_of_an_affine_map_is_its_matrix():
    rng = np.random.default_rng(0)
    W, x, b = rng.normal(size=(3, 4)), rng.normal(size=(4, 1)), rng.normal(size=(3, 1))
    assert np.allclose(numerical_jacobian(lambda x: W @ x + b, x), W, atol=1e-9)
    assert np.allclose(numerical_jacobian(lambda b: W @ x + b, b), np.eye(3), atol=1e-9)
    assert np.allclose(numerical_jacobian(lambda W: W @ x + b, W), np.kron(np.eye(3), x.T), atol=1e-9)
    assert numerical_jacobian(lambda x: x.sum(), x).shape == (1, 4)


def test_td_6_block_by_block():
    """Row errors delta[l] = delta[l+1] W[l+1] diag(sigma'(z[l])), blocks delta[l] [I kron a[l-1]^T, I]; TD 6, 2.4."""
    sizes, rng = (4, 2, 5, 3, 1), np.random.default_rng(1)
    params, mlp = initializers.normal(sizes, rng, 1.0), MLP(sigmoid, sigmoid_squared_error)
    x = rng.normal(size=(4, 1))
    Z, A = mlp.forward(params, x)
    jacobian = numerical_jacobian(lambda theta: mlp.forward(Parameters(sizes, theta), x)[1][4], params.theta)
    assert jacobian.shape == (1, 47)
    y_gradient, delta, end = params.zeros_like(), sigmoid.derivative(Z[4], A[4]), 47
    for l, width in ((4, 4), (3, 18), (2, 15), (1, 10)):
        n = sizes[l]
        block = delta @ np.hstack([np.kron(np.eye(n), A[l - 1].T), np.eye(n)])
        assert block.shape == (1, width)
        assert np.allclose(block, jacobian[:, end - width : end], atol=1e-8)
        y_gradient.W[l], y_gradient.b[l] = delta.T @ A[l - 1].T, delta.T  # the same numbers in the shape of W[l], b[l]
        end -= width
        if l > 1:
            delta = delta @ params.W[l] @ np.diag(sigmoid.derivative(Z[l - 1], A[l - 1])[:, 0])
    assert end == 0 and np.allclose(y_gradient.theta, jacobian[0], atol=1e-8)


# Kinks


def test_a_unit_near_a_kink_is_named():
    params, X, Y = Parameters((1, 2, 1), [1.0, 1.0, 0.0, 1e-7, 1.0, -1.0, 0.0]), np.array([[0.5, 0.0]]), np.array([[1.0, 0.0]])
    report = check_gradient(MLP(relu, binary_cross_entropy), params, X, Y)
    assert report.near_kink == "Z[1][0, 1]" and "Z[1][0, 1] is so near a kink" in str(report)
    assert check_gradient(MLP(tanh, binary_cross_entropy), params, X, Y).near_kink == ""
    params.b[1] = [[0.1], [0.2]]
    report = check_gradient(MLP(relu, binary_cross_entropy), params, X, Y)
    assert report.near_kink == "" and "kink" not in str(report)
