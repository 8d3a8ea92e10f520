//! The decimal mark of the numbers of a column, where the schema does not declare it.

use super::scales::{OtherScale, other_scale};
use crate::schema::evidence::Evidence;
use crate::schema::header::{is_below_a_thousand, is_cell_count, numbers_parts};
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::units::{Dimension, unit};
use crate::schema::{DecimalMark, GroupedReading, Kind, Role, Variable};

/// What is known of the marks of all columns of the inputs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FileMarks {
    /// `--decimal-comma`
    pub is_comma_stated: bool,
    /// A semicolon separates the cells of every input, as it does where the comma separates decimals.
    pub has_semicolons: bool,
    /// Every input is a text of delimited cells, in which nothing tells a number of thousands from one of decimals; in
    /// JSON and in workbooks a number is no text.
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
    /// The marks are those that are written, and the kind of the column is decided with them, never before.
    pub fn mark(self, variable: &Variable, cells: &Evidence) -> DecimalMark {
        if !has_marks(variable) {
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

    /// True where points of a column may separate thousands: exactly three digits stand behind each, and no whole part
    /// is 0.
    ///
    /// Where another column has plain decimal points, and below what never reaches a thousand in its unit, they separate
    /// decimals, unless the column or the file shows the other habit: some number of three digits and more has no point,
    /// commas separate the decimals of other columns, or semicolons part the cells and no column has plain decimal
    /// points. Only what is written decides, and what the header says: not what the points were taken for before.
    pub fn points_are_unclear(self, variable: &Variable, cells: &Evidence, others: OtherMarks) -> bool {
        let marks = cells.marks();
        let of_numbers = counts_single_cells(variable) || marks.have_hundreds();
        let of_file = others.have_commas || self.has_semicolons && !others.have_points;
        let is_text = self.is_delimited || marks.have_unclear_points_in_texts();
        // Nobody is a thousand years old.
        let may_be = is_text && has_marks(variable) && variable.role != Role::Age;
        let is_open = !others.have_points && may_reach_thousands(variable);
        may_be && (of_numbers || of_file || is_open) && marks.have_only_unclear_points()
    }

    /// How numbers are read where points may separate thousands: `1,780` beside `1.050` is no decimal, unless it is
    /// stated to be one.
    pub fn grouped_beside_points(self, cells: &Evidence) -> GroupedReading {
        let marks = cells.marks();
        match (self.is_comma_stated, marks.have_commas()) {
            (false, true) => GroupedReading::AllUnreadable,
            (true, _) if marks.may_group() => GroupedReading::Unreadable,
            (true, _) | (false, false) => GroupedReading::Values,
        }
    }
}

/// The plain decimal marks in the columns of numbers of the inputs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OtherMarks {
    /// Some column has commas that can only separate decimals.
    pub have_commas: bool,
    /// Some column has points that can only separate decimals.
    pub have_points: bool,
}

impl OtherMarks {
    /// Adds the marks of a column.
    pub fn add(&mut self, variable: &Variable, cells: &Evidence) {
        if variable.kind == Kind::Number {
            self.have_commas |= cells.marks().have_decimal_commas();
            self.have_points |= cells.marks().have_clear_points();
        }
    }
}

/// False for columns whose cells are no numbers, whatever they begin with.
fn has_marks(variable: &Variable) -> bool {
    !matches!(variable.kind, Kind::Text | Kind::Lines)
}

/// False where nobody has a thousand of what the header names, in the unit that it names.
fn may_reach_thousands(variable: &Variable) -> bool {
    const THOUSAND: i64 = 1_000;
    let header = &variable.header;
    let stated = variable.unit.as_deref().filter(|_| !variable.reading.is_unit_of_cells);
    let is_share = |written: &str| unit(written).is_some_and(|of| of.unit.dimension() == Dimension::Fraction);
    let is_long_time = |written: &str| TimeUnit::of_word(written).is_some_and(|unit| unit < TimeUnit::Days);
    let is_low =
        |written: &str| matches!(other_scale(header, written), Some(OtherScale::Above(most, _)) if most <= THOUSAND);
    let is_below = |written: &str| is_share(written) || is_long_time(written) || is_low(written);
    !(stated.is_some_and(is_below) || variable.reading.scale_range.is_some() || is_below_a_thousand(&variable.name))
}

/// True for blood cells, unless their unit is one of thousands: `7.500` below `WBC (10^9/L)` is 7.5.
fn counts_single_cells(variable: &Variable) -> bool {
    let singles = ["/µL", "/mm3", "/mL"];
    let is_single = |written: &str| unit(written).is_some_and(|written| singles.contains(&written.unit.name()));
    // A unit of the cells depends on how their numbers are read.
    let stated = variable.unit.as_deref().filter(|_| !variable.reading.is_unit_of_cells);
    is_cell_count(&variable.header) && stated.is_none_or(is_single)
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
