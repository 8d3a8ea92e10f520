//! The known word that was probably meant.

/// The known word that is most like another one; none where none is.
/// Formula: Jaro-Winkler likeness above 0.8, letters of any case.
pub fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let folded = word.to_lowercase();
    let likeness = |k: &str| strsim::jaro_winkler(&folded, &k.to_lowercase());
    let best = known.iter().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(best) > 0.8).then_some(best)
}
