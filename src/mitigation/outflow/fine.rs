//! Fines of a regulator.

use super::Threshold;
use crate::quantity::{Hours, Money, Share};
use crate::term::term;

term! {
    pub const FINE: Term = {
        key: "fine",
        korean: "과징금·과태료",
        english: "Regulatory fine",
        file_key: "outflow.fine",
        unit: "money, as expected",
        formula: "fine = probability * min(cap, base * rate * aggravation * mitigation)\ncap = max(fixed cap, share of turnover * turnover)",
        order: "outflow, after saved costs; no cover answers for it unless it is said to be insurable",
        source: "statutes state a base, a rate and a cap (Korea: Telecommunications Business Act and its decree); the factors are a choice made here",
    };
}

/// A fine, as far as it is expected.
///
/// # Formula
///
/// ```text
/// assessed = base · rate · aggravation · mitigation
/// cap      = max(fixed cap, share · turnover)          none where neither is stated
/// fine     = probability · min(cap, assessed)          once the threshold is met
/// ```
///
/// # Order
///
/// An outflow, after saved costs. Many laws let no insurer pay a fine: unless the
/// file says that it is insurable, no cover is asked.
///
/// # Source
///
/// Statutes state a base, a rate and a cap; in Korea the Telecommunications
/// Business Act and its decree. Aggravation and mitigation by factors are a choice
/// made here.
///
/// # Example
///
/// 3 % of 12,000, times 1.2 and 0.8, is 345.60; at one in four, 86.40.
///
/// ```
/// use netloss::mitigation::Fine;
/// use netloss::quantity::{Hours, Money, Share};
/// let share = |number| Share::new(number).unwrap();
/// let fine = Fine {
///     base: Money(12_000.0), rate: share(0.03), aggravation: 1.2, mitigation: 0.8,
///     cap: Some(Money(500.0)), of_turnover: None, probability: share(0.25), from: None,
/// };
/// assert!((fine.assessed().0 - 345.6).abs() < 1e-9);
/// assert!((fine.of(Hours(10.0)).0 - 86.4).abs() < 1e-9);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fine {
    /// What the rate is taken of: the turnover concerned, most often.
    pub base: Money,
    /// The rate.
    pub rate: Share,
    /// Factor for what makes it worse; 1 where nothing does.
    pub aggravation: f64,
    /// Factor for what makes it better; 1 where nothing does.
    pub mitigation: f64,
    /// The most in money.
    pub cap: Option<Money>,
    /// The most as a share of turnover; the larger of the two caps holds.
    pub of_turnover: Option<(Share, Money)>,
    /// Chance that it is imposed.
    pub probability: Share,
    /// Duration from which it is.
    pub from: Option<Threshold>,
}

impl Fine {
    /// Returns the most that the statute allows, where it says.
    #[must_use]
    pub fn most(&self) -> Option<Money> {
        let of_turnover = self.of_turnover.map(|(share, turnover)| turnover * share);
        match (self.cap, of_turnover) {
            (Some(fixed), Some(share)) => Some(fixed.max(share)),
            (one, other) => one.or(other),
        }
    }

    /// Returns the fine if it is imposed.
    #[must_use]
    pub fn assessed(&self) -> Money {
        let assessed = Money((self.base * self.rate).0 * self.aggravation * self.mitigation);
        assessed.at_most(self.most())
    }

    /// Returns the fine that is expected after an outage of `duration`.
    #[must_use]
    pub fn of(&self, duration: Hours) -> Money {
        if Threshold::passed(self.from, duration) {
            self.assessed() * self.probability
        } else {
            Money::ZERO
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Met;

    #[test]
    fn the_larger_of_two_caps_holds() {
        let share = |number| Share::new(number).unwrap();
        let fine = Fine {
            base: Money(12_000.0),
            rate: share(0.03),
            aggravation: 1.2,
            mitigation: 0.8,
            cap: None,
            of_turnover: None,
            probability: Share::ALL,
            from: None,
        };
        let of_turnover = Some((share(0.02), Money(12_000.0)));
        for (cap, of_turnover, expected, because) in [
            (None, None, 345.6, "no cap at all"),
            (Some(Money(500.0)), None, 345.6, "it is below the cap"),
            (Some(Money(100.0)), None, 100.0, "it is above it"),
            (None, of_turnover, 240.0, "2 % of turnover"),
            (Some(Money(100.0)), of_turnover, 240.0, "the larger of 100 and 240"),
            (Some(Money(300.0)), of_turnover, 300.0, "the larger of 300 and 240"),
        ] {
            let fine = Fine { cap, of_turnover, ..fine };
            assert!((fine.assessed().0 - expected).abs() < 1e-9, "{because}");
        }
        let late = Fine { from: Some(Threshold { at: Hours(2.0), met: Met::MoreThan }), ..fine };
        assert_eq!(late.of(Hours(2.0)), Money::ZERO, "two hours are no breach");
    }
}
