//! What the cells of a column look like, once they are counted.

use super::super::places::{FirstPlaces, Place};
use super::{Bypassed, ColumnTally, first_part};
use crate::cohort::bare_number::{BareNumber, BareNumbers};
use crate::cohort::cell::{UnsplitItems, declared_missing};
use crate::decimal::Decimal;
use crate::read::block::UNSPLIT;
use crate::schema::evidence::{Class, Evidence, Magnitudes, NumberPoints, is_code, outnumber_words};
use crate::schema::header::is_cell_count;
use crate::schema::header::quantity::speaks_of_age;
use crate::schema::lexical::Lexeme;
use crate::schema::parts::looks_like;
use crate::tally::counts::runs::Run;
use crate::tally::counts::strata::ALL;

impl ColumnTally<'_> {
    /// What the cells of this thread look like.
    pub fn evidence(&mut self, places: &FirstPlaces) -> Evidence {
        self.written.settle();
        if std::mem::take(&mut self.groups_are_all) {
            self.written.sum();
            self.interpreted.as_mut().into_iter().for_each(|interpreted| interpreted.sum());
        }
        let mut evidence = self.evidence.take().map(|noted| *noted).unwrap_or_default();
        let mut unsplit = std::mem::take(&mut self.unsplit);
        self.count_texts(&mut evidence, &mut unsplit, places);
        self.count_numbers(&mut evidence, places);
        self.count_words(&mut evidence, places);
        self.count_bypassed(&mut evidence);
        evidence
    }

    fn count_texts(&self, evidence: &mut Evidence, unsplit: &mut UnsplitItems, places: &FirstPlaces) {
        let header = self.assumed.variable.file_header();
        for (text, cells, place) in self.written.texts(ALL) {
            if let Some(whole) = text.strip_prefix(UNSPLIT) {
                evidence.count_unpaired(whole, cells);
                continue;
            }
            self.note_items(evidence, unsplit, (&text, cells, place), places);
            let class = match declared_missing(first_part(&text), &self.assumed) {
                // Whatever it looks like.
                Some(_) => {
                    evidence.count_class(Class::Missing, cells);
                    Class::Missing
                }
                None if text.trim().is_empty() => {
                    evidence.count_blanks(cells);
                    Class::Missing
                }
                None => evidence.count_text(first_part(&text), self.reading(), cells),
            };
            if let Some(place) = place.filter(|_| class != Class::Missing) {
                evidence.meet_code(text.trim(), || places.location(Some(place), header));
            }
            if let Some(place) = place
                && evidence.first(class).is_none_or(|(first, _)| first.row > places.row(place))
            {
                evidence.meet(class, places.location(Some(place), header), &text);
            }
        }
        let blanks = self.written.blanks(ALL);
        if blanks > 0 {
            evidence.count_blanks(blanks);
        }
    }

    /// Counts the cells of a text that holds several items, or two things; one without a place had it noted when it was met.
    fn note_items(
        &self,
        evidence: &mut Evidence,
        unsplit: &mut UnsplitItems,
        (text, cells, place): (&str, u64, Option<Place>),
        places: &FirstPlaces,
    ) {
        let located = || place.map(|place| places.location(Some(place), self.assumed.variable.file_header()));
        if self.holds_items {
            let separators = unsplit.of(first_part(text), &self.assumed);
            if !separators.is_empty() {
                evidence.count_unsplit(separators, cells, located(), first_part(text));
            }
        } else if let Some(pair) = looks_like(text) {
            evidence.count_pair(pair, cells, located(), text);
        }
    }

    fn count_numbers(&self, evidence: &mut Evidence, places: &FirstPlaces) {
        let header = self.assumed.variable.file_header();
        // A number that is declared to be missing, or to be a word, says nothing of the unit of the others.
        let bare = BareNumbers::of(&self.assumed);
        for (number, cells) in self.written.short(ALL) {
            match bare.exceptions().contains(&number) {
                true => evidence.count_class(self.class_of_exception(number), cells),
                false => {
                    evidence.count_number(number.into(), cells);
                    evidence.note_mark(self.assumed.mark(), number.scale, (number.digits, number.digits));
                }
            }
        }
        for (scale, run) in self.written.long(ALL) {
            self.count_run(evidence, &bare, (scale, run.clone()));
        }
        for (number, place) in self.written.placed_numbers() {
            let class = Class::of_number(number.into());
            if number.scale == 0 && is_code(number.digits) {
                evidence.meet_code(&number.text(b'.'), || places.location(Some(place), header));
            }
            if evidence.first(class).is_none_or(|(first, _)| first.row > places.row(place)) {
                let text = number.text(self.assumed.mark());
                evidence.meet(class, places.location(Some(place), header), &text);
            }
        }
    }

    /// The class of a number that is declared to be missing, or to be a word.
    fn class_of_exception(&self, number: BareNumber) -> Class {
        let text = number.text(self.assumed.mark());
        if declared_missing(&text, &self.assumed).is_some() { Class::Missing } else { Class::Stated }
    }

    fn count_run(&self, evidence: &mut Evidence, bare: &BareNumbers, (scale, mut run): (u8, Run)) {
        for number in bare.exceptions().iter().filter(|number| number.scale == scale) {
            let cells = run.take(number.digits);
            if cells > 0 {
                evidence.count_class(self.class_of_exception(*number), cells);
            }
        }
        if let Some((least, greatest)) = run.extent() {
            let (mut magnitudes, mut points) = (Magnitudes::default(), NumberPoints::default());
            let header = self.assumed.variable.file_header();
            // Only counts of blood cells and percentages are looked at for two scales, and only ages for months.
            if is_cell_count(header) || header.contains('%') {
                run.iter().for_each(|(digits, _)| magnitudes.note(Decimal::new(digits, scale)));
            }
            if speaks_of_age(header) {
                run.iter().for_each(|(digits, _)| points.note(Decimal::new(digits, scale)));
            }
            let extent = (Decimal::new(least, scale), Decimal::new(greatest, scale));
            evidence.count_numbers(extent, (magnitudes, points), run.cells());
            evidence.note_mark(self.assumed.mark(), scale, (least, greatest));
        }
    }

    /// Counts the distinct texts and numbers, as far as there are few of them.
    fn count_words(&self, evidence: &mut Evidence, places: &FirstPlaces) {
        // Of a column whose cells are cut, or that has more texts than the table has room for, not all are known. Of
        // most columns of numbers, none would be kept: none is written out.
        if self.interpreted.is_some() || self.has_too_many_numbers() {
            return evidence.forget_words();
        }
        let record = |place: Option<Place>| place.map(|place| places.record(place));
        let is_left_out =
            |text: &str| text.starts_with(UNSPLIT) || declared_missing(first_part(text), &self.assumed).is_some();
        for (text, cells, place) in self.written.texts(ALL).filter(|(text, ..)| !is_left_out(text)) {
            evidence.count_word(&text, cells, || record(place));
        }
        for (number, cells) in self.written.numbers(ALL) {
            if !evidence.keeps_words() {
                return;
            }
            let text = number.text(self.assumed.mark());
            if !is_left_out(&text) {
                evidence.count_word(&text, cells, || record(self.written.place_of(number)));
            }
        }
    }

    /// True where the numbers that nobody declares to be missing are more, or others, than words can be.
    fn has_too_many_numbers(&self) -> bool {
        let bare = BareNumbers::of(&self.assumed);
        let is_word = |number: &BareNumber| !bare.exceptions().contains(number);
        outnumber_words(self.written.numbers(ALL).map(|(number, _)| number).filter(is_word).map(Decimal::from))
    }

    fn count_bypassed(&self, evidence: &mut Evidence) {
        let Bypassed { long, words, lists, lines } = self.bypassed;
        for (class, cells) in [(Class::Long, long), (Class::Word, words)] {
            if cells > 0 {
                evidence.count_class(class, cells);
            }
        }
        let Some(delimiter) = self.interpreted.as_ref().and_then(|interpreted| interpreted.parts.delimiter()) else {
            return;
        };
        let of_lines = Lexeme::Lines { delimiter: Some(delimiter), responses: true };
        for (lexeme, cells) in [(Lexeme::List { delimiter }, lists), (of_lines, lines)] {
            if cells > 0 {
                evidence.count(&lexeme, cells);
            }
        }
    }
}
