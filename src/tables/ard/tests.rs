//! Rows by hand: each kind of value, withheld numbers, groups; no two rows of one name.

use super::{ArdRow, Scalar, ard};
use crate::analyze::method::Method;
use crate::analyze::reason::Reason;
use crate::analyze::results::{Context, Group, Rate, ResultRow, ResultTable, Value};
use crate::analyze::statistic::Statistic;
use crate::decimal::Exact;
use crate::schema::MissingReason;
use crate::schema::lexical::Comparator;
use crate::stats::proportion::IntervalMethod;
use crate::stats::quantile::QuantileType;
use crate::tables::style::Style;
use num_rational::BigRational;
use std::sync::Arc;

fn statistic(variable: &str, context: Context, name: &str, value: Value) -> ResultRow {
    ResultRow {
        key: format!("{variable}.{name}"),
        context,
        group: None,
        table: ResultTable::Own(variable.into()),
        variable: Some(variable.to_owned()),
        level: None,
        statistic: Statistic::parse(name).expect("a statistic"),
        value,
        unit: None,
        method: None,
        rate: None,
        conf_level: None,
        contrast: None,
        decimals: 0,
    }
}

fn ratio(n: i64, total: i64) -> Value {
    Value::Exact(Exact::Ratio(BigRational::new(n.into(), total.into())))
}

/// Context, name, value, printed form, pattern, warning: `missing p_miss 0.2 20 x% -`.
fn shown(row: &ArdRow<'_>) -> String {
    let scalar = |scalar: &Scalar<'_>| match scalar {
        Scalar::Null => "-".to_owned(),
        Scalar::Text(text) => text.clone().into_owned(),
        Scalar::Count(n) => n.to_string(),
        Scalar::Real(number) => number.to_string(),
    };
    let warning = row.warning.as_deref().unwrap_or("-");
    let (stat, format) = (scalar(&row.stat), scalar(&row.format));
    format!("{} {} | {stat} | {} | {format} | {warning}", row.context, row.name, row.printed)
}

fn all_shown(rows: Vec<ResultRow>) -> Vec<String> {
    ard(&rows, &Style::default()).iter().map(shown).collect()
}

#[test]
fn a_summary_names_its_methods_once_and_says_why_there_is_no_number() {
    let of = |name, value| statistic("crp", Context::Summary, name, value);
    let rows = vec![
        of("N", Value::Count(7)),
        ResultRow { decimals: 1, ..of("mean", ratio(22, 3)) },
        ResultRow { method: Some(Method::SampleSd), ..of("sd", Value::NotEstimable(Reason::OneValueSd)) },
        ResultRow { method: Some(Method::Quantile(QuantileType::default())), ..of("median", Value::Masked) },
        ResultRow {
            method: Some(Method::Quantile(QuantileType::default())),
            ..of("p75", Value::Censored(Comparator::Above, Exact::Ratio(BigRational::from_integer(1280.into()))))
        },
        of("max", Value::Date("2018-03".to_owned())),
    ];
    let expected = [
        "summary N | 7 | 7 | 0 | -",
        "summary mean | 7.333333333333333 | 7.33 | 2 | -",
        "summary sd | - | NE | - | one value has no SD",
        "summary median | - | masked | - | masked",
        "summary p75 | - | >1280 | - | censored: >1280",
        "summary max | 2018-03 | 2018-03 | - | -",
        "summary method | sample SD, divisor N - 1; quantile type 7 | sample SD, divisor N - 1; quantile type 7 | - | -",
    ];
    assert_eq!(all_shown(rows), expected);
}

