"""Microdata on disk: one Parquet file with values, kinds of missing values, codebook and provenance."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from trygghet._files import atomic_path
from trygghet.codebook import Codebook
from trygghet.codebook.literal import codebook_from_literal, codebook_to_literal
from trygghet.errors import IngestError, Problem
from trygghet.ingest.microdata import Microdata
from trygghet.ingest.provenance import Provenance

_PREFIX = "missing:"
_LAYOUT = 1


def write_microdata(microdata: Microdata, path: str | Path) -> None:
    """Write a survey to Parquet, atomically; the same survey gives the same bytes.

    Parameters
    ----------
    microdata : Microdata
        The survey.
    path : str or Path
        File to write.
    """
    columns: dict[str, pa.Array] = {
        str(name): pa.array(values, from_pandas=values.dtype == object)
        for name, values in _arrays(microdata.frame)
    }
    columns |= {f"{_PREFIX}{name}": pa.array(values) for name, values in _arrays(microdata.missing)}
    about = {
        "layout": _LAYOUT,
        "codebook": codebook_to_literal(microdata.codebook),
        "provenance": microdata.provenance.to_dict(),
        "notices": [asdict(notice) | {"facts": dict(notice.facts)} for notice in microdata.notices],
    }
    table = pa.table(columns).replace_schema_metadata({"trygghet": json.dumps(about, ensure_ascii=False)})
    with atomic_path(Path(path)) as temporary:
        pq.write_table(table, temporary, compression="zstd")


def read_microdata(path: str | Path) -> Microdata:
    """Read a survey that :func:`write_microdata` wrote.

    Parameters
    ----------
    path : str or Path
        The file.

    Returns
    -------
    Microdata
        The survey, with its codebook, provenance and notices.

    Raises
    ------
    IngestError
        When the file is missing, damaged or not written by trygghet.
    """
    path = Path(path)
    try:
        table = pq.read_table(path)
        about: dict[str, Any] = json.loads((table.schema.metadata or {})[b"trygghet"])
        codebook, provenance = codebook_from_literal(about["codebook"]), Provenance(**about["provenance"])
        notices = tuple(Problem(**notice) for notice in about["notices"])
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError) as error:
        raise _damaged(path) from error
    names = table.column_names
    values = {name: table[name].to_numpy() for name in names if not name.startswith(_PREFIX)}
    kinds = {name.removeprefix(_PREFIX): table[name].to_numpy() for name in names if name.startswith(_PREFIX)}
    frame = pd.DataFrame(values, copy=False)
    missing = pd.DataFrame(kinds, index=pd.RangeIndex(len(frame)), dtype=np.uint8)
    return Microdata(frame, missing, codebook=codebook, provenance=provenance, notices=notices)


def read_codebook(path: str | Path) -> Codebook:
    """Read the codebook of a survey that :func:`write_microdata` wrote, without its answers.

    Parameters
    ----------
    path : str or Path
        The file.

    Returns
    -------
    Codebook
        The codebook that the answers were read by.

    Raises
    ------
    IngestError
        When the file is missing, damaged or not written by trygghet.
    """
    path = Path(path)
    try:
        about: dict[str, Any] = json.loads((pq.read_schema(path).metadata or {})[b"trygghet"])
        return codebook_from_literal(about["codebook"])
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> IngestError:
    return IngestError(
        Problem(
            code="INL-16",
            what=f"{path.name} is no survey that trygghet wrote, or it is damaged.",
            remedy="Run ingest again.",
            facts={"file": path.name},
        )
    )


def _arrays(frame: pd.DataFrame) -> list[tuple[str, Any]]:
    return [(str(name), _plain(frame[name])) for name in frame.columns]


def _plain(column: pd.Series) -> Any:
    numeric = pd.api.types.is_numeric_dtype(column)
    return column.to_numpy() if numeric else column.astype("object").to_numpy()
