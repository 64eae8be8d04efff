//! A tower of layers.

use super::*;

/// A layer of a tower and the shares of it that carriers took.
#[derive(Clone, Debug)]
pub struct Layer {
    pub from: f64,
    pub width: Option<f64>,
    pub shares: Vec<f64>,
}

/// Walks up the loss band by band: each band lies in one layer, in a gap, or above all layers.
pub(super) fn through_tower(tower: &[Layer], loss: f64, retained: &mut Amounts) -> Vec<(f64, f64)> {
    let mut tower = tower.to_vec();
    tower.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut layers = Vec::new();
    let mut at = 0.0;
    for layer in &tower {
        let gap = loss.min(layer.from) - at;
        if gap > 0.0 {
            keep(retained, "layer_gap", gap);
            at += gap;
        }
        let top = layer.width.map_or(loss, |width| loss.min(layer.from + width));
        let in_layer = (top - at).max(0.0);
        let placed: f64 = layer.shares.iter().sum();
        keep(retained, "unplaced_share", in_layer * (1.0 - placed));
        layers.push((in_layer, in_layer * placed));
        at += in_layer;
    }
    keep(retained, "above_limit", loss - at);
    layers
}
