"""Write the synthetic waves: ``python -m trygghet.datasets [FOLDER]`` (default ``data/raw``)."""

import sys
from pathlib import Path

from trygghet.datasets.exempelstad import exempelstad
from trygghet.datasets.places import WAVES
from trygghet.datasets.writing import write_wave


def main(folder: Path) -> None:
    """Write every wave to its own folder.

    Parameters
    ----------
    folder : Path
        Folder that holds one folder a wave.
    """
    for wave in WAVES:
        write_wave(exempelstad(wave), folder / wave)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "data/raw"))
