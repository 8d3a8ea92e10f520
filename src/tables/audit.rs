//! The audit of a report as text. Claims that need a decision come first.

mod remark;

use super::number::raw;
use super::options::TableOptions;
use crate::analyze::results::{ResultRow, Value};
use crate::check::arithmetic::{Consistency, Judgement};
use crate::check::claims::{
    AuditedClaim, CaseCount, Claim, ClaimAnswer, Claims, ClaimsAudit, Given, ShownBeside, Verdict, VerdictRemark,
};
use crate::decimal::Exact;
use crate::diagnostic::first_names;
use crate::tally::counts::NamedCases;
use crate::words::counted;
pub use remark::sentence;

/// An audit as text, ready to render.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditReport {
    /// What was audited.
    pub title: String,
    /// The number of claims with each verdict.
    pub tally: String,
    /// The claims by verdict; those that need a decision come first.
    pub sections: Vec<AuditSection>,
    /// The conventions of the audit.
    pub footnotes: Vec<String>,
}

/// Claims with one verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditSection {
    /// The verdict.
    pub heading: String,
    /// The claims.
    pub entries: Vec<ClaimEntry>,
}

/// One claim.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimEntry {
    /// Its id.
    pub id: String,
    /// Where in the report it is.
    pub place: String,
    /// What it states.
    pub says: String,
    /// What is printed, and what the records give.
    pub given: String,
    /// Remarks, one sentence each.
    pub remarks: Vec<String>,
}

/// The audit of a claims file. `against` names the files of the records; it is empty without records.
pub fn audit_report(claims: &Claims, audit: &ClaimsAudit<'_>, shown: &TableOptions, against: &[String]) -> AuditReport {
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
    let arithmetic = "Arithmetic: a printed number represents every number that rounds to it, with ties rounded either way; computed in exact fractions.";
    let mut notes = Vec::new();
    if has_records {
        notes.push(
            "A count agrees if the records give it, is undetermined if the cases not reported could explain it, and contradicts otherwise. \
             A number agrees if the value from the records rounds to it."
                .to_owned(),
        );
    }
    notes.push(arithmetic.to_owned());
    notes
}

/// `36 claims: 26 agree, 3 contradict, 2 ambiguous, 4 undetermined, 1 not countable.`
fn tally(audit: &ClaimsAudit<'_>) -> String {
    let verdicts: Vec<Verdict> = audit.verdicts().map(|(_, verdict)| verdict).collect();
    let words = Verdict::ALL.map(|verdict| {
        let n = verdicts.iter().filter(|found| **found == verdict).count();
        format!("{n} {}", plural(verdict, n))
    });
    let impossible = audit.stated().flat_map(|audited| &audited.arithmetic).filter(is_impossible).count();
    let impossible = impossible.saturating_add(audit.sums.iter().filter(|(_, sum)| is_impossible(&sum)).count());
    let suffix = if impossible > 0 { format!("; {impossible} impossible by arithmetic alone") } else { String::new() };
    format!("{}: {}{suffix}.{}", counted(verdicts.len(), "claim"), words.join(", "), tally_of_drafts(audit))
}

/// The number of drafts, which are in no other number.
fn tally_of_drafts(audit: &ClaimsAudit<'_>) -> String {
    match audit.drafts().count() {
        0 => String::new(),
        1 => " 1 draft, which counts once 'draft = true' is removed.".to_owned(),
        n => format!(" {n} drafts, each of which counts once its 'draft = true' is removed."),
    }
}

/// The word for a verdict, as a verb for n claims.
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

fn tally_of_arithmetic(audit: &ClaimsAudit<'_>) -> String {
    let count = |consistency| {
        let of_claim = |audited: &&AuditedClaim<'_>| consistency_of(&audited.arithmetic) == consistency;
        audit.stated().filter(of_claim).count()
    };
    let (impossible, possible) = (count(Some(Consistency::Inconsistent)), count(Some(Consistency::Consistent)));
    let stated = audit.stated().count();
    let left = stated.saturating_sub(impossible).saturating_sub(possible);
    let sums = audit.sums.iter().filter(|(_, sum)| is_impossible(&sum)).count();
    let sums = match sums {
        0 => String::new(),
        1 => "; 1 sum impossible".to_owned(),
        _ => format!("; {sums} sums impossible"),
    };
    let (all, drafts) = (counted(stated, "claim"), tally_of_drafts(audit));
    format!("{all}: {impossible} impossible, {possible} possible, {left} without arithmetic to check{sums}.{drafts}")
}

