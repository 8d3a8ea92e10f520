//! What has to be counted for a requested statistic.

use crate::schema::{Kind, Role, Variable};

/// What a requested statistic is computed from, as far as its key says it before the columns are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeededCounts {
    /// The names of the columns that the key can be about.
    pub columns: Vec<String>,
    /// The table of no single column that the key can be about.
    pub table: Option<NeededTable>,
}

/// What a table of no single column is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeededTable {
    /// The columns of responses.
    Responses,
    /// Pairs of numbers of the same case, counted in a second pass.
    Pairs,
    /// Times to an event, counted under conditions of their own.
    Times,
}

impl NeededCounts {
    /// The counts of one column.
    pub fn of_column(name: &str) -> NeededCounts {
        NeededCounts { columns: vec![name.to_owned()], table: None }
    }

    /// For each variable, whether one of the requests needs its counts.
    ///
    /// A key of no column and no table counts all of them: its error suggests a key.
    pub fn counted<'n>(
        variables: &[(Variable, usize)],
        needs: impl Iterator<Item = &'n NeededCounts> + Clone,
    ) -> Vec<bool> {
        let is_unknown = |need: &NeededCounts| {
            !need.is_of_another_pass() && !variables.iter().any(|(variable, _)| need.is_of(variable))
        };
        let counts_all = needs.clone().any(is_unknown);
        let is_counted = |variable: &Variable| counts_all || needs.clone().any(|need| need.is_of(variable));
        variables.iter().map(|(variable, _)| is_counted(variable)).collect()
    }

    fn is_of(&self, variable: &Variable) -> bool {
        let is_response = || variable.kind == Kind::Lines || variable.role == Role::Response;
        self.columns.contains(&variable.name) || (self.table == Some(NeededTable::Responses) && is_response())
    }

    fn is_of_another_pass(&self) -> bool {
        match self.table {
            Some(NeededTable::Pairs | NeededTable::Times) => true,
            Some(NeededTable::Responses) | None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_columns_that_are_named_are_counted() {
        let names = ["age", "age_months", "survival"];
        let variables: Vec<_> = names.into_iter().zip(0..).map(|(name, at)| (Variable::new(name), at)).collect();
        let of = |columns: &[&str], table| {
            let columns = columns.iter().map(|name| (*name).to_owned()).collect();
            NeededCounts::counted(&variables, [NeededCounts { columns, table }].iter())
        };
        assert_eq!(of(&["age_months"], None), [false, true, false]);
        assert_eq!(of(&["age_stated", "age"], None), [true, false, false]);
        assert_eq!(of(&["aeg"], None), [true; 3], "a name of no column");
        assert_eq!(of(&["best_response"], Some(NeededTable::Responses)), [true; 3], "no column of responses");
        assert_eq!(of(&["association"], Some(NeededTable::Pairs)), [false; 3]);
        assert_eq!(of(&["survival"], Some(NeededTable::Times)), [false, false, true], "a column with this name");
        assert_eq!(NeededCounts::counted(&variables, [].iter()), [false; 3]);
    }
}
