//! Layers: a tower on a column of covered losses.

use super::NeedsWaterfall;
use super::columns::{Add, add_to_years, columns, keep, sum};
use crate::quantity::{Money, Share};
use crate::reason::Reason;
use crate::risk::{Events, Losses};
use crate::tower::{DropDown, Layer, LayerTerms, Tower, in_no_layer, is_full, within};
use crate::wide::wide;

/// A tower of which every layer stays where its contract says: what a layer takes of a
/// loss follows from the loss and from what it has taken before in the year itself.
#[derive(Clone, Debug)]
pub(super) struct PlainTower<'s> {
    tower: &'s Tower,
    /// Where no layer stands by the contract: from where on, and how wide.
    gaps: Vec<(Money, Money)>,
    top: Money,
    /// Whether a layer may have less than its limit.
    erodes: bool,
    /// Place of the measures of its lowest layer.
    measures: usize,
}

/// Columns that a tower works in.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    loss: Vec<f64>,
    in_layer: Vec<f64>,
    held: Vec<f64>,
    sums: [Vec<f64>; 2],
}

impl<'s> PlainTower<'s> {
    /// Reads a tower whose layers are measured from a place on.
    ///
    /// # Errors
    ///
    /// Names the first term for which a layer needs more than an amount.
    pub(super) fn of(tower: &'s Tower, measures: usize) -> Result<Self, NeedsWaterfall> {
        for layer in tower.layers() {
            let LayerTerms { exclusion, aggregate: _, reinstatements, drop_down, corridor, captive } =
                layer.terms();
            let plain = |plain: bool, term| if plain { Ok(()) } else { Err(NeedsWaterfall::of(term)) };
            plain(exclusion.is_none(), "a layer that does not follow form")?;
            plain(*drop_down == DropDown::None, "a layer that drops down")?;
            plain(corridor.is_none(), "a corridor")?;
            plain(captive.is_none(), "a captive layer")?;
            let free = reinstatements.as_ref().is_none_or(|terms| terms.are_free());
            plain(free, "a premium for reinstatement")?;
        }
        Ok(Self {
            tower,
            gaps: tower.gaps().map(|(from, to)| (from, to - from)).collect(),
            top: tower.layers().last().map_or(Money::ZERO, Layer::top),
            erodes: tower.layers().iter().any(|layer| layer.annual_most().is_some()),
            measures,
        })
    }

    /// Passes a column of covered losses up the layers, and leaves in it what they pay.
    pub(super) fn pass(
        &self,
        events: &Events,
        claims: &mut [f64],
        losses: &mut Losses,
        scratch: &mut Scratch,
    ) {
        let Scratch { loss, in_layer, held, sums: [before, after] } = scratch;
        for column in [&mut *loss, in_layer, held] {
            column.resize(claims.len(), 0.0);
        }
        held.fill(0.0);
        sum(events, claims, before);
        wide(Within { loss: claims, from: self.tower.retention(), width: None, into: loss });
        sum(events, loss, after);
        keep(losses, Reason::Deductible, before, 1.0);
        keep(losses, Reason::Deductible, after, -1.0);

        claims.fill(0.0);
        for (place, layer) in self.tower.layers().iter().enumerate() {
            let measures = self.measures + 2 * place;
            take(layer, events, loss, in_layer, &mut losses.columns[measures + 1]);
            wide(Add { to: held, column: in_layer });
            sum(events, in_layer, before);
            wide(Placed { column: in_layer, share: layer.placed() });
            sum(events, in_layer, after);
            keep(losses, Reason::UnplacedShare, before, 1.0);
            keep(losses, Reason::UnplacedShare, after, -1.0);
            add_to_years(events, in_layer, &mut losses.columns[measures]);
            wide(Add { to: claims, column: in_layer });
        }

        wide(Within { loss, from: self.top, width: None, into: in_layer });
        sum(events, in_layer, before);
        keep(losses, Reason::AboveLimit, before, 1.0);
        wide(InNoLayer { loss, top: self.top, held });
        sum(events, held, before);
        if self.erodes {
            // What the contract leaves in no layer is a gap, and the rest is used up.
            let nowhere = &mut *held;
            for (place, nowhere) in nowhere.iter_mut().enumerate() {
                let of_gap =
                    |(from, width): &(Money, Money)| within(Money(loss[place]), *from, Some(*width));
                let gaps: Money = self.gaps.iter().map(of_gap).sum();
                *nowhere = gaps.min(Money(*nowhere)).0;
            }
            sum(events, nowhere, after);
            keep(losses, Reason::LayerExhausted, before, 1.0);
            keep(losses, Reason::LayerExhausted, after, -1.0);
            std::mem::swap(before, after);
        }
        keep(losses, Reason::LayerGap, before, 1.0);
    }
}

/// Fills in what of each loss lies in a layer, and marks the years in which it is full.
fn take(layer: &Layer, events: &Events, loss: &[f64], in_layer: &mut [f64], full: &mut [f64]) {
    let (from, width) = (layer.attachment(), layer.left(Money::ZERO));
    wide(Within { loss, from, width, into: in_layer });
    if width.is_some() {
        for (amount, year) in in_layer.iter().zip(&events.slots) {
            if is_full(Money(*amount), width) {
                full[*year as usize] = 1.0;
            }
        }
    }
    if layer.annual_most().is_none() {
        return;
    }
    for year in &events.busy {
        let mut used = Money::ZERO;
        for outage in events.of_active(*year as usize) {
            let left = layer.left(used);
            let part = within(Money(loss[outage]), from, left);
            if is_full(part, left) {
                full[*year as usize] = 1.0;
            }
            in_layer[outage] = part.0;
            used += part;
        }
    }
}

columns!(
/// The part of each loss that lies in a stretch of it.
Within { loss: &'c [f64], from: Money, width: Option<Money>, into: &'c mut [f64] } =
for (into, loss) in into.iter_mut().zip(loss) {
    *into = within(Money(*loss), from, width).0;
});

columns!(Placed { column: &'c mut [f64], share: Share } =
    column.iter_mut().for_each(|whole| *whole = (Money(*whole) * share).0));

columns!(
/// The part of each loss below the top that no layer holds, of what all of them hold.
InNoLayer { loss: &'c [f64], top: Money, held: &'c mut [f64] } =
for (held, loss) in held.iter_mut().zip(loss) {
    *held = in_no_layer(Money(*loss), top, Money(*held)).0;
});
