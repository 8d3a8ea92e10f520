//! The columns of a table: one of all cases with interval and not reported, or one a group.

mod cells;

use super::line::{TableLine, TableVariable};
use super::options::{Layout, Overall, TableOptions};
use super::style::DifferenceForm;
use super::{Depth, Heading, Table};
use crate::analyze::Contrast;
use crate::analyze::compare::contrast_of;
use crate::analyze::conventions::percent_of;
use crate::analyze::group;
use crate::analyze::method::Method;
use crate::analyze::results::{Context, Group, PartOf, ResultRow, Results, Value};
use crate::analyze::statistic::Statistic;
use crate::analyze::{Options, level_key};
use crate::schema::Kind;
use crate::stats::hypothesis::TestMethod;
use crate::tally::Cohort;
use cells::{not_reported, of_test, with_limits};
use std::sync::Arc;

/// The columns of the tables of a run.
pub(super) struct TableColumns<'a> {
    /// The parts of the cases that have a column.
    parts: Vec<PartOf<'a>>,
    /// The heading of each part.
    headings: Vec<Heading>,
    /// True where the parts are groups.
    by_group: bool,
    /// The column of the cases in which a number is not reported, where a tool has one.
    missing: Option<&'static str>,
    /// True where headings and cells follow the conventions of another tool.
    is_like_another: bool,
    layout: Layout,
    interval: String,
    shows_intervals: bool,
    /// True where shares are counts only.
    counts_only: bool,
    /// What is compared between the groups.
    compared: Vec<ComparisonColumn>,
    comparison: Option<PartOf<'a>>,
    /// Which group is subtracted from which.
    contrast: Option<Arc<Contrast>>,
    /// Which group is divided by which.
    ratio_contrast: Option<Arc<Contrast>>,
}

/// A column of a comparison.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ComparisonColumn {
    Difference,
    OddsRatio,
    RiskRatio,
    Smd,
    P,
    AdjustedP,
    Test,
}

impl<'a> TableColumns<'a> {
    /// One column of all cases, or one a group.
    pub fn of(cohort: &Cohort, results: &'a Results, options: &Options, shown: &TableOptions) -> TableColumns<'a> {
        let interval = format!("{}% CI", percent_of(options.conf_level));
        let by_group = cohort.grouping.is_some();
        let mut all = results.parts();
        let overall = all.next();
        let parts = if by_group {
            let is_shown = |part: &PartOf<'_>| {
                let is_reported = |group: &Group| group.levels.iter().all(|(_, level)| level.is_some());
                part.group().is_some_and(|group| is_reported(group) || !shown.hides_unreported_groups())
            };
            let mut parts: Vec<PartOf<'a>> = all.filter(is_shown).collect();
            match (shown.overall, overall) {
                (Overall::First, Some(part)) => parts.insert(0, part),
                (Overall::Last, Some(part)) => parts.push(part),
                _ => {}
            }
            parts
        } else {
            overall.into_iter().collect()
        };
        let headings = parts.iter().map(|part| heading(*part, shown)).collect();
        let comparison = results.comparison();
        let compared = if comparison.is_some() { comparison_columns(options, shown.layout) } else { Vec::new() };
        let (missing, is_like_another) = (shown.missing_column(), shown.is_like_another());
        // A journal has them in the cells.
        let shows_intervals = shown.intervals.any() && shown.layout == Layout::Sections;
        let counts_only = shown.counts_only;
        let contrast = contrast_of(results, Context::Difference).cloned();
        let ratio_contrast = contrast_of(results, Context::Ratio).cloned();
        TableColumns {
            parts,
            headings,
            by_group,
            missing,
            is_like_another,
            layout: shown.layout,
            interval,
            shows_intervals,
            counts_only,
            compared,
            comparison,
            contrast,
            ratio_contrast,
        }
    }

