"""Weights on disk: one Parquet file with values, origin and the calibration matrices that the variance needs."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from scipy import sparse

from trygghet._files import atomic_path
from trygghet._typing import FloatArray
from trygghet.errors import IngestError, Problem
from trygghet.weighting.weights import CalibrationStep, Weights

_LAYOUT = 1


def write_weights(weights: Weights, path: str | Path) -> None:
    """Write weights to Parquet, atomically; the same weights give the same bytes.

    Parameters
    ----------
    weights : Weights
        The weights of one stream.
    path : str or Path
        File to write.
    """
    columns: dict[str, pa.Array] = {"weight": pa.array(weights.values), "start": pa.array(weights.start)}
    if weights.ids is not None:
        columns["id"] = pa.array([str(one) for one in weights.ids])
    for number, step in enumerate(weights.calibration):
        columns |= _columns_of(step, number)
    about = {
        "layout": _LAYOUT,
        "scale": weights.scale,
        "method": weights.method,
        "iterations": weights.iterations,
        "worst_margin_error": weights.worst_margin_error,
        "worst_error_before": weights.worst_error_before,
        "margin_names": list(weights.margin_names),
        "targets": [float(target) for target in weights.targets],
        "unplaced": dict(weights.unplaced),
        "gap": weights.gap,
        "notes": [asdict(note) | {"facts": dict(note.facts)} for note in weights.notes],
        "widths": [int(step.matrix.shape[1]) for step in weights.calibration],
        "dense": [isinstance(step.matrix, np.ndarray) for step in weights.calibration],
    }
    table = pa.table(columns).replace_schema_metadata({"trygghet": json.dumps(about, ensure_ascii=False)})
    with atomic_path(Path(path)) as temporary:
        pq.write_table(table, temporary, compression="zstd")


def read_weights(path: str | Path) -> Weights:
    """Read weights that :func:`write_weights` wrote.

    Parameters
    ----------
    path : str or Path
        The file.

    Returns
    -------
    Weights
        The same weights.

    Raises
    ------
    IngestError
        When the file is missing, damaged or not written by trygghet.
    """
    path = Path(path)
    try:
        table = pq.read_table(path)
        about: dict[str, Any] = json.loads((table.schema.metadata or {})[b"trygghet"])
        shapes = zip(about["widths"], about["dense"], strict=True)
        steps = tuple(_step_of(table, number, shape) for number, shape in enumerate(shapes))
        return Weights(
            values=_floats(table, "weight"),
            start=_floats(table, "start"),
            calibration=steps,
            scale=about["scale"],
            method=about["method"],
            iterations=about["iterations"],
            worst_margin_error=about["worst_margin_error"],
            worst_error_before=about["worst_error_before"],
            margin_names=tuple(about["margin_names"]),
            targets=np.array(about["targets"], dtype=np.float64),
            ids=np.array(table["id"].to_pylist(), dtype=object) if "id" in table.column_names else None,
            unplaced=about["unplaced"],
            gap=about["gap"],
            notes=tuple(Problem(**note) for note in about["notes"]),
        )
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError) as error:
        raise IngestError(
            Problem(
                code="VIKT-27",
                what=f"{path.name} holds no weights that trygghet wrote, or it is damaged.",
                remedy="Run the weighting again.",
                facts={"fil": path.name},
            )
        ) from error


def _columns_of(step: CalibrationStep, number: int) -> dict[str, pa.Array]:
    """Columns of one calibration: each row's non-zero auxiliary values as a list."""
    matrix = sparse.csr_array(step.matrix)
    pointers = pa.array(matrix.indptr.astype(np.int32))
    columns = {
        f"step{number}_before": pa.array(step.before),
        f"step{number}_column": pa.ListArray.from_arrays(pointers, pa.array(matrix.indices.astype(np.int32))),
        f"step{number}_value": pa.ListArray.from_arrays(pointers, pa.array(matrix.data.astype(np.float64))),
    }
    if step.cell is not None:
        columns[f"step{number}_cell"] = pa.array(step.cell)
    if step.after is not None:
        columns[f"step{number}_after"] = pa.array(step.after)
    return columns


def _step_of(table: pa.Table, number: int, shape: tuple[int, bool]) -> CalibrationStep:
    width, dense = shape
    columns = table[f"step{number}_column"].combine_chunks()
    values = table[f"step{number}_value"].combine_chunks()
    pointers = np.asarray(columns.offsets.to_numpy(), dtype=np.int32)
    matrix = sparse.csr_array(
        (
            np.asarray(values.values.to_numpy(), dtype=np.float64),
            np.asarray(columns.values.to_numpy(), dtype=np.int32),
            pointers,
        ),
        shape=(len(pointers) - 1, width),
    )
    cell, after = f"step{number}_cell", f"step{number}_after"
    return CalibrationStep(
        matrix=np.asarray(matrix.toarray(), dtype=np.float64) if dense else matrix,
        before=_floats(table, f"step{number}_before"),
        cell=np.asarray(table[cell].to_numpy(), dtype=np.int64) if cell in table.column_names else None,
        after=_floats(table, after) if after in table.column_names else None,
    )


def _floats(table: pa.Table, name: str) -> FloatArray:
    return np.asarray(table[name].to_numpy(), dtype=np.float64)
