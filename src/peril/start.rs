//! Start: when in the week or the year an outage begins.

use crate::quantity::Hours;

/// The law of the moment at which an outage starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Any moment of the year is as likely as another.
    AnyMoment,
    /// Any full hour of the year is as likely as another.
    FullHour,
}

impl Start {
    /// Returns the moment of a draw from 0 to 1, in hours after the first moment of
    /// a span of `length`.
    #[must_use]
    #[inline]
    pub fn of(self, draw: f64, length: Hours) -> Hours {
        let moment = draw * length.0;
        match self {
            Self::AnyMoment => Hours(moment),
            Self::FullHour => Hours(moment.floor()),
        }
    }
}