    /// The table without its column of intervals, where none of its lines has one.
    pub fn without_blank_intervals(&self, table: Table) -> Table {
        // Behind the label, the cases not reported and the value.
        let column = 2 + usize::from(self.missing.is_some());
        if self.shows_intervals && !self.by_group && table.is_blank(column) { table.without(column) } else { table }
    }

    /// The table without its columns of comparisons, where none of its lines is compared.
    pub fn without_blank_comparisons(&self, mut table: Table) -> Table {
        let first = table.header.len().saturating_sub(self.compared.len());
        if (first..table.header.len()).all(|column| table.is_blank(column)) {
            (first..table.header.len()).rev().for_each(|column| table = std::mem::take(&mut table).without(column));
        }
        table
    }

    /// An empty table with these columns.
    pub fn table(&self, title: &str) -> Table {
        Table { title: title.to_owned(), header: self.header(), ..Table::default() }
    }

    /// The headings of these columns.
    pub fn header(&self) -> Vec<Heading> {
        let is_for_journal = self.layout == Layout::Journal;
        let mut header = vec![Heading::from(if is_for_journal { "Characteristic" } else { "" })];
        header.extend(self.missing.map(Heading::from));
        if self.by_group {
            header.extend(self.headings.iter().cloned());
            header.extend(self.compared.iter().map(|column| match column {
                ComparisonColumn::Difference => Heading::from(self.difference()),
                ComparisonColumn::OddsRatio => Heading::from(self.ratio("odds ratio")),
                ComparisonColumn::RiskRatio => Heading::from(self.ratio("risk ratio")),
                ComparisonColumn::Smd => Heading::from("SMD"),
                ComparisonColumn::P => Heading::from("p"),
                ComparisonColumn::AdjustedP => Heading::from("adjusted p"),
                ComparisonColumn::Test => Heading::from("test"),
            }));
        } else if self.is_like_another || is_for_journal {
            header.extend(self.headings.iter().cloned());
            header.extend(self.shows_intervals.then(|| Heading::from(&self.interval)));
        } else {
            header.push(Heading::from(if self.counts_only { "n/N or value" } else { "n/N (%) or value" }));
            header.extend(self.shows_intervals.then(|| Heading::from(&self.interval)));
            header.push(Heading::from("not reported"));
        }
        header
    }

    /// Appends a line.
    pub fn push(&self, table: &mut Table, line: &TableLine<'_>, subject: TableVariable<'_>) {
        table.push(line.depth, self.cells(line, subject));
    }

    /// The cells of a line.
    pub fn cells(&self, line: &TableLine<'_>, subject: TableVariable<'_>) -> Vec<String> {
        let mut cells = vec![line.label.clone()];
        if self.missing.is_some() {
            let is_number = line.depth == Depth::Variable && subject.variable.kind == Kind::Number;
            cells.push(if is_number { subject.text(subject.all, Statistic::Missing) } else { String::new() });
        }
        if self.by_group {
            cells.extend(self.parts.iter().map(|part| (line.value)(*part)));
            cells.extend(self.compared.iter().map(|column| self.compare(*column, line, subject)));
        } else {
            let is_name = line.is_name;
            for part in &self.parts {
                cells.push(if is_name { String::new() } else { (line.value)(*part) });
                cells.extend(self.shows_intervals.then(|| (line.interval)(*part)));
                if !self.is_like_another && self.layout == Layout::Sections {
                    let is_name = line.depth == Depth::Variable;
                    cells.push(if is_name { not_reported(subject, *part) } else { String::new() });
                }
            }
        }
        cells
    }

    /// The column of p, where there is one.
    pub fn of_p(&self) -> Option<usize> {
        let before = self.compared.iter().position(|column| *column == ComparisonColumn::P)?;
        Some(self.header().len() - self.compared.len() + before)
    }

