"""Matrix products on one thread: the same bits whatever the machine has, and faster where the matrices are small."""

import sys
from contextlib import AbstractContextManager
from functools import lru_cache

from threadpoolctl import ThreadpoolController


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
    found: AbstractContextManager[object] = _libraries("scipy.linalg" in sys.modules).limit(
        limits=1, user_api="blas"
    )
    return found


@lru_cache(maxsize=2)
def _libraries(with_scipy: bool) -> ThreadpoolController:  # noqa: ARG001, FBT001 -- scipy brings a library of its own when it is loaded
    """Libraries of linear algebra that are loaded; looking for them takes some milliseconds."""
    return ThreadpoolController()
