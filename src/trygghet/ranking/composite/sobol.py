"""Sobol indices: how much of an output's variance each input explains, alone and with all its interactions."""

from collections.abc import Callable

import numpy as np

from trygghet._typing import FloatArray


def sobol_indices(
    outputs: Callable[[FloatArray], FloatArray], *, inputs: int, size: int, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Estimate first-order and total indices of independent uniform inputs.

    Parameters
    ----------
    outputs : callable
        From inputs, shape (rows, inputs), to outputs, shape (s, rows).
    inputs : int
        Number of inputs.
    size : int
        Rows of each of the two base samples; ``size * (inputs + 2)`` rows are computed.
    rng : Generator
        Draws the base samples.

    Returns
    -------
    tuple of ndarray, each of shape (s, inputs)
        First-order and total indices; 0 for an output that never changes.

    Notes
    -----
    With base samples A and B, and AB_i as A with column i of B, first order is ``mean(f(B) (f(AB_i) - f(A))) / V`` and total
    ``mean((f(A) - f(AB_i))^2) / (2 V)``, V the variance over A and B: estimators (b) and (f) of table 2. Outputs are centred first.
    The base samples are Latin hypercubes (McKay, Beckman and Conover, 1979, doi:10.1080/00401706.1979.10489755).

    References
    ----------
    Saltelli, A., Annoni, P., Azzini, I., Campolongo, F., Ratto, M. and Tarantola, S. (2010). Variance based sensitivity analysis of
    model output. Computer Physics Communications 181, 259-270. doi:10.1016/j.cpc.2009.09.018.

    Examples
    --------
    >>> import numpy as np
    >>> def added(x):
    ...     return (x[:, 0] + 2 * x[:, 1])[None]
    >>> first, total = sobol_indices(added, inputs=2, size=4096, rng=np.random.default_rng(1))
    >>> first.round(1).tolist(), total.round(1).tolist()
    ([[0.2, 0.8]], [[0.2, 0.8]])
    """
    a, b = (_latin_hypercube(size, inputs, rng) for _ in range(2))
    mixed = np.repeat(a[None], inputs, axis=0)
    each = np.arange(inputs)
    mixed[each, :, each] = b.T
    found = outputs(np.concatenate([a, b, mixed.reshape(-1, inputs)]))
    found = found - found[:, : 2 * size].mean(axis=1, keepdims=True)
    variance = found[:, : 2 * size].var(axis=1)[:, None]
    at_a, at_b, rest = np.split(found, [size, 2 * size], axis=1)
    moved = rest.reshape(len(found), inputs, size) - at_a[:, None]
    varies = variance > 0
    scale = np.where(varies, variance, 1.0)
    first = (at_b[:, None] * moved).mean(axis=2) / scale
    total = (moved**2).mean(axis=2) / (2 * scale)
    return np.where(varies, first, 0.0), np.where(varies, total, 0.0)


def _latin_hypercube(size: int, inputs: int, rng: np.random.Generator) -> FloatArray:
    """Draw rows of uniforms, exactly one in each of ``size`` strata of every input."""
    strata = rng.permuted(np.tile(np.arange(size), (inputs, 1)), axis=1).T
    drawn: FloatArray = (strata + rng.random((size, inputs))) / size
    return drawn
