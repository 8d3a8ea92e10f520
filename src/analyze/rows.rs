//! Appends the rows of one variable to the results, each with its key.

use super::Options;
use super::contrast::Contrast;
use super::method::Method;
use super::options::ShareAgainst;
use super::part::PartStatistics;
use super::reason::Reason;
use super::results::{Context, Rate, ResultRow, ResultTable, Value, level_key};
use super::statistic::Statistic;
use crate::decimal::{Exact, lowest_terms};
use crate::schema::MissingReason;
use crate::stats::proportion::{Difference, interval};
use std::sync::Arc;

/// What the rows of one variable have in common.
pub struct Rows<'p, 'a> {
    part: &'p mut PartStatistics<'a>,
    table: ResultTable,
    variable: String,
    unit: Option<String>,
    decimals: u8,
}

impl<'p, 'a> Rows<'p, 'a> {
    /// Rows of a variable.
    pub fn new(part: &'p mut PartStatistics<'a>, variable: &str) -> Rows<'p, 'a> {
        Rows::of(part, ResultTable::Own(variable))
    }

    /// Rows of a table.
    pub fn of(part: &'p mut PartStatistics<'a>, table: ResultTable<&str>) -> Rows<'p, 'a> {
        let variable = part.results().tables().name(table);
        Rows { part, table: table.owned(), variable, unit: None, decimals: 0 }
    }

