//! The denominator of a percentage.

use crate::words::words;

words! {
    /// The cases that are the denominator of a percentage.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum Denominator: "denominator" {
        /// Those in which the item is reported.
        #[default]
        Reported = "reported",
        /// All of them: what is not reported counts as not having the level.
        All = "all",
        /// Those in which it is reported, with the bounds that the others leave: from n / `N_obs`, if none of them has the
        /// level, to (n + `N_miss`) / `N_obs`, if all of them have it.
        Bounds = "bounds",
    }
}
