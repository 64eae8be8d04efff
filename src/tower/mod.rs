//! Tower: layers above one another, and the carriers that share each.

mod captive;
mod corridor;
mod drop_down;
mod form;
mod layer;
mod reinstatement;
mod response;
mod terms;
mod year;

pub use captive::{CAPTIVE, Captive, View};
pub use corridor::{CORRIDOR, Corridor, CorridorError};
pub use drop_down::{DROP_DOWN, DropDown};
pub use form::{Erosion, Exclusion, FOLLOW_FORM};
pub use layer::{Carrier, LAYER, Layer, LayerError, QUOTA_SHARE};
pub use reinstatement::{ProRata, REINSTATEMENT, ReinstatementError, Reinstatements};
pub use response::{LayerLoss, TowerResponse, in_no_layer, is_full, within};
pub use terms::LayerTerms;
pub use year::TowerYear;

use crate::quantity::{Money, TOLERANCE};

/// The layers through which a covered loss is paid.
#[derive(Clone, Debug, PartialEq)]
pub struct Tower {
    retention: Money,
    layers: Vec<Layer>,
    view: View,
}

/// From where the attachment of a layer is counted in its contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// From the top of the retention.
    AboveRetention,
    /// From the first won of the loss.
    GroundUp,
}

impl Counted {
    /// Each, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); 2] =
        [("above_retention", Self::AboveRetention), ("ground_up", Self::GroundUp)];
}

impl Tower {
    /// Puts layers in order of attachment, without a retention below them.
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
        Ok(Self { retention: Money::ZERO, layers, view: View::Opco })
    }

    /// Returns the tower above what the insured keeps of each loss.
    ///
    /// # Errors
    ///
    /// Refuses a retention that is no amount and, where attachments are counted
    /// from the first won, a layer that attaches within the retention.
    pub fn above(self, retention: Money, counted: Counted) -> Result<Self, LayerError> {
        if !(retention.0.is_finite() && retention.0 >= 0.0) {
            return Err(LayerError::Retention);
        }
        let lower_by = if counted == Counted::GroundUp { retention } else { Money::ZERO };
        let layers = self.layers.into_iter().map(|layer| layer.lowered(lower_by));
        Ok(Self { retention, layers: layers.collect::<Result<_, _>>()?, ..self })
    }

    /// Returns the tower as the operating company or its group looks at it.
    #[must_use]
    pub fn seen_by(self, view: View) -> Self {
        Self { view, ..self }
    }

    /// Returns what the insured keeps of each loss before the lowest layer.
    #[must_use]
    pub fn retention(&self) -> Money {
        self.retention
    }

    /// Returns the layers in order of attachment, counted above the retention.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Returns what the group pays in a year to run its captive layers: nothing
    /// where the operating company alone is looked at.
    #[must_use]
    pub fn captive_cost(&self) -> Captive {
        let captives = self.layers.iter().filter(|layer| self.keeps_within_group(layer));
        let mut cost = Captive::default();
        for captive in captives.filter_map(|layer| layer.terms().captive) {
            cost.expenses += captive.expenses;
            cost.fronting_fee += captive.fronting_fee;
        }
        cost
    }

    /// Returns whether a layer's payment stays within the group that is looked at.
    fn keeps_within_group(&self, layer: &Layer) -> bool {
        self.view == View::Group && layer.terms().captive.is_some()
    }

    /// Returns the stretches between layers that no layer holds, above the retention.
    pub fn gaps(&self) -> impl Iterator<Item = (Money, Money)> + '_ {
        let tops = std::iter::once(Money::ZERO).chain(self.layers.iter().map(Layer::top));
        tops.zip(self.layers.iter().map(Layer::attachment)).filter(|(top, next)| clearly_above(*next, *top))
    }
}

