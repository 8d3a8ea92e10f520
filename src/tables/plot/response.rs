//! How many of the treated patients responded: by class, agent and line number, those most treated first.
//!
//! Of fewer than five evaluable patients each is drawn: a rate of so few says less than they do.

use super::advance::NO_BREAK;
use super::bars::{BarPanel, Drawn, ShareRow, draw, left_out};
use super::canvas::{Canvas, KeySample};
use super::counted::{CountedFigure, count, heading, number};
use super::mark::{Stroke, Symbol, Tone};
use super::{DrawnFigure, FigureKind};
use crate::analyze::conventions::percent_of;
use crate::analyze::reason::Reason;
use crate::analyze::results::{PartOf, Rate, ResultRow, ResultTable, Value};
use crate::analyze::statistic::Statistic;
use crate::analyze::{Options, treatment};
use crate::error::Error;
use crate::tables::number::quotient;

/// Most patients of a row who are drawn though they cannot be judged.
const MOST_UNJUDGED: u64 = 20;
/// As many evaluable patients have a rate that is drawn with its interval.
const LEAST_OF_A_RATE: u64 = 5;
/// By what the response is shown.
const BY: [(ResultTable<&str>, &str); 3] =
    [(ResultTable::ByClass, "By class"), (ResultTable::ByAgent, "By agent"), (ResultTable::ByLine, "By line number")];

/// The figure of the responses, so many points wide.
///
/// Errors: no response to draw, or none that may be shown.
pub fn response(subject: &CountedFigure<'_>, width: f64) -> Result<DrawnFigure, Error> {
    let panels: Vec<BarPanel> = subject.parts().into_iter().flat_map(|part| panels(subject, part)).collect();
    if !panels.iter().any(shows_some) {
        return Err(nothing_to_show(subject, &panels));
    }
    let column = treatment(subject.cohort).and_then(|number| subject.cohort.variables.get(number));
    let domain = column.and_then(|column| column.variable.target_domain.as_deref());
    let title = format!("Response to treatment{}", domain.map_or(String::new(), |domain| format!(" of the {domain}")));
    let mut canvas = Canvas::new(width, &title);
    draw(&mut canvas, &panels);
    canvas.key(&key(&panels, subject));
    let mut notes =
        vec!["Responders of the evaluable patients; agents given most often first, lines in their order.".to_owned()];
    if may_recur(subject) {
        notes.push("A patient counts in every row that applies: the rows of a panel are not independent.".to_owned());
    }
    notes.extend(left_out(&panels));
    notes.extend(subject.notes.iter().cloned());
    let description = panels.iter().flat_map(BarPanel::sentences).collect();
    Ok(canvas.finish(FigureKind::Response, title, description, notes))
}

fn nothing_to_show(subject: &CountedFigure<'_>, panels: &[BarPanel]) -> Error {
    if subject.options.suppress_below.is_some() {
        let message = "no response can be shown: --suppress-below masks all of them";
        return Error::usage_with(message, "lower K of --suppress-below, or draw more cases");
    }
    let remedy = "calc-series schema FILE shows how each column is read; --role COLUMN=treatment and --kind COLUMN=lines change it";
    match panels.is_empty() {
        true => Error::usage_with("no response of treatment lines, which this figure draws", remedy),
        false => {
            let message = "no response is stated in any treatment line, nor in a column of responses beside them";
            Error::usage_with(
                message,
                "write it behind each line, as in colchicine: partial; --role COLUMN=response names a column of responses",
            )
        }
    }
}

/// True where a patient may be in several rows of a panel: more are treated in all of them than there are patients, or
/// their numbers are masked.
fn may_recur(subject: &CountedFigure<'_>) -> bool {
    let recurs = |part: PartOf<'_>, table: ResultTable<&'static str>| {
        let rows = part.table(table).filter(|row| row.statistic == Statistic::Treated);
        let treated: Option<Vec<u64>> = rows.map(|row| count(Some(row))).collect();
        let all = count(part.of_table(ResultTable::Best, Statistic::Treated));
        treated.zip(all).is_none_or(|(rows, all)| rows.iter().sum::<u64>() > all)
    };
    subject.parts().into_iter().any(|part| BY.into_iter().any(|(table, _)| recurs(part, table)))
}

/// True where a row has something that may be drawn.
fn shows_some(panel: &BarPanel) -> bool {
    panel.rows.iter().any(|row| row.drawn != Drawn::Nothing)
}

/// True where the figure has something that may be drawn.
pub fn shows_response(subject: &CountedFigure<'_>) -> bool {
    subject.parts().into_iter().flat_map(|part| panels(subject, part)).any(|panel| shows_some(&panel))
}

fn panels(subject: &CountedFigure<'_>, part: PartOf<'_>) -> Vec<BarPanel> {
    let panel = |(table, what): (ResultTable<&'static str>, &str)| {
        let treated =
            part.table(table).filter(|row| row.statistic == Statistic::Treated && count(Some(row)) != Some(0));
        let levels = treated.filter_map(|row| row.level.as_deref());
        let rows: Vec<ShareRow> = levels.map(|level| row(subject, part, (table, level))).collect();
        (!rows.is_empty()).then(|| BarPanel::new(heading(what, part), rows))
    };
    BY.into_iter().filter_map(panel).collect()
}

