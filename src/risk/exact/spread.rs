//! Spread: a law of durations or of severities, split into single values and a density.

use crate::peril::{Duration, Law, Moments, Severity};

/// A law whose values are held to a most, split into single values and a density.
#[derive(Clone, Debug)]
pub(super) struct Spread<'l> {
    law: &'l Law,
    /// Single values with a probability of their own.
    pub atoms: Vec<(f64, f64)>,
    /// No value of the density is larger.
    pub most: f64,
    /// How much of the law is the density's.
    pub share: f64,
}

impl<'l> Spread<'l> {
    pub(super) fn of_durations(durations: &'l Duration) -> Self {
        Self::new(durations.law(), durations.at_most().map(|most| most.0))
    }

    pub(super) fn of_severities(severities: &'l Severity) -> Self {
        Self::new(severities.law(), severities.at_most())
    }

    fn new(law: &'l Law, most: Option<f64>) -> Self {
        let most = most.unwrap_or(f64::INFINITY);
        let mut atoms: Vec<(f64, f64)> =
            law.atoms().into_iter().map(|(value, share)| (value.min(most), share)).collect();
        let beside = 1.0 - atoms.iter().map(|(_, share)| share).sum::<f64>();
        // Many equal shares add up to one but for rounding.
        let beside = if beside < 1e-12 { 0.0 } else { beside };
        let share = if beside > 0.0 { law.moments_below(most)[0].min(beside) } else { 0.0 };
        if most.is_finite() {
            atoms.push((most, beside - share));
        }
        atoms.retain(|(_, share)| *share > 0.0);
        atoms.sort_by(|a, b| a.0.total_cmp(&b.0));
        atoms.dedup_by(|next, one| {
            let same = next.0 == one.0;
            one.1 += if same { next.1 } else { 0.0 };
            same
        });
        Self { law, atoms, most, share }
    }

    /// Returns the moments of the density below a value.
    pub(super) fn below(&self, value: f64) -> Moments {
        self.law.moments_below(value.min(self.most))
    }

    /// Returns the moments of the density between two values.
    pub(super) fn between(&self, from: f64, to: f64) -> Moments {
        let [below, above] = [from, to].map(|value| self.below(value));
        [0, 1, 2].map(|k| (above[k] - below[k]).max(0.0))
    }

    /// Returns the value that a share of all does not pass.
    pub(super) fn quantile(&self, u: f64) -> f64 {
        self.law.quantile(u).min(self.most)
    }

    /// Returns a value of a common size, above nothing.
    pub(super) fn common(&self) -> f64 {
        let middle = self.quantile(0.5);
        if middle > 0.0 { middle } else { self.below(f64::INFINITY)[1] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Hours;

    #[test]
    fn what_a_longest_duration_cuts_is_a_single_duration() {
        let law = Law::Lognormal { median: 6.0, sigma: 1.2 };
        let capped = Duration::new(law, Some(Hours(24.0))).unwrap();
        let spread = Spread::of_durations(&capped);
        let [(hours, share)] = spread.atoms[..] else { panic!("{:?}", spread.atoms) };
        assert_eq!((hours, spread.most), (24.0, 24.0));
        assert!((spread.below(1e9)[0] + share - 1.0).abs() < 1e-15);
    }

    #[test]
    fn past_values_that_are_the_same_count_together() {
        let law = Law::Empirical(vec![1.0, 2.0, 2.0, 8.0]);
        let severity = Severity::new(law, Some(4.0)).unwrap();
        let spread = Spread::of_severities(&severity);
        assert_eq!((&spread.atoms[..], spread.share), (&[(1.0, 0.25), (2.0, 0.5), (4.0, 0.25)][..], 0.0));
    }
}