/// The most serious of several judgements. None where none of them is informative.
fn consistency_of(judgements: &[Judgement]) -> Option<Consistency> {
    let has = |wanted| judgements.iter().any(|judgement| judgement.consistency == wanted);
    [Consistency::Inconsistent, Consistency::Consistent].into_iter().find(|wanted| has(*wanted))
}

fn by_arithmetic(audit: &ClaimsAudit<'_>) -> Vec<AuditSection> {
    let of = |heading: &str, wanted: Option<Consistency>| {
        let entries = audit.stated().filter(|audited| consistency_of(&audited.arithmetic) == wanted);
        let entries = entries.map(|audited| ClaimEntry {
            remarks: audited.arithmetic.iter().map(|judgement| judgement.sentence.clone()).collect(),
            ..entry(audited.claim, printed(audited.claim))
        });
        AuditSection { heading: heading.to_owned(), entries: entries.collect() }
    };
    let mut sections = vec![of("impossible", Some(Consistency::Inconsistent)), sums(audit)];
    sections.extend([of("possible", Some(Consistency::Consistent)), of("without arithmetic to check", None)]);
    sections.retain(|section| !section.entries.is_empty());
    sections
}

/// The sums; impossible ones first.
fn sums(audit: &ClaimsAudit<'_>) -> AuditSection {
    let entry = |(sum, judgement): &(&crate::check::claims::Sum, Judgement)| ClaimEntry {
        id: sum.total.clone(),
        says: format!("is the sum of {}", sum.parts.join(", ")),
        given: if is_impossible(&judgement) { "impossible".to_owned() } else { "possible".to_owned() },
        remarks: vec![judgement.sentence.clone()],
        ..ClaimEntry::default()
    };
    let (impossible, possible): (Vec<_>, Vec<_>) =
        audit.sums.iter().partition(|(_, judgement)| is_impossible(&judgement));
    let entries = impossible.into_iter().chain(possible).map(entry).collect();
    AuditSection { heading: "sums".to_owned(), entries }
}

fn by_verdict(audit: &ClaimsAudit<'_>, shown: &TableOptions) -> Vec<AuditSection> {
    let of = |heading: &str, wanted: &dyn Fn(&ClaimAnswer) -> bool| {
        let found = audit.stated().filter(|audited| audited.answer.as_ref().is_some_and(wanted));
        AuditSection { heading: heading.to_owned(), entries: by_fact(&found.collect::<Vec<_>>(), shown) }
    };
    let agrees = |answer: &ClaimAnswer| answer.verdict == Verdict::Agrees;
    let mut sections = vec![
        of(Verdict::Contradicts.word(), &|answer| answer.verdict == Verdict::Contradicts),
        of(Verdict::Ambiguous.word(), &|answer| answer.verdict == Verdict::Ambiguous),
        of("agrees, with a condition", &|answer| agrees(answer) && has_condition(answer)),
        of(Verdict::Undetermined.word(), &|answer| answer.verdict == Verdict::Undetermined),
        of(Verdict::NotCountable.word(), &|answer| answer.verdict == Verdict::NotCountable),
        of(Verdict::Agrees.word(), &|answer| agrees(answer) && !has_condition(answer)),
    ];
    // An impossible sum comes first after the contradictions, other sums at the end.
    let index = if audit.sums.iter().any(|(_, sum)| is_impossible(&sum)) { 1 } else { sections.len() };
    sections.insert(index, sums(audit));
    sections.push(drafts(audit, shown));
    sections.retain(|section| !section.entries.is_empty());
    sections
}

/// The drafts: what became of them says nothing until a person has read them.
fn drafts(audit: &ClaimsAudit<'_>, shown: &TableOptions) -> AuditSection {
    let entry = |audited: &AuditedClaim<'_>| {
        let mut entry = answered(audited, shown);
        let verdict = audited.answer.as_ref().map_or("", |answer| answer.verdict.word());
        entry.given = format!("{}; as proposed: {verdict}", entry.given);
        entry
    };
    let heading = "drafts, which nobody has confirmed".to_owned();
    AuditSection { heading, entries: audit.drafts().map(entry).collect() }
}

