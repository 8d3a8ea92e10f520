//! Options for times to an event, shares against a reference, and associations.

use super::input::CHANGE;
use crate::command::request::TableRequest;
use crate::decimal::Decimal;
use crate::error::Error;
use crate::tally::{NamedFilter, Settings, SurvivalRequest};

// Times to an event.
#[derive(clap::Args)]
#[command(next_help_heading = CHANGE)]
pub struct EventArgs {
    /// Column of the time to the event, or to the last visit without it: Kaplan-Meier, follow-up and rate
    #[arg(long, value_name = "COLUMN")]
    time: Option<String>,
    /// Cases with the event, as a filter like --where; all others are censored at their time [default: the event of a derived time: --derive 't = onset to death or last_seen in days']
    #[arg(long, value_name = "FILTER", requires = "time")]
    event: Option<String>,
    /// Times at which to show the share without the event: 12,24
    #[arg(long, value_name = "TIMES", value_delimiter = ',', requires = "time")]
    times: Vec<String>,
    /// Show the mean time without the event up to these times: 24
    #[arg(long, value_name = "TIMES", value_delimiter = ',', requires = "time")]
    restricted_mean: Vec<String>,
}

#[derive(clap::Args)]
#[command(next_help_heading = CHANGE)]
pub struct TimeArgs {
    #[command(flatten)]
    event: EventArgs,
    /// Compare a share with a reference by the exact binomial test: 'best_response=0.2', 'etiology[idiopathic]=0.5'
    #[arg(long, value_name = "KEY=SHARE")]
    against: Vec<String>,
    /// Show the association of two numbers: Pearson, Spearman, Kendall: age,crp
    #[arg(long, value_name = "A,B")]
    associate: Vec<String>,
}

impl TimeArgs {
    /// The settings and the tables with what is requested.
    ///
    /// Errors: an event that is no filter, a time that is no number above 0, and an association that is not of two.
    pub fn add_to(&self, settings: &mut Settings, tables: &mut TableRequest) -> Result<(), Error> {
        settings.pairs = self.associate.iter().map(|text| pair(text)).collect::<Result<_, Error>>()?;
        tables.against.clone_from(&self.against);
        settings.survival = self.event.survival()?;
        Ok(())
    }
}

impl EventArgs {
    /// The times to an event.
    ///
    /// Errors: an event that is no filter, and a time that is no number above 0.
    pub fn survival(&self) -> Result<Option<SurvivalRequest>, Error> {
        let Some(time) = &self.time else { return Ok(None) };
        let event = match &self.event {
            Some(event) => NamedFilter::parse(event).map_err(|error| error.within("--event"))?,
            None => NamedFilter::of_event_of(time)?,
        };
        let (at, means) = (times(&self.times, "--times")?, times(&self.restricted_mean, "--restricted-mean")?);
        Ok(Some(SurvivalRequest { time: time.clone(), event, is_event_of_time: self.event.is_none(), at, means }))
    }
}

/// Times in their order, each once.
fn times(texts: &[String], option: &str) -> Result<Vec<Decimal>, Error> {
    let mut times: Vec<Decimal> = texts.iter().map(|text| positive(text, option)).collect::<Result<_, Error>>()?;
    times.sort_unstable();
    times.dedup();
    Ok(times)
}

fn positive(text: &str, option: &str) -> Result<Decimal, Error> {
    let number = Decimal::parse(text.trim()).ok().filter(|number| *number > Decimal::from_int(0));
    number.ok_or_else(|| {
        let message = format!("'{text}' is not a valid time ({option})");
        Error::usage_with(message, format!("write numbers above 0: {option} 12,24"))
    })
}

fn pair(text: &str) -> Result<[String; 2], Error> {
    match text.split(',').map(str::trim).collect::<Vec<_>>().as_slice() {
        [one, other] if !one.is_empty() && !other.is_empty() && one != other => {
            Ok([(*one).to_owned(), (*other).to_owned()])
        }
        _ => {
            let message = format!("'{text}' does not name two columns (--associate)");
            Err(Error::usage_with(message, "write --associate age,crp; repeat it for another pair"))
        }
    }
}
