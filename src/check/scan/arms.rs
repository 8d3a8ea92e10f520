//! The arms of a table: their sizes in the heads against that of all, both sexes against the size, the mean of all between
//! those of the arms, and the p of a row of counts.

use super::counts::Sentence;
use super::nouns::{is_man, is_woman};
use super::table_words::{self, is_of_p};
use super::token::{Kind, Token};
use super::totals::{leading_count, percent};
use super::verdict::{Relation, ScanItem, ScanPlace, ScanVerdict, of};
use crate::check::arithmetic::interval::is_below;
use crate::check::arithmetic::proportion::{judge_counts, modes};
use crate::check::arithmetic::two_by_two::PrintedTwoByTwo;
use crate::check::printed::Figure;
use crate::read::document::{Passage, PassageKind, TableCell};
use crate::schema::lexical::Comparator;
use std::collections::{BTreeMap, BTreeSet};

/// Passages from a caption to the first cell of its table.
const FURTHEST: u32 = 2;
/// Arms of which every sum is tried.
const MOST_ARMS: usize = 8;

/// The number of a cell.
#[derive(Debug, Clone, Copy)]
struct ArmCell {
    lead: Option<Figure>,
    count: Option<(u64, Option<Figure>)>,
    p: Option<(Option<Comparator>, Figure)>,
    /// Two numbers of one cell: `22/12`.
    pair: Option<[u64; 2]>,
}

/// A cell with its place.
#[derive(Debug, Clone)]
struct PlacedCell {
    cell: ArmCell,
    place: ScanPlace,
    excerpt: String,
}

/// A table by its arms.
#[derive(Debug, Default)]
struct ArmTable {
    /// The number of cases in its caption.
    of_caption: Option<u64>,
    sizes: BTreeMap<u32, u64>,
    of_all: BTreeSet<u32>,
    p_column: Option<u32>,
    /// The columns of one time of several, in which the same cases are.
    of_times: BTreeSet<u32>,
    labels: BTreeMap<u32, String>,
    cells: BTreeMap<(u32, u32), PlacedCell>,
}

/// The tables of a manuscript by their arms.
#[derive(Debug, Default)]
pub(super) struct Arms {
    tables: BTreeMap<u32, ArmTable>,
    /// The passage of the caption that was read last, with its number of cases.
    caption: Option<(u32, u64)>,
}

impl Arms {
    /// Keeps the number of cases of a caption; what is no caption ends it.
    pub fn note(&mut self, passage: &Passage, sentence: &Sentence<'_>, place: ScanPlace) {
        let PassageKind::Cell(TableCell { table, row, column }) = passage.kind else {
            let is_caption = passage.text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("table"));
            let own = self.caption.filter(|(number, _)| *number == passage.number);
            let read = size(sentence).map(|size| (passage.number, size)).or(own);
            self.caption = read.filter(|_| is_caption);
            return;
        };
        let Some(own) = self.tables.get_mut(&table) else { return };
        if row == 1 {
            own.sizes.extend(size(sentence).map(|size| (column, size)));
        }
        let count = leading_count(sentence.tokens).map(|count| (count, percent(sentence)));
        let pair = pair(sentence.tokens);
        let cell = ArmCell { lead: lead(sentence.tokens), count, p: p(sentence.tokens), pair };
        own.cells.insert((row, column), PlacedCell { cell, place, excerpt: passage.text.clone() });
    }

    /// Keeps a head, or the label of a row.
    pub fn note_text(&mut self, passage: &Passage) {
        let PassageKind::Cell(TableCell { table, row, column }) = passage.kind else { return };
        let of_caption = self.caption.filter(|(number, _)| passage.number <= number.saturating_add(FURTHEST));
        let new = || ArmTable { of_caption: of_caption.map(|(_, size)| size), ..ArmTable::default() };
        let own = self.tables.entry(table).or_insert_with(new);
        if row <= 2 && table_words::is_of_time(&passage.text) {
            own.of_times.extend(passage.columns());
        }
        if row == 1 && table_words::is_of_all(&passage.text) {
            own.of_all.insert(column);
        } else if row <= 2 && is_of_p(&passage.text) {
            own.p_column = Some(column);
        } else if column == 1 {
            own.labels.insert(row, passage.text.clone());
        }
    }

    /// The items of all tables.
    pub fn judge(&self, names_test: bool, adjusts: bool) -> Vec<ScanItem> {
        let mut items = Vec::new();
        for table in self.tables.values() {
            items.extend(table.heads());
            for row in table.labels.keys() {
                items.extend(table.sexes(*row));
                items.extend(table.sexes_of_cells(*row));
                items.extend(table.average(*row));
                items.extend(table.p(*row, names_test && !adjusts));
            }
        }
        items
    }
}

