"""Whether each wave can be read and weighted, and how old it is."""

import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np

from trygghet.codebook import Codebook, Stream
from trygghet.errors import MarginError, TrygghetError
from trygghet.ingest import Microdata, read_survey
from trygghet.pipeline.doctor.finding import Finding, findings_of
from trygghet.pipeline.doctor.printed import examine_printed
from trygghet.pipeline.frames import read_drawn
from trygghet.pipeline.params import WeightingParams
from trygghet.pipeline.paths import WavePaths
from trygghet.pipeline.project import Project
from trygghet.pipeline.stages import given
from trygghet.pipeline.weighting import one_margin_file, used_answers
from trygghet.weighting import Margins
from trygghet.weighting.margin_checks import margin_problems

_CALIBRATED = frozenset({"own", "supplied+calibrate"})
_OLD_MARGINS = 24
_OLD_WAVE = 24
_NOT_ASKED_SEXES = ("annat", "annan", "icke-binär")
_SELF_SELECTED = "INL-17"
_AS = {
    "proportional": "och vägs i proportion till befolkningen (unplaced: proportional i params.yaml)",
    "as_respondents": "och vägs som övriga svarande (unplaced: as_respondents i params.yaml)",
}


def examine_wave(project: Project, wave: str, *, today: dt.date) -> Iterator[Finding]:
    """Read a wave as a run would, and say what stands in the way or deserves a look.

    Parameters
    ----------
    project : Project
        The project.
    wave : str
        Name of the wave.
    today : date
        The day on which ages are counted.

    Yields
    ------
    Finding
        Every problem of the file and the codebook, then weights, margins and age.
    """
    paths = project.paths.wave(wave)
    try:
        book = Codebook.read(given(paths.codebook, wave))
        file = project.paths.inside(f"data/raw/{wave}", project.params.waves[wave].survey)
        survey = read_survey(given(file, wave), codebook=book)
    except TrygghetError as error:
        yield from findings_of(error)
        return
    counts = ", ".join(f"{stream.name} {len(survey.stream(stream.name))}" for stream in survey.streams)
    yield Finding("OK", f"Mätningen {wave} går att läsa: {counts} svar.")
    for notice in survey.notices:
        yield from findings_of(
            TrygghetError(notice), status="VARNING" if notice.code == _SELF_SELECTED else "INFO"
        )
    yield from _weights(project, survey, paths)
    yield from examine_printed(project, wave, book)
    yield from _frame(project, survey, wave)
    if wave == list(project.params.waves)[-1]:
        yield from _age(survey, wave, today=today)
        yield from untold(survey.streams, wave)


def _weights(project: Project, survey: Microdata, paths: WavePaths) -> Iterator[Finding]:
    mode, wave = project.params.weighting.mode, paths.raw.name
    if not any(stream.probability for stream in survey.streams):
        yield Finding(
            "INFO",
            f"Mätningen {wave} har inget slumpmässigt urval. Resultaten beskriver bara dem som svarade.",
        )
        return
    supplied = survey.codebook.design.weight is not None
    if mode.startswith("supplied") and not supplied:
        yield Finding(
            "STOPP",
            f"Institutets vikter ska användas (weighting i params.yaml), men kodboken för {wave} anger ingen vikt.",
            "skriv kolumnens namn under design > weight i kodboken, eller välj ett annat sätt i params.yaml.",
        )
    if mode in {"none", "own"} and supplied:
        yield Finding(
            "VARNING",
            f"Filen för {wave} har institutets vikter, men de används inte.",
            "skriv mode: supplied under weighting i params.yaml om de ska användas.",
        )
    if paths.margins.is_file():
        yield from _margins(survey, paths, params=project.params.weighting)
    elif mode in _CALIBRATED:
        yield Finding(
            "STOPP",
            f"Ingen befolkningstabell för {wave}, och svaren ska vägas mot befolkningen.",
            "hämta den: trygghet margins fetch --kommun KOD --year ÅR, eller välj mode: supplied eller none i params.yaml.",
        )
    else:
        how = "Institutets vikter används som de är." if mode == "supplied" else "Svaren vägs inte."
        yield Finding(
            "VARNING",
            f"Ingen befolkningstabell för {wave}. {how} Det går bra, men rapporten kan inte visa om svaren speglar kommunens invånare.",
            "vill du ha den: trygghet margins fetch --kommun KOD --year ÅR",
        )


