//! Corridor: a band of loss inside a layer of which the insured keeps a part.

use std::fmt;

use crate::quantity::{Money, Share};
use crate::term::term;

term! {
    /// The band is counted from where the layer attaches. The insured's part is
    /// loss within the layer: it takes up the layer's width of that loss. Whether
    /// it also uses up what the layer has for the year, the file says.
    pub const CORRIDOR: Term = {
        key: "corridor",
        korean: "손해 코리더",
        english: "Loss corridor",
        file_key: "cover.layer.corridor",
        unit: "money",
        formula: "kept = c · (clamp(x, from, to) - from)\npaid = x - kept",
        order: "in the tower, within a layer, before its carriers share",
        source: "Clark, Basics of Reinsurance Pricing, Casualty Actuarial Society study note, loss corridors",
    };
}

/// A band of the loss in a layer, and the insured's part of it.
///
/// # Example
///
/// Half of the band from 300 to 500: of a loss of 600 the insured keeps 100.
///
/// ```
/// use netloss::quantity::{Money, Share};
/// use netloss::tower::Corridor;
/// let half = Share::new(0.5).unwrap();
/// let corridor = Corridor::new(Money(300.0), Some(Money(500.0)), half, false)?;
/// assert_eq!(corridor.kept(Money(600.0)), Money(100.0));
/// # Ok::<(), netloss::tower::CorridorError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corridor {
    from: Money,
    to: Option<Money>,
    share: Share,
    erodes: bool,
}

impl Corridor {
    /// Checks a corridor once. `erodes` tells whether the insured's part uses up
    /// what the layer has for the year.
    ///
    /// # Errors
    ///
    /// Refuses a band that does not begin before it ends.
    pub fn new(from: Money, to: Option<Money>, share: Share, erodes: bool) -> Result<Self, CorridorError> {
        let sound = |amount: Money| amount.0.is_finite() && amount.0 >= 0.0;
        if sound(from) && to.is_none_or(|to| sound(to) && to > from) {
            Ok(Self { from, to, share, erodes })
        } else {
            Err(CorridorError { from, to })
        }
    }

    /// Returns where the band begins, counted from the layer's attachment.
    #[must_use]
    pub fn from(self) -> Money {
        self.from
    }

    /// Returns where it ends; none is the layer's end.
    #[must_use]
    pub fn to(self) -> Option<Money> {
        self.to
    }

    /// Returns the insured's part of the band.
    #[must_use]
    pub fn share(self) -> Share {
        self.share
    }

    /// Returns whether the insured's part uses up what the layer has for the year.
    #[must_use]
    pub fn erodes(self) -> bool {
        self.erodes
    }

    /// Returns what the insured keeps of a loss in the layer.
    #[must_use]
    pub fn kept(self, in_layer: Money) -> Money {
        (in_layer.at_most(self.to) - self.from).positive() * self.share
    }

    /// Returns the smallest loss in the layer of which the carriers pay `paid`.
    #[must_use]
    pub fn loss_of(self, paid: Money) -> Money {
        let payable = self.share.rest().get();
        let within = (paid - self.from).positive();
        let band = self.to.map_or(Money(f64::INFINITY), |to| to - self.from);
        if within <= Money::ZERO {
            paid
        } else if within.0 <= band.0 * payable {
            self.from + Money(within.0 / payable)
        } else {
            paid + band * self.share
        }
    }
}

/// A corridor that no layer can have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CorridorError {
    from: Money,
    to: Option<Money>,
}

impl fmt::Display for CorridorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = self.to.unwrap_or(self.from);
        write!(f, "the corridor from {} to {to} holds no loss", self.from)
    }
}

impl std::error::Error for CorridorError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn corridor(from: f64, to: Option<f64>, share: f64) -> Corridor {
        Corridor::new(Money(from), to.map(Money), Share::new(share).unwrap(), false).unwrap()
    }

    #[test]
    fn the_insured_keeps_a_part_of_the_band_and_nothing_beside_it() {
        for (loss, kept, because) in [
            (300.0, 0.0, "the band is not entered"),
            (400.0, 50.0, "half of 100"),
            (500.0, 100.0, "half of all of it"),
            (600.0, 100.0, "above the band the carriers pay again"),
        ] {
            assert_eq!(corridor(300.0, Some(500.0), 0.5).kept(Money(loss)), Money(kept), "{because}");
        }
    }

    #[test]
    fn a_payment_is_walked_back_to_the_loss_that_it_needs() {
        for share in [0.0, 0.25, 0.5] {
            let corridor = corridor(100.0, Some(150.0), share);
            for loss in [0.0, 60.0, 100.0, 120.0, 150.0, 300.0] {
                let paid = Money(loss) - corridor.kept(Money(loss));
                assert!((corridor.loss_of(paid).0 - loss).abs() < 1e-9, "{loss} at {share}");
            }
        }
        assert_eq!(corridor(100.0, Some(150.0), 1.0).loss_of(Money(100.0)), Money(100.0));
        assert_eq!(corridor(100.0, Some(150.0), 1.0).loss_of(Money(101.0)), Money(151.0));
        assert_eq!(corridor(100.0, None, 1.0).loss_of(Money(100.0)), Money(100.0));
    }

    #[test]
    fn refuses_a_band_without_width() {
        let refused = Corridor::new(Money(500.0), Some(Money(300.0)), Share::ALL, false).unwrap_err();
        assert!(refused.to_string().contains("from 500 to 300"), "{refused}");
    }
}
