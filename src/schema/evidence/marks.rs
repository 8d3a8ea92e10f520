//! Points and commas in the numbers of a column, as they are written.
//!
//! They are found in the text alone, whatever mark is assumed while the column is read, so that a second reading finds
//! the same.

use crate::schema::lexical::{COMPARATORS, SIGNS};

/// Digits between two separators of thousands.
const GROUP: usize = 3;

/// What a point or a comma in a number may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NumberMark {
    /// `2,5`
    Comma,
    /// `0,125`: no thousands, as the whole part is 0.
    CommaBehindZero,
    /// `429,000`: thousands or decimals.
    CommaOrThousands,
    /// `2.5`, `0.125`
    Point,
    /// `429.000`
    PointOrThousands,
    /// `1,2,4`: a list of numbers.
    List,
}

/// Which marks the numbers of a column have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NumberMarksSeen {
    commas: bool,
    commas_behind_zero: bool,
    grouping_commas: bool,
    points: bool,
    grouping_points: bool,
    /// Some of those points stand in a text: JSON and workbooks have numbers, in which a point is the decimal mark.
    grouping_points_in_texts: bool,
    lists: bool,
    /// A whole number of three digits and more without a mark.
    hundreds: bool,
}

impl NumberMarksSeen {
    /// Notes the mark of a text.
    pub(super) fn add_text(&mut self, text: &str) {
        if let Some(mark) = mark_of(text) {
            self.add(mark);
            self.grouping_points_in_texts |= mark == NumberMark::PointOrThousands;
        }
        self.hundreds |= is_whole_hundreds(text);
    }

    /// Notes the mark of bare numbers with so many decimals, the least and the greatest of which have these digits.
    pub(super) fn add_numbers(&mut self, mark: u8, decimals: u8, (least, greatest): (i64, i64)) {
        let is_comma = mark == b',';
        match usize::from(decimals) {
            0 => self.hundreds |= [least, greatest].iter().any(|digits| digits.unsigned_abs() >= 100),
            GROUP => {
                for digits in [least, greatest] {
                    self.add(match (digits.unsigned_abs(), is_comma) {
                        (..1_000, true) => NumberMark::CommaBehindZero,
                        (1_000..1_000_000, true) => NumberMark::CommaOrThousands,
                        (1_000_000.., true) => NumberMark::Comma,
                        (1_000..1_000_000, false) => NumberMark::PointOrThousands,
                        (_, false) => NumberMark::Point,
                    });
                }
            }
            _ => self.add(if is_comma { NumberMark::Comma } else { NumberMark::Point }),
        }
    }

    fn add(&mut self, mark: NumberMark) {
        let is_met = match mark {
            NumberMark::Comma => &mut self.commas,
            NumberMark::CommaBehindZero => &mut self.commas_behind_zero,
            NumberMark::CommaOrThousands => &mut self.grouping_commas,
            NumberMark::Point => &mut self.points,
            NumberMark::PointOrThousands => &mut self.grouping_points,
            NumberMark::List => &mut self.lists,
        };
        *is_met = true;
    }

    pub(super) fn merge(&mut self, other: NumberMarksSeen) {
        self.commas |= other.commas;
        self.commas_behind_zero |= other.commas_behind_zero;
        self.grouping_commas |= other.grouping_commas;
        self.points |= other.points;
        self.grouping_points |= other.grouping_points;
        self.grouping_points_in_texts |= other.grouping_points_in_texts;
        self.lists |= other.lists;
        self.hundreds |= other.hundreds;
    }

    /// True where the comma is the decimal mark of the column: some comma can be nothing else, and there is no point
    /// and no list of numbers.
    pub(in crate::schema) fn have_decimal_commas(&self) -> bool {
        (self.commas || self.commas_behind_zero) && !self.have_points() && !self.lists
    }

    /// True where three digits stand behind each comma: those with a whole part may be thousands.
    pub(in crate::schema) fn may_group(&self) -> bool {
        self.grouping_commas && !self.commas
    }

    /// True where commas may all separate thousands or items.
    pub(in crate::schema) fn have_only_unclear_commas(&self) -> bool {
        let may_be_groups = self.may_group() && !self.commas_behind_zero;
        (may_be_groups || self.lists) && !self.have_points()
    }

    /// True where points may all separate thousands.
    pub(in crate::schema) fn have_only_unclear_points(&self) -> bool {
        self.grouping_points && !self.points
    }

    /// True where such a point is in a text, not in a number of JSON or of a workbook.
    pub(in crate::schema) fn have_unclear_points_in_texts(&self) -> bool {
        self.grouping_points_in_texts
    }

    /// True where some points can only separate decimals.
    pub(in crate::schema) fn have_clear_points(&self) -> bool {
        self.points
    }

    /// True where some whole number of three digits and more has no mark.
    pub(in crate::schema) fn have_hundreds(&self) -> bool {
        self.hundreds
    }

    /// True where some number has a comma.
    pub(in crate::schema) fn have_commas(&self) -> bool {
        self.commas || self.commas_behind_zero || self.grouping_commas
    }

    fn have_points(&self) -> bool {
        self.points || self.grouping_points
    }
}

