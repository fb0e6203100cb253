"""The generated sets against their equations, the files against scikit-learn, and the split against its promises."""

import hashlib
import re
import shutil

import make_data
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import datasets as sklearn_datasets

from mlp_course import datasets
from mlp_course.datasets import (
    Table, blobs, breast_cancer, circles, digits, iris, moons, parity, spirals, split, wine, xor,
)

FILES = [breast_cancer, iris, wine, digits]
GENERATED = [moons, circles, spirals, xor, blobs]
DATA = make_data.DATA


def rng(seed=0):
    return np.random.default_rng(seed)


def assert_layout(X, y, n0, m):
    """X is a view, transposed, of row-major data, and y its integer labels."""
    assert X.shape == (n0, m) and y.shape == (m,)
    assert X.T.flags.c_contiguous and not X.flags.owndata
    assert X.dtype == np.float64 and y.dtype == np.array([1]).dtype


# The files


@pytest.mark.parametrize("load", FILES)
def test_values_and_names_are_those_of_scikit_learn(load):
    bunch = getattr(sklearn_datasets, f"load_{load.__name__}")()
    X, y, feature_names, class_names = load()
    assert np.array_equal(X.T, bunch.data)
    assert feature_names == tuple(bunch.feature_names)
    assert np.array_equal(y, 1 - bunch.target if load is breast_cancer else bunch.target)
    if load is not wine:  # scikit-learn has class_0 to class_2 there
        names = map(str, bunch.target_names)
        assert class_names == tuple(sorted(names) if load is breast_cancer else names)


def test_malignant_is_one():
    table = breast_cancer()
    assert table.class_names == ("benign", "malignant")
    assert np.bincount(table.y).tolist() == [357, 212]
    radius = table.X[table.feature_names.index("mean radius")]
    assert radius[table.y == 1].mean() > radius[table.y == 0].mean()


def test_wine_has_the_cultivars_of_the_study():
    table = wine()
    assert table.class_names == ("Barolo", "Grignolino", "Barbera")
    assert np.bincount(table.y).tolist() == [59, 71, 48]


def test_iris_has_the_two_rows_of_fisher_and_not_those_of_uci():
    assert iris().X[:, 34].tolist() == [4.9, 3.1, 1.5, 0.2]
    assert iris().X[:, 37].tolist() == [4.9, 3.6, 1.4, 0.1]


@pytest.mark.parametrize("load, n0, m", [(breast_cancer, 30, 569), (iris, 4, 150), (wine, 13, 178), (digits, 64, 1797)])
def test_a_file_is_a_table_with_columns_as_examples(load, n0, m):
    table = load()
    assert isinstance(table, Table)
    assert_layout(table.X, table.y, n0, m)
    assert len(table.feature_names) == n0 and len(table.class_names) == table.y.max() + 1


def test_each_call_reads_anew():
    iris().X[:] = 0
    assert iris().X.max() == 7.9


# data/README.md and authoring/make_data.py


@pytest.mark.parametrize("load", FILES)
def test_readme_states_counts_and_checksum_of_the_file(load):
    table, file = load(), DATA / f"{load.__name__}.csv"
    n0, m = table.X.shape
    row = re.search(rf"^\| `{file.name}` \|(.*)\|$", (DATA / "README.md").read_text(encoding="utf-8"), re.M)[1]
    examples, features, label, classes, checksum = (cell.strip() for cell in row.split("|"))
    assert (examples, features) == (f"{m:,}", str(n0))
    assert label.strip("`") == file.read_text(encoding="ascii").split("\n")[0].split(",")[-1]
    named = (f"{k} {name}" if name != str(k) else name for k, name in enumerate(table.class_names))
    assert classes == ", ".join(f"{name} ({count})" for name, count in zip(named, np.bincount(table.y)))
    assert checksum.strip("`") == hashlib.sha256(file.read_bytes()).hexdigest()


def test_make_data_changes_no_byte(tmp_path):
    shutil.copy(DATA / "README.md", tmp_path)
    make_data.main(tmp_path)
    names = {file.name for file in tmp_path.iterdir()}
    assert names == {"README.md", "breast_cancer.csv", "iris.csv", "wine.csv", "digits.csv"}
    for name in names:
        written = (tmp_path / name).read_bytes()
        assert written == (DATA / name).read_bytes() and b"\r" not in written and written.endswith(b"\n")


