//! Analysis results data (ARD): the results as the R package `cards` 0.9 arranges and names them.
//!
//! Rows that belong to one analysis in `cards` are adjacent. A row is unique by its groups,
//! variable, level, context and statistic. What `cards` computes in other rows is added: the
//! cases not missing, their proportions, the method, and the interval as `cardx` writes it.

use super::number::printed_with;
use super::style::Style;
use crate::analyze::method::Method;
use crate::analyze::reason::Reason;
use crate::analyze::results::{Context, Group, Rate, ResultRow, Value};
use crate::analyze::statistic::{Digits, Statistic};
use crate::decimal::Exact;
use crate::schema::MissingReason;
use num_rational::BigRational;
use std::borrow::Cow;

/// One row of analysis results data; a column `error` would be empty.
#[derive(Debug, Clone, PartialEq)]
pub struct ArdRow<'a> {
    /// Grouping variables and levels; none for all cases.
    pub groups: &'a [(String, Option<String>)],
    /// The variable, as in a key: `age`, `best_response(responders/treated)`.
    pub variable: Cow<'a, str>,
    /// The level.
    pub level: Option<&'a str>,
    /// The analysis.
    pub context: &'static str,
    /// Name of the statistic.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// The unrounded value; where there is none, the warning gives the reason.
    pub stat: Scalar<'a>,
    /// The printed value.
    pub printed: Cow<'a, str>,
    /// What makes `cards` print it so: decimals, or `x.x%` for a percentage without its sign.
    pub format: Scalar<'a>,
    /// Why there is no value.
    pub warning: Option<String>,
}

/// A value of one cell.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum Scalar<'a> {
    /// A number of cases, items, lines or decimals.
    Count(u64),
    /// The double nearest to a value.
    Real(f64),
    /// A method, a date, a pattern.
    Text(Cow<'a, str>),
    /// Nothing.
    Null,
}

/// The labels of `cards` and `cardx` that differ from ours.
const LABELS: [(&str, &str); 5] = [
    ("N_obs", "Vector Length"),
    ("N_miss", "N Missing"),
    ("N_nonmiss", "N Non-missing"),
    ("p_miss", "% Missing"),
    ("p_nonmiss", "% Non-missing"),
];

/// The variable of the number of cases.
const TOTAL: &str = "..ard_total_n..";

/// The results of a part as analysis results data.
pub fn ard<'a>(results: &'a [ResultRow], style: &Style) -> Vec<ArdRow<'a>> {
    let rows: Vec<&ResultRow> = results.iter().collect();
    rows.chunk_by(|a, b| set_of(a) == set_of(b)).flat_map(|rows| set(rows, style)).collect()
}

/// What the rows of one set of statistics have in common.
type SetOf<'a> = (Option<&'a Group>, Option<&'a str>, Option<&'a str>, Option<Rate>, Context);

fn set_of(row: &ResultRow) -> SetOf<'_> {
    (row.group.as_deref(), row.variable.as_deref(), row.level.as_deref(), row.rate, row.context)
}

fn set<'a>(rows: &[&'a ResultRow], style: &Style) -> Vec<ArdRow<'a>> {
    match rows.first() {
        Some(first) if first.context == Context::Missing => missing(rows, style),
        Some(first) if first.context == Context::Interval => {
            [(Statistic::Mean, "continuous_ci"), (Statistic::MEDIAN, "median_ci")]
                .into_iter()
                .flat_map(|(of, context)| limits(rows, of, context, style))
                .collect()
        }
        Some(first) if matches!(first.context, Context::Survival | Context::Association) => of_curve(rows, style),
        Some(_) => with_interval(rows, style),
        None => Vec::new(),
    }
}

/// The statistics, the method they depend on, and the interval as an analysis of its own.
fn with_interval<'a>(rows: &[&'a ResultRow], style: &Style) -> Vec<ArdRow<'a>> {
    let is_limit = |row: &&&ResultRow| matches!(row.statistic, Statistic::ConfLow | Statistic::ConfHigh);
    let mut set: Vec<ArdRow<'a>> = rows.iter().filter(|row| !is_limit(row)).map(|row| of(row, style)).collect();
    let mut methods: Vec<Method> = Vec::new();
    for method in rows.iter().filter(|row| !is_limit(row)).filter_map(|row| row.method.clone()) {
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    if let Some(last) = set.last().filter(|_| !methods.is_empty()) {
        set.push(text_row(
            last,
            "method",
            Cow::Owned(methods.iter().map(Method::to_string).collect::<Vec<_>>().join("; ")),
        ));
    }
    if let (Some(last), Some(contrast)) = (set.last(), rows.iter().find_map(|row| row.contrast.as_ref())) {
        set.push(text_row(last, "contrast", Cow::Owned(contrast.to_string())));
    }
    set.extend(interval(rows, style));
    set
}

