# The JSON of a summary as a data frame with the columns of the R package `cards`.
#
#   calc-series summarize --example --format json -o summary.json
#   Rscript examples/read_json.R summary.json
#
# Needs the package jsonlite. `read_json.R.out` holds what it prints for the embedded series.

library(jsonlite)

# One row a statistic. What a row lacks is NA: `stat` is NA where `reason`, `date` or `bound` says why.
read_summary <- function(file) {
  summary <- fromJSON(file, simplifyVector = FALSE)
  text <- function(name) {
    vapply(summary$results, function(r) if (is.null(r[[name]])) NA_character_ else as.character(r[[name]]), "")
  }
  data.frame(
    key = text("key"),
    context = text("context"),
    variable = text("variable"),
    variable_level = text("variable_level"),
    stat_name = text("stat_name"),
    stat_label = text("stat_label"),
    stat = vapply(summary$results, function(r) if (is.null(r$stat)) NA_real_ else as.numeric(r$stat), 0),
    stat_fmt = text("stat_fmt"),
    reason = text("reason"),
    rate = text("rate"),
    stringsAsFactors = FALSE
  )
}

file <- commandArgs(trailingOnly = TRUE)[1]
ard <- read_summary(file)

# One statistic by its key.
get_stat <- function(key) ard$stat[match(key, ard$key)]
cat(sprintf("age: mean %.4f, SD %.4f\n", get_stat("age.mean"), get_stat("age.sd")))

# Levels of a variable, one row each: long to wide.
cat("\nSites\n")
sites <- subset(ard, variable == "sites" & !is.na(variable_level))
for (level in unique(sites$variable_level)) {
  rows <- sites[sites$variable_level == level, ]
  value <- function(name) rows$stat[rows$stat_name == name]
  cat(sprintf("  %-8s %d/%d %6.1f%%  (%.1f to %.1f)\n", level, as.integer(value("n")), as.integer(value("N")),
              100 * value("p"), 100 * value("conf.low"), 100 * value("conf.high")))
}

# A rate has its numerator and denominator in `rate`.
cat("\nBest response\n")
best <- subset(ard, variable == "best_response" & stat_name == "p")
for (i in seq_len(nrow(best))) {
  cat(sprintf("  %-20s %6.1f%%\n", best$rate[i], 100 * best$stat[i]))
}

# What has no answer says why.
cat("\nNot estimable\n")
open <- subset(ard, stat_name == "mean" & is.na(stat))
for (i in seq_len(nrow(open))) {
  cat(sprintf("  %-16s %s\n", open$key[i], open$reason[i]))
}
