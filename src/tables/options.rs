//! The options of the tables: which rows and columns they have, and how numbers are printed.

use super::number::{RowDecimals, printed_in, printed_with};
use super::number_marks::Language;
use super::printed::PrintedStatistic;
use super::stat_rules::StatRules;
use super::style::Style;
use super::template::Template;
use crate::analyze::like::{Like, Missing, MissingGroup, Preset, TwoLevels};
use crate::analyze::results::ResultRow;
use crate::analyze::statistic::Statistic;
use crate::analyze::{Denominator, Options, Percent};
use crate::schema::{Kind, Role, Variable};
use crate::words::words;

words! {
    /// The position of the column of all cases, relative to those of the groups.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum Overall: "position" {
        /// Before them.
        First = "first",
        /// After them.
        #[default]
        Last = "last",
        /// Not shown.
        No = "no",
    }
}

words! {
    /// How a summary is laid out.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum Layout: "layout" {
        /// One table of the cases, as journals print it, and one of the responses.
        Journal = "journal",
        /// A table for each section, with everything.
        #[default]
        Sections = "sections",
    }
}

/// Which confidence intervals the tables show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intervals {
    /// Those of response rates and of the levels of an outcome.
    pub of_outcomes: bool,
    /// Those of all other levels.
    pub of_levels: bool,
    /// Those of means and medians.
    pub of_means: bool,
}

impl Intervals {
    /// None.
    pub const NONE: Intervals = Intervals { of_outcomes: false, of_levels: false, of_means: false };
    /// Those of a report: of what was achieved.
    pub const OF_OUTCOMES: Intervals = Intervals { of_outcomes: true, ..Intervals::NONE };

    /// True where some are shown.
    pub fn any(self) -> bool {
        self.of_outcomes || self.of_levels || self.of_means
    }

    /// True for the levels of a variable of this role.
    pub fn of_role(self, role: Role) -> bool {
        match role {
            Role::Outcome | Role::Response | Role::FollowUp => self.of_outcomes,
            Role::CaseId
            | Role::Age
            | Role::Sex
            | Role::Etiology
            | Role::Site
            | Role::Lab
            | Role::Treatment
            | Role::DirectIdentifier
            | Role::Other => self.of_levels,
        }
    }
}

/// A row of a variable or of a level: its label and its template.
#[derive(Debug, Clone, PartialEq)]
pub struct StatRow {
    /// None where the template names itself.
    label: Option<&'static str>,
    pub(super) template: Template,
}

/// The row of the cases in which a variable is not reported.
#[derive(Debug, Clone, PartialEq)]
pub struct MissingRow {
    pub(super) row: StatRow,
    /// True where it comes before the other rows of the variable.
    pub(super) is_first: bool,
}

impl StatRow {
    /// A row of this label and template; none where the template is not valid.
    pub fn new(label: Option<&'static str>, template: &str) -> Option<StatRow> {
        Template::parse(template).ok().map(|template| StatRow { label: label.filter(|l| !l.is_empty()), template })
    }

    /// The label.
    pub(super) fn label(&self) -> String {
        self.label.map_or_else(|| self.template.label(), str::to_owned)
    }
}

/// Which rows and columns the tables have, and how numbers are printed.
#[derive(Debug, Clone)]
pub struct TableOptions {
    /// Rounding and digits.
    pub style: Style,
    /// Rows requested by `--stat`.
    pub stats: StatRules,
    /// Rows of a number column without a request.
    pub number: Vec<StatRow>,
    /// Rows of a level without a request.
    pub level: Vec<StatRow>,
    /// The one level shown of a variable, by its name.
    pub value: Vec<(String, String)>,
    /// The position of the column of all cases.
    pub overall: Overall,
    /// The greatest number of levels shown; the rest are summed up in one line.
    pub most_levels: usize,
    /// Which confidence intervals are shown.
    pub intervals: Intervals,
    /// True where shares are counts only, `4/5` without a percentage.
    pub counts_only: bool,
    /// How they are laid out.
    pub layout: Layout,
    /// True where a number of few values is a list of them, and a level that all cases have stands beside the name.
    pub condenses: bool,
    /// True where few cases are masked.
    masks: bool,
    /// The tool whose conventions the tables follow; none for the program's own.
    preset: Option<&'static Preset>,
    missing_number: Option<MissingRow>,
    missing_level: Option<MissingRow>,
}

