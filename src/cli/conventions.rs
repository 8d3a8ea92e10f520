//! The options that say by which conventions numbers are made and printed.

use super::words;
use crate::analyze::Denominator;
use crate::analyze::like::Like;
use crate::command::asked::Asked;
use crate::decimal::Rounding;
use crate::error::Error;
use crate::stats::proportion::IntervalMethod;
use crate::stats::quantile::QuantileType;

#[derive(clap::Args)]
#[command(next_help_heading = "Conventions")]
pub struct ConventionArgs {
    /// Take over the conventions of a tool, so that its tables come out digit for digit: gtsummary, cards, tableone-r, tableone-py, table1, arsenal, finalfit, sas or spss. What other options say goes before it
    #[arg(long, value_name = "TOOL", value_parser = words::any::<Like>())]
    like: Option<Like>,
    /// Decimals, for a variable, a statistic, both or all: 1, age=1, mean=2, age.mean=2, age=sig3
    #[arg(long, value_name = "DIGITS")]
    digits: Vec<String>,
    /// Cases a percentage is of: reported (if not given), all, or bounds (reported, with the bounds that cases not reported leave)
    #[arg(long, value_name = "CASES", value_parser = words::any::<Denominator>())]
    denominator: Option<Denominator>,
    /// Type of the quantiles, 1 to 9 (Hyndman and Fan); 7 if not given
    #[arg(long, value_name = "TYPE", value_parser = words::any::<QuantileType>())]
    quantile_type: Option<QuantileType>,
    /// What becomes of ties: half-up (if not given), half-up-epsilon, half-even, binary or r-round
    #[arg(long, value_name = "MODE", value_parser = words::any::<Rounding>())]
    rounding: Option<Rounding>,
    /// Interval of a proportion: wilson (if not given), wilson-cc, clopper-pearson, jeffreys, agresti-coull or mid-p
    #[arg(long, value_name = "METHOD", value_parser = words::any::<IntervalMethod>())]
    ci: Option<IntervalMethod>,
    /// Confidence level of the intervals; 0.95 if not given
    #[arg(long, value_name = "LEVEL")]
    conf_level: Option<f64>,
}

impl ConventionArgs {
    /// What was asked for.
    pub fn asked(&self) -> Result<Asked, Error> {
        if let Some(level) = self.conf_level.filter(|level| !(0.5..=0.999_999).contains(level)) {
            let message = format!("{level} is no confidence level");
            return Err(Error::usage_with(message, "--conf-level 0.95, from 0.5 to 0.999999"));
        }
        Ok(Asked {
            like: self.like,
            quantile: self.quantile_type,
            interval: self.ci,
            conf_level: self.conf_level,
            denominator: self.denominator,
            digits: self.digits.iter().map(|text| text.parse()).collect::<Result<_, Error>>()?,
            rounding: self.rounding,
            ..Asked::default()
        })
    }
}
