//! What a tower carries from one loss of the policy year to the next.

use crate::quantity::Money;

/// A tower's year so far; empty before its first loss.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TowerYear {
    /// What the carriers of each layer have paid.
    pub paid: Vec<Money>,
}
