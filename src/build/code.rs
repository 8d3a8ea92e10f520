//! Pieces of code: names in the writing of Rust, texts, sets of words and maps of words.

use super::ListFault;

/// `BirthDates` for `birth-dates`.
pub fn type_name(name: &str) -> String {
    let words = name.split(['-', ' ', '_']).filter(|word| !word.is_empty());
    words
        .map(|word| {
            word.chars().next().into_iter().flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>()
        })
        .collect()
}

/// `BIRTH_DATES` for `birth-dates`.
pub fn static_name(name: &str) -> String {
    name.replace(['-', ' '], "_").to_uppercase()
}

/// `birth_dates` for `birth-dates`.
pub fn module_name(name: &str) -> String {
    name.replace(['-', ' '], "_")
}

/// One word behind the other, and where each ends; in the order in which they are looked up.
///
/// Errors: a word that stands twice.
pub fn words<'w>(words: impl IntoIterator<Item = &'w str>) -> Result<String, ListFault> {
    let mut words: Vec<&str> = words.into_iter().collect();
    words.sort_unstable_by_key(|word| (word.len(), *word));
    if let Some(pair) = words.windows(2).find(|pair| pair.first() == pair.last()) {
        return Err(format!("{:?} stands twice", pair.first()).into());
    }
    let lengths = words.iter().map(|word| word.len());
    let ends: Vec<usize> = lengths
        .scan(0_usize, |end, length| {
            *end = end.saturating_add(length);
            Some(*end)
        })
        .collect();
    if ends.last().is_some_and(|end| *end > usize::from(u16::MAX)) {
        return Err("more than 65,535 bytes of words in one list".into());
    }
    Ok(format!("Words::new({:?}, &{ends:?})", words.concat()))
}

/// Words with the code of what each means.
///
/// Errors: a word that stands twice.
pub fn map(mut entries: Vec<(String, String)>) -> Result<String, ListFault> {
    entries.sort_unstable_by(|one, other| (one.0.len(), &one.0).cmp(&(other.0.len(), &other.0)));
    let words = words(entries.iter().map(|(word, _)| word.as_str()))?;
    let values: Vec<&str> = entries.iter().map(|(_, value)| value.as_str()).collect();
    Ok(format!("WordMap::new({words}, &[{}])", values.join(", ")))
}
