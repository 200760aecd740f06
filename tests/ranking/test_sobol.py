"""Sobol indices against scipy on the same values, and against an example whose indices are known."""

import numpy as np
import pytest
from scipy import stats

from trygghet.ranking.composite.sobol import sobol_indices

A, B = 7.0, 0.1


def ishigami(x):
    """Ishigami and Homma (1990): inputs uniform on (-pi, pi)."""
    u = np.pi * (2 * x - 1)
    return (np.sin(u[:, 0]) + A * np.sin(u[:, 1]) ** 2 + B * u[:, 2] ** 4 * np.sin(u[:, 0]))[None]


def known():
    """Indices of the Ishigami function, in closed form."""
    alone = 0.5 * (1 + B * np.pi**4 / 5) ** 2
    variance = A**2 / 8 + B * np.pi**4 / 5 + B**2 * np.pi**8 / 18 + 0.5
    together = B**2 * np.pi**8 * 8 / 225
    first = np.array([alone, A**2 / 8, 0.0]) / variance
    return first, first + np.array([together, 0.0, together]) / variance


def test_they_find_the_known_indices():
    first, total = sobol_indices(ishigami, inputs=3, size=2**15, rng=np.random.default_rng(5))
    np.testing.assert_allclose(first[0], known()[0], atol=0.02)
    np.testing.assert_allclose(total[0], known()[1], atol=0.02)


def test_scipy_gets_the_same_from_the_same_values():
    kept = []

    def outputs(x):
        found = np.vstack([ishigami(x), x.sum(axis=1), np.zeros(len(x))])
        kept.append(found.copy())
        return found

    first, total = sobol_indices(outputs, inputs=3, size=64, rng=np.random.default_rng(2))
    f_a, f_b, rest = np.split(kept[0][:2], [64, 128], axis=1)
    f_ab = rest.reshape(2, 3, 64).transpose(1, 0, 2)
    theirs = stats.sobol_indices(func={"f_A": f_a, "f_B": f_b, "f_AB": f_ab}, n=64)
    np.testing.assert_allclose(first[:2], theirs.first_order, rtol=1e-12)
    np.testing.assert_allclose(total[:2], theirs.total_order, rtol=1e-12)
    assert (first[2] == 0).all()
    assert (total[2] == 0).all()


def test_every_stratum_of_every_input_is_drawn_once():
    seen = []

    def outputs(x):
        seen.append(x)
        return x.T

    sobol_indices(outputs, inputs=4, size=50, rng=np.random.default_rng(3))
    for sample in (seen[0][:50], seen[0][50:100]):
        assert (np.sort((sample * 50).astype(int), axis=0) == np.arange(50)[:, None]).all()
    assert seen[0].shape == (50 * 6, 4)
    assert pytest.approx(seen[0][100:150, 1:]) == seen[0][:50, 1:]
