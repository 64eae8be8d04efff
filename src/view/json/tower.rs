//! Layers as JSON: what each takes of a loss, and what it has left.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::scenario::Scenario;
use crate::tower::{Layer, LayerLoss, TowerYear};
use crate::waterfall::Waterfall;

/// What a layer takes of a loss, all shares together unless said otherwise.
#[derive(Serialize)]
pub(super) struct Part {
    attaches: f64,
    in_layer: f64,
    not_followed: f64,
    corridor: f64,
    whole: f64,
    paid: f64,
    within_group: f64,
    unplaced: f64,
    reinstated: f64,
    reinstatement_premium: f64,
    /// What it can pay of the next loss, and in the rest of the year; null is endless.
    left: Option<f64>,
    left_in_year: Option<f64>,
}

/// Parts of layers by cover and layer.
pub(super) type Parts = BTreeMap<String, BTreeMap<String, Part>>;

/// Returns what each layer of each tower takes.
pub(super) fn parts(scenario: &Scenario, row: &Waterfall<'_>) -> Parts {
    let covers = scenario.covers.iter().zip(&row.covers);
    let parts = covers.filter_map(|(policy, recovery)| {
        let (terms, response) = (policy.terms.tower.as_ref()?, recovery.tower.as_ref()?);
        let layers = terms.layers().iter().zip(&response.layers).enumerate();
        let layers = layers.map(|(place, (layer, part))| {
            (layer.id().to_owned(), Part::of(layer, part, place, &response.year))
        });
        Some((policy.id.clone(), layers.collect()))
    });
    parts.collect()
}

impl Part {
    fn of(layer: &Layer, part: &LayerLoss, place: usize, year: &TowerYear) -> Self {
        let used = year.used(place);
        Self {
            attaches: part.attaches.0,
            in_layer: part.in_layer.0,
            not_followed: part.not_followed.0,
            corridor: part.corridor.0,
            whole: part.whole.0,
            paid: part.paid.0,
            within_group: part.within_group.0,
            unplaced: (part.whole - part.paid - part.within_group).0,
            reinstated: part.reinstated.0,
            reinstatement_premium: part.reinstatement_premium.0,
            left: layer.left(used).map(|left| left.0),
            left_in_year: layer.left_in_year(used).map(|left| left.0),
        }
    }
}
