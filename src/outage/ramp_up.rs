//! Ramp-up: how sales return once service is back.

use std::fmt;

use super::Segment;
use crate::quantity::{Hours, Share};
use crate::term::term;

term! {
    pub const RAMP_UP: Term = {
        key: "ramp_up",
        korean: "정상화 램프업",
        english: "Ramp-up after restoration",
        file_key: "line.ramp_up",
        unit: "share of the line that is lost",
        formula: "straight: lost falls evenly from where the last stage stopped\nexponential: level = 1 - (1 - u0) * exp(-x / theta), until less than 0.5 % is missing or to the horizon",
        order: "after the stages of the outage, before recapture",
        source: "a choice made here; recovery curves of the literature on resilience have this form",
    };
}

/// Below this share a ramp is over: what is still missing is 0.5 % of the line.
pub const RAMP_ENDS: f64 = 0.005;

/// How far a straight piece of a curved ramp may be off the curve, as a share of
/// the line. Over a whole piece, what is above the curve equals what is below.
pub const RAMP_ERROR: f64 = 0.0005;

/// How sales return after the last stage of an outage.
#[derive(Clone, Debug, PartialEq)]
pub enum RampUp {
    /// In a straight line from where the last stage stopped, over so many hours;
    /// none is at once.
    Straight(Hours),
    /// Fast at first and ever slower.
    Curved(Curved),
}

/// Sales that return fast at first and ever slower: an exponential ramp.
///
/// # Formula
///
/// With `u₀` the level of sales at restoration, θ the time constant and `x` the
/// hours after it:
///
/// ```text
/// level(x) = 1 - (1 - u₀)·e^(-x/θ)
/// lost     = ∫ B·(1 - level) dx      to the horizon, or until 1 - level < 0.5 %
/// ```
///
/// Where no `u₀` is stated the ramp starts where the last stage stopped, and it
/// never starts below that. The curve is cut into straight pieces that keep its
/// integral and its first moment: a piece is nowhere further than
/// [`RAMP_ERROR`] from the curve, and over a whole piece of even sales nothing.
///
/// # Order
///
/// After the stages of the outage, before recapture. Hours of a ramp are hours of
/// loss: a waiting period and an indemnity period cut them like any other.
///
/// # Source
///
/// Recovery curves of this kind are common in the literature on resilience; no
/// public rule fixes the parameters. A grid that reads the level at the middle of
/// each hour finds a little less: 32.9852 instead of 33.1381 in the example.
///
/// # Example
///
/// Sales of 50 an hour come back at 70 % and close the gap with a time constant
/// of three hours; in the first four hours 33.14 is lost.
///
/// ```
/// use netloss::outage::{BreakPoint, Curved, RampUp, ServicePath};
/// use netloss::quantity::{Hours, Share};
/// let ramp = Curved::new(Hours(3.0), Share::new(0.7), Some(Hours(4.0)))?;
/// let path = ServicePath::restored(BreakPoint::END).with_ramp_up(RampUp::Curved(ramp))?;
/// let after = path.segments(Hours(8.0)).filter(|piece| piece.from >= Hours(8.0));
/// let lost: f64 =
///     after.map(|piece| 50.0 * (piece.to.0 - piece.from.0) * (piece.lost_from.get() + piece.lost_to.get()) / 2.0).sum();
/// assert!((lost - 45.0 * (1.0 - (-4.0_f64 / 3.0).exp())).abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Curved {
    time_constant: Hours,
    starts_at: Option<Share>,
    horizon: Option<Hours>,
    /// Pieces of `e^-y`, in units of the time constant.
    pieces: Vec<Piece>,
}

/// A straight piece of `e^-y`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    from: f64,
    to: f64,
    first: f64,
    last: f64,
}

