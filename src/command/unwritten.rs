//! Kinds of file that are asked for and not written, and what to write instead.

use crate::error::Error;
use crate::render::{Output, OutputFormat};
use crate::words::{Word, words};

words! {
    /// A kind of file that other programs make of one that is written.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum UnwrittenKind: "kind of file" {
        /// Pages.
        Pdf = "PDF" [".pdf", ".ps"],
        /// Documents of word processors.
        Document = "document of this kind" [".doc", ".rtf", ".odt", ".docm"],
        /// Workbooks of spreadsheets.
        Workbook = "workbook of this kind" [".xls", ".ods", ".xlsm", ".xlsb"],
    }
}

/// The error for a file whose name asks for a kind that is not written; none for other names.
pub fn unwritten(path: &str, output: Output) -> Option<Error> {
    let kind = UnwrittenKind::of_path(path)?;
    let instead = match kind {
        UnwrittenKind::Pdf | UnwrittenKind::Document => OutputFormat::Docx,
        UnwrittenKind::Workbook => OutputFormat::Xlsx,
    };
    let ending = instead.endings().first().filter(|_| instead.can_show(output))?;
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let what = match kind {
        UnwrittenKind::Pdf => ", open it and print it or save it as PDF; -o FILE.html prints, too",
        UnwrittenKind::Document | UnwrittenKind::Workbook => {
            ", which every such program opens and saves in its own format"
        }
    };
    let message = format!("no {} is written: '{path}'", kind.word());
    Some(Error::usage_with(message, format!("use -o {}{what}", crate::diagnostic::quoted(&format!("{stem}{ending}")))))
}

#[cfg(test)]
mod tests {
    use super::unwritten;
    use crate::render::Output;

    #[test]
    fn a_kind_that_is_not_written_is_answered_with_one_that_is() {
        for (path, part) in [
            ("t.pdf", "use -o t.docx, open it and print it"),
            ("out/T 1.PDF", "use -o 'out/T 1.docx', open"),
            ("a.b.odt", "use -o a.b.docx, which"),
            ("t.xls", "use -o t.xlsx, which"),
        ] {
            let error = unwritten(path, Output::Summary).expect("an error");
            assert!(error.remedy().unwrap_or_default().starts_with(part), "{path}: {:?}", error.remedy());
        }
        assert!(unwritten("t.csv", Output::Summary).is_none());
        assert!(unwritten("t.pdf", Output::StaleNumbers).is_none());
    }
}
