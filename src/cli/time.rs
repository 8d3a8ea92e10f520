//! Options for times to an event.

use crate::decimal::Decimal;
use crate::error::Error;
use crate::tally::{NamedFilter, Settings, SurvivalRequest};

#[derive(clap::Args)]
#[command(next_help_heading = "Time to an event")]
pub struct TimeArgs {
    /// Column of the time to the event, or to the last visit without it: Kaplan-Meier, follow-up and rate
    #[arg(long, value_name = "COLUMN", requires = "event")]
    time: Option<String>,
    /// Who has the event, a filter as of --where; all others are censored at their time
    #[arg(long, value_name = "FILTER", requires = "time")]
    event: Option<String>,
    /// Times at which the share without the event is shown: 12,24
    #[arg(long, value_name = "TIMES", value_delimiter = ',', requires = "time")]
    times: Vec<String>,
}

impl TimeArgs {
    /// The settings with what is requested.
    ///
    /// Errors: an event that is no filter, and a time that is no number above 0.
    pub fn add_to(&self, settings: &mut Settings) -> Result<(), Error> {
        let (Some(time), Some(event)) = (&self.time, &self.event) else { return Ok(()) };
        let mut at: Vec<Decimal> = self.times.iter().map(|text| positive(text)).collect::<Result<_, Error>>()?;
        at.sort_unstable();
        at.dedup();
        let event = NamedFilter::parse(event).map_err(|error| error.within("--event"))?;
        settings.survival = Some(SurvivalRequest { time: time.clone(), event, at });
        Ok(())
    }
}

fn positive(text: &str) -> Result<Decimal, Error> {
    let number = Decimal::parse(text.trim()).ok().filter(|number| *number > Decimal::from_int(0));
    number.ok_or_else(|| {
        Error::usage_with(format!("'{text}' is not a valid time (--times)"), "write numbers above 0: --times 12,24")
    })
}
