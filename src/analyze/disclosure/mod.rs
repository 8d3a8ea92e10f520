//! Disclosure control: results in which no count of few cases can be read or computed.
//!
//! **What is masked.** Every count from 1 to K - 1; every other count without which such a count, or one that stands
//! in no table but is a difference of two that do (the cases without an item, outside of a group, in one group more),
//! could be computed; and every percentage and interval of a masked count or of a masked total. Zeros are shown, as
//! the rules of most data holders have it. The values of one patient are not shown either: no least and greatest
//! value, no mean or SD of fewer than K (and of two) values, no quantile with fewer than K values on either side, no
//! mean from which that of few others follows.
//!
//! **What the reader is taken to know.** All that is printed; every sum among the counts; K; that zeros are shown, so
//! that what is masked is at least 1, as is a level that has a row; the order of rows, which is therefore no longer by
//! count where something is masked. Not taken into account: the order in which counts are chosen to be masked, and what
//! tables bound of each other without being sums (the agents of one case, the cases that two overlapping groups or three
//! and more items share). Of two items the least number of cases with both, n(a) + n(b) - N, is a count as others are.
//! Tables made of one another are shown only where nothing is masked in the first: classes behind agents, combinations
//! behind items.
//!
//! **What is guaranteed.** Each masked count has at least two possible values for that reader. The sums of a
//! variable, by level and by group, form a network of flows; there the condition is a cycle through the masked count,
//! which is tested exactly and in linear time (Gusfield 1988, A graph theoretic approach to statistical data
//! security, SIAM J Comput 17(3)). What does not fit one network is cut at totals that are shown; behind a total that
//! is masked everything is masked, zeros too. Groups of few cases are masked as a whole, with a second one where needed,
//! so that moving a case from one to the other changes nothing that is shown. Where names and number of cases alone
//! tell the counts (five cases, five levels), the names are left out too.
//!
//! **Cost.** Linear in the rows, but for counts that only a cycle beyond their own sums protects: each of them is a
//! search of its network. After twenty million counts searched, all of the network that can be masked is.

mod alternatives;
mod builder;
mod connectivity;
mod counts;
mod decide;
mod derived;
mod family;
mod groups;
mod left_out;
mod lists;
mod network;
mod open_responses;
mod order;
mod overlaps;
mod quartiles;
mod summaries;
#[cfg(test)]
mod tests;
mod treatment;
mod tree;
mod values;
mod view;

pub use left_out::finding;

use super::method::Method;
use super::results::{Context, ResultRow, ResultTable, Results, TableNames, Value};
use super::statistic::{Discloses, Statistic};
use super::{Denominator, Options, Percent, response_column, told_by_groups};
use crate::tally::{Cohort, Counts, certain_response};
use counts::{CountKey, PrintedCounts};
use decide::{Decisions, VariableMasking, decide};
use std::collections::BTreeSet;
use summaries::HiddenMoments;
use values::ValueSource;

