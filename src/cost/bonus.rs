//! What an insurer gives back: a bonus for no claims, a part of its profit.

use crate::quantity::{Met, Money, Share};
use crate::term::term;

term! {
    pub const NO_CLAIMS_BONUS: Term = {
        key: "no_claims_bonus",
        korean: "무사고환급",
        english: "No-claims bonus",
        file_key: "cover.premium.no_claims_bonus",
        unit: "money a policy year",
        formula: "bonus = share · premium where claims paid ≤ claims_up_to, else 0",
        order: "With the cost of the programme, after the premium has swung",
        source: "A usual clause of commercial policies, in a form that is a choice of this program",
    };
}

term! {
    pub const PROFIT_COMMISSION: Term = {
        key: "profit_commission",
        korean: "이익수수료",
        english: "Profit commission",
        file_key: "cover.premium.profit_commission",
        unit: "money a policy year",
        formula: "profit     = premium · (1 - expense) - losses - deficit\ncommission = share · profit⁺\ncarried forward = (-profit)⁺",
        order: "With the cost of the programme, after the premium has swung",
        source: "CII, M97 Reinsurance, profit commission and deficit carried forward",
    };
}

/// Premium given back where the year brought no claim, or no more than so much.
///
/// # Formula
///
/// ```text
/// bonus = share · premium   where claims paid ≤ claims_up_to
///         0                 otherwise
/// ```
///
/// # Source
///
/// A usual clause of commercial policies; its form here is a choice of this
/// program, and `claims_up_to` is 0 unless the policy says otherwise.
///
/// # Example
///
/// ```
/// use netloss::cost::NoClaimsBonus;
/// use netloss::quantity::{Money, Share};
/// let bonus = NoClaimsBonus { share: Share::new(0.1).unwrap(), claims_up_to: Money(0.0) };
/// assert_eq!(bonus.given_back(Money(120.0), Money(0.0)), Money(12.0));
/// assert_eq!(bonus.given_back(Money(120.0), Money(1.0)), Money(0.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoClaimsBonus {
    /// Part of the premium that is given back.
    pub share: Share,
    /// Claims of the year that do not lose it.
    pub claims_up_to: Money,
}

impl NoClaimsBonus {
    /// Returns what is given back of a premium in a year with these claims.
    #[must_use]
    pub fn given_back(self, premium: Money, claims: Money) -> Money {
        if self.is_lost(claims) { Money::ZERO } else { premium * self.share }
    }

    /// Returns whether claims as large as these lose the bonus.
    #[must_use]
    pub fn is_lost(self, claims: Money) -> bool {
        Met::MoreThan.by_amount(claims, self.claims_up_to)
    }
}

/// A part of the insurer's profit on the policy, given back.
///
/// # Formula
///
/// ```text
/// profit     = premium · (1 - expense) - losses - deficit
/// commission = share · profit⁺
/// deficit carried forward = (-profit)⁺
/// ```
///
/// # Source
///
/// CII, M97 Reinsurance, profit commission and deficit carried forward.
///
/// # Example
///
/// A premium of 120 less a quarter for expense and losses of 40 leaves 50.
///
/// ```
/// use netloss::cost::ProfitCommission;
/// use netloss::quantity::{Money, Share};
/// let share = |part| Share::new(part).unwrap();
/// let terms = ProfitCommission { share: share(0.2), expense: share(0.25), deficit: Money(0.0) };
/// assert_eq!(terms.profit(Money(120.0), Money(40.0)), Money(50.0));
/// assert_eq!(terms.given_back(Money(120.0), Money(40.0)), Money(10.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProfitCommission {
    /// Part of the profit that is given back.
    pub share: Share,
    /// Part of the premium that the insurer counts as expense.
    pub expense: Share,
    /// Losses of earlier years that profit has to make good first.
    pub deficit: Money,
}

impl ProfitCommission {
    /// Returns the insurer's profit on a premium; below zero it is a deficit.
    #[must_use]
    pub fn profit(self, premium: Money, losses: Money) -> Money {
        premium * self.expense.rest() - losses - self.deficit
    }

    /// Returns what is given back of a premium in a year with these losses.
    #[must_use]
    pub fn given_back(self, premium: Money, losses: Money) -> Money {
        self.profit(premium, losses).positive() * self.share
    }

    /// Returns the deficit that the next year begins with.
    #[must_use]
    pub fn carried_forward(self, premium: Money, losses: Money) -> Money {
        (-self.profit(premium, losses)).positive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bonus_stands_until_claims_pass_what_it_bears() {
        let bonus = |up_to| NoClaimsBonus { share: Share::new(0.1).unwrap(), claims_up_to: Money(up_to) };
        for (up_to, claims, given_back, because) in [
            (0.0, 0.0, 12.0, "a year without a claim"),
            (0.0, 0.01, 0.0, "any claim loses it"),
            (5.0, 5.0, 12.0, "claims just as large as the policy bears"),
            (5.0, 5.01, 0.0, "claims larger than that"),
        ] {
            assert_eq!(
                bonus(up_to).given_back(Money(120.0), Money(claims)),
                Money(given_back),
                "{because}"
            );
        }
    }

    #[test]
    fn a_deficit_is_made_good_before_profit_is_shared() {
        let share = |part| Share::new(part).unwrap();
        let terms = |deficit| ProfitCommission { share: share(0.2), expense: share(0.25), deficit };
        for (deficit, losses, given_back, forward, because) in [
            (0.0, 40.0, 10.0, 0.0, "a fifth of 120 x 0.75 - 40"),
            (30.0, 40.0, 4.0, 0.0, "30 of the profit make good the deficit"),
            (60.0, 40.0, 0.0, 10.0, "the rest of the deficit goes on to the next year"),
            (0.0, 90.0, 0.0, 0.0, "losses that just use the premium up leave no profit"),
            (0.0, 100.0, 0.0, 10.0, "a loss-making year shares nothing and carries its deficit on"),
        ] {
            let (terms, losses) = (terms(Money(deficit)), Money(losses));
            assert_eq!(terms.given_back(Money(120.0), losses), Money(given_back), "{because}");
            assert_eq!(terms.carried_forward(Money(120.0), losses), Money(forward), "{because}");
        }
    }
}
