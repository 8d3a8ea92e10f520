//! Reads a time between two days: `onset to death or last_seen in days`, `line 1 to next line or last_seen in months`.

use super::formula::FormulaParser;
use super::syntax::{LineDay, Pick, TimeBetween, TimePoint, WhichLine};
use crate::error::Error;
use crate::schema::lexical::duration::TimeUnit;
use crate::words::Word;

impl FormulaParser<'_> {
    /// What stands behind the start and its `to`.
    pub fn between(&mut self, start: TimePoint) -> Result<TimeBetween, Error> {
        let end = self.time_point()?;
        let mut instead = Vec::new();
        while self.took_word("or") {
            instead.push(self.time_point()?);
        }
        let unit = if self.took_word("in") { self.unit()? } else { TimeUnit::Years };
        let is_completed = self.took_word("completed");
        if !is_completed {
            self.took_word("exact");
        }
        let between = TimeBetween { start, end, instead, unit, is_completed };
        if between.counts_from_no_line() {
            let message = "'next line' and 'end of response' are counted from a line".to_owned();
            return Err(self.fault(message, "write 'line 1 to next line' or 'responding line to end of response'"));
        }
        Ok(between)
    }

    /// A day that can only be the start of a time; none where something else is next, such as a column.
    pub fn start_of_time(&mut self) -> Result<Option<TimePoint>, Error> {
        match self.one_of()? {
            None => Ok(self.line_day()?.map(TimePoint::Line)),
            point => Ok(point),
        }
    }

    fn time_point(&mut self) -> Result<TimePoint, Error> {
        if let Some(point) = self.one_of()? {
            return Ok(point);
        }
        match self.line_day()? {
            Some(line) => Ok(TimePoint::Line(line)),
            None => self.name("the column of the later date").map(TimePoint::Column),
        }
    }

    /// `earliest(relapse, death)`; none where something else is next.
    fn one_of(&mut self) -> Result<Option<TimePoint>, Error> {
        let start = self.at;
        for (word, pick) in [("earliest", Pick::Earliest), ("latest", Pick::Latest)] {
            if !(self.took_word(word) && self.took("(")) {
                self.at = start;
                continue;
            }
            let mut points = Vec::new();
            while points.is_empty() || self.took(",") {
                points.push(match self.line_day()? {
                    Some(line) => TimePoint::Line(line),
                    None => TimePoint::Column(self.name("a column of dates")?),
                });
            }
            self.take(")", "a comma and a column, or a closing parenthesis")?;
            return Ok(Some(TimePoint::OneOf(pick, points)));
        }
        Ok(None)
    }

    /// A day of a treatment line; none where something else is next, such as a column.
    fn line_day(&mut self) -> Result<Option<LineDay>, Error> {
        let start = self.at;
        let is_end = self.took_word("end") && self.took_word("of");
        if is_end && self.took_word("response") {
            return Ok(Some(LineDay::EndOfResponse));
        }
        if !is_end {
            self.at = start;
        }
        let line = self.which_line()?;
        if line.is_none() {
            self.at = start;
        }
        Ok(line.map(|line| if is_end { LineDay::Last(line) } else { LineDay::First(line) }))
    }

    fn which_line(&mut self) -> Result<Option<WhichLine>, Error> {
        let start = self.at;
        for (word, line) in
            [("responding", WhichLine::Responding), ("next", WhichLine::Next), ("first", WhichLine::Number(1))]
        {
            if self.took_word(word) && self.took_word("line") {
                return Ok(Some(line));
            }
            self.at = start;
        }
        if !self.took_word("line") {
            return Ok(None);
        }
        self.skip_spaces();
        if !self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            return Ok(None);
        }
        let number = self.number()?;
        let number = number.to_string().parse().ok().filter(|number| *number > 0);
        number
            .map(|number| Some(WhichLine::Number(number)))
            .ok_or_else(|| self.expected("the number of a line, from 1"))
    }

    fn unit(&mut self) -> Result<TimeUnit, Error> {
        let word = self.word();
        let units = [TimeUnit::Years, TimeUnit::Months, TimeUnit::Weeks, TimeUnit::Days];
        let found = units.into_iter().find(|unit| unit.as_word().eq_ignore_ascii_case(word));
        let unit = found.ok_or_else(|| self.expected("years, months, weeks or days"))?;
        self.skip(word.len());
        Ok(unit)
    }
}
