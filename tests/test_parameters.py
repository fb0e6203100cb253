"""W[l] and b[l] are views of theta, and nothing that a student can write detaches them."""

import copy
import pickle
import re

import joblib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp_course import Parameters

TD_6 = (4, 2, 5, 3, 1)  # the network of the exercise sheet TD 6, exercise 2

some_sizes = st.lists(st.integers(1, 6), min_size=2, max_size=5)
thorough = settings(deadline=None, derandomize=True, max_examples=60)


def words(value):
    """Return ``value`` as the name of a case: no address, so that every worker collects the same names."""
    return re.sub(r" at 0x\w+", "", str(value), flags=re.IGNORECASE)


def numbered(sizes=TD_6, dtype=float):
    """Return parameters whose theta is 0, 1, 2, ..."""
    params = Parameters(sizes, dtype=dtype)
    params.theta[:] = np.arange(params.theta.size)
    return params


def assert_views(params):
    """Every block lies in theta, each number of theta in exactly one block, and all can be written."""
    params.theta[:] = 0
    for l in params.layers:
        for block in (params.W[l], params.b[l]):
            assert np.shares_memory(block, params.theta)
            block += 1
    assert (params.theta == 1).all()


# Blocks and theta


def test_the_network_of_TD_6_has_47_parameters():
    params = Parameters(TD_6)
    assert params.theta.shape == (47,)
    assert [params.W[l].shape for l in params.layers] == [(2, 4), (5, 2), (3, 5), (1, 3)]
    assert [params.b[l].shape for l in params.layers] == [(2, 1), (5, 1), (3, 1), (1, 1)]
    assert [params.W[l].size + params.b[l].size for l in params.layers] == [10, 15, 18, 4]


@thorough
@given(some_sizes)
def test_blocks_are_views_that_cover_theta(sizes):
    params = Parameters(sizes)
    assert params.sizes == tuple(sizes)
    assert list(params.layers) == list(range(1, len(sizes)))
    assert len(params.W) == len(params.b) == len(sizes) - 1
    assert_views(params)


def test_theta_is_layer_by_layer_weights_row_by_row_then_biases():
    params = numbered((2, 3, 1))
    assert params.W[1].tolist() == [[0, 1], [2, 3], [4, 5]]
    assert params.b[1].tolist() == [[6], [7], [8]]
    assert params.W[2].tolist() == [[9, 10, 11]]
    assert params.b[2].tolist() == [[12]]


def test_a_new_theta_is_0_and_a_given_one_is_copied():
    assert not Parameters((2, 1)).theta.any()
    theta = np.array([1.0, 2.0, 3.0])
    params = Parameters((2, 1), theta)
    assert params.theta.tolist() == [1, 2, 3]
    assert not np.shares_memory(params.theta, theta)
    assert Parameters((2, 1), [1, 2, 3]).theta.tolist() == [1, 2, 3]


def test_blocks_can_be_looped_over():
    params = numbered((2, 3, 1))
    assert [W.shape for W in params.W] == [(3, 2), (1, 3)]
    assert [b.ravel().tolist() for b in params.b] == [[6, 7, 8], [12]]


@pytest.mark.parametrize("dtype", ["float", np.float64, np.float32, "float32"])
def test_dtype_is_that_asked_for(dtype):
    params = Parameters((2, 3, 1), dtype=dtype)
    params.W[1] = np.ones((3, 2))
    params.theta = np.arange(13.0)
    same = (params, params.copy(), params.zeros_like(), pickle.loads(pickle.dumps(params)))
    assert {p.theta.dtype for p in same} == {p.W[2].dtype for p in same} == {np.dtype(dtype)}


def test_repr_counts():
    assert repr(Parameters(TD_6)) == "Parameters((4, 2, 5, 3, 1): 47 numbers)"


# Assignment copies and never detaches


@pytest.mark.parametrize("l", [1, 2, 3, 4])
def test_assigning_a_block_copies_into_theta(l):
    params = Parameters(TD_6)
    W, b = np.full(params.W[l].shape, 2.0), np.full(params.b[l].shape, 3.0)
    params.W[l], params.b[l] = W, b
    assert (params.W[l] == 2).all() and (params.b[l] == 3).all()
    assert params.theta.sum() == 2 * W.size + 3 * b.size
    assert not np.shares_memory(params.theta, W) and not np.shares_memory(params.theta, b)
    W[:] = b[:] = 7
    assert params.theta.max() == 3
    assert_views(params)


