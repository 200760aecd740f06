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


@pytest.fixture(scope="session")
def figures_once(wave_report):
    """The figures of the report, drawn once for all tests."""
    from trygghet.report.figures import rendered_figures

    made = {}

    def rendered(report, planned):
        assert report is wave_report
        if not made:
            made.update(rendered_figures(report, planned))
        return {name: made[name] for name in planned}

    return rendered


@pytest.fixture
def drawn(figures_once, monkeypatch):
    from trygghet.report import promise_draft

    monkeypatch.setattr(promise_draft, "rendered_figures", figures_once)
