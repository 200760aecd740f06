"""Results made by hand, so that every number in these tests is known."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
