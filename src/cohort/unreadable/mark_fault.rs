//! Numbers with a mark that their column does not have: `10,9`, `429,000`.

use crate::diagnostic::{FindingId, quoted};

/// What is wrong with the marks of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkFault {
    /// `10,9` in a file with decimal points.
    DecimalComma,
    /// `10.9` in a file with decimal commas.
    DecimalPoint,
    /// `429,000`: thousands separators, or a number with decimals.
    Thousands {
        /// True if the mark may also be a decimal mark.
        ambiguous: bool,
        /// True if the file is read with decimal commas.
        decimal_comma: bool,
    },
}

impl MarkFault {
    /// The id of the finding.
    pub(super) fn id(self) -> FindingId {
        match self {
            MarkFault::DecimalComma => FindingId::DecimalComma,
            MarkFault::DecimalPoint => FindingId::DecimalPoint,
            MarkFault::Thousands { .. } => FindingId::ThousandsSeparator,
        }
    }

    pub(super) fn message(self) -> &'static str {
        match self {
            MarkFault::DecimalComma => "a comma instead of a decimal point",
            MarkFault::DecimalPoint => "a point instead of a decimal comma",
            MarkFault::Thousands { ambiguous: true, .. } => "the mark may separate thousands or decimals",
            MarkFault::Thousands { ambiguous: false, .. } => "a number with thousands separators",
        }
    }

    pub(super) fn remedy(self, header: &str, text: &str) -> String {
        let remedy = match self {
            // No option makes one number of `2,4,5`.
            MarkFault::DecimalComma if text.matches(',').count() > 1 => {
                let kind = quoted(&format!("{header}=category"));
                return format!("write one number into each cell; if the cells are not numbers, --kind {kind}");
            }
            MarkFault::DecimalComma => {
                let kind = quoted(&format!("{header}=category"));
                return format!(
                    "if the whole file uses decimal commas, add --decimal-comma; if this column does, add \
                     \"decimalChar\": \",\" to its field in the schema; if the cells are not numbers, --kind {kind}"
                );
            }
            MarkFault::DecimalPoint => {
                "write a comma; or remove --decimal-comma, or add \"decimalChar\": \".\" to the field in the schema"
            }
            MarkFault::Thousands { ambiguous: true, decimal_comma: false } => {
                "remove the comma if it separates thousands; if it is the decimal mark, add \"decimalChar\": \",\" \
                 to the field in the schema"
            }
            MarkFault::Thousands { ambiguous: true, decimal_comma: true } => {
                "remove the point if it separates thousands; if it is the decimal mark, add \"decimalChar\": \".\" \
                 to the field in the schema"
            }
            MarkFault::Thousands { ambiguous: false, .. } => "write the number without the separators",
        };
        remedy.to_owned()
    }
}
