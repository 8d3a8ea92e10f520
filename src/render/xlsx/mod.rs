//! Workbooks: tables as seen, results as numbers, listings, findings and queries.

mod audit;
mod book;
mod listing;
mod summary;
mod table;
mod validation;

pub use audit::audit;
pub use listing::SheetListing;
pub use summary::summary;
pub use validation::validation;
