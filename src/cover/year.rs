//! What a cover carries from one loss of the policy year to the next.

use super::OutageClaim;
use crate::quantity::Money;

/// A cover's year so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CoverYear {
    /// What it has covered of the year's losses.
    pub covered: Money,
    /// What has been paid within the aggregate limit.
    pub within_aggregate: Money,
    /// What the aggregate deductible has left with the insured.
    pub borne: Money,
    /// What each outage claimed before the terms of an occurrence, in order of time,
    /// where an hours clause may join it with others.
    pub claimed: Vec<OutageClaim>,
}
