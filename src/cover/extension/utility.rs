//! Service interruption: failure of power, water or telecommunications supply.

use crate::outage::PlaceTest;
use crate::quantity::Money;
use crate::term::term;

term! {
    pub const SERVICE_INTERRUPTION: Term = {
        key: "service_interruption",
        korean: "공익사업 중단 확장담보",
        english: "Service interruption",
        file_key: "cover.utility",
        unit: "money",
        formula: "loss under the terms of the cover, at most the limit, where place and damage are what the wording asks for",
        order: "Place and damage are asked with the cause; the limit is a sublimit of all heads together",
        source: "Bellrock, on failure of public utilities; Willis, Often misunderstood business interruption coverages",
    };
}

/// How a cover answers when a utility fails.
///
/// # Formula
///
/// ```text
/// most = limit    where the place of the failure is what the wording asks for
///      = 0        otherwise
/// ```
///
/// The waiting period, most often a qualifying one, is the cover's own.
///
/// # Order of application
///
/// The place is asked with the cause; the limit is a sublimit of all heads
/// together.
///
/// # Source
///
/// Utility service extensions: damage at the supplier's property, within a
/// distance, overhead transmission and distribution lines left out (Bellrock on
/// failure of public utilities; Willis, "Often misunderstood business
/// interruption coverages").
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Utility {
    /// What is asked of the place.
    pub place: PlaceTest,
    /// Most for one failure; none is endless.
    pub limit: Option<Money>,
}
