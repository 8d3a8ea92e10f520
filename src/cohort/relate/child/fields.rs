//! What the columns of a child table are, by their headers.

use crate::read::unnamed_number;
use crate::schema::Role;
use crate::schema::header::{normalise, read_header};
use crate::words::words;

words! {
    /// What the rows of a child table are.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum TableRole: "table" {
        /// One row for each agent that was given.
        Treatments = "treatments",
        /// One row for each measurement.
        Labs = "labs",
        /// One row for each visit, day or case, with a column for each thing that was measured.
        Visits = "visits",
        /// One row for each event, such as an adverse one.
        Events = "events",
    }
}

/// What a column of a child table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The agent.
    Agent,
    /// Its dose.
    Dose,
    /// The unit of the dose.
    DoseUnit,
    /// How often it was given.
    Frequency,
    /// How it was given.
    Route,
    /// For how long it was given.
    Duration,
    /// Its first day.
    Start,
    /// Its last day.
    Stop,
    /// The number of the treatment line.
    Line,
    /// The response to it.
    Response,
    /// The test.
    Test,
    /// Its result.
    Value,
    /// The unit of the result.
    Unit,
    /// How the result stands to its number: `<`.
    Comparator,
    /// What was examined: serum, urine.
    Specimen,
    /// How or where the patient was measured: lying, left.
    Position,
    /// How it was measured, or who wrote it down.
    Method,
    /// Whether what the row names took place: `final`, `cancelled`, `no`.
    State,
    /// The day of the measurement.
    Day,
    /// The age of the patient at the measurement.
    Age,
    /// The lower reference limit.
    Low,
    /// The upper reference limit.
    High,
    /// Both limits.
    Range,
    /// What the laboratory says of the result: high, low, normal.
    Flag,
    /// The visit.
    Visit,
    /// The event.
    Event,
    /// How severe it was.
    Severity,
}

include!(concat!(env!("OUT_DIR"), "/fields.rs"));

/// The names of the fields of a role, in normal form; the first name that is there counts.
fn names_of(role: TableRole) -> &'static [(Field, &'static [&'static str])] {
    match role {
        TableRole::Treatments => TREATMENT,
        TableRole::Labs => LABORATORY,
        TableRole::Visits => OCCASION,
        TableRole::Events => EVENT,
    }
}

/// A column of a table that is stated to be one of events; elsewhere it may be a visit.
const ANY_EVENT: &str = "event";

/// The columns of a child table, by what they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChildFields(Vec<(Field, usize)>);

impl ChildFields {
    /// The fields of a table with these headers.
    pub fn of(headers: &[String], role: TableRole) -> ChildFields {
        let names: Vec<String> = headers.iter().map(|header| normalise(&read_header(header).name)).collect();
        let place = |known: &str| names.iter().position(|name| name == known);
        let names_of = names_of(role);
        let value = names_of
            .iter()
            .filter(|(field, _)| *field == Field::Value)
            .find_map(|(_, known)| known.iter().find(|known| place(known).is_some()));
        let fits =
            |known: &&&str| stem(known).is_none_or(|own| value.and_then(|of| stem(of)).is_none_or(|of| of == own));
        let find = |(field, known): &(Field, &'static [&'static str])| {
            Some((*field, known.iter().filter(fits).find_map(|known| place(known))?))
        };
        let mut found = ChildFields(names_of.iter().filter_map(find).collect());
        if role == TableRole::Events && found.get(Field::Event).is_none() {
            found.0.extend(place(ANY_EVENT).map(|column| (Field::Event, column)));
        }
        found
    }

    /// A table with these fields.
    pub fn new(fields: Vec<(Field, usize)>) -> ChildFields {
        ChildFields(fields)
    }

    /// True where none is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The column of a field.
    pub fn get(&self, field: Field) -> Option<usize> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, column)| *column)
    }

    /// The same fields with a column of one more.
    pub fn with(mut self, field: Field, column: usize) -> ChildFields {
        self.0.push((field, column));
        self
    }

    /// The same fields without one.
    pub fn without(mut self, field: Field) -> ChildFields {
        self.0.retain(|(known, _)| *known != field);
        self
    }

    /// True for the column of a field.
    pub fn is_used(&self, column: usize) -> bool {
        self.0.iter().any(|(_, used)| *used == column)
    }

    /// The names of the columns that are none of the fields, nor the case.
    pub fn unused<'h>(&self, headers: &'h [String], case: usize) -> Vec<&'h str> {
        let is_used = |column: usize| column == case || self.is_used(column);
        let others = headers.iter().enumerate().filter(|(column, _)| !is_used(*column));
        others.map(|(_, name)| name.as_str()).filter(|name| unnamed_number(name).is_none()).collect()
    }
}

/// What lasts nobody knows, in normal form: outside a table of treatments it may be the disease.
const ANY_DURATION: [&str; 7] = ["duration", "dauer", "duree", "duracion", "durata", "duracao", "duur"];

/// What a column says of the time of one treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineTime {
    /// Its first day.
    Start,
    /// Its last day.
    Stop,
    /// How long it was given.
    Duration,
}

/// What a name, in normal form, says of the time of the treatment it belongs to.
pub fn line_time(name: &str) -> Option<LineTime> {
    let known = names_of(TableRole::Treatments)
        .iter()
        .find(|(field, known)| matches!(field, Field::Start | Field::Stop | Field::Duration) && known.contains(&name));
    match known?.0 {
        Field::Start => Some(LineTime::Start),
        Field::Stop => Some(LineTime::Stop),
        Field::Duration => Some(LineTime::Duration),
        _ => None,
    }
}