/// Results that can be shown, with the sentences of their footnote.
#[derive(Debug, Clone, PartialEq)]
pub struct Suppression {
    /// The results.
    pub results: Results,
    /// Values masked.
    pub masked: usize,
    /// The sentences of the footnote.
    pub sentences: Vec<String>,
    /// Those of them that a figure of counts needs, which has no other statistics and no lists.
    pub of_counts: Vec<String>,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowDisplay {
    Shown,
    Masked,
    LeftOut,
}

/// Masks what would tell of 1 to `below` - 1 cases, nothing where `below` is 0 or 1; see the head of this module.
pub fn suppress(results: Results, cohort: &Cohort, options: &Options, below: u64) -> Suppression {
    if below < 2 {
        return Suppression { results, masked: 0, sentences: Vec::new(), of_counts: Vec::new() };
    }
    let mut columns = Vec::new();
    let told = told_by_groups(cohort, options);
    let mut printed = PrintedCounts::new(&results, &told, &mut columns);
    let [of_masked, of_others @ ..] = conventions(below);
    let (mut of_counts, mut sentences) = (vec![of_masked], of_others.to_vec());
    let cases = printed.cases.first().copied().unwrap_or(0);
    let whole = if network::is_small(cases, below) {
        Some(format!("Fewer than {below} cases: every value is masked, and levels and groups are left out."))
    } else {
        left_out::sentence(cohort, below)
    };
    let (displays, order) = if let Some(sentence) = whole {
        (of_counts, sentences) = (vec![sentence], Vec::new());
        let rows: Vec<&ResultRow> = results.iter().collect();
        let displays = rows.iter().zip(&columns).map(|(row, column)| of_few(row, *column)).collect();
        (displays, order::order(&rows, None, cohort, options))
    } else {
        let overlapping = cohort.grouping.as_ref().is_some_and(|grouping| grouping.overlaps);
        let responses = certain_responses(cohort);
        let decisions = decide(&mut printed, below, overlapping, responses);
        let source = ValueSource::new(&printed.columns, cohort, options);
        let moments = HiddenMoments::new(&printed, &decisions, &source, below);
        let decider = RowDecider { printed: &printed, decisions: &decisions, moments: &moments, options, k: below };
        let rows: Vec<&ResultRow> = results.iter().collect();
        let displays: Vec<RowDisplay> =
            rows.iter().zip(&columns).map(|(row, column)| decider.display(row, *column)).collect();
        let derived = derived::left_out(&printed, cohort);
        let displays = derived::without(&rows, displays, &derived);
        let displays = open_responses::without_open(&rows, displays, responses.is_some());
        let displays = open_responses::all_or_none(&rows, displays, beside_treatment(cohort), below);
        of_counts.extend(levels_not_shown(&decisions, results.tables()));
        sentences.extend(lists_not_shown(&decisions, results.tables()));
        sentences.extend(derived::sentence(&derived));
        (displays, order::order(&rows, Some(&decisions), cohort, options))
    };
    let masked = displays.iter().filter(|display| **display == RowDisplay::Masked).count();
    let decimals = quartiles::decimals(&results.iter().collect::<Vec<_>>(), &displays, options);
    let results =
        results.rearranged(&order, |at, row| displayed(ResultRow { decimals: decimals[at], ..row }, displays[at]));
    Suppression { results, masked, sentences: [of_counts.clone(), sentences].concat(), of_counts }
}

/// What becomes of a row where the cases that are counted, or those that are left out, are few.
///
/// Only what occurs has a level, a group, a reason or a count of odd cells: the names alone would be the cells.
fn of_few(row: &ResultRow, column: usize) -> RowDisplay {
    let is_reason = row.statistic == Statistic::Missing && row.method.is_some();
    let is_of_odd_cells = matches!(row.statistic, Statistic::Unreadable | Statistic::StatedOnly | Statistic::Censored);
    let names_what_occurs = column > 0 || row.level.is_some() || is_reason || is_of_odd_cells;
    if names_what_occurs { RowDisplay::LeftOut } else { RowDisplay::Masked }
}

/// The column of responses of a series without treatments, if every word of it is one response for certain.
fn certain_responses(cohort: &Cohort) -> Option<&str> {
    let column = response_column(cohort).and_then(|number| cohort.variables.get(number))?;
    let Counts::Levels(counts) = &column.counts else { return None };
    let are_certain = counts.levels.keys().all(|word| certain_response(word).is_some());
    (are_certain && counts.unreadable + counts.beyond == 0).then_some(column.variable.name.as_str())
}

/// The column of responses, where there is one.
fn beside_treatment(cohort: &Cohort) -> Option<&str> {
    let column = response_column(cohort).and_then(|number| cohort.variables.get(number))?;
    Some(column.variable.name.as_str())
}

/// A row as it becomes; none where it is left out.
fn displayed(mut row: ResultRow, display: RowDisplay) -> Option<ResultRow> {
    if display == RowDisplay::Masked {
        row.value = Value::Masked;
        // The decimals of a percentage follow its denominator.
        row.decimals = 0;
    }
    row.value = match (row.statistic.discloses(), row.value) {
        (Discloses::Probability | Discloses::JointProbability, Value::Real(p)) => Value::Real(cut(p)),
        (_, value) => value,
    };
    (display != RowDisplay::LeftOut).then_some(row)
}

/// A p with three digits: more would tell the statistic. It is cut, not rounded, so that two digits of it are those of
/// the whole.
fn cut(p: f64) -> f64 {
    let text = p.to_string();
    let first = text.find(|c: char| c.is_ascii_digit() && c != '0').unwrap_or(text.len());
    text.get(..first + 3).and_then(|cut| cut.parse().ok()).unwrap_or(p)
}

/// What was decided, as it concerns one row.
struct RowDecider<'j, 'r> {
    printed: &'j PrintedCounts<'r>,
    decisions: &'j Decisions<'r>,
    moments: &'j HiddenMoments<'r>,
    options: &'j Options,
    k: u64,
}

impl RowDecider<'_, '_> {
    fn display(&self, row: &ResultRow, column: usize) -> RowDisplay {
        let compares = matches!(row.context, Context::Test | Context::Difference | Context::Ratio);
        if (column > 0 || compares) && self.decisions.without_groups {
            return RowDisplay::LeftOut;
        }
        let is_group_masked = self.decisions.masked_groups.contains(&column);
        let table = row.table.borrowed();
        if table == ResultTable::Cases {
            return if is_group_masked { RowDisplay::Masked } else { RowDisplay::Shown };
        }
        let masking = self.decisions.maskings.get(&table).copied().unwrap_or_default();
        let is_share = row.level.is_some() || row.rate.is_some();
        if row.level.is_some() && (masking.is_withheld || masking.is_left_out) {
            return RowDisplay::LeftOut;
        }
        let hidden = |statistic| self.is_hidden(row, statistic, column).unwrap_or(masking.is_masked);
        let is_masked = match row.statistic.discloses() {
            _ if compares => self.is_comparison_hidden(row, masking),
            Discloses::Comparison | Discloses::OfTest | Discloses::Probability | Discloses::JointProbability => {
                self.is_comparison_hidden(row, masking)
            }
            Discloses::SumOfCounts => hidden(row.statistic) || self.moments.hides_sum(table, column),
            Discloses::Count if row.statistic == Statistic::N && is_share => self.is_total_hidden(row, column, masking),
            Discloses::Count => hidden(row.statistic),
            Discloses::Share if is_share => hidden(Statistic::Cases) || self.is_total_hidden(row, column, masking),
            Discloses::Share => hidden(Statistic::Missing) || hidden(Statistic::Observed),
            Discloses::OneValue
            | Discloses::AllValues
            | Discloses::Shape
            | Discloses::Quantile(_)
            | Discloses::Rank => masking.is_withheld || self.moments.hides(row, column, self.printed, masking, self.k),
        };
        if is_masked { RowDisplay::Masked } else { RowDisplay::Shown }
    }

