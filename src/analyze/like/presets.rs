//! The conventions of each tool. Where each was read: tests/oracle/like/README.md.

use super::{
    Arithmetic, CategoryTest, DigitsPolicy, KindCondition, KindRule, Missing, MissingGroup, NumberTest, PValue,
    Percentage, Preset, PresetRow, Tests, TwoLevels,
};
use crate::analyze::denominator::Denominator;
use crate::decimal::Rounding;

const fn row(label: &'static str, template: &'static str) -> PresetRow {
    PresetRow { label, template }
}

/// Defaults of `tbl_summary()`; `add_p()` and `add_ci()`.
pub(super) const GTSUMMARY: Preset = Preset {
    tool: "R gtsummary 2",
    quantile: 2,
    arithmetic: Arithmetic::Exact,
    rounding: Rounding::HalfUpEpsilon,
    denominator: Denominator::Reported,
    percentage: Percentage::Product,
    digits: DigitsPolicy::Gtsummary,
    thousands: true,
    number: &[row("", "{median} ({p25}, {p75})")],
    category: "{n} ({p}%)",
    two_levels: TwoLevels::OnlyYes,
    missing_number: Missing::Last(row("Unknown", "{N_miss}")),
    missing_category: Missing::Last(row("Unknown", "{N_miss}")),
    overall: "no",
    missing_group: MissingGroup::Dropped,
    interval: Some("wilson-cc"),
    tests: Some(Tests {
        two_groups: NumberTest::RankSum,
        more_groups: NumberTest::KruskalWallis,
        category: CategoryTest::PearsonOrFisher,
        p_value: PValue::Gtsummary,
        smd: None,
    }),
    kind_rules: &[
        KindRule { when: KindCondition::ZeroAndOne, kind: "binary" },
        KindRule { when: KindCondition::FewerDistinct(10), kind: "category" },
    ],
};

/// `continuous_summary_fns()` and the default `fmt_fun`.
pub(super) const CARDS: Preset = Preset {
    tool: "R cards 0.9",
    quantile: 2,
    arithmetic: Arithmetic::Exact,
    rounding: Rounding::HalfUpEpsilon,
    denominator: Denominator::Reported,
    percentage: Percentage::Product,
    digits: DigitsPolicy::Fixed { values: 1, percentages: 1 },
    thousands: false,
    number: &[
        row("N", "{N}"),
        row("Mean", "{mean}"),
        row("SD", "{sd}"),
        row("Median", "{median}"),
        row("Q1", "{p25}"),
        row("Q3", "{p75}"),
        row("Min", "{min}"),
        row("Max", "{max}"),
    ],
    category: "{n} ({p}%)",
    two_levels: TwoLevels::Both,
    missing_number: Missing::Hidden,
    missing_category: Missing::Hidden,
    overall: "no",
    missing_group: MissingGroup::Dropped,
    interval: None,
    tests: None,
    kind_rules: &[],
};

/// `print()` of `CreateTableOne()`.
pub(super) const TABLEONE_R: Preset = Preset {
    tool: "R tableone 0.13",
    quantile: 7,
    arithmetic: Arithmetic::R,
    rounding: Rounding::R,
    denominator: Denominator::Reported,
    percentage: Percentage::Product,
    digits: DigitsPolicy::Fixed { values: 2, percentages: 1 },
    thousands: false,
    number: &[row("", "{mean} ({sd})")],
    category: "{n} ({p})",
    two_levels: TwoLevels::OnlySecond,
    missing_number: Missing::Hidden,
    missing_category: Missing::Hidden,
    overall: "no",
    missing_group: MissingGroup::OnlyOverall,
    interval: None,
    tests: Some(Tests {
        two_groups: NumberTest::Anova,
        more_groups: NumberTest::Anova,
        category: CategoryTest::Yates,
        p_value: PValue::MarkedAsZero("<0.001"),
        smd: Some(PValue::MarkedAsZero("<0.001")),
    }),
    kind_rules: &[],
};

/// Defaults of `TableOne()`, `include_null` among them.
pub(super) const TABLEONE_PY: Preset = Preset {
    tool: "Python tableone 0.9",
    quantile: 7,
    arithmetic: Arithmetic::NumPy,
    rounding: Rounding::Binary,
    denominator: Denominator::All,
    percentage: Percentage::Product,
    digits: DigitsPolicy::Fixed { values: 1, percentages: 1 },
    thousands: false,
    number: &[row("", "{mean} ({sd})")],
    category: "{n} ({p})",
    two_levels: TwoLevels::Both,
    missing_number: Missing::Column("Missing"),
    missing_category: Missing::Level("None"),
    overall: "first",
    missing_group: MissingGroup::OnlyOverall,
    interval: None,
    tests: Some(Tests {
        two_groups: NumberTest::WelchT,
        more_groups: NumberTest::Anova,
        category: CategoryTest::YatesOrFisher,
        p_value: PValue::MarkedBelow("<0.001"),
        smd: None,
    }),
    kind_rules: &[KindRule { when: KindCondition::DistinctLessThanOneIn(200), kind: "category" }],
};

