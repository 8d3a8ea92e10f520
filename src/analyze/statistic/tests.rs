use super::{Percentile, Statistic};
use crate::stats::quantile::Probability;

#[test]
fn every_name_reads_back_as_its_statistic() {
    assert_eq!(Statistic::all().count(), 195);
    for statistic in Statistic::all() {
        assert_eq!(Statistic::parse(statistic.name()), Some(statistic));
        assert_eq!(statistic.to_string(), statistic.name());
        assert!(!statistic.label().is_empty() && !statistic.formula().is_empty(), "{statistic}");
    }
}

#[test]
fn a_percentile_has_one_name_and_its_probability() {
    assert_eq!(Statistic::parse("p50"), Some(Statistic::MEDIAN));
    assert_eq!(Statistic::MEDIAN.name(), "median");
    let p90 = Percentile::new(90).unwrap();
    assert_eq!((Statistic::Percentile(p90).name(), p90.probability()), ("p90", Probability::new(90, 100).unwrap()));
    assert!(["p0", "p100", "p05", "p2.5", "P10", "p+5"].iter().all(|name| Statistic::parse(name).is_none()));
}
