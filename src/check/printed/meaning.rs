//! What the tokens of a printed text mean together.

use super::ends::{In, ends, is_named, two_ends};
use super::token::{PrintedToken, tokens};
use super::{ACCEPTED, BoundedFigure, Figure, Printed, PrintedFault, PrintedFor, PrintedRange, PrintedUnit};
use crate::decimal::Decimal;
use crate::schema::lexical::Comparator;

impl Printed {
    /// Reads a printed text, in upper or lower case.
    /// Errors: [`PrintedFault`], for a text of another form, for one with two possible meanings, and for one with a
    /// unit.
    pub fn parse(text: &str) -> Result<Printed, PrintedFault> {
        without_unit(text, Printed::parse_with_unit(text)?)
    }

    /// Reads what is printed for a mean, whose only number in brackets is its SD: `5.9 (2.7)`.
    /// Errors: those of [`Printed::parse`].
    pub fn parse_mean(text: &str) -> Result<Printed, PrintedFault> {
        without_unit(text, Printed::parse_for(text, PrintedFor::Mean)?)
    }

    /// Reads a printed text that may have a unit: `50 years`, `27 months (12–48 months)`.
    /// Errors: those of [`Printed::parse`], but for a unit; two units.
    pub fn parse_with_unit(text: &str) -> Result<(Printed, Option<PrintedUnit>), PrintedFault> {
        Printed::parse_for(text, PrintedFor::Anything)
    }

    /// Reads what is printed for a mean, for a count or for something else; it may have a unit: `5.9 (2.7) years`.
    /// Errors: those of [`Printed::parse_with_unit`].
    pub fn parse_for(text: &str, of: PrintedFor) -> Result<(Printed, Option<PrintedUnit>), PrintedFault> {
        use PrintedToken::{Close, Number, Open};
        let (tokens, unit) = tokens(text)?;
        let printed = match (tokens.as_slice(), of) {
            ([Number(mean), Open, Number(sd), Close], PrintedFor::Mean) => mean_sd(*mean, *sd)?,
            ([Number(n), Open, Number(percent), Close], PrintedFor::Count) => {
                Printed::CountPercent { n: count(*n)?, percent: *percent }
            }
            (tokens, _) => meaning(text, tokens)?,
        };
        Ok((printed, unit))
    }
}

fn without_unit(text: &str, (printed, unit): (Printed, Option<PrintedUnit>)) -> Result<Printed, PrintedFault> {
    match unit {
        None => Ok(printed),
        Some(unit) => Err(PrintedFault::new(
            format!("'{text}' has a unit, {unit}, which does not belong here"),
            "write the numbers without it",
        )),
    }
}

/// The forms of printed texts, each read by its function. The first that knows a text reads it.
const FORMS: [fn(&str, &[PrintedToken]) -> PrintedForm; 6] =
    [words, shares, tests, means, ratios_and_ends, in_brackets];

/// What a text of one kind means; none where it is of another.
type PrintedForm = Result<Option<Printed>, PrintedFault>;

/// The meaning of the tokens of a text.
fn meaning(text: &str, tokens: &[PrintedToken]) -> Result<Printed, PrintedFault> {
    if tokens.is_empty() {
        return Err(PrintedFault::new("the printed value is empty", ACCEPTED));
    }
    for form in FORMS {
        if let Some(printed) = form(text, tokens)? {
            return Ok(printed);
        }
    }
    Err(unknown_form(text))
}

/// `all`, `none`, `both`, `all but one`, `n = 24`, `4`.
fn words(text: &str, tokens: &[PrintedToken]) -> PrintedForm {
    use PrintedToken::{All, Close, Number, Of, Only, Open, Percent, Zero};
    Ok(Some(match tokens {
        [PrintedToken::Both] => of_n(Figure::of_count(2), Figure::of_count(2), None, None)?,
        [PrintedToken::Fraction(percent)] => Printed::Percent(*percent),
        [PrintedToken::N, PrintedToken::Equals, rest @ ..] if !rest.contains(&PrintedToken::N) => meaning(text, rest)?,
        [Open, inner @ .., Close] if !inner.iter().any(|token| matches!(token, Open | Close)) => meaning(text, inner)?,
        [All] => Printed::All,
        [Zero] => Printed::None,
        [Number(figure)] | [Only, Number(figure)] => Printed::Number(*figure),
        [Number(figure), Percent] | [Only, Number(figure), Percent] => Printed::Percent(*figure),
        [All, Number(of)] | [All, Of, Number(of)] => of_n(*of, *of, None, None)?,
        [All, PrintedToken::But, Number(left_out)] => Printed::AllBut(count(*left_out)?),
        [All, PrintedToken::But, Number(left_out), Of, Number(of)] => {
            let (left_out, of) = (count(*left_out)?, count(*of)?);
            let n = of.checked_sub(left_out).ok_or_else(|| unknown_form(text))?;
            Printed::OfN { n, of, percent: None, interval: None }
        }
        [Zero, Of, Number(of)] => of_n(Figure::new(Decimal::from_int(0)), *of, None, None)?,
        _ => return Ok(None),
    }))
}

