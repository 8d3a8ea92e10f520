//! How many patients have each site.

use super::bars::{BarPanel, Drawn, ShareRow, draw, left_out};
use super::canvas::Canvas;
use super::counted::{CountedFigure, heading, number};
use super::{DrawnFigure, FigureKind};
use crate::analyze::level_key;
use crate::analyze::results::PartOf;
use crate::analyze::statistic::Statistic;
use crate::error::Error;
use crate::schema::{Role, Variable};
use crate::tables::number::quotient;
use crate::tables::variable::label;
use crate::tally::{CohortVariable, Counts};

/// The figure of the sites, so many points wide.
///
/// Errors: no column of sites.
pub fn sites(subject: &CountedFigure<'_>, width: f64) -> Result<DrawnFigure, Error> {
    let is_shown = |column: &&CohortVariable| {
        let variable = &column.variable;
        variable.role == Role::Site && !variable.is_withheld() && subject.options.shows(variable)
    };
    let columns = subject.cohort.variables.iter().filter(is_shown);
    let columns: Vec<&Variable> = columns
        .filter(|column| matches!(column.counts, Counts::Levels(_) | Counts::Set(_)))
        .map(|column| &column.variable)
        .collect();
    if columns.is_empty() {
        let remedy = "calc-series schema FILE shows the role of each column; --role COLUMN=site changes it";
        return Err(Error::usage_with("no column has the role 'site', which this figure draws", remedy));
    }
    let of_part =
        |part: &PartOf<'_>| columns.iter().map(|variable| panel(subject, *part, variable)).collect::<Vec<_>>();
    let panels: Vec<BarPanel> = subject.parts().iter().flat_map(of_part).collect();
    let title = "Patients with each site".to_owned();
    let mut canvas = Canvas::new(width, &title);
    draw(&mut canvas, &panels);
    let mut notes = vec![
        "A patient counts once a site; percentages may add to more than 100. Of the patients whose sites are reported."
            .to_owned(),
    ];
    notes.extend(left_out(&panels));
    notes.extend(subject.notes.iter().cloned());
    let description = panels.iter().flat_map(BarPanel::sentences).collect();
    Ok(canvas.finish(FigureKind::Sites, title, description, notes))
}

fn panel(subject: &CountedFigure<'_>, part: PartOf<'_>, variable: &Variable) -> BarPanel {
    let counted = part.of(&variable.name).filter(|row| row.statistic == Statistic::Cases);
    let row = |level: &str| {
        let of = |statistic| part.get(&level_key(&variable.name, Some(level), statistic, None));
        let share = of(Statistic::Proportion).and_then(number);
        let text = |statistic| of(statistic).map(|row| subject.shown.print(row)).unwrap_or_default();
        let fraction = quotient(&text(Statistic::Cases), &text(Statistic::N));
        ShareRow {
            label: subject.level(variable, level),
            numbers: match share {
                Some(_) => format!("{fraction} ({}%)", text(Statistic::Proportion)),
                None => fraction,
            },
            drawn: share.map_or(Drawn::Nothing, Drawn::Bar),
        }
    };
    let rows = counted.filter_map(|counted| counted.level.as_deref()).map(row).collect();
    BarPanel::new(heading(&label(variable), part), rows)
}
