"""Independent tasks on every core: a figure does not wait for another one to be drawn."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any, TypeVar

Result = TypeVar("Result")

MOST_PROCESSES = 4


def side_by_side(tasks: Sequence[Callable[[], Result]], *, processes: int | None = None) -> list[Result]:
    """Run tasks that do not need each other, on several processes where the system forks them (Linux), else one by one.

    A forked process has all that is loaded and read already, so that nothing but the results travels. What a process that died
    leaves undone is done here.

    Parameters
    ----------
    tasks : sequence of callable
        Tasks without arguments, whose results can be pickled.
    processes : int, optional
        Processes, this one included; the cores that it may use when left out, at most four.

    Returns
    -------
    list
        Results in the order of the tasks.

    Raises
    ------
    Exception
        What the first task that failed raised, here or in another process.

    Examples
    --------
    >>> from functools import partial
    >>> side_by_side([partial(round, 2.5), partial(abs, -1)])
    [2, 1]
    """
    count = min(len(tasks), processes or _cores())
    if count < 2 or sys.platform != "linux" or multiprocessing.current_process().daemon:
        return [task() for task in tasks]
    context = multiprocessing.get_context("fork")
    others = []
    for start in range(1, count):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(tasks[start::count], theirs), daemon=True)
        process.start()
        theirs.close()
        others.append((start, ours, process))
    done: dict[int, Result] = dict(
        zip(range(0, len(tasks), count), (task() for task in tasks[::count]), strict=True)
    )
    for start, ours, process in others:
        with ours:
            done |= zip(range(start, len(tasks), count), _received(ours, tasks[start::count]), strict=True)
        process.join()
    return [done[place] for place in range(len(tasks))]


def _cores() -> int:
    """Cores that this process may use."""
    usable = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(usable, MOST_PROCESSES)


def _work(tasks: Sequence[Callable[[], Any]], answer: Connection) -> None:
    """Do tasks in a process of their own and send what came of them; stop when nobody waits for it any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = os.getppid()
    results: list[Any] = []
    try:
        for task in tasks:
            if os.getppid() != parent:
                return
            results.append(task())
    except Exception as error:  # noqa: BLE001 - the process that asked raises it
        answer.send((results, error))
    else:
        answer.send((results, None))


def _received(answer: Connection, tasks: Sequence[Callable[[], Result]]) -> list[Result]:
    """Take what another process made; run its tasks here when it died."""
    try:
        results, error = answer.recv()
    except EOFError:
        return [task() for task in tasks]
    if error is not None:
        raise error
    made: list[Result] = results
    return made
