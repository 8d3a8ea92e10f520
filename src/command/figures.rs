//! Figures of a cohort that has been read: from its results, or from its cases where single patients are drawn.

use super::kept::each_kept;
use super::open::Opened;
use crate::analyze::results::Results;
use crate::analyze::{Options, treatment};
use crate::error::Error;
use crate::tables::options::TableOptions;
use crate::tables::plot::{
    ChangeRules, Changes, CountedFigure, Courses, DrawnFigure, FigureKind, LabValues, Subject, change, flow, labs,
    no_axis, points, response, shows_response, sites, survival_figure, swimmer, timeline, waterfall,
};
use crate::tally::Cohort;

/// What figures are drawn from.
pub struct Drawing<'a> {
    /// The inputs.
    pub opened: &'a Opened,
    /// Their counts.
    pub cohort: &'a Cohort,
    /// The statistics; masked where few cases are to be hidden.
    pub results: &'a Results,
    /// The conventions.
    pub options: &'a Options,
    /// How numbers are printed.
    pub shown: &'a TableOptions,
    /// Notes of every figure.
    pub notes: Vec<String>,
    /// True where nobody is to be recognised.
    pub is_deidentified: bool,
    /// The width in millimetres.
    pub width_mm: f64,
    /// True where a rise between visits is better than a fall.
    pub higher_is_better: bool,
}

/// The width in millimetres of a figure across the page of a document, where its letters keep their size.
const PAGE_MM: f64 = 170.0;

impl<'a> Drawing<'a> {
    /// What may be told of a cohort, across a page.
    pub fn of(
        opened: &'a Opened,
        cohort: &'a Cohort,
        results: &'a Results,
        (options, shown): (&'a Options, &'a TableOptions),
        (notes, is_deidentified): (Vec<String>, bool),
    ) -> Drawing<'a> {
        Drawing {
            opened,
            cohort,
            results,
            options,
            shown,
            notes,
            is_deidentified,
            width_mm: PAGE_MM,
            higher_is_better: false,
        }
    }

    /// A figure.
    ///
    /// Errors: the cohort lacks what it draws, or cannot be read again.
    pub fn figure(&self, kind: FigureKind) -> Result<DrawnFigure, Error> {
        let width = points(self.width_mm);
        match kind {
            FigureKind::Swimmer => self.of_courses(width),
            FigureKind::Sites => sites(&self.counted(), width),
            FigureKind::Response => response(&self.counted(), width),
            FigureKind::Labs => self.of_labs(width),
            FigureKind::Flow => Ok(flow(&self.ungrouped_counts(), width)),
            FigureKind::Survival => survival_figure(&self.counted(), width),
            FigureKind::Change => Ok(change(self.of_changes(false)?, self.ungrouped(), width)),
            FigureKind::Waterfall => Ok(waterfall(self.of_changes(true)?, self.ungrouped(), width)),
        }
    }

    /// False where all that a figure would draw is masked, or nothing of it is stated.
    pub fn shows_some(&self, kind: FigureKind) -> bool {
        kind != FigureKind::Response || shows_response(&self.counted())
    }

    fn of_changes(&self, is_of_best: bool) -> Result<Changes<'_>, Error> {
        let cases = self.cohort.case_columns(&self.opened.settings);
        let Drawing { higher_is_better, is_deidentified, .. } = *self;
        let how = ChangeRules { higher_is_better, is_deidentified, is_of_best };
        let mut changes = Changes::new(&self.opened.derived, &cases, how)?;
        each_kept(self.opened, self.cohort, &cases, |case| changes.add(case))?;
        Ok(changes)
    }

    /// The notes of a figure that does not tell groups apart.
    fn ungrouped(&self) -> Vec<String> {
        let note = self.cohort.grouping.as_ref().map(|_| "Groups are not told apart in this figure.".to_owned());
        note.into_iter().chain(self.notes.iter().cloned()).collect()
    }

    fn counted(&self) -> CountedFigure<'_> {
        let Drawing { cohort, results, options, shown, .. } = self;
        CountedFigure { cohort, results, options, shown, notes: self.notes.clone() }
    }

    fn ungrouped_counts(&self) -> CountedFigure<'_> {
        CountedFigure { notes: self.ungrouped(), ..self.counted() }
    }

    fn of_courses(&self, width: f64) -> Result<DrawnFigure, Error> {
        let (cohort, settings) = (self.cohort, &self.opened.settings);
        let cases = cohort.case_columns(settings);
        let mut courses = Courses::new(cohort, &cases, self.options, self.is_deidentified)?;
        each_kept(self.opened, cohort, &cases, |case| courses.add(case))?;
        let (courses, cases) = courses.finish();
        let lines = treatment(cohort).and_then(|number| cohort.variables.get(number));
        let domain = lines.and_then(|column| column.variable.target_domain.as_deref());
        let subject = Subject { domain, cases, notes: self.notes.clone() };
        Ok(timeline(&courses, &subject, width).unwrap_or_else(|| {
            let notes = no_axis(&courses).into_iter().chain(subject.notes).collect();
            swimmer(&courses, Subject { notes, ..subject }, width)
        }))
    }

    fn of_labs(&self, width: f64) -> Result<DrawnFigure, Error> {
        let cases = self.cohort.case_columns(&self.opened.settings);
        let mut values = LabValues::new(&cases, self.options, self.is_deidentified)?;
        each_kept(self.opened, self.cohort, &cases, |case| values.add(case))?;
        Ok(labs(&self.ungrouped_counts(), &values, width))
    }
}