    /// The test of the p of a line, and the least p that its margins allow.
    pub fn test<'r>(&'r self, line: &'r TableLine<'_>) -> Option<(&'r Method, Option<&'r ResultRow>)> {
        let method = self.compared_row(line, Statistic::PValue)?.method.as_ref()?;
        Some((method, self.compared_row(line, Statistic::SmallestP)))
    }

    /// A statistic of the comparison that a line shows.
    fn compared_row(&self, line: &TableLine<'_>, statistic: Statistic) -> Option<&ResultRow> {
        let ((variable, level), part) = (line.compared.as_ref()?, self.comparison?);
        // A variable shown as one level has the test of all its levels in its row.
        let of_all = (line.depth == Depth::Variable).then_some(None);
        let mut levels = std::iter::once(level.as_deref()).chain(of_all);
        levels.find_map(|level| part.get(&level_key(variable, level, statistic, None)))
    }

    /// A statistic of the comparison of the groups in a variable.
    pub fn compared_of(&self, variable: &str, statistic: Statistic) -> Option<&ResultRow> {
        self.comparison?.get(&level_key(variable, None, statistic, None))
    }

    /// The cell of a comparison column for a line.
    fn compare(&self, column: ComparisonColumn, line: &TableLine<'_>, subject: TableVariable<'_>) -> String {
        let find = |statistic| self.compared_row(line, statistic);
        let text = |statistic| find(statistic).map(|row| subject.shown.print(row)).unwrap_or_default();
        let is_of_level = line.compared.as_ref().is_some_and(|(_, level)| level.is_some());
        match column {
            ComparisonColumn::P => text(Statistic::PValue),
            ComparisonColumn::AdjustedP => text(Statistic::AdjustedP),
            ComparisonColumn::Smd => text(Statistic::Smd),
            ComparisonColumn::OddsRatio => with_limits(
                [Statistic::OddsRatio, Statistic::OddsRatioLow, Statistic::OddsRatioHigh].map(find),
                subject.shown,
            ),
            ComparisonColumn::RiskRatio => with_limits(
                [Statistic::RiskRatio, Statistic::RiskRatioLow, Statistic::RiskRatioHigh].map(find),
                subject.shown,
            ),
            ComparisonColumn::Test => match find(Statistic::PValue).and_then(|row| row.method.as_ref()) {
                // Not rounded as a tool rounds its p, which could print more than the smallest p.
                Some(Method::Trend(scores)) => format!("{}, {scores}", TestMethod::CochranArmitage.name()),
                Some(Method::Test(test)) => of_test(*test, find(Statistic::SmallestP)),
                _ => String::new(),
            },
            ComparisonColumn::Difference => {
                let (estimate, low, high) = if is_of_level {
                    (
                        Statistic::ProportionDifference,
                        Statistic::ProportionDifferenceLow,
                        Statistic::ProportionDifferenceHigh,
                    )
                } else {
                    (Statistic::Difference, Statistic::DifferenceLow, Statistic::DifferenceHigh)
                };
                match (find(estimate).map(|row| &row.value), [estimate, low, high].map(text)) {
                    (None | Some(Value::NotEstimable(_)), [estimate, ..]) => estimate,
                    (_, [estimate, low, high]) => {
                        let percent = if is_of_level { "%" } else { "" };
                        match subject.shown.style.difference {
                            DifferenceForm::Own => format!("{estimate}{percent} ({low} to {high}{percent})"),
                            DifferenceForm::Gtsummary => {
                                format!("{estimate}{percent} ({low}{percent}, {high}{percent})")
                            }
                        }
                    }
                }
            }
        }
    }

    /// `difference treated - placebo (95% CI)`.
    fn difference(&self) -> String {
        let contrast = self.contrast.as_ref().map_or_else(String::new, |contrast| format!(" {contrast}"));
        format!("difference{contrast} ({})", self.interval)
    }

    /// `odds ratio treated / placebo (95% CI)`.
    fn ratio(&self, name: &str) -> String {
        let contrast = self.ratio_contrast.as_ref().map_or_else(String::new, |contrast| format!(" {contrast}"));
        format!("{name}{contrast} ({})", self.interval)
    }

    /// The parts whose numbers share their decimals in a row: the columns of a journal. Those of a sheet, which may be
    /// made a few at a time, have their own.
    pub fn beside(&self) -> &[PartOf<'a>] {
        match self.layout {
            Layout::Journal => &self.parts,
            Layout::Sections => &[],
        }
    }

    /// The parts of the cases that have a column.
    pub fn parts(&self) -> &[PartOf<'a>] {
        &self.parts
    }

    /// The columns before those of the parts.
    pub fn first_part(&self) -> usize {
        1 + usize::from(self.missing.is_some())
    }

    /// True where the columns are groups.
    pub fn are_groups(&self) -> bool {
        self.by_group
    }
}