def test_make_data_mends_a_checksum_and_misses_a_row():
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    checksum = hashlib.sha256((DATA / "iris.csv").read_bytes()).hexdigest()
    assert make_data.with_checksums(readme.replace(checksum, "old"), DATA) == readme
    with pytest.raises(ValueError, match="one table row for iris.csv, got 0"):
        make_data.with_checksums(readme.replace("`iris.csv`", "iris"), DATA)


# Missing and damaged files


@pytest.fixture
def iris_file(tmp_path, monkeypatch):
    """A copy of iris.csv that ``iris`` reads, to be damaged."""
    monkeypatch.setattr(datasets, "course_folder", lambda name: tmp_path if name == "data" else None)
    return shutil.copy(DATA / "iris.csv", tmp_path / "iris.csv")


def test_a_missing_file_is_named(iris_file):
    iris_file.unlink()
    with pytest.raises(FileNotFoundError, match=r"the data file .*iris\.csv is missing: install mlp_course again"):
        iris()


@pytest.mark.parametrize(
    "old, new, message",
    [
        (b"species\n", b"kind\n", r"line 1, must name 5 columns, the last 'species', got 5, the last 'kind'"),
        (b"petal width (cm),", b"", r"line 1, must name 5 columns, the last 'species', got 4, the last 'species'"),
        (b"5.1,3.5,1.4,0.2,0\n4.9", b"5.1,3.5,1.4,?,0\n4.9", r"line 2: could not convert string to float: '\?'"),
        (b"4.9,3,1.4", b"4.9,,1.4", r"line 3: could not convert string to float: ''"),
        (b"4.9,3,1.4", b"4.9,nan,1.4", r"line 3, must hold finite numbers, got nan or inf"),
        (b"4.9,3,1.4", b"4.9,\xff,1.4", r"line 3: could not convert string to float"),
        (b"4.9,3,1.4", b"4.9,1.4", r"line 3, must hold 5 numbers, got 4"),
        (b"4.9,3,1.4,0.2,0\n", b"", r"iris\.csv must have 150 lines below its first, got 149"),
        (b"4.9,3,1.4,0.2,0\n", b"4.9,3,1.4,0.2,0\n" * 2, r"iris\.csv must have 150 lines below its first, got 151"),
        (b"5.9,3,5.1,1.8,2\n", b"5.9,3,5.1,1.8,3\n", r"column 'species' of .*iris\.csv must hold labels from 0 to 2"),
        (b"5.9,3,5.1,1.8,2\n", b"5.9,3,5.1,1.8,1.5\n", r"'species' of .*iris\.csv must hold whole-number labels"),
    ],
)
def test_damage_is_named_with_file_and_line(iris_file, old, new, message):
    whole = iris_file.read_bytes()
    assert old in whole
    iris_file.write_bytes(whole.replace(old, new, 1))
    with pytest.raises(ValueError, match=message) as caught:
        iris()
    assert str(iris_file) in str(caught.value) and "\n" not in str(caught.value)


def test_an_empty_file_is_damage_too(iris_file):
    iris_file.write_bytes(b"")
    with pytest.raises(ValueError, match=r"iris\.csv, line 1, must name 5 columns"):
        iris()


def test_an_editor_from_windows_does_no_harm(iris_file):
    iris_file.write_bytes(b"\xef\xbb\xbf" + iris_file.read_bytes().replace(b"\n", b"\r\n"))
    X, y, feature_names, _ = iris()
    assert X.shape == (4, 150) and feature_names[0] == "sepal length (cm)" and y[-1] == 2


# The generated sets


@pytest.mark.parametrize("make", GENERATED)
@pytest.mark.parametrize("m", [12, 13])
def test_a_generated_set_is_balanced_with_columns_as_examples(make, m):
    X, y = make(m, 0.1, rng())
    assert_layout(X, y, 2, m)
    assert np.ptp(np.bincount(y)) <= 1


@pytest.mark.parametrize("make", GENERATED)
def test_the_generator_alone_decides(make):
    before = np.random.get_state()[1].copy()
    X, y = make(20, 0.1, rng(3))
    again, labels = make(20, 0.1, rng(3))
    assert np.array_equal(X, again) and np.array_equal(y, labels)
    assert not np.array_equal(X, make(20, 0.1, rng(4))[0])
    assert np.array_equal(before, np.random.get_state()[1])


