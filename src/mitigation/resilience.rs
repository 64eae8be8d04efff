//! Resilience: how much of the worst case did not happen.

use crate::quantity::Money;
use crate::term::term;

term! {
    pub const RESILIENCE: Term = {
        key: "resilience",
        korean: "복원력 계수",
        english: "Resilience factor",
        file_key: "",
        unit: "share of the largest loss",
        formula: "resilience = (largest loss - loss) / largest loss",
        order: "a report: it changes no amount",
        source: "Rose, direct static economic resilience; USC CREATE: relocation after 11 September 2001 cut potential business interruption by 72 %",
    };
}

/// Returns the part of the largest possible loss that was avoided: direct static
/// economic resilience.
///
/// # Formula
///
/// ```text
/// resilience = (largest - actual) / largest
/// ```
///
/// The largest loss of an outage is all the revenue that depends on the service,
/// from the first minute to the end of the outage, with nothing restored earlier
/// and nothing made up. Nothing is returned where nothing could be lost.
///
/// # Source
///
/// Rose's measure of direct static economic resilience; by USC CREATE, relocation
/// after 11 September 2001 cut potential business interruption by 72 %.
///
/// # Example
///
/// 40 could be lost and 12 are: 70 %.
///
/// ```
/// use netloss::mitigation::resilience;
/// use netloss::quantity::Money;
/// assert_eq!(resilience(Money(40.0), Money(12.0)), Some(0.7));
/// assert_eq!(resilience(Money(0.0), Money(0.0)), None);
/// ```
#[must_use]
pub fn resilience(largest: Money, actual: Money) -> Option<f64> {
    (largest > Money::ZERO).then(|| (largest - actual).0 / largest.0)
}
