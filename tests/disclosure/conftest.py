"""Results made by hand, so that every number in these tests is known."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def written_worlds(tmp_path_factory):
    """Everything that leaves two worlds that differ only in what is withheld: folder and screened results of each."""
    from worlds import SECRETS, world, written

    folders = [tmp_path_factory.mktemp(f"world{number}") for number in range(len(SECRETS))]
    return [
        (folder, written(world(*secret), folder)) for folder, secret in zip(folders, SECRETS, strict=True)
    ]
