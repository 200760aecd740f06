"""What `import trygghet as tg` offers."""

import ast
import importlib
import subprocess
import sys
from types import ModuleType

import pytest
from source import SOURCE

import trygghet as tg


def test_every_public_name_can_be_used():
    for name in tg.__all__:
        assert getattr(tg, name) is not None, name


def faces():
    return [SOURCE / "__init__.pyi", *sorted(SOURCE.glob("*/__init__.pyi"))]


def offered(stub):
    return {
        alias.name
        for node in ast.parse(stub.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


@pytest.mark.parametrize("stub", faces(), ids=lambda stub: stub.parent.name)
def test_what_type_checkers_see_is_what_is_there(stub):
    package = importlib.import_module(".".join(("trygghet", *stub.parent.relative_to(SOURCE).parts)))
    assert offered(stub) == set(package.__all__) - {"__version__"}
    assert all(getattr(package, name) is not None for name in package.__all__)


@pytest.mark.parametrize("stub", faces(), ids=lambda stub: stub.parent.name)
def test_no_name_of_a_lazy_face_is_also_a_module(stub):
    """Such a module, once loaded, would stand where the name should."""
    modules = {path.stem for path in stub.parent.iterdir() if path.suffix in {"", ".py"}}
    assert not modules & offered(stub) - {"claims", "datasets", "errors"}


def test_no_verb_is_hidden_by_a_room_of_the_same_name():
    for room in SOURCE.iterdir():
        if room.is_dir() and (room / "__init__.py").exists():
            importlib.import_module(f"trygghet.{room.name}")
    for name in set(tg.__all__) - {"claims", "datasets", "errors"}:
        assert not isinstance(getattr(tg, name), ModuleType), name


def test_importing_loads_no_heavy_package():
    code = "import sys, trygghet; print(sorted({'pandas', 'numpy', 'scipy', 'matplotlib', 'statsmodels'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_a_stage_loads_nothing_that_it_does_not_use():
    code = (
        "import sys, trygghet.pipeline.runner, trygghet.estimate, trygghet.ranking, trygghet.claims;"
        "print(sorted({'matplotlib', 'statsmodels', 'scipy.stats', 'scipy.optimize', 'pyreadstat', 'httpx'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
