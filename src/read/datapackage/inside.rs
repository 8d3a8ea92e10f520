//! Paths of a package: none leads out of its folder.

use super::DescriptorFault;
use crate::read::text_file::read_text;
use serde_json::Value;
use std::path::{Component, Path, PathBuf};

/// The file of a relative path inside a folder.
///
/// Errors: an address, an absolute path, one with `..`, a link that leads out, and a file that is not there.
pub fn inside(folder: &Path, written: &str) -> Result<PathBuf, DescriptorFault> {
    let remedy = "save the file in the folder of the package, and write its path from there";
    if written.contains("://") {
        return Err(DescriptorFault::new(format!("'{written}' is an address; only files are read"), remedy));
    }
    let path = Path::new(written);
    let is_plain = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if written.is_empty() || !is_plain || written.contains('\\') || written.contains(':') {
        return Err(DescriptorFault::new(
            format!("the path '{written}' leads out of the folder of the package"),
            remedy,
        ));
    }
    let (Ok(root), Ok(found)) = (canonical(folder), folder.join(path).canonicalize()) else {
        return Err(DescriptorFault::new(format!("there is no file '{written}' in the folder of the package"), remedy));
    };
    if !found.starts_with(root) {
        return Err(DescriptorFault::new(
            format!("'{written}' is a link that leads out of the folder of the package"),
            remedy,
        ));
    }
    Ok(folder.join(path))
}

fn canonical(folder: &Path) -> std::io::Result<PathBuf> {
    if folder.as_os_str().is_empty() { Path::new(".").canonicalize() } else { folder.canonicalize() }
}

/// A value that may be written in a file of its own.
///
/// Errors: those of [`inside`], and a file that is no JSON.
pub fn object_or_file(value: &Value, folder: &Path) -> Result<Value, DescriptorFault> {
    let Value::String(written) = value else { return Ok(value.clone()) };
    let path = inside(folder, written)?;
    let text =
        read_text(&path).map_err(|fault| DescriptorFault::new(format!("'{written}': {fault}"), "correct the file"))?;
    serde_json::from_str(&text)
        .map_err(|fault| DescriptorFault::new(format!("'{written}' is not valid JSON: {fault}"), "correct the file"))
}
