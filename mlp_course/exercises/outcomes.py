"""What an answer does on one example: values with their shapes, or an exception. And how two of them differ, in words."""

from typing import NamedTuple

import numpy as np

from ..checks import shown

WHOLE = "the result"  # the name of what is returned, where it has no other
RTOL, ATOL = 1e-7, 1e-9  # other orders of the same sums differ less, wrong formulas more


class Raised(NamedTuple):
    """An exception: ``kind`` is the name of its class."""

    kind: str
    text: str


class Unusual(NamedTuple):
    """A value that is neither numbers nor text: ``kind`` is the name of its class."""

    kind: str


def leaves(value, names=(WHOLE,)):
    """Return {name: array, text, None or ``Unusual``}: containers are taken apart, a number has shape ().

    With two ``names`` or more, ``value`` should be a tuple of that many; else everything is below the one name.
    """
    try:
        if len(names) > 1 and isinstance(value, dict):
            return {WHOLE: Unusual("a dictionary")}
        if len(names) > 1 and isinstance(value, (tuple, list)) and len(value) == len(names):
            return {key: leaf for name, part in zip(names, value) for key, leaf in _taken_apart(part, name)}
        return dict(_taken_apart(value, names[0] if len(names) == 1 else WHOLE))
    except RecursionError:
        return {WHOLE: Unusual("list that contains itself")}
    except Exception:  # a container of the student's own may raise anything
        return {WHOLE: Unusual(type(value).__name__)}


def _taken_apart(value, name):
    if isinstance(value, dict):
        parts = [(f"{name}[{shown(key)}]", part) for key, part in value.items()]
    elif isinstance(value, (tuple, list)) and not _is_table(value):
        parts = [(f"{name}[{k}]", part) for k, part in enumerate(value)]
    else:
        return [(name, _leaf(value))]
    return [leaf for key, part in parts for leaf in _taken_apart(part, key)]


def _is_table(value):
    """Return whether nested lists hold numbers only, with rows of one length: a vector or a matrix written out."""
    if not isinstance(value, (tuple, list)):
        return np.isscalar(value) and not isinstance(value, str)
    lengths = {len(part) if isinstance(part, (tuple, list)) else -1 for part in value}
    return len(lengths) <= 1 and all(map(_is_table, value))


def _leaf(value):
    if value is None:
        return None
    if isinstance(value, str):
        return str(value)  # np.str_ too
    try:
        array = np.asarray(value)
    except Exception:  # the object is the student's: whatever it raises, it holds no numbers
        return Unusual(type(value).__name__)
    return array.astype(float) if array.dtype.kind in "biuf" else Unusual(type(value).__name__)


def same(right, got, rtol=RTOL):
    """Return whether two outcomes are equal: the same exception, or the same names, shapes and values up to rounding."""
    if isinstance(right, Raised) or isinstance(got, Raised):
        return isinstance(right, Raised) and isinstance(got, Raised) and right.kind == got.kind
    return right.keys() == got.keys() and all(_same_leaf(right[name], got[name], rtol) for name in right)


def arranged(right, got):
    """Return ``got`` under the names of ``right`` where equal parts came in one array, or the rows of one array in a list."""
    if isinstance(right, Raised) or isinstance(got, Raised):
        return got
    shapes = {leaf.shape if isinstance(leaf, np.ndarray) else None for leaf in got.values()}
    asked = {np.shape(leaf) for leaf in right.values()}
    if not len(shapes) == len(asked) == 1 or None in shapes:
        return got
    (shape,), (asked,), (name, *others) = shapes, asked, right
    if list(got) == [WHOLE] and others and shape == (len(right), *asked) and not any("[" in name for name in right):
        return dict(zip(right, map(np.asarray, got[WHOLE])))
    if list(got) == [f"{name}[{k}]" for k in range(len(got))] and not others and asked == (len(got), *shape):
        return {name: np.array(list(got.values()))}
    return got


def _same_leaf(right, got, rtol):
    if isinstance(right, np.ndarray) and isinstance(got, np.ndarray):
        return right.shape == got.shape and _close(right, got, rtol).all()
    if isinstance(right, str) and isinstance(got, str):
        return right.strip().casefold() == got.strip().casefold()
    return type(right) is type(got) and right == got


def _close(right, got, rtol=RTOL):
    return np.isclose(got, right, rtol=rtol, atol=ATOL, equal_nan=True)


