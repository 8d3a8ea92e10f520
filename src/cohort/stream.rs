//! The cases one after the other, in the order of the files; one block is in memory at a time.

use super::case::{Case, CaseColumns};
use super::composer::Composer;
use crate::diagnostic::{Findings, Severity};
use crate::error::Error;
use crate::read::{Batch, Columns, Feed, Inputs};

/// Visits every case of the inputs, and returns their number.
///
/// `columns` are those found by the pass before. Errors: inputs that can be
/// read only once, that changed since, or what `visit` refuses, which ends the visit.
pub fn each_case(
    inputs: &Inputs,
    columns: &Columns,
    cases: &CaseColumns<'_>,
    visit: impl FnMut(&Case<'_>) -> Result<(), Error>,
) -> Result<u64, Error> {
    inputs.unchanged(|| visit_cases(inputs, columns, cases, visit))
}

fn visit_cases(
    inputs: &Inputs,
    columns: &Columns,
    cases: &CaseColumns<'_>,
    mut visit: impl FnMut(&Case<'_>) -> Result<(), Error>,
) -> Result<u64, Error> {
    let mut feed = Feed::new(inputs);
    let (mut batch, mut notes) = (Batch::default(), Findings::default());
    let mut composer = Composer::new(cases.all().iter().map(|column| (column.rules, column.column)), columns.names());
    while feed.next(&mut batch)? {
        batch.decode(columns, &mut notes)?;
        // The pass before has reported the findings about the cells.
        composer.compose(&mut batch.block, |_| {});
        for row in 0..batch.block.rows() {
            visit(&Case::new(&batch.block, row, cases))?;
        }
    }
    let visited = feed.rows();
    let mut findings = feed.into_findings();
    findings.merge(notes);
    if findings.count(Severity::Error) > 0 { Err(findings.into()) } else { Ok(visited) }
}

/// Refuses inputs that can be read only once.
pub fn ensure_can_be_read_twice(inputs: &Inputs) -> Result<(), Error> {
    if inputs.can_be_read_again() {
        return Ok(());
    }
    Err(Error::usage_with(
        "a listing reads the cases twice, and standard input is too long to keep in memory",
        "save it to a file first: cat > cases.csv; calc-series cases cases.csv",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::case::{CaseCell, CaseColumn};
    use crate::cohort::cell::{CellRules, CellState, Items, LevelState, LinesState, SetState};
    use crate::schema::{Kind, MissingReason, Role, Variable};

    const CASES: &str = "\
id,age,sex,dx,sites,hb,tx,end
P1,30 months,F,lupus,knee;elbow,8.4,a: none; b,dead
P2,,M,,none,,,
";

    fn variables() -> Vec<Variable> {
        let of = |header: &str, role, kind| {
            let delimiter = matches!(kind, Kind::Set | Kind::Lines).then_some(';');
            Variable { role, kind, delimiter, ..Variable::new(header) }
        };
        vec![
            of("id", Role::CaseId, Kind::Category),
            of("age", Role::Age, Kind::Number),
            of("sex", Role::Sex, Kind::Category),
            of("dx", Role::Etiology, Kind::Category),
            of("sites", Role::Site, Kind::Set),
            of("hb", Role::Lab, Kind::Number),
            of("tx", Role::Treatment, Kind::Lines),
            of("end", Role::Outcome, Kind::Category),
        ]
    }

    fn visit(
        id: Option<usize>,
        mut look: impl FnMut(&CaseColumns<'_>, &Case<'_>) -> Result<(), Error>,
    ) -> Result<u64, Error> {
        let variables = variables();
        let column = |(column, variable)| CaseColumn {
            column,
            rules: CellRules { variable, decimal_comma: false, extra_missing: &[] },
        };
        let columns = CaseColumns::new(variables.iter().enumerate().map(column).collect(), id);
        let inputs = Inputs::embedded("cases.csv", CASES).unwrap();
        each_case(&inputs, &Columns::default(), &columns, |case| look(&columns, case))
    }

    #[test]
    fn a_case_is_seen_by_role() {
        let mut ids = Vec::new();
        let visited = visit(Some(0), |columns, case| {
            ids.push(case.id());
            let cell = |role| columns.of_role(role).next().map(|column| case.cell(&column));
            if case.number() == 2 {
                assert_eq!(cell(Role::Site), Some(CaseCell::Set(SetState::Items(Items::default()))));
                assert_eq!(cell(Role::Outcome), Some(CaseCell::Level(LevelState::Missing(MissingReason::NotReported))));
                assert_eq!(
                    cell(Role::Treatment),
                    Some(CaseCell::Lines(LinesState::Missing(MissingReason::NotReported)))
                );
                assert_eq!(case.person().age_years, None);
                return Ok(());
            }
            let level = |text: &str| Some(CaseCell::Level(LevelState::Level(text.to_owned())));
            assert_eq!([Role::Sex, Role::Etiology, Role::Outcome].map(cell), ["F", "lupus", "dead"].map(level));
            assert!(matches!(cell(Role::Age), Some(CaseCell::Number(CellState::Value(age))) if age.value.parts == 12));
            assert!(
                matches!(cell(Role::Treatment), Some(CaseCell::Lines(LinesState::Lines(lines))) if lines.len() == 2)
            );
            assert!(matches!(cell(Role::Lab), Some(CaseCell::Number(CellState::Value(_)))));
            assert_eq!(case.person().sex.as_deref(), Some("F"));
            assert_eq!(&*case.bytes(7), b"dead");
            Ok(())
        });
        assert_eq!(visited.unwrap(), 2);
        assert_eq!(ids, ["P1", "P2"]);
    }

    #[test]
    fn a_case_without_an_id_has_its_number_and_a_refusal_ends_the_visit() {
        let mut seen = Vec::new();
        let visited = visit(None, |_, case| {
            seen.push(case.id());
            Err(Error::usage("enough"))
        });
        assert_eq!((visited.is_err(), seen), (true, vec!["1".to_owned()]));
    }
}
