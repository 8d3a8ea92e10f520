//! The decimal mark of the numbers of a column, where the schema does not declare it.

use crate::decimal::Decimal;
use crate::schema::evidence::Evidence;
use crate::schema::header::{is_cell_count, numbers_parts};
use crate::schema::units::unit;
use crate::schema::{DecimalMark, GroupedReading, Kind, Variable};

/// What is known of the marks of all columns of the inputs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FileMarks {
    /// `--decimal-comma`
    pub is_comma_stated: bool,
    /// A semicolon separates the cells of every input, as it does where the comma separates decimals.
    pub has_semicolons: bool,
    /// Every input is a text of delimited cells, in which nothing tells a number of thousands from one of decimals.
    pub is_delimited: bool,
}

impl FileMarks {
    /// The mark of a column without cells.
    pub fn default_mark(self) -> DecimalMark {
        if self.is_comma_stated { DecimalMark::Comma } else { DecimalMark::Point }
    }

    /// The decimal mark of a column.
    ///
    /// | commas of the column | stated | between semicolons | else |
    /// |---|---|---|---|
    /// | some can only separate decimals, no point | comma | comma | unreadable |
    /// | three digits behind each, some behind a 0 | comma; `429,000` unreadable | the same | unreadable |
    /// | each may separate thousands, or items | unreadable | unreadable | unreadable |
    /// | none | comma | point | point |
    ///
    /// A cell with the other mark is unreadable, so that the point stands for the mark where commas are unclear.
    pub fn mark(self, variable: &Variable, cells: &Evidence) -> DecimalMark {
        if variable.kind != Kind::Number {
            return self.default_mark();
        }
        let marks = cells.marks();
        let are_items = numbers_parts(&variable.name) && (marks.have_decimal_commas() || self.is_comma_stated);
        match (self.is_comma_stated, self.has_semicolons) {
            _ if are_items => DecimalMark::Point,
            (true, _) if marks.have_only_unclear_commas() => DecimalMark::Point,
            (false, true) if marks.have_decimal_commas() => DecimalMark::Comma,
            (_, _) => self.default_mark(),
        }
    }

    /// How numbers with three digits behind the comma are read, where it is the decimal mark.
    pub fn grouped(self, variable: &Variable, cells: &Evidence) -> GroupedReading {
        let is_unclear = variable.kind == Kind::Number && cells.marks().may_group();
        match variable.reading.mark {
            DecimalMark::Comma if is_unclear => GroupedReading::Unreadable,
            DecimalMark::Comma | DecimalMark::Point => GroupedReading::Values,
        }
    }

    /// True where points of a column may separate thousands: three digits stand behind each, and commas separate the
    /// decimals of other columns (`others_have_commas`), the column counts single blood cells, or some number is a
    /// thousand and more.
    pub fn points_are_unclear(self, variable: &Variable, cells: &Evidence, others_have_commas: bool) -> bool {
        let thousand = Decimal::from_int(1000);
        let is_beside_thousands = || cells.bare().extent.is_some_and(|(_, greatest)| greatest >= thousand);
        let of_cells = || counts_single_cells(variable) || is_beside_thousands();
        let may_be = self.has_semicolons && others_have_commas || self.is_delimited && of_cells();
        may_be && cells.marks().have_only_unclear_points()
    }
}

/// True for blood cells, unless their unit is one of thousands: `7.500` below `WBC (10^9/L)` is 7.5.
fn counts_single_cells(variable: &Variable) -> bool {
    let singles = ["/µL", "/mm3", "/mL"];
    let is_single = |written: &str| unit(written).is_some_and(|written| singles.contains(&written.unit.name()));
    is_cell_count(&variable.header) && variable.unit.as_deref().is_none_or(is_single)
}

#[cfg(test)]
mod tests {
    use super::FileMarks;
    use crate::schema::evidence::Evidence;
    use crate::schema::lexical::NumberFormat;
    use crate::schema::{DecimalMark, Kind, Variable};

    #[test]
    fn a_comma_is_the_decimal_mark_where_it_can_be_nothing_else() {
        let (point, comma) = (DecimalMark::Point, DecimalMark::Comma);
        let rows = [
            ("crp", &["2,5", "429,000"][..], [point, comma, comma]),
            ("crp", &["0,125", "0,250"], [point, comma, comma]),
            ("crp", &["429,000", "396,000"], [point, point, point]),
            ("crp", &["2,5", "2.5"], [point, point, comma]),
            ("crp", &["2,3", "1,2,4"], [point, point, point]),
            ("toes", &["2,3", "4"], [point, point, point]),
            ("crp", &["7"], [point, point, comma]),
        ];
        for (header, cells, expected) in rows {
            let variable = Variable { kind: Kind::Number, ..Variable::new(header) };
            let mut evidence = Evidence::default();
            for cell in cells {
                evidence.count_text(cell, NumberFormat::default(), 1);
            }
            let files = [(false, false), (false, true), (true, true)];
            let found = files.map(|(is_comma_stated, has_semicolons)| {
                FileMarks { is_comma_stated, has_semicolons, is_delimited: true }.mark(&variable, &evidence)
            });
            assert_eq!(found, expected, "{header} {cells:?}");
        }
    }
}
