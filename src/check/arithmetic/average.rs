//! A printed mean, with its SD where there is one: whether so many values in steps can have it.

use super::granularity::Granularity;
use super::grimmer::MeanSd;
use super::{Judgement, grim};
use crate::check::printed::Figure;

/// The steps of the values behind a mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    /// Their size.
    pub granularity: Granularity,
    /// True where the text leaves them open: an age in years may be finer than whole years.
    pub is_assumed: bool,
}

impl Steps {
    /// The sentence on numbers that are impossible in assumed steps.
    pub fn condition(&self, sentence: &str) -> String {
        format!("only with ages finer than whole years: {sentence}")
    }
}

/// A printed mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintedMean {
    /// The mean.
    pub mean: Figure,
    /// The SD beside it.
    pub sd: Option<Figure>,
    /// The steps of its values.
    pub steps: Steps,
}

impl PrintedMean {
    /// Whether n values can have the mean, by GRIM, and with an SD by GRIMMER.
    pub fn judge(&self, n: u64) -> Judgement {
        let PrintedMean { mean, sd, steps: Steps { granularity, .. } } = *self;
        match sd {
            Some(sd) => MeanSd { mean, sd, n, granularity }.judge(),
            None => grim::judge(mean, n, granularity),
        }
    }
}
