//! What the schema states about the series as a whole (C01 to C05, C21, C22).

use super::item::Conclusions;
use super::rule::ValidationRule;
use super::sink::FindingSink;
use crate::diagnostic::FindingId;
use crate::schema::audit::{Audit, SeriesFacts};
use crate::schema::header::normalise;
use crate::words::counted;

/// Words in a title that name the kind of report.
const KINDS_OF_REPORT: [&str; 8] =
    ["case report", "case series", "cases", "patients", "report of", "series of", "children", "observations"];

/// Examines the facts of the series; the cases do not matter.
#[derive(Clone)]
pub struct StatedFacts<'a> {
    facts: &'a SeriesFacts,
    cases: u64,
}

impl<'a> StatedFacts<'a> {
    /// For the facts stated in a schema.
    pub fn new(audit: &'a Audit, cases: u64) -> StatedFacts<'a> {
        StatedFacts { facts: &audit.series, cases }
    }
}

impl ValidationRule for StatedFacts<'_> {
    fn absorb(&mut self, _: Self) {}

    fn conclude(self, sink: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        let mut output = Output { sink, conclusions };
        self.title(&mut output);
        self.inclusion(&mut output);
        self.design(&mut output);
        self.ethics(&mut output);
        self.setting(&mut output);
    }
}

impl StatedFacts<'_> {
    /// The title should name the kind of report and the condition.
    fn title(&self, output: &mut Output<'_, '_>) {
        let title = self.facts.title.as_deref().map(normalise).unwrap_or_default();
        let names_kind = KINDS_OF_REPORT.iter().any(|kind| title.contains(kind));
        let condition = self.facts.condition.as_deref().map(normalise);
        let names_condition = condition.as_ref().is_some_and(|condition| title.contains(condition.as_str()));
        let lacks = match (self.facts.title.is_some(), condition.is_some()) {
            (false, _) => "no title is stated",
            (true, false) => "no condition is stated to compare the title with",
            (true, true) if !names_kind => "the title does not name the kind of report, such as case series",
            (true, true) if !names_condition => "the title does not name the condition",
            _ => {
                let title = self.facts.title.as_deref().unwrap_or_default();
                output.conclusions.judge(FindingId::TitleIncomplete, true, format!("\"{title}\""));
                return;
            }
        };
        let remedy = put(r#""title": "Three cases of calcinosis", "condition": "calcinosis""#);
        output.sink.of_series(FindingId::TitleIncomplete, lacks, remedy);
        output.conclusions.judge(FindingId::TitleIncomplete, false, lacks);
    }

    fn inclusion(&self, output: &mut Output<'_, '_>) {
        let SeriesFacts { consecutive, complete_inclusion, screened, criteria, .. } = self.facts;
        let found = consecutive.map(|yes| if yes { "consecutive" } else { "stated as not consecutive" });
        let message = "it is not stated whether the patients were consecutive";
        let stated = found.map(str::to_owned);
        output.fact(FindingId::ConsecutiveNotStated, stated, message, "\"consecutive\": true");

        let complete =
            complete_inclusion.map(|yes| if yes { "all eligible patients" } else { "not all eligible patients" });
        let screened = screened.map(|screened| format!("{} of {screened} screened", self.cases));
        let stated: Vec<String> = complete.map(str::to_owned).into_iter().chain(screened).collect();
        let stated = Some(stated.join(", ")).filter(|text| !text.is_empty());
        let message =
            "neither the number of patients screened nor whether all eligible patients are included is stated";
        output.fact(FindingId::InclusionNotComplete, stated, message, "\"screened\": 12");

        let stated = (!criteria.inclusion.is_empty() && !criteria.exclusion.is_empty()).then(|| {
            format!("{} inclusion criteria, {} exclusion criteria", criteria.inclusion.len(), criteria.exclusion.len())
        });
        let message = match (criteria.inclusion.is_empty(), criteria.exclusion.is_empty()) {
            (true, true) => "no inclusion and exclusion criteria are stated",
            (true, false) => "no inclusion criteria are stated",
            _ => "no exclusion criteria are stated",
        };
        let snippet = r#""criteria": {"inclusion": ["..."], "exclusion": ["none"]}"#;
        output.fact(FindingId::CriteriaNotStated, stated, message, snippet);
    }

    fn design(&self, output: &mut Output<'_, '_>) {
        let SeriesFacts { design, centres, period, .. } = self.facts;
        let parts = [
            ("design", design.map(|design| design.word().to_owned())),
            ("number of centres", centres.map(|n| counted(n, "centre"))),
            ("period", period.map(|period| period.to_string())),
        ];
        let snippet = r#""design": "retrospective", "centres": 1, "period": {"start": "2003", "end": "2019"}"#;
        output.facts(FindingId::DesignNotStated, &parts, snippet);
    }

    fn ethics(&self, output: &mut Output<'_, '_>) {
        let SeriesFacts { consent, ethics, perspective, .. } = self.facts;
        let parts = [
            ("consent", consent.clone()),
            ("ethics approval", ethics.clone()),
            ("patients' perspective", perspective.clone()),
        ];
        let snippet = r#""consent": "...", "ethics": "...", "perspective": "...""#;
        output.facts(FindingId::ConsentNotStated, &parts, snippet);
    }

    /// The setting alone is not enough: it does not tell which population is served.
    fn setting(&self, output: &mut Output<'_, '_>) {
        let SeriesFacts { setting, catchment, referral, .. } = self.facts;
        let parts = [("setting", setting.clone()), ("catchment", catchment.clone()), ("referral", referral.clone())];
        let snippet = r#""setting": "...", "catchment": "...", "referral": "...""#;
        output.facts(FindingId::SettingNotStated, &parts, snippet);
    }
}

fn put(snippet: &str) -> String {
    format!("put into \"calcSeries\" of the schema: \"series\": {{{snippet}}}")
}

/// Where the results go.
struct Output<'o, 'a> {
    sink: &'o mut FindingSink<'a>,
    conclusions: &'o mut Conclusions,
}

impl Output<'_, '_> {
    /// One fact: as stated, or the message where it is missing.
    fn fact(&mut self, check: FindingId, stated: Option<String>, message: &str, snippet: &str) {
        if stated.is_none() {
            self.sink.of_series(check, message, put(snippet));
        }
        let is_stated = stated.is_some();
        self.conclusions.judge(check, is_stated, stated.unwrap_or_else(|| message.to_owned()));
    }

    /// Several facts, all of which must be stated.
    fn facts(&mut self, check: FindingId, parts: &[(&str, Option<String>)], snippet: &str) {
        let stated: Vec<&str> = parts.iter().filter_map(|(_, fact)| fact.as_deref()).collect();
        let missing: Vec<&str> = parts.iter().filter(|(_, fact)| fact.is_none()).map(|(name, _)| *name).collect();
        if missing.is_empty() {
            self.conclusions.judge(check, true, stated.join(", "));
            return;
        }
        let message = format!("not stated: {}", missing.join(", "));
        let found =
            if stated.is_empty() { message.clone() } else { format!("{message}; stated: {}", stated.join(", ")) };
        self.sink.of_series(check, message, put(snippet));
        self.conclusions.judge(check, false, found);
    }
}
