//! The messages for wrong filters, whole and as they are printed.

use super::tests::{case, columns, variables};
use super::*;
use crate::error::Error;
use crate::schema::Variable;
use std::fmt::Write;
use std::path::Path;

/// Filters with one fault each.
const WRONG: [&str; 154] = [
    "",
    "  ",
    "age <",
    "age",
    "age 10",
    "age < 10 and",
    "and age < 10",
    "age == 10",
    "age < ten",
    "age < folow_up",
    "n_items(etiology) is null",
    "etiology = \"idiopathic\"",
    "age < '10'",
    "age < 10 10",
    "(age < 10",
    "age < 10)",
    "age = null",
    "age is 5",
    "age not 5",
    "age in 5",
    "age in ()",
    "age in (5",
    "age between 5 or 6",
    "age between 6 and 5",
    "age like '5%'",
    "age < 5y",
    "visit > 2018-03-14",
    "visit > 'May 2018'",
    "visit like '2018%'",
    "25oh > 5",
    "age < 1e30",
    "age < 5,5",
    "5 < 6",
    "'a'",
    "n_items(sites)",
    "n_item(sites) > 2",
    "foo(sites)",
    "true",
    "etiology = 'idiopathic",
    "\"age < 5",
    "age < 5 ; drop",
    "age ≥ 5",
    "age < 10 && age > 5",
    "etiology = ‘x’",
    "agee < 10",
    "zzz < 10",
    "etiology = idiopathic",
    "etiology < 'x'",
    "etiology = 5",
    "etiology = 'NR'",
    "etiology = true",
    "etiology",
    "etiology between 'a' and 'b'",
    "age < 10 and etiology = 'idiopatic'",
    "etiology in ('idiopathic', 'zzz')",
    "etiology <> 'JDN'",
    "sites = 'knee'",
    "sites",
    "sites like 'k%'",
    "has(sites, knee)",
    "has(sites)",
    "has(etiology, 'knee')",
    "has(sites, 'kne')",
    "has(sites, 'knee') = true",
    "n_items(etiology) > 1",
    "n_items(sites) = 'x'",
    "n_items(sites) like 'x'",
    "n_lines(sites) > 1",
    "true = has(sites, 'knee')",
    "treatment = 'colchicine'",
    "any_line(etiology, agent = 'x')",
    "any_line(agent = 'colchicin')",
    "any_line(agnet = 'colchicine')",
    "any_line(response = 'non')",
    "any_line(response = 'qqq')",
    "any_line(class = 'glucocorticoids')",
    "any_line(muscel = 'none')",
    "any_line(confirmd)",
    "any_line(confirmed = 5)",
    "any_line(line = 'x')",
    "any_line(line)",
    "any_line(agent)",
    "any_line(agent < 'x')",
    "any_line(agent = 5)",
    "any_line(agent = colchicine)",
    "any_line(has(sites, 'knee'))",
    "any_line(n_items(sites) > 2)",
    "any_line(any_line(line = 1))",
    "any_line(agent = 'x'",
    "relapsed = 'positive'",
    "relapsed = 5",
    "relapsed > 'no'",
    "sex",
    "sex = 'd'",
    "age = etiology",
    "age < n_items(etiology)",
    "history = 5",
    "history < 'a'",
    "relapsed like 5",
    "any_line()",
    "not",
    "has(",
    "\u{1b}[2J",
    "age\n  <\n oops",
    "true = sex",
    "sex = true",
    "visit > '5'",
    "not relapsed = '5'",
    "etiology = 'idiopathic' )",
    "a\nb",
    "etiology\t=\t'zzz' or etiology is null",
    "history = 'NR'",
    "any_line(class is not null and class = 'x')",
    "any_line(line between 3 and 1)",
    "any_line('x' = agent)",
    "any_line(muscle)",
    "any_line(muscle = 5)",
    "any_line(evaluable < true)",
    "age in (5, '6')",
    "age between 5 and null",
    "date of birth = 'x'",
    "\"date of birth\" = 'x'",
    "any_line(route = 'orl')",
    "any_line(route = 'qqqqqq')",
    "any_line(route in ('oral', 5))",
    "any_line(route)",
    "any_line(route < 'oral')",
    "any_line(rout = 'oral')",
    "any_line(detail = 5)",
    "any_line(detail)",
    "any_line(taper = 'slowly')",
    "any_line(tapr)",
    "any_line(whole(age))",
    "any_line(in_order(line = 1, line = 2))",
    "in_order(line = 1)",
    "in_order()",
    "in_order(treatment, line = 1)",
    "in_order(responder)",
    "in_order(line = 1, )",
    "in_order(line = 1, line = 2",
    "in_order(line = 1 line = 2)",
    "in_order(etiology, line = 1, line = 2)",
    "in_order(treatmnt, line = 1, line = 2)",
    "in_order(respondr, relapsed)",
    "in_order(line = 1, agent = 'colchicin')",
    "in_order(line = 1, treatment)",
    "in_order(line = 1, any_line(line = 2))",
    "in_order(line = 1, line = 2) = true",
    "inorder(line = 1, line = 2)",
    "whole(sites)",
    "whole(agee)",
    "whole(5)",
    "whole(age, follow_up)",
    "whole(age) = true",
];

