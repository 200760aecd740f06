"""Real surveys lie outside the project; tests on them are skipped, with the reason, where they are absent."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def shared_data(*parts):
    """A file of the shared data, or a skip that says which one is absent."""
    folder = Path(os.environ.get("TRYGGHET_SHARED", ROOT.parent / "shared"))
    path = folder.joinpath("data", *parts)
    if not path.is_file():
        pytest.skip(f"shared data absent: {'/'.join(parts)}")
    return path


@pytest.fixture(scope="session")
def csew_file():
    return shared_data("csew1314", "csew1314teachingopen.sav")


@pytest.fixture(scope="session")
def ess_file():
    return shared_data("ess8_sweden", "ESS8SE.dta")


@pytest.fixture(scope="session")
def scb_file():
    return shared_data("scb_population", "sweden_popn_all.csv.gz")