    fn is_hidden(&self, row: &ResultRow, statistic: Statistic, column: usize) -> Option<bool> {
        let id = CountKey::at(row, statistic).and_then(|key| self.printed.id(key))?;
        Some(self.printed.is_hidden(id, column))
    }

    /// True where the denominator of a share is hidden, or for a bound the number of those not reported.
    fn is_total_hidden(&self, row: &ResultRow, column: usize, masking: VariableMasking) -> bool {
        let of = |statistic, column| self.is_hidden(row, statistic, column).unwrap_or(masking.is_masked);
        let has_own = self.printed.id(CountKey::new(row.table.borrowed(), Statistic::Observed)).is_some();
        match (self.options.percent, self.options.denominator) {
            _ if !has_own || row.rate.is_some() => of(Statistic::N, column),
            (Percent::Row, _) => of(Statistic::Cases, 0),
            (Percent::Cell, _) => of(Statistic::N, 0),
            (Percent::Column, Denominator::All) => {
                let all = CountKey::at(row, Statistic::Observed)
                    .and_then(|key| self.printed.id(CountKey { level: None, ..key }));
                all.is_some_and(|all| self.printed.is_hidden(all, column))
            }
            (Percent::Column, Denominator::Reported | Denominator::Bounds) => of(Statistic::N, column),
        }
    }

    /// True where something that the groups are compared by is hidden in any of them.
    fn is_comparison_hidden(&self, row: &ResultRow, masking: VariableMasking) -> bool {
        let table = row.table.borrowed();
        let others = || {
            self.printed.tables.iter().any(|other| {
                self.decisions.maskings.get(other).is_some_and(|masking| masking.is_masked)
                    || self.moments.hides_any(*other)
            })
        };
        let is_of_ranks = || row.method.as_ref().is_some_and(Method::is_of_ranks);
        let tells = match row.statistic.discloses() {
            Discloses::JointProbability => others(),
            Discloses::OfTest => is_of_ranks() && self.moments.has_values_of_few(table),
            Discloses::Count
            | Discloses::SumOfCounts
            | Discloses::Share
            | Discloses::OneValue
            | Discloses::AllValues
            | Discloses::Shape
            | Discloses::Quantile(_)
            | Discloses::Rank
            | Discloses::Comparison
            | Discloses::Probability => false,
        };
        tells || masking.is_masked || !self.decisions.masked_groups.is_empty() || self.moments.hides_any(table)
    }
}

fn conventions(k: u64) -> [String; 3] {
    let counts = if k == 2 { "Counts of 1".to_owned() } else { format!("Counts of 1 to {}", k - 1) };
    [
        format!(
            "{counts} are masked, and with them the counts, percentages and intervals from which they could be \
             computed; zeros are shown."
        ),
        format!(
            "Also masked: minimum and maximum, means and SDs that tell how many cases have a value, and quantiles with \
             fewer than {k} values on either side."
        ),
        "Every masked count has at least two possible values for whoever reads this table. Whoever also runs this \
         program on all small series finds the count in 134 of 3,153 cases."
            .to_owned(),
    ]
}

/// The names of the tables of which a masking is so.
fn named(decisions: &Decisions<'_>, tables: &TableNames, is: fn(&VariableMasking) -> bool) -> Vec<String> {
    let which = decisions.maskings.iter().filter(|(_, masking)| is(masking));
    let names: BTreeSet<String> = which.map(|(table, _)| tables.name(*table)).collect();
    names.into_iter().collect()
}

/// The groups and the levels that are left out, in words.
fn levels_not_shown(decisions: &Decisions<'_>, tables: &TableNames) -> Vec<String> {
    let mut sentences = Vec::new();
    if decisions.without_groups {
        sentences.push("The groups are left out: each of them has too few cases.".to_owned());
    }
    let withheld = named(decisions, tables, |masking| masking.is_withheld);
    if !withheld.is_empty() {
        let names = withheld.join(", ");
        sentences.push(format!(
            "Levels left out, because their names and the number of cases would reveal the counts: {names}."
        ));
    }
    sentences
}

/// The lists that are left out, in words.
fn lists_not_shown(decisions: &Decisions<'_>, tables: &TableNames) -> Option<String> {
    let lists = named(decisions, tables, |masking| masking.is_left_out && !masking.is_withheld);
    (!lists.is_empty())
        .then(|| format!("Lists left out, because they contain counts of few cases: {}.", lists.join(", ")))
}