/// `4 of 5`, `4 (of 5)`, `4/5 (80%; 38-96%)`, `4 (80 %)`, `80 % (n = 4)`, `80% (95% CI 38-96)`.
fn shares(text: &str, tokens: &[PrintedToken]) -> PrintedForm {
    use PrintedToken::{Close, Comma, Equals, N, Number, Of, Only, Open, Percent, Semicolon};
    Ok(Some(match tokens {
        [Number(n), Of, Number(of)] | [Only, Number(n), Of, Number(of)] | [Number(n), Open, Of, Number(of), Close] => {
            of_n(*n, *of, None, None)?
        }
        [Number(n), Of, Number(of), Open, Number(percent), Percent, Close]
        | [Number(n), Open, Number(percent), Percent, Close, Of, Number(of)]
        | [Number(percent), Percent, Open, Number(n), Of, Number(of), Close]
        | [Number(percent), Percent, Open, N, Equals, Number(n), Of, Number(of), Close] => {
            of_n(*n, *of, Some(*percent), None)?
        }
        [Number(n), Of, Number(of), Open, Number(percent), Percent, Semicolon | Comma, inner @ .., Close] => {
            let ends = ends(inner, In::PercentOrPlain)?.ok_or_else(|| unknown_form(text))?;
            of_n(*n, *of, Some(*percent), Some(ends))?
        }
        [Number(n), Open, Number(percent), Percent, Close]
        | [Number(percent), Percent, Open, Number(n), Close]
        | [Number(percent), Percent, Open, N, Equals, Number(n), Close] => {
            Printed::CountPercent { n: count(*n)?, percent: *percent }
        }
        [Number(percent), Percent, Open, inner @ .., Close] => {
            let Some(ends) = ends(inner, In::PercentOrPlain)? else { return Ok(None) };
            Printed::PercentWithInterval { percent: *percent, ends }
        }
        [Number(percent), Percent, Comma | Semicolon, inner @ ..] if is_named(inner) => {
            let Some(ends) = ends(inner, In::PercentOrPlain)? else { return Ok(None) };
            Printed::PercentWithInterval { percent: *percent, ends }
        }
        _ => return Ok(None),
    }))
}

/// `p = 0.03`, `P value 0.64`, `p < 0.05`, `NS`, `>1280`.
fn tests(_: &str, tokens: &[PrintedToken]) -> PrintedForm {
    use PrintedToken::{Colon, Equals, NotSignificant, Number, P, Sign};
    Ok(Some(match tokens {
        [P, Number(p)] | [P, Equals | Colon, Number(p)] => Printed::Number(*p),
        [P, Sign(comparator), Number(figure)] | [Sign(comparator), Number(figure)] => {
            Printed::Censored { comparator: *comparator, figure: *figure }
        }
        // At the level that is in use where none is stated.
        [NotSignificant] | [P, NotSignificant] | [P, Equals | Colon, NotSignificant] => {
            Printed::Censored { comparator: Comparator::AtLeast, figure: Figure::new(Decimal::new(5, 2)) }
        }
        _ => return Ok(None),
    }))
}

/// `5.9 ± 2.7`, `5.9 (SD 2.7)`, `5.9 (±2.7)`, `7.4 (SEM 0.64)`.
fn means(_: &str, tokens: &[PrintedToken]) -> PrintedForm {
    use PrintedToken::{Close, Colon, Comma, Equals, Number, Open, PlusMinus, Sd, Se};
    let without_sign: Vec<PrintedToken> = match tokens {
        // What stands between the name of a spread and its number: `SD: 3.1`, `SEM, 0.64`, `±3.2`.
        [value, Open, name @ (Sd | Se), Colon | Comma | Equals | PlusMinus, spread, Close] => {
            vec![*value, Open, *name, *spread, Close]
        }
        [value, PlusMinus, spread, Open, name @ (Sd | Se), Close] | [value, PlusMinus, spread, name @ (Sd | Se)] => {
            vec![*value, Open, *name, *spread, Close]
        }
        other => other.to_vec(),
    };
    Ok(Some(match without_sign.as_slice() {
        [Number(mean), PlusMinus, Number(sd)]
        | [Number(mean), Open, PlusMinus, Number(sd), Close]
        | [Number(mean), Open, Sd, Number(sd), Close] => mean_sd(*mean, *sd)?,
        [Number(mean), Open, Se, Number(se), Close] => mean_se(*mean, *se)?,
        _ => return Ok(None),
    }))
}