def test_a_list_can_be_assigned():
    params = Parameters((2, 1))
    params.W[1], params.b[1] = [[1, 2]], [[3]]
    assert params.theta.tolist() == [1, 2, 3]


def test_assigning_theta_copies_and_keeps_the_views():
    params, theta = Parameters(TD_6), np.arange(47.0)
    inside = params.theta
    params.theta = theta
    assert params.theta is inside and params.theta.tolist() == list(range(47))
    assert not np.shares_memory(params.theta, theta)
    assert_views(params)


def test_assigning_a_part_of_itself_is_safe():
    params = numbered((2, 2))
    params.W[1] = params.W[1].T
    assert params.W[1].tolist() == [[0, 2], [1, 3]]
    params.theta = params.theta[::-1]
    assert params.theta.tolist() == [5, 4, 3, 1, 2, 0]
    assert_views(params)


def test_steps_in_place_reach_theta():
    params = numbered((2, 1))
    inside = params.theta
    params.W[1] -= 0.5 * np.ones((1, 2))
    params.b[1] *= 10
    params.theta += 1
    params.W[1][0, 0] = -1
    assert params.theta is inside
    assert params.theta.tolist() == [-1, 1.5, 21]
    assert_views(params)


@pytest.mark.parametrize("name", ["W", "b"])
def test_W_and_b_themselves_cannot_be_replaced(name):
    params = Parameters((2, 1))
    with pytest.raises(AttributeError):
        setattr(params, name, [None, np.ones((1, 2))])
    assert_views(params)


@pytest.mark.parametrize(
    "value, message",
    [
        (np.ones((5, 3)), r"W\[3\] must have shape \(3, 5\), got \(5, 3\): transposed\?"),
        (np.ones(5), r"W\[3\] must have shape \(3, 5\), got \(5,\)"),
        (np.ones((1, 5)), r"W\[3\] must have shape \(3, 5\), got \(1, 5\)"),
        (1.0, r"W\[3\] must have shape \(3, 5\), got \(\)"),
        ("text", r"W\[3\] must hold real numbers, got str.* \(str\)"),
        ([[1, 2], [3]], r"W\[3\] must be a rectangular array, got rows of different lengths"),
        (15 * [[np.nan]], r"W\[3\] must be finite, got 15 nan"),
        (np.ones((3, 5)) * 1j, r"W\[3\] must hold real numbers, got complex"),
    ],
)
def test_a_wrong_block_is_refused_and_changes_nothing(value, message):
    params = numbered()
    with pytest.raises((TypeError, ValueError), match=message):
        params.W[3] = value
    assert params.theta.tolist() == list(range(47))


def test_a_bias_that_is_a_row_is_refused():
    with pytest.raises(ValueError, match=r"b\[2\] must have shape \(5, 1\), got \(1, 5\): transposed\?"):
        Parameters(TD_6).b[2] = np.ones((1, 5))


@pytest.mark.parametrize("value", [0.0, np.ones(46), np.ones((47, 1)), np.ones((1, 47)), [np.nan] * 47, "text"], ids=str)
def test_a_wrong_theta_is_refused_and_changes_nothing(value):
    params = numbered()
    with pytest.raises((TypeError, ValueError), match="theta must"):
        params.theta = value
    assert params.theta.tolist() == list(range(47))


@pytest.mark.parametrize("l", [0, -1, 5, None, "1", 1.5, slice(1, 2), np.array([1, 2])], ids=repr)
def test_layers_are_counted_from_1_to_L(l):
    params = numbered()
    with pytest.raises(IndexError, match=r"^W\[.*\] does not exist: layers are counted from 1 to 4$"):
        params.W[l]
    with pytest.raises(IndexError, match=r"^b\[.*\] does not exist: layers are counted from 1 to 4$"):
        params.b[l] = np.zeros((1, 1))
    assert params.theta.tolist() == list(range(47))


# Names


@pytest.mark.parametrize("sizes", [TD_6, (1, 1), (3, 4, 2)])
def test_the_name_of_every_parameter_leads_back_to_it(sizes):
    params = numbered(sizes)
    names = [params.name_of(i) for i in range(params.theta.size)]
    assert [eval(name, {"W": params.W, "b": params.b}) for name in names] == list(range(params.theta.size))
    assert len(set(names)) == params.theta.size


