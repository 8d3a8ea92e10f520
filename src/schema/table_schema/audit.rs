//! What `calcSeries` of a schema says of the series and of its findings.
//!
//! ```json
//! "calcSeries": {
//!   "series": {"period": {"start": "2003", "end": "2019"}, "consecutive": true},
//!   "severities": {"weight-not-reported": "warning"},
//!   "accepted": [{"id": "C18", "case": "P2", "reason": "moved abroad"}]
//! }
//! ```

use super::field::read_word;
use super::reading::Reading;
use super::tree::{Node, Shape};
use crate::diagnostic::{Severity, canonical, ids, nearest};
use crate::schema::audit::{Acceptance, Audit, Criteria, Design, Period, Purpose, SeriesFacts};
use crate::schema::lexical::{Date, missing_token};
use std::collections::BTreeMap;

/// The keys of the `calcSeries` object of a schema.
const KEYS: [&str; 4] = ["series", "severities", "accepted", "sets"];

/// The keys of `series`, in the order in which they are written.
const SERIES: [&str; 22] = [
    "title",
    "citation",
    "condition",
    "design",
    "centres",
    "period",
    "consecutive",
    "completeInclusion",
    "screened",
    "criteria",
    "diagnosticCriteria",
    "responseScale",
    "consent",
    "ethics",
    "perspective",
    "funding",
    "setting",
    "catchment",
    "referral",
    "ageEvents",
    "headlineLabs",
    "columns",
];

/// Reads what the `calcSeries` object says beside its sets.
pub(super) fn read_audit(node: &Node, reading: &mut Reading) -> Audit {
    let mut audit = Audit::default();
    let Shape::Object(members) = &node.shape else { return audit };
    for (key, value) in members {
        match key.as_str() {
            "series" => {
                audit.series_at = reading.location(value);
                audit.series = read_series(value, reading);
            }
            "severities" => audit.severities = read_severities(value, reading),
            "accepted" => audit.accepted = read_accepted(value, reading),
            // Other keys are left to whoever uses them, unless they are ours misspelt.
            _ if !KEYS.contains(&key.as_str()) && nearest(key, &KEYS).is_some() => {
                reading.unknown_key(value, key, &KEYS, "calcSeries");
            }
            _ => {}
        }
    }
    audit
}

fn read_series(node: &Node, reading: &mut Reading) -> SeriesFacts {
    let mut facts = SeriesFacts::default();
    for (key, value) in reading.object(node).unwrap_or_default() {
        let is_not_stated = matches!(value.shape, Shape::Null);
        if is_not_stated && SERIES.contains(&key.as_str()) {
            continue;
        }
        match key.as_str() {
            "title" => facts.title = reading.stated(value),
            "citation" => facts.citation = reading.stated(value),
            "condition" => facts.condition = reading.stated(value),
            "design" => facts.design = read_word(value, reading, &Design::ALL, Design::word, "design"),
            "centres" => facts.centres = reading.whole_number(value),
            "period" => facts.period = read_period(value, reading),
            "consecutive" => facts.consecutive = reading.yes_or_no(value),
            "completeInclusion" => facts.complete_inclusion = reading.yes_or_no(value),
            "screened" => facts.screened = reading.whole_number(value),
            "criteria" => facts.criteria = read_criteria(value, reading),
            "diagnosticCriteria" => facts.diagnostic_criteria = reading.stated(value),
            "responseScale" => facts.response_scale = reading.stated(value),
            "consent" => facts.consent = reading.stated(value),
            "ethics" => facts.ethics = reading.stated(value),
            "perspective" => facts.perspective = reading.stated(value),
            "funding" => facts.funding = reading.stated(value),
            "setting" => facts.setting = reading.stated(value),
            "catchment" => facts.catchment = reading.stated(value),
            "referral" => facts.referral = reading.stated(value),
            "ageEvents" => facts.age_events = reading.texts(value).unwrap_or_default(),
            "headlineLabs" => facts.headline_labs = reading.texts(value).unwrap_or_default(),
            "columns" => facts.columns = read_columns(value, reading),
            _ => reading.unknown_key(value, key, &SERIES, "series"),
        }
    }
    facts
}

