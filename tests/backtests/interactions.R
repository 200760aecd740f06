# Golden figures for models with products of predictors, by R's survey package (svyglm, regTermTest) on its public tables apistrat and
# apiclus1 (tests/oracle/r_survey/data).
# Run from the repository root:  Rscript tests/backtests/interactions.R > tests/backtests/interactions.json
# glm is run to epsilon 1e-14, so that R's figures are good to rounding, but for the covariance of logistic and Poisson models, which
# svyglm takes from the step before the last.
suppressPackageStartupMessages({library(survey); library(jsonlite)})
data(api)
designs <- list(
  strat = svydesign(ids = ~1, strata = ~stype, weights = ~pw, data = apistrat, fpc = ~fpc),
  clus = svydesign(ids = ~dnum, weights = ~pw, data = apiclus1, fpc = ~fpc)
)
population <- c(`(Intercept)` = nrow(apipop), stypeH = sum(apipop$stype == "H"), stypeM = sum(apipop$stype == "M"), `sch.wideYes` = sum(apipop$sch.wide == "Yes"))
designs$calibrated <- calibrate(designs$clus, ~stype + sch.wide, population, calfun = "linear")
designs$domain <- subset(designs$strat, stype != "E")
tight <- list(epsilon = 1e-14, maxit = 200)
fitted <- function(design, formula, family, term) {
  design <- designs[[design]]
  fit <- svyglm(formula, design, family = family, control = tight)
  found <- regTermTest(fit, term)
  known <- !is.na(coef(fit))
  list(names = names(coef(fit))[known], coefficients = unname(coef(fit)[known]), covariance = unname(vcov(fit)[known, known, drop = FALSE]), df = fit$df.residual,
       term = c(F = as.numeric(found$Ftest), df = found$df, ddf = found$ddf, p = as.numeric(found$p)))
}
cases <- list(
  "strat|api00|stype*sch.wide|linear" = fitted("strat", api00 ~ stype * sch.wide, gaussian(), ~stype:sch.wide),
  "strat|api00|meals*stype|linear" = fitted("strat", api00 ~ meals * stype, gaussian(), ~meals:stype),
  "strat|api00|meals:stype|linear" = fitted("strat", api00 ~ meals:stype, gaussian(), ~meals:stype),
  "strat|api00|ell + meals:ell|linear" = fitted("strat", api00 ~ ell + meals:ell, gaussian(), ~ell:meals),
  "strat|api00|stype + sch.wide:meals|linear" = fitted("strat", api00 ~ stype + sch.wide:meals, gaussian(), ~sch.wide:meals),
  "clus|api00|meals*ell|linear" = fitted("clus", api00 ~ meals * ell, gaussian(), ~meals:ell),
  "strat|api00|meals*sch.wide*comp.imp|linear" = fitted("strat", api00 ~ meals * sch.wide * comp.imp, gaussian(), ~meals:sch.wide:comp.imp),
  "calibrated|api00|meals*sch.wide|linear" = fitted("calibrated", api00 ~ meals * sch.wide, gaussian(), ~meals:sch.wide),
  "domain|api00|meals*stype|linear" = fitted("domain", api00 ~ meals * stype, gaussian(), ~meals:stype),
  "strat|high|meals*sch.wide|logistic" = fitted("strat", I(api00 > 650) * 1 ~ meals * sch.wide, quasibinomial(), ~meals:sch.wide),
  "clus|high|meals*awards|logistic" = fitted("clus", I(api00 > 650) * 1 ~ meals * awards, quasibinomial(), ~meals:awards),
  "strat|api.stu|meals*stype|poisson" = fitted("strat", api.stu ~ meals * stype, quasipoisson(), ~meals:stype)
)
result <- list(
  made_with = list(r = R.version.string, survey = as.character(packageVersion("survey"))),
  population = list(stype = as.list(table(apipop$stype)), sch.wide = as.list(table(apipop$sch.wide))),
  cases = cases
)
cat(toJSON(result, digits = NA, auto_unbox = TRUE, dataframe = "columns", pretty = TRUE), "\n")
