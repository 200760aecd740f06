"""Hadamard matrices for half-samples: as few replicates as the number of strata allows."""

import numpy as np

from trygghet._typing import FloatArray, IntArray


def hadamard(above: int) -> FloatArray:
    """Hadamard matrix of the smallest order that can be built and is larger than a number.

    Parameters
    ----------
    above : int
        Number of strata, at least 1.

    Returns
    -------
    ndarray, shape (m, m)
        Entries 1 and -1, first row and column 1, rows orthogonal to each other.

    Notes
    -----
    Orders ``2^k`` by Sylvester's doubling and ``2^k (q + 1)`` by Paley's matrix for a prime q of the form 4j + 3; among equal orders
    Sylvester's. Those of orders 4 and 12 are R's ``survey::hadamard(3)`` and ``hadamard(9)``.

    References
    ----------
    Paley, R. E. A. C. (1933). On orthogonal matrices. Journal of Mathematics and Physics 12, 311-320. doi:10.1002/sapm1933121311

    Examples
    --------
    >>> from trygghet.design.hadamard import hadamard
    >>> hadamard(2).astype(int).tolist()
    [[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]
    >>> len(hadamard(9)), len(hadamard(12))
    (12, 16)
    """
    doublings = int(np.ceil(np.log2(above + 1)))
    order, start = 1 << max(doublings, 1), np.ones((1, 1))
    for prime in _primes(above + 4):
        size = prime + 1
        while size <= above:
            size *= 2
        if size < order:
            order, start = size, _paley(prime)
    matrix = start
    while len(matrix) < order:
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    return np.asarray(matrix, dtype=np.float64)


def _paley(prime: int) -> FloatArray:
    """Paley's matrix bordered by ones: -1 where the sum of the places is 0 or a square."""
    squares = np.zeros(prime, dtype=np.bool_)
    squares[np.arange(prime) ** 2 % prime] = True
    places: IntArray = np.add.outer(np.arange(prime), np.arange(prime)) % prime
    matrix = np.ones((prime + 1, prime + 1))
    matrix[1:, 1:] = np.where(squares[places], -1.0, 1.0)
    return matrix


def _primes(last: int) -> list[int]:
    """Primes of the form 4j + 3 up to a number."""
    composite = np.zeros(last + 1, dtype=np.bool_)
    for number in range(2, int(last**0.5) + 1):
        composite[number * number :: number] = True
    return [q for q in range(3, last + 1, 4) if not composite[q]]