/// `{"start": "2003", "end": "2019"}`, or `"2003-2019"`.
fn read_period(node: &Node, reading: &mut Reading) -> Option<Period> {
    const FORM: &str = r#"write {"start": "2003", "end": "2019-06"}"#;
    let mut ends: [Option<Date>; 2] = [None, None];
    if let Shape::Text(text) = &node.shape {
        let years = text.split_once(['-', '–']).map(|(start, end)| [start.trim(), end.trim()]);
        ends = years.map_or(ends, |years| years.map(|year| Date::parse(year).filter(|date| date.month.is_none())));
    } else {
        for (key, value) in reading.object(node)? {
            let date = match &value.shape {
                Shape::Number(literal) => Date::parse(literal),
                Shape::Text(text) => Date::parse(text),
                _ => None,
            };
            match key.as_str() {
                "start" => ends[0] = date,
                "end" => ends[1] = date,
                _ => reading.unknown_key(value, key, &["start", "end"], "period"),
            }
        }
    }
    match ends {
        [Some(start), Some(end)] if !crate::schema::audit::is_before(end, start) => Some(Period { start, end }),
        [Some(_), Some(_)] => {
            reading.fault(node, "the period ends before it begins", FORM);
            None
        }
        _ => {
            reading.fault(node, "a period has a start and an end, each a year, a month or a day", FORM);
            None
        }
    }
}

fn read_criteria(node: &Node, reading: &mut Reading) -> Criteria {
    let mut criteria = Criteria::default();
    for (key, value) in reading.object(node).unwrap_or_default() {
        match key.as_str() {
            "inclusion" => criteria.inclusion = reading.one_or_several(value),
            "exclusion" => criteria.exclusion = reading.one_or_several(value),
            _ => reading.unknown_key(value, key, &["inclusion", "exclusion"], "criteria"),
        }
    }
    criteria
}

/// `{purpose: column}`; that a column is one of the data is known later.
fn read_columns(node: &Node, reading: &mut Reading) -> BTreeMap<Purpose, String> {
    let words = Purpose::ALL.map(Purpose::word);
    let mut columns = BTreeMap::new();
    for (key, value) in reading.object(node).unwrap_or_default() {
        match Purpose::ALL.into_iter().find(|purpose| purpose.word() == key) {
            Some(purpose) => columns.extend(reading.text(value).map(|column| (purpose, column))),
            None => reading.unknown(value, key, &words, "column that a check looks for"),
        }
    }
    columns
}

/// `{id: severity}`.
fn read_severities(node: &Node, reading: &mut Reading) -> BTreeMap<String, Severity> {
    let mut severities = BTreeMap::new();
    for (key, value) in reading.object(node).unwrap_or_default() {
        let id = read_id(value, key, reading);
        let severity = read_word(value, reading, &Severity::ALL, Severity::word, "severity");
        severities.extend(id.zip(severity));
    }
    severities
}

fn read_accepted(node: &Node, reading: &mut Reading) -> Vec<Acceptance> {
    let list = reading.list(node).unwrap_or_default();
    list.iter().filter_map(|node| read_acceptance(node, reading)).collect()
}

fn read_acceptance(node: &Node, reading: &mut Reading) -> Option<Acceptance> {
    const KEYS: [&str; 4] = ["id", "case", "column", "reason"];
    let (mut id, mut reason) = (None, None);
    let (mut case, mut column) = (None, None);
    let members = reading.object(node)?;
    for (key, value) in members {
        match key.as_str() {
            "id" => id = reading.text(value).and_then(|word| read_id(value, &word, reading)),
            "case" => case = reading.text_or_number(value),
            "column" => column = reading.text(value),
            "reason" => reason = reading.text(value).filter(|reason| !reason.trim().is_empty()),
            _ => reading.unknown(value, key, &KEYS, "key of an acceptance"),
        }
    }
    if !members.iter().any(|(key, _)| key == "id") {
        reading.fault(node, "this acceptance has no \"id\"", "add \"id\" with the id of the finding");
    }
    if reason.is_none() {
        reading.fault(node, "this acceptance gives no \"reason\"", "add \"reason\": why the finding may stand");
    }
    Some(Acceptance { id: id?, case, column, reason: reason?, at: reading.location(node) })
}

/// An id of the catalogue; a number of the checklist such as `C18` is one too.
fn read_id(node: &Node, word: &str, reading: &mut Reading) -> Option<String> {
    let id = canonical(word);
    if id.is_none() {
        let known = ids();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let remedy = match nearest(word, &known) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "calc-series validate names the id of each finding in brackets".to_owned(),
        };
        reading.fault(node, format!("\"{word}\" is no id of a finding"), remedy);
    }
    id
}