/// The `n = 30` of a head or a caption; none where there are several.
fn size(sentence: &Sentence<'_>) -> Option<u64> {
    let is_size = |part: &[Token<'_>]| match part {
        [n, equals, number] if n.is("n") && equals.kind == Kind::Equals => number.count(),
        _ => None,
    };
    let sizes: Vec<u64> = sentence.tokens.windows(3).filter_map(is_size).collect();
    if let [size] = sizes.as_slice() { Some(*size) } else { None }
}

/// The number before a bracket or a sign, or alone: `9.4 (2.1)`, `9.4 ± 2.1`.
fn lead(tokens: &[Token<'_>]) -> Option<Figure> {
    let (first, rest) = tokens.split_first()?;
    let ends = rest.first().is_none_or(|token| matches!(token.kind, Kind::Open | Kind::PlusMinus));
    first.figure().filter(|_| ends)
}

/// `0.9`, `< 0.001`, `p = 0.03`.
fn p(tokens: &[Token<'_>]) -> Option<(Option<Comparator>, Figure)> {
    let tokens = if tokens.first()?.is("p") { tokens.get(1..)? } else { tokens };
    match tokens {
        [figure] => Some((None, figure.figure()?)),
        [sign, figure] => match sign.kind {
            Kind::Equals => Some((None, figure.figure()?)),
            Kind::Compare(comparator) => Some((Some(comparator), figure.figure()?)),
            _ => None,
        },
        _ => None,
    }
}

/// `22/12`, `22:12`
fn pair(tokens: &[Token<'_>]) -> Option<[u64; 2]> {
    let [one, sign, other] = tokens else { return None };
    Some([one.count()?, other.count()?]).filter(|_| matches!(sign.kind, Kind::Slash | Kind::Colon))
}

/// True for a label of both sexes: `Sex (F/M)`, `Male:female`.
fn is_label_of_both(label: &str) -> bool {
    let mut words = label.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let is = |word: &str, letter: &str, sex: fn(&str) -> bool| word.eq_ignore_ascii_case(letter) || sex(word);
    let has = |letter, sex| words.clone().any(|word| is(word, letter, sex));
    let has_both = has("m", is_man as fn(&str) -> bool) && has("f", is_woman);
    let is_beside = |word: &str| is(word, "m", is_man) || is(word, "f", is_woman) || table_words::is_beside(word);
    has_both && words.all(|word| is_beside(word) || word.eq_ignore_ascii_case("gender"))
}

/// True for a label of one sex: `Male`, `Men, n (%)`.
fn is_label_of(label: &str, sex: fn(&str) -> bool) -> bool {
    let mut words = label.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.next().is_some_and(sex) && words.all(table_words::is_beside)
}

impl ArmTable {
    /// The columns with a size but for those of all.
    fn arms(&self) -> Vec<(u32, u64)> {
        let arms = self.sizes.iter().filter(|(column, _)| **column > 1 && !self.of_all.contains(column));
        arms.map(|(column, size)| (*column, *size)).collect()
    }

    /// The one column of all, with its size.
    fn all(&self) -> Option<(u32, u64)> {
        let mut all = self.of_all.iter();
        let (column, None) = (*all.next()?, all.next()) else { return None };
        Some((column, *self.sizes.get(&column)?))
    }

    fn item(cell: &PlacedCell, relation: Relation, (verdict, sentence): (ScanVerdict, String)) -> ScanItem {
        ScanItem { place: cell.place, relation, verdict, excerpt: cell.excerpt.clone(), sentence }
    }

    /// The sizes of the arms against that of all.
    fn heads(&self) -> Option<ScanItem> {
        let (arms, (column, all)) = (self.arms(), self.all()?);
        let sizes: Vec<u64> = arms.iter().map(|(_, size)| *size).collect();
        if !(2..=MOST_ARMS).contains(&sizes.len()) {
            return None;
        }
        let sums = sizes
            .iter()
            .fold(vec![0_u64], |sums, size| sums.iter().flat_map(|sum| [*sum, sum.saturating_add(*size)]).collect());
        let sum = sizes.iter().fold(0_u64, |sum, size| sum.saturating_add(*size));
        // Two divisions of the same cases may stand beside each other.
        if sum < all || sum > all && sums.contains(&all) {
            return None;
        }
        let judged = match of(judge_counts(&sizes, all)) {
            (ScanVerdict::Impossible, sentence) => {
                (ScanVerdict::Conditional, format!("only if a case can be in several columns: {sentence}"))
            }
            judged => judged,
        };
        Some(Self::item(self.cells.get(&(1, column))?, Relation::Total, judged))
    }

    /// Both sexes, in two rows one below the other, against the number of cases of each column.
    fn sexes(&self, row: u32) -> Vec<ScanItem> {
        let next = row.saturating_add(1);
        let is = |row: u32, sex| self.labels.get(&row).is_some_and(|label| is_label_of(label, sex));
        if !(is(row, is_man) && is(next, is_woman) || is(row, is_woman) && is(next, is_man)) {
            return Vec::new();
        }
        let columns: Vec<u32> =
            self.cells.keys().filter(|(of, column)| *of == row && *column > 1).map(|(_, column)| *column).collect();
        let of_caption = self.of_caption.filter(|_| columns.len() == 1 && self.sizes.is_empty());
        let column = |column: &u32| {
            let whole = self.sizes.get(column).copied().or(of_caption)?;
            let (first, second) = (self.cells.get(&(row, *column))?, self.cells.get(&(next, *column))?);
            let ((one, of_one), (other, of_other)) = (first.cell.count?, second.cell.count?);
            let is_of = |n, percent: Option<Figure>| percent.is_some_and(|of| modes(n, whole, of).is_nearest());
            let sum = one.saturating_add(other);
            let judged = match of(judge_counts(&[one, other], whole)) {
                (ScanVerdict::Impossible, sentence) if sum < whole => {
                    let is_of_all = is_of(one, of_one) && is_of(other, of_other);
                    let sentence = format!("only if others are left out: {sentence}");
                    is_of_all.then_some((ScanVerdict::Conditional, sentence))?
                }
                judged => judged,
            };
            Some(Self::item(second, Relation::Categories, judged))
        };
        columns.iter().filter_map(column).collect()
    }

    /// Both sexes in one cell, which are not more than the cases of its column: `Sex (F/M) | 22/12`.
    fn sexes_of_cells(&self, row: u32) -> Vec<ScanItem> {
        if !self.labels.get(&row).is_some_and(|label| is_label_of_both(label)) {
            return Vec::new();
        }
        let cells = self.cells.range((row, 2)..(row.saturating_add(1), 0));
        let judged = cells.filter_map(|((_, column), cell)| {
            let (whole, pair) = (self.sizes.get(column).copied()?, cell.cell.pair?);
            let [one, other] = pair;
            let judged = of(judge_counts(&pair, whole));
            // Fewer are a ratio in lowest terms, or the sex of some is unknown.
            (one.saturating_add(other) >= whole).then(|| Self::item(cell, Relation::Categories, judged))
        });
        judged.collect()
    }

    /// The mean or median of all lies between those of the arms that make up all.
    fn average(&self, row: u32) -> Option<ScanItem> {
        self.labels.get(&row).filter(|label| table_words::is_of_average(label))?;
        let arms = self.arms();
        let column = self.of_all.first().copied().filter(|_| self.of_all.len() == 1)?;
        let sum = arms.iter().fold(0_u64, |sum, (_, size)| sum.saturating_add(*size));
        let is_sized = arms.len() > 1 && self.sizes.get(&column).is_some_and(|all| *all == sum);
        let columns: Vec<u32> = if is_sized { arms.iter().map(|(arm, _)| *arm).collect() } else { self.others(row)? };
        let total = self.cells.get(&(row, column))?;
        let own = total.cell.lead?;
        let of_arm = |column: &u32| self.cells.get(&(row, *column))?.cell.lead;
        let values: Vec<Figure> = columns.iter().map(of_arm).collect::<Option<_>>()?;
        let is_outside =
            values.iter().all(|value| is_below(own, *value)) || values.iter().all(|value| is_below(*value, own));
        let listed = values.iter().map(Figure::to_string).collect::<Vec<_>>().join(" and ");
        let sentence = format!("{own} of all does not lie between {listed} of its parts");
        let judged = match (is_outside, is_sized) {
            (true, true) => (ScanVerdict::Impossible, sentence),
            (true, false) => (ScanVerdict::Conditional, format!("only if all are more than these two: {sentence}")),
            (false, _) => (ScanVerdict::Consistent, format!("{own} of all lies between {listed} of its parts")),
        };
        Some(Self::item(total, Relation::Mean, judged))
    }

    /// The two other columns of a row where no head has a size.
    fn others(&self, row: u32) -> Option<Vec<u32>> {
        let cells = self.cells.range((row, 2)..(row.saturating_add(1), 0)).map(|((_, column), _)| *column);
        let others: Vec<u32> =
            cells.filter(|column| !self.of_all.contains(column) && Some(*column) != self.p_column).collect();
        (self.sizes.is_empty() && others.len() == 2).then_some(others)
    }

    /// The p of a row with the counts of two arms. A row beside it without a p may be of the same test.
    fn p(&self, row: u32, is_named: bool) -> Option<ScanItem> {
        let (p_column, arms) = (self.p_column?, self.arms());
        let &[first, second] = arms.as_slice() else { return None };
        // The same cases before and after are compared by another test.
        if arms.iter().any(|(column, _)| self.of_times.contains(column)) {
            return None;
        }
        let cell = self.cells.get(&(row, p_column))?;
        let (comparator, p) = cell.cell.p?;
        let (first, other) = (self.count_of_arm(row, first)?, self.count_of_arm(row, second)?);
        let columns: Vec<u32> = arms.iter().map(|(column, _)| *column).chain([p_column]).collect();
        let has_neighbour = |row: u32| self.has_count_without_p(row, &arms, p_column);
        if has_neighbour(row.saturating_sub(1)) || has_neighbour(row.saturating_add(1)) || self.has_more(row, &columns)
        {
            return None;
        }
        let judged = match of(PrintedTwoByTwo { first, other, comparator, p }.judge()?) {
            (ScanVerdict::Impossible, sentence) if !is_named => {
                (ScanVerdict::Conditional, format!("only with another test: {sentence}"))
            }
            judged => judged,
        };
        Some(Self::item(cell, Relation::TwoByTwo, judged))
    }

    /// The count of a row in an arm, with the size of the arm; no answer unless the percentage behind it is of that size.
    fn count_of_arm(&self, row: u32, (column, size): (u32, u64)) -> Option<(u64, u64)> {
        let (count, percent) = self.cells.get(&(row, column))?.cell.count?;
        modes(count, size, percent?).is_nearest().then_some((count, size))
    }

    /// True for a row with a count in one of the arms and without a cell for its p.
    fn has_count_without_p(&self, row: u32, arms: &[(u32, u64)], p_column: u32) -> bool {
        let has_count = |column: u32| self.cells.get(&(row, column)).is_some_and(|cell| cell.cell.count.is_some());
        arms.iter().any(|(column, _)| has_count(*column)) && !self.cells.contains_key(&(row, p_column))
    }

    /// True for a row with a cell in another column than these and that of all.
    fn has_more(&self, row: u32, columns: &[u32]) -> bool {
        let mut cells = self.cells.range((row, 2)..(row.saturating_add(1), 0));
        cells.any(|((_, column), _)| !columns.contains(column) && !self.of_all.contains(column))
    }
}
