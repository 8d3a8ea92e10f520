//! One form for the ways in which the same unit is typed: `×10⁹ / L`, `10*9/L`, `mmol·L⁻¹`.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// No unit is longer, in characters.
const LONGEST: usize = 40;

/// The form in which spellings are compared; no answer for a text that is too long for a unit.
///
/// Capitals stay. Powers are `m2` and `10^9`; `per` and negative powers are slashes; spaces stay
/// only between letters.
pub fn normalise(text: &str) -> Option<Cow<'_, str>> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let text = text.trim();
    if is_normal(text) {
        return Some(Cow::Borrowed(text));
    }
    Some(Cow::Owned(rewritten(text)))
}

/// The form of a text without spaces around it, written anew.
pub fn rewritten(text: &str) -> String {
    let slashed = slashes(&powers(&plain_signs(text)));
    tight(&without_points(&slashed))
}

/// True for a text in which nothing can be written otherwise: `mg`, `IU`, and most of what stands behind a number and is
/// no unit. A column may have as many of those as cells.
fn is_normal(text: &str) -> bool {
    let is_power = |three: &[u8]| matches!(three, [b'1', b'0', b'e' | b'E']);
    text.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !text.as_bytes().windows(3).any(is_power)
}

/// One sign for each meaning: `u` for µ, `^9` for ⁹, `°` for the signs that look like it.
fn plain_signs(text: &str) -> String {
    let mut signs = String::with_capacity(text.len());
    for c in text.chars() {
        let power = superscript(c);
        if power.is_some() && !signs.ends_with('^') && !in_power(&signs) {
            signs.push('^');
        }
        match c {
            _ if power.is_some() => signs.extend(power),
            'º' | '˚' => signs.push('°'),
            '×' | '✕' | '∗' => signs.push(if c == '∗' { '*' } else { 'x' }),
            '\u{2212}' | '\u{2010}'..='\u{2013}' => signs.push('-'),
            '·' | '⋅' | '•' | '∙' | '‧' => signs.push('·'),
            '∕' | '⁄' => signs.push('/'),
            c if c.is_whitespace() => signs.push(' '),
            c => signs.extend(std::iter::once(c).nfkc().map(|c| if c == 'μ' { 'u' } else { c })),
        }
    }
    signs
}

fn superscript(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_digit(u32::from(c).checked_sub(u32::from('⁰'))?, 10)?,
        '⁻' => '-',
        _ => return None,
    })
}

/// True inside `^12`, where another raised digit belongs to the same power.
fn in_power(text: &str) -> bool {
    text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-').ends_with('^')
}

/// `per` and negative powers as slashes: `mg per day`, `mmol L-1`, `mL·min-1·1.73m-2`.
fn slashes(text: &str) -> String {
    let text = format!(" {text}").replace(" per ", "/");
    let text = text.trim();
    if !["-1", "-2", "-3"].iter().any(|power| text.contains(power)) {
        return text.to_owned();
    }
    let factors = text.split([' ', '·']).flat_map(split_at_point).filter(|factor| !factor.is_empty());
    factors.map(as_divisor).collect()
}

/// Cuts at a point that is no decimal mark: `mmol.L-1`.
fn split_at_point(text: &str) -> Vec<&str> {
    let digit_before = |at: usize| text.get(..at).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
    let point = text.find('.').filter(|at| !digit_before(*at));
    match point.and_then(|at| text.split_at_checked(at)) {
        Some((before, after)) => vec![before, after.trim_start_matches('.')],
        None => vec![text],
    }
}

/// `/L` for `L-1` and `/m2` for `m-2`; anything else as it is.
fn as_divisor(factor: &str) -> String {
    let power = ["-1", "-2", "-3"].into_iter().find_map(|power| factor.strip_suffix(power).map(|base| (base, power)));
    match power {
        Some((base, "-1")) => format!("/{base}"),
        Some((base, power)) => format!("/{base}{}", power.trim_start_matches('-')),
        None => factor.to_owned(),
    }
}

/// `10^9` for `10*9`, `10**9` and `10e9`; `m2` for `m^2`.
fn powers(text: &str) -> String {
    let text = text.replace("**", "^").replace("10*", "10^").replace(" ^", "^").replace("^ ", "^");
    let text =
        ["10e", "10E"].into_iter().fold(text, |text, e| if is_power(&text, e) { text.replace(e, "10^") } else { text });
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '^' || !plain.ends_with(char::is_alphabetic) {
            plain.push(c);
        }
    }
    plain
}

/// True where digits follow `10e`.
fn is_power(text: &str, e: &str) -> bool {
    text.split_once(e).is_some_and(|(_, power)| power.starts_with(|c: char| c.is_ascii_digit()))
}

/// Without the points of abbreviations (`cu. mm`); between digits a comma is a point (`1,73`).
fn without_points(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut before = ' ';
    let mut after = text.chars().skip(1);
    for c in text.chars() {
        let next = after.next();
        let between_digits = before.is_ascii_digit() && next.is_some_and(|next| next.is_ascii_digit());
        match c {
            ',' if between_digits => plain.push('.'),
            '.' if !between_digits => {}
            c => plain.push(c),
        }
        before = c;
    }
    plain
}

/// Without spaces beside a digit or a sign, and with single ones between letters.
fn tight(text: &str) -> String {
    let mut tight = String::with_capacity(text.len());
    for c in text.trim().chars() {
        let is_letter = c.is_alphabetic() || matches!(c, '(' | '[');
        if tight.ends_with(' ') && !is_letter {
            tight.truncate(tight.trim_end().len());
        }
        if c != ' ' || tight.ends_with(|last: char| last.is_alphabetic() || matches!(last, ')' | ']')) {
            tight.push(c);
        }
    }
    tight
}
