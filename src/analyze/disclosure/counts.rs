//! The counts of the results, each with its value among all cases and in every group.

use crate::analyze::method::Method;
use crate::analyze::results::{Context, Group, Rate, ResultRow, ResultTable, Results, Value};
use crate::analyze::statistic::Statistic;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// What a count counts; the same for all cases and for each group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct CountKey<'r> {
    /// The table.
    pub table: ResultTable<&'r str>,
    /// The level, item, agent, class or line.
    pub level: Option<&'r str>,
    /// The statistic; that of the count where a rate repeats one.
    pub statistic: Statistic,
    /// The reason that a number of cases not reported is of.
    pub of: Option<&'r Method>,
}

impl<'r> CountKey<'r> {
    /// A count of a table.
    pub fn new(table: ResultTable<&'r str>, statistic: Statistic) -> CountKey<'r> {
        CountKey { table, level: None, statistic, of: None }
    }

    /// A count of a level.
    pub fn of_level(table: ResultTable<&'r str>, level: &'r str, statistic: Statistic) -> CountKey<'r> {
        CountKey { level: Some(level), ..CountKey::new(table, statistic) }
    }

    /// The count that a row has, or another of the same table and level.
    pub fn at(row: &'r ResultRow, statistic: Statistic) -> Option<CountKey<'r>> {
        let table = Some(row.table.borrowed()).filter(|table| *table != ResultTable::Cases)?;
        let statistic = match (row.rate, statistic) {
            (Some(rate), Statistic::Cases) => numerator(rate),
            (Some(rate), Statistic::N) => denominator(rate),
            (_, statistic) => statistic,
        };
        // Each level repeats the denominator of its variable.
        let level = row.level.as_deref().filter(|_| statistic != Statistic::N);
        let of = row.method.as_ref().filter(|_| statistic == Statistic::Missing);
        Some(CountKey { table, level, statistic, of })
    }
}

fn numerator(rate: Rate) -> Statistic {
    match rate {
        Rate::RespondersEvaluable | Rate::RespondersCases | Rate::RespondersTreated => Statistic::Responders,
        Rate::ConfirmedTreated => Statistic::Confirmed,
        Rate::CompleteTreated => Statistic::Complete,
    }
}

fn denominator(rate: Rate) -> Statistic {
    match rate {
        Rate::RespondersEvaluable => Statistic::Evaluable,
        Rate::RespondersCases => Statistic::N,
        Rate::RespondersTreated | Rate::ConfirmedTreated | Rate::CompleteTreated => Statistic::Treated,
    }
}

/// All printed counts, and which of them are hidden.
#[derive(Debug)]
pub(super) struct PrintedCounts<'r> {
    /// All cases, then each group.
    pub columns: Vec<Option<Arc<Group>>>,
    /// Cases of each column.
    pub cases: Vec<u64>,
    /// The tables in the order of the results.
    pub tables: Vec<ResultTable<&'r str>>,
    ids: FxHashMap<CountKey<'r>, usize>,
    keys: Vec<CountKey<'r>>,
    values: Vec<u64>,
    hidden: Vec<bool>,
    protected: FxHashSet<usize>,
    levels: FxHashMap<ResultTable<&'r str>, Vec<&'r str>>,
    reasons: FxHashMap<ResultTable<&'r str>, Vec<CountKey<'r>>>,
    sets: FxHashSet<ResultTable<&'r str>>,
}

