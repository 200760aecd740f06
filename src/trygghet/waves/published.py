"""An earlier wave that exists only as a printed report: its figures typed into a template, so that a change can be judged."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from trygghet._distributions import normal_quantile
from trygghet._files import atomic_path
from trygghet.codebook.file_spec import FileSpec
from trygghet.errors import ChangeError, Problem
from trygghet.estimate.estimates import ALL, About, Estimates
from trygghet.estimate.kernels import DenseKernel
from trygghet.ingest.workbook import read_workbook
from trygghet.waves.breaks import Break

PUBLISHED: Final = "computed from published figures"
SHEET: Final = "Publicerade tal"
COLUMNS: Final = ("namn", "fraga", "omrade", "procent", "antal_svar", "felmarginal", "insamlingssatt", "sida")
_CREATED: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_HELP: Final = (
    "En rad för varje siffra i den tryckta rapporten.",
    "namn: samma namn som i kodboken. fraga: bara för läsbarhet.",
    "omrade: tomt för hela kommunen, annars områdets namn.",
    "procent: andelen i procent, till exempel 31 eller 31,4.",
    "antal_svar: hur många som svarade på frågan.",
    "felmarginal: plus/minus i procentenheter (95 %), om den står i rapporten. Annars tomt.",
    "insamlingssatt: post, webb, telefon eller en blandning, som det står i rapporten.",
    "sida: sidan i rapporten där siffran står.",
)


@dataclass(frozen=True, slots=True, eq=False)
class PublishedWave:
    """Figures of an earlier wave as they were printed.

    Parameters
    ----------
    wave : str
        Name of the wave.
    rows : DataFrame
        One row a figure, columns ``COLUMNS``; ``procent`` and ``felmarginal`` in per cent, ``felmarginal`` NaN where none is printed.
    area_by : str
        Name of the division that the areas belong to.
    """

    wave: str
    rows: pd.DataFrame
    area_by: str = "omrade"

    def estimates(self, *, stream: str = "", design_effect: float = 1.5, level: float = 0.95) -> Estimates:
        """Make estimates of the figures, to compare a later wave with.

        Parameters
        ----------
        stream : str
            Name of the stream in the later wave that asked the same way.
        design_effect : float
            Design effect, declared, for figures without a printed margin of error.
        level : float
            Level of the printed margins.

        Returns
        -------
        Estimates
            Shares with standard errors; ``about.method`` says that they come from published figures. How the errors of two figures hang
            together is not printed; they are taken as independent, which in a family of two-sided tests errs on the safe side (Šidák
            1967, doi:10.1080/01621459.1967.10482935).

        Notes
        -----
        ``SE = margin / z`` where a margin is printed, else ``sqrt(D p (1 - p) / n)``. A figure printed without decimals carries its
        rounding error, ``1 / sqrt(12)`` of its last digit, added in quadrature.
        """
        rows, count = self.rows, len(self.rows)
        share = rows["procent"].to_numpy(dtype=np.float64) / 100
        n = rows["antal_svar"].to_numpy(dtype=np.float64)
        margin = rows["felmarginal"].to_numpy(dtype=np.float64) / 100
        simple = share * (1 - share) / n
        sampling = np.where(
            np.isnan(margin), design_effect * simple, (margin / normal_quantile(0.5 + level / 2)) ** 2
        )
        digit = np.where(np.isclose(100 * share, np.round(100 * share)), 0.01, 0.001)
        with np.errstate(divide="ignore", invalid="ignore"):
            effect = np.where(simple > 0, sampling / simple, np.nan)
        areas = rows["omrade"].to_numpy(dtype=object)
        cells = {
            "item": rows["namn"],
            "category": "",
            "by": np.where(areas == "", "", self.area_by),
            "domain": np.where(areas == "", ALL, areas),
        }
        return Estimates(
            estimand="proportion",
            cells=pd.DataFrame(cells, dtype=str).reset_index(drop=True),
            values=share,
            n=n.astype(np.int64),
            numerator=np.rint(share * n).astype(np.int64),
            dof=n - 1,
            design_effect=effect,
            status=np.full(count, "ok", dtype=object),
            kernel=DenseKernel(np.diag(sampling + digit**2 / 12)),
            about=About(
                stream=stream,
                wave=self.wave,
                method=PUBLISHED,
                approximate=True,
                labels={
                    str(name): str(text)
                    for name, text in zip(rows["namn"], rows["fraga"], strict=True)
                    if text
                },
            ),
        )

    def breaks(self, new_wave: str, mode: str) -> tuple[Break, ...]:
        """Find figures that were collected in another way than the later wave.

        Parameters
        ----------
        new_wave : str
            Name of the later wave.
        mode : str
            How the later wave was collected, in the same words.

        Returns
        -------
        tuple of Break
            One for each item whose ``insamlingssatt`` is filled in and another.
        """
        ways = self.rows["insamlingssatt"].str.casefold()
        other = self.rows.loc[(ways != "") & (ways != mode.casefold()), "namn"]
        return tuple(Break(str(name), "sampling", new_wave, self.wave) for name in dict.fromkeys(other))


def write_published_template(path: Path, items: Mapping[str, str]) -> None:
    """Write an empty template for the figures of a printed report.

    Parameters
    ----------
    path : Path
        The .xlsx file.
    items : mapping of str to str
        Names and labels of the items to ask for.
    """
    import xlsxwriter  # noqa: PLC0415 - only who asks for a template needs it

    with (
        atomic_path(path) as temporary,
        xlsxwriter.Workbook(str(temporary), {"strings_to_formulas": False, "strings_to_urls": False}) as book,
    ):
        book.set_properties({"title": SHEET, "created": _CREATED})
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True, "bottom": 1}))
        for place, (name, label) in enumerate(items.items(), start=1):
            sheet.write_row(place, 0, (name, label))
        sheet.set_column(0, 1, 36)
        sheet.set_column(2, len(COLUMNS) - 1, 16)
        sheet.freeze_panes(1, 2)
        guide = book.add_worksheet("Läs mig")
        guide.set_column(0, 0, 100)
        guide.write_column(0, 0, _HELP)


def read_published(path: Path, *, wave: str, area_by: str = "omrade") -> PublishedWave:
    """Read the figures of a printed report from a filled-in template.

    Parameters
    ----------
    path : Path
        The .xlsx file.
    wave : str
        Name of the wave.
    area_by : str
        Name of the division that the areas belong to.

    Returns
    -------
    PublishedWave
        The rows that have a figure; rows without one are left out.

    Raises
    ------
    IngestError
        When the workbook cannot be opened or has no such sheet.
    ChangeError
        JMF-07 when a column is missing, JMF-08 for every row that cannot be used, all at once.
    """
    frame = read_workbook(path, COLUMNS, spec=FileSpec(sheet=SHEET, header_rows=1)).frame
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise ChangeError(
            Problem(
                code="JMF-07",
                what=f"{path.name} lacks the columns {', '.join(missing)}",
                why="the figures cannot be told apart without them",
                remedy="start from the template and keep its headings",
                facts={"fil": path.name, "kolumner": ", ".join(missing)},
            )
        )
    rows = pd.DataFrame({name: _texts(frame[name]) for name in COLUMNS})
    rows.index = pd.RangeIndex(2, 2 + len(rows))
    rows = rows.loc[rows["procent"] != ""]
    numbers = {
        name: pd.to_numeric(rows[name].str.replace(",", "."), errors="coerce")
        for name in ("procent", "antal_svar", "felmarginal")
    }
    problems = list(_problems(path.name, rows, numbers))
    if problems:
        raise ChangeError(*problems)
    return PublishedWave(wave, rows.assign(**numbers).reset_index(drop=True), area_by)


def _texts(column: "pd.Series[Any]") -> "pd.Series[str]":
    def text(value: Any) -> str:
        if value is None or (isinstance(value, float) and np.isnan(value)):
            return ""
        return f"{value:g}" if isinstance(value, float) else str(value).strip()

    return pd.Series([text(value) for value in column], dtype=object)


def _problems(file: str, rows: pd.DataFrame, numbers: Mapping[str, "pd.Series[float]"]) -> Iterator[Problem]:
    share, n, margin = numbers["procent"], numbers["antal_svar"], numbers["felmarginal"]
    twice = rows.duplicated(["namn", "omrade"])
    checks = {
        "namn saknas": rows["namn"] == "",
        "procent ska vara 0–100": ~share.between(0, 100),
        "antal_svar ska vara minst 2": ~(n >= 2),
        "felmarginal ska vara större än 0": (rows["felmarginal"] != "") & ~(margin > 0),
        "samma fråga och område står två gånger": twice,
    }
    for fault, found in checks.items():
        for row in rows.index[found]:
            yield Problem(
                code="JMF-08",
                what=f"row {row} of {file} cannot be used: {fault}",
                why="a change cannot be computed from it",
                remedy="correct the row, or empty its figure",
                facts={"fil": file, "rad": int(row), "fel": fault},
            )