/// The entries of some claims; claims of the same fact share one entry.
fn by_fact(audited: &[&AuditedClaim<'_>], shown: &TableOptions) -> Vec<ClaimEntry> {
    let is_of = |fact: &Option<String>, other: &&&AuditedClaim<'_>| fact.is_some() && other.claim.fact == *fact;
    let mut entries = Vec::new();
    for (number, one) in audited.iter().enumerate() {
        let fact = &one.claim.fact;
        if fact.is_some() && audited.iter().take(number).any(|before| is_of(fact, &before)) {
            continue;
        }
        let others: Vec<ClaimEntry> = audited
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

/// The entry of a fact that the report states in several places.
fn together(fact: &str, first: ClaimEntry, others: Vec<ClaimEntry>) -> ClaimEntry {
    let all: Vec<&ClaimEntry> = std::iter::once(&first).chain(&others).collect();
    let place = |entry: &ClaimEntry| if entry.place.is_empty() { String::new() } else { format!(" ({})", entry.place) };
    let each = all.iter().map(|entry| format!("{}{} {}: {}", entry.id, place(entry), entry.says, entry.given));
    let mut remarks: Vec<String> = each.collect();
    for remark in all.iter().flat_map(|entry| &entry.remarks) {
        if !remarks.contains(remark) {
            remarks.push(remark.clone());
        }
    }
    let ids: Vec<&str> = all.iter().map(|entry| entry.id.as_str()).collect();
    ClaimEntry {
        id: ids.join(", "),
        says: format!("one fact in {} places: {fact}", all.len()),
        remarks,
        ..ClaimEntry::default()
    }
}

/// True for an agreement that depends on something a reader may doubt.
fn has_condition(answer: &ClaimAnswer) -> bool {
    answer.remarks.iter().any(|remark| matches!(remark, VerdictRemark::NeedsFraction(..) | VerdictRemark::Elsewhere(_)))
}

fn entry(claim: &Claim, given: String) -> ClaimEntry {
    let place = claim.place.clone().unwrap_or_default();
    ClaimEntry { id: claim.id.clone(), place, says: claim.says.clone(), given, remarks: Vec::new() }
}

fn printed(claim: &Claim) -> String {
    claim.printed.as_ref().map_or_else(String::new, |printed| format!("printed {printed}"))
}

fn answered(audited: &AuditedClaim<'_>, shown: &TableOptions) -> ClaimEntry {
    let Some(answer) = &audited.answer else { return entry(audited.claim, String::new()) };
    let records = given(answer, shown);
    let both: Vec<String> = [printed(audited.claim), records].into_iter().filter(|text| !text.is_empty()).collect();
    let mut remarks: Vec<String> = answer.remarks.iter().map(sentence).collect();
    for (name, part) in &answer.parts {
        let sentences: Vec<String> = part.remarks.iter().map(sentence).collect();
        let parts = [vec![format!("{name}: {}", part.verdict.word()), given(part, shown)], sentences].concat();
        remarks.push(parts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; "));
    }
    remarks.extend(audited.shown.iter().map(|beside| shown_beside(beside, shown)));
    let impossible = audited.arithmetic.iter().filter(is_impossible);
    remarks.extend(impossible.map(|judgement| format!("impossible: {}", judgement.sentence)));
    remarks.extend(audited.claim.note.clone());
    ClaimEntry { remarks, ..entry(audited.claim, both.join("; ")) }
}

fn shown_beside(beside: &ShownBeside, shown: &TableOptions) -> String {
    let names = beside.cases.as_ref().filter(|cases| cases.cases > 0).map(|cases| format!(" ({})", named(cases)));
    format!("{}: {}{}", beside.text, shown.print(&beside.row), names.unwrap_or_default())
}

/// What the records give: `the records give 4 of 5 (P1, P2, P3, P4), at most 5`.
fn given(answer: &ClaimAnswer, shown: &TableOptions) -> String {
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

fn cases(counted: &CaseCount, verdict: Verdict) -> String {
    let CaseCount { n, of, unknown, .. } = *counted;
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

/// A number as a table prints it, with more digits where the verdict is not an agreement.
fn value(row: &ResultRow, verdict: Verdict, shown: &TableOptions) -> String {
    let text = shown.print(row);
    let percent =
        if super::number::is_percentage(row) && text.ends_with(|c: char| c.is_ascii_digit()) { " %" } else { "" };
    let exact = match &row.value {
        _ if verdict == Verdict::Agrees || !percent.is_empty() => None,
        Value::Exact(value) => Some(short(value)),
        Value::Real(value) => Exact::from_f64(*value).map(|value| short(&value)),
        _ => None,
    };
    let suffix = exact.filter(|exact| *exact != text && raw(&row.value) != text);
    format!("{text}{percent}{}", suffix.map_or_else(String::new, |exact| format!(" ({exact})")))
}

/// Six significant digits, without trailing zeros.
fn short(value: &Exact) -> String {
    let text = value.rounded_to_significant(6, crate::decimal::Rounding::default());
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// The ids of the first cases and the number of the others: `P1, P2 and 40 more`.
pub(super) fn named(cases: &NamedCases) -> String {
    let names: Vec<&str> = cases.ids().collect();
    first_names(&names, cases.cases)
}
