//! Facts of the series and settings of its findings in the `calcSeries` object of a schema.
//!
//! ```json
//! "calcSeries": {
//!   "series": {"period": {"start": "2003", "end": "2019"}, "consecutive": true},
//!   "severities": {"weight-not-reported": "warning"},
//!   "accepted": [{"id": "C18", "case": "P2", "reason": "moved abroad"}]
//! }
//! ```

use super::json::Json;
use super::key::{Key, Unknown, key, read_keys, write_keys};
use super::reader::SchemaReader;
use super::tree::{Node, Shape};
use crate::diagnostic::{FindingId, Severity, nearest};
use crate::schema::audit::{Acceptance, Criteria, Period, Purpose, SeriesFacts, is_before};
use crate::schema::lexical::Date;
use crate::words::Word;
use std::collections::BTreeMap;

/// The keys of `series`.
pub(super) const SERIES: [Key<SeriesFacts>; 22] = [
    key("title", |node, facts, reader| facts.title = reader.stated(node), |facts| facts.title.as_ref().into()),
    key("citation", |node, facts, reader| facts.citation = reader.stated(node), |facts| facts.citation.as_ref().into()),
    key(
        "condition",
        |node, facts, reader| facts.condition = reader.stated(node),
        |facts| facts.condition.as_ref().into(),
    ),
    key(
        "design",
        |node, facts, reader| facts.design = reader.word(node),
        |facts| facts.design.map(|design| design.word()).into(),
    ),
    key("centres", |node, facts, reader| facts.centres = reader.whole_number(node), |facts| facts.centres.into()),
    key(
        "period",
        |node, facts, reader| facts.period = read_period(node, reader),
        |facts| facts.period.map(|period| write_period(&period)).into(),
    ),
    key(
        "consecutive",
        |node, facts, reader| facts.consecutive = reader.yes_or_no(node),
        |facts| facts.consecutive.into(),
    ),
    key(
        "completeInclusion",
        |node, facts, reader| facts.complete_inclusion = reader.yes_or_no(node),
        |facts| facts.complete_inclusion.into(),
    ),
    key("screened", |node, facts, reader| facts.screened = reader.whole_number(node), |facts| facts.screened.into()),
    key(
        "criteria",
        |node, facts, reader| {
            read_keys(node, &CRITERIA, &mut facts.criteria, reader, ("criteria", Unknown::Warned));
        },
        |facts| write_keys(&CRITERIA, &facts.criteria).unless_empty(),
    ),
    key(
        "diagnosticCriteria",
        |node, facts, reader| facts.diagnostic_criteria = reader.stated(node),
        |facts| facts.diagnostic_criteria.as_ref().into(),
    ),
    key(
        "responseScale",
        |node, facts, reader| facts.response_scale = reader.stated(node),
        |facts| facts.response_scale.as_ref().into(),
    ),
    key("consent", |node, facts, reader| facts.consent = reader.stated(node), |facts| facts.consent.as_ref().into()),
    key("ethics", |node, facts, reader| facts.ethics = reader.stated(node), |facts| facts.ethics.as_ref().into()),
    key(
        "perspective",
        |node, facts, reader| facts.perspective = reader.stated(node),
        |facts| facts.perspective.as_ref().into(),
    ),
    key("funding", |node, facts, reader| facts.funding = reader.stated(node), |facts| facts.funding.as_ref().into()),
    key("setting", |node, facts, reader| facts.setting = reader.stated(node), |facts| facts.setting.as_ref().into()),
    key(
        "catchment",
        |node, facts, reader| facts.catchment = reader.stated(node),
        |facts| facts.catchment.as_ref().into(),
    ),
    key("referral", |node, facts, reader| facts.referral = reader.stated(node), |facts| facts.referral.as_ref().into()),
    key(
        "ageEvents",
        |node, facts, reader| facts.age_events = reader.texts(node).unwrap_or_default(),
        |facts| Json::list(&facts.age_events),
    ),
    key(
        "headlineLabs",
        |node, facts, reader| facts.headline_labs = reader.texts(node).unwrap_or_default(),
        |facts| Json::list(&facts.headline_labs),
    ),
    key(
        "columns",
        |node, facts, reader| facts.columns = read_columns(node, reader),
        |facts| {
            let columns = facts.columns.iter();
            Json::object(columns.map(|(purpose, column)| (purpose.to_string(), column.into()))).unless_empty()
        },
    ),
];

/// The keys of `criteria`.
const CRITERIA: [Key<Criteria>; 2] = [
    key(
        "inclusion",
        |node, criteria, reader| criteria.inclusion = reader.one_or_several(node),
        |criteria| Json::list(&criteria.inclusion),
    ),
    key(
        "exclusion",
        |node, criteria, reader| criteria.exclusion = reader.one_or_several(node),
        |criteria| Json::list(&criteria.exclusion),
    ),
];

