//! Credit line: money that a bank has promised for the day it is needed.

use std::fmt;

use super::{Costs, Kind};
use crate::quantity::{Money, Months, Share};
use crate::term::term;

term! {
    pub const CREDIT_LINE: Term = {
        key: "credit_line",
        korean: "조건부 신용공여",
        english: "Contingent credit line",
        file_key: "credit_line",
        unit: "money over its term",
        formula: "drawn = min(facility, most drawn, gap)\ncost  = front_end · F + standby · (F · (T - t) + (F - drawn) · t) + rate · drawn · t",
        order: "Drawn in the cash view, after reserve funds and cash; its cost comes with that of the programme",
        source: "World Bank Treasury, Contingent financing",
    };
}

/// A committed line of credit that an outage may draw.
///
/// # Formula
///
/// For a facility `F` committed for `T` years, and a draw `d` that stands for
/// `t` of them
///
/// ```text
/// d        = min(F, most drawn, gap)
/// cost     = front_end · F + standby · (F · (T - t) + (F - d) · t) + rate · d · t
/// gap left = gap - d
/// ```
///
/// The loss stays what it was: the line closes a gap of cash and is paid back.
/// Where a covenant may block the line, draw and interest are expected values,
/// and the gap of a blocked line is told beside.
///
/// # Source
///
/// Front-end fee on the facility, standby fee on what is not drawn, and interest
/// on what is: World Bank Treasury, Contingent financing.
///
/// # Example
///
/// 1,000 for a year; 400 of it are drawn for its last six months at 6 %.
///
/// ```
/// use netloss::cost::{CreditLine, Kind};
/// use netloss::quantity::{Money, Months, Share};
/// let share = |part| Share::new(part).unwrap();
/// let mut line = CreditLine::new(Money(1_000.0), share(0.06), Months(12.0), Months(6.0))?;
/// (line.front_end, line.standby) = (share(0.0025), share(0.005));
/// let cost = line.costs(Money(400.0));
/// assert_eq!((cost[Kind::Interest], cost.total()), (Money(12.0), Money(18.5)));
/// # Ok::<(), netloss::cost::InvalidCreditLine>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CreditLine {
    facility: Money,
    rate: Share,
    term: Months,
    drawn_for: Months,
    /// Fee for opening it, as a part of the facility.
    pub front_end: Share,
    /// Fee a year for what is not drawn.
    pub standby: Share,
    /// Most that one outage is let draw; none is the whole facility.
    pub most_drawn: Option<Money>,
    /// Probability that a covenant or a material adverse change blocks it.
    pub blocked: Share,
}

impl CreditLine {
    /// Checks a line without fees once.
    ///
    /// # Errors
    ///
    /// Refuses a facility or a term of nothing, and a draw that outlasts the term.
    pub fn new(
        facility: Money,
        rate: Share,
        term: Months,
        drawn_for: Months,
    ) -> Result<Self, InvalidCreditLine> {
        if !(facility.0.is_finite() && facility > Money::ZERO) {
            return Err(InvalidCreditLine::Facility(facility));
        }
        if !(term.0.is_finite() && term > Months::ZERO) {
            return Err(InvalidCreditLine::Term(term));
        }
        if !(Months::ZERO..=term).contains(&drawn_for) {
            return Err(InvalidCreditLine::Draw { drawn_for, term });
        }
        let (front_end, standby, blocked) = (Share::NONE, Share::NONE, Share::NONE);
        Ok(Self { facility, rate, term, drawn_for, front_end, standby, most_drawn: None, blocked })
    }

    /// Returns what it can be drawn for.
    #[must_use]
    pub fn facility(&self) -> Money {
        self.facility
    }

    /// Returns the interest a year on what is drawn.
    #[must_use]
    pub fn rate(&self) -> Share {
        self.rate
    }

    /// Returns how long it is committed.
    #[must_use]
    pub fn term(&self) -> Months {
        self.term
    }

    /// Returns how long a draw stands.
    #[must_use]
    pub fn drawn_for(&self) -> Months {
        self.drawn_for
    }

    /// Returns the most that can be drawn.
    #[must_use]
    pub fn available(&self) -> Money {
        self.facility.at_most(self.most_drawn)
    }

