import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))


@pytest.fixture(scope="session")
def wave_report():
    import builders

    return builders.report()


@pytest.fixture(scope="session")
def open_report():
    import builders

    return builders.open_report()
