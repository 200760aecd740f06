# Golden figures for examples/ess8_sweden, by R's survey package. Figures only: no row of the data leaves this script.
# Run from the repository root:  Rscript tests/backtests/ess8_sweden.R > tests/backtests/ess8_sweden.json
# Data in $TRYGGHET_SHARED/data (default ../shared): ess8_sweden/ESS8SE.dta, scb_population/sweden_popn_all.csv.gz.
# Raking (calfun = "raking") to sex x age band and NUTS 2 of 31 December 2015. Respondents without sex or age belong to the
# cells that they may be in, in proportion to the population.
suppressPackageStartupMessages({library(survey); library(haven); library(jsonlite)})
shared <- file.path(Sys.getenv("TRYGGHET_SHARED", "../shared"), "data")
wanted <- c("idno", "gndr", "agea", "region", "dweight", "aesfdrk", "crmvct", "trstplc", "trstlgl", "ppltrst")
raw <- as.data.frame(zap_labels(read_dta(file.path(shared, "ess8_sweden", "ESS8SE.dta"), encoding = "latin1", col_select = all_of(wanted))))

people <- subset(read.csv(gzfile(file.path(shared, "scb_population", "sweden_popn_all.csv.gz"))), year == 2015)
people$age <- as.integer(sub("[+]", "", people$age))
people <- subset(people, age >= 15)
nuts2 <- c(Stockholm = "SE11", Uppsala = "SE12", Sodermanland = "SE12", Ostergotland = "SE12", Orebro = "SE12", Vastmanland = "SE12",
           Jonkoping = "SE21", Kronoberg = "SE21", Kalmar = "SE21", Gotland = "SE21", Blekinge = "SE22", Skane = "SE22",
           Halland = "SE23", Gotaland = "SE23", Varmland = "SE31", Dalarna = "SE31", Gavleborg = "SE31", Vasternorrland = "SE32",
           Jamtland = "SE32", Vasterbotten = "SE33", Norrbotten = "SE33")
band <- function(age) cut(age, c(15, 30, 50, 65, Inf), right = FALSE, labels = c("15-29", "30-49", "50-64", "65+"))
region_totals <- tapply(people$n, nuts2[people$region], sum)
cell_totals <- tapply(people$n, list(ifelse(people$sex == "Females", 2, 1), band(people$age)), sum)

age <- band(raw$agea); region <- substr(raw$region, 1, 4)
cells <- expand.grid(sex = c("1", "2"), age = levels(age), stringsAsFactors = FALSE)
totals <- mapply(function(s, a) cell_totals[s, a], cells$sex, cells$age)
member <- t(sapply(seq_len(nrow(raw)), function(i) {
  possible <- (is.na(raw$gndr[i]) | cells$sex == as.character(raw$gndr[i])) & (is.na(age[i]) | cells$age == as.character(age[i]))
  ifelse(possible, totals, 0) / sum(totals[possible])
}))
places <- outer(region, names(region_totals), "==") * 1
x <- cbind(member, places[, -1])
colnames(x) <- paste0("x", seq_len(ncol(x)))
share <- function(v, counts, base) ifelse(v %in% base, as.numeric(v %in% counts), NA)
items <- data.frame(otrygg_kvall = share(raw$aesfdrk, 3:4, 1:4), utsatt_inbrott_overfall = share(raw$crmvct, 1, 1:2),
                    fortroende_polis = share(raw$trstplc, 7:10, 0:10), fortroende_rattsvasende = share(raw$trstlgl, 7:10, 0:10),
                    fortroende_andra = share(raw$ppltrst, 7:10, 0:10))
data <- data.frame(items, x, weight = raw$dweight, nuts2 = region, kon = as.character(raw$gndr), alder4 = as.character(age))
start <- svydesign(ids = ~1, weights = ~weight, data = data)
design <- calibrate(start, as.formula(paste("~", paste(colnames(x), collapse = "+"), "- 1")),
                    population = setNames(c(totals, region_totals[-1]), colnames(x)), calfun = "raking", epsilon = 1e-12, maxit = 200)

one <- function(name, by = "") {
  groups <- if (by == "") "Alla" else sort(unique(na.omit(data[[by]])))
  do.call(rbind, lapply(groups, function(g) {
    keep <- !is.na(data[[name]]) & (if (by == "") TRUE else !is.na(data[[by]]) & data[[by]] == g)
    here <- update(design, y = ifelse(keep, data[[name]], 0)) # a missing answer has weight zero, not a missing score
    fit <- svymean(~y, subset(here, keep))
    data.frame(item = name, by = by, domain = g, estimate = as.numeric(coef(fit)), standard_error = as.numeric(SE(fit)), n = sum(keep))
  }))
}
figures <- do.call(rbind, c(lapply(names(items), one), lapply(names(items), one, by = "nuts2"),
                            lapply(names(items), one, by = "kon"), list(one("otrygg_kvall", "alder4"))))
final <- weights(design)
result <- list(
  made_with = list(r = R.version.string, survey = as.character(packageVersion("survey"))),
  rows = nrow(raw), population = sum(people$n),
  totals = list(cells = data.frame(cells, total = totals), nuts2 = as.list(region_totals)),
  weights = list(smallest = min(final), largest = max(final), sum = sum(final), sum_of_squares = sum(final^2),
                 weighted_ids = sum(final * raw$idno)),
  nuts3 = list(SE214 = list(found = sum(raw$region == "SE214"),
                            expected = nrow(raw) * sum(people$n[people$region == "Gotland"]) / sum(people$n))),
  cells = figures
)
cat(toJSON(result, digits = NA, auto_unbox = TRUE, dataframe = "columns", pretty = TRUE), "\n")