    /// Returns what is drawn to close a gap.
    #[must_use]
    pub fn draw(&self, gap: Money) -> Money {
        gap.positive().min(self.available())
    }

    /// Returns what the line costs over its term with this much drawn.
    #[must_use]
    pub fn costs(&self, drawn: Money) -> Costs {
        let drawn = drawn * self.blocked.rest();
        let (term, time) = (self.term.years(), self.drawn_for.years());
        let undrawn = self.facility.0 * (term - time) + (self.facility - drawn).0 * time;
        let mut costs = Costs::default();
        costs[Kind::FrontEndFee] = self.facility * self.front_end;
        costs[Kind::StandbyFee] = Money(undrawn) * self.standby;
        costs[Kind::Interest] = Money(drawn.0 * time) * self.rate;
        costs
    }
}

/// A line that no bank can commit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InvalidCreditLine {
    /// There is nothing to draw.
    Facility(Money),
    /// It is committed for no time.
    Term(Months),
    /// A draw outlasts the commitment.
    Draw {
        /// How long it is drawn.
        drawn_for: Months,
        /// How long it is committed.
        term: Months,
    },
}

impl fmt::Display for InvalidCreditLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Facility(facility) => write!(f, "a line of {facility} can never be drawn"),
            Self::Term(term) => write!(f, "a line of {} months is never open", term.0),
            Self::Draw { drawn_for, term } => {
                write!(f, "a draw of {} months outlasts the line's {} months", drawn_for.0, term.0)
            }
        }
    }
}

impl std::error::Error for InvalidCreditLine {}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: f64) -> Share {
        Share::new(part).unwrap()
    }

    #[test]
    fn a_line_costs_fees_for_what_is_not_drawn_and_interest_for_what_is() {
        let line = CreditLine {
            front_end: share(0.0025),
            standby: share(0.005),
            ..CreditLine::new(Money(500.0), share(0.06), Months(12.0), Months(9.0)).unwrap()
        };
        for (drawn, kind, cost, because) in [
            (0.0, Kind::FrontEndFee, 1.25, "0.25 % of the facility, drawn or not"),
            (0.0, Kind::StandbyFee, 2.5, "0.5 % on 500 for the year"),
            (0.0, Kind::Interest, 0.0, "nothing is owed"),
            (300.0, Kind::StandbyFee, 1.375, "0.5 % on 500 for 3 months and on 200 for 9"),
            (300.0, Kind::Interest, 13.5, "6 % on 300 for 9 months"),
        ] {
            assert!((line.costs(Money(drawn))[kind].0 - cost).abs() < 1e-12, "{because}");
        }
        let blocked = CreditLine { blocked: share(0.1), ..line };
        assert!((blocked.costs(Money(300.0))[Kind::Interest].0 - 12.15).abs() < 1e-12);
    }

    #[test]
    fn a_draw_closes_the_gap_as_far_as_the_line_goes() {
        let line = CreditLine::new(Money(500.0), share(0.06), Months(12.0), Months(9.0)).unwrap();
        let capped = CreditLine { most_drawn: Some(Money(300.0)), ..line };
        for (line, gap, drawn, because) in [
            (line, -20.0, 0.0, "cash is at hand"),
            (line, 120.0, 120.0, "the gap is closed"),
            (line, 550.0, 500.0, "the facility is drawn in full"),
            (capped, 550.0, 300.0, "no more is let drawn"),
        ] {
            assert_eq!(line.draw(Money(gap)), Money(drawn), "{because}");
        }
    }

    #[test]
    fn refuses_lines_that_no_bank_can_commit() {
        for (facility, term, drawn_for, said) in [
            (0.0, 12.0, 6.0, "never be drawn"),
            (f64::NAN, 12.0, 6.0, "never be drawn"),
            (500.0, 0.0, 0.0, "never open"),
            (500.0, 12.0, 13.0, "outlasts"),
            (500.0, 12.0, f64::NAN, "outlasts"),
        ] {
            let refused = CreditLine::new(Money(facility), share(0.06), Months(term), Months(drawn_for));
            assert!(refused.unwrap_err().to_string().contains(said));
        }
    }
}
