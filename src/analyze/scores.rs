//! The scores of ordered levels, which a test for trend needs.

use super::natural::{ladder, sort_naturally};
use crate::decimal::Decimal;
use crate::schema::Variable;
use crate::schema::header::names_a_grading;
use std::fmt;

/// The levels of an ordered variable, upwards, each with its score.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scores {
    levels: Vec<(String, Decimal)>,
    /// True where the schema gives the scores, false where they are the ranks of the levels.
    pub are_stated: bool,
}

impl Scores {
    /// The scores of levels whose order means something: that of the schema, with its scores or else by rank; or the
    /// numbers or Roman numerals of a column whose header is a grade, a stage, a dose or a class that is graded, by rank.
    /// None for all others: a race and a class of drugs coded 1, 2, 3 have no order.
    pub fn of<'l>(variable: &'l Variable, met: impl IntoIterator<Item = &'l str>) -> Option<Scores> {
        let declared = || variable.levels.iter().map(|level| level.value.as_str());
        let mut levels: Vec<&str> = declared().collect();
        levels.extend(met.into_iter().filter(|level| !declared().any(|known| known == *level)));
        if !variable.scores.is_empty() {
            let scored = levels.iter().map(|level| Some(((*level).to_owned(), *variable.scores.get(*level)?)));
            return Some(Scores { levels: scored.collect::<Option<_>>()?, are_stated: true });
        }
        if variable.is_ordered {
            return (levels.len() == variable.levels.len()).then(|| Scores::by_rank(&levels));
        }
        ladder(&levels).filter(|_| names_a_grading(&variable.header))?;
        sort_naturally(&mut levels, |level| level);
        Some(Scores::by_rank(&levels))
    }

    /// The ranks of two levels, between which every order gives the same p.
    pub fn of_two(levels: [&str; 2]) -> Scores {
        Scores::by_rank(&levels)
    }

    fn by_rank(levels: &[&str]) -> Scores {
        let ranked = (1_i64..).zip(levels).map(|(rank, level)| ((*level).to_owned(), Decimal::from_int(rank)));
        Scores { levels: ranked.collect(), are_stated: false }
    }

    /// The scores of these levels, in their order. None where one has none.
    pub fn of_levels(&self, levels: &[String]) -> Option<Vec<f64>> {
        use num_traits::ToPrimitive;
        let score = |level: &String| self.levels.iter().find(|(known, _)| known == level)?.1.to_ratio().to_f64();
        levels.iter().map(score).collect()
    }

    /// Each level with its score.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Decimal)> {
        self.levels.iter().map(|(level, score)| (level.as_str(), *score))
    }
}

/// `scores by rank: low 1, middle 2, high 3`.
impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whence = if self.are_stated { "of the schema" } else { "by rank" };
        let scores: Vec<String> = self.iter().map(|(level, score)| format!("{level} = {score}")).collect();
        write!(f, "scores {whence}: {}", scores.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::Scores;
    use crate::decimal::Decimal;
    use crate::schema::{Level, Variable};

    fn scores(header: &str, levels: &[&str]) -> Option<String> {
        Scores::of(&Variable::new(header), levels.iter().copied()).map(|scores| scores.to_string())
    }

    #[test]
    fn only_a_grading_has_an_order_of_its_own() {
        let of_doses = Some("scores by rank: 1 = 1, 2 = 2, 10 = 3".to_owned());
        assert_eq!(scores("dose", &["10", "1", "2"]), of_doses);
        assert_eq!(scores("NYHA class", &["II", "I", "IV"]), Some("scores by rank: I = 1, II = 2, IV = 3".to_owned()));
        assert_eq!(
            scores("Tumour stage", &["IIb", "I", "IIa"]),
            Some("scores by rank: I = 1, IIa = 2, IIb = 3".to_owned())
        );
        for header in
            ["Child-Pugh class", "functional class", "WHO-FC class", "risk_class", "ASA Klasse", "clase funcional"]
        {
            assert!(scores(header, &["1", "2"]).is_some(), "{header}");
        }
        for (header, levels) in [
            ("race", ["1", "2"]),
            ("grade", ["low", "high"]),
            ("center", ["I", "II"]),
            ("classic", ["1", "2"]),
            ("drug class", ["1", "2"]),
            ("class", ["1", "2"]),
            ("Wirkstoffklasse", ["1", "2"]),
            ("classe de molécule", ["I", "II"]),
        ] {
            assert_eq!(scores(header, &levels), None, "{header}");
        }
    }

    #[test]
    fn the_schema_states_the_order_and_the_scores() {
        let levels = ["low", "high"].map(|value| Level { value: value.to_owned(), label: None });
        let listed = Variable { levels: levels.to_vec(), ..Variable::new("risk") };
        assert_eq!(Scores::of(&listed, ["high"]), None);
        let ordered = Variable { is_ordered: true, ..listed.clone() };
        assert_eq!(Scores::of(&ordered, ["high"]).unwrap().to_string(), "scores by rank: low = 1, high = 2");
        assert_eq!(Scores::of(&ordered, ["middle"]), None);
        let scores = [("low", "0.5"), ("high", "4")].map(|(l, s)| (l.to_owned(), Decimal::parse(s).unwrap()));
        let scored = Variable { scores: scores.into(), ..listed };
        let found = Scores::of(&scored, []).unwrap();
        assert_eq!(found.to_string(), "scores of the schema: low = 0.5, high = 4");
        assert_eq!(found.of_levels(&["high".to_owned(), "low".to_owned()]), Some(vec![4.0, 0.5]));
        assert_eq!(Scores::of(&scored, ["middle"]), None);
    }
}