impl Piece {
    /// Lays the straight line over `[from, to]` that has the integral and the first
    /// moment of `e^-y`.
    fn over(from: f64, to: f64) -> Self {
        let (length, start) = (to - from, libm::exp(-from));
        let integral = -libm::expm1(-length);
        // ∫ z·e^-z dz from 0 to the length, about the middle.
        let about_middle = integral - length * libm::exp(-length) - integral * length / 2.0;
        let slope = 12.0 * about_middle / (length * length * length);
        let mean = integral / length;
        let half = slope * length / 2.0;
        Self { from, to, first: start * (mean - half), last: start * (mean + half) }
    }
}

impl Curved {
    /// Checks a curved ramp once and cuts it into pieces.
    ///
    /// # Errors
    ///
    /// Refuses a time constant or a horizon that is no length of time.
    pub fn new(
        time_constant: Hours,
        starts_at: Option<Share>,
        horizon: Option<Hours>,
    ) -> Result<Self, RampError> {
        for length in [Some(time_constant), horizon].into_iter().flatten() {
            if !(length.0.is_finite() && length > Hours::ZERO) {
                return Err(RampError(length));
            }
        }
        let all = -libm::log(RAMP_ENDS);
        let mut pieces = Vec::new();
        let mut from = 0.0;
        while from < all {
            // The line is off by a twelfth of curvature times length squared at its ends.
            let length = libm::sqrt(12.0 * RAMP_ERROR * libm::exp(from));
            let to = (from + length).min(all);
            pieces.push(Piece::over(from, to));
            from = to;
        }
        Ok(Self { time_constant, starts_at, horizon, pieces })
    }

    /// Returns the time over which what is missing falls by a factor e.
    #[must_use]
    pub fn time_constant(&self) -> Hours {
        self.time_constant
    }

    /// Returns the level of sales at restoration, where it is stated.
    #[must_use]
    pub fn starts_at(&self) -> Option<Share> {
        self.starts_at
    }

    /// Returns how long sales are followed, where it is stated.
    #[must_use]
    pub fn horizon(&self) -> Option<Hours> {
        self.horizon
    }

    /// Returns the share that is missing at restoration, of a stage that stopped
    /// with `lost`.
    fn missing(&self, lost: Share) -> f64 {
        self.starts_at.map_or(lost.get(), |level| level.rest().get().min(lost.get()))
    }

    /// Returns how long the ramp takes after a stage that stopped with `lost`.
    #[must_use]
    pub fn length(&self, lost: Share) -> Hours {
        let missing = self.missing(lost);
        if missing <= RAMP_ENDS {
            return Hours::ZERO;
        }
        let all = Hours(self.time_constant.0 * libm::log(missing / RAMP_ENDS));
        self.horizon.map_or(all, |horizon| horizon.min(all))
    }

    fn segments(&self, at: Hours, lost: Share, found: &mut Vec<Segment>) {
        let missing = self.missing(lost);
        let ends = self.length(lost).0 / self.time_constant.0;
        let share = |part: f64| Share::new((missing * part).clamp(0.0, 1.0)).unwrap_or(Share::NONE);
        for piece in self.pieces.iter().take_while(|piece| piece.from < ends) {
            let piece = if piece.to <= ends { *piece } else { Piece::over(piece.from, ends) };
            let moment = |y: f64| at + Hours(y * self.time_constant.0);
            found.push(Segment {
                from: moment(piece.from),
                to: moment(piece.to),
                lost_from: share(piece.first),
                lost_to: share(piece.last),
            });
        }
    }
}

impl RampUp {
    /// Sales return at once.
    pub const NONE: Self = Self::Straight(Hours::ZERO);

    /// Returns how long the ramp takes after a stage that stopped with `lost`.
    #[must_use]
    pub fn length(&self, lost: Share) -> Hours {
        match self {
            Self::Straight(length) => *length,
            Self::Curved(curved) => curved.length(lost),
        }
    }

    /// Returns how long the ramp can take at most.
    #[must_use]
    pub fn longest(&self) -> Hours {
        self.length(Share::ALL)
    }

    /// Adds the ramp after a stage that stopped at `at` with `lost`.
    pub(super) fn segments(&self, at: Hours, lost: Share, found: &mut Vec<Segment>) {
        if lost <= Share::NONE {
            return;
        }
        match self {
            Self::Straight(length) if *length > Hours::ZERO => {
                found.push(Segment { from: at, to: at + *length, lost_from: lost, lost_to: Share::NONE });
            }
            Self::Straight(_) => {}
            Self::Curved(curved) => curved.segments(at, lost, found),
        }
    }
}

