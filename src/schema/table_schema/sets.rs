//! Sets of several columns: one-hot columns and check boxes, declared beside the fields.
//!
//! They stand under `calcSeries.sets` of the schema and not among its fields, because every field
//! must be a column of the data: so says the standard, and other tools refuse a field that is none.
//!
//! ```json
//! "calcSeries": {"sets": [{"name": "sites", "role": "site", "oneHot": {"site_knee": "knee", "site_hip": "hip"}}]}
//! ```

use super::DeclaredVariable;
use super::field::read_word;
use super::reading::Reading;
use super::tree::Node;
use crate::schema::header::read_header;
use crate::schema::{Kind, Level, Member, Reason, Role, Variable};
use std::collections::BTreeMap;

/// A declaration that can be pasted and filled in.
pub(super) const EXAMPLE: &str =
    r#""calcSeries": {"sets": [{"name": "sites", "role": "site", "oneHot": {"site_knee": "knee"}}]}"#;

/// The keys of a set, in the order in which they are written.
const KEYS: [&str; 6] = ["name", "title", "description", "role", "oneHot", "why"];

/// Keys of the whole schema that are `sets` by another name; other keys are left to whoever uses them.
const MEANT_AS_SETS: [&str; 5] = ["set", "Sets", "oneHot", "onehot", "one_hot"];

/// Reads the sets of the `calcSeries` object of a schema; `missing` holds the missing tokens of all columns.
pub(super) fn read_sets(
    node: &Node,
    fields: &[DeclaredVariable],
    missing: Option<&BTreeMap<String, Reason>>,
    reading: &mut Reading,
) -> Vec<DeclaredVariable> {
    let mut sets: Vec<DeclaredVariable> = Vec::new();
    for (key, value) in reading.object(node).unwrap_or_default() {
        if MEANT_AS_SETS.contains(&key.as_str()) {
            reading.fault(value, format!("\"{key}\" is not read"), format!("write {EXAMPLE}"));
        }
        for node in (key == "sets").then(|| reading.list(value)).flatten().unwrap_or_default() {
            if let Some(set) = read_set(node, fields, missing, reading) {
                ensure_new(&set, node, fields, &sets, reading);
                sets.push(set);
            }
            reading.field = None;
        }
    }
    sets
}

fn read_set(
    node: &Node,
    fields: &[DeclaredVariable],
    missing: Option<&BTreeMap<String, Reason>>,
    reading: &mut Reading,
) -> Option<DeclaredVariable> {
    let mut set = DeclaredVariable { kind: Some(Kind::Set), ..DeclaredVariable::default() };
    for (key, value) in reading.object(node)? {
        match key.as_str() {
            "name" => set.header = reading.text(value)?.trim().to_owned(),
            "title" => set.label = reading.text(value),
            "description" => set.description = reading.text(value),
            "role" => set.role = read_word(value, reading, &Role::ALL, Role::word, "role"),
            "oneHot" => set.members = read_members(value, fields, missing, reading),
            "why" => {}
            _ => reading.unknown(value, key, &KEYS, "key of a set"),
        }
    }
    reading.field = Some(set.header.clone());
    if set.header.is_empty() {
        reading.fault(node, "this set has no \"name\"", "add \"name\": what the set is called in tables");
    }
    if set.role == Some(Role::CaseId) {
        reading.fault(node, "a set names no case", "give it another role, such as \"site\"");
    }
    let Some(members) = &set.members else {
        reading.fault(node, "this set has no columns", "add \"oneHot\": {\"COLUMN\": \"ITEM\"}");
        return None;
    };
    set.name = read_header(&set.header).name;
    // Every box of the form is a row of the table, in the order of the form.
    set.levels = Some(members.iter().map(|member| Level { value: member.item.clone(), label: None }).collect());
    Some(set)
}

/// `{column: item}`, in the order of the file.
fn read_members(
    node: &Node,
    fields: &[DeclaredVariable],
    missing: Option<&BTreeMap<String, Reason>>,
    reading: &mut Reading,
) -> Option<Vec<Member>> {
    let mut members: Vec<Member> = Vec::new();
    for (column, value) in reading.object(node)? {
        let item = reading.text(value)?.trim().to_owned();
        if item.is_empty() || item.contains(char::is_control) {
            reading.fault(value, "this is no name of an item", "write what the patient has where the column says yes");
        }
        if members.iter().any(|known| known.item == item) {
            reading.fault(value, format!("two columns are the item \"{item}\""), "give each an item of its own");
        }
        members.push(Member { variable: member(column.trim(), fields, missing), item });
    }
    if members.is_empty() {
        reading.fault(node, "this set has no columns", "name each column with its item: {\"COLUMN\": \"ITEM\"}");
    }
    Some(members)
}

/// How the cells of a column of a set are read: as its own field says, where it has one.
fn member(column: &str, fields: &[DeclaredVariable], missing: Option<&BTreeMap<String, Reason>>) -> Variable {
    let mut variable = match fields.iter().find(|field| field.header == column) {
        Some(field) => field.variable(),
        None => Variable { missing: missing.cloned(), ..Variable::new(column) },
    };
    variable.kind = Kind::Binary;
    variable
}

