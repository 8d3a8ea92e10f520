use super::declared::FieldsMatch;
use super::*;
use crate::decimal::Decimal;
use crate::diagnostic::{FindingId, Severity};
use crate::error::Error;
use crate::schema::Schema;
use crate::schema::header::read_header;
use crate::schema::{Kind, Level, MissingReason, Plausible, ReferenceRange, Role, Status, Variable};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn field(inner: &str) -> String {
    format!("{{\"fields\": [{{\"name\": \"x\", {inner}}}]}}")
}

fn one(inner: &str) -> DeclaredVariable {
    read(&field(inner), "x.schema.json").unwrap().variables.remove(0)
}

/// The findings of a refused schema, as `id line pointer message | remedy`.
fn refusals<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<String> {
    let Err(Error::Refused(findings)) = result else { panic!("{result:?}") };
    let all = findings.groups().flat_map(|group| &group.first);
    all.map(|f| {
        assert_eq!(f.severity, Severity::Error);
        assert!(f.location.file.is_some());
        let pointer = f.location.position.pointer().unwrap_or("-");
        format!(
            "{} {} {} {} | {}",
            f.id,
            f.location.position.line().unwrap_or(0),
            pointer,
            f.message,
            f.remedy.as_deref().unwrap()
        )
    })
    .collect()
}

fn refused(text: &str) -> Vec<String> {
    refusals(read(text, "dir/x.schema.json"))
}

#[track_caller]
fn assert_refused(text: &str, parts: &[&str]) {
    let found = refused(text);
    assert_eq!(found.len(), 1, "{found:?}");
    for part in parts {
        assert!(found[0].contains(part), "{part} is not in {}", found[0]);
    }
}

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

#[test]
fn a_whole_field_is_read() {
    let text = r#""type": "string", "title": "Haemoglobin", "description": "Venous.", "missingValues": ["", "NR"],
        "calcSeries": {"role": "lab", "kind": "number", "unit": "g/dL", "decimals": 1, "synonyms": {"lo": "low"},
        "referenceRanges": [{"sex": "F", "age": [2.5, 18], "low": 11.50, "high": 15, "source": "textbook"},
                            {"sex": "F", "age": [18, 120], "low": 12, "source": "textbook"}],
        "plausible": {"low": 3, "high": 25, "note": "g/L?"}, "stated": {"anaemia": "low"}, "multiline": true,
        "show": false, "why": 5}"#;
    let hb = one(text);
    assert_eq!(
        (hb.role, hb.kind, hb.unit.as_deref(), hb.decimals),
        (Some(Role::Lab), Some(Kind::Number), Some("g/dL"), Some(1))
    );
    let ranges = hb.ranges.unwrap();
    assert_eq!(ranges[0].low.unwrap().to_string(), "11.50");
    assert_eq!(ranges[0].age, Some((decimal("2.5"), decimal("18"))));
    assert_eq!((ranges[1].high, ranges[1].source.as_str()), (None, "textbook"));
    assert_eq!(hb.plausible.unwrap().note.as_deref(), Some("g/L?"));
    assert_eq!(hb.stated.unwrap()["anaemia"], Status::Low);
    assert_eq!(hb.missing.unwrap().len(), 2);
    assert_eq!((hb.multiline, hb.shown), (Some(true), Some(false)));
}