#[test]
fn an_interval_is_an_analysis_of_its_own() {
    let limit = |name, value| ResultRow {
        method: Some(Method::ProportionInterval(IntervalMethod::ClopperPearson)),
        conf_level: Some(0.95),
        ..statistic("sites", Context::Set, name, Value::Real(value))
    };
    let mut rows = vec![
        statistic("sites", Context::Set, "n", Value::Count(1)),
        statistic("sites", Context::Set, "N", Value::Count(4)),
        statistic("sites", Context::Set, "p", ratio(1, 4)),
        limit("conf.low", 0.0456),
        limit("conf.high", 0.6994),
    ];
    rows.iter_mut().for_each(|row| row.level = Some("knee".to_owned()));
    rows.iter_mut().for_each(|row| row.decimals = 1);
    let expected = [
        "tabulate n | 1 | 1 | 0 | -",
        "tabulate N | 4 | 4 | 0 | -",
        "tabulate p | 0.25 | 25.0 | x.x% | -",
        "proportion_ci N | 4 | 4 | 0 | -",
        "proportion_ci n | 1 | 1 | 0 | -",
        "proportion_ci estimate | 0.25 | 25.0 | x.x% | -",
        "proportion_ci conf.low | 0.0456 | 4.6 | x.x% | -",
        "proportion_ci conf.high | 0.6994 | 69.9 | x.x% | -",
        "proportion_ci conf.level | 0.95 | 0.95 | 2 | -",
        "proportion_ci method | Clopper-Pearson exact | Clopper-Pearson exact | - | -",
    ];
    assert_eq!(all_shown(rows), expected);
}

#[test]
fn missing_rows_have_the_five_of_cards_and_no_levels() {
    let of = |name, n| statistic("crp", Context::Missing, name, Value::Count(n));
    let reason = |n| ResultRow { method: Some(Method::Missing(MissingReason::NotDone)), ..of("N_miss", n) };
    let expected = [
        "missing N_obs | 5 | 5 | 0 | -",
        "missing N_miss | 1 | 1 | 0 | -",
        "missing N_nonmiss | 4 | 4 | 0 | -",
        "missing p_miss | 0.2 | 20 | x% | -",
        "missing p_nonmiss | 0.8 | 80 | x% | -",
        "missing N_unreadable | 2 | 2 | 0 | -",
        "missing N_miss_not_done | 1 | 1 | 0 | -",
    ];
    let rows = vec![of("N_obs", 5), of("N_unreadable", 2), of("N_miss", 1), reason(1)];
    assert_eq!(all_shown(rows.clone()), expected);
    assert_eq!(ard(&rows, &Style::default())[6].level, None);
}

#[test]
fn what_follows_from_a_withheld_count_is_withheld() {
    let of = |name, value| statistic("crp", Context::Missing, name, value);
    for (all, absent) in [(Value::Count(5), Value::Masked), (Value::Masked, Value::Count(1))] {
        let rows = all_shown(vec![of("N_obs", all), of("N_miss", absent)]);
        for (row, name) in rows[2..].iter().zip(["N_nonmiss", "p_miss", "p_nonmiss"]) {
            assert_eq!(*row, format!("missing {name} | - | masked | - | masked"));
        }
    }
    let none = all_shown(vec![of("N_obs", Value::Count(0)), of("N_miss", Value::Count(0))]);
    assert_eq!(none[3], "missing p_miss | - | NE | - | no case");
}

#[test]
fn rates_and_groups_keep_rows_apart() {
    let group =
        |level: Option<&str>| Some(Arc::new(Group { levels: vec![("etiology".to_owned(), level.map(str::to_owned))] }));
    let of =
        |rate| ResultRow { rate: Some(rate), ..statistic("best_response", Context::Response, "n", Value::Count(1)) };
    let mut all = vec![of(Rate::RespondersEvaluable), of(Rate::RespondersTreated)];
    for level in [Some("idiopathic"), None] {
        all.push(ResultRow { group: group(level), ..of(Rate::RespondersEvaluable) });
    }
    let rows = ard(&all, &Style::default());
    let variables: Vec<&str> = rows.iter().map(|row| row.variable.as_ref()).collect();
    assert_eq!(variables, ["best_response", "best_response(responders/treated)", "best_response", "best_response"]);
    assert_eq!(rows[2].groups, [("etiology".to_owned(), Some("idiopathic".to_owned()))]);
    assert_eq!(rows[3].groups, [("etiology".to_owned(), None)]);
    assert!(rows[0].groups.is_empty());
}
