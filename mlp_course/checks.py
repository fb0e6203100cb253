"""One clear sentence for bad input: it names the argument, what was expected, and what came."""

import math
import numbers

import numpy as np


def shown(value):
    """Return ``value`` in one short line, for a message."""
    try:
        text = " ".join(repr(value).split())
    except Exception:  # an object whose own repr is broken must not break the message about it
        text = f"a {type(value).__name__}"
    return text if len(text) <= 60 else text[:57] + "..."


def real_array(name, value, ndim=None):
    """Return ``value`` as a NumPy array of finite floats; copy nothing that is one already."""
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} must be a rectangular array, got rows of different lengths") from None
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} must hold real numbers, got {array.dtype.name} ({type(value).__name__})")
    if array.dtype.kind != "f":  # 1 - 2 is 255 among unsigned bytes, and booleans have no minus
        array = array.astype(float)
    if ndim is not None and array.ndim != ndim:
        raise ValueError(f"{name} must have {ndim} dimension{'s' * (ndim > 1)}, got shape {array.shape}")
    if array.size == 0:
        raise ValueError(f"{name} must not be empty, got shape {array.shape}")
    if not np.isfinite(array).all():
        bad = int(np.size(array) - np.isfinite(array).sum())
        raise ValueError(f"{name} must be finite, got {bad} nan or inf among {array.size} numbers")
    return array


def same_shape(name, array, shape):
    """Raise unless ``array`` has ``shape``; say so when it looks transposed."""
    if array.shape != shape:
        hint = ": transposed?" if array.shape == shape[::-1] else ""
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}{hint}")
    return array


def examples(name, X, n0):
    """Return ``X`` as an array of shape ``(n0, m)``: one column is one example."""
    X = real_array(name, X, ndim=2)
    if X.shape[0] != n0:
        hint = ": transposed? one column is one example" if X.shape[1] == n0 else ""
        raise ValueError(f"{name} must have shape ({n0}, m), got {X.shape}{hint}")
    return X


def whole_number(name, value, least=1):
    """Return ``value`` as an ``int`` that is at least ``least``."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be a whole number, got {shown(value)} ({type(value).__name__})")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {value}")
    return int(value)


def real_number(name, value, least=None, above=None, below=None):
    """Return ``value`` as a finite ``float``, with ``least <= value``, ``above < value < below`` where given."""
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise TypeError(f"{name} must be a number, got {shown(value)} ({type(value).__name__})")
    try:
        number = float(value)
    except OverflowError:  # a whole number with more than 308 digits
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"{name} must be finite, got {number}")
    if least is not None and value < least:
        raise ValueError(f"{name} must be at least {least}, got {value}")
    if above is not None and not value > above:
        raise ValueError(f"{name} must be greater than {above}, got {value}")
    if below is not None and not value < below:
        raise ValueError(f"{name} must be less than {below}, got {value}")
    return number


def generator(name, rng):
    """Return ``rng`` when it is a NumPy ``Generator``; a bare seed would hide where randomness comes from."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"{name} must be a NumPy Generator such as np.random.default_rng(0), got {shown(rng)}")
    return rng


def instance(name, value, kind):
    """Return ``value`` when it is a ``kind``."""
    if not isinstance(value, kind):
        raise TypeError(f"{name} must be {kind.__name__}, got {type(value).__name__}")
    return value


def function(name, value):
    """Return ``value`` when it can be called."""
    if not callable(value):
        raise TypeError(f"{name} must be a function, got {shown(value)} ({type(value).__name__})")
    return value


def option(name, value, options):
    """Return ``value`` when it is one of ``options``."""
    if not isinstance(value, str) or value not in options:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, options))}, got {shown(value)}")
    return value


def label_vector(name, y, m=None, classes=None):
    """Return labels ``y`` as integers of shape ``(m,)``, each in 0 .. classes-1."""
    y = real_array(name, y)
    if y.ndim != 1:
        raise ValueError(f"{name} must have shape (m,), one label per example, got {y.shape}")
    odd = (y != np.round(y)) | (np.abs(y) >= 2.0**53)  # from there on floats skip whole numbers
    if odd.any():
        raise ValueError(f"{name} must hold whole-number labels, got {y[odd][0]}")
    if m is not None and y.size != m:
        raise ValueError(f"{name} must hold one label per example, {m} in all, got {y.size}")
    if y.min() < 0 or (classes is not None and y.max() >= classes):
        upper = "" if classes is None else f" to {classes - 1}"
        raise ValueError(f"{name} must hold labels from 0{upper}, got labels from {y.min():g} to {y.max():g}")
    return y.astype(int)
