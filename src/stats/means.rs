//! Means of independent groups: intervals, t tests, analysis of variance.
//!
//! Statistics are exact up to the last step, a square root or a distribution function.

use crate::stats::distribution::{f_p, t_p, t_quantile};
use crate::stats::hypothesis::{DegreesOfFreedom, NoTest, TestMethod, TestResult};
use crate::stats::moments::Moments;
use crate::stats::proportion::Difference;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

/// What is known of the values of a group: from their moments, or from a published table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Number of values, at least 1.
    pub n: u64,
    /// Their mean.
    pub mean: BigRational,
    /// Their variance, divisor n − 1. None when n < 2.
    pub variance: Option<BigRational>,
}

impl Sample {
    /// The sample with these moments. None when there are no values.
    pub fn of(moments: &Moments) -> Option<Sample> {
        Some(Sample { n: moments.n(), mean: moments.mean()?, variance: moments.variance() })
    }

    /// True where two values differ.
    pub fn has_spread(&self) -> bool {
        self.variance.as_ref().is_some_and(|variance| !variance.is_zero())
    }

    /// The squared standard error of the mean. None when n < 2.
    fn squared_error(&self) -> Option<BigRational> {
        self.variance.as_ref().map(|variance| variance / BigInt::from(self.n))
    }
}

/// How [`mean_interval`] makes its interval.
pub const MEAN_METHOD: &str = "Student t";

/// The t interval of a mean.
/// Formula: mean ± t·s/√n with n − 1 degrees of freedom, as its half width t·s/√n.
/// Units: those of the values; s has divisor n − 1. None when n < 2 and when `conf_level` is
/// outside 0.5 to 1 − 1e-9.
/// Reference: Student 1908, doi:10.1093/biomet/6.1.1.
/// Checked: R 4.2.2 and SciPy values, tests/stats/means.rs
pub fn mean_interval(sample: &Sample, conf_level: f64) -> Option<Difference> {
    let error = real(&sample.squared_error()?)?.sqrt();
    around(&sample.mean, t_quantile(conf_level, (sample.n - 1) as f64)? * error)
}

/// How [`difference_of_means`] makes its interval.
pub const DIFFERENCE_METHOD: &str = "Welch t, unequal variances";

/// The interval of the difference of two means, first less second, by Welch's t.
/// Formula: m₁ − m₂ ± t·sqrt(s₁²/n₁ + s₂²/n₂), the degrees of freedom by Welch and Satterthwaite.
/// Units: those of the values. Errors: [`NoTest::OneValue`] when a group has fewer than two values,
/// [`NoTest::NoVariance`] when none of the values of both groups differs from its mean, [`NoTest::TooLarge`].
/// Reference: Welch 1947, doi:10.1093/biomet/34.1-2.28.
/// Checked: statsmodels 0.15.0 CompareMeans.tconfint_diff, tests/oracle/means.csv
pub fn difference_of_means(first: &Sample, second: &Sample, conf_level: f64) -> Result<Difference, NoTest> {
    let (squared_error, df) = welch_error(first, second)?;
    let half_width = || Some(t_quantile(conf_level, df)? * real(&squared_error)?.sqrt());
    half_width().and_then(|half_width| around(&(&first.mean - &second.mean), half_width)).ok_or(NoTest::TooLarge)
}

/// An estimate with the same distance to both bounds.
fn around(estimate: &BigRational, half_width: f64) -> Option<Difference> {
    let estimate = real(estimate)?;
    Some(Difference { estimate, low: estimate - half_width, high: estimate + half_width })
}

/// Welch's t test of two means.
/// Formula: t = (m₁ − m₂) / sqrt(s₁²/n₁ + s₂²/n₂), the degrees of freedom
/// (a + b)² / (a²/(n₁ − 1) + b²/(n₂ − 1)) with a = s₁²/n₁ and b = s₂²/n₂.
/// Units: p two-sided. Errors: [`NoTest::OneValue`], [`NoTest::NoVariance`].
/// Reference: Welch 1947, doi:10.1093/biomet/34.1-2.28.
/// Checked: SciPy 1.17.1 ttest_ind, tests/oracle/means.csv
pub fn welch_t(first: &Sample, second: &Sample) -> Result<TestResult, NoTest> {
    let (squared_error, df) = welch_error(first, second)?;
    t_test(first, second, &squared_error, df, TestMethod::Welch)
}

