"""What `import trygghet as tg` offers."""

import ast
import importlib
import subprocess
import sys
from types import ModuleType

from source import SOURCE, tree

import trygghet as tg


def test_every_public_name_can_be_used():
    for name in tg.__all__:
        assert getattr(tg, name) is not None, name


def test_what_type_checkers_see_is_what_is_there():
    block = next(node for node in tree(SOURCE / "__init__.py").body if isinstance(node, ast.If))
    seen = {alias.name for node in block.body for alias in node.names}
    assert seen | {"__version__"} == set(tg.__all__)
    assert seen == {*tg._HOMES, *tg._MODULES}


def test_no_verb_is_hidden_by_a_room_of_the_same_name():
    for room in SOURCE.iterdir():
        if room.is_dir() and (room / "__init__.py").exists():
            importlib.import_module(f"trygghet.{room.name}")
    for name in tg._HOMES:
        assert not isinstance(getattr(tg, name), ModuleType), name


def test_importing_loads_no_heavy_package():
    code = "import sys, trygghet; print(sorted({'pandas', 'numpy', 'scipy', 'matplotlib', 'statsmodels'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
