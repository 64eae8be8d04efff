//! Churn: customers who leave because of the outage, and what goes with them.

use std::fmt;

use super::Communication;
use crate::quantity::{Hours, Money, Share};
use crate::term::term;

term! {
    pub const CHURN: Term = {
        key: "churn",
        korean: "이탈 위험함수",
        english: "Churn by duration",
        file_key: "outflow.churn",
        unit: "money",
        formula: "p(D) = pmax * (1 - exp(-(D / eta)^k)), or pmax / (1 + exp(-(D - d0) / b)), or a table\nlost = exposed * p(D) - those who would have left anyway\nloss = lost * value of each * (1 - win-back)",
        order: "outflow, after saved costs",
        source: "that quality drives churn: Ahn, Han and Lee (2006), Korean mobile customers; hazard of a relationship by duration: Bolton (1998); parameters are yours",
    };
}

/// How the share of customers who leave grows with the outage.
#[derive(Clone, Debug, PartialEq)]
pub enum ChurnCurve {
    /// `most · (1 - e^(-(D/scale)^shape))`.
    Weibull {
        /// The most who leave, however long it takes.
        most: Share,
        /// Duration at which 63 % of them have left.
        scale: Hours,
        /// Above 1 the first hours are forgiven.
        shape: f64,
    },
    /// `most / (1 + e^(-(D - midpoint)/spread))`.
    Logistic {
        /// The most who leave, however long it takes.
        most: Share,
        /// Duration at which half of them have left.
        midpoint: Hours,
        /// How slowly it turns there.
        spread: Hours,
    },
    /// Straight between points, from nothing; even after the last.
    Table(Vec<(Hours, Share)>),
}

impl ChurnCurve {
    /// Checks a Weibull curve.
    ///
    /// # Errors
    ///
    /// Refuses a scale or a shape that is not above 0.
    pub fn weibull(most: Share, scale: Hours, shape: f64) -> Result<Self, ChurnError> {
        match [("scale", scale.0), ("shape", shape)].into_iter().find(|(_, number)| !above_zero(*number)) {
            Some((what, number)) => Err(ChurnError::NotAboveZero { what, number }),
            None => Ok(Self::Weibull { most, scale, shape }),
        }
    }

    /// Checks a logistic curve.
    ///
    /// # Errors
    ///
    /// Refuses a spread that is not above 0.
    pub fn logistic(most: Share, midpoint: Hours, spread: Hours) -> Result<Self, ChurnError> {
        if above_zero(spread.0) {
            Ok(Self::Logistic { most, midpoint, spread })
        } else {
            Err(ChurnError::NotAboveZero { what: "spread", number: spread.0 })
        }
    }

    /// Checks a table of durations and shares.
    ///
    /// # Errors
    ///
    /// Refuses an empty table and points out of order.
    pub fn table(points: Vec<(Hours, Share)>) -> Result<Self, ChurnError> {
        if points.is_empty() {
            return Err(ChurnError::Empty);
        }
        match points.windows(2).position(|pair| pair[1].0 <= pair[0].0) {
            Some(place) => Err(ChurnError::OutOfOrder { point: place + 1 }),
            None => Ok(Self::Table(points)),
        }
    }

    /// Returns the share of customers who leave after an outage of `duration`.
    #[must_use]
    pub fn after(&self, duration: Hours) -> Share {
        if duration <= Hours::ZERO {
            return Share::NONE;
        }
        match self {
            Self::Weibull { most, scale, shape } => {
                let hazard = libm::pow(duration.0 / scale.0, *shape);
                Share::new(-libm::expm1(-hazard)).map_or(Share::NONE, |part| *most * part)
            }
            Self::Logistic { most, midpoint, spread } => {
                let part = 1.0 / (1.0 + libm::exp(-(duration - *midpoint).0 / spread.0));
                Share::new(part).map_or(Share::NONE, |part| *most * part)
            }
            Self::Table(points) => {
                let mut from = (Hours::ZERO, Share::NONE);
                for &(at, share) in points {
                    if duration < at {
                        let part = (duration - from.0).0 / (at - from.0).0;
                        let between = from.1.get() + (share.get() - from.1.get()) * part;
                        return Share::new(between).unwrap_or(share);
                    }
                    from = (at, share);
                }
                from.1
            }
        }
    }
}

