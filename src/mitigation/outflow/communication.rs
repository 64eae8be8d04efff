//! Crisis communication: what a timely notice keeps from leaving.

use crate::quantity::{Hours, Share};
use crate::term::term;

term! {
    pub const COMMUNICATION: Term = {
        key: "communication",
        korean: "위기소통 효과",
        english: "Crisis communication",
        file_key: "outflow.churn.communication",
        unit: "share of customers who would leave",
        formula: "p' = p * (1 - e) where the notice comes within h hours\np' = p * (1 - e * exp(-(notice - h) / tau)) where it comes later",
        order: "after the share who leave, before those who would have left anyway",
        source: "a choice made here; no public estimate of the effect was found",
    };
}

/// The part of leaving customers whom a notice keeps, by when it comes.
///
/// # Formula
///
/// ```text
/// p' = p · (1 - e)                             first notice within h hours
///    = p · (1 - e · e^(-(notice - h)/τ))       later
/// ```
///
/// # Order
///
/// After the share who leave, before those who would have left anyway. What the
/// communication costs is an outflow of its own.
///
/// # Source
///
/// A choice made here: no public estimate of the effect was found.
///
/// # Example
///
/// A notice within two hours keeps 30 % of those who would leave; one six hours
/// late, under a time constant of six hours, 11 %.
///
/// ```
/// use netloss::mitigation::Communication;
/// use netloss::quantity::{Hours, Share};
/// let effect = Share::new(0.3).unwrap();
/// let notice = |notice| Communication { effect, within: Hours(2.0), notice: Hours(notice), fades_over: Hours(6.0) };
/// assert_eq!(notice(1.5).kept().get(), 0.3);
/// assert!((notice(8.0).kept().get() - 0.3 / std::f64::consts::E).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Communication {
    /// Part of leaving customers whom a timely notice keeps.
    pub effect: Share,
    /// Hours within which a notice is timely.
    pub within: Hours,
    /// When the first notice comes, in hours after the outage's start.
    pub notice: Hours,
    /// Time constant of the decline after that.
    pub fades_over: Hours,
}

impl Communication {
    /// Returns the part of leaving customers whom the notice keeps.
    #[must_use]
    pub fn kept(&self) -> Share {
        let late = (self.notice - self.within).positive();
        let fades = if late > Hours::ZERO { libm::exp(-late.0 / self.fades_over.0) } else { 1.0 };
        Share::new(fades).map_or(Share::NONE, |left| self.effect * left)
    }
}