def _margins(survey: Microdata, paths: WavePaths, *, params: WeightingParams) -> Iterator[Finding]:
    wave, mode = paths.raw.name, params.mode
    try:
        margins = Margins.read(one_margin_file(paths.margins))
    except TrygghetError as error:
        yield from findings_of(error)
        return
    if mode not in _CALIBRATED:
        yield Finding(
            "INFO",
            f"Befolkningstabellen för {wave} används bara till att visa vilka som svarade (mode: {mode}).",
        )
    else:
        yield from _unfitting(survey, margins)
    end = _last_day(survey)
    dates = [
        dt.date.fromisoformat(table.reference_date)
        for table in margins.tables
        if _is_date(table.reference_date)
    ]
    if end and dates and _months(min(dates), end) > _OLD_MARGINS:
        yield Finding(
            "VARNING",
            f"Befolkningstalen för {wave} är från {min(dates).isoformat()}, {_months(min(dates), end)} månader före enkäten.",
            "hämta nyare: trygghet margins fetch --kommun KOD --year ÅR --replace",
        )
    if mode in _CALIBRATED:
        yield from _other_sexes(survey, margins, params=params)


def _unfitting(survey: Microdata, margins: Margins) -> Iterator[Finding]:
    """Everything that would stop the weighting of a random sample to these margins."""
    for stream in survey.streams:
        data = used_answers(survey, stream)
        problems = margin_problems(margins, data) if stream.probability and len(data) else ()
        if problems:
            yield from findings_of(MarginError(*problems))


def _frame(project: Project, survey: Microdata, wave: str) -> Iterator[Finding]:
    """Whether the frame file can be read and agrees with the answers."""
    name = project.params.waves[wave].frame
    if name is None:
        return
    try:
        drawn = read_drawn(survey, given(project.paths.inside(f"data/raw/{wave}", name), wave))
    except TrygghetError as error:
        yield from findings_of(error)
        return
    rates = drawn.sample.rates()
    yield Finding(
        "OK",
        f"Urvalsfilen för {wave} går att läsa: {rates.gross} i urvalet, {rates.ineligible} naturligt bortfall, {rates.respondents} svar.",
    )


def _other_sexes(survey: Microdata, margins: Margins, *, params: WeightingParams) -> Iterator[Finding]:
    """Whoever has no place in a population of two sexes stays in all results; say so, and how they are weighted."""
    tables = [table for table in margins.tables if "kon" in table.variables]
    if not tables or "kon" not in survey.codebook.all_variables:
        return
    groups = survey.groups("kon")
    other = [
        place
        for place, label in enumerate(groups.labels)
        if str(label).casefold().startswith(_NOT_ASKED_SEXES)
    ]
    known = {part for table in tables for category in table.categories for part in category}
    known |= set(margins.proportional.get("kon", ()))
    placed = all(groups.labels[place] in known for place in other)
    count = int(np.isin(groups.codes, [*other, -1]).sum())
    if count:
        yield Finding(
            "INFO" if placed else "VARNING",
            f"{count} svarande har ”annat” eller inget svar på kön. SCB redovisar två kön. De är kvar i alla resultat"
            f" {_AS[params.unplaced]}.",
            ""
            if placed
            else "lägg till en rad för svaret i margins.csv med ”proportionell” som befolkningstal.",
        )


def _age(survey: Microdata, wave: str, *, today: dt.date) -> Iterator[Finding]:
    end = _last_day(survey)
    if end and _months(end, today) > _OLD_WAVE:
        yield Finding(
            "INFO", f"Enkäten {wave} är {_months(end, today)} månader gammal. Läs den som läget då."
        )


def untold(streams: Sequence[Stream], wave: str) -> Iterator[Finding]:
    """Say what the report's box on how the survey was done lacks.

    Parameters
    ----------
    streams : sequence of Stream
        The wave's streams.
    wave : str
        Name of the wave.

    Yields
    ------
    Finding
        At most one.
    """
    told_of = [each for each in streams if each.probability] or list(streams)
    lacking = {
        "när svaren samlades in": [each.name for each in streams if not (each.start or each.end)],
        "vem som gjorde mätningen": [each.name for each in told_of if not each.drawn_by],
    }
    told = [f"{what} ({', '.join(names)})" for what, names in lacking.items() if names]
    if told:
        yield Finding(
            "INFO",
            f"Kodboken {wave} säger inte {' eller '.join(told)}. Rutan om mätningen blir gul där.",
            "skriv in start, end och drawn_by under streams i kodboken, eller fyll i Wordutkastet.",
        )


def _last_day(survey: Microdata) -> dt.date | None:
    days = [stream.end or stream.start for stream in survey.streams]
    known = [day for day in days if day]
    year = survey.codebook.wave[:4]
    return max(known) if known else dt.date(int(year), 12, 31) if year.isdigit() and int(year) > 0 else None


def _months(earlier: dt.date, later: dt.date) -> int:
    return 12 * (later.year - earlier.year) + later.month - earlier.month


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