/// Judges one case with a filter that fits the columns.
fn fault(filter: &str, variables: &[Variable]) -> Option<FilterFault> {
    let columns = columns(variables);
    let judged = Filter::parse(filter).and_then(|filter| filter.bind(&columns)).and_then(|mut bound| {
        let cells = [("etiology", "idiopathic"), ("sites", "elbow;knee"), ("relapsed", "yes")];
        bound.judge(&case(variables, &[&cells[..], &[("treatment", "colchicine: none, muscle=improved")]].concat()));
        bound.check_levels()
    });
    judged.err()
}

fn printed(filter: &str, fault: FilterFault) -> String {
    match fault.into_error(filter) {
        Error::Usage { message, excerpt: Some(excerpt), remedy: Some(remedy), .. } => {
            let excerpt: String = excerpt.lines().map(|line| format!("    {line}\n")).collect();
            format!("error: {message}\n{excerpt}  help: {remedy}\n")
        }
        other => panic!("{filter}: {other:?} has no remedy"),
    }
}

#[test]
fn every_fault_is_reported_as_in_the_golden_file() {
    let variables = variables();
    let mut text = String::new();
    for filter in WRONG {
        let fault = fault(filter, &variables).unwrap_or_else(|| panic!("{filter} is not wrong"));
        writeln!(text, "{}", printed(filter, fault)).unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/filter-faults.txt");
    if std::env::var_os("CALC_SERIES_BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    assert_eq!(expected.matches("error: ").count(), WRONG.len());
    for (expected, got) in expected.split("\n\n").zip(text.split("\n\n")) {
        assert_eq!(expected, got);
    }
    assert_eq!(expected, text);
}

#[test]
fn a_filter_is_at_most_4_kib_long_and_64_levels_deep() {
    let deep = |open: &str, depth: usize, close: &str| {
        let filter = format!("{}age < 10{}", open.repeat(depth), close.repeat(depth));
        Filter::parse(&filter).map_err(|fault| (fault.message, fault.at))
    };
    let too_deep = |at| Err(("the filter is more than 64 levels deep".to_owned(), at));
    for (open, close, last) in [("(", ")", 64..65), ("not ", "", 256..259), ("not (", ")", 160..163)] {
        let levels = if open == "not (" { 32 } else { 64 };
        assert!(deep(open, levels, close).is_ok(), "{open}");
        assert_eq!(deep(open, levels + 1, close), too_deep(last.clone()), "{open}");
        assert_eq!(deep(open, 4000 / (open.len() + close.len()), close), too_deep(last), "{open}");
    }
    assert!(deep("any_line(", 64, ")").is_ok() && deep("any_line(", 65, ")").is_err());
    assert!(deep("in_order(line=1,", 64, ")").is_ok() && deep("in_order(line=1,", 65, ")").is_err());
    let wide = format!("in_order({})", vec!["line=1"; 580].join(","));
    assert!(wide.len() < 4096 && Filter::parse(&wide).is_ok());
    assert!(deep("(", 4088, "").is_err());
    let long = |length: usize| format!("age < 10{}", " ".repeat(length - 8));
    assert!(Filter::parse(&long(4096)).is_ok());
    assert_eq!(Filter::parse(&long(4097)).unwrap_err().message, "the filter is longer than 4 KiB");
    let chain = vec!["age<10"; 400].join(" or ");
    assert!(chain.len() < 4096 && Filter::parse(&chain).is_ok());
}

#[test]
fn a_level_exists_where_the_schema_declares_it_or_any_part_of_the_cases_has_it() {
    let variables = variables();
    let columns = columns(&variables);
    // No case satisfies the first condition; the level is checked all the same.
    let filter = Filter::parse("age > 200 and etiology in ('idiopathic', 'x', 'systemic sclerosis', 'JDM')").unwrap();
    let bound = filter.bind(&columns).unwrap();
    let of = |etiologies: &[&str]| {
        let mut part = bound.clone();
        etiologies.iter().for_each(|etiology| {
            assert_eq!(part.judge(&case(&variables, &[("age", "6"), ("etiology", etiology)])), Truth::False);
        });
        part
    };
    let (mut one, other) = (of(&["idiopathic", "NR", "idiopathic"]), of(&["x", "y"]));
    let missing = |bound: &BoundFilter| bound.check_levels().unwrap_err().message;
    assert_eq!(missing(&bound), "etiology has no level 'idiopathic'");
    assert_eq!((missing(&one), missing(&other)), ("etiology has no level 'x'".to_owned(), missing(&bound)));
    one.absorb(&other);
    assert_eq!(one.check_levels(), Ok(()));
}

#[test]
fn values_of_a_column_that_is_withheld_are_not_offered() {
    use crate::schema::{Kind, Role};
    let column = Variable { role: Role::DirectIdentifier, kind: Kind::Category, ..Variable::new("name") };
    let variables = [column];
    let columns = columns(&variables);
    let mut bound = Filter::parse("name = 'Smithe'").unwrap().bind(&columns).unwrap();
    assert_eq!(bound.judge(&tests::TestCase(vec!["Smith".to_owned()])), Truth::False);
    let fault = bound.check_levels().unwrap_err();
    assert_eq!((fault.message.as_str(), fault.remedy), ("name has no level 'Smithe'", None));
}

#[test]
fn the_column_of_any_line_is_the_only_one_or_that_of_the_treatment() {
    use crate::schema::{Kind, Role};
    let lines = |name: &str, role: Role| Variable { kind: Kind::Lines, role, ..Variable::new(name) };
    let bind = |variables: &[Variable], filter: &str| {
        Filter::parse(filter)
            .unwrap()
            .bind(&columns(variables))
            .map(drop)
            .map_err(|fault| (fault.message, fault.remedy))
    };
    let none = |remedy: Option<&str>| ("no column contains treatment lines".to_owned(), remedy.map(str::to_owned));
    assert_eq!(bind(&[], "any_line(line = 1)"), Err(none(None)));
    let drug = Variable { role: Role::Treatment, ..Variable::new("Drug given") };
    let remedy = "if 'Drug given' contains them: --kind 'Drug given=lines'";
    assert_eq!(bind(&[drug], "any_line(line = 1)"), Err(none(Some(remedy))));
    let both = [lines("first line", Role::Other), lines("later", Role::Other)];
    let several = (
        "several columns contain treatment lines".to_owned(),
        Some("name one of them: any_line(\"first line\", ...)".to_owned()),
    );
    assert_eq!(bind(&both, "any_line(line = 1)"), Err(several));
    assert_eq!(bind(&both, "any_line(later, line = 1)"), Ok(()));
    assert_eq!(bind(&both, "in_order(later, line = 1, line = 2)"), Ok(()));
    let remedy = bind(&both, "in_order(relapsed, line = 2)").unwrap_err().1;
    assert_eq!(remedy.as_deref(), Some("name one of them: in_order(\"first line\", ...)"));
    assert_eq!(bind(&both[1..], "any_line(line = 1)"), Ok(()));
    assert_eq!(bind(&[lines("a", Role::Treatment), lines("b", Role::Other)], "any_line(line = 1)"), Ok(()));
    let classes = bind(&both, "any_line(later, class = 'x')").unwrap_err();
    assert_eq!(classes.0, "later has no classes of agents");
}
