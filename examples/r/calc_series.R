# calc_series(): the results of calc-series in R.
#
#   source("examples/r/calc_series.R")
#   calc_series("cases.csv", by = "sex", tests = TRUE)        # a data frame, one statistic a row
#   calc_series("cases.csv", where = "age < 10", as = "ard")  # analysis results data for cards and gtsummary
#
# Options are those of `calc-series summarize`, with `_` for `-`; TRUE is an option without a value, and several
# values repeat it. An input that the program refuses is an error with its message. Warnings of the program are
# warnings here, and stand in `attr(result, "findings")` of a data frame. Needs the package jsonlite.

calc_series <- function(files, ..., as = c("data.frame", "ard"), program = Sys.which("calc-series")) {
  as <- match.arg(as)
  if (!nzchar(program)) stop("the program calc-series is not on the PATH: set `program`", call. = FALSE)
  format <- if (as == "ard") "ard-jsonl" else "json"
  out <- tempfile(fileext = paste0(".", format))
  err <- tempfile()
  on.exit(unlink(c(out, err)))
  arguments <- c("summarize", "--format", format, calc_series_options(list(...)), "--", path.expand(files))
  code <- system2(program, shQuote(arguments), stdout = out, stderr = err)
  messages <- paste(readLines(err, encoding = "UTF-8"), collapse = "\n")
  # 1 is "ran, and found something": a warning under --strict.
  if (!code %in% 0:1) stop(messages, call. = FALSE)
  if (grepl("^warning", messages) || grepl("\nwarning", messages, fixed = TRUE)) warning(messages, call. = FALSE)
  if (as == "ard") calc_series_ard(out) else calc_series_rows(out)
}

# `by = "sex"` is `--by=sex`.
calc_series_options <- function(options) {
  stopifnot("every option needs its name" = length(options) == 0 || all(nzchar(names(options))))
  named <- function(name, values) {
    option <- paste0("--", gsub("_", "-", name, fixed = TRUE))
    if (isTRUE(values)) option else if (isFALSE(values) || is.null(values)) NULL else paste0(option, "=", values)
  }
  as.character(unlist(Map(named, names(options), options)))
}

# One row a statistic. What a row lacks is NA: `stat` is NA where `reason`, `date` or `bound` tells why.
calc_series_rows <- function(file) {
  summary <- jsonlite::fromJSON(file, simplifyVector = FALSE)
  column <- function(name, type) {
    cells <- lapply(summary$results, function(row) if (is.null(row[[name]])) NA else row[[name]])
    vapply(cells, function(cell) type(cell), type(NA))
  }
  texts <- c("key", "context", "variable", "variable_level", "group", "stat_name", "stat_label", "stat_fmt", "unit",
             "method", "reason", "rate", "date")
  rows <- as.data.frame(lapply(stats::setNames(texts, texts), column, calc_series_text), stringsAsFactors = FALSE)
  rows$stat <- column("stat", as.numeric)
  attr(rows, "findings") <- summary$findings
  attr(rows, "conventions") <- summary$conventions
  rows
}

# Groups crossed are several texts.
calc_series_text <- function(cell) {
  if (is.list(cell)) jsonlite::toJSON(cell, auto_unbox = TRUE) else as.character(cell)
}

# The ARD. What cards keeps in list columns stays in lists: the level `F` is not FALSE, `01` is not 1. The rows of
# tables (everything but limits of intervals) are what `bind_ard()` and gtsummary take.
calc_series_ard <- function(file) {
  rows <- lapply(readLines(file, encoding = "UTF-8"), jsonlite::fromJSON)
  columns <- unique(unlist(lapply(rows, names)))
  ard <- data.frame(row.names = seq_along(rows))
  for (column in columns) {
    cells <- lapply(rows, function(row) row[[column]])
    is_list <- grepl("_level$|^stat$|^fmt_fun$|^warning$|^error$", column)
    cells[vapply(cells, is.null, NA) & !is_list] <- NA_character_
    ard[[column]] <- if (is_list) cells else unlist(cells)
  }
  if (requireNamespace("cards", quietly = TRUE)) cards::as_card(ard) else ard
}
