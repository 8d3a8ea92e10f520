//! Outcomes measured as numbers before and after the treatment (C17).

use super::case_share::CaseShare;
use super::case_sink::CaseSink;
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::item::Conclusions;
use super::rule::ValidationRule;
use super::sink::FindingSink;
use crate::cohort::case::CaseColumn;
use crate::diagnostic::FindingId;
use crate::schema::Kind;
use crate::schema::header::normalise;

const TWICE: FindingId = FindingId::NotMeasuredBeforeAndAfter;

/// Words in the name of a first measurement, and of a later one.
const BEFORE: [&str; 6] = ["before", "baseline", "pre", "initial", "start", "first"];
const AFTER: [&str; 7] = ["after", "post", "final", "end", "last", "followup", "later"];

/// Pairs of columns with the same quantity, such as `ck_before` and `ck_after`.
#[derive(Clone)]
pub struct MeasuredTwice<'a> {
    pairs: Vec<(CaseColumn<'a>, CaseColumn<'a>)>,
    share: CaseShare,
}

impl<'a> MeasuredTwice<'a> {
    /// For the columns of a cohort.
    pub fn new(lookup: &ColumnLookup<'a>) -> MeasuredTwice<'a> {
        let numbers: Vec<CaseColumn<'a>> =
            lookup.all().filter(|column| column.variable().kind == Kind::Number).collect();
        let base = |column: &CaseColumn<'a>, words: &[&str]| without_word(&column.variable().name, words);
        let mut pairs = Vec::new();
        for one in &numbers {
            let Some(name) = base(one, &BEFORE) else { continue };
            pairs.extend(
                numbers.iter().find(|other| base(other, &AFTER).as_ref() == Some(&name)).map(|other| (*one, *other)),
            );
        }
        MeasuredTwice { pairs, share: CaseShare::default() }
    }
}

/// The name without these words. None where it has none of them, and where nothing else is left.
fn without_word(name: &str, words: &[&str]) -> Option<String> {
    let name = normalise(name).replace("follow up", "followup");
    let rest: Vec<&str> = name.split(' ').filter(|word| !words.contains(word)).collect();
    let is_shorter = rest.len() < name.split(' ').count() && !rest.is_empty();
    is_shorter.then(|| rest.join(" "))
}

impl ValidationRule for MeasuredTwice<'_> {
    fn look(&mut self, case: &CaseView<'_>, _: &mut CaseSink<'_>) {
        let is_measured =
            |(one, other): &(CaseColumn<'_>, CaseColumn<'_>)| case.is_number(one) && case.is_number(other);
        self.share.add(self.pairs.iter().any(is_measured), case);
    }

    fn absorb(&mut self, other: Self) {
        self.share.absorb(other.share);
    }

    fn conclude(self, sink: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        let found = format!("an outcome measured as a number before and after treatment: {}", self.share.words());
        if !self.share.is_full() {
            let remedy =
                "add pairs of columns such as ck_before and ck_after with the values before and after treatment";
            sink.of_series(TWICE, format!("{found} cases"), remedy);
        }
        conclusions.judge(TWICE, self.share.is_full(), found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_share_the_rest_of_their_names() {
        assert_eq!(without_word("CK_before", &BEFORE), Some("ck".into()));
        assert_eq!(without_word("ck after (U/L)", &AFTER), Some("ck u l".into()));
        assert_eq!(without_word("ck at follow-up", &AFTER), Some("ck at".into()));
        assert_eq!(without_word("before", &BEFORE), None);
        assert_eq!(without_word("ck", &BEFORE), None);
    }
}