impl Reading<'_> {
    /// A text that says something: `not reported` says no more than silence.
    fn stated(&mut self, node: &Node) -> Option<String> {
        self.text(node).map(|text| text.trim().to_owned()).filter(|text| missing_token(text).is_none())
    }

    fn whole_number(&mut self, node: &Node) -> Option<u64> {
        let literal = match &node.shape {
            Shape::Number(literal) => literal,
            _ => "",
        };
        let number = literal.parse().ok();
        if number.is_none() {
            self.fault(node, format!("{} is no whole number", node.described()), "write a number such as 1");
        }
        number
    }

    fn yes_or_no(&mut self, node: &Node) -> Option<bool> {
        match &node.shape {
            Shape::Text(text) if crate::schema::lexical::yes_no(text.trim()).is_some() => {
                crate::schema::lexical::yes_no(text.trim())
            }
            Shape::Text(text) if missing_token(text).is_some() => None,
            _ => self.truth(node),
        }
    }

    fn text_or_number(&mut self, node: &Node) -> Option<String> {
        match &node.shape {
            Shape::Number(literal) => Some((*literal).to_owned()),
            _ => self.text(node),
        }
    }

    fn one_or_several(&mut self, node: &Node) -> Vec<String> {
        match &node.shape {
            Shape::Text(_) => self.stated(node).into_iter().collect(),
            _ => self.texts(node).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{read, write};
    use crate::diagnostic::{Severity, SourceLocation};
    use crate::schema::Schema;
    use crate::schema::audit::{Audit, Purpose};

    const FULL: &str = r#"{"fields": [], "calcSeries": {
        "series": {"title": "Two cases of gout", "citation": "x", "condition": "gout", "design": "ambispective",
            "centres": 2, "period": "2003–2019", "consecutive": "yes", "completeInclusion": false, "screened": 9,
            "criteria": {"inclusion": ["all", "first visit"], "exclusion": "none"}, "diagnosticCriteria": "ACR",
            "responseScale": "RECIST", "consent": "written", "ethics": "waived", "perspective": "told",
            "funding": "nobody", "setting": "ward", "catchment": "region", "referral": null,
            "ageEvents": ["onset"], "headlineLabs": ["ck"], "columns": {"side": "seite", "lastVisit": "zuletzt"}},
        "severities": {"C18": "note", "unit-missing": "error"},
        "accepted": [{"id": "c02", "case": 7, "column": "hb", "reason": "known"}]}}"#;

    fn audit(text: &str) -> Audit {
        read(text, "s.json").unwrap().audit
    }

    /// Without the lines, which differ between two texts.
    fn plain(mut audit: Audit) -> Audit {
        audit.series_at = SourceLocation::default();
        audit.accepted.iter_mut().for_each(|one| one.at = SourceLocation::default());
        audit
    }

    #[test]
    fn what_is_stated_is_read() {
        let audit = audit(FULL);
        let facts = &audit.series;
        assert_eq!(facts.period.map(|period| period.to_string()).as_deref(), Some("2003 to 2019"));
        assert_eq!((facts.consecutive, facts.complete_inclusion, facts.screened), (Some(true), Some(false), Some(9)));
        assert_eq!(
            (facts.criteria.inclusion.len(), facts.criteria.exclusion.as_slice()),
            (2, &["none".to_owned()][..])
        );
        assert_eq!(
            (facts.referral.as_ref(), facts.columns.get(&Purpose::Side).map(String::as_str)),
            (None, Some("seite"))
        );
        assert_eq!(audit.severities.get("follow-up-not-reported"), Some(&Severity::Note));
        let [accepted] = audit.accepted.as_slice() else { panic!("{:?}", audit.accepted) };
        assert_eq!(
            (accepted.id.as_str(), accepted.case.as_deref(), accepted.at.position.line()),
            ("consecutive-not-stated", Some("7"), Some(9))
        );
        assert_eq!(audit.series_at.position.line(), Some(2));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let audit = plain(audit(FULL));
        let text = write(&Schema { audit: audit.clone(), ..Schema::default() }, |_| false);
        assert_eq!(plain(self::audit(&text)), audit);
        let again = write(&Schema { audit: self::audit(&text), ..Schema::default() }, |_| false);
        assert_eq!(again, text);
        assert!(!write(&Schema::default(), |_| false).contains("calcSeries"));
    }

    #[test]
    fn not_reported_states_nothing() {
        let facts =
            audit(r#"{"fields": [], "calcSeries": {"series": {"consent": "not reported", "consecutive": "unknown"}}}"#);
        assert_eq!((facts.series.consent, facts.series.consecutive), (None, None));
    }
}
