//! A data dictionary: 18 columns, as they are downloaded or as the interface for programs names them.

use super::logic::Logic;

/// The columns that are read: their names in the download and in the interface for programs, in normal form.
const COLUMNS: [(DictionaryColumn, &str, &str); 10] = [
    (DictionaryColumn::Name, "variable / field name", "field_name"),
    (DictionaryColumn::Form, "form name", "form_name"),
    (DictionaryColumn::Type, "field type", "field_type"),
    (DictionaryColumn::Label, "field label", "field_label"),
    (DictionaryColumn::Choices, "choices, calculations, or slider labels", "select_choices_or_calculations"),
    (DictionaryColumn::Note, "field note", "field_note"),
    (
        DictionaryColumn::Validation,
        "text validation type or show slider number",
        "text_validation_type_or_show_slider_number",
    ),
    (DictionaryColumn::Minimum, "text validation min", "text_validation_min"),
    (DictionaryColumn::Maximum, "text validation max", "text_validation_max"),
    (DictionaryColumn::Identifier, "identifier?", "identifier"),
];
/// The column of the branching logic, whose name goes on in the download.
const LOGIC: [&str; 2] = ["branching logic", "branching_logic"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum DictionaryColumn {
    Name,
    Form,
    Type,
    Label,
    Choices,
    Note,
    Validation,
    Minimum,
    Maximum,
    Identifier,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// A text of one line.
    Text,
    /// A text of several lines.
    Notes,
    /// One of several choices.
    Choice,
    /// Several of several choices.
    Boxes,
    /// Yes or no.
    YesNo,
    /// A number that is computed.
    Calculated,
    /// A number on a scale.
    Slider,
    /// A date, with or without a time.
    Date,
    /// A number.
    Number,
    /// A number with a decimal comma.
    CommaNumber,
    /// A text that stands on the form, without a column.
    Descriptive,
    /// A file.
    File,
}

/// One field of a project.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDefinition {
    /// Its name, that of its column.
    pub name: String,
    /// Its form.
    pub form: String,
    /// What it holds.
    pub field_type: FieldType,
    /// The question, without markup.
    pub label: String,
    /// The codes of its choices with their labels, in order.
    pub choices: Vec<(String, String)>,
    /// What stands beside the field.
    pub note: String,
    /// Lowest and highest value without a question.
    pub limits: (String, String),
    /// It identifies a person.
    pub is_identifier: bool,
    /// When the question is asked; none where it always is. What cannot be read is kept as text.
    pub logic: Option<Result<Logic, String>>,
}

/// The fields of a project in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dictionary {
    /// The fields.
    pub fields: Vec<FieldDefinition>,
}

/// True for the header of a data dictionary.
pub fn is_dictionary(header: &[String]) -> bool {
    let has = |column| at(header, column).is_some();
    has(DictionaryColumn::Name)
        && has(DictionaryColumn::Form)
        && has(DictionaryColumn::Type)
        && has(DictionaryColumn::Choices)
}

fn at(header: &[String], column: DictionaryColumn) -> Option<usize> {
    let (_, name, short) = COLUMNS.iter().find(|(known, ..)| *known == column)?;
    header.iter().position(|found| [*name, *short].contains(&found.trim().to_lowercase().as_str()))
}

