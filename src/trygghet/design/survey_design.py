"""A probability sample: columns, weights, and the one door through which every variance comes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from trygghet._html import told_html
from trygghet._threads import one_thread
from trygghet._typing import (
    BoolArray,
    CalibrationMethod,
    Columns,
    FloatArray,
    IntArray,
    LonelyPsu,
    Projection,
    WeightScale,
)
from trygghet.codebook import Codebook, Stream
from trygghet.design.calibrating_replicates import calibrated_replicates
from trygghet.design.covariance import Variance, variance_of, weighted_columns
from trygghet.design.frame_columns import FrameColumns
from trygghet.design.making_replicates import ReplicateOptions, first_stage, make_replicates
from trygghet.design.projection import calibration_of
from trygghet.design.quadratic import Matrix
from trygghet.design.reading import DesignColumns, SampleColumns, read_sample
from trygghet.design.replicates import Centre, GivenSource, ReplicateKind, Replicates
from trygghet.design.stages import Stage
from trygghet.errors import DesignError, Problem
from trygghet.ingest import Microdata
from trygghet.weighting import Margins, Weights


@dataclass(frozen=True, slots=True, eq=False)
class SurveyDesign:
    """One probability stream's full sample with its weights; domains never subset it.

    Parameters
    ----------
    columns : Columns
        The answers: a survey with its codebook, or a plain table.
    weights : array of float, shape (n,)
        Final weights.
    stages : tuple of Stage
        Stages of the sample.
    variance : Variance
        Design and calibration, prepared.
    weight_scale : str
        What the weights sum to.
    stream : Stream or None
        The stream that answered.
    codebook : Codebook or None
        What the columns mean.
    finite_population : bool
        Whether sampling fractions reduce the variance.
    approximate : bool
        Whether the design is not fully known.
    calibrated : bool
        Whether the weights know population margins.
    start : array of float or None
        Weights before the first calibration; None when there was none.
    replicates : Replicates or None
        Replicate weights that every variance then comes from.
    order : array of int or None
        Position in the table of each row, where rows were sorted by id; None where they stand as they came.
    """

    columns: Columns
    weights: FloatArray
    stages: tuple[Stage, ...]
    variance: Variance
    weight_scale: WeightScale = "unknown"
    stream: Stream | None = None
    codebook: Codebook | None = None
    finite_population: bool = False
    approximate: bool = False
    calibrated: bool = False
    start: FloatArray | None = None
    replicates: Replicates | None = None
    order: IntArray | None = None

    def __repr__(self) -> str:
        return "\n  ".join((self._title, *self._told()))

    def _repr_html_(self) -> str:
        return told_html(self._title, tuple(self._told()))

    @property
    def _title(self) -> str:
        named = " ".join(
            (self.stream.name if self.stream else "", self.codebook.wave if self.codebook else "")
        ).strip()
        return f"Survey design{f' of {named}' if named else ''}: {len(self.weights):,} respondents"

    def _told(self) -> Iterator[str]:
        """What the variance rests on."""
        yield f"weights sum to {self.weights.sum():,.0f} (scale: {self.weight_scale}){', calibrated' if self.calibrated else ''}"
        for number, stage in enumerate(self.stages, start=1):
            units = "respondents" if stage.cluster is None else "clusters"
            yield f"stage {number}: {int(stage.count.sum()):,} {units} in {len(stage.count):,} strata"
        yield f"finite population correction: {'yes' if self.finite_population else 'no'}"
        if self.replicates is not None:
            yield "standard errors from replicate weights"
        if self.approximate:
            yield "the design is not fully known, so standard errors are approximate"

    @classmethod
    def from_data(
        cls, microdata: Microdata, *, weights: Weights | None = None, finite_population: bool = True
    ) -> "SurveyDesign":
        """Design of one probability stream, with columns and policy from its codebook.

        Parameters
        ----------
        microdata : Microdata
            Answers of one stream that chance selected.
        weights : Weights, optional
            Final weights of the same rows; the file's own weights, else population over sample size, when left out.
        finite_population : bool
            Whether sampling fractions reduce the variance: on to describe this year's residents, off for trends.

        Returns
        -------
        SurveyDesign
            The full sample.

        Raises
        ------
        DesignError
            URV-08 for several streams or one that chose itself; others when the design columns are inconsistent.
        """
        stream = _probability_stream(microdata)
        spec = microdata.codebook.design
        design = _build(microdata, spec, finite_population=finite_population, given=weights is None)
        design = replace(design, stream=stream, codebook=microdata.codebook)
        return design if weights is None else design.with_weights(weights)

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        *,
        weights: str | None = None,
        strata: str | None = None,
        psu: str | list[str] | None = None,
        population: str | list[str] | None = None,
        nest: bool = False,
        lonely_psu: LonelyPsu | Mapping[str, str] | Mapping[int, int] = "fail",
    ) -> "SurveyDesign":
        """Design of a plain table.

        Parameters
        ----------
        frame : DataFrame
            One row a respondent.
        weights : str, optional
            Column of weights; population over sample size when left out.
        strata : str, optional
            Column of the stratum.
        psu : str or list of str, optional
            Columns of sampling units, outermost stage first; rows when left out.
        population : str or list of str, optional
            Columns with the population size of each stage's stratum, or the sampling fraction; with replacement when left out.
        nest : bool
            Whether unit labels are unique only within their stratum.
        lonely_psu : str or mapping of str to str
            What a stratum with one sampling unit gets: ``fail``, ``certainty``, ``adjust`` or ``average``; or a map of strata to those
            that they join for the variance (collapse), where others that are lonely still fail.

        Returns
        -------
        SurveyDesign
            The full sample.

        Raises
        ------
        DesignError
            When columns are missing or inconsistent; LonelyPsuError for lonely units under ``fail``.

        Notes
        -----
        An id that makes the order of rows indifferent to the last bit, a weight scale, and a finite population that weights come from but
        that does not reduce the variance are asked for in :meth:`from_columns`.

        Examples
        --------
        >>> import pandas as pd
        >>> frame = pd.DataFrame({"area": [1, 1, 2, 2], "size": [10, 10, 20, 20], "unsafe": [0, 1, 1, 1]})
        >>> design = SurveyDesign.from_frame(frame, strata="area", population="size")
        >>> design.weights.tolist(), design.dof
        ([5.0, 5.0, 10.0, 10.0], 2)
        """
        spec = DesignColumns(
            strata=strata,
            psu=_listed(psu),
            population=_listed(population),
            weight=weights,
            lonely_psu=lonely_psu if isinstance(lonely_psu, str) else "fail",
            nest=nest,
            collapse={}
            if isinstance(lonely_psu, str)
            else {str(one): str(other) for one, other in lonely_psu.items()},
        )
        return cls.from_columns(frame, spec)

    @classmethod
    def from_columns(
        cls, frame: pd.DataFrame, spec: DesignColumns, *, finite_population: bool = True
    ) -> "SurveyDesign":
        """Design of a plain table with everything that can be said of it.

        Parameters
        ----------
        frame : DataFrame
            One row a respondent.
        spec : DesignColumns
            Names of the design columns, weight scale and policy.
        finite_population : bool
            Whether sampling fractions reduce the variance.

        Returns
        -------
        SurveyDesign
            The full sample.

        Raises
        ------
        DesignError
            When columns are missing or inconsistent.
        """
        columns = FrameColumns(frame.copy(deep=False).reset_index(drop=True))
        if spec.id is None:
            return _build(columns, spec, finite_population=finite_population, given=True)
        order = _order(columns, spec.id)
        columns = FrameColumns(columns.frame.iloc[order].reset_index(drop=True))
        design = _build(columns, spec, finite_population=finite_population, given=True)
        return replace(design, order=order)

    def with_weights(self, weights: Weights, *, projection: Projection = "joint") -> "SurveyDesign":
        """Give the same sample other weights; calibrated ones make every standard error aware of their margins.

        Parameters
        ----------
        weights : Weights
            Weights of the same rows in the same order.
        projection : str
            ``joint`` (default) projects on all margins at once, as R's ``calibrate``; ``sequential`` sweeps as R's ``rake``.

        Returns
        -------
        SurveyDesign
            The same sample.

        Raises
        ------
        DesignError
            URV-09 when the weights are of another number of rows.
        """
        values = np.asarray(weights.values, dtype=np.float64)
        if len(values) != self.n:
            raise _other_rows(len(values), self.n)
        operator = calibration_of(weights.calibration, values, projection)
        return replace(
            self,
            weights=_read_only(values),
            variance=variance_of(self.stages, operator),
            weight_scale=weights.scale,
            calibrated=bool(weights.calibration),
            start=_read_only(np.asarray(weights.start, dtype=np.float64)) if weights.calibration else None,
            replicates=None,
        )

    def with_replicates(
        self,
        weights: pd.DataFrame | FloatArray,
        *,
        scale: float,
        rscales: FloatArray | None = None,
        centre: Centre = "mean",
        dof: float | None = None,
    ) -> "SurveyDesign":
        """Take every variance from given replicate weights.

        Parameters
        ----------
        weights : DataFrame or array of float, shape (n, R)
            Final weight of each row in each replicate, in the order of the table.
        scale : float
            Common multiplier of the squared deviations, such as ``(R - 1) / R`` for a jackknife.
        rscales : array of float, shape (R,), optional
            Multiplier of each replicate; 1 when left out.
        centre : str
            Deviations from the ``mean`` of the replicates, or from the full sample's ``estimate``.
        dof : float, optional
            Degrees of freedom; the rank of the weights less 1 when left out.

        Returns
        -------
        SurveyDesign
            The same sample; points keep their weights.

        Raises
        ------
        DesignError
            URV-09 when the weights are of another number of rows.
        """
        matrix = np.asarray(weights, dtype=np.float64)
        if len(matrix) != self.n:
            raise _other_rows(len(matrix), self.n)
        matrix = matrix if self.order is None else matrix[self.order]
        many = np.ones(matrix.shape[1]) if rscales is None else np.asarray(rscales, dtype=np.float64)
        known = _rank(matrix) - 1.0 if dof is None else dof
        return replace(self, replicates=Replicates(GivenSource(matrix), scale, many, "given", centre, known))

    def resampled(
        self,
        kind: ReplicateKind,
        *,
        options: ReplicateOptions | None = None,
        margins: Margins | None = None,
        method: CalibrationMethod = "raking",
    ) -> "SurveyDesign":
        """Take every variance from replicates that are made from the design, each calibrated like the sample.

        Parameters
        ----------
        kind : str
            ``jk1``, ``jkn``, ``brr``, ``fay``, ``sdr``, ``bootstrap`` or ``generalised``.
        options : ReplicateOptions, optional
            Number, seed, coefficients and centre.
        margins : Margins, optional
            Population totals that every replicate is calibrated to; needed when the weights are calibrated.
        method : str
            Calibration method.

        Returns
        -------
        SurveyDesign
            The same sample; points keep their weights.

        Raises
        ------
        DesignError
            URV-13 when the design does not fit the kind, URV-14 when calibrated weights come without their margins.
        """
        options = ReplicateOptions() if options is None else options
        if self.calibrated and margins is None:
            raise DesignError(
                Problem(
                    code="URV-14",
                    what="the weights are calibrated, but the replicates would not be",
                    why="replicates that miss the margins overstate the error",
                    remedy="give the margins",
                )
            )
        weights = self.weights if self.start is None else self.start
        made = make_replicates(first_stage(self.stages[0]), weights, kind, options=options)
        if margins is not None:
            made = calibrated_replicates(self, made, margins, how=(method, options))
        return replace(self, replicates=made)

    @property
    def n(self) -> int:
        """Number of respondents."""
        return len(self.weights)

    @property
    def dof(self) -> int:
        """Degrees of freedom of the whole design: first-stage units less strata."""
        if self.replicates is not None and self.replicates.dof is not None:
            return int(self.replicates.dof)
        first = self.stages[0]
        return first.clusters - int((first.count > 0).sum())

    @property
    def wave(self) -> str:
        """Wave of the survey; empty for a plain table."""
        return "" if self.codebook is None else self.codebook.wave

    @property
    def method(self) -> str:
        """Sentence that says how standard errors are computed."""
        if self.replicates is not None:
            centre = "their mean" if self.replicates.centre == "mean" else "the estimate"
            made = f"{self.replicates.source.count} replicates ({self.replicates.kind}), deviations from {centre}"
            return (
                f"{made}, {self.replicates.failures} of them off the margins"
                if self.replicates.failures
                else made
            )
        parts = ["Taylor linearisation"]
        if self.calibrated:
            parts.append("residuals from the calibration margins")
        if self.stages[0].strata > 1:
            parts.append(f"{self.stages[0].strata} strata")
        if self.stages[0].cluster is not None:
            parts.append(f"{self.stages[0].clusters} sampling units")
        parts.append(
            "finite-population correction" if self.finite_population else "no finite-population correction"
        )
        return ", ".join(parts)

    def in_order(self, where: BoolArray | None) -> BoolArray | None:
        """Bring a mask from the order of the table to the order of the design.

        Parameters
        ----------
        where : array of bool, shape (n,), or None
            Mask in the order of the table.

        Returns
        -------
        array of bool or None
            The same mask in the order that rows are summed in.
        """
        if where is None or self.order is None or len(where) != len(self.order):
            return where
        return np.asarray(where)[self.order]

    def covariance(self, influence: Matrix) -> FloatArray:
        """Covariance of estimates from their influence values: the door for models and tests.

        Parameters
        ----------
        influence : array or sparse array, shape (n, p)
            Influence of each row on each estimate, without the weight; 0 outside the domain.

        Returns
        -------
        array of float, shape (p, p)
            Covariance, aware of strata, clusters, population sizes and calibration.
        """
        with one_thread():
            if self.replicates is None:
                return self.variance.of_sums(weighted_columns(self.weights, influence))
            dense = influence if isinstance(influence, np.ndarray) else influence.toarray()
            sums = np.zeros((self.replicates.source.count, dense.shape[1]))
            for rows, weights in self.replicates.source.blocks():
                sums += weights.T @ dense[rows]
            deviations = self.replicates.deviations(sums, self.weights @ dense)
            return np.asarray(deviations.T @ deviations, dtype=np.float64)


def _rank(matrix: FloatArray) -> int:
    """Numerical rank of replicate weights."""
    sizes = np.linalg.svd(matrix, compute_uv=False)
    return int((sizes > 1e-5 * sizes[0]).sum())


def _order(columns: FrameColumns, name: str) -> IntArray:
    """Rows in the order of a unique id."""
    column = columns.column(name)
    repeated = int(column.duplicated().sum()) + int(column.isna().sum())
    if repeated:
        raise DesignError(
            Problem(
                code="URV-15",
                what=f"{repeated} rows have a missing or repeated value of {name!r}",
                why="an id belongs to one answer",
                remedy="correct the column, or leave it out",
                facts={"kolumn": name, "antal": repeated},
            )
        )
    return np.argsort(column.to_numpy(), kind="stable").astype(np.int64)


def _other_rows(given: int, rows: int) -> DesignError:
    return DesignError(
        Problem(
            code="URV-09",
            what=f"{given} weights for {rows} answers",
            why="every answer of the sample needs its weight",
            remedy="weight the same rows as the design has",
            facts={"vikter": given, "svar": rows},
        )
    )


def _probability_stream(microdata: Microdata) -> Stream:
    streams = microdata.streams
    if len(streams) == 1 and streams[0].probability:
        return streams[0]
    named = ", ".join(stream.name for stream in streams)
    raise DesignError(
        Problem(
            code="URV-08",
            what=f"the answers come from {named or 'no stream'}",
            why="standard errors need one stream whose people were chosen by chance",
            remedy="take one stream with microdata.stream(name); describe self-selected answers with OpenSample",
            facts={"strommar": named or "–"},
        )
    )


def _build(columns: Columns, spec: SampleColumns, *, finite_population: bool, given: bool) -> SurveyDesign:
    """Design of columns; ``given`` says whether the weights must come from the columns."""
    read = read_sample(columns, spec, finite_population=finite_population, weighted=given)
    return SurveyDesign(
        columns=columns,
        weights=_read_only(read.weights),
        stages=read.stages,
        variance=variance_of(read.stages, None),
        weight_scale="population" if spec.weight is None and spec.population else spec.weight_scale,
        finite_population=finite_population and bool(spec.population),
        approximate=not (spec.strata or spec.psu or spec.population),
    )


def _listed(names: str | list[str] | None) -> tuple[str, ...]:
    return () if names is None else (names,) if isinstance(names, str) else tuple(names)


def _read_only(values: FloatArray) -> FloatArray:
    values = values.view()
    values.flags.writeable = False
    return values
