//! One share against a reference: `--against 'best_response=0.2'`.

use super::method::{Against, Method};
use super::options::{Options, ShareAgainst};
use super::reason::Reason;
use super::results::{Rate, Value};
use super::statistic::Statistic;
use crate::stats::binomial_test::binomial_test;

impl ShareAgainst {
    /// The comparison of a share, if it is requested.
    pub fn of<'o>(
        options: &'o Options,
        variable: &str,
        level: Option<&str>,
        rate: Option<Rate>,
    ) -> Option<&'o ShareAgainst> {
        options
            .against
            .iter()
            .find(|against| against.variable == variable && against.level.as_deref() == level && against.rate == rate)
    }

    /// The statistics of n of N.
    pub fn rows(&self, n: u64, total: u64, unknown: Option<&Value>) -> [(Statistic, Value, Method); 3] {
        let test = binomial_test(n, total, &self.reference.to_ratio());
        let value = |p: Option<f64>| match (unknown, p) {
            (Some(unknown), _) => unknown.clone(),
            (None, Some(p)) => Value::Real(p.clamp(f64::MIN_POSITIVE, 1.0)),
            (None, None) => Value::NotEstimable(Reason::EmptyDenominator),
        };
        let method = |is_two_sided| Method::Against(Against { reference: self.reference, is_two_sided });
        [
            (Statistic::AgainstP, value(test.map(|test| test.two_sided)), method(true)),
            (Statistic::AgainstGreater, value(test.map(|test| test.at_least)), method(false)),
            (Statistic::AgainstLess, value(test.map(|test| test.at_most)), method(false)),
        ]
    }
}
