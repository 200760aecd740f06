"""Estimates on disk: cells as parquet, joint covariance as npz, both written atomically and the same bytes every time."""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from trygghet._files import atomic_path
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.estimates import CELL_COLUMNS, About, Estimates
from trygghet.estimate.kernels import DenseKernel
from trygghet.estimate.shares import RespondentShares
from trygghet.estimate.stored_limits import rule_of, stored_rule

LARGEST = 5_000
_META = b"trygghet"


def write_estimates(estimates: Estimates | RespondentShares, stem: Path) -> None:
    """Write estimates as ``<stem>.parquet``, and their joint covariance as ``<stem>.npz``.

    A result's own limits go with it: those of differences, changes and numbers of people at any level, those of quantiles at 90, 95
    and 99 per cent and the level that they were asked for at.

    Parameters
    ----------
    estimates : Estimates or RespondentShares
        What to write; shares of respondents have no covariance file.
    stem : Path
        Path without suffix.

    Raises
    ------
    EstimateError
        SKATT-11 when the joint covariance would be larger than 5,000 by 5,000.
    """
    if isinstance(estimates, Estimates) and len(estimates) > LARGEST:
        raise EstimateError(
            Problem(
                code="SKATT-11",
                what=f"{len(estimates)} cells have a joint covariance that is too large to store",
                why=f"at most {LARGEST} cells are stored together",
                remedy="store a selection a file, for example one domain variable or one item",
                facts={"celler": len(estimates), "hogst": LARGEST},
            )
        )
    frame = estimates.cells.assign(
        value=estimates.values,
        n=estimates.n,
        numerator=estimates.numerator,
        status=estimates.status.astype(str),
    )
    meta = {
        "estimand": estimates.estimand,
        "kind": type(estimates).__name__,
        "about": asdict(estimates.about),
    }
    if isinstance(estimates, Estimates):
        frame = frame.assign(dof=estimates.dof, design_effect=estimates.design_effect)
        if estimates.of_comparable is not None:
            frame = frame.assign(of_comparable=estimates.of_comparable)
        rule = stored_rule(estimates)
        frame, meta = frame.assign(**rule.columns), meta | {"limits": rule.kind}
    table = pa.Table.from_pandas(frame, preserve_index=False)
    table = table.replace_schema_metadata(
        {_META: json.dumps(meta, ensure_ascii=False, sort_keys=True).encode()}
    )
    with atomic_path(_with_suffix(stem, ".parquet")) as path:
        pq.write_table(table, path)
    if isinstance(estimates, Estimates):
        with atomic_path(_with_suffix(stem, ".npz")) as path:
            np.savez(path, covariance=estimates.covariance())


def read_estimates(stem: Path) -> Estimates | RespondentShares:
    """Read what :func:`write_estimates` wrote.

    Parameters
    ----------
    stem : Path
        Path without suffix.

    Returns
    -------
    Estimates or RespondentShares
        The same figures; the joint covariance is in memory.

    Raises
    ------
    EstimateError
        SKATT-12 when the file is missing or holds no estimates.
    """
    path = _with_suffix(stem, ".parquet")
    if not path.is_file():
        raise _unreadable(path.name, "the file is not there")
    table = pq.read_table(path)
    meta = json.loads((table.schema.metadata or {}).get(_META, b"{}"))
    if "estimand" not in meta:
        raise _unreadable(path.name, "it says nothing about an estimand")
    frame: pd.DataFrame = table.to_pandas()
    cells = frame[list(CELL_COLUMNS)]
    columns = {name: frame[name].to_numpy() for name in frame.columns if name not in CELL_COLUMNS}
    status = columns["status"].astype(np.object_)
    about = About(**meta["about"])
    if meta["kind"] == RespondentShares.__name__:
        return RespondentShares(
            meta["estimand"], cells, columns["value"], columns["n"], columns["numerator"], status, about
        )
    with np.load(_with_suffix(stem, ".npz")) as stored:
        covariance = stored["covariance"]
    return Estimates(
        estimand=meta["estimand"],
        cells=cells,
        values=columns["value"],
        n=columns["n"],
        numerator=columns["numerator"],
        dof=columns["dof"],
        design_effect=columns["design_effect"],
        status=status,
        kernel=DenseKernel(covariance),
        about=about,
        limit_rule=rule_of(meta.get("limits", ""), columns),
        of_comparable=columns.get("of_comparable"),
    )


def _with_suffix(stem: Path, suffix: str) -> Path:
    return stem.with_name(stem.name + suffix)


def _unreadable(name: str, why: str) -> EstimateError:
    return EstimateError(
        Problem(
            code="SKATT-12",
            what=f"{name} cannot be read as estimates",
            why=why,
            remedy="run the estimate stage again",
            facts={"fil": name},
        )
    )
