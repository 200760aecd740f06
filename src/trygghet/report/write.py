"""Everything of one wave in one call: figures, page, manifest."""

from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path

from trygghet._files import write_bytes
from trygghet.promise import write_draft
from trygghet.report.export import FIGURE_ENDINGS, write_rendered
from trygghet.report.figures import Drawn, drawn_figures, drawn_for_page, planned_figures
from trygghet.report.inputs import WaveReport
from trygghet.report.look import PLAIN, Look
from trygghet.report.manifest import write_manifest
from trygghet.report.page import page_html
from trygghet.report.screened import refuse_unless
from trygghet.report.side_by_side import side_by_side
from trygghet.report.word import word_draft
from trygghet.report.workbook import workbook_bytes


def write_report(
    report: WaveReport, folder: Path, *, look: Look = PLAIN, drafts: Path | None = None
) -> tuple[Path, ...]:
    """Write the figures, the page and the manifest of a wave.

    Parameters
    ----------
    report : WaveReport
        Screened results, facts of the survey, and where everything comes from.
    folder : Path
        Folder of the wave's report; figures go to ``figures`` within it.
    look : Look
        Language and level.
    drafts : Path, optional
        Folder of the Word draft, which people edit; ``folder`` when left out.

    Returns
    -------
    tuple of Path
        Files written; the manifest is the last one.

    Raises
    ------
    ReportError
        RAPP-03 for anything but a report of screened results.
    """
    refuse_unless(WaveReport, report)
    planned = planned_figures(report, look)
    rendered, narrow = drawn_figures(report, planned)
    written = [
        path for name, made in rendered.items() for path in write_rendered(made, folder / "figures" / name)
    ]
    _remove_others(folder / "figures", written)
    drawn = drawn_for_page(planned, rendered, narrow)
    word, page, workbook = side_by_side(
        [
            partial(word_draft, report, planned, rendered, look=look),
            partial(_page_bytes, report, drawn, look),
            partial(workbook_bytes, report, planned, rendered, look=look),
        ]
    )
    files = {"lagesbild.html": page, "tabeller.xlsx": workbook}
    for name, content in files.items():
        write_bytes(folder / name, content)
        written.append(folder / name)
    write_draft((drafts or folder) / "lagesbild_utkast.docx", word)
    return (*written, write_manifest(report, written, folder))


def _remove_others(folder: Path, written: Collection[Path]) -> None:
    """Remove the figures that an earlier run made and this one did not: nobody should attach them."""
    for path in folder.glob("*"):
        if path not in written and path.name.endswith(FIGURE_ENDINGS):
            path.unlink()


def _page_bytes(report: WaveReport, drawn: Mapping[str, Drawn], look: Look) -> bytes:
    return page_html(report, drawn, look).encode()
