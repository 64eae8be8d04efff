//! Recapture: sales put off by the outage and made up after it.

use crate::quantity::{Hours, Share};

/// Share of lost revenue that is made up later.
///
/// # Formula
///
/// ```text
/// factor(D) = RF₀                      no fade
///           = RF₀ · e^(-D/τ)           exponential
///           = RF₀ · max(0, 1 - D/τ)    linear
/// ```
///
/// # Source
///
/// The Hazus direct income loss has the form `(1 - RF) · income`; that recapture
/// declines with duration is in the literature on rescheduled production. Hazus
/// factors are for buildings and weeks; an outage of hours needs its own.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Recapture {
    /// The factor for an outage of no length.
    pub factor: Share,
    /// How it declines with the outage's duration.
    pub fade: Fade,
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

impl Recapture {
    /// Returns the share of lost revenue made up after an outage of `duration`.
    ///
    /// ```
    /// use netloss::mitigation::{Fade, Recapture};
    /// use netloss::quantity::{Hours, Share};
    /// let half = Recapture { factor: Share::new(0.5).unwrap(), fade: Fade::Linear(Hours(48.0)) };
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
            let made_up = Recapture { factor, fade }.after(Hours(hours)).get();
            assert!((made_up - expected).abs() < 1e-12, "{because}");
        }
    }
}
