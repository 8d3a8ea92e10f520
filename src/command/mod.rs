//! The commands: each says what it asks of which layer, in order. Commands never import commands.

pub mod asked;
pub mod cases;
pub mod check;
pub mod example;
pub mod fill;
pub mod get;
pub mod open;
pub mod output;
pub mod progress;
pub mod schema;
pub mod selected;
pub mod summarize;
pub mod validate;
