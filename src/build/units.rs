//! The code of the units: each with its exact factor, and every spelling with what it may mean.

use super::ListFault;
use super::code::{map, type_name, words};
use super::lists::{table, texts};
use super::spelling::normalise;
use num_rational::Ratio;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// One unit, or a part of ratios.
struct UnitEntry {
    name: String,
    code: String,
    dimension: Option<String>,
    factor: Ratio<i128>,
    offset: Ratio<i128>,
    above: Option<usize>,
}

/// Where a spelling means its unit, the widest first; the names of `Standing`.
const STANDINGS: [&str; 3] = ["Anywhere", "InItsColumn", "InRatio"];
const ANYWHERE: usize = 0;
const IN_ITS_COLUMN: usize = 1;
const IN_RATIO: usize = 2;

/// One way to understand a spelling.
struct UnitReading {
    entry: usize,
    /// Place in [`STANDINGS`].
    standing: usize,
    is_exact: bool,
}

#[derive(Default)]
struct List {
    entries: Vec<UnitEntry>,
    spellings: BTreeMap<String, Vec<UnitReading>>,
    ratios: BTreeMap<(usize, usize), usize>,
}

/// The code of `units.toml`.
///
/// Errors: a key or a name that is not known, a number that is none.
pub fn code(file: &Table) -> Result<String, ListFault> {
    only(file, &["parts", "refused", "units", "ratios", "written"])?;
    let part = |key: &str| file.get(key).ok_or_else(|| format!("{key} is missing"));
    let mut list = List::default();
    for row in array(part("parts")?)? {
        list.add(table(row)?, None)?;
    }
    for (dimension, rows) in table(part("units")?)? {
        for row in array(rows)? {
            list.add(table(row)?, Some(dimension))?;
        }
    }
    for ratios in array(part("ratios")?)? {
        list.add_ratios(table(ratios)?)?;
    }
    for (name, spellings) in table(part("written")?)? {
        let entry = list.place(name)?;
        for spelling in texts(spellings)? {
            list.spell(entry, spelling, ANYWHERE, true)?;
        }
    }
    Ok(format!("{}pub static REFUSED: Words = {};\n", list.code()?, words(texts(part("refused")?)?)?))
}

impl List {
    fn place(&self, name: &str) -> Result<usize, ListFault> {
        let place = self.entries.iter().position(|entry| entry.name == name);
        Ok(place.ok_or_else(|| format!("{name:?} is not a unit of the list"))?)
    }

    fn add(&mut self, row: &Table, dimension: Option<&str>) -> Result<(), ListFault> {
        only(row, &["name", "code", "factor", "offset", "written", "letters", "in-ratios", "exact"])?;
        let text = |key: &str| row.get(key).and_then(Value::as_str);
        let needed = |key: &str| text(key).ok_or_else(|| format!("a unit has no {key}"));
        let entry = self.entries.len();
        let name = needed("name")?.to_owned();
        let code = text("code").map_or_else(|| name.replace('µ', "u"), str::to_owned);
        let is_letter = code.chars().count() == 1 && code.chars().all(char::is_alphabetic);
        let as_code = match dimension {
            None => IN_RATIO,
            Some(_) if is_letter => IN_ITS_COLUMN,
            Some(_) => ANYWHERE,
        };
        let (factor, offset) = (ratio(needed("factor")?)?, ratio(text("offset").unwrap_or("0"))?);
        let dimension = dimension.map(str::to_owned);
        self.entries.push(UnitEntry { name, code: code.clone(), dimension, factor, offset, above: None });
        let is_exact = row.get("exact").and_then(Value::as_bool).unwrap_or(false);
        for (key, standing) in [("written", ANYWHERE), ("letters", IN_ITS_COLUMN), ("in-ratios", IN_RATIO)] {
            for spelling in row.get(key).map(texts).transpose()?.unwrap_or_default() {
                self.spell(entry, spelling, standing, is_exact)?;
            }
        }
        if code == "1" { Ok(()) } else { self.spell(entry, &code, as_code, is_exact) }
    }

    /// Adds a spelling, also with capitals only and with none unless it is `exact`.
    fn spell(&mut self, entry: usize, spelling: &str, standing: usize, exact: bool) -> Result<(), ListFault> {
        let spelling = normalise(spelling).ok_or_else(|| format!("{spelling:?} is too long"))?.into_owned();
        for folded in [spelling.to_lowercase(), spelling.to_uppercase()] {
            // One letter has another meaning as a capital, unless the rest of a ratio speaks for it.
            let standing = if spelling.chars().count() > 1 { standing } else { IN_RATIO };
            if !exact && folded != spelling {
                self.read(folded, UnitReading { entry, standing, is_exact: false });
            }
        }
        self.read(spelling, UnitReading { entry, standing, is_exact: true });
        Ok(())
    }

