"""All checks of a project, in the order in which she should read them."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from trygghet.codebook import Codebook
from trygghet.errors import DisclosureError, ProjectError, PromiseError, TrygghetError
from trygghet.pipeline.comparisons import check_settings
from trygghet.pipeline.doctor.finding import Finding, findings_of
from trygghet.pipeline.doctor.installation import fonts, installation
from trygghet.pipeline.doctor.interrupted import interrupted
from trygghet.pipeline.doctor.places import open_files, remote_copies, storage, version_history
from trygghet.pipeline.doctor.waves import examine_wave
from trygghet.pipeline.exposed import exposed_problem, read_exposed
from trygghet.pipeline.project import Project
from trygghet.pipeline.promises import promise_folder
from trygghet.pipeline.runner import open_project
from trygghet.pipeline.settings_text import settings_text
from trygghet.pipeline.storage_errors import explained
from trygghet.promise import promise_gaps, read_promises

_SYNTHETIC = "SYNTETISKA DATA"
_FIELDS = {
    "indicator": "mått",
    "target_points": "mål",
    "owner": "ansvarig",
    "activity": "aktivitet",
    "follow_up_date": "datum för uppföljning",
    "forum": "forum",
    "channel": "hur invånarna får veta",
}
_BARE_DATE = re.compile(r"^\s*date:\s*\d{4}-\d\d-\d\d\s*(#.*)?$", re.MULTILINE)


def examine(root: Path, *, today: dt.date) -> tuple[Finding, ...]:
    """Examine a project without changing or sending anything.

    Parameters
    ----------
    root : Path
        Project folder.
    today : date
        The day on which ages are counted.

    Returns
    -------
    tuple of Finding
        What was found, in reading order.
    """
    return (*installation(), *fonts(), *_folder(root, today=today))


def _folder(root: Path, *, today: dt.date) -> Iterator[Finding]:
    try:
        project = open_project(root)
    except ProjectError as error:
        yield from open_files(root)
        yield from storage(root, synthetic=False)
        yield from version_history(root, synthetic=False)
        yield from findings_of(error)
        return
    synthetic = project.params.report.watermark == _SYNTHETIC
    printed = {
        f"data/raw/{wave}/{declared.published.file}"
        for wave, declared in project.params.waves.items()
        if declared.published
    }
    held = tuple(open_files(root))
    yield from held
    yield from storage(root, synthetic=synthetic, printed=printed)
    yield from version_history(root, synthetic=synthetic, printed=printed)
    yield from remote_copies(root, synthetic=synthetic)
    yield from interrupted(root)
    yield from _readable(_settings(project), root, held=held)
    for wave in project.params.waves:
        yield from _readable(examine_wave(project, wave, today=today), root, held=held)
        yield from _readable(_promises(project, wave), root, held=held)
        yield from _exposed(project, wave)


def _readable(findings: Iterator[Finding], root: Path, *, held: tuple[Finding, ...]) -> Iterator[Finding]:
    """Pass findings on; a file that cannot be opened ends them, and is told unless it has been told before."""
    try:
        yield from findings
    except OSError as error:
        told = explained(error, root)
        if told is None:
            raise
        named = Path(str(error.filename)).name
        if not any(named in each.text for each in held):
            yield from findings_of(told)


def _settings(project: Project) -> Iterator[Finding]:
    """Look for settings that name what no codebook has, and for what the report lacks."""
    try:
        books = {wave: Codebook.read(project.paths.wave(wave).codebook) for wave in project.params.waves}
        check_settings(project.params, books)
        yield Finding("OK", "Inställningarna i params.yaml stämmer med kodboken.")
    except ProjectError as error:
        yield from findings_of(error)
    except TrygghetError:
        pass  # the wave's own examination tells what is wrong with its codebook
    if not project.params.report.diarienummer:
        yield Finding(
            "VARNING",
            "Diarienummer saknas på rapporten.",
            "skriv det under report > diarienummer i params.yaml.",
        )
    text = settings_text(project.paths.params)
    if (project.paths.root / "dvc.yaml").is_file() and _BARE_DATE.search(text):
        yield Finding(
            "STOPP",
            "Datumet i params.yaml saknar citattecken; då stannar DVC.",
            'skriv till exempel date: "2026-11-22".',
        )


def _exposed(project: Project, wave: str) -> Iterator[Finding]:
    """Tell what earlier editions give away of what the wave withholds."""
    cells = read_exposed(project.paths.wave(wave).screened)
    if cells:
        yield from findings_of(DisclosureError(exposed_problem(cells)), status="VARNING")


def _promises(project: Project, wave: str) -> Iterator[Finding]:
    """Tell what the promises of a wave still lack, area by area."""
    path = promise_folder(project, wave) / "promises.yaml"
    if not path.is_file():
        return
    try:
        gaps = promise_gaps(read_promises(path))
    except PromiseError as error:
        yield from findings_of(error)
        return
    undecided = [gap.label for gap in gaps if gap.kind == "undecided"]
    if undecided:
        yield Finding(
            "VARNING",
            f"Löftet {wave}: inte bestämt om {', '.join(undecided)} blir fokusområden.",
            "skriv chosen: true eller false i promises.yaml.",
        )
    for label in dict.fromkeys(gap.label for gap in gaps if gap.kind == "missing"):
        fields = [
            f"{_FIELDS[gap.field]} ({gap.field})"
            for gap in gaps
            if gap.kind == "missing" and gap.label == label
        ]
        yield Finding(
            "VARNING", f"Löftet {wave}, {label}: saknar {', '.join(fields)}.", "fyll i dem i promises.yaml."
        )
    for label in dict.fromkeys(gap.label for gap in gaps if gap.kind == "no_baseline"):
        yield Finding(
            "VARNING",
            f"Löftet {wave}, {label}: utgångsläget är inte den valda indikatorns.",
            "kör trygghet promise seed igen.",
        )
    for gap in gaps:
        if gap.kind == "small_target":
            where = gap.district or "hela kommunen"
            yield Finding(
                "VARNING",
                f"Löftet {wave}, {gap.label}: målet för {where} når inte upp till den förändring som nästa mätning normalt kan visa.",
                "höj målet, eller skriv hur det annars ska följas upp.",
            )
        if gap.kind == "too_many":
            yield Finding(
                "VARNING",
                f"Löftet {wave}: antalet valda områden överstiger antalet platser.",
                "välj bort något i promises.yaml.",
            )
    if not gaps:
        yield Finding("OK", f"Löftet {wave} är ifyllt.")
