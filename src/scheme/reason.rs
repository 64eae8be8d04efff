//! Reasons: what became of a claim, and why, in one small number.

/// What became of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It is paid.
    Paid,
    /// Nothing is due.
    Zero,
    /// A person has to look at it; nothing is paid yet.
    Review,
    /// Its row could not be used.
    Rejected,
}

impl Status {
    /// Each, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Paid, Self::Zero, Self::Review, Self::Rejected];
}

/// Why a claim is paid, is not, or waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Reason {
    /// Paid as the rule gives.
    Paid,
    /// Paid at the least that the rule pays.
    PaidFloor,
    /// Paid at the most that the rule pays.
    PaidCap,
    /// Paid as assessed by a person.
    PaidAssessed,
    /// Sales did not fall.
    NoLoss,
    /// The amount rounds to nothing.
    RoundsToNothing,
    /// The outage was not long enough.
    TooShort,
    /// The business is larger than the scheme is for.
    TooLarge,
    /// It came before or after claims were taken.
    OutsidePeriod,
    /// The scheme was not in force on the day of the outage.
    NotInForce,
    /// The scheme has this size of loss assessed by a person.
    Individual,
    /// A paper that the scheme asks for is not there.
    PaperMissing,
    /// Nobody says when it came, and claims were taken for a time alone.
    Undated,
    /// It looks like another claim, or like none that can be.
    Flagged,
    /// Nobody says of which class the claimant is.
    NoClass,
    /// No sales are given from which to take a loss.
    NoSales,
    /// Too few days of usual sales are on record.
    NoBaseline,
    /// Nobody says how long the outage was.
    NoOutage,
    /// Nobody says what is paid for the service.
    NoFee,
    /// Nobody says how large the business is.
    NoAnnualSales,
    /// A rate that the formula needs is not given.
    NoRate,
    /// The arithmetic would leave the range in which it is exact.
    OutOfRange,
}

impl Reason {
    /// Each, in the order in which they are told.
    pub const ALL: [Self; 22] = [
        Self::Paid,
        Self::PaidFloor,
        Self::PaidCap,
        Self::PaidAssessed,
        Self::NoLoss,
        Self::RoundsToNothing,
        Self::TooShort,
        Self::TooLarge,
        Self::OutsidePeriod,
        Self::NotInForce,
        Self::Individual,
        Self::PaperMissing,
        Self::Undated,
        Self::Flagged,
        Self::NoClass,
        Self::NoSales,
        Self::NoBaseline,
        Self::NoOutage,
        Self::NoFee,
        Self::NoAnnualSales,
        Self::NoRate,
        Self::OutOfRange,
    ];

    /// Returns what became of the claim.
    #[must_use]
    pub const fn status(self) -> Status {
        match self {
            Self::Paid | Self::PaidFloor | Self::PaidCap | Self::PaidAssessed => Status::Paid,
            Self::NoLoss
            | Self::RoundsToNothing
            | Self::TooShort
            | Self::TooLarge
            | Self::OutsidePeriod
            | Self::NotInForce => Status::Zero,
            Self::OutOfRange => Status::Rejected,
            _ => Status::Review,
        }
    }

    /// Returns its name in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::PaidFloor => "paid_at_floor",
            Self::PaidCap => "paid_at_cap",
            Self::PaidAssessed => "paid_as_assessed",
            Self::NoLoss => "no_loss",
            Self::RoundsToNothing => "rounds_to_nothing",
            Self::TooShort => "outage_too_short",
            Self::TooLarge => "business_too_large",
            Self::OutsidePeriod => "outside_period",
            Self::NotInForce => "not_in_force",
            Self::Individual => "individual_review",
            Self::PaperMissing => "paper_missing",
            Self::Undated => "no_day_of_claim",
            Self::Flagged => "flagged",
            Self::NoClass => "no_class",
            Self::NoSales => "no_sales",
            Self::NoBaseline => "no_baseline",
            Self::NoOutage => "no_outage",
            Self::NoFee => "no_fee",
            Self::NoAnnualSales => "no_annual_sales",
            Self::NoRate => "no_rate",
            Self::OutOfRange => "out_of_range",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_stands_at_its_own_number_under_its_own_name() {
        let mut keys: Vec<_> = Reason::ALL.iter().map(|reason| reason.key()).collect();
        for (place, reason) in Reason::ALL.iter().enumerate() {
            assert_eq!(*reason as usize, place);
        }
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), Reason::ALL.len());
    }
}
