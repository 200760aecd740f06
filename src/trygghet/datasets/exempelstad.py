"""Exempelstad: a municipality that does not exist, surveyed in three waves, with the truth beside the answers."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from trygghet.codebook import Codebook
from trygghet.datasets.codebook_text import codebook_text
from trygghet.datasets.places import AGE_BANDS, DISTRICTS, SEXES, WAVES
from trygghet.datasets.population import People, pupils, residents_and_visitors
from trygghet.datasets.sampling import Fieldwork, cell_numbers, collect
from trygghet.datasets.truth import Truth, truth_of

SEED = 20260901
POPULATION_SEED = 1488


@dataclass(frozen=True, slots=True, eq=False)
class Synthetic:
    """One synthetic wave: the file that an institute would deliver, and what only the simulation knows.

    Parameters
    ----------
    wave : str
        Year.
    frame : DataFrame
        The raw file: one row a respondent, odd column names, NaN where not asked.
    codebook_text : str
        The codebook as YAML.
    margins : DataFrame
        Population totals as in ``margins.csv``.
    truth : Truth
        The population's values.
    sample : DataFrame
        The letters' gross sample with its status, one row an invited person.
    people : People
        The whole population.
    register : DataFrame
        The frame file: the same persons as ``sample`` with the serial number, outcome code and register values.
    """

    wave: str
    frame: pd.DataFrame
    codebook_text: str
    margins: pd.DataFrame
    truth: Truth
    sample: pd.DataFrame
    people: People
    register: pd.DataFrame

    @property
    def codebook(self) -> Codebook:
        """The codebook, read."""
        return Codebook.from_text(self.codebook_text)


def exempelstad(
    wave: str = "2026",
    *,
    seed: int = SEED,
    population_seed: int = POPULATION_SEED,
    fieldwork: Fieldwork | None = None,
) -> Synthetic:
    """One wave of the survey in Exempelstad, about 36 000 inhabitants aged 16-84 in seven districts.

    Parameters
    ----------
    wave : str
        ``"2022"``, ``"2024"`` or ``"2026"``.
    seed : int
        Seed of the sample and the answers; another seed is another sample of the same population.
    population_seed : int
        Seed of the population.
    fieldwork : Fieldwork, optional
        How many are asked and who answers.

    Returns
    -------
    Synthetic
        File, codebook, margins and truth.

    Raises
    ------
    ValueError
        When there is no such wave.

    Examples
    --------
    >>> from trygghet.datasets import exempelstad
    >>> wave = exempelstad("2026")
    >>> round(wave.truth.value("otrygg_kvall"), 2)
    0.31
    >>> wave.truth.order(*(f"prio.{key}" for key in ("ordning", "narkotika", "inbrott")))
    ('prio.narkotika', 'prio.ordning', 'prio.inbrott')
    """
    if wave not in WAVES:
        raise ValueError(f"waves are {', '.join(WAVES)}, not {wave}")
    people = residents_and_visitors(wave, population_seed)
    school = pupils(wave, population_seed)
    collected = collect(people, school, fieldwork=fieldwork or Fieldwork(), seed=seed)
    return Synthetic(
        wave,
        collected.frame,
        codebook_text(wave),
        _margins(people),
        _truth(wave, population_seed),
        collected.sample,
        people,
        collected.register,
    )


@lru_cache(maxsize=8)
def _truth(wave: str, population_seed: int) -> Truth:
    return truth_of(residents_and_visitors(wave, population_seed), pupils(wave, population_seed))


def _margins(people: People) -> pd.DataFrame:
    """Inhabitants by sex and age band, and by district, as the population register counts them."""
    here = people.relation == 1
    cells = np.bincount(cell_numbers(people, here), minlength=8)
    names = [f"{sex} * {band}" for sex in (SEXES[1], SEXES[2]) for band in AGE_BANDS]
    rows: list[tuple[str, str, str, str]] = [
        ("kon_alder", "kon * alder4", name, str(total)) for name, total in zip(names, cells, strict=True)
    ]
    rows.append(("kon", "kon", SEXES[3], "proportionell"))
    districts = np.bincount(people.district[here], minlength=len(DISTRICTS))
    rows += [
        ("omrade", "omrade", place.name, str(total))
        for place, total in zip(DISTRICTS, districts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["table", "variables", "categories", "total"]).assign(
        reference_date=f"{people.wave}-09-01", source="Exempelstads befolkningsregister (syntetiskt)"
    )
