"""The declaration of a composite priority: ``sources/composite.yaml`` in a wave's folder, decided before the ranks were seen."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from trygghet._typing import Missing, ScoreScale, SourceKind, Transform, Worse
from trygghet.pipeline.settings import STRICT, ProjectFile, checked, load_settings


class _Section(BaseModel):
    model_config = STRICT


class SourceParams(_Section):
    """One source of the composite.

    A survey or respondents name ``items``, by area, and their ``stream``; the others a ``file`` in the wave's folder ``sources``.
    """

    pillar: str
    kind: SourceKind
    items: dict[str, str] = {}
    stream: str = ""
    file: ProjectFile = ""
    goalposts: tuple[float, float] | None = None
    reference: float | None = None
    worse: Worse = "high"
    transform: Transform = "none"
    dispersion: float = 1.0
    per: float = 1000.0

    @model_validator(mode="after")
    def _numbers_or_a_file(self) -> Self:
        answered = self.kind in {"survey", "respondents"}
        if answered != bool(self.items and self.stream) or answered == bool(self.file):
            raise PydanticCustomError("source", "give items and stream of a survey, a file of anything else")
        return self


class CompositeParams(_Section):
    """The composite priority: sources, and the weights with who set them and when, before anybody saw the ranks."""

    set_by: str
    decided: str
    pillars: dict[str, float]
    within: dict[str, dict[str, float]] = {}
    scale: ScoreScale = "declared"
    missing: Missing = "fail"
    concentration: Annotated[float, Field(gt=0)] = 30.0
    scenarios: Annotated[int, Field(ge=100)] = 2000
    sources: Annotated[dict[str, SourceParams], Field(min_length=1)]


def read_composite(path: Path) -> CompositeParams | None:
    """Read a wave's declaration of a composite.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    CompositeParams or None
        What to weigh; None where the wave has no such file.

    Raises
    ------
    ProjectError
        When it is not YAML, or holds an unknown key or an impossible value; all problems at once.
    """
    return checked(CompositeParams, load_settings(path), path.name) if path.is_file() else None
