//! The commands, one file each: which layers a command calls, in order. A command never imports another.

pub mod cases;
pub mod check;
pub mod convert;
pub mod example;
pub mod fill;
pub mod get;
mod long;
mod manuscript;
pub mod message;
pub mod open;
pub mod output;
mod package;
pub mod placed;
pub mod plot;
pub mod progress;
mod redcap;
mod related;
pub mod request;
pub mod scan;
pub mod schema;
pub mod selected;
pub mod summarize;
mod unwritten;
pub mod validate;
