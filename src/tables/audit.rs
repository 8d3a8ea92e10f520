//! The audit of a report as text: what stands first is what needs a decision.

mod remark;

use super::number::raw;
use super::shown::Shown;
use crate::analyze::results::{ResultRow, Value};
use crate::check::arithmetic::{Consistency, Judgement};
use crate::check::claims::{Answer, Audit, Audited, Claim, Claims, Counted, Given, Remark, ShownBeside, Verdict};
use crate::decimal::Exact;
use crate::diagnostic::first_names;
use crate::tally::counts::NamedCases;
pub use remark::sentence;

/// An audit, ready to place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditReport {
    /// What was audited.
    pub title: String,
    /// How many claims have which verdict.
    pub tally: String,
    /// The claims by verdict, those first that need a decision.
    pub sections: Vec<Section>,
    /// How it was done.
    pub footnotes: Vec<String>,
}

/// Claims with one verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// The verdict.
    pub heading: String,
    /// The claims.
    pub entries: Vec<Entry>,
}

/// One claim.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Where it stands in the report.
    pub place: String,
    /// What it says.
    pub says: String,
    /// What is printed, and what the records give.
    pub given: String,
    /// What else must be said, a sentence each.
    pub remarks: Vec<String>,
}

/// The audit of a claims file; `against` names the files of the records, where there are some.
pub fn audit_report(claims: &Claims, audit: &Audit<'_>, shown: &Shown, against: &[String]) -> AuditReport {
    let of = claims.report.title.as_deref().map_or_else(String::new, |title| format!(" of \"{title}\""));
    let records = if against.is_empty() { "arithmetic alone, no records".to_owned() } else { against.join(", ") };
    AuditReport {
        title: format!("Audit{of} ({}; {records})", claims.file),
        tally: if against.is_empty() { tally_of_arithmetic(audit) } else { tally(audit) },
        sections: if against.is_empty() { by_arithmetic(audit) } else { by_verdict(audit, shown) },
        footnotes: footnotes(!against.is_empty()),
    }
}

fn footnotes(has_records: bool) -> Vec<String> {
    let arithmetic =
        "Arithmetic: a printed number stands for every number that rounds to it, ties either way; in exact fractions.";
    let mut notes = Vec::new();
    if has_records {
        notes.push(
            "A count agrees where the records give it; is undetermined where the cases not reported leave it possible; contradicts beyond them. \
             A number agrees where that of the records rounds to it."
                .to_owned(),
        );
    }
    notes.push(arithmetic.to_owned());
    notes
}

/// `36 claims: 26 agree, 3 contradict, 2 ambiguous, 4 undetermined, 1 not countable.`
fn tally(audit: &Audit<'_>) -> String {
    let verdicts = audit.claims.iter().filter_map(|audited| audited.answer.as_ref()).map(|answer| answer.verdict);
    let verdicts: Vec<Verdict> = verdicts.collect();
    let words = Verdict::ALL.map(|verdict| {
        let n = verdicts.iter().filter(|found| **found == verdict).count();
        format!("{n} {}", plural(verdict, n))
    });
    let impossible = audit.claims.iter().flat_map(|audited| &audited.arithmetic).filter(is_impossible).count();
    let impossible = impossible.saturating_add(audit.sums.iter().filter(|(_, sum)| is_impossible(&sum)).count());
    let behind = if impossible > 0 { format!("; {impossible} impossible by arithmetic alone") } else { String::new() };
    format!("{}: {}{behind}.", claims(verdicts.len()), words.join(", "))
}

fn claims(n: usize) -> String {
    if n == 1 { "1 claim".to_owned() } else { format!("{n} claims") }
}

/// The word for a verdict on so many claims.
fn plural(verdict: Verdict, n: usize) -> &'static str {
    match verdict {
        Verdict::Agrees if n != 1 => "agree",
        Verdict::Contradicts if n != 1 => "contradict",
        other => other.word(),
    }
}

fn is_impossible(judgement: &&Judgement) -> bool {
    judgement.consistency == Consistency::Inconsistent
}

fn tally_of_arithmetic(audit: &Audit<'_>) -> String {
    let count = |consistency| {
        let of_claim = |audited: &&Audited<'_>| consistency_of(&audited.arithmetic) == consistency;
        audit.claims.iter().filter(of_claim).count()
    };
    let (impossible, possible) = (count(Some(Consistency::Inconsistent)), count(Some(Consistency::Consistent)));
    let left = audit.claims.len().saturating_sub(impossible).saturating_sub(possible);
    let sums = audit.sums.iter().filter(|(_, sum)| is_impossible(&sum)).count();
    let sums = match sums {
        0 => String::new(),
        1 => "; 1 sum impossible".to_owned(),
        _ => format!("; {sums} sums impossible"),
    };
    let all = claims(audit.claims.len());
    format!("{all}: {impossible} impossible, {possible} possible, {left} without arithmetic to check{sums}.")
}