    /// The conventions of the run.
    pub fn options(&self) -> &'a Options {
        self.part.options
    }

    /// The statistics that are computed of the variable on request.
    pub fn requested(&self) -> Vec<Statistic> {
        self.options().requested_of(&self.variable)
    }

    /// The same with the unit and the decimals of numbers.
    pub fn in_unit(mut self, unit: Option<&str>, decimals: u8) -> Rows<'p, 'a> {
        self.unit = unit.map(str::to_owned);
        self.decimals = decimals;
        self
    }

    /// Appends a row without a level.
    pub fn push(&mut self, context: Context, statistic: Statistic, value: Value, method: Option<Method>) {
        let key = format!("{}.{statistic}", self.variable);
        let has_unit = !matches!(value, Value::Count(_) | Value::Date(_));
        let unit = self.unit.clone().filter(|_| has_unit);
        self.add(key, context, None, statistic, value, Extra { unit, method, ..Extra::default() });
    }

    /// Appends rows that stand in one cell: where a value needs one more decimal than the data have, all get it: it
    /// is `51.90 (43.00, 58.95)`. A tool has digits of its own.
    pub fn together<const N: usize>(&mut self, context: Context, rows: [(Statistic, Value, Option<Method>); N]) {
        let of_data = self.decimals;
        let needing: Vec<&Value> = match self.part.options.like {
            None => rows.iter().map(|(_, value, _)| value).collect(),
            Some(_) => Vec::new(),
        };
        let shared = shared_decimals(of_data, &needing);
        for (statistic, value, method) in rows {
            self.decimals = shared(&value);
            self.push(context, statistic, value, method);
        }
        self.decimals = of_data;
    }

    /// Appends an end of an interval of a mean or a median.
    pub fn interval(&mut self, statistic: Statistic, value: Value, method: Method) {
        self.limit(Context::Interval, statistic, value, method);
    }

    /// Appends a statistic of a time of the curve of so many cases.
    pub fn at_time(&mut self, time: &str, statistic: Statistic, of: (Value, Option<Method>), cases: u64) {
        let key = level_key(&self.variable, Some(time), statistic, None);
        let is_limit = matches!(statistic, Statistic::ConfLow | Statistic::ConfHigh);
        let conf_level = is_limit.then_some(self.part.options.conf_level);
        let extra = Extra { method: of.1, conf_level, decimals: Some(u8::from(cases >= 100)), ..Extra::default() };
        self.add(key, Context::Survival, Some(time), statistic, of.0, extra);
    }

    /// Appends a statistic of the curve up to a time, in the unit of the times.
    pub fn until(&mut self, time: &str, statistic: Statistic, value: Value) {
        let key = level_key(&self.variable, Some(time), statistic, None);
        let is_limit = matches!(statistic, Statistic::RestrictedMeanLow | Statistic::RestrictedMeanHigh);
        let conf_level = is_limit.then_some(self.part.options.conf_level);
        let (unit, method) = (self.unit.clone(), Some(Method::RestrictedMean));
        self.add(
            key,
            Context::Survival,
            Some(time),
            statistic,
            value,
            Extra { unit, method, conf_level, ..Extra::default() },
        );
    }

    /// Appends a statistic of the association of two numbers.
    pub fn association(&mut self, pair: &str, statistic: Statistic, value: Value, method: Option<Method>) {
        let key = level_key(&self.variable, Some(pair), statistic, None);
        let is_limit = matches!(statistic, Statistic::PearsonLow | Statistic::PearsonHigh);
        let conf_level = is_limit.then_some(self.part.options.conf_level);
        self.add(
            key,
            Context::Association,
            Some(pair),
            statistic,
            value,
            Extra { method, conf_level, ..Extra::default() },
        );
    }

    /// Appends an end of an interval.
    pub fn limit(&mut self, context: Context, statistic: Statistic, value: Value, method: Method) {
        let (key, unit) = (format!("{}.{statistic}", self.variable), self.unit.clone());
        let extra =
            Extra { unit, method: Some(method), conf_level: Some(self.part.options.conf_level), ..Extra::default() };
        self.add(key, context, None, statistic, value, extra);
    }

    /// Appends a count without a level.
    pub fn count(&mut self, context: Context, statistic: Statistic, n: u64) {
        self.push(context, statistic, Value::Count(n), None);
    }

    /// Appends the count of one reason, written in parentheses: `crp.N_miss(not done)`.
    pub fn count_of(&mut self, context: Context, statistic: Statistic, of: MissingReason, n: u64) {
        let key = format!("{}.{statistic}({})", self.variable, of.word());
        let method = Some(Method::Missing(of));
        self.add(key, context, None, statistic, Value::Count(n), Extra { method, ..Extra::default() });
    }

    /// Appends a share of the cases, of no level.
    pub fn share_of_cases(&mut self, context: Context, statistic: Statistic, n: u64, total: u64) {
        let key = format!("{}.{statistic}", self.variable);
        let ratio = || Value::Exact(Exact::Ratio(lowest_terms(n.into(), total.into())));
        let value = if total == 0 { Value::NotEstimable(Reason::NoCase) } else { ratio() };
        let extra = Extra { decimals: Some(u8::from(total >= 100)), ..Extra::default() };
        self.add(key, context, None, statistic, value, extra);
    }

    /// Appends a count of a level.
    pub fn level_count(&mut self, context: Context, level: Option<&str>, statistic: Statistic, n: u64) {
        let key = level_key(&self.variable, level, statistic, None);
        self.add(key, context, level, statistic, Value::Count(n), Extra::default());
    }

    /// Appends a statistic of a level or a rate.
    pub fn level_value(
        &mut self,
        level: Option<&str>,
        (statistic, rate): (Statistic, Option<Rate>),
        (value, method): (Value, Option<Method>),
    ) {
        let key = level_key(&self.variable, level, statistic, rate);
        let is_limit = matches!(statistic, Statistic::ConfLow | Statistic::ConfHigh);
        let conf_level = is_limit.then_some(self.part.options.conf_level);
        self.add(
            key,
            Context::Response,
            level,
            statistic,
            value,
            Extra { rate, method, conf_level, ..Extra::default() },
        );
    }

    /// Appends n, N, p and the interval of a level, or of a response rate.
    pub fn proportion(&mut self, context: Context, level: Option<&str>, n: u64, total: u64, rate: Option<Rate>) {
        self.share(context, level, &LevelShare { n, total, rate, unknown: None, open: None });
    }

    /// The same, with the bounds due to cases not reported where they are requested.
    pub fn share(&mut self, context: Context, level: Option<&str>, share: &LevelShare) {
        let LevelShare { n, total, rate, .. } = *share;
        let options = self.part.options;
        let mut row = |statistic, value, method: Option<Method>, conf_level| {
            let key = level_key(&self.variable, level, statistic, rate);
            // Whole percents below 100 cases, else one decimal.
            let decimals = Some(u8::from(total >= 100));
            let extra = Extra { rate, decimals, method, conf_level, ..Extra::default() };
            self.add(key, context, level, statistic, value, extra);
        };
        row(Statistic::Cases, Value::Count(n), None, None);
        row(Statistic::N, Value::Count(total), None, None);
        let open = share.open.map(|(unknown, all)| Reason::OneAnswer { low: (n, all), high: (n + unknown, all) });
        let open = open.map(Value::NotEstimable);
        row(Statistic::Proportion, open.clone().unwrap_or_else(|| share.of(n, total)), None, None);
        if let Some((unknown, all)) = share.unknown {
            row(Statistic::BoundLow, share.of(n, all), Some(Method::NoneOfUnreported), None);
            row(Statistic::BoundHigh, share.of(n + unknown, all), Some(Method::AllOfUnreported), None);
        }
        let found = interval(n, total, options.conf_level, options.interval);
        for (statistic, end) in
            [(Statistic::ConfLow, found.map(|i| i.low)), (Statistic::ConfHigh, found.map(|i| i.high))]
        {
            let value = open.clone().unwrap_or_else(|| end.map_or_else(|| share.none(), Value::Real));
            row(statistic, value, Some(Method::ProportionInterval(options.interval)), Some(options.conf_level));
        }
        if let Some(against) = ShareAgainst::of(options, &self.variable, level, rate) {
            for (statistic, value, method) in against.rows(n, total, open.as_ref()) {
                let key = level_key(&self.variable, level, statistic, rate);
                let extra = Extra { rate, method: Some(method), ..Extra::default() };
                self.add(key, context, level, statistic, value, extra);
            }
        }
    }

    /// Appends a statistic of a comparison of the groups; nothing without a value.
    pub fn compared(
        &mut self,
        level: Option<&str>,
        statistic: Statistic,
        value: Option<Value>,
        method: Option<Method>,
    ) {
        let Some(value) = value else { return };
        let context = if statistic == Statistic::Smd { Context::Difference } else { Context::Test };
        let key = level_key(&self.variable, level, statistic, None);
        self.add(key, context, level, statistic, value, Extra { method, ..Extra::default() });
    }

    /// Appends a difference with its interval: of proportions where there is a level, else of means.
    pub fn difference(
        &mut self,
        level: Option<&str>,
        (difference, method): (Result<Difference, Reason>, Option<Method>),
        contrast: Option<&Arc<Contrast>>,
    ) {
        let statistics = match level {
            Some(_) => [
                Statistic::ProportionDifference,
                Statistic::ProportionDifferenceLow,
                Statistic::ProportionDifferenceHigh,
            ],
            None => [Statistic::Difference, Statistic::DifferenceLow, Statistic::DifferenceHigh],
        };
        let ends: [fn(&Difference) -> f64; 3] = [|d| d.estimate, |d| d.low, |d| d.high];
        for (statistic, end) in statistics.into_iter().zip(ends) {
            let value = difference.as_ref().map(end);
            let value = value.map_or_else(|reason| Value::NotEstimable(reason.clone()), Value::Real);
            let key = level_key(&self.variable, level, statistic, None);
            let conf_level = Some(self.part.options.conf_level).filter(|_| statistic.limits().is_none());
            let unit = self.unit.clone().filter(|_| level.is_none());
            let decimals = level.map(|_| 0);
            let (method, contrast) = (method.clone(), contrast.cloned());
            let extra = Extra { method, conf_level, unit, decimals, contrast, ..Extra::default() };
            self.add(key, Context::Difference, level, statistic, value, extra);
        }
    }

    /// Appends a ratio of two groups, in a level where it is one of shares, or a limit of it.
    pub fn ratio(
        &mut self,
        level: Option<&str>,
        (statistic, value): (Statistic, Value),
        method: &Method,
        contrast: Option<&Arc<Contrast>>,
    ) {
        let key = level_key(&self.variable, level, statistic, None);
        let conf_level = Some(self.part.options.conf_level).filter(|_| statistic.limits().is_none());
        let (method, contrast) = (Some(method.clone()), contrast.map(|contrast| Arc::new(contrast.ratio())));
        let extra = Extra { method, conf_level, contrast, decimals: Some(0), ..Extra::default() };
        self.add(key, Context::Ratio, level, statistic, value, extra);
    }

    fn add(
        &mut self,
        key: String,
        context: Context,
        level: Option<&str>,
        statistic: Statistic,
        value: Value,
        extra: Extra,
    ) {
        self.part.push(ResultRow {
            key,
            context,
            group: None,
            table: self.table.clone(),
            variable: Some(self.variable.clone()),
            level: level.map(str::to_owned),
            statistic,
            value,
            unit: extra.unit,
            method: extra.method,
            rate: extra.rate,
            conf_level: extra.conf_level,
            contrast: extra.contrast,
            decimals: extra.decimals.unwrap_or(self.decimals),
        });
    }
}

