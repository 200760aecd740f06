import os
import signal
import time
from functools import partial

import pytest

from trygghet.report.side_by_side import side_by_side

OWN = os.getpid()


def place(number):
    return number, os.getpid()


def slow(number):
    time.sleep(0.1)
    return place(number)


def fail(number):
    raise ValueError(number)


def die_elsewhere(number):
    if os.getpid() != OWN:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def nested(number):
    return [
        found for found, _ in side_by_side([partial(place, number), partial(place, -number)], processes=2)
    ]


@pytest.mark.parametrize("count", [0, 1, 2, 7])
@pytest.mark.parametrize("processes", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(count, processes):
    found = side_by_side([partial(place, number) for number in range(count)], processes=processes)
    assert [number for number, _ in found] == list(range(count))
    assert len({pid for _, pid in found}) <= processes


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="only where processes are forked")
def test_other_processes_work():
    found = side_by_side([partial(slow, number) for number in range(4)], processes=2)
    assert len({pid for _, pid in found}) == 2


@pytest.mark.parametrize("bad", [0, 1])
def test_an_error_in_any_process_is_raised_here(bad):
    tasks = [partial(fail if number == bad else place, number) for number in range(4)]
    with pytest.raises(ValueError, match=str(bad)):
        side_by_side(tasks, processes=2)


def test_what_a_dead_process_left_is_done_here():
    assert side_by_side([partial(die_elsewhere, number) for number in range(5)], processes=2) == list(
        range(5)
    )


def test_a_task_may_ask_for_tasks_of_its_own():
    assert side_by_side([partial(nested, 1), partial(nested, 2)], processes=2) == [[1, -1], [2, -2]]
