use super::*;

const VARIABLES: [(&str, Kind); 5] =
    [("age", Kind::Number), ("crp", Kind::Number), ("sex", Kind::Binary), ("sites", Kind::Set), ("date", Kind::Date)];

fn resolved(texts: &[&str]) -> Result<StatRules, Error> {
    let options: Result<Vec<StatOption>, Error> = texts.iter().map(|text| text.parse()).collect();
    StatRules::resolve(&options?, &VARIABLES)
}

fn labels(rules: &StatRules, variable: &str, kind: Kind) -> Option<Vec<String>> {
    rules.templates_for(variable, kind).map(|templates| templates.iter().map(Template::label).collect())
}

fn error(text: &str) -> String {
    match resolved(&[text]) {
        Err(error @ Error::Usage { .. }) => format!("{error}; {}", error.remedy().unwrap_or_default()),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_variable_has_its_own_templates_else_those_of_its_kind() {
    let texts = ["{mean} ({sd})", "age={median}", "age={min}, {max}", "category={n} ({p}%)", "sites={n}"];
    let rules = resolved(&texts).expect("rules");
    let of = |variable, kind| labels(&rules, variable, kind).map(|labels| labels.join("; "));
    assert_eq!(of("age", Kind::Number).as_deref(), Some("Median; Min, Max"));
    assert_eq!(of("crp", Kind::Number).as_deref(), Some("Mean (SD)"));
    assert_eq!(of("sex", Kind::Binary).as_deref(), Some("n (%)"));
    assert_eq!(of("sites", Kind::Set).as_deref(), Some("n"));
    assert_eq!((of("date", Kind::Date), of("notes", Kind::Text)), (None, None));
    let named: Vec<&str> = rules.statistics().map(Statistic::name).collect();
    assert_eq!(named, ["median", "min", "max", "n", "mean", "sd", "n", "p"]);
    assert_eq!(StatRules::default().templates_for("age", Kind::Number), None);
}

#[test]
fn a_binary_can_differ_from_a_category() {
    let rules = resolved(&["category={n}", "binary={p}%", "number = {mean}= {sd}"]).expect("rules");
    assert_eq!(labels(&rules, "sex", Kind::Binary), Some(vec!["%".to_owned()]));
    assert_eq!(labels(&rules, "crp", Kind::Number), Some(vec!["Mean= SD".to_owned()]));
}

#[test]
fn a_column_goes_before_a_kind_of_its_name() {
    let rules = resolved(&["date={min} to {max}"]).expect("rules");
    assert_eq!(labels(&rules, "date", Kind::Date), Some(vec!["Min to Max".to_owned()]));
    assert_eq!(labels(&rules, "onset", Kind::Date), None);
}

#[test]
fn what_does_not_fit_is_refused() {
    for (text, expected) in [
        ("agee={mean}", "--stat: 'agee' is neither a column nor a kind; did you mean age?"),
        ("numbers={mean}", "--stat: 'numbers' is neither a column nor a kind; did you mean number?"),
        (
            "x y={mean}",
            "--stat: 'x y' is neither a column nor a kind; one of age, crp, sex, sites, date, number, category, ",
        ),
        ("text={N}", "--stat: 'text' is neither a column nor a kind; "),
        (
            "age={n}",
            "--stat: age, a number, has no statistic 'n'; it has {N}, {N_obs}, {N_miss}, {p_miss}, {N_stated}, {N_censored}, ",
        ),
        ("sex={p10}", "--stat: sex, a binary, has no statistic 'p10'; it has {N}, {n}, {p}, {N_obs}, "),
        ("set={mean}", "--stat: set has no statistic 'mean'; it has {N}, {n}, "),
        ("{n_treated}", "--stat: number has no statistic 'n_treated'; "),
        (
            "age={men}",
            "--stat: in the template '{men}', character 1: no statistic is named 'men'; did you mean {mean}?",
        ),
    ] {
        assert!(error(text).starts_with(expected), "{text}: {}", error(text));
    }
}
