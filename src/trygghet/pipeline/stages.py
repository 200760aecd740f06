"""The stages of the pipeline. Read from top to bottom, this file is the process; it holds no numerics."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from trygghet._files import fresh_folder, write_json, write_text
from trygghet.errors import Problem, ProjectError
from trygghet.pipeline.messages import remarks, warning
from trygghet.pipeline.project import Project

Metrics = Mapping[str, float | int | str]


def ingest(project: Project, wave: str) -> Metrics:
    """Read a wave's survey file by its codebook; what cannot be explained stops here.

    Parameters
    ----------
    project : Project
        The project.
    wave : str
        Name of the wave.

    Returns
    -------
    mapping of str to number
        Answers in each stream.

    Raises
    ------
    TrygghetError
        When the file or the codebook is wrong.
    """
    from trygghet.ingest import prepare_reading, read_survey, write_microdata

    file = project.paths.inside(f"data/raw/{wave}", project.params.waves[wave].survey)
    prepare_reading(file)
    from trygghet.codebook import Codebook  # loaded, and the codebook read, while the reader gets ready

    paths = project.paths.wave(wave)
    book = Codebook.read(given(paths.codebook, wave))
    survey = read_survey(given(file, wave), codebook=book)
    write_microdata(survey, paths.microdata)
    _tell(wave, survey.notices)
    return {stream.name: len(survey.stream(stream.name)) for stream in survey.streams}


def weight(project: Project, wave: str) -> Metrics:
    """Weight the residents of every random sample, and set who answered beside who lives here.

    Parameters
    ----------
    project : Project
        The project.
    wave : str
        Name of the wave.

    Returns
    -------
    mapping of str to number
        Diagnostics of each stream's weights.

    Raises
    ------
    TrygghetError
        When weights cannot be made, or do not meet the margins.
    """
    from trygghet.ingest import read_microdata
    from trygghet.pipeline.frames import read_drawn, response_metrics, write_response
    from trygghet.pipeline.weighting import read_margins, stream_weights, weight_metrics, write_composition
    from trygghet.weighting import write_weights

    paths, params = project.paths.wave(wave), project.params.weighting
    survey = read_microdata(made(paths.microdata, "weight"))
    margins, frame = read_margins(paths.margins, params), project.params.waves[wave].frame
    file = given(project.paths.inside(f"data/raw/{wave}", frame), wave) if frame else None
    drawn = read_drawn(survey, file) if file else None
    metrics: dict[str, float | int | str] = {}
    with fresh_folder(paths.weights) as folder:
        if drawn is not None:
            write_response(drawn, folder)
            metrics |= response_metrics(drawn)
            _tell(f"{wave}, {frame}", drawn.frame.notices)
        for stream, data, weights in stream_weights(survey, margins, params, drawn=drawn):
            if weights is not None:
                write_weights(weights, folder / f"{stream.name}.parquet")
                metrics |= weight_metrics(stream.name, weights)
                _tell(f"{wave}, {stream.name}", weights.notes)
            write_composition(
                data, weights, margins=margins, path=folder / f"{stream.name}.composition.parquet"
            )
    return metrics


def estimate(project: Project, wave: str) -> Metrics:
    """Estimate every set of items and every block of choices, stream by stream, whole and by domain.

    Parameters
    ----------
    project : Project
        The project.
    wave : str
        Name of the wave.

    Returns
    -------
    mapping of str to number
        Number of estimates in each result.

    Raises
    ------
    TrygghetError
        When the design is inconsistent or an item cannot be estimated.
    """
    from trygghet.estimate import write_estimates
    from trygghet.ingest import read_microdata
    from trygghet.pipeline.analyses import stream_results
    from trygghet.pipeline.weighting import weighted_streams

    paths = project.paths.wave(wave)
    survey = read_microdata(made(paths.microdata, "estimate"))
    metrics: dict[str, float | int | str] = {}
    with fresh_folder(paths.estimates) as folder:
        for data, weights in weighted_streams(survey, paths.weights):
            for name, result in stream_results(data, weights, project.params.estimate):
                write_estimates(result, folder / str(name))
                metrics[str(name)] = len(result)
    return metrics


def rank(project: Project, wave: str) -> Metrics:
    """Rank the priorities and the problems of every random sample; order those of the others; weigh declared sources.

    Parameters
    ----------
    project : Project
        The project.
    wave : str
        Name of the wave.

    Returns
    -------
    mapping of str to number
        Level and number of items of each ranking.

    Raises
    ------
    TrygghetError
        When a ranking has no meaning.
    """
    from trygghet.estimate import read_estimates
    from trygghet.ingest import read_microdata
    from trygghet.pipeline.composites import wave_composite
    from trygghet.pipeline.orders import district_ranks, self_selected_orders
    from trygghet.pipeline.rankings import rank_metrics, rank_options, wave_rankings
    from trygghet.pipeline.results import stored
    from trygghet.pipeline.weighting import read_margins, streams_by_name
    from trygghet.ranking import ranking_to_json

    paths, params = project.paths.wave(wave), project.params
    survey = read_microdata(made(paths.microdata, "rank"))
    margins = read_margins(paths.margins, params.weighting)
    files = stored(made(paths.estimates, "rank"), ".parquet")
    results = {name: read_estimates(path) for name, path in files if name.kind == "level"}
    found = {
        **wave_rankings(results, survey.codebook, params),
        **dict(district_ranks(results, params, rank_options(params.ranking))),
        **dict(self_selected_orders(results, survey, margins, params=params)),
        **dict(
            wave_composite(
                results,
                lambda: streams_by_name(survey, paths.weights),
                declared=paths.composite,
                params=params,
            )
        ),
    }
    write_text(paths.ranks, ranking_to_json({str(name): ranking for name, ranking in found.items()}))
    return rank_metrics(found)


def follow(project: Project) -> Metrics:
    """Compare every wave with the one before it, item by item where the question is the same.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    mapping of str to number
        Number of items compared, wave by wave.

    Raises
    ------
    TrygghetError
        When two waves cannot be compared at all, or a setting names what no wave has.
    """
    from trygghet.estimate import write_estimates
    from trygghet.pipeline.breaks import write_breaks
    from trygghet.pipeline.comparisons import check_settings, codebooks, wave_changes
    from trygghet.pipeline.printed import printed_wave
    from trygghet.waves import breaks_between

    books = codebooks(project)
    check_settings(project.params, books)
    metrics: dict[str, float | int | str] = {}
    for wave, declared in project.params.waves.items():
        with fresh_folder(project.paths.wave(wave).changes) as folder:
            for name, result in wave_changes(project, wave, books):
                write_estimates(result, folder / str(name))
                metrics[f"{wave}.{name}"] = len(result)
            printed = printed_wave(project, wave, books[wave])
            for name, result in printed.trends.items() if printed else ():
                write_estimates(result, folder / "printed" / str(name))
            if declared.previous is not None:
                found = breaks_between(books[wave], books[declared.previous], order=project.params.order)
                write_breaks(folder, found)
            elif printed is not None:
                write_breaks(folder, printed.breaks)
    return metrics


def claim(project: Project) -> Metrics:
    """Try the statements that a lägesbild makes, wave by wave: what holds, what cannot be said, and why.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    mapping of str to number
        Number of statements tried, wave by wave. Verdicts are counted after the screen: among all statements they would
        tell what the withheld ones say.

    Raises
    ------
    TrygghetError
        When a statement lies outside the grammar.
    """
    from trygghet.pipeline.statements import wave_claims

    metrics: dict[str, float | int | str] = {}
    for wave in project.params.waves:
        claims = wave_claims(project, wave)
        content = {name: tried.to_dict() for name, tried in claims.items()}
        write_json(project.paths.wave(wave).claims, content)
        metrics[f"{wave}.statements"] = len(claims)
    return metrics


def screen(project: Project) -> Metrics:
    """Put everything that will be published, all waves at once, through disclosure control.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    mapping of str to number
        Cells shown and withheld in each wave.

    Raises
    ------
    TrygghetError
        When what remains would still give a withheld cell away.
    """
    from trygghet.disclosure import screening, write_publishable
    from trygghet.pipeline.editions import released, structures
    from trygghet.pipeline.exposed import exposed_problem, write_exposed
    from trygghet.pipeline.published import all_results, declared_rules, screen_metrics, write_facts

    found = screening(
        all_results(project),
        declared_rules(project),
        structures=structures(project),
        released=released(project),
    )
    kept = found.publishables
    for wave in project.params.waves:
        with fresh_folder(project.paths.wave(wave).screened) as folder:
            prefix = f"{wave}/"
            for name, publishable in kept.items():
                if name.startswith(prefix):
                    write_publishable(folder, name.removeprefix(prefix), publishable)
            exposed = write_exposed(folder, found.exposures, wave)
            write_facts(project, wave, folder, exposed=len(exposed))
        if exposed:
            click.echo(warning(exposed_problem(exposed)), err=True)
    return screen_metrics(kept)


def report(project: Project, wave: str) -> Metrics:
    """Write the figures, the page and the manifest of a wave.

    Parameters
    ----------
    project : Project
        The project.
    wave : str
        Name of the wave.

    Returns
    -------
    mapping of str to number
        Number of files written.

    Raises
    ------
    TrygghetError
        When a screened result was altered, or a file cannot be written.
    """
    from trygghet.pipeline.reporting import wave_look, wave_report
    from trygghet.report import write_report

    paths = project.paths.wave(wave)
    content = wave_report(project, made(paths.screened, "report"))
    files = write_report(content, paths.reports, look=wave_look(project))
    return {"files": len(files)}


def given(path: Path, wave: str) -> Path:
    """Return a file that the analyst puts there, or say that it is missing.

    Parameters
    ----------
    path : Path
        The file.
    wave : str
        Name of the wave.

    Returns
    -------
    Path
        The same path.

    Raises
    ------
    ProjectError
        When the file does not exist.
    """
    if path.is_file():
        return path
    raise ProjectError(
        Problem(
            code="PROJ-05",
            what=f"The file {path.name} of wave {wave} is missing.",
            remedy=f"Put it into data/raw/{wave}, or name the right file in params.yaml.",
            facts={"file": path.name, "wave": wave, "folder": f"data/raw/{wave}"},
        )
    )


def made(path: Path, stage: str) -> Path:
    """Return what an earlier stage made, or say that it has not run.

    Parameters
    ----------
    path : Path
        File or folder.
    stage : str
        Stage that needs it.

    Returns
    -------
    Path
        The same path.

    Raises
    ------
    ProjectError
        When it does not exist.
    """
    if path.exists():
        return path
    raise ProjectError(
        Problem(
            code="PROJ-06",
            what=f"The stage {stage} needs {path.name}, which has not been made.",
            remedy="Run all stages in order: trygghet run.",
            facts={"stage": stage, "file": path.name},
        )
    )


def _tell(about: str, notices: Sequence[Problem]) -> None:
    """Tell the analyst what stops nothing but should be known."""
    if notices:
        click.echo(f"{about}:\n{remarks(notices)}", err=True)
