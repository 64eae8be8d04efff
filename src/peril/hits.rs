//! Hits: which lines an outage of a peril hits.

mod sets;

use super::normal;
use crate::outage::Struck;
use crate::quantity::Share;

/// The chance that each line is hit, and how far lines are hit together.
///
/// # Formula
///
/// One-factor Gaussian copula: with `p` the chance of a line, `ρ` from 0 to 1 how far
/// lines are hit together, `u` a draw that all lines share and `v` one of the line's own,
///
/// ```text
/// hit   where √ρ · Φ⁻¹(u) + √(1 - ρ) · Φ⁻¹(v) > Φ⁻¹(1 - p)
/// ρ = 1   one draw decides for all: who is hit for less is hit whenever who for more is
/// ρ = 0   lines do not know of one another
/// ```
///
/// Whatever ρ is, each line is hit with its chance.
///
/// # Source
///
/// Vasicek, "Loan portfolio value", Risk 15 (2002), for the one-factor copula of events
/// that happen together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    lines: Vec<Chance>,
    together: Share,
}

/// The chance of one line.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Chance {
    chance: f64,
    /// The standard normal number that is passed with this chance.
    passed: f64,
}

impl Hits {
    /// Every line is hit in every outage.
    #[must_use]
    pub fn every_line() -> Self {
        Self::default()
    }

    /// Lines are hit with these chances, in the file's order; those that follow always.
    ///
    /// Chances beyond [`Struck::LINES`] cannot be told apart, and are left out.
    #[must_use]
    pub fn new(chances: &[Share], together: Share) -> Self {
        let line = |chance: &Share| {
            let chance = chance.get();
            let inside = chance > 0.0 && chance < 1.0;
            Chance { chance, passed: if inside { normal::quantile(1.0 - chance) } else { 0.0 } }
        };
        Self { lines: chances.iter().take(Struck::LINES).map(line).collect(), together }
    }

    /// Returns the lines that are hit, the first line's bit lowest, of a draw that all
    /// share and of one for each line, all above 0 and below 1. The higher a draw, the
    /// more lines are hit.
    #[must_use]
    pub fn of(&self, common: f64, own: impl Fn(usize) -> f64) -> u64 {
        let together = self.together.get();
        let mut hit = Struck::EVERY_LINE;
        for (line, Chance { chance, passed }) in self.lines.iter().enumerate() {
            let is_hit = if *chance <= 0.0 || *chance >= 1.0 {
                *chance >= 1.0
            } else if together >= 1.0 {
                common > 1.0 - chance
            } else if together <= 0.0 {
                own(line) > 1.0 - chance
            } else {
                let shared = together.sqrt() * normal::quantile(common);
                shared + (1.0 - together).sqrt() * normal::quantile(own(line)) > *passed
            };
            if !is_hit {
                hit &= !(1 << line);
            }
        }
        hit
    }

    /// Returns the lines that every outage hits, where no draw changes them.
    #[must_use]
    pub fn certain(&self) -> Option<u64> {
        self.are_certain().then(|| self.of(0.5, |_| 0.5))
    }

    /// Returns the chance that a line is hit.
    #[must_use]
    pub fn chance(&self, line: usize) -> f64 {
        self.lines.get(line).map_or(1.0, |line| line.chance)
    }

    /// Returns how far lines are hit together.
    #[must_use]
    pub fn together(&self) -> Share {
        self.together
    }

    /// Returns whether the same lines are hit in every outage: no draw changes them.
    #[must_use]
    pub fn are_certain(&self) -> bool {
        self.lines.iter().all(|line| line.chance <= 0.0 || line.chance >= 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: f64) -> Share {
        Share::new(part).unwrap()
    }

    /// How often each of three lines is hit, and how often the second with the third,
    /// over a grid of draws.
    fn frequencies(together: f64) -> ([f64; 3], f64) {
        const STEPS: u32 = 120;
        let hits = Hits::new(&[1.0, 0.6, 0.25].map(share), share(together));
        let at = |step: u32| (f64::from(step) + 0.5) / f64::from(STEPS);
        let (mut each, mut both) = ([0.0; 3], 0.0);
        for (common, second, third) in (0..STEPS)
            .flat_map(|a| (0..STEPS).flat_map(move |b| (0..STEPS).map(move |c| (at(a), at(b), at(c)))))
        {
            let hit = hits.of(common, |line| [0.5, second, third][line]);
            let weight = 1.0 / f64::from(STEPS).powi(3);
            for (line, each) in each.iter_mut().enumerate() {
                *each += weight * (hit >> line & 1) as f64;
            }
            both += weight * f64::from(hit & 0b110 == 0b110);
        }
        (each, both)
    }

    #[test]
    fn each_line_is_hit_with_its_chance_however_far_they_are_hit_together() {
        for (together, both, because) in [
            (0.0, 0.6 * 0.25, "lines do not know of one another"),
            // P(X > Φ⁻¹(0.4), Y > Φ⁻¹(0.75)) of a bivariate normal law with correlation 0.5.
            (0.5, 0.2096, "half-way"),
            (1.0, 0.25, "one draw decides for all"),
        ] {
            let (each, found) = frequencies(together);
            for (found, chance) in each.into_iter().zip([1.0, 0.6, 0.25]) {
                assert!((found - chance).abs() < 1e-3, "{because}: {found} for {chance}");
            }
            assert!((found - both).abs() < 1e-3, "{because}: {found} for {both}");
        }
    }

    #[test]
    fn a_line_that_is_hit_for_less_takes_those_hit_for_more_with_it() {
        let hits = Hits::new(&[0.9, 0.5, 0.1].map(share), Share::ALL);
        for (draw, hit) in [(0.05, 0b000), (0.3, 0b001), (0.7, 0b011), (0.95, 0b111)] {
            assert_eq!(hits.of(draw, |_| 0.5) & 0b111, hit, "{draw}");
        }
    }

    #[test]
    fn what_is_certain_needs_no_draw() {
        let hits = Hits::new(&[Share::ALL, Share::NONE], share(0.5));
        assert!(hits.are_certain() && Hits::every_line().are_certain());
        assert_eq!(hits.of(0.5, |_| panic!("no line has a draw")), !0b10);
        assert_eq!(Hits::every_line().of(0.5, |_| panic!("no line has a draw")), Struck::EVERY_LINE);
        assert!(!Hits::new(&[share(0.5)], Share::ALL).are_certain());
    }
}
