//! Tower: layers above one another, and the carriers that share each.

mod layer;
mod year;

pub use layer::{Carrier, Layer, LayerError};
pub use year::TowerYear;

use crate::cover::ByHead;
use crate::quantity::{Money, TOLERANCE};
use crate::reason::{Reason, Retained};

/// The layers through which a covered loss is paid.
#[derive(Clone, Debug, PartialEq)]
pub struct Tower {
    layers: Vec<Layer>,
}

/// What one layer takes of a loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerLoss {
    /// Loss within the layer, before shares.
    pub in_layer: Money,
    /// What its carriers pay.
    pub paid: Money,
}

/// What a tower pays, and what it leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct TowerResponse {
    /// Each layer's part, in order of attachment.
    pub layers: Vec<LayerLoss>,
    /// The loss that the tower leaves with the insured, by reason.
    pub retained: Retained,
    /// What the layers have left for the rest of the year.
    pub year: TowerYear,
}

impl TowerResponse {
    /// Returns what all layers pay.
    #[must_use]
    pub fn paid(&self) -> Money {
        self.layers.iter().map(|layer| layer.paid).sum()
    }
}

impl Tower {
    /// Puts layers in order of attachment.
    ///
    /// # Errors
    ///
    /// Refuses layers that overlap: each won is in one layer at most.
    pub fn new(mut layers: Vec<Layer>) -> Result<Self, LayerError> {
        layers.sort_by(|a, b| a.attachment().0.total_cmp(&b.attachment().0));
        for pair in layers.windows(2) {
            if pair[0].exhaustion().is_none_or(|top| clearly_above(top, pair[1].attachment())) {
                let ids = [&pair[0], &pair[1]].map(|layer| layer.id().to_owned());
                return Err(LayerError::Overlap(ids));
            }
        }
        Ok(Self { layers })
    }

    /// Returns the layers in order of attachment.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Returns the stretches between layers that no layer holds.
    pub fn gaps(&self) -> impl Iterator<Item = (Money, Money)> + '_ {
        let tops = std::iter::once(Money::ZERO)
            .chain(self.layers.iter().map(|layer| layer.exhaustion().unwrap_or(Money(f64::INFINITY))));
        tops.zip(self.layers.iter().map(Layer::attachment)).filter(|(top, next)| clearly_above(*next, *top))
    }

    /// Passes a covered loss, by head, through the layers.
    ///
    /// `year` is what earlier losses of the policy year have left behind.
    ///
    /// # Formula
    ///
    /// ```text
    /// in layer i  = clamp(x - Aᵢ, 0, Lᵢ)
    /// paid        = in layer · Σ shares
    /// unplaced    = in layer · (1 - Σ shares)
    /// gap         = what lies below the top and in no layer
    /// above       = (x - top)⁺
    /// ```
    ///
    /// Attachments are counted above the cover's deductible and share.
    #[must_use]
    pub fn respond(&self, covered: &ByHead, year: &TowerYear) -> TowerResponse {
        let loss: Money = covered.iter().copied().sum();
        let mut retained = Retained::default();
        let (mut layers, mut held) = (Vec::with_capacity(self.layers.len()), Money::ZERO);
        for layer in &self.layers {
            let in_layer = layer.part_of(loss);
            let paid = in_layer * layer.placed();
            retained[Reason::UnplacedShare] += in_layer - paid;
            held += in_layer;
            layers.push(LayerLoss { in_layer, paid });
        }
        let top = self.layers.last().map_or(Some(Money::ZERO), Layer::exhaustion);
        let below_top = loss.at_most(top);
        retained[Reason::LayerGap] = (below_top - held).positive();
        retained[Reason::AboveLimit] = loss - below_top;
        let mut year = year.clone();
        year.paid.resize(layers.len(), Money::ZERO);
        for (so_far, layer) in year.paid.iter_mut().zip(&layers) {
            *so_far += layer.paid;
        }
        TowerResponse { layers, retained, year }
    }
}

/// Returns whether an amount is above another by more than adding up can do.
fn clearly_above(amount: Money, other: Money) -> bool {
    amount.0 > other.0 * (1.0 + 1e-12) + TOLERANCE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Share;

    fn layer(id: &str, limit: f64, attachment: f64, shares: &[f64]) -> Layer {
        let carriers = shares.iter().enumerate().map(|(place, share)| Carrier {
            name: format!("carrier {place}"),
            share: Share::new(*share).unwrap(),
        });
        Layer::new(id.into(), Some(Money(limit)), Money(attachment), carriers.collect()).unwrap()
    }

    fn respond(tower: &Tower, loss: f64) -> TowerResponse {
        let mut covered = ByHead::default();
        covered[0] = Money(loss);
        tower.respond(&covered, &TowerYear::default())
    }

    #[test]
    fn a_gap_and_the_part_above_the_top_stay_with_the_insured() {
        let tower = Tower::new(vec![
            layer("excess", 300.0, 250.0, &[0.5, 0.3]),
            layer("primary", 200.0, 0.0, &[1.0]),
        ]);
        let response = respond(&tower.unwrap(), 600.0);
        assert_eq!(response.layers[0].paid, Money(200.0));
        assert_eq!(response.layers[1].paid, Money(240.0));
        assert_eq!(response.retained[Reason::LayerGap], Money(50.0));
        assert_eq!(response.retained[Reason::UnplacedShare], Money(60.0));
        assert_eq!(response.retained[Reason::AboveLimit], Money(50.0));
    }

    #[test]
    fn cutting_a_layer_in_two_changes_nothing() {
        let one = Tower::new(vec![layer("all", 30.0, 5.0, &[0.9])]).unwrap();
        let two = Tower::new(vec![layer("low", 10.0, 5.0, &[0.9]), layer("high", 20.0, 15.0, &[0.9])]);
        let two = two.unwrap();
        for loss in [0.0, 4.0, 7.5, 15.0, 22.0, 35.0, 80.0] {
            assert!((respond(&one, loss).paid().0 - respond(&two, loss).paid().0).abs() < 1e-12);
        }
    }

    #[test]
    fn refuses_layers_that_overlap() {
        let refused = Tower::new(vec![layer("a", 200.0, 0.0, &[1.0]), layer("b", 100.0, 150.0, &[1.0])]);
        assert!(matches!(refused, Err(LayerError::Overlap(_))));
    }
}