impl<'r> PrintedCounts<'r> {
    /// The counts of the results, whose columns are appended to `column_of`, and those that the groups tell although
    /// they are not printed.
    pub fn new(results: &'r Results, told: &'r Results, column_of: &mut Vec<usize>) -> PrintedCounts<'r> {
        let mut columns: Vec<Option<Arc<Group>>> = vec![None];
        let mut numbers: FxHashMap<&Group, usize> = FxHashMap::default();
        for row in results.iter() {
            column_of.push(row.group.as_ref().map_or(0, |group| {
                *numbers.entry(&**group).or_insert_with(|| {
                    columns.push(Some(Arc::clone(group)));
                    columns.len() - 1
                })
            }));
        }
        let mut printed = PrintedCounts {
            cases: vec![0; columns.len()],
            columns,
            tables: Vec::new(),
            ids: FxHashMap::default(),
            keys: Vec::new(),
            values: Vec::new(),
            hidden: Vec::new(),
            protected: FxHashSet::default(),
            levels: FxHashMap::default(),
            reasons: FxHashMap::default(),
            sets: FxHashSet::default(),
        };
        results.iter().zip(column_of).for_each(|(row, column)| printed.add(row, *column));
        for row in told.iter() {
            if let Some(column) = row.group.as_deref().and_then(|group| numbers.get(group)) {
                printed.add(row, *column);
            }
        }
        printed.add_up();
        printed
    }

    /// The cases of each category in which it is reported: its rows show them only where they are the denominator.
    fn add_up(&mut self) {
        let width = self.columns.len();
        for table in self.tables.iter().copied().filter(|table| !self.sets.contains(table)) {
            let ids = (self.id(CountKey::new(table, Statistic::N)), self.id(CountKey::new(table, Statistic::Observed)));
            let (Some(known), Some(_), false) = (ids.0, ids.1, self.levels(table).is_empty()) else { continue };
            let levels = self
                .levels(table)
                .iter()
                .filter_map(|level| self.id(CountKey::of_level(table, level, Statistic::Cases)));
            let mut sums = vec![0; width];
            levels.for_each(|id| sums.iter_mut().zip(self.values(id)).for_each(|(sum, n)| *sum += n));
            self.values[known * width..(known + 1) * width].copy_from_slice(&sums);
        }
    }

    fn add(&mut self, row: &'r ResultRow, column: usize) {
        let Value::Count(value) = row.value else { return };
        let Some(key) = CountKey::at(row, row.statistic) else {
            if row.context == Context::TotalN {
                self.cases[column] = value;
            }
            return;
        };
        if self.tables.last() != Some(&key.table) && !self.levels.contains_key(&key.table) {
            self.tables.push(key.table);
            self.levels.insert(key.table, Vec::new());
        }
        let width = self.columns.len();
        let id = *self.ids.entry(key).or_insert(self.keys.len());
        if id == self.keys.len() {
            self.keys.push(key);
            self.values.resize(self.values.len() + width, 0);
            self.hidden.resize(self.hidden.len() + width, false);
            if let (Some(level), Statistic::Cases | Statistic::Treated, Some(levels)) =
                (key.level, key.statistic, self.levels.get_mut(&key.table))
            {
                levels.push(level);
            }
            if key.of.is_some() {
                self.reasons.entry(key.table).or_default().push(key);
            }
        }
        self.values[id * width + column] = value;
        if row.context == Context::Set {
            self.sets.insert(key.table);
        }
    }

    /// The number of a count, if it is printed.
    pub fn id(&self, key: CountKey<'_>) -> Option<usize> {
        self.ids.get(&key).copied()
    }

    /// All counts.
    pub fn ids(&self) -> impl Iterator<Item = (usize, CountKey<'r>)> {
        self.keys.iter().copied().enumerate()
    }

    /// The value of a count in every column.
    pub fn values(&self, id: usize) -> &[u64] {
        let width = self.columns.len();
        &self.values[id * width..(id + 1) * width]
    }

    /// True where a count is hidden in a column.
    pub fn is_hidden(&self, id: usize, column: usize) -> bool {
        self.hidden[id * self.columns.len() + column]
    }

    /// Hides a count in a column.
    pub fn hide(&mut self, id: usize, column: usize) {
        let width = self.columns.len();
        self.hidden[id * width + column] = true;
    }

    /// Says that a count is part of sums that were protected.
    pub fn protect(&mut self, id: usize) {
        self.protected.insert(id);
    }

    /// True where a count is part of sums that were protected.
    pub fn is_protected(&self, id: usize) -> bool {
        self.protected.contains(&id)
    }

    /// The levels of a table in their order.
    pub fn levels(&self, table: ResultTable<&'r str>) -> &[&'r str] {
        self.levels.get(&table).map(Vec::as_slice).unwrap_or_default()
    }

    /// The counts of a table's cases not reported, by reason.
    pub fn reasons(&self, table: ResultTable<&'r str>) -> &[CountKey<'r>] {
        self.reasons.get(&table).map(Vec::as_slice).unwrap_or_default()
    }

    /// True where a case can have several of the levels.
    pub fn is_set(&self, table: ResultTable<&str>) -> bool {
        self.sets.contains(&table)
    }
}
