"""What ``params.yaml`` declares about sentences, in the words of the claims room."""

from collections.abc import Collection, Mapping

from trygghet.claims import Declared, Families, Family, Meaning, Phrase
from trygghet.codebook import Codebook, MultiResponse
from trygghet.pipeline.analyses import item_sets
from trygghet.pipeline.params import MeaningParams, Params


def declared_families(params: Params, book: Codebook) -> Families:
    """Declare the families of statements that share a report's risk of a false one.

    Parameters
    ----------
    params : Params
        The parameters: they alone decide which families there are, so that every wave's report has the same, and a new wave
        changes nothing in the reports before it.
    book : Codebook
        The wave's codebook: which options, indicators and areas a family holds.

    Returns
    -------
    Families
        Priorities, headline indicators against what was declared, areas, development, and the marks of the table of areas; those
        that the parameters ask for.

    Raises
    ------
    ClaimError
        PAST-07 when there are more than twelve headline indicators.
    """
    ranking, claims = params.ranking, params.claims
    block = book.multi_response.get(ranking.priorities or "")
    headline = tuple(item for item in claims.families.headline if item in book.indicators)
    areas = _areas(book) if params.estimate.domains else ()
    stated = _stated(params)
    sets = item_sets(book, params.estimate)
    table = sets.get(ranking.items or "", ())
    compared = claims.families.compared
    wanted = (
        (ranking.priorities, Family("priorities", "priorities", _alternatives(block))),
        (stated, Family("headline", "headline", tuple(s for s in stated if s.partition(":")[0] in headline))),
        (
            params.estimate.domains and compared,
            Family("districts", "districts", areas, len(compared), parts=_parts(compared, sets)),
        ),
        (
            claims.families.headline,
            Family(
                "follow_up",
                "follow_up",
                (*headline, *(f"{item}:unchanged" for item in claims.margins)),
                parts=_parts(headline, sets) + _tests(claims.margins, sets),
            ),
        ),
        (
            params.estimate.domains and ranking.items,
            Family("district_table", "district_table", areas, len(table)),
        ),
    )
    return Families(tuple(family for asked, family in wanted if asked), params.estimate.level)


def _parts(items: Collection[str], sets: Mapping[str, tuple[str, ...]]) -> int:
    """How many results the items stand in, each in the first set that has it."""
    return max(1, len({_set_of(item, sets) for item in items}))


def _tests(margins: Mapping[str, float], sets: Mapping[str, tuple[str, ...]]) -> int:
    """How many tests of no change there are: one a result and margin."""
    return len({(_set_of(item, sets), margin) for item, margin in margins.items()})


def _set_of(item: str, sets: Mapping[str, tuple[str, ...]]) -> str:
    return next((name for name, items in sorted(sets.items()) if item in items), "")


def declared(params: Params, book: Codebook) -> Declared:
    """Give everything that was decided before anybody looked at a result.

    Parameters
    ----------
    params : Params
        The parameters.
    book : Codebook
        The wave's codebook.

    Returns
    -------
    Declared
        Families, headline indicators, thresholds, meanings and margins.
    """
    claims = params.claims
    return Declared(
        families=declared_families(params, book),
        headline=claims.families.headline,
        districts=claims.families.compared,
        low={item: at.low for item, at in claims.thresholds.items() if at.low is not None},
        high={item: at.high for item, at in claims.thresholds.items() if at.high is not None},
        meanings=tuple(
            _meaning(item, word, given)
            for item, words in claims.meanings.items()
            for word, given in words.items()
        ),
        margins=claims.margins,
    )


def phrases(params: Params) -> dict[str, Phrase]:
    """Give the words for indicators that the survey's owner chose.

    Parameters
    ----------
    params : Params
        The parameters.

    Returns
    -------
    dict of str to Phrase
        Words by indicator.
    """
    return {item: Phrase(**given.model_dump()) for item, given in params.claims.phrases.items()}


def _meaning(item: str, word: str, given: MeaningParams) -> Meaning:
    if given.at_least is not None:
        return Meaning(word, "at_least", given.at_least, item)
    return Meaning(word, "at_most", given.at_most or 0.0, item)


def _stated(params: Params) -> tuple[str, ...]:
    """What is stated of indicators beforehand: ``"kann_lofte:low"``."""
    claims = params.claims
    sides = [
        (item, side)
        for item, at in claims.thresholds.items()
        for side in ("low", "high")
        if getattr(at, side) is not None
    ]
    sides += [(item, word) for item, words in claims.meanings.items() for word in words]
    return tuple(f"{item}:{side}" for item, side in sides)


def _alternatives(block: MultiResponse | None) -> tuple[str, ...]:
    """Options that compete for a place: a union takes the place of its options."""
    if block is None:
        return ()
    joined = {option for options in block.unions.values() for option in options}
    return (*(option for option in block.options if option not in joined), *block.unions)


def _areas(book: Codebook) -> tuple[str, ...]:
    return tuple(book.all_variables[book.areas.variable].labels.values()) if book.areas else ()
