//! The pages of `examples/help`, which `calc-series help` prints.

use crate::words::{Word, words};

words! {
    /// A page that explains one thing over all commands.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Topic: "topic" {
        /// What a cell may hold.
        Cells = "cells",
        /// Treatment lines and responses.
        Treatments = "treatments",
        /// Which cases.
        Filters = "filters",
        /// One number by its name.
        Selectors = "selectors",
        /// What each column means.
        Schema = "schema",
        /// Which formula, and why.
        Conventions = "conventions",
        /// What can be read.
        Files = "files",
    }
}

impl Topic {
    /// The page as it is printed.
    pub fn page(self) -> &'static str {
        match self {
            Topic::Cells => include_str!("../../examples/help/cells.md"),
            Topic::Treatments => include_str!("../../examples/help/treatments.md"),
            Topic::Filters => include_str!("../../examples/help/filters.md"),
            Topic::Selectors => include_str!("../../examples/help/selectors.md"),
            Topic::Schema => include_str!("../../examples/help/schema.md"),
            Topic::Conventions => include_str!("../../examples/help/conventions.md"),
            Topic::Files => include_str!("../../examples/help/files.md"),
        }
    }

    /// The heading of the page.
    fn title(self) -> &'static str {
        self.page().lines().next().unwrap_or_default().trim_start_matches("# ")
    }
}

/// The topics, one a line.
pub fn list() -> String {
    let rows = Topic::EVERY.iter().map(|topic| format!("  {:<12} {}\n", topic.as_word(), topic.title()));
    format!("Topics: calc-series help TOPIC\n\n{}", rows.collect::<String>())
}
