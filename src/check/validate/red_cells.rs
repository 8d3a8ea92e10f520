//! Red-cell indices that contradict one another.
//!
//! MCHC [g/dL] = 100 · MCH [pg] / MCV [fL], and hematocrit [%] = 100 · hemoglobin [g/dL] / MCHC [g/dL].

use super::case_sink::{CaseSink, CellFinding};
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::rule::ValidationRule;
use crate::cohort::case::CaseColumn;
use crate::decimal::Exact;
use crate::diagnostic::FindingId;
use crate::schema::audit::Purpose;
use num_rational::BigRational;

/// Plausible MCHC in g/dL: a value outside is far more often an error than a finding.
const MCHC: (i64, i64) = (25, 40);
/// Plausible hematocrit in percent.
const HEMATOCRIT: (i64, i64) = (5, 65);

/// The red-cell columns.
#[derive(Clone)]
pub struct RedCells<'a> {
    hemoglobin: Option<CaseColumn<'a>>,
    mcv: Option<CaseColumn<'a>>,
    mch: Option<CaseColumn<'a>>,
    mchc: Option<CaseColumn<'a>>,
}

/// The indices of one case, in g/dL, fL and pg.
struct Indices {
    hemoglobin: Option<BigRational>,
    mcv: Option<BigRational>,
    mch: Option<BigRational>,
    mchc: BigRational,
}

impl<'a> RedCells<'a> {
    /// For the columns of a cohort.
    pub fn new(lookup: &ColumnLookup<'a>) -> RedCells<'a> {
        let of = |purpose| lookup.of(purpose);
        RedCells {
            hemoglobin: of(Purpose::Hemoglobin),
            mcv: of(Purpose::Mcv),
            mch: of(Purpose::Mch),
            mchc: of(Purpose::Mchc),
        }
    }
}

fn whole(value: i64) -> BigRational {
    BigRational::from_integer(value.into())
}

/// A value in the unit of the formulas. None for an unknown unit.
#[expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow")]
fn in_unit(case: &CaseView<'_>, column: Option<CaseColumn<'_>>, units: &[&str]) -> Option<BigRational> {
    let value = case.value(column)?;
    let unit = column?.variable().unit.as_deref().map(str::to_lowercase);
    let value = value.to_ratio();
    match unit.as_deref() {
        None => Some(value),
        Some("g/l") if units.contains(&"g/dl") => Some(value / whole(10)),
        Some(unit) => units.contains(&unit).then_some(value),
    }
}

fn is_outside(value: &BigRational, (low, high): (i64, i64)) -> bool {
    *value < whole(low) || *value > whole(high)
}

fn rounded(value: &BigRational, decimals: u32) -> String {
    Exact::Ratio(value.clone()).rounded(decimals)
}

impl Indices {
    /// The contradiction in one sentence. None where there is none.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "fractions of any size do not overflow, and none divides by zero"
    )]
    fn contradiction(&self) -> Option<String> {
        let Indices { hemoglobin, mcv, mch, mchc } = self;
        let hundred = whole(100);
        let of = |mch: &BigRational| mcv.as_ref().map(|mcv| &hundred * mch / mcv);
        let hematocrit = hemoglobin.as_ref().map(|hb| &hundred * hb / mchc);
        if is_outside(mchc, MCHC) {
            let (low, high) = MCHC;
            let mut parts = vec![format!("an MCHC outside {low} to {high} g/dL is implausible")];
            parts.extend(
                hematocrit.map(|hct| format!("with this hemoglobin it gives a hematocrit of {} %", rounded(&hct, 0))),
            );
            let as_mch = of(mchc).filter(|value| !is_outside(value, MCHC));
            parts.extend(
                as_mch.map(|value| {
                    format!("if it is the MCH in pg, this MCV gives an MCHC of {} g/dL", rounded(&value, 1))
                }),
            );
            return Some(parts.join("; "));
        }
        if let Some(derived) = mch.as_ref().and_then(of) {
            let difference = if derived > *mchc { &derived - mchc } else { mchc - &derived };
            if difference * whole(10) > *mchc {
                return Some(format!(
                    "100 × MCH / MCV is {} g/dL, which differs from this MCHC by more than 10 %",
                    rounded(&derived, 1)
                ));
            }
        }
        let hematocrit = hematocrit.filter(|hct| is_outside(hct, HEMATOCRIT))?;
        Some(format!("hemoglobin and MCHC give a hematocrit of {} %", rounded(&hematocrit, 0)))
    }
}

impl ValidationRule for RedCells<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let Some(column) = self.mchc else { return };
        let is_positive = |value: &BigRational| *value > whole(0);
        let of = |column, units: &[&str]| in_unit(case, column, units).filter(is_positive);
        let Some(mchc) = of(self.mchc, &["g/dl", "%"]) else { return };
        let indices = Indices {
            hemoglobin: of(self.hemoglobin, &["g/dl"]),
            mcv: of(self.mcv, &["fl", "µm3", "um3"]),
            mch: of(self.mch, &["pg"]),
            mchc,
        };
        if let Some(message) = indices.contradiction() {
            sink.of_case(FindingId::RedCellIndices, (case, &column.variable().header), || {
                let value = case.case.text(column.column).into_owned();
                CellFinding::new(message).value(value).remedy("compare hemoglobin, MCV, MCH and MCHC with the source")
            });
        }
    }

    fn absorb(&mut self, _: Self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(hb: Option<i64>, mcv: Option<i64>, mch: Option<i64>, mchc: i64) -> String {
        let tenths = |value: i64| BigRational::new(value.into(), 10.into());
        let indices =
            Indices { hemoglobin: hb.map(tenths), mcv: mcv.map(tenths), mch: mch.map(tenths), mchc: tenths(mchc) };
        indices.contradiction().unwrap_or_default()
    }

    #[test]
    fn contradicting_indices_are_found() {
        // 8.4 / 20 = 0.42 and 100 · 20 / 66 = 30.30: the values of case P3 of the report.
        let p3 = of(Some(84), Some(660), None, 200);
        assert!(p3.contains("a hematocrit of 42 %") && p3.contains("an MCHC of 30.3 g/dL"), "{p3}");
        // 10.7 / 31.4 = 0.34: case P4.
        assert_eq!(of(Some(107), Some(700), None, 314), "");
        assert_eq!(of(None, Some(900), Some(300), 333), "");
        assert!(of(None, Some(900), Some(200), 333).contains("22.2 g/dL"));
        assert!(of(Some(250), None, None, 330).contains("hematocrit of 76 %"));
        assert!(!of(None, None, None, 200).contains("MCH in pg"));
    }
}
