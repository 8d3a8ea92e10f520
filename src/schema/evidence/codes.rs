//! Numbers that stand for a missing value where they do not fit the others: 9, 99, -1.

use super::Met;
use crate::decimal::Decimal;
use crate::diagnostic::SourceLocation;

/// The codes, as registries use them.
///
/// Source: the missing values of the manuals of SPSS and REDCap, and of the registries of `tests`.
const CODES: [i64; 20] =
    [-9999, -999, -99, -88, -77, -9, -8, -7, -1, 8, 9, 77, 88, 99, 777, 888, 999, 9999, 99_999, 999_999];
/// Codes below this are told only beside two levels.
const FEW_DIGITS: i64 = 77;
/// How many times as large as all others a code is.
const FAR: i64 = 3;

/// The codes of a column, and the extent of its other numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codes {
    met: Vec<(i64, Met)>,
    others: Option<(Decimal, Decimal)>,
    have_decimals: bool,
}

impl Codes {
    /// Counts cells with one number.
    pub(super) fn count(&mut self, number: Decimal, cells: u64) {
        match code(number) {
            Some(code) => self.change(code, |met| met.cells = met.cells.saturating_add(cells)),
            None => self.widen((number, number), number.scale() > 0),
        }
    }

    /// Notes a cell with a number as the first with its code, if it is.
    pub(super) fn meet(&mut self, text: &str, location: impl FnOnce() -> SourceLocation) {
        if let Some(code) = Decimal::parse(text).ok().and_then(code) {
            self.change(code, |met| met.keep_first(Some((location(), text.to_owned()))));
        }
    }

    pub(super) fn widen(&mut self, (least, greatest): (Decimal, Decimal), has_decimals: bool) {
        self.have_decimals |= has_decimals;
        self.others = Some(match self.others {
            Some((low, high)) => (low.min(least), high.max(greatest)),
            None => (least, greatest),
        });
    }

    fn change(&mut self, code: i64, change: impl FnOnce(&mut Met)) {
        if let Some((_, met)) = self.met.iter_mut().find(|(other, _)| *other == code) {
            return change(met);
        }
        let mut met = Met::default();
        change(&mut met);
        let place = self.met.partition_point(|(other, _)| *other < code);
        self.met.insert(place, (code, met));
    }

    pub(super) fn merge(&mut self, theirs: Codes) {
        for (code, met) in theirs.met {
            self.change(code, |ours| {
                ours.cells = ours.cells.saturating_add(met.cells);
                ours.keep_first(met.first);
            });
        }
        theirs.others.into_iter().for_each(|extent| self.widen(extent, theirs.have_decimals));
    }

    /// True where nothing stands beside the codes but the two levels 0 and 1, or 1 and 2.
    pub fn are_beside_two_levels(&self) -> bool {
        let is = |low: i64, high: i64| self.others == Some((Decimal::from_int(low), Decimal::from_int(high)));
        !self.met.is_empty() && !self.have_decimals && (is(0, 1) || is(1, 2))
    }

    /// The codes that do not fit the other numbers, each with its cells and the first of them.
    pub fn unfit(&self) -> impl Iterator<Item = (i64, &Met)> {
        let are_levels = self.are_beside_two_levels();
        let others = self.others;
        self.met
            .iter()
            .filter(move |(code, met)| met.cells > 0 && (are_levels || is_far(*code, others)))
            .map(|(code, met)| (*code, met))
    }
}

/// True for a code that is many times as large as all other numbers, or the only kind of number below zero.
fn is_far(code: i64, others: Option<(Decimal, Decimal)>) -> bool {
    let Some((least, greatest)) = others else { return false };
    match code {
        -1 => false,
        ..0 => least >= Decimal::from_int(0),
        FEW_DIGITS.. => {
            let limit = Decimal::from_int(code.checked_div(FAR).unwrap_or(code));
            greatest > Decimal::from_int(0) && greatest <= limit
        }
        _ => false,
    }
}

/// True for a code that many measurements reach: a C-reactive protein of 88, a ferritin of 888.
pub fn is_measured_too(code: i64) -> bool {
    matches!(code, 77 | 88 | 777 | 888)
}

/// True for a whole number that registries write for a missing value.
pub fn is_code(number: i64) -> bool {
    CODES.contains(&number)
}

fn code(number: Decimal) -> Option<i64> {
    Some(number.mantissa()).filter(|digits| number.scale() == 0 && is_code(*digits))
}

#[cfg(test)]
mod tests {
    use super::Codes;
    use crate::decimal::Decimal;

    fn codes(numbers: &[&str]) -> Vec<i64> {
        let mut codes = Codes::default();
        numbers.iter().for_each(|text| codes.count(Decimal::parse(text).unwrap(), 1));
        codes.unfit().map(|(code, _)| code).collect()
    }

    #[test]
    fn a_code_does_not_fit_the_other_numbers() {
        for (numbers, expected) in [
            (&["0", "1", "9", "0"][..], &[9_i64][..]),
            (&["0", "1", "-1", "0"], &[-1]),
            (&["1", "2", "1", "9"], &[9]),
            (&["0", "1", "8", "0"], &[8]),
            (&["0", "1", "1", "88"], &[88]),
            (&["3", "5", "8", "77"], &[77]),
            (&["1", "2", "888"], &[888]),
            (&["60", "70", "88"], &[]),
            (&["3", "5", "8"], &[]),
            (&["1", "2", "99"], &[99]),
            (&["1", "3", "99"], &[99]),
            (&["12", "24", "999"], &[999]),
            (&["22.5", "31", "999"], &[999]),
            (&["170", "165", "999"], &[999]),
            (&["12", "24", "-99"], &[-99]),
            (&["3", "5", "9"], &[]),
            (&["0", "1", "2", "9"], &[]),
            (&["0", "1", "-1", "-3"], &[]),
            (&["70", "80", "99"], &[]),
            (&["400", "850", "999"], &[]),
            (&["99"], &[]),
            (&["0.5", "1", "9"], &[]),
        ] {
            assert_eq!(codes(numbers), expected, "{numbers:?}");
        }
    }
}