def test_known_names():
    params = Parameters(TD_6)
    assert [params.name_of(i) for i in (0, 8, 10, 46)] == ["W[1][0, 0]", "b[1][0, 0]", "W[2][0, 0]", "b[4][0, 0]"]


@pytest.mark.parametrize("i", [47, -1])
def test_a_name_outside_theta_is_refused(i):
    with pytest.raises((IndexError, ValueError), match="^i must be"):
        Parameters(TD_6).name_of(i)


# Copies


def by_read_only_buffers(params):
    """Unpickle from memory that must not be written, as a worker does that shares it with others."""
    buffers = []
    data = pickle.dumps(params, protocol=5, buffer_callback=buffers.append)
    assert buffers, "theta did not travel as a buffer"
    return pickle.loads(data, buffers=[buffer.raw().toreadonly() for buffer in buffers])


COPIES = {
    "copy": Parameters.copy,
    "copy.copy": copy.copy,
    "copy.deepcopy": copy.deepcopy,
    **{f"pickle {p}": lambda params, p=p: pickle.loads(pickle.dumps(params, p)) for p in (2, 3, 4, 5)},
    "read-only buffers": by_read_only_buffers,
}


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_copy_is_equal_separate_and_has_its_own_views(copied, dtype):
    params = numbered(dtype=dtype)
    again = copied(params)
    assert again.sizes == params.sizes and again.theta.dtype == dtype
    assert np.array_equal(again.theta, params.theta)
    assert all(map(np.array_equal, again.W, params.W)) and all(map(np.array_equal, again.b, params.b))
    assert_views(again)
    assert np.array_equal(params.theta, np.arange(47)), "the copy wrote into the original"


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
def test_parameters_of_a_training_that_diverged_can_be_copied(copied):
    params = numbered()
    params.theta[:2] = np.nan, np.inf
    assert np.array_equal(copied(params).theta, params.theta, equal_nan=True)


def test_parameters_that_joblib_maps_read_only_stay_writable(tmp_path):
    joblib.dump(numbered(), tmp_path / "params")
    again = joblib.load(tmp_path / "params", mmap_mode="r")
    assert again.theta.tolist() == list(range(47))
    assert_views(again)


def test_zeros_like_is_separate_and_0():
    params = numbered()
    zeros = params.zeros_like()
    assert zeros.sizes == params.sizes and not zeros.theta.any()
    assert_views(zeros)
    assert params.theta.tolist() == list(range(47))


# Sizes


@pytest.mark.parametrize(
    "sizes, error, message",
    [
        ((4,), ValueError, r"sizes must have at least two entries, inputs and outputs, got \(4,\)"),
        ((), ValueError, "sizes must have at least two entries"),
        ((4, 0, 1), ValueError, r"sizes\[1\] must be at least 1, got 0"),
        ((4, 2.0, 1), TypeError, r"sizes\[1\] must be a whole number, got 2.0 \(float\)"),
        ((4, True), TypeError, r"sizes\[1\] must be a whole number, got True"),
        ((-2, 1), ValueError, r"sizes\[0\] must be at least 1, got -2"),
        (4, TypeError, "sizes must be a sequence such as"),
        ("421", TypeError, "sizes must be a sequence such as"),
        (np.array(4), TypeError, "sizes must be a sequence such as"),
        ({4, 2}, TypeError, "sizes must be a sequence such as"),
        (None, TypeError, "sizes must be a sequence such as"),
    ],
    ids=words,
)
def test_wrong_sizes_are_named(sizes, error, message):
    with pytest.raises(error, match=message):
        Parameters(sizes)


@pytest.mark.parametrize("sizes", [[3, 2], np.array([3, 2]), iter((3, 2)), (np.int64(3), np.int8(2))], ids=words)
def test_any_sequence_of_whole_numbers_gives_sizes(sizes):
    assert Parameters(sizes).sizes == (3, 2)


@pytest.mark.parametrize("dtype", [int, np.float16, complex, "text", 64, object()], ids=words)
def test_only_two_precisions_are_taken(dtype):
    with pytest.raises(TypeError, match="^dtype must be float64 or float32, got"):
        Parameters((2, 1), dtype=dtype)
