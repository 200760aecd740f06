"""The methodology parameters of a project: ``params.yaml`` as frozen, checked records."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    Field,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from trygghet._sequence import in_time
from trygghet._typing import (
    CalibrationMethod,
    First,
    IntervalMethod,
    UnplacedRule,
    WeightingMode,
)
from trygghet.codebook.names import fits_a_file_name
from trygghet.disclosure import DisclosureRules
from trygghet.errors import Problem, ProjectError
from trygghet.pipeline.settings import STRICT, ProjectFile, checked, load_settings

_FILE = "params.yaml"
_Level = Annotated[float, Field(gt=0.5, lt=1.0)]
_Share = Annotated[float, Field(gt=0.0, lt=1.0)]


class _Section(BaseModel):
    model_config = STRICT


class PublishedParams(_Section):
    """An earlier wave that exists only as a printed report: its figures typed into a template beside the survey file."""

    wave: str
    file: ProjectFile
    design_effect: Annotated[float, Field(ge=1)] = 1.5
    collected: str = ""


class WaveParams(_Section):
    """One wave: its survey file, the file of everyone who was drawn, and the wave that it is compared with."""

    survey: ProjectFile
    frame: ProjectFile | None = None
    previous: str | None = None
    published: PublishedParams | None = None

    @model_validator(mode="after")
    def _one_before(self) -> Self:
        if self.previous is not None and self.published is not None:
            raise PydanticCustomError("one_before", "give previous or published, one of them")
        return self


class NonresponseParams(_Section):
    """How design weights make up for those who did not answer, by variables of the frame file."""

    by: Annotated[tuple[str, ...], Field(min_length=1)]
    method: Literal["classes", "propensities"] = "classes"
    classes: Annotated[int, Field(ge=2)] | None = 5


class WeightingParams(_Section):
    """How base weights become final weights."""

    mode: WeightingMode
    method: CalibrationMethod = "raking"
    bounds: tuple[float, float] | None = None
    tolerance: Annotated[float, Field(gt=0)] = 1e-9
    max_iterations: Annotated[int, Field(gt=0)] = 200
    nonresponse: NonresponseParams | None = None
    unplaced: UnplacedRule = "proportional"


class EstimateParams(_Section):
    """What is estimated, and how intervals are made.

    ``items`` maps a name for a set of indicators to patterns over the codebook's indicators. ``together`` maps an indicator to patterns
    of others that are estimated among the people whom it does not count: worry among those who feel safe.
    """

    level: _Level = 0.95
    interval: IntervalMethod = "wilson-korn-graubard"
    finite_population: bool = True
    domains: tuple[str, ...] = ()
    items: dict[str, tuple[str, ...]] = {}
    together: dict[str, tuple[str, ...]] = {"otrygg_kvall": ("oro_*",)}

    @field_validator("items")
    @classmethod
    def _names_of_files(cls, given: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        if not all(map(fits_a_file_name, given)):
            raise PydanticCustomError(
                "file_name", "a set of items needs a name that can be part of a file name"
            )
        return given


class AreaRankParams(_Section):
    """Which indicators districts are ranked by, and whether a model of the districts is shown beside the sets."""

    items: tuple[str, ...]
    by: str
    model: Literal["none", "fay_herriot"] = "none"


class RankingParams(_Section):
    """How areas are prioritised: the block of priorities, or a set of items, and the length of the list.

    ``leave_out`` names the variable whose groups are left out in turn to see whether the order of a self-selected stream holds;
    ``areas`` ranks districts.
    """

    priorities: str | None = None
    items: str | None = None
    first: First = "highest"
    level: _Level = 0.95
    joint: bool = True
    draws: Annotated[int, Field(ge=1000)] = 10_000
    seed: int = 2026
    top: Annotated[int, Field(ge=1)] = 4
    leave_out: str | None = None
    areas: AreaRankParams | None = None


class FamiliesParams(_Section):
    """Which indicators get sentences: ``headline``, at most twelve; ``districts``, the ones that areas are compared by."""

    headline: tuple[str, ...] = ()
    districts: tuple[str, ...] | None = None

    @property
    def compared(self) -> tuple[str, ...]:
        """Indicators that areas are compared by: the first headline unless others are named."""
        return self.headline[:1] if self.districts is None else self.districts


class ThresholdParams(_Section):
    """Share below which an indicator is called low, and above which it is called high."""

    low: _Share | None = None
    high: _Share | None = None


class MeaningParams(_Section):
    """What a word means of an indicator, decided beforehand: the share that it asks for."""

    at_least: _Share | None = None
    at_most: _Share | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise PydanticCustomError("one_bound", "give at_least or at_most, one of them")
        return self


class PhraseParams(_Section):
    """How an indicator is spoken of; see :class:`~trygghet.claims.Phrase`."""

    share: str
    verb: str = ""
    rest: str = ""
    quality: str = ""
    share_en: str = ""
    rest_one: str = ""


class ClaimsParams(_Section):
    """What was decided about sentences before anybody looked: families, thresholds, words, margins.

    All but the families are given by indicator; meanings by indicator and word. A threshold that is a number is the one for low.
    """

    families: FamiliesParams = FamiliesParams()
    thresholds: dict[str, ThresholdParams] = {}
    meanings: dict[str, dict[str, MeaningParams]] = {}
    margins: dict[str, _Share] = {}
    phrases: dict[str, PhraseParams] = {}

    @field_validator("thresholds", mode="before")
    @classmethod
    def _number_is_low(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        number = (int, float)
        return {item: {"low": at} if isinstance(at, number) else at for item, at in given.items()}


class PromiseParams(_Section):
    """How promises are followed up: indicators that may follow each priority up, by area, the preferred one first."""

    indicators: dict[str, tuple[str, ...]] = {}


class ReportParams(_Section):
    """What stands on every output."""

    municipality: str
    diarienummer: str = ""
    date: date
    watermark: str = ""
    language: Literal["sv", "en"] = "sv"


class Params(_Section):
    """All parameters of a project."""

    waves: Annotated[dict[str, WaveParams], Field(min_length=1)]
    weighting: WeightingParams
    estimate: EstimateParams
    ranking: RankingParams
    claims: ClaimsParams = ClaimsParams()
    disclosure: DisclosureRules = DisclosureRules()
    promise: PromiseParams = PromiseParams()
    report: ReportParams

    @property
    def order(self) -> tuple[str, ...]:
        """Names of the waves and of the printed reports, oldest first: as they say themselves, else by year, else as declared."""
        former = {
            wave: given.published.wave if given.published else given.previous
            for wave, given in self.waves.items()
        }
        names = [name for wave, before in former.items() for name in (before, wave) if name]
        return in_time(names, [(before, wave) for wave, before in former.items() if before])


def read_params(path: Path) -> Params:
    """Read and check ``params.yaml``.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Params
        The checked parameters.

    Raises
    ------
    ProjectError
        When the file is absent, is not YAML, or holds an unknown key or an impossible value; all problems at once.
    """
    if not path.is_file():
        raise ProjectError(
            Problem(
                code="PROJ-01",
                what=f"{path.name} is missing.",
                remedy="Run in a project folder, or name one.",
                facts={"file": path.name, "folder": path.parent.name or "."},
            )
        )
    document = load_settings(path)
    if document.get("waves") == {}:
        raise ProjectError(
            Problem(
                code="PROJ-20",
                what=f"{path.name} declares no wave yet.",
                remedy="Enter a survey file: trygghet codebook draft FILE --wave YEAR.",
                facts={"file": path.name},
            )
        )
    params = checked(Params, document, _FILE)
    unknown = {
        w: p.previous for w, p in params.waves.items() if p.previous and p.previous not in params.waves
    }
    if unknown:
        raise ProjectError(*(_unknown_previous(wave, previous) for wave, previous in unknown.items()))
    _require_order(params)
    return params


def _require_order(params: Params) -> None:
    """Refuse waves that come before themselves."""
    try:
        params.order  # noqa: B018 - it is made only to see that it can be
    except ValueError as error:
        raise ProjectError(
            Problem(
                code="PROJ-26",
                what="Waves name each other as their previous wave.",
                why="A wave cannot come before itself.",
                remedy="Correct previous; the first wave has none.",
                facts={"waves": ", ".join(params.waves), "file": _FILE},
            )
        ) from error


def _unknown_previous(wave: str, previous: str) -> Problem:
    return Problem(
        code="PROJ-07",
        what=f"Wave {wave} names {previous} as its previous wave, which is not declared.",
        remedy="Declare it under waves, or remove previous.",
        facts={"wave": wave, "previous": previous, "file": _FILE},
    )
