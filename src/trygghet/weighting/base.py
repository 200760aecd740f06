"""Base weights: what each respondent stands for before the margins are met."""

import numpy as np

from trygghet._typing import FloatArray, IntArray, WeightingMode, WeightScale
from trygghet.errors import DesignError, Problem
from trygghet.ingest import Microdata
from trygghet.weighting.weights import Weights


def base_weights(microdata: Microdata, mode: WeightingMode) -> Weights:
    """Weights before calibration, for one of the four ways in which a survey comes.

    Parameters
    ----------
    microdata : Microdata
        Respondents of one probability stream.
    mode : {"none", "supplied", "supplied+calibrate", "own"}
        Equal weights; the file's weight column; the same, to be calibrated; or the design weight N_h/n_h with n_h the number
        of *respondents* of the stratum (response within a stratum is treated as a second random phase).

    Returns
    -------
    Weights
        Positive weights without calibration.

    Raises
    ------
    DesignError
        If the codebook names no column for them, or the columns do not hold what they should; all problems at once.

    Notes
    -----
    In a sample of households N_h counts households. One adult who was drawn among the household's eligible adults stands for all
    of them: N_h/n_h times the household size. If all adults answer, each has the household's weight. Where the size is missing
    the mean of the known sizes is used, and where no size is declared none; both leave a note.

    References
    ----------
    Sarndal, C.-E., Swensson, B. and Wretman, J. (1992). Model Assisted Survey Sampling. Springer. doi:10.1007/978-1-4612-4378-6
    """
    ids = microdata.frame["_id"].to_numpy(dtype=object)
    if mode == "none":
        ones = np.ones(len(microdata))
        return Weights(ones, ones, scale="mean_one", method="none", ids=ids)
    if mode == "own":
        values, notes = _design_weights(microdata)
        return Weights(values, values, scale="population", method="design", ids=ids, notes=notes)
    values = _supplied(microdata)
    scale = microdata.codebook.design.weight_scale
    return Weights(values, values, scale=scale, method="supplied", ids=ids, notes=_scale_notes(values, scale))


def _supplied(microdata: Microdata) -> FloatArray:
    column = microdata.codebook.design.weight
    if column is None:
        raise DesignError(
            Problem(
                code="VIKT-14",
                what="The codebook names no column with supplied weights.",
                why="The weighting mode uses the institute's weights.",
                remedy="Write design: {weight: <column>} in the codebook, or choose another mode.",
                facts={"nyckel": "design: weight"},
            )
        )
    values = microdata.numeric(column)
    bad = int((~(np.isfinite(values) & (values > 0))).sum())
    if bad:
        raise DesignError(
            Problem(
                code="VIKT-15",
                what=f"{bad} of {len(values)} respondents have no positive weight in column {column}.",
                why="A respondent without weight would be left out silently.",
                remedy="Ask the institute, or remove these answers from the file.",
                facts={"antal": bad, "rader": len(values), "kolumn": column},
            )
        )
    return values


def _scale_notes(values: FloatArray, scale: WeightScale) -> tuple[Problem, ...]:
    """A note where nobody has said what the weights sum to, or where they visibly do not sum to it."""
    mean = float(values.mean())
    if scale == "unknown" or (scale == "mean_one") != (abs(mean - 1.0) < 0.05):
        return (
            Problem(
                code="VIKT-50",
                what=f"The supplied weights have mean {mean:.3g}; their scale is declared as {scale}.",
                why="Shares and means do not depend on the scale; totals do and are refused unless it is the population.",
                remedy="Declare weight_scale in the codebook.",
                facts={"medel": round(mean, 3), "skala": scale},
            ),
        )
    return ()


def _design_weights(microdata: Microdata) -> tuple[FloatArray, tuple[Problem, ...]]:
    """N_h/n_h among respondents, times household size where households were drawn."""
    strata, labels = _strata(microdata)
    sizes = _population_sizes(microdata, strata, labels)
    respondents = np.bincount(strata, minlength=len(labels))
    over = [labels[k] for k in np.flatnonzero(respondents > sizes)]
    if over:
        raise DesignError(
            Problem(
                code="VIKT-18",
                what=f"{len(over)} strata have more respondents than inhabitants ({', '.join(over[:5])}).",
                why="Nobody can be drawn from nobody.",
                remedy="Check the population sizes in the file.",
                facts={"antal": len(over), "strata": ", ".join(over[:5])},
            )
        )
    household, notes = household_factor(microdata)
    return (sizes / np.maximum(respondents, 1))[strata] * household, notes


