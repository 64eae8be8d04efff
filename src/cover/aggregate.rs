//! Aggregates: what a cover pays in a year at most, and what it takes off first.

use super::{Claim, CoverYear};
use crate::quantity::Money;
use crate::reason::Reason;
use crate::term::term;

term! {
    pub const AGGREGATE_DEDUCTIBLE: Term = {
        key: "aggregate_deductible",
        korean: "연간 누적 자기부담금",
        english: "Aggregate deductible",
        file_key: "cover.aggregate_deductible",
        unit: "money a year",
        formula: "absorb              borne = min(x, what is left of the year's amount)\ncap_on_retentions   borne = min(x, max(maintenance, min(d, what is left)))",
        order: "Absorb: before the aggregate limit. Cap on retentions: in place of the deductible",
        source: "Fenchurch, Plus-aggregate deductible; excess of loss treaties",
    };
}

term! {
    pub const AGGREGATE_LIMIT: Term = {
        key: "aggregate_limit",
        korean: "연간 총보상한도",
        english: "Annual aggregate limit",
        file_key: "cover.aggregate_limit",
        unit: "money a year",
        formula: "paid = min(x, limit - paid of earlier losses of the year)",
        order: "Last",
        source: "Cyber wordings and excess of loss treaties",
    };
}

/// Money that the insured bears in a year before the cover pays.
///
/// # Formula
///
/// With `b` what the year's earlier losses have borne:
///
/// ```text
/// absorb              borne = min(x, (amount - b)⁺)
///                     x is what would be paid: after deductible, share and limit
/// cap_on_retentions   borne = min(x, max(maintenance, min(d, (amount - b)⁺)))
///                     in place of the deductible d of each occurrence
/// ```
///
/// Under `absorb` the year's first amounts stay with the insured. Under
/// `cap_on_retentions` the deductibles of all losses together come to no more
/// than the amount; after that each loss bears the maintenance deductible only.
///
/// # Source
///
/// Both are sold as aggregate deductibles: the first also as plus-aggregate, the
/// second with a maintenance deductible (Fenchurch, Plus-aggregate deductible).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AggregateDeductible {
    /// The first amounts that would be paid stay with the insured.
    Absorb(Money),
    /// Deductibles of the year come to no more than an amount.
    CapOnRetentions {
        /// The amount.
        amount: Money,
        /// What each loss bears once it is used up.
        maintenance: Money,
    },
}

impl AggregateDeductible {
    /// Returns the amount of the year.
    #[must_use]
    pub fn amount(self) -> Money {
        match self {
            Self::Absorb(amount) | Self::CapOnRetentions { amount, .. } => amount,
        }
    }

    /// Returns what is left of it.
    #[must_use]
    pub fn left(self, year: &CoverYear) -> Money {
        (self.amount() - year.borne).positive()
    }

    /// Returns the deductible of one loss, given what it would be by itself.
    #[must_use]
    pub fn of_occurrence(self, deductible: Money, year: &CoverYear) -> Money {
        match self {
            Self::Absorb(_) => deductible,
            Self::CapOnRetentions { maintenance, .. } => deductible.min(self.left(year)).max(maintenance),
        }
    }
}

/// Keeps the year's first amounts with the insured.
pub(super) fn absorb(claim: &mut Claim<'_>, deductible: Option<AggregateDeductible>) {
    if let Some(absorb @ AggregateDeductible::Absorb(_)) = deductible {
        let borne = claim.total().min(absorb.left(&claim.year));
        claim.keep(Reason::AggregateDeductible, borne);
        claim.year.borne += borne;
    }
}

/// Returns the part of an amount that the year's limit still pays, once it has paid
/// so much.
#[must_use]
pub fn within_year(amount: Money, limit: Money, paid: Money) -> Money {
    amount.min((limit - paid).positive())
}

/// Cuts the claim to what is left of the year's limit.
///
/// # Formula
///
/// ```text
/// paid = min(x, limit - paid of the year's earlier losses)
/// ```
///
/// # Source
///
/// Aggregate limits in cyber and excess-of-loss wordings.
pub(super) fn cut(claim: &mut Claim<'_>, limit: Option<Money>) {
    let Some(limit) = limit else { return };
    let total = claim.total();
    let within = within_year(total, limit, claim.year.within_aggregate);
    claim.keep(Reason::AggregateLimit, total - within);
    claim.year.within_aggregate += within;
}
