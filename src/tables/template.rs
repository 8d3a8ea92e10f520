//! What a cell of a table shows: `{median} ({p25}, {p75})`.

use super::printed::PrintedStatistic;
use crate::analyze::statistic::Statistic;
use crate::diagnostic::nearest;
use crate::error::Error;
use std::str::FromStr;

/// A text with the names of statistics in braces; `{{` and `}}` are braces of the text itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<TemplatePiece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum TemplatePiece {
    Text(String),
    Statistic(Statistic),
}

/// Names from other tools, with the template to write instead.
const ALSO_KNOWN_AS: [(&str, &str); 18] = [
    ("range", "{min}–{max}"),
    ("p0", "{min}"),
    ("p100", "{max}"),
    ("q1", "{p25}"),
    ("q2", "{median}"),
    ("q3", "{p75}"),
    ("variance", "{var}"),
    ("std", "{sd}"),
    ("stddev", "{sd}"),
    ("sem", "{se}"),
    ("gmean", "{geometric_mean}"),
    ("avg", "{mean}"),
    ("count", "{n}"),
    ("freq", "{n}"),
    ("pct", "{p}"),
    ("percent", "{p}"),
    ("n_nonmiss", "{N}"),
    ("ci", "{conf.low} to {conf.high}"),
];

impl FromStr for Template {
    type Err = Error;

    fn from_str(text: &str) -> Result<Template, Error> {
        Template::parse(text)
    }
}

impl Template {
    /// Reads a template.
    /// Errors: a brace without its other half, or a statistic that does not exist, with its
    /// position and the nearest one; a text that names none.
    pub fn parse(text: &str) -> Result<Template, Error> {
        let mut template = Template { pieces: Vec::new() };
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let fault = |message: &str, remedy: &str| {
                let position = text.len() - rest.len() + at;
                fault(text, text.get(..position).unwrap_or("").chars().count() + 1, message, remedy)
            };
            let (before, from_brace) = rest.split_at(at);
            let (brace, after) = from_brace.split_at(1);
            template.add_text(before);
            if let Some(behind) = after.strip_prefix(brace) {
                template.add_text(brace);
                rest = behind;
            } else if let ("{", Some((name, behind))) = (brace, after.split_once('}')) {
                let name = name.trim();
                let named = known(name).map_err(|remedy| fault(&format!("no statistic is named '{name}'"), &remedy))?;
                template.pieces.push(TemplatePiece::Statistic(named));
                rest = behind;
            } else {
                let message = format!("unmatched '{brace}'");
                return Err(fault(&message, &format!("write {brace}{brace} for a literal brace")));
            }
        }
        template.add_text(rest);
        if template.statistics().next().is_none() {
            let remedy = "for example '{mean} ({sd})' or '{n}/{N} ({p}%)'";
            return Err(fault(text, 1, "no statistic in braces", remedy));
        }
        Ok(template)
    }

    /// Puts this between statistics in the place of a comma.
    pub(super) fn separate_by(&mut self, between: &str) {
        for piece in &mut self.pieces {
            match piece {
                TemplatePiece::Text(text) => *text = text.replace(", ", between),
                TemplatePiece::Statistic(_) => {}
            }
        }
    }

    /// The statistics it names, in order.
    pub fn statistics(&self) -> impl Iterator<Item = Statistic> {
        self.pieces.iter().filter_map(|piece| match piece {
            TemplatePiece::Statistic(statistic) => Some(*statistic),
            TemplatePiece::Text(_) => None,
        })
    }

    /// True where it ends with a share in parentheses, which has room for its interval: `{n}/{N} ({p}%)`.
    pub fn ends_with_share(&self) -> bool {
        match self.pieces.as_slice() {
            [
                ..,
                TemplatePiece::Text(before),
                TemplatePiece::Statistic(Statistic::Proportion),
                TemplatePiece::Text(behind),
            ] => before.ends_with('(') && behind == "%)",
            _ => false,
        }
    }

    /// The text with the printed form of each statistic, as `printed` gives it; a statistic it does not give is `NE`.
    ///
    /// Both ends of a range (`{min}–{max}`) that are one value are printed once. A `%` after a word is left out. Where
    /// every statistic is `NE`, or every one `masked`, the whole text is that word once.
    pub fn fill(&self, printed: impl Fn(Statistic) -> Option<PrintedStatistic>) -> String {
        let value = |statistic| printed(statistic).unwrap_or(PrintedStatistic::NotEstimable);
        let is_all = |word: &PrintedStatistic| self.statistics().all(|statistic| value(statistic) == *word);
        if let Some(word) = [PrintedStatistic::NotEstimable, PrintedStatistic::Masked].iter().find(|word| is_all(word))
        {
            return word.text().to_owned();
        }
        let mut filled = String::new();
        let mut is_behind_word = false;
        let is_said_before = |at: usize| match self.pieces.get(at.saturating_sub(2)..=at) {
            Some([TemplatePiece::Statistic(low), TemplatePiece::Text(between), TemplatePiece::Statistic(high)]) => {
                between == "–" && value(*low) == value(*high)
            }
            _ => false,
        };
        for (at, piece) in self.pieces.iter().enumerate() {
            if is_said_before(at) || is_said_before(at + 1) {
                continue;
            }
            match piece {
                TemplatePiece::Text(text) if is_behind_word => filled.push_str(text.strip_prefix('%').unwrap_or(text)),
                TemplatePiece::Text(text) => filled.push_str(text),
                TemplatePiece::Statistic(statistic) => {
                    let value = value(*statistic);
                    is_behind_word = !value.is_number();
                    filled.push_str(value.text());
                }
            }
        }
        filled
    }

    /// What the row is called: `Mean (SD)`, `Median (Q1, Q3)`, `Min, Max`, `n (%)`. The two
    /// ends of an interval, with the text between them, are `CI`.
    pub fn label(&self) -> String {
        let mut label = String::new();
        let mut rest = self.pieces.as_slice();
        loop {
            rest = match rest {
                [
                    TemplatePiece::Statistic(low),
                    TemplatePiece::Text(_),
                    TemplatePiece::Statistic(high),
                    behind @ ..,
                ]
                | [TemplatePiece::Statistic(low), TemplatePiece::Statistic(high), behind @ ..]
                    if are_limits(*low, *high) =>
                {
                    label.push_str("CI");
                    behind
                }
                [TemplatePiece::Statistic(statistic), behind @ ..] => {
                    label.push_str(&label_of(*statistic));
                    behind
                }
                [TemplatePiece::Text(text), behind @ ..] => {
                    let is_said = label.ends_with('%');
                    label.push_str(text.strip_prefix('%').filter(|_| is_said).unwrap_or(text));
                    behind
                }
                [] => return label,
            };
        }
    }

    fn add_text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(TemplatePiece::Text(last)) => last.push_str(text),
            _ => self.pieces.push(TemplatePiece::Text(text.to_owned())),
        }
    }
}