/// The statistics of a curve, of a time of it, or of an association, with level and methods.
fn of_curve<'a>(rows: &[&'a ResultRow], style: &Style) -> Vec<ArdRow<'a>> {
    let mut set: Vec<ArdRow<'a>> = rows.iter().map(|row| of(row, style)).collect();
    let level = rows.iter().find_map(|row| row.conf_level);
    let methods: Vec<String> = rows.iter().filter_map(|row| row.method.as_ref()).map(Method::to_string).collect();
    let mut named: Vec<&str> = Vec::new();
    methods.iter().for_each(|method| {
        if !named.contains(&method.as_str()) {
            named.push(method)
        }
    });
    if let Some(last) = rows.last().map(|row| of(row, style)) {
        set.extend(level.map(|level| conf_level(&last, level)));
        if !named.is_empty() {
            set.push(text_row(&last, "method", Cow::Owned(named.join("; "))));
        }
    }
    set
}

/// N, n, estimate, limits, level and method, as `cardx::ard_categorical_ci` names them.
fn interval<'a>(rows: &[&'a ResultRow], style: &Style) -> Vec<ArdRow<'a>> {
    let find = |statistic: Statistic| rows.iter().copied().find(|row| row.statistic == statistic);
    let Some(low) = find(Statistic::ConfLow) else { return Vec::new() };
    let named = [
        ("N", Statistic::N),
        ("n", Statistic::Cases),
        ("estimate", Statistic::Proportion),
        ("conf.low", Statistic::ConfLow),
        ("conf.high", Statistic::ConfHigh),
    ];
    let mut set: Vec<ArdRow<'a>> = named
        .into_iter()
        .filter_map(|(name, ours)| {
            Some(ArdRow { name, label: name, context: "proportion_ci", ..of(find(ours)?, style) })
        })
        .collect();
    if let (Some(level), Some(first)) = (low.conf_level, set.first()) {
        set.push(conf_level(first, level));
    }
    if let (Some(method), Some(first)) = (low.method.as_ref(), set.first()) {
        set.push(text_row(first, "method", Cow::Owned(method.to_string())));
    }
    set
}

/// The limits of a mean or a median, their level and method: `cardx::ard_continuous_ci` of the mean, and an analysis
/// of its own of the median.
fn limits<'a>(rows: &[&'a ResultRow], of_what: Statistic, context: &'static str, style: &Style) -> Vec<ArdRow<'a>> {
    let find = |statistic: Option<Statistic>| rows.iter().copied().find(|row| Some(row.statistic) == statistic);
    let limits = of_what.limits();
    let (low, high) = (find(limits.map(|(low, _)| low)), find(limits.map(|(_, high)| high)));
    let named = [("conf.low", low), ("conf.high", high)];
    let mut set: Vec<ArdRow<'a>> = named
        .into_iter()
        .filter_map(|(name, row)| Some(ArdRow { name, label: label(name), context, ..of(row?, style) }))
        .collect();
    if let (Some(row), Some(first)) = (low, set.first().cloned()) {
        set.extend(row.conf_level.map(|level| conf_level(&first, level)));
        set.extend(row.method.as_ref().map(|method| text_row(&first, "method", Cow::Owned(method.to_string()))));
    }
    set
}

/// The row of the level of an interval.
fn conf_level<'a>(like: &ArdRow<'a>, level: f64) -> ArdRow<'a> {
    let printed = level.to_string();
    let format = Scalar::Count(decimals(&printed));
    ArdRow { stat: Scalar::Real(level), format, ..text_row(like, "conf.level", Cow::Owned(printed)) }
}

