//! LaTeX: its text without commands, its sections and its tabular rows.

use super::builder::PassageBuilder;
use super::{Passage, PassageKind};

/// Commands whose arguments are no text.
const WITHOUT_TEXT: [&str; 16] = [
    "label",
    "ref",
    "eqref",
    "pageref",
    "includegraphics",
    "bibliography",
    "bibliographystyle",
    "usepackage",
    "documentclass",
    "input",
    "include",
    "url",
    "vspace",
    "hspace",
    "setlength",
    "newcommand",
];

/// Commands that begin a section.
const SECTIONS: [&str; 6] = ["section", "subsection", "subsubsection", "chapter", "paragraph", "title"];

/// Commands that stand for a character.
const CHARACTERS: [(&str, &str); 14] = [
    ("pm", "±"),
    ("le", "≤"),
    ("leq", "≤"),
    ("ge", "≥"),
    ("geq", "≥"),
    ("chi", "χ"),
    ("times", "×"),
    ("approx", "≈"),
    ("sim", "~"),
    ("lt", "<"),
    ("gt", ">"),
    ("textpm", "±"),
    ("textless", "<"),
    ("textgreater", ">"),
];

/// Environments of rows.
const TABLES: [&str; 6] = ["tabular", "tabular*", "tabularx", "longtable", "array", "tabulary"];

/// The passages of a document.
pub(super) fn passages(text: &str) -> Vec<Passage> {
    let mut reader = LatexReader { builder: PassageBuilder::default(), tables: 0 };
    let is_document = text.contains("\\begin{document}");
    let mut is_body = !is_document;
    for (number, line) in (1..).zip(text.split('\n')) {
        let line = without_comment(line.trim_end_matches('\r'));
        if !is_body {
            is_body = line.contains("\\begin{document}");
            continue;
        }
        if line.trim().is_empty() && !reader.builder.is_in_table() {
            reader.builder.close(PassageKind::Paragraph);
            continue;
        }
        if line.contains("\\begin{thebibliography}") {
            break;
        }
        reader.line(line, number);
        reader.builder.space();
    }
    reader.builder.end()
}

/// A line up to its comment.
fn without_comment(line: &str) -> &str {
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            '%' if !escaped => return line.get(..at).unwrap_or_default(),
            _ => escaped = c == '\\' && !escaped,
        }
    }
    line
}

struct LatexReader {
    builder: PassageBuilder,
    /// Environments of rows that are open.
    tables: u32,
}

impl LatexReader {
    fn line(&mut self, line: &str, number: u64) {
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            rest = match c {
                '\\' => self.command(rest.get(1..).unwrap_or_default(), number),
                '&' if self.tables > 0 => {
                    self.builder.begin_cell();
                    rest.get(1..).unwrap_or_default()
                }
                '{' | '}' | '$' => rest.get(1..).unwrap_or_default(),
                '~' => {
                    self.builder.space();
                    rest.get(1..).unwrap_or_default()
                }
                '^' | '_' => rest.get(1..).unwrap_or_default(),
                _ => {
                    let end =
                        rest.find(['\\', '&', '{', '}', '$', '~', '^', '_']).unwrap_or(rest.len()).max(c.len_utf8());
                    let (text, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
                    self.builder.add(&text.replace("---", "—").replace("--", "–"), Some(number));
                    after
                }
            };
        }
    }

