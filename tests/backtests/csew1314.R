# Golden figures for examples/csew1314, by R's survey package. Figures only: no row of the data leaves this script.
# Run from the repository root:  Rscript tests/backtests/csew1314.R  > tests/backtests/csew1314.json
# Data: csew1314teachingopen.sav (UK Data Service SN 8011) in $TRYGGHET_SHARED/data/csew1314, default ../shared.
suppressPackageStartupMessages({library(survey); library(foreign); library(jsonlite)})
shared <- Sys.getenv("TRYGGHET_SHARED", "../shared")
raw <- suppressWarnings(read.spss(file.path(shared, "data", "csew1314", "csew1314teachingopen.sav"),
                                  use.value.labels = FALSE, to.data.frame = TRUE, use.missings = FALSE))
names(raw) <- tolower(names(raw))
share <- function(x, counts, base) ifelse(x %in% base, as.numeric(x %in% counts), NA)
often <- c("wburgl", "wmugged", "wcarstol", "wfromcar", "wraped", "wattack", "wraceatt")
items <- data.frame(
  problem_nedskrapning = share(raw$rubbcomm, 1:2, 1:4),
  problem_skadegorelse = share(raw$vandcomm, 1:2, 1:4),
  problem_forfall = share(raw$poorhou, 1:2, 1:4),
  otrygg_kvall = share(raw$walkdark, 3:4, 1:4),
  otrygg_dag = share(raw$walkday, 3:4, 1:4),
  otrygg_hemma = share(raw$homealon, 3:4, 1:4),
  utsatt_brott = share(raw$bcsvictim, 1, 0:1)
)
worry <- as.data.frame(lapply(raw[often], share, counts = 1:2, base = 1:4))
names(worry) <- paste0("oro_", c("inbrott", "ran", "bilstold", "stold_ur_bil", "valdtakt", "overfall", "hatbrott"))
items <- cbind(items, worry)
naive <- as.data.frame(lapply(raw[c("rubbcomm", often)], function(x) ifelse(x %in% 1:5, as.numeric(x %in% 1:2), NA)))
data <- cbind(items, weight = raw$indivwgtx,
              imd = raw$edeprivex, alder7 = raw$agegrp7, kon = raw$sex, tatort = raw$rural2)
design <- svydesign(ids = ~1, weights = ~weight, data = data)

one <- function(name, by = NULL) {
  formula <- as.formula(paste0("~", name))
  cells <- if (is.null(by)) list(Alla = design) else
    setNames(lapply(sort(unique(data[[by]])), function(g) subset(design, !is.na(design$variables[[by]]) & design$variables[[by]] == g)),
             sort(unique(data[[by]])))
  do.call(rbind, lapply(names(cells), function(domain) {
    here <- cells[[domain]]
    fit <- svymean(formula, here, na.rm = TRUE)
    x <- here$variables[[name]]
    data.frame(item = name, by = ifelse(is.null(by), "", by), domain = domain, estimate = as.numeric(coef(fit)),
               standard_error = as.numeric(SE(fit)), n = sum(!is.na(x)), numerator = sum(x, na.rm = TRUE))
  }))
}
cells <- do.call(rbind, c(lapply(names(items), one), lapply(names(items), one, by = "imd"),
                          list(one("utsatt_brott", "alder7"), one("otrygg_kvall", "kon"), one("problem_nedskrapning", "tatort"))))

# Joint covariance of shares with item nonresponse: ratios with their own denominators.
joint <- function(names) {
  d <- design
  for (name in names) {
    d$variables[[paste0("y_", name)]] <- ifelse(is.na(d$variables[[name]]), 0, d$variables[[name]])
    d$variables[[paste0("b_", name)]] <- as.numeric(!is.na(d$variables[[name]]))
  }
  y <- as.formula(paste("~", paste0("y_", names, collapse = "+")))
  b <- as.formula(paste("~", paste0("b_", names, collapse = "+")))
  fit <- svyratio(y, b, d, covmat = TRUE)
  k <- length(names)
  keep <- (seq_len(k) - 1) * k + seq_len(k)
  list(items = names, covariance = unname(vcov(fit)[keep, keep]))
}
# "xlogit" is the logit interval in closed form; "logit" fits a model to its own tolerance.
logit <- function(name, domain) {
  # degrees of freedom: those with an answer in the domain
  here <- subset(design, !is.na(design$variables$imd) & design$variables$imd == domain & !is.na(design$variables[[name]]))
  fit <- svyciprop(as.formula(paste0("~", name)), here, method = "xlogit", df = degf(here))
  data.frame(item = name, domain = domain, ci_low = confint(fit)[1], ci_high = confint(fit)[2], dof = degf(here))
}
result <- list(
  made_with = list(r = R.version.string, survey = as.character(packageVersion("survey"))),
  rows = nrow(data), sum_of_weights = sum(data$weight),
  victims_by_age = as.numeric(tapply(raw$bcsvictim, raw$agegrp7, sum)),
  victims_unweighted = mean(raw$bcsvictim),
  cells = cells,
  joint = list(joint(names(items)[1:3]), joint(names(worry))),
  logit = do.call(rbind, lapply(1:5, function(g) logit("problem_nedskrapning", g))),
  with_code_5 = list(item = c("rubbcomm", often), estimate = as.numeric(sapply(naive, function(x) weighted.mean(x, data$weight, na.rm = TRUE))))
)
cat(toJSON(result, digits = NA, auto_unbox = TRUE, dataframe = "columns", pretty = TRUE), "\n")
