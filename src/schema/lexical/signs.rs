//! Signs for the result of a test: `+`, `++`, `+++ (hands)`, `2+`; `-`, `(-)`; `+/-`, `±`.

/// What a sign says of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// Positive, of some degree.
    Plus,
    /// Negative, or nothing: its column decides.
    Minus,
    /// Neither.
    Equivocal,
}

/// Everything that is typed for a minus: hyphens, the minus sign and the short dash. The long dash stands for nothing.
pub const MINUS: [char; 7] = ['-', '\u{2010}', '\u{2011}', '\u{2212}', '\u{2013}', '\u{FE63}', '\u{FF0D}'];
const PLUS: [char; 2] = ['+', '\u{FF0B}'];

/// The sign that a text is; no answer for a word, a number, and for several dashes.
///
/// A sign may stand in brackets, and a remark in brackets may follow a plus.
pub fn sign(text: &str) -> Option<Sign> {
    let text = text.trim();
    let mut rest = text.chars();
    // Most cells begin with something else, or are numbers.
    let may_be = match rest.next()? {
        '1'..='4' => rest.as_str().trim_start().starts_with(PLUS),
        '(' | '±' | '∓' => true,
        first => PLUS.contains(&first) || MINUS.contains(&first),
    };
    may_be.then_some(())?;
    let inner = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).map_or(text, str::trim);
    if is_minus(inner) {
        return Some(Sign::Minus);
    }
    if is_equivocal(inner) {
        return Some(Sign::Equivocal);
    }
    let before_remark = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let graded = before_remark.map_or(text, |(before, _)| before).trim();
    (is_plus(inner) || is_plus(graded)).then_some(Sign::Plus)
}

/// Marks of a ticked and of a crossed answer; `☒` may be either.
const TICKS: [char; 4] = ['\u{2713}', '\u{2714}', '\u{2611}', '\u{2705}'];
const CROSSES: [char; 6] = ['\u{2717}', '\u{2718}', '\u{2610}', '\u{274C}', '\u{2715}', '\u{2716}'];

/// The answer that a mark alone is, in a column that holds both: `✓` yes, `✗` no.
pub fn mark(text: &str) -> Option<bool> {
    let mut signs = text.trim().trim_end_matches(['\u{FE0E}', '\u{FE0F}']).chars();
    let mark = signs.next().filter(|_| signs.next().is_none())?;
    TICKS.contains(&mark).then_some(true).or_else(|| CROSSES.contains(&mark).then_some(false))
}

/// True for `+1` to `+4`.
pub fn is_plus_grade(text: &str) -> bool {
    text.trim().strip_prefix('+').is_some_and(|grade| matches!(grade.trim_start(), "1" | "2" | "3" | "4"))
}

/// True for a single plus: it says positive and no degree.
pub fn is_plain_plus(text: &str) -> bool {
    let mut signs = text.trim().chars();
    signs.next().is_some_and(|c| PLUS.contains(&c)) && signs.next().is_none()
}

fn is_minus(text: &str) -> bool {
    let mut signs = text.chars();
    signs.next().is_some_and(|c| MINUS.contains(&c)) && signs.next().is_none()
}

fn is_equivocal(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '/' | '|' | '\\')).collect();
    let mut signs = plain.chars();
    match (signs.next(), signs.next(), signs.next()) {
        (Some('±' | '∓'), None, _) => true,
        (Some(one), Some(other), None) => {
            let is = |c: char, signs: &[char]| signs.contains(&c);
            is(one, &PLUS) && is(other, &MINUS) || is(one, &MINUS) && is(other, &PLUS)
        }
        _ => false,
    }
}

/// `+`, `+++`, `+ +`, `(+)`, and the grades `1+` to `4+`; `12+` is a bound.
fn is_plus(text: &str) -> bool {
    let inner = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(text);
    let grade = inner.strip_prefix(['1', '2', '3', '4']);
    let (signs, most) = grade.map_or((inner, 6), |signs| (signs, 1));
    let signs: Vec<char> = signs.chars().filter(|c| !c.is_whitespace()).collect();
    !signs.is_empty() && signs.len() <= most && signs.iter().all(|c| PLUS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_answers() {
        assert_eq!(
            ["✓", "✔\u{FE0F}", "✗", "☐", "☒", "✓✓", ""].map(mark),
            [Some(true), Some(true), Some(false), Some(false), None, None, None]
        );
    }

    #[test]
    fn signs_are_told_from_words_and_numbers() {
        for (expected, texts) in [
            (Some(Sign::Plus), &["+", "++", "+++ (hands)", "(+)", "+ (weak)", "2+", " 3+ ", "+ + +", "(++)", "＋"][..]),
            (Some(Sign::Minus), &["-", "–", "−", "(-)", "(–)", "( - )", "－"]),
            (Some(Sign::Equivocal), &["+/-", "±", "-/+", "+/–", "(+/-)", "+-", "∓", "+ / -"]),
            (
                None,
                &["--", "—", "", "()", "+1", "12", "-5", "a+", "2", "C+", "+a", "12+", "5+", "(hands)", "1++", "+/+"],
            ),
        ] {
            for text in texts {
                assert_eq!(sign(text), expected, "{text}");
            }
        }
    }
}
