//! Options that hold the name of a file beside a word: the name need not be UTF-8.

use std::ffi::OsStr;

/// What stands before and behind the first `mark`.
pub fn split_at<'t>(text: &'t OsStr, mark: &str) -> Option<(&'t OsStr, &'t OsStr)> {
    let at = text.as_encoded_bytes().windows(mark.len()).position(|bytes| bytes == mark.as_bytes())?;
    cut(text, at, mark.len())
}

/// What stands before and behind the last `mark`.
pub fn rsplit_at<'t>(text: &'t OsStr, mark: &str) -> Option<(&'t OsStr, &'t OsStr)> {
    let at = text.as_encoded_bytes().windows(mark.len()).rposition(|bytes| bytes == mark.as_bytes())?;
    cut(text, at, mark.len())
}

#[cfg(unix)]
fn cut(text: &OsStr, at: usize, length: usize) -> Option<(&OsStr, &OsStr)> {
    use std::os::unix::ffi::OsStrExt;
    let (before, rest) = text.as_bytes().split_at_checked(at)?;
    Some((OsStr::from_bytes(before), OsStr::from_bytes(rest.get(length..)?)))
}

/// Elsewhere a name is text, but for names that nobody can type.
#[cfg(not(unix))]
fn cut(text: &OsStr, at: usize, length: usize) -> Option<(&OsStr, &OsStr)> {
    let (before, rest) = text.to_str()?.split_at_checked(at)?;
    Some((OsStr::new(before), OsStr::new(rest.get(length..)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_first_or_last_mark() {
        let cut = |parts: Option<(&OsStr, &OsStr)>| parts.map(|(a, b)| (a.to_owned(), b.to_owned()));
        let of = |a: &str, b: &str| Some((a.into(), b.into()));
        assert_eq!(cut(split_at(OsStr::new("labs=a=b.csv"), "=")), of("labs", "a=b.csv"));
        assert_eq!(cut(rsplit_at(OsStr::new("a!b.xlsx!Labs"), "!")), of("a!b.xlsx", "Labs"));
        assert_eq!(cut(split_at(OsStr::new("labs.csv"), "=")), None);
    }
}
