//! Per hour: a parametric schedule that pays by the hour, with an exit.

use std::fmt;

use crate::quantity::{Hours, Money, MoneyPerHour, TOLERANCE};
use crate::term::term;

term! {
    /// Part hours count pro rata unless only whole hours are paid.
    pub const HOURLY_TRIGGER: Term = {
        key: "hourly_trigger",
        korean: "시간당 정액",
        english: "Payment by the hour",
        file_key: "parametric.pays.per_hour",
        unit: "money",
        formula: "payout = rate · clamp(I - from, 0, to - from)\nevent  = min(limit, payout)\nyear   = min(event, annual limit - paid in the year so far)",
        order: "After the index is measured; then the limit of the event, then that of the year",
        source: "Parametrix, questions and answers; How cloud downtime insurance became a thing, Insurance Journal (2022); Howden, cloud outage insurance",
    };
}

/// So much an hour, from one moment of the outage to another.
///
/// # Formula
///
/// ```text
/// pay = rate · clamp(D - from, 0, to - from)
/// ```
///
/// With whole hours only, the hours between are rounded down.
///
/// # Source
///
/// Hourly downtime covers: the client picks sum insured per hour, waiting period
/// and longest duration (Parametrix, Howden).
///
/// # Example
///
/// ```
/// use netloss::hedge::PerHour;
/// use netloss::quantity::{Hours, Money, MoneyPerHour};
/// let cover = PerHour::new(MoneyPerHour(40.0), Hours(2.0), Some(Hours(12.0)), false)?;
/// assert_eq!(cover.pay(Hours(9.5)), Money(300.0));
/// assert_eq!(cover.pay(Hours(20.0)), Money(400.0));
/// # Ok::<(), netloss::hedge::PerHourError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PerHour {
    rate: MoneyPerHour,
    from: Hours,
    to: Option<Hours>,
    whole_hours: bool,
}

impl PerHour {
    /// Checks a schedule once.
    ///
    /// # Errors
    ///
    /// Refuses a window that does not open before it closes.
    pub fn new(
        rate: MoneyPerHour,
        from: Hours,
        to: Option<Hours>,
        whole_hours: bool,
    ) -> Result<Self, PerHourError> {
        match to {
            Some(to) if to <= from => Err(PerHourError { from, to }),
            _ => Ok(Self { rate, from, to, whole_hours }),
        }
    }

    /// Returns when it starts to pay.
    #[must_use]
    pub fn from(&self) -> Hours {
        self.from
    }

    /// Returns when it stops adding; none is never.
    #[must_use]
    pub fn to(&self) -> Option<Hours> {
        self.to
    }

    /// Returns what an hour pays.
    #[must_use]
    pub fn rate(&self) -> MoneyPerHour {
        self.rate
    }

    /// Returns whether only whole hours count.
    #[must_use]
    pub fn whole_hours(&self) -> bool {
        self.whole_hours
    }

    /// Returns the hours that are paid in an outage of `hours`.
    #[must_use]
    #[inline(always)]
    pub fn paid_hours(&self, hours: Hours) -> Hours {
        let counted = (self.to.map_or(hours, |to| hours.min(to)) - self.from).positive();
        if self.whole_hours { Hours((counted.0 + TOLERANCE).floor()) } else { counted }
    }

    /// Returns what is paid for an outage of `hours`.
    #[must_use]
    #[inline(always)]
    pub fn pay(&self, hours: Hours) -> Money {
        self.rate * self.paid_hours(hours)
    }
}

/// A window that does not open before it closes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PerHourError {
    from: Hours,
    to: Hours,
}

impl fmt::Display for PerHourError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "payment from {} h to {} h never pays; end after the start", self.from.0, self.to.0)
    }
}

impl std::error::Error for PerHourError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_hours_round_down_the_hours_and_not_the_money() {
        let cover = |whole| PerHour::new(MoneyPerHour(40.0), Hours(2.0), Some(Hours(12.0)), whole);
        for (whole, hours, pay, because) in [
            (false, 9.5, 300.0, "part hours count pro rata"),
            (true, 9.5, 280.0, "seven whole hours"),
            (true, 9.0, 280.0, "the seventh hour is complete"),
            (true, 2.999, 0.0, "no hour is complete"),
            (true, 20.0, 400.0, "the exit caps both"),
        ] {
            assert_eq!(cover(whole).unwrap().pay(Hours(hours)), Money(pay), "{because}");
        }
    }

    #[test]
    fn refuses_a_window_that_never_opens() {
        let refused = PerHour::new(MoneyPerHour(1.0), Hours(6.0), Some(Hours(6.0)), false);
        assert!(refused.unwrap_err().to_string().contains("never pays"));
    }
}
