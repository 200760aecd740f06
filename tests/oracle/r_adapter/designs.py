"""From R's svydesign, subset and weighting calls to a design of trygghet."""

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from r_adapter import r_text, reference
from r_adapter.r_text import Unsupported
from trygghet.design import SurveyDesign
from trygghet.weighting import (
    Margins,
    WeightCap,
    calibrate,
    calibrate_households,
    calibrate_replicates,
    poststratify,
    rake,
    trim_replicates,
    trim_weights,
)

LONELY = {
    "fail": "fail",
    "adjust": "adjust",
    "average": "average",
    "certainty": "certainty",
    "remove": "certainty",
}


@dataclass(frozen=True)
class Sample:
    """A design with the table it reads and the rows that a subset keeps."""

    design: Any
    frame: pd.DataFrame
    where: Any
    margins: dict
    weights: Any = None
    projection: str = "joint"
    psu: tuple = ()

    def subset(self, expression):
        keep = r_text.evaluate(expression, self.frame).fillna(False).astype(bool).to_numpy()
        return replace(self, where=keep if self.where is None else keep & self.where)


def sample_of(file, name, *, options, derive):
    """The named design over its table, with derived columns added before it is built."""
    record = reference.design_record(file, name)
    frame = reference.table(file, record["dataset"]).copy()
    margins = reference.dataset_record(file, record["dataset"]).get("margins") or {}
    call = r_text.parse(record["r_code"])
    if call.verb == "as.svrepdesign":
        return _replicated(file, name, call, options=options, derive=derive)
    if call.verb != "svydesign":
        raise Unsupported(f"{call.verb} is not a verb of trygghet")
    if "transform(" in call.named.get("data", ""):
        frame["pw"] = next(r["weights"] for r in record.values() if isinstance(r, dict) and "weights" in r)
    frame = derive(frame)
    lonely = LONELY[(options or {}).get("survey.lonely.psu", "fail")]
    units = call.get("ids") or call.get("id") or "~1"
    design = _svydesign(call, frame, lonely)
    if (options or {}).get("survey.ultimate.cluster"):
        design = _first_stage(call, frame.assign(**{"ultimate w": design.weights}), lonely)
    return Sample(design, frame, None, margins, psu=tuple(r_text.terms(units)))


def _replicated(file, name, call, *, options, derive):
    """The design that the replicates were made from, with the replicate weights that R exported."""
    base = sample_of(file, call.args[0], options=options, derive=derive)
    record = reference.dataset_record(file, name)
    weights = reference.table(file, name).to_numpy(dtype=float)
    design = base.design.with_replicates(
        weights,
        scale=record["scale"],
        rscales=np.atleast_1d(record["rscales"]),
        centre="estimate" if r_text.truth(call.named.get("mse")) else "mean",
    )
    return replace(base, design=design)


def _svydesign(call, frame, lonely):
    def columns(*names):
        given = next((call.named[n] for n in names if n in call.named), None)
        found = [] if given is None else [t for t in r_text.terms(given) if t not in {"1", "0"}]
        return found or None

    return SurveyDesign.from_frame(
        frame,
        weights=(columns("weights", "weight") or [None])[0],
        strata=(columns("strata", "strat") or [None])[0],
        psu=columns("ids", "id"),
        population=columns("fpc"),
        nest=r_text.truth(call.named.get("nest")),
        lonely_psu=lonely,
    )


def _first_stage(call, frame, lonely):
    """The same sample as if it had its first stage alone, with the weights of all stages."""
    first = {
        name: "~" + r_text.terms(call.named[name])[0] for name in ("ids", "id", "fpc") if name in call.named
    }
    named = {**call.named, **first, "weights": "~ultimate w"}
    return _svydesign(r_text.Call(call.verb, call.args, named), frame, lonely)


def reweighted(sample, call):
    """The sample after R's rake, calibrate, postStratify or nested calls of them."""
    inner = r_text.parse(call.args[0])
    if inner.verb == "subset" and inner.args[1] == "TRUE":
        inner = r_text.Call("", ("d",))
    if inner.verb:
        sample = reweighted(sample, inner)
    if call.verb == "trimWeights":
        return _trimmed(sample, call)
    weights, projection = _weights(sample, call)
    start = sample.design
    if start.replicates is not None:
        return _recalibrated(sample, call, weights)
    design = start.with_weights(weights, projection=projection)
    return replace(sample, design=design, weights=weights, projection=projection)


def _trimmed(sample, call):
    """Weights, and those of every replicate, cut at R's bounds."""
    cap = WeightCap(float(call.get("upper", 1, "inf")), float(call.get("lower", 2, "0")))
    strict = r_text.truth(call.named.get("strict"))
    start = sample.weights if sample.weights is not None else "design"
    weights = trim_weights(sample.design, cap, start=start, strict=strict)
    old = sample.design.replicates
    design = sample.design.with_weights(weights, projection=sample.projection)
    if old is not None:
        matrix = trim_replicates(old.matrix(design.n), cap, strict=strict)
        design = design.with_replicates(matrix, scale=old.scale, rscales=old.rscales, centre=old.centre)
    return replace(sample, design=design, weights=weights)


