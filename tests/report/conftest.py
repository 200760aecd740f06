import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def wave_report():
    import builders

    return builders.report()


@pytest.fixture(scope="session")
def open_report():
    import builders

    return builders.open_report()


@pytest.fixture(scope="session")
def written(wave_report, tmp_path_factory):
    from trygghet.report import write_report

    folder = tmp_path_factory.mktemp("2026")
    write_report(wave_report, folder)
    return folder


@pytest.fixture(scope="session")
def written_open(open_report, tmp_path_factory):
    from trygghet.report import write_report

    folder = tmp_path_factory.mktemp("öppen")
    write_report(open_report, folder)
    return folder
