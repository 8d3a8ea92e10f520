//! The raw export of a REDCap project: events become visits, repeating instruments child tables, codes their labels.
//!
//! ```text
//! record_id, redcap_event_name, redcap_repeat_instrument, redcap_repeat_instance, sex, crp, drug, demo_complete
//! 1, baseline_arm_1, , , 1, 12, , 2                        --> 1, Male, 12, 3, ...
//! 1, month_6_arm_1,  , , , 3, , 2                              crp@baseline, crp@month_6
//! 1, baseline_arm_1, drugs, 1, , , methotrexate, 2         --> a row of the table `drugs`
//! ```

mod declare;
mod entry_unit;
mod export;
mod instrument;
mod read;
mod structure;
mod value;

pub use read::convert;
pub use structure::{has_forms, is_export, is_label_export};