impl From<Hours> for RampUp {
    fn from(length: Hours) -> Self {
        Self::Straight(length)
    }
}

/// A length of a ramp that time cannot have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RampError(Hours);

impl fmt::Display for RampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a ramp of {} hours is none; give more than 0", self.0.0)
    }
}

impl std::error::Error for RampError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(number: f64) -> Share {
        Share::new(number).unwrap()
    }

    fn pieces(ramp: &Curved, lost: f64) -> Vec<Segment> {
        let mut found = Vec::new();
        ramp.segments(Hours(8.0), share(lost), &mut found);
        found
    }

    #[test]
    fn no_piece_is_further_from_the_curve_than_is_stated() {
        let ramp = Curved::new(Hours(5.0), None, None).unwrap();
        let found = pieces(&ramp, 1.0);
        for piece in &found {
            for step in 0..=20 {
                let part = f64::from(step) / 20.0;
                let at = piece.from.0 + (piece.to.0 - piece.from.0) * part - 8.0;
                let line = piece.lost_from.get() + (piece.lost_to.get() - piece.lost_from.get()) * part;
                let off = (line - (-at / 5.0).exp()).abs();
                assert!(off <= RAMP_ERROR * 1.01, "{off} at {at}");
            }
        }
        assert!((20..40).contains(&found.len()), "{} pieces", found.len());
    }

    #[test]
    fn the_whole_ramp_loses_what_the_curve_says_to_the_last_digit() {
        let lost = |found: &[Segment]| -> f64 {
            found.iter().map(|s| (s.to.0 - s.from.0) * (s.lost_from.get() + s.lost_to.get()) / 2.0).sum()
        };
        for (starts_at, horizon, from, expected, because) in [
            (Some(0.7), Some(4.0), 1.0, 0.9 * (1.0 - (-4.0_f64 / 3.0).exp()), "it is followed for 4 hours"),
            (Some(0.7), None, 1.0, 0.9 - 3.0 * RAMP_ENDS, "until no more than 0.5 % is missing"),
            (Some(0.7), None, 0.1, 0.3 - 3.0 * RAMP_ENDS, "sales never fall when service returns"),
            (None, None, 1.0, 3.0 - 3.0 * RAMP_ENDS, "it starts where the last stage stopped"),
            (Some(0.999), None, 1.0, 0.0, "hardly anything is missing from the start"),
        ] {
            let ramp = Curved::new(Hours(3.0), starts_at.map(share), horizon.map(Hours)).unwrap();
            assert!((lost(&pieces(&ramp, from)) - expected).abs() < 1e-11, "{because}");
        }
    }

    #[test]
    fn a_grid_that_reads_the_middle_of_each_hour_finds_a_little_less() {
        let level = |x: f64| 1.0 - 0.3 * libm::exp(-x / 3.0);
        let by_hour: Vec<f64> = (0..4).map(|hour| 50.0 * (1.0 - level(f64::from(hour) + 0.5))).collect();
        let expected = [12.697_225_873, 9.097_959_896, 6.518_973_128, 4.671_048_359];
        for (hour, expected) in by_hour.iter().zip(expected) {
            assert!((hour - expected).abs() < 1e-9, "{hour}");
        }
        assert!((by_hour.iter().sum::<f64>() - 32.985_207_255).abs() < 1e-9);
        assert!((45.0 * -libm::expm1(-4.0 / 3.0) - 33.138_128_785).abs() < 1e-9);
    }

    #[test]
    fn refuses_a_length_that_is_none() {
        assert!(Curved::new(Hours::ZERO, None, None).is_err());
        assert!(Curved::new(Hours(f64::NAN), None, None).is_err());
        assert!(Curved::new(Hours(3.0), None, Some(Hours(-1.0))).unwrap_err().to_string().contains("-1"));
    }
}
