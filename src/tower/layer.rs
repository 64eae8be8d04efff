//! Layer: `limit xs attachment`, shared by its carriers.

use std::fmt;

use crate::quantity::{Money, Share};

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
        Ok(Self { id, limit, attachment, carriers })
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

    /// Returns the part of a loss that falls within the layer.
    #[must_use]
    pub fn part_of(&self, loss: Money) -> Money {
        (loss - self.attachment).positive().at_most(self.limit)
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
            Self::Overlap([low, high]) => {
                write!(f, "layers {low:?} and {high:?} overlap; a loss can be in one layer only")
            }
        }
    }
}

impl std::error::Error for LayerError {}
