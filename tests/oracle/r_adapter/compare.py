"""Compares figures with R's serialised results, and classes every case: matched, listed with a reason, or differing."""

import re
from dataclasses import dataclass

import numpy as np

from r_adapter import reference
from r_adapter.r_text import Unsupported
from r_adapter.verbs import Runner
from trygghet.errors import TrygghetError

RTOL = 1e-8
FIGURE_NOISE = 1e-14
"""What is left of a figure that cancels to zero, relative to the figures that cancel: some sixty roundings of a double."""
ERROR_NOISE = 1e-12
"""What is left of a standard error that is zero (a calibrated total), relative to the figure: R's rake leaves up to 2e-13."""


@dataclass(frozen=True)
class Outcome:
    """How one case went."""

    case: str
    task: str
    verb: str
    kind: str  # matched | listed | differs
    reason: str = ""


def outcome_of(file, case):
    verb = case["call"].get("verb", case["call"].get("text", "?"))
    kind, reason = _judged(file, case)
    return Outcome(case["id"], case["task"], verb, kind, reason)


def _judged(file, case):  # noqa: PLR0911 -- one return a verdict
    expected = case["result"]
    refused = expected["class"] == "error"
    try:
        runner = Runner(file, case)
        figures = runner.run()
    except Unsupported as listed:
        return "listed", str(listed)
    except TrygghetError as error:
        if refused:
            return "matched", f"refused, as in R ({error.code})"
        if error.code == "URV-03":
            return (
                "listed",
                "a lonely unit is refused for the whole sample, also where the domain leaves it out (a choice)",
            )
        if error.code == "VIKT-06":
            return "listed", "margins that sum to different populations are refused (a choice)"
        return "differs", f"{error.code}: {error}"
    if refused:
        return (
            "listed",
            f"R stops with its own error ({expected['message'][:60]}); trygghet gives the figures",
        )
    problems = differences(figures, expected)
    if not problems:
        return "matched", runner.how
    if runner.tie:
        return "listed", runner.tie
    return _explained(runner, figures, expected) or ("differs", "; ".join(problems))


def _explained(runner, figures, expected):
    """Differences that are a choice, recognised by what the call asks for and by R's own figures."""
    case = runner.case
    if _later_version(case, figures):
        return "matched", "as R survey 4.5, which corrected 4.1"
    if near := _nearly(runner, figures, expected):
        return "listed", near
    values = np.asarray(figures.get("estimate", np.nan), dtype=float).ravel()
    if case["call"]["verb"] == "regTermTest" and np.isclose(
        figures.get("F", np.nan), expected.get("F", np.nan), rtol=1e-6
    ):
        return (
            "listed",
            "a Wald test on R's covariance of the step before its last, within 1e-6 of the converged one (R defect)",
        )
    if case["call"]["verb"] == "svyglm" and _as_far_as_r_iterated(figures, expected):
        return (
            "listed",
            "same coefficients; R's covariance is that of the step before its last, within 1e-6 of the converged one (R defect)",
        )
    if case["call"]["verb"] in {"svyciprop", "svyby"} and ((values <= 0) | (values >= 1)).any():
        rest = {k: np.asarray(v, dtype=float).ravel() for k, v in figures.items()}
        inner = (values > 0) & (values < 1)
        kept = {k: v[inner] for k, v in rest.items() if v.shape == values.shape}
        theirs = {k: _find(expected, k) for k in kept}
        same = all(
            np.allclose(kept[k], theirs[k][inner], rtol=RTOL, equal_nan=True)
            for k in kept
            if theirs[k] is not None
        )
        if same:
            return (
                "listed",
                "at 0 and 1 Korn-Graubard limits with an average design effect; R gives NaN or an unconverged logit (R defect)",
            )
    return None


def _nearly(runner, figures, expected):
    """Why R's figures are near ours and not the same, where its own algorithm stops early."""
    case = runner.case
    text = f"{case.get('pre') or ''} {case['expr']}"
    if "rake(" in text and "epsilon" not in text and _all_close(figures, expected, rtol=1e-5):
        return "R's rake() stopped when no cell changed by a person (its default); its residuals go by weights between margins"
    if case["call"]["verb"] == "regTermTest" and "chisq" in figures and _all_close(figures, expected, 1e-6):
        return "a likelihood ratio test by R's covariance of the step before its last and a root found to 1e-8 (R defect)"
    replicated = "design" in case and runner.sample.design.replicates is not None
    if "rake(" in text and replicated and _all_close(figures, expected, 1e-7):
        return "R's rake() stops all replicates when the whole sample is on target; its own figures move by 1e-8 when it goes on"
    if "likelihood" in case["call"].get("named", {}).get("method", "") and _all_close(
        figures, expected, 1e-5
    ):
        return "R scales the likelihood by working weights of the step before its last; limits within 1e-5 (R defect)"
    return None