impl TableOptions {
    /// The defaults of the tool chosen in the options, else those of the program.
    pub fn new(options: &Options) -> TableOptions {
        let preset = options.like.map(Like::preset);
        let with_bounds = options.denominator == Denominator::Bounds;
        let level = format!(
            "{}{}",
            preset.map_or("{n}/{N} ({p}%)", |preset| preset.category),
            if with_bounds { BOUNDS } else { "" }
        );
        let row = |missing: fn(&Preset) -> Missing| preset.and_then(|preset| missing_row(missing(preset), preset));
        TableOptions {
            style: Style {
                rounding: options.rounding,
                whole_row_totals: options.percent == Percent::Row
                    && preset.is_some_and(|preset| preset.whole_row_totals),
                ..preset.map(Style::from).unwrap_or_default()
            },
            stats: StatRules::default(),
            number: preset.map_or_else(number_rows, rows_of_numbers),
            level: StatRow::new(None, &level).into_iter().collect(),
            value: Vec::new(),
            overall: preset.and_then(|preset| preset.overall.parse().ok()).unwrap_or_default(),
            most_levels: if preset.is_some() { usize::MAX } else { 12 },
            intervals: if preset.is_none() { Intervals::OF_OUTCOMES } else { Intervals::NONE },
            counts_only: false,
            layout: Layout::Sections,
            condenses: preset.is_none() && options.suppress_below.is_none(),
            masks: options.suppress_below.is_some(),
            preset,
            missing_number: row(|preset| preset.missing_number),
            missing_level: row(|preset| preset.missing_category),
        }
    }

    /// The same with counts in place of shares: `4/5`, no percentage and no interval.
    pub fn counts_only(self) -> TableOptions {
        let level = StatRow::new(None, "{n}/{N}").into_iter().collect();
        TableOptions { level, counts_only: true, intervals: Intervals::NONE, ..self }
    }

    /// The same with the marks in numbers that a language has.
    pub fn in_language(mut self, language: Language) -> TableOptions {
        self.style.marks = language.into();
        let between = self.style.marks.between();
        let missing = self.missing_number.iter_mut().chain(&mut self.missing_level).map(|missing| &mut missing.row);
        let rows = self.number.iter_mut().chain(&mut self.level).chain(missing);
        rows.map(|row| &mut row.template).chain(self.stats.templates_mut()).for_each(|of| of.separate_by(between));
        self
    }

    /// The same for the tables of a journal: one row a number, and the marks in numbers that people read; the cells of
    /// a tool stay as they are.
    pub fn for_journal(self, language: Option<Language>) -> TableOptions {
        let own = self.preset.is_none();
        let (label, template) = if self.masks { JOURNAL_MASKED } else { JOURNAL_NUMBER };
        let number = if own { StatRow::new(Some(label), template).into_iter().collect() } else { self.number.clone() };
        let shown = TableOptions { layout: Layout::Journal, number, ..self };
        match language.or(own.then(Language::default)) {
            Some(language) => shown.in_language(language),
            None => shown,
        }
    }

    /// Every statistic that some template names.
    pub fn statistics(&self) -> Vec<Statistic> {
        let missing = self.missing_number.iter().chain(&self.missing_level).map(|missing| &missing.row);
        let rows = self.number.iter().chain(&self.level).chain(missing);
        rows.flat_map(|row| row.template.statistics()).chain(self.stats.statistics()).collect()
    }

    /// True where the tables follow the conventions of another tool.
    pub(super) fn is_like_another(&self) -> bool {
        self.preset.is_some()
    }

    /// Which levels are shown of a variable with two.
    pub(super) fn two_levels(&self) -> TwoLevels {
        self.preset.map_or(TwoLevels::Both, |preset| preset.two_levels)
    }

    /// True where cases whose group is not reported have no column.
    pub(super) fn hides_unreported_groups(&self) -> bool {
        self.preset.is_some_and(|preset| preset.missing_group == MissingGroup::OnlyOverall)
    }

    /// The row of the cases in which a variable is not reported.
    pub(super) fn missing_row(&self, variable: &Variable) -> Option<&MissingRow> {
        if variable.kind == Kind::Number { self.missing_number.as_ref() } else { self.missing_level.as_ref() }
    }

