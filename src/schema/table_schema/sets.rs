//! Sets of several columns: one-hot columns and check boxes, declared next to the fields.
//!
//! They are under `calcSeries.sets` of the schema and not among its fields, because by the standard
//! every field is a column of the data, and other tools refuse one that is not.
//!
//! ```json
//! "calcSeries": {"sets": [{"name": "sites", "role": "site", "oneHot": {"site_knee": "knee", "site_hip": "hip"}}]}
//! ```

use super::declared::{DeclaredVariable, FileSchema};
use super::field::SET_EXAMPLE;
use super::json::Json;
use super::key::{Key, Unknown, key, read_keys};
use super::reader::SchemaReader;
use super::tree::Node;
use crate::schema::header::read_header;
use crate::schema::{Kind, Level, Member, Role, Variable};

/// The keys of a set.
pub(super) const SET: [Key<DeclaredVariable>; 6] = [
    key(
        "name",
        |node, set, reader| set.header = reader.text(node).unwrap_or_default().trim().to_owned(),
        |set| (&set.header).into(),
    ),
    key("title", |node, set, reader| set.label = reader.text(node), |set| set.label.as_ref().into()),
    key("description", |node, set, reader| set.description = reader.text(node), |set| set.description.as_ref().into()),
    key("role", |node, set, reader| set.role = reader.word(node), |set| set.role.map(|role| role.word()).into()),
    key(
        "oneHot",
        |node, set, reader| set.members = read_members(node, reader),
        |set| {
            let members = set.members.iter().flatten();
            Json::object(members.map(|member| (member.variable.header.clone(), (&member.item).into())))
        },
    ),
    key("why", |_, _, _| {}, |set| Json::from(&set.why).unless_empty()),
];

/// Keys of the whole schema that are `sets` by another name.
const MEANT_AS_SETS: [&str; 5] = ["set", "Sets", "oneHot", "onehot", "one_hot"];

/// A fault for each key of the `calcSeries` object of a schema that is `sets` by another name.
pub(super) fn refuse_other_names(members: &[(String, Node)], reader: &mut SchemaReader) {
    for (key, value) in members.iter().filter(|(key, _)| MEANT_AS_SETS.contains(&key.as_str())) {
        reader.fault(value, format!("unknown key '{key}'"), format!("write {SET_EXAMPLE}"));
    }
}

/// Reads the list of sets; the fields and the missing tokens of the schema are known.
pub(super) fn read_sets(node: &Node, file: &mut FileSchema, reader: &mut SchemaReader) {
    for node in reader.list(node).unwrap_or_default() {
        if let Some(set) = read_set(node, file, reader) {
            ensure_new(&set, node, file, reader);
            file.sets.push(set);
        }
        reader.field = None;
    }
}

fn read_set(node: &Node, file: &FileSchema, reader: &mut SchemaReader) -> Option<DeclaredVariable> {
    let mut set = DeclaredVariable { kind: Some(Kind::Set), ..DeclaredVariable::default() };
    read_keys(node, &SET, &mut set, reader, ("key of a set", Unknown::Refused))?;
    reader.field = Some(set.header.clone());
    if set.header.is_empty() {
        reader.fault(node, "this set has no \"name\"", "add \"name\" with the name of the set in tables");
    }
    if set.role == Some(Role::CaseId) {
        reader.fault(node, "a set cannot be the case ID", "use another role, such as \"site\"");
    }
    let Some(members) = &mut set.members else {
        reader.fault(node, "this set has no columns", "add \"oneHot\": {\"COLUMN\": \"ITEM\"}");
        return None;
    };
    members.iter_mut().for_each(|member| member.variable = described(&member.variable.header, file));
    set.name = read_header(&set.header).name;
    // Every box of the form is a row of the table, in the order of the form.
    set.levels = Some(members.iter().map(|member| Level { value: member.item.clone(), label: None }).collect());
    Some(set)
}