/// Defaults of `table1()`.
pub(super) const TABLE1: Preset = Preset {
    tool: "R table1 1.5",
    quantile: 7,
    arithmetic: Arithmetic::R,
    rounding: Rounding::HalfUpEpsilon,
    denominator: Denominator::All,
    percentage: Percentage::Quotient,
    digits: DigitsPolicy::Table1,
    thousands: false,
    number: &[row("Mean (SD)", "{mean} ({sd})"), row("Median [Min, Max]", "{median} [{min}, {max}]")],
    category: "{n} ({p}%)",
    two_levels: TwoLevels::Both,
    missing_number: Missing::Last(row("Missing", "{N_miss} ({p_miss}%)")),
    missing_category: Missing::Last(row("Missing", "{N_miss} ({p_miss}%)")),
    overall: "last",
    missing_group: MissingGroup::Refused,
    interval: None,
    tests: None,
    kind_rules: &[],
};

/// `summary()` of `tableby()`.
pub(super) const ARSENAL: Preset = Preset {
    tool: "R arsenal 3.7",
    quantile: 7,
    arithmetic: Arithmetic::R,
    rounding: Rounding::Binary,
    denominator: Denominator::Reported,
    percentage: Percentage::Quotient,
    digits: DigitsPolicy::Fixed { values: 3, percentages: 1 },
    thousands: false,
    number: &[row("Mean (SD)", "{mean} ({sd})"), row("Range", "{min} - {max}")],
    category: "{n} ({p}%)",
    two_levels: TwoLevels::Both,
    missing_number: Missing::First(row("N-Miss", "{N_miss}")),
    missing_category: Missing::First(row("N-Miss", "{N_miss}")),
    overall: "last",
    missing_group: MissingGroup::Dropped,
    interval: Some("clopper-pearson"),
    tests: Some(Tests {
        two_groups: NumberTest::Anova,
        more_groups: NumberTest::Anova,
        category: CategoryTest::Pearson,
        p_value: PValue::MarkedBelow("< 0.001"),
        smd: None,
    }),
    kind_rules: &[],
};

/// Defaults of `summary_factorlist()`, with `p = TRUE` where tests are asked for.
pub(super) const FINALFIT: Preset = Preset {
    tool: "R finalfit 1.1",
    quantile: 7,
    arithmetic: Arithmetic::R,
    rounding: Rounding::Binary,
    denominator: Denominator::Reported,
    percentage: Percentage::Quotient,
    digits: DigitsPolicy::Fixed { values: 1, percentages: 1 },
    thousands: false,
    number: &[row("Mean (SD)", "{mean} ({sd})")],
    category: "{n} ({p})",
    two_levels: TwoLevels::Both,
    missing_number: Missing::Hidden,
    missing_category: Missing::Hidden,
    overall: "no",
    missing_group: MissingGroup::Dropped,
    interval: None,
    tests: Some(Tests {
        two_groups: NumberTest::Anova,
        more_groups: NumberTest::Anova,
        category: CategoryTest::Yates,
        p_value: PValue::MarkedAsZero("<0.001"),
        smd: None,
    }),
    kind_rules: &[KindRule { when: KindCondition::FewerDistinct(5), kind: "category" }],
};

/// PROC MEANS, and the table of PROC FREQ.
pub(super) const SAS: Preset = Preset {
    tool: "SAS 9.4 PROC MEANS and PROC FREQ",
    quantile: 2,
    arithmetic: Arithmetic::Exact,
    rounding: Rounding::HalfUp,
    denominator: Denominator::Reported,
    percentage: Percentage::Quotient,
    digits: DigitsPolicy::Sas,
    thousands: false,
    number: &[
        row("N", "{N}"),
        row("Mean", "{mean}"),
        row("Std Dev", "{sd}"),
        row("Minimum", "{min}"),
        row("Maximum", "{max}"),
    ],
    category: "{n} ({p})",
    two_levels: TwoLevels::Both,
    missing_number: Missing::Hidden,
    missing_category: Missing::Last(row("Frequency Missing", "{N_miss}")),
    overall: "no",
    missing_group: MissingGroup::Dropped,
    interval: None,
    tests: None,
    kind_rules: &[],
};

/// DESCRIPTIVES, the valid percent of FREQUENCIES, and HAVERAGE of EXAMINE.
pub(super) const SPSS: Preset = Preset {
    tool: "SPSS Statistics DESCRIPTIVES and FREQUENCIES",
    quantile: 6,
    arithmetic: Arithmetic::Exact,
    rounding: Rounding::HalfUp,
    denominator: Denominator::Reported,
    percentage: Percentage::Quotient,
    digits: DigitsPolicy::Spss,
    thousands: false,
    number: &[
        row("N", "{N}"),
        row("Minimum", "{min}"),
        row("Maximum", "{max}"),
        row("Mean", "{mean}"),
        row("Std. Deviation", "{sd}"),
    ],
    category: "{n} ({p})",
    two_levels: TwoLevels::Both,
    missing_number: Missing::Hidden,
    missing_category: Missing::Last(row("Missing", "{N_miss}")),
    overall: "no",
    missing_group: MissingGroup::Dropped,
    interval: None,
    tests: None,
    kind_rules: &[],
};
