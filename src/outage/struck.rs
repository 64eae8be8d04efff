//! Struck: how hard an outage hits, and which lines it hits.

use std::fmt;

use crate::quantity::Share;

/// How hard an outage hits each line, where that is not what the line's own path says.
///
/// # Formula
///
/// With `k` the severity, a number without a unit, and `lost(τ)` a line's service path:
///
/// ```text
/// share of service lost = min(1, k) · lost(τ)          where the line is hit
/// lost revenue          = k · ∫ dependency · revenue rate(t) · lost(τ) dτ
///                       = 0                            where it is not hit
/// ```
///
/// Below 1 the outage is milder than the path, and less of the service is out. Above 1
/// the service is out as the path says, and at no time further: what is lost beyond is
/// trade that would have been above the profile's, as in a peak season. Only then may
/// more be lost than the profile brings. Costs that an outage causes by the hour are
/// caused by the outage, and do not go with its severity.
///
/// # Example
///
/// Of three lines the second is spared, and the others lose a half more than usual.
///
/// ```
/// use netloss::outage::Struck;
/// let struck = Struck::new(1.5, 0b101)?;
/// assert_eq!([0, 1, 2].map(|line| struck.factor(line)), [1.5, 0.0, 1.5]);
/// assert_eq!(Struck::default().factor(0), 1.0);
/// # Ok::<(), netloss::outage::InvalidSeverity>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Struck {
    severity: f64,
    hit: u64,
}

impl Struck {
    /// The lines that can be told apart, in the file's order; those after them are
    /// always hit.
    pub const LINES: usize = u64::BITS as usize;

    /// Every line.
    pub const EVERY_LINE: u64 = u64::MAX;

    /// Checks how hard an outage hits; the bit of each line that it hits is set in
    /// `hit`, the first line's lowest.
    ///
    /// # Errors
    ///
    /// Refuses a severity that is negative or not finite.
    pub fn new(severity: f64, hit: u64) -> Result<Self, InvalidSeverity> {
        let good = severity.is_finite() && severity >= 0.0;
        if good { Ok(Self { severity, hit }) } else { Err(InvalidSeverity(severity)) }
    }

    /// Returns how hard the outage is; 1 where each line runs along its own path.
    #[must_use]
    pub fn severity(self) -> f64 {
        self.severity
    }

    /// Returns whether a line is hit.
    #[must_use]
    #[inline(always)]
    pub fn hits(self, line: usize) -> bool {
        line >= Self::LINES || self.hit >> line & 1 == 1
    }

    /// Returns by what a line's lost revenue is multiplied.
    #[must_use]
    #[inline(always)]
    pub fn factor(self, line: usize) -> f64 {
        if self.hits(line) { self.severity } else { 0.0 }
    }

    /// Returns the part of what a line's path loses of its service that is out.
    #[must_use]
    pub fn of_service(self, line: usize) -> Share {
        Share::new(self.factor(line).min(1.0)).unwrap_or_default()
    }
}

impl Default for Struck {
    fn default() -> Self {
        Self { severity: 1.0, hit: Self::EVERY_LINE }
    }
}

/// A severity by which nothing can be multiplied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InvalidSeverity(pub f64);

impl fmt::Display for InvalidSeverity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a severity of {}; give 0 or more", self.0)
    }
}

impl std::error::Error for InvalidSeverity {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_severity_is_a_finite_number_from_nothing_on() {
        for (severity, good) in
            [(0.0, true), (2.5, true), (-0.1, false), (f64::NAN, false), (f64::INFINITY, false)]
        {
            assert_eq!(Struck::new(severity, 0).is_ok(), good, "{severity}");
        }
    }

    #[test]
    fn service_is_out_no_further_than_the_path_says() {
        for (severity, of_service, because) in [
            (0.4, 0.4, "milder than the path"),
            (1.0, 1.0, "the path itself"),
            (1.8, 1.0, "more trade is lost, not more service"),
        ] {
            let struck = Struck::new(severity, 0b01).unwrap();
            assert_eq!(struck.of_service(0).get(), of_service, "{because}");
            assert_eq!(struck.of_service(1), Share::NONE, "a line that is spared keeps its service");
        }
    }

    #[test]
    fn a_line_beyond_those_told_apart_is_always_hit() {
        let struck = Struck::new(0.5, 0).unwrap();
        assert_eq!((struck.factor(63), struck.factor(64)), (0.0, 0.5));
    }
}