#[test]
fn the_type_gives_the_kind_where_none_is_declared() {
    let cases = [
        (r#""type": "number""#, Some(Kind::Number)),
        (r#""type": "integer""#, Some(Kind::Number)),
        (r#""type": "boolean""#, Some(Kind::Binary)),
        (r#""type": "list""#, Some(Kind::Set)),
        (r#""type": "yearmonth""#, Some(Kind::Date)),
        (r#""type": "string""#, None),
        (r#""title": "t""#, None),
        (r#""type": "integer", "categories": [1, 2]"#, Some(Kind::Category)),
        (r#""type": "string", "categories": ["a"]"#, Some(Kind::Category)),
        (r#""type": "number", "calcSeries": {"kind": "text"}"#, Some(Kind::Text)),
    ];
    for (text, kind) in cases {
        assert_eq!(one(text).kind, kind, "{text}");
    }
}

#[test]
fn lists_and_levels_follow_the_standard() {
    assert_eq!(one(r#""type": "list""#).delimiter, Some(','));
    assert_eq!(one(r#""type": "list", "delimiter": ";""#).delimiter, Some(';'));
    assert_eq!(one(r#""type": "list", "delimiter": ";", "calcSeries": {"delimiter": "|"}"#).delimiter, Some('|'));
    let levels = one(
        r#""type": "integer", "categories": [{"value": 1, "label": "female"}, {"value": 2}], "categoriesOrdered": true"#,
    );
    let expected = [("1", Some("female")), ("2", None)];
    let expected = expected.map(|(v, l)| Level { value: v.into(), label: l.map(str::to_owned) });
    assert_eq!(levels.levels.unwrap(), expected);
    assert_eq!(levels.categories_ordered, Some(true));
}

#[test]
fn missing_tokens_have_reasons_and_a_field_replaces_those_of_the_schema() {
    let text = r#"{"missingValues": [{"value": "-9", "label": "Not done"}, {"value": "not applicable"}, {"value": ""}],
        "fields": [{"name": "a"}, {"name": "b", "missingValues": []}]}"#;
    let schema = read(text, "s").unwrap();
    let reasons: Vec<_> = schema.missing.as_ref().unwrap().iter().map(|(t, r)| (t.as_str(), *r)).collect();
    assert_eq!(
        reasons,
        [
            ("", MissingReason::NotReported),
            ("-9", MissingReason::NotDone),
            ("not applicable", MissingReason::NotApplicable)
        ]
    );
    assert_eq!(schema.variables[0].missing, schema.missing);
    assert_eq!(schema.variables[1].missing, Some(BTreeMap::new()));
}

#[test]
fn the_primary_key_names_the_case_and_keys_of_others_are_left_to_them() {
    let text = "\u{FEFF}{\"primaryKey\": \"nr\", \"fields\": [{\"name\": \"nr\"}], \"fieldsMatch\": [\"subset\"], \"calcSeries\": {\"any\": [1]}}";
    let schema = read(text, "s").unwrap();
    assert_eq!((schema.variables[0].role, schema.fields_match), (Some(Role::CaseId), FieldsMatch::Subset));
    assert!(schema.notes.is_empty() && schema.audit.series == Default::default());
    assert_eq!(schema.primary_key, ["nr"]);
}

#[test]
fn what_is_not_used_is_noted() {
    let text = r#"{"uniqueKeys": [], "fields": [{"name": "a", "groupChar": ",", "format": "default",
        "constraints": {"required": true, "unique": false, "minimum": 3}}]}"#;
    let notes = read(text, "s").unwrap().notes;
    let pointers: Vec<_> = notes.iter().map(|n| n.location.position.pointer().unwrap()).collect();
    assert_eq!(
        pointers,
        ["/fields/0/groupChar", "/fields/0/constraints/required", "/fields/0/constraints/minimum", "/uniqueKeys"]
    );
    assert!(notes.iter().all(|n| n.id == FindingId::SchemaConstraintIgnored && n.severity == Severity::Note));
}

#[test]
fn faults_are_located_and_name_the_way_out() {
    assert_refused(
        &field("\"calcSeries\":\n{\"rolle\": \"lab\"}"),
        &["schema-invalid 2 /fields/0/calcSeries/rolle", "did you mean 'role'?"],
    );
    assert_refused(&field(r#""calcSeries": {"role": "labs"}"#), &["'labs' is not a valid role", "did you mean 'lab'?"]);
    assert_refused(
        &field(r#""calcSeries": {"kind": "zzz"}"#),
        &["'zzz' is not a valid kind", "possible values: number, category"],
    );
    assert_refused(&field(r#""calc_series": {}"#), &["did you mean 'calcSeries'?"]);
    assert_refused(&field(r#""type": "nummer""#), &["did you mean 'number'?"]);
    assert_refused(&field(r#""type": 3"#), &["expected a text, found the number 3"]);
    assert_refused(&field(r#""type": "list", "delimiter": ", ""#), &["is not one character"]);
    assert_refused(&field(r#""title": "a", "title": "b""#), &["json-duplicate-key", "/fields/0/title"]);
    assert_refused(r#"{"fields": [{"name": "a"}, {"name": " a "}]}"#, &["duplicate field 'a'", "/fields/1"]);
    assert_refused(r#"{"fields": [{"title": "a"}]}"#, &["has no \"name\""]);
    assert_refused(r#"{"resources": []}"#, &["Data Package"]);
    assert_refused("[]", &["expected an object, found a list"]);
    assert_refused("{\n\"fields\": [}", &["json-syntax 2"]);
    assert_refused(r#"{"fields": [], "fieldsMatch": "subsets"}"#, &["did you mean 'subset'?"]);
    assert_refused(r#"{"fields": [], "primaryKey": ["id"]}"#, &["unknown field 'id' in the primary key"]);
    assert_refused(&field(r#""categories": ["a", "a"]"#), &["duplicate value 'a'"]);
    assert_refused(&field(r#""categories": ["a"], "calcSeries": {"levels": ["b"]}"#), &["levels are given twice"]);
    assert_refused(&field(r#""calcSeries": {"classes": {"a": ["mtx"], "b": ["mtx"]}}"#), &["'mtx' is in two classes"]);
    assert_refused(
        &field(r#""calcSeries": {"plausible": {"low": 5, "high": 4}}"#),
        &["low end 5 is above the high end 4"],
    );
    assert_refused(&field(r#""calcSeries": {"decimals": 1.5}"#), &["from 0 to 18"]);
}

#[test]
fn reference_ranges_may_touch_and_not_overlap() {
    let ranges = |list: &str| field(&format!("\"calcSeries\": {{\"referenceRanges\": [{list}]}}"));
    let range = |sex: &str, from: &str, to: &str| {
        let sex = if sex.is_empty() { String::new() } else { format!("\"sex\": \"{sex}\", ") };
        format!("{{{sex}\"age\": [{from}, {to}], \"low\": 1, \"source\": \"s\"}}")
    };
    let pair = |a: String, b: String| ranges(&format!("{a}, {b}"));
    assert!(read(&pair(range("F", "0", "2.50"), range("F", "2.5", "18")), "s").is_ok());
    assert!(read(&pair(range("F", "0", "18"), range("M", "0", "18")), "s").is_ok());
    assert_refused(&pair(range("F", "0", "2.6"), range("f", "2.5", "18")), &["overlaps", "/referenceRanges/1"]);
    assert_refused(&pair(range("", "0", "18"), range("F", "6", "12")), &["overlaps"]);
    assert_refused(&ranges(&range("F", "5", "5")), &["[from, to)"]);
    assert_refused(&ranges(r#"{"low": 1}"#), &["has no source"]);
    assert_refused(&ranges(r#"{"source": "s"}"#), &["neither \"low\" nor \"high\""]);
}

#[test]
fn all_faults_are_shown_in_one_run() {
    let text = r#"{"fields": [{"name": "a", "type": "x"}, {"name": "b", "calcSeries": {"role": 1, "unit": 2}}]}"#;
    assert_eq!(refused(text).len(), 3);
}

#[test]
fn what_is_declared_is_laid_over_what_was_inferred() {
    let mut variable = Variable { unit: Some("mg".into()), why: "cells".into(), ..Variable::new("x") };
    one(r#""calcSeries": {"kind": "number"}"#).apply(&mut variable);
    assert_eq!((variable.kind, variable.unit.as_deref()), (Kind::Number, Some("mg")));
    assert_eq!(variable.why, "kind from the schema; cells");
    one(r#""calcSeries": {"role": "lab", "kind": "number", "unit": "g"}"#).apply(&mut variable);
    assert_eq!((variable.role, variable.unit.as_deref()), (Role::Lab, Some("g")));
    assert_eq!(variable.why, "role and kind from the schema");
}

fn matched(mode: &str, fields: &[&str], headers: &[&str], ordered: bool) -> Result<Vec<Option<usize>>, Error> {
    let fields: Vec<String> = fields.iter().map(|f| format!("{{\"name\": \"{f}\"}}")).collect();
    let text = format!("{{\"fieldsMatch\": \"{mode}\", \"fields\": [{}]}}", fields.join(","));
    let headers: Vec<String> = headers.iter().map(|h| (*h).to_owned()).collect();
    match_columns(&read(&text, "s.json").unwrap(), &headers, ordered)
}

#[test]
fn columns_match_fields_as_the_standard_says() {
    let ok = |mode: &str, f: &[&str], h: &[&str]| matched(mode, f, h, true).unwrap();
    let no = |mode: &str, f: &[&str], h: &[&str]| refusals(matched(mode, f, h, true)).join("\n");
    assert_eq!(ok("exact", &["a", "ESR (mm/h)"], &["a", "ESR"]), [Some(0), Some(1)]);
    assert!(no("exact", &["a", "b"], &["b", "a"]).ends_with("add \"fieldsMatch\": \"equal\" to s.json"));
    assert_eq!(ok("equal", &["a", "b"], &["b", "a"]), [Some(1), Some(0)]);
    assert!(no("exact", &["a"], &["a", "z"]).ends_with("add \"fieldsMatch\": \"subset\" to s.json"));
    assert_eq!(ok("subset", &["a"], &["z", "a"]), [None, Some(0)]);
    assert!(no("equal", &["a", "z"], &["a"]).ends_with("add \"fieldsMatch\": \"superset\" to s.json"));
    assert_eq!(ok("superset", &["a", "z"], &["z"]), [Some(1)]);
    assert!(no("subset", &["a", "q"], &["a", "z"]).ends_with("add \"fieldsMatch\": \"partial\" to s.json"));
    assert!(no("superset", &["a", "q"], &["a", "z"]).ends_with("add \"fieldsMatch\": \"partial\" to s.json"));
    assert_eq!(ok("partial", &["a", "q"], &["z", "a"]), [None, Some(0)]);
    assert!(no("partial", &["a"], &["z"]).ends_with("the schema of this file"));
    assert!(no("exact", &["platelets"], &["platelet"]).contains("if 'platelet' is the same column"));
}

#[test]
fn json_keys_have_no_order_and_may_be_absent() {
    assert_eq!(matched("exact", &["a", "b", "c"], &["c", "a"], false).unwrap(), [Some(2), Some(0)]);
    assert!(refusals(matched("exact", &["a", "b"], &["z"], false)).join("").ends_with("\"subset\" to s.json"));
}

#[test]
fn a_name_without_its_unit_matches_only_where_it_is_clear() {
    let lists = refusals(matched("exact", &["ESR"], &["ESR (mm/h)", "ESR (%)"], true));
    assert_eq!(lists.len(), 3, "{lists:?}");
    let units = refusals(matched("exact", &["Age (months)"], &["Age (years)"], true));
    assert!(units[0].contains("is years, but months in the schema"), "{units:?}");
}

#[test]
fn a_schema_is_written_as_the_standard_says() {
    let mut schema = Schema::default();
    let id = Variable { role: Role::CaseId, kind: Kind::Text, why: "w".into(), ..Variable::new("id") };
    let hb = Variable { role: Role::Lab, kind: Kind::Number, unit: Some("g/dL".into()), ..Variable::new("Hb") };
    let sites =
        Variable { role: Role::Site, kind: Kind::Set, delimiter: Some('\u{1F}'), ..Variable::new("si\u{9b}tes") };
    schema.variables = vec![id, hb.clone(), Variable { header: "CK".into(), ..hb }, sites];
    let text = write(&schema, |variable| variable.header == "Hb");
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["$schema"], "https://datapackage.org/profiles/2.0/tableschema.json");
    assert_eq!(json["primaryKey"], serde_json::json!(["id"]));
    let types: Vec<_> = (0..4).map(|i| json["fields"][i]["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["string", "number", "string", "list"]);
    assert_eq!(json["fields"][2]["calcSeries"], serde_json::json!({"role": "lab", "kind": "number", "unit": "g/dL"}));
    assert_eq!((&json["fields"][3]["delimiter"], &json["fields"][3]["name"]), (&";".into(), &"si\u{9b}tes".into()));
    assert!(text.ends_with("}\n") && text.contains("\n  \"fields\"") && text.contains("si\\u009btes"));
}

fn words() -> impl Strategy<Value = String> {
    "[a-zé<\"\\\\/~ \u{9b}]{0,6}"
}

fn numbers() -> impl Strategy<Value = Decimal> {
    (0u32..10_000, 0u32..100).prop_map(|(whole, part)| Decimal::parse(&format!("{whole}.{part:02}")).unwrap())
}

fn ranges() -> impl Strategy<Value = Vec<ReferenceRange>> {
    let range = (0u32..40, proptest::option::of(numbers()), "[a-z]{1,5}");
    proptest::collection::vec(range, 0..4).prop_map(|parts| {
        // Ages that follow each other do not overlap.
        let whole = |years: usize| Decimal::parse(&years.to_string()).unwrap();
        let range = |(i, (_, low, source)): (usize, (u32, Option<Decimal>, String))| {
            let (low, high) = (low, low.is_none().then(|| whole(i)));
            ReferenceRange {
                sex: Some("F".into()),
                age: Some((whole(i), whole(i.saturating_add(1)))),
                low,
                high,
                source,
            }
        };
        parts.into_iter().enumerate().map(range).collect()
    })
}

fn levels() -> impl Strategy<Value = Vec<Level>> {
    let level = (words(), proptest::option::of(words()));
    proptest::collection::btree_map(words(), level, 0..4).prop_map(|map| {
        let with_label = |(i, (value, (label, labelled))): (usize, (String, (String, Option<String>)))| Level {
            value,
            label: labelled.map(|_| format!("{i}{label}")),
        };
        map.into_iter().enumerate().map(with_label).collect()
    })
}

fn variables() -> impl Strategy<Value = Variable> {
    let maps = || proptest::collection::btree_map(words(), words(), 0..3);
    let stated = proptest::collection::btree_map(words(), proptest::sample::select(&Status::ALL), 0..3);
    let missing = proptest::collection::btree_map(
        prop_oneof![words(), Just("not done".to_owned())],
        proptest::sample::select(&MissingReason::ALL),
        0..3,
    );
    let meaning =
        (proptest::sample::select(&Role::ALL), proptest::sample::select(&Kind::ALL), any::<bool>(), any::<bool>());
    let texts = (proptest::collection::vec(proptest::option::of(words()), 4), proptest::collection::vec(words(), 0..3));
    let delimiter = proptest::sample::select(&[';', '|', '/', '\t', 'é']);
    let plausible = proptest::option::of((numbers(), proptest::option::of(words())));
    let optional = (proptest::option::of(0u8..=18), proptest::option::of(missing), delimiter, plausible);
    (meaning, texts, levels(), ranges(), (maps(), maps(), stated), optional).prop_map(
        |((role, kind, multiline, shown), texts, levels, ranges, (synonyms, classes, stated), optional)| {
            let (decimals, missing, delimiter, plausible) = optional;
            let (texts, domains): (Vec<Option<String>>, Vec<String>) = texts;
            let [label, description, unit, target_domain] = texts.try_into().unwrap();
            let plausible = plausible.map(|(low, note)| Plausible { low: Some(low), high: None, note });
            let delimiter = Some(delimiter);
            Variable {
                label,
                description,
                role,
                kind,
                unit,
                decimals,
                levels,
                synonyms,
                missing,
                delimiter,
                ranges,
                plausible,
                stated,
                classes,
                target_domain,
                domains,
                multiline,
                shown,
                ..Variable::new("")
            }
        },
    )
}

proptest! {
    #[test]
    fn reading_what_was_written_gives_the_same_variables(mut variables in proptest::collection::vec(variables(), 1..4), plain in any::<bool>()) {
        let headers = ["a", "ESR (mm/h)", "é\"\u{202e} [x]"];
        for (variable, header) in variables.iter_mut().zip(headers) {
            let name = read_header(header).name;
            *variable = Variable { header: header.to_owned(), name, ..variable.clone() };
        }
        let schema = Schema { variables, ..Schema::default() };
        let text = write(&schema, |_| plain);
        let back = read(&text, "s").unwrap();
        for (declared, variable) in back.variables.iter().zip(&schema.variables) {
            let read = declared.variable();
            prop_assert_eq!(&Variable { why: String::new(), ..read }, variable);
        }
        prop_assert_eq!(back.variables.len(), schema.variables.len());
        prop_assert!(back.notes.is_empty());
        let steers_a_terminal = text.contains(['\u{9b}', '\u{202e}']);
        prop_assert!(!steers_a_terminal);
        let variables = back.variables.iter().map(DeclaredVariable::variable).map(|v| Variable { why: String::new(), ..v });
        prop_assert_eq!(write(&Schema { variables: variables.collect(), ..Schema::default() }, |_| plain), text);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "[\\[\\]{}\":,a-z0-9. \\\\\n]{0,60}") {
        let _ = read(&text, "s");
        let _ = read(&field(&format!("\"calcSeries\": {{{text}}}")), "s");
        let _ = read_header(&text);
    }
}

#[test]
fn a_schema_has_the_version_of_its_keys() {
    assert!(write(&Schema::default(), |_| false).contains("\"version\": 1"));
    let newer = "{\"fields\": [],\n\"calcSeries\": {\"version\": 2}}";
    assert_refused(newer, &["schema-invalid 2 /calcSeries/version", "of version 2"]);
    assert_refused(r#"{"fields": [], "calcSeries": {"version": "1"}}"#, &["whole number"]);
}
