"""A student's function is run apart: on copies of its arguments, in a thread that can be stopped."""

import copy
import ctypes
import dis
import re
import sys
import threading
import types
from typing import NamedTuple

import numpy as np

from .outcomes import Raised, leaves, same

CAN_STOP = sys.platform != "emscripten"  # in the browser edition there are no threads


class TooLong(Exception):
    """The function did not come to an end in time; ``stopped`` says whether it then could be stopped."""

    def __init__(self, stopped):
        super().__init__("too long")
        self.stopped = stopped


class Run(NamedTuple):
    """The outcome of each call, the names of the arguments that a call changed, and of generators that none drew from."""

    outcomes: list
    changed: list
    undrawn: list


def run(function, cases, returns, argument_names):
    """Call ``function`` on every case, a tuple of arguments; nothing that it does raises or touches ``cases``."""
    outcomes, changed = [], []
    undrawn = [name for name, value in zip(argument_names, cases[0]) if isinstance(value, np.random.Generator)]
    for case in cases:
        arguments = copy.deepcopy(case)
        outcomes.append(_outcome(function, arguments, returns))
        for name, before, after in zip(argument_names, case, arguments):
            if name in undrawn and before.bit_generator.state != after.bit_generator.state:
                undrawn.remove(name)
            if name not in changed and not callable(before) and not same(leaves(before), leaves(after)):
                changed.append(name)
    return Run(outcomes, changed, undrawn)


def _outcome(function, arguments, returns):
    try:
        with np.errstate(all="ignore"):
            return leaves(function(*arguments), returns)
    except _Stopped:
        raise
    except BaseException as error:  # a student's sys.exit() must not end the lesson
        return Raised(type(error).__name__, _words(error))


# NumPy and Python say these in words that a beginner cannot use.
_PLAINER = [
    (r"ufunc 'bitwise_xor' not supported.*|unsupported operand type\(s\) for \^.*", "`^` is no power in Python: that is `**`"),
    (r"matmul: .*\(size (\d+) is different from (\d+)\)", r"the inner sizes of a matrix product differ, \2 and \1"),
    (r"matmul: .*does not have enough dimensions.*", "one side of `@` is a plain number"),
    (
        r"only (0-dimensional|length-1|size-1) arrays can be converted.*",
        "this takes one number: for an array, take NumPy's, such as `np.exp`",
    ),
    (r"The truth value of an array.*", "`if` asks about one value, and here are many"),
    (
        r"^name '(\w+)' is not defined.*",
        r"name '\1' is not defined: is it spelled right, and have the cells above been run?",
    ),
]


def _words(error):
    try:
        text = " ".join(str(error).split())
    except Exception:  # the class is the student's, and so is what its str does
        return "no message"
    for pattern, plainer in _PLAINER:
        text = re.sub(pattern, plainer, text)
    return text if len(text) <= 200 else f"{text[:197]}..."


class _Stopped(SystemExit):
    """Thrown into a thread from outside; a SystemExit, so that ``except Exception`` lets it through."""


def within(seconds, work):
    """Return ``work()``, run in a thread of its own. Raises ``TooLong`` after ``seconds``, and what ``work`` raises."""
    if not CAN_STOP:
        return work()
    worker = _Worker(work)
    in_time = stopped = False
    try:
        worker.thread.start()
        in_time = worker.ends(seconds)
    finally:  # also when the student presses stop
        stopped = worker.stop()
    if not in_time:
        raise TooLong(stopped)
    if worker.error is not None:
        raise worker.error
    return worker.result


class _Worker:
    """A thread that does ``work`` and can be told to stop."""

    def __init__(self, work):
        self.work, self.result, self.error = work, None, None
        self.busy, self.throwing = threading.Lock(), threading.Lock()
        self.busy.acquire()
        self.thread = threading.Thread(target=self._target, daemon=True)

    def _target(self):
        try:
            try:
                self.result = self.work()
            except Exception as error:
                self.error = error
            finally:
                with self.throwing:  # after this nothing is thrown
                    self.busy.release()  # one call in C: done before a _Stopped that is still on its way arrives
        except _Stopped:
            pass  # from outside, as meant

    def ends(self, seconds):
        """Wait for the end of the work, ``seconds`` at most, and return whether it came."""
        if not self.busy.acquire(timeout=seconds):
            return False
        self.busy.release()
        return True

    def stop(self):
        """Throw ``_Stopped`` into the thread until it ends, and return whether it did; a bare ``except`` may swallow many."""
        for _ in range(50):
            with self.throwing:
                if not self.busy.locked():
                    break
                identity = ctypes.c_ulong(self.thread.ident or 0)  # 0, which is no thread, before it has started
                ctypes.pythonapi.PyThreadState_SetAsyncExc(identity, ctypes.py_object(_Stopped))
            self.ends(0.02)
        return not self.busy.locked()


# What the code itself tells, read from its bytecode: the source of a cell is not always at hand


def _code(function):
    """Return the bytecode of a function or method written in Python; None for anything else that can be called."""
    function = getattr(function, "__func__", function)
    return function.__code__ if isinstance(function, types.FunctionType) else None


def _codes(code):
    """Return ``code`` and the codes of the functions and comprehensions inside it."""
    return [code, *(inner for const in code.co_consts if isinstance(const, types.CodeType) for inner in _codes(const))]


def is_stub(function):
    """Return whether ``function`` does nothing yet: a docstring and ``...``."""
    code = _code(function)
    if code is None:
        return False
    steps = [step for step in dis.get_instructions(code) if step.opname not in ("RESUME", "NOP", "RETURN_VALUE", "POP_TOP")]
    return all("CONST" in step.opname and step.argval in (None, ...) for step in steps)


def reads_from_notebook(function):
    """Return the names of the numbers, arrays and lists outside ``function`` that it reads."""
    code = _code(function)
    if code is None:
        return []
    names = {step.argval for inner in _codes(code) for step in dis.get_instructions(inner) if step.opname == "LOAD_GLOBAL"}
    outside = getattr(function, "__func__", function).__globals__
    return sorted(name for name in names if isinstance(outside.get(name), (int, float, list, np.ndarray)))


def prints(function):
    """Return whether ``function`` calls ``print``."""
    code = _code(function)
    return code is not None and "print" in code.co_names


def has_loop(function):
    """Return whether the code of ``function`` itself loops: ``for``, ``while`` or a comprehension."""
    code = _code(function)
    return code is not None and any(
        "FOR_ITER" in step.opname or "JUMP_BACKWARD" in step.opname for inner in _codes(code) for step in _straight(inner)
    )


def _straight(code):
    """Yield the steps of ``code`` but those of its ``except`` blocks: since Python 3.12 they stand last and jump back."""
    for step in dis.get_instructions(code):
        if step.opname == "PUSH_EXC_INFO" and sys.version_info >= (3, 12):
            return
        yield step
