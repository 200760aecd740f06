"""From R's estimation calls to verbs of trygghet, giving figures under the names of R's results."""

import re

import numpy as np
import pandas as pd
from scipy import stats

from r_adapter import designs, r_text, reference
from r_adapter.models import Models
from r_adapter.r_text import Unsupported
from trygghet import estimate
from trygghet.design import ReplicateOptions, hadamard
from trygghet.estimate.association import association
from trygghet.estimate.mixtures import mixture_tail, saddlepoint_tail

WEIGHTING = {"rake", "calibrate", "postStratify", "trimWeights"}
CHISQ = {
    "F": "rao-scott-f",
    "Chisq": "rao-scott-chi2",
    "lincom": "rao-scott-mixture",
    "saddlepoint": "rao-scott-saddlepoint",
    "Wald": "wald",
    "adjWald": "adjusted-wald",
}
CI_METHODS = {
    "logit": "logit",
    "xlogit": "logit",
    "mean": "t",
    "asin": "arcsine",
    "beta": "beta",
    "likelihood": "likelihood",
}


class Runner(Models):
    """Runs one case."""

    def __init__(self, file, case):
        self.file, self.case = file, case
        self.tie = ""
        self.how = ""

    def run(self):
        call = r_text.of(self.case["call"])
        pre = [
            r_text.Call(p["verb"], tuple(p["args"]), dict(p["named"]))
            for p in self.case.get("pre_calls", [])
            if "verb" in p
        ]
        if "design" not in self.case:
            return self.do(call)
        self.updates = [p for p in pre if p.verb == "update"]
        self.sample = self._sample()
        for step in pre:
            if step.verb == "svystandardize":
                return self._standardised(step, call)
            if step.verb == "trimWeights" and "longer object length" in str(self.case.get("warnings")):
                raise Unsupported(
                    "trimWeights() of replicates adds arrays of other lengths, as its own warning says (R defect)"
                )
            if step.verb in WEIGHTING:
                self.sample = designs.reweighted(self.sample, step)
            elif step.verb not in {"update", "svyglm"}:
                raise Unsupported(f"{step.verb}() is not a verb of trygghet")
        return self.do(call)

    def do(self, call):
        if not call.verb and call.args == ("d",):
            return self._as_svrepdesign(
                r_text.parse(reference.design_record(self.file, self.case["design"])["r_code"])
            )
        handler = getattr(self, f"_{call.verb.replace('.', '_').lower()}", None) if call.verb else None
        if handler is None:
            raise Unsupported(f"{call.verb or call.args[0]} is not a verb of trygghet")
        return handler(call)

    # --- the sample ---------------------------------------------------------------------------------------------
    def _sample(self, *, ultimate=False):
        options = (self.case.get("options") or {}) | {"survey.ultimate.cluster": ultimate}
        return designs.sample_of(self.file, self.case["design"], options=options, derive=self._derive)

    def _derive(self, frame):
        """Add a column for every expression that a formula of the case names."""
        for update in self.updates:
            for name, expression in update.named.items():
                frame[name] = r_text.evaluate(expression, frame)
        texts = [self.case["expr"], *(p.get("text", "") for p in self.case.get("pre_calls", []))]
        for response in _responses([*texts, self.case.get("pre") or ""]):
            frame[response] = r_text.evaluate(response, frame).astype(float)
        for formula in _formulas(texts):
            for term in r_text.terms(formula):
                if term in frame.columns or term in {"1", "0"}:
                    continue
                call = r_text.parse(term)
                if call.verb == "interaction":
                    frame[term] = _interaction(frame, call.args)
                elif call.verb == "factor":
                    levels = sorted(frame[call.args[0]].dropna().unique())
                    texts_ = frame[call.args[0]].map(lambda v: f"{v:g}" if pd.notna(v) else None)
                    frame[term] = pd.Categorical(texts_, categories=[f"{v:g}" for v in levels])
                elif call.verb == "I":
                    frame[term] = r_text.evaluate(term, frame).astype(float)
        return frame

    def _subset(self, text):
        """The sample of ``d`` or of ``subset(d, ...)``."""
        call = r_text.parse(text)
        if call.verb == "subset":
            return self.sample.subset(call.args[1])
        if text.strip() != "d":
            raise Unsupported(f"design expression {text!r}")
        return self.sample

    def _items(self, sample, formula):
        """One verb call a term, so that categories and numbers can stand side by side."""
        names = r_text.terms(formula)
        factors = [
            isinstance(sample.frame[n].dtype, pd.CategoricalDtype) or sample.frame[n].dtype == object
            for n in names
        ]
        return names, factors

    # --- estimation ---------------------------------------------------------------------------------------------
    def _estimates(self, sample, formula, *, total=False, by=None):
        names, factors = self._items(sample, formula)
        items = []
        for name, factor in zip(names, factors, strict=True):
            if factor:
                items.extend(estimate.items.categories_of(sample.design.columns, name, None))
            else:
                items.append(estimate.items.NumericItem(name))
        kind = "total" if total else "mean"
        return estimate.request.estimate_items(sample.design, items, by=by, where=sample.where, estimand=kind)

    def _svymean(self, call, *, total=False):
        sample = self._subset(call.get("design", 1))
        found = self._estimates(sample, call.get("x", 0), total=total)
        result = _statistics(found, df=_df(self.sample))
        if "deff" in call.named and call.named["deff"] != "FALSE":
            replace = r_text.text(call.named["deff"]) == "replace"
            result["deff"] = found.design_effect if replace else estimate.design_effects(found)
        return result

    def _svytotal(self, call):
        return self._svymean(call, total=True)

    def _svyciprop(self, call):
        sample = self._subset(call.get("design", 1))
        found = self._share(sample, call.get("formula", 0))
        limits = np.array(self._interval(found, call, df=_df(sample))).T.ravel()
        return {"estimate": found.values, "se": found.standard_errors, "ci": limits}

    def _share(self, sample, formula, by=None):
        (term,) = r_text.terms(formula)
        return estimate.proportion(sample.design, term, by=by, where=sample.where)

    def _interval(self, found, call, *, df=None):
        method = r_text.text(call.named.get("method", "'logit'"))
        if method not in CI_METHODS:
            raise Unsupported(f"interval method {method}: not built")
        level = r_text.number(call.named.get("level", "0.95"))
        return (found if df is None else estimate.with_dof(found, df)).interval(level, CI_METHODS[method])

    def _svyby(self, call):
        sample = self._subset(call.get("design", 2))
        by = " * ".join(reversed(r_text.terms(call.get("by", 1))))
        verb = call.get("FUN", 3)
        if verb == "svyciprop":
            found = self._share(sample, call.get("formula", 0), by=by)
            low, high = self._interval(found, call)
            return {"estimate": found.values, "table.ci_l": low, "table.ci_u": high}
        if verb in {"svymean", "svytotal"}:
            found = self._estimates(sample, call.get("formula", 0), total=verb == "svytotal", by=by)
        elif verb == "svyratio":
            top, bottom = r_text.terms(call.get("formula", 0))[0], r_text.terms(call.named["denominator"])[0]
            found = estimate.ratio(sample.design, top, bottom, by=by, where=sample.where)
        else:
            raise Unsupported(f"svyby with {verb}")
        found = found.take(np.flatnonzero(found.n > 0))
        return _statistics(found, df=_df(self.sample))

    def _svyratio(self, call):
        sample = self._subset(call.get("design", 2))
        top, bottom = r_text.terms(call.get("numerator", 0)), r_text.terms(call.get("denominator", 1))
        if r_text.truth(call.named.get("separate")):
            return self._separate(sample, top, bottom)
        found = estimate.ratio(sample.design, top, bottom, where=sample.where)
        result = _statistics(found, df=_df(self.sample))
        return {"ratio": found.values, **{k: v for k, v in result.items() if k != "estimate"}}

    def _standardised(self, step, call):
        (over,), (by,) = r_text.terms(step.named["by"]), r_text.terms(step.named["over"])
        labels = self.sample.frame[over].cat.categories
        shares = dict(zip(labels, r_text.vector(step.named["population"]), strict=True))
        found = estimate.standardised(
            self.sample.design, r_text.terms(call.get("formula", 0)), shares, over=over, by=by
        )
        return _statistics(found, df=_df(self.sample))

    def _separate(self, sample, top, bottom):
        """A ratio in each stratum: the strata are domains."""
        record = r_text.parse(reference.design_record(self.file, self.case["design"])["r_code"])
        (strata,) = r_text.terms(record.named["strata"])
        found = estimate.ratio(sample.design, top, bottom, by=strata, where=sample.where)
        figures = {}
        for place, domain in enumerate(found.cells["domain"]):
            figures[f"items.ratios.items.{domain}.ratio"] = found.values[[place]]
            figures[f"items.ratios.items.{domain}.se"] = found.standard_errors[[place]]
        return figures

    def _svyquantile(self, call):
        sample = self._subset(call.get("design", 1))
        method = r_text.text(call.named.get("interval.type", "'mean'"))
        if method not in CI_METHODS:
            raise Unsupported(
                "score interval of a quantile (root search by R's tolerance 1/(100 sqrt n)): Woodruff's instead (a choice)"
            )
        options = estimate.QuantileOptions(
            rule=r_text.text(call.named.get("qrule", "'math'")), interval=CI_METHODS[method]
        )
        levels = r_text.vector(call.get("quantiles", 2))
        found = estimate.quantile(
            sample.design, r_text.terms(call.get("x", 0)), levels, where=sample.where, options=options
        )
        (name,) = r_text.terms(call.get("x", 0))
        self._no_ties(sample, name, levels)
        low, high = found.interval()
        (name,) = r_text.terms(call.get("x", 0))
        se = found.standard_errors
        return {"by." + name.replace(".", "\0"): np.array([found.values, low, high, se]).T, "se": se}

    def _no_ties(self, sample, name, levels):
        """R decides by rounding which of two values holds a quantile that falls on a cumulative weight."""
        values, weights = sample.frame[name].to_numpy(dtype=float), sample.design.weights
        cumulative = np.cumsum(weights[np.argsort(values)]) / weights.sum()
        gaps = np.abs(cumulative[:, None] - np.array(levels))
        if (gaps < 1e-12).any():
            self.tie = "a quantile that falls exactly on a cumulative weight: R's value hangs on rounding, ours is the lower one"

    def _svyvar(self, call):
        sample = self._subset(call.get("design", 1))
        found = estimate.spread(sample.design, r_text.terms(call.get("x", 0)), where=sample.where)
        return _statistics(found, df=_df(self.sample))

    def _svychisq(self, call):
        sample = self._subset(call.get("design", 1))
        statistic = r_text.text(call.named.get("statistic", "'F'"))
        if statistic == "lincom" and "CompQuadForm' not found" in str(self.case.get("warnings")):
            statistic = "saddlepoint"
            self.how = "R had no CompQuadForm and says that it took the saddle point instead; "
        row, column = r_text.terms(call.get("formula", 0))
        found = association(sample.design, row, column, where=sample.where, method=CHISQ[statistic])
        if statistic in {"lincom", "saddlepoint"}:
            return self._mixture(found, statistic)
        parameters = [found.numerator_dof] if statistic == "Chisq" else [found.numerator_dof, found.dof]
        return {
            "statistic": np.array([found.statistic]),
            "p": np.array([found.p_value]),
            "parameter": np.array(parameters),
        }

    def _mixture(self, found, statistic):
        """R's tails take the whole number below the denominator's degrees of freedom, but not in its mean."""
        whole = np.ceil(found.dof - 1e-9) - 1
        tail = mixture_tail if statistic == "lincom" else saddlepoint_tail
        self.how += (
            "R drops the fraction of the denominator's degrees of freedom: the same tail with whole ones"
        )
        p = tail(found.statistic * whole / found.dof, found.design_effects, whole)
        return {"statistic": np.array([found.statistic]), "p": np.array([p])}

    def _svytable(self, call):
        sample = self._subset(call.get("design", 1))
        names = r_text.terms(call.get("formula", 0))
        found = estimate.count(sample.design, names[0], by=names[1], where=sample.where)
        order = found.cells.sort_values("domain", kind="stable").index.to_numpy()
        values = found.values[order]
        if "Ntotal" in call.named:
            values = values / values.sum() * r_text.number(call.named["Ntotal"])
        return {"table.Freq": values}

    def _svycontrast(self, call):
        inner = r_text.parse(call.args[0])
        combination = call.args[1]
        if combination.startswith("quote("):
            top, bottom = r_text.parse(combination).args[0].split("/")
            sample = self._subset(inner.args[1])
            return _statistics(
                estimate.ratio(sample.design, top, bottom, where=sample.where), df=_df(self.sample)
            )
        found = self._estimates(self._subset(inner.args[1]), inner.args[0], total=inner.verb == "svytotal")
        vector = r_text.parse(combination)
        numbers = (
            vector.named["balance"] if vector.verb == "list" and "balance" in vector.named else combination
        )
        return _statistics(
            estimate.contrast(found, {"contrast": r_text.vector(numbers)}), df=_df(self.sample)
        )

    def _local(self, call):
        """The battery's difference of the first two domains, or a test with ultimate clusters, written out in R."""
        body = call.args[0]
        if "survey.ultimate.cluster=TRUE" in body:
            start = body.index("svychisq(")
            self.sample = self._sample(ultimate=True)
            return self._svychisq(r_text.parse(body[start:][: _closing(body[start:])]))
        if "k[1]<-1;k[2]<- -1" not in body:
            raise Unsupported("local block that is not read")
        start = body.index("svyby(") if "svyby(" in body else None
        text = body[start:] if start is not None else self.case["pre"].split('"')[1]
        by = r_text.parse(text[: _closing(text)])
        sample = self._subset(by.get("design", 2))
        cells = " * ".join(reversed(r_text.terms(by.get("by", 1))))
        found = self._estimates(sample, by.get("formula", 0), by=cells)
        first, second = found.cells["domain"].iloc[:2]
        return _statistics(estimate.difference(found, first, versus=second), df=_df(self.sample))

    def _degf(self, call):
        sample = self._subset(call.args[0])
        return {"values": np.array([_df(sample)])}

    def _hadamard(self, call):
        """R writes 0 for -1."""
        return {"m": (1 + hadamard(int(call.args[0]))) / 2}

    def _as_svrepdesign(self, call):
        """Replicates that follow from the design alone are made here; random ones are R's own draws."""
        kind = r_text.text(call.named["type"])
        if kind not in {"JK1", "JKn", "BRR", "Fay"}:
            raise Unsupported(f"as.svrepdesign {kind}: R's own draws; estimates use R's exported weights")
        base = (
            self.sample
            if self.sample.design.replicates is None
            else designs.sample_of(self.file, call.args[0], options=None, derive=lambda frame: frame)
        )
        options = ReplicateOptions(rho=float(call.named.get("fay.rho", "0")))
        made = base.design.resampled(kind.lower(), options=options).replicates
        matrix = made.matrix(base.design.n)
        rscales = np.sort(made.rscales)
        order = np.lexsort(((matrix**2).sum(axis=0), matrix.sum(axis=0)))
        halves = {"first_rows": matrix[:8, :40]} if kind in {"BRR", "Fay"} else {}
        return halves | {
            "scale": np.array([made.scale]),
            "rscales sorted": rscales,
            "rep_sums sorted": np.sort(matrix.sum(axis=0)),
            "rep_sumsq sorted": np.sort((matrix**2).sum(axis=0)[order]),
            "main.sum": np.array([base.design.weights.sum()]),
        }

    # --- weights ------------------------------------------------------------------------------------------------
    def _weights_of(self, call):
        sample = designs.reweighted(self.sample, call)
        w = sample.design.weights
        summary = {"n": len(w), "sum": w.sum(), "sumsq": (w**2).sum(), "min": w.min(), "max": w.max()}
        wanted = self.case["result"].get("weights", {})
        if "weights" in wanted:
            summary["weights"] = w
        if "first100" in wanted:
            summary |= {"first100": w[:100], "last20": w[-20:]}
        return {f"weights.{key}": np.atleast_1d(value) for key, value in summary.items()}

    _rake = _calibrate = _poststratify = _trimweights = _weights_of