@pytest.mark.parametrize("make", GENERATED)
def test_noise_is_a_standard_deviation(make):
    noise = make(4000, 0.2, rng())[0] - make(4000, 0, rng())[0]
    assert np.allclose(noise.std(axis=1), 0.2, rtol=0.05) and np.allclose(noise.mean(axis=1), 0, atol=0.02)
    assert abs(np.corrcoef(noise)[0, 1]) < 0.05


@pytest.mark.parametrize("m", [2, 8, 9])
def test_moons_and_circles_have_the_geometry_of_scikit_learn(m):
    for (X, y), (points, labels) in [
        (moons(m, 0, rng()), sklearn_datasets.make_moons(m, shuffle=False)),
        (circles(m, 0, rng(), factor=0.3), sklearn_datasets.make_circles(m, shuffle=False, factor=0.3)),
    ]:
        assert np.allclose(X.T, points, rtol=0, atol=1e-15) and np.array_equal(y, labels)


def test_moons_lie_on_half_circles():
    X, y = moons(100, 0, rng())
    x_1, x_2 = X
    assert np.allclose(np.hypot(x_1, x_2)[y == 0], 1) and (x_2[y == 0] >= 0).all()
    assert np.allclose(np.hypot(x_1 - 1, x_2 - 0.5)[y == 1], 1) and (x_2[y == 1] <= 0.5).all()


def test_circles_have_radius_one_and_factor():
    X, y = circles(101, 0, rng())
    assert np.allclose(np.hypot(*X), np.where(y == 0, 1, 0.5))
    assert np.bincount(y).tolist() == [50, 51]  # the odd one goes to the last class
    assert len(np.unique(X.round(9), axis=1).T) == 101  # no angle twice


@pytest.mark.parametrize("turns", [1.5, 2.25])
def test_spirals_turn_in_proportion_to_their_radius(turns):
    X, y = spirals(80, 0, rng(), turns)
    z = X[0] + 1j * X[1]
    s = abs(z)
    assert np.allclose(z, np.where(y == 0, s, -s) * np.exp(2j * np.pi * turns * s))
    for arm in s[y == 0], s[y == 1]:
        assert np.allclose(arm, np.arange(1, 41) / 40)
    assert np.array_equal(spirals(80, 0, rng())[0], X) == (turns == 1.5)


def test_xor_is_the_truth_table_and_clouds_around_it():
    X, y = xor(4, 0, rng())
    assert X.tolist() == [[0, 0, 1, 1], [0, 1, 0, 1]] and y.tolist() == [0, 1, 1, 0]
    X, y = xor(403, 0.05, rng())
    corners, counts = np.unique(X.round(), axis=1, return_counts=True)
    assert corners.T.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]] and counts.tolist() == [100, 101, 101, 101]
    assert np.array_equal(y, X.round().sum(axis=0) == 1)


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_blobs_stand_evenly_on_the_unit_circle(classes):
    X, y = blobs(10 * classes + 1, 0, rng(), classes)
    assert np.bincount(y).tolist() == [10] * (classes - 1) + [11]
    assert np.allclose(X[0] + 1j * X[1], np.exp(2j * np.pi * y / classes))
    assert np.bincount(blobs(9, 0, rng())[1]).tolist() == [3, 3, 3]


@pytest.mark.parametrize("n", [1, 2, 3, 8])
def test_parity_has_every_input_once_in_the_order_of_counting(n):
    X, y = parity(n)
    assert_layout(X, y, n, 2**n)
    words = ["".join(str(int(bit)) for bit in column) for column in X.T]
    assert words == [format(i, f"0{n}b") for i in range(2**n)]
    assert y.tolist() == [word.count("1") % 2 for word in words]


# The split

labels = st.lists(st.integers(0, 4), min_size=1, max_size=60).map(np.array)
shares = st.floats(0.01, 0.99)


