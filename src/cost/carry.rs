//! Carry: what it costs to hold a hedge, beside its premium.

use super::{Costs, Kind};
use crate::quantity::{Money, Months, Share};
use crate::term::term;

term! {
    pub const CARRY: Term = {
        key: "carry",
        korean: "보유비용",
        english: "Cost of carry",
        file_key: "cover.premium.carry",
        unit: "money a term",
        formula: "carry = premium + collateral · (funding - yield) · T + roll + commitment",
        order: "With the cost of the programme, whatever the loss",
        source: "The usual carry account of a collateralised position",
    };
}

/// The cost of holding a hedge over its term.
///
/// # Formula
///
/// ```text
/// carry = premium + collateral · (funding - yield) · T + roll + commitment
/// ```
///
/// `T` is the term in years. The premium is charged by the hedge itself; this
/// term gives the rest. Collateral that earns more than its funding costs takes
/// from the carry.
///
/// # Source
///
/// The usual carry account of a collateralised position.
///
/// # Example
///
/// 200 of collateral for a year, funded at 7 % and earning 3 %, cost 8.
///
/// ```
/// use netloss::cost::Carry;
/// use netloss::quantity::{Money, Months, Share};
/// let carry = Carry {
///     collateral: Money(200.0),
///     funding: Share::new(0.07).unwrap(),
///     earned: Share::new(0.03).unwrap(),
///     term: Months(12.0),
///     roll: Money(2.0),
///     commitment: Money(0.0),
/// };
/// assert!((carry.costs().total().0 - 10.0).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Carry {
    /// Money that is set aside for the counterparty.
    pub collateral: Money,
    /// What that money costs, a year.
    pub funding: Share,
    /// What it earns meanwhile, a year.
    pub earned: Share,
    /// How long it is set aside.
    pub term: Months,
    /// Cost of renewing the hedge within the term.
    pub roll: Money,
    /// Fees for commitments.
    pub commitment: Money,
}

impl Carry {
    /// Returns what it costs to hold the hedge, without its premium.
    #[must_use]
    pub fn costs(self) -> Costs {
        let mut costs = Costs::default();
        let margin = self.funding.get() - self.earned.get();
        costs[Kind::Collateral] = Money(self.collateral.0 * margin * self.term.years());
        costs[Kind::Roll] = self.roll;
        costs[Kind::Commitment] = self.commitment;
        costs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collateral_costs_what_its_funding_exceeds_its_yield_by() {
        let share = |part| Share::new(part).unwrap();
        for (funding, earned, months, cost, because) in [
            (0.07, 0.03, 12.0, 8.0, "a year at 4 %"),
            (0.07, 0.03, 3.0, 2.0, "a quarter of a year"),
            (0.03, 0.03, 12.0, 0.0, "it earns what it costs"),
            (0.02, 0.03, 12.0, -2.0, "it earns more than it costs"),
        ] {
            let carry = Carry {
                collateral: Money(200.0),
                funding: share(funding),
                earned: share(earned),
                term: Months(months),
                roll: Money::ZERO,
                commitment: Money::ZERO,
            };
            assert!((carry.costs()[Kind::Collateral].0 - cost).abs() < 1e-12, "{because}");
        }
    }
}