/// The mark of the number at the beginning of a text; none without a point or a comma in it.
fn mark_of(text: &str) -> Option<NumberMark> {
    let text = text.trim_start_matches(COMPARATORS).trim_start().trim_start_matches(SIGNS);
    let token: &str =
        text.get(..text.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count())?;
    let behind = text.get(token.len()..)?.trim_start();
    token.bytes().any(|b| b.is_ascii_digit()).then_some(())?;
    if token.ends_with(',') && behind.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(NumberMark::List);
    }
    let number = token.trim_end_matches(['.', ',']);
    match (number.matches(',').count(), number.matches('.').count()) {
        (0, 0) => None,
        (1, 0) if may_be_thousands(number, ',') => Some(NumberMark::CommaOrThousands),
        (1, 0) if is_behind_zero(number) => Some(NumberMark::CommaBehindZero),
        (1, 0) => Some(NumberMark::Comma),
        (0, 1) if may_be_thousands(number, '.') => Some(NumberMark::PointOrThousands),
        (0, 1) => Some(NumberMark::Point),
        (_, 0) if is_grouped(number, ',') => Some(NumberMark::CommaOrThousands),
        (_, 0) => Some(NumberMark::List),
        (0, _) if is_grouped(number, '.') => Some(NumberMark::PointOrThousands),
        (_, _) => Some(NumberMark::Point),
    }
}

/// True for `850`, `12000 /µl`; not for `2018-03-14`.
fn is_whole_hundreds(text: &str) -> bool {
    let text = text.trim().trim_start_matches(COMPARATORS).trim_start().trim_start_matches(SIGNS);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text.get(digits..).unwrap_or_default();
    let is_end = behind.is_empty() || behind.starts_with(|c: char| c.is_whitespace() || c.is_alphabetic() || c == '/');
    is_end && text.get(..digits).is_some_and(|digits| digits.trim_start_matches('0').len() >= GROUP)
}

/// True for `0,125` and `,125`.
fn is_behind_zero(number: &str) -> bool {
    number.split_once(',').is_some_and(|(whole, rest)| rest.len() == GROUP && whole.bytes().all(|digit| digit == b'0'))
}

/// True where one to three digits stand before the mark, not all 0, and exactly three behind it: `1234.789` has decimals.
fn may_be_thousands(number: &str, mark: char) -> bool {
    let Some((whole, rest)) = number.split_once(mark) else { return false };
    rest.len() == GROUP && matches!(whole.trim_start_matches('0').len(), 1..=GROUP)
}

/// True for `1,234,567`.
fn is_grouped(number: &str, mark: char) -> bool {
    number.split(mark).skip(1).all(|group| group.len() == GROUP)
}

#[cfg(test)]
mod tests {
    use super::{NumberMark, NumberMarksSeen, mark_of};

    #[test]
    fn a_comma_with_three_digits_behind_it_may_group_thousands() {
        for (text, expected) in [
            ("2,5", Some(NumberMark::Comma)),
            ("<2,5 mg/dl", Some(NumberMark::Comma)),
            (">= 12,25", Some(NumberMark::Comma)),
            ("-0,125", Some(NumberMark::CommaBehindZero)),
            (",125", Some(NumberMark::CommaBehindZero)),
            ("429,000", Some(NumberMark::CommaOrThousands)),
            ("1,234,567", Some(NumberMark::CommaOrThousands)),
            ("1,2,4", Some(NumberMark::List)),
            ("2, 3", Some(NumberMark::List)),
            ("2.5", Some(NumberMark::Point)),
            ("429.000", Some(NumberMark::PointOrThousands)),
            ("1429.000", Some(NumberMark::Point)),
            ("1429,000", Some(NumberMark::Comma)),
            ("1.234,5", Some(NumberMark::Point)),
            ("12.", None),
            ("12, fasting", None),
            ("12", None),
            ("female", None),
            ("", None),
            (",", None),
        ] {
            assert_eq!(mark_of(text), expected, "{text}");
        }
    }

    #[test]
    fn bare_numbers_have_the_marks_of_their_texts() {
        for text in ["2,5", "0,125", "1,000", "429,000", "12,2500", "999,999", "1000,000", "123456,789"] {
            let (mut of_text, mut of_number) = (NumberMarksSeen::default(), NumberMarksSeen::default());
            of_text.add_text(text);
            let decimals = text.split_once(',').unwrap().1.len() as u8;
            let digits: i64 = text.replace(',', "").parse().unwrap();
            of_number.add_numbers(b',', decimals, (digits, digits));
            assert_eq!(of_text, of_number, "{text}");
        }
    }

    #[test]
    fn one_list_or_point_makes_commas_unclear() {
        let of = |texts: &[&str]| {
            let mut marks = NumberMarksSeen::default();
            texts.iter().for_each(|text| marks.add_text(text));
            (marks.have_decimal_commas(), marks.have_only_unclear_commas())
        };
        assert_eq!(of(&["0,250", "429,000"]), (true, false));
        assert_eq!(of(&["2,5", "429,000", "7"]), (true, false));
        assert_eq!(of(&["429,000", "396,000"]), (false, true));
        assert_eq!(of(&["2,3", "1,2,4"]), (false, true));
        assert_eq!(of(&["2,5", "2.5"]), (false, false));
        assert_eq!(of(&["7"]), (false, false));
    }
}