/// The keys of an acceptance.
pub(super) const ACCEPTED: [Key<Acceptance>; 4] = [
    key(
        "id",
        |node, one, reader| {
            let word = reader.text(node);
            one.id = word.and_then(|word| read_id(node, &word, reader));
        },
        |one| one.id.map(FindingId::word).into(),
    ),
    key("case", |node, one, reader| one.case = reader.text_or_number(node), |one| one.case.as_ref().into()),
    key("column", |node, one, reader| one.column = reader.text(node), |one| one.column.as_ref().into()),
    key("reason", |node, one, reader| one.reason = reader.text(node).unwrap_or_default(), |one| (&one.reason).into()),
];

/// `{"start": "2003", "end": "2019"}`, or `"2003-2019"`.
fn read_period(node: &Node, reader: &mut SchemaReader) -> Option<Period> {
    const FORM: &str = r#"write {"start": "2003", "end": "2019-06"}"#;
    let mut ends: [Option<Date>; 2] = [None, None];
    if let Shape::Text(text) = &node.shape {
        let years = text.split_once(['-', '–']).map(|(start, end)| [start.trim(), end.trim()]);
        ends = years.map_or(ends, |years| years.map(|year| Date::parse(year).filter(|date| date.month.is_none())));
    } else {
        for (key, value) in reader.object(node)? {
            let date = match &value.shape {
                Shape::Number(literal) => Date::parse(literal),
                Shape::Text(text) => Date::parse(text),
                _ => None,
            };
            match key.as_str() {
                "start" => ends[0] = date,
                "end" => ends[1] = date,
                _ => reader.unknown_key(value, key, &["start", "end"], "period"),
            }
        }
    }
    match ends {
        [Some(start), Some(end)] if !is_before(end, start) => Some(Period { start, end }),
        [Some(_), Some(_)] => {
            reader.fault(node, "the period ends before it begins", FORM);
            None
        }
        _ => {
            reader.fault(node, "a period needs a start and an end, each a year, a month or a day", FORM);
            None
        }
    }
}

fn write_period(period: &Period) -> Json {
    let end = |date: Date| Json::Text(date.to_string());
    Json::object([("start".to_owned(), end(period.start)), ("end".to_owned(), end(period.end))])
}

/// `{purpose: column}`; whether the data has the column is not known yet.
fn read_columns(node: &Node, reader: &mut SchemaReader) -> BTreeMap<Purpose, String> {
    let mut columns = BTreeMap::new();
    for (key, value) in reader.object(node).unwrap_or_default() {
        match Purpose::exact(key) {
            Ok(purpose) => columns.extend(reader.text(value).map(|column| (purpose, column))),
            Err(unknown) => reader.fault(value, unknown.to_string(), unknown.remedy()),
        }
    }
    columns
}

/// `{id: severity}`.
pub(super) fn read_severities(node: &Node, reader: &mut SchemaReader) -> BTreeMap<FindingId, Severity> {
    let mut severities = BTreeMap::new();
    for (key, value) in reader.object(node).unwrap_or_default() {
        let id = read_id(value, key, reader);
        severities.extend(id.zip(reader.word(value)));
    }
    severities
}

pub(super) fn read_accepted(node: &Node, reader: &mut SchemaReader) -> Vec<Acceptance> {
    let list = reader.list(node).unwrap_or_default();
    list.iter().filter_map(|node| read_acceptance(node, reader)).collect()
}

fn read_acceptance(node: &Node, reader: &mut SchemaReader) -> Option<Acceptance> {
    let mut one = Acceptance { id: None, case: None, column: None, reason: String::new(), at: reader.location(node) };
    let members = read_keys(node, &ACCEPTED, &mut one, reader, ("key of an acceptance", Unknown::Refused))?;
    if !members.iter().any(|(key, _)| key == "id") {
        reader.fault(node, "this acceptance has no \"id\"", "add \"id\" with the id of the finding");
    }
    if one.reason.trim().is_empty() {
        reader.fault(node, "this acceptance has no \"reason\"", "add \"reason\": why the finding is acceptable");
    }
    Some(one)
}

/// An id of the catalogue; a number of the checklist such as `C18` is one too.
fn read_id(node: &Node, word: &str, reader: &mut SchemaReader) -> Option<FindingId> {
    let id = FindingId::named(word);
    if id.is_none() {
        let remedy = match nearest(word, &FindingId::words()) {
            Some(near) => format!("did you mean '{near}'?"),
            None => "calc-series validate prints the id of each finding in brackets".to_owned(),
        };
        reader.fault(node, format!("'{word}' is not a valid id of a finding"), remedy);
    }
    id
}

#[cfg(test)]
mod tests {
    use super::super::{read, write};
    use crate::diagnostic::{FindingId, Severity, SourceLocation};
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
        assert_eq!(audit.severities.get(&FindingId::FollowUpNotReported), Some(&Severity::Note));
        let [accepted] = audit.accepted.as_slice() else { panic!("{:?}", audit.accepted) };
        assert_eq!(
            (accepted.id, accepted.case.as_deref(), accepted.at.position.line()),
            (Some(FindingId::ConsecutiveNotStated), Some("7"), Some(9))
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
    }

    #[test]
    fn not_reported_states_nothing() {
        let facts =
            audit(r#"{"fields": [], "calcSeries": {"series": {"consent": "not reported", "consecutive": "unknown"}}}"#);
        assert_eq!((facts.series.consent, facts.series.consecutive), (None, None));
    }
}