/// The weightiest of several judgements.
fn consistency_of(judgements: &[Judgement]) -> Option<Consistency> {
    let has = |wanted| judgements.iter().any(|judgement| judgement.consistency == wanted);
    [Consistency::Inconsistent, Consistency::Consistent].into_iter().find(|wanted| has(*wanted))
}

fn by_arithmetic(audit: &Audit<'_>) -> Vec<Section> {
    let of = |heading: &str, wanted: Option<Consistency>| {
        let entries = audit.claims.iter().filter(|audited| consistency_of(&audited.arithmetic) == wanted);
        let entries = entries.map(|audited| Entry {
            remarks: audited.arithmetic.iter().map(|judgement| judgement.sentence.clone()).collect(),
            ..entry(audited.claim, printed(audited.claim))
        });
        Section { heading: heading.to_owned(), entries: entries.collect() }
    };
    let mut sections = vec![of("impossible", Some(Consistency::Inconsistent)), sums(audit)];
    sections.extend([of("possible", Some(Consistency::Consistent)), of("without arithmetic to check", None)]);
    sections.retain(|section| !section.entries.is_empty());
    sections
}

/// The sums; impossible ones first.
fn sums(audit: &Audit<'_>) -> Section {
    let entry = |(sum, judgement): &(&crate::check::claims::Sum, Judgement)| Entry {
        id: sum.total.clone(),
        says: format!("is the sum of {}", sum.parts.join(", ")),
        given: if is_impossible(&judgement) { "impossible".to_owned() } else { "possible".to_owned() },
        remarks: vec![judgement.sentence.clone()],
        ..Entry::default()
    };
    let mut entries: Vec<Entry> = audit.sums.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.given != "impossible");
    Section { heading: "sums".to_owned(), entries }
}

fn by_verdict(audit: &Audit<'_>, shown: &Shown) -> Vec<Section> {
    let of = |heading: &str, wanted: &dyn Fn(&Answer) -> bool| {
        let found = audit.claims.iter().filter(|audited| audited.answer.as_ref().is_some_and(wanted));
        Section { heading: heading.to_owned(), entries: by_fact(&found.collect::<Vec<_>>(), shown) }
    };
    let agrees = |answer: &Answer| answer.verdict == Verdict::Agrees;
    let mut sections = vec![
        of(Verdict::Contradicts.word(), &|answer| answer.verdict == Verdict::Contradicts),
        of(Verdict::Ambiguous.word(), &|answer| answer.verdict == Verdict::Ambiguous),
        of("agrees, with a condition", &|answer| agrees(answer) && has_condition(answer)),
        of(Verdict::Undetermined.word(), &|answer| answer.verdict == Verdict::Undetermined),
        of(Verdict::NotCountable.word(), &|answer| answer.verdict == Verdict::NotCountable),
        of(Verdict::Agrees.word(), &|answer| agrees(answer) && !has_condition(answer)),
    ];
    // A sum that cannot be stands at the top, others at the end.
    let place = if audit.sums.iter().any(|(_, sum)| is_impossible(&sum)) { 1 } else { sections.len() };
    sections.insert(place, sums(audit));
    sections.retain(|section| !section.entries.is_empty());
    sections
}

