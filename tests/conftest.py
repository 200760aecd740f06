"""Property tests try the same cases in every run; under `make fuzz` new ones."""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True)
if "TRYGGHET_FUZZ" not in os.environ:
    settings.load_profile("same")