/// Cases missing and not, their proportions, what was counted apart, and the reasons.
fn missing<'a>(rows: &[&'a ResultRow], style: &Style) -> Vec<ArdRow<'a>> {
    let is_reason = |row: &ResultRow| row.statistic == Statistic::Missing && row.method.is_some();
    let find = |statistic: Statistic| rows.iter().copied().find(|row| row.statistic == statistic && !is_reason(row));
    let mut set: Vec<ArdRow<'a>> =
        [Statistic::Observed, Statistic::Missing].into_iter().filter_map(|name| Some(of(find(name)?, style))).collect();
    if let (Some(all), Some(absent)) = (find(Statistic::Observed), find(Statistic::Missing)) {
        set.extend(of_missing(all, absent, style));
    }
    set.extend(
        rows.iter()
            .filter(|row| {
                !matches!(row.statistic, Statistic::Observed | Statistic::Missing | Statistic::ProportionMissing)
            })
            .map(|row| of(row, style)),
    );
    // No level: a number with a level would be a category to who builds a table from these rows.
    set.extend(rows.iter().filter_map(|row| {
        let Some(Method::Missing(reason)) = row.method else { return None };
        let (name, label) = of_reason(reason);
        Some(ArdRow { name, label, ..of(row, style) })
    }));
    set
}

/// The name and the label of the cases missing for a reason.
fn of_reason(reason: MissingReason) -> (&'static str, &'static str) {
    match reason {
        MissingReason::NotReported => ("N_miss_not_reported", "N Missing, not reported"),
        MissingReason::NotDone => ("N_miss_not_done", "N Missing, not done"),
        MissingReason::NotApplicable => ("N_miss_not_applicable", "N Missing, not applicable"),
    }
}

/// The label and the class of each variable of all cases, as `cards::ard_attributes` names them.
pub fn attributes(results: &[ResultRow]) -> Vec<ArdRow<'_>> {
    // Rates, curves and counts of cells are no columns of the data.
    let is_of_column = |row: &ResultRow| match row.context {
        Context::Summary | Context::Tabulate | Context::Set => row.rate.is_none(),
        Context::TotalN | Context::Missing | Context::Response | Context::Survival | Context::Association => false,
        Context::Interval | Context::Test | Context::Difference | Context::Ratio => false,
    };
    let is_of_all = |row: &&ResultRow| row.group.is_none() && row.variable.is_some() && is_of_column(row);
    let rows: Vec<&ResultRow> = results.iter().filter(is_of_all).collect();
    rows.chunk_by(|a, b| variable(a) == variable(b)).flat_map(of_variable).collect()
}

fn of_variable<'a>(rows: &[&'a ResultRow]) -> Vec<ArdRow<'a>> {
    let Some(first) = rows.first() else { return Vec::new() };
    let named = |name: &'static str, label: &'static str, text: Cow<'a, str>| ArdRow {
        groups: &[],
        variable: variable(first),
        level: None,
        context: "attributes",
        name,
        label,
        stat: Scalar::Text(text.clone()),
        printed: text,
        format: Scalar::Null,
        warning: None,
    };
    let unit = rows.iter().find_map(|row| row.unit.as_deref());
    let label = match unit {
        Some(unit) => Cow::Owned(format!("{}, {unit}", variable(first))),
        None => variable(first),
    };
    vec![named("label", "Variable Label", label), named("class", "Variable Class", Cow::Borrowed(class(rows)))]
}

/// The class that the values of a variable would have in R.
fn class(rows: &[&ResultRow]) -> &'static str {
    let is_number = |row: &&ResultRow| row.context == Context::Summary && row.statistic == Statistic::Mean;
    let is_date = |row: &&ResultRow| matches!(row.value, Value::Date(_));
    match (rows.iter().any(is_date), rows.iter().any(is_number)) {
        (true, _) => "Date",
        (false, true) => "numeric",
        (false, false) => "character",
    }
}

/// `N_nonmiss`, `p_miss` and `p_nonmiss`; withheld where one of their terms is.
fn of_missing<'a>(all: &'a ResultRow, absent: &'a ResultRow, style: &Style) -> [ArdRow<'a>; 3] {
    let (total, values) = match (&all.value, &absent.value) {
        (Value::Count(total), Value::Count(absent)) => {
            let present = total.saturating_sub(*absent);
            (*total, [Value::Count(present), proportion(*absent, *total), proportion(present, *total)])
        }
        _ => (0, [Value::Masked, Value::Masked, Value::Masked]),
    };
    let decimals = u8::from(total >= 100);
    let [present, p_miss, p_nonmiss] = values;
    [
        ("N_nonmiss", Statistic::N, present),
        ("p_miss", Statistic::Proportion, p_miss),
        ("p_nonmiss", Statistic::Proportion, p_nonmiss),
    ]
    .map(|(name, like, value)| {
        // Printed like any other count or proportion.
        let known = ResultRow { statistic: like, value, decimals, method: None, ..all.clone() };
        let (stat, printed, format, warning) = value_of(&known, style);
        ArdRow { name, label: label(name), stat, printed: Cow::Owned(printed), format, warning, ..of(all, style) }
    })
}