    /// The column of the cases in which a number is not reported.
    pub(super) fn missing_column(&self) -> Option<&'static str> {
        match self.preset?.missing_number {
            Missing::Column(name) => Some(name),
            _ => None,
        }
    }

    /// The printed form of a statistic.
    pub fn print(&self, row: &ResultRow) -> String {
        printed_with(row, &self.style)
    }

    /// The same, with what it is.
    pub(super) fn print_typed(&self, row: &ResultRow) -> PrintedStatistic {
        PrintedStatistic::of(&row.value, self.print(row))
    }

    /// The printed forms of statistics that stand in one cell: their data values have the decimals that one of them needs.
    pub fn print_together<'r>(&self, rows: impl IntoIterator<Item = &'r ResultRow>) -> Vec<PrintedStatistic> {
        let rows: Vec<&ResultRow> = rows.into_iter().collect();
        let shared = self.style.shared_decimals(&rows);
        rows.into_iter().map(|row| self.print_in(row, shared)).collect()
    }

    /// The printed form of a statistic in a row whose numbers share their decimals.
    pub(super) fn print_in(&self, row: &ResultRow, shared: RowDecimals) -> PrintedStatistic {
        PrintedStatistic::of(&row.value, printed_in(row, &self.style, shared))
    }

    /// The rows of a variable, or of each of its levels.
    pub(super) fn rows_of(&self, variable: &Variable) -> Vec<(String, &Template)> {
        if let Some(asked) = self.stats.templates_for(&variable.name, variable.kind) {
            return asked.iter().map(|template| (template.label(), template)).collect();
        }
        let rows = if variable.kind == Kind::Number { &self.number } else { &self.level };
        rows.iter().map(|row| (row.label(), &row.template)).collect()
    }

    /// True where some rows of a variable were asked for.
    pub(super) fn asks_for_rows(&self, variable: &Variable) -> bool {
        self.stats.templates_for(&variable.name, variable.kind).is_some()
    }

    /// The one level that is shown of a variable.
    pub(super) fn value_of(&self, variable: &Variable) -> Option<&str> {
        self.value.iter().find(|(name, _)| *name == variable.name).map(|(_, level)| level.as_str())
    }
}

/// Appended to the template of a level where bounds are requested.
const BOUNDS: &str = " [{bound.low}–{bound.high}%]";

/// The row of a number in a journal's table; where few cases are masked its ends would be.
const JOURNAL_NUMBER: (&str, &str) = ("median (range)", "{median} ({min}–{max})");
const JOURNAL_MASKED: (&str, &str) = ("median (Q1, Q3)", "{median} ({p25}, {p75})");

/// The rows of a number, the program's own.
fn number_rows() -> Vec<StatRow> {
    let rows = [
        ("mean (SD)", "{mean} ({sd})"),
        ("median (Q1, Q3)", "{median} ({p25}, {p75})"),
        ("range; values", "{min}–{max}; n = {N}"),
    ];
    rows.into_iter().filter_map(|(label, template)| StatRow::new(Some(label), template)).collect()
}

/// The rows of a number as a tool shows them.
fn rows_of_numbers(preset: &Preset) -> Vec<StatRow> {
    preset.number.iter().filter_map(|row| StatRow::new(Some(row.label), row.template)).collect()
}

/// The row of the cases not reported; a level of them is shown as the other levels are.
fn missing_row(missing: Missing, preset: &Preset) -> Option<MissingRow> {
    let of_level = || preset.category.replace("{n}", "{N_miss}").replace("{p}", "{p_miss}");
    let (row, is_first) = match missing {
        Missing::Hidden | Missing::Column(_) => return None,
        Missing::First(row) => (StatRow::new(Some(row.label), row.template), true),
        Missing::Last(row) => (StatRow::new(Some(row.label), row.template), false),
        Missing::Level(name) => (StatRow::new(Some(name), &of_level()), false),
    };
    row.map(|row| MissingRow { row, is_first })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An invalid template or word of a preset would be ignored without an error.
    #[test]
    fn every_template_and_word_of_a_preset_is_valid() {
        for like in Like::ALL {
            let (preset, options) = (like.preset(), Options::like(like));
            let shown = TableOptions::new(&options);
            assert_eq!((shown.number.len(), shown.level.len()), (preset.number.len(), 1), "{}", preset.tool);
            assert_eq!(Ok(shown.overall), preset.overall.parse(), "{}", preset.tool);
            assert!(preset.interval.is_none_or(|word| word == options.interval.word()), "{}", preset.tool);
            let has_row = |missing| matches!(missing, Missing::First(_) | Missing::Last(_) | Missing::Level(_));
            assert_eq!(shown.missing_number.is_some(), has_row(preset.missing_number), "{}", preset.tool);
            assert_eq!(shown.missing_level.is_some(), has_row(preset.missing_category), "{}", preset.tool);
        }
    }

    #[test]
    fn a_level_of_what_is_not_reported_has_the_statistics_of_the_other_levels() {
        let shown = TableOptions::new(&Options::like(Like::TableonePy));
        assert!(shown.statistics().contains(&Statistic::ProportionMissing));
        assert!(!TableOptions::new(&Options::default()).statistics().contains(&Statistic::ProportionMissing));
    }
}
