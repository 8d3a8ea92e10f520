//! Claims: what a report says, held against its own records.
//!
//! ```text
//! claims.toml -- file --> Claims -- plan --> conditions and statistics that are wanted
//!                                                  |  one reading of the cases
//!                                                  v
//!                           Verdict, remarks <-- judge -- Results, judged conditions
//! ```
//!
//! A claims file says where a number stands, how it is printed and what it speaks of. It never says
//! whether it is right: each verdict is computed.

mod arithmetic;
mod claim;
mod count;
mod file;
mod judge;
mod missing;
mod number;
mod plan;
mod records;
mod test_text;
mod verdict;
mod written;

pub use arithmetic::audit;
pub use claim::{Asked, Claim, Claims, Comparison, Measure, Report, Sum};
pub use file::read;
pub use judge::judge;
pub use plan::plan;
pub use verdict::{Answer, Audit, Audited, Counted, Given, Remark, ShownBeside, Verdict};