/// `1.3:1`, `1.4 to 1`, `2.5-10`, `38-96%`, `range 2-13`.
fn ratios_and_ends(_: &str, tokens: &[PrintedToken]) -> PrintedForm {
    use PrintedToken::{Colon, Dash, Number};
    if let [Number(first), Colon, Number(second)] = tokens {
        return ratio(*first, *second).map(Some);
    }
    if let [Number(first), Dash, Number(second)] = tokens
        && second.count() == Some(1)
        && first.value() > second.value()
    {
        return ratio(*first, *second).map(Some);
    }
    let is_unnamed_list = !is_named(tokens) && !tokens.contains(&Dash) && !tokens.contains(&PrintedToken::Q1);
    if is_unnamed_list {
        return Ok(None);
    }
    if let Some(ends) = ends(tokens, In::Plain)? {
        return Ok(Some(Printed::Interval(ends)));
    }
    Ok(ends(tokens, In::Percent)?.map(Printed::PercentInterval))
}

/// `6 (5-10)`, `7 (IQR 5-10, range 2-13)`, `4.01, 95% CI 1.08-14.87`, `>1280 (640, >1280)`.
fn in_brackets(text: &str, tokens: &[PrintedToken]) -> PrintedForm {
    use PrintedToken::{Close, Comma, Number, Open, Semicolon, Sign};
    match tokens {
        [Number(value), Comma | Semicolon, inner @ ..] if is_named(inner) => {
            with_interval(text, *value, inner).map(Some)
        }
        [Number(value), Open, inner @ .., Close] if !inner.iter().any(|token| matches!(token, Sign(_))) => {
            with_interval(text, *value, inner).map(Some)
        }
        [.., Close] => Ok(with_bounds(tokens)),
        _ => Ok(None),
    }
}

/// The meaning of a number followed by brackets that do not contain a percentage.
fn with_interval(text: &str, value: Figure, inner: &[PrintedToken]) -> Result<Printed, PrintedFault> {
    if let Some(both) = two_ends(inner)? {
        return Ok(Printed::WithTwoIntervals { value, both });
    }
    if let Some(ends) = ends(inner, In::Plain)? {
        return Ok(Printed::WithInterval { value, ends });
    }
    match inner {
        [PrintedToken::Number(second)] => Err(PrintedFault::new(
            format!("'{text}' is ambiguous: a mean with its SD, or a number with something else"),
            format!("write {value} ± {second} for a mean with its SD, {value} ({second} %) for a percentage"),
        )),
        _ => Err(unknown_form(text)),
    }
}

/// A number followed by two others in brackets, some of them with a sign.
fn with_bounds(tokens: &[PrintedToken]) -> Option<Printed> {
    let (value, rest) = bounded(tokens)?;
    let (low, rest) = bounded(rest.strip_prefix(&[PrintedToken::Open])?)?;
    let (PrintedToken::Comma | PrintedToken::Dash, rest) = rest.split_first()? else { return None };
    let (high, rest) = bounded(rest)?;
    (rest == [PrintedToken::Close]).then_some(Printed::WithBounds { value, low, high })
}

/// The figure at the start, with the sign before it, and the rest.
fn bounded(tokens: &[PrintedToken]) -> Option<(BoundedFigure, &[PrintedToken])> {
    match tokens {
        [PrintedToken::Sign(sign), PrintedToken::Number(figure), rest @ ..] => {
            Some((BoundedFigure { comparator: Some(*sign), figure: *figure }, rest))
        }
        [PrintedToken::Number(figure), rest @ ..] => Some((BoundedFigure::from(*figure), rest)),
        _ => None,
    }
}

fn unknown_form(text: &str) -> PrintedFault {
    PrintedFault::new(format!("'{text}' is not understood as a printed value"), ACCEPTED)
}

fn of_n(
    n: Figure,
    of: Figure,
    percent: Option<Figure>,
    interval: Option<PrintedRange>,
) -> Result<Printed, PrintedFault> {
    Ok(Printed::OfN { n: count(n)?, of: count(of)?, percent, interval })
}

fn ratio(first: Figure, second: Figure) -> Result<Printed, PrintedFault> {
    if [first, second].iter().any(|side| side.is_negative() || side.count() == Some(0)) {
        return Err(PrintedFault::new("a side of a ratio is not above 0", "write the number of cases, such as 0 of 5"));
    }
    Ok(Printed::Ratio { first, second })
}

fn mean_sd(mean: Figure, sd: Figure) -> Result<Printed, PrintedFault> {
    if sd.is_negative() {
        return Err(PrintedFault::new(format!("an SD of {sd} is impossible"), "write an SD that is not negative"));
    }
    Ok(Printed::MeanSd { mean, sd })
}

fn mean_se(mean: Figure, se: Figure) -> Result<Printed, PrintedFault> {
    if se.is_negative() {
        let remedy = "write a standard error that is not negative";
        return Err(PrintedFault::new(format!("a standard error of {se} is impossible"), remedy));
    }
    Ok(Printed::MeanSe { mean, se })
}

/// A figure that is a number of cases.
fn count(figure: Figure) -> Result<u64, PrintedFault> {
    figure.count().ok_or_else(|| {
        PrintedFault::new(format!("{figure} is not a number of cases"), "write a whole number that is not negative")
    })
}
