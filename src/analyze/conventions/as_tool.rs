//! The footnotes on the conventions of another tool: those that no other footnote names, and
//! the columns that the tool would read as another kind.

use crate::analyze::convention::{Convention, convention};
use crate::analyze::like::{
    Arithmetic, DigitsPolicy, KindCondition, Like, Missing, MissingGroup, Percentage, Preset, TwoLevels,
};
use crate::analyze::{Options, shown};
use crate::diagnostic::quoted;
use crate::tally::{Cohort, Counts};
use crate::words::counted;

/// The conventions of a tool, and the columns that it would read as another kind.
pub(in crate::analyze) fn conventions(like: Like, cohort: &Cohort, options: &Options) -> Vec<Convention> {
    let preset = like.preset();
    // Where groups overlap, each is a column: no case is left out.
    let are_apart = cohort.grouping.as_ref().is_some_and(|grouping| !grouping.overlaps);
    let mut conventions = vec![convention("like", like.word(), sentence(like, preset, are_apart))];
    let kinds = read_as_another_kind(preset, cohort, options);
    if !kinds.is_empty() {
        let (columns, kinds): (Vec<String>, Vec<String>) = kinds.into_iter().unzip();
        let sentence = format!("{} would read {}: {}.", preset.tool, columns.join(", "), kinds.join(" "));
        conventions.push(convention("like_kinds", kinds.join(" "), sentence));
    }
    conventions
}

fn sentence(like: Like, preset: &Preset, are_apart: bool) -> String {
    let rows: Vec<&str> = preset.number.iter().map(|row| row.template).collect();
    let mut parts = vec![
        format!("numbers {}", rows.join("; ")),
        format!("levels {}", preset.category),
        preset.two_levels.phrase().to_owned(),
        preset.digits.phrase(),
        not_reported(preset),
    ];
    if preset.thousands {
        parts.push("commas between thousands".to_owned());
    }
    if preset.rounding.is_binary() {
        let order = if preset.percentage == Percentage::Product { "(n / N)·100" } else { "100·n / N" };
        parts.push(format!("a percentage is {order} in doubles"));
    }
    if preset.arithmetic != Arithmetic::Exact {
        parts.push("quantiles are computed in doubles".to_owned());
    }
    if are_apart {
        parts.push(preset.missing_group.phrase().to_owned());
    }
    format!(
        "Conventions of {} (--like {}), unless an option overrides them: {}.",
        preset.tool,
        like.word(),
        parts.join(", ")
    )
}

impl TwoLevels {
    fn phrase(self) -> &'static str {
        match self {
            TwoLevels::Both => "all levels shown",
            TwoLevels::OnlyYes => "yes/no variables show only yes",
            TwoLevels::OnlySecond => "of two levels only the second shown",
        }
    }
}

impl DigitsPolicy {
    fn phrase(self) -> String {
        match self {
            DigitsPolicy::Data => "digits follow the data".to_owned(),
            DigitsPolicy::Fixed { values, percentages } => {
                format!("{}, percentages with {percentages}", counted(values, "decimal"))
            }
            DigitsPolicy::Cards => "1 decimal, none for whole values of a column of whole numbers".to_owned(),
            DigitsPolicy::Gtsummary => {
                "decimals of a variable by the spread of its values, percentages below 10 with one".to_owned()
            }
            DigitsPolicy::Table1 => "3 significant digits, percentages with 1 decimal".to_owned(),
            DigitsPolicy::Sas => "7 decimals below 1000, 2 from 1000, percentages with 2".to_owned(),
            DigitsPolicy::Spss => {
                "2 decimals more than the data, 3 more for an SD, none more for minimum and maximum, percentages with 1"
                    .to_owned()
            }
        }
    }
}

/// How what is not reported is shown.
fn not_reported(preset: &Preset) -> String {
    let shown = |missing: Missing| match missing {
        Missing::Hidden => "not shown".to_owned(),
        Missing::First(row) | Missing::Last(row) => format!("in a row '{}'", row.label),
        Missing::Level(level) => format!("as a level '{level}'"),
        Missing::Column(column) => format!("in a column '{column}'"),
    };
    let (number, category) = (shown(preset.missing_number), shown(preset.missing_category));
    if number == category {
        return format!("missing values {number}");
    }
    format!("missing numbers {number}, missing levels {category}")
}

impl MissingGroup {
    fn phrase(self) -> &'static str {
        match self {
            MissingGroup::Dropped => "cases without a group left out, also from Overall",
            MissingGroup::OnlyOverall => "cases without a group only in Overall",
            MissingGroup::Refused => "cases without a group in a separate column (the tool rejects them)",
        }
    }
}

impl KindCondition {
    fn phrase(self) -> String {
        match self {
            KindCondition::ZeroAndOne => "only 0 and 1".to_owned(),
            KindCondition::FewerDistinct(limit) => format!("fewer than {limit} different values"),
            KindCondition::DistinctLessThanOneIn(share) => format!("less than one different value in {share}"),
        }
    }
}

/// The columns of numbers that the tool would read as another kind, with the option that does so.
fn read_as_another_kind(preset: &Preset, cohort: &Cohort, options: &Options) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (_, column) in shown(cohort, options) {
        let Counts::Number(counts) = &column.counts else { continue };
        let distribution = counts.distribution();
        let (values, distinct) = (distribution.n(), distribution.points().count() as u64);
        let zero_and_one = distribution.points().all(|(value, _)| [0, distribution.denominator].contains(&value));
        let other = preset.kind_rules.iter().find(|other| other.when.holds(values, distinct, zero_and_one));
        if let Some(other) = other {
            let kind = quoted(&format!("{}={}", column.variable.header, other.kind));
            let label = column.variable.shown_label();
            found.push((format!("{label} as a {} ({})", other.kind, other.when.phrase()), format!("--kind {kind}")));
        }
    }
    found
}
