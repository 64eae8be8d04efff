//! Recapture: sales put off by the outage and made up after it.

use super::Queue;
use crate::quantity::{Hours, Money, Share};
use crate::term::term;

term! {
    pub const RECAPTURE: Term = {
        key: "recapture",
        korean: "수요 이연·회복계수",
        english: "Recapture of sales",
        file_key: "line.recapture",
        unit: "share of lost revenue",
        formula: "recaptured = factor(D) * lost revenue\nfactor(D) = RF0, RF0 * exp(-D / tau), or RF0 * max(0, 1 - D / tau)",
        order: "after lost revenue, before saved costs; spread over lost hours pro rata",
        source: "FEMA, Hazus Earthquake Model Technical Manual, recapture factors of direct income loss",
    };
}

/// Share of lost revenue that is made up later, or that waits to be.
///
/// # Formula
///
/// ```text
/// factor(D)  = RF₀                      no fade
///            = RF₀ · e^(-D/τ)           exponential
///            = RF₀ · max(0, 1 - D/τ)    linear
/// recaptured = factor(D) · lost revenue                without a queue
///            = what a queue of that length serves      with one
/// ```
///
/// Making up costs overtime: one amount where anything is made up, and a share of
/// what is.
///
/// # Order
///
/// After lost revenue, before saved costs. What is made up shrinks each lost hour
/// by the same factor, so that a waiting period measures its hours net of it.
///
/// # Source
///
/// The direct income loss of FEMA's Hazus (*Earthquake Model Technical Manual*)
/// has the form `(1 - RF) · income`; that recapture declines with duration is in
/// the literature on rescheduled production. Hazus factors are for buildings and
/// weeks; an outage of hours needs its own.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Recapture {
    /// The factor for an outage of no length.
    pub factor: Share,
    /// How it declines with the outage's duration.
    pub fade: Fade,
    /// The queue in which sales wait; without one all of them are made up.
    pub queue: Option<Queue>,
    /// What making up costs.
    pub overtime: Overtime,
}

/// How recapture declines with the outage's duration.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Fade {
    /// It does not.
    #[default]
    None,
    /// By a factor e for each so many hours.
    Exponential(Hours),
    /// In a straight line to nothing after so many hours.
    Linear(Hours),
}

/// What making up lost sales costs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overtime {
    /// Once, where anything is made up.
    pub fixed: Money,
    /// A share of the sales made up.
    pub share: Share,
}

impl Overtime {
    /// Returns the cost of making up so much.
    #[must_use]
    pub fn of(self, made_up: Money) -> Money {
        if made_up > Money::ZERO { self.fixed + made_up * self.share } else { Money::ZERO }
    }
}

impl Recapture {
    /// A factor that neither fades nor waits.
    #[must_use]
    pub fn even(factor: Share) -> Self {
        Self { factor, ..Self::default() }
    }

    /// Returns the share of lost revenue made up after an outage of `duration`, or
    /// waiting to be.
    ///
    /// ```
    /// use netloss::mitigation::{Fade, Recapture};
    /// use netloss::quantity::{Hours, Share};
    /// let half = Recapture { fade: Fade::Linear(Hours(48.0)), ..Recapture::even(Share::new(0.5).unwrap()) };
    /// assert_eq!(half.after(Hours(12.0)).get(), 0.375);
    /// assert_eq!(half.after(Hours(72.0)).get(), 0.0);
    /// ```
    #[must_use]
    pub fn after(self, duration: Hours) -> Share {
        let remaining = match self.fade {
            Fade::None => 1.0,
            Fade::Exponential(Hours(tau)) => libm::exp(-duration.0 / tau),
            Fade::Linear(Hours(tau)) => (1.0 - duration.0 / tau).max(0.0),
        };
        Share::new(remaining).map_or(Share::NONE, |remaining| self.factor * remaining)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recapture_fades_as_its_law_says() {
        let factor = Share::new(0.87).unwrap();
        for (fade, hours, expected, because) in [
            (Fade::None, 500.0, 0.87, "no fade keeps the factor"),
            (Fade::Exponential(Hours(24.0)), 0.0, 0.87, "no outage, no decline"),
            (Fade::Exponential(Hours(24.0)), 24.0, 0.87 / std::f64::consts::E, "a factor e after tau"),
            (Fade::Linear(Hours(24.0)), 24.0, 0.0, "nothing is left after tau"),
        ] {
            let made_up = Recapture { fade, ..Recapture::even(factor) }.after(Hours(hours)).get();
            assert!((made_up - expected).abs() < 1e-12, "{because}");
        }
    }

    #[test]
    fn who_makes_up_nothing_pays_no_overtime() {
        let overtime = Overtime { fixed: Money(8.0), share: Share::new(0.1).unwrap() };
        assert_eq!(overtime.of(Money::ZERO), Money::ZERO);
        assert_eq!(overtime.of(Money(50.0)), Money(13.0));
    }
}
