//! The styles of cells: which parts of a date are shown, what is coloured, which sheets are hidden.

use super::super::number_format::ShownUnits;
use super::super::xml::Element;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// The styles of a workbook by their names.
#[derive(Debug, Default)]
pub struct OdsStyles {
    /// The format of each style of cells.
    formats: FxHashMap<String, String>,
    /// What each format of dates and times shows.
    shown: FxHashMap<String, ShownUnits>,
    /// Formats of durations, whose hours go on beyond 24.
    elapsed: FxHashSet<String>,
    coloured: FxHashSet<String>,
    hidden_sheets: FxHashSet<String>,
    /// The style and the format that are being read.
    style: String,
    format: String,
}

impl OdsStyles {
    /// Takes one element of those before the sheets.
    pub fn open(&mut self, element: &Element<'_>) {
        let text = |name: &str| element.attribute(name).map_or_else(String::new, Cow::into_owned);
        match element.name() {
            "style" => {
                self.style = text("name");
                let format = text("data-style-name");
                if !format.is_empty() {
                    self.formats.insert(self.style.clone(), format);
                }
            }
            "table-properties" if element.attribute("display").is_some_and(|display| display == "false") => {
                self.hidden_sheets.insert(self.style.clone());
            }
            "table-cell-properties" => {
                let colour = element.attribute("background-color");
                if colour.is_some_and(|colour| colour != "transparent") {
                    self.coloured.insert(self.style.clone());
                }
            }
            "date-style" | "time-style" => {
                self.format = text("name");
                self.shown.entry(self.format.clone()).or_default();
                if element.attribute("truncate-on-overflow").is_some_and(|truncates| truncates == "false") {
                    self.elapsed.insert(self.format.clone());
                }
            }
            part => self.show(part),
        }
    }

    /// Notes a part that the format being read shows.
    fn show(&mut self, part: &str) {
        let Some(shown) = self.shown.get_mut(&self.format) else { return };
        match part {
            "year" => shown.year = true,
            "month" => shown.month = true,
            "day" => shown.day = true,
            "hours" | "minutes" | "seconds" => shown.time = true,
            _ => {}
        }
    }

    /// What the format of a style shows of a date or time; none where it has none of its own.
    pub fn shown(&self, style: &str) -> Option<ShownUnits> {
        let shown = self.shown.get(self.formats.get(style)?).copied();
        shown.filter(|shown| *shown != ShownUnits::default())
    }

    /// True for a style of durations.
    pub fn is_elapsed(&self, style: &str) -> bool {
        self.formats.get(style).is_some_and(|format| self.elapsed.contains(format))
    }

    /// True for a style with a colour.
    pub fn is_coloured(&self, style: &str) -> bool {
        self.coloured.contains(style)
    }

    /// True for the style of a sheet that is hidden.
    pub fn is_hidden_sheet(&self, style: &str) -> bool {
        self.hidden_sheets.contains(style)
    }
}
