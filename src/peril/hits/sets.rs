//! Sets: which lines may be hit together, and how often.

use std::f64::consts::PI;

use super::{Chance, Hits};
use crate::peril::normal;

/// Lines that an outage may hit or not, of which every set is looked at: 256 sets.
const MOST_UNCERTAIN: usize = 8;
/// The factor that lines share lies within so many deviations.
const REACH: f64 = 9.0;

impl Hits {
    /// Returns every set of lines that is hit, the first line's bit lowest, with its
    /// probability; nothing where too many lines may be hit or not, each in its own way.
    ///
    /// # Formula
    ///
    /// With `φ` and `Φ` the standard normal density and law, and `p` and `ρ` as above:
    ///
    /// ```text
    /// ρ = 1         sets are nested: between two chances the same lines are hit
    /// ρ < 1         P(set) = ∫ φ(z) ∏ in set q(z) ∏ out of it (1 - q(z)) dz
    ///               q(z)   = Φ((√ρ z - Φ⁻¹(1 - p)) / √(1 - ρ))
    /// ```
    ///
    /// The integral is a sum over steps that are small beside the width in which `q`
    /// rises: for a normal density that is as good as exact.
    #[must_use]
    pub fn sets(&self) -> Option<Vec<(u64, f64)>> {
        let certain = |chance: f64| chance <= 0.0 || chance >= 1.0;
        let uncertain: Vec<(usize, Chance)> =
            self.lines.iter().copied().enumerate().filter(|(_, line)| !certain(line.chance)).collect();
        let together = self.together.get();
        if uncertain.is_empty() {
            return Some(vec![(self.of(0.5, |_| 0.5), 1.0)]);
        }
        if together >= 1.0 {
            return Some(self.nested(&uncertain));
        }
        if uncertain.len() > MOST_UNCERTAIN {
            return None;
        }
        let mut shares = vec![0.0; 1 << uncertain.len()];
        if together <= 0.0 {
            let alone: Vec<f64> = uncertain.iter().map(|(_, line)| line.chance).collect();
            add_sets(&alone, 1.0, &mut shares);
        } else {
            let width = ((1.0 - together) / together).sqrt().min(1.0);
            let steps = (2.0 * REACH / (width / 8.0)).ceil().min(131_072.0);
            let step = 2.0 * REACH / steps;
            for place in 0..=steps as u32 {
                let z = f64::from(place) * step - REACH;
                let weight = step * libm::exp(-z * z / 2.0) / (2.0 * PI).sqrt();
                let given = |(_, line): &(usize, Chance)| {
                    let passed = (together.sqrt() * z - line.passed) / (1.0 - together).sqrt();
                    normal::below(passed)
                };
                let given: Vec<f64> = uncertain.iter().map(given).collect();
                add_sets(&given, weight, &mut shares);
            }
        }
        // Lines that are certain are as in any draw.
        let base = self.of(0.5, |_| 0.5);
        let set = |(set, share): (usize, f64)| {
            let lines = uncertain.iter().enumerate().fold(base, |hit, (place, (line, _))| {
                if set >> place & 1 == 1 { hit | 1 << line } else { hit & !(1 << line) }
            });
            (lines, share)
        };
        Some(shares.into_iter().enumerate().map(set).filter(|(_, share)| *share > 0.0).collect())
    }

    /// Sets where one draw decides for all lines.
    fn nested(&self, uncertain: &[(usize, Chance)]) -> Vec<(u64, f64)> {
        let mut turns: Vec<f64> = uncertain.iter().map(|(_, line)| 1.0 - line.chance).collect();
        turns.extend([0.0, 1.0]);
        turns.sort_by(f64::total_cmp);
        let between = turns.windows(2).filter(|pair| pair[0] < pair[1]);
        between.map(|pair| (self.of(f64::midpoint(pair[0], pair[1]), |_| 0.5), pair[1] - pair[0])).collect()
    }
}

/// Adds what each set of lines that do not know of one another weighs.
fn add_sets(chances: &[f64], weight: f64, shares: &mut [f64]) {
    for (set, share) in shares.iter_mut().enumerate() {
        let of_line = |(place, chance): (usize, &f64)| {
            if set >> place & 1 == 1 { *chance } else { 1.0 - chance }
        };
        *share += weight * chances.iter().enumerate().map(of_line).product::<f64>();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Share;

    fn hits(chances: &[f64], together: f64) -> Hits {
        let chances: Vec<Share> = chances.iter().map(|chance| Share::new(*chance).unwrap()).collect();
        Hits::new(&chances, Share::new(together).unwrap())
    }

    #[test]
    fn each_line_is_in_as_many_sets_as_its_chance_says() {
        let chances = [1.0, 0.6, 0.25, 0.0, 0.01];
        for together in [0.0, 0.2, 0.5, 0.999, 1.0 - 1e-6, 1.0] {
            let sets = hits(&chances, together).sets().unwrap();
            let all: f64 = sets.iter().map(|(_, share)| share).sum();
            assert!((all - 1.0).abs() < 1e-9, "{together}: {all}");
            for (line, chance) in chances.into_iter().enumerate() {
                let of_line = sets.iter().filter(|(set, _)| set >> line & 1 == 1);
                let found: f64 = of_line.map(|(_, share)| share).sum();
                assert!((found - chance).abs() < 1e-9, "{together}, line {line}: {found}");
            }
        }
    }

    #[test]
    fn two_lines_are_hit_at_once_as_the_bivariate_normal_law_says() {
        let both = |together: f64| -> f64 {
            let sets = hits(&[0.5, 0.5], together).sets().unwrap();
            sets.iter().filter(|(set, _)| set & 0b11 == 0b11).map(|(_, share)| share).sum()
        };
        // For two halves: 1/4 + asin(ρ)/(2π).
        for together in [0.0, 0.3, 0.5, 0.95] {
            let exact = 0.25 + libm::asin(together) / (2.0 * PI);
            assert!((both(together) - exact).abs() < 1e-12, "{together}");
        }
        assert!((both(1.0) - 0.5).abs() < 1e-15);
    }

    #[test]
    fn many_lines_are_looked_at_only_where_they_are_nested() {
        let many = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
        assert_eq!(hits(&many, 0.5).sets(), None);
        assert_eq!(hits(&many, 1.0).sets().unwrap().len(), 10);
        assert_eq!(Hits::every_line().sets(), Some(vec![(u64::MAX, 1.0)]));
    }
}
