//! What a cover carries from one loss of the policy year to the next.

use crate::quantity::Money;

/// A cover's year so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CoverYear {
    /// What it has covered of the year's losses.
    pub covered: Money,
    /// What has been paid within the aggregate limit.
    pub within_aggregate: Money,
    /// What the aggregate deductible has left with the insured.
    pub borne: Money,
}
