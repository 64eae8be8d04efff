//! Currency forward: a rate of exchange fixed today for money that comes later.

use std::fmt;

use crate::quantity::{Months, Share};
use crate::term::term;

term! {
    pub const CURRENCY_FORWARD: Term = {
        key: "currency_hedge",
        korean: "외화 선물환",
        english: "Currency forward",
        file_key: "currency_hedge",
        unit: "home money for one of the foreign unit",
        formula: "simple   F = S · (1 + d·T) / (1 + f·T)\nannual   F = S · (1 + d)^T / (1 + f)^T\nhedged   = amount · (part · F + (1 - part) · spot then)",
        order: "Beside the net loss; terms stated in a foreign currency are changed at the spot before anything else",
        source: "Covered interest parity",
    };
}

/// How interest is counted over a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compounding {
    /// `1 + r · T`
    Simple,
    /// `(1 + r)^T`
    Annual,
}

impl Compounding {
    /// Every way, under the name that it has in a file.
    pub const ALL: [(&'static str, Self); 2] = [("simple", Self::Simple), ("annual", Self::Annual)];

    fn growth(self, rate: Share, years: f64) -> f64 {
        match self {
            Self::Simple => 1.0 + rate.get() * years,
            Self::Annual => libm::pow(1.0 + rate.get(), years),
        }
    }
}

/// A forward rate of exchange, as home money for one of the foreign unit.
///
/// # Formula
///
/// For a spot rate `S`, home rate `d`, foreign rate `f` and term `T` in years
///
/// ```text
/// simple   F = S · (1 + d·T) / (1 + f·T)
/// annual   F = S · (1 + d)^T / (1 + f)^T
/// forward points = F - S
/// ```
///
/// # Source
///
/// Covered interest parity.
///
/// # Example
///
/// 1,380 won a dollar, half a year at 3 % and 4.5 %.
///
/// ```
/// use netloss::hedge::{Compounding, Forward};
/// use netloss::quantity::{Months, Share};
/// let share = |part| Share::new(part).unwrap();
/// let forward =
///     Forward::new(1_380.0, share(0.03), share(0.045), Months(6.0), Compounding::Simple)?;
/// assert!((forward.rate() - 1_369.877_750_611).abs() < 1e-6);
/// assert!((forward.points() - -10.122_249_389).abs() < 1e-6);
/// # Ok::<(), netloss::hedge::InvalidForward>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forward {
    spot: f64,
    home: Share,
    foreign: Share,
    term: Months,
    compounding: Compounding,
}

impl Forward {
    /// Checks a forward once.
    ///
    /// # Errors
    ///
    /// Refuses a spot rate or a term that is not above zero.
    pub fn new(
        spot: f64,
        home: Share,
        foreign: Share,
        term: Months,
        compounding: Compounding,
    ) -> Result<Self, InvalidForward> {
        if !(spot.is_finite() && spot > 0.0) {
            Err(InvalidForward::Spot(spot))
        } else if !(term.0.is_finite() && term > Months::ZERO) {
            Err(InvalidForward::Term(term))
        } else {
            Ok(Self { spot, home, foreign, term, compounding })
        }
    }

    /// Returns the spot rate.
    #[must_use]
    pub fn spot(&self) -> f64 {
        self.spot
    }

    /// Returns the interest rate of the home currency, a year.
    #[must_use]
    pub fn home(&self) -> Share {
        self.home
    }

    /// Returns the interest rate of the foreign currency, a year.
    #[must_use]
    pub fn foreign(&self) -> Share {
        self.foreign
    }

    /// Returns the term.
    #[must_use]
    pub fn term(&self) -> Months {
        self.term
    }

    /// Returns how interest is counted over the term.
    #[must_use]
    pub fn compounding(&self) -> Compounding {
        self.compounding
    }

    /// Returns the forward rate.
    #[must_use]
    pub fn rate(&self) -> f64 {
        let growth = |rate| self.compounding.growth(rate, self.term.years());
        self.spot * growth(self.home) / growth(self.foreign)
    }

    /// Returns what the forward lies above the spot; below zero it lies below.
    #[must_use]
    pub fn points(&self) -> f64 {
        self.rate() - self.spot
    }

    /// Returns home money for a foreign amount of which a part is sold or bought
    /// forward and the rest changed at the spot of the day.
    #[must_use]
    pub fn hedged(&self, amount: f64, part: Share, spot_then: f64) -> f64 {
        amount * (self.rate() * part.get() + spot_then * part.rest().get())
    }
}

/// A forward that no bank can quote.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InvalidForward {
    /// The spot rate is not above zero.
    Spot(f64),
    /// The term is not above zero.
    Term(Months),
}

impl fmt::Display for InvalidForward {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spot(spot) => write!(f, "money cannot be changed at {spot}; give more than 0"),
            Self::Term(term) => write!(f, "a forward of {} months is a spot deal", term.0),
        }
    }
}

impl std::error::Error for InvalidForward {}

#[cfg(test)]
mod tests {
    use super::*;

    fn forward(home: f64, foreign: f64, months: f64, compounding: Compounding) -> Forward {
        let share = |part| Share::new(part).unwrap();
        Forward::new(1_380.0, share(home), share(foreign), Months(months), compounding).unwrap()
    }

    #[test]
    fn the_currency_with_the_higher_rate_is_cheaper_forward() {
        for (home, foreign, months, compounding, rate, because) in [
            (0.03, 0.045, 6.0, Compounding::Simple, 1_369.877_750_611, "half a year, simple interest"),
            (0.03, 0.045, 9.0, Compounding::Simple, 1_364.981_862_152, "three quarters of a year"),
            (0.03, 0.03, 9.0, Compounding::Simple, 1_380.0, "equal rates leave the spot"),
            (0.03, 0.045, 12.0, Compounding::Annual, 1_360.191_387_560, "1.03 / 1.045"),
            (0.03, 0.045, 24.0, Compounding::Annual, 1_340.667_109_269, "twice that"),
        ] {
            let got = forward(home, foreign, months, compounding).rate();
            assert!((got - rate).abs() < 1e-6, "{because}: {got}");
        }
    }

    #[test]
    fn the_part_that_is_hedged_does_not_see_the_spot_of_the_day() {
        let forward = forward(0.03, 0.045, 9.0, Compounding::Simple);
        for (part, home, because) in [
            (1.0, 341_245_465.538, "all at the forward rate"),
            (0.0, 325_000_000.0, "all at 1,300"),
            (0.5, 333_122_732.769, "half and half"),
        ] {
            let got = forward.hedged(250_000.0, Share::new(part).unwrap(), 1_300.0);
            assert!((got - home).abs() < 1e-3, "{because}: {got}");
        }
    }

    #[test]
    fn refuses_rates_and_terms_of_nothing() {
        let share = Share::NONE;
        let new = |spot, term| Forward::new(spot, share, share, Months(term), Compounding::Simple);
        for (spot, term, said) in [(0.0, 6.0, "at 0"), (f64::NAN, 6.0, "NaN"), (1_380.0, 0.0, "spot deal")]
        {
            assert!(new(spot, term).unwrap_err().to_string().contains(said));
        }
    }
}
