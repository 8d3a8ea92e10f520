//! Word documents (docx): body and notes as they read with all changes accepted.

use super::builder::PassageBuilder;
use super::{Passage, PassageKind};
use crate::read::word::{WordFile, WordStep};
use std::ops::Range;

/// The passages of a document.
pub(super) fn passages(file: &WordFile) -> Vec<Passage> {
    let mut builder = PassageBuilder::default();
    let paragraph = |builder: &mut PassageBuilder, kind, line: &Range<usize>| {
        builder.add(file.text().get(line.clone()).unwrap_or_default(), None);
        // The paragraphs of a cell are one passage.
        if builder.is_in_table() { builder.space() } else { builder.close(kind) }
    };
    for step in &file.structure.steps {
        match step {
            WordStep::Heading(line) => paragraph(&mut builder, PassageKind::Heading, line),
            WordStep::Paragraph(line) => paragraph(&mut builder, PassageKind::Paragraph, line),
            WordStep::Table => builder.begin_table(),
            WordStep::Row => builder.begin_row(),
            WordStep::Cell => builder.begin_cell(),
            WordStep::Columns(columns) => builder.span(*columns, 1),
            WordStep::TableEnd => builder.end_table(),
        }
    }
    builder.end()
}