def _closing(text):
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == ")" and not depth:
            return place + 1
    return len(text)


def _formulas(texts):
    found = []
    for text in texts:
        call = r_text.parse(text)
        for part in [*call.args, *call.named.values()] if call.verb else []:
            if part.startswith("~"):
                found.append(part)
            elif part != text and "~" in part and "(" in part:
                found.extend(_formulas([part]))
    return found


def _responses(texts):
    """Outcomes of models that are expressions, such as ``I(x=='Yes')``."""
    return [found for text in texts for found in re.findall(r"(I\([^()]*\))~", text)]


def _interaction(frame, names):
    first, *rest = (frame[name] for name in names)
    levels = [str(v) for v in first.cat.categories]
    texts = first.astype(object)
    for column in rest:
        levels = [f"{a}.{b}" for b in column.cat.categories for a in levels]
        texts = texts.str.cat(column.astype(object), sep=".")
    return pd.Categorical(texts, categories=levels)


def _df(sample):
    """R's degf: clusters less strata among the rows that a subset keeps."""
    if sample.where is None:
        return float(sample.design.dof)
    plan = estimate.ratios.plan_domains(sample.design.variance, np.where(sample.where, 0, -1), 1)
    return float(plan.active(None)[1][0])


def _statistics(found, *, df):
    se = found.standard_errors
    result = {"estimate": found.values, "se": se, "vcov": found.covariance()}
    for key, t in (
        ("ci_df", stats.t.ppf(0.975, df) if df > 0 else np.nan),
        ("ci_normal", stats.norm.ppf(0.975)),
    ):
        result[key] = np.array([found.values - t * se, found.values + t * se]).T
    return result
