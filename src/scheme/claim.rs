//! Claims: one merchant's figures, all of them whole numbers.

use jiff::civil::Date;

use super::exact::{Rate, Won};
use super::moment::Moment;

/// A day on which nothing is on record; it is no day without sales.
pub const NO_RECORD: i64 = i64::MIN;

/// From what a loss of sales is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sales<'c> {
    /// Nothing is given.
    #[default]
    Unknown,
    /// The loss itself, worked out by somebody else.
    Loss(Won),
    /// Usual sales under the scheme's own definition, and those of the outage.
    Pair {
        /// Usual sales.
        usual: Won,
        /// Sales during the outage.
        outage: Won,
    },
    /// Sales in won of each column of the calendar, or [`NO_RECORD`].
    Records(&'c [i64]),
    /// Sales of a usual week, and the part of it that falls into the outage.
    Modelled {
        /// Sales of a usual week.
        week: Won,
        /// The outage's part of a week.
        part: Rate,
    },
}

/// One claim: plain numbers, so that a loop over columns can price it.
///
/// `None` is what nobody said, and never a zero. Durations are in whole seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Claim<'c> {
    /// Class of the claimant, by its place in the scheme.
    pub class: Option<u8>,
    /// Industry, by its place among those that the scheme's size limits name;
    /// nothing for any other.
    pub industry: Option<u8>,
    /// Sales, usual and during the outage.
    pub sales: Sales<'c>,
    /// When the service went away.
    pub outage_from: Option<Moment>,
    /// How long the service was away, in seconds.
    pub outage: Option<i64>,
    /// How long it was away in the whole month, in seconds.
    pub outage_of_month: Option<i64>,
    /// What is paid for the service in a month.
    pub fee: Option<Won>,
    /// Sales of a year.
    pub annual_sales: Option<Won>,
    /// Operating margin, a part of sales; may be below zero.
    pub margin: Option<Rate>,
    /// Labour and rent that go on, as a part of sales.
    pub fixed_costs: Option<Rate>,
    /// Part of sales that comes through the platform.
    pub platform_share: Option<Rate>,
    /// Part of those that was kept by other ways to order.
    pub substitution: Option<Rate>,
    /// Days for which the loss counts.
    pub days: Option<u32>,
    /// Papers handed in, a bit each in the scheme's order; nothing where nobody counted.
    pub papers: Option<u32>,
    /// The day on which it came.
    pub received: Option<Date>,
    /// Whether its day is missing where others have theirs.
    pub undated: bool,
    /// What a person assessed.
    pub assessed: Option<Won>,
    /// Held back by a check that looks at other claims as well.
    pub held: bool,
}
