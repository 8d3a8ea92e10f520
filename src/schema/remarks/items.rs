//! Findings about cells of several things.

use crate::diagnostic::{Finding, FindingId, Findings, quoted};
use crate::schema::evidence::{Class, Evidence};
use crate::schema::header::{HeaderQuantity, quantity};
use crate::schema::items::{Separator, Separators, written};
use crate::schema::split::Split;
use crate::schema::{Kind, Role, Variable};

/// The warning about lists in a column where most cells hold one thing.
pub fn few_lists(variable: &Variable, evidence: &Evidence) -> Option<Finding> {
    let lists = evidence.cells(Class::List);
    let (location, text) = evidence.first(Class::List).filter(|_| variable.reading.split.is_none())?;
    let others = evidence.texts().saturating_add(evidence.numbers()).saturating_sub(lists);
    let is_set = variable.kind == Kind::Set;
    // A patient has one outcome and one diagnosis; of anything else a cell may hold several.
    let is_of_one = matches!(variable.role, Role::Outcome | Role::Etiology | Role::Response);
    if others == 0 || is_set && (lists >= others || !is_of_one) {
        return None;
    }
    let counted = if is_set { "each item is counted" } else { "each cell is counted as one level" };
    let message = format!("cells with several items: {lists}, with one: {others}; {counted}");
    let kind = |kind: Kind| quoted(&format!("{}={kind}", variable.header));
    let remedy = format!(
        "to count each item: --kind {}; to keep each cell as one level: --kind {}",
        kind(Kind::Set),
        kind(Kind::Category)
    );
    let finding = Finding::new(FindingId::FewLists, message).at(location.clone()).value(text);
    Some(finding.column(&variable.header).remedy(remedy))
}

/// The warnings about cells of several items that nothing has split: the first of them, and how many there are.
pub fn unsplit(variable: &Variable, evidence: &Evidence) -> Findings {
    let mut findings = Findings::default();
    // A number that cannot be read is reported as such.
    let Some(unsplit) = evidence.unsplit().filter(|_| variable.kind != Kind::Number) else { return findings };
    let in_some_text = |separator: Separator| unsplit.first.iter().find_map(|(_, text)| written(separator, text));
    let as_written = |separator: Separator| in_some_text(separator).unwrap_or_else(|| separator.word());
    let named: Vec<String> = unsplit.separators.each().map(|cut| format!("'{}'", as_written(cut))).collect();
    let one = if variable.kind == Kind::Lines { "one agent" } else { "one item" };
    let message = format!("cells hold several items joined by {}; each is counted as {one}", named.join(", "));
    let all = unsplit.separators.with(variable.reading.split.unwrap_or_default());
    let of = |split: Split| quoted(&format!("{}={split}", variable.header));
    let remedy = format!(
        "to split them: --split {}; if each is one: --split {}",
        of(Split::Items(all)),
        of(Split::Items(Separators::NONE))
    );
    let mut others = unsplit.cells;
    for (location, text) in unsplit.first.iter().rev() {
        let value: String = text.chars().take(60).collect();
        let finding = Finding::new(FindingId::UnsplitItems, message.as_str()).at(location.clone());
        let finding = finding.value(value).column(&variable.header).remedy(remedy.as_str());
        // The first one stands for the cells that are not shown.
        let is_first = unsplit.first.first().is_some_and(|(first, _)| first == location);
        findings.add_many(finding, if is_first { others.max(1) } else { 1 });
        others = others.saturating_sub(1);
    }
    findings
}

/// The warning about a column of which each cell is two things, under a header that does not say so.
pub fn two_in_one(variable: &Variable, evidence: &Evidence) -> Option<Finding> {
    let (pair, [cells, all], (location, text)) =
        evidence.pair().filter(|_| variable.reading.split.is_none() && variable.kind != Kind::Text)?;
    let message = format!(
        "{cells} of {all} cells look like {}, but the column is read as one {}",
        pair.described(),
        variable.kind
    );
    let of = |split: Split| quoted(&format!("{}={split}", variable.header));
    let remedy = format!(
        "to split them: --split {}, or name the column {}; if each is one: --split {}",
        of(Split::Parts(pair)),
        pair.header(),
        of(Split::Items(Separators::NONE))
    );
    let finding = Finding::new(FindingId::TwoInOneCell, message).at(location.clone()).value(text);
    Some(finding.column(&variable.header).remedy(remedy))
}

/// The warning about two numbers with a slash between them in each cell: `12/30` below `CRP/ESR`.
pub fn two_numbers(variable: &Variable, evidence: &Evidence) -> Option<Finding> {
    let cells = evidence.slashed();
    let others = evidence.texts().saturating_add(evidence.numbers()).saturating_sub(cells);
    let is_open = variable.kind == Kind::Category && variable.kind_reason.is_some() && variable.reading.split.is_none();
    let is_ratio = quantity(&variable.header) == Some(HeaderQuantity::Ratio);
    if !is_open || is_ratio || cells == 0 || cells < others {
        return None;
    }
    // `8/9/10` are three numbers, and `1/160` is one fraction.
    let are_two = |text: &str| text.matches('/').count() == 1 && !text.trim_start().starts_with("1/");
    let (location, text) = evidence.first(Class::Word).filter(|(_, text)| are_two(text))?;
    let all = cells.saturating_add(others);
    let message =
        format!("{cells} of {all} cells hold two numbers with a slash between them, and are counted as levels");
    let keep = quoted(&format!("{}={}", variable.header, Kind::Category));
    let remedy = format!("write each number into a column of its own; if they are levels: --kind {keep}");
    let finding = Finding::new(FindingId::TwoNumbers, message).at(location.clone()).value(text);
    Some(finding.column(&variable.header).remedy(remedy))
}

/// The note that a column is read as two variables.
pub fn split_in_two(variable: &Variable) -> Option<Finding> {
    let of = variable.part.as_ref().filter(|of| of.part.is_first())?;
    let [first, second] = of.part.pair().parts();
    let men = if variable.reading.m_is_male { "; a number with M, as 34M, is a man" } else { "" };
    let message = format!("this column is split into two variables: {first} and {second}{men}");
    let keep = quoted(&format!("{}={}", of.header, Split::Items(Separators::NONE)));
    let finding = Finding::new(FindingId::SplitInTwo, message).column(&of.header);
    Some(finding.remedy(format!("to keep it as it is: --split {keep}")))
}