def _all_close(figures, expected, rtol):
    theirs = {key: _find(expected, key) for key in figures}
    return all(
        np.allclose(np.asarray(figures[key], dtype=float).ravel(), theirs[key], rtol=rtol, atol=1e-12)
        for key in figures
        if theirs[key] is not None and theirs[key].shape == np.asarray(figures[key]).ravel().shape
    )


def _as_far_as_r_iterated(figures, expected):
    """Whether coefficients agree to 1e-8 and their standard errors to 1e-6."""
    theirs = {key: _find(expected, key) for key in ("estimate", "se")}
    return np.allclose(figures["estimate"], theirs["estimate"], rtol=RTOL) and np.allclose(
        figures["se"], theirs["se"], rtol=1e-6
    )


def _later_version(case, figures):
    """Whether every figure is R 4.5's where the versions of R survey differ."""
    record = reference.version_sensitive().get(case["id"])
    if not record or "vcov" not in record[1] or "vcov" not in figures:
        return False
    places = [int(p) for p in re.findall(r"\[(\d+)\]", record[1])]
    mine = np.asarray(figures["vcov"])
    mine = mine[tuple(places)] if len(places) == mine.ndim else mine.ravel()[places[0]]
    return bool(np.isclose(mine, float(record[3]), rtol=RTOL))


def differences(figures, expected):
    """Figures that are not within 1e-8 of R's, with the size of the difference; figures that cancel to zero, within rounding."""
    problems = []
    compared = 0
    for key, given in figures.items():
        theirs = _find(expected, key.removesuffix(" sorted"))
        if theirs is not None and key.endswith(" sorted"):
            theirs = np.sort(theirs)
        if theirs is None:
            continue
        compared += 1
        mine = np.asarray(given, dtype=float).ravel()
        if key == "vcov" and theirs.shape != mine.shape:
            continue
        if mine.shape != theirs.shape:
            problems.append(f"{key}: {mine.size} figures for {theirs.size}")
            continue
        close = np.isclose(mine, theirs, rtol=RTOL, atol=_rounding(key, expected), equal_nan=True)
        if not close.all():
            gaps = np.abs(mine - theirs)[~close] / np.maximum(np.abs(theirs[~close]), 1e-300)
            worst = float(np.nan_to_num(gaps, nan=np.inf).max())
            problems.append(f"{key}: {int((~close).sum())} of {close.size} differ, by {worst:.2g}")
    if not compared:
        problems.append("nothing was compared")
    return problems


def _rounding(key, expected):
    """How far rounding alone takes a figure from R's: it counts where R's figure is zero or nearly so, and below 1e-8 elsewhere.

    A standard error that is zero in theory (a calibrated margin, a stratified share) is a sum of residuals as large as the
    figure. A covariance with such a figure has that noise times the other's standard error, and R's sum of squares leaves one
    rounding of the figure squared (a stratum's own share: 1e-18 where 0 is exact).
    """
    scale = _scale(expected)
    if key == "vcov":
        errors = np.sqrt(np.abs(np.diag(_square(_find(expected, "vcov"))))) + ERROR_NOISE * scale
        return (ERROR_NOISE * scale * (errors[:, None] + errors)).ravel() + np.finfo(float).eps * scale**2
    if key in {"se", "table.se"}:
        return ERROR_NOISE * scale
    return FIGURE_NOISE * scale


def _square(values):
    size = round(values.size**0.5)
    return values.reshape(size, size) if size * size == values.size else np.diag(values)


def _scale(expected):
    values = expected.get("estimate") or expected.get("ratio")
    if isinstance(values, dict):
        values = values["values"]
    if values is None:
        return 0.0
    finite = np.abs(_floats(values))
    finite = finite[np.isfinite(finite)]
    return float(finite.max()) if finite.size else 0.0


def _find(expected, key):
    if key.startswith("table."):
        column = key.split(".", 1)[1]
        rows = expected.get("table")
        return None if rows is None else _floats([row[column] for row in rows])
    value = expected
    for part in key.split("."):
        part = part.replace("\0", ".")  # noqa: PLW2901
        value = value.get(part) if isinstance(value, dict) else None
    if isinstance(value, dict) and "values" in value:
        value = value["values"]
    return None if value is None else _floats(value)


def _floats(value):
    return np.array([np.nan if v in ("NaN", "NA", None) else float(v) for v in _flat(value)])


def _flat(value):
    if isinstance(value, list):
        for inner in value:
            yield from _flat(inner)
    else:
        yield value


def all_outcomes():
    return [outcome_of(file, case) for file, case in reference.cases()]
