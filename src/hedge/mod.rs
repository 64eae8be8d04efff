//! Hedge: payouts that follow an index and not the loss.
//!
//! A parametric cover measures hours and pays what its schedule says, whatever
//! was lost. It may pay more than the loss; the waterfall shows that as a line.

mod currency;
mod equity_put;
mod per_hour;

pub use currency::{CURRENCY_FORWARD, Compounding, Forward, InvalidForward};
pub use equity_put::{EQUITY_PUT, EquityKind, EquityPut, InvalidEquityPut};
pub use per_hour::{PerHour, PerHourError};

use crate::quantity::{Hours, Money};
use crate::steps::Steps;

/// A parametric cover: the hours of outage are its index.
#[derive(Clone, Debug, PartialEq)]
pub struct Parametric {
    /// What it pays by duration.
    pub schedule: Schedule,
    /// Most for one event; none is endless.
    pub limit: Option<Money>,
}

/// What a parametric cover pays by duration.
#[derive(Clone, Debug, PartialEq)]
pub enum Schedule {
    /// The amount of the highest step reached; a binary cover has one step.
    Steps(Steps),
    /// So much an hour between two moments.
    PerHour(PerHour),
}

impl Parametric {
    /// Returns what is paid for an outage measured at `hours`.
    ///
    /// # Formula
    ///
    /// ```text
    /// payout = min(limit, schedule(hours))
    /// ```
    #[must_use]
    pub fn payout(&self, hours: Hours) -> Money {
        self.scheduled(hours).at_most(self.limit)
    }

    /// Returns what the schedule gives before the limit.
    #[must_use]
    pub fn scheduled(&self, hours: Hours) -> Money {
        match &self.schedule {
            Schedule::Steps(steps) => steps.reached(hours),
            Schedule::PerHour(per_hour) => per_hour.pay(hours),
        }
    }
}
