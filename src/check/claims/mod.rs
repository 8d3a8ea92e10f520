//! Claims: the statements of a report, checked against its own records.
//!
//! ```text
//! claims.toml -- file --> Claims -- plan --> conditions and statistics that are needed
//!                                                  |  one reading of the cases
//!                                                  v
//!                           Verdict, remarks <-- judge -- Results, judged conditions
//! ```
//!
//! A claims file gives the place of each number in the report, the printed text, and what it refers
//! to. It never states whether the number is right: each verdict is computed.

mod arithmetic;
mod between;
mod claim;
mod converted;
mod count;
mod doubt;
mod evidence;
mod facts;
mod file;
mod groups;
mod judge;
mod missing;
mod number;
mod plan;
mod ratio;
mod records;
mod share_interval;
mod table;
mod test_text;
mod verdict;
mod written;

pub use claim::{Assertion, Claim, ClaimTest, Claims, MeasureKind, Relation, Sum};
pub use facts::audit;
pub use groups::{BetweenGroups, BetweenOf};
pub use judge::judge;
pub use plan::plan;
pub use verdict::{AuditedClaim, CaseCount, ClaimAnswer, ClaimsAudit, Given, ShownBeside, Verdict, VerdictRemark};
