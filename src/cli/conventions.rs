//! Options for the conventions by which numbers are computed and printed.

use super::words;
use crate::analyze::Denominator;
use crate::analyze::like::Like;
use crate::command::request::{IntervalRequest, IntervalWord, TableRequest};
use crate::decimal::Rounding;
use crate::error::Error;
use crate::stats::quantile::QuantileType;

#[derive(clap::Args)]
#[command(next_help_heading = "Conventions")]
pub struct ConventionArgs {
    /// Use the conventions of another tool, so that the tables match it digit for digit. Explicit options override it
    #[arg(long, value_name = "TOOL", value_parser = words::any::<Like>())]
    like: Option<Like>,
    /// Decimals of everything, a variable, a statistic or both: 1, age=1, mean=2, age.mean=2, age=sig3 (significant digits)
    #[arg(long, value_name = "DIGITS")]
    digits: Vec<String>,
    /// Denominator of percentages: cases with the item reported, all cases, or the reported ones with bounds for the missing [default: reported]
    #[arg(long, value_name = "CASES", value_parser = words::any::<Denominator>())]
    denominator: Option<Denominator>,
    /// Quantile definition of Hyndman and Fan [default: 7]
    #[arg(long, value_name = "TYPE", value_parser = words::any::<QuantileType>())]
    quantile_type: Option<QuantileType>,
    /// How ties are rounded [default: half-up]
    #[arg(long, value_name = "MODE", value_parser = words::any::<Rounding>())]
    rounding: Option<Rounding>,
    /// Confidence interval of proportions [default: wilson, shown for response and outcome]. A method, or all, shows it for every proportion; exact is clopper-pearson
    #[arg(long, value_name = "METHOD", value_delimiter = ',', value_parser = words::any::<IntervalWord>())]
    ci: Vec<IntervalWord>,
    /// Confidence level, from 0.5 to 0.999999 [default: 0.95]
    #[arg(long, value_name = "LEVEL")]
    conf_level: Option<f64>,
}

impl ConventionArgs {
    /// The requested conventions.
    ///
    /// Errors: a confidence level out of range, and digits that are not valid.
    pub fn tables(&self) -> Result<TableRequest, Error> {
        if let Some(level) = self.conf_level.filter(|level| !(0.5..=0.999_999).contains(level)) {
            let message = format!("'{level}' is not a valid confidence level (--conf-level)");
            return Err(Error::usage_with(message, "write a number from 0.5 to 0.999999, such as 0.95"));
        }
        Ok(TableRequest {
            like: self.like,
            quantile: self.quantile_type,
            interval: self.ci.iter().rev().find_map(|word| word.method()),
            intervals: IntervalRequest { of_levels: !self.ci.is_empty(), ..IntervalRequest::default() },
            conf_level: self.conf_level,
            denominator: self.denominator,
            digits: self.digits.iter().map(|text| text.parse()).collect::<Result<_, Error>>()?,
            rounding: self.rounding,
            ..TableRequest::default()
        })
    }
}