    /// What is after a backslash; the rest behind the command.
    fn command<'l>(&mut self, rest: &'l str, number: u64) -> &'l str {
        let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        if name.is_empty() {
            return self.sign(rest, number);
        }
        let after = after.strip_prefix('*').unwrap_or(after);
        if name.starts_with("cite") || name.ends_with("cite") {
            self.builder.add(" [0]", Some(number));
            return behind_arguments(after);
        }
        match name {
            "begin" | "end" => return self.environment(name == "begin", after),
            name if SECTIONS.contains(&name) => {
                self.builder.close(PassageKind::Paragraph);
                let (title, after) = argument(after);
                self.line(title, number);
                self.builder.close(PassageKind::Heading);
                return after;
            }
            "multicolumn" => {
                let (columns, after) = argument(after);
                self.builder.span(columns.trim().parse().unwrap_or(1), 1);
                return argument(after).1;
            }
            // The rows below have a cell of their own, which is empty.
            "multirow" => {
                let (_, after) = argument(behind_brackets(after));
                return behind_brackets(argument(behind_brackets(after)).1);
            }
            "cline" | "cmidrule" => return behind_arguments(behind_parenthesis(after)),
            name if WITHOUT_TEXT.contains(&name) => return behind_arguments(after),
            "item" => self.builder.close(PassageKind::Paragraph),
            "hline" | "toprule" | "midrule" | "bottomrule" => {}
            name => {
                let character = CHARACTERS.iter().find(|(known, _)| *known == name);
                if let Some((_, character)) = character {
                    self.builder.add(character, Some(number));
                }
            }
        }
        after.trim_start_matches(' ')
    }

    /// A backslash before a sign: `\%`, `\\`, `\,`.
    fn sign<'l>(&mut self, rest: &'l str, number: u64) -> &'l str {
        let Some(c) = rest.chars().next() else { return rest };
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '\\' if self.tables > 0 => {
                self.builder.begin_row();
                self.builder.begin_cell();
            }
            '\\' | ' ' | ';' | ':' => self.builder.space(),
            ',' | '!' | '(' | ')' | '[' | ']' => {}
            c => self.builder.add(c.encode_utf8(&mut [0; 4]), Some(number)),
        }
        after
    }

    fn environment<'l>(&mut self, begins: bool, after: &'l str) -> &'l str {
        let (name, rest) = argument(after);
        if !TABLES.contains(&name) {
            self.builder.close(PassageKind::Paragraph);
            return if begins {
                rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(rest, |(_, rest)| rest)
            } else {
                rest
            };
        }
        if begins {
            self.tables = self.tables.saturating_add(1);
            self.builder.begin_table();
            self.builder.begin_row();
            self.builder.begin_cell();
            return behind_arguments(rest);
        }
        self.tables = self.tables.saturating_sub(1);
        self.builder.end_table();
        rest
    }
}

/// The argument in braces at the start, and the rest.
fn argument(text: &str) -> (&str, &str) {
    let Some(inner) = text.trim_start().strip_prefix('{') else { return ("", text) };
    let mut depth = 1_u32;
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth = depth.saturating_add(1),
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return (inner.get(..at).unwrap_or_default(), inner.get(at.saturating_add(1)..).unwrap_or_default());
        }
    }
    (inner, "")
}

/// The rest behind an argument in brackets, if there is one.
fn behind_brackets(text: &str) -> &str {
    text.strip_prefix('[').and_then(|inner| inner.split_once(']')).map_or(text, |(_, after)| after)
}

/// The rest behind the sides of a rule: `(lr)`.
fn behind_parenthesis(text: &str) -> &str {
    text.strip_prefix('(').and_then(|inner| inner.split_once(')')).map_or(text, |(_, after)| after)
}

/// The rest behind all arguments at the start, in brackets or braces.
fn behind_arguments(text: &str) -> &str {
    let mut rest = text;
    loop {
        if let Some((_, after)) = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
            rest = after;
        } else if rest.starts_with('{') {
            rest = argument(rest).1;
        } else {
            return rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::TableCell;
    use super::*;

    #[test]
    fn merged_cells_move_the_cells_beside_them() {
        let text = "\\begin{tabular}{lrrr}\n\\multirow[t]{2}{*}{a} & \\multicolumn{2}{c}{b} & c \\\\ \\cmidrule(lr){2-3}\n & d & e & f\n\
                    \\end{tabular}";
        let found: Vec<_> =
            passages(text).into_iter().map(|passage| (passage.text.clone(), passage.columns())).collect();
        let expected = [("a", 1..2), ("b", 2..4), ("c", 4..5), ("d", 2..3), ("e", 3..4), ("f", 4..5)];
        assert_eq!(found, expected.map(|(text, columns)| (text.to_owned(), columns)));
    }

    #[test]
    fn text_sections_and_rows_are_read() {
        let text = "\\documentclass{article}\n\\begin{document}\n\\section{Results}\nIn 36 of 50~children (72\\,\\%) \
                    \\cite{b1}, $p \\le 0.05$ % 99\n\n\\begin{tabular}{lr}\n & All ($n = 50$) \\\\ \\hline\nRash & 18 (36\\%) \\\\\n\
                    \\end{tabular}\n";
        let found: Vec<_> = passages(text)
            .into_iter()
            .map(|passage| (passage.kind, passage.text.clone(), passage.line_at(0).unwrap_or(0)))
            .collect();
        let cell = |row, column| PassageKind::Cell(TableCell { table: 1, row, column });
        let expected = [
            (PassageKind::Heading, "Results", 3),
            (PassageKind::Paragraph, "In 36 of 50 children (72%) [0], p ≤0.05", 4),
            (cell(1, 2), "All (n = 50)", 7),
            (cell(2, 1), "Rash", 8),
            (cell(2, 2), "18 (36%)", 8),
        ];
        assert_eq!(found, expected.map(|(kind, text, line)| (kind, text.to_owned(), line)));
    }
}
