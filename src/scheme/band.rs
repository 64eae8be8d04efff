//! Bands: an amount for each stretch of a loss or of a duration.

use std::cmp::Ordering;

use super::exact::Won;
use super::rule::Factor;
use crate::scenario::Label;

/// To whom the very edge belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// To the band below: "up to" (이하), and the next begins at "more than" (초과).
    UpTo,
    /// To the band above: "below" (미만), and the next begins at "at least" (이상).
    Below,
}

/// The end of a band, in won or in whole days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// Where it is.
    pub at: i64,
    /// To whom it belongs.
    pub edge: Edge,
}

impl End {
    /// Returns whether a value so compared with the end is still inside.
    #[must_use]
    #[inline]
    pub fn holds(self, value: Ordering) -> bool {
        match self.edge {
            Edge::UpTo => value != Ordering::Greater,
            Edge::Below => value == Ordering::Less,
        }
    }
}

/// What a band pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// This amount.
    Amount(Won),
    /// What a person assesses, and no less than this.
    Review {
        /// The least.
        at_least: Won,
    },
    /// The loss of sales by the band's factors, one after another.
    OfLoss {
        /// The least, in place of the rule's own floor.
        at_least: Option<Won>,
        /// The most, in place of the rule's own cap.
        at_most: Option<Won>,
    },
}

/// One band of several, from the end of the band before it to its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Its end; nothing for the last.
    pub to: Option<End>,
    /// What it pays.
    pub due: Due,
    /// Factors of the loss, where it pays by them.
    pub factors: Vec<Factor>,
    /// The clause that says so.
    pub clause: Label,
}

/// Returns the place of the band that holds a value; `None` beyond the last.
#[inline]
pub(super) fn place(bands: &[Band], against: impl Fn(i64) -> Ordering) -> Option<usize> {
    bands.iter().position(|band| band.to.is_none_or(|end| end.holds(against(end.at))))
}