fn above_zero(number: f64) -> bool {
    number.is_finite() && number > 0.0
}

/// Customers who leave because of an outage, at what each would still have brought.
///
/// # Formula
///
/// ```text
/// lost = (exposed · p(D) · (1 - kept by communication) - exposed · b · D / month)⁺
/// loss = lost · value · (1 - win-back)
/// ```
///
/// `b` is the share who leave in a month anyway.
///
/// # Order
///
/// An outflow, after saved costs. Communication comes before those who would have
/// left anyway are taken off; win-back comes last.
///
/// # Source
///
/// That quality drives churn: Ahn, Han and Lee (2006) on Korean mobile customers;
/// a hazard by duration: Bolton (1998). No public estimate for outages was found:
/// the parameters are the reader's own.
///
/// # Example
///
/// Of 100,000 customers, at most 8 % leave, by a Weibull curve of 24 hours and
/// shape 1.5: ten hours lose 1,886.59 of them.
///
/// ```
/// use netloss::mitigation::{Churn, ChurnCurve};
/// use netloss::quantity::{Hours, Money, Share};
/// let curve = ChurnCurve::weibull(Share::new(0.08).unwrap(), Hours(24.0), 1.5)?;
/// let churn = Churn::new(100_000.0, curve, Money(81.6));
/// assert!((churn.leaving(Hours(10.0)).lost - 1886.592_164_855).abs() < 1e-6);
/// # Ok::<(), netloss::mitigation::ChurnError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Churn {
    /// Customers who feel the outage.
    pub exposed: f64,
    /// How many of them leave.
    pub curve: ChurnCurve,
    /// Share who leave in a month anyway.
    pub anyway: Share,
    /// Length of that month.
    pub month: Hours,
    /// What each who leaves would still have brought.
    pub value: Money,
    /// Part of those lost who are won back.
    pub win_back: Share,
    /// The notice that keeps some of them, where there is one.
    pub communication: Option<Communication>,
}

/// The customers of one outage, one step after the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leaving {
    /// Share who would leave without any notice.
    pub share: Share,
    /// Customers whom communication keeps.
    pub kept: f64,
    /// Customers who would have left anyway.
    pub anyway: f64,
    /// Customers lost to the outage.
    pub lost: f64,
}

impl Churn {
    /// Customers who leave by a curve, and nothing that softens it.
    #[must_use]
    pub fn new(exposed: f64, curve: ChurnCurve, value: Money) -> Self {
        let (anyway, win_back, month) = (Share::NONE, Share::NONE, Hours(720.0));
        Self { exposed, curve, anyway, month, value, win_back, communication: None }
    }

    /// Returns the customers who leave because of an outage of `duration`.
    #[must_use]
    pub fn leaving(&self, duration: Hours) -> Leaving {
        let share = self.curve.after(duration);
        let kept = self.communication.map_or(Share::NONE, |notice| notice.kept());
        let leave = self.exposed * share.get();
        let kept = leave * kept.get();
        let anyway = self.exposed * self.anyway.get() * duration.0 / self.month.0;
        Leaving { share, kept, anyway, lost: (leave - kept - anyway).max(0.0) }
    }

    /// Returns what goes with them.
    #[must_use]
    pub fn of(&self, duration: Hours) -> Money {
        Money(self.leaving(duration).lost * self.value.0) * self.win_back.rest()
    }

    /// Returns the durations at which the curve turns.
    pub fn turns(&self) -> impl Iterator<Item = Hours> + '_ {
        let points = match &self.curve {
            ChurnCurve::Table(points) => points.as_slice(),
            ChurnCurve::Weibull { .. } | ChurnCurve::Logistic { .. } => &[],
        };
        points.iter().map(|(at, _)| *at)
    }
}

