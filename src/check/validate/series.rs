//! What is stated of the series as a whole: C01 to C05, C21, C22.

use super::item::Items;
use super::ledger::Ledger;
use super::seen::Seen;
use super::{Rule, Severity};
use crate::schema::audit::{Audit, SeriesFacts};
use crate::schema::header::normalise;

/// Words of a title that say what is reported.
const KINDS_OF_REPORT: [&str; 8] =
    ["case report", "case series", "cases", "patients", "report of", "series of", "children", "observations"];

/// Looks at the facts of the series; no case changes what it says.
pub struct Series<'a> {
    facts: &'a SeriesFacts,
    cases: u64,
}

impl<'a> Series<'a> {
    /// For the facts that a schema states.
    pub fn new(audit: &'a Audit, cases: u64) -> Series<'a> {
        Series { facts: &audit.series, cases }
    }
}

impl Rule for Series<'_> {
    fn look(&mut self, _: &Seen<'_>, _: &mut Ledger<'_>) {}

    fn conclude(self: Box<Self>, ledger: &mut Ledger<'_>, items: &mut Items) {
        self.title(ledger, items);
        self.inclusion(ledger, items);
        self.design(ledger, items);
        self.ethics(ledger, items);
        self.setting(ledger, items);
    }
}

impl Series<'_> {
    /// The title names the kind of report and the condition.
    fn title(&self, ledger: &mut Ledger<'_>, items: &mut Items) {
        let title = self.facts.title.as_deref().map(normalise).unwrap_or_default();
        let names_kind = KINDS_OF_REPORT.iter().any(|kind| title.contains(kind));
        let condition = self.facts.condition.as_deref().map(normalise);
        let names_condition = condition.as_ref().is_some_and(|condition| title.contains(condition.as_str()));
        let lacks = match (self.facts.title.is_some(), condition.is_some()) {
            (false, _) => "no title is stated",
            (true, false) => "no condition is stated that the title could be held against",
            (true, true) if !names_kind => "the title does not say that cases are reported",
            (true, true) if !names_condition => "the title does not name the condition",
            _ => {
                let title = self.facts.title.as_deref().unwrap_or_default();
                items.judge("title-incomplete", true, format!("\"{title}\""));
                return;
            }
        };
        let remedy = put(r#""title": "Three cases of calcinosis", "condition": "calcinosis""#);
        ledger.of_series("title-incomplete", Severity::Note, lacks, remedy);
        items.judge("title-incomplete", false, lacks);
    }

    fn inclusion(&self, ledger: &mut Ledger<'_>, items: &mut Items) {
        let SeriesFacts { consecutive, complete_inclusion, screened, criteria, .. } = self.facts;
        let said = consecutive.map(|yes| if yes { "consecutive" } else { "not consecutive, and said so" });
        let message = "it is not stated whether the patients were consecutive";
        state(
            ledger,
            items,
            "consecutive-not-stated",
            Severity::Warning,
            said.map(str::to_owned),
            message,
            "\"consecutive\": true",
        );

        let complete =
            complete_inclusion.map(|yes| if yes { "all eligible patients" } else { "not all eligible patients" });
        let screened = screened.map(|screened| format!("{} of {screened} screened", self.cases));
        let said: Vec<String> = complete.map(str::to_owned).into_iter().chain(screened).collect();
        let said = Some(said.join(", ")).filter(|said| !said.is_empty());
        let message =
            "it is not stated how many patients were screened, nor whether all who were eligible are included";
        state(ledger, items, "inclusion-not-complete", Severity::Warning, said, message, "\"screened\": 12");

        let said = (!criteria.inclusion.is_empty() && !criteria.exclusion.is_empty())
            .then(|| format!("{} of inclusion, {} of exclusion", criteria.inclusion.len(), criteria.exclusion.len()));
        let message = match (criteria.inclusion.is_empty(), criteria.exclusion.is_empty()) {
            (true, true) => "no criteria of inclusion and exclusion are stated",
            (true, false) => "no criteria of inclusion are stated",
            _ => "no criteria of exclusion are stated",
        };
        let snippet = r#""criteria": {"inclusion": ["..."], "exclusion": ["none"]}"#;
        state(ledger, items, "criteria-not-stated", Severity::Warning, said, message, snippet);
    }

    fn design(&self, ledger: &mut Ledger<'_>, items: &mut Items) {
        let SeriesFacts { design, centres, period, .. } = self.facts;
        let parts = [
            ("design", design.map(|design| design.word().to_owned())),
            ("number of centres", centres.map(|n| if n == 1 { "1 centre".to_owned() } else { format!("{n} centres") })),
            ("period", period.map(|period| period.to_string())),
        ];
        let snippet = r#""design": "retrospective", "centres": 1, "period": {"start": "2003", "end": "2019"}"#;
        all_of(ledger, items, ("design-not-stated", Severity::Error), &parts, snippet);
    }

    fn ethics(&self, ledger: &mut Ledger<'_>, items: &mut Items) {
        let SeriesFacts { consent, ethics, perspective, .. } = self.facts;
        let parts = [
            ("consent", consent.clone()),
            ("ethics approval", ethics.clone()),
            ("patients' perspective", perspective.clone()),
        ];
        let snippet = r#""consent": "...", "ethics": "...", "perspective": "...""#;
        all_of(ledger, items, ("consent-not-stated", Severity::Warning), &parts, snippet);
    }

    /// A kind of department is not yet the population it serves.
    fn setting(&self, ledger: &mut Ledger<'_>, items: &mut Items) {
        let SeriesFacts { setting, catchment, referral, .. } = self.facts;
        let parts =
            [("setting", setting.clone()), ("catchment", catchment.clone()), ("way of referral", referral.clone())];
        let snippet = r#""setting": "...", "catchment": "...", "referral": "...""#;
        all_of(ledger, items, ("setting-not-stated", Severity::Note), &parts, snippet);
    }
}

fn put(snippet: &str) -> String {
    format!("put into \"calcSeries\" of the schema: \"series\": {{{snippet}}}")
}

/// One fact that is stated, or not.
fn state(
    ledger: &mut Ledger<'_>,
    items: &mut Items,
    id: &'static str,
    severity: Severity,
    said: Option<String>,
    message: &str,
    snippet: &str,
) {
    match said {
        Some(said) => items.judge(id, true, said),
        None => {
            ledger.of_series(id, severity, message, put(snippet));
            items.judge(id, false, message);
        }
    }
}

/// Several facts that belong together.
fn all_of(
    ledger: &mut Ledger<'_>,
    items: &mut Items,
    (id, severity): (&'static str, Severity),
    parts: &[(&str, Option<String>)],
    snippet: &str,
) {
    let stated: Vec<&str> = parts.iter().filter_map(|(_, said)| said.as_deref()).collect();
    let missing: Vec<&str> = parts.iter().filter(|(_, said)| said.is_none()).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        items.judge(id, true, stated.join(", "));
        return;
    }
    let message = format!("not stated: {}", missing.join(", "));
    let said = if stated.is_empty() { message.clone() } else { format!("{message}; stated: {}", stated.join(", ")) };
    ledger.of_series(id, severity, message, put(snippet));
    items.judge(id, false, said);
}
