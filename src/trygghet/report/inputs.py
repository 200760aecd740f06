"""What a wave's report is made from: screened results, the facts of the survey, and where everything comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Literal

from trygghet._typing import CalibrationMethod, Outcome, WeightingMode
from trygghet.claims import Claim, Families
from trygghet.disclosure import Publishable, Table
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.shares import RespondentShares
from trygghet.ranking import BayesRanks, OrderStability, RankSets, TopSet
from trygghet.ranking.composite import CompositePriority
from trygghet.report.screened import refuse_unscreened
from trygghet.weighting import ResponseRates

Sampling = Literal["persons", "households", "census", "self_selected", "invited"]
_BESIDE = frozenset({"facts", "stamp", "sources"})


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every output carries: whose it is, its registry number, its date, and a watermark where needed.

    Parameters
    ----------
    municipality : str
        Name of the municipality.
    diarienummer : str
        Registry number, free format such as ``"KS 2026/00001"``.
    date : date
        Date of the report, from the parameters; never the clock.
    watermark : str, default ""
        Such as ``"SYNTETISKA DATA"``; empty for none.
    """

    municipality: str
    diarienummer: str
    date: date
    watermark: str = ""


@dataclass(frozen=True, slots=True)
class StreamFacts:
    """One stream of answers: how people came into it and how many answered.

    Parameters
    ----------
    name : str
        Name in the codebook, such as ``"brev"``.
    sampling : {"persons", "households", "census", "self_selected", "invited"}
        How people came into the stream.
    answered : int
        Number of answers.
    invited : int, optional
        Number of persons asked, where known.
    outcomes : mapping of str to int, default {}
        What became of each of them, where a frame file tells: persons by outcome, as in ``weighting.OUTCOMES``.
    drawn_by : str, default ""
        Who drew the sample.
    frame : str, default ""
        Register that the sample was drawn from.
    start, end : date, optional
        First and last day of collection.
    children : bool, default False
        Whether those who answered are children.
    """

    name: str
    sampling: Sampling
    answered: int
    invited: int | None = None
    drawn_by: str = ""
    frame: str = ""
    start: date | None = None
    end: date | None = None
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    children: bool = False

    @property
    def rates(self) -> ResponseRates | None:
        """Response rates, where it is known what became of each person asked."""
        return ResponseRates(self.outcomes) if self.outcomes else None

    @property
    def response_rate(self) -> float | None:
        """Net response rate where the ineligible are known, else answers over persons asked; None where nobody knows."""
        if self.rates is not None:
            return self.rates.net_response_rate
        return self.answered / self.invited if self.invited else None

    @property
    def probability(self) -> bool:
        """Whether the stream is a random sample, so that intervals mean something."""
        return self.sampling in {"persons", "households"}


@dataclass(frozen=True, slots=True)
class AskedItem:
    """How an indicator was asked, and where better lies.

    Parameters
    ----------
    question : str
        Wording as asked.
    worse : {"high", "low"}
        Which direction is worse.
    """

    question: str = ""
    worse: Literal["high", "low"] = "high"


@dataclass(frozen=True, slots=True)
class WeightFacts:
    """How the answers were weighted, and what that cost in precision.

    Parameters
    ----------
    mode : {"none", "supplied", "supplied+calibrate", "own"}
        Weighting mode of the run.
    method : {"", "linear", "raking", "logit"}
        Calibration method, for the method annex; empty where the weights are not calibrated.
    kish_deff : float
        Kish's design effect of the weights.
    effective_n : float
        Number of answers that would give the same precision with equal weights.
    g_range : tuple of two floats
        Smallest and largest factor that the calibration put on a weight.
    worst_margin_error : float, optional
        Largest relative distance to a population total after calibration.
    bounded : bool, default False
        Whether the calibration kept its factors within bounds.
    nonresponse : {"", "classes", "propensities"}, default ""
        How the weights made up for those who did not answer before calibration; empty where they did not.
    nonresponse_by : tuple of str, default ()
        Labels of the frame's variables that this was done by.
    """

    mode: WeightingMode
    method: CalibrationMethod | Literal[""]
    kish_deff: float
    effective_n: float
    g_range: tuple[float, float]
    worst_margin_error: float | None = None
    bounded: bool = False
    nonresponse: Literal["", "classes", "propensities"] = ""
    nonresponse_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WaveFacts:
    """Facts of one wave that the texts around the figures name.

    Parameters
    ----------
    wave : str
        Name of the wave, such as ``"2026"``.
    survey : str
        Title of the survey.
    streams : tuple of StreamFacts
        Every stream in the file.
    focus : str
        Name of the stream that the figures show.
    ages : str, default ""
        Ages that the population covers, such as ``"16–84 år"``.
    area_word : str, default "område"
        What the answers are divided by in the table of areas, in the singular.
    by_area : bool, default True
        Whether those are areas; groups of persons otherwise.
    priority_question, problem_question : str, default ""
        Wording of the two questions.
    choose : int, optional
        How many priorities a person could choose.
    weights : WeightFacts, optional
        Weighting of the focus stream; None for an open form.
    notes : tuple of str, default ()
        Swedish sentences that the run has to print.
    headline : tuple of str, default ()
        Items that the trend figure shows, in order; the first eight when left out.
    families : Families, optional
        Families of statements that share the report's risk of a false one.
    items : mapping of str to AskedItem, default {}
        How each indicator was asked.
    joined : tuple of str, default ()
        Options of the priority question that a union stands for.
    exposed : int, default 0
        Number of withheld figures that earlier editions alone give away.
    """

    wave: str
    survey: str
    streams: tuple[StreamFacts, ...]
    focus: str
    ages: str = ""
    area_word: str = "område"
    by_area: bool = True
    priority_question: str = ""
    choose: int | None = None
    problem_question: str = ""
    weights: WeightFacts | None = None
    notes: tuple[str, ...] = ()
    headline: tuple[str, ...] = ()
    families: Families | None = None
    items: Mapping[str, AskedItem] = field(default_factory=dict)
    joined: tuple[str, ...] = ()
    exposed: int = 0

    @property
    def focus_stream(self) -> StreamFacts:
        """The stream that the figures show."""
        return next(stream for stream in self.streams if stream.name == self.focus)


