//! Table 1 on the built program: groups, filters, comparisons, what tables show, what is refused.

mod compared;
mod digits;
mod direction;
mod filtered;
mod grouped;
mod masked;
mod ratios;
mod responses;
mod shown;
