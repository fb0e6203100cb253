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
    """The outcome of each call, and the names of the arguments that a call changed."""

    outcomes: list
    changed: list


def run(function, cases, returns, argument_names):
    """Call ``function`` on every case, a tuple of arguments; nothing that it does raises or touches ``cases``."""
    outcomes, changed = [], []
    for case in cases:
        arguments = copy.deepcopy(case)
        outcomes.append(_outcome(function, arguments, returns))
        for name, before, after in zip(argument_names, case, arguments):
            if name not in changed and not callable(before) and not same(leaves(before), leaves(after)):
                changed.append(name)
    return Run(outcomes, changed)


def _outcome(function, arguments, returns):
    try:
        with np.errstate(all="ignore"):
            return leaves(function(*arguments), returns)
    except _Stopped:
        raise
    except BaseException as error:  # a student's sys.exit() must not end the lesson
        return Raised(type(error).__name__, _words(error))


_MATMUL = re.compile(r"matmul: .*\(size (\d+) is different from (\d+)\)")


def _words(error):
    try:
        text = _MATMUL.sub(r"the inner sizes of a matrix product differ, \2 and \1", " ".join(str(error).split()))
    except Exception:  # the class is the student's, and so is what its str does
        return "no message"
    return text if len(text) <= 200 else f"{text[:197]}..."


class _Stopped(SystemExit):
    """Thrown into a thread from outside; a SystemExit, so that ``except Exception`` lets it through."""


def within(seconds, work):
    """Return ``work()``, run in a thread of its own. Raises ``TooLong`` after ``seconds``, when it has been stopped."""
    if not CAN_STOP:
        return work()
    worker = _Worker(work)
    in_time = stopped = False
    try:
        worker.thread.start()
        in_time = worker.ended.wait(seconds)
    finally:  # also when the student presses stop
        stopped = worker.stop()
    if not in_time:
        raise TooLong(stopped)
    return worker.result


class _Worker:
    """A thread that does ``work`` and can be told to stop."""

    def __init__(self, work):
        self.work, self.result = work, None
        self.ended, self.throwing = threading.Event(), threading.Lock()
        self.thread = threading.Thread(target=self._target, daemon=True)

    def _target(self):
        try:
            self.result = self.work()
        except _Stopped:
            pass  # from outside, as meant
        finally:
            with self.throwing:  # after this nothing is thrown: the thread must end in peace
                self.ended.set()

    def stop(self):
        """Throw ``_Stopped`` into the thread until it ends, and return whether it did; a bare ``except`` may swallow many."""
        for _ in range(50):
            with self.throwing:
                if self.ended.is_set():
                    break
                identity = ctypes.c_ulong(self.thread.ident or 0)  # 0, which is no thread, before it has started
                ctypes.pythonapi.PyThreadState_SetAsyncExc(identity, ctypes.py_object(_Stopped))
            self.ended.wait(0.02)
        return self.ended.is_set()


# What the code itself tells, read from its bytecode: the source of a cell is not always at hand


def _codes(code):
    """Return ``code`` and the codes of the functions and comprehensions inside it."""
    return [code, *(inner for const in code.co_consts if isinstance(const, types.CodeType) for inner in _codes(const))]


def is_stub(function):
    """Return whether ``function`` does nothing yet: a docstring and ``...``."""
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    steps = [step for step in dis.get_instructions(code) if step.opname not in ("RESUME", "NOP", "RETURN_VALUE", "POP_TOP")]
    return all("CONST" in step.opname and step.argval in (None, ...) for step in steps)


def has_dots(function):
    """Return whether a ``...`` is left in ``function``."""
    code = getattr(function, "__code__", None)
    return code is not None and any(const is ... for inner in _codes(code) for const in inner.co_consts)


def has_loop(function):
    """Return whether ``function`` loops in Python: ``for``, ``while`` or a comprehension."""
    code = getattr(function, "__code__", None)
    return code is not None and any(
        step.opname.startswith("FOR_ITER") or "JUMP_BACKWARD" in step.opname for inner in _codes(code) for step in dis.get_instructions(inner)
    )
