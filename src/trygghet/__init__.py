"""Survey analytics for the Swedish lägesbild and medborgarlöfte.

What the package offers stands in ``__init__.pyi``; names are loaded when they are first used, so that
``import trygghet`` costs next to nothing.

Examples
--------
>>> import trygghet as tg
>>> tg.rank_bounds([0.9, 0.5, 0.1], [0.001, 0.001, 0.001], seed=1).rank.tolist()
[1, 2, 3]
"""

import lazy_loader

_attribute, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__all__ += ["__version__"]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("trygghet")
    return _attribute(name)
