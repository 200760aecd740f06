import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def form(tmp_path_factory):
    """The workbook of an open web form, in a folder whose name is not plain ASCII."""
    from forms_export import write_forms_export

    path = tmp_path_factory.mktemp("Hämtade filer") / "Trygghet i Exempelstad(1-595).xlsx"
    write_forms_export(path)
    return path
