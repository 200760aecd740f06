"""R's calls for tests and models."""

import numpy as np

from r_adapter import r_text
from r_adapter.r_text import Unsupported
from trygghet.estimate.regression import mean_difference_test, regression

FAMILIES = {"quasibinomial()": "logistic", "quasipoisson()": "poisson", "gaussian()": "linear"}


class Models:
    """The part of a runner that answers for tests and models."""

    def _fitted(self, call):
        formula = call.get("formula", 0)
        sample = self._subset(call.get("design", 1))
        family = FAMILIES[call.named.get("family", "gaussian()").replace(" ", "")]
        return regression(
            sample.design, r_text.response(formula), r_text.terms(formula), family=family, where=sample.where
        )

    def _svyglm(self, call):
        if "epsilon=1e-14" not in call.named.get("control", "") and "family" in call.named:
            raise Unsupported("a logistic model with R's default tolerance of 1e-8 (ours iterates to 1e-13)")
        fit = self._fitted(call)
        frame = fit.to_frame()
        return {
            "estimate": fit.values,
            "se": fit.standard_errors,
            "vcov": fit.covariance,
            "t": frame["t"],
            "p": frame["p_value"],
            "df_residual": np.array([fit.dof]),
        }

    def _regtermtest(self, call):
        fit = self._fitted(r_text.parse(self.case["pre"].split("<-", 1)[1]))
        (term,) = r_text.terms(call.args[1])
        if r_text.text(call.named.get("method", "'Wald'")) == "LRT":
            found = fit.test_term(term, method="likelihood-ratio-saddlepoint")
            return {
                "chisq": found.statistic,
                "df": found.numerator_dof,
                "ddf": found.dof,
                "p": found.p_value,
                "lambda": np.array(found.design_effects),
            }
        found = fit.test_term(term)
        return {"F": found.statistic, "df": found.numerator_dof, "ddf": found.dof, "p": found.p_value}

    def _svyttest(self, call):
        sample = self._subset(call.get("design", 1))
        outcome, (group,) = r_text.response(call.args[0]), r_text.terms(call.args[0])
        found = mean_difference_test(sample.design, outcome, group, where=sample.where)
        return {"statistic": found.statistic, "parameter": np.array([found.dof]), "p": found.p_value}
