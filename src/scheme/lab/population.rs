//! Population: groups of businesses alike but for their size, each figure with its range.

use jiff::civil::DateTime;

use crate::scheme::{IndustryHours, Won};

/// From the least to the most that somebody holds possible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The least.
    pub low: f64,
    /// The most.
    pub high: f64,
}

impl Range {
    /// Returns the figure at a place of it, 0 to 1.
    #[must_use]
    pub fn at(self, place: f64) -> f64 {
        self.low + (self.high - self.low) * place
    }
}

/// Businesses that are alike but for their size.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Industry.
    pub industry: String,
    /// Service that failed, each with its own restoration.
    pub service: String,
    /// Class in the scheme, by its place.
    pub class: Option<u8>,
    /// Industry, by its place among those that the scheme's size limits name.
    pub of_size: Option<u8>,
    /// How many.
    pub businesses: Range,
    /// Mean sales of a year, in won.
    pub annual_sales: Range,
    /// Deviation of their sales of a year as a part of the mean.
    pub spread: f64,
    /// The hours in which they sell.
    pub hours: IndustryHours,
    /// When the service went away, local time.
    pub from: DateTime,
    /// When it was back: the earliest and the latest that somebody holds possible.
    pub until: (DateTime, DateTime),
    /// Part of sales through the platform.
    pub platform_share: Range,
    /// Part of those that is kept by other ways to order.
    pub substitution: Range,
    /// Operating margin, where the scheme asks for it.
    pub margin: Option<Range>,
    /// Fee of a month, where the scheme asks for it.
    pub fee: Option<Won>,
    /// Part of the businesses that claim.
    pub claim_rate: Range,
    /// Headings of the figures that are assumed and on no record.
    pub assumed: Vec<&'static str>,
    /// Where the others come from.
    pub sources: String,
}
