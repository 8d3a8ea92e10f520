//! The columns that must be protected together.

/// What a reader sees of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnVisibility {
    /// Its counts stand in the table, in the printed column of this number, and can be masked.
    Printed(usize),
    /// Its counts stand in the table and have been protected already.
    Known,
    /// It is the sum of groups all of whose counts but zeros are masked.
    Masked,
    /// It is the cases outside of a group, which stand in no table.
    Outside,
}

/// One column: a sum of printed ones, or the cases in one and not in another.
#[derive(Debug, Clone)]
pub(super) struct SumColumn {
    /// What a reader sees of it.
    pub visibility: ColumnVisibility,
    plus: Vec<usize>,
    minus: Option<usize>,
}

impl SumColumn {
    /// What is of the printed columns as it is of this one: their sum, less the one that is taken away.
    pub fn combined<T>(
        &self,
        of: impl Fn(usize) -> Option<T>,
        sum: impl Fn(T, T) -> T,
        less: impl Fn(T, T) -> Option<T>,
    ) -> Option<T> {
        let all = self.plus.iter().map(|column| of(*column)).reduce(|all, one| Some(sum(all?, one?)))??;
        match self.minus {
            None => Some(all),
            Some(column) => less(all, of(column)?),
        }
    }
}

/// The columns that must be protected together; the first has the cases of all others.
#[derive(Debug, Clone)]
pub(super) struct View {
    /// The columns.
    pub columns: Vec<SumColumn>,
}

impl View {
    /// All cases, groups that no case is in twice, and the groups that are masked as a whole.
    pub fn exclusive(groups: usize, masked: &[usize]) -> View {
        let printed =
            |number| SumColumn { visibility: ColumnVisibility::Printed(number), plus: vec![number], minus: None };
        let mut columns: Vec<SumColumn> = (0..=groups).filter(|number| !masked.contains(number)).map(printed).collect();
        if !masked.is_empty() {
            columns.push(SumColumn { visibility: ColumnVisibility::Masked, plus: masked.to_vec(), minus: None });
        }
        View { columns }
    }

    /// One of several groups that a case can be in, and the cases outside of it.
    pub fn overlapping(group: usize) -> View {
        let column = |visibility, plus, minus| SumColumn { visibility, plus: vec![plus], minus };
        View {
            columns: vec![
                column(ColumnVisibility::Known, 0, None),
                column(ColumnVisibility::Printed(group), group, None),
                column(ColumnVisibility::Outside, 0, Some(group)),
            ],
        }
    }

    /// The values of a count in the columns of this view, from those in the printed columns.
    pub fn values(&self, printed: &[u64]) -> Vec<u64> {
        let at = |column: &usize| printed.get(*column).copied().unwrap_or(0);
        let value = |column: &SumColumn| {
            let sum: u64 = column.plus.iter().map(at).sum();
            sum.saturating_sub(column.minus.as_ref().map_or(0, at))
        };
        self.columns.iter().map(value).collect()
    }

    /// The columns that groups are masked in as a whole, with their printed numbers.
    pub fn masked(&self) -> Option<(usize, &[usize])> {
        let at = self.columns.iter().position(|column| column.visibility == ColumnVisibility::Masked)?;
        self.columns.get(at).map(|column| (at, column.plus.as_slice()))
    }
}
