//! `calc-series plot`

use super::conventions::ConventionArgs;
use super::input::InputArgs;
use super::output::OutputArgs;
use super::time::EventArgs;
use super::{mistaken, words};
use crate::command::plot::PlotRequest;
use crate::command::request::TableRequest;
use crate::error::Error;
use crate::render::{Output, OutputFormat};
use crate::tables::plot::FigureKind;

#[derive(clap::Args)]
pub struct Args {
    /// The figure
    #[arg(value_name = "KIND", value_parser = words::any::<FigureKind>())]
    figure: FigureKind,
    /// Group the cases by this variable
    #[arg(short = 'g', long, visible_aliases = ["group-by", "group"], value_name = "VARIABLE")]
    by: Vec<String>,
    /// Width in millimetres: 84 is a column of a journal, 174 a page
    #[arg(long, value_name = "MM", default_value_t = 174, value_parser = clap::value_parser!(u16).range(60..=400))]
    width_mm: u16,
    /// Pixels per inch of png: journals want 300 for colours, 600 or 1200 for lines
    #[arg(long, value_name = "DPI", default_value_t = 300, value_parser = clap::value_parser!(u16).range(72..=1200))]
    dpi: u16,
    /// Mask every count from 1 to K - 1; refuses figures of single patients
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u64).range(2..))]
    suppress_below: Option<u64>,
    /// Replace case IDs with numbers; hide ages over 89 and unknown words of one or two cases
    #[arg(long)]
    deidentify: bool,
    /// Format: svg, png, pdf, or text (a description in words) [default: by the extension of -o, else svg]
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output", value_parser = words::formats(Output::Figure))]
    format: Option<OutputFormat>,
    /// In a waterfall, a rise is better than a fall
    #[arg(long)]
    higher_is_better: bool,
    #[command(flatten)]
    event: EventArgs,
    #[command(flatten)]
    conventions: ConventionArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    input: InputArgs,
}

impl Args {
    /// The request of this command line.
    pub fn request(&self) -> Result<PlotRequest, Error> {
        mistaken::ensure_no_variable_is_a_file("--by", &self.by, self.input.files())?;
        let mut input = self.input.input()?;
        input.settings.by.clone_from(&self.by);
        input.settings.survival = self.event.survival()?;
        let to_stdout = self.output.paths().is_empty().then_some(OutputFormat::Svg);
        Ok(PlotRequest {
            kind: self.figure,
            input,
            tables: TableRequest {
                deidentify: self.deidentify,
                suppress_below: self.suppress_below,
                ..self.conventions.tables()?
            },
            width_mm: f64::from(self.width_mm),
            dpi: self.dpi,
            higher_is_better: self.higher_is_better,
            targets: self.output.targets(Output::Figure, self.format.or(to_stdout))?,
            strict: self.output.strict,
        })
    }
}