fn row(subject: &CountedFigure<'_>, part: PartOf<'_>, (table, level): (ResultTable<&str>, &str)) -> ShareRow {
    let is_line = table == ResultTable::ByLine;
    let of = |statistic, rate| part.get(&part.key(table, Some(level), statistic, rate));
    let rate = Some(Rate::RespondersEvaluable);
    let text = |row: Option<&ResultRow>| row.map(|row| subject.shown.print(row)).unwrap_or_default();
    let (treated, n, total) = (of(Statistic::Treated, None), of(Statistic::Cases, rate), of(Statistic::N, rate));
    let fraction = quotient(&text(n), &text(total));
    let ends = [Statistic::Proportion, Statistic::ConfLow, Statistic::ConfHigh].map(|statistic| of(statistic, rate));
    let shares = ends.map(|row| row.and_then(number));
    let (drawn, numbers) = match (count(n), count(total), shares) {
        (_, Some(0), _) => patients((0, 0), count(treated), "none evaluable".to_owned()),
        (Some(n), Some(total), _) if total < LEAST_OF_A_RATE => patients((n, total), count(treated), fraction),
        (Some(_), Some(_), [Some(share), Some(low), Some(high)]) => {
            let [share_text, low_text, high_text] = ends.map(text);
            let numbers = format!("{fraction}, {share_text}% ({low_text}\u{2013}{high_text}%)");
            (Drawn::Interval { share, ends: (low, high) }, numbers)
        }
        _ => open(ends.first().copied().flatten(), fraction),
    };
    ShareRow {
        label: format!("{}{level} ({}{NO_BREAK}treated)", if is_line { "line " } else { "" }, text(treated)),
        drawn,
        numbers,
    }
}

/// A rate that open responses leave between two, and one of which nothing is stated.
fn open(rate: Option<&ResultRow>, fraction: String) -> (Drawn, String) {
    let share = |(n, of): (u64, u64)| if of == 0 { 0.0 } else { n as f64 / of as f64 };
    match rate.map(|row| &row.value) {
        Some(Value::NotEstimable(Reason::OpenRate { low, high })) => {
            let numbers = format!("open: {}/{} to {}/{}", low.0, low.1, high.0, high.1);
            (Drawn::Between(share(*low), share(*high)), numbers)
        }
        Some(Value::NotEstimable(Reason::NoResponse)) => (Drawn::Nothing, "none stated".to_owned()),
        _ => (Drawn::Nothing, fraction),
    }
}

/// A symbol for each patient: responders, others, those who cannot be judged where their number is known. Many of these
/// are told in words.
fn patients((responders, evaluable): (u64, u64), treated: Option<u64>, numbers: String) -> (Drawn, String) {
    let others = evaluable.saturating_sub(responders);
    let open = treated.unwrap_or(evaluable).saturating_sub(evaluable);
    let (open, numbers) =
        if open > MOST_UNJUDGED { (0, format!("{numbers}; {open} cannot be judged")) } else { (open, numbers) };
    let of = |symbol, number: u64| std::iter::repeat_n(symbol, usize::try_from(number).unwrap_or(0));
    let symbols = of(Symbol::Disc, responders).chain(of(Symbol::Circle, others)).chain(of(Symbol::Dot, open));
    (Drawn::Patients(symbols.collect()), numbers)
}

fn key(panels: &[BarPanel], subject: &CountedFigure<'_>) -> Vec<(KeySample, String)> {
    let rows = || panels.iter().flat_map(|panel| &panel.rows);
    let has = |symbol| rows().any(|row| matches!(&row.drawn, Drawn::Patients(of) if of.contains(&symbol)));
    let patients = [
        (Symbol::Disc, "a patient who responded"),
        (Symbol::Circle, "one who did not"),
        (Symbol::Dot, "one who cannot be judged"),
    ];
    let mut key: Vec<(KeySample, String)> = patients
        .into_iter()
        .filter(|(symbol, _)| has(*symbol))
        .map(|(symbol, words)| (KeySample::Symbol(symbol), words.to_owned()))
        .collect();
    if rows().any(|row| matches!(row.drawn, Drawn::Interval { .. })) {
        key.push((KeySample::Symbol(Symbol::Diamond), format!("rate with its {}", interval(subject))));
    }
    if rows().any(|row| matches!(row.drawn, Drawn::Between(..))) {
        let words = "the least and the greatest that a rate can be, as some responses are open";
        key.push((KeySample::Line(Tone::Ink, Stroke::Dashed), words.to_owned()));
    }
    key
}

/// What the intervals are: `95% CI (Wilson score, no continuity correction)`.
fn interval(subject: &CountedFigure<'_>) -> String {
    let Options { conf_level, interval, .. } = subject.options;
    format!("{}% CI ({})", percent_of(*conf_level), interval.name())
}
