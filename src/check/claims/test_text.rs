//! Reads a test as printed in a report: `t(28) = 2.20`, `F(2, 30) = 4.1`, `chi2(1) = 3.84`, `z = 2.1`, `20/50 vs 36/48`.

use super::ClaimTest;
use crate::check::arithmetic::p_value::{PrintedTest, TestDistribution};
use crate::check::printed::{Figure, Printed};
use crate::decimal::Decimal;

/// The accepted forms.
pub(super) const FORMS: &str =
    "write t(28) = 2.20, F(2, 30) = 4.1, chi2(1) = 3.84, r(28) = 0.3, z = 2.1 or 20/50 vs 36/48";

/// Reads a test. None for any other text.
pub(super) fn parse(text: &str) -> Option<ClaimTest> {
    statistic(text).map(ClaimTest::Statistic).or_else(|| two_by_two(text))
}

/// Two fractions.
fn two_by_two(text: &str) -> Option<ClaimTest> {
    let (first, other) = ["vs.", "vs", "versus"].into_iter().find_map(|word| text.split_once(word))?;
    let fraction = |text: &str| match Printed::parse(text.trim()) {
        Ok(Printed::OfN { n, of, .. }) => Some((n, of)),
        _ => None,
    };
    Some(ClaimTest::TwoByTwo(fraction(first)?, fraction(other)?))
}

/// Reads a test statistic. Its p is a placeholder for that of the claim.
fn statistic(text: &str) -> Option<PrintedTest> {
    let (name, value) = text.split_once('=')?;
    let name = name.trim();
    let (letter, degrees) = match name.split_once('(') {
        Some((letter, rest)) => (letter.trim(), rest.strip_suffix(')')?),
        None => (name, ""),
    };
    let degrees: Vec<f64> = degrees
        .split(',')
        .filter(|df| !df.trim().is_empty())
        .map(|df| df.trim().parse().ok())
        .collect::<Option<_>>()?;
    let distribution = match (letter.to_lowercase().as_str(), degrees.as_slice()) {
        ("t", [df]) => TestDistribution::T(*df),
        ("f", [between, within]) => TestDistribution::F(*between, *within),
        ("chi2" | "x2" | "χ2" | "χ²", [df]) if df.fract() == 0.0 && *df >= 1.0 => {
            TestDistribution::ChiSquared(*df as u64)
        }
        ("r", [df]) => TestDistribution::R(*df),
        ("z", []) => TestDistribution::Z,
        _ => return None,
    };
    let Ok(Printed::Number(statistic)) = Printed::parse(value.trim()) else { return None };
    let no_p = Figure::new(Decimal::from_int(1));
    Some(PrintedTest { distribution, statistic, comparator: None, p: no_p, is_one_tailed: false })
}
