//! Indemnity period: the span of time for which loss is covered.

use std::fmt;

use super::{Claim, Cover, Form};
use crate::quantity::Hours;
use crate::reason::Reason;
use crate::spans::Spans;
use crate::term::term;

term! {
    pub const MAXIMUM_PERIOD: Term = {
        key: "maximum_period",
        korean: "최대보상기간 특약",
        english: "Maximum period of indemnity",
        file_key: "cover.maximum_period",
        unit: "time",
        formula: "covered hours = [0, length)   from the outage",
        order: "With the indemnity period, in place of average",
        source: "ISO business income form, maximum period of indemnity: 120 days",
    };
}

term! {
    /// It ends sooner where results are normal sooner: no loss is left to cover.
    pub const INDEMNITY_PERIOD: Term = {
        key: "indemnity_period",
        korean: "보상기간",
        english: "Indemnity period",
        file_key: "cover.indemnity_period",
        unit: "hours; a day is 24, a month 730",
        formula: "covered hours = [0, length)        from the outage\n              = [0, W + length)    from the end of the waiting period W",
        order: "After the tests, before the caps and the waiting period",
        source: "UK wordings, maximum indemnity period; US forms, period of restoration",
    };
}

term! {
    /// It begins only when operations are restored, and stops where results are normal.
    pub const EXTENDED_PERIOD: Term = {
        key: "extended_period",
        korean: "연장보상기간",
        english: "Extended period of indemnity",
        file_key: "cover.extended_period",
        unit: "hours",
        formula: "covered hours = [0, end) ∪ [restored, restored + length)",
        order: "With the indemnity period",
        source: "ISO business income form, extended business income (60 days), and the extended period of indemnity option",
    };
}

/// From when the indemnity period is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunsFrom {
    /// From the outage's first moment: waiting hours use it up.
    Outage,
    /// From the end of the waiting period.
    EndOfWaiting,
}

/// The longest span for which lost profit is covered.
///
/// # Formula
///
/// ```text
/// covered hours = [0, length)        from the outage
///               = [0, W + length)    from the end of the waiting period W
/// ```
///
/// What a waiting period takes from the front of the span it takes itself.
///
/// # Source
///
/// UK wordings: the maximum indemnity period, from the damage; US forms: the
/// period of restoration. Both ways of counting are sold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IndemnityPeriod {
    length: Hours,
    from: RunsFrom,
}

impl IndemnityPeriod {
    /// Checks the length once.
    ///
    /// # Errors
    ///
    /// Refuses a length that is not above zero or not finite.
    pub fn new(length: Hours, from: RunsFrom) -> Result<Self, InvalidIndemnityPeriod> {
        if length.0.is_finite() && length.0 > 0.0 {
            Ok(Self { length, from })
        } else {
            Err(InvalidIndemnityPeriod(length))
        }
    }

    /// Returns the moment it ends, hours after the outage's start.
    #[must_use]
    pub fn ends(self, wait: Hours) -> Hours {
        match self.from {
            RunsFrom::Outage => self.length,
            RunsFrom::EndOfWaiting => wait + self.length,
        }
    }

    /// Returns from when it is counted.
    #[must_use]
    pub fn runs_from(self) -> RunsFrom {
        self.from
    }

    /// Returns how long it is.
    #[must_use]
    pub fn length(self) -> Hours {
        self.length
    }
}

/// Cuts each line's hours to the indemnity period, and lets them go on after its
/// restoration for as long as the cover says.
pub(super) fn cut(claim: &mut Claim<'_>, cover: &Cover) {
    if let Some(longest) = cover.maximum_period {
        claim.trim(|_| Spans::one(Hours::ZERO, longest), Reason::IndemnityPeriod);
    }
    let until_restored = cover.measure.is_some_and(|measure| measure.form == Form::GrossEarnings);
    if cover.indemnity_period.is_none() && !until_restored {
        return;
    }
    let mut hours = vec![Spans::NONE; claim.hours.len()];
    for group in &mut claim.waits {
        let over = cover.waiting_period.and_then(|wait| group.first_over(wait)).unwrap_or(Hours::ZERO);
        group.ends = cover.indemnity_period.map_or(group.ends, |period| period.ends(over));
        for line in &group.lines {
            let restored = claim.insured.lines()[*line].lost_revenue().restored();
            let until = if until_restored { group.ends.min(restored) } else { group.ends };
            let extended = restored + cover.extended_period.unwrap_or(Hours::ZERO);
            hours[*line] = Spans::of([(Hours::ZERO, until), (restored, extended)]);
        }
    }
    claim.trim(|line| hours[line].clone(), Reason::IndemnityPeriod);
}

/// A length that no indemnity period can have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InvalidIndemnityPeriod(Hours);

impl fmt::Display for InvalidIndemnityPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "indemnity period is {} hours; give more than 0", self.0.0)
    }
}

impl std::error::Error for InvalidIndemnityPeriod {}