    /// Adds a reading; of two for one entry the better stays.
    fn read(&mut self, spelling: String, reading: UnitReading) {
        let readings = self.spellings.entry(spelling).or_default();
        match readings.iter_mut().find(|known| known.entry == reading.entry) {
            None => readings.push(reading),
            Some(known) => {
                known.standing = known.standing.min(reading.standing);
                known.is_exact |= reading.is_exact;
            }
        }
    }

    fn add_ratios(&mut self, ratios: &Table) -> Result<(), ListFault> {
        only(ratios, &["dimension", "above", "below"])?;
        let part = |key: &str| ratios.get(key).ok_or_else(|| format!("ratios have no {key}"));
        let dimension = part("dimension")?.as_str().ok_or("the dimension of ratios must be a text")?;
        for above in texts(part("above")?)? {
            for below in texts(part("below")?)? {
                let key = (self.place(above)?, self.place(below)?);
                let entry = self.ratio_entry(key, dimension)?;
                self.ratios.insert(key, self.entries.len());
                self.entries.push(entry);
            }
        }
        Ok(())
    }

    fn ratio_entry(&self, (place, below): (usize, usize), dimension: &str) -> Result<UnitEntry, ListFault> {
        let parts = self.entries.get(place).zip(self.entries.get(below));
        let (above, below) = parts.ok_or("a part of a ratio is not a unit")?;
        let over = |above: &str, below: &str| format!("{}/{below}", if above == "1" { "" } else { above });
        Ok(UnitEntry {
            name: over(&above.name, &below.name),
            code: over(&above.code, &below.code),
            dimension: Some(dimension.to_owned()),
            factor: above.factor / below.factor,
            offset: Ratio::from(0),
            above: Some(place),
        })
    }

    fn code(&self) -> Result<String, ListFault> {
        let entries: String = self.entries.iter().map(UnitEntry::code).collect();
        let (mut readings, mut spellings) = (Vec::new(), Vec::new());
        for (spelling, found) in &self.spellings {
            spellings.push((spelling.clone(), format!("({}, {})", readings.len(), found.len())));
            readings.extend(found.iter().map(UnitReading::code));
        }
        let ratios: Vec<String> = self.ratios.iter().map(|(parts, entry)| format!("({parts:?}, {entry})")).collect();
        Ok(format!(
            "pub static ENTRIES: &[Entry] = &[\n{entries}];\npub static READINGS: &[Reading] = &[{}];\n\
             pub static SPELLINGS: WordMap<(u16, u16)> = {};\n\
             pub static RATIOS: &[((u16, u16), u16)] = &[{}];\n",
            readings.concat(),
            map(spellings)?,
            ratios.join(", "),
        ))
    }
}

impl UnitEntry {
    fn code(&self) -> String {
        let UnitEntry { name, code, dimension, factor, offset, above } = self;
        let dimension =
            dimension.as_deref().map_or("None".to_owned(), |d| format!("Some(Dimension::{})", type_name(d)));
        let ratio = |ratio: &Ratio<i128>| format!("Ratio::new_raw({}, {})", ratio.numer(), ratio.denom());
        format!(
            "Entry {{ name: {name:?}, code: {code:?}, dimension: {dimension}, factor: {}, offset: {}, above: {above:?} }},\n",
            ratio(factor),
            ratio(offset),
        )
    }
}

impl UnitReading {
    fn code(&self) -> String {
        let standing = STANDINGS.get(self.standing).copied().unwrap_or_default();
        format!("Reading {{ entry: {}, standing: Standing::{standing}, is_exact: {} }}, ", self.entry, self.is_exact)
    }
}

fn array(value: &Value) -> Result<&[Value], ListFault> {
    Ok(value.as_array().ok_or("not a list")?)
}

/// Errors: a key that is not one of these.
fn only(row: &Table, keys: &[&str]) -> Result<(), ListFault> {
    match row.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => Err(format!("{key} is not known").into()),
        None => Ok(()),
    }
}

/// A decimal, also with an exponent, as a fraction.
fn ratio(text: &str) -> Result<Ratio<i128>, ListFault> {
    let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let exponent = exponent.parse::<i32>()?.checked_sub(i32::try_from(decimals.len())?).ok_or("too many decimals")?;
    let digits = Ratio::from(format!("{whole}{decimals}").parse::<i128>()?);
    let power = Ratio::from(10_i128.checked_pow(exponent.unsigned_abs()).ok_or("a power too large")?);
    Ok(if exponent < 0 { digits / power } else { digits * power })
}
