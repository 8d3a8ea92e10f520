//! What the columns of a child table are, by their headers.

use crate::read::unnamed_number;
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
}

/// The names of each field, in normal form, between bars; the first name that is there counts. Source: the variables of SDTM
/// (EX, LB), and headers of published tables.
const TREATMENT: [(Field, &str); 9] = [
    (
        Field::Agent,
        "agent|agents|drug|drug name|drugs|medication|medication name|medicine|treatment|treatments|therapy|\
         regimen|substance|extrt|cmtrt|cmdecod|medikament|wirkstoff|therapie|medicament|medicamento|\
         traitement|tratamiento|farmaco",
    ),
    (
        Field::Dose,
        "dose|dosage|daily dose|dose per day|detail|details|exdose|cmdose|exdostxt|dosis|posologie|dosi|\
         dosaggio",
    ),
    (Field::DoseUnit, "dose unit|dose units|dosage unit|unit|units|exdosu|cmdosu|einheit"),
    (Field::Frequency, "frequency|dose frequency|dosing frequency|exdosfrq|cmdosfrq|haufigkeit|frequence"),
    (Field::Route, "route|route of administration|exroute|cmroute|applikation|voie"),
    (
        Field::Start,
        "start|start date|date start|date of start|started|begin|begin date|from|first dose|first dose date|\
         exstdtc|cmstdtc|beginn|debut|date debut|inicio|inizio|date",
    ),
    (
        Field::Stop,
        "stop|stop date|date stop|date of stop|stopped|end|end date|date end|to|until|last dose|\
         last dose date|exendtc|cmendtc|ende|fin|date fin|fine",
    ),
    (
        Field::Line,
        "line|line number|line no|treatment line|line of therapy|line of treatment|lot|course|course number|\
         regimen number|linie|therapielinie|ligne|linea",
    ),
    (
        Field::Response,
        "response|resp|best response|best overall response|treatment response|response to treatment|result|effect|\
         outcome|rsorres|rsstresc|ansprechen|reponse|respuesta|risposta",
    ),
];

/// The same of measurements.
const LABORATORY: [(Field, &str); 10] = [
    (
        Field::Test,
        "test|test name|laboratory test|lab test|lab|parameter|analyte|component|measurement|param|paramcd|\
         lbtestcd|lbtest|vstestcd|vstest|untersuchung|laborwert|parametre|parametro|analyse",
    ),
    (
        Field::Value,
        "value|result|result value|test result|aval|lbstresc|lborres|lbstresn|vsstresc|vsorres|vsstresn|wert|\
         ergebnis|valeur|resultat|valor|resultado|valore|risultato",
    ),
    (Field::Unit, "unit|units|uom|result unit|avalu|einheit|unite|unidad|unita|lbstresu|lborresu|vsstresu|vsorresu"),
    (
        Field::Day,
        "date|test date|sample date|collection date|date of test|measured on|lbdtc|vsdtc|adt|datum|fecha|\
         data|day",
    ),
    (Field::Visit, "visit|visit name|timepoint|time point|event|avisit|visite|zeitpunkt"),
    (Field::Age, "age at test|age at measurement|age at collection"),
    (
        Field::Low,
        "low|lower|lower limit|lower limit of normal|lower reference limit|reference low|ref low|normal low|\
         range low|lln|lbstnrlo|lbornrlo|anrlo|a1lo|untergrenze|limite inferieure|limite inferior|\
         limite inferiore",
    ),
    (
        Field::High,
        "high|upper|upper limit|upper limit of normal|upper reference limit|reference high|ref high|\
         normal high|range high|uln|lbstnrhi|lbornrhi|anrhi|a1hi|obergrenze|limite superieure|\
         limite superior|limite superiore",
    ),
    (
        Field::Range,
        "reference range|ref range|normal range|reference interval|normal values|referenzbereich|normbereich|\
         valeurs de reference|valores de referencia|valori di riferimento",
    ),
    (Field::Flag, "flag|abnormal flag|abnormality flag|result flag|lbnrind|anrind|vsnrind|result status"),
];

/// The columns of a child table, by what they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(Field, usize)>);

