//! Damage in bands of duration, straight in each.

use std::fmt;

use crate::quantity::Hours;

/// Damage that runs straight in bands of duration.
///
/// # Formula
///
/// ```text
/// f(h) = c + m · (h - o)      with c, m and o of the band that holds h
/// ```
///
/// A band holds its first moment and not its last.
///
/// # Source
///
/// The Norwegian regulation of the cost of energy not supplied (KILE) states its
/// functions so, in kroner for each kW.
///
/// # Example
///
/// Trade pays 469 kroner per kW from four hours on, and 141.3 more for each hour:
/// 751.60 for six.
///
/// ```
/// use netloss::loss::{Band, Banded};
/// use netloss::quantity::Hours;
/// let band = |from, constant, slope, offset| Band { from: Hours(from), constant, slope, offset: Hours(offset) };
/// let bands = Banded::new(vec![band(0.0, 0.0, 117.25, 0.0), band(4.0, 469.0, 141.3, 4.0)])?;
/// assert!((bands.of(Hours(6.0)) - 751.6).abs() < 1e-9);
/// # Ok::<(), netloss::loss::BandedError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Banded {
    bands: Vec<Band>,
    stated_to: Option<Hours>,
}

/// A band of durations: from its first moment to that of the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Its first moment.
    pub from: Hours,
    /// Damage at the offset.
    pub constant: f64,
    /// What each hour adds.
    pub slope: f64,
    /// The duration from which the hours are counted.
    pub offset: Hours,
}

impl Banded {
    /// Checks bands in their order.
    ///
    /// # Errors
    ///
    /// Refuses an empty list, bands that do not start at 0 or not one after the
    /// other, and damage below zero.
    pub fn new(bands: Vec<Band>) -> Result<Self, BandedError> {
        if bands.first().is_none_or(|band| band.from != Hours::ZERO) {
            return Err(BandedError::NoStart);
        }
        if let Some(place) = bands.windows(2).position(|pair| pair[1].from <= pair[0].from) {
            return Err(BandedError::OutOfOrder { band: place + 1 });
        }
        let good = |band: &Band| band.at(band.from) >= 0.0 && band.slope >= 0.0;
        match bands.iter().position(|band| !good(band)) {
            Some(band) => Err(BandedError::Falls { band }),
            None => Ok(Self { bands, stated_to: None }),
        }
    }

    /// Runs straight from point to point, from nothing, and on as between the last two.
    ///
    /// # Errors
    ///
    /// Refuses an empty list, points out of order, and damage that falls.
    pub fn through(points: &[(Hours, f64)]) -> Result<Self, BandedError> {
        let mut bands = Vec::with_capacity(points.len());
        let mut from = (Hours::ZERO, 0.0);
        for (place, &(at, damage)) in points.iter().enumerate() {
            if at <= from.0 {
                return Err(BandedError::OutOfOrder { band: place });
            }
            let slope = (damage - from.1) / (at - from.0).0;
            bands.push(Band { from: from.0, constant: from.1, slope, offset: from.0 });
            from = (at, damage);
        }
        Self::new(bands)
    }

    /// Says for how long an interruption the bands are stated.
    #[must_use]
    pub fn up_to(self, duration: Hours) -> Self {
        Self { stated_to: Some(duration), ..self }
    }

    /// Returns the longest interruption for which the bands are stated, where they say.
    #[must_use]
    pub fn stated_to(&self) -> Option<Hours> {
        self.stated_to
    }

    /// Returns the damage of an interruption.
    #[must_use]
    pub fn of(&self, duration: Hours) -> f64 {
        let band = self.bands.iter().rev().find(|band| duration >= band.from);
        band.map_or(0.0, |band| band.at(duration))
    }

    /// Returns the band that holds a duration.
    #[must_use]
    pub fn band(&self, duration: Hours) -> Option<&Band> {
        self.bands.iter().rev().find(|band| duration >= band.from)
    }

    /// Returns where one band gives way to the next.
    pub fn turns(&self) -> impl Iterator<Item = Hours> + '_ {
        self.bands.iter().skip(1).map(|band| band.from)
    }
}

impl Band {
    fn at(&self, duration: Hours) -> f64 {
        self.constant + self.slope * (duration - self.offset).0
    }
}

/// Bands that make no damage function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BandedError {
    /// No band holds the first moment.
    NoStart,
    /// A band or point does not come after the one before it.
    OutOfOrder {
        /// Which one, counted from 0.
        band: usize,
    },
    /// Damage falls with duration, or is below zero.
    Falls {
        /// In which band, counted from 0.
        band: usize,
    },
}

impl fmt::Display for BandedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStart => write!(f, "a damage function needs a point, and a band that starts at 0"),
            Self::OutOfOrder { band } => {
                write!(f, "point {} does not come after the one before it; order by duration", band + 1)
            }
            Self::Falls { band } => write!(f, "damage falls, or is below 0, before point {}", band + 1),
        }
    }
}

impl std::error::Error for BandedError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_holds_its_first_moment_and_not_its_last() {
        let band = |from, constant, slope, offset| Band {
            from: Hours(from),
            constant,
            slope,
            offset: Hours(offset),
        };
        let trade = Banded::new(vec![
            band(0.0, 16.0, 0.0, 0.0),
            band(1.0 / 60.0, 28.0, 168.3, 0.0),
            band(1.0, 196.0, 91.1, 1.0),
            band(4.0, 469.0, 141.3, 4.0),
            band(8.0, 1034.0, 102.4, 8.0),
        ]);
        let trade = trade.unwrap();
        for (hours, damage, because) in [
            (0.01, 16.0, "less than a minute"),
            (0.5, 112.15, "half an hour"),
            (1.0, 196.0, "an hour is in the band that it begins"),
            (2.0, 287.1, "two hours"),
            (6.0, 751.6, "six hours"),
            (10.0, 1238.8, "ten hours, and so on without end"),
        ] {
            assert!((trade.of(Hours(hours)) - damage).abs() < 1e-9, "{because}");
        }
    }

    #[test]
    fn a_table_runs_straight_from_point_to_point_and_on() {
        let table = Banded::through(&[(Hours(4.0), 100.0), (Hours(8.0), 300.0)]).unwrap();
        for (hours, damage) in [(2.0, 50.0), (4.0, 100.0), (6.0, 200.0), (10.0, 400.0)] {
            assert_eq!(table.of(Hours(hours)), damage);
        }
        assert_eq!(Banded::through(&[]), Err(BandedError::NoStart));
        assert!(Banded::through(&[(Hours(4.0), 100.0), (Hours(4.0), 120.0)]).is_err());
        let falls = Banded::through(&[(Hours(4.0), 100.0), (Hours(8.0), 50.0)]);
        assert_eq!(falls, Err(BandedError::Falls { band: 1 }));
    }
}
