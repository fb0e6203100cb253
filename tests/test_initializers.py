"""Drawn weights have the variance of their formula: no further off than chance allows once in 10,000 seeds."""

import numpy as np
import pytest
from scipy import stats

from mlp_course import Parameters, initializers

SIZES = (120, 80, 300, 20)
CHANCE = 1e-4

# Var(w) as the papers give it, from the units before (n_{l-1}) and the units of the layer (n_l).
VARIANCES = {
    "xavier": lambda n_before, n: 2 / (n_before + n),
    "he": lambda n_before, n: 2 / n_before,
    "lecun": lambda n_before, n: 1 / n_before,
    "normal": lambda n_before, n: 0.3**2,
}


def rng(seed=0):
    return np.random.default_rng(seed)


def draw(name, sizes=SIZES, seed=0):
    scale = {"scale": 0.3} if name == "normal" else {}
    return getattr(initializers, name)(sizes, rng(seed), **scale)


each_drawn = pytest.mark.parametrize("name", VARIANCES)


@each_drawn
@pytest.mark.parametrize("l", [1, 2, 3])
def test_weights_have_the_variance_of_the_formula(name, l):
    W = draw(name).W[l]
    variance = VARIANCES[name](SIZES[l - 1], SIZES[l])
    low, high = stats.chi2.interval(1 - CHANCE, df=W.size)  # sum of w^2 / Var(w) is chi-square with W.size degrees
    assert low < np.sum(W**2) / variance < high


@each_drawn
def test_weights_are_normal_around_0(name):
    for l, W in enumerate(draw(name).W, start=1):
        standard = W.ravel() / np.sqrt(VARIANCES[name](SIZES[l - 1], SIZES[l]))
        assert stats.kstest(standard, "norm").pvalue > CHANCE


@each_drawn
def test_layers_and_units_are_drawn_apart(name):
    params = draw(name, (50, 50, 50))
    assert abs(np.corrcoef(params.W[1].ravel(), params.W[2].ravel())[0, 1]) < 0.1
    assert np.unique(np.concatenate([W.ravel() for W in params.W])).size == 5000


@each_drawn
def test_biases_are_0(name):
    assert not any(b.any() for b in draw(name).b)


@each_drawn
def test_the_same_seed_draws_the_same_weights_and_another_seed_others(name):
    assert np.array_equal(draw(name, seed=3).theta, draw(name, seed=3).theta)
    assert not np.array_equal(draw(name, seed=3).W[1], draw(name, seed=4).W[1])


@each_drawn
def test_a_generator_goes_on_where_it_was_and_global_state_is_left_alone(name):
    before = np.random.get_state()[1].copy()
    source, scale = rng(), [0.3] if name == "normal" else []
    first, second = (getattr(initializers, name)((3, 2), source, *scale) for _ in range(2))
    assert not np.array_equal(first.W[1], second.W[1])
    assert np.array_equal(np.random.get_state()[1], before)


@each_drawn
def test_from_one_seed_all_draw_the_same_standard_normal_numbers(name):
    """Which makes the test of the variances exact, and comparisons of initializers fair."""
    standard = initializers.normal(SIZES, rng(), 1.0)
    for l, W in enumerate(draw(name).W, start=1):
        assert np.allclose(W, np.sqrt(VARIANCES[name](SIZES[l - 1], SIZES[l])) * standard.W[l], rtol=1e-14, atol=0)


def test_he_keeps_the_mean_square_of_relu_signals_through_ten_layers():
    """Var(z) = n Var(w) E[a^2], and ReLU keeps half of E[z^2]: the product stays 1 (He et al. 2015, eq. 10)."""
    params = initializers.he((200,) * 11, rng())
    A = rng(1).normal(size=(200, 500))
    for l in params.layers:
        A = np.maximum(params.W[l] @ A, 0)
    assert 0.4 < np.mean(A**2) < 2.5  # with half the variance it would be 1/1000


def test_zeros_are_0():
    params = initializers.zeros((3, 4, 2))
    assert isinstance(params, Parameters) and params.sizes == (3, 4, 2) and not params.theta.any()


@pytest.mark.parametrize("value", [0.5, -2, np.float32(3)])
def test_constant_sets_the_weights_alone(value):
    params = initializers.constant((3, 4, 2), value)
    assert all((W == value).all() for W in params.W) and not any(b.any() for b in params.b)


def test_uniform_fills_its_interval_and_leaves_the_biases():
    params = initializers.uniform((50, 80, 3), np.random.default_rng(0), -0.5, 1.5)
    W = params.W[1]
    assert -0.5 <= W.min() < -0.49 and 1.49 < W.max() <= 1.5
    assert abs(W.mean() - 0.5) < 4 * np.sqrt(4 / 12 / W.size) and not params.b[1].any()
