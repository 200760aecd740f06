"""What cannot be compared with the wave before, kept beside the changes for the sentences that speak of it."""

import json
from pathlib import Path

from trygghet._files import write_json
from trygghet.pipeline.params import WaveParams
from trygghet.waves import Break

_FILE = "breaks.json"


def former_wave(declared: WaveParams) -> str | None:
    """Name the wave that a wave is compared with: a survey, or a printed report.

    Parameters
    ----------
    declared : WaveParams
        What the parameters say of the wave.

    Returns
    -------
    str or None
        None for a first wave.
    """
    return declared.published.wave if declared.published else declared.previous


def write_breaks(folder: Path, breaks: tuple[Break, ...]) -> None:
    """Write the breaks of a wave.

    Parameters
    ----------
    folder : Path
        Folder of the wave's changes.
    breaks : tuple of Break
        The breaks; an empty item stands for the whole wave.
    """
    content = [{"item": each.item, "kind": each.kind, "text": each.text} for each in breaks]
    write_json(folder / _FILE, {"breaks": content})


def read_breaks(folder: Path, wave: str, former: str) -> tuple[Break, ...]:
    """Read what :func:`write_breaks` wrote.

    Parameters
    ----------
    folder : Path
        Folder of the wave's changes.
    wave, former : str
        The later and the earlier wave.

    Returns
    -------
    tuple of Break
        The breaks.
    """
    content = json.loads((folder / _FILE).read_text(encoding="utf-8"))["breaks"]
    return tuple(Break(each["item"], each["kind"], wave, former, each["text"]) for each in content)
