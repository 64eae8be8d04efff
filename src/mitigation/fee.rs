//! Fees for work on the claim, by what they are paid for.

/// What a fee for work on the claim was paid for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fee {
    /// Accountants and other experts who prepare the claim.
    #[default]
    Preparing,
    /// Those who negotiate it or take it to court.
    Negotiating,
    /// The insured's own staff.
    OwnStaff,
}

impl Fee {
    /// Every kind of fee, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); 3] =
        [("preparing", Self::Preparing), ("negotiating", Self::Negotiating), ("own_staff", Self::OwnStaff)];
}
