//! Circumstances: what a wording may ask about an outage beside its cause.

/// Facts of the outage on which extensions of cover turn; none is not stated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Circumstances {
    /// The provider that failed, by its name in the file.
    pub provider: Option<String>,
    /// Whether property was damaged: at the supplier, or near the premises.
    pub damage: Option<bool>,
    /// How far from the premises it happened, in kilometres.
    pub distance_km: Option<f64>,
    /// Whether an overhead line failed.
    pub overhead_line: Option<bool>,
    /// Whether the press or the public spoke ill of the business.
    pub adverse_publicity: Option<bool>,
}

/// What a wording asks of the place where it happened.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PlaceTest {
    /// Property must have been damaged there.
    pub needs_damage: bool,
    /// It must be within so many kilometres; anywhere unless said.
    pub within_km: Option<f64>,
    /// It must not be an overhead line.
    pub no_overhead_line: bool,
}

/// Why the place fails the test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceFault {
    /// Nothing was damaged there.
    NoDamage,
    /// It is too far away.
    TooFar,
    /// An overhead line failed.
    OverheadLine,
}

impl PlaceTest {
    /// Returns the first thing asked that the circumstances do not meet. What
    /// nobody stated does not help the insured, who has to show it.
    #[must_use]
    pub fn fault(self, circumstances: &Circumstances) -> Option<PlaceFault> {
        if self.needs_damage && circumstances.damage != Some(true) {
            return Some(PlaceFault::NoDamage);
        }
        if let Some(within) = self.within_km
            && circumstances.distance_km.is_none_or(|distance| distance > within)
        {
            return Some(PlaceFault::TooFar);
        }
        // An exclusion is for the insurer to show.
        let overhead = self.no_overhead_line && circumstances.overhead_line == Some(true);
        overhead.then_some(PlaceFault::OverheadLine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_insured_shows_the_condition_and_the_insurer_the_exclusion() {
        let facts = |damage, distance_km, overhead_line| Circumstances {
            damage,
            distance_km,
            overhead_line,
            ..Circumstances::default()
        };
        let test = PlaceTest { needs_damage: true, within_km: Some(5.0), no_overhead_line: true };
        for (facts, fault) in [
            (facts(Some(true), Some(5.0), None), None),
            (facts(Some(true), Some(5.1), None), Some(PlaceFault::TooFar)),
            (facts(Some(true), None, None), Some(PlaceFault::TooFar)),
            (facts(None, Some(1.0), None), Some(PlaceFault::NoDamage)),
            (facts(Some(false), Some(1.0), None), Some(PlaceFault::NoDamage)),
            (facts(Some(true), Some(1.0), Some(true)), Some(PlaceFault::OverheadLine)),
            (facts(Some(true), Some(1.0), Some(false)), None),
        ] {
            assert_eq!(test.fault(&facts), fault, "{facts:?}");
        }
        assert_eq!(PlaceTest::default().fault(&Circumstances::default()), None, "nothing is asked");
    }
}