/// True for the name of a column, in normal form, that says wherever it stands how long a treatment was given.
pub fn names_treatment_duration(name: &str) -> bool {
    let names = names_of(TableRole::Treatments).iter().filter(|(field, _)| *field == Field::Duration);
    names.flat_map(|(_, known)| *known).any(|known| *known == name) && !ANY_DURATION.contains(&name)
}

/// Whether a variable of SDTM is of the result as it was collected, or of that in standard units.
fn stem(name: &str) -> Option<&str> {
    let stem = name.get(..4)?;
    ["lbor", "lbst", "vsor", "vsst"].contains(&stem).then_some(stem)
}

/// What the rows of a table with these headers are; no answer where they name neither an agent with something of it,
/// nor a test with its value.
pub fn role_of_headers(headers: &[String]) -> Option<TableRole> {
    let of = |role| ChildFields::of(headers, role);
    if are_events(headers) {
        return Some(TableRole::Events);
    }
    let (treatment, laboratory) = (of(TableRole::Treatments), of(TableRole::Labs));
    let has = |fields: &ChildFields, field| fields.get(field).is_some();
    let details = [Field::Dose, Field::Route, Field::Start, Field::Stop, Field::Line];
    let is_treatment = has(&treatment, Field::Agent) && details.iter().any(|field| has(&treatment, *field));
    let is_laboratory = has(&laboratory, Field::Test) && has(&laboratory, Field::Value);
    match (is_treatment, is_laboratory) {
        (true, false) => Some(TableRole::Treatments),
        (false, true) => Some(TableRole::Labs),
        (true, true) | (false, false) => None,
    }
}

/// True for treatments with a number of the line, or with both start and stop.
pub fn has_an_order(headers: &[String]) -> bool {
    let fields = ChildFields::of(headers, TableRole::Treatments);
    let has = |field| fields.get(field).is_some();
    has(Field::Line) || has(Field::Start) && has(Field::Stop)
}

/// What the columns of a table must be called, where it is stated what its rows are.
pub fn needed(role: TableRole) -> &'static [Field] {
    match role {
        TableRole::Treatments => &[Field::Agent],
        TableRole::Labs => &[Field::Test, Field::Value],
        TableRole::Visits => &[],
        TableRole::Events => &[Field::Event],
    }
}

/// True for an event with its severity, and nothing of the patient; the events of SDTM need no more than their name.
fn are_events(headers: &[String]) -> bool {
    let fields = ChildFields::of(headers, TableRole::Events);
    let Some(event) = fields.get(Field::Event).and_then(|column| headers.get(column)) else { return false };
    let is_of_sdtm = |name: &str| !name.contains(' ') && (name.ends_with("term") || name.ends_with("decod"));
    let is_of_case = |name: &String| matches!(read_header(name).role, Role::Age | Role::Sex);
    let name = normalise(event);
    name != ANY_EVENT && is_of_sdtm(&name)
        || name != ANY_EVENT && fields.get(Field::Severity).is_some() && !headers.iter().any(is_of_case)
}

/// True for a table called one of measurements that has neither tests nor results: a column for each test.
pub fn is_wide(headers: &[String]) -> bool {
    let fields = ChildFields::of(headers, TableRole::Labs);
    [Field::Test, Field::Value].iter().all(|field| fields.get(*field).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn the_headers_tell_what_the_rows_are() {
        for (text, role) in [
            ("case_id,agent,dose", Some(TableRole::Treatments)),
            ("USUBJID,EXTRT,EXDOSE,EXDOSU,EXSTDTC", Some(TableRole::Treatments)),
            ("Patient,Drug,Line", Some(TableRole::Treatments)),
            ("case_id,test,value", Some(TableRole::Labs)),
            ("USUBJID,LBTESTCD,LBORRES,LBORRESU,LBDTC", Some(TableRole::Labs)),
            ("USUBJID,AETERM,AEDECOD,AESEV,AESTDTC", Some(TableRole::Events)),
            ("Patient,Adverse event,Grade", Some(TableRole::Events)),
            ("case_id,age,sex,adverse event,grade", None),
            ("case_id,event,grade", None),
            ("case_id,age,sex,AE term", None),
            ("case_id,age,sex", None),
            ("case_id,treatment,age", None),
            ("case_id,crp,esr", None),
        ] {
            assert_eq!(role_of_headers(&headers(text)), role, "{text}");
        }
        for role in TableRole::ALL {
            for (field, known) in names_of(role) {
                for name in *known {
                    assert_eq!(normalise(name), *name);
                    assert_eq!(ChildFields::of(&[(*name).to_owned()], role).get(*field), Some(0), "{name}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_field_is_told() {
        let headers = headers("id,drug,dose (mg),physician");
        let fields = ChildFields::of(&headers, TableRole::Treatments);
        assert_eq!((fields.get(Field::Dose), fields.get(Field::Stop)), (Some(2), None));
        assert_eq!(fields.unused(&headers, 0), ["physician"]);
    }

    #[test]
    fn a_result_has_the_unit_and_the_limits_of_its_own_kind() {
        let place = |text: &str, field| ChildFields::of(&headers(text), TableRole::Labs).get(field);
        let both = "LBTESTCD,LBORRES,LBORRESU,LBORNRLO,LBSTRESC,LBSTRESU,LBSTNRLO";
        assert_eq!(
            [Field::Value, Field::Unit, Field::Low].map(|field| place(both, field)),
            [Some(4), Some(5), Some(6)]
        );
        assert_eq!(place("LBTESTCD,LBORRES,LBSTRESU,LBSTNRLO", Field::Low), None);
        assert_eq!(place("LBTESTCD,LBORRES,LBORRESU,LBSTNRHI,LBORNRHI", Field::High), Some(4));
    }
}
