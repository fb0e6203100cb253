"""All weights and biases of a network, kept in one vector theta and seen as W[1..L] and b[1..L]."""

import numpy as np

from .checks import real_array, same_shape, shown, whole_number


def check_sizes(sizes):
    """Return ``sizes`` as the tuple (n0, n1, ..., nL): inputs, then units of each layer."""
    if isinstance(sizes, (str, set, dict)) or not np.iterable(sizes):
        raise TypeError(f"sizes must be a sequence such as (2, 3, 1), got {shown(sizes)}")
    sizes = tuple(whole_number(f"sizes[{l}]", n) for l, n in enumerate(sizes))
    if len(sizes) < 2:
        raise ValueError(f"sizes must have at least two entries, inputs and outputs, got {sizes}")
    return sizes


class Blocks:
    """W or b of a network: ``blocks[l]`` for l = 1 .. L, as in the notes. Assigning copies into theta.

    Whether an array of floats is finite is asked later, by ``forward``. ``views`` is the plain list of the arrays, None
    first: nothing is checked there.
    """

    def __init__(self, name, views):
        self._name = name
        self.views = views

    def __getitem__(self, l):
        try:
            if l > 0:
                return self.views[l]
        except (TypeError, IndexError, ValueError):
            pass
        raise IndexError(f"{self._name}[{shown(l)}] does not exist: layers are counted from 1 to {len(self)}")

    def __setitem__(self, l, value):
        view = self[l]
        if value is view:  # `W[l] -= ...` assigns a block to itself
            return
        if not (isinstance(value, np.ndarray) and value.shape == view.shape and value.dtype.kind == "f"):
            value = same_shape(f"{self._name}[{l}]", real_array(f"{self._name}[{l}]", value), view.shape)
        view[...] = value

    def __len__(self):
        return len(self.views) - 1

    def __iter__(self):
        return iter(self.views[1:])


class Parameters:
    """Weights ``W[l] (n_l, n_{l-1})`` and biases ``b[l] (n_l, 1)`` of a network with ``sizes`` (n0, n1, ..., nL).

    theta is one vector of all P parameters, layer by layer, W[l] row by row and then b[l]; every block
    is a view of it. ``theta``, when given, is copied. Assigning ``params.theta``, ``params.W[l]`` or
    ``params.b[l]`` copies in place, so that no view is ever detached. Errors name the block and both shapes.
    """

    def __init__(self, sizes, theta=None, dtype=float):
        self.sizes = check_sizes(sizes)
        try:
            dtype = np.dtype(dtype)
        except TypeError:
            raise TypeError(f"dtype must be float64 or float32, got {shown(dtype)}") from None
        if dtype not in (np.float64, np.float32):
            raise TypeError(f"dtype must be float64 or float32, got {dtype}")
        shapes = [(n, n_before) for n, n_before in zip(self.sizes[1:], self.sizes)]
        self._theta = np.zeros(sum(n * n_before + n for n, n_before in shapes), dtype)
        W, b, start = [None], [None], 0
        for n, n_before in shapes:
            W.append(self._theta[start : start + n * n_before].reshape(n, n_before))
            start += n * n_before
            b.append(self._theta[start : start + n].reshape(n, 1))
            start += n
        self._W, self._b = Blocks("W", W), Blocks("b", b)
        self.layers = range(1, len(self.sizes))
        if theta is not None:
            self.theta = theta

    @property
    def theta(self):
        """All P parameters as one vector of shape (P,)."""
        return self._theta

    @theta.setter
    def theta(self, value):
        if value is not self._theta:
            self._theta[...] = same_shape("theta", real_array("theta", value), self._theta.shape)

    @property
    def W(self):
        """The weights: ``W[l]`` has shape (n_l, n_{l-1}), row j holds the weights of unit j."""
        return self._W

    @property
    def b(self):
        """The biases: ``b[l]`` is a column of shape (n_l, 1)."""
        return self._b

    def copy(self):
        """Return equal parameters that share no memory with these."""
        return _restored(self.sizes, self._theta)

    def zeros_like(self):
        """Return parameters of the same sizes and dtype, all 0."""
        return Parameters(self.sizes, dtype=self._theta.dtype)

    def name_of(self, i):
        """Return the name of theta[i], such as ``W[2][0, 3]``."""
        i = whole_number("i", i, least=0)
        if i >= self._theta.size:
            raise IndexError(f"i must be from 0 to {self._theta.size - 1}, got {i}")
        for l in self.layers:
            for name, block in (("W", self._W[l]), ("b", self._b[l])):
                if i < block.size:
                    row, column = divmod(i, block.shape[1])
                    return f"{name}[{l}][{row}, {column}]"
                i -= block.size

    def __reduce__(self):  # pickle and deepcopy rebuild the views
        return _restored, (self.sizes, self._theta)

    def __repr__(self):
        return f"Parameters({self.sizes}: {self._theta.size} numbers)"


def _restored(sizes, theta):
    """Return parameters that hold a copy of ``theta``, which need not be finite: a training may have diverged."""
    params = Parameters(sizes, dtype=theta.dtype)
    params.theta[...] = theta
    return params
