//! The unit that numbers without one may have beside cells that carry one: advice for a remedy, never a reading.

use crate::decimal::Decimal;
use crate::schema::evidence::{Evidence, MetNumbers};
use crate::schema::units::{Conversion, Dimension, Unit, unit};
use num_rational::Ratio;
use num_traits::CheckedDiv;

/// How far the numbers without a unit may lie from those with one, converted: weights and lengths differ by age.
const NEAR: (i128, i128) = (3, 30);

/// Units of everyday reports, of which one is proposed.
const EVERYDAY: [&str; 26] = [
    "kg", "g", "mg", "m", "cm", "mm", "L", "mL", "g/dL", "g/L", "mg/dL", "mg/L", "µg/dL", "µg/L", "ng/mL", "pg/mL",
    "mmol/L", "µmol/L", "nmol/L", "pmol/L", "10^9/L", "10^12/L", "/µL", "U/L", "mU/L", "µkat/L",
];

/// From the least to the greatest of some numbers.
type Extent = (Ratio<i128>, Ratio<i128>);

/// The unit, of those that measure the same, in which the cells with a unit come nearest to those without; of several
/// the carried one. No answer where none comes near, or where one cell has another dimension.
pub fn likely_unit(cells: &Evidence) -> Option<String> {
    let bare = extent(cells.bare())?;
    let carried: Vec<(Unit, Extent)> =
        cells.units().map(|(text, numbers)| Some((unit(text)?.unit, extent(numbers)?))).collect::<Option<_>>()?;
    let (first, _) = *carried.first()?;
    let distance = |to: Unit| -> Option<Ratio<i128>> {
        let from_one = |(from, extent): &(Unit, Extent)| apart(bare, converted(*extent, from.conversion_to(to)?)?);
        carried.iter().map(from_one).collect::<Option<Vec<_>>>()?.into_iter().min()
    };
    let is_carried = |to: Unit| carried.iter().any(|(unit, _)| *unit == to);
    let is_of_ages = matches!(first.dimension(), Dimension::Mass | Dimension::Length);
    let near = |to: Unit| if is_of_ages && !is_carried(to) { NEAR.1 } else { NEAR.0 };
    let everyday = EVERYDAY.into_iter().filter_map(|name| Some(unit(name)?.unit));
    let all = carried.iter().map(|(unit, _)| *unit).chain(everyday);
    let candidates = all.filter_map(|to| Some((distance(to)?, to))).filter(|(apart, to)| *apart <= near(*to).into());
    candidates.min_by(|(one, _), (other, _)| one.cmp(other)).map(|(_, unit)| unit.name().to_owned())
}

fn extent(numbers: &MetNumbers) -> Option<Extent> {
    let ratio = |number: Decimal| {
        let below = 10_i128.checked_pow(u32::from(number.scale()))?;
        Some(Ratio::new(i128::from(number.mantissa()), below))
    };
    let (least, greatest) = numbers.extent?;
    Some((ratio(least)?, ratio(greatest)?)).filter(|(least, _)| *least > 0.into())
}

fn converted((least, greatest): Extent, conversion: Conversion) -> Option<Extent> {
    Some((conversion.apply(least)?, conversion.apply(greatest)?))
}

/// How many times as large the nearest number of one range is as that of the other; 1 where they overlap.
fn apart((least, greatest): Extent, (low, high): Extent) -> Option<Ratio<i128>> {
    Some(low.checked_div(&greatest)?.max(least.checked_div(&high)?).max(1.into()))
}

#[cfg(test)]
mod tests {
    use super::likely_unit;
    use crate::schema::evidence::Evidence;
    use crate::schema::lexical::NumberFormat;

    #[test]
    fn numbers_without_a_unit_may_be_in_the_one_that_brings_the_others_near() {
        for (cells, expected) in [
            (&["70", "3500 g", "72"][..], Some("kg")),
            (&["3500", "2900", "70 kg"], Some("g")),
            (&["170", "1.8 m", "165"], Some("cm")),
            (&["165", "1.8 m", "170 cm"], Some("cm")),
            (&["1.7", "165 cm"], Some("m")),
            (&["10", "110 g/L", "11"], Some("g/dL")),
            (&["120", "11 g/dL"], Some("g/L")),
            (&["0.9", "88 umol/L"], None),
            (&["5.5", "99 mg/dL", "6.1"], None),
            (&["10", "110 g"], None),
            (&["380", "350 G/L", "280 G/L"], Some("10^9/L")),
            (&["350000", "280 G/L"], Some("/µL")),
            (&["12", "13"], None),
            (&["12", "13 g", "14 cm"], None),
        ] {
            let mut evidence = Evidence::default();
            cells.iter().for_each(|cell| {
                evidence.count_text(cell, NumberFormat::default(), 1);
            });
            assert_eq!(likely_unit(&evidence).as_deref(), expected, "{cells:?}");
        }
    }
}
