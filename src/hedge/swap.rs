//! Swap, cap, floor and collar on an index, seen by the buyer of protection.

use super::call_spread::StrikesError;
use super::index::Level;
use crate::quantity::Money;
use crate::term::term;

term! {
    /// A payoff below zero is what we pay, on a line of its own.
    pub const SWAP: Term = {
        key: "swap",
        korean: "스왑·캡·플로어·칼라",
        english: "Swap, cap, floor and collar",
        file_key: "hedge.kind",
        unit: "money",
        formula: "swap        tick · (I - K)\ncap         tick · (I - K)⁺\nsold floor  -tick · (K - I)⁺\ncollar      cap + sold floor, Kf < Kc\non a loss the tick is one",
        order: "Beside the other hedges, on the index; on a loss after the covers",
        source: "Introduction to weather derivatives, part II",
    };
}

/// A fixed level against the index: it pays above the strike and costs below.
///
/// # Formula
///
/// ```text
/// payoff = tick · (I - K)
/// ```
///
/// On a loss the tick is one: `X - K`.
///
/// # Source
///
/// Weather swaps and options on degree days (Introduction to weather derivatives,
/// part II), with outage hours in the place of degree days.
///
/// # Example
///
/// ```
/// use netloss::hedge::{Level, Swap};
/// use netloss::quantity::Money;
/// let swap = Swap { tick: Money(20.0), strike: Level(7.0) };
/// assert_eq!(swap.payoff(Level(14.0)), Money(140.0));
/// assert_eq!(swap.payoff(Level(2.0)), Money(-100.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swap {
    /// Money for each unit of the index.
    pub tick: Money,
    /// The level at which nothing is paid.
    pub strike: Level,
}

impl Swap {
    /// Returns what is paid when the index reads `level`; below zero it is a cost.
    #[must_use]
    pub fn payoff(&self, level: Level) -> Money {
        Money(self.tick.0 * (level.0 - self.strike.0))
    }
}

/// A call on the index: it pays above the strike.
///
/// # Formula
///
/// ```text
/// payoff = tick · (I - K)⁺
/// ```
///
/// # Source
///
/// As [`Swap`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cap {
    /// Money for each unit of the index.
    pub tick: Money,
    /// The level from which it pays.
    pub strike: Level,
}

impl Cap {
    /// Returns what is paid when the index reads `level`.
    #[must_use]
    pub fn payoff(&self, level: Level) -> Money {
        Money(self.tick.0 * (level.0 - self.strike.0).max(0.0))
    }
}

/// A put on the index that the buyer of protection has sold: it costs below the
/// strike.
///
/// # Formula
///
/// ```text
/// payoff = -tick · (K - I)⁺
/// ```
///
/// # Source
///
/// As [`Swap`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SoldFloor {
    /// Money for each unit of the index.
    pub tick: Money,
    /// The level below which it costs.
    pub strike: Level,
}

impl SoldFloor {
    /// Returns what is paid when the index reads `level`; never above zero.
    #[must_use]
    pub fn payoff(&self, level: Level) -> Money {
        // Adding zero turns a negative nothing into nothing.
        Money(0.0 - self.tick.0 * (self.strike.0 - level.0).max(0.0))
    }
}

/// A cap that is paid for, in part or in full, by a sold floor further down.
///
/// # Formula
///
/// ```text
/// payoff = tick · (I - Kc)⁺ - tick · (Kf - I)⁺        Kf < Kc
/// ```
///
/// # Source
///
/// As [`Swap`].
///
/// # Example
///
/// ```
/// use netloss::hedge::{Collar, Level};
/// use netloss::quantity::Money;
/// let collar = Collar::new(Money(20.0), Level(4.0), Level(10.0))?;
/// assert_eq!(collar.payoff(Level(14.0)), Money(80.0));
/// assert_eq!(collar.payoff(Level(7.0)), Money(0.0));
/// assert_eq!(collar.payoff(Level(2.0)), Money(-40.0));
/// # Ok::<(), netloss::hedge::StrikesError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Collar {
    floor: SoldFloor,
    cap: Cap,
}

impl Collar {
    /// Checks the strikes once.
    ///
    /// # Errors
    ///
    /// Refuses a cap that is not above the floor.
    pub fn new(tick: Money, floor: Level, cap: Level) -> Result<Self, StrikesError> {
        if floor < cap {
            Ok(Self { floor: SoldFloor { tick, strike: floor }, cap: Cap { tick, strike: cap } })
        } else {
            Err(StrikesError { lower: floor, upper: cap })
        }
    }

    /// Returns the sold floor.
    #[must_use]
    pub fn floor(&self) -> SoldFloor {
        self.floor
    }

    /// Returns the bought cap.
    #[must_use]
    pub fn cap(&self) -> Cap {
        self.cap
    }

    /// Returns what is paid when the index reads `level`; below zero it is a cost.
    #[must_use]
    pub fn payoff(&self, level: Level) -> Money {
        self.cap.payoff(level) + self.floor.payoff(level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_an_hour_about_4_7_and_10_hours() {
        let tick = Money(20.0);
        let swap = Swap { tick, strike: Level(7.0) };
        let (cap, floor) = (Cap { tick, strike: Level(10.0) }, SoldFloor { tick, strike: Level(4.0) });
        let collar = Collar::new(tick, Level(4.0), Level(10.0)).unwrap();
        for (hours, of_swap, of_cap, of_floor, of_collar) in [
            (14.0, 140.0, 80.0, 0.0, 80.0),
            (10.0, 60.0, 0.0, 0.0, 0.0),
            (7.0, 0.0, 0.0, 0.0, 0.0),
            (4.0, -60.0, 0.0, 0.0, 0.0),
            (2.0, -100.0, 0.0, -40.0, -40.0),
        ] {
            let at = Level(hours);
            let paid = [swap.payoff(at), cap.payoff(at), floor.payoff(at), collar.payoff(at)];
            assert_eq!(paid, [of_swap, of_cap, of_floor, of_collar].map(Money), "{hours} h");
        }
    }

    #[test]
    fn a_cap_and_a_sold_floor_at_one_strike_are_a_swap() {
        let (tick, strike) = (Money(3.0), Level(7.0));
        for level in [0.0, 6.5, 7.0, 20.0].map(Level) {
            let both = Cap { tick, strike }.payoff(level) + SoldFloor { tick, strike }.payoff(level);
            assert_eq!(both, Swap { tick, strike }.payoff(level));
        }
    }

    #[test]
    fn refuses_a_cap_below_its_floor() {
        assert!(Collar::new(Money(1.0), Level(10.0), Level(4.0)).is_err());
    }
}
