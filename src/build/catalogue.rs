//! The code of the catalogue of findings.

use super::ListFault;
use super::code::type_name;
use super::lists::{table, texts};
use toml::{Table, Value};

/// The keys of an entry.
const KEYS: [&str; 8] = ["title", "severity", "quotes-cells", "item", "asks-for", "to-report", "guidelines", "text"];

/// The ids as a closed type, in alphabetical order, and the entry of each.
pub fn code(catalogue: &Table) -> Result<String, ListFault> {
    let (mut variants, mut all, mut words, mut entries) = (String::new(), String::new(), String::new(), String::new());
    for (id, entry) in catalogue {
        let entry = FindingEntry { id, keys: table(entry)? };
        if let Some(key) = entry.keys.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(format!("{id}: {key} is not known").into());
        }
        let (name, title) = (type_name(id), entry.needed("title")?);
        variants += &format!("#[doc = {:?}]\n{name},\n", format!("`{id}`: {title}."));
        all += &format!("FindingId::{name}, ");
        words += &format!("FindingId::{name} => {id:?},\n");
        entries += &format!("FindingId::{name} => &{},\n", entry.code()?);
    }
    Ok(format!(
        "/// The type of a finding: each entry of `catalogue.toml`, in alphabetical order.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FindingId {{ {variants} }}
        impl FindingId {{
            /// Every id, in alphabetical order.
            pub const ALL: &[FindingId] = &[{all}];
            /// The id as it is written.
            pub const fn word(self) -> &'static str {{ match self {{ {words} }} }}
            /// What the catalogue says of it.
            pub const fn entry(self) -> &'static CatalogueEntry {{ match self {{ {entries} }} }}
        }}\n"
    ))
}

/// One entry of the catalogue.
struct FindingEntry<'c> {
    id: &'c str,
    keys: &'c Table,
}

impl FindingEntry<'_> {
    fn text(&self, key: &str) -> Option<&str> {
        self.keys.get(key).and_then(Value::as_str)
    }

    fn needed(&self, key: &str) -> Result<&str, ListFault> {
        Ok(self.text(key).ok_or_else(|| format!("{} has no {key}", self.id))?)
    }

    fn truth(&self, key: &str) -> Result<Option<bool>, ListFault> {
        let truth = |value: &Value| value.as_bool().ok_or_else(|| format!("{}: {key} is true or false", self.id));
        Ok(self.keys.get(key).map(truth).transpose()?)
    }

    fn code(&self) -> Result<String, ListFault> {
        let (title, text) = (self.needed("title")?, self.needed("text")?);
        let (severities, item) = (self.severities()?, self.item()?);
        // What nobody has looked at may quote a cell.
        let quotes_cells = self.truth("quotes-cells")?.unwrap_or(true);
        Ok(format!(
            "CatalogueEntry {{ title: {title:?}, text: {text:?}, severities: &[{severities}], \
             quotes_cells: {quotes_cells}, item: {item} }}"
        ))
    }

    /// The severity it has, or the usual one and the others that it may have.
    fn severities(&self) -> Result<String, ListFault> {
        let severities = match self.keys.get("severity") {
            Some(list @ Value::Array(_)) => texts(list)?,
            _ => vec![self.needed("severity")?],
        };
        let code = severities.iter().map(|severity| format!("Severity::{}", type_name(severity)));
        match severities.is_empty() {
            true => Err(format!("{}: severity is empty", self.id).into()),
            false => Ok(code.collect::<Vec<_>>().join(", ")),
        }
    }

    /// Its item of the checklist, if it is one.
    fn item(&self) -> Result<String, ListFault> {
        let Some(number) = self.text("item") else {
            let lacks = ["asks-for", "to-report", "guidelines"].into_iter().find(|key| self.keys.contains_key(*key));
            return match lacks {
                Some(key) => Err(format!("{}: {key} without item", self.id).into()),
                None => Ok("None".to_owned()),
            };
        };
        let (asks_for, guidelines) = (self.needed("asks-for")?, self.needed("guidelines")?);
        let is_to_report = self.truth("to-report")?.unwrap_or(false);
        Ok(format!(
            "Some(ChecklistItem {{ number: {number:?}, asks_for: {asks_for:?}, guidelines: {guidelines:?}, \
             is_to_report: {is_to_report} }})"
        ))
    }
}
