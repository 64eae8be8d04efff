//! Layer: `limit xs attachment`, shared by its carriers.

use std::fmt;

use super::LayerTerms;
use crate::quantity::{Money, Share};
use crate::term::term;

term! {
    /// What lies between two layers and in none of them stays with the insured, and
    /// so does what is above the highest.
    pub const LAYER: Term = {
        key: "layer",
        korean: "자기보유·기초계층·초과계층",
        english: "Retention, primary and excess layers",
        file_key: "cover.layer",
        unit: "money",
        formula: "y = (x - retention)⁺\npart in layer i = clamp(y - Aᵢ, 0, Lᵢ)\nfrom the ground up: Aᵢ is the contract's attachment less the retention",
        order: "in the tower, on the covered loss that the cover leaves",
        source: "LegalClarity, What is excess insurance; R package reinsureR, excess of loss treaty",
    };
}

term! {
    /// The premium of a layer is charged on the shares that carriers took.
    pub const QUOTA_SHARE: Term = {
        key: "quota_share",
        korean: "공동인수·지분",
        english: "Quota share, participation in a layer",
        file_key: "cover.layer.shares",
        unit: "share of the layer",
        formula: "carrier j pays shareⱼ · layer amount\nunplaced = (1 - Σ shareⱼ) · layer amount",
        order: "in the tower, after the layer's amount",
        source: "Policyholder Pulse, follow-on policies (towers and quota shares)",
    };
}

/// An insurer and the part of a layer that it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Carrier {
    /// Its name.
    pub name: String,
    /// Its part of the layer.
    pub share: Share,
}

/// A layer of a tower: so much in excess of so much, with its carriers.
///
/// # Formula
///
/// ```text
/// part of a loss x = clamp(x - attachment, 0, limit)
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    id: String,
    limit: Option<Money>,
    attachment: Money,
    carriers: Vec<Carrier>,
    pub(super) terms: LayerTerms,
}

impl Layer {
    /// Checks a layer once.
    ///
    /// # Errors
    ///
    /// Refuses an attachment or limit that is negative or not finite, and
    /// shares that add up to more than all of the layer.
    pub fn new(
        id: String,
        limit: Option<Money>,
        attachment: Money,
        carriers: Vec<Carrier>,
    ) -> Result<Self, LayerError> {
        let amount = |money: Money| money.0.is_finite() && money.0 >= 0.0;
        if !amount(attachment) || !limit.is_none_or(amount) {
            return Err(LayerError::NotAnAmount(id));
        }
        let placed: f64 = carriers.iter().map(|carrier| carrier.share.get()).sum();
        if placed > 1.0 + 1e-9 {
            return Err(LayerError::OverPlaced { id, placed });
        }
        Ok(Self { id, limit, attachment, carriers, terms: LayerTerms::default() })
    }

    /// Returns the layer's name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the loss at which the layer starts.
    #[must_use]
    pub fn attachment(&self) -> Money {
        self.attachment
    }

    /// Returns the layer's width; none is endless.
    #[must_use]
    pub fn limit(&self) -> Option<Money> {
        self.limit
    }

    /// Returns the loss at which the layer is used up.
    #[must_use]
    pub fn exhaustion(&self) -> Option<Money> {
        self.limit.map(|limit| self.attachment + limit)
    }

    /// Returns where the loss ends that the layer's contract speaks of; without a limit
    /// it does not.
    #[must_use]
    pub fn top(&self) -> Money {
        self.exhaustion().unwrap_or(Money(f64::INFINITY))
    }

    /// Returns the carriers.
    #[must_use]
    pub fn carriers(&self) -> &[Carrier] {
        &self.carriers
    }

    /// Returns the part of the layer that carriers have taken.
    #[must_use]
    pub fn placed(&self) -> Share {
        let placed: f64 = self.carriers.iter().map(|carrier| carrier.share.get()).sum();
        Share::new(placed.min(1.0)).unwrap_or(Share::ALL)
    }

    /// Returns the layer with its attachment counted from so much higher up.
    pub(super) fn lowered(self, by: Money) -> Result<Self, LayerError> {
        if self.attachment < by {
            return Err(LayerError::WithinRetention(self.id));
        }
        Ok(Self { attachment: self.attachment - by, ..self })
    }
}

/// A layer that no tower can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum LayerError {
    /// Attachment or limit is negative or not a number.
    NotAnAmount(String),
    /// Carriers have taken more than the layer.
    OverPlaced {
        /// The layer.
        id: String,
        /// What the shares add up to.
        placed: f64,
    },
    /// The retention is negative or not a number.
    Retention,
    /// Counted from the first won, the layer begins within the retention.
    WithinRetention(String),
    /// An aggregate and reinstatements both say what the year has.
    TwoYears(String),
    /// A layer without a limit has nothing to reinstate.
    EndlessReinstated(String),
    /// Two layers hold the same stretch of loss.
    Overlap([String; 2]),
}

impl fmt::Display for LayerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnAmount(id) => {
                write!(f, "attachment and limit of layer {id:?} must each be 0 or more")
            }
            Self::OverPlaced { id, placed } => {
                let percent = (placed * 1e6).round() / 1e4;
                write!(f, "shares of layer {id:?} add up to {percent}%; at most 100% can be placed")
            }
            Self::Retention => f.write_str("the retention must be 0 or more"),
            Self::WithinRetention(id) => {
                write!(f, "layer {id:?} attaches within the retention")
            }
            Self::TwoYears(id) => {
                write!(f, "layer {id:?} says twice what it has in a year: aggregate and reinstatements")
            }
            Self::EndlessReinstated(id) => {
                write!(f, "layer {id:?} has no limit that could be reinstated")
            }
            Self::Overlap([low, high]) => {
                write!(f, "layers {low:?} and {high:?} overlap; a loss can be in one layer only")
            }
        }
    }
}

impl std::error::Error for LayerError {}
