//! Response: a covered loss on its way up the layers.

use super::{DropDown, Layer, Tower, TowerYear};
use crate::cover::ByHead;
use crate::quantity::{Met, Money, Share, TOLERANCE};
use crate::reason::{Reason, Retained};

/// What one layer takes of a loss. Amounts are those of the whole layer, placed or
/// not, unless they say otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LayerLoss {
    /// Where the layer attaches this time, above the retention.
    pub attaches: Money,
    /// How much loss it can take this time; none is endless.
    pub width: Option<Money>,
    /// Loss within the layer.
    pub in_layer: Money,
    /// Of that, loss on heads that the layer does not follow.
    pub not_followed: Money,
    /// Of that, the insured's part of the layer's corridor.
    pub corridor: Money,
    /// What all shares come to, taken or not.
    pub whole: Money,
    /// What its carriers pay.
    pub paid: Money,
    /// What our own captive pays, where the group is looked at as one: no recovery.
    pub within_group: Money,
    /// How much of the layer's limit comes back.
    pub reinstated: Money,
    /// What that costs, on the shares that carriers took.
    pub reinstatement_premium: Money,
}

/// What a tower pays, and what it leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct TowerResponse {
    /// What the insured keeps before the lowest layer.
    pub retention: Money,
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

    /// Returns the premium for what is reinstated after this loss.
    #[must_use]
    pub fn reinstatement_premium(&self) -> Money {
        self.layers.iter().map(|layer| layer.reinstatement_premium).sum()
    }
}

impl Tower {
    /// Passes a covered loss, by head, through the layers.
    ///
    /// `year` is what earlier losses of the policy year have left behind, and
    /// `time_left` the part of that year still to come.
    ///
    /// # Formula
    ///
    /// ```text
    /// y            = (x - retention)⁺
    /// Sᵢ           = Aᵢ, or the top of what is left below where the layer drops down
    /// in layer i   = clamp(y - Sᵢ, 0, what is left of Lᵢ)
    /// whole        = what the layer follows of it - the insured's part of a corridor
    /// paid         = whole · Σ shares
    /// unplaced     = whole · (1 - Σ shares)
    /// gap          = what lies in no layer, by the contract
    /// exhausted    = what lies in no layer, because earlier losses used it up
    /// above        = (y - top)⁺
    /// ```
    #[must_use]
    pub fn respond(&self, covered: &ByHead, year: &TowerYear, time_left: Share) -> TowerResponse {
        let presented: Money = covered.iter().copied().sum();
        let retention = presented.min(self.retention_after(year));
        let loss = presented - retention;
        let above_retention = loss.part_of(presented);
        let heads = covered.map(|amount| amount * above_retention);
        let mut retained = Retained::default();
        retained[Reason::Deductible] = retention;

        let mut year = year.of(self.layers.len());
        let mut layers = Vec::with_capacity(self.layers.len());
        let (mut top_left, mut top, mut eroded) = (Money::ZERO, Money::ZERO, false);
        let (mut held, mut gaps) = (Money::ZERO, Money::ZERO);
        for (place, layer) in self.layers.iter().enumerate() {
            let gap = (layer.attachment() - top).positive();
            let attaches =
                if layer.terms().drop_down == DropDown::None { layer.attachment() } else { top_left + gap };
            gaps += within(loss, attaches - gap, Some(gap));
            let part = layer.take(loss, &heads, attaches, year.used[place], time_left);
            let part = if self.keeps_within_group(layer) { part.kept_within_group() } else { part };
            eroded |= part.width != layer.limit();
            (top_left, top) = (end(attaches, part.width), layer.top());
            held += part.in_layer;
            retained[Reason::NotFollowed] += part.not_followed;
            retained[Reason::Corridor] += part.corridor;
            retained[Reason::CaptiveLayer] += part.within_group;
            retained[Reason::UnplacedShare] += part.whole - part.paid - part.within_group;
            year.add(place, layer, &part);
            layers.push(part);
        }
        let nowhere = in_no_layer(loss, top, held);
        retained[Reason::LayerGap] = if eroded { gaps.min(nowhere) } else { nowhere };
        retained[Reason::LayerExhausted] = nowhere - retained[Reason::LayerGap];
        retained[Reason::AboveLimit] = within(loss, top, None);
        TowerResponse { retention, layers, retained, year }
    }

    /// Returns the retention of the next loss: none where a layer has dropped down
    /// to the ground and its wording lets the retention go.
    #[must_use]
    pub fn retention_after(&self, year: &TowerYear) -> Money {
        let alive =
            |place: usize| self.layers[place].left(year.used(place)).is_none_or(|left| left.0 > TOLERANCE);
        match (0..self.layers.len()).find(|place| alive(*place)) {
            Some(lowest)
                if lowest > 0
                    && self.layers[lowest].terms().drop_down == DropDown::UnderlyingBecomesRetention =>
            {
                Money::ZERO
            }
            _ => self.retention,
        }
    }
}

impl Layer {
    /// Takes the layer's part of a loss above the retention.
    fn take(
        &self,
        loss: Money,
        heads: &ByHead,
        attaches: Money,
        used: Money,
        time_left: Share,
    ) -> LayerLoss {
        let terms = self.terms();
        let left = self.left(used);
        let width = self.width(used);
        let part_of = |amount: Money| within(amount, attaches, width);
        let in_layer = part_of(loss);
        let followed = match &terms.exclusion {
            None => in_layer,
            Some(exclusion) => exclusion.followed(heads, part_of).min(in_layer),
        };
        let corridor = terms.corridor.map_or(Money::ZERO, |corridor| corridor.kept(followed));
        let whole = (followed - corridor).at_most(left);
        let paid = whole * self.placed();
        let uses = self.uses(whole, corridor);
        let (reinstated, premium) = self.reinstated(used, used + uses, time_left);
        LayerLoss {
            attaches,
            width,
            in_layer,
            not_followed: in_layer - followed,
            corridor: followed - whole,
            whole,
            paid,
            within_group: Money::ZERO,
            reinstated,
            reinstatement_premium: premium * self.placed(),
        }
    }
}

impl LayerLoss {
    /// Returns whether nothing more of the loss would fit into the layer.
    #[must_use]
    pub fn is_full(&self) -> bool {
        is_full(self.in_layer, self.width)
    }

    /// Returns the same part, paid from within the group.
    fn kept_within_group(self) -> Self {
        Self { within_group: self.paid, paid: Money::ZERO, ..self }
    }
}

/// Returns the part of a loss that lies in a stretch of it: from an amount on, and so
/// wide; without a width it has no end.
#[must_use]
#[inline(always)]
pub fn within(loss: Money, from: Money, width: Option<Money>) -> Money {
    (loss - from).positive().at_most(width)
}

/// Returns the part of a loss below the top of a tower of which its layers hold so much
/// together that lies in none of them.
#[must_use]
#[inline(always)]
pub fn in_no_layer(loss: Money, top: Money, held: Money) -> Money {
    (loss.min(top) - held).positive()
}

/// Returns whether a layer of so much width that holds so much can hold no more.
#[must_use]
pub fn is_full(in_layer: Money, width: Option<Money>) -> bool {
    width.is_some_and(|width| Met::AtLeast.by_amount(in_layer, width))
}

/// Returns where a stretch of loss ends; without a width it does not.
fn end(from: Money, width: Option<Money>) -> Money {
    width.map_or(Money(f64::INFINITY), |width| from + width)
}