/// The columns of the requested comparisons.
fn comparison_columns(options: &Options, layout: Layout) -> Vec<ComparisonColumn> {
    let comparisons = &options.comparisons;
    let columns = [
        (comparisons.differences, ComparisonColumn::Difference),
        (comparisons.odds_ratio.is_some(), ComparisonColumn::OddsRatio),
        (comparisons.risk_ratio, ComparisonColumn::RiskRatio),
        (comparisons.smd, ComparisonColumn::Smd),
        (comparisons.tests, ComparisonColumn::P),
        (comparisons.tests && comparisons.adjustment.is_some(), ComparisonColumn::AdjustedP),
        // A journal has the test in a note.
        (comparisons.tests && layout == Layout::Sections, ComparisonColumn::Test),
    ];
    columns.into_iter().filter(|(is_asked, _)| *is_asked).map(|(_, column)| column).collect()
}

/// `idiopathic, N = 1`.
fn heading(part: PartOf<'_>, shown: &TableOptions) -> Heading {
    let n = part.get("cases").map(|row| shown.print(row)).unwrap_or_default();
    let all = match shown.layout {
        Layout::Journal => "All cases",
        Layout::Sections => "Overall",
    };
    let name = part.group().map_or(all.to_owned(), |group| {
        // The outer levels of a journal stand in the heads above.
        let outer = match shown.layout {
            Layout::Journal => group.levels.len().saturating_sub(1),
            Layout::Sections => 0,
        };
        let inner = group.levels.iter().skip(outer);
        inner.map(|(name, level)| group::level_name(name, level.as_deref())).collect::<Vec<_>>().join(", ")
    });
    Heading { text: name, below: format!("N = {n}"), ..Heading::default() }
}

/// The footnote that explains the columns of groups.
pub(super) fn footnotes(cohort: &Cohort, options: &Options, shown: &TableOptions) -> Vec<String> {
    let Some(grouping) = &cohort.grouping else { return Vec::new() };
    let names: Vec<&str> = group::by(cohort).iter().map(|variable| variable.shown_label()).collect();
    let mut footnote = format!("Columns: {}.", names.join(" and "));
    let (all, is_for_journal) = match shown.layout {
        Layout::Journal => ("All cases", true),
        Layout::Sections => ("Overall", false),
    };
    if !shown.is_like_another() && !is_for_journal {
        footnote.push_str(" n is the number of cases with the item reported.");
    }
    let unknown: u64 = grouping.groups.iter().filter(|g| g.levels.iter().any(Option::is_none)).map(|g| g.cases).sum();
    if grouping.overlaps {
        footnote.push_str(&format!(
            " A case is in the column of each of its items, and once in {all}: the columns overlap; do not add them, and \
             no test compares them."
        ));
    } else {
        let overall = if shown.overall == Overall::No || is_for_journal { "" } else { "; Overall is all cases" };
        footnote.push_str(&format!(" Each case is in one column{overall}."));
    }
    if unknown > 0 && options.suppress_below.is_none() {
        let place =
            if shown.hides_unreported_groups() { "in {all} only" } else { "a separate column, included in {all}" };
        let place = place.replace("{all}", all);
        footnote.push_str(&format!(" In {unknown} of {} cases the group is not reported: {place}.", cohort.cases));
    }
    vec![footnote]
}
