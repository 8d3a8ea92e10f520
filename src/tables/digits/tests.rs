use super::*;

const VARIABLES: [&str; 4] = ["age", "p", "titre.1", "follow up"];

fn resolved(text: &str) -> Result<DigitsRule, Error> {
    text.parse::<DigitsOption>()?.resolve(&VARIABLES)
}

fn error(text: &str) -> String {
    match resolved(text) {
        Err(error @ Error::Usage { .. }) => format!("{error}; {}", error.remedy().unwrap_or_default()),
        other => format!("{other:?}"),
    }
}

#[test]
fn every_form_is_read() {
    use DecimalPlaces::{Decimals, Significant};
    for (text, variable, statistic, places) in [
        ("1", None, None, Decimals(1)),
        ("sig3", None, None, Significant(3)),
        ("age=1", Some("age"), None, Decimals(1)),
        ("age = sig3", Some("age"), None, Significant(3)),
        ("mean=0", None, Some("mean"), Decimals(0)),
        ("age.mean=2", Some("age"), Some("mean"), Decimals(2)),
        ("age.conf.low=2", Some("age"), Some("conf.low"), Decimals(2)),
        ("conf.high=2", None, Some("conf.high"), Decimals(2)),
        ("p90=2", None, Some("p90"), Decimals(2)),
        ("age.p90=2", Some("age"), Some("p90"), Decimals(2)),
        ("titre.1=2", Some("titre.1"), None, Decimals(2)),
        ("titre.1.sd=2", Some("titre.1"), Some("sd"), Decimals(2)),
        ("follow up.iqr=18", Some("follow up"), Some("iqr"), Decimals(18)),
        ("p=1", Some("p"), None, Decimals(1)),
        ("*.p=1", None, Some("p"), Decimals(1)),
    ] {
        let statistic = statistic.and_then(Statistic::parse);
        let expected = DigitsRule { variable: variable.map(str::to_owned), statistic, places };
        assert_eq!(resolved(text).expect(text), expected, "{text}");
    }
}

#[test]
fn an_unknown_name_is_refused_with_the_nearest_one() {
    for (text, expected) in [
        ("meen=1", "--digits: 'meen' is not a column or statistic; did you mean mean?"),
        ("agee=1", "--digits: 'agee' is not a column or statistic; did you mean age?"),
        ("folow up=1", "--digits: 'folow up' is not a column or statistic; did you mean 'follow up'?"),
        ("age.medain=1", "--digits: 'medain' is not a statistic; did you mean median?"),
        ("=1", "--digits: '' is not a column or statistic; one of age, p, titre.1, 'follow up', p, p_miss, mean, sd, "),
        (
            "age=x",
            "--digits: 'x' is not a valid number of digits; decimals: 0 to 18; significant digits: sig1 to sig18",
        ),
        ("19", "--digits: '19' is not a valid number of digits; "),
        ("sig0", "--digits: 'sig0' is not a valid number of digits; "),
        ("+1", "--digits: '+1' is not a valid number of digits; "),
        ("", "--digits: '' is not a valid number of digits; "),
        (
            "n=1",
            "--digits: n is a count: it is always a whole number, without decimals; the statistics with digits: p, ",
        ),
        ("age.N_miss=1", "--digits: N_miss is a count: it is always a whole number, without decimals; "),
        ("*.N=1", "--digits: N is a count: it is always a whole number, without decimals; "),
    ] {
        assert!(error(text).starts_with(expected), "{text}: {}", error(text));
    }
}
