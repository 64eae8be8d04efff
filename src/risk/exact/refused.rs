//! Refused: what cannot be worked out without a simulation, and why.

use std::fmt;

/// A figure that cannot be worked out without a simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no peril, or no line.
    NoPeril,
    /// The measure is no sum of what outages come to.
    NoSum,
    /// An outage finds less than the one before, by another term than an aggregate.
    State,
    /// Too many lines may be hit or not, each in its own way.
    Lines,
    /// Severities and sets of lines make too many cases for a law.
    Cases,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoPeril => "the scenario has no peril or no line",
            Self::NoSum => "it is no sum of what each outage comes to alone",
            Self::State => "an outage of the year finds other terms than the one before",
            Self::Lines => {
                "a peril has more than 8 lines that it may hit or not, and hits_together below 1"
            }
            Self::Cases => "severities, durations and the lines hit all vary: too many cases for a law",
        })
    }
}

impl std::error::Error for Refused {}