/// The squared standard error of the difference of two means, and its degrees of freedom.
fn welch_error(first: &Sample, second: &Sample) -> Result<(BigRational, f64), NoTest> {
    let [a, b] = [first, second].map(|sample| sample.squared_error().ok_or(NoTest::OneValue));
    let (a, b) = (a?, b?);
    let sum = &a + &b;
    if sum.is_zero() {
        return Err(NoTest::NoVariance);
    }
    let part = |error: BigRational, sample: &Sample| &error * &error / BigInt::from(sample.n - 1);
    let df = real(&(&sum * &sum / (part(a, first) + part(b, second)))).ok_or(NoTest::TooLarge)?;
    Ok((sum, df))
}

/// Student's t test of two means, which takes both variances for equal.
/// Formula: t = (m₁ − m₂) / sqrt(s²(1/n₁ + 1/n₂)), s² the pooled variance, with n₁ + n₂ − 2
/// degrees of freedom. Units: p two-sided.
/// Errors: [`NoTest::OneValue`] when both groups have one value, [`NoTest::NoVariance`].
/// Reference: Student 1908, doi:10.1093/biomet/6.1.1.
/// Checked: SciPy 1.17.1 ttest_ind, tests/oracle/means.csv
pub fn student_t(first: &Sample, second: &Sample) -> Result<TestResult, NoTest> {
    let (within, df) = within_groups(&[first, second]);
    if df == 0 {
        return Err(NoTest::OneValue);
    }
    if within.is_zero() {
        return Err(NoTest::NoVariance);
    }
    let [n1, n2] = [first, second].map(|sample| BigInt::from(sample.n));
    let squared_error = within * BigRational::new(&n1 + &n2, n1 * n2 * BigInt::from(df));
    t_test(first, second, &squared_error, df as f64, TestMethod::Student)
}

/// The t test with a squared standard error and degrees of freedom.
fn t_test(
    first: &Sample,
    second: &Sample,
    squared_error: &BigRational,
    df: f64,
    method: TestMethod,
) -> Result<TestResult, NoTest> {
    let difference = &first.mean - &second.mean;
    let square = real(&(&difference * &difference / squared_error)).ok_or(NoTest::TooLarge)?;
    let t = if difference.is_negative() { -square.sqrt() } else { square.sqrt() };
    Ok(TestResult::of(t_p(t, df), method).with("t", t).over(DegreesOfFreedom::One(df)))
}

/// One-way analysis of variance of the means of two groups or more, variances taken for equal.
/// Formula: F = (Σnᵢ(mᵢ − m)²/(k − 1)) / (Σ(nᵢ − 1)sᵢ²/(N − k)) with k − 1 and N − k degrees
/// of freedom; k counts the groups that have values.
/// Errors: [`NoTest::OneGroup`], [`NoTest::OneValue`] when no group has two values,
/// [`NoTest::NoVariance`].
/// Reference: Fisher 1925, Statistical Methods for Research Workers, chapter 7.
/// Checked: SciPy 1.17.1 f_oneway, tests/oracle/means.csv
pub fn one_way_anova(groups: &[&Sample]) -> Result<TestResult, NoTest> {
    if groups.len() < 2 {
        return Err(NoTest::OneGroup);
    }
    let (within, df_within) = within_groups(groups);
    if df_within == 0 {
        return Err(NoTest::OneValue);
    }
    if within.is_zero() {
        return Err(NoTest::NoVariance);
    }
    let df_between = (groups.len() - 1) as u64;
    let ratio = between_groups(groups) * BigInt::from(df_within) / (within * BigInt::from(df_between));
    let f = real(&ratio).ok_or(NoTest::TooLarge)?;
    let (numerator, denominator) = (df_between as f64, df_within as f64);
    Ok(TestResult::of(f_p(f, numerator, denominator), TestMethod::Anova)
        .with("F", f)
        .over(DegreesOfFreedom::Two { numerator, denominator }))
}

/// The sum of squares within groups, and its degrees of freedom.
fn within_groups(groups: &[&Sample]) -> (BigRational, u64) {
    groups.iter().fold((BigRational::zero(), 0), |(sum, df), sample| match &sample.variance {
        Some(variance) => (sum + variance * BigInt::from(sample.n - 1), df + (sample.n - 1)),
        None => (sum, df),
    })
}

/// The sum of squares between groups.
fn between_groups(groups: &[&Sample]) -> BigRational {
    let (mut n, mut sum, mut squares) = (BigInt::zero(), BigRational::zero(), BigRational::zero());
    for sample in groups {
        let total = &sample.mean * BigInt::from(sample.n);
        n += sample.n;
        squares += &total * &sample.mean;
        sum += total;
    }
    squares - &sum * &sum / n
}

/// The nearest double. None for a number beyond all doubles.
fn real(value: &BigRational) -> Option<f64> {
    value.to_f64().filter(|value| value.is_finite())
}