fn proportion(n: u64, total: u64) -> Value {
    match total {
        0 => Value::NotEstimable(Reason::NoCase),
        _ => Value::Exact(Exact::Ratio(BigRational::new(n.into(), total.into()))),
    }
}

/// The row of one statistic.
fn of<'a>(row: &'a ResultRow, style: &Style) -> ArdRow<'a> {
    let (stat, printed, format, warning) = value_of(row, style);
    ArdRow {
        groups: row.group.as_ref().map(|group| group.levels.as_slice()).unwrap_or_default(),
        variable: variable(row),
        level: row.level.as_deref(),
        context: context(row),
        name: row.statistic.name(),
        label: label(row.statistic.name()),
        stat,
        printed: Cow::Owned(printed),
        format,
        warning,
    }
}

/// A row of the same set that holds a text.
fn text_row<'a>(like: &ArdRow<'a>, name: &'static str, text: Cow<'a, str>) -> ArdRow<'a> {
    let stat = Scalar::Text(text.clone());
    ArdRow { name, label: name, stat, printed: text, format: Scalar::Null, warning: None, ..like.clone() }
}

/// The value, its printed form, the pattern of that form, and why there is no value.
fn value_of(row: &ResultRow, style: &Style) -> (Scalar<'static>, String, Scalar<'static>, Option<String>) {
    let printed = printed_with(row, style);
    let (stat, warning) = match &row.value {
        Value::Count(n) => (Scalar::Count(*n), None),
        Value::Date(date) => (Scalar::Text(Cow::Owned(date.clone())), None),
        Value::NotEstimable(reason) => (Scalar::Null, Some(reason.to_string())),
        Value::Censored(..) => (Scalar::Null, Some(format!("censored: {printed}"))),
        Value::Masked => (Scalar::Null, Some("masked".to_owned())),
        Value::Exact(_) | Value::Real(_) => match row.value.number() {
            Some(number) => (Scalar::Real(number), None),
            None => (Scalar::Null, Some("beyond the range of a double".to_owned())),
        },
    };
    let format = match stat {
        Scalar::Count(_) => Scalar::Count(0),
        Scalar::Real(_) if row.statistic.digits() == Digits::Percent => percent_pattern(decimals(&printed)),
        Scalar::Real(_) => Scalar::Count(decimals(&printed)),
        Scalar::Text(_) | Scalar::Null => Scalar::Null,
    };
    (stat, printed, format, warning)
}

fn decimals(printed: &str) -> u64 {
    printed.split_once('.').map_or(0, |(_, decimals)| decimals.len() as u64)
}

/// `x%` or `x.x%`: `cards` pads a number to the signs before the `%`, and these are never more than it has.
fn percent_pattern(decimals: u64) -> Scalar<'static> {
    let behind: String = (0..decimals).map(|_| 'x').collect();
    Scalar::Text(Cow::Owned(if behind.is_empty() { "x%".to_owned() } else { format!("x.{behind}%") }))
}

/// The variable, followed by the rate in parentheses unless it is the default, as in a key.
fn variable(row: &ResultRow) -> Cow<'_, str> {
    match (&row.variable, row.rate) {
        (None, _) => Cow::Borrowed(TOTAL),
        (Some(name), None | Some(Rate::RespondersEvaluable)) => Cow::Borrowed(name),
        (Some(name), Some(rate)) => Cow::Owned(format!("{name}({})", rate.word())),
    }
}

/// Items of a set are tabulated like levels; items per case are summarised like numbers.
fn context(row: &ResultRow) -> &'static str {
    match (row.context, &row.level) {
        (Context::Set, Some(_)) => Context::Tabulate.word(),
        (Context::Set, None) => Context::Summary.word(),
        (other, _) => other.word(),
    }
}

fn label(name: &'static str) -> &'static str {
    let known = LABELS.iter().find(|(known, _)| *known == name).map(|(_, label)| *label);
    known.or_else(|| Statistic::parse(name).map(Statistic::label)).unwrap_or(name)
}

#[cfg(test)]
mod tests;
