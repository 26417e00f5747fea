"""How the program ends when it is told to: by Ctrl+C, by whoever ends it, or because its terminal has gone."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

ENDING: Final = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals that ask a program to end; Windows has not all of them."""

F = TypeVar("F", bound=Callable[..., Any])

_unbroken: Final[set[CodeType]] = set()

LATER: Final = 0.01
"""Seconds after which a program that could not be ended where it stood is asked again."""


class EndedError(BaseException):
    """The program is asked to end by another signal than that of Ctrl+C, which is `KeyboardInterrupt`."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def run_until_ended(work: Callable[[], int]) -> int:
    """Return what `work` returns; end the process by the signal that asks for it before.

    In `work`, `KeyboardInterrupt` or `EndedError` is raised, once, so that it can put its things in order; a second
    signal of the same kind ends the program where it stands. What is ignored from the start (after `nohup`, say)
    stays ignored. Afterwards nothing is left to be put in order: a signal ends the program as it ends any other.
    """
    sys.unraisablehook = _raise_later
    taken = [number for number in ENDING if signal.getsignal(number) is not signal.SIG_IGN]
    try:
        for number in taken:
            signal.signal(number, _raise)
        status = work()
        for number in taken:
            signal.signal(number, signal.SIG_DFL)
    except KeyboardInterrupt:
        end_by(signal.SIGINT)
    except EndedError as ended:
        end_by(ended.number)
    return status


def end_by(number: int) -> NoReturn:
    """End this process by a signal, so that whoever started it (a shell with a loop, say) knows."""
    if sys.platform != "win32":
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)
    sys.exit(128 + number)


def unbroken(function: F) -> F:
    """Let a function end before a signal is raised that comes while it runs: one that takes no time to speak of."""
    _unbroken.add(function.__code__)
    return function


def _raise(number: int, frame: FrameType | None) -> None:
    if _may_not_be_broken(frame):
        threading.Timer(LATER, _send, [number]).start()
        return
    signal.signal(number, signal.SIG_DFL)
    raise KeyboardInterrupt if number == signal.SIGINT else EndedError(number)


def _may_not_be_broken(frame: FrameType | None) -> bool:
    """Whether a signal has come within a function that is to end first.

    That is so of imports too: a module in C whose import is broken off may leave the process in a state in which it
    crashes.
    """
    while frame is not None:
        if frame.f_code in _unbroken or frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _raise_later(lost: UnraisableHookArgs) -> None:
    """Ask anew to end where it could not be raised: when an object goes, errors are only told of."""
    if not isinstance(lost.exc_value, KeyboardInterrupt | EndedError):
        sys.__unraisablehook__(lost)
        return
    number = lost.exc_value.number if isinstance(lost.exc_value, EndedError) else int(signal.SIGINT)
    signal.signal(number, _raise)
    threading.Timer(LATER, _send, [number]).start()


def _send(number: int) -> None:
    """Send a signal to the thread that takes signals, which may be waiting for something."""
    main = threading.main_thread().ident
    if sys.platform == "win32" or main is None:
        signal.raise_signal(number)
    else:
        signal.pthread_kill(main, number)
