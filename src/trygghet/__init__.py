"""Survey analytics for the Swedish lägesbild and medborgarlöfte.

Names are loaded when they are first used, so that ``import trygghet`` costs next to nothing.
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass

__version__ = version("trygghet")

_ROOMS: dict[str, tuple[str, ...]] = {}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}
__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 - every entry is a string


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"trygghet.{_HOMES[name]}"), name)
    if name in _ROOMS:
        return import_module(f"trygghet.{name}")
    raise AttributeError(f"module 'trygghet' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, *_ROOMS})