def _strata(microdata: Microdata) -> tuple[IntArray, tuple[str, ...]]:
    column = microdata.codebook.design.strata
    if column is None:
        return np.zeros(len(microdata), dtype=np.int64), ("–",)
    group = microdata.groups(column)
    lacking = int((group.codes < 0).sum())
    if lacking:
        raise DesignError(
            Problem(
                code="VIKT-16",
                what=f"{lacking} respondents have no stratum in column {column}.",
                why="Their design weight is unknown.",
                remedy="Fill in the stratum from the frame.",
                facts={"antal": lacking, "kolumn": column},
            )
        )
    return group.codes, tuple(group.labels)


def _population_sizes(microdata: Microdata, strata: IntArray, labels: tuple[str, ...]) -> FloatArray:
    """N_h of each stratum; the same for all its respondents."""
    columns = microdata.codebook.design.population
    if not columns:
        raise DesignError(
            Problem(
                code="VIKT-14",
                what="The codebook names no column with the strata's population sizes.",
                why="Design weights are N_h/n_h.",
                remedy="Write design: {population: <column>} in the codebook, or choose another mode.",
                facts={"nyckel": "design: population"},
            )
        )
    values = microdata.numeric(columns[0])
    sizes = np.full(len(labels), np.nan)
    sizes[strata] = values
    unequal = np.unique(strata[~(np.isfinite(values) & (values > 0) & (values == sizes[strata]))])
    if len(unequal):
        names = ", ".join(labels[int(k)] for k in unequal[:5])
        raise DesignError(
            Problem(
                code="VIKT-17",
                what=f"Column {columns[0]} is empty, not positive or not one number in {len(unequal)} strata ({names}).",
                why="A stratum has one population size.",
                remedy="Write the same N_h for all of a stratum.",
                facts={"kolumn": columns[0], "antal": len(unequal), "strata": names},
            )
        )
    return sizes


def household_factor(microdata: Microdata) -> tuple[FloatArray, tuple[Problem, ...]]:
    """How many people each respondent stands for in her household: 1 in a sample of persons.

    Parameters
    ----------
    microdata : Microdata
        Respondents of one stream.

    Returns
    -------
    tuple of ndarray and tuple of Problem
        Factor of each respondent (n,), and notes where a size or the rule for who answers is missing.
    """
    ones = np.ones(len(microdata))
    stream = microdata.streams[0]
    if stream.sampling != "households" or stream.who_answers == "all":
        return ones, ()
    if stream.household_size is None:
        return ones, (_household_note(stream.name, len(microdata), len(microdata)),)
    sizes = microdata.numeric(stream.household_size)
    known = np.isfinite(sizes) & (sizes >= 1)
    if not known.any():
        return ones, (_household_note(stream.name, len(microdata), len(microdata)),)
    notes: tuple[Problem, ...] = ()
    if not known.all():
        notes += (_household_note(stream.name, int((~known).sum()), len(microdata)),)
    if stream.who_answers != "one_random":
        notes += (
            Problem(
                code="VIKT-52",
                what=f"In stream {stream.name} it is not declared that one random adult of the household answers.",
                why="Chances within the household are then unknown, and the weights approximate.",
                remedy="Declare who_answers: one_random if a rule was used.",
                facts={"strom": stream.name},
            ),
        )
    return np.where(known, sizes, sizes[known].mean()), notes


def _household_note(stream: str, lacking: int, rows: int) -> Problem:
    return Problem(
        code="VIKT-51",
        what=f"Household size is missing for {lacking} of {rows} respondents of the household sample {stream}.",
        why="Adults of large households had a smaller chance; without the size the weights are approximate.",
        remedy="Ask for the number of adults in the next round.",
        facts={"strom": stream, "antal": lacking, "rader": rows},
    )
