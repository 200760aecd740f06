"""Matrix products on one thread: the same bits whatever the machine has, and faster where the matrices are small."""

from contextlib import AbstractContextManager

from threadpoolctl import threadpool_limits


def one_thread() -> AbstractContextManager[object]:
    """Let linear algebra use one thread for a while.

    Returns
    -------
    context manager
        The threads are given back at its end.

    Notes
    -----
    With several threads a sum of products is cut up otherwise, so that its last digits hang on how many there are.
    """
    found: AbstractContextManager[object] = threadpool_limits(1, user_api="blas")
    return found