/// A curve by which nobody could leave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChurnError {
    /// A parameter is not above zero.
    NotAboveZero {
        /// Which one.
        what: &'static str,
        /// What it is.
        number: f64,
    },
    /// The table has no point.
    Empty,
    /// A point does not come after the one before it.
    OutOfOrder {
        /// Which point, counted from 0.
        point: usize,
    },
}

impl fmt::Display for ChurnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAboveZero { what, number } => write!(f, "{what} is {number}; give more than 0"),
            Self::Empty => write!(f, "the table has no point"),
            Self::OutOfOrder { point } => {
                write!(f, "point {} does not come after point {point}; order points by duration", point + 1)
            }
        }
    }
}

impl std::error::Error for ChurnError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(number: f64) -> Share {
        Share::new(number).unwrap()
    }

    #[test]
    fn each_curve_by_duration() {
        let weibull = ChurnCurve::weibull(share(0.08), Hours(24.0), 1.5).unwrap();
        let logistic = ChurnCurve::logistic(share(0.08), Hours(25.0), Hours(10.0)).unwrap();
        let table = vec![(Hours(4.0), share(0.01)), (Hours(24.0), share(0.05))];
        let table = ChurnCurve::table(table).unwrap();
        for (curve, hours, expected, because) in [
            (&weibull, 0.0, 0.0, "nobody leaves before the outage"),
            (&weibull, 10.0, 0.018_865_922, "ten hours"),
            (&weibull, 30.0, 0.060_223_702, "thirty"),
            (&logistic, 10.0, 0.014_594_042, "15 hours before the middle, under a spread of 10"),
            (&logistic, 25.0, 0.04, "half of them"),
            (&table, 2.0, 0.005, "half way to the first point"),
            (&table, 14.0, 0.03, "half way between two"),
            (&table, 90.0, 0.05, "even after the last"),
        ] {
            assert!((curve.after(Hours(hours)).get() - expected).abs() < 1e-9, "{because}");
        }
    }

    #[test]
    fn notice_keeps_some_time_takes_some_and_some_come_back() {
        let curve = ChurnCurve::weibull(share(0.08), Hours(24.0), 1.5).unwrap();
        let notice = Communication {
            effect: share(0.3),
            within: Hours(2.0),
            notice: Hours(1.0),
            fades_over: Hours(6.0),
        };
        let churn = Churn::new(100_000.0, curve, Money(81.6));
        let told = Churn { communication: Some(notice), ..churn.clone() };
        let leaving = told.leaving(Hours(10.0));
        assert!((leaving.kept - 565.977_649_457).abs() < 1e-6);
        assert!((leaving.lost - 1_320.614_515_399).abs() < 1e-6);
        let slow = Churn { anyway: share(0.05), win_back: share(0.5), ..churn.clone() };
        let lost = 1_886.592_164_855 - 100_000.0 * 0.05 * 10.0 / 720.0;
        assert!((slow.of(Hours(10.0)).0 - lost * 81.6 / 2.0).abs() < 1e-4);
        let loyal = Churn { anyway: share(0.5), ..churn };
        assert_eq!(loyal.of(Hours(1.0)), Money::ZERO, "fewer leave than would have left anyway");
    }

    #[test]
    fn refuses_curves_that_are_none() {
        assert!(
            ChurnCurve::weibull(share(0.1), Hours::ZERO, 1.0).unwrap_err().to_string().contains("scale")
        );
        assert!(ChurnCurve::weibull(share(0.1), Hours(1.0), f64::NAN).is_err());
        assert!(ChurnCurve::logistic(share(0.1), Hours(1.0), Hours::ZERO).is_err());
        assert_eq!(ChurnCurve::table(vec![]), Err(ChurnError::Empty));
        let twice = vec![(Hours(4.0), share(0.01)), (Hours(4.0), share(0.05))];
        assert!(ChurnCurve::table(twice).unwrap_err().to_string().contains("point 2"));
    }
}
