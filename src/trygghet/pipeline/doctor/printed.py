"""Whether the figures of a printed report can be read, and what a comparison with them will rest on."""

from collections.abc import Iterator

from trygghet.claims.numbers_sv import number
from trygghet.codebook import Codebook
from trygghet.errors import TrygghetError
from trygghet.pipeline.analyses import item_sets
from trygghet.pipeline.doctor.finding import Finding, findings_of
from trygghet.pipeline.printed import printed_figures
from trygghet.pipeline.project import Project
from trygghet.waves import PublishedWave


def examine_printed(project: Project, wave: str, book: Codebook) -> Iterator[Finding]:
    """Read the printed figures that a wave is compared with, as a run would.

    Parameters
    ----------
    project : Project
        The project.
    wave : str
        Name of the later wave.
    book : Codebook
        Its codebook.

    Yields
    ------
    Finding
        Everything that is wrong in the workbook; else how many figures there are, and which of them will not be compared, lack a
        margin of error or do not say how they were collected.
    """
    declared = project.params.waves[wave].published
    if declared is None:
        return
    try:
        figures = printed_figures(project, wave, book)
    except TrygghetError as error:
        yield from findings_of(error)
        return
    count = len(figures.rows)
    if not count:
        yield Finding(
            "STOPP",
            f"Filen {declared.file} har inga siffror, så {wave} kan inte jämföras med {declared.wave}.",
            "fyll i procent och antal_svar ur rapporten, eller ta bort published i params.yaml.",
        )
        return
    yield Finding("OK", f"De publicerade talen för {declared.wave} går att läsa ({count} st).")
    yield from _left_out(project, figures, book)
    yield from _precision(
        figures, effect=declared.design_effect, stated="design_effect" in declared.model_fields_set
    )
    if (figures.rows["insamlingssatt"] == "").all():
        yield Finding(
            "INFO",
            f"Siffrorna för {declared.wave} säger inte hur svaren samlades in. Jämförelsen utgår från att det gick till som {wave}.",
            "gick det till på ett annat sätt: skriv det i kolumnen insamlingssatt, och collected i params.yaml.",
        )


def _left_out(project: Project, figures: PublishedWave, book: Codebook) -> Iterator[Finding]:
    """Figures that the run reads and does not use."""
    rows = figures.rows
    estimated = {item for items in item_sets(book, project.params.estimate).values() for item in items}
    named = [name for name in rows["namn"].unique() if "." not in name and name not in estimated]
    if named:
        yield Finding(
            "VARNING",
            f"Siffrorna för {', '.join(named)} jämförs inte: frågorna redovisas inte i rapporten.",
            "lägg till dem under estimate > items i params.yaml.",
        )
    areas = int((rows["omrade"] != "").sum())
    if areas:
        told = "En siffra gäller ett område" if areas == 1 else f"{areas} siffror gäller områden"
        yield Finding("INFO", f"{told}. Utvecklingen visas bara för hela kommunen.")


def _precision(figures: PublishedWave, *, effect: float, stated: bool) -> Iterator[Finding]:
    """Figures without a margin of error get one from a design effect, which somebody should have chosen."""
    lacking = int(figures.rows["felmarginal"].isna().sum())
    if lacking:
        yield Finding(
            "INFO" if stated else "VARNING",
            f"{lacking} av {len(figures.rows)} siffror för {figures.wave} saknar felmarginal. Den räknas ut från antalet svar och "
            f"designeffekten {number(effect, 1)}.",
            ""
            if stated
            else "skriv felmarginalen ur rapporten, eller designeffekten från institutet: design_effect under published i params.yaml.",
        )
