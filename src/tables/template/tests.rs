use super::*;
use proptest::prelude::*;
use proptest::test_runner::Config;

fn parsed(text: &str) -> Template {
    Template::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn number(text: &str) -> Option<PrintedStatistic> {
    Some(PrintedStatistic::Number(text.to_owned()))
}

fn filled(text: &str) -> String {
    parsed(text).fill(|statistic| match statistic.name() {
        "mean" => number("5.9"),
        "sd" | "p90" => number("2.7"),
        "n" => number("4"),
        "N" => number("5"),
        "p" => number("80"),
        "p75" => Some(PrintedStatistic::Masked),
        "max" => number(">1280"),
        _ => None,
    })
}

#[test]
fn names_are_replaced_by_their_statistics() {
    for (template, expected) in [
        ("{mean} ({sd})", "5.9 (2.7)"),
        ("{mean}±{ sd }", "5.9±2.7"),
        ("{n}/{N} ({p}%)", "4/5 (80%)"),
        ("{{{mean}}} {{}}", "{5.9} {}"),
        ("μ = {mean}", "μ = 5.9"),
        ("{p90}; {max}", "2.7; >1280"),
        ("{mean} ({p10})", "5.9 (NE)"),
        ("{n} ({p75}%)", "4 (masked)"),
        ("{n} ({p25}%, {p}%)", "4 (NE, 80%)"),
        ("{p25} ({p10}%)", "NE"),
        ("100% {mean}", "100% 5.9"),
    ] {
        assert_eq!(filled(template), expected, "{template}");
    }
}

#[test]
fn a_row_is_called_after_its_statistics() {
    for (template, expected) in [
        ("{mean} ({sd})", "Mean (SD)"),
        ("{median} ({p25}, {p75})", "Median (Q1, Q3)"),
        ("{min}, {max}", "Min, Max"),
        ("{n} ({p}%)", "n (%)"),
        ("{n} ({p})", "n (%)"),
        ("{n}/{N} ({p}%; {conf.low}–{conf.high}%)", "n/N (%; CI%)"),
        ("{mean} ({conf.low} to {conf.high})", "Mean (CI)"),
        ("{conf.low}", "CI lower limit"),
        ("{p10}–{p90}", "P10–P90"),
        ("{cv}%", "CV%"),
        ("{geometric_mean} {{{iqr}}}", "Geometric mean {IQR}"),
    ] {
        assert_eq!(parsed(template).label(), expected, "{template}");
    }
}

#[test]
fn an_invalid_template_is_refused_with_the_position() {
    for (template, message, remedy) in [
        ("{meen} ({sd})", "character 1: no statistic is named 'meen'", "did you mean {mean}?"),
        ("μ {mean} ({SD})", "character 11: no statistic is named 'SD'", "did you mean {sd}?"),
        ("{Q1}", "character 1: no statistic is named 'Q1'", "write {p25}"),
        ("{range}", "character 1: no statistic is named 'range'", "write {min}–{max}"),
        ("{p100}", "character 1: no statistic is named 'p100'", "write {max}"),
        ("{}", "character 1: no statistic is named ''", "one of N, n, p, "),
        ("{mean", "character 1: unmatched '{'", "write {{ for a literal brace"),
        ("mean}", "character 5: unmatched '}'", "write }} for a literal brace"),
        ("mean (SD)", "character 1: no statistic in braces", "for example '{mean} ({sd})'"),
        ("", "character 1: no statistic in braces", "for example"),
    ] {
        let Err(Error::Usage { message: found, remedy: Some(help), .. }) = Template::parse(template) else {
            panic!("{template} was read")
        };
        assert_eq!(found, format!("in the template '{template}', {message}"));
        assert!(help.starts_with(remedy), "{template}: {help}");
    }
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn no_text_panics_and_doubled_braces_are_text(text in "[{}a-z% ü.]{0,12}") {
        let _ = Template::parse(&text);
        let doubled = text.replace('{', "{{").replace('}', "}}") + "{mean}";
        prop_assert_eq!(filled(&doubled), format!("{text}5.9"));
    }
}