/// Returns whether an amount is above another by more than adding up can do.
fn clearly_above(amount: Money, other: Money) -> bool {
    amount.0 > other.0 * (1.0 + 1e-12) + TOLERANCE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cover::ByHead;
    use crate::mitigation::Head;
    use crate::quantity::Share;
    use crate::reason::Reason;

    fn layer(id: &str, limit: f64, attachment: f64, shares: &[f64]) -> Layer {
        let carriers = shares.iter().enumerate().map(|(place, share)| Carrier {
            name: format!("carrier {place}"),
            share: Share::new(*share).unwrap(),
        });
        Layer::new(id.into(), Some(Money(limit)), Money(attachment), carriers.collect()).unwrap()
    }

    fn after(tower: &Tower, loss: f64, year: &TowerYear, time_left: f64) -> TowerResponse {
        let mut covered = ByHead::default();
        covered[0] = Money(loss);
        tower.respond(&covered, year, Share::new(time_left).unwrap())
    }

    fn respond(tower: &Tower, loss: f64) -> TowerResponse {
        after(tower, loss, &TowerYear::default(), 1.0)
    }

    fn paid(response: &TowerResponse) -> Vec<f64> {
        response.layers.iter().map(|layer| layer.paid.0).collect()
    }

    #[test]
    fn a_gap_and_the_part_above_the_top_stay_with_the_insured() {
        let tower = Tower::new(vec![
            layer("excess", 300.0, 250.0, &[0.5, 0.3]),
            layer("primary", 200.0, 0.0, &[1.0]),
        ]);
        let response = respond(&tower.unwrap(), 600.0);
        assert_eq!(paid(&response), [200.0, 240.0]);
        assert_eq!(response.retained[Reason::LayerGap], Money(50.0));
        assert_eq!(response.retained[Reason::UnplacedShare], Money(60.0));
        assert_eq!(response.retained[Reason::AboveLimit], Money(50.0));
    }

    #[test]
    fn attachments_count_above_the_retention_or_from_the_ground() {
        let layers = |lowest: f64| {
            vec![layer("a", 200.0, lowest, &[1.0]), layer("b", 300.0, lowest + 200.0, &[1.0])]
        };
        let above = Tower::new(layers(0.0)).unwrap().above(Money(50.0), Counted::AboveRetention).unwrap();
        let ground = Tower::new(layers(50.0)).unwrap().above(Money(50.0), Counted::GroundUp).unwrap();
        for loss in [0.0, 50.0, 120.0, 430.0, 700.0] {
            assert_eq!(respond(&above, loss), respond(&ground, loss), "{loss}");
        }
        assert_eq!(paid(&respond(&above, 430.0)), [200.0, 180.0]);
        let within = Tower::new(layers(40.0)).unwrap().above(Money(50.0), Counted::GroundUp);
        assert!(matches!(within, Err(LayerError::WithinRetention(_))));
    }

    #[test]
    fn two_losses_through_a_tower_that_drops_down() {
        let primary = layer("primary", 200.0, 0.0, &[1.0]);
        let primary = primary.under(LayerTerms { aggregate: Some(Money(300.0)), ..LayerTerms::default() });
        let half = Share::new(0.5).unwrap();
        let terms = LayerTerms {
            drop_down: DropDown::KeepRetention,
            corridor: Some(Corridor::new(Money(100.0), Some(Money(150.0)), half, false).unwrap()),
            reinstatements: Some(
                Reinstatements::new(vec![1.0], Money(45.0), ProRata::AmountAndTime).unwrap(),
            ),
            ..LayerTerms::default()
        };
        let excess = layer("excess", 300.0, 200.0, &[0.8]).under(terms);
        let tower = Tower::new(vec![primary.unwrap(), excess.unwrap()]).unwrap();
        let tower = tower.above(Money(50.0), Counted::AboveRetention).unwrap();

        let first = after(&tower, 430.0, &TowerYear::default(), 305.0 / 365.0);
        assert_eq!(paid(&first), [200.0, 124.0]);
        assert_eq!(first.retained[Reason::Corridor], Money(25.0));
        assert_eq!(first.retained[Reason::UnplacedShare], Money(31.0));
        assert!((first.reinstatement_premium().0 - 15.542_465_753).abs() < 1e-9);
        assert_eq!(tower.layers()[1].left(first.year.used(1)), Some(Money(300.0)));

        let second = after(&tower, 480.0, &first.year, 115.0 / 365.0);
        assert_eq!(paid(&second), [100.0, 220.0]);
        assert_eq!(second.layers[1].attaches, Money(100.0));
        assert_eq!(second.layers[1].reinstated, Money(145.0));
        assert_eq!(second.retained[Reason::UnplacedShare], Money(55.0));
        assert!((second.reinstatement_premium().0 - 5.482_191_781).abs() < 1e-9);
        assert_eq!(tower.layers()[0].left(second.year.used(0)), Some(Money(0.0)));
        assert_eq!(tower.layers()[1].left(second.year.used(1)), Some(Money(170.0)));
    }

    #[test]
    fn without_drop_down_what_is_missing_below_stays_with_the_insured() {
        let tower = |drop_down| {
            let terms = |aggregate: f64| LayerTerms {
                aggregate: Some(Money(aggregate)),
                drop_down,
                ..LayerTerms::default()
            };
            let layers = [("a", 200.0, 0.0), ("b", 300.0, 200.0), ("c", 500.0, 500.0)]
                .map(|(id, limit, at)| layer(id, limit, at, &[1.0]).under(terms(limit)).unwrap());
            Tower::new(layers.to_vec()).unwrap()
        };
        for (drop_down, pays, exhausted) in [
            (DropDown::KeepRetention, [50.0, 300.0, 50.0], 0.0),
            (DropDown::None, [50.0, 200.0, 0.0], 150.0),
        ] {
            let tower = tower(drop_down);
            let first = respond(&tower, 150.0);
            let second = after(&tower, 400.0, &first.year, 1.0);
            assert_eq!(paid(&second), pays);
            assert_eq!(second.retained[Reason::LayerExhausted], Money(exhausted));
        }
    }

    #[test]
    fn the_retention_goes_only_where_the_wording_says_so_and_nothing_is_left_below() {
        for (drop_down, retention) in
            [(DropDown::KeepRetention, 50.0), (DropDown::UnderlyingBecomesRetention, 0.0)]
        {
            let terms = LayerTerms { aggregate: Some(Money(200.0)), ..LayerTerms::default() };
            let primary = layer("primary", 200.0, 0.0, &[1.0]).under(terms).unwrap();
            let excess = layer("excess", 300.0, 200.0, &[1.0]);
            let excess = excess.under(LayerTerms { drop_down, ..LayerTerms::default() }).unwrap();
            let tower = Tower::new(vec![primary, excess]).unwrap();
            let tower = tower.above(Money(50.0), Counted::AboveRetention).unwrap();
            let first = respond(&tower, 150.0);
            let second = after(&tower, 200.0, &first.year, 1.0);
            assert_eq!(second.retention, Money(50.0), "100 is left below the excess layer");
            assert_eq!(paid(&second), [100.0, 50.0]);
            let third = after(&tower, 200.0, &second.year, 1.0);
            assert_eq!(third.retention, Money(retention), "{drop_down:?}");
            assert_eq!(paid(&third), [0.0, 200.0 - retention]);
        }
    }

    #[test]
    fn a_head_that_a_layer_excludes_is_its_own() {
        for (erosion, pays) in [(Erosion::All, 300.0), (Erosion::CoveredOnly, 150.0)] {
            let exclusion = Some(Exclusion { heads: vec![Head::Refund], erosion });
            let excess = layer("excess", 300.0, 200.0, &[1.0]);
            let excess = excess.under(LayerTerms { exclusion, ..LayerTerms::default() }).unwrap();
            let tower = Tower::new(vec![layer("primary", 200.0, 0.0, &[1.0]), excess]).unwrap();
            let mut covered = ByHead::default();
            covered[Head::LostProfit as usize] = Money(350.0);
            covered[Head::Refund as usize] = Money(250.0);
            let response = tower.respond(&covered, &TowerYear::default(), Share::ALL);
            assert_eq!(paid(&response), [200.0, pays]);
            assert_eq!(response.retained[Reason::NotFollowed], Money(300.0 - pays));
            assert_eq!(response.retained[Reason::AboveLimit], Money(100.0));
        }
    }

    #[test]
    fn the_group_counts_no_payment_of_its_captive() {
        let costs = Captive { expenses: Money(3.0), fronting_fee: Money(2.0) };
        let low = layer("captive", 150.0, 0.0, &[1.0]);
        let low = low.under(LayerTerms { captive: Some(costs), ..LayerTerms::default() }).unwrap();
        let tower = Tower::new(vec![low, layer("market", 530.0, 150.0, &[1.0])]).unwrap();
        let tower = tower.above(Money(50.0), Counted::AboveRetention).unwrap();
        let views = [(View::Opco, 50.0, Captive::default()), (View::Group, 200.0, costs)];
        for (view, retained, cost) in views {
            let tower = tower.clone().seen_by(view);
            let response = respond(&tower, 730.0);
            assert_eq!(response.retained.total(), Money(retained), "{view:?}");
            assert_eq!(response.paid(), Money(730.0 - retained), "{view:?}");
            assert_eq!(tower.captive_cost(), cost, "{view:?}");
        }
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