impl Fields {
    /// The fields of a table with these headers.
    pub fn of(headers: &[String], role: TableRole) -> Fields {
        let names: Vec<String> = headers.iter().map(|header| normalise(&read_header(header).name)).collect();
        let place = |known: &str| names.iter().position(|name| name == known);
        let find = |(field, known): &(Field, &'static str)| Some((*field, known.split('|').find_map(place)?));
        Fields(match role {
            TableRole::Treatments => TREATMENT.iter().filter_map(find).collect(),
            TableRole::Labs => {
                let value = LABORATORY
                    .iter()
                    .filter(|(field, _)| *field == Field::Value)
                    .find_map(|(_, known)| known.split('|').find(|known| place(known).is_some()));
                let of_value = |(field, known): &(Field, &'static str)| {
                    let fits =
                        |known: &&str| stem(known).is_none_or(|own| value.and_then(stem).is_none_or(|of| of == own));
                    Some((*field, known.split('|').filter(fits).find_map(place)?))
                };
                LABORATORY.iter().filter_map(of_value).collect()
            }
        })
    }

    /// The column of a field.
    pub fn get(&self, field: Field) -> Option<usize> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, column)| *column)
    }

    /// The names of the columns that are none of the fields, nor the case.
    pub fn unused<'h>(&self, headers: &'h [String], case: usize) -> Vec<&'h str> {
        let is_used = |column: usize| column == case || self.0.iter().any(|(_, used)| *used == column);
        let others = headers.iter().enumerate().filter(|(column, _)| !is_used(*column));
        others.map(|(_, name)| name.as_str()).filter(|name| unnamed_number(name).is_none()).collect()
    }
}

/// Whether a variable of SDTM is of the result as it was collected, or of that in standard units.
fn stem(name: &str) -> Option<&str> {
    let stem = name.get(..4)?;
    ["lbor", "lbst", "vsor", "vsst"].contains(&stem).then_some(stem)
}

/// What the rows of a table with these headers are; no answer where they name neither an agent with something of it,
/// nor a test with its value.
pub fn role_of_headers(headers: &[String]) -> Option<TableRole> {
    let of = |role| Fields::of(headers, role);
    let (treatment, laboratory) = (of(TableRole::Treatments), of(TableRole::Labs));
    let has = |fields: &Fields, field| fields.get(field).is_some();
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
    let fields = Fields::of(headers, TableRole::Treatments);
    let has = |field| fields.get(field).is_some();
    has(Field::Line) || has(Field::Start) && has(Field::Stop)
}

/// What the columns of a table must be called, where it is stated what its rows are.
pub fn needed(role: TableRole) -> &'static [Field] {
    match role {
        TableRole::Treatments => &[Field::Agent],
        TableRole::Labs => &[Field::Test, Field::Value],
    }
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
            ("case_id,age,sex", None),
            ("case_id,treatment,age", None),
            ("case_id,crp,esr", None),
        ] {
            assert_eq!(role_of_headers(&headers(text)), role, "{text}");
        }
        for (names, role) in [(&TREATMENT[..], TableRole::Treatments), (&LABORATORY[..], TableRole::Labs)] {
            for (field, known) in names {
                for name in known.split('|') {
                    assert_eq!(normalise(name), name);
                    assert_eq!(Fields::of(&[name.to_owned()], role).get(*field), Some(0), "{name}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_field_is_told() {
        let headers = headers("id,drug,dose (mg),physician");
        let fields = Fields::of(&headers, TableRole::Treatments);
        assert_eq!((fields.get(Field::Dose), fields.get(Field::Stop)), (Some(2), None));
        assert_eq!(fields.unused(&headers, 0), ["physician"]);
    }

    #[test]
    fn a_result_has_the_unit_and_the_limits_of_its_own_kind() {
        let place = |text: &str, field| Fields::of(&headers(text), TableRole::Labs).get(field);
        let both = "LBTESTCD,LBORRES,LBORRESU,LBORNRLO,LBSTRESC,LBSTRESU,LBSTNRLO";
        assert_eq!(
            [Field::Value, Field::Unit, Field::Low].map(|field| place(both, field)),
            [Some(4), Some(5), Some(6)]
        );
        assert_eq!(place("LBTESTCD,LBORRES,LBSTRESU,LBSTNRLO", Field::Low), None);
        assert_eq!(place("LBTESTCD,LBORRES,LBORRESU,LBSTNRHI,LBORNRHI", Field::High), Some(4));
    }
}
