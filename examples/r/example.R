# The report's five patients in R: Rscript examples/r/example.R, from the top folder, with calc-series on the PATH.
# `example.R.out` is what it prints.

source("examples/r/calc_series.R")
series <- "data/cutaneous-calcinosis-2021/cases.csv"
rows <- suppressWarnings(calc_series(series))

# One statistic by its key.
get_stat <- function(key) rows$stat[match(key, rows$key)]
cat(sprintf("age: mean %.4f, SD %.4f\n", get_stat("age.mean"), get_stat("age.sd")))

# Levels of a variable, one row each: long to wide.
cat("\nSites\n")
sites <- subset(rows, variable == "sites" & !is.na(variable_level))
for (level in unique(sites$variable_level)) {
  value <- function(name) sites$stat[sites$variable_level == level & sites$stat_name == name]
  cat(sprintf("  %-8s %d/%d %6.1f%%  (%.1f to %.1f)\n", level, as.integer(value("n")), as.integer(value("N")),
              100 * value("p"), 100 * value("conf.low"), 100 * value("conf.high")))
}

# A rate has its numerator and denominator in `rate`.
cat("\nBest response\n")
best <- subset(rows, variable == "best_response" & stat_name == "p")
cat(sprintf("  %-20s %6.1f%%\n", best$rate, 100 * best$stat), sep = "")

# A number that does not exist has a reason.
cat("\nNot estimable\n")
open <- subset(rows, stat_name == "mean" & is.na(stat))
cat(sprintf("  %-16s %s\n", open$key, open$reason), sep = "")

# The same as analysis results data: one filter, two groups, levels as texts.
ard <- suppressWarnings(calc_series(series, where = "age < 10", by = "etiology", vars = "sex", as = "ard"))
cat("\nGroups and levels\n ", unique(unlist(ard$group1_level)), "\n ", unique(unlist(ard$variable_level)), "\n")

# What the program refuses is an error with its message.
refused <- tryCatch(calc_series(series, by = "colour"), error = conditionMessage)
cat("\nRefused\n ", strsplit(refused, "\n")[[1]][1], "\n")