def _recalibrated(sample, call, weights):
    """Every replicate calibrated to the same margins as the sample."""
    margins, method = _margins(sample, call)
    old = sample.design.replicates
    matrix = old.matrix(sample.design.n)
    factors = calibrate_replicates(
        sample.design, margins, matrix, method=method, tolerance=1e-13, max_iterations=2000
    )
    design = sample.design.with_weights(weights).with_replicates(
        factors.apply(matrix), scale=old.scale, rscales=old.rscales, centre=old.centre
    )
    return replace(sample, design=design, weights=weights)


def _margins(sample, call):
    if call.verb == "calibrate":
        return Margins.from_dict(_model_totals(sample, call)), r_text.text(
            call.named.get("calfun", "'linear'")
        )
    if call.verb == "postStratify":
        return Margins.from_dict(
            _table(sample, r_text.terms(call.get("strata", 1)), call.get("population", 2))
        ), "raking"
    margins = {}
    formulas = r_text.parse(call.get("sample.margins", 1)).args
    for formula, table in zip(formulas, r_text.parse(call.get("population.margins", 2)).args, strict=True):
        margins |= _table(sample, r_text.terms(formula), table)
    return Margins.from_dict(margins), "raking"


def _weights(sample, call):
    start = sample.weights if sample.weights is not None else "design"
    if call.verb == "rake":
        control = r_text.parse(call.get("control", 3, "list()"))
        margins = {}
        formulas = r_text.parse(call.get("sample.margins", 1)).args
        tables = r_text.parse(call.get("population.margins", 2)).args
        for formula, table in zip(formulas, tables, strict=True):
            margins |= _table(sample, r_text.terms(formula), table)
        # R's default stops when no cell changes by a whole person: here, when no margin is off by one in its smallest category
        smallest = min(total for table in margins.values() for total in table.values())
        weights = rake(
            sample.design,
            Margins.from_dict(margins),
            start=start,
            tolerance=1e-13 if "epsilon" in control.named else 1 / smallest,
            max_iterations=5000,
        )
        return weights, "sequential"
    if call.verb == "postStratify":
        margins = _table(sample, r_text.terms(call.get("strata", 1)), call.get("population", 2))
        return poststratify(sample.design, Margins.from_dict(margins), start=start), "joint"
    if call.verb == "calibrate":
        return _calibrate(sample, call, start), "joint"
    raise Unsupported(f"{call.verb}() is not a verb of trygghet")


def _calibrate(sample, call, start):
    if r_text.truth(call.named.get("force")):
        raise Unsupported(
            "force=TRUE accepts weights that miss the margins; trygghet refuses them (a choice)"
        )
    method = r_text.text(call.named.get("calfun", "'linear'")).removeprefix("cal.")
    if method not in {"linear", "raking", "logit", "sinh"}:
        raise Unsupported(f"distance {method} is not built")
    bounds = call.named.get("bounds")
    margins = Margins.from_dict(_model_totals(sample, call))
    cut = None if bounds is None else tuple(r_text.vector(bounds.replace("list(", "c(")))
    how = {"method": method, "start": start, "bounds": cut, "tolerance": 1e-12}
    if "aggregate.stage" in call.named:
        unit = sample.psu[int(call.named["aggregate.stage"]) - 1]
        return calibrate_households(sample.design, margins, household=unit, **how)
    return calibrate(sample.design, margins, max_iterations=1000, **how)


def _table(sample, names, source):
    """Population table of one margin, by the names that R's call gives."""
    if source.startswith("data.frame(xtabs("):
        source = "ps_partial"
    scaled = re.fullmatch(r"transform\((\w+),Freq=Freq\*(\d+)\)", source)
    if scaled or source in reference.totals():
        rows = reference.totals()[scaled[1] if scaled else source]
        rows = [row | {"Freq": row["Freq"] * int(scaled[2])} for row in rows] if scaled else rows
        if len(names) == 1:
            return {names[0]: {row[names[0]]: row["Freq"] for row in rows}}
        return {tuple(names): {tuple(row[n] for n in names): row["Freq"] for row in rows}}
    if len(names) == 1 and names[0] in sample.margins:
        levels = list(sample.frame[names[0]].cat.categories)
        values = sample.margins[names[0]]
        totals = [values[level] for level in levels] if isinstance(values, dict) else values
        return {names[0]: dict(zip(levels, totals, strict=True))}
    raise Unsupported(f"population table {source!r} is not known")


def _model_totals(sample, call):
    """Totals of a model formula: categories by differences from the total, numeric variables as they stand."""
    source = call.get("population", 2)
    names = r_text.terms(call.get("formula", 1))
    if source in reference.totals():
        given = dict(reference.totals()[source])
        whole = given.pop("(Intercept)")
        margins = {}
        for name in names:
            if isinstance(sample.frame[name].dtype, pd.CategoricalDtype):
                levels = list(sample.frame[name].cat.categories)
                known = {level: given[f"{name}{level}"] for level in levels[1:]}
                margins[name] = {levels[0]: whole - sum(known.values()), **known}
            else:
                margins[name] = given[name]
        return margins
    margins = {}
    for name in names:
        margins |= _table(sample, [name], source="")
    return margins


def exact(frame, values):
    return np.asarray(frame[values], dtype=float)