/// `{column: item}`, in the order of the file.
fn read_members(node: &Node, reader: &mut SchemaReader) -> Option<Vec<Member>> {
    let mut members: Vec<Member> = Vec::new();
    for (column, value) in reader.object(node)? {
        let item = reader.text(value)?.trim().to_owned();
        if item.is_empty() || item.contains(char::is_control) {
            let remedy = "write what the patient has where the cell is yes";
            reader.fault(value, format!("{} is not a valid name of an item", value.described()), remedy);
        }
        if members.iter().any(|known| known.item == item) {
            reader.fault(value, format!("two columns have the item \"{item}\""), "use a different item for each");
        }
        members.push(Member { variable: Variable::new(column.trim()), item });
    }
    if members.is_empty() {
        reader.fault(node, "this set has no columns", "name each column with its item: {\"COLUMN\": \"ITEM\"}");
    }
    Some(members)
}

/// A column of a set: as its own field describes it, if it has one.
fn described(column: &str, file: &FileSchema) -> Variable {
    let variable = match file.variables.iter().find(|field| field.header == column) {
        Some(field) => field.variable(),
        None => Variable { missing: file.missing.clone(), ..Variable::new(column) },
    };
    Variable { kind: Kind::Binary, ..variable }
}

/// A set has a name of its own, and a column is in one set only.
fn ensure_new(set: &DeclaredVariable, node: &Node, file: &FileSchema, reader: &mut SchemaReader) {
    if file.variables.iter().chain(&file.sets).any(|known| known.header == set.header) {
        let message = format!("a field or another set has the name '{}', too", set.header);
        reader.fault(node, message, "give the set another name");
    }
    let taken = |column: &str| {
        file.sets.iter().flat_map(|set| set.members.iter().flatten()).any(|m| m.variable.header == column)
    };
    for member in set.members.iter().flatten().filter(|member| taken(&member.variable.header)) {
        let message = format!("the column '{}' is in another set, too", member.variable.header);
        reader.fault(node, message, "keep it in one of the two");
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DeclaredVariable, read, write};
    use crate::error::Error;
    use crate::schema::{Kind, MissingReason, Role, Schema, Variable};

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
        assert_eq!(missing(&b.variable), [("x".to_owned(), MissingReason::NotReported)]);
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
    fn faults_of_sets_are_refused() {
        let set = |inner: &str| of(r#"{"name": "age"}"#, inner);
        let cases = [
            (set(r#"{"oneHot": {"a": "x"}}"#), "/calcSeries/sets/0 this set has no \"name\""),
            (set(r#"{"name": "s"}"#), "this set has no columns | add \"oneHot\""),
            (set(r#"{"name": "s", "oneHot": {}}"#), "/oneHot this set has no columns"),
            (set(r#"{"name": "s", "oneHot": {"a": "x", "b": "x"}}"#), "/oneHot/b two columns have the item \"x\""),
            (set(r#"{"name": "s", "oneHot": {"a": " "}}"#), "/oneHot/a \" \" is not a valid name of an item"),
            (set(r#"{"name": "s", "onehot": {"a": "x"}, "oneHot": {"a": "x"}}"#), "did you mean 'oneHot'?"),
            (set(r#"{"name": "s", "role": "case-id", "oneHot": {"a": "x"}}"#), "a set cannot be the case ID"),
            (set(r#"{"name": "age", "oneHot": {"a": "x"}}"#), "a field or another set has the name 'age', too"),
            (
                set(r#"{"name": "s", "oneHot": {"a": "x"}}, {"name": "t", "oneHot": {"a": "y"}}"#),
                "the column 'a' is in another set, too",
            ),
            (r#"{"fields": [], "calcSeries": {"oneHot": {}}}"#.to_owned(), "unknown key 'oneHot'"),
            (
                r#"{"fields": [{"name": "s", "calcSeries": {"oneHot": {}}}]}"#.to_owned(),
                "a set of several columns cannot be a field",
            ),
        ];
        for (text, said) in cases {
            let refusal = refusal(&text);
            assert!(refusal.contains(said), "{said} is not in {refusal}");
        }
    }
}