/// True for both limits of one interval.
fn are_limits(low: Statistic, high: Statistic) -> bool {
    Statistic::listed().any(|statistic| statistic.limits() == Some((low, high)))
}

/// The label of a statistic: `P10` for a percentile.
fn label_of(statistic: Statistic) -> String {
    match statistic {
        Statistic::P25 | Statistic::MEDIAN | Statistic::P75 => statistic.label().to_owned(),
        Statistic::Percentile(_) => statistic.name().to_uppercase(),
        _ => statistic.label().to_owned(),
    }
}

/// The statistic of a name; else what to write instead.
fn known(name: &str) -> Result<Statistic, String> {
    if let Some(statistic) = Statistic::parse(name) {
        return Ok(statistic);
    }
    let folded = name.to_lowercase();
    if let Some((_, meant)) = ALSO_KNOWN_AS.iter().find(|(other, _)| *other == folded) {
        return Err(format!("write {meant}"));
    }
    let in_rows = Statistic::listed().filter(|statistic| !statistic.is_of_tables());
    let names: Vec<&str> = in_rows.map(Statistic::name).collect();
    Err(match nearest(name, &names) {
        Some(near) => format!("did you mean {{{near}}}?"),
        None => format!("one of {}, or a percentile such as p10", names.join(", ")),
    })
}

fn fault(text: &str, position: usize, message: &str, remedy: &str) -> Error {
    Error::usage_with(format!("in the template '{text}', character {position}: {message}"), remedy)
}

#[cfg(test)]
mod tests;
