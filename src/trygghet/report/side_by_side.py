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
_NUMBER, _QUEUE = 2, 4096  # bytes of a task's number, and of as many as fit into any system's pipe


def side_by_side(tasks: Sequence[Callable[[], Result]], *, processes: int | None = None) -> list[Result]:
    """Run tasks that do not need each other, on several processes where the system forks them (Linux), else one by one.

    A forked process has all that is loaded and read already, so that nothing but the results travels. Each takes the next task that
    waits; give the longest ones first. What a process that died leaves undone is done here.

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
        What the first task of those that failed raised, here or in another process.

    Examples
    --------
    >>> from functools import partial
    >>> side_by_side([partial(round, 2.5), partial(abs, -1)])
    [2, 1]
    """
    count = min(len(tasks), processes or _cores())
    alone = sys.platform != "linux" or multiprocessing.current_process().daemon
    if count < 2 or alone or _NUMBER * len(tasks) > _QUEUE:
        return [task() for task in tasks]
    context = multiprocessing.get_context("fork")
    waiting, queue = os.pipe()
    os.write(queue, b"".join(place.to_bytes(_NUMBER, "big") for place in range(len(tasks))))
    os.close(queue)
    try:
        others = []
        for _ in range(1, count):
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(tasks, waiting, theirs), daemon=True)
            process.start()
            theirs.close()
            others.append((ours, process))
        done, failed = _taken(tasks, waiting)
        for ours, process in others:
            with ours:
                more, also = _received(ours)
            process.join()
            done, failed = done | more, failed | also
    finally:
        os.close(waiting)
    if failed:
        raise failed[min(failed)]
    return [done[place] if place in done else tasks[place]() for place in range(len(tasks))]


def _cores() -> int:
    """Cores that this process may use."""
    usable = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(usable, MOST_PROCESSES)


def _taken(
    tasks: Sequence[Callable[[], Result]], waiting: int
) -> tuple[dict[int, Result], dict[int, Exception]]:
    """Do the next task that waits until none is left; after a failure nobody takes another one."""
    done: dict[int, Result] = {}
    failed: dict[int, Exception] = {}
    parent = os.getppid()
    while number := os.read(waiting, _NUMBER):
        place = int.from_bytes(number, "big")
        try:
            done[place] = tasks[place]()
        except Exception as error:  # noqa: BLE001 - raised where the tasks were given
            failed[place] = error
        if failed or os.getppid() != parent:
            while os.read(waiting, _QUEUE):
                pass
    return done, failed


def _work(tasks: Sequence[Callable[[], Any]], waiting: int, answer: Connection) -> None:
    """Do tasks in a process of their own and send what came of them; stop when nobody waits for it any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answer.send(_taken(tasks, waiting))


def _received(answer: Connection) -> tuple[dict[int, Any], dict[int, Exception]]:
    """Take what another process made; nothing when it died."""
    try:
        made: tuple[dict[int, Any], dict[int, Exception]] = answer.recv()
    except EOFError:
        return {}, {}
    return made
