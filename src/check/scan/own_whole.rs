//! The denominator that is a share's own: the size of its column in a table, that of the group it names, and the number of the
//! things it counts. What only another one gives is no confirmation.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::Context;
use super::column_sizes::RowSize;
use super::nouns::{is_case, is_of_things, is_plural};
use super::of_group::{NamedGroup, group};
use super::sentence_words;
use super::share::PrintedShare;
use super::stated::StatedWhole;
use super::verdict::ScanVerdict;
use crate::check::arithmetic::proportion::{Denominators, denominators, percent_of};
use crate::check::arithmetic::rounding::RoundingMode;
use crate::check::printed::Figure;
use crate::decimal::Exact;

/// Tokens from a share to the word that names its group.
const MOST_TO_GROUP: usize = 4;

/// What the share's own denominator says, where it has one.
pub(super) fn judge(
    context: &Context<'_>,
    share: &PrintedShare,
    figures: (u64, Figure),
    fitting: Option<Denominators>,
) -> Option<(ScanVerdict, String)> {
    of_column(context, figures, fitting).or_else(|| of_sex(context, share, figures, fitting))
}

/// A cell of a column whose size a head states. The label of its row may leave some of its cases out.
fn of_column(
    context: &Context<'_>,
    (n, percent): (u64, Figure),
    fitting: Option<Denominators>,
) -> Option<(ScanVerdict, String)> {
    let fitting = fitting?;
    let own = context.stated.sizes_of(context.place);
    let given = |whole: u64| format!("{n} of {whole} is {} %", of_whole(n, whole, percent));
    if let Some(size) = own.iter().rev().find(|size| fitting.contains(**size)) {
        return Some((ScanVerdict::Consistent, format!("{} of its column", given(*size))));
    }
    match context.stated.left_in_row(context.place) {
        RowSize::Whole => None,
        RowSize::Between(least, most) => {
            let size = (least.max(fitting.least)..=most).next().filter(|size| fitting.contains(*size))?;
            Some((ScanVerdict::Consistent, format!("{}, and its row leaves some of {most} out", given(size))))
        }
        RowSize::Unknown => {
            let sentence = "its row is of fewer cases, and the table does not say how many of them are in its column";
            Some((ScanVerdict::NotCheckable, sentence.to_owned()))
        }
    }
}

/// A cell that only the size of another column gives, or a number of cases of the text.
pub(super) fn of_another(
    context: &Context<'_>,
    (n, percent): (u64, Figure),
    fitting: Option<Denominators>,
) -> Option<(ScanVerdict, String)> {
    let Denominators { least, most } = fitting?;
    let own = *context.stated.sizes_of(context.place).last()?;
    let range = least..=most.unwrap_or(u64::MAX);
    let stated = context.stated.find(&context.sentence.counts, context.place, &range);
    let StatedWhole { value, place, .. } = stated.or_else(|| context.stated.size_in_table(context.place, &range))?;
    let (given, meant) = (of_whole(n, value, percent), of_whole(n, own, percent));
    let at = context.elsewhere(place);
    let sentence = format!(
        "only if it is of other cases than its column: {n} of {own} is {meant} %, not {percent} %; {n} of {value} is {given} %{at}"
    );
    Some((ScanVerdict::Conditional, sentence))
}

/// A share of one sex: a number of the other one gives no denominator.
fn of_sex(
    context: &Context<'_>,
    share: &PrintedShare,
    (n, percent): (u64, Figure),
    fitting: Option<Denominators>,
) -> Option<(ScanVerdict, String)> {
    let NamedGroup { noun, values } = group(context, share)?;
    let largest = values.iter().copied().max().filter(|largest| *largest >= n)?;
    let truncated = denominators(n, &RoundingMode::Truncation.interval(percent));
    let is_given = |fitting: Option<Denominators>| {
        values.iter().copied().find(|value| fitting.is_some_and(|fitting| fitting.contains(*value)))
    };
    if let Some(value) = is_given(fitting) {
        return Some((ScanVerdict::Consistent, format!("{n} of {value} {noun} is {} %", of_whole(n, value, percent))));
    }
    let Denominators { least, most } = fitting.filter(|_| is_given(truncated).is_none())?;
    let range = least..=most.unwrap_or(u64::MAX);
    let named = context.stated.named();
    let other = context.stated.find(&context.sentence.counts, context.place, &range)?;
    // What is more than the group may be all cases, of whom the group is some.
    if other.value > largest || !named.is_only_of_other_sex(noun, other.value) {
        return None;
    }
    let meant = of_whole(n, largest, percent);
    let sentence = format!(
        "{n} of {largest} {noun} is {meant} %, not {percent} %, which would be of the {} of the other sex",
        other.value
    );
    if context.sentence.restricts || context.sentence.cites {
        return Some((ScanVerdict::Conditional, format!("only if some cases are left out: {sentence}")));
    }
    Some((ScanVerdict::Impossible, sentence))
}

/// A share of things whose number the text states, but which does not give it: `89 limbs ... 76 limbs (58 %)`.
pub(super) fn of_things(
    context: &Context<'_>,
    share: &PrintedShare,
    (n, percent): (u64, Figure),
    fitting: Option<Denominators>,
) -> Option<(ScanVerdict, String)> {
    if fitting.is_none()
        || !is_of_things(context.sentence.tokens, &share.tokens)
        || context.sentence.cites
        || context.sentence.names_others
    {
        return None;
    }
    let inside = context.sentence.tokens.get(share.tokens.start + 1..share.tokens.end)?;
    let noun = inside.iter().find(|token| is_plural(token) && !is_case(token))?;
    let whole = context.stated.named().of(noun.text).filter(|whole| *whole > n).max()?;
    let (noun, meant) = (noun.text, of_whole(n, whole, percent));
    let sentence = format!(
        "only of other {noun} than the {whole} that the text states: {n} of {whole} is {meant} %, not {percent} %"
    );
    Some((ScanVerdict::Conditional, sentence))
}

/// True for a share of one of several groups, `12 (60 %) in group A and 14 (64 %) in group B`, where the text does not say how
/// many are in any of them.
pub(super) fn is_of_unsized_group(context: &Context<'_>, share: &PrintedShare) -> bool {
    let tokens = context.sentence.tokens;
    let names_group = |from: usize, end: usize| {
        let near = tokens.get(from..end.min(tokens.len())).unwrap_or_default();
        near.iter().any(|token| token.is_among(&sentence_words::GROUP_WORDS))
    };
    let (start, end) = (share.tokens.start, share.tokens.end);
    let is_beside = names_group(end, end + MOST_TO_GROUP) || names_group(start.saturating_sub(MOST_TO_GROUP), start);
    is_beside && context.sentence.shares.len() > 1 && context.place.cell.is_none() && !context.stated.sizes_groups()
}

/// n of a whole in percent, with the digits of a figure.
pub(super) fn of_whole(n: u64, whole: u64, like: Figure) -> String {
    percent_of(n, whole).map_or_else(String::new, |value| Exact::Ratio(value).rounded(u32::from(like.decimals())))
}