/// The entries of some claims; those of one fact stand together as one.
fn by_fact(audited: &[&Audited<'_>], shown: &Shown) -> Vec<Entry> {
    let is_of = |fact: &Option<String>, other: &&&Audited<'_>| fact.is_some() && other.claim.fact == *fact;
    let mut entries = Vec::new();
    for (number, one) in audited.iter().enumerate() {
        let fact = &one.claim.fact;
        if fact.is_some() && audited.iter().take(number).any(|before| is_of(fact, &before)) {
            continue;
        }
        let others: Vec<Entry> = audited
            .iter()
            .skip(number + 1)
            .filter(|other| is_of(fact, other))
            .map(|other| answered(other, shown))
            .collect();
        let first = answered(one, shown);
        entries.push(if others.is_empty() { first } else { together(fact.as_deref().unwrap_or(""), first, others) });
    }
    entries
}

/// One fact that the report states in several places.
fn together(fact: &str, first: Entry, others: Vec<Entry>) -> Entry {
    let all: Vec<&Entry> = std::iter::once(&first).chain(&others).collect();
    let place = |entry: &Entry| if entry.place.is_empty() { String::new() } else { format!(" ({})", entry.place) };
    let each = all.iter().map(|entry| format!("{}{} {}: {}", entry.id, place(entry), entry.says, entry.given));
    let mut remarks: Vec<String> = each.collect();
    for remark in all.iter().flat_map(|entry| &entry.remarks) {
        if !remarks.contains(remark) {
            remarks.push(remark.clone());
        }
    }
    let ids: Vec<&str> = all.iter().map(|entry| entry.id.as_str()).collect();
    Entry { id: ids.join(", "), says: format!("one fact in {} places: {fact}", all.len()), remarks, ..Entry::default() }
}

/// True for an agreement that hangs on something a reader may doubt.
fn has_condition(answer: &Answer) -> bool {
    answer.remarks.iter().any(|remark| matches!(remark, Remark::NeedsFraction(..) | Remark::Elsewhere(_)))
}

fn entry(claim: &Claim, given: String) -> Entry {
    let place = claim.place.clone().unwrap_or_default();
    Entry { id: claim.id.clone(), place, says: claim.says.clone(), given, remarks: Vec::new() }
}

fn printed(claim: &Claim) -> String {
    claim.printed.as_ref().map_or_else(String::new, |printed| format!("printed {printed}"))
}

fn answered(audited: &Audited<'_>, shown: &Shown) -> Entry {
    let Some(answer) = &audited.answer else { return entry(audited.claim, String::new()) };
    let records = given(answer, shown);
    let both: Vec<String> = [printed(audited.claim), records].into_iter().filter(|text| !text.is_empty()).collect();
    let mut remarks: Vec<String> = answer.remarks.iter().map(sentence).collect();
    for (name, part) in &answer.parts {
        let said: Vec<String> = part.remarks.iter().map(sentence).collect();
        let parts = [vec![format!("{name}: {}", part.verdict.word()), given(part, shown)], said].concat();
        remarks.push(parts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; "));
    }
    remarks.extend(audited.shown.iter().map(|beside| shown_beside(beside, shown)));
    let impossible = audited.arithmetic.iter().filter(is_impossible);
    remarks.extend(impossible.map(|judgement| format!("impossible: {}", judgement.sentence)));
    remarks.extend(audited.claim.note.clone());
    Entry { remarks, ..entry(audited.claim, both.join("; ")) }
}

fn shown_beside(beside: &ShownBeside, shown: &Shown) -> String {
    let names = beside.cases.as_ref().filter(|cases| cases.cases > 0).map(|cases| format!(" ({})", named(cases)));
    format!("{}: {}{}", beside.text, shown.print(&beside.row), names.unwrap_or_default())
}

/// What the records give: `the records give 4 of 5 (P1, P2, P3, P4), at most 5`.
fn given(answer: &Answer, shown: &Shown) -> String {
    match &answer.given {
        Given::Cases(counted) => cases(counted, answer.verdict),
        Given::Values(rows) => {
            let of = |row: &ResultRow| value(row, answer.verdict, shown);
            format!("the records give {}", rows.iter().map(of).collect::<Vec<_>>().join(", "))
        }
        Given::Compared(left, right) => format!("the records give {} and {}", shown.print(left), shown.print(right)),
        Given::Nothing => String::new(),
    }
}

fn cases(counted: &Counted, verdict: Verdict) -> String {
    let Counted { n, of, unknown, .. } = *counted;
    let holding = counted.holding.as_ref().filter(|holding| holding.cases > 0);
    let among = counted.among.as_ref().filter(|among| n == 0 && among.cases > 0);
    let names = match (holding, among) {
        (Some(holding), _) if holding.cases < of || of <= 5 => format!(" ({})", named(holding)),
        (None, Some(among)) => format!(" (of {})", named(among)),
        _ => String::new(),
    };
    let most = match verdict {
        Verdict::Agrees => String::new(),
        _ if unknown > 0 => format!(", at most {}", n.saturating_add(unknown)),
        _ => String::new(),
    };
    format!("the records give {n} of {of}{names}{most}")
}

/// A number as a table prints it; where it is not what is printed, with more digits.
fn value(row: &ResultRow, verdict: Verdict, shown: &Shown) -> String {
    let text = shown.print(row);
    let percent =
        if super::number::is_percentage(row) && text.ends_with(|c: char| c.is_ascii_digit()) { " %" } else { "" };
    let exact = match &row.value {
        _ if verdict == Verdict::Agrees || !percent.is_empty() => None,
        Value::Exact(value) => Some(short(value)),
        Value::Real(value) => Exact::from_f64(*value).map(|value| short(&value)),
        _ => None,
    };
    let behind = exact.filter(|exact| *exact != text && raw(&row.value) != text);
    format!("{text}{percent}{}", behind.map_or_else(String::new, |exact| format!(" ({exact})")))
}

/// Six significant digits, without zeros at the end.
fn short(value: &Exact) -> String {
    let text = value.rounded_to_significant(6, crate::decimal::Rounding::default());
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// The first cases by name: `P1, P2 and 40 more`.
pub(super) fn named(cases: &NamedCases) -> String {
    let names: Vec<&str> = cases.ids().collect();
    first_names(&names, cases.cases)
}
