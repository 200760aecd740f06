# Golden figures for the ordinal model, by R's survey package (svyolr) on its public tables apistrat and apiclus1
# (tests/oracle/r_survey/data).
# Run from the repository root:  Rscript tests/backtests/ordinal.R > tests/backtests/ordinal.json
# The outcome is api00 cut at 600, 700 and 800. BFGS is run to its limit and the Hessian's step is small, so that R's figures are good to 1e-7.
suppressPackageStartupMessages({library(survey); library(MASS); library(jsonlite)})
data(api)
cut4 <- function(d) cut(d$api00, c(-Inf, 600, 700, 800, Inf), labels = c("a", "b", "c", "d"))
apistrat$level <- cut4(apistrat); apiclus1$level <- cut4(apiclus1)
strat <- svydesign(ids = ~1, strata = ~stype, weights = ~pw, data = apistrat, fpc = ~fpc)
clus <- svydesign(ids = ~dnum, weights = ~pw, data = apiclus1, fpc = ~fpc)
population <- c(`(Intercept)` = nrow(apipop), stypeH = sum(apipop$stype == "H"), stypeM = sum(apipop$stype == "M"), `sch.wideYes` = sum(apipop$sch.wide == "Yes"))
calibrated <- calibrate(clus, ~stype + sch.wide, population, calfun = "raking", epsilon = 1e-12, maxit = 200)
fitted <- function(design) {
  fit <- svyolr(level ~ meals + ell + stype, design, control = list(reltol = 1e-15, maxit = 5000, ndeps = rep(1e-5, 7)))
  list(names = names(coef(fit, intercept = TRUE)), coefficients = unname(c(fit$coefficients, fit$zeta)), covariance = unname(fit$var), df = fit$df.residual)
}
result <- list(
  made_with = list(r = R.version.string, survey = as.character(packageVersion("survey"))),
  population = list(stype = as.list(table(apipop$stype)), sch.wide = as.list(table(apipop$sch.wide))),
  stratified = fitted(strat), clustered = fitted(clus), calibrated = fitted(calibrated),
  domain = fitted(subset(strat, sch.wide == "Yes"))
)
cat(toJSON(result, digits = NA, auto_unbox = TRUE, dataframe = "columns", pretty = TRUE), "\n")
