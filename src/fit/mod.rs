//! Fit: laws of how long and how often, out of a history of outages.
//!
//! A history says three things: how long outages last, how their number differs
//! from year to year, and how little it proves. [`Study`] holds all three; chance
//! comes in as draws from 0 to 1 that the caller gives, so that a study is the same
//! wherever it is made.

mod curve;
mod digamma;
mod distance;
mod information;
mod likelihood;
mod pace;
mod proposal;
mod root;
mod sample;
mod span;
mod tail;

use jiff::civil::DateTime;

pub use curve::{Curve, Family};
pub use distance::{Distances, Goodness};
pub use pace::{Clusters, Pace, Year};
pub use proposal::{NoTail, Proposal, Tailed};
pub use sample::{FEWEST, InvalidSample, Sample};
pub use span::{InvalidSpan, Span};
pub use tail::{FEWEST_FOR_TAIL, Figure, MeanExcess, Tail, mean_excess};

use crate::quantity::Hours;

/// An outage of the past.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record {
    /// When it began, by local clocks.
    pub start: DateTime,
    /// How long it lasted.
    pub lasts: Hours,
}

/// A law that is fitted to a history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The law of all outages, reported or not.
    pub curve: Curve,
    /// Standard error of each parameter, in its unit; none where the likelihood has no
    /// smooth top, as at the minimum of a Pareto law.
    pub errors: [Option<f64>; 2],
    /// Natural logarithm of the likelihood.
    pub log_likelihood: f64,
    /// Information criterion of Akaike: the lower, the better the law for its parameters.
    pub aic: f64,
    /// How far the history lies from the law.
    pub goodness: Goodness,
}

impl Fit {
    /// Fits a law of a family, or none where the likelihood has no greatest value:
    /// above a reporting threshold a tail may be too heavy for the family.
    ///
    /// # Formula
    ///
    /// `AIC = 2p - 2 ln L`, with `p` the parameters that are fitted.
    ///
    /// # Source
    ///
    /// Akaike, IEEE Transactions on Automatic Control 19 (1974).
    #[must_use]
    pub fn new(
        sample: &Sample,
        family: Family,
        resamples: u32,
        draw: &mut impl FnMut() -> f64,
    ) -> Option<Self> {
        let found = likelihood::estimate(sample, family);
        if found.at_bound {
            return None;
        }
        let curve = found.curve;
        let log_likelihood = likelihood::ln_likelihood(sample, curve);
        let of = |parameters| likelihood::ln_likelihood(sample, Curve { parameters, ..curve });
        let errors = match family {
            Family::Pareto => [None, Some(curve.parameters[1] / (sample.hours().len() as f64).sqrt())],
            _ => information::standard_errors(of, curve.parameters)
                .map_or([None, None], |errors| errors.map(Some)),
        };
        let given = family == Family::Pareto && sample.at_least().is_some();
        let fitted = if given { 1.0 } else { 2.0 };
        Some(Self {
            curve,
            errors,
            log_likelihood,
            aic: 2.0 * fitted - 2.0 * log_likelihood,
            goodness: distance::goodness(sample, curve, resamples, draw),
        })
    }

    /// Returns the duration that a share of the reported outages passes.
    #[must_use]
    pub fn exceeded_by(&self, share: f64, at_least: Option<Hours>) -> Hours {
        Hours(self.curve.exceeded_by(share, at_least.map(|least| least.0)))
    }
}

/// What a history says.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// The durations.
    pub sample: Sample,
    /// When they were observed.
    pub span: Span,
    /// Outages that are left out because they are shorter than what is reported.
    pub left_out: usize,
    /// Each law that was asked for, and its fit where it has one.
    pub fits: Vec<(Family, Option<Fit>)>,
    /// How much longer outages last that have lasted for some time.
    pub mean_excess: Vec<MeanExcess>,
    /// The tail, where there are outages enough.
    pub tail: Option<Tail>,
    /// Outages by calendar year.
    pub years: Vec<Year>,
    /// How many a year brings; none where the span has no length.
    pub pace: Option<Pace>,
    /// How many histories were drawn for each probability.
    pub resamples: u32,
}

/// What is asked of a history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question<'a> {
    /// The time that was observed; otherwise from the first outage to the last.
    pub span: Option<Span>,
    /// Outages below this are not reported.
    pub at_least: Option<Hours>,
    /// Laws to fit.
    pub families: &'a [Family],
    /// How many histories are drawn for each probability.
    pub resamples: u32,
}

impl Study {
    /// Studies a history. `draws` gives the numbers of a stream, each from 0 to 1: one
    /// stream for each law and one for the years, so that no answer depends on which
    /// others are asked for.
    ///
    /// # Errors
    ///
    /// Refuses a history to which no law can be fitted.
    pub fn new<D: FnMut() -> f64>(
        records: &[Record],
        question: Question<'_>,
        draws: impl Fn(u32) -> D,
    ) -> Result<Self, InvalidSample> {
        let Question { span, at_least, families, resamples } = question;
        let reported = |record: &&Record| at_least.is_none_or(|least| record.lasts >= least);
        let kept: Vec<Record> = records.iter().filter(reported).copied().collect();
        let durations: Vec<Hours> = kept.iter().map(|record| record.lasts).collect();
        let sample = Sample::new(&durations, at_least)?;
        let starts: Vec<DateTime> = kept.iter().map(|record| record.start).collect();
        let span = span.or_else(|| Span::of_starts(&starts)).ok_or(InvalidSample::TooFew(0))?;
        let fit = |family: &Family| {
            let stream = 1 + *family as u32;
            (*family, Fit::new(&sample, *family, resamples, &mut draws(stream)))
        };
        let fits = families.iter().map(fit).collect();
        let years = span.years(&starts);
        let pace = Pace::of(&years, resamples, &mut draws(0));
        let (mean_excess, tail) = (mean_excess(&sample), Tail::of(&sample));
        let left_out = records.len() - kept.len();
        Ok(Self { sample, span, left_out, fits, mean_excess, tail, years, pace, resamples })
    }

    /// Returns the law with the lowest information criterion.
    #[must_use]
    pub fn best(&self) -> Option<&Fit> {
        let fits = self.fits.iter().filter_map(|(_, fit)| fit.as_ref());
        fits.min_by(|a, b| a.aic.total_cmp(&b.aic))
    }
}

#[cfg(test)]
mod tests;