impl Dictionary {
    /// The fields of a dictionary with this header and these rows.
    pub fn read(header: &[String], rows: impl Iterator<Item = Vec<String>>) -> Dictionary {
        let column = |column| at(header, column);
        let logic =
            header.iter().position(|name| LOGIC.iter().any(|start| name.trim().to_lowercase().starts_with(start)));
        let places = COLUMNS.map(|(which, ..)| (which, column(which)));
        let field = |row: Vec<String>| {
            let of = |wanted: DictionaryColumn| {
                let place = places.iter().find(|(which, _)| *which == wanted).and_then(|(_, place)| *place);
                place.and_then(|at| row.get(at)).map_or("", |text| text.trim())
            };
            let logic = logic.and_then(|at| row.get(at)).map_or("", |text| text.trim());
            let field_type = field_type(of(DictionaryColumn::Type), of(DictionaryColumn::Validation))?;
            let name = of(DictionaryColumn::Name).to_lowercase();
            (!name.is_empty()).then(|| FieldDefinition {
                name,
                form: of(DictionaryColumn::Form).to_owned(),
                field_type,
                label: plain(of(DictionaryColumn::Label)),
                choices: if has_choices(field_type) { choices(of(DictionaryColumn::Choices)) } else { Vec::new() },
                note: plain(of(DictionaryColumn::Note)),
                limits: (of(DictionaryColumn::Minimum).to_owned(), of(DictionaryColumn::Maximum).to_owned()),
                is_identifier: of(DictionaryColumn::Identifier).eq_ignore_ascii_case("y"),
                logic: (!logic.is_empty()).then(|| Logic::parse(logic).ok_or_else(|| logic.to_owned())),
            })
        };
        Dictionary { fields: rows.filter_map(field).collect() }
    }

    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&FieldDefinition> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl FieldDefinition {
    /// The column of a box: `sites___1`; of the code -99 `sites____99`.
    pub fn box_column(&self, code: &str) -> String {
        format!("{}___{}", self.name, code.to_lowercase().replace('-', "_"))
    }
}

fn has_choices(field_type: FieldType) -> bool {
    matches!(field_type, FieldType::Choice | FieldType::Boxes)
}

/// What a field holds; none of a type that is not known.
fn field_type(word: &str, validation: &str) -> Option<FieldType> {
    Some(match word.to_lowercase().as_str() {
        "text" => of_validation(validation),
        "notes" | "textarea" => FieldType::Notes,
        "radio" | "dropdown" | "select" | "sql" => FieldType::Choice,
        "checkbox" => FieldType::Boxes,
        "yesno" | "truefalse" => FieldType::YesNo,
        "calc" => FieldType::Calculated,
        "slider" => FieldType::Slider,
        "descriptive" => FieldType::Descriptive,
        "file" | "signature" => FieldType::File,
        _ => return None,
    })
}

fn of_validation(validation: &str) -> FieldType {
    match validation.to_lowercase().as_str() {
        validation if validation.starts_with("date") => FieldType::Date,
        validation if validation.ends_with("comma_decimal") => FieldType::CommaNumber,
        "integer" | "float" => FieldType::Number,
        validation if validation.starts_with("number") => FieldType::Number,
        _ => FieldType::Text,
    }
}

/// `0, Female | 1, Male`: the bar separates choices, the first comma the code from the label.
fn choices(text: &str) -> Vec<(String, String)> {
    let one = |choice: &str| {
        let (code, label) = choice.split_once(',').unwrap_or((choice, choice));
        (code.trim().to_owned(), plain(label.trim()))
    };
    text.split('|').filter(|choice| !choice.trim().is_empty()).map(one).collect()
}

/// A text without the markup of a web page, on one line.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        let is_tag = behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        plain.push_str(before);
        match behind.split_once('>').filter(|_| is_tag) {
            Some((_, after)) => {
                plain.push(' ');
                rest = after;
            }
            None => {
                plain.push('<');
                rest = behind;
            }
        }
    }
    plain.push_str(rest);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    /// The header of a downloaded dictionary.
    const DOWNLOAD: [&str; 12] = [
        "Variable / Field Name",
        "Form Name",
        "Section Header",
        "Field Type",
        "Field Label",
        "Choices, Calculations, OR Slider Labels",
        "Field Note",
        "Text Validation Type OR Show Slider Number",
        "Text Validation Min",
        "Text Validation Max",
        "Identifier?",
        "Branching Logic (Show field only if...)",
    ];
    /// Its fields.
    const FIELDS: [[&str; 12]; 4] = [
        ["sex", "demo", "", "radio", "<b>Sex</b> at birth", "0, Female | 1, Male, or other", "", "", "", "", "", ""],
        ["sites", "demo", "", "checkbox", "Sites", "1, Hip | -99, None", "", "", "", "", "", "[sex] = '1'"],
        ["crp", "labs", "", "text", "CRP", "", "mg/L", "number_1dp_comma_decimal", "0", "500", "y", "datediff([a])"],
        ["intro", "labs", "", "descriptive", "p < 5", "", "", "", "", "", "", ""],
    ];

    #[test]
    fn both_forms_of_the_header_are_known() {
        let (download, rows) = (strings(&DOWNLOAD), FIELDS.map(|field| strings(&field)).to_vec());
        assert!(is_dictionary(&download));
        let short = "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,field_note,text_validation_type_or_show_slider_number,text_validation_min,text_validation_max,identifier,branching_logic";
        let short: Vec<String> = short.split(',').map(str::to_owned).collect();
        let read = Dictionary::read(&download, rows.clone().into_iter());
        assert_eq!(read, Dictionary::read(&short, rows.into_iter()));
        let [sex, sites, crp, intro] = read.fields.as_slice() else { panic!("four fields") };
        assert_eq!((sex.label.as_str(), sex.field_type), ("Sex at birth", FieldType::Choice));
        assert_eq!(sex.choices[1], ("1".to_owned(), "Male, or other".to_owned()));
        assert_eq!([sites.box_column("1"), sites.box_column("-99")], ["sites___1", "sites____99"]);
        assert!(matches!(sites.logic, Some(Ok(_))) && matches!(crp.logic, Some(Err(_))));
        assert_eq!((crp.field_type, crp.is_identifier, crp.note.as_str()), (FieldType::CommaNumber, true, "mg/L"));
        assert_eq!((intro.label.as_str(), intro.field_type), ("p < 5", FieldType::Descriptive));
        assert!(!is_dictionary(&strings(&["record_id", "age"])));
    }
}
