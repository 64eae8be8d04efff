//! Stop loss: cover for what a whole year leaves with the insured.

use std::fmt;

use crate::quantity::Money;
use crate::term::term;

term! {
    /// What a year retains is the sum of its outages: retained deductibles, shares,
    /// unplaced parts and whatever else no payer met, without premium. It is paid
    /// as the year goes on: an outage is given what it adds.
    pub const STOP_LOSS: Term = {
        key: "stop_loss",
        korean: "스톱로스",
        english: "Stop loss",
        file_key: "annual",
        unit: "money",
        formula: "paid in the year = clamp(retained in the year - attachment, 0, limit)",
        order: "after third-party recoveries and baskets, on what is still retained",
        source: "HMRC, General Insurance Manual GIM8090, example of stop loss",
    };
}

/// An amount of money, or a part of a base such as the year's premium or revenue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// An amount.
    Amount(Money),
    /// So many times a base; more than all of it where the ratio is above 1.
    PartOf {
        /// The ratio.
        ratio: f64,
        /// The base.
        base: Money,
    },
}

impl Measure {
    /// Returns the amount.
    #[must_use]
    pub fn amount(self) -> Money {
        match self {
            Self::Amount(amount) => amount,
            Self::PartOf { ratio, base } => Money(base.0 * ratio),
        }
    }
}

/// So much of a year's amount in excess of so much.
///
/// # Example
///
/// 10% of a base of 100 in excess of 105% of it: 112 is paid 7, and 121 is paid 10.
///
/// ```
/// use netloss::annual::{Measure, Span};
/// use netloss::quantity::Money;
/// let part = |ratio| Measure::PartOf { ratio, base: Money(100.0) };
/// let span = Span::new(part(1.05), Some(part(0.1)))?;
/// assert_eq!(span.paid(Money(112.0)), Money(7.0));
/// assert_eq!(span.paid(Money(121.0)), Money(10.0));
/// # Ok::<(), netloss::annual::SpanError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    attachment: Measure,
    limit: Option<Measure>,
}

impl Span {
    /// Checks a span of a year's amount once; no limit is endless.
    ///
    /// # Errors
    ///
    /// Refuses an attachment or limit that is negative or not finite.
    pub fn new(attachment: Measure, limit: Option<Measure>) -> Result<Self, SpanError> {
        let sound = |measure: Measure| measure.amount().0.is_finite() && measure.amount().0 >= 0.0;
        if sound(attachment) && limit.is_none_or(sound) {
            Ok(Self { attachment, limit })
        } else {
            Err(SpanError)
        }
    }

    /// Returns what the year has to come to before anything is paid.
    #[must_use]
    pub fn attachment(self) -> Money {
        self.attachment.amount()
    }

    /// Returns the most that is paid in the year; none is endless.
    #[must_use]
    pub fn limit(self) -> Option<Money> {
        self.limit.map(Measure::amount)
    }

    /// Returns what is paid of a year's amount.
    #[must_use]
    pub fn paid(self, so_far: Money) -> Money {
        (so_far - self.attachment()).positive().at_most(self.limit())
    }
}

/// A span that no year can meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanError;

impl fmt::Display for SpanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("attachment and limit of an annual cover must each be 0 or more")
    }
}

impl std::error::Error for SpanError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_640_is_paid_200() {
        let span = Span::new(Measure::Amount(Money(400.0)), Some(Measure::Amount(Money(200.0)))).unwrap();
        for (retained, paid, because) in [
            (0.0, 0.0, "nothing is retained"),
            (400.0, 0.0, "the attachment is just reached"),
            (500.0, 100.0, "100 above it"),
            (640.0, 200.0, "no more than the limit: 440 stays"),
        ] {
            assert_eq!(span.paid(Money(retained)), Money(paid), "{because}");
        }
    }

    #[test]
    fn refuses_what_is_no_amount() {
        assert_eq!(Span::new(Measure::Amount(Money(f64::NAN)), None), Err(SpanError));
        let part = Measure::PartOf { ratio: -0.1, base: Money(100.0) };
        assert_eq!(Span::new(Measure::Amount(Money(0.0)), Some(part)), Err(SpanError));
    }
}
