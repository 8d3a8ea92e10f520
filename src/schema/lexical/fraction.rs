//! Fractions of one sign behind a whole number or alone: `2½`, `1 ½`, `¾`.

use crate::decimal::Decimal;

/// The signs that are exact decimals, in thousandths; `⅓` is none.
const SIGNS: [(char, i64); 7] = [('½', 500), ('¼', 250), ('¾', 750), ('⅛', 125), ('⅜', 375), ('⅝', 625), ('⅞', 875)];

/// The thousandths of a sign at the start of a text, and what follows.
pub(super) fn sign(text: &str) -> Option<(i64, &str)> {
    SIGNS.into_iter().find_map(|(sign, thousandths)| Some((thousandths, text.strip_prefix(sign)?)))
}

/// A fraction behind a whole number or alone, in thousandths, and what follows.
pub(super) fn written<'t>(text: &'t str, whole: &str) -> Option<(i64, &'t str)> {
    let fractions = [("1/2", 500), ("1/4", 250), ("3/4", 750), ("1⁄2", 500), ("1⁄4", 250), ("3⁄4", 750)];
    let one = |(digits, thousandths): (&str, i64)| Some((thousandths, text.strip_prefix(digits)?));
    let (thousandths, rest) = sign(text).or_else(|| fractions.into_iter().find_map(one))?;
    let is_whole = whole.bytes().all(|b| b.is_ascii_digit());
    (is_whole && !rest.starts_with(|c: char| c.is_ascii_digit())).then_some((thousandths, rest))
}

/// The number at the start of a text that ends with such a sign, and what follows.
pub(super) fn number(text: &str) -> Option<(Decimal, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, behind) = text.split_at_checked(end)?;
    let (thousandths, rest) = sign(if digits.is_empty() { behind } else { behind.trim_start() })?;
    let is_alone = !rest.starts_with(|c: char| c.is_numeric() || matches!(c, '.' | ',' | '/'));
    let whole: i64 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
    let value = whole.checked_mul(1000)?.checked_add(thousandths)?;
    is_alone.then(|| (Decimal::new(value, 3).normalised(), rest))
}
