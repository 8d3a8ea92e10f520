//! Which variables have a statistic, and when.

use super::{AppliesTo, Availability, Statistic};
use crate::schema::Kind;

impl Statistic {
    /// True for a statistic that is computed only where a template or a selector names it.
    pub fn is_on_request(self) -> bool {
        let declaration = self.declaration();
        declaration.availability == Availability::OnRequest && !declaration.applies_to.contains(&AppliesTo::Groups)
    }

    /// True for a statistic of what is compared between groups.
    pub fn compares_groups(self) -> bool {
        self.declaration().applies_to.contains(&AppliesTo::Groups)
    }

    /// True for a statistic of whole tables of responses, sets or treatments, which no template can show.
    pub fn is_of_tables(self) -> bool {
        let of_tables = |applies_to: &AppliesTo| matches!(applies_to, AppliesTo::Collections | AppliesTo::Responses);
        self.declaration().applies_to.iter().any(of_tables)
    }

    /// True for a statistic that a row of a variable of this kind can show.
    pub fn is_of(self, kind: Kind) -> bool {
        self.declaration().applies_to.iter().any(|applies_to| match applies_to {
            AppliesTo::Every => true,
            AppliesTo::Numbers => kind == Kind::Number,
            AppliesTo::Dates => kind == Kind::Date,
            AppliesTo::Levels => matches!(kind, Kind::Category | Kind::Binary | Kind::Set),
            AppliesTo::Collections | AppliesTo::Responses | AppliesTo::Groups => false,
        })
    }
}
