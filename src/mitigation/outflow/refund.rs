//! Fees given back, and gifts beyond any duty.

use super::Threshold;
use crate::quantity::{Hours, Money, Share};
use crate::term::term;

term! {
    pub const REFUND: Term = {
        key: "refund",
        korean: "환불",
        english: "Refund of fees",
        file_key: "outflow.refund",
        unit: "money",
        formula: "refund = users * monthly fee * D / month * multiple, from the stated duration on",
        order: "outflow, after saved costs",
        source: "Korean telecommunications terms: ten times the fee of the hours lost, from two hours on (announced 2022)",
    };
}

term! {
    pub const GOODWILL: Term = {
        key: "goodwill",
        korean: "도의적 보상",
        english: "Goodwill",
        file_key: "outflow.goodwill",
        unit: "money",
        formula: "goodwill = users * amount * take-up * cost of a gift as a share of its face",
        order: "outflow, after saved costs",
        source: "Kakao's compensation of users, announced December 2022 (a gift to all, taken up by some)",
    };
}

/// Fees given back for the time of the outage.
///
/// # Formula
///
/// ```text
/// refund = users · monthly fee · D / month · multiple     once the threshold is met
/// ```
///
/// A refund of fees that are already counted as lost revenue is that revenue once
/// more: count it in one place.
///
/// # Order
///
/// An outflow, after saved costs.
///
/// # Source
///
/// Pro rata refunds of subscription services; the multiple is that of Korean
/// telecommunications terms (ten times since 2022, from two hours on).
///
/// # Example
///
/// 400,000 users at 10,000 a month lose ten hours of 720: 55.6 million.
///
/// ```
/// use netloss::mitigation::Refund;
/// use netloss::quantity::{Hours, Money};
/// let refund = Refund {
///     users: 400_000.0, monthly_fee: Money(10_000.0), month: Hours(720.0), multiple: 1.0, from: None,
/// };
/// assert!((refund.of(Hours(10.0)).0 - 55_555_555.555_556).abs() < 1e-5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Refund {
    /// Paying users.
    pub users: f64,
    /// What each pays a month.
    pub monthly_fee: Money,
    /// Length of the month that the contract counts.
    pub month: Hours,
    /// How many times the fee of the time is given back.
    pub multiple: f64,
    /// Duration from which anything is.
    pub from: Option<Threshold>,
}

impl Refund {
    /// Returns what is given back after an outage of `duration`.
    #[must_use]
    pub fn of(&self, duration: Hours) -> Money {
        if !Threshold::passed(self.from, duration) {
            return Money::ZERO;
        }
        Money(self.users * self.monthly_fee.0 * duration.0 / self.month.0 * self.multiple)
    }
}

/// A gift to every user, which some take up.
///
/// # Formula
///
/// ```text
/// goodwill = users · amount · take-up · cost      once the threshold is met
/// ```
///
/// `cost` is what a gift costs us as a share of its face: a gift in kind counts
/// at its marginal cost.
///
/// # Order
///
/// An outflow, after saved costs.
///
/// # Source
///
/// Kakao's gifts to users after October 2022, announced in December that year.
///
/// # Example
///
/// 400,000 users are offered 3,000 each, and 35 % take it: 420 million.
///
/// ```
/// use netloss::mitigation::Goodwill;
/// use netloss::quantity::{Hours, Money, Share};
/// let (amount, take_up) = (Money(3000.0), Share::new(0.35).unwrap());
/// let gift = Goodwill { users: 400_000.0, amount, take_up, cost: Share::ALL, from: None };
/// assert!((gift.of(Hours(10.0)).0 - 420e6).abs() < 1e-6);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goodwill {
    /// Users to whom it is offered.
    pub users: f64,
    /// Face amount of each gift.
    pub amount: Money,
    /// Share of users who take it up.
    pub take_up: Share,
    /// What a gift costs, as a share of its face.
    pub cost: Share,
    /// Duration from which it is offered.
    pub from: Option<Threshold>,
}

impl Goodwill {
    /// Returns what the gifts cost after an outage of `duration`.
    #[must_use]
    pub fn of(&self, duration: Hours) -> Money {
        if !Threshold::passed(self.from, duration) {
            return Money::ZERO;
        }
        Money(self.users * self.amount.0) * self.take_up * self.cost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Met;

    #[test]
    fn a_refund_begins_at_its_threshold_and_counts_from_the_first_minute() {
        let refund = |multiple, from: Option<(f64, Met)>| Refund {
            users: 400_000.0,
            monthly_fee: Money(10_000.0),
            month: Hours(720.0),
            multiple,
            from: from.map(|(at, met)| Threshold { at: Hours(at), met }),
        };
        for (refund, hours, expected, because) in [
            (refund(10.0, None), 10.0, 555_555_555.555_555_6, "ten times the fee of ten hours"),
            (refund(10.0, Some((2.0, Met::AtLeast))), 1.9, 0.0, "too short for the terms"),
            (refund(10.0, Some((2.0, Met::AtLeast))), 2.0, 111_111_111.111_111_1, "just long enough"),
            (refund(10.0, Some((2.0, Met::MoreThan))), 2.0, 0.0, "to be passed, not reached"),
        ] {
            assert!((refund.of(Hours(hours)).0 - expected).abs() < 1e-6, "{because}");
        }
    }

    #[test]
    fn a_gift_in_kind_counts_at_what_it_costs() {
        let share = |number| Share::new(number).unwrap();
        let from = Some(Threshold { at: Hours(24.0), met: Met::AtLeast });
        let (amount, take_up) = (Money(3000.0), share(0.35));
        let gift = Goodwill { users: 400_000.0, amount, take_up, cost: share(0.5), from };
        assert_eq!(gift.of(Hours(23.0)), Money::ZERO, "it is not offered yet");
        assert_eq!(gift.of(Hours(24.0)), Money(210e6), "half of its face");
    }
}