/// A set has a name of its own, and a column is in one set only.
fn ensure_new(
    set: &DeclaredVariable,
    node: &Node,
    fields: &[DeclaredVariable],
    sets: &[DeclaredVariable],
    reading: &mut Reading,
) {
    if fields.iter().chain(sets).any(|known| known.header == set.header) {
        let message = format!("'{}' is the name of a field or of another set", set.header);
        reading.fault(node, message, "give the set a name of its own");
    }
    let taken =
        |column: &str| sets.iter().flat_map(|set| set.members.iter().flatten()).any(|m| m.variable.header == column);
    for member in set.members.iter().flatten().filter(|member| taken(&member.variable.header)) {
        let message = format!("the column '{}' is in another set already", member.variable.header);
        reading.fault(node, message, "keep it in one of the two");
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DeclaredVariable, read, write};
    use crate::error::Error;
    use crate::schema::{Kind, Reason, Role, Schema, Variable};

    fn of(fields: &str, set: &str) -> String {
        format!(
            "{{\"missingValues\": [\"\", \"-9\"], \"fields\": [{fields}], \"calcSeries\": {{\"any\": 1, \"sets\": [{set}]}}}}"
        )
    }

    fn refusal(text: &str) -> String {
        let Err(Error::Refused(findings)) = read(text, "s.json") else { panic!("{text} is accepted") };
        let all: Vec<String> = findings
            .groups()
            .flat_map(|group| &group.first)
            .map(|f| {
                format!(
                    "{} {} | {}",
                    f.location.position.pointer().unwrap_or("-"),
                    f.message,
                    f.remedy.as_deref().unwrap()
                )
            })
            .collect();
        assert_eq!(all.len(), 1, "{all:?}");
        all.concat()
    }

    #[test]
    fn a_set_has_the_order_of_its_items_and_its_columns_their_own_fields() {
        let fields = r#"{"name": "b", "missingValues": ["x"], "calcSeries": {"synonyms": {"ja": "yes"}}}"#;
        let set =
            r#"{"name": "sites", "title": "Sites", "role": "site", "oneHot": {"b": "knee", "a": "hip"}, "why": ""}"#;
        let schema = read(&of(fields, set), "s.json").unwrap();
        let sites = schema.sets[0].variable();
        assert_eq!(
            (sites.kind, sites.role, sites.shown_label(), &sites.missing),
            (Kind::Set, Role::Site, "Sites", &None)
        );
        assert_eq!(sites.levels.iter().map(|level| level.value.as_str()).collect::<Vec<_>>(), ["knee", "hip"]);
        let [b, a] = sites.members.as_slice() else { panic!("{:?}", sites.members) };
        assert_eq!((b.variable.header.as_str(), b.variable.kind, b.variable.synonyms.len()), ("b", Kind::Binary, 1));
        let missing = |v: &Variable| v.missing.iter().flatten().map(|(t, r)| (t.clone(), *r)).collect::<Vec<_>>();
        assert_eq!(missing(&b.variable), [("x".to_owned(), Reason::NotReported)]);
        assert_eq!(missing(&a.variable).len(), 2);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let fields = r#"{"name": "id"}, {"name": "b", "calcSeries": {"synonyms": {"ja": "yes"}}}"#;
        let set = r#"{"name": "sites", "title": "S", "description": "D", "role": "site", "oneHot": {"b": "knee", "a": "hip"}}"#;
        let schema = read(&of(fields, set), "s.json").unwrap();
        let sites = Variable { why: String::new(), ..schema.sets[0].variable() };
        let variables = vec![schema.variables[0].variable(), sites.clone()];
        let text = write(&Schema { variables, ..Schema::default() }, |_| false);
        let back = read(&text, "s.json").unwrap();
        assert_eq!(back.variables.iter().map(|field| field.header.as_str()).collect::<Vec<_>>(), ["id", "b", "a"]);
        let plain = |mut variable: Variable| {
            variable.why.clear();
            variable.members.iter_mut().for_each(|member| member.variable.why.clear());
            variable
        };
        assert_eq!(back.sets.iter().map(DeclaredVariable::variable).map(plain).collect::<Vec<_>>(), [plain(sites)]);
        assert!(text.contains("\"fieldsMatch\": \"equal\""));
    }

    #[test]
    fn what_is_no_set_is_refused() {
        let set = |inner: &str| of(r#"{"name": "age"}"#, inner);
        let cases = [
            (set(r#"{"oneHot": {"a": "x"}}"#), "/calcSeries/sets/0 this set has no \"name\""),
            (set(r#"{"name": "s"}"#), "this set has no columns | add \"oneHot\""),
            (set(r#"{"name": "s", "oneHot": {}}"#), "/oneHot this set has no columns"),
            (set(r#"{"name": "s", "oneHot": {"a": "x", "b": "x"}}"#), "/oneHot/b two columns are the item \"x\""),
            (set(r#"{"name": "s", "oneHot": {"a": " "}}"#), "/oneHot/a this is no name of an item"),
            (set(r#"{"name": "s", "onehot": {"a": "x"}, "oneHot": {"a": "x"}}"#), "did you mean \"oneHot\"?"),
            (set(r#"{"name": "s", "role": "case-id", "oneHot": {"a": "x"}}"#), "a set names no case"),
            (set(r#"{"name": "age", "oneHot": {"a": "x"}}"#), "'age' is the name of a field or of another set"),
            (
                set(r#"{"name": "s", "oneHot": {"a": "x"}}, {"name": "t", "oneHot": {"a": "y"}}"#),
                "the column 'a' is in another set already",
            ),
            (r#"{"fields": [], "calcSeries": {"oneHot": {}}}"#.to_owned(), "\"oneHot\" is not read"),
            (
                r#"{"fields": [{"name": "s", "calcSeries": {"oneHot": {}}}]}"#.to_owned(),
                "a set of several columns is no field of one column",
            ),
        ];
        for (text, said) in cases {
            let refusal = refusal(&text);
            assert!(refusal.contains(said), "{said} is not in {refusal}");
        }
    }
}
