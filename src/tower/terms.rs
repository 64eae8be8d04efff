//! Terms of a layer beyond its limit, its attachment and its carriers.

use super::{Captive, Corridor, DropDown, Exclusion, Layer, LayerError, Reinstatements};
use crate::quantity::{Money, Share};

/// What a layer says beside so much in excess of so much.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerTerms {
    /// Heads that it does not follow; none where it follows form.
    pub exclusion: Option<Exclusion>,
    /// Most that it pays in the policy year; none is endless.
    pub aggregate: Option<Money>,
    /// How its limit comes back after a loss.
    pub reinstatements: Option<Reinstatements>,
    /// What it does when the layers below are eroded.
    pub drop_down: DropDown,
    /// The insured's part of a band of it.
    pub corridor: Option<Corridor>,
    /// What it costs, where our own captive takes it.
    pub captive: Option<Captive>,
}

impl Layer {
    /// Returns the layer under further terms.
    ///
    /// # Errors
    ///
    /// Refuses an aggregate that is no amount, reinstatements of a layer without a
    /// limit, and reinstatements beside an aggregate: either says what the year has.
    pub fn under(mut self, terms: LayerTerms) -> Result<Self, LayerError> {
        let id = || self.id().to_owned();
        match &terms {
            LayerTerms { aggregate: Some(most), .. } if !(most.0.is_finite() && most.0 >= 0.0) => {
                Err(LayerError::NotAnAmount(id()))
            }
            LayerTerms { aggregate: Some(_), reinstatements: Some(_), .. } => {
                Err(LayerError::TwoYears(id()))
            }
            LayerTerms { reinstatements: Some(_), .. } if self.limit().is_none() => {
                Err(LayerError::EndlessReinstated(id()))
            }
            _ => {
                self.terms = terms;
                Ok(self)
            }
        }
    }

    /// Returns the terms beyond limit, attachment and carriers.
    #[must_use]
    pub fn terms(&self) -> &LayerTerms {
        &self.terms
    }

    /// Returns the most that the whole layer pays in a policy year; none is endless.
    #[must_use]
    pub fn annual_most(&self) -> Option<Money> {
        match (&self.terms.reinstatements, self.limit()) {
            (Some(reinstatements), Some(limit)) => Some(reinstatements.most(limit)),
            _ => self.terms.aggregate,
        }
    }

    /// Returns what the layer can pay of the next loss, once so much of the year's
    /// amount is used; none is endless.
    #[must_use]
    pub fn left(&self, used: Money) -> Option<Money> {
        self.left_in_year(used).map_or(self.limit(), |left| Some(left.at_most(self.limit())))
    }

    /// Returns what the layer can still pay in the year, once so much is used; none
    /// is endless.
    #[must_use]
    pub fn left_in_year(&self, used: Money) -> Option<Money> {
        self.annual_most().map(|most| (most - used).positive())
    }

    /// Returns how much loss the layer can take, once so much is used: more than it
    /// can pay where a corridor leaves a part with the insured.
    #[must_use]
    pub(super) fn width(&self, used: Money) -> Option<Money> {
        let left = self.left(used)?;
        let Some(corridor) = self.terms.corridor.filter(|corridor| !corridor.erodes()) else {
            return Some(left);
        };
        if self.annual_most().is_none() {
            return self.limit();
        }
        let takes = corridor.loss_of(left);
        Some(takes.at_most(self.limit())).filter(|takes| takes.0.is_finite())
    }

    /// Returns what a loss uses up of the year's amount.
    pub(super) fn uses(&self, whole: Money, corridor: Money) -> Money {
        if self.terms.corridor.is_some_and(|terms| terms.erodes()) { whole + corridor } else { whole }
    }

    /// Returns what comes back of the limit, and its premium for the whole layer,
    /// when the year's use goes from `before` to `after`.
    pub(super) fn reinstated(&self, before: Money, after: Money, time_left: Share) -> (Money, Money) {
        let (Some(terms), Some(limit)) = (&self.terms.reinstatements, self.limit()) else {
            return (Money::ZERO, Money::ZERO);
        };
        let reinstated = terms.reinstated(limit, after) - terms.reinstated(limit, before);
        (reinstated, terms.premium(limit, before, after, time_left))
    }
}
