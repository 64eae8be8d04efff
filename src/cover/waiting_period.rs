//! Waiting period: the hours of an outage that pass before a cover responds.

use std::fmt;

use super::Run;
use crate::quantity::{Hours, Met};
use crate::term::term;

term! {
    /// The words are the same in all of its readings, and the money between them is
    /// the whole first block of hours.
    pub const WAITING_PERIOD: Term = {
        key: "waiting_period",
        korean: "대기기간",
        english: "Waiting period",
        file_key: "cover.waiting_period",
        unit: "hours",
        formula: "W the wait, M the deductible, L the profit lost in the covered span of S hours,\nbefore and after: its parts inside and beyond W. Nothing where the outage does not meet W.\n\ntime_deductible            (after - M)⁺\ntime_deductible_pro_rata   (L·(S - W)/S - M)⁺\nqualifying                 (L - M)⁺\ngreater_of                 (L - max(M, before))⁺\ncumulative                 (after - M)⁺\nqualifying_then_money      (L - M)⁺",
        order: "The test comes first; a time deductible trims hours before any amount is cut",
        source: "CFC, Business interrupted, part two (2018): time retention and time franchise are both on the market and their names are used for one another",
    };
}

/// What becomes of the first hours of an outage: the wording decides.
///
/// The same words, "waiting period", are sold in all of these readings, and the
/// money between them is the whole first block of hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// They stay with the insured, at what was really lost in them.
    TimeDeductible,
    /// They stay with the insured at the average of the covered span.
    TimeDeductibleProRata,
    /// Once they have passed, cover goes back to the first minute.
    Qualifying,
    /// The larger of the loss inside them and the deductible is taken, once.
    GreaterOf,
    /// They stay with the insured, and the deductible comes off as well.
    Cumulative,
    /// Once they have passed, cover goes back to the first minute, less the
    /// deductible.
    QualifyingThenMoney,
}

impl Reading {
    /// Every reading, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); 6] = [
        ("time_deductible", Self::TimeDeductible),
        ("time_deductible_pro_rata", Self::TimeDeductibleProRata),
        ("qualifying", Self::Qualifying),
        ("greater_of", Self::GreaterOf),
        ("cumulative", Self::Cumulative),
        ("qualifying_then_money", Self::QualifyingThenMoney),
    ];

    /// Returns the reading's name in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// Returns whether cover, once it responds, goes back to the first minute: an
    /// outage that just meets the period is then paid with a jump, and "more
    /// than" and "at least" differ in money.
    #[must_use]
    pub fn goes_back(self) -> bool {
        matches!(self, Self::Qualifying | Self::QualifyingThenMoney)
    }

    /// Returns whether the reading only makes sense beside a deductible.
    #[must_use]
    pub fn needs_deductible(self) -> bool {
        matches!(self, Self::GreaterOf | Self::Cumulative | Self::QualifyingThenMoney)
    }
}

/// Hours of outage that pass before cover responds, and what becomes of them.
///
/// # Formula
///
/// For wait `W`, deductible `M`, outage `D` and lost profit `L`, of which
/// `before` falls in the first `W` hours and `after` later. Where `D` does not
/// meet `W` the cover pays nothing; otherwise it covers
///
/// ```text
/// time_deductible            (after - M)⁺
/// time_deductible_pro_rata   (L·(S - W)/S - M)⁺
/// qualifying                 (L - M)⁺
/// greater_of                 (L - max(M, before))⁺
/// cumulative                 (after - M)⁺
/// qualifying_then_money      (L - M)⁺
/// ```
///
/// `S` is `D`, or the end of the indemnity period where that comes first, and
/// `L` what is lost until then.
///
/// # Order of application
///
/// The test comes first; a time deductible trims hours before any amount is
/// cut; money comes off after sublimits. Heads other than lost profit have no
/// hours to trim: once the period is met they are covered in full.
///
/// # Source
///
/// Time retention and time franchise are both on the market and their names are
/// used for one another (CFC, Business interrupted, part two, 2018); property
/// forms deduct 72, 48 or 24 hours; cyber forms 8 to 24.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaitingPeriod {
    hours: Hours,
    reading: Reading,
    met: Met,
}

impl WaitingPeriod {
    /// Checks the wait once, so that no later stage has to.
    ///
    /// # Errors
    ///
    /// Refuses a wait that is negative, infinite or not a number.
    pub fn new(hours: Hours, reading: Reading, met: Met) -> Result<Self, InvalidWait> {
        if hours.0.is_finite() && hours.0 >= 0.0 {
            Ok(Self { hours, reading, met })
        } else {
            Err(InvalidWait(hours))
        }
    }

    /// Returns the hours that pass before cover responds.
    #[must_use]
    pub fn hours(self) -> Hours {
        self.hours
    }

    /// Returns what becomes of them.
    #[must_use]
    pub fn reading(self) -> Reading {
        self.reading
    }

    /// Returns how the period is met.
    #[must_use]
    pub fn how_met(self) -> Met {
        self.met
    }

    /// Returns whether an outage of `duration` meets the period.
    #[must_use]
    pub fn met_by(self, duration: Hours) -> bool {
        self.met.by(duration, self.hours)
    }

    /// Returns whether a run of the outage meets the period on its clock.
    #[must_use]
    pub fn met(self, run: &Run) -> bool {
        self.met_by(run.counted.length())
    }

    /// Returns the moment of the outage at which the period is over in a run that
    /// meets it.
    #[must_use]
    pub fn over(self, run: &Run) -> Hours {
        run.counted.moment(self.hours).unwrap_or(run.until)
    }
}

/// A wait that no policy can state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InvalidWait(Hours);

impl fmt::Display for InvalidWait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "waiting period is {} hours; give 0 or more", self.0.0)
    }
}

impl std::error::Error for InvalidWait {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_stand_in_the_order_of_their_list() {
        for (place, (key, reading)) in Reading::ALL.into_iter().enumerate() {
            assert_eq!((reading as usize, reading.key()), (place, key));
        }
    }

    #[test]
    fn refuses_waits_that_are_not_a_length_of_time() {
        for wait in [-1.0, f64::NAN, f64::INFINITY] {
            let refused = WaitingPeriod::new(Hours(wait), Reading::Qualifying, Met::AtLeast);
            assert!(refused.unwrap_err().to_string().contains(&format!("is {wait} hours")));
        }
    }

    #[test]
    fn reaching_the_period_is_a_matter_of_wording() {
        let wait = |met| WaitingPeriod::new(Hours(8.0), Reading::Qualifying, met).unwrap();
        assert!(!wait(Met::MoreThan).met_by(Hours(8.0)));
        assert!(wait(Met::AtLeast).met_by(Hours(8.0)));
    }
}
