//! What a header says: name, unit and role; whom or what it identifies; two things in one column; a quantity.
//!
//! The names are data (`headers.toml`).

mod coded;
pub mod combined;
pub mod companion;
pub mod identity;
pub mod measure;
mod memo;
mod names;
mod numbered;
mod parts;
pub mod patients;
mod people;
pub mod quantity;
mod reading;
mod responses;
mod scale;
mod several;
#[cfg(test)]
mod tests;
mod times;
mod vocabulary;

pub use coded::{stated_codes, stated_missing_codes};
pub use numbered::{NumberedHeader, NumberedThing, later_header, numbered_header, numbered_name, numbers_a_treatment};
pub use parts::numbers_parts;
pub use quantity::{
    HeaderQuantity, groups_cases, has_nominal_codes, is_below_a_thousand, is_cell_count, is_gestation,
    is_sedimentation_rate, names_a_grading, names_a_logarithm, names_a_small_share, names_a_volume, names_copies,
    quantity, words_of,
};
pub use reading::{HeaderReading, read_header};
pub use scale::scale_range;
pub use several::{holds_one, holds_several, is_dutch_several, may_be_responses, names_the_best_response};
pub use times::{YEARS_AND_MONTHS, unknown_time_unit};
pub use vocabulary::{is_common_unit, is_unit, normalise};
