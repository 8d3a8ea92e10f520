//! Rows by the case, or by whatever else they belong to: four bytes a row.

use crate::cohort::relate::rows::RowIndex;

/// Rows in groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupedRows {
    rows: Vec<RowIndex>,
    /// Where each group ends.
    ends: Vec<u32>,
}

impl GroupedRows {
    /// Rows with the number of their group, which is below `groups`; in a group they keep their order.
    pub fn of(groups: usize, rows: impl Iterator<Item = (usize, RowIndex)> + Clone) -> GroupedRows {
        let mut starts = vec![0_u32; groups.saturating_add(1)];
        let mut first = None;
        for (group, row) in rows.clone() {
            first.get_or_insert(row);
            if let Some(count) = starts.get_mut(group.saturating_add(1)) {
                *count = count.saturating_add(1);
            }
        }
        let Some(first) = first else { return GroupedRows { rows: Vec::new(), ends: vec![0; groups] } };
        let mut sum = 0_u32;
        for start in &mut starts {
            sum = sum.saturating_add(*start);
            *start = sum;
        }
        let mut placed = vec![first; sum as usize];
        // The start of each group moves to its end, which is where the next one starts.
        for (group, row) in rows {
            let Some(next) = starts.get_mut(group) else { continue };
            if let Some(place) = placed.get_mut(*next as usize) {
                *place = row;
            }
            *next = next.saturating_add(1);
        }
        starts.pop();
        GroupedRows { rows: placed, ends: starts }
    }

    /// Number of groups.
    pub fn groups(&self) -> usize {
        self.ends.len()
    }

    /// The rows of a group.
    pub fn of_group(&self, group: usize) -> &[RowIndex] {
        let start = group.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(group).copied().unwrap_or(start);
        self.rows.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The rows of each group.
    pub fn iter(&self) -> impl Iterator<Item = &[RowIndex]> + Clone {
        (0..self.ends.len()).map(|group| self.of_group(group))
    }

    /// All rows with the number of their group, group by group.
    pub fn rows(&self) -> impl Iterator<Item = (usize, RowIndex)> + Clone {
        self.iter().enumerate().flat_map(|(group, rows)| rows.iter().map(move |row| (group, *row)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::relate::KeptRows;
    use crate::read::Inputs;

    #[test]
    fn rows_keep_their_order_in_their_group() {
        let inputs = Inputs::embedded("a.csv", "id,x\n1,a\n2,b\n1,c\n3,d\n1,e\n").unwrap();
        let rows: Vec<RowIndex> = KeptRows::read(&inputs).unwrap().rows().collect();
        let grouped = GroupedRows::of(4, [1, 0, 1, 3, 1].into_iter().zip(rows.iter().copied()));
        let groups: Vec<Vec<RowIndex>> = grouped.iter().map(<[RowIndex]>::to_vec).collect();
        assert_eq!(groups, [vec![rows[1]], vec![rows[0], rows[2], rows[4]], vec![], vec![rows[3]]]);
        assert_eq!(grouped.rows().map(|(group, _)| group).collect::<Vec<_>>(), [0, 1, 1, 1, 3]);
        assert_eq!(GroupedRows::of(2, std::iter::empty()).iter().filter(|rows| rows.is_empty()).count(), 2);
    }
}