@dataclass(frozen=True, slots=True)
class ReportSources:
    """Where a report comes from: the raw files and the parameters of the run.

    Parameters
    ----------
    inputs : mapping of str to str
        SHA-256 of each raw file by its name without folder.
    parameters : mapping
        Parameters of the run as JSON-ready values.
    """

    inputs: Mapping[str, str]
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WaveReport:
    """Everything that the report of one wave shows; a result that the wave lacks is None.

    Parameters
    ----------
    facts : WaveFacts
        The survey and its streams.
    stamp : Stamp
        What every output carries.
    sources : ReportSources
        Raw files and parameters.
    problems : Publishable of Estimates or of RespondentShares, optional
        Share who see each problem.
    priorities : Publishable of TopSet or of RespondentShares, optional
        Which areas most people want prioritised.
    areas : Publishable of Estimates or of RespondentShares, optional
        Share who see each problem, by district.
    contrasts : Publishable of Estimates, optional
        Difference between each district and the rest of the municipality; the same items and districts as ``areas``.
    response : Publishable of Table, optional
        Who answered, before and after weighting: columns ``grupp_av, grupp, svarande, andel_ovagd, andel_vagd, designeffekt,
        andel_befolkning`` (shares between 0 and 1; NaN where unknown).
    claims : tuple of Publishable of Claim, default ()
        Tried statements in order of importance.
    levels : Publishable of Estimates or of RespondentShares, optional
        Unsafety, worry and exposure, for everybody together.
    changes : tuple of Publishable of Estimates, default ()
        Changes since the wave before.
    trend : tuple of Publishable of Estimates, default ()
        The same levels in every wave of the same stream, and the changes between the waves; an item that a change leaves out
        has a break there.
    level_areas : Publishable of Estimates or of RespondentShares, optional
        ``levels`` by district.
    other_priorities : tuple of Publishable of RespondentShares, default ()
        The question on priorities in the other streams.
    orders : tuple of Publishable of OrderStability, default ()
        The order of the priorities in each stream that is no random sample, and whether it holds.
    area_ranks : tuple of Publishable of BayesRanks or RankSets, default ()
        Districts ranked by an indicator.
    composite : Publishable of CompositePriority, optional
        Several sources weighed together.
    drawn : Publishable of Table, optional
        Who answered of those who were drawn: columns ``grupp_av, grupp, netto, svar, svarsandel``.
    moves : tuple of pairs of Publishable, default ()
        Each set of shares after and before weighting: what weighting does to every item.

    Raises
    ------
    ReportError
        RAPP-03 when a result has not been screened.
    """

    facts: WaveFacts
    stamp: Stamp
    sources: ReportSources
    problems: Publishable[Estimates] | Publishable[RespondentShares] | None = None
    priorities: Publishable[TopSet] | Publishable[RespondentShares] | None = None
    areas: Publishable[Estimates] | Publishable[RespondentShares] | None = None
    contrasts: Publishable[Estimates] | None = None
    response: Publishable[Table] | None = None
    claims: tuple[Publishable[Claim], ...] = ()
    levels: Publishable[Estimates] | Publishable[RespondentShares] | None = None
    changes: tuple[Publishable[Estimates], ...] = ()
    trend: tuple[Publishable[Estimates], ...] = ()
    level_areas: Publishable[Estimates] | Publishable[RespondentShares] | None = None
    other_priorities: tuple[Publishable[RespondentShares], ...] = ()
    orders: tuple[Publishable[OrderStability], ...] = ()
    area_ranks: tuple[Publishable[BayesRanks] | Publishable[RankSets], ...] = ()
    composite: Publishable[CompositePriority] | None = None
    drawn: Publishable[Table] | None = None
    moves: tuple[tuple[Publishable[Estimates], Publishable[RespondentShares]], ...] = ()

    def __post_init__(self) -> None:
        refuse_unscreened(*(given for _, given in self._given()))

    @property
    def results(self) -> dict[str, Publishable[Any]]:
        """Every screened result by its role; roles that several results have are numbered from 1."""
        found: dict[str, Publishable[Any]] = {}
        for role, given in self._given():
            if isinstance(given, Publishable):
                found[role] = given
            else:
                found |= {f"{role}_{number:02d}": each for number, each in enumerate(_flat(given), 1)}
        return found

    def _given(self) -> Iterator[tuple[str, Any]]:
        """What each field holds beside the facts, the stamp and the sources; a field that is added is among them."""
        for declared in fields(self):
            given = getattr(self, declared.name)
            if declared.name not in _BESIDE and given is not None:
                yield declared.name, given


def _flat(given: Any) -> Iterator[Publishable[Any]]:
    if isinstance(given, Publishable):
        yield given
    else:
        for each in given:
            yield from _flat(each)
