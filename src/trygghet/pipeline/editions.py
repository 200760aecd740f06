"""What readers know beside a new edition: how its numbers add up, and what earlier editions showed."""

import json
from collections.abc import Iterator
from pathlib import Path

from trygghet.disclosure import Released, Structure, read_publishable, read_released, write_released
from trygghet.errors import Problem, ProjectError
from trygghet.ingest import read_codebook
from trygghet.pipeline.project import Project
from trygghet.weighting import Margins

REGISTRY = Path("data") / "released.json"


def structures(project: Project) -> dict[str, Structure]:
    """Read, wave by wave, how published numbers add up.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    dict of str to Structure
        Groups of areas, items that make up a whole, and inhabitants, by wave.
    """
    found = {}
    for wave in project.params.waves:
        paths = project.paths.wave(wave)
        margins = Margins.read(paths.margins) if paths.margins.is_file() else None
        found[wave] = Structure.from_codebook(read_codebook(paths.microdata), margins)
    return found


def released(project: Project) -> Released:
    """Read the registry of what earlier editions showed.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    Released
        Empty before the first edition.
    """
    return read_released(project.paths.root / REGISTRY)


def release(project: Project, edition: str) -> int:
    """Enter everything that the screen let through into the registry, because it has been published.

    Parameters
    ----------
    project : Project
        The project.
    edition : str
        Name of the edition.

    Returns
    -------
    int
        Number of cells in the registry.

    Raises
    ------
    ProjectError
        SEK-13 when nothing is screened yet.
    DisclosureError
        When a screened file was changed, or the edition was published with another content.
    """
    published = {
        f"{wave}/{path.stem}": read_publishable(path)
        for wave in project.params.waves
        for path in _screened(project.paths.wave(wave).screened)
    }
    if not published:
        raise ProjectError(
            Problem(
                code="SEK-13",
                what="There is nothing to release: no result is screened.",
                remedy="Run the stages up to screen first.",
                facts={"mapp": "data/joint/screened"},
            )
        )
    registry = released(project).with_edition(edition, published)
    write_released(project.paths.root / REGISTRY, registry)
    return len(registry.cells)


def _screened(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.glob("*.json")):
        if "digest" in json.loads(path.read_text(encoding="utf-8")):
            yield path