def difference(right, got):
    """Return one sentence on how the outcome ``got`` differs from ``right``."""
    if isinstance(right, Raised):
        return f"it should raise {right.kind}"
    if isinstance(got, Raised):
        return f"it raised {got.kind}{': ' if got.text else ''}{got.text}"
    if got and all(leaf is None for leaf in got.values()):
        return "it returned None: is the `return` missing?"
    if right.keys() != got.keys():
        parts = list(map(_described, got.values()))
        more = f" and {len(parts) - 5} more" if len(parts) > 5 else ""
        wrapped = len(right) == 1 and [*map(_described, right.values())] == parts
        hint = " inside a tuple, a list or a dictionary: is there a comma after `return`?" if wrapped else ""
        return f"it must return {', '.join(right)}, got {', '.join(parts[:5]) or 'nothing'}{more}{hint}"
    with np.errstate(all="ignore"):
        name = _worst(right, got)
        return _leaf_difference(name, right[name], got[name])


def _worst(right, got):
    """Return the name of the first leaf of another kind or shape, else of the one whose values differ most."""
    for name in right:
        if type(right[name]) is not type(got[name]) or np.shape(right[name]) != np.shape(got[name]):
            return name
    wrong = [name for name in right if not _same_leaf(right[name], got[name], RTOL)]
    return max(wrong, key=lambda name: _gap(right[name], got[name]).max() if isinstance(right[name], np.ndarray) else 0)


def _gap(right, got):
    return np.where(_close(right, got), 0, np.nan_to_num(np.abs(right - got), nan=np.inf))


def _leaf_difference(name, right, got):
    if not isinstance(right, np.ndarray) or not isinstance(got, np.ndarray):
        return f"{name} should be {_described(right)}, got {_described(got)}"
    if right.shape != got.shape:
        hint = ": transposed?" if right.ndim == 2 and got.shape == right.shape[::-1] else ""
        return f"{name} should be {_described(right)}, got {_described(got)}{hint}"
    where = np.unravel_index(np.argmax(_gap(right, got)), right.shape)
    index = f"[{', '.join(map(str, where))}]" if right.shape else ""
    return f"{name.removeprefix('the ') if index else name}{index} should be {_told_apart(right[where], got[where])}{_factor(right, got)}"


def _told_apart(right, got):
    """Return both numbers with as many digits as it takes to see that they differ."""
    digits = next((digits for digits in (6, 9, 12) if f"{right:.{digits}g}" != f"{got:.{digits}g}"), 17)
    return f"{right:.{digits}g}, got {got:.{digits}g}"


def _factor(right, got):
    """Return what a teacher sees at once: the same number everywhere between the two."""
    if not (np.isfinite(right).all() and np.isfinite(got).all()) or not np.abs(right).max() > 1e-6:
        return ""
    factor = np.vdot(right, got) / np.vdot(right, right)
    if not np.allclose(got, factor * right, rtol=1e-6, atol=1e-12) or abs(factor) < 1e-12:
        return ""
    if np.isclose(factor, -1):
        return " (right but for the sign)"
    if np.isclose(factor, 1, rtol=1e-3):
        return " (nearly right)"
    return f" ({factor:.4g} times the right value everywhere)" if right.size > 1 else ""


def _described(leaf):
    if isinstance(leaf, np.ndarray):
        return f"an array of shape {leaf.shape}" if leaf.shape else "a number"
    if isinstance(leaf, Unusual):
        return "`...`" if leaf.kind == "ellipsis" else leaf.kind
    return shown(leaf)


def arguments(names, values):
    """Return the arguments of a call in a few words: small ones written out, large ones by their shape."""
    return ", ".join(f"{name} = {_written(value)}" for name, value in zip(names, values))


def _written(value):
    if callable(value):
        name = getattr(value, "__name__", "<lambda>")
        return "a function" if name == "<lambda>" else f"the function {name}"
    if isinstance(value, (list, tuple)) and any(isinstance(part, np.ndarray) for part in value):
        return f"[{', '.join('None' if part is None else f'array {part.shape}' for part in value)}]"
    leaf = _leaf(value)
    if not isinstance(leaf, np.ndarray):
        return shown(value)
    return f"array {leaf.shape}" if leaf.size > 6 else _row(leaf.tolist())


def _row(value):
    return f"[{', '.join(map(_row, value))}]" if isinstance(value, list) else f"{value:.4g}"
