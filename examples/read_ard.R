# Analysis results data as a `card` of the R package `cards`.
#
#   calc-series summarize --example -o summary.ard.jsonl
#   Rscript examples/read_ard.R summary.ard.jsonl
#
# Needs jsonlite. A level stays the text that it is: `F` is not FALSE, `01` is not 1. Where cards is installed, its own
# checks run: tried with the source of cards 0.9 of August 2026 under R 4.2.2, `as_card()`, `check_ard_structure()` and
# `bind_ard()` accept the rows; `tbl_ard_summary()` of gtsummary was not tried. `read_ard.R.out` holds what it prints.

library(jsonlite)

# One row a line; what cards keeps in list columns stays in lists, whatever its type.
read_ard <- function(file) {
  rows <- lapply(readLines(file, encoding = "UTF-8"), fromJSON)
  columns <- names(rows[[1]])
  ard <- data.frame(row.names = seq_along(rows))
  for (column in columns) {
    cells <- lapply(rows, function(row) row[[column]])
    is_list <- grepl("_level$|^stat$|^fmt_fun$|^warning$|^error$", column)
    empty <- vapply(cells, is.null, NA)
    cells[empty & !is_list] <- NA_character_
    ard[[column]] <- if (is_list) cells else unlist(cells)
  }
  ard
}

ard <- read_ard(commandArgs(trailingOnly = TRUE)[1])
stopifnot(all(lengths(ard$variable_level) <= 1), is.list(ard$stat))

# One statistic.
get_stat <- function(variable, name, level = NULL) {
  is_level <- vapply(ard$variable_level, identical, NA, level)
  ard$stat[[which(ard$variable == variable & ard$stat_name == name & is_level)[1]]]
}
cat(sprintf("age: mean %.4f (%s)\n", get_stat("age", "mean"), get_stat("age", "label")))
cat(sprintf("sex female: %d of %d\n", get_stat("sex", "n", "female"), get_stat("sex", "N", "female")))
cat("contexts:", sort(unique(ard$context)), "\n")
cat("classes of the levels:", unique(unlist(lapply(ard$variable_level, class))), "\n")

# What a table is made of: the summaries, the tabulations, what is missing, and the attributes. Each statistic of a
# variable and level stands in these once, as `bind_ard()` demands; limits of intervals are analyses of their own.
table_rows <- ard[ard$context %in% c("summary", "tabulate", "missing", "attributes", "total_n"), ]
cat("no number has a level:", all(!nzchar(unlist(table_rows$variable_level[table_rows$variable == "age"]))), "\n")

if (requireNamespace("cards", quietly = TRUE)) {
  card <- cards::as_card(ard)
  cards::check_ard_structure(card, error_on_fail = TRUE)
  bound <- cards::bind_ard(cards::as_card(table_rows), .quiet = TRUE)
  stopifnot(nrow(bound) == nrow(table_rows))
}