@given(labels, shares, st.integers(0, 9))
def test_split_loses_nothing_and_takes_the_same_share_of_each_class(y, test, seed):
    X = np.stack([np.arange(y.size), y])  # column: which example, and its label
    expected = [round(test * c) for c in np.bincount(y)]
    if sum(expected) in (0, y.size):
        with pytest.raises(ValueError, match="test must leave examples on both sides"):
            split(X, y, rng(seed), test)
        return
    X_train, X_test, y_train, y_test = split(X, y, rng(seed), test)
    assert np.bincount(y_test, minlength=len(expected)).tolist() == expected
    assert np.array_equal(X_train[1], y_train) and np.array_equal(X_test[1], y_test)
    assert sorted([*X_train[0], *X_test[0]]) == list(range(y.size))


@pytest.mark.parametrize("order", [np.ascontiguousarray, np.asfortranarray])
def test_split_keeps_the_layout_and_copies(order):
    X, y = iris()[:2]
    X = order(X)
    before = X.copy()
    X_train, X_test, y_train, y_test = split(X, y, rng())
    assert_layout(X_train, y_train, 4, 114)  # a quarter of 50 is 12.5, and rounds to 12
    assert_layout(X_test, y_test, 4, 36)
    X_train[:] = X_test[:] = 0
    assert np.array_equal(X, before)


def test_split_shuffles_both_parts_with_the_generator():
    X, y = iris()[:2]
    parts = split(X, y, rng(1))
    assert all(map(np.array_equal, parts, split(X, y, rng(1))))
    assert not np.array_equal(parts[1], split(X, y, rng(2))[1])
    for part in parts[2:]:
        assert (np.diff(part) < 0).any()  # not class by class
    one_class = split(np.arange(40.0)[np.newaxis], np.zeros(40), rng())[:2]
    assert all((np.diff(part[0]) < 0).any() for part in one_class)  # nor in the order of the file


# Bad arguments

X, y = np.zeros((2, 8)), np.repeat([0, 1], 4)


@pytest.mark.parametrize(
    "call, error, message",
    [
        *((lambda make=make: make(1, 0.1, rng()), ValueError, "m must be at least [234], got 1") for make in GENERATED),
        *((lambda make=make: make(8.0, 0.1, rng()), TypeError, "m must be a whole number") for make in GENERATED),
        *((lambda make=make: make(8, -1, rng()), ValueError, "noise must be at least 0, got -1") for make in GENERATED),
        *((lambda make=make: make(8, "0", rng()), TypeError, "noise must be a number") for make in GENERATED),
        *((lambda make=make: make(8, 0.1, 0), TypeError, "rng must be a NumPy Generator") for make in GENERATED),
        (lambda: xor(3, 0.1, rng()), ValueError, "m must be at least 4, got 3"),
        (lambda: blobs(4, 0.1, rng(), 5), ValueError, "m must be at least 5, got 4"),
        (lambda: blobs(4, 0.1, rng(), 1), ValueError, "classes must be at least 2, got 1"),
        (lambda: circles(8, 0.1, rng(), 1), ValueError, "factor must be less than 1, got 1"),
        (lambda: circles(8, 0.1, rng(), 0), ValueError, "factor must be greater than 0, got 0"),
        (lambda: spirals(8, 0.1, rng(), 0), ValueError, "turns must be greater than 0, got 0"),
        (lambda: parity(0), ValueError, "n must be at least 1, got 0"),
        (lambda: parity(21), ValueError, "n must be less than 21, got 21"),
        (lambda: parity(2.0), TypeError, "n must be a whole number"),
        (lambda: split(X[0], y, rng()), ValueError, "X must have 2 dimensions"),
        (lambda: split(X.T, y, rng()), ValueError, "y must hold one label per example, 2 in all, got 8"),
        (lambda: split(X, y + 0.5, rng()), ValueError, "y must hold whole-number labels"),
        (lambda: split(X, y, 0), TypeError, "rng must be a NumPy Generator"),
        (lambda: split(X, y, rng(), 0), ValueError, "test must be greater than 0, got 0"),
        (lambda: split(X, y, rng(), 1), ValueError, "test must be less than 1, got 1"),
        (lambda: split(X, y, rng(), 0.1), ValueError, r"test must leave .* got 0.1 of classes with \[4 4\] examples"),
        (lambda: split(X, y, rng(), 0.9), ValueError, r"test must leave .* got 0.9 of classes with \[4 4\] examples"),
    ],
)
def test_a_bad_argument_is_named(call, error, message):
    with pytest.raises(error, match=f"^{message}"):
        call()
