"""Bytes to tables and back: survey files, the microdata they hold, and where they came from.

What the room offers stands in ``__init__.pyi``; a name is loaded when it is first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
