//! Proposal: the peril that a history suggests, and a second one with a tail of its own.

use super::curve::{Curve, Family};
use super::{Clusters, Study, Tail};
use crate::peril::{Duration, Law};
use crate::quantity::Hours;

/// A law of how long and a law of how often, for a peril.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proposal {
    /// How long.
    pub curve: Curve,
    /// No longer than this: the longest of the history, where the mean is endless.
    pub at_most: Option<Hours>,
    /// Mean of the outages of a year, those too short to be reported among them.
    pub mean: f64,
    /// Variance, where they come in clusters.
    pub variance: Option<f64>,
    /// Share of outages that are long enough to be reported.
    pub reported: f64,
}

/// A tail that takes the place of a proposal's law above a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tailed {
    /// The peril without it, whose own `at_most` no longer counts.
    pub plain: Proposal,
    /// The tail.
    pub tail: Tail,
    /// No longer than this: the longest of the history, where the mean is endless.
    pub at_most: Option<Hours>,
}

/// Why a history that shows a tail proposes none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTail {
    /// The shape is an end of the range that is searched, and has no standard error.
    NoError,
    /// Within one standard error the tail may have an end, and an endless mean.
    Uncertain,
    /// The best law has nothing below the threshold, or nothing above it.
    Apart,
}

/// So near to an endless mean the digits of a scenario file do not tell it from one.
const NEAR: f64 = 1e-5;

impl Study {
    /// Returns a peril after the best law.
    ///
    /// # Formula
    ///
    /// Where only a share `q` of outages is long enough to be reported, the peril has
    /// `m/q` of them, of which `m` are. Clusters keep their `r`: `v = m/q + (m/q)²/r`.
    #[must_use]
    pub fn proposal(&self) -> Option<Proposal> {
        let (best, pace) = (self.best()?, self.pace.as_ref()?);
        let curve = best.curve;
        let reported = self.sample.at_least().map_or(1.0, |least| curve.reaching(least.0));
        let (counted, mean) = (pace.mean.value, pace.mean.value / reported);
        let clustered = pace.clusters.filter(Clusters::plain);
        let variance = clustered.map(|clusters| {
            let clustering = (clusters.variance - counted) / (counted * counted);
            mean + mean * mean * clustering
        });
        let endless = curve.family == Family::Pareto && curve.parameters[1] <= 1.0 + NEAR;
        let at_most = endless.then(|| Hours(self.sample.longest()));
        Some(Proposal { curve, at_most, mean, variance, reported })
    }

    /// Returns the same peril with the tail in the place of the best law's own, or why
    /// there is none; nothing where no tail was fitted.
    ///
    /// # Errors
    ///
    /// A tail that is too uncertain to be used, or has no place in the best law.
    pub fn tailed(&self) -> Option<Result<Tailed, NoTail>> {
        let (plain, tail) = (self.proposal()?, self.tail?);
        Some(tail.usable().and_then(|()| {
            let endless = tail.shape.value >= 1.0 - NEAR;
            let at_most = endless.then(|| Hours(self.sample.longest()));
            let tailed = Tailed { plain, tail, at_most };
            Duration::new(tailed.law(), at_most).map_or(Err(NoTail::Apart), |_| Ok(tailed))
        }))
    }
}

impl Tail {
    fn usable(&self) -> Result<(), NoTail> {
        let (shape, error) = (self.shape.value, self.shape.error.ok_or(NoTail::NoError)?);
        let spans = shape - error < 0.0 && shape + error > 1.0;
        if spans { Err(NoTail::Uncertain) } else { Ok(()) }
    }
}

impl Tailed {
    /// Returns the law as a peril has it.
    #[must_use]
    pub fn law(&self) -> Law {
        Law::Tail {
            body: Box::new(self.plain.curve.law()),
            threshold: self.tail.threshold.0,
            scale: self.tail.scale.value,
            shape: self.tail.shape.value,
        }
    }

    /// Returns the duration that a share of the reported outages passes.
    #[must_use]
    pub fn exceeded_by(&self, share: f64) -> Hours {
        let hours = Hours(self.law().quantile(1.0 - share * self.plain.reported));
        self.at_most.map_or(hours, |most| hours.min(most))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Figure;
    use super::*;

    #[test]
    fn a_tail_that_may_end_and_may_have_no_mean_is_not_used() {
        let figure = |value, error| Figure { value, error };
        let of = |shape, error| {
            let [hill, scale] = [figure(2.0, None), figure(3.0, None)];
            Tail { threshold: Hours(6.0), outages: 10, hill, scale, shape: figure(shape, error) }.usable()
        };
        assert_eq!(of(0.4, Some(0.7)), Err(NoTail::Uncertain));
        assert_eq!(of(-0.5, None), Err(NoTail::NoError));
        for (shape, error) in [(0.0, 0.4), (0.4, 0.5), (1.2, 0.9), (-0.2, 0.3)] {
            assert_eq!(of(shape, Some(error)), Ok(()), "{shape} ±{error}");
        }
    }
}