/// A number of cases, of how many.
pub struct LevelShare {
    /// Cases with the level, or numerator of the rate.
    pub n: u64,
    /// Denominator.
    pub total: u64,
    /// Which rate it is, if it is one.
    pub rate: Option<Rate>,
    /// Cases not reported and all cases, where the bounds are requested.
    pub unknown: Option<(u64, u64)>,
    /// Cases whose blank cell may mean no, and all cases: the share is not known.
    pub open: Option<(u64, u64)>,
}

impl LevelShare {
    fn of(&self, n: u64, total: u64) -> Value {
        if total == 0 { self.none() } else { Value::Exact(Exact::Ratio(lowest_terms(n.into(), total.into()))) }
    }

    fn none(&self) -> Value {
        let is_rate = self.rate.is_some();
        Value::NotEstimable(if is_rate { Reason::EmptyDenominator } else { Reason::NotReported })
    }
}

#[derive(Default)]
struct Extra {
    unit: Option<String>,
    method: Option<Method>,
    rate: Option<Rate>,
    conf_level: Option<f64>,
    contrast: Option<Arc<Contrast>>,
    decimals: Option<u8>,
}

/// The decimals of each value of a cell, where the data have so many: one more for all where one needs it.
///
/// What needs more gets it where it is printed; a bound keeps the digits it was stated with.
pub(super) fn shared_decimals(of_data: u8, values: &[&Value]) -> impl Fn(&Value) -> u8 + use<> {
    let needs_more = move |value: &Value| match value {
        Value::Exact(value) | Value::Censored(_, value) => !value.has_at_most(u32::from(of_data)),
        Value::Count(_) | Value::Real(_) | Value::Date(_) | Value::NotEstimable(_) | Value::Masked => false,
    };
    let grows = values.iter().any(|value| needs_more(value));
    move |value| {
        let more = grows && matches!(value, Value::Exact(_)) && !needs_more(value);
        of_data.saturating_add(u8::from(more))
    }
}
